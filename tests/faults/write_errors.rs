//! Where nothing can be written.

use std::fs::File;
use std::os::unix::fs::{FileTypeExt, PermissionsExt};

use super::*;

/// What a run said on standard error; it must have ended by itself.
#[track_caller]
fn said(output: &Output, words: &[&str]) -> String {
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code().is_some(), "{words:?}: {said}");
    assert!(!said.contains("panicked"), "{words:?}: {said}");
    said
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_behind_standard_output_is_told_in_every_format_and_ends_with_2() {
    for words in formats() {
        for (lang, told) in [
            ("en", "the result cannot be written: the disk is full"),
            ("zh", "结果写不出去：磁盘已满"),
        ] {
            let folder = folder();
            let full = File::options().write(true).open("/dev/full").unwrap();
            let mut command = command(folder.path(), &words);
            let output = command
                .env("DUBAN_LANG", lang)
                .stdout(full)
                .output()
                .unwrap();
            let said = said(&output, &words);
            assert_eq!(output.status.code(), Some(2), "{words:?}: {said}");
            assert!(said.contains(told), "{words:?}: {said}");
        }
    }
}

#[test]
fn a_reader_that_has_gone_away_is_no_fault_in_any_format() {
    for words in formats() {
        let usual = run(folder().path(), &words).status.code();
        let folder = folder();
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = command(folder.path(), &words)
            .stdout(writer)
            .output()
            .unwrap();
        let said = said(&output, &words);
        assert_eq!(output.status.code(), usual, "{words:?}: {said}");
        assert!(!said.contains("error:"), "{words:?}: {said}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn where_remarks_cannot_be_written_the_result_is_the_same() {
    for words in formats() {
        let usual = run(folder().path(), &words);
        let folder = folder();
        let full = File::options().write(true).open("/dev/full").unwrap();
        let output = command(folder.path(), &words)
            .stderr(full)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), usual.status.code(), "{words:?}");
        assert_eq!(output.stdout, usual.stdout, "{words:?}");
    }
}

