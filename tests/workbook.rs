//! The office's workbook, read back by other programs: what its sheets say, that its formulas come to what is stored
//! beside them, and that nothing that a unit writes becomes a formula.

#![allow(clippy::unwrap_used, clippy::print_stderr, missing_docs)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use calamine::{Data, DataType, Range, Reader, Xlsx, open_workbook};
use tempfile::TempDir;

type Book = Xlsx<std::io::BufReader<fs::File>>;

fn duban(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_duban"));
    command.args(arguments).current_dir(folder);
    command.output().unwrap()
}

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// The workbook of the campaign in trouble.
fn workbook(more: &[&str]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let plans = Path::new(ROOT)
        .join("examples/in-trouble")
        .display()
        .to_string();
    let arguments = [
        "report",
        &plans,
        "--as-of",
        "2022-11-15",
        "-q",
        "-o",
        "台账.xlsx",
    ];
    let output = duban(folder.path(), &[&arguments, more].concat());
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(
        output.stdout.is_empty() && output.stderr.is_empty(),
        "{output:?}"
    );
    let path = folder.path().join("台账.xlsx");
    (folder, path)
}

fn open(path: &Path) -> Book {
    open_workbook(path).unwrap()
}

fn texts(range: &Range<Data>, row: u32) -> Vec<String> {
    let width = u32::try_from(range.width()).unwrap();
    let cell = |col| range.get_value((row, col)).map(ToString::to_string);
    (0..width)
        .map(|col| cell(col).unwrap_or_default())
        .collect()
}

#[test]
fn the_sheets_are_those_of_an_office() {
    let (_folder, path) = workbook(&["--lang", "zh"]);
    let sheets = open(&path).sheet_names();
    assert_eq!(
        sheets,
        [
            "总台账",
            "实施方案",
            "生活会",
            "制度办法",
            "逾期清单",
            "问题台账",
            "汇总",
            "完成进度",
            "说明"
        ]
    );
    let (_folder, path) = workbook(&["--lang", "en", "--milestone", "plan"]);
    let sheets = open(&path).sheet_names();
    assert_eq!(
        sheets,
        [
            "Ledger",
            "实施方案",
            "Overdue",
            "Problems",
            "Summary",
            "Progress",
            "Notes"
        ]
    );
}

#[test]
fn every_problem_of_every_plan_is_listed() {
    let plans = Path::new(ROOT).join("plans");
    let written = |path: PathBuf| {
        let text = fs::read_to_string(path).unwrap_or_default();
        text.lines().filter(|line| *line == "[[problem]]").count()
    };
    let files = fs::read_dir(&plans).unwrap();
    let problems: usize = files.map(|entry| written(entry.unwrap().path())).sum();
    assert!(problems > 30);
    let folder = tempfile::tempdir().unwrap();
    let plans = plans.display().to_string();
    let common = ["-o", "台账.xlsx", "--as-of", "2022-11-15", "--lang", "zh"];
    for command in ["report", "check"] {
        duban(folder.path(), &[&[command, &plans], &common[..]].concat());
        let path = folder.path().join("台账.xlsx");
        let list = open(&path).worksheet_range("问题台账").unwrap();
        let numbered = |row: &&[Data]| matches!(row.first(), Some(Data::Float(_) | Data::Int(_)));
        assert_eq!(list.rows().filter(numbered).count(), problems, "{command}");
        fs::remove_file(path).unwrap();
    }
}

#[test]
fn dates_are_dates_phones_are_text_and_days_are_numbers() {
    let (_folder, path) = workbook(&["--lang", "zh"]);
    let ledger = open(&path).worksheet_range("总台账").unwrap();
    assert_eq!(texts(&ledger, 0)[0], "能力作风优化年台账");
    assert!(texts(&ledger, 1)[0].contains("截至2022年11月15日"));
    assert_eq!(
        texts(&ledger, 2)[..8].join(","),
        "序号,单位代码,单位,类别,责任人,联络员,联系电话,实施方案"
    );
    assert_eq!(
        texts(&ledger, 3)[7..11].join(","),
        "完成时限,完成日期,状态,逾期天数"
    );
    let cell = |col| ledger.get_value((4, col)).unwrap();
    assert_eq!(cell(6), &Data::String("0421-0000001".to_owned()));
    assert_eq!(cell(7).as_date().unwrap().to_string(), "2022-03-31");
    assert_eq!(cell(8).as_date().unwrap().to_string(), "2022-04-15");
    assert_eq!(cell(9), &Data::String("逾期完成".to_owned()));
    assert_eq!(cell(10), &Data::Float(15.0));
}

