//! Texts that a terminal, a browser, a spreadsheet, a CI log or a table would obey, in every format, read with the
//! reader of that format.

use std::io::{Cursor, Read};

use calamine::{Data, Reader as _, Xlsx};
use pulldown_cmark::{Event, Options, Parser, Tag};

use super::*;

/// Everything that one of them obeys, as it stands in a TOML string.
const HOSTILE: &str = "=cmd()|'/C calc'!A0 <script>alert(1)</script> a|b `c` [d](http://e) ]]> &amp; \\u001b[31m\\u202e\\u200b\\u0007 \\n::error::x ##[error]y ##vso[task]z ";

/// A campaign and a plan whose names and texts are all hostile, and a file called so.
fn hostile() -> TempDir {
    let folder = folder();
    let book = CAMPAIGN.replace(
        "name = \"甲镇\"",
        &format!("name = \"{HOSTILE}\"\nshort = \"{HOSTILE}\""),
    );
    let book = book.replace(
        "name = \"能力作风优化年\"",
        &format!("name = \"{HOSTILE}\""),
    );
    let rule = format!(
        "\n[[rule]]\nid = \"X001\"\nname = \"own\"\nrequire = {{ count = \"problem\", at_least = 3 }}\nmessage = \"{HOSTILE}\"\nfix = \"{HOSTILE}\"\nwhy = \"{HOSTILE}\"\n[vocabulary]\nfaults = [\"{HOSTILE}\"]\n"
    );
    fs::write(folder.path().join("campaign.toml"), book + &rule).unwrap();
    let file = format!(
        "[unit]\ncode = \"01\"\nname = \"{HOSTILE}\"\nsecretary = \"{HOSTILE}\"\n[unit.contact]\nname = \"{HOSTILE}\"\nphone = \"{HOSTILE}\"\n[plan]\ntitle = \"{HOSTILE}\"\nfiled = \"{HOSTILE}\"\nevidence = [\"{HOSTILE}\"]\n[[problem]]\ntext = \"{HOSTILE}\"\ndue = 2022-05-01\n"
    );
    fs::write(folder.path().join("##[error]x.toml"), file).unwrap();
    folder
}

#[test]
fn texts_that_a_terminal_or_a_log_would_obey_reach_neither() {
    let folder = hostile();
    for lang in ["zh", "en"] {
        for (_, format, _) in duban::output::Format::ALL {
            let arguments = ["check", ".", "--format", format, "--lang", lang];
            let output = run(folder.path(), &arguments);
            assert_eq!(output.status.code(), Some(1));
            for text in [output.stdout, output.stderr] {
                harmless(&String::from_utf8(text).unwrap(), format);
            }
        }
        for format in ["table", "markdown", "csv", "json"] {
            let arguments = ["report", ".", "--format", format, "--lang", lang];
            let output = run(folder.path(), &arguments);
            assert_eq!(output.status.code(), Some(0));
            for text in [output.stdout, output.stderr] {
                harmless(&String::from_utf8(text).unwrap(), format);
            }
        }
        for (format, kind) in [("text", "text"), ("markdown", "markdown"), ("json", "json")] {
            for rule in [&["own"][..], &[]] {
                let mut arguments = vec!["explain", "--format", format, "--lang", lang];
                arguments.extend(rule);
                let output = run(folder.path(), &arguments);
                assert_eq!(output.status.code(), Some(0), "{output:?}");
                harmless(&String::from_utf8(output.stdout).unwrap(), kind);
            }
        }
        for arguments in [
            &["schema", "plan", "--lang", lang][..],
            &["fix", ".", "--lang", lang],
            &["notice", ".", "-o", lang, "--lang", lang],
            &["new", "--all", "--lang", lang],
            &[
                "check",
                "nothing \u{1b}[31m ##[error] \u{202e}",
                "--lang",
                lang,
            ],
            &[
                "explain",
                "nothing \u{1b}[31m ##[error] \u{202e}",
                "--lang",
                lang,
            ],
            &[
                "check",
                ".",
                "--select",
                "\u{1b}[31m\n::error::x",
                "--lang",
                lang,
            ],
        ] {
            let output = run(folder.path(), arguments);
            for text in [output.stdout, output.stderr] {
                harmless(&String::from_utf8(text).unwrap(), "text");
            }
        }
    }
}

