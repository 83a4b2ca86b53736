//! Documents for paper: the bulletin and the reminders, read back from their files.

#![allow(clippy::unwrap_used, clippy::print_stderr, missing_docs)]

use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;
use std::process::{Command, Output};

use roxmltree::Document;
use tempfile::TempDir;

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

fn duban(folder: &Path, arguments: &[&str]) -> Output {
    let plans = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/in-trouble");
    let plans = plans.to_str().unwrap();
    let arguments = arguments.iter().map(|word| match *word {
        "PLANS" => plans,
        other => other,
    });
    Command::new(env!("CARGO_BIN_EXE_duban"))
        .args(arguments)
        .args(["--as-of", "2022-11-15"])
        .current_dir(folder)
        .env("DUBAN_LANG", "zh")
        .output()
        .unwrap()
}

fn scratch() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// A part of a file.
fn part(file: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(file)).unwrap();
    let mut text = String::new();
    zip.by_name(name)
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    text
}

/// The paragraphs of a document, each with its style.
fn paragraphs(file: &[u8]) -> Vec<(String, String)> {
    let text = part(file, "word/document.xml");
    let document = Document::parse(&text).unwrap();
    let paragraph = |node: roxmltree::Node<'_, '_>| {
        let style = node.descendants().find(|n| n.has_tag_name((W, "pStyle")));
        let style = style
            .and_then(|n| n.attribute((W, "val")))
            .unwrap_or_default();
        let texts = node.descendants().filter(|n| n.has_tag_name((W, "t")));
        let text: String = texts.filter_map(|n| n.text()).collect();
        (style.to_owned(), text)
    };
    let all = document.descendants().filter(|n| n.has_tag_name((W, "p")));
    all.map(paragraph).collect()
}

fn bulletin(arguments: &[&str]) -> Vec<u8> {
    let folder = scratch();
    let words = [&["report", "PLANS", "-o", "a.docx"], arguments].concat();
    let output = duban(folder.path(), &words);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    fs::read(folder.path().join("a.docx")).unwrap()
}

#[test]
fn the_page_is_that_of_the_standard() {
    let file = bulletin(&[]);
    let text = part(&file, "word/document.xml");
    let document = Document::parse(&text).unwrap();
    let value = |tag: &str, name: &str| {
        let node = document
            .descendants()
            .find(|n| n.has_tag_name((W, tag)))
            .unwrap();
        node.attribute((W, name)).unwrap().to_owned()
    };
    // 37, 35, 28 and 26 millimetres in twips; A4.
    let margins = ["top", "bottom", "left", "right"].map(|side| value("pgMar", side));
    assert_eq!(margins, ["2098", "1984", "1587", "1474"]);
    assert_eq!(
        (value("pgSz", "w"), value("pgSz", "h")),
        ("11906".into(), "16838".into())
    );
    // 22 lines of 28.95 points fit between the margins, and not one more.
    let line = 579;
    assert_eq!((16838 - 2098 - 1984) / line, 22);
    assert_eq!(value("docGrid", "linePitch"), line.to_string());
}

#[test]
fn fonts_sizes_and_indents_are_those_of_the_standard() {
    let file = bulletin(&[]);
    let text = part(&file, "word/styles.xml");
    let styles = Document::parse(&text).unwrap();
    let style = |id: &str| {
        let of = |n: &roxmltree::Node<'_, '_>| n.attribute((W, "styleId")) == Some(id);
        let node = styles.descendants().find(of).unwrap();
        let value = |tag: &str, name: &str| {
            let found = node.descendants().find(|n| n.has_tag_name((W, tag)));
            let found = found.and_then(|n| n.attribute((W, name)));
            found.unwrap_or_default().to_owned()
        };
        [
            value("rFonts", "eastAsia"),
            value("rFonts", "ascii"),
            value("sz", "val"),
            value("spacing", "line"),
            value("ind", "firstLineChars"),
        ]
    };
    let named =
        |font: &str, rest: [&str; 3]| [font, font, rest[0], rest[1], rest[2]].map(str::to_owned);
    assert_eq!(style("Normal"), named("仿宋_GB2312", ["32", "579", "200"]));
    assert_eq!(style("Heading1"), named("黑体", ["32", "579", "200"]));
    assert_eq!(
        style("Heading2"),
        named("楷体_GB2312", ["32", "579", "200"])
    );
    assert_eq!(style("Title"), named("方正小标宋简体", ["44", "680", "0"]));
}

