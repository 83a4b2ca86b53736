//! The small print of the ledger: what hangs on one day, one mark or one of two readings.

mod support;

use duban::at;
use duban::check::Keep;
use duban::ledger::{Part, Remark, Status, Totals};
use duban::vocabulary::{Basis, MeetingKind};
use support::*;

use Status::{DueSoon, Exempt, OnTime, Overdue, Unclear, Upcoming};

// What is still to come.

#[test]
fn a_record_to_come_is_spoken_of_only_once_the_due_date_is_near() {
    let folder = Folder::new(JIA).file("01.toml", &jia(&filed("2022-04-02")));
    let to_come = [Remark::Later(Part::Plan(Basis::Filed), day("2022-04-02"))];
    for (date, status, said) in [
        ("2022-03-16", Upcoming, &to_come[..0]),
        ("2022-03-24", DueSoon, &to_come[..]),
        ("2022-04-01", Overdue, &to_come[..]),
    ] {
        let verdict = folder.check(date);
        assert_eq!(cell(&verdict, "01", PLAN).status, status);
        assert_eq!(remarks(&verdict, "01", PLAN), said, "{date}");
    }
}

#[test]
fn what_is_wrong_with_a_record_is_said_however_far_off_the_due_date_is() {
    let meeting = democratic("2022-04-10", "year = 2021");
    let verdict = verdict_of(&meeting, "2022-05-01");
    assert_eq!(cell(&verdict, "01", MEETINGS).status, Upcoming);
    let wrong = Remark::OtherYear(Part::Meeting(MeetingKind::DemocraticLife), 2021);
    assert_eq!(remarks(&verdict, "01", MEETINGS), [wrong]);
}

#[test]
fn a_meeting_may_be_planned_for_its_due_date_but_not_for_the_day_after() {
    let planned = |date: &str, more: &str| {
        let record = format!("\n[[meeting]]\nkind = \"民主生活会\"\nplanned = {date}\n{more}\n");
        let verdict = verdict_of(&record, "2022-10-01");
        findings(&verdict, "planned-too-late").len()
    };
    assert_eq!(planned("2022-10-31", ""), 0);
    assert_eq!(planned("2022-11-01", ""), 1);
    assert_eq!(planned("2022-11-01", "held = 2022-09-30"), 0);
}

#[test]
fn what_is_planned_matters_only_where_something_is_owed_and_not_done() {
    let planned = "\n[[meeting]]\nkind = \"民主生活会\"\nplanned = 2022-11-05\n";
    let done = jia(&format!("{}{planned}", both("2022-10-10")));
    let verdict = Folder::new(JIA).file("01.toml", &done).check("2022-10-20");
    assert!(findings(&verdict, "planned-too-late").is_empty());
    let excused = "\n[[exemption]]\nunit = \"01\"\nmilestone = \"life-meetings\"\nreason = \"合并\"\napproved_by = \"办公室\"\n";
    let verdict = Folder::new(&format!("{JIA}{excused}"))
        .file("01.toml", &jia(planned))
        .check("2022-10-20");
    assert_eq!(cell(&verdict, "01", MEETINGS).status, Exempt);
    assert!(findings(&verdict, "planned-too-late").is_empty());
}

#[test]
fn a_due_date_on_a_day_of_rest_is_told_until_it_is_past() {
    // 31 December 2022 was a Saturday, 31 March a Thursday.
    let told = |more: &str, date: &str| {
        let verdict = Folder::new(&format!("{JIA}{more}")).check(date);
        let rest = findings(&verdict, "rest-day").into_iter();
        rest.map(|finding| finding.place.field.to_string())
            .collect::<Vec<_>>()
    };
    let outcomes = ["milestone[2].due"];
    assert_eq!(told("", "2022-03-20"), outcomes);
    assert_eq!(told("", "2022-12-31"), outcomes);
    assert!(told("", "2023-01-01").is_empty());
    let worked = "\n[[extra_workdays]]\ndays = [2022-12-31]\n";
    assert!(told(worked, "2022-03-20").is_empty());
    let holiday = "\n[[rest_days]]\nname = \"春假\"\nfrom = 2022-03-31\nto = 2022-03-31\n";
    assert_eq!(
        told(holiday, "2022-03-20"),
        ["milestone[0].due", "milestone[2].due"]
    );
    let before = "\n[[rest_days]]\nname = \"春假\"\nfrom = 2022-03-29\nto = 2022-03-30\n";
    assert_eq!(told(before, "2022-03-20"), outcomes);
}