#[test]
fn stored_figures_are_the_ledger_s_and_recalculate() {
    let (folder, path) = workbook(&["--lang", "zh", "-o", "台账.json"]);
    let json = fs::read_to_string(folder.path().join("台账.json")).unwrap();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let mut book = open(&path);
    let summary = book.worksheet_range("汇总").unwrap();
    let formulas = book.worksheet_formula("汇总").unwrap();
    for (row, milestone) in (4..).zip(json["milestones"].as_array().unwrap()) {
        let totals = &milestone["totals"];
        for (col, figure) in [
            (2, "/owed"),
            (3, "/on_time"),
            (5, "/completion/part"),
            (8, "/overdue"),
            (11, "/unclear"),
        ] {
            let wanted = totals.pointer(figure).and_then(serde_json::Value::as_f64);
            assert!(wanted.is_some(), "{figure}: {totals}");
            assert_eq!(
                summary.get_value((row, col)).and_then(DataType::get_float),
                wanted
            );
            let formula = formulas.get_value((row, col)).unwrap();
            assert!(!formula.is_empty(), "{figure} recalculates");
        }
    }
    // The same figures stand under the ledger's own rows.
    let ledger = book.worksheet_range("总台账").unwrap();
    let figures = |cols: std::ops::Range<u32>| {
        let last = ledger.end().unwrap().0;
        cols.map(|col| ledger.get_value((last, col)).and_then(DataType::get_float))
            .collect::<Vec<_>>()
    };
    assert_eq!(figures(7..10), [Some(16.0), Some(8.0), Some(0.5)]);
}

#[test]
fn a_filter_hides_rows_and_leaves_the_figures() {
    let (_folder, all) = workbook(&["--lang", "zh"]);
    let (_other, some) = workbook(&["--lang", "zh", "--only", "overdue"]);
    let figures = |path: &Path| open(path).worksheet_range("汇总").unwrap();
    assert_eq!(figures(&all), figures(&some));
    let hidden = |path: &Path| {
        let xml = part(path, "xl/worksheets/sheet1.xml");
        xml.matches("hidden=\"1\"").count()
    };
    assert_eq!(hidden(&all), 0);
    let ledger = open(&some).worksheet_range("总台账").unwrap();
    let overdue = (4..20).filter(|row| texts(&ledger, *row).contains(&"逾期未完成".to_owned()));
    assert_eq!(hidden(&some), 16 - overdue.count());
}

/// A part of a workbook, as it is stored.
fn part(path: &Path, name: &str) -> String {
    let mut archive = zip::ZipArchive::new(fs::File::open(path).unwrap()).unwrap();
    let mut text = String::new();
    std::io::Read::read_to_string(&mut archive.by_name(name).unwrap(), &mut text).unwrap();
    text
}

#[test]
fn the_page_is_set_up_to_be_read_and_printed() {
    let (_folder, path) = workbook(&["--lang", "zh"]);
    let sheet = part(&path, "xl/worksheets/sheet1.xml");
    for wanted in [
        "<mergeCell ref=\"A1:U1\"/>",
        "<mergeCell ref=\"A3:A4\"/>",
        "<mergeCell ref=\"H3:K3\"/>",
        "topLeftCell=\"D5\" activePane=\"bottomRight\" state=\"frozen\"",
        "<autoFilter ref=\"A4:U20\"/>",
        "orientation=\"landscape\"",
        "fitToHeight=\"0\"",
        "<pageSetUpPr fitToPage=\"1\"/>",
    ] {
        assert!(sheet.contains(wanted), "{wanted}");
    }
    let book = part(&path, "xl/workbook.xml");
    assert!(
        book.contains("_xlnm.Print_Titles\" localSheetId=\"0\">总台账!$3:$4<"),
        "{book}"
    );
}

#[test]
fn nothing_that_a_unit_writes_becomes_a_formula() {
    let hostile = [
        "=cmd()",
        "+1",
        "-1",
        "@x",
        "\\t=1",
        "\\n=1+1",
        "=HYPERLINK(\\\"x\\\")",
        "_x003D_1",
    ];
    let folder = tempfile::tempdir().unwrap();
    let mut roster = fs::read_to_string(Path::new(ROOT).join("plans/campaign.toml")).unwrap();
    roster.truncate(roster.find("[[unit]]").unwrap());
    roster = roster.replace("name = \"实施方案\"", "name = \"=cmd()!$A$1\"");
    assert!(roster.contains("=cmd()"), "a milestone's name, too");
    for (number, text) in hostile.iter().enumerate() {
        roster += &format!("[[unit]]\ncode = \"{number}\"\nname = \"{text}\"\n");
        let plan = format!(
            "[unit]\ncode = \"{number}\"\nname = \"{text}\"\nsecretary = \"{text}\"\n\
             contact = {{ name = \"{text}\", phone = \"{text}\" }}\n[[problem]]\nsubject = \"领导班子\"\n\
             text = \"{text}\"\nremedy = \"{text}\"\nowner = \"{text}\"\nevidence = [\"{text}\"]\n"
        );
        fs::write(folder.path().join(format!("{number}.toml")), plan).unwrap();
    }
    fs::write(folder.path().join("campaign.toml"), roster).unwrap();
    let arguments = [
        "report",
        ".",
        "--as-of",
        "2022-11-15",
        "--lang",
        "zh",
        "-o",
        "a.xlsx",
    ];
    let output = duban(folder.path(), &arguments);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let mut book = open(&folder.path().join("a.xlsx"));
    for sheet in book.sheet_names() {
        let formulas = book.worksheet_formula(&sheet).unwrap();
        for (.., formula) in formulas.used_cells() {
            assert!(
                !formula.contains("cmd") && !formula.contains("HYPER"),
                "{formula}"
            );
        }
    }
    let ledger = book.worksheet_range("总台账").unwrap();
    let formulas = book.worksheet_formula("总台账").unwrap();
    for (row, text) in (4..).zip(hostile) {
        let text = text
            .replace("\\t", " ")
            .replace("\\n", "\n")
            .replace("\\\"", "\"");
        for col in [2, 4, 5, 6] {
            assert_eq!(
                ledger.get_value((row, col)),
                Some(&Data::String(text.clone()))
            );
            let formula = formulas.get_value((row, col));
            assert!(formula.is_none_or(String::is_empty), "{formula:?}");
        }
    }
}

