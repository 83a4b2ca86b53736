//! Cases that a checker of this campaign must get right: one test each, in the order in which the program's
//! description lists them.

mod support;

use chrono::{DateTime, FixedOffset, Utc};
use duban::calendar::date_at;
use duban::discover::SkipReason;
use duban::ledger::{Part, Status, rate};
use duban::output::Format;
use duban::{check::Verdict, lang::Lang};
use support::*;

use Status::{DueSoon, Exempt, Late, OnTime, Overdue, Unclear, Upcoming};

#[test]
fn case_01_the_due_date_is_inclusive() {
    assert_eq!(
        status_of(PLAN, &filed("2022-03-31"), "2022-04-15"),
        (OnTime, 0)
    );
    assert_eq!(
        status_of(PLAN, &filed("2022-04-01"), "2022-04-15"),
        (Late, 1)
    );
    assert_eq!(status_of(PLAN, "", "2022-03-31"), (DueSoon, 0));
    assert_eq!(status_of(PLAN, "", "2022-04-01"), (Overdue, 1));
}

#[test]
fn case_02_as_of_a_date_before_the_completion_it_is_not_done_yet() {
    let filed = filed("2022-04-20");
    assert_eq!(status_of(PLAN, &filed, "2022-03-20"), (Upcoming, 11));
    assert_eq!(status_of(PLAN, &filed, "2022-04-15"), (Overdue, 15));
    assert_eq!(status_of(PLAN, &filed, "2022-04-20"), (Late, 20));
    assert_eq!(verdict_of(&filed, "2022-04-15").ledger.set_aside.filings, 1);
}

#[test]
fn case_03_today_is_the_date_of_beijing_and_so_is_that_of_a_date_time_with_an_offset() {
    let beijing = FixedOffset::east_opt(8 * 3600).unwrap();
    let seven: DateTime<Utc> = "2022-04-01T07:00:00+08:00".parse().unwrap();
    assert_eq!(seven.date_naive(), day("2022-03-31"), "yesterday in UTC");
    assert_eq!(date_at(seven, beijing), day("2022-04-01"));
    assert_eq!(
        status_of(PLAN, &filed("2022-03-31T16:30:00Z"), "2022-04-15"),
        (Late, 1)
    );
    assert_eq!(
        status_of(PLAN, &filed("2022-03-31T15:30:00Z"), "2022-04-15"),
        (OnTime, 0)
    );
    assert_eq!(
        status_of(PLAN, &filed("2022-03-31 23:30:00"), "2022-04-15"),
        (OnTime, 0)
    );
}

#[test]
fn case_04_five_of_six_branches_are_not_done_and_a_joint_branch_serves_several_units() {
    let names = ["一", "二", "三", "四", "五", "六"].map(|n| format!("第{n}党支部"));
    let listed = names
        .each_ref()
        .map(|name| format!("\"{name}\""))
        .join(", ");
    let met = |n: usize| -> String {
        let of = |name: &String| organizational("2022-10-20", &format!("branch = \"{name}\""));
        names[..n].iter().map(of).collect()
    };
    let roster = [
        unit(
            "01",
            "甲镇",
            &format!("body = \"党总支\"\nbranches = [{listed}]"),
        ),
        unit(
            "02",
            "乙站",
            "body = \"党支部\"\nmet_by = { unit = \"01\", branch = \"第五党支部\" }",
        ),
        unit(
            "03",
            "丙站",
            "body = \"党支部\"\nmet_by = { unit = \"01\", branch = \"第五党支部\" }",
        ),
    ];
    let check = |n: usize| {
        Folder::new(&roster.concat())
            .file("01.toml", &jia(&met(n)))
            .file("02.toml", &plan_of("02", "乙站", ""))
            .file("03.toml", &plan_of("03", "丙站", ""))
            .check("2022-11-01")
    };
    let five = check(5);
    expect(&five, "01", MEETINGS, Overdue, 1);
    let lacking = [Part::Branch("第六党支部".into())];
    assert_eq!(cell(&five, "01", MEETINGS).lacking(), lacking);
    assert_eq!(cell(&five, "01", MEETINGS).there().len(), 5);
    expect(&five, "02", MEETINGS, OnTime, 0);
    expect(&five, "03", MEETINGS, OnTime, 0);
    expect(&check(6), "01", MEETINGS, OnTime, 0);
}

