//! Every mistake that clap finds has words of ours.

use std::ffi::OsString;

use clap::{Arg, ArgAction, ArgGroup};

use super::*;
use crate::cli::{help, leftovers, with_command};

fn found(command: Command, line: &[&str]) -> (ErrorKind, Mistake) {
    let error = command.clone().try_get_matches_from(line).unwrap_err();
    (error.kind(), Mistake::of(&error, &command))
}

fn found_here(lang: Lang, line: &[&str]) -> (ErrorKind, Mistake) {
    with_command(lang, |command| found(help::with_pages(command, lang), line))
}

fn shown(lang: Lang, line: &[&str]) -> String {
    found_here(lang, line).1.render(lang)
}

#[track_caller]
fn assert_shown(line: &str, zh: &str, en: &str) {
    let line: Vec<&str> = line.split(' ').collect();
    assert_eq!(shown(Lang::Zh, &line), zh);
    assert_eq!(shown(Lang::En, &line), en);
}

/// Mistakes that the program's own options allow.
const LINES: &[&str] = &[
    "duban check --fial-on error",
    "duban check --by unit",
    "duban check --version",
    "duban check --nothing",
    "duban check -甲.toml",
    "duban --by unit report",
    "duban explain late missing",
    "duban -- check",
    "duban chekc",
    "duban 甲.toml",
    "duban -q",
    "duban check --fail-on",
    "duban check --fail-on eror",
    "duban check --campaign",
    "duban check --select late,",
    "duban check --lang fr",
    "duban check -q -v",
    "duban check --quiet=yes",
];

#[test]
fn an_option_that_stands_twice_contradicts_only_itself() {
    let said = |others: &[&str]| {
        let mistake = Mistake::conflict("--to", others);
        (mistake.render(Lang::Zh), mistake.render(Lang::En))
    };
    let (zh, en) = said(&["--to"]);
    assert!(zh.contains("--to写了多次") && zh.contains("只留一个--to"));
    assert!(en.contains("--to is given more than once") && en.contains("keep one --to"));
    for other in [&["--from"][..], &["--to", "--from"], &[]] {
        let (zh, en) = said(other);
        assert!(!zh.contains("多次") && !en.contains("more than once"));
    }
}

/// Mistakes that only options of another kind allow: commands to come may have them.
fn strange() -> Vec<(Command, Vec<&'static str>)> {
    let plain = || Command::new("duban").override_usage("duban [X]");
    let option = || {
        Arg::new("to")
            .long("to")
            .value_name("X")
            .action(ArgAction::Set)
    };
    let flags = || ["a", "b", "c"].map(|name| Arg::new(name).long(name).action(ArgAction::SetTrue));
    let others = ArgGroup::new("others").args(["b", "c"]).multiple(true);
    vec![
        (
            plain().arg(option().num_args(2)),
            vec!["duban", "--to", "x"],
        ),
        (
            plain().arg(option().num_args(2..4)),
            vec!["duban", "--to", "x"],
        ),
        (
            plain().arg(option().require_equals(true)),
            vec!["duban", "--to", "x"],
        ),
        (plain().arg(option().required(true)), vec!["duban"]),
        (
            plain().arg(option()),
            vec!["duban", "--to", "x", "--to", "y"],
        ),
        (
            plain().args(flags()).group(others.conflicts_with("a")),
            vec!["duban", "--a", "--b", "--c"],
        ),
        (
            plain()
                .subcommand(Command::new("x"))
                .subcommand_required(true),
            vec!["duban"],
        ),
    ]
}

/// Every mistake that can be made here, in this language.
fn all(lang: Lang) -> Vec<(ErrorKind, String)> {
    let ours = LINES.iter().map(|line| {
        let line: Vec<&str> = line.split(' ').collect();
        found_here(lang, &line)
    });
    let strange = strange()
        .into_iter()
        .map(|(command, line)| found(command, &line));
    let raw = [ErrorKind::Io, ErrorKind::Format, ErrorKind::InvalidUtf8].map(|kind| {
        let error = Error::raw(kind, "clap's own words");
        (kind, Mistake::of(&error, &Command::new("duban")))
    });
    ours.chain(strange)
        .chain(raw)
        .map(|(kind, mistake)| (kind, mistake.render(lang)))
        .collect()
}

