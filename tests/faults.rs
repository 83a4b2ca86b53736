//! What goes wrong outside the program: a reader that goes away, a full disk, folders that cannot be written, an
//! interrupt at the worst moment, two runs at once. No result is ever half there, and what was there stays.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::print_stderr, missing_docs)]

use std::fs::{self, File};
use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;
use std::{env, thread};

use tempfile::TempDir;

const DUBAN: &str = env!("CARGO_BIN_EXE_duban");

/// Every format of both commands that have formats, as they go to standard output.
const CHECKS: [&str; 7] = [
    "text", "concise", "json", "github", "sarif", "gitlab", "junit",
];
const REPORTS: [&str; 8] = [
    "table", "markdown", "csv", "json", "xlsx", "docx", "ics", "html",
];

/// Everything else that writes to standard output.
const OTHERS: [&[&str]; 6] = [
    &["explain"],
    &["explain", "late"],
    &["schema", "plan"],
    &["completions", "bash"],
    &["man"],
    &["fix", "PLANS/T01.toml", "--diff"],
];

fn plans() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/in-trouble")
}

/// The command line of each thing that is written to standard output.
fn all() -> Vec<Vec<String>> {
    let owned = |words: &[&str]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
    let check = CHECKS.map(|format| owned(&["check", "PLANS", "--format", format]));
    let report = REPORTS.map(|format| owned(&["report", "PLANS", "--format", format]));
    let others = OTHERS.map(owned);
    check.into_iter().chain(report).chain(others).collect()
}

fn command(words: &[String], lang: &str) -> Command {
    let plans = plans();
    let mut command = Command::new(DUBAN);
    for word in words {
        match word.as_str() {
            "PLANS" => command.arg(&plans),
            word => match word.strip_prefix("PLANS/") {
                Some(file) => command.arg(plans.join(file)),
                None => command.arg(word),
            },
        };
    }
    command.args(["--as-of", "2022-11-15", "--lang", lang]);
    command
        .env_remove("GITHUB_STEP_SUMMARY")
        .stdin(Stdio::null());
    command
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// The names in a folder.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_full_disk_is_told_in_every_format_and_both_languages() {
    for words in all() {
        for (lang, told) in [
            ("zh", "结果写不出去：磁盘已满"),
            ("en", "the result cannot be written: the disk is full"),
        ] {
            let full = File::options().write(true).open("/dev/full").unwrap();
            let output = command(&words, lang).stdout(full).output().unwrap();
            let said = said(&output);
            assert_eq!(output.status.code(), Some(2), "{words:?}: {said}");
            assert!(said.contains(told), "{words:?}: {said}");
            assert!(!said.contains("panicked"), "{said}");
        }
    }
}

#[test]
fn a_reader_that_goes_away_is_met_with_silence() {
    for words in all() {
        // It is gone before the first byte is written.
        let mut run = command(&words, "en")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(run.stdout.take());
        let mut said = String::new();
        run.stderr
            .take()
            .unwrap()
            .read_to_string(&mut said)
            .unwrap();
        let code = run.wait().unwrap().code();
        let findings = ["check", "fix"].contains(&words[0].as_str());
        assert!(
            code == Some(0) || (findings && code == Some(1)),
            "{words:?}: {code:?} {said}"
        );
        for bad in ["panicked", "Broken pipe", "cannot be written"] {
            assert!(!said.contains(bad), "{words:?}: {said}");
        }
    }
}

/// Runs the program in a folder, where no file may grow over so many KB.
fn cramped(folder: &Path, kilobytes: usize, arguments: &str) -> Output {
    let script = format!(
        "ulimit -f {kilobytes}; trap '' XFSZ; exec {DUBAN} {arguments} --as-of 2022-11-15 --lang en"
    );
    Command::new("bash")
        .args(["-c", &script])
        .current_dir(folder)
        .output()
        .unwrap()
}

#[test]
fn a_disk_that_fills_up_leaves_every_old_file_whole_and_nothing_else() {
    let plans = plans();
    let plans = plans.display();
    for format in REPORTS.iter().filter(|format| **format != "table") {
        let folder = tempfile::tempdir().unwrap();
        let old = folder.path().join("old");
        fs::write(&old, "old").unwrap();
        let output = cramped(folder.path(), 1, &format!("report {plans} -o {format}:old"));
        assert_eq!(output.status.code(), Some(2), "{format}: {}", said(&output));
        assert!(
            said(&output).contains("“old” cannot be written"),
            "{format}: {}",
            said(&output)
        );
        assert_eq!(fs::read(&old).unwrap(), b"old", "{format}");
        assert_eq!(names(folder.path()), ["old"], "{format}");
    }
    let folder = tempfile::tempdir().unwrap();
    let notices = format!("notice {plans} -o reminders");
    let template = format!("template --campaign {plans}/campaign.toml -o form.xlsx");
    let new = format!("new --all --campaign {plans}/campaign.toml --to fresh");
    for arguments in [&notices, &template, &new] {
        let output = cramped(folder.path(), 1, arguments);
        assert_eq!(
            output.status.code(),
            Some(2),
            "{arguments}: {}",
            said(&output)
        );
        let left: Vec<_> = walk(folder.path())
            .into_iter()
            .filter(|path| path.is_file())
            .collect();
        assert!(left.is_empty(), "{arguments}: {left:?}");
    }
}

/// Everything below a folder.
fn walk(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for name in names(folder) {
        let path = folder.join(name);
        if path.is_dir() {
            found.extend(walk(&path));
        }
        found.push(path);
    }
    found
}

/// The samples in a folder of their own, without the one that is no text.
fn copy() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for path in fs::read_dir(plans())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
    {
        fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
    }
    fs::remove_file(folder.path().join("D04.toml")).unwrap();
    folder
}

