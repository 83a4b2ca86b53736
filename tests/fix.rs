//! `duban fix` by its program: each kind of repair, what must not be repaired, and files that cannot be written.

#![allow(clippy::unwrap_used, clippy::print_stderr, missing_docs)]

mod support;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use duban::fix;
use support::Folder;

fn duban(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_duban"))
        .args(arguments)
        .current_dir(folder)
        .env("DUBAN_LANG", "zh")
        .output()
        .unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A plan file with every kind of damage that can be repaired, comments and odd layout.
const BEFORE: &str = r#"#:schema ../plan.schema.json
# 甲镇报送

[unit]   # 单位
  code = "01"
name = “甲镇”     # 名称
contact = { name = “钱地支”，phone = "0421-0000000" }

【plan】
titel = "甲镇方案"   # 标题

special_meeting = "2022年3月18日"
adopted = 2022年3月25日	# 制定
flied = "２０２２-３-２８"
document_number = '甲党发[2022]第０5号'   # 文号
revised = [2022-5-10， "2022/6/1"]

[[problem]]
text = “坚持“两学一做”常态化”
due：2022.9.30

[[meetnig]]
kind = "民主生活会"
expected = １２人
present = "十一"
reviews_campaign = 是
"#;

const AFTER: &str = r#"#:schema ../plan.schema.json
# 甲镇报送

[unit]   # 单位
  code = "01"
name = "甲镇"     # 名称
contact = { name = "钱地支", phone = "0421-0000000" }

[plan]
title = "甲镇方案"   # 标题

special_meeting = 2022-03-18
adopted = 2022-03-25	# 制定
filed = 2022-03-28
document_number = '甲党发〔2022〕5号'   # 文号
revised = [2022-05-10, 2022-06-01]

[[problem]]
text = "坚持“两学一做”常态化"
due = 2022-09-30

[[meeting]]
kind = "民主生活会"
expected = 12
present = 11
reviews_campaign = true
"#;

fn folder() -> Folder {
    Folder::new(support::JIA)
}

#[test]
fn every_kind_of_repair_keeps_comments_and_layout() {
    let folder = folder().file("01.toml", BEFORE);
    let output = duban(folder.path(), &["fix", "."]);
    assert_eq!(
        fs::read_to_string(folder.path().join("01.toml")).unwrap(),
        AFTER
    );
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let said = out(&output);
    assert!(said.starts_with("已改./01.toml："), "{said}");
    assert!(said.contains("共改正1个文件"), "{said}");
    let again = duban(folder.path(), &["fix", "."]);
    assert_eq!(
        out(&again),
        "没有可以自动改正的；还有1处写法问题要自己改，见duban check\n"
    );
    assert_eq!(again.status.code(), Some(0));
}

#[test]
fn line_ends_and_the_byte_order_mark_stay_as_they_are() {
    let text =
        "\u{feff}[unit]\r\ncode = \"01\"\r\nname = “甲镇”\r\n\r\n[plan]\r\nfiled = \"2022-3-28\"";
    let folder = folder().file("01.toml", text);
    duban(folder.path(), &["fix"]);
    let after = fs::read_to_string(folder.path().join("01.toml")).unwrap();
    let expected = text
        .replace(['“', '”'], "\"")
        .replace("\"2022-3-28\"", "2022-03-28");
    assert_eq!(after, expected);
}

#[test]
fn files_in_other_encodings_become_utf8() {
    let text = "[unit]\r\ncode = \"01\"\r\nname = \"甲镇\"\r\n";
    let (gbk, ..) = encoding_rs::GBK.encode(text);
    let utf16: Vec<u8> = "\u{feff}"
        .encode_utf16()
        .chain(text.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    for (bytes, name) in [(gbk.into_owned(), "GBK"), (utf16, "UTF-16")] {
        let folder = folder().bytes("01.toml", &bytes);
        let path = folder.path().join("01.toml");
        let shown = duban(folder.path(), &["fix", "--diff"]);
        assert_eq!(out(&shown), format!("./01.toml：由{name}存为UTF-8\n"));
        assert_eq!(shown.status.code(), Some(1));
        assert_eq!(fs::read(&path).unwrap(), bytes);
        let kept = duban(folder.path(), &["fix", "--ignore", "encoding"]);
        assert_eq!(kept.status.code(), Some(0));
        assert_eq!(fs::read(&path).unwrap(), bytes);
        duban(folder.path(), &["fix"]);
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
    }
}

#[test]
fn a_difference_is_shown_and_nothing_is_written() {
    let folder = folder().file("01.toml", BEFORE);
    let output = duban(folder.path(), &["fix", "--diff"]);
    assert_eq!(output.status.code(), Some(1));
    let said = out(&output);
    for part in [
        "--- ./01.toml\n+++ ./01.toml\n@@ -3,24 +3,24 @@\n",
        "\n-titel = \"甲镇方案\"   # 标题\n",
        "\n+title = \"甲镇方案\"   # 标题\n",
        "\n [[problem]]\n",
    ] {
        assert!(said.contains(part), "{part}\n{said}");
    }
    assert!(err(&output).contains("没有写文件"), "{output:?}");
    assert_eq!(
        fs::read_to_string(folder.path().join("01.toml")).unwrap(),
        BEFORE
    );
    let fine = folder.file("01.toml", AFTER);
    assert_eq!(
        duban(fine.path(), &["fix", "--diff"]).status.code(),
        Some(0)
    );
}

#[cfg(unix)]
#[test]
fn the_difference_is_what_patch_makes_of_the_file() {
    let folder = folder().file("01.toml", BEFORE);
    let output = duban(folder.path(), &["fix", "--diff", "-q"]);
    fs::write(folder.path().join("patch"), out(&output)).unwrap();
    let patch = Command::new("patch")
        .args(["-s", "01.toml", "patch"])
        .current_dir(folder.path())
        .output();
    match patch {
        Err(error) => eprintln!("skipped: patch is not here ({error})"),
        Ok(patch) => {
            assert!(patch.status.success(), "{patch:?}");
            let after = fs::read_to_string(folder.path().join("01.toml")).unwrap();
            assert_eq!(after, AFTER);
        }
    }
}

#[test]
fn what_is_not_certain_is_not_touched() {
    for text in [
        // A date of which nobody can say which it is, and no date at all.
        "[plan]\nfiled = \"2022-3-1 2\"\n",
        "[plan]\nfiled = \"3月底\"\n",
        "[plan]\nfiled = 3月28日\n",
        // Two near keys, one that is there already, two that mean the same, one that stands twice.
        "[[measure]]\ntext = \"x\"\ndne = 2022-05-01\n",
        "[plan]\nfiled = 2022-03-28\nflied = 2022-03-29\n",
        "[plan]\nfileed = 2022-03-28\nflied = 2022-03-29\n",
        "[plan]\nflied = 2022-03-28\nflied = 2022-03-29\n",
        "[plan]\nfiled = 三月\nflied = 2022-03-29\n",
        "[plan]\nfiled = 2022-3-28\nfiled = 2022-3-29\n",
        // A key of which the value is something else, and another word.
        "[plan]\nflied = \"已报送\"\n",
        "[[outcome]]\ntitle = \"甲制度\"\nreleased = 2022-05-01\n",
        // One name in several places.
        "[[meetnig]]\nkind = \"民主生活会\"\n[[meetnig.evidence]]\nfile = \"a\"\n",
        "[plan]\ntitle = \"x\"\n[unti]\ncode.x = 1\n",
        // A header that would stand twice.
        "[plan]\nfiled = 2022-03-28\n【plan】\nadopted = 2022-03-25\n",
        // Numbers of which the word behind them says more, and brackets of which the year is unknown.
        "[[activity]]\nkind = \"培训\"\nparticipants = 3万\n",
        "[plan]\ndocument_number = \"甲党发〔98〕5号\"\n",
        "[plan]\ndocument_number = \"甲党发第5号\"\n",
        // Quotation marks that do not come in pairs, or enclose two texts.
        "[plan]\ntitle = “甲”和“乙”\n",
        "[plan]\ntitle = “甲\"乙”\n",
        "[plan]\ntitle = '甲\n",
        // What may be a version.
        "[tool]\nversion = 2022.3.28\n",
        // Text that looks like damage.
        "[plan]\ntitle = \"于2022年3月5日，第５号，“＝”\" # “甲”，2022-3-5\n",
    ] {
        let text = format!("[unit]\ncode = \"01\"\nname = \"甲镇\"\n{text}");
        let folder = folder().file("01.toml", &text);
        let output = duban(folder.path(), &["fix"]);
        assert_eq!(
            fs::read_to_string(folder.path().join("01.toml")).unwrap(),
            text
        );
        assert_eq!(output.status.code(), Some(0), "{output:?}");
    }
}

#[test]
fn the_file_of_another_program_keeps_its_keys() {
    let text = "[units]\nname = \"x\"\n[plans]\na = 1\n";
    let folder = folder().file("other.toml", text);
    duban(folder.path(), &["fix"]);
    assert_eq!(
        fs::read_to_string(folder.path().join("other.toml")).unwrap(),
        text
    );
}

#[test]
fn a_file_that_cannot_be_repaired_is_told_and_the_others_are_repaired() {
    let folder = folder()
        .file("01.toml", BEFORE)
        .bytes("02.toml", b"\x89PNG\xff\xfe\x00 = \xff");
    let output = duban(folder.path(), &["fix"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        err(&output).starts_with("没有改./02.toml：文件不是文字"),
        "{output:?}"
    );
    assert_eq!(
        fs::read_to_string(folder.path().join("01.toml")).unwrap(),
        AFTER
    );
    assert_eq!(
        fs::read(folder.path().join("02.toml")).unwrap(),
        b"\x89PNG\xff\xfe\x00 = \xff"
    );
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn permissions_stay_and_what_is_read_only_stays_as_it_is() {
        let folder = folder().file("01.toml", BEFORE).file("02.toml", BEFORE);
        let [one, two] = ["01.toml", "02.toml"].map(|name| folder.path().join(name));
        fs::set_permissions(&one, fs::Permissions::from_mode(0o666)).unwrap();
        fs::set_permissions(&two, fs::Permissions::from_mode(0o444)).unwrap();
        let output = duban(folder.path(), &["fix"]);
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(
            err(&output),
            "没有改./02.toml：文件是只读的（去掉只读属性，再改一次）\n"
        );
        assert_eq!(
            (fs::read_to_string(&one).unwrap(), mode(&one)),
            (AFTER.to_owned(), 0o666)
        );
        assert_eq!(
            (fs::read_to_string(&two).unwrap(), mode(&two)),
            (BEFORE.to_owned(), 0o444)
        );
    }

    #[test]
    fn a_file_that_has_vanished_and_a_pipe_are_told_and_the_others_are_repaired() {
        let folder = folder().file("03.toml", BEFORE);
        symlink("gone.toml", folder.path().join("01.toml")).unwrap();
        let made = Command::new("mkfifo")
            .arg(folder.path().join("02.toml"))
            .status()
            .unwrap();
        assert!(made.success());
        let output = duban(folder.path(), &["fix"]);
        assert_eq!(output.status.code(), Some(2));
        let said = err(&output);
        assert!(
            said.contains("没有改./01.toml：文件读不了：文件不存在"),
            "{said}"
        );
        assert!(said.contains("没有改./02.toml：这不是普通文件"), "{said}");
        assert_eq!(
            fs::read_to_string(folder.path().join("03.toml")).unwrap(),
            AFTER
        );
    }

    #[test]
    fn a_link_stays_a_link_and_leads_nobody_out_of_the_folder() {
        let outside = folder().file("secret.toml", BEFORE);
        let folder = folder().file("01.toml", BEFORE);
        let (link, out_of_it) = (folder.path().join("z.toml"), folder.path().join("y.toml"));
        symlink("01.toml", &link).unwrap();
        symlink(outside.path().join("secret.toml"), &out_of_it).unwrap();
        let output = duban(folder.path(), &["fix"]);
        assert_eq!(output.status.code(), Some(2));
        assert!(
            err(&output).contains("没有改./y.toml：这是链接"),
            "{output:?}"
        );
        assert_eq!(
            fs::read_to_string(outside.path().join("secret.toml")).unwrap(),
            BEFORE
        );
        assert_eq!(
            fs::read_to_string(folder.path().join("01.toml")).unwrap(),
            AFTER
        );
        assert!(link.is_symlink());
        // Named itself, it is meant.
        let named = duban(folder.path(), &["fix", "y.toml"]);
        assert_eq!(named.status.code(), Some(0), "{named:?}");
        assert_eq!(
            fs::read_to_string(outside.path().join("secret.toml")).unwrap(),
            AFTER
        );
        assert!(out_of_it.is_symlink());
    }

    #[test]
    fn names_and_lines_obey_no_terminal() {
        let name = "a\u{1b}[31m\n::error::\u{202e}.toml";
        let text = "[unit]\ncode = \"01\" # \u{1b}[2J\u{202e}\nname = “甲镇”\n";
        let folder = folder().file(name, text);
        for arguments in [&["fix", "--diff"][..], &["fix"]] {
            let said = out(&duban(folder.path(), arguments));
            assert!(
                said.contains("a\\u{1b}[31m\\n::error::\\u{202e}.toml"),
                "{said}"
            );
            assert!(!said.contains(['\u{1b}', '\u{202e}']), "{said}");
        }
    }
}

#[test]
fn only_what_is_chosen_is_repaired() {
    let text = "[unit]\ncode = \"01\"\nname = \"甲镇\"\n[plan]\nflied = \"2022-3-28\"\nadopted = \"2022-3-25\"\n";
    let folder = folder().file("01.toml", text);
    let path = folder.path().join("01.toml");
    duban(folder.path(), &["fix", "--select", "unknown-key"]);
    assert_eq!(
        fs::read_to_string(&path).unwrap(),
        text.replace("flied", "filed")
    );
    duban(folder.path(), &["fix", "--ignore", "quoted-date"]);
    assert_eq!(
        fs::read_to_string(&path).unwrap(),
        text.replace("flied", "filed")
    );
    let unknown = duban(folder.path(), &["fix", "--select", "quoted-dates"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(err(&unknown).contains("是否为“quoted-date”"), "{unknown:?}");
}

#[test]
fn a_file_with_too_much_to_repair_is_left_alone_and_one_with_more_than_is_listed_is_not() {
    for (many, code) in [(2_500, 2), (450, 0)] {
        let dates = "\"2022-3-5\",\n".repeat(many);
        let text = support::jia(&format!("[plan]\nrevised = [\n{dates}]\n"));
        let folder = folder().file("01.toml", &text);
        let output = duban(folder.path(), &["fix"]);
        assert_eq!(output.status.code(), Some(code), "{output:?}");
        let repaired = match code {
            0 => text.replace("\"2022-3-5\"", "2022-03-05"),
            _ => text,
        };
        let after = fs::read_to_string(folder.path().join("01.toml")).unwrap();
        assert_eq!(after, repaired);
    }
}

#[test]
fn standard_input_is_refused() {
    let folder = folder();
    let output = duban(folder.path(), &["fix", "-"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("标准输入不能改正"), "{output:?}");
}

#[test]
fn a_check_says_how_much_can_be_repaired_and_every_finding_with_an_edit_is() {
    let folder = folder().file("01.toml", BEFORE);
    let verdict = folder.check("2022-04-01");
    let found = verdict
        .findings
        .iter()
        .filter(|finding| fix::can_repair(finding))
        .count();
    assert!(
        folder
            .summary("2022-04-01")
            .contains(&format!("\n其中{found}处可自动改正：duban fix\n"))
    );
    duban(folder.path(), &["fix"]);
    let verdict = folder.check("2022-04-01");
    assert!(
        !verdict.findings.iter().any(fix::can_repair),
        "{:#?}",
        verdict.findings
    );
    assert!(!folder.summary("2022-04-01").contains("duban fix"));
}

/// The words of a fix and the edit are two ways to say the same.
#[test]
fn the_fix_that_is_shown_is_the_one_that_is_made() {
    for (line, fix) in [
        ("filed = \"2022年3月8日\"", "filed = 2022-03-08"),
        ("filed = 2022年3月8日", "filed = 2022-03-08"),
        ("filed = 20220308", "filed = 2022-03-08"),
        ("flied = 2022-03-08", "filed"),
        ("document_number = \"甲发[2022]5号\"", "甲发〔2022〕5号"),
        ("title = “甲”", "\"甲\""),
        ("title = \"甲”", "\"甲\""),
        ("title ＝ \"甲\"", "="),
        ("title: \"甲\"", "title = \"甲\""),
        ("【summary】", "[summary]"),
    ] {
        let folder = folder().file("01.toml", &support::jia(&format!("[plan]\n{line}\n")));
        let verdict = folder.check("2022-04-01");
        let finding = verdict
            .findings
            .iter()
            .find(|finding| finding.edit.is_some());
        let finding = finding.unwrap_or_else(|| panic!("{line}: {:#?}", verdict.findings));
        for words in [finding.fix.zh(), finding.fix.en()] {
            assert!(words.contains(fix), "{words}");
        }
        duban(folder.path(), &["fix"]);
        let after = fs::read_to_string(folder.path().join("01.toml")).unwrap();
        assert!(after.contains(fix), "{after}");
    }
}

#[test]
fn where_nothing_is_left_to_correct_by_hand_that_is_not_counted() {
    let folder = Folder::new("").file(
        "01.toml",
        "[unit]\ncode = \"01\"\nname = \"甲镇\"\n[plan]\nfiled = \"2022-03-28\"\n",
    );
    let output = duban(folder.path(), &["fix", "."]);
    let all = out(&output) + &err(&output);
    let summary = "共改正1个文件1处；其他问题见duban check\n";
    assert!(all.ends_with(summary), "{all}");
}