#[test]
fn a_day_of_rest_is_told_only_while_somebody_has_something_to_do() {
    let told = |more: &str, records: &str| {
        let verdict = Folder::new(&format!("{JIA}{more}"))
            .file("01.toml", &jia(records))
            .check("2022-12-20");
        findings(&verdict, "rest-day").len()
    };
    assert_eq!(told("", ""), 1);
    assert_eq!(told("", &document("2022-12-10", "")), 0);
    let excused = "\n[[exemption]]\nunit = \"01\"\nmilestone = \"outcomes\"\nreason = \"合并\"\napproved_by = \"办公室\"\n";
    assert_eq!(told(excused, ""), 0);
}

// Two files of one unit.

fn of_two(one: &str, other: &str, date: &str, milestone: usize) -> duban::ledger::Cell {
    let verdict = Folder::new(JIA)
        .file("01.toml", &jia(one))
        .file("01-b.toml", &jia(other))
        .check(date);
    cell(&verdict, "01", milestone).clone()
}

#[test]
fn of_two_files_that_prove_it_the_later_day_counts() {
    let (early, late) = (filed("2022-03-20"), filed("2022-03-25"));
    for (one, other) in [(&early, &late), (&late, &early)] {
        let cell = of_two(one, other, "2022-04-20", PLAN);
        assert_eq!((cell.status, cell.days), (OnTime, 0));
        assert_eq!(cell.done, Some(day("2022-03-25")));
    }
}

#[test]
fn of_two_files_that_prove_the_same_day_the_first_is_shown() {
    let planned = "\n[[meeting]]\nkind = \"民主生活会\"\nplanned = 2022-10-05\n";
    let second = format!("{planned}{}", both("2022-10-10"));
    // The files are read in the order of their names: 01-b.toml, then 01.toml.
    let cell = of_two(&both("2022-10-10"), &second, "2022-11-20", MEETINGS);
    assert_eq!((cell.status, cell.done), (OnTime, Some(day("2022-10-10"))));
    assert_eq!(cell.at, at!["meeting", 1, "held"]);
    let cell = of_two(&second, &both("2022-10-10"), "2022-11-20", MEETINGS);
    assert_eq!(cell.at, at!["meeting", 0, "held"]);
}

#[test]
fn of_two_files_that_disagree_nothing_is_certain() {
    let (there, nothing) = (filed("2022-03-20"), String::new());
    for (one, other) in [(&there, &nothing), (&nothing, &there)] {
        let cell = of_two(one, other, "2022-04-20", PLAN);
        assert_eq!((cell.status, cell.days, cell.done), (Unclear, 0, None));
        assert_eq!(cell.remarks().last(), Some(&Remark::Ambiguous));
    }
}

// Meetings.

#[test]
fn where_no_record_is_the_list_as_a_whole_is_pointed_at() {
    let verdict = verdict_of("", "2022-11-20");
    assert_eq!(cell(&verdict, "01", MEETINGS).status, Overdue);
    assert_eq!(cell(&verdict, "01", MEETINGS).at, at!["meeting"]);
}

#[test]
fn of_several_meetings_the_earliest_counts_wherever_it_stands_and_of_one_day_the_first() {
    let early = organizational("2022-10-01", "");
    for (days, first) in [
        (["2022-10-10", "2022-10-20"], 1),
        (["2022-10-20", "2022-10-10"], 2),
        (["2022-10-10", "2022-10-10"], 1),
    ] {
        let [one, other] = days.map(|day| democratic(day, ""));
        let verdict = verdict_of(&format!("{early}{one}{other}"), "2022-11-20");
        let cell = cell(&verdict, "01", MEETINGS);
        assert_eq!((cell.status, cell.done), (OnTime, Some(day("2022-10-10"))));
        assert_eq!(cell.at, at!["meeting", first, "held"], "{days:?}");
    }
}

