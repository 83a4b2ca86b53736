//! `duban lsp` as an editor meets it: whole sessions over standard input and output with the program itself.

#![cfg(feature = "lsp")]
#![allow(clippy::unwrap_used, missing_docs)]

mod editor;

use std::fs;
use std::path::{Path, PathBuf};

use editor::{Editor, uri};
use serde_json::{Value, json};
use tempfile::TempDir;

/// A campaign with two units and one list of words.
const CAMPAIGN: &str = r#"[campaign]
name = "试点年"
start = 2022-03-15
end = 2022-12-31

[[milestone]]
id = "plan"
name = "实施方案"
due = 2022-03-31
requires = { kind = "plan" }

[vocabulary]
faults = ["不担当", "不作为"]

[[unit]]
code = "T01"
name = "甲镇"
branches = ["机关党支部"]

[[unit]]
code = "T02"
name = "乙镇"
"#;

/// A plan that is not TOML.
const BROKEN: &str = r#"[unit]
code = "T01"
name = "甲镇"

[plan]
adopted = 2022-03-25; filed = "2022-03-28"
"#;

/// A plan of which nothing can be said.
const GOOD: &str = r#"[unit]
code = "T01"
name = "甲镇"
secretary = "赵天干"

[plan]
title = "方案😀"
special_meeting = 2022-03-18
adopted = 2022-03-25
filed = 2022-03-28

[[problem]]
subject = "领导班子"
fault = "不担当"
text = "调研不深入，情况掌握不全面，联系群众不够经常"
remedy = "每月下村调研"
owner = "赵天干"
due = "长期坚持"

[[problem]]
subject = "班子成员"
member = "钱地支"
fault = "不作为"
text = "跟踪督办不够及时，会议定下的事没有按时回头看"
remedy = "每周列出督办清单"
owner = "钱地支"
due = 2022-09-30
closed = 2022-09-20

[[meeting]]
kind = "民主生活会"
held = 2022-10-20
expected = 9
present = 9
reviews_campaign = true
"#;

fn folder() -> TempDir {
    let folder = tempfile::Builder::new().prefix("方案 ").tempdir().unwrap();
    fs::write(folder.path().join("campaign.toml"), CAMPAIGN).unwrap();
    folder
}

fn other_plan() -> String {
    GOOD.replace("T01", "T02").replace("甲镇", "乙镇")
}

/// Where a marked text begins: its line, and the units of UTF-16 before it.
fn position(text: &str, marked: &str) -> Value {
    let at = text.find(marked).unwrap_or_else(|| panic!("{marked}"));
    let start = text[..at].rfind('\n').map_or(0, |before| before + 1);
    let line = text[..at].matches('\n').count();
    json!({ "line": line, "character": text[start..at].encode_utf16().count() })
}

/// The place of a marked text that stands on one line.
fn range(text: &str, marked: &str) -> Value {
    let start = position(text, marked);
    let end = start["character"].as_u64().unwrap() + marked.encode_utf16().count() as u64;
    json!({ "start": start, "end": { "line": start["line"], "character": end } })
}

fn codes(diagnostics: &[Value]) -> Vec<&str> {
    diagnostics
        .iter()
        .map(|diagnostic| diagnostic["code"].as_str().unwrap_or(""))
        .collect()
}

#[test]
fn a_quoted_date_is_marked_repaired_and_gone_in_both_languages() {
    for (lang, message, fix, title) in [
        (
            "zh",
            "[plan]的filed的日期写成了文字：“2022-03-28”",
            "改法：写成filed = 2022-03-28",
            "改为2022-03-28（F007）",
        ),
        (
            "en",
            "filed of [plan] is a date written as text: “2022-03-28”",
            "fix: write filed = 2022-03-28",
            "change to 2022-03-28 (F007)",
        ),
    ] {
        let folder = folder();
        let text = GOOD.replace("filed = 2022-03-28", "filed = \"2022-03-28\"");
        let path = folder.path().join("甲镇.toml");
        // What is on disk does not matter: the editor has not saved.
        fs::write(&path, "broken").unwrap();
        let mut editor = Editor::start(folder.path(), lang, json!({}));
        editor.open(&path, &text);
        let told = editor.told(&path, 1);
        let quoted = told.iter().find(|told| told["code"] == "F007").unwrap();
        assert_eq!(quoted["range"], range(&text, "\"2022-03-28\""));
        assert_eq!(quoted["severity"], 1);
        assert_eq!(quoted["source"], "duban");
        assert_eq!(quoted["message"], format!("{message}\n{fix}"));

        let mut offered = |place: &Value| {
            let context = json!({ "diagnostics": [quoted] });
            let (document, range) = (
                json!({ "uri": uri(&path) }),
                json!({ "start": place, "end": place }),
            );
            let asked = json!({ "textDocument": document, "range": range, "context": context });
            editor.ask("textDocument/codeAction", asked)
        };
        for elsewhere in [
            json!({ "line": 0, "character": 0 }),
            json!({ "line": 999, "character": 0 }),
        ] {
            assert!(offered(&elsewhere).as_array().is_none_or(Vec::is_empty));
        }
        let actions = offered(&quoted["range"]["start"]);
        assert_eq!(offered(&quoted["range"]["end"]), actions);
        let action = &actions[0];
        assert_eq!(action["title"], title);
        assert_eq!(action["kind"], "quickfix");
        assert_eq!(action["isPreferred"], true);
        assert_eq!(action["diagnostics"][0]["code"], "F007");
        let edit = &action["edit"]["changes"][uri(&path)][0];
        assert_eq!(edit["newText"], "2022-03-28");

        let change = json!({ "range": edit["range"], "text": edit["newText"] });
        editor.change(&path, 2, json!([change]));
        assert_eq!(codes(&editor.told(&path, 2)), Vec::<&str>::new());
        assert_eq!(editor.finish(), Some(0));
    }
}

