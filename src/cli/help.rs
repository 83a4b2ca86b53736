//! Help pages: what a command says about itself, laid out in one language.
//!
//! clap's own pages are half English whatever their texts are, and break lines at blanks only, of which Chinese has
//! none. So the pages are made here and handed to clap, which still decides when one is shown and which.

use clap::builder::PossibleValue;
use clap::{Arg, ArgAction, Command};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::lang::Lang;

/// Columns of a page. The same everywhere: help can then be compared, quoted and printed.
const WIDTH: usize = 80;
/// The widest first column; what is wider has its help on the next line.
const FIRST_COLUMN: usize = 26;

/// Gives a command, and all below it, its pages in this language.
pub(super) fn with_pages(root: Command, lang: Lang) -> Command {
    let common: Vec<Arg> = options(&root).cloned().collect();
    let name = root.get_name().to_owned();
    paged(root, &name, &common, lang)
}

fn paged(command: Command, path: &str, common: &[Arg], lang: Lang) -> Command {
    let page = |detail| {
        Page {
            command: &command,
            path,
            common,
            lang,
            detail,
        }
        .render()
    };
    let (short, long) = (page(Detail::Short), page(Detail::Long));
    let usage = usage(&command, path, lang);
    let below: Vec<String> = command
        .get_subcommands()
        .map(|sub| sub.get_name().to_owned())
        .collect();
    let command = below.iter().fold(command, |command, name| {
        command.mut_subcommand(name, |sub| {
            paged(sub, &format!("{path} {name}"), common, lang)
        })
    });
    // `before_help` carries the page because clap has a short and a long one; the template shows nothing else.
    let command = command
        .help_template("{before-help}")
        .before_help(short)
        .before_long_help(long);
    command.override_usage(usage).term_width(0)
}

/// `duban check [OPTIONS] [PATH]...`. The words before the first bracket name the command: errors rely on it.
fn usage(command: &Command, path: &str, lang: Lang) -> String {
    let options = lang.pick("[选项]", "[OPTIONS]").to_owned();
    let positionals = command.get_positionals().map(signature);
    let below = command
        .has_subcommands()
        .then(|| lang.pick("<命令>", "<COMMAND>").to_owned());
    let words = [path.to_owned(), options]
        .into_iter()
        .chain(positionals)
        .chain(below);
    words.collect::<Vec<_>>().join(" ")
}

/// `-h` or `--help`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Detail {
    Short,
    Long,
}

pub(super) struct Page<'c> {
    command: &'c Command,
    path: &'c str,
    /// The options of the whole program.
    common: &'c [Arg],
    lang: Lang,
    detail: Detail,
}

/// An entry of a two-column list. The second column is broken into as many lines as it needs; a smaller list may
/// stand below it.
pub(super) struct Row {
    pub name: String,
    pub text: String,
    pub below: Vec<Row>,
}

impl<'c> Page<'c> {
    /// The page of a command with everything that there is to say; `common` are the options of the whole program.
    pub(super) fn long(command: &'c Command, path: &'c str, common: &'c [Arg], lang: Lang) -> Self {
        Page {
            command,
            path,
            common,
            lang,
            detail: Detail::Long,
        }
    }

    /// What the command does, in a line.
    pub(super) fn about(&self) -> String {
        let about = self.command.get_about();
        about.map(ToString::to_string).unwrap_or_default()
    }

    /// How it is written.
    pub(super) fn usage(&self) -> String {
        usage(self.command, self.path, self.lang)
    }

    /// The lists of the page that have something in them, each with its title.
    pub(super) fn sections(&self) -> Vec<(&'static str, Vec<Row>)> {
        let lang = self.lang;
        let rows = |args: Vec<&Arg>| {
            args.into_iter()
                .map(|arg| self.row(arg))
                .collect::<Vec<_>>()
        };
        let (own, common) = self.options();
        let sections = [
            (lang.pick("命令：", "Commands:"), self.commands()),
            (
                lang.pick("参数：", "Arguments:"),
                rows(self.command.get_positionals().collect()),
            ),
            (lang.pick("选项：", "Options:"), rows(own)),
            (lang.pick("通用选项：", "Common options:"), rows(common)),
        ];
        let filled = sections.into_iter().filter(|(_, rows)| !rows.is_empty());
        filled.collect()
    }

