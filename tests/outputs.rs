//! Several outputs of one run: one verdict, one exit code, and files that are written whole or not at all.

#![allow(clippy::unwrap_used, missing_docs)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use duban::output::Format;
use tempfile::TempDir;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A copy of the campaign in trouble, to be written into.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("plans")).unwrap();
    for entry in fs::read_dir(root().join("examples/in-trouble")).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            fs::copy(
                &path,
                folder.path().join("plans").join(path.file_name().unwrap()),
            )
            .unwrap();
        }
    }
    folder
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_duban"));
    command
        .args(arguments)
        .args(["--as-of", "2022-11-15", "--lang", "en"])
        .current_dir(folder)
        .env_remove("GITHUB_STEP_SUMMARY");
    command
}

fn check(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, &[&["check", "plans"], arguments].concat())
        .output()
        .unwrap()
}

/// The complaint about a command that could not be carried out. Nothing was written for it.
fn refused(folder: &Path, arguments: &[&str]) -> String {
    let before = files(folder);
    let output = check(folder, arguments);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
    assert!(output.stdout.is_empty());
    assert_eq!(files(folder), before, "{arguments:?}");
    said
}

/// Every file with its content.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(self::files(&path));
        } else {
            let content = fs::read(&path).unwrap_or_default();
            files.push((path, content));
        }
    }
    files.sort();
    files
}

#[test]
fn one_run_writes_the_ledger_and_the_findings_in_every_format() {
    let folder = folder();
    let names: Vec<String> = Format::ALL
        .iter()
        .map(|(_, name, _)| format!("{name}:out.{name}"))
        .collect();
    let mut arguments = vec![
        "-o",
        "台账.csv",
        "-o",
        "ledger.md",
        "-o",
        "table:ledger.txt",
    ];
    for name in &names {
        arguments.extend(["-o", name]);
    }
    let output = check(folder.path(), &arguments);
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    for (_, name, _) in Format::ALL {
        let alone = check(folder.path(), &["--format", name, "-q"]);
        let written = fs::read(folder.path().join(format!("out.{name}"))).unwrap();
        assert_eq!(written, alone.stdout, "{name}");
    }
    for (name, format) in [
        ("台账.csv", "csv"),
        ("ledger.md", "markdown"),
        ("ledger.txt", "table"),
    ] {
        let report = command(folder.path(), &["report", "plans", "--format", format]);
        let report = { report }.output().unwrap();
        assert_eq!(
            fs::read(folder.path().join(name)).unwrap(),
            report.stdout,
            "{name}"
        );
    }
}

#[test]
fn the_extension_tells_the_format() {
    let folder = folder();
    check(
        folder.path(),
        &[
            "-o", "a.sarif", "-o", "a.xml", "-o", "a.json", "-o", "a.txt",
        ],
    );
    let starts = |name: &str, start: &str| {
        let text = fs::read_to_string(folder.path().join(name)).unwrap();
        assert!(text.starts_with(start), "{name}: {text:.80}");
    };
    starts(
        "a.sarif",
        "{\n  \"$schema\": \"https://docs.oasis-open.org/sarif",
    );
    starts("a.xml", "<?xml");
    starts("a.json", "{\n  \"version\": 1");
    starts("a.txt", "warning[R004");
}

#[test]
fn the_exit_code_is_the_same_for_every_format() {
    let folder = folder();
    for (arguments, code) in [
        (vec![], 1),
        (vec!["--fail-on", "never"], 0),
        (vec!["--select", "no-basis"], 1),
        (vec!["--select", "no-basis", "--fail-on", "note"], 1),
        (vec!["--campaign", "nowhere.toml"], 2),
    ] {
        for (_, format, _) in Format::ALL {
            let output = check(
                folder.path(),
                &[&["--format", format], &arguments[..]].concat(),
            );
            assert_eq!(output.status.code(), Some(code), "{format} {arguments:?}");
        }
    }
}

#[test]
fn two_outputs_to_one_file_are_refused_however_it_is_spelt() {
    let folder = folder();
    let here = folder.path().join("a.json").display().to_string();
    for other in [
        "a.json",
        "./a.json",
        "plans/../a.json",
        "gitlab:a.json",
        &here,
    ] {
        let said = refused(folder.path(), &["-o", "a.json", "-o", other]);
        assert!(
            said.contains("two outputs go to") || said.contains("are the same file"),
            "{said}"
        );
    }
}

#[cfg(unix)]
#[test]
fn a_link_to_an_output_is_that_output_and_stays_a_link() {
    let folder = folder();
    let (file, link) = (folder.path().join("a.json"), folder.path().join("b.json"));
    fs::write(&file, "old").unwrap();
    std::os::unix::fs::symlink("a.json", &link).unwrap();
    let said = refused(folder.path(), &["-o", "a.json", "-o", "b.json"]);
    assert!(
        said.contains("“a.json” and “b.json” are the same file"),
        "{said}"
    );
    check(folder.path(), &["-o", "b.json"]);
    assert!(link.is_symlink() && fs::read_to_string(file).unwrap().contains("\"version\""));
}

