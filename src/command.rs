//! One short file a command: gather, call, write. Here the program meets the world; everything that can go
//! wrong there is a [`Failure`] in both languages.

mod check;
mod completions;
mod explain;
mod fix;
mod gather;
mod import;
mod init;
#[cfg(feature = "lsp")]
mod lsp;
mod man;
mod new;
mod notice;
mod progress;
mod report;
mod schema;
mod taken;
mod target;
mod template;
mod workbooks;
mod write;

use std::fmt;

use crate::cli::{Action, Cli};
use crate::lang::{Lang, Text};

/// The job could not be done: what is wrong, and how to put it right. The program exits with 2.
#[derive(Debug)]
pub struct Failure {
    /// What is wrong.
    pub message: Text,
    /// How to put it right.
    pub hint: Text,
}

impl Failure {
    /// A failure to be returned as an error.
    pub fn error(message: Text, hint: Text) -> anyhow::Error {
        anyhow::Error::new(Failure { message, hint })
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message.en())
    }
}

impl std::error::Error for Failure {}

/// Runs a command and gives its exit code.
pub fn run(cli: &Cli) -> anyhow::Result<u8> {
    match &cli.action {
        Action::Check(args) => check::run(&cli.common, args),
        Action::Report(args) => report::run(&cli.common, args),
        Action::Fix(args) => fix::run(&cli.common, args),
        Action::Notice(args) => notice::run(&cli.common, args),
        Action::Explain(args) => explain::run(&cli.common, args),
        Action::New(args) => new::run(&cli.common, args),
        Action::Init(args) => init::run(&cli.common, args),
        Action::Template(args) => template::run(&cli.common, args),
        Action::Import(args) => import::run(&cli.common, args),
        Action::Schema(args) => schema::run(&cli.common, args),
        Action::Completions(args) => completions::run(&cli.common, args),
        Action::Man(args) => man::run(&cli.common, args),
        #[cfg(feature = "lsp")]
        Action::Lsp(_) => lsp::run(&cli.common),
    }
}

/// Writes what was asked for to standard output, such as help.
pub fn show(text: &str) -> anyhow::Result<()> {
    write::stdout(text)
}

/// An error as the user sees it.
pub fn complaint(error: &anyhow::Error, lang: Lang) -> String {
    let (wrong, right) = lang.pick(("错误：", "改法："), ("error: ", "hint: "));
    match error.downcast_ref::<Failure>() {
        Some(Failure { message, hint }) => {
            let (message, hint) = (message.get(lang), hint.get(lang));
            format!(
                "{wrong}{}\n{right}{}\n",
                crate::escape::plain(message),
                crate::escape::plain(hint)
            )
        }
        None => format!("{wrong}{error:#}\n"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_that_nobody_translates_still_says_what_it_is() {
        let error = Failure::error(Text::fixed("没有文件", "no file"), Text::default());
        assert_eq!(format!("{error:#}"), "no file");
    }
}