#[test]
fn case_05_a_meeting_of_the_year_before_or_of_the_year_after_does_not_count() {
    let other = organizational("2022-10-20", "");
    for democratic in [
        democratic("2022-03-04", "year = 2021"),
        democratic("2022-03-04", ""),
        democratic("2022-03-24", "year = 2021"),
        democratic("2023-02-10", "year = 2022"),
        democratic("2023-02-10", ""),
    ] {
        let found = status_of(MEETINGS, &format!("{democratic}{other}"), "2023-03-01");
        assert_eq!(found, (Overdue, 121), "{democratic}");
    }
}

#[test]
fn case_06_of_a_meeting_held_twice_the_valid_one_counts() {
    let first = democratic("2022-10-12", "expected = 9\npresent = 5");
    let second = democratic("2022-10-28", "expected = 9\npresent = 6");
    let other = organizational("2022-10-20", "");
    let verdict = verdict_of(&format!("{first}{second}{other}"), "2022-11-01");
    expect(&verdict, "01", MEETINGS, OnTime, 0);
    assert_eq!(cell(&verdict, "01", MEETINGS).done, Some(day("2022-10-28")));
    let only_first = verdict_of(&format!("{first}{other}"), "2022-11-01");
    expect(&only_first, "01", MEETINGS, Overdue, 1);
    let explained = cell(&only_first, "01", MEETINGS).explanation();
    assert!(
        explained.zh().contains("已开组织生活会，缺民主生活会"),
        "{explained:?}"
    );
    assert!(explained.zh().contains("不足三分之二"), "{explained:?}");
}

#[test]
fn case_07_of_a_plan_revised_in_may_the_first_versions_date_counts() {
    let revised = "\n[plan]\nfiled = 2022-03-28\nrevised = [2022-05-10]\n";
    let verdict = verdict_of(revised, "2022-06-08");
    expect(&verdict, "01", PLAN, OnTime, 0);
    assert_eq!(cell(&verdict, "01", PLAN).done, Some(day("2022-03-28")));
}

#[test]
fn case_08_an_extension_applied_for_on_the_due_day_is_good_and_moves_one_milestone_only() {
    let check = |applied: &str| {
        let extension = format!(
            "\n[[extension]]\nunit = \"01\"\nmilestone = \"plan\"\nuntil = 2022-11-10\napplied = {applied}\napproved_by = \"昌壬子\"\n"
        );
        Folder::new(&format!("{JIA}{extension}"))
            .file(
                "01.toml",
                &jia(&format!("{}{}", filed("2022-04-10"), both("2022-11-05"))),
            )
            .check("2022-11-20")
    };
    let good = check("2022-03-31");
    expect(&good, "01", PLAN, OnTime, 0);
    assert!(cell(&good, "01", PLAN).extension.is_some());
    expect(&good, "01", MEETINGS, Late, 5);
    let void = check("2022-04-01");
    expect(&void, "01", PLAN, Late, 10);
    assert!(cell(&void, "01", PLAN).extension.is_none());
}

#[test]
fn case_09_a_merged_unit_owes_until_it_is_merged_and_a_new_one_from_its_creation() {
    let roster = [
        unit(
            "01",
            "甲镇",
            "body = \"党委\"\nuntil = 2022-07-15\nsuccessor = \"02\"",
        ),
        unit("02", "乙镇", "body = \"党委\""),
        unit("03", "丙局", "body = \"党组\"\nsince = 2022-08-15"),
    ];
    let verdict = Folder::new(&roster.concat())
        .file("01.toml", &jia(&filed("2022-04-02")))
        .file("02.toml", &plan_of("02", "乙镇", &both("2022-10-20")))
        .file("03.toml", &plan_of("03", "丙局", ""))
        .check("2022-11-01");
    expect(&verdict, "01", PLAN, Late, 2);
    expect(&verdict, "01", MEETINGS, Exempt, 0);
    expect(&verdict, "02", MEETINGS, OnTime, 0);
    expect(&verdict, "03", PLAN, Exempt, 0);
    expect(&verdict, "03", MEETINGS, Overdue, 1);
}