#[test]
fn what_went_wrong_before_a_valid_meeting_is_kept_only_where_it_might_change_something() {
    let valid = both("2022-10-10");
    let records = jia(&format!(
        "{}{valid}",
        democratic("2022-05-01", "year = 2021")
    ));
    let verdict = Folder::new(JIA)
        .file("01.toml", &records)
        .check("2022-11-20");
    assert_eq!(cell(&verdict, "01", MEETINGS).status, OnTime);
    assert!(remarks(&verdict, "01", MEETINGS).is_empty());
    let late = [
        democratic("\"十月\"", ""),
        democratic("2022-11-10", ""),
        organizational("2022-10-10", ""),
    ];
    let records = jia(&late.concat());
    let verdict = Folder::new(JIA)
        .file("01.toml", &records)
        .check("2022-11-20");
    assert_eq!(cell(&verdict, "01", MEETINGS).status, Unclear);
    let hidden = Remark::Unreadable(at!["meeting", 0, "held"]);
    assert_eq!(remarks(&verdict, "01", MEETINGS), [hidden]);
}

#[test]
fn a_late_meeting_whose_numbers_cannot_be_is_overdue_until_its_day_and_unclear_from_then_on() {
    let records = "\n[[meeting]]\nkind = \"民主生活会\"\nheld = 2022-12-02\npresent = 10\nexpected = 9\n\
        [[meeting]]\nkind = \"组织生活会\"\nheld = 2022-10-20\n";
    for (date, status) in [
        ("2022-10-31", DueSoon),
        ("2022-11-01", Overdue),
        ("2022-12-01", Overdue),
        ("2022-12-02", Unclear),
    ] {
        let verdict = Folder::new(JIA).file("01.toml", &jia(records)).check(date);
        assert_eq!(cell(&verdict, "01", MEETINGS).status, status, "{date}");
    }
}

#[test]
fn a_meeting_that_is_held_on_the_day_itself_has_been_held() {
    let found = status_of(MEETINGS, &both("2022-10-10"), "2022-10-10");
    assert_eq!(found, (OnTime, 0));
    let found = status_of(MEETINGS, &both("2022-10-11"), "2022-10-10");
    assert_eq!(found, (Upcoming, 21));
}

/// 乙镇 meets in the branch of 甲镇, which has sent these files.
fn guest(host: &str, files: &[&str]) -> duban::ledger::Cell {
    let guest = unit(
        "02",
        "乙镇",
        "body = \"党支部\"\nmet_by = { unit = \"01\" }",
    );
    let mut folder = Folder::new(&format!("{JIA}{host}{guest}"));
    for (number, records) in files.iter().enumerate() {
        folder = folder.file(&format!("01-{number}.toml"), &jia(records));
    }
    let verdict = folder
        .file("02.toml", &plan_of("02", "乙镇", ""))
        .check("2022-12-01");
    cell(&verdict, "02", MEETINGS).clone()
}

#[test]
fn of_two_files_of_a_host_the_later_meeting_serves_its_guest() {
    let (early, late) = (
        organizational("2022-10-10", ""),
        organizational("2022-10-20", ""),
    );
    for files in [[&*early, &*late], [&*late, &*early]] {
        let cell = guest("", &files);
        assert_eq!((cell.status, cell.done), (OnTime, Some(day("2022-10-20"))));
    }
}

#[test]
fn where_two_files_of_a_host_disagree_its_guest_is_unclear_like_the_host() {
    let held = organizational("2022-10-10", "");
    for files in [[&*held, ""], ["", &*held]] {
        let cell = guest("", &files);
        assert_eq!(cell.status, Unclear, "{cell:?}");
        assert_eq!(cell.remarks(), [Remark::HostUnclear("甲镇".into())]);
    }
    assert_eq!(guest("", &["", ""]).status, Overdue);
}

#[test]
fn where_a_host_has_one_branch_it_does_not_matter_whether_the_branch_can_be_read() {
    let meeting = organizational("2022-10-10", "branch = 5");
    let cell = guest("branches = [\"机关党支部\"]\n", &[&meeting]);
    assert_eq!((cell.status, cell.done), (OnTime, Some(day("2022-10-10"))));
}

// The office, and institutional documents.

