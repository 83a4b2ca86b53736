//! Hostile and broken input, through the program's own command line: a clear message, a place, the other files none
//! the worse for it.

#![allow(clippy::unwrap_used, clippy::print_stderr, missing_docs)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

const CAMPAIGN: &str = r#"
[campaign]
name = "能力作风优化年"
start = 2022-03-15
end = 2022-12-31

[[milestone]]
id = "plan"
name = "实施方案"
due = 2022-03-31
requires = { kind = "plan", basis = "filed" }

[[unit]]
code = "01"
name = "甲镇"

[[unit]]
code = "02"
name = "乙镇"
"#;

/// A unit whose file is as it should be, in every folder that is checked here.
const SOUND: &str =
    "[unit]\ncode = \"02\"\nname = \"乙镇\"\nsecretary = \"乙某\"\n[plan]\nfiled = 2022-03-31\n";

const HEAD: &str = "[unit]\ncode = \"01\"\nname = \"甲镇\"\n";

fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("campaign.toml"), CAMPAIGN).unwrap();
    fs::write(folder.path().join("02.toml"), SOUND).unwrap();
    folder
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_duban"))
        .args(arguments)
        .args(["--as-of", "2022-11-15"])
        .current_dir(folder)
        .env_remove("GITHUB_STEP_SUMMARY")
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