#[test]
fn case_10_a_document_is_dated_by_its_adoption_and_not_by_its_printing() {
    let more = "printed = 2023-01-05\ndocument_number = \"甲党发〔2022〕31号\"";
    let verdict = verdict_of(&document("2022-12-30", more), "2023-01-10");
    expect(&verdict, "01", OUTCOMES, OnTime, 0);
    assert!(findings(&verdict, "number-year").is_empty());
    assert!(findings(&verdict, "document-number").is_empty());
}

#[test]
fn case_11_a_quoted_date_is_a_clear_error_with_the_date_written_right() {
    for written in ["2022-3-5", "2022年3月5日"] {
        let records = format!("\n[plan]\nfiled = \"{written}\"\n");
        let verdict = verdict_of(&records, "2022-04-15");
        let finding = only(&verdict, "quoted-date");
        assert_eq!(finding.fix.zh(), "写成filed = 2022-03-05");
        assert_eq!(
            finding.edit.as_ref().map(|edit| &*edit.text),
            Some("2022-03-05")
        );
        expect(&verdict, "01", PLAN, Unclear, 0);
        assert!(findings(&verdict, "overdue").is_empty());
        assert!(findings(&verdict, "plan-missing").is_empty());
    }
}

/// A text in UTF-16 with its byte order mark.
fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
    units.flat_map(bytes).collect()
}

/// So many findings say that a file, or something in it, cannot be read.
fn misread(verdict: &Verdict) -> usize {
    let read = verdict.findings.iter().map(|finding| &finding.rule);
    read.filter(|rule| rule.family == "file" && rule.name != "encoding")
        .count()
}

#[test]
fn case_12_a_file_is_read_in_whatever_encoding_windows_saved_it() {
    let text = jia(&format!("secretary = \"赵天干\"\n{}", filed("2022-03-28")));
    let crlf = text.replace('\n', "\r\n");
    let (gbk, _, lost) = encoding_rs::GBK.encode(&crlf);
    assert!(!lost);
    for (name, bytes, noted) in [
        (
            "UTF-8 with a mark",
            format!("\u{FEFF}{text}").into_bytes(),
            false,
        ),
        ("CRLF", crlf.clone().into_bytes(), false),
        (
            "mark and CRLF",
            format!("\u{FEFF}{crlf}").into_bytes(),
            false,
        ),
        ("UTF-16 LE", utf16(&crlf, u16::to_le_bytes), true),
        ("UTF-16 BE", utf16(&text, u16::to_be_bytes), true),
        ("GBK", gbk.into_owned(), true),
    ] {
        let verdict = Folder::new(JIA)
            .bytes("01.toml", &bytes)
            .check("2022-04-15");
        expect(&verdict, "01", PLAN, OnTime, 0);
        assert_eq!(&*row(&verdict, "01").people().secretary, "赵天干", "{name}");
        assert_eq!(
            findings(&verdict, "encoding").len(),
            usize::from(noted),
            "{name}"
        );
        assert_eq!(misread(&verdict), 0, "{name}: {:?}", names(&verdict));
    }
}

#[test]
fn case_12_a_chinese_file_name_is_fine_a_lock_file_is_skipped_and_a_copy_is_a_second_file() {
    let text = jia(&filed("2022-03-28"));
    let folder = Folder::new(JIA).file("甲镇实施方案.toml", &text);
    folder.put("~$甲镇实施方案.toml", b"\x08WPS\x00\xff\xfe\x00");
    let verdict = folder.check("2022-04-15");
    expect(&verdict, "01", PLAN, OnTime, 0);
    assert_eq!((verdict.counts.files, misread(&verdict)), (1, 0));
    let skipped = &verdict.counts.skipped;
    let locks = skipped.iter().filter(|(_, why)| *why == SkipReason::Lock);
    assert_eq!(locks.count(), 1);
    folder.put("方案(最终版)(2).toml", text.as_bytes());
    let finding = folder.check("2022-04-15");
    let finding = only(&finding, "duplicate-plan");
    assert!(finding.cause.is_some());
}