#[test]
fn an_extension_to_the_due_date_itself_moves_nothing() {
    let to = |until: &str| {
        let extension = format!(
            "\n[[extension]]\nunit = \"01\"\nmilestone = \"plan\"\nuntil = {until}\napplied = 2022-03-20\napproved_by = \"办公室\"\n"
        );
        let verdict = Folder::new(&format!("{JIA}{extension}")).check("2022-03-25");
        let cell = cell(&verdict, "01", PLAN);
        (cell.due, cell.extension)
    };
    assert_eq!(to("2022-03-31"), (day("2022-03-31"), None));
    assert_eq!(to("2022-04-01"), (day("2022-04-01"), Some(0)));
}

#[test]
fn where_no_document_is_the_list_as_a_whole_is_pointed_at() {
    let verdict = verdict_of("", "2023-01-20");
    assert_eq!(cell(&verdict, "01", OUTCOMES).status, Overdue);
    assert_eq!(cell(&verdict, "01", OUTCOMES).at, at!["outcome"]);
}

#[test]
fn what_is_wrong_with_other_documents_is_kept_only_where_it_might_change_something() {
    let draft = "\n[[outcome]]\ntitle = \"甲镇督查办法\"\n";
    let records = jia(&format!("{draft}{}", document("2022-12-01", "")));
    let verdict = Folder::new(JIA)
        .file("01.toml", &records)
        .check("2023-01-20");
    assert_eq!(cell(&verdict, "01", OUTCOMES).status, OnTime);
    assert!(remarks(&verdict, "01", OUTCOMES).is_empty());
    let hidden = document("\"十二月\"", "");
    let records = jia(&format!("{hidden}{}", document("2023-01-10", "")));
    let verdict = Folder::new(JIA)
        .file("01.toml", &records)
        .check("2023-01-20");
    assert_eq!(cell(&verdict, "01", OUTCOMES).status, Unclear);
    let hidden = Remark::Unreadable(at!["outcome", 0, "adopted"]);
    assert_eq!(remarks(&verdict, "01", OUTCOMES), [hidden]);
}

#[test]
fn documents_are_counted_as_there_and_as_lacking_only_while_some_of_each_are() {
    let campaign = CAMPAIGN.replace("at_least = 1", "at_least = 2");
    let with = |documents: usize| {
        let records: String = (1..=documents)
            .map(|n| document(&format!("2022-12-0{n}"), ""))
            .collect();
        let verdict = Folder::with_campaign(&format!("{campaign}{JIA}"))
            .file("01.toml", &jia(&records))
            .check("2023-01-20");
        let cell = cell(&verdict, "01", OUTCOMES);
        (cell.there().to_vec(), cell.lacking().to_vec())
    };
    let documents = |n| vec![Part::Documents(n)];
    assert_eq!(with(0), (vec![], documents(2)));
    assert_eq!(with(1), (documents(1), documents(1)));
    assert_eq!(with(2), (vec![], vec![]));
}

#[test]
fn a_document_that_is_adopted_on_the_day_itself_counts() {
    let found = status_of(OUTCOMES, &document("2022-12-10", ""), "2022-12-10");
    assert_eq!(found, (OnTime, 0));
    let found = status_of(OUTCOMES, &document("2022-12-11", ""), "2022-12-10");
    assert_eq!(found, (Upcoming, 21));
}

#[test]
fn a_number_that_cannot_be_read_may_be_the_other_documents() {
    let campaign = CAMPAIGN.replace("at_least = 1", "at_least = 2");
    let of = |records: &str| {
        let verdict = Folder::with_campaign(&format!("{campaign}{JIA}"))
            .file("01.toml", &jia(records))
            .check("2023-01-20");
        cell(&verdict, "01", OUTCOMES).clone()
    };
    let numbered = document("2022-12-01", "document_number = \"甲党发〔2022〕31号\"");
    let hidden = document("2022-12-02", "document_number = 31");
    let cell = of(&format!("{numbered}{hidden}"));
    assert_eq!(cell.status, Unclear);
    let number = at!["outcome", 1, "document_number"];
    assert_eq!(cell.remarks(), [Remark::Unreadable(number)]);
    let without = document("2022-12-02", "");
    assert_eq!(of(&format!("{numbered}{without}")).status, OnTime);
    // By itself it is a document whatever its number.
    assert_eq!(status_of(OUTCOMES, &hidden, "2023-01-20"), (OnTime, 0));
}

// Reasons.

