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