/// Every way to have files written.
fn writers() -> Vec<Vec<String>> {
    let names = |formats: Vec<&str>, command: &str| -> Vec<Vec<String>> {
        let words = |name: &str| {
            let target = format!("{name}:old.out");
            [command, "plans", "-o", &target]
                .map(str::to_owned)
                .to_vec()
        };
        formats.into_iter().map(words).collect()
    };
    let check = duban::output::Format::ALL;
    let report = duban::report::Format::ALL;
    let mut all = names(check.iter().map(|(_, name, _)| *name).collect(), "check");
    all.extend(names(
        report.iter().map(|(_, name, _)| *name).collect(),
        "report",
    ));
    let more: [&[&str]; 9] = [
        &["fix", "plans"],
        &["notice", "plans", "-o", "out"],
        &[
            "new",
            "--all",
            "--campaign",
            "roster/campaign.toml",
            "--to",
            "out",
        ],
        &["init", "out"],
        &["template", "-o", "form.xlsx"],
        &["template", "--each", "-o", "out"],
        &["import", "filled.xlsx", "-o", "out"],
        &["schema", "plan", "-o", "old.out"],
        &["man", "-o", "out"],
    ];
    let owned = |words: &&[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    all.extend(more.iter().map(owned));
    all
}

#[test]
fn a_file_that_finds_no_room_leaves_the_old_one_and_nothing_else() {
    for words in writers() {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let folder = folder();
        fs::write(folder.path().join("old.out"), "old").unwrap();
        let before = files(folder.path());
        // No file may have a byte; the signal that would end the program first is ignored.
        let script = "ulimit -f 0; trap '' XFSZ; exec \"$0\" \"$@\"";
        let output = Command::new("bash")
            .args(["-c", script, env!("CARGO_BIN_EXE_duban")])
            .args(&words)
            .args(common(&words))
            .env("DUBAN_LANG", "en")
            .env_remove("GITHUB_STEP_SUMMARY")
            .current_dir(folder.path())
            .output()
            .unwrap();
        let said = said(&output, &words);
        assert_eq!(output.status.code(), Some(2), "{words:?}: {said}");
        let why = "the system allows no file so large";
        assert!(said.contains(why), "{words:?}: {said}");
        assert_eq!(files(folder.path()), before, "{words:?}");
    }
}

#[test]
fn a_folder_that_takes_no_files_is_told_and_the_old_files_stay() {
    for words in writers() {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let folder = folder();
        fs::write(folder.path().join("old.out"), "old").unwrap();
        fs::create_dir(folder.path().join("out")).unwrap();
        let closed = ["plans", "out", "."].map(|name| folder.path().join(name));
        let open = |mode| {
            for folder in &closed {
                fs::set_permissions(folder, fs::Permissions::from_mode(mode)).unwrap();
            }
        };
        let before = files(folder.path());
        open(0o555);
        if fs::write(folder.path().join("probe"), "").is_ok() {
            open(0o755);
            eprintln!("skipped: this user may write into folders that are closed");
            return;
        }
        let output = run(folder.path(), &words);
        open(0o755);
        let said = said(&output, &words);
        assert_eq!(output.status.code(), Some(2), "{words:?}: {said}");
        assert!(said.contains("permission denied"), "{words:?}: {said}");
        assert_eq!(files(folder.path()), before, "{words:?}");
    }
}

/// Unlike a closed folder, this one takes no file from anybody.
#[cfg(target_os = "linux")]
#[test]
fn a_folder_of_the_system_takes_no_file_either() {
    let folder = folder();
    for words in [
        &["check", "plans", "-o", "/proc/a.json"][..],
        &["report", "plans", "-o", "/proc/a.csv"],
        &["schema", "findings", "-o", "/proc/a.json"],
        &["notice", "plans", "-o", "/proc/out"],
        &["template", "-o", "/proc/a.xlsx"],
        &["init", "/proc/out"],
    ] {
        let output = run(folder.path(), words);
        let said = said(&output, words);
        assert_eq!(output.status.code(), Some(2), "{words:?}: {said}");
        assert!(said.contains("cannot be written"), "{words:?}: {said}");
    }
}

#[test]
fn a_folder_that_has_vanished_or_is_a_file_is_told() {
    let folder = folder();
    fs::write(folder.path().join("file"), "").unwrap();
    for words in [
        &["check", "plans", "-o", "file/a.json"][..],
        &["report", "plans", "-o", "gone/a.csv"],
        &["notice", "plans", "-o", "file/out"],
        &[
            "new",
            "--all",
            "--campaign",
            "roster/campaign.toml",
            "--to",
            "file/out",
        ],
        &["template", "-o", "file/a.xlsx"],
        &["import", "filled.xlsx", "-o", "file/out"],
        &["man", "-o", "file/out"],
    ] {
        let output = run(folder.path(), words);
        let said = said(&output, words);
        assert_eq!(output.status.code(), Some(2), "{words:?}: {said}");
        assert!(said.contains("file") || said.contains("folder"), "{said}");
    }
    // The folder at hand itself.
    let script = "mkdir gone && cd gone && rmdir ../gone && exec \"$0\" \"$@\"";
    for words in [
        &["check"][..],
        &["report", "."],
        &["new", "--all"],
        &["init"],
    ] {
        let output = Command::new("bash")
            .args(["-c", script, env!("CARGO_BIN_EXE_duban")])
            .args(words)
            .current_dir(folder.path())
            .output()
            .unwrap();
        let said = said(&output, words);
        assert_eq!(output.status.code(), Some(2), "{words:?}: {said}");
    }
}

#[test]
fn nothing_is_written_over_a_device_a_pipe_or_what_is_read() {
    let folder = folder();
    let pipe = folder.path().join("pipe.json");
    assert!(
        Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap()
            .success()
    );
    let rules = fs::read(folder.path().join("roster/campaign.toml")).unwrap();
    for (words, why) in [
        (
            &["check", "plans", "-o", "pipe.json"][..],
            "a pipe or device is there",
        ),
        (
            &["report", "plans", "-o", "json:/dev/null"],
            "a pipe or device is there",
        ),
        (
            &["schema", "plan", "-o", "/dev/null"],
            "a pipe or device is there",
        ),
        (
            &[
                "schema",
                "plan",
                "--campaign",
                "roster/campaign.toml",
                "-o",
                "roster/campaign.toml",
            ],
            "is read by this very run",
        ),
    ] {
        let output = run(folder.path(), words);
        let said = said(&output, words);
        assert_eq!(output.status.code(), Some(2), "{words:?}: {said}");
        assert!(said.contains(why), "{words:?}: {said}");
    }
    assert!(fs::metadata(&pipe).unwrap().file_type().is_fifo());
    assert!(
        fs::metadata("/dev/null")
            .unwrap()
            .file_type()
            .is_char_device()
    );
    assert_eq!(
        fs::read(folder.path().join("roster/campaign.toml")).unwrap(),
        rules
    );
}
