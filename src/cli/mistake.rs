//! Mistakes in the command, in our words: what is wrong, then how to put it right. clap finds them and says which
//! words are concerned; its own sentences are not used.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, Error};

use crate::lang::{Lang, Text};
use crate::text;

/// What is wrong with the command, and how to put it right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mistake {
    wrong: Text,
    right: Text,
}

impl Mistake {
    /// What clap has found in a command line of this command.
    pub(super) fn of(error: &Error, command: &Command) -> Mistake {
        let facts = Facts::of(error);
        match error.kind() {
            ErrorKind::UnknownArgument => unknown_argument(&facts, command),
            ErrorKind::InvalidSubcommand => unknown_command(&facts, command),
            ErrorKind::MissingSubcommand => missing_command(&facts, command),
            ErrorKind::InvalidValue if facts.value.is_empty() => missing_value(&facts),
            ErrorKind::InvalidValue => invalid_value(&facts),
            ErrorKind::ValueValidation => refused_value(&facts, error),
            ErrorKind::TooManyValues => too_many_values(&facts),
            ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
                wrong_number_of_values(&facts)
            }
            ErrorKind::NoEquals => no_equals(&facts),
            ErrorKind::MissingRequiredArgument => missing_argument(&facts),
            ErrorKind::ArgumentConflict => Mistake::conflict(&facts.arg, &facts.others()),
            ErrorKind::InvalidUtf8 => not_utf8(),
            _ => not_understood(&facts),
        }
    }

    /// Options that contradict each other; one that contradicts itself was written twice.
    pub(super) fn conflict(one: &str, others: &[&str]) -> Mistake {
        let (zh, en) = (others.join("、"), others.join(", "));
        match others {
            [] => Mistake {
                wrong: text!(
                    "{one}不能与其他选项同时使用",
                    "{one} cannot be used together with other options"
                ),
                right: text!(
                    "去掉{one}，或去掉其他选项",
                    "leave out {one} or the other options"
                ),
            },
            [other] if *other == one => Mistake {
                wrong: text!("{one}写了多次", "{one} is given more than once"),
                right: text!("只留一个{one}", "keep one {one}"),
            },
            _ => Mistake {
                wrong: text!(
                    "{one}不能与{zh}同时使用",
                    "{one} cannot be used together with {en}"
                ),
                right: text!("只留其中一个", "keep only one of them"),
            },
        }
    }

    /// The two lines that are printed.
    pub(super) fn render(&self, lang: Lang) -> String {
        let (wrong, right) = (self.wrong.get(lang), self.right.get(lang));
        match lang {
            Lang::Zh => format!("错误：{wrong}\n改法：{right}\n"),
            Lang::En => format!("error: {wrong}\nhint: {right}\n"),
        }
    }
}

/// What clap tells about a mistake, as text that is safe to print.
struct Facts {
    /// The command concerned, as one writes it: `duban check`.
    path: String,
    /// The option as one writes it, without its value: `--fail-on`.
    arg: String,
    /// All that is missing or concerned, with their values: `<FILE>`.
    args: Vec<String>,
    prior: Vec<String>,
    value: String,
    possible: Vec<String>,
    similar: Vec<String>,
    /// Whether the word could be meant as a path that begins with `-`.
    maybe_path: bool,
    numbers: (isize, isize),
}

impl Facts {
    fn of(error: &Error) -> Facts {
        let words = |kind| words(error.get(kind));
        let first = |kind| words(kind).into_iter().next().unwrap_or_default();
        let number = |kind| match error.get(kind) {
            Some(ContextValue::Number(number)) => Some(*number),
            _ => None,
        };
        let args = words(ContextKind::InvalidArg);
        let least = number(ContextKind::ExpectedNumValues).or(number(ContextKind::MinValues));
        let value_kind = match error.kind() {
            ErrorKind::InvalidSubcommand => ContextKind::InvalidSubcommand,
            _ => ContextKind::InvalidValue,
        };
        Facts {
            path: command_path(&first(ContextKind::Usage)),
            arg: args
                .first()
                .map(|arg| flag(arg))
                .unwrap_or_else(|| first(ContextKind::InvalidSubcommand)),
            args,
            prior: words(ContextKind::PriorArg)
                .iter()
                .map(|arg| flag(arg))
                .collect(),
            value: first(value_kind),
            possible: words(ContextKind::ValidValue),
            similar: similar(error),
            maybe_path: error.get(ContextKind::Suggested).is_some(),
            numbers: (
                least.unwrap_or(1),
                number(ContextKind::ActualNumValues).unwrap_or(0),
            ),
        }
    }