#[test]
fn check_writes_the_same_workbook() {
    let (folder, path) = workbook(&["--lang", "zh"]);
    let plans = Path::new(ROOT)
        .join("examples/in-trouble")
        .display()
        .to_string();
    let common = ["--as-of", "2022-11-15", "--lang", "zh", "-q"];
    let check = ["check", &plans, "-o", "b.xlsx"];
    let output = duban(folder.path(), &[&check[..], &common].concat());
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let report = fs::read(path).unwrap();
    assert!(fs::read(folder.path().join("b.xlsx")).unwrap() == report);
    // Standard output will do where it is no terminal.
    let to_stdout = ["report", &plans, "--format", "xlsx"];
    let output = duban(folder.path(), &[&to_stdout[..], &common].concat());
    assert!(output.stdout == report);
}

/// Settings of LibreOffice under which it calculates every formula again, whatever is stored.
const RECALCULATE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"#;

/// The workbook as LibreOffice converts it; none where it is not there.
fn converted(folder: &Path, path: &Path, to: &str) -> Option<PathBuf> {
    let profile = folder.join("profile");
    fs::create_dir_all(profile.join("user")).unwrap();
    fs::write(profile.join("user/registrymodifications.xcu"), RECALCULATE).unwrap();
    let out = folder.join("converted");
    let output = Command::new("soffice")
        .arg(format!(
            "-env:UserInstallation=file://{}",
            profile.display()
        ))
        .args(["--headless", "--convert-to", to, "--outdir"])
        .args([&out, path])
        .output();
    if output.is_err() {
        eprintln!("skipped: soffice (LibreOffice Calc) is not there");
        return None;
    }
    let file = out.join(path.file_name().unwrap()).with_extension(to);
    assert!(file.exists(), "{output:?}");
    Some(file)
}

#[test]
fn libreoffice_comes_to_the_same_figures() {
    let (folder, path) = workbook(&["--lang", "zh"]);
    let Some(again) = converted(folder.path(), &path, "xlsx") else {
        return;
    };
    let (mut ours, mut theirs) = (open(&path), open(&again));
    assert_eq!(ours.sheet_names(), theirs.sheet_names());
    for sheet in ours.sheet_names() {
        let formulas = ours.worksheet_formula(&sheet).unwrap();
        let (ours, theirs) = (
            ours.worksheet_range(&sheet).unwrap(),
            theirs.worksheet_range(&sheet).unwrap(),
        );
        let (top, left) = formulas.start().unwrap_or_default();
        for (row, col, formula) in formulas.used_cells() {
            let at = (
                top + u32::try_from(row).unwrap(),
                left + u32::try_from(col).unwrap(),
            );
            let (one, other) = (ours.get_value(at).unwrap(), theirs.get_value(at).unwrap());
            let same = match (one.as_f64(), other.as_f64()) {
                (Some(one), Some(other)) => (one - other).abs() < 1e-9,
                _ => one == other,
            };
            assert!(same, "{sheet}: {formula} is {other:?}, not {one:?}");
        }
    }
    let summary = open(&path).worksheet_formula("汇总").unwrap();
    let formulas = summary
        .used_cells()
        .filter(|(.., formula)| !formula.is_empty());
    assert!(formulas.count() > 100);
}

#[test]
fn libreoffice_prints_it() {
    let (folder, path) = workbook(&["--lang", "zh"]);
    let Some(pdf) = converted(folder.path(), &path, "pdf") else {
        return;
    };
    let pdf = fs::read(pdf).unwrap();
    assert!(pdf.starts_with(b"%PDF") && pdf.len() > 5_000);
}
