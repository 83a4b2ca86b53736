//! The gates as they are used: the pre-receive script in a bare repository, the pre-commit hooks with pre-commit
//! itself. Needs git; pre-commit only where it is installed.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::print_stderr, missing_docs)]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

const SOUND: &str = "[unit]\ncode = \"T01\"\nname = \"甲镇\"\nsecretary = \"赵天干\"\n\n[plan]\nfiled = 2022-03-28\n\n\
    [[problem]]\nsubject = \"领导班子\"\ntext = \"调查研究不深入\"\nremedy = \"每月驻村四天\"\nowner = \"赵天干\"\ndue = 2022-09-30\n\n\
    [[problem]]\nsubject = \"班子成员\"\nmember = \"钱地支\"\ntext = \"到村入户偏少\"\nremedy = \"每周走访一个村\"\nowner = \"钱地支\"\ndue = 2022-09-30\n";
const CAMPAIGN: &str = include_str!("../src/campaign/beipiao-2022.toml");
const ROSTER: &str = "\n[[unit]]\ncode = \"T01\"\nname = \"甲镇\"\ncategory = \"乡镇\"\nbody = \"党委\"\n\n\
    [[unit]]\ncode = \"T02\"\nname = \"乙镇\"\ncategory = \"乡镇\"\nbody = \"党委\"\n";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Whether a program is there; says so if it is not.
fn has(program: &str) -> bool {
    let there = Command::new(program).arg("--version").output().is_ok();
    if !there {
        eprintln!("skipped: {program} is not installed");
    }
    there
}

/// A repository whose folder `bin` has the program under its own name, at the head of the PATH.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Desk {
        let desk = Desk {
            folder: tempfile::tempdir().unwrap(),
        };
        fs::create_dir_all(desk.path("bin")).unwrap();
        symlink(env!("CARGO_BIN_EXE_duban"), desk.path("bin/duban")).unwrap();
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn run(&self, folder: &str, program: &str, arguments: &[&str]) -> Output {
        let path = std::env::var("PATH").unwrap();
        Command::new(program)
            .args(arguments)
            .current_dir(self.path(folder))
            .env("PATH", format!("{}:{path}", self.path("bin").display()))
            .env("HOME", self.folder.path())
            .env("PRE_COMMIT_HOME", self.path("pre-commit-home"))
            .env("DUBAN_LANG", "en")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .envs([
                ("GIT_AUTHOR_NAME", "test"),
                ("GIT_AUTHOR_EMAIL", "test@example.invalid"),
                ("GIT_COMMITTER_NAME", "test"),
                ("GIT_COMMITTER_EMAIL", "test@example.invalid"),
            ])
            .env_remove("GIT_DIR")
            .env_remove("GIT_INDEX_FILE")
            .env_remove("GIT_WORK_TREE")
            .output()
            .unwrap()
    }

    /// Runs git, which must come to the end that is told, and gives what it said.
    fn git(&self, folder: &str, right: bool, arguments: &[&str]) -> String {
        let output = self.run(folder, "git", arguments);
        let said = String::from_utf8_lossy(&output.stderr).into_owned()
            + &String::from_utf8_lossy(&output.stdout);
        assert_eq!(output.status.success(), right, "git {arguments:?}: {said}");
        said
    }

    /// Commits everything and pushes it.
    fn push(&self, right: bool, branch: &str) -> String {
        self.git("unit", true, &["add", "-A"]);
        self.git("unit", true, &["commit", "-qm", "plans"]);
        self.git(
            "unit",
            right,
            &["push", "-q", "origin", &format!("HEAD:{branch}")],
        )
    }

    /// Takes back a commit that was refused.
    fn take_back(&self) {
        self.git("unit", true, &["reset", "-q", "--hard", "HEAD~1"]);
    }
}

/// A bare repository with the script, and a unit's clone with sound files.
fn inbox() -> Desk {
    let desk = Desk::new();
    desk.write("unit/README", "plans of the units");
    desk.git("", true, &["init", "-q", "--bare", "inbox.git"]);
    let hook = desk.path("inbox.git/hooks/pre-receive");
    fs::copy(root().join("examples/ci/pre-receive"), hook).unwrap();
    desk.git("unit", true, &["init", "-q", "-b", "main"]);
    desk.git("unit", true, &["remote", "add", "origin", "../inbox.git"]);
    desk.write("unit/plans/campaign.toml", &format!("{CAMPAIGN}{ROSTER}"));
    desk.write("unit/plans/T01-甲 镇.toml", SOUND);
    desk
}