#[test]
fn a_repair_that_finds_no_room_leaves_the_plan_as_it_was() {
    let folder = copy();
    let before: Vec<_> = names(folder.path())
        .iter()
        .map(|name| fs::read(folder.path().join(name)).unwrap())
        .collect();
    let output = cramped(folder.path(), 0, "fix .");
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(
        said(&output).contains("cannot be written"),
        "{}",
        said(&output)
    );
    let after: Vec<_> = names(folder.path())
        .iter()
        .map(|name| fs::read(folder.path().join(name)).unwrap())
        .collect();
    assert_eq!(before, after);
}

#[test]
fn a_folder_that_cannot_be_written_or_is_gone_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let closed = folder.path().join("closed");
    fs::create_dir(&closed).unwrap();
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o555)).unwrap();
    let report = |output: &str| {
        let words = ["report", "PLANS", "-o", output].map(str::to_owned);
        command(&words, "en")
            .current_dir(folder.path())
            .output()
            .unwrap()
    };
    let output = report("gone/a.json");
    assert_eq!(output.status.code(), Some(2));
    assert!(
        said(&output).contains("its folder is not there"),
        "{}",
        said(&output)
    );
    if File::create(closed.join("probe")).is_ok() {
        eprintln!("skipped: this user may write everywhere");
        return;
    }
    let output = report("closed/a.json");
    assert_eq!(output.status.code(), Some(2));
    assert!(
        said(&output).contains("permission denied"),
        "{}",
        said(&output)
    );
    assert!(names(&closed).is_empty());
}

#[test]
fn at_every_moment_a_file_is_the_old_one_or_the_new_one() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.json");
    let words = ["report", "PLANS", "-o", "a.json"].map(str::to_owned);
    let run = || {
        command(&words, "en")
            .current_dir(folder.path())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    };
    assert!(run().wait().unwrap().success());
    let whole = fs::read(&file).unwrap();
    // Two at a time write it, one in three is killed at some moment, and somebody reads all the while.
    for round in 0..60_u64 {
        let (mut one, mut other) = (run(), run());
        if round % 3 == 0 {
            thread::sleep(Duration::from_millis(round % 17));
            _ = one.kill();
        }
        for _ in 0..10 {
            assert_eq!(fs::read(&file).unwrap(), whole, "round {round}");
        }
        let (one, other) = (one.wait().unwrap(), other.wait().unwrap());
        assert!(
            other.success() && (round % 3 == 0 || one.success()),
            "round {round}"
        );
    }
    assert_eq!(fs::read(&file).unwrap(), whole);
    // Who is killed cannot clean up; what is left is hidden and is no plan file.
    let left = names(folder.path());
    let known =
        |name: &String| name == "a.json" || (name.starts_with(".duban-") && name.ends_with(".tmp"));
    assert!(left.iter().all(known), "{left:?}");
}

#[test]
fn an_interrupted_repair_leaves_every_plan_whole() {
    let wanted = {
        let folder = copy();
        let fixed = Command::new(DUBAN)
            .arg("fix")
            .current_dir(folder.path())
            .output()
            .unwrap();
        assert!(
            fixed.status.code().is_some_and(|code| code < 2),
            "{}",
            said(&fixed)
        );
        contents(folder.path())
    };
    for pause in 0..24 {
        let folder = copy();
        let before = contents(folder.path());
        let mut run = Command::new(DUBAN);
        run.arg("fix")
            .current_dir(folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let mut run = run.spawn().unwrap();
        thread::sleep(Duration::from_millis(pause));
        _ = run.kill();
        _ = run.wait();
        let plans = contents(folder.path())
            .into_iter()
            .filter(|(name, _)| !name.starts_with(".duban-"));
        for ((name, now), ((_, old), (_, new))) in plans.zip(before.iter().zip(&wanted)) {
            assert!(
                now == *old || now == *new,
                "{name} is neither the old nor the new one"
            );
        }
    }
}

/// The files of a folder.
fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let names = names(folder).into_iter();
    let read = |name: String| (name.clone(), fs::read(folder.join(name)).unwrap());
    names.map(read).collect()
}

#[test]
fn no_result_goes_over_a_device_or_a_pipe() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe.json");
    assert!(
        Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap()
            .success()
    );
    std::os::unix::fs::symlink("/dev/null", folder.path().join("null.json")).unwrap();
    for output in ["pipe.json", "null.json"] {
        let words = ["report", "PLANS", "-o", output].map(str::to_owned);
        let output = command(&words, "en")
            .current_dir(folder.path())
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2), "{}", said(&output));
        assert!(
            said(&output).contains("a pipe or device is there"),
            "{}",
            said(&output)
        );
    }
    assert_eq!(names(folder.path()), ["null.json", "pipe.json"]);
}

#[test]
fn a_language_that_is_named_makes_the_same_bytes_everywhere() {
    let places = [
        ("UTC", "C", "1"),
        ("Asia/Shanghai", "zh_CN.UTF-8", "2"),
        ("America/St_Johns", "tr_TR.UTF-8", "7"),
    ];
    for words in all() {
        for lang in ["zh", "en"] {
            let made = places.map(|(zone, locale, threads)| {
                let mut run = command(&words, lang);
                let run = run
                    .env("TZ", zone)
                    .env("LC_ALL", locale)
                    .env("LANG", locale);
                let output = run.env("RAYON_NUM_THREADS", threads).output().unwrap();
                assert!(!output.stdout.is_empty(), "{words:?}: {}", said(&output));
                (output.stdout, output.stderr)
            });
            assert!(made[0] == made[1] && made[1] == made[2], "{words:?} {lang}");
        }
    }
}