#[test]
fn what_the_editor_shows_is_what_check_says() {
    let folder = folder();
    let path = folder.path().join("T01.toml");
    for text in [
        BROKEN,
        GOOD,
        "",
        "[unit]\ncode = \"T09\"\nnaem = \"甲\"\n",
        &other_plan(),
    ] {
        fs::write(&path, text).unwrap();
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_duban"))
            .args([
                "check",
                "--format",
                "json",
                "--as-of",
                editor::DAY,
                "--lang",
                "en",
            ])
            .arg(folder.path())
            .output()
            .unwrap();
        let checked: Value = serde_json::from_slice(&output.stdout).unwrap();
        let checked = checked["findings"].as_array().unwrap().iter();
        let own = |finding: &&Value| finding["file"].as_str().unwrap().ends_with("T01.toml");
        let mut said: Vec<String> = checked
            .filter(own)
            .map(|finding| {
                format!(
                    "{} {}:{} {}",
                    finding["code"].as_str().unwrap(),
                    finding["line"],
                    finding["column"],
                    finding["message"].as_str().unwrap(),
                )
            })
            .collect();
        said.sort();
        let mut editor = Editor::start(folder.path(), "en", json!({ "utf32": true }));
        editor.open(&path, text);
        editor.settled(&path);
        let mut told: Vec<String> = editor
            .last(&path)
            .iter()
            .map(|told| {
                let start = &told["range"]["start"];
                format!(
                    "{} {}:{} {}",
                    told["code"].as_str().unwrap(),
                    start["line"].as_u64().unwrap() + 1,
                    start["character"].as_u64().unwrap() + 1,
                    told["message"]
                        .as_str()
                        .unwrap()
                        .split("\nfix: ")
                        .next()
                        .unwrap(),
                )
            })
            .collect();
        told.sort();
        assert_eq!(told, said, "{text}");
        editor.finish();
    }
}

