//! The program: parse, run, exit code.

use std::env;
use std::io::Write;
use std::process::ExitCode;

use duban::lang::Lang;
use duban::{cli, command};

fn main() -> ExitCode {
    let cli = match cli::parse(env::args_os()) {
        Ok(cli) => cli,
        Err(stop) => {
            if stop.to_stderr {
                say(&stop.text);
                return ExitCode::from(stop.code);
            }
            return ended(command::show(&stop.text).map(|()| stop.code), stop.lang);
        }
    };
    ended(command::run(&cli), cli.common.lang)
}

/// The exit code, and the complaint if there is one.
fn ended(code: anyhow::Result<u8>, lang: Lang) -> ExitCode {
    ExitCode::from(code.unwrap_or_else(|error| {
        say(&command::complaint(&error, lang));
        2
    }))
}

/// Writes what nobody may be left to read; a closed pipe is no reason to complain.
fn say(text: &str) {
    _ = std::io::stderr().write_all(text.as_bytes());
}
