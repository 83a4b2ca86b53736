//! The program: parse, run, exit code.

use std::env;
use std::io::Write;
use std::process::ExitCode;

use duban::{cli, command};

fn main() -> ExitCode {
    let cli = match cli::parse(env::args_os()) {
        Ok(cli) => cli,
        Err(stop) => {
            say(&stop.text, stop.to_stderr);
            return ExitCode::from(stop.code);
        }
    };
    match command::run(&cli) {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            say(&command::complaint(&error, cli.common.lang), true);
            ExitCode::from(2)
        }
    }
}

/// Writes what nobody may be left to read; a closed pipe is no reason to complain.
fn say(text: &str, to_stderr: bool) {
    _ = match to_stderr {
        true => std::io::stderr().write_all(text.as_bytes()),
        false => std::io::stdout().write_all(text.as_bytes()),
    };
}
