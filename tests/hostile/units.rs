//! Whose file it is.

use super::*;

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
fn of_several_files_of_one_unit_all_but_one_are_told_with_their_number() {
    let folder = folder();
    for name in ["a.toml", "b.toml", "c.toml"] {
        fs::write(folder.path().join(name), HEAD).unwrap();
    }
    let arguments = [
        "check",
        ".",
        "--format",
        "concise",
        "--select",
        "duplicate-plan",
    ];
    for (lang, said) in [
        ("zh", "甲镇有3份文件（核对后保留一份，删去其余各份）"),
        (
            "en",
            "甲镇 has 3 plan files (keep one of them and delete the others)",
        ),
    ] {
        let output = run(folder.path(), &[&arguments[..], &["--lang", lang]].concat());
        let text = String::from_utf8(output.stdout).unwrap();
        let told: Vec<&str> = text.lines().filter(|line| line.contains("R003")).collect();
        assert_eq!(told.len(), 2, "{text}");
        assert!(told[0].starts_with("./b.toml:2:8:") && told[1].starts_with("./c.toml:2:8:"));
        assert!(told.iter().all(|line| line.ends_with(said)), "{text}");
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

#[test]
fn in_a_folder_of_strangers_each_is_told_and_the_one_that_was_meant_is_named() {
    // More units than are compared one by one, and as many files of which the roster knows none.
    let folder = tempfile::tempdir().unwrap();
    let unit = |n: usize| format!("\n[[unit]]\ncode = \"U{:05}\"\nname = \"{n}镇\"\n", 11 * n);
    let units: String = (0..1500).map(unit).collect();
    fs::write(
        folder.path().join("campaign.toml"),
        format!("{CAMPAIGN}{units}"),
    )
    .unwrap();
    let plan = |file: &str, code: &str, name: &str| {
        let text = format!("[unit]\ncode = \"{code}\"\nname = \"{name}\"\n");
        fs::write(folder.path().join(file), text).unwrap();
    };
    for n in 0..1500 {
        plan(&format!("{n}.toml"), &format!("X-{n}"), &format!("外地{n}"));
    }
    plan("letter.toml", "U0011O", "外地");
    plan("name.toml", "X-1", "20 镇");
    let arguments = [
        "check",
        ".",
        "--format",
        "concise",
        "--lang",
        "en",
        "--select",
        "unknown-unit",
    ];
    let text = String::from_utf8(run(folder.path(), &arguments).stdout).unwrap();
    assert_eq!(
        text.lines()
            .filter(|line| line.contains("unknown-unit"))
            .count(),
        1502
    );
    let meant = |file: &str| text.lines().find(|line| line.starts_with(file)).unwrap();
    assert!(
        meant("./letter.toml").contains("did you mean “U00110”, 10镇?"),
        "{}",
        meant("./letter.toml")
    );
    assert!(
        meant("./name.toml").contains("did you mean “U00220”, 20镇?"),
        "{}",
        meant("./name.toml")
    );
    assert_eq!(text.matches("did you mean").count(), 2);
}