#[test]
fn case_13_nothing_owed_gives_a_dash_and_never_a_rate() {
    assert_eq!((rate(0, 0).zh(), rate(0, 0).en()), ("—", "—"));
    assert_eq!(rate(0, 3).zh(), "0/3（0.0%）");
    assert_eq!(rate(3, 3).zh(), "3/3（100.0%）");
    for (of, rounded) in [
        ((1, 3), "33.3"),
        ((2, 3), "66.7"),
        ((1, 8), "12.5"),
        ((1, 16), "6.3"),
    ] {
        assert!(rate(of.0, of.1).zh().contains(rounded), "{of:?}");
    }
    let nothing = Folder::new("").check("2022-11-01");
    assert!(nothing.ledger.rows.is_empty() && nothing.findings.is_empty());
    let roster = unit("01", "甲站", "body = \"无\"\nsince = 2022-08-15");
    for folder in [Folder::new(""), Folder::new(&roster)] {
        let summary = folder.summary("2022-11-01");
        for line in summary.lines().take(2) {
            assert!(line.contains("应完成0") && line.ends_with('—'), "{line}");
        }
        assert!(
            !summary.contains("NaN") && !summary.contains("100.0%"),
            "{summary}"
        );
    }
}

#[test]
fn case_13_the_summary_tells_how_far_a_due_date_is_and_counts_only_what_there_is() {
    let exemption = "\n[[exemption]]\nunit = \"01\"\nrule = \"overdue\"\nreason = \"换届\"\napproved_by = \"办公室\"\n";
    let plain = Folder::new(JIA).file("01.toml", &jia(""));
    let more =
        Folder::new(&format!("{JIA}{exemption}")).file("01.toml", &jia(&filed("2022-04-02")));
    let lines = |folder: &Folder, date| {
        folder
            .summary(date)
            .lines()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    for (date, when) in [
        ("2022-03-30", "实施方案（2022-03-31，还剩1天）："),
        ("2022-03-31", "实施方案（2022-03-31，今天到期）："),
        ("2022-04-01", "实施方案（2022-03-31，已过1天）："),
    ] {
        let summary = lines(&plain, date);
        assert!(summary[0].starts_with(when), "{summary:?}");
        assert!(
            !summary[3].contains("未计入") && !summary[3].contains("免报"),
            "{summary:?}"
        );
    }
    let summary = lines(&more, "2022-04-01");
    assert!(
        summary[3].ends_with("；1条记录在截至日期之后，未计入；免报1条"),
        "{summary:?}"
    );
}

/// The display column at which a line has its first mark.
fn marked_column(line: &str) -> Option<usize> {
    let at = line.find('^')?;
    Some(unicode_width::UnicodeWidthStr::width(&line[..at]))
}

#[test]
fn case_14_chinese_text_is_two_columns_wide_before_a_mark() {
    let text = "[unit]\ncode = \"01\"\nname = \"甲镇\"\nsecretary = \"赵天干\" # 书记\ncontact = { name = \"钱地支先生\", fone = \"1\" }\n";
    let folder = Folder::new(JIA).file("01.toml", text);
    let shown = folder.rendered(Format::Text, Lang::Zh, "2022-03-20");
    let lines: Vec<&str> = shown.lines().collect();
    let source = lines
        .iter()
        .position(|line| line.contains("fone = "))
        .unwrap();
    let at = lines[source].find("fone").unwrap();
    let column = unicode_width::UnicodeWidthStr::width(&lines[source][..at]);
    assert_eq!(marked_column(lines[source + 1]), Some(column), "{shown}");
}
