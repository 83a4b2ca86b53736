//! Signals in the middle of the work, and two runs at once.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use super::*;

/// What an interrupted run may leave: a hidden file under a name of its own.
fn is_left_over(path: &Path) -> bool {
    let name = path.file_name().unwrap().to_str().unwrap();
    name.starts_with(".duban-") && name.ends_with(".tmp")
}

/// Starts a command, sends it a signal after a while, and waits for its end.
fn interrupted(folder: &Path, words: &[&str], signal: &str, after: Duration) {
    let mut child = command(folder, words)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    thread::sleep(after);
    _ = Command::new("kill")
        .args(["-s", signal, &child.id().to_string()])
        .stderr(Stdio::null())
        .status();
    child.wait().unwrap();
}

/// The files that a command writes into an empty folder, when nothing disturbs it.
fn whole(words: &[&str], units: usize) -> BTreeMap<PathBuf, Vec<u8>> {
    let folder = prepared(units);
    let output = run(folder.path(), words);
    assert!(output.status.success(), "{output:?}");
    relative(folder.path())
}

fn prepared(units: usize) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    roster(folder.path(), units);
    fill(&folder.path().join("filled.xlsx"), units);
    folder
}

fn relative(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let each = files(folder).into_iter();
    each.map(|(path, content)| (path.strip_prefix(folder).unwrap().to_owned(), content))
        .collect()
}

#[test]
fn whatever_the_moment_of_a_signal_every_file_is_whole_and_the_next_run_goes_on() {
    const UNITS: usize = 40;
    let commands: [&[&str]; 3] = [
        &[
            "new",
            "--all",
            "--campaign",
            "roster/campaign.toml",
            "--to",
            "roster/out",
        ],
        &["template", "--each", "-o", "roster/out"],
        &["import", "filled.xlsx", "-o", "roster/out"],
    ];
    for words in commands {
        let wanted = whole(words, UNITS);
        let mut cut_short = 0;
        for (turn, signal) in ["INT", "TERM", "KILL"].iter().cycle().take(15).enumerate() {
            let folder = prepared(UNITS);
            let after = Duration::from_millis(3 + 6 * turn as u64);
            interrupted(folder.path(), words, signal, after);
            let found = relative(folder.path());
            for (path, content) in found.iter().filter(|(path, _)| !is_left_over(path)) {
                assert!(wanted[path] == *content, "{path:?} after {after:?}");
            }
            cut_short += usize::from(found.len() < wanted.len());
            // What is left over is nobody's plan.
            let check = run(folder.path(), &["check", "roster", "--format", "json"]);
            let said = String::from_utf8(check.stdout).unwrap();
            assert!(!said.contains(".duban-"), "{said}");
            if words[0] == "new" {
                assert!(run(folder.path(), words).status.success());
                let mut after = relative(folder.path());
                after.retain(|path, _| !is_left_over(path));
                assert!(after == wanted, "after {after:?}");
            }
        }
        assert!(cut_short > 0, "{words:?} was always done before its signal");
    }
}

#[test]
fn a_repair_that_is_interrupted_leaves_each_file_as_it_was_or_repaired() {
    const FILES: usize = 60;
    let plan = |n: usize| {
        format!("[unit]\ncode = \"R{n:02}\"\nname = \"甲{n}镇\"\n[plan]\nfiled = \"2022-3-28\"\n")
    };
    let mut cut_short = 0;
    for (turn, signal) in ["INT", "TERM", "KILL"].iter().cycle().take(12).enumerate() {
        let folder = tempfile::tempdir().unwrap();
        for n in 0..FILES {
            fs::write(folder.path().join(format!("R{n:02}.toml")), plan(n)).unwrap();
        }
        let after = Duration::from_millis(3 + 4 * turn as u64);
        interrupted(folder.path(), &["fix", "."], signal, after);
        let mut repaired = 0;
        for n in 0..FILES {
            let text = fs::read_to_string(folder.path().join(format!("R{n:02}.toml"))).unwrap();
            let right = plan(n).replace("\"2022-3-28\"", "2022-03-28");
            assert!(text == plan(n) || text == right, "{text}");
            repaired += usize::from(text == right);
        }
        cut_short += usize::from(repaired < FILES);
    }
    assert!(cut_short > 0, "it was always done before its signal");
}

#[test]
fn who_looks_at_a_result_while_two_runs_write_it_always_sees_a_whole_one() {
    let folder = folder();
    let words = |lang| ["report", "plans", "-o", "a.csv", "--lang", lang, "-q"];
    let result = folder.path().join("a.csv");
    let wanted: Vec<Vec<u8>> = ["zh", "en"]
        .map(|lang| {
            assert!(run(folder.path(), &words(lang)).status.success());
            fs::read(&result).unwrap()
        })
        .to_vec();
    assert_ne!(wanted[0], wanted[1]);
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        let look = scope.spawn(|| {
            let mut looks = 0;
            while !done.load(Ordering::Relaxed) {
                let seen = fs::read(&result).unwrap();
                assert!(wanted.contains(&seen), "{}", String::from_utf8_lossy(&seen));
                looks += 1;
            }
            looks
        });
        let write = |lang| {
            for _ in 0..15 {
                let output = run(folder.path(), &words(lang));
                assert!(output.status.success(), "{output:?}");
            }
        };
        let others = ["zh", "en"].map(|lang| scope.spawn(move || write(lang)));
        for other in others {
            other.join().unwrap();
        }
        done.store(true, Ordering::Relaxed);
        assert!(look.join().unwrap() > 0);
    });
    let left = files(folder.path());
    assert!(!left.iter().any(|(path, _)| is_left_over(path)));
}
