//! `duban completions`: print the script that lets a shell complete commands, options and their values.

use clap_complete::Shell as Script;

use super::write;
use crate::cli::{Common, CompletionsArgs, Shell, with_command};

/// Runs the command.
pub(super) fn run(common: &Common, args: &CompletionsArgs) -> anyhow::Result<u8> {
    let shell = match args.shell {
        Shell::Bash => Script::Bash,
        Shell::Zsh => Script::Zsh,
        Shell::Fish => Script::Fish,
        Shell::PowerShell => Script::PowerShell,
        Shell::Elvish => Script::Elvish,
    };
    let script = with_command(common.lang, |mut command| {
        let mut script = Vec::new();
        clap_complete::generate(shell, &mut command, "duban", &mut script);
        script
    });
    write::stdout(&String::from_utf8(script)?)?;
    Ok(0)
}
