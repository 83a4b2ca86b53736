//! SECURITY.md names a test for every case; here the names are held against the tests.

#![allow(clippy::unwrap_used, missing_docs)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The tests in the table of a document, row by row.
fn named(document: &str) -> Vec<Vec<String>> {
    let text = fs::read_to_string(root().join(document)).unwrap();
    let rows = text
        .lines()
        .filter(|line| line.starts_with("| ") && line.contains("::"));
    rows.map(|row| {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").collect();
        let [case, happens, tests] = cells[..] else {
            panic!("{row}");
        };
        assert!(
            !case.trim().is_empty() && !happens.trim().is_empty(),
            "{row}"
        );
        let names = tests.split("<br>");
        names
            .map(|name| name.trim().trim_matches('`').to_owned())
            .collect()
    })
    .collect()
}

/// The tests of a file, by the names that the table has for them.
fn tests_of(file: &Path, prefix: &str) -> Vec<String> {
    let text = fs::read_to_string(file).unwrap();
    let mut parts = text.split("#[test]\n");
    parts.next();
    let name = |part: &str| {
        let start = part.find("fn ").unwrap() + 3;
        let end = start + part[start..].find('(').unwrap();
        format!("{prefix}::{}", &part[start..end])
    };
    parts.map(name).collect()
}

/// Every test of `tests`, by file.
fn all() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for path in listed(&root().join("tests")) {
        let stem = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if path.is_file() {
            found.extend(tests_of(&path, &stem));
        } else if path.join("main.rs").is_file() {
            for part in listed(&path) {
                let module = part.file_stem().unwrap().to_str().unwrap();
                found.extend(tests_of(&part, &format!("{stem}::{module}")));
            }
        }
    }
    found
}

fn listed(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    entries
        .filter(|path| path.is_dir() || path.extension().is_some_and(|e| e == "rs"))
        .collect()
}

#[test]
fn every_case_names_tests_that_are_there_and_both_languages_the_same() {
    let (en, zh) = (named("SECURITY.md"), named("SECURITY.zh-CN.md"));
    assert_eq!(en, zh);
    assert!(en.len() > 30, "{}", en.len());
    let all = all();
    for name in en.iter().flatten() {
        assert!(all.contains(name), "there is no test {name}");
    }
}

#[test]
fn every_test_of_hostile_input_and_of_faults_is_named() {
    let named: BTreeSet<String> = named("SECURITY.md").into_iter().flatten().collect();
    let about = ["hostile::", "faults::", "toml_suite::"];
    for name in all()
        .iter()
        .filter(|name| about.iter().any(|part| name.starts_with(part)))
    {
        assert!(named.contains(name), "SECURITY.md does not name {name}");
    }
}
