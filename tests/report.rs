//! `duban report` on the command line: which words it takes, what it says of files that it could not read, where the
//! result goes.

#![allow(clippy::unwrap_used, missing_docs)]

mod support;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use support::{CAMPAIGN, unit};
use tempfile::TempDir;

/// Two units: one has filed in time, the date of the other cannot be read.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    let roster = [unit("01", "甲镇", ""), unit("02", "乙镇", "")].concat();
    write("campaign.toml", &format!("{CAMPAIGN}{roster}"));
    let plan = |code: &str, name: &str, filed: &str| {
        format!("[unit]\ncode = \"{code}\"\nname = \"{name}\"\n[plan]\nfiled = {filed}\n")
    };
    write("01.toml", &plan("01", "甲镇", "2022-03-30"));
    write("02.toml", &plan("02", "乙镇", "2022-3-30"));
    folder
}

fn report(folder: &Path, more: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_duban"))
        .args(["report", "--as-of", "2022-04-15", "--color", "never"])
        .args(more)
        .current_dir(folder)
        .env_remove("GITHUB_STEP_SUMMARY")
        .output()
        .unwrap()
}

/// The exit code, standard output and standard error.
fn said(folder: &Path, more: &[&str]) -> (Option<i32>, String, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = report(folder, more);
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (status.code(), text(stdout), text(stderr))
}

#[test]
fn what_could_not_be_read_is_named_with_its_line_and_never_passes_in_silence() {
    let folder = folder();
    let (code, table, named) = said(folder.path(), &[".", "--lang", "zh"]);
    assert_eq!(code, Some(0));
    assert!(
        table.contains("待核") && table.contains("按期完成"),
        "{table}"
    );
    let line = "未能全部读取 ./02.toml:5：日期“2022-3-30”写法不对：月份要写两位\n";
    assert_eq!(named, line);
    let (code, table, named) = said(folder.path(), &[".", "--lang", "en"]);
    assert_eq!(code, Some(0));
    assert!(table.contains("unclear"), "{table}");
    assert!(
        named.starts_with("not wholly read: ./02.toml:5: "),
        "{named}"
    );
    assert_eq!(named.lines().count(), 1);
    let (_, same, named) = said(folder.path(), &[".", "--lang", "en", "-q"]);
    assert_eq!((same, named.as_str()), (table, ""));
}

#[test]
fn where_the_result_went_is_said_on_one_line() {
    let folder = folder();
    let files = ["-o", "台账.csv", "-o", "dates.ics"];
    fs::remove_file(folder.path().join("02.toml")).unwrap();
    let (code, nothing, told) = said(
        folder.path(),
        &[&[".", "--lang", "zh"], &files[..]].concat(),
    );
    assert_eq!((code, nothing.as_str()), (Some(0), ""));
    assert_eq!(told, "已写入台账.csv、dates.ics\n");
    let (_, _, told) = said(
        folder.path(),
        &[&[".", "--lang", "en"], &files[..]].concat(),
    );
    assert_eq!(told, "wrote 台账.csv, dates.ics\n");
    let (_, _, told) = said(folder.path(), &[&[".", "-q"], &files[..]].concat());
    assert_eq!(told, "");
    // With a format as well, standard output has the report, and nothing else needs saying.
    let both = [".", "--format", "csv", "-o", "b.csv", "--lang", "zh"];
    let (_, shown, told) = said(folder.path(), &both);
    assert_eq!(
        shown,
        fs::read_to_string(folder.path().join("b.csv")).unwrap()
    );
    assert_eq!(told, "");
}

#[test]
fn a_milestone_is_known_by_its_id_and_by_its_name() {
    let folder = folder();
    let by = |word: &str| {
        said(
            folder.path(),
            &[".", "--lang", "zh", "-q", "--milestone", word],
        )
    };
    let (code, table, _) = by("plan");
    assert_eq!(code, Some(0));
    assert!(
        table.contains("实施方案") && !table.contains("制度办法"),
        "{table}"
    );
    assert_eq!(by("实施方案").1, table);
    assert_ne!(by("outcomes").1, table);
    let (code, nothing, wrong) = by("plans");
    assert_eq!((code, nothing.as_str()), (Some(2), ""));
    assert_eq!(
        wrong,
        "错误：没有“plans”这个时间节点\n改法：可选：plan (实施方案), life-meetings (生活会), outcomes (制度办法)\n"
    );
}

#[test]
fn a_status_is_known_in_both_languages_and_the_one_that_was_meant_is_named() {
    let folder = folder();
    let only = |word: &str| said(folder.path(), &[".", "--lang", "en", "-q", "--only", word]);
    let (code, table, _) = only("unclear");
    assert_eq!(code, Some(0));
    assert!(table.contains("乙镇") && !table.contains("甲镇"), "{table}");
    assert_eq!(only("待核").1, table);
    assert_eq!(only(" unclear ").1, table);
    let (code, nothing, wrong) = only("uncleer");
    assert_eq!((code, nothing.as_str()), (Some(2), ""));
    assert!(wrong.contains("there is no status “uncleer”"), "{wrong}");
    assert!(
        wrong.contains("did you mean “unclear”? choose from: on-time, late, overdue"),
        "{wrong}"
    );
    let (_, _, wrong) = only("nonsense");
    assert!(
        !wrong.contains("did you mean") && wrong.contains("choose from: on-time"),
        "{wrong}"
    );
}

#[test]
fn a_rule_book_without_units_has_nobody_to_report_on() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("campaign.toml"), CAMPAIGN).unwrap();
    let (code, nothing, wrong) = said(folder.path(), &["campaign.toml", "--lang", "zh"]);
    assert_eq!((code, nothing.as_str()), (Some(2), ""));
    assert!(
        wrong.starts_with("错误：没有单位可报告\n改法：写方案文件所在的文件夹"),
        "{wrong}"
    );
}

#[test]
fn markdown_has_a_blank_line_between_blocks_and_none_within_a_list() {
    let folder = folder();
    let arguments = [
        ".",
        "--lang",
        "zh",
        "-q",
        "--format",
        "markdown",
        "--by",
        "milestone",
    ];
    let (_, text, _) = said(folder.path(), &arguments);
    let lines: Vec<&str> = text.lines().collect();
    assert!(!lines[0].is_empty() && !text.contains("\n\n\n"), "{text}");
    let is_item = |line: &str| line.starts_with("- ");
    assert!(lines.iter().filter(|line| is_item(line)).count() > 3);
    for pair in lines.windows(3) {
        if is_item(pair[0]) && pair[1].is_empty() {
            assert!(!is_item(pair[2]), "a list is in one piece: {pair:?}");
        }
        if !pair[0].is_empty() && !pair[1].is_empty() {
            assert!(is_item(pair[0]) && is_item(pair[1]), "{pair:?}");
        }
    }
}