#[test]
fn every_kind_of_mistake_is_tried() {
    use ErrorKind::*;
    let tried: Vec<ErrorKind> = all(Lang::En).into_iter().map(|(kind, _)| kind).collect();
    for kind in [
        InvalidValue,
        UnknownArgument,
        InvalidSubcommand,
        NoEquals,
        ValueValidation,
        TooManyValues,
        TooFewValues,
        WrongNumberOfValues,
        ArgumentConflict,
        MissingRequiredArgument,
        MissingSubcommand,
        InvalidUtf8,
        Io,
        Format,
    ] {
        assert!(tried.contains(&kind), "{kind:?}");
    }
}

#[test]
fn chinese_mistakes_have_nothing_english_left() {
    for (kind, text) in all(Lang::Zh) {
        assert_eq!(
            leftovers::in_chinese(&text),
            Vec::<String>::new(),
            "{kind:?}: {text}"
        );
        assert!(
            text.starts_with("错误：") && text.lines().count() == 2,
            "{text}"
        );
        assert!(
            text.lines().nth(1).unwrap().len() > "改法：".len(),
            "{text}"
        );
    }
}

#[test]
fn english_mistakes_have_nothing_chinese_left() {
    for (kind, text) in all(Lang::En) {
        let typed_in_chinese = text.contains("甲");
        assert!(
            typed_in_chinese || leftovers::in_english(&text).is_empty(),
            "{kind:?}: {text}"
        );
        assert!(
            text.lines().nth(1).unwrap().len() > "hint: ".len(),
            "{text}"
        );
    }
}

#[test]
fn a_misspelt_option_is_recognised() {
    assert_shown(
        "duban check --fial-on error",
        "错误：duban check没有--fial-on这个选项\n改法：是否为“--fail-on”？可用的选项见duban check --help\n",
        "error: duban check has no option --fial-on\n\
             hint: did you mean “--fail-on”? the options are listed by duban check --help\n",
    );
}

#[test]
fn an_option_of_another_command_is_sent_there() {
    assert_shown(
        "duban check --by unit",
        "错误：duban check没有--by这个选项\n改法：--by是report的选项，要写在命令后面\n",
        "error: duban check has no option --by\nhint: --by is an option of report and goes after the command\n",
    );
    assert!(
        shown(Lang::En, &["duban", "-o", "x", "check"]).contains(
            "option of check, report, notice, template, import, schema, man and goes after"
        )
    );
    assert!(
        shown(Lang::Zh, &["duban", "check", "--version"]).ends_with("改法：写成duban --version\n")
    );
}

#[test]
fn a_file_name_may_begin_with_a_hyphen() {
    let text = shown(Lang::Zh, &["duban", "check", "--甲.toml"]);
    assert!(
        text.ends_with("；以“-”开头的文件名，前面加上./\n"),
        "{text}"
    );
    for likely in ["--甲", "--a.toml"] {
        assert!(
            shown(Lang::Zh, &["duban", "check", likely]).contains("文件名"),
            "{likely}"
        );
    }
    assert!(!shown(Lang::Zh, &["duban", "check", "--nothing"]).contains("文件名"));
}

#[test]
fn a_word_too_many_is_named() {
    assert_shown(
        "duban explain late missing",
        "错误：“missing”是多余的\n改法：去掉它；用法见duban explain --help\n",
        "error: “missing” is one word too many\nhint: leave it out; duban explain --help shows the usage\n",
    );
    assert!(shown(Lang::Zh, &["duban", "--", "check"]).ends_with("改法：去掉check前面的“--”\n"));
}

