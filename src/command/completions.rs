//! `duban completions`: print the script that lets a shell complete commands, options and their values.

use clap::Arg;
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
    let script = with_command(common.lang, |command| {
        let mut command = match shell {
            Script::Zsh => command.mut_subcommands(|sub| sub.mut_args(without_colons)),
            _ => command,
        };
        let mut script = Vec::new();
        clap_complete::generate(shell, &mut command, "duban", &mut script);
        script
    });
    write::stdout(&String::from_utf8(script)?)?;
    Ok(0)
}

/// A colon in the name of a value, as in `[FORMAT:]FILE`, would end it for zsh.
fn without_colons(arg: Arg) -> Arg {
    let names = arg.get_value_names().unwrap_or_default();
    if !names.iter().any(|name| name.contains(':')) {
        return arg;
    }
    let escaped: Vec<String> = names.iter().map(|name| name.replace(':', "\\:")).collect();
    arg.value_names(escaped)
}
