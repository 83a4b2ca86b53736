//! `duban completions` in real shells, `duban man` in real readers of manual pages.

#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

fn printed(lang: &str, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_duban"))
        .args(arguments)
        .env("DUBAN_LANG", lang)
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn is_there(program: &str) -> bool {
    let mut command = Command::new("sh");
    let found = command.args(["-c", &format!("command -v {program}")]);
    let there = found
        .stdout(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    if !there {
        println!("skipped: {program} is not on the PATH");
    }
    there
}

/// Runs a program, which must succeed and complain of nothing.
fn ran(program: &str, arguments: &[&str], folder: &Path) -> String {
    let output = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .env("LC_ALL", "C.UTF-8")
        .output()
        .unwrap();
    let complaints = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success() && complaints.is_empty(),
        "{program}: {complaints}"
    );
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn bash_completes_commands_options_and_values() {
    if !is_there("bash") {
        return;
    }
    let scratch = tempfile::tempdir().unwrap();
    fs::write(
        scratch.path().join("duban.bash"),
        printed("zh", &["completions", "bash"]),
    )
    .unwrap();
    let script = r#"
        source duban.bash
        complete -p duban >/dev/null || exit 1
        try() {
            COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=()
            _duban duban "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
            echo "${COMPREPLY[*]}"
        }
        try duban ch
        try duban check --fail
        try duban check --fail-on ""
        try duban schema c
    "#;
    let answers = ran("bash", &["--norc", "-c", script], scratch.path());
    let expected = "check\n--fail-on\nerror warning note never\ncampaign\n";
    assert_eq!(answers, expected);
}

#[test]
fn fish_completes_with_explanations() {
    if !is_there("fish") {
        return;
    }
    let scratch = tempfile::tempdir().unwrap();
    let home = scratch.path().to_str().unwrap();
    fs::write(
        scratch.path().join("duban.fish"),
        printed("zh", &["completions", "fish"]),
    )
    .unwrap();
    let script =
        format!("set -x HOME {home}; source duban.fish; complete -C'duban check --fail-on n'");
    let answers = ran("fish", &["--no-config", "-c", &script], scratch.path());
    assert!(answers.contains("note\t错误、警告和提示\n"), "{answers}");
    assert!(
        answers.contains("never\t") && !answers.contains("error\t"),
        "{answers}"
    );
}

/// zsh completes only at a prompt, so its own parser reads the script, and colons are looked at.
#[test]
fn the_script_for_zsh_is_sound() {
    let script = printed("zh", &["completions", "zsh"]);
    assert!(script.contains(r":[格式\:]文件:_default"), "{script}");
    if !is_there("zsh") {
        return;
    }
    let scratch = tempfile::tempdir().unwrap();
    fs::write(scratch.path().join("_duban"), &script).unwrap();
    ran("zsh", &["-f", "-n", "_duban"], scratch.path());
    let load = "autoload -U compinit; compinit -u -D; autoload _duban; print $_comps[duban]";
    let load = format!("fpath=($PWD $fpath); {load}");
    assert_eq!(ran("zsh", &["-f", "-c", &load], scratch.path()), "_duban\n");
}

#[test]
fn every_shell_gets_a_script_in_each_language() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let (zh, en) = (
            printed("zh", &["completions", shell]),
            printed("en", &["completions", shell]),
        );
        assert!(zh.contains("fail-on") && en.contains("fail-on"), "{shell}");
        assert!(!en.contains("显示"), "{shell}");
        // Bash shows no explanations.
        assert_eq!(zh.contains("显示帮助"), shell != "bash", "{shell}");
    }
}

#[test]
fn the_manual_is_written_page_by_page_and_the_same_each_time() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path().join("man/man1");
    for _ in 0..2 {
        let told = printed("zh", &["man", "-o", folder.to_str().unwrap()]);
        assert!(told.contains("duban-check.1"), "{told}");
    }
    let first = fs::read_to_string(folder.join("duban.1")).unwrap();
    assert_eq!(printed("zh", &["man"]), first);
    let pages = fs::read_dir(&folder).unwrap().count();
    assert!(pages > 8, "{pages}");
}

#[test]
fn readers_of_manual_pages_show_both_languages() {
    let scratch = tempfile::tempdir().unwrap();
    for (lang, title, sentence) in [
        ("zh", "名称", "duban-check - 按活动要求检查报送文件"),
        (
            "en",
            "NAME",
            "duban-check - check plan files against the campaign",
        ),
    ] {
        let folder = scratch.path().join(lang);
        printed(lang, &["man", "-o", folder.to_str().unwrap()]);
        let is_shown = |page: String, by: &str| {
            assert!(
                page.contains(sentence) && page.contains(title),
                "{by}: {page}"
            );
            assert!(
                page.contains("--fail-on") && page.contains("never"),
                "{by}: {page}"
            );
        };
        if is_there("man") {
            // Emphasis by colours or by typing twice is taken out.
            let plain =
                "MANWIDTH=80 MAN_KEEP_FORMATTING= GROFF_NO_SGR=1 man -l duban-check.1 | col -b";
            is_shown(ran("sh", &["-c", plain], &folder), "man");
        }
        if is_there("mandoc") {
            let plain = "mandoc -Kutf-8 -Tutf8 duban-check.1 | col -b";
            is_shown(ran("sh", &["-c", plain], &folder), "mandoc");
            for page in fs::read_dir(&folder).unwrap() {
                let name = page.unwrap().file_name();
                let name = name.to_str().unwrap();
                // Warnings are printed as the result.
                let lint = ["-Kutf-8", "-Tlint", "-Wwarning,stop", name];
                let output = Command::new("mandoc")
                    .args(lint)
                    .current_dir(&folder)
                    .output()
                    .unwrap();
                let said = String::from_utf8_lossy(&output.stdout).into_owned();
                let lines = said.lines().filter(|line| !line.contains("missing date"));
                assert_eq!(lines.collect::<Vec<_>>(), Vec::<&str>::new(), "{name}");
            }
        }
    }
}