    fn others(&self) -> Vec<&str> {
        self.prior.iter().map(String::as_str).collect()
    }

    /// `did you mean “--fail-on”?`, when something like it exists.
    fn guess(&self) -> Option<Text> {
        if self.similar.is_empty() {
            return None;
        }
        let quoted = self.similar.iter().map(|word| format!("“{word}”"));
        let (zh, en) = both_lists(quoted, "或", " or ");
        Some(text!("是否为{zh}？", "did you mean {en}?"))
    }

    /// What to do when the word was meant as a file.
    fn as_path(&self) -> Option<Text> {
        let likely = self.maybe_path && (self.arg.contains('.') || !self.arg.is_ascii());
        likely.then(|| {
            text!(
                "以“-”开头的文件名，前面加上./",
                "put ./ before the name of a file that begins with “-”"
            )
        })
    }

    fn choices(&self) -> Option<Text> {
        if self.possible.is_empty() {
            return None;
        }
        let (zh, en) = both_lists(self.possible.iter().cloned(), "、", ", ");
        Some(text!("从{zh}中选一个", "choose one of: {en}"))
    }
}

/// The nearest words that exist, best first.
fn similar(error: &Error) -> Vec<String> {
    let kinds = [
        ContextKind::SuggestedArg,
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedValue,
    ];
    kinds
        .into_iter()
        .flat_map(|kind| words(error.get(kind)).into_iter().rev())
        .collect()
}

fn words(value: Option<&ContextValue>) -> Vec<String> {
    match value {
        Some(ContextValue::String(word)) => vec![printable(word)],
        Some(ContextValue::Strings(words)) => words.iter().map(|word| printable(word)).collect(),
        Some(ContextValue::StyledStr(text)) => vec![printable(&text.to_string())],
        _ => Vec::new(),
    }
}

/// What was typed may hold line breaks and terminal codes, which must not reach the terminal.
fn printable(word: &str) -> String {
    let shown = |c: char| {
        if c.is_control() {
            c.escape_default().collect()
        } else {
            c.to_string()
        }
    };
    word.chars().map(shown).collect()
}

/// `--fail-on` of `--fail-on <LEVEL>`; a positional stays as it is.
fn flag(arg: &str) -> String {
    let word = arg
        .split([' ', '='])
        .next()
        .filter(|word| word.starts_with('-'));
    word.unwrap_or(arg).to_owned()
}

/// `duban check` of `Usage: duban check [OPTIONS] [PATH]...`: `cli/help.rs` writes the usage this way.
fn command_path(usage: &str) -> String {
    let words = usage
        .split_whitespace()
        .skip_while(|word| word.ends_with(':'));
    let path: Vec<&str> = words
        .take_while(|word| !word.starts_with(['[', '<']))
        .collect();
    if path.is_empty() {
        "duban".to_owned()
    } else {
        path.join(" ")
    }
}

fn both_lists(words: impl Iterator<Item = String>, zh: &str, en: &str) -> (String, String) {
    let words: Vec<String> = words.collect();
    (words.join(zh), words.join(en))
}

/// Sentences one after the other; after a question mark no semicolon is wanted.
fn sentences(texts: impl IntoIterator<Item = Option<Text>>) -> Text {
    let joined = texts.into_iter().flatten().reduce(|before, after| {
        let zh = if before.zh().ends_with('？') {
            ""
        } else {
            "；"
        };
        let en = if before.en().ends_with('?') {
            " "
        } else {
            "; "
        };
        Text::new(
            format!("{}{zh}{}", before.zh(), after.zh()),
            format!("{}{en}{}", before.en(), after.en()),
        )
    });
    joined.unwrap_or_default()
}

