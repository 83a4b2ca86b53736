//! Mistakes in the command, in our words: what is wrong, then how to put it right. clap finds them and says which
//! words are concerned; its own sentences are not used.

mod facts;

use clap::error::ErrorKind;
use clap::{Command, Error};

use crate::lang::{Lang, Text};
use crate::text;
use facts::{Facts, printable};

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
mod tests;