#[test]
fn a_push_with_a_mistake_is_refused_with_its_line_and_the_corrected_one_is_taken() {
    if !has("git") {
        return;
    }
    let desk = inbox();
    desk.push(true, "main");
    let quoted = SOUND.replace("2022-03-28", "\"2022-03-28\"");
    desk.write("unit/plans/T01-甲 镇.toml", &quoted);
    let said = desk.push(false, "main");
    assert!(said.contains("F007 quoted-date"), "{said}");
    assert!(said.contains("T01-甲 镇.toml:7:9"), "{said}");
    desk.take_back();
    let late = SOUND.replace("2022-03-28", "2022-04-28");
    desk.write("unit/plans/T01-甲 镇.toml", &late);
    desk.push(true, "main");
}

#[test]
fn a_push_is_judged_by_what_it_changes_only() {
    if !has("git") {
        return;
    }
    let desk = inbox();
    desk.write("unit/plans/T02.toml", "[unit\n");
    fs::rename(desk.path("inbox.git/hooks/pre-receive"), desk.path("hook")).unwrap();
    desk.push(true, "main");
    fs::rename(desk.path("hook"), desk.path("inbox.git/hooks/pre-receive")).unwrap();
    let renamed = SOUND.replace("走访一个村", "走访两个村");
    desk.write("unit/plans/T01-甲 镇.toml", &renamed);
    desk.push(true, "main");
    fs::remove_file(desk.path("unit/plans/T01-甲 镇.toml")).unwrap();
    desk.push(true, "main");
    desk.write("unit/README", "no plan is touched");
    desk.push(true, "main");
    // A new branch is new as a whole.
    desk.write("unit/README", "again");
    let said = desk.push(false, "other");
    assert!(said.contains("T02.toml:1:"), "{said}");
    desk.git("unit", true, &["push", "-q", "origin", ":main"]);
}

#[test]
fn a_push_that_changes_only_the_rule_book_is_judged_too() {
    if !has("git") {
        return;
    }
    let desk = inbox();
    desk.push(true, "main");
    desk.write(
        "unit/plans/campaign.toml",
        &format!("{CAMPAIGN}{ROSTER}{ROSTER}"),
    );
    let said = desk.push(false, "main");
    assert!(said.contains("plans/campaign.toml:"), "{said}");
    desk.take_back();
    let renamed = ROSTER.replace("乙镇", "丙镇");
    desk.write("unit/plans/campaign.toml", &format!("{CAMPAIGN}{renamed}"));
    desk.push(true, "main");
    fs::remove_dir_all(desk.path("unit/plans")).unwrap();
    desk.push(true, "main");
}

#[test]
fn pre_commit_refuses_a_quoted_date_and_lets_the_corrected_file_pass() {
    if !has("git") || !has("pre-commit") {
        return;
    }
    let desk = Desk::new();
    desk.write("hooks/README", "the hooks of the program");
    let hooks = root().join(".pre-commit-hooks.yaml");
    fs::copy(hooks, desk.path("hooks/.pre-commit-hooks.yaml")).unwrap();
    desk.git("hooks", true, &["init", "-q", "-b", "main"]);
    desk.git("hooks", true, &["add", "-A"]);
    desk.git("hooks", true, &["commit", "-qm", "hooks"]);
    let head = desk.git("hooks", true, &["rev-parse", "HEAD"]);
    desk.write(
        "unit/.pre-commit-config.yaml",
        &format!(
            "repos:\n- repo: ../hooks\n  rev: {}\n  hooks:\n  - id: duban-system\n",
            head.trim()
        ),
    );
    desk.git("unit", true, &["init", "-q", "-b", "main"]);
    assert!(
        desk.run("unit", "pre-commit", &["install"])
            .status
            .success()
    );
    desk.write(
        "unit/plans/T01.toml",
        &SOUND.replace("2022-03-28", "\"2022-03-28\""),
    );
    desk.git("unit", true, &["add", "-A"]);
    let said = desk.git("unit", false, &["commit", "-qm", "a plan"]);
    assert!(said.contains("plans/T01.toml:7:9"), "{said}");
    desk.write("unit/plans/T01.toml", SOUND);
    desk.git("unit", true, &["add", "-A"]);
    desk.git("unit", true, &["commit", "-qm", "a plan"]);
    desk.write("unit/plans/campaign.toml", "[campaign]\n");
    desk.git("unit", true, &["add", "-A"]);
    desk.git("unit", false, &["commit", "-qm", "half a rule book"]);
}