#[track_caller]
fn harmless(text: &str, format: &str) {
    let steering = |c: char| {
        (c.is_control() && !matches!(c, '\n' | '\r'))
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    assert!(!text.contains(steering), "{format}: {text}");
    for line in text.lines() {
        // A service reads commands from a log, whatever is shown in it; only a cell of CSV cannot be written
        // otherwise.
        let read_in_a_log = format != "csv";
        if read_in_a_log {
            assert!(
                !line.contains("##[") && !line.contains("##vso["),
                "{format}: {line}"
            );
        }
        // The name of a command follows its colons; `::: ./file:1:2` is none.
        let after = line.trim_start().strip_prefix("::");
        let command = after.is_some_and(|name| !name.starts_with([':', ' ']));
        assert!(
            !command || format == "github" && !line.starts_with("::error::"),
            "{format}: {line}"
        );
    }
}

/// What a command writes into a file with the name of a format.
fn written(folder: &TempDir, command: &str, format: &str) -> Vec<u8> {
    let target = format!("{format}:out");
    let output = run(
        folder.path(),
        &[command, ".", "-o", &target, "--lang", "zh"],
    );
    assert!(matches!(output.status.code(), Some(0 | 1)), "{output:?}");
    fs::read(folder.path().join("out")).unwrap()
}

#[test]
fn no_text_is_a_formula_in_a_spreadsheet() {
    let folder = hostile();
    let text = written(&folder, "report", "csv");
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(&text[..]);
    let mut seen = false;
    for record in reader.records() {
        for cell in &record.unwrap() {
            let cell = cell.trim_start_matches('\u{feff}');
            assert!(
                !cell.starts_with(['=', '+', '-', '@', '\t', '\r']),
                "{cell}"
            );
            seen |= cell.contains("cmd()");
        }
    }
    assert!(seen);
    let bytes = written(&folder, "report", "xlsx");
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let mut seen = false;
    for (name, range) in book.worksheets() {
        // Formulas of the report's own count and add; none of them calls anything.
        for (_, _, formula) in book.worksheet_formula(&name).unwrap().used_cells() {
            assert!(!formula.contains("cmd"), "{formula}");
        }
        seen |= range
            .used_cells()
            .any(|(_, _, cell)| matches!(cell, Data::String(text) if text.contains("cmd()")));
    }
    assert!(seen);
}

#[test]
fn no_text_is_markup_in_markdown() {
    let folder = hostile();
    let text = String::from_utf8(written(&folder, "report", "markdown")).unwrap();
    let page = folder.path().join("summary.md");
    let output = Command::new(env!("CARGO_BIN_EXE_duban"))
        .args([
            "check",
            ".",
            "--format",
            "github",
            "--as-of",
            "2022-11-15",
            "--lang",
            "zh",
        ])
        .env("GITHUB_STEP_SUMMARY", &page)
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    for text in [text, fs::read_to_string(page).unwrap()] {
        let mut shown = String::new();
        for event in Parser::new_ext(&text, Options::all() - Options::ENABLE_SMART_PUNCTUATION) {
            match event {
                Event::Text(part) => shown.push_str(&part),
                Event::Html(_) | Event::InlineHtml(_) | Event::Code(_) => panic!("{event:?}"),
                Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::HtmlBlock) => {
                    panic!("{event:?}")
                }
                _ => {}
            }
        }
        assert!(
            shown.contains("<script>alert(1)</script> a|b `c` [d](http://e)"),
            "{shown}"
        );
    }
}

#[test]
fn no_text_is_markup_in_xml_or_in_a_document() {
    let folder = hostile();
    let junit = String::from_utf8(written(&folder, "check", "junit")).unwrap();
    let document = roxmltree::Document::parse(&junit).unwrap();
    let known = [
        "testsuites",
        "testsuite",
        "testcase",
        "failure",
        "skipped",
        "system-out",
        "properties",
        "property",
    ];
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        assert!(known.contains(&node.tag_name().name()), "{node:?}");
    }
    let bytes = written(&folder, "report", "docx");
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut body = String::new();
    let mut part = archive.by_name("word/document.xml").unwrap();
    part.read_to_string(&mut body).unwrap();
    let document = roxmltree::Document::parse(&body).unwrap();
    assert!(
        document
            .descendants()
            .all(|node| node.tag_name().name() != "script")
    );
    let text: String = document
        .descendants()
        .filter_map(|node| node.text())
        .collect();
    assert!(text.contains("<script>alert(1)</script>"), "{text:.2000}");
}

#[test]
fn no_text_is_a_property_of_a_calendar() {
    let folder = hostile();
    let text = String::from_utf8(written(&folder, "report", "ics")).unwrap();
    let calendar: icalendar::Calendar = text.parse().unwrap();
    assert!(!calendar.components.is_empty());
    for line in text.split("\r\n").filter(|line| !line.starts_with(' ')) {
        assert!(!line.starts_with("::") && !line.contains('\n'), "{line}");
    }
}

#[test]
fn what_programs_read_is_one_document_with_the_text_in_strings() {
    let folder = hostile();
    for format in ["json", "sarif", "gitlab"] {
        let _: Value = serde_json::from_slice(&written(&folder, "check", format)).unwrap();
    }
    let report: Value = serde_json::from_slice(&written(&folder, "report", "json")).unwrap();
    assert!(report.to_string().contains("cmd()"));
}
