//! What a folder may hold beside sound files, and what they may be called.

use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::os::unix::fs::{PermissionsExt, symlink};

use super::*;

#[test]
fn every_name_that_a_file_can_have_is_read() {
    let folder = folder();
    let long = format!("{}.toml", "x".repeat(250));
    let names: [&[u8]; 8] = [
        b"with blanks .toml",
        b"line\nbreak.toml",
        b"-dash.toml",
        b"not utf8 \xff\xfe.toml",
        b"not utf8 \xff\xfd.toml",
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
    // Bytes that are no character are shown as they are, so that no two names look the same.
    for name in ["./not utf8 \\xff\\xfe.toml", "./not utf8 \\xff\\xfd.toml"] {
        assert!(found.iter().any(|(file, ..)| file == name), "{found:#?}");
    }
    let arguments = ["check", ".", "--format", "concise", "--lang", "en", "-q"];
    let lines = String::from_utf8(run(folder.path(), &arguments).stdout).unwrap();
    for line in lines.lines() {
        assert!(
            line.starts_with("./") && line.to_lowercase().contains(".toml:"),
            "{line}"
        );
    }
    assert!(lines.contains("./line\\nbreak.toml:"), "{lines}");
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
        let about = found
            .iter()
            .find(|(name, rule, ..)| name.trim_start_matches("./") == file && rule == "unreadable");
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