    fn render(&self) -> String {
        let usage = format!("{}{}", self.lang.pick("用法：", "Usage: "), self.usage());
        let sections = self.sections();
        let lists = sections
            .iter()
            .map(|(title, rows)| format!("{title}\n{}", list(rows, WIDTH).join("\n")));
        let parts = [wrap(&self.about(), WIDTH).join("\n"), usage]
            .into_iter()
            .chain(lists)
            .chain(self.after());
        parts.collect::<Vec<_>>().join("\n\n")
    }

    /// The command's own options, then the common ones. On the page of the whole program these are all that it has,
    /// on the others only what may stand after a command's name: not `--version`.
    fn options(&self) -> (Vec<&Arg>, Vec<&Arg>) {
        if !self.path.contains(' ') {
            return (Vec::new(), self.common.iter().collect());
        }
        let global = self.common.iter().filter(|arg| arg.is_global_set());
        (options(self.command).collect(), global.collect())
    }

    fn commands(&self) -> Vec<Row> {
        let row = |sub: &Command| {
            let about = sub.get_about().map(ToString::to_string).unwrap_or_default();
            Row {
                name: sub.get_name().to_owned(),
                text: about,
                below: Vec::new(),
            }
        };
        self.command
            .get_subcommands()
            .filter(|sub| !sub.is_hide_set())
            .map(row)
            .collect()
    }

    /// What stands below the lists.
    pub(super) fn after(&self) -> Option<String> {
        let short = self.command.get_after_help();
        let long = self
            .command
            .get_after_long_help()
            .filter(|_| self.detail == Detail::Long);
        long.or(short).map(ToString::to_string)
    }

    fn row(&self, arg: &Arg) -> Row {
        let (inline, below) = match self.detail {
            Detail::Short => (self.choices(arg), Vec::new()),
            Detail::Long => (None, meanings(arg)),
        };
        let help = arg.get_help().map(ToString::to_string);
        let parts: Vec<String> = [help, inline, self.default(arg)]
            .into_iter()
            .flatten()
            .collect();
        Row {
            name: signature(arg),
            text: parts.join(" "),
            below,
        }
    }

    /// `[one of: a, b]`
    fn choices(&self, arg: &Arg) -> Option<String> {
        let values = values(arg);
        let names: Vec<&str> = values.iter().map(PossibleValue::get_name).collect();
        let names = names.join(self.lang.pick("、", ", "));
        let label = self.lang.pick("可选：", "one of: ");
        (!values.is_empty()).then(|| format!("[{label}{names}]"))
    }

    /// `[default: error]`
    fn default(&self, arg: &Arg) -> Option<String> {
        let values = arg.get_default_values();
        let silent = values.is_empty()
            || arg.is_hide_default_value_set()
            || !arg.get_action().takes_values();
        let values = values
            .iter()
            .map(|value| value.to_string_lossy())
            .collect::<Vec<_>>()
            .join(",");
        (!silent).then(|| format!("[{}{values}]", self.lang.pick("默认：", "default: ")))
    }
}

/// The values that an option offers. clap offers `true` and `false` for a flag, too.
fn values(arg: &Arg) -> Vec<PossibleValue> {
    let values = if arg.get_action().takes_values() {
        arg.get_possible_values()
    } else {
        Vec::new()
    };
    values
        .into_iter()
        .filter(|value| !value.is_hide_set())
        .collect()
}

/// The values with what each means, one a line.
fn meanings(arg: &Arg) -> Vec<Row> {
    let row = |value: &PossibleValue| {
        let help = value
            .get_help()
            .map(ToString::to_string)
            .unwrap_or_default();
        Row {
            name: value.get_name().to_owned(),
            text: help,
            below: Vec::new(),
        }
    };
    values(arg).iter().map(row).collect()
}