fn unknown_argument(facts: &Facts, command: &Command) -> Mistake {
    let Facts { path, arg, .. } = facts;
    if !arg.starts_with('-') {
        return superfluous_word(facts, command);
    }
    let see = text!(
        "可用的选项见{path} --help",
        "the options are listed by {path} --help"
    );
    let right = place_of(arg, command).unwrap_or_else(|| match facts.guess() {
        Some(guess) => sentences([Some(guess), Some(see)]),
        None => sentences([Some(see), facts.as_path()]),
    });
    Mistake {
        wrong: text!("{path}没有{arg}这个选项", "{path} has no option {arg}"),
        right,
    }
}

fn superfluous_word(facts: &Facts, command: &Command) -> Mistake {
    let Facts { path, arg, .. } = facts;
    let right = match command.find_subcommand(arg) {
        Some(_) => text!("去掉{arg}前面的“--”", "leave out the “--” before {arg}"),
        None => text!(
            "去掉它；用法见{path} --help",
            "leave it out; {path} --help shows the usage"
        ),
    };
    Mistake {
        wrong: text!("“{arg}”是多余的", "“{arg}” is one word too many"),
        right,
    }
}

/// Where an option belongs that exists, but not here.
fn place_of(flag: &str, root: &Command) -> Option<Text> {
    if has_option(root, flag) {
        let name = root.get_name();
        return Some(text!("写成{name} {flag}", "write {name} {flag}"));
    }
    let owners = root
        .get_subcommands()
        .filter(|sub| has_option(sub, flag))
        .map(|sub| sub.get_name().to_owned());
    let (zh, en) = both_lists(owners, "、", ", ");
    let place = || {
        text!(
            "{flag}是{zh}的选项，要写在命令后面",
            "{flag} is an option of {en} and goes after the command"
        )
    };
    (!zh.is_empty()).then(place)
}

fn has_option(command: &Command, flag: &str) -> bool {
    command
        .get_arguments()
        .any(|arg| match flag.strip_prefix("--") {
            Some(long) => arg.get_long() == Some(long),
            None => arg
                .get_short()
                .is_some_and(|short| flag.strip_prefix('-') == Some(&short.to_string())),
        })
}

fn command_names(command: &Command) -> Text {
    let names = command
        .get_subcommands()
        .filter(|sub| !sub.is_hide_set())
        .map(|sub| sub.get_name().to_owned());
    let (zh, en) = both_lists(names, "、", ", ");
    text!("可用的命令有{zh}", "the commands are: {en}")
}

fn unknown_command(facts: &Facts, command: &Command) -> Mistake {
    let Facts { path, value, .. } = facts;
    Mistake {
        wrong: text!(
            "{path}没有“{value}”这个命令",
            "{path} has no command “{value}”"
        ),
        right: sentences([facts.guess(), Some(command_names(command))]),
    }
}

fn missing_command(facts: &Facts, command: &Command) -> Mistake {
    let Facts { path, .. } = facts;
    let all = command_names(command);
    let add = text!("在{path}后面写上命令", "write a command after {path}");
    Mistake {
        wrong: text!("没有写要做什么", "the command is missing"),
        right: sentences([Some(add), Some(all)]),
    }
}

fn missing_value(facts: &Facts) -> Mistake {
    let Facts { arg, args, .. } = facts;
    let written = args.first().unwrap_or(arg);
    let form = text!("写成{written}", "write {written}");
    Mistake {
        wrong: text!("{arg}后面缺少值", "{arg} has no value"),
        right: facts.choices().unwrap_or(form),
    }
}

fn invalid_value(facts: &Facts) -> Mistake {
    let Facts { arg, value, .. } = facts;
    Mistake {
        wrong: text!("{arg}的值不能是“{value}”", "{arg} cannot be “{value}”"),
        right: sentences([facts.guess(), facts.choices()]),
    }
}

/// A value that one of our own value parsers has refused: its error says what to write.
fn refused_value(facts: &Facts, error: &Error) -> Mistake {
    let advice = std::error::Error::source(error).map(ToString::to_string);
    let right = advice.map(|advice| Text::same(printable(&advice)));
    Mistake {
        right: right.unwrap_or_else(|| see_help(facts)),
        ..invalid_value(facts)
    }
}