#[test]
fn a_misspelt_command_is_recognised() {
    let (zh, en) = match cfg!(feature = "lsp") {
        true => ("lsp、", "lsp, "),
        false => ("", ""),
    };
    assert_shown(
        "duban chekc",
        &format!(
            "错误：duban没有“chekc”这个命令\n改法：是否为“check”或“schema”？可用的命令有check、report、notice、fix、explain、new、init、{zh}template、import、schema、completions、man、help\n"
        ),
        &format!(
            "error: duban has no command “chekc”\n\
                 hint: did you mean “check” or “schema”? the commands are: check, report, notice, fix, explain, new, init, {en}template, import, schema, completions, man, help\n"
        ),
    );
}

#[test]
fn a_value_that_does_not_exist_is_answered_with_those_that_do() {
    assert_shown(
        "duban check --fail-on eror",
        "错误：--fail-on的值不能是“eror”\n改法：是否为“error”？从error、warning、note、never中选一个\n",
        "error: --fail-on cannot be “eror”\n\
             hint: did you mean “error”? choose one of: error, warning, note, never\n",
    );
}

#[test]
fn a_missing_value_is_answered_with_the_form() {
    assert_shown(
        "duban check --campaign",
        "错误：--campaign后面缺少值\n改法：写成--campaign <文件>\n",
        "error: --campaign has no value\nhint: write --campaign <FILE>\n",
    );
}

#[test]
fn options_that_contradict_each_other_are_named() {
    assert_shown(
        "duban check -q -v",
        "错误：--quiet不能与--verbose同时使用\n改法：只留其中一个\n",
        "error: --quiet cannot be used together with --verbose\nhint: keep only one of them\n",
    );
}

#[test]
fn what_was_typed_cannot_steer_the_terminal() {
    let text = shown(Lang::En, &["duban", "check", "--format", "a\nb\u{1b}[31m"]);
    assert!(
        text.starts_with("error: --format cannot be “a\\nb\\u{1b}[31m”\n"),
        "{text}"
    );
}

#[cfg(unix)]
#[test]
fn a_date_in_another_encoding_is_a_mistake() {
    use std::os::unix::ffi::OsStringExt;
    let line = [
        "duban".into(),
        "check".into(),
        "--as-of".into(),
        OsString::from_vec(vec![0xff]),
    ];
    let error = with_command(Lang::Zh, |command| command.try_get_matches_from(line)).unwrap_err();
    let text = Mistake::of(&error, &Command::new("duban")).render(Lang::Zh);
    assert!(text.starts_with("错误：命令中有无法辨认的字符"), "{text}");
}

#[test]
fn what_only_commands_to_come_allow_is_said_in_words_too() {
    let said: Vec<(String, String)> = strange()
        .into_iter()
        .map(|(command, line)| {
            let (_, mistake) = found(command, &line);
            (mistake.render(Lang::Zh), mistake.render(Lang::En))
        })
        .collect();
    let two = (
        "错误：--to后面要有2个值，只写了1个\n改法：补足2个值\n",
        "error: --to needs 2 values and has 1\nhint: give 2 values\n",
    );
    for (number, (zh, en)) in [
        (0, two),
        (1, two),
        (
            2,
            (
                "错误：--to与值之间缺少等号\n改法：写成--to=值\n",
                "error: there is no equals sign between --to and its value\nhint: write --to=VALUE\n",
            ),
        ),
        (
            3,
            (
                "错误：还缺少--to <X>\n改法：用法见duban --help\n",
                "error: --to <X> is missing\nhint: duban --help shows the usage\n",
            ),
        ),
        (
            6,
            (
                "错误：没有写要做什么\n改法：在duban后面写上命令；可用的命令有x\n",
                "error: the command is missing\nhint: write a command after duban; the commands are: x\n",
            ),
        ),
    ] {
        assert_eq!(said[number], (zh.to_owned(), en.to_owned()), "{number}");
    }
    assert_shown(
        "duban check --quiet=yes",
        "错误：--quiet后面多了一个值“yes”\n改法：去掉“yes”\n",
        "error: --quiet has a value too many: “yes”\nhint: leave out “yes”\n",
    );
    assert_eq!(
        Mistake::conflict("--to", &[]).render(Lang::Zh),
        "错误：--to不能与其他选项同时使用\n改法：去掉--to，或去掉其他选项\n"
    );
}