#[test]
fn what_two_files_have_in_common_is_told_after_all_were_looked_at() {
    let folder = folder();
    let other = folder.path().join("T01.toml");
    fs::write(&other, GOOD).unwrap();
    let path = folder.path().join("T02.toml");
    let mut editor = Editor::start(folder.path(), "en", json!({}));
    editor.open(&path, &other_plan());
    let told = editor.until(&path, |told| codes(told).contains(&"P010"));
    let copied = told.iter().find(|told| told["code"] == "P010").unwrap();
    let beside = &copied["relatedInformation"][0]["location"];
    assert_eq!(beside["uri"], uri(&other));
    let text = "\"调研不深入，情况掌握不全面，联系群众不够经常\"";
    assert_eq!(beside["range"], range(GOOD, text));
    // It stays while something else is being written above it, at its new place.
    let change = json!({ "range": { "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 0 } }, "text": "# 甲\n" });
    editor.change(&path, 2, json!([change]));
    let told = editor.told(&path, 2);
    let moved = told.iter().find(|told| told["code"] == "P010").unwrap();
    let line = |diagnostic: &Value| diagnostic["range"]["start"]["line"].as_u64().unwrap();
    assert_eq!(line(moved), line(copied) + 1);
    // And it goes when the other file changes on disk.
    fs::remove_file(&other).unwrap();
    editor.notify(
        "workspace/didChangeWatchedFiles",
        json!({ "changes": [{ "uri": uri(&other), "type": 3 }] }),
    );
    editor.until(&path, |told| !codes(told).contains(&"P010"));
    assert_eq!(editor.finish(), Some(0));
}

#[test]
fn a_campaign_that_changes_in_the_editor_or_on_disk_is_applied_at_once() {
    let folder = folder();
    let book = folder.path().join("campaign.toml");
    let path = folder.path().join("T01.toml");
    fs::write(&path, GOOD).unwrap();
    let mut editor = Editor::start(folder.path(), "zh", json!({}));
    assert!(editor.watches("**/*.toml"));
    editor.open(&path, GOOD);
    assert_eq!(codes(&editor.told(&path, 1)), Vec::<&str>::new());

    // On disk: the due date is earlier now, though neither the length nor the time of the file tells.
    let time = fs::metadata(&book).unwrap().modified().unwrap();
    fs::write(
        &book,
        CAMPAIGN.replace("due = 2022-03-31", "due = 2022-03-20"),
    )
    .unwrap();
    let file = fs::File::options().write(true).open(&book).unwrap();
    file.set_modified(time).unwrap();
    editor.notify(
        "workspace/didChangeWatchedFiles",
        json!({ "changes": [{ "uri": uri(&book), "type": 2 }] }),
    );
    let told = editor.until(&path, |told| codes(told).contains(&"D002"));
    let late = told.iter().find(|told| told["code"] == "D002").unwrap();
    assert_eq!(late["range"], range(GOOD, "2022-03-28"));
    let beside = &late["relatedInformation"][0]["location"];
    assert_eq!(beside["uri"], uri(&book));
    let written = fs::read_to_string(&book).unwrap();
    assert_eq!(beside["range"], range(&written, "2022-03-20"));

    // In the editor, not saved: as it was, and then with a mistake, which is shown in the campaign.
    editor.open(&book, CAMPAIGN);
    editor.until(&path, |told| told.is_empty());
    let faulty = CAMPAIGN.replace("due = 2022-03-31", "due = \"2022-03-31\"");
    editor.change(&book, 2, json!([{ "text": faulty }]));
    let told = editor.told(&book, 2);
    assert_eq!(codes(&told), ["F007"]);
    assert_eq!(told[0]["range"], range(&faulty, "\"2022-03-31\""));
    // Meanwhile plans are held against the campaign as it was.
    editor.change(
        &path,
        2,
        json!([{ "text": GOOD.replace("name = \"甲镇\"", "name = \"甲鎮\"") }]),
    );
    assert_eq!(codes(&editor.told(&path, 2)), ["R004"]);
    // What the roster's files lack is shown in the campaign.
    editor.change(&book, 3, json!([{ "text": CAMPAIGN }]));
    editor.told(&book, 3);
    let told = editor.until(&book, |told| !told.is_empty());
    assert_eq!(codes(&told), ["R001"]);
    assert_eq!(told[0]["range"], range(CAMPAIGN, "\"T02\""));
    assert_eq!(editor.finish(), Some(0));
}

#[test]
fn a_faulty_campaign_is_shown_at_its_file_even_if_that_is_not_open() {
    let folder = folder();
    let book = folder.path().join("campaign.toml");
    fs::write(&book, CAMPAIGN.replace("2022-03-31", "\"三月底\"")).unwrap();
    let path = folder.path().join("T01.toml");
    for (lang, said) in [
        ("zh", "有错误，改正以前不检查本文件"),
        ("en", "has errors; this file is not checked"),
    ] {
        let mut editor = Editor::start(folder.path(), lang, json!({}));
        editor.open(&path, BROKEN);
        let told = editor.told(&path, 1);
        assert_eq!(told.len(), 1);
        assert!(
            told[0]["message"].as_str().unwrap().contains(said),
            "{told:?}"
        );
        let told = editor.until(&book, |told| !told.is_empty());
        assert_eq!(codes(&told), ["F007"]);
        assert_eq!(editor.finish(), Some(0));
    }
}

#[test]
fn joint_branches_and_second_files_are_looked_at_while_one_is_written() {
    let folder = folder();
    let campaign = CAMPAIGN
        .replace(
            "requires = { kind = \"plan\" }",
            "requires = { kind = \"meetings\", of = [\"组织生活会\"] }",
        )
        .replace(
            "name = \"乙镇\"\n",
            "name = \"乙镇\"\nmet_by = { unit = \"T01\" }\n",
        );
    fs::write(folder.path().join("campaign.toml"), campaign).unwrap();
    let meeting = "\n[[meeting]]\nkind = \"组织生活会\"\nbranch = \"机关党支部\"\nheld = 2022-03-20\nexpected = 9\npresent = 9\nform = \"党员大会\"\nreviews_campaign = true\n";
    fs::write(folder.path().join("T01.toml"), format!("{GOOD}{meeting}")).unwrap();
    let path = folder.path().join("T02.toml");
    let text = other_plan()
        .replace("调研不深入", "服务不主动")
        .replace("跟踪督办", "学习政策");
    fs::write(&path, &text).unwrap();
    let mut editor = Editor::start(folder.path(), "en", json!({}));
    editor.open(&path, &text);
    editor.settled(&path);
    let before = editor.last(&path);
    assert!(!codes(&before).contains(&"D001"), "{before:?}");
    editor.change(&path, 2, json!([{ "text": format!("{text}\n") }]));
    let told = editor.told(&path, 2);
    assert!(!codes(&told).contains(&"D001"), "{told:?}");
    editor.finish();
}

#[test]
fn hovering_explains_fields_and_findings() {
    for (lang, field, words, why) in [
        (
            "zh",
            "首次报送之日",
            "可选：领导班子（team）、班子成员（member）",
            "**为什么**：",
        ),
        (
            "en",
            "first filed",
            "One of: 领导班子 (team), 班子成员 (member)",
            "**Why**: ",
        ),
    ] {
        let folder = folder();
        let path = folder.path().join("T01.toml");
        let text = GOOD.replace("filed = 2022-03-28", "filed = 2022-04-15");
        let mut editor = Editor::start(folder.path(), lang, json!({}));
        editor.open(&path, &text);
        editor.told(&path, 1);
        let mut hover = |marked: &str| {
            let answer = editor.ask(
                "textDocument/hover",
                json!({ "textDocument": { "uri": uri(&path) }, "position": position(&text, marked) }),
            );
            (
                answer["contents"]["value"]
                    .as_str()
                    .unwrap_or("")
                    .to_owned(),
                answer["range"].clone(),
            )
        };
        let (said, at) = hover("filed");
        assert!(
            said.contains("`plan.filed`") && said.contains(field),
            "{said}"
        );
        assert_eq!(at, range(&text, "filed"));
        let (said, _) = hover("领导班子");
        assert!(said.contains(words), "{said}");
        let (said, _) = hover("不担当");
        assert!(said.contains("不作为"), "{said}");
        let (said, _) = hover("2022-04-15");
        assert!(said.contains("D002 late") && said.contains(why), "{said}");
        let (said, _) = hover("[[meeting]]");
        assert!(said.contains("`meeting`"), "{said}");
        let (said, at) = hover("\n[[problem]]");
        assert_eq!((said.as_str(), at), ("", Value::Null));
        assert_eq!(editor.finish(), Some(0));
    }
}

#[test]
fn keys_sections_and_words_are_completed() {
    let folder = folder();
    let path = folder.path().join("T01.toml");
    let mut editor = Editor::start(folder.path(), "zh", json!({}));
    let mut version = 1;
    editor.open(&path, "");
    let mut complete = |marked: &str| -> Vec<Value> {
        let text = marked.replacen('|', "", 1);
        version += 1;
        editor.change(&path, version, json!([{ "text": text }]));
        let answer = editor.ask(
            "textDocument/completion",
            json!({ "textDocument": { "uri": uri(&path) }, "position": position(marked, "|") }),
        );
        answer.as_array().unwrap().clone()
    };
    let labels = |items: &[Value]| -> Vec<String> {
        items
            .iter()
            .map(|item| item["label"].as_str().unwrap().to_owned())
            .collect()
    };

    let items = complete("[unit]\ncode = \"T01\"\n|\n\n[plan]\n");
    let offered = labels(&items);
    assert_eq!(
        offered[..3],
        ["name", "secretary", "contact"],
        "{offered:?}"
    );
    assert!(offered.contains(&"[[meeting]]".to_owned()) && !offered.contains(&"[plan]".to_owned()));
    assert!(!offered.contains(&"code".to_owned()));
    assert_eq!(items[0]["textEdit"]["newText"], "name = ");
    assert!(items[0]["detail"].as_str().unwrap().contains("单位名称"));
    let (field, section) = (10, 22);
    assert_eq!(items[0]["kind"], field);
    assert_eq!(items.last().unwrap()["kind"], section);
    let order: Vec<&str> = items
        .iter()
        .map(|item| item["sortText"].as_str().unwrap())
        .collect();
    assert!(order.is_sorted_by(|one, next| one < next), "{order:?}");

    let items = complete("[unit]\ncontact = { name = \"甲\", |");
    assert_eq!(labels(&items), ["phone"]);

    let items = complete("[[meeting]]\nkind = |");
    assert_eq!(labels(&items), ["民主生活会", "组织生活会"]);
    assert_eq!(items[0]["textEdit"]["newText"], "\"民主生活会\"");
    let text = "[[problem]]\nfault = \"不\"";
    let items = complete("[[problem]]\nfault = \"不|\"");
    assert_eq!(labels(&items), ["不担当", "不作为"]);
    assert_eq!(items[1]["textEdit"]["range"], range(text, "\"不\""));
    assert!(
        items[1]["filterText"]
            .as_str()
            .unwrap()
            .starts_with("\"不作为")
    );

    assert_eq!(labels(&complete("[unit]\ncode = |")), ["T01", "T02"]);
    assert_eq!(
        labels(&complete("[unit]\ncode = \"T02\"\nname = |")),
        ["乙镇"]
    );
    assert_eq!(
        labels(&complete("[unit]\ncode = \"T0\"\nname = |")),
        ["甲镇", "乙镇"],
        "while the code is half written"
    );
    assert_eq!(
        labels(&complete("[unit]\ncode = \"T01\"\n[[meeting]]\nbranch = |")),
        ["机关党支部"]
    );
    assert_eq!(labels(&complete("[plan]\nfiled = |")), [editor::DAY]);
    assert_eq!(
        labels(&complete("[[problem]]\ndue = |")),
        ["长期坚持", editor::DAY]
    );
    assert_eq!(
        labels(&complete("[[meeting]]\nreviews_campaign = |")),
        ["true", "false"]
    );
    let items = complete("[unit]\n[[pr|]]");
    assert_eq!(items[0]["label"], "[plan]");
    assert_eq!(
        items[0]["textEdit"]["range"],
        range("[unit]\n[[pr]]", "[[pr]]")
    );
    assert_eq!(labels(&complete("[unit]\n# 甲|")), Vec::<String>::new());

    let book = folder.path().join("campaign.toml");
    let text = format!("{CAMPAIGN}\n[[extension]]\nunit = \n");
    editor.open(&book, &text);
    let answer = editor.ask(
        "textDocument/completion",
        json!({ "textDocument": { "uri": uri(&book) }, "position": { "line": text.matches('\n').count() - 1, "character": 7 } }),
    );
    assert_eq!(
        labels(answer.as_array().unwrap()),
        ["T01", "T02"],
        "as the campaign was when it could last be read"
    );
    assert_eq!(editor.finish(), Some(0));
}

#[test]
fn the_outline_names_the_sections() {
    for (lang, names) in [
        (
            "zh",
            [
                "单位：甲镇",
                "实施方案：方案😀",
                "查摆问题1：调研不深入，情况掌握不全面，联系群众不够经常",
                "查摆问题2：跟踪督办不够及时，会议定下的事没有按时回头看",
                "生活会1：民主生活会",
            ],
        ),
        (
            "en",
            [
                "unit: 甲镇",
                "plan: 方案😀",
                "problem 1: 调研不深入，情况掌握不全面，联系群众不够经常",
                "problem 2: 跟踪督办不够及时，会议定下的事没有按时回头看",
                "meeting 1: 民主生活会",
            ],
        ),
    ] {
        let folder = folder();
        let path = folder.path().join("T01.toml");
        let mut editor = Editor::start(folder.path(), lang, json!({}));
        editor.open(&path, GOOD);
        let answer = editor.ask(
            "textDocument/documentSymbol",
            json!({ "textDocument": { "uri": uri(&path) } }),
        );
        let symbols = answer.as_array().unwrap();
        let named: Vec<_> = symbols
            .iter()
            .map(|symbol| symbol["name"].as_str().unwrap())
            .collect();
        assert_eq!(named, names);
        assert_eq!(symbols[1]["selectionRange"], range(GOOD, "[plan]"));
        assert_eq!(symbols[1]["range"]["start"], position(GOOD, "[plan]"));
        let end = &symbols[1]["range"]["end"];
        assert_eq!(end["line"], position(GOOD, "filed")["line"]);
        editor.finish();
    }
}

#[test]
fn columns_are_counted_as_agreed() {
    let folder = folder();
    let path = folder.path().join("T01.toml");
    let before = "contact = { name = \"😀甲\", phone = ";
    let text = format!("[unit]\ncode = \"T01\"\nname = \"甲镇\"\n{before}1 }}\n");
    for (encodings, agreed, column) in [
        (json!(["utf-8", "utf-16"]), "utf-8", before.len()),
        (json!(["utf-32"]), "utf-32", before.chars().count()),
        (json!(["utf-16"]), "utf-16", before.encode_utf16().count()),
        (json!(["ebcdic"]), "utf-16", before.encode_utf16().count()),
        (Value::Null, "utf-16", before.encode_utf16().count()),
    ] {
        let mut editor = Editor::start(folder.path(), "en", json!({ "encodings": encodings }));
        assert_eq!(editor.capabilities["positionEncoding"], agreed);
        editor.open(&path, &text);
        let told = editor.told(&path, 1);
        let wrong = told.iter().find(|told| told["code"] == "F005").unwrap();
        let one = json!({ "line": 3, "character": column });
        assert_eq!(wrong["range"]["start"], one, "{agreed}");
        // A change within the line is understood in the same units.
        let end = json!({ "line": 3, "character": column + 1 });
        let change = json!({ "range": { "start": one, "end": end }, "text": "\"1\"" });
        editor.change(&path, 2, json!([change]));
        assert!(!codes(&editor.told(&path, 2)).contains(&"F005"), "{agreed}");
        editor.finish();
    }
}

#[test]
fn odd_messages_are_answered_or_passed_over() {
    let folder = folder();
    let path = folder.path().join("T01.toml");
    let mut editor = Editor::start(folder.path(), "en", json!({}));
    let code = |answer: Value| answer["code"].as_i64().unwrap();
    assert_eq!(
        code(editor.refused("textDocument/rename", json!({}))),
        -32601
    );
    assert_eq!(code(editor.refused("no/such/thing", Value::Null)), -32601);
    assert_eq!(
        code(editor.refused("textDocument/hover", json!({ "textDocument": 1 }))),
        -32602
    );
    editor.notify("textDocument/didOpen", json!({ "nothing": true }));
    editor.notify("textDocument/didChange", json!({ "textDocument": { "uri": "file:///not/open.toml", "version": 1 }, "contentChanges": [] }));
    editor.notify("$/setTrace", json!({ "value": "off" }));
    editor.raw("Content-Length: 9\r\n\r\n{\"half\": ");
    editor.raw("Content-Length: 2\r\n\r\n{}");
    editor.raw("Content-Length: 4\r\n\r\n\"甲");
    // Texts that are no files, and files that are no plans.
    for name in [
        "untitled:Untitled-1",
        "http://localhost/a.toml",
        "file://",
        "%%%",
    ] {
        let item = json!({ "uri": name, "languageId": "toml", "version": 1, "text": BROKEN });
        editor.notify("textDocument/didOpen", json!({ "textDocument": item }));
        assert!(codes(&editor.told_of(name, 1)).contains(&"F002"), "{name}");
    }
    editor.open(&folder.path().join("说明.md"), "[unit]\n");
    assert_eq!(
        editor.told(&folder.path().join("说明.md"), 1),
        Vec::<Value>::new()
    );
    let answer = editor.ask("textDocument/hover", json!({ "textDocument": { "uri": "file:///not/open.toml" }, "position": { "line": 0, "character": 0 } }));
    assert_eq!(answer, Value::Null);
    editor.open(&path, GOOD);
    editor.told(&path, 1);
    // After the end was announced nothing more is done.
    editor.ask("shutdown", Value::Null);
    assert_eq!(
        code(editor.refused("textDocument/hover", json!({}))),
        -32600
    );
    editor.notify("exit", Value::Null);
    assert_eq!(editor.wait(), Some(0));
}

#[test]
fn the_end_without_an_announcement_is_an_error() {
    let folder = folder();
    let mut editor = Editor::start(folder.path(), "en", json!({}));
    editor.notify("exit", Value::Null);
    assert_eq!(editor.wait(), Some(1));
    let mut editor = Editor::start(folder.path(), "en", json!({}));
    editor.hang_up();
    assert_eq!(editor.wait(), Some(1));
}

#[test]
fn a_plan_outside_of_any_campaign_is_held_against_the_built_in_one_and_other_files_are_left_alone()
{
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("T01.toml");
    let mut editor = Editor::start(folder.path(), "zh", json!({}));
    editor.open(&path, &GOOD.replace("不担当", "不勤快"));
    let told = editor.told(&path, 1);
    assert!(codes(&told).contains(&"P006"), "{told:?}");
    let cargo = folder.path().join("Cargo.toml");
    editor.open(&cargo, "[package]\nname = \"x\"\n");
    assert_eq!(editor.told(&cargo, 1), Vec::<Value>::new());
    assert_eq!(editor.finish(), Some(0));
}

#[test]
fn the_language_is_the_one_asked_for_else_the_editor_s() {
    let folder = folder();
    let path: PathBuf = Path::new(folder.path()).join("T01.toml");
    for (flag, locale, zh) in [
        ("", "zh-cn", true),
        ("", "en-US", false),
        ("", "fr", false),
        ("en", "zh-cn", false),
        ("zh", "en", true),
    ] {
        let mut editor = Editor::start(folder.path(), flag, json!({ "locale": locale }));
        editor.open(&path, "x = 1\n");
        let told = editor.told(&path, 1);
        let message = told[0]["message"].as_str().unwrap();
        assert_eq!(message.contains("改法："), zh, "{flag} {locale}: {message}");
        editor.finish();
    }
}

#[test]
fn the_editor_is_told_what_the_server_can_do() {
    let folder = folder();
    let mut editor = Editor::start(folder.path(), "zh", json!({}));
    assert_eq!(
        editor.capabilities,
        json!({
            "positionEncoding": "utf-16",
            "textDocumentSync": { "openClose": true, "change": 2, "save": true },
            "completionProvider": { "triggerCharacters": ["=", "\"", "[", "{"] },
            "hoverProvider": true,
            "documentSymbolProvider": true,
            "codeActionProvider": { "codeActionKinds": ["quickfix"] },
        })
    );
    assert_eq!(editor.finish(), Some(0));
}

/// A campaign with everything that fields of plans and of rule books refer to.
fn full_campaign() -> String {
    let campaign = CAMPAIGN
        .replace("[vocabulary]", "[vocabulary]\naspects = [\"担当作为\"]")
        .replace(
            "name = \"试点年\"",
            "name = \"试点年\"\ncopied_threshold = 0.9",
        );
    campaign
        + r#"
[[extension]]
unit = "T01"
milestone = "plan"
until = 2022-04-30
applied = 2022-03-30
approved = 2022-03-31
approved_by = "办公室"
reason = "换届"

[[key_measure]]
number = 3
aspect = "担当作为"
text = "开展大走访"
lead = "T01"
"#
}

#[test]
fn hovering_says_how_a_field_is_written_and_which_words_it_may_hold() {
    let folder = folder();
    let (book, plan) = (
        folder.path().join("campaign.toml"),
        folder.path().join("T01.toml"),
    );
    let campaign = full_campaign();
    let text = format!("{GOOD}form = \"支委会\"\n\n[[measure]]\naspect = \"担当作为\"\n");
    let (words, date) = (
        "写法：文字，加英文引号",
        "写法：日期，如2022-03-28，不加引号",
    );
    let limit = "写法：日期，如2022-09-30，不加引号；或“长期坚持”，加英文引号";
    let mut editor = Editor::start(folder.path(), "zh", json!({}));
    editor.open(&book, &campaign);
    editor.open(&plan, &text);
    for (file, text, marked, said) in [
        (&plan, &text, "code", &[words, "必填：是"][..]),
        (&plan, &text, "secretary", &[words]),
        (&plan, &text, "filed", &[date]),
        (&plan, &text, "due", &[limit]),
        (&plan, &text, "expected", &["写法：整数，不加引号"]),
        (
            &plan,
            &text,
            "reviews_campaign",
            &["写法：true（是）或false（否），不加引号"],
        ),
        (&plan, &text, "fault", &[words, "可选：不担当、不作为"]),
        (&plan, &text, "aspect", &[words, "可选：担当作为"]),
        (
            &plan,
            &text,
            "form",
            &[
                words,
                "可选：党员大会（all-members）、支委会（branch-committee）、党小组会（party-group）",
            ],
        ),
        (
            &book,
            &campaign,
            "copied_threshold",
            &["写法：小数，如0.85"],
        ),
        (&book, &campaign, "until", &[date, "必填：是"]),
        (&book, &campaign, "aspect =", &[words, "可选：担当作为"]),
        (&book, &campaign, "lead", &[words]),
    ] {
        let answer = editor.ask(
            "textDocument/hover",
            json!({ "textDocument": { "uri": uri(file) }, "position": position(text, marked) }),
        );
        let whole = answer["contents"]["value"].as_str().unwrap();
        let mut parts = whole.split("\n\n");
        let about = parts.next().unwrap();
        assert!(about.starts_with('`') && about.contains("`　"), "{about}");
        assert_eq!(parts.collect::<Vec<_>>(), said, "{marked}");
    }
    assert_eq!(editor.finish(), Some(0));
}

#[test]
fn an_editor_that_can_do_little_gets_plain_text_and_a_flat_outline() {
    let folder = folder();
    let path = folder.path().join("T01.toml");
    let text = GOOD.replace("filed = 2022-03-28", "filed = 2022-04-15");
    let mut editor = Editor::start(folder.path(), "en", json!({ "plain": true }));
    editor.open(&path, &text);
    editor.told(&path, 1);
    let answer = editor.ask(
        "textDocument/hover",
        json!({ "textDocument": { "uri": uri(&path) }, "position": position(&text, "2022-04-15") }),
    );
    assert_eq!(answer["contents"]["kind"], "plaintext");
    let said = answer["contents"]["value"].as_str().unwrap();
    assert!(said.starts_with("error D002 late: "), "{said}");
    assert!(said.contains("record an [[extension]]"), "{said}");
    assert!(
        said.ends_with("\n\nForm: a date such as 2022-03-28, without quotes"),
        "{said}"
    );

    let answer = editor.ask(
        "textDocument/documentSymbol",
        json!({ "textDocument": { "uri": uri(&path) } }),
    );
    let symbols = answer.as_array().unwrap();
    let named: Vec<_> = symbols
        .iter()
        .map(|symbol| symbol["name"].as_str().unwrap())
        .collect();
    assert_eq!(named[..2], ["unit: 甲镇", "plan: 方案😀"]);
    assert_eq!(symbols[1]["location"]["uri"], uri(&path));
    assert_eq!(
        symbols[1]["location"]["range"]["start"],
        position(&text, "[plan]")
    );
    assert_eq!(editor.finish(), Some(0));
}

#[test]
fn numbers_and_dates_stand_beside_the_names_of_the_outline() {
    let folder = folder();
    let book = folder.path().join("campaign.toml");
    let mut editor = Editor::start(folder.path(), "zh", json!({}));
    editor.open(&book, &full_campaign());
    let answer = editor.ask(
        "textDocument/documentSymbol",
        json!({ "textDocument": { "uri": uri(&book) } }),
    );
    let symbols = answer.as_array().unwrap();
    let told: Vec<_> = symbols
        .iter()
        .filter_map(|symbol| Some((symbol["name"].as_str()?, symbol["detail"].as_str()?)))
        .collect();
    assert_eq!(
        told,
        [
            ("时间节点1：实施方案", "2022-03-31，plan"),
            ("花名册1：甲镇", "T01"),
            ("花名册2：乙镇", "T02"),
            ("延期1：T01", "plan，2022-04-30"),
            ("重点举措1：开展大走访", "3"),
        ]
    );
    assert_eq!(editor.finish(), Some(0));
}

#[test]
fn of_very_many_findings_the_rest_is_counted() {
    let folder = folder();
    let path = folder.path().join("T01.toml");
    let problems = "\n[[problem]]\nsubject = \"领导班子\"\ntext = \"待补充\"\n".repeat(600);
    for (lang, said) in [
        ("zh", "个问题未列出；先改正已列出的"),
        ("en", " more are not listed; correct those that are first"),
    ] {
        let mut editor = Editor::start(folder.path(), lang, json!({}));
        editor.open(&path, &format!("{GOOD}{problems}"));
        let told = editor.told(&path, 1);
        assert_eq!(told.len(), 501);
        let last = &told[500];
        assert!(last["message"].as_str().unwrap().ends_with(said), "{last}");
        assert_eq!(last["severity"], 2);
        assert_eq!(last["source"], "duban");
        assert_eq!(editor.finish(), Some(0));
    }
    let mut editor = Editor::start(folder.path(), "en", json!({}));
    editor.open(&path, &format!("x = 1\n{GOOD}"));
    assert_eq!(codes(&editor.told(&path, 1)), ["F003"]);
    assert_eq!(editor.finish(), Some(0));
}

#[test]
fn a_change_is_judged_before_anything_is_asked_about_it() {
    let folder = folder();
    let path = folder.path().join("T01.toml");
    let mut editor = Editor::start(folder.path(), "en", json!({}));
    editor.open(&path, GOOD);
    editor.settled(&path);
    let late = GOOD.replace("filed = 2022-03-28", "filed = 2022-04-15");
    editor.change(&path, 2, json!([{ "text": late }]));
    let answer = editor.ask(
        "textDocument/hover",
        json!({ "textDocument": { "uri": uri(&path) }, "position": position(&late, "2022-04-15") }),
    );
    let said = answer["contents"]["value"].as_str().unwrap();
    assert!(said.contains("D002 late"), "{said}");
    assert_eq!(editor.finish(), Some(0));
}

#[test]
fn saving_looks_at_the_campaign_again_and_closing_takes_the_marks_away() {
    let folder = folder();
    let (book, path) = (
        folder.path().join("campaign.toml"),
        folder.path().join("T01.toml"),
    );
    // This editor does not tell of files that change.
    let mut editor = Editor::start(folder.path(), "en", json!({ "plain": true }));
    fs::write(&path, GOOD).unwrap();
    editor.open(&path, GOOD);
    assert_eq!(codes(&editor.told(&path, 1)), Vec::<&str>::new());
    let earlier = CAMPAIGN.replace("due = 2022-03-31", "due = 2022-03-20 # 提前");
    fs::write(&book, earlier).unwrap();
    editor.notify(
        "textDocument/didSave",
        json!({ "textDocument": { "uri": uri(&path) } }),
    );
    editor.until(&path, |told| codes(told).contains(&"D002"));
    editor.notify(
        "textDocument/didClose",
        json!({ "textDocument": { "uri": uri(&path) } }),
    );
    editor.until(&path, |told| told.is_empty());
    let answer = editor.ask(
        "textDocument/hover",
        json!({ "textDocument": { "uri": uri(&path) }, "position": position(GOOD, "filed") }),
    );
    assert_eq!(answer, Value::Null, "it is not open any more");
    assert_eq!(editor.finish(), Some(0));
}

#[test]
fn marks_at_campaigns_that_are_not_open_go_when_each_is_put_right() {
    let folder = tempfile::tempdir().unwrap();
    let faulty = CAMPAIGN.replace("2022-03-31", "\"三月底\"");
    let mut editor = Editor::start(folder.path(), "zh", json!({}));
    let books = ["一", "二"].map(|name| {
        let folder = folder.path().join(name);
        fs::create_dir(&folder).unwrap();
        let book = folder.join("campaign.toml");
        fs::write(&book, &faulty).unwrap();
        editor.open(&folder.join("T01.toml"), GOOD);
        editor.until(&book, |told| codes(told) == ["F007"]);
        book
    });
    for book in books {
        fs::write(&book, CAMPAIGN).unwrap();
        editor.notify(
            "workspace/didChangeWatchedFiles",
            json!({ "changes": [{ "uri": uri(&book), "type": 2 }] }),
        );
        editor.until(&book, |told| told.is_empty());
    }
    assert_eq!(editor.finish(), Some(0));
}

#[test]
fn a_campaign_that_alone_is_open_is_looked_at_and_files_of_another_one_below_do_not_count() {
    let folder = folder();
    let book = folder.path().join("campaign.toml");
    fs::write(folder.path().join("T01.toml"), GOOD).unwrap();
    let below = folder.path().join("别的活动");
    fs::create_dir(&below).unwrap();
    fs::write(below.join("campaign.toml"), CAMPAIGN).unwrap();
    fs::write(below.join("T02.toml"), other_plan()).unwrap();
    let mut editor = Editor::start(folder.path(), "zh", json!({}));
    editor.open(&book, CAMPAIGN);
    let told = editor.until(&book, |told| !told.is_empty());
    assert_eq!(codes(&told), ["R001"]);
    assert_eq!(told[0]["range"], range(CAMPAIGN, "\"T02\""));
    assert_eq!(editor.finish(), Some(0));
}

#[test]
fn an_editor_that_says_nonsense_of_itself_is_served_in_its_language() {
    let folder = folder();
    let path = folder.path().join("T01.toml");
    let mut editor = Editor::start(folder.path(), "", json!({ "locale": "zh-cn", "odd": true }));
    editor.open(&path, "x = 1\n");
    let told = editor.told(&path, 1);
    let message = told[0]["message"].as_str().unwrap();
    assert!(message.contains("改法："), "{message}");
    assert_eq!(editor.finish(), Some(0));
}

#[test]
fn who_sends_nothing_but_nonsense_is_no_editor() {
    let folder = folder();
    let nonsense = "Content-Length: 2\r\n\r\n{}";
    let mut editor = Editor::start(folder.path(), "en", json!({}));
    editor.watches("**/*.toml");
    editor.raw(&nonsense.repeat(99));
    let asked = json!({ "textDocument": { "uri": "file:///not/open.toml" }, "position": { "line": 0, "character": 0 } });
    let answer = editor.ask("textDocument/hover", asked);
    assert_eq!(answer, Value::Null, "still there");
    editor.raw(&nonsense.repeat(100));
    assert!(editor.ends());
    assert_eq!(editor.wait(), Some(1));
}
