//! Faults of the machine: full disks, closed pipes, signals, folders that vanish, two runs at once. No panic, no
//! partial and no lost file at any moment, a message, and the exit code 2.

#![allow(clippy::unwrap_used, clippy::print_stderr, missing_docs)]

#[cfg(unix)]
mod interrupts;
mod same_bytes;
#[cfg(unix)]
mod write_errors;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet};
use tempfile::TempDir;

/// The names of the formats of `check` and of `report`, and of the commands' other formats.
fn formats() -> Vec<Vec<&'static str>> {
    let check = duban::output::Format::ALL
        .iter()
        .map(|(_, name, _)| vec!["check", "plans", "--format", name]);
    let report = duban::report::Format::ALL
        .iter()
        .map(|(_, name, _)| vec!["report", "plans", "--format", name]);
    let more: [&[&str]; 22] = [
        &["explain"],
        &["explain", "late"],
        &["explain", "--format", "markdown"],
        &["explain", "--format", "json"],
        &["schema", "plan"],
        &["schema", "campaign"],
        &["schema", "findings"],
        &["completions", "bash"],
        &["completions", "zsh"],
        &["completions", "fish"],
        &["completions", "powershell"],
        &["completions", "elvish"],
        &["man"],
        &["--help"],
        &["help", "check"],
        &["--version"],
        &["fix", "plans", "--diff"],
        &["fix", "plans"],
        &["notice", "plans", "-o", "notices"],
        &[
            "new",
            "R00",
            "--campaign",
            "roster/campaign.toml",
            "--to",
            "new",
        ],
        &["template", "-o", "form.xlsx"],
        &["import", "filled.xlsx", "-o", "roster"],
    ];
    let more = more.iter().map(|words| words.to_vec());
    check.chain(report).chain(more).collect()
}

/// A folder with a campaign in trouble, a roster without a file, and a filled workbook.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("plans")).unwrap();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/in-trouble");
    for entry in fs::read_dir(sample).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let to = folder.path().join("plans").join(path.file_name().unwrap());
            fs::copy(&path, to).unwrap();
        }
    }
    roster(folder.path(), 3);
    fill(&folder.path().join("filled.xlsx"), 3);
    folder
}

/// The campaign of a roster of so many units, R00 and so on, none of which has a file.
fn roster(folder: &Path, units: usize) {
    fs::create_dir_all(folder.join("roster")).unwrap();
    let mut text = duban::campaign::BUILT_IN.to_owned();
    for unit in 0..units {
        text.push_str(&format!(
            "\n[[unit]]\ncode = \"R{unit:02}\"\nname = \"甲{unit}镇\"\n"
        ));
    }
    fs::write(folder.join("roster/campaign.toml"), text).unwrap();
}

/// A workbook in which so many units have filled in their plans.
fn fill(path: &Path, units: usize) {
    let mut book = Workbook::new();
    // Else it would know the second in which it was made.
    let made = ExcelDateTime::from_ymd(2022, 11, 15).unwrap();
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let sheet: &mut Worksheet = book.add_worksheet();
    sheet.set_name("方案").unwrap();
    for (column, header) in (0..).zip(["单位代码", "单位名称", "书记"]) {
        sheet.write(1, column, header).unwrap();
    }
    for (row, unit) in (2..).zip(0..units) {
        sheet.write(row, 0, format!("R{unit:02}")).unwrap();
        sheet.write(row, 1, format!("甲{unit}镇")).unwrap();
        sheet.write(row, 2, "赵天干").unwrap();
    }
    book.save(path).unwrap();
}

/// A command as of a fixed day, to be run in a folder.
fn command(folder: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_duban"));
    command
        .args(words)
        .args(common(words))
        .current_dir(folder)
        .env_remove("GITHUB_STEP_SUMMARY")
        .env("DUBAN_LANG", "en")
        .stdin(Stdio::null());
    command
}

/// What every command gets; template and import need a roster.
fn common(words: &[&str]) -> Vec<&'static str> {
    let named = words.contains(&"--campaign") || !matches!(words[0], "template" | "import");
    let campaign = ["--campaign", "roster/campaign.toml"];
    let day = ["--as-of", "2022-11-15"].into_iter();
    day.chain(campaign.into_iter().filter(|_| !named)).collect()
}

fn run(folder: &Path, words: &[&str]) -> Output {
    command(folder, words).output().unwrap()
}

/// Every file with its content.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => found.extend(files(&path)),
            false => found.push((path.clone(), fs::read(&path).unwrap())),
        }
    }
    found.sort();
    found
}