fn too_many_values(facts: &Facts) -> Mistake {
    let Facts { arg, value, .. } = facts;
    Mistake {
        wrong: text!(
            "{arg}后面多了一个值“{value}”",
            "{arg} has a value too many: “{value}”"
        ),
        right: text!("去掉“{value}”", "leave out “{value}”"),
    }
}

fn wrong_number_of_values(facts: &Facts) -> Mistake {
    let Facts {
        arg,
        numbers: (wanted, actual),
        ..
    } = facts;
    Mistake {
        wrong: text!(
            "{arg}后面要有{wanted}个值，只写了{actual}个",
            "{arg} needs {wanted} values and has {actual}"
        ),
        right: text!("补足{wanted}个值", "give {wanted} values"),
    }
}

fn no_equals(facts: &Facts) -> Mistake {
    let Facts { arg, .. } = facts;
    Mistake {
        wrong: text!(
            "{arg}与值之间缺少等号",
            "there is no equals sign between {arg} and its value"
        ),
        right: text!("写成{arg}=值", "write {arg}=VALUE"),
    }
}

fn missing_argument(facts: &Facts) -> Mistake {
    let (zh, en) = both_lists(facts.args.iter().cloned(), "、", ", ");
    Mistake {
        wrong: text!("还缺少{zh}", "{en} is missing"),
        right: see_help(facts),
    }
}

fn not_utf8() -> Mistake {
    Mistake {
        wrong: text!(
            "命令中有无法辨认的字符，不是UTF-8编码",
            "the command has characters that cannot be read: they are not UTF-8"
        ),
        right: text!(
            "重新输入选项的值；只有文件名可以用其他编码",
            "type the values of the options again; only names of files may be in another encoding"
        ),
    }
}

fn not_understood(facts: &Facts) -> Mistake {
    Mistake {
        wrong: text!("这条命令无法理解", "the command cannot be understood"),
        right: see_help(facts),
    }
}

fn see_help(facts: &Facts) -> Text {
    let Facts { path, .. } = facts;
    text!("用法见{path} --help", "{path} --help shows the usage")
}

#[cfg(test)]
mod tests {
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

    /// Mistakes that only options of another kind allow: commands to come may have them.
    fn strange() -> Vec<(Command, Vec<&'static str>)> {
        let plain = || Command::new("duban").override_usage("duban [X]");
        let option = || {
            Arg::new("to")
                .long("to")
                .value_name("X")
                .action(ArgAction::Set)
        };
        let flags =
            || ["a", "b", "c"].map(|name| Arg::new(name).long(name).action(ArgAction::SetTrue));
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
        assert!(shown(Lang::En, &["duban", "-o", "x", "check"]).contains(
            "option of check, report, notice, template, import, schema, man and goes after"
        ));
        assert!(
            shown(Lang::Zh, &["duban", "check", "--version"])
                .ends_with("改法：写成duban --version\n")
        );
    }

    #[test]
    fn a_file_name_may_begin_with_a_hyphen() {
        let text = shown(Lang::Zh, &["duban", "check", "--甲.toml"]);
        assert!(
            text.ends_with("；以“-”开头的文件名，前面加上./\n"),
            "{text}"
        );
        assert!(!shown(Lang::Zh, &["duban", "check", "--nothing"]).contains("文件名"));
    }

    #[test]
    fn a_word_too_many_is_named() {
        assert_shown(
            "duban explain late missing",
            "错误：“missing”是多余的\n改法：去掉它；用法见duban explain --help\n",
            "error: “missing” is one word too many\nhint: leave it out; duban explain --help shows the usage\n",
        );
        assert!(
            shown(Lang::Zh, &["duban", "--", "check"]).ends_with("改法：去掉check前面的“--”\n")
        );
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
        let error =
            with_command(Lang::Zh, |command| command.try_get_matches_from(line)).unwrap_err();
        let text = Mistake::of(&error, &Command::new("duban")).render(Lang::Zh);
        assert!(text.starts_with("错误：命令中有无法辨认的字符"), "{text}");
    }
}