#[test]
fn no_result_is_written_over_what_is_read() {
    let folder = folder();
    for output in [
        "json:plans/T01.toml",
        "json:plans/../plans/T01.toml",
        "json:plans/campaign.toml",
    ] {
        let said = refused(folder.path(), &["-o", output]);
        assert!(said.contains("is read by this very run"), "{said}");
    }
    // What was there before is a result like any other.
    for _ in 0..2 {
        assert_eq!(
            check(folder.path(), &["-o", "plans/a.json"]).status.code(),
            Some(1)
        );
    }
}

#[test]
fn no_result_is_written_over_evidence() {
    let folder = folder();
    let plan = folder.path().join("plans/T01.toml");
    let text = fs::read_to_string(&plan).unwrap();
    let named = "[plan]\nevidence = [\"材料/会议.csv\", \"没有.csv\"]\n";
    fs::write(&plan, text.replacen("[plan]\n", named, 1)).unwrap();
    fs::create_dir(folder.path().join("plans/材料")).unwrap();
    let (evidence, other) = ("plans/材料/会议.csv", "plans/材料/台账.csv");
    for file in [evidence, other] {
        fs::write(folder.path().join(file), "签到").unwrap();
    }
    let run = |command: &str, output: &str| {
        let arguments = [
            command,
            "plans",
            "--as-of",
            "2022-11-15",
            "--lang",
            "en",
            "-o",
        ];
        let mut duban = Command::new(env!("CARGO_BIN_EXE_duban"));
        let duban = duban.args(arguments).arg(output).current_dir(folder.path());
        let output = duban.output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        (output.status.code(), said)
    };
    for command in ["check", "report"] {
        let (code, said) = run(command, evidence);
        assert_eq!(code, Some(2), "{said}");
        assert!(
            said.contains("“plans/材料/会议.csv” is evidence that a plan names"),
            "{said}"
        );
        assert_eq!(
            fs::read_to_string(folder.path().join(evidence)).unwrap(),
            "签到"
        );
        // What no plan names is a result of before, and evidence that is not there may come to be.
        for free in [other, "plans/没有.csv"] {
            let (code, said) = run(command, free);
            assert_ne!(code, Some(2), "{said}");
            assert_ne!(
                fs::read_to_string(folder.path().join(free)).unwrap(),
                "签到"
            );
        }
        fs::remove_file(folder.path().join("plans/没有.csv")).unwrap();
        fs::write(folder.path().join(other), "签到").unwrap();
    }
}

#[cfg(unix)]
#[test]
fn evidence_that_is_a_link_is_not_written_over_either() {
    let folder = folder();
    let plan = folder.path().join("plans/T01.toml");
    let text = fs::read_to_string(&plan).unwrap();
    let named = "[plan]\nevidence = [\"会议\"]\n";
    fs::write(&plan, text.replacen("[plan]\n", named, 1)).unwrap();
    fs::write(folder.path().join("plans/a.json"), "签到").unwrap();
    std::os::unix::fs::symlink("a.json", folder.path().join("plans/会议")).unwrap();
    let said = refused(folder.path(), &["-o", "plans/a.json"]);
    assert!(said.contains("is evidence that a plan names"), "{said}");
}

#[cfg(unix)]
#[test]
fn a_plan_file_that_is_a_link_is_not_written_over_either() {
    let folder = folder();
    let (plan, real) = (
        folder.path().join("plans/T01.toml"),
        folder.path().join("甲镇.json"),
    );
    fs::rename(&plan, &real).unwrap();
    std::os::unix::fs::symlink("../甲镇.json", &plan).unwrap();
    let said = refused(folder.path(), &["-o", "甲镇.json"]);
    assert!(said.contains("is read by this very run"), "{said}");
}

#[test]
fn places_that_cannot_be_written_are_told_before_anything_is_written() {
    let folder = folder();
    for (output, why) in [
        ("missing/a.json", "its folder is not there"),
        ("json:plans", "it is a folder"),
        ("json:out/", "it is a folder"),
        ("json:", "-o names no file"),
        ("-", "-o needs a file"),
        ("sarif:-", "-o needs a file"),
        ("result", "is not clear"),
        ("gitlb:a.json", "there is no format “gitlb”"),
    ] {
        let said = refused(folder.path(), &["-o", "first.json", "-o", output]);
        assert!(said.contains(why), "{output}: {said}");
    }
    // A colon in a name is no mistake.
    assert_eq!(
        check(folder.path(), &["-o", "./甲乙.json"]).status.code(),
        Some(1)
    );
}

#[test]
fn a_file_that_may_not_be_written_is_left_alone() {
    let folder = folder();
    let file = folder.path().join("a.json");
    fs::write(&file, "old").unwrap();
    let mut permissions = fs::metadata(&file).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&file, permissions).unwrap();
    let said = refused(folder.path(), &["-o", "b.json", "-o", "a.json"]);
    assert!(said.contains("the file is read-only"), "{said}");
}