pub(super) fn options(command: &Command) -> impl Iterator<Item = &Arg> {
    command
        .get_arguments()
        .filter(|arg| !arg.is_positional() && !arg.is_hide_set())
}

/// `-o, --output <FILE>`, `[PATH]...`: how an argument is written.
fn signature(arg: &Arg) -> String {
    let value = arg.get_value_names().unwrap_or_default().join(" ");
    let many = matches!(arg.get_action(), ArgAction::Append);
    if arg.is_positional() {
        let value = if arg.is_required_set() {
            format!("<{value}>")
        } else {
            format!("[{value}]")
        };
        return if many { format!("{value}...") } else { value };
    }
    let short = arg.get_short().map(|short| format!("-{short}"));
    let long = arg.get_long().map(|long| format!("--{long}"));
    let flags = match (short, long) {
        (Some(short), Some(long)) => format!("{short}, {long}"),
        (None, Some(long)) => format!("    {long}"),
        (short, None) => short.unwrap_or_default(),
    };
    match arg.get_action().takes_values() {
        // A value whose name brings its own brackets, such as `[FORMAT:]FILE`, is clear without more.
        true if value.starts_with('[') => format!("{flags} {value}"),
        true => format!("{flags} <{value}>"),
        false => flags,
    }
}

/// The lines of a list that is to fit into so many columns.
fn list(rows: &[Row], width: usize) -> Vec<String> {
    let fitting = rows
        .iter()
        .map(|row| row.name.width())
        .filter(|width| *width <= FIRST_COLUMN);
    let column = fitting.max().unwrap_or(0) + 4;
    rows.iter()
        .flat_map(|row| two_columns(row, column, width))
        .collect()
}

fn two_columns(row: &Row, column: usize, width: usize) -> Vec<String> {
    let name = format!("  {}", row.name);
    let room = width.saturating_sub(column);
    let mut lines = wrap(&row.text, room);
    lines.extend(list(&row.below, room));
    let indented = |line: &String| format!("{}{line}", " ".repeat(column));
    if name.width() + 2 > column {
        return [name]
            .into_iter()
            .chain(lines.iter().map(indented))
            .collect();
    }
    let first = format!(
        "{}{}",
        pad(&name, column),
        lines.first().map_or("", String::as_str)
    );
    [first]
        .into_iter()
        .chain(lines.iter().skip(1).map(indented))
        .collect()
}

fn pad(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(text.width())))
}

/// Breaks a text at blanks and between Chinese characters, so that each line fits.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for piece in pieces(text) {
        let full =
            |line: &String| !line.is_empty() && line.width() + piece.trim_end().width() > width;
        match lines.last_mut() {
            Some(line) if !full(line) => line.push_str(piece),
            _ => lines.push(piece.to_owned()),
        }
    }
    lines
        .iter()
        .map(|line| line.trim_end().to_owned())
        .collect()
}

/// Cuts a line into what may not be broken: words with the blanks after them, single Chinese characters with the
/// punctuation that belongs to them.
pub(super) fn pieces(line: &str) -> Vec<&str> {
    let chars: Vec<(usize, char)> = line.char_indices().collect();
    let cuts = chars
        .windows(2)
        .filter(|pair| may_break(pair[0].1, pair[1].1))
        .map(|pair| pair[1].0);
    let ends: Vec<usize> = cuts.chain([line.len()]).collect();
    let starts = [0].into_iter().chain(ends.iter().copied());
    starts
        .zip(&ends)
        .map(|(start, end)| &line[start..*end])
        .collect()
}

fn may_break(before: char, after: char) -> bool {
    const OPENING: &str = "（《“‘【[(<";
    const CLOSING: &str = "，。、；：？！）》”’】]),.;:>";
    let wide = |c: char| c.width() == Some(2);
    let blank = before == ' ' && after != ' ';
    blank
        || (wide(before) || wide(after))
            && after != ' '
            && !CLOSING.contains(after)
            && !OPENING.contains(before)
}

#[cfg(test)]
mod tests;