#[test]
fn a_reason_is_given_once_and_fifty_are_enough() {
    let branches = "branches = [\"机关党支部\", \"村党支部\"]\nbody = \"党总支\"\n";
    let unit = unit("01", "甲镇", branches);
    let verdict = Folder::new(&unit)
        .file("01.toml", &jia(&organizational("2022-10-10", "")))
        .check("2022-11-20");
    assert_eq!(remarks(&verdict, "01", MEETINGS), [Remark::NoBranch]);
    let many = |meetings: usize| {
        let records = democratic("\"十月\"", "").repeat(meetings);
        let verdict = verdict_of(&records, "2022-11-20");
        remarks(&verdict, "01", MEETINGS).len()
    };
    assert_eq!((many(49), many(50), many(60)), (49, 50, 50));
}

#[test]
fn a_broken_file_takes_nothing_from_what_was_done_on_the_last_day() {
    let broken = |date: &str| {
        let records = format!("{}[[meeting\nkind = \"民主生活会\"\n", filed(date));
        let verdict = verdict_of(&records, "2022-04-20");
        cell(&verdict, "01", PLAN).clone()
    };
    let last = broken("2022-03-31");
    assert_eq!((last.status, last.remarks()), (OnTime, &[][..]));
    let late = broken("2022-04-01");
    assert_eq!(
        (late.status, late.remarks()),
        (Unclear, &[Remark::Broken][..])
    );
}

#[test]
fn only_what_some_milestone_asks_for_can_be_set_aside() {
    let records = format!(
        "{}{}{}",
        filed("2022-04-20"),
        both("2022-10-10"),
        document("2022-12-10", "")
    );
    let plan = CAMPAIGN
        .split("\n[[milestone]]")
        .take(2)
        .collect::<Vec<_>>();
    let plan = plan.join("\n[[milestone]]");
    let aside = |campaign: &str| {
        let verdict = Folder::with_campaign(&format!("{campaign}{JIA}"))
            .file("01.toml", &jia(&records))
            .check("2022-04-01");
        let aside = verdict.ledger.set_aside;
        (aside.filings, aside.meetings, aside.documents)
    };
    assert_eq!(aside(CAMPAIGN), (1, 2, 1));
    assert_eq!(aside(&plan), (1, 0, 0));
}

#[test]
fn why_no_meeting_is_owed_is_said_by_the_party_body() {
    let said = |body: &str| {
        let unit = unit("01", "甲镇", body);
        let campaign = CAMPAIGN.replace(", \"组织生活会\"", "");
        let verdict = Folder::with_campaign(&format!("{campaign}{unit}")).check("2022-11-20");
        cell(&verdict, "01", MEETINGS).explanation().zh().to_owned()
    };
    assert_eq!(said("body = \"无\""), "本单位无党组织，不需召开");
    assert_eq!(said("body = \"党支部\""), "党组织为党支部，不需召开");
    assert_eq!(said("owes = [\"组织生活会\"]"), "按花名册不需召开");
}

// How much of the ledger is kept.

/// 甲镇 and 戊镇 with a file, 乙镇 with two, 丙局 in the joint branch of 甲镇, 丁局 without a file, and a stranger.
fn many_cases(more: &str) -> Folder {
    let roster = [
        jia_and_yi(),
        unit(
            "03",
            "丙局",
            "body = \"党支部\"\nmet_by = { unit = \"01\" }",
        ),
        unit("04", "丁局", ""),
        unit("05", "戊镇", ""),
    ]
    .concat();
    let excused = "[[exemption]]\nunit = \"05\"\nrule = \"overdue\"\nreason = \"受灾\"\napproved_by = \"办公室\"\n";
    let numbered = "document_number = \"甲发〔2022〕5号\"";
    Folder::with_campaign(&format!("{CAMPAIGN}{more}{roster}{excused}"))
        .file(
            "01.toml",
            &jia(&format!(
                "{}{}{}",
                filed("2022-03-28"),
                both("2022-10-10"),
                document("2022-12-10", numbered)
            )),
        )
        .file("02.toml", &plan_of("02", "乙镇", &filed("2022-04-03")))
        .file("02-2.toml", &plan_of("02", "乙镇", &filed("2022-03-30")))
        .file("03.toml", &plan_of("03", "丙局", &filed("2022-04-02")))
        .file(
            "05.toml",
            &plan_of("05", "戊镇", &document("2022-11-01", numbered)),
        )
        .file("99.toml", &plan_of("99", "己局", "plan = 1\n"))
}