#[cfg(target_os = "linux")]
#[test]
fn where_one_output_cannot_be_written_all_the_old_files_are_still_there() {
    let folder = folder();
    fs::write(folder.path().join("a.json"), "old").unwrap();
    // The summary needs room for one small file; SARIF does not fit into what the shell allows.
    let script = "ulimit -f 300; trap '' XFSZ; exec \"$0\" check plans --as-of 2022-11-15 --lang en \
                  -o a.json -o b.sarif";
    let output = Command::new("bash")
        .args(["-c", script, env!("CARGO_BIN_EXE_duban")])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("“b.sarif” cannot be written"), "{said}");
    assert_eq!(
        fs::read_to_string(folder.path().join("a.json")).unwrap(),
        "old"
    );
    let mut left: Vec<_> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    left.sort();
    assert_eq!(left, ["a.json", "plans"]);
}

#[test]
fn the_job_on_github_gets_a_summary_beside_the_commands() {
    let folder = folder();
    let page = folder.path().join("summary.md");
    fs::write(&page, "# Before\n").unwrap();
    let run = |arguments: &[&str]| {
        let arguments = [&["check", "plans"], arguments].concat();
        let output = command(folder.path(), &arguments)
            .env("GITHUB_STEP_SUMMARY", &page)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(1));
        fs::read_to_string(&page).unwrap()
    };
    assert_eq!(run(&["--format", "concise"]), "# Before\n");
    let text = run(&["--format", "github"]);
    assert!(
        text.starts_with("# Before\n## 能力作风优化年: findings\n"),
        "{text:.200}"
    );
    assert!(text.contains("| level | rule | place | finding | fix |"));
    let rows: Vec<&str> = text.lines().filter(|line| line.starts_with("| ")).collect();
    assert!(
        rows[1].starts_with("| error | D001 overdue | plans/D01.toml:40 |"),
        "{}",
        rows[1]
    );
    assert!(rows.last().unwrap().starts_with("| note |"));
    let bars = |row: &&str| {
        row.replace("\\\\", "")
            .replace("\\|", "")
            .matches('|')
            .count()
            == 6
    };
    assert!(rows.iter().all(bars));
    assert!(
        run(&["-o", "github:commands.log"]).len() > text.len(),
        "it is added to"
    );
}

#[test]
fn a_page_of_a_job_that_is_too_long_ends_with_how_much_is_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let problem = "[[problem]]\nsubject = \"领导班子\"\ntext = \"待补充\"\n";
    let campaign = "[campaign]\nname = \"试点年\"\nstart = 2022-03-15\nend = 2022-12-31\n\
                    [[milestone]]\nid = \"plan\"\nname = \"实施方案\"\ndue = 2022-03-31\n\
                    requires = { kind = \"plan\" }\n";
    let units =
        ["T01", "T02", "T03"].map(|code| (code, format!("code = \"{code}\"\nname = \"甲镇\"\n")));
    let roster = units.iter().map(|(_, unit)| format!("[[unit]]\n{unit}"));
    let campaign = campaign.to_owned() + &roster.collect::<String>();
    fs::create_dir(folder.path().join("plans")).unwrap();
    fs::write(folder.path().join("plans/campaign.toml"), campaign).unwrap();
    let page = folder.path().join("summary.md");
    let run = |problems: usize| {
        for (code, unit) in &units {
            let plan = format!("[unit]\n{unit}{}", problem.repeat(problems));
            fs::write(folder.path().join(format!("plans/{code}.toml")), plan).unwrap();
        }
        fs::write(&page, "").unwrap();
        let output = command(folder.path(), &["check", "plans", "--format", "github"])
            .env("GITHUB_STEP_SUMMARY", &page)
            .output()
            .unwrap();
        let findings = String::from_utf8(output.stdout).unwrap();
        let findings = findings.lines().filter(|line| line.starts_with("::"));
        let text = fs::read_to_string(&page).unwrap();
        let rows = text.lines().filter(|line| line.starts_with("| ")).count() - 1;
        (findings.count(), rows, text)
    };
    let (findings, rows, text) = run(3);
    assert_eq!(rows, findings);
    assert!(text.ends_with("|\n"), "{text}");

    let (_, rows, text) = run(900);
    let list = text.rfind("|\n").unwrap() + 2;
    assert!((255 * 1024..=256 * 1024).contains(&list), "{list}");
    let all = check(folder.path(), &["--format", "json", "-q"]);
    let all: serde_json::Value = serde_json::from_slice(&all.stdout).unwrap();
    let left = all["findings"].as_array().unwrap().len() - rows;
    assert!(left > 1);
    let rest = format!("|\n\n{left} findings are not listed here; see the whole result.\n");
    assert!(text.ends_with(&rest), "{left}: {}", &text[list..]);
}

#[test]
fn a_job_without_a_page_gets_none() {
    let folder = folder();
    let output = command(
        folder.path(),
        &["check", "plans", "--format", "github", "-q"],
    )
    .env("GITHUB_STEP_SUMMARY", "")
    .output()
    .unwrap();
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(output.stderr.is_empty(), "{output:?}");
}
