//! Two stories with exact figures, from the files of six invented units to the numbers of the report.

mod support;

use std::process::{Command, Output};

use duban::check::Verdict;
use duban::ledger::{Status, rate};
use duban::vocabulary::Category;
use support::*;

use Status::{DueSoon, Late, OnTime, Overdue, Unclear, Upcoming};

const ROSTER: [(&str, &str, &str, &str); 6] = [
    ("01", "甲镇", "乡镇", "党委"),
    ("02", "乙镇", "乡镇", "党委"),
    ("03", "丙街道", "街道", "党工委"),
    ("04", "丁局", "部门", "党组"),
    ("05", "戊局", "部门", "党组"),
    ("06", "己中心", "事业单位", "党组"),
];

/// A folder with the campaign and the roster, and no plan yet.
fn campaign() -> Folder {
    let line = |(code, name, category, body)| {
        unit(
            code,
            name,
            &format!("category = \"{category}\"\nbody = \"{body}\""),
        )
    };
    Folder::new(&ROSTER.map(line).concat())
}

/// A unit's file at the end of the year.
fn year(code: &str, name: &str, plan: &str, meetings: [&str; 2], adopted: Option<&str>) -> String {
    let held = format!(
        "{}{}",
        democratic(meetings[0], ""),
        organizational(meetings[1], "")
    );
    let outcome = adopted
        .map(|adopted| document(adopted, ""))
        .unwrap_or_default();
    plan_of(code, name, &format!("{}{held}{outcome}", filed(plan)))
}

/// The folder at the end of the year; 己中心 has sent nothing.
fn whole_year() -> Folder {
    let ding = year(
        "04",
        "丁局",
        "2022-03-28",
        ["2022-10-12", "2022-10-15"],
        Some("2022-11-30"),
    );
    campaign()
        .file(
            "01.toml",
            &year(
                "01",
                "甲镇",
                "2022-03-25",
                ["2022-10-20", "2022-10-24"],
                Some("2022-12-20"),
            ),
        )
        .file(
            "02.toml",
            &year(
                "02",
                "乙镇",
                "2022-04-02",
                ["2022-10-28", "2022-11-03"],
                Some("2022-12-28"),
            ),
        )
        .file(
            "03.toml",
            &year(
                "03",
                "丙街道",
                "2022-03-31",
                ["2022-10-31", "2022-10-31"],
                None,
            ),
        )
        .bytes("04.toml", &gbk(&ding))
        .file(
            "05.toml",
            &year(
                "05",
                "戊局",
                "2022-06-15",
                ["2022-10-30", "2022-10-30"],
                None,
            ),
        )
}

fn gbk(text: &str) -> Vec<u8> {
    encoding_rs::GBK.encode(text).0.into_owned()
}

/// The folder of 29 March: three files, one of them with a date that is not written right.
fn end_of_march() -> Folder {
    campaign()
        .file("01.toml", &plan_of("01", "甲镇", &filed("2022-03-25")))
        .file("02.toml", &plan_of("02", "乙镇", &filed("2022-3-29")))
        .bytes(
            "04.toml",
            &gbk(&plan_of("04", "丁局", &filed("2022-03-28"))),
        )
}

/// The statuses and days of a milestone, in the order of the roster.
fn column(verdict: &Verdict, milestone: usize) -> Vec<(Status, i64)> {
    let cells = verdict.ledger.rows.iter().map(|row| &row.cells[milestone]);
    cells.map(|cell| (cell.status, cell.days)).collect()
}

/// How many units of a category have a status at a milestone.
fn of(verdict: &Verdict, category: Category, status: Status) -> usize {
    let rows = verdict.ledger.rows.iter();
    rows.filter(|row| row.category == category && row.cells[PLAN].status == status)
        .count()
}

/// The program itself, run in a folder.
fn duban(folder: &Folder, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_duban"))
        .args(arguments)
        .current_dir(folder.path())
        .env_remove("DUBAN_LANG")
        .output()
        .expect("the program runs")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("the output is UTF-8")
}