#[test]
fn how_much_the_ledger_holds_changes_no_finding_and_no_total() {
    let folder = many_cases("");
    for date in ["2022-03-25", "2022-04-20", "2022-11-20", "2023-01-01"] {
        let whole = folder.check_keeping(Keep::Problems, date);
        assert_eq!(whole.ledger.rows.len(), 5);
        assert!(whole.counts.silenced > 0 || date < "2022-04-01", "{date}");
        for keep in [Keep::Findings, Keep::Cells, Keep::People] {
            let verdict = folder.check_keeping(keep, date);
            assert_eq!(verdict.findings, whole.findings, "{keep:?} {date}");
            assert_eq!(verdict.counts, whole.counts, "{keep:?} {date}");
            assert_eq!(
                verdict.ledger.totals, whole.ledger.totals,
                "{keep:?} {date}"
            );
            assert_eq!(
                verdict.ledger.set_aside, whole.ledger.set_aside,
                "{keep:?} {date}"
            );
            assert_eq!(verdict.files, whole.files);
        }
        let rows = &folder.check_keeping(Keep::Findings, date).ledger.rows;
        let codes: Vec<&str> = rows.iter().map(|row| &*row.code).collect();
        assert_eq!(codes, ["04"], "only who has no file");
        for (number, totals) in whole.ledger.totals.iter().enumerate() {
            let statuses = whole.ledger.rows.iter().map(|row| row.cells[number].status);
            let mut counted = [Totals::default()];
            statuses.for_each(|status| Totals::count_unit(&mut counted, [status]));
            assert_eq!(*totals, counted[0], "{date}");
        }
    }
}

#[test]
fn of_many_milestones_every_one_is_counted() {
    let further = |n: usize| {
        format!(
            "\n[[milestone]]\nid = \"more-{n}\"\nname = \"再报{n}\"\ndue = 2022-04-30\nrequires = {{ kind = \"plan\" }}\n"
        )
    };
    for more in [17, 18, 19, 40] {
        let folder = many_cases(&(0..more).map(further).collect::<String>());
        let whole = folder.check_keeping(Keep::People, "2022-04-20");
        let verdict = folder.check_keeping(Keep::Findings, "2022-04-20");
        assert_eq!(verdict.ledger.totals, whole.ledger.totals, "{more}");
        assert_eq!(verdict.ledger.totals.len(), 3 + more);
        assert_eq!(verdict.findings, whole.findings, "{more}");
    }
}

#[test]
fn without_a_roster_a_unit_is_called_what_its_file_calls_it() {
    let folder = Folder::without_campaign().file("z.toml", &plan_of("Z1", "甲子办", ""));
    let verdict = folder.check("2022-04-15");
    assert_eq!(row(&verdict, "Z1").name, "甲子办");
}

#[test]
fn an_exemption_silences_what_is_said_of_a_unit_without_a_file_too() {
    let excused = "\n[[exemption]]\nunit = \"01\"\nrule = \"plan-missing\"\nreason = \"另行通知\"\napproved_by = \"昌壬子\"\n";
    for (more, said, silenced) in [("", 1, 0), (excused, 0, 1)] {
        let verdict = Folder::new(&format!("{JIA}{more}")).check("2022-04-15");
        assert_eq!(findings(&verdict, "plan-missing").len(), said);
        assert_eq!(verdict.counts.silenced, silenced);
    }
}

#[test]
fn a_unit_whose_cells_hang_on_several_files_has_sent_one_if_one_of_them_is_its_own() {
    let guest = unit(
        "02",
        "乙镇",
        "body = \"党支部\"\nmet_by = { unit = \"01\" }",
    );
    let folder = Folder::new(&format!("{JIA}{guest}"))
        .file("01.toml", &jia(""))
        .file("01-2.toml", &jia(""));
    for keep in [Keep::Findings, Keep::People] {
        let verdict = folder.check_keeping(keep, "2022-04-15");
        let said = findings(&verdict, "plan-missing");
        let units: Vec<_> = said
            .iter()
            .filter_map(|finding| finding.unit.as_deref())
            .collect();
        assert_eq!(units, ["02"]);
    }
    let verdict = folder.check("2022-04-15");
    assert!(row(&verdict, "01").has_file && !row(&verdict, "02").has_file);
}