/// The findings as rule, line and message. The run must have ended by itself, and the other unit be judged.
fn findings(folder: &Path) -> Vec<(String, String, u64, String)> {
    let output = run(folder, &["check", ".", "--format", "json", "--lang", "en"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{said}");
    assert!(!said.contains("panicked"), "{said}");
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let ledger = run(folder, &["report", ".", "--format", "csv", "--lang", "en"]);
    let ledger = String::from_utf8(ledger.stdout).unwrap();
    let other = ledger.lines().find(|line| line.contains("乙镇")).unwrap();
    assert!(other.contains("on time"), "{other}");
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let each = report["findings"].as_array().unwrap().iter();
    each.map(|finding| {
        (
            text(&finding["file"]),
            text(&finding["name"]),
            finding["line"].as_u64().unwrap(),
            text(&finding["message"]),
        )
    })
    .collect()
}

/// Writes bytes as `x.toml` and wants a finding of a rule, at a line, with words in it.
#[track_caller]
fn expect(content: &[u8], rule: &str, line: u64, words: &str) {
    let folder = folder();
    fs::write(folder.path().join("x.toml"), content).unwrap();
    let found = findings(folder.path());
    let hit = |(file, name, at, message): &(String, String, u64, String)| {
        file.ends_with("x.toml") && name == rule && *at == line && message.contains(words)
    };
    assert!(
        found.iter().any(hit),
        "{rule} at {line}, “{words}”: {found:#?}"
    );
}

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

#[test]
fn nothing_at_all_is_told() {
    for content in ["", " \n\t\n\n", "\u{feff}", "\u{feff}\n", "# 甲镇\n"] {
        let words = match content.starts_with('#') {
            true => "unit is missing",
            false => "the file is empty",
        };
        expect(content.as_bytes(), "missing-key", 1, words);
    }
    expect(b"\xff\xfe", "missing-key", 1, "the file is empty");
}

#[test]
fn nul_bytes_and_other_control_characters_are_named() {
    expect(&[0; 1000], "syntax", 1, "U+0000");
    expect(format!("{HEAD}\0\0").as_bytes(), "syntax", 4, "U+0000");
    expect(
        format!("{HEAD}x = \u{1b}[31m\n").as_bytes(),
        "syntax",
        4,
        "U+001B",
    );
    expect(
        format!("{HEAD}[plan]\ntitle = \"\u{7f}\"\n").as_bytes(),
        "syntax",
        5,
        "U+007F",
    );
}

#[test]
fn a_lone_carriage_return_is_no_line_break() {
    expect(HEAD.replace('\n', "\r").as_bytes(), "syntax", 1, "U+000D");
    expect(
        format!("{HEAD}[plan]\nfiled = 2022-03-31\radopted = 2022-03-30\n").as_bytes(),
        "syntax",
        5,
        "U+000D",
    );
}

#[test]
fn other_encodings_are_read_and_mixtures_are_not() {
    for content in [utf16(HEAD, u16::to_le_bytes), utf16(HEAD, u16::to_be_bytes)] {
        expect(&content, "encoding", 3, "the file is in UTF-16");
    }
    let gbk = encoding_rs::GBK.encode(HEAD).0.into_owned();
    expect(&gbk, "encoding", 3, "the file is in GBK");
    let second = encoding_rs::GBK
        .encode("[plan]\ntitle = \"甲镇实施方案\"\n")
        .0;
    expect(
        &[HEAD.as_bytes(), &second].concat(),
        "unreadable",
        5,
        "line 5 is in another encoding",
    );
    expect(
        &[b"[unit]\nname = \"", &b"\xff\xff\xff"[..], b"\"\n"].concat(),
        "unreadable",
        2,
        "line 2 is neither UTF-8 nor GBK",
    );
    expect(
        b"PK\x03\x04\xff\xff\xff\xff",
        "unreadable",
        1,
        "perhaps a Word document",
    );
}

#[test]
fn what_is_too_large_is_not_read() {
    let folder = folder();
    let file = fs::File::create(folder.path().join("x.toml")).unwrap();
    file.set_len(64 << 20).unwrap();
    let found = findings(folder.path());
    let large = found
        .iter()
        .find(|(_, name, ..)| name == "too-large")
        .unwrap();
    assert!(
        large.3.contains("64 MB, over the limit of 4 MB"),
        "{}",
        large.3
    );
    let keys: String = (0..1_000_000).map(|n| format!("k{n:06} = 1\n")).collect();
    expect(
        keys.as_bytes(),
        "too-large",
        1,
        "12 MB, over the limit of 4 MB",
    );
    // Just below the limit.
    let keys: String = (0..300_000).map(|n| format!("k{n:06} = 1\n")).collect();
    expect(keys.as_bytes(), "unknown-key", 1, "k000000");
    expect(keys.as_bytes(), "too-large", 1, "more than 200 problems");
}

#[test]
fn deep_nesting_is_refused_and_long_lines_are_cut() {
    let deep = |open: &str, close: &str| {
        format!(
            "{HEAD}[plan]\ntitle = {}1{}\n",
            open.repeat(10_000),
            close.repeat(10_000)
        )
    };
    expect(
        deep("[", "]").as_bytes(),
        "syntax",
        5,
        "nested deeper than 256 levels",
    );
    expect(
        deep("{a = ", "}").as_bytes(),
        "syntax",
        5,
        "nested deeper than 256 levels",
    );
    let dotted = format!("{HEAD}{} = 1\n", ["a"; 10_000].join("."));
    expect(dotted.as_bytes(), "unknown-key", 4, "“a”");
    let long = format!("{HEAD}x = \"{}\"\n", "甲".repeat(1_300_000));
    expect(long.as_bytes(), "unknown-key", 4, "“x”");
    let folder = folder();
    fs::write(folder.path().join("x.toml"), &long).unwrap();
    let shown = run(
        folder.path(),
        &["check", "x.toml", "--format", "text", "--lang", "zh"],
    );
    assert!(shown.stdout.len() < 20_000, "{} bytes", shown.stdout.len());
}

#[test]
fn dates_at_the_edges_of_years_and_days_are_dates_or_mistakes() {
    let plan = |value: &str| format!("{HEAD}[plan]\nfiled = {value}\n");
    for (value, words) in [
        ("0000-00-00", "“0000-00-00” is not a date"),
        ("2022-02-29", "there is no day “2022-02-29”"),
        ("10000-01-01", "there is no day “10000-01-01”"),
        ("2022-13-01", "there is no day “2022-13-01”"),
    ] {
        expect(plan(value).as_bytes(), "syntax", 5, words);
    }
    // With a named as-of date a later record is set aside; only the clock makes it a mistake.
    expect(
        plan("9999-12-31").as_bytes(),
        "overdue",
        5,
        "9999-12-31 comes after the as-of date and is set aside",
    );
    expect(
        plan("0001-01-01").as_bytes(),
        "outside-campaign",
        5,
        "0001-01-01",
    );
    // The last moment of the last day in Beijing, in three ways to write it, and the first of the next.
    for (value, late) in [
        ("2022-03-31T23:59:59+08:00", false),
        ("2022-03-31T15:59:59Z", false),
        ("2022-03-31T23:59:59", false),
        ("2022-03-31T16:00:00Z", true),
        ("2022-04-01T00:00:00+08:00", true),
    ] {
        let folder = folder();
        fs::write(folder.path().join("x.toml"), plan(value)).unwrap();
        let found = findings(folder.path());
        assert_eq!(
            found.iter().any(|(_, name, ..)| name == "late"),
            late,
            "{value}: {found:#?}"
        );
    }
}

#[test]
fn numbers_out_of_range_are_told() {
    for number in [
        "99999999999999999999",
        "-1",
        "9223372036854775808",
        "1000000001",
    ] {
        let file = format!(
            "{HEAD}[[activity]]\nkind = \"走出去\"\ndate = 2022-05-01\nparticipants = {number}\n"
        );
        expect(file.as_bytes(), "bad-value", 7, number);
    }
    let file =
        format!("{HEAD}[[activity]]\nkind = \"走出去\"\ndate = 2022-05-01\nparticipants = nan\n");
    expect(file.as_bytes(), "wrong-type", 7, "participants");
}

/// Everything that a terminal, a browser, a spreadsheet, a CI log or a table obeys.
const HOSTILE: &str = "=cmd()|'/C calc'!A0 <script>alert(1)</script> a|b `c` [d](http://e) ]]> &amp; \\u001b[31m\\u202e\\u200b\\u0007 \\n::error::x ##[error]y ##vso[task]z ";

#[test]
fn texts_that_a_terminal_or_a_log_would_obey_reach_neither() {
    let folder = folder();
    let file = format!(
        "[unit]\ncode = \"01\"\nname = \"甲镇{HOSTILE}\"\n[plan]\ntitle = \"{HOSTILE}\"\nfiled = \"{HOSTILE}\"\nevidence = [\"{HOSTILE}\"]\n"
    );
    fs::write(folder.path().join("##[error]x.toml"), file).unwrap();
    for lang in ["zh", "en"] {
        for format in [
            "text", "concise", "json", "sarif", "github", "gitlab", "junit",
        ] {
            let output = run(
                folder.path(),
                &["check", ".", "--format", format, "--lang", lang],
            );
            assert_eq!(output.status.code(), Some(1));
            for text in [output.stdout, output.stderr] {
                harmless(&String::from_utf8(text).unwrap(), format);
            }
        }
        for format in ["table", "markdown", "csv", "json"] {
            let output = run(
                folder.path(),
                &["report", ".", "--format", format, "--lang", lang],
            );
            harmless(&String::from_utf8(output.stdout).unwrap(), format);
        }
    }
}

#[track_caller]
fn harmless(text: &str, format: &str) {
    let steering = |c: char| {
        (c.is_control() && !matches!(c, '\n' | '\r'))
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    assert!(!text.contains(steering), "{format}: {text}");
    for line in text.lines() {
        // A service reads commands from the log of any format that is made for people, and its own.
        let read_in_a_log = matches!(format, "text" | "concise" | "github" | "table");
        if read_in_a_log {
            assert!(
                !line.contains("##[") && !line.contains("##vso["),
                "{format}: {line}"
            );
        }
        // The name of a command follows its colons; `::: ./file:1:2` is none.
        let after = line.trim_start().strip_prefix("::");
        let command = after.is_some_and(|name| !name.starts_with([':', ' ']));
        assert!(
            !command || format == "github" && !line.starts_with("::error::"),
            "{format}: {line}"
        );
    }
}

#[test]
fn one_unit_in_two_files_is_told_and_names_that_differ_only_by_width_are_one_name() {
    for name in ["甲镇", "甲 镇", " 甲镇\u{3000}", "甲\u{a0}镇"] {
        let folder = folder();
        fs::write(folder.path().join("a.toml"), HEAD).unwrap();
        let second = HEAD.replace("甲镇", name);
        fs::write(folder.path().join("b.toml"), second).unwrap();
        let found = findings(folder.path());
        let said = |rule: &str| found.iter().filter(|(_, name, ..)| name == rule).count();
        assert_eq!(said("duplicate-plan"), 1, "{name}: {found:#?}");
        assert_eq!(said("name-mismatch"), 0, "{name}: {found:#?}");
    }
}

#[test]
fn a_code_in_full_width_is_no_code_of_the_roster_and_the_right_one_is_named() {
    let folder = folder();
    fs::write(folder.path().join("b.toml"), HEAD.replace("01", "０１")).unwrap();
    let arguments = ["check", ".", "--format", "concise", "--lang", "en"];
    let text = String::from_utf8(run(folder.path(), &arguments).stdout).unwrap();
    let said = text.lines().find(|line| line.contains("unknown-unit"));
    assert!(
        said.is_some_and(
            |line| line.starts_with("./b.toml:2:8:") && line.contains("did you mean “01”")
        ),
        "{text}"
    );
}

#[cfg(unix)]
mod unix {
    use std::ffi::{OsStr, OsString};
    use std::os::unix::ffi::{OsStrExt, OsStringExt};
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    #[test]
    fn every_name_that_a_file_can_have_is_read() {
        let folder = folder();
        let long = format!("{}.toml", "x".repeat(250));
        let names: [&[u8]; 7] = [
            b"with blanks .toml",
            b"line\nbreak.toml",
            b"-dash.toml",
            b"not utf8 \xff\xfe.toml",
            long.as_bytes(),
            b"::error::.toml",
            "甲镇（最终版）(2).TOML".as_bytes(),
        ];
        for name in names {
            fs::write(folder.path().join(OsStr::from_bytes(name)), HEAD).unwrap();
        }
        let found = findings(folder.path());
        let said = |rule: &str| found.iter().filter(|(_, name, ..)| name == rule).count();
        assert_eq!(said("no-secretary"), names.len(), "{found:#?}");
        assert_eq!(said("duplicate-plan"), names.len() - 1, "{found:#?}");
    }

    #[test]
    fn an_argument_need_not_be_utf8() {
        let folder = folder();
        let name = OsString::from_vec(b"a\xff.toml".to_vec());
        fs::write(folder.path().join(&name), HEAD).unwrap();
        for (name, code) in [(name, 1), (OsString::from_vec(b"b\xff.toml".to_vec()), 2)] {
            let output = Command::new(env!("CARGO_BIN_EXE_duban"))
                .args([
                    "check",
                    "--as-of",
                    "2022-11-15",
                    "--lang",
                    "en",
                    "--fail-on",
                    "note",
                ])
                .arg(name)
                .current_dir(folder.path())
                .output()
                .unwrap();
            let said = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(code), "{said}");
        }
    }

    #[test]
    fn links_folders_pipes_and_devices_neither_hold_it_up_nor_vanish() {
        let folder = folder();
        let at = |name: &str| folder.path().join(name);
        symlink("b", at("a.toml")).unwrap();
        symlink("a.toml", at("b")).unwrap();
        symlink("nowhere", at("dangling.toml")).unwrap();
        symlink(".", at("around")).unwrap();
        symlink("/dev/zero", at("zero.toml")).unwrap();
        fs::create_dir(at("folder.toml")).unwrap();
        fs::write(at("folder.toml/01.toml"), HEAD).unwrap();
        assert!(
            Command::new("mkfifo")
                .arg(at("pipe.toml"))
                .status()
                .unwrap()
                .success()
        );
        let found = findings(folder.path());
        let said = |file: &str| {
            let about = found.iter().find(|(name, rule, ..)| {
                name.trim_start_matches("./") == file && rule == "unreadable"
            });
            about
                .map(|(.., message)| message.clone())
                .unwrap_or_else(|| panic!("{file}: {found:#?}"))
        };
        assert!(said("a.toml").contains("links lead back to themselves"));
        assert!(said("dangling.toml").contains("a link leads nowhere"));
        assert!(said("around").contains("a folder above it"));
        assert!(said("zero.toml").contains("not a regular file"));
        assert!(said("pipe.toml").contains("not a regular file"));
        assert!(
            found
                .iter()
                .any(|(file, ..)| file.ends_with("folder.toml/01.toml"))
        );
        // In Chinese nothing of it is left in English.
        let output = run(
            folder.path(),
            &["check", ".", "--format", "concise", "--lang", "zh"],
        );
        let text = String::from_utf8(output.stdout).unwrap();
        for word in ["os error", "IO error", "Too many"] {
            assert!(!text.contains(word), "{text}");
        }
    }

    #[test]
    fn one_file_by_two_paths_is_read_once_and_the_other_path_is_named() {
        let folder = folder();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("sub")).unwrap();
        fs::write(at("sub/01.toml"), HEAD).unwrap();
        symlink("sub", at("again")).unwrap();
        symlink("sub/01.toml", at("00.toml")).unwrap();
        let found = findings(folder.path());
        assert!(
            found.iter().all(|(_, name, ..)| name != "duplicate-plan"),
            "{found:#?}"
        );
        let output = run(folder.path(), &["check", ".", "-v", "--lang", "en"]);
        let said = String::from_utf8(output.stderr).unwrap();
        for name in ["again/01.toml", "00.toml"] {
            let line = said.lines().find(|line| line.contains(name));
            assert!(
                line.is_some_and(|line| line.contains("read already")),
                "{said}"
            );
        }
    }

    #[test]
    fn a_file_without_permission_is_told() {
        let folder = folder();
        let file = folder.path().join("x.toml");
        fs::write(&file, HEAD).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o000)).unwrap();
        if fs::read(&file).is_ok() {
            eprintln!("skipped: this user may read everything");
            return;
        }
        let found = findings(folder.path());
        assert!(
            found
                .iter()
                .any(|(.., message)| message.contains("permission denied")),
            "{found:#?}"
        );
    }

    #[test]
    fn evidence_outside_the_folder_is_never_opened() {
        let folder = folder();
        fs::create_dir(folder.path().join("佐证")).unwrap();
        symlink("/etc", folder.path().join("佐证/etc")).unwrap();
        for path in [
            "/etc/passwd",
            "../x",
            "佐证/etc/passwd",
            "C:/x",
            "佐证/../../x",
            "\\\\\\\\host\\\\x",
        ] {
            let file = format!("{HEAD}[plan]\nfiled = 2022-03-31\nevidence = [\"{path}\"]\n");
            fs::write(folder.path().join("x.toml"), file).unwrap();
            let found = findings(folder.path());
            assert!(
                found
                    .iter()
                    .any(|(_, name, line, _)| name == "outside-folder" && *line == 6),
                "{path}: {found:#?}"
            );
        }
    }

    #[test]
    fn files_that_come_and_go_meanwhile_never_end_the_run() {
        use std::sync::atomic::{AtomicBool, Ordering};
        let folder = folder();
        let (name, done) = (folder.path().join("x.toml"), AtomicBool::new(false));
        std::thread::scope(|scope| {
            scope.spawn(|| {
                // A file, nothing, a pipe, a folder, a device, in turn.
                for turn in (0..).take_while(|_| !done.load(Ordering::Relaxed)) {
                    _ = match turn % 5 {
                        0 => fs::write(&name, HEAD).is_ok(),
                        2 => Command::new("mkfifo").arg(&name).status().is_ok(),
                        3 => fs::create_dir(&name).is_ok(),
                        4 => symlink("/dev/zero", &name).is_ok(),
                        _ => true,
                    };
                    _ = fs::remove_file(&name);
                    _ = fs::remove_dir(&name);
                }
            });
            for _ in 0..40 {
                let output = run(folder.path(), &["check", ".", "--lang", "en", "-q"]);
                let said = String::from_utf8(output.stderr).unwrap();
                assert!(matches!(output.status.code(), Some(0 | 1)), "{said}");
                assert!(!said.contains("panicked"), "{said}");
            }
            done.store(true, Ordering::Relaxed);
        });
    }
}