#[test]
fn the_bulletin_names_who_is_late_and_leaves_what_only_people_know() {
    let file = bulletin(&[]);
    let paragraphs = paragraphs(&file);
    let has = |style: &str, text: &str| {
        let mut all = paragraphs.iter();
        let found = all.any(|(s, t)| s == style && t.contains(text));
        assert!(found, "{style}: {text} in {paragraphs:#?}");
    };
    has("Title", "关于能力作风优化年进展情况的通报");
    has("Number", "【待填】〔2022〕【待填】号");
    has("Heading1", "一、完成情况");
    has("Heading2", "（一）实施方案");
    has(
        "Normal",
        "应完成16，按期完成6，逾期完成2，逾期未完成3，待核5；完成率8/16（50.0%），按期率6/16（37.5%）",
    );
    has("Heading2", "（一）逾期未完成");
    has("Normal", "实施方案3个：丙乡（逾期229天，未报送方案文件）");
    has("Normal", "其他工作要求：【待填】");
    has("Day", "2022年11月15日");
    has("AnnexLabel", "附件1");
}

#[test]
fn the_header_of_a_table_is_repeated_and_no_row_is_cut() {
    let file = bulletin(&[]);
    let text = part(&file, "word/document.xml");
    let document = Document::parse(&text).unwrap();
    let count = |tag: &str| {
        document
            .descendants()
            .filter(|n| n.has_tag_name((W, tag)))
            .count()
    };
    assert_eq!((count("tbl"), count("tblHeader")), (2, 2));
    assert_eq!(count("tr"), count("cantSplit"));
}

#[test]
fn the_table_of_units_says_how_each_stands_and_when_it_was_done() {
    let file = bulletin(&[]);
    let text = part(&file, "word/document.xml");
    let document = Document::parse(&text).unwrap();
    let within = |node: roxmltree::Node<'_, '_>, tag: &str| -> Vec<String> {
        let inner = node.descendants().filter(|n| n.has_tag_name((W, tag)));
        let text = |n: roxmltree::Node<'_, '_>| -> String {
            let texts = n.descendants().filter(|n| n.has_tag_name((W, "t")));
            texts.filter_map(|n| n.text()).collect()
        };
        inner.map(text).collect()
    };
    let rows = document.descendants().filter(|n| n.has_tag_name((W, "tr")));
    let rows: Vec<Vec<String>> = rows.map(|row| within(row, "tc")).collect();
    let of_unit = |name: &str| {
        rows.iter()
            .find(|row| row.get(1).is_some_and(|n| n == name))
    };
    let jia = of_unit("甲镇").unwrap();
    assert_eq!(jia[3], "逾期15天完成2022-04-15", "{jia:?}");
    let bing = of_unit("丙乡").unwrap();
    assert_eq!(bing[3], "逾期229天", "{bing:?}");
}

#[test]
fn the_same_input_gives_the_same_bytes_and_english_is_english() {
    assert_eq!(bulletin(&[]), bulletin(&[]));
    let english = paragraphs(&bulletin(&["--lang", "en"]));
    assert!(
        english.iter().any(|(_, text)| text == "1. Progress"),
        "{english:#?}"
    );
}

