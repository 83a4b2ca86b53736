//! What clap tells about a mistake.

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::both_lists;
use crate::lang::Text;
use crate::text;

/// What clap tells about a mistake, as text that is safe to print.
pub(super) struct Facts {
    /// The command concerned, as one writes it: `duban check`.
    pub(super) path: String,
    /// The option as one writes it, without its value: `--fail-on`.
    pub(super) arg: String,
    /// All that is missing or concerned, with their values: `<FILE>`.
    pub(super) args: Vec<String>,
    pub(super) prior: Vec<String>,
    pub(super) value: String,
    pub(super) possible: Vec<String>,
    pub(super) similar: Vec<String>,
    /// Whether the word could be meant as a path that begins with `-`.
    pub(super) maybe_path: bool,
    pub(super) numbers: (isize, isize),
}

impl Facts {
    pub(super) fn of(error: &Error) -> Facts {
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

    pub(super) fn others(&self) -> Vec<&str> {
        self.prior.iter().map(String::as_str).collect()
    }

    /// `did you mean “--fail-on”?`, when something like it exists.
    pub(super) fn guess(&self) -> Option<Text> {
        if self.similar.is_empty() {
            return None;
        }
        let quoted = self.similar.iter().map(|word| format!("“{word}”"));
        let (zh, en) = both_lists(quoted, "或", " or ");
        Some(text!("是否为{zh}？", "did you mean {en}?"))
    }

    /// What to do when the word was meant as a file.
    pub(super) fn as_path(&self) -> Option<Text> {
        let likely = self.maybe_path && (self.arg.contains('.') || !self.arg.is_ascii());
        likely.then(|| {
            text!(
                "以“-”开头的文件名，前面加上./",
                "put ./ before the name of a file that begins with “-”"
            )
        })
    }

    pub(super) fn choices(&self) -> Option<Text> {
        if self.possible.is_empty() {
            return None;
        }
        let (zh, en) = both_lists(self.possible.iter().cloned(), "、", ", ");
        Some(text!("从{zh}中选一个", "choose one of: {en}"))
    }
}

/// The nearest words that exist, best first.
pub(super) fn similar(error: &Error) -> Vec<String> {
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

pub(super) fn words(value: Option<&ContextValue>) -> Vec<String> {
    match value {
        Some(ContextValue::String(word)) => vec![printable(word)],
        Some(ContextValue::Strings(words)) => words.iter().map(|word| printable(word)).collect(),
        Some(ContextValue::StyledStr(text)) => vec![printable(&text.to_string())],
        _ => Vec::new(),
    }
}

/// What was typed may hold line breaks and terminal codes, which must not reach the terminal.
pub(super) fn printable(word: &str) -> String {
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
pub(super) fn flag(arg: &str) -> String {
    let word = arg
        .split([' ', '='])
        .next()
        .filter(|word| word.starts_with('-'));
    word.unwrap_or(arg).to_owned()
}

/// `duban check` of `Usage: duban check [OPTIONS] [PATH]...`: `cli/help.rs` writes the usage this way.
pub(super) fn command_path(usage: &str) -> String {
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