#[test]
fn story_1_on_29_march_one_date_is_wrong_and_three_units_are_waited_for() {
    let verdict = end_of_march().check("2022-03-29");
    assert_eq!(
        column(&verdict, PLAN),
        [
            (OnTime, 0),
            (Unclear, 0),
            (DueSoon, 2),
            (OnTime, 0),
            (DueSoon, 2),
            (DueSoon, 2)
        ]
    );
    let error = only(&verdict, "syntax");
    assert!(error.place.file.ends_with("02.toml"));
    // [unit], code, name, a blank line, [plan]: the date stands on the sixth line.
    assert_eq!((error.place.line, error.place.column), (6, 9));
    assert_eq!(error.place.excerpt.marked(), "2022-3-29");
    assert!(
        error.message.en().contains("the month needs two digits"),
        "{:?}",
        error.message
    );
    assert!(
        error.fix.en().contains("filed = 2022-03-29"),
        "{:?}",
        error.fix
    );
    assert_eq!(
        error.edit.as_ref().map(|edit| &*edit.text),
        Some("2022-03-29")
    );
    let note = only(&verdict, "encoding");
    assert!(note.place.file.ends_with("04.toml"));
    assert!(note.message.zh().contains("GBK") && note.fix.zh().contains("UTF-8"));
    let summary = end_of_march().summary("2022-03-29");
    let line = summary.lines().next().unwrap();
    for part in [
        "还剩2天",
        "应完成6",
        "按期完成2",
        "待核1",
        "临期3",
        "完成率2/6（33.3%）",
    ] {
        assert!(line.contains(part), "{part} in {line}");
    }
}

#[test]
fn story_1_the_program_itself_says_where_the_date_is_and_exits_1() {
    let folder = end_of_march();
    let output = duban(
        &folder,
        &[
            "check",
            ".",
            "--as-of",
            "2022-03-29",
            "--lang",
            "zh",
            "--format",
            "concise",
        ],
    );
    assert_eq!(output.status.code(), Some(1));
    let shown = stdout(&output);
    let error = shown
        .lines()
        .find(|line| line.contains("syntax"))
        .expect("the error is shown");
    assert!(error.contains("02.toml:6:9: 错误["), "{error}");
    assert!(
        error.contains("月份要写两位") && error.contains("filed = 2022-03-29"),
        "{error}"
    );
    let note = shown
        .lines()
        .find(|line| line.contains("encoding"))
        .expect("the note is shown");
    assert!(
        note.contains("04.toml:3:1: 提示[") && note.contains("GBK"),
        "{note}"
    );
    let output = duban(
        &folder,
        &["check", ".", "--as-of", "2022-03-29", "--lang", "zh"],
    );
    assert_eq!(output.status.code(), Some(1));
    let shown = stdout(&output);
    assert!(
        shown.contains("应完成6，按期完成2，待核1，临期3")
            || shown.contains("应完成6，按期完成2，临期3，待核1"),
        "{shown}"
    );
    assert!(shown.contains("2/6（33.3%）"), "{shown}");
}

