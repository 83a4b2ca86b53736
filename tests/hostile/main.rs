//! Hostile and broken input, through the program's own command line: a clear message, a place, the other files none
//! the worse for it.

#![allow(clippy::unwrap_used, clippy::print_stderr, missing_docs)]

mod content;
#[cfg(unix)]
mod entries;
mod sizes;
mod texts;
mod units;

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

const CAMPAIGN: &str = r#"
[campaign]
name = "能力作风优化年"
start = 2022-03-15
end = 2022-12-31

[[milestone]]
id = "plan"
name = "实施方案"
due = 2022-03-31
requires = { kind = "plan", basis = "filed" }

[[unit]]
code = "01"
name = "甲镇"

[[unit]]
code = "02"
name = "乙镇"
"#;

/// A unit whose file is as it should be, in every folder that is checked here.
const SOUND: &str =
    "[unit]\ncode = \"02\"\nname = \"乙镇\"\nsecretary = \"乙某\"\n[plan]\nfiled = 2022-03-31\n";

const HEAD: &str = "[unit]\ncode = \"01\"\nname = \"甲镇\"\n";

fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("campaign.toml"), CAMPAIGN).unwrap();
    fs::write(folder.path().join("02.toml"), SOUND).unwrap();
    folder
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_duban"))
        .args(arguments)
        .args(["--as-of", "2022-11-15"])
        .current_dir(folder)
        .env_remove("GITHUB_STEP_SUMMARY")
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

/// The findings as rule, line and message. The run must have ended by itself, and the other unit be judged.
fn findings(folder: &Path) -> Vec<(String, String, u64, String)> {
    let output = run(folder, &["check", ".", "--format", "json", "--lang", "en"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{said}");
    assert!(!said.contains("panicked"), "{said}");
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let ledger = run(folder, &["report", ".", "--format", "csv", "--lang", "en"]);
    let ledger = String::from_utf8(ledger.stdout).unwrap();
    let other = ledger.lines().find(|line| line.contains("乙镇")).unwrap();
    assert!(other.contains("on time"), "{other}");
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let each = report["findings"].as_array().unwrap().iter();
    each.map(|finding| {
        (
            text(&finding["file"]),
            text(&finding["name"]),
            finding["line"].as_u64().unwrap(),
            text(&finding["message"]),
        )
    })
    .collect()
}

/// Writes bytes as `x.toml` and wants a finding of a rule, at a line, with words in it.
#[track_caller]
fn expect(content: &[u8], rule: &str, line: u64, words: &str) {
    let folder = folder();
    fs::write(folder.path().join("x.toml"), content).unwrap();
    let found = findings(folder.path());
    let hit = |(file, name, at, message): &(String, String, u64, String)| {
        file.ends_with("x.toml") && name == rule && *at == line && message.contains(words)
    };
    assert!(
        found.iter().any(hit),
        "{rule} at {line}, “{words}”: {found:#?}"
    );
}

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}
