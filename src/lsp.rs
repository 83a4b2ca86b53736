//! `duban lsp`: what editors ask while a plan is being written, over standard input and output. Judging is
//! [`crate::check`]'s alone; here texts that are not saved yet take the place of files, and places become what the
//! protocol wants.
//!
//! One thread answers, so that every answer belongs to the text as it stands. A text that changes is checked at once
//! by itself; all files of its campaign are checked together in the background, when the editor is quiet.

mod asked;
mod books;
mod checks;
mod complete;
mod cursor;
mod document;
mod hover;
mod judge;
mod outline;
mod position;
mod server;
mod settings;
mod symbols;
mod tell;
mod transport;
mod uri;

use std::path::PathBuf;

use crate::lang::Lang;

/// What the command line says.
#[derive(Clone, Debug)]
pub struct Options {
    /// The rule book, for every text; else the nearest one upward.
    pub campaign: Option<PathBuf>,
    /// The day, as it was written; else today, at each check anew.
    pub as_of: Option<String>,
    /// The language that was asked for; else the editor's.
    pub wished: Option<Lang>,
    /// The language where nobody says any.
    pub otherwise: Lang,
}

/// Serves until the editor says that it is over. Gives the exit code: 0 if the editor asked for the end first.
pub fn serve(options: Options) -> u8 {
    let Ok((connection, writer)) = transport::stdio() else {
        return 2;
    };
    let code = server::run(connection, options);
    // What is still to be written goes out before the end.
    _ = writer.join();
    code
}
