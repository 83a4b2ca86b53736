//! What a terminal shows while a run is long, and that nobody else sees it. The run is made long by standard input that
//! comes late, so that the test needs neither thousands of files nor a slow machine.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::print_stderr, missing_docs)]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

/// A folder with a shell script that checks the sample campaign and a plan that comes after so many seconds.
fn late_by(seconds: &str) -> TempDir {
    late_with(seconds, "")
}

/// The same with options of its own.
fn late_with(seconds: &str, options: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let plans = Path::new(env!("CARGO_MANIFEST_DIR")).join("plans");
    let script = format!(
        "(sleep {seconds}; cat '{plans}/T01.toml') | '{duban}' report - '{plans}/D02.toml' --as-of 2022-11-15 --lang zh {options} >out.txt\n",
        plans = plans.display(),
        duban = env!("CARGO_BIN_EXE_duban"),
    );
    fs::write(folder.path().join("job.sh"), script).unwrap();
    folder
}

/// What the script says on a terminal, and its standard output; none where there is no `script`.
fn on_a_terminal(folder: &Path, term: &str) -> Option<(String, Vec<u8>)> {
    let output = Command::new("script")
        .args(["-qec", "sh job.sh", "/dev/null"])
        .env("TERM", term)
        .current_dir(folder)
        .stdin(Stdio::null())
        .output();
    let Ok(output) = output else {
        eprintln!("skipped: script is not there");
        return None;
    };
    assert!(output.status.success());
    let said = String::from_utf8(output.stdout).unwrap();
    Some((said, fs::read(folder.join("out.txt")).unwrap()))
}

/// The same through pipes.
fn through_pipes(folder: &Path) -> (String, Vec<u8>) {
    let mut job = Command::new("sh");
    let output = job.arg("job.sh").current_dir(folder).output().unwrap();
    let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    (said, fs::read(folder.join("out.txt")).unwrap())
}

#[test]
fn a_long_run_shows_its_progress_on_a_terminal_and_wipes_it_away() {
    let folder = late_by("1.2");
    let Some((said, out)) = on_a_terminal(folder.path(), "xterm") else {
        return;
    };
    assert!(said.contains("正在检查方案文件 ["), "{said:?}");
    assert!(said.contains("] 1/2"), "{said:?}");
    // The last thing is that the line is emptied.
    let end = said.rfind("\u{1b}[2K").unwrap();
    assert!(!said[end..].contains("正在"), "{said:?}");
    assert_eq!(out, through_pipes(folder.path()).1);
    assert!(String::from_utf8(out).unwrap().contains("甲镇"));
}

#[test]
fn pipes_and_terminals_that_cannot_wipe_see_nothing_of_it() {
    let folder = late_by("0.9");
    assert_eq!(through_pipes(folder.path()).0, "");
    if let Some((said, _)) = on_a_terminal(folder.path(), "dumb") {
        assert_eq!(said, "");
    }
}

#[test]
fn a_long_run_that_is_to_be_quiet_shows_nothing_on_a_terminal() {
    let folder = late_with("0.8", "-q");
    if let Some((said, out)) = on_a_terminal(folder.path(), "xterm") {
        assert_eq!(said, "");
        assert!(String::from_utf8(out).unwrap().contains("甲镇"));
    }
}

#[test]
fn nothing_is_drawn_while_a_plan_is_being_typed() {
    let folder = tempfile::tempdir().unwrap();
    let plans = Path::new(env!("CARGO_MANIFEST_DIR")).join("plans");
    let job = format!(
        "'{duban}' report - '{plans}/T01.toml' --as-of 2022-11-15 --lang zh >out.txt\n",
        plans = plans.display(),
        duban = env!("CARGO_BIN_EXE_duban"),
    );
    fs::write(folder.path().join("job.sh"), job).unwrap();
    let mut command = Command::new("script");
    command.args(["-qec", "sh job.sh", "/dev/null"]);
    command.env("TERM", "xterm").current_dir(folder.path());
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let Ok(mut terminal) = command.spawn() else {
        eprintln!("skipped: script is not there");
        return;
    };
    // Somebody thinks, and then ends the input.
    thread::sleep(Duration::from_millis(800));
    drop(terminal.stdin.take());
    let output = terminal.wait_with_output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(!said.contains("正在"), "{said:?}");
    let out = fs::read_to_string(folder.path().join("out.txt")).unwrap();
    assert!(out.contains("甲镇"), "{out}");
}

#[test]
fn a_quick_run_shows_nothing() {
    let folder = late_by("0");
    if let Some((said, _)) = on_a_terminal(folder.path(), "xterm") {
        assert_eq!(said, "");
    }
}