#[test]
fn a_reminder_goes_to_each_unit_that_has_something_to_do() {
    let folder = scratch();
    let output = duban(folder.path(), &["notice", "PLANS", "-o", "催办"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let mut names: Vec<String> = fs::read_dir(folder.path().join("催办"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names.len(), 16, "{names:?}");
    let message = fs::read_to_string(folder.path().join("催办/T03-丙乡.txt")).unwrap();
    assert_eq!(
        message,
        "【能力作风优化年】丙乡：实施方案逾期229天，生活会逾期15天。请抓紧办理，填好日期后重新报送方案文件。\n"
    );
    let file = fs::read(folder.path().join("催办/T03-丙乡.docx")).unwrap();
    let said = paragraphs(&file);
    let found = |text: &str| said.iter().any(|(_, paragraph)| paragraph.contains(text));
    assert!(
        found("丙乡：") && found("尚未收到你单位的方案文件"),
        "{said:#?}"
    );
    assert!(
        found("1. 实施方案：完成时限2022年3月31日，逾期229天"),
        "{said:#?}"
    );
    // What was written may have been filled in since.
    let again = duban(folder.path(), &["notice", "PLANS", "-o", "催办"]);
    assert_eq!(again.status.code(), Some(2), "{again:?}");
    let soon = duban(
        folder.path(),
        &["notice", "PLANS", "-o", "临期", "--only", "due-soon"],
    );
    assert_eq!(soon.status.code(), Some(0));
    assert_eq!(fs::read_dir(folder.path().join("临期")).unwrap().count(), 2);
}

#[test]
fn the_offices_own_fonts_and_margins_are_taken_and_wrong_ones_are_an_error() {
    let folder = scratch();
    let campaign = include_str!("../src/campaign/beipiao-2022.toml");
    let unit = "\n[[unit]]\ncode = \"T01\"\nname = \"甲<镇>&\"\n";
    let write = |paper: &str| {
        let text = format!("{campaign}{unit}\n[document]\n{paper}\n");
        fs::write(folder.path().join("campaign.toml"), text).unwrap();
        duban(folder.path(), &["report", ".", "-o", "a.docx"])
    };
    let output = write("body_font = \"仿宋\"\nmargin_left = 30");
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let file = fs::read(folder.path().join("a.docx")).unwrap();
    assert!(part(&file, "word/styles.xml").contains("w:eastAsia=\"仿宋\""));
    assert!(part(&file, "word/document.xml").contains("w:left=\"1701\""));
    assert!(paragraphs(&file).iter().any(|(_, text)| text == "甲<镇>&"));
    let output = write("margin_left = 300");
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("页边距300毫米不在5至80毫米之间"), "{said}");
}

#[test]
fn another_program_lays_the_documents_out() {
    let folder = scratch();
    fs::write(folder.path().join("a.docx"), bulletin(&[])).unwrap();
    let profile = format!(
        "-env:UserInstallation=file://{}/profile",
        folder.path().display()
    );
    let arguments = [&profile, "--headless", "--convert-to", "pdf", "a.docx"];
    let run = Command::new("soffice")
        .args(arguments)
        .current_dir(folder.path())
        .output();
    if run.is_err() {
        eprintln!("skipped: soffice is not installed");
        return;
    }
    let Ok(pdf) = fs::read(folder.path().join("a.pdf")) else {
        eprintln!("skipped: soffice cannot read documents for paper here");
        return;
    };
    assert!(pdf.starts_with(b"%PDF"));
    let mut pages = Command::new("pdftotext");
    pages.args(["-f", "2", "-l", "2", "-layout", "a.pdf", "-"]);
    let Ok(page) = pages.current_dir(folder.path()).output() else {
        eprintln!("skipped: pdftotext is not installed");
        return;
    };
    let page = String::from_utf8_lossy(&page.stdout).into_owned();
    let lines: Vec<&str> = page
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    // A full page has 22 lines, and its number.
    assert_eq!(lines.len(), 23, "{page}");
}