#[test]
fn story_1_on_1_april_three_are_one_day_overdue_in_the_order_of_the_roster() {
    let folder = end_of_march().file("03.toml", &plan_of("03", "丙街道", &filed("2022-03-31")));
    folder.remove("02.toml");
    let verdict = folder.check("2022-04-01");
    assert_eq!(
        column(&verdict, PLAN),
        [
            (OnTime, 0),
            (Overdue, 1),
            (OnTime, 0),
            (OnTime, 0),
            (Overdue, 1),
            (Overdue, 1)
        ]
    );
    let missing = findings(&verdict, "plan-missing");
    let units: Vec<_> = missing
        .iter()
        .filter_map(|finding| finding.unit.as_deref())
        .collect();
    assert_eq!(units, ["02", "05", "06"]);
    assert!(findings(&verdict, "overdue").is_empty());
    let summary = folder.summary("2022-04-01");
    let line = summary.lines().next().unwrap();
    for part in ["应完成6", "按期完成3", "逾期未完成3", "3/6（50.0%）"] {
        assert!(line.contains(part), "{part} in {line}");
    }
    let output = duban(&folder, &["check", ".", "--as-of", "2022-04-01"]);
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn story_2_the_report_of_8_june_has_these_figures() {
    let verdict = whole_year().check("2022-06-08");
    let plans = column(&verdict, PLAN);
    assert_eq!(
        plans,
        [
            (OnTime, 0),
            (Late, 2),
            (OnTime, 0),
            (OnTime, 0),
            (Overdue, 69),
            (Overdue, 69)
        ]
    );
    assert_eq!(column(&verdict, MEETINGS), [(Upcoming, 145); 6]);
    assert_eq!(column(&verdict, OUTCOMES), [(Upcoming, 206); 6]);
    let count = |want: fn(Status) -> bool| plans.iter().filter(|(status, _)| want(*status)).count();
    let owed = count(Status::is_owed);
    assert_eq!(
        rate(count(|status| status == OnTime), owed).en(),
        "3/6 (50.0 %)"
    );
    assert_eq!(rate(count(Status::is_done), owed).en(), "4/6 (66.7 %)");
    let names = verdict.ledger.rows.iter().map(|row| &*row.name);
    assert!(
        names.eq(ROSTER.map(|(_, name, _, _)| name)),
        "the official order"
    );
    assert!(verdict.ledger.rows[4].has_file && !verdict.ledger.rows[5].has_file);
}

#[test]
fn story_2_by_category_the_plans_stand_so() {
    let verdict = whole_year().check("2022-06-08");
    let figures = |category| [OnTime, Late, Overdue].map(|status| of(&verdict, category, status));
    assert_eq!(figures(Category::Township), [1, 1, 0]);
    assert_eq!(figures(Category::Subdistrict), [1, 0, 0]);
    assert_eq!(figures(Category::Department), [1, 0, 1]);
    assert_eq!(figures(Category::Institution), [0, 0, 1]);
}

#[test]
fn story_2_the_records_after_that_day_are_set_aside_and_counted() {
    let aside = whole_year().check("2022-06-08").ledger.set_aside;
    assert_eq!((aside.filings, aside.meetings, aside.documents), (1, 10, 3));
    assert_eq!(aside.total(), 14);
}

#[test]
fn story_2_at_the_end_everything_counts() {
    let verdict = whole_year().check("2023-01-01");
    assert_eq!(
        column(&verdict, PLAN),
        [
            (OnTime, 0),
            (Late, 2),
            (OnTime, 0),
            (OnTime, 0),
            (Late, 76),
            (Overdue, 276)
        ]
    );
    assert_eq!(
        column(&verdict, MEETINGS),
        [
            (OnTime, 0),
            (Late, 3),
            (OnTime, 0),
            (OnTime, 0),
            (OnTime, 0),
            (Overdue, 62)
        ]
    );
    assert_eq!(
        column(&verdict, OUTCOMES),
        [
            (OnTime, 0),
            (OnTime, 0),
            (Overdue, 1),
            (OnTime, 0),
            (Overdue, 1),
            (Overdue, 1)
        ]
    );
    assert_eq!(verdict.ledger.set_aside.total(), 0);
}

#[test]
fn story_2_the_program_gives_the_same_bytes_for_every_way_to_write_the_day() {
    let folder = whole_year();
    let run = |command: &str, date: &str| {
        let output = duban(&folder, &[command, ".", "--as-of", date, "--lang", "zh"]);
        (output.status.code(), output.stdout, output.stderr)
    };
    for (command, exit) in [("check", 1), ("report", 0)] {
        let first = run(command, "2022-06-08");
        assert_eq!(first.0, Some(exit), "{command}");
        for date in ["2022-06-08", "20220608", "2022年6月8日"] {
            assert_eq!(run(command, date), first, "{command} {date}");
        }
    }
}

#[test]
fn story_2_the_report_itself_has_the_figures() {
    let output = duban(
        &whole_year(),
        &["report", ".", "--as-of", "2022-06-08", "--lang", "zh"],
    );
    let shown = stdout(&output);
    for part in [
        "3/6（50.0%）",
        "4/6（66.7%）",
        "己中心",
        "69",
        "145",
        "206",
        "14",
    ] {
        assert!(shown.contains(part), "{part} in\n{shown}");
    }
}
