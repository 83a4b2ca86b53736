//! Arguments of the commands that describe the program and its files to other programs.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::parse::t;

/// `duban schema`
#[derive(Debug, Args)]
pub struct SchemaArgs {
    /// What the schema describes.
    #[arg(
        value_enum,
        value_name = t("种类", "KIND"),
        help = t("哪一种格式", "the format that it describes"),
    )]
    pub kind: SchemaKind,
    /// The file to write; `None`: standard output.
    #[arg(
        short,
        long,
        value_name = t("文件", "FILE"),
        help = t("存为文件，如plan.schema.json；不写则直接输出",
                 "write it to a file, such as plan.schema.json, instead of standard output"),
    )]
    pub output: Option<PathBuf>,
}

/// What there is a schema of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SchemaKind {
    /// A unit's plan file.
    #[value(help = t("单位的报送文件，选项取自活动的词表", "a unit's plan file, with the words of the campaign"))]
    Plan,
    /// The campaign file.
    #[value(help = t("活动文件campaign.toml", "the campaign file campaign.toml"))]
    Campaign,
    /// What `check --format json` writes.
    #[value(help = t("检查结果，即check写出的json", "findings, as check writes them in the format json"))]
    Findings,
}

/// `duban completions`
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// The shell that is to complete.
    #[arg(
        value_enum,
        value_name = t("终端", "SHELL"),
        help = t("用哪一种命令行终端", "the shell that is to complete commands and options"),
    )]
    pub shell: Shell,
}

/// Shells that can be taught to complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Shell {
    /// Bash.
    #[value(help = t("存为~/.local/share/bash-completion/completions/duban",
                     "to be saved as ~/.local/share/bash-completion/completions/duban"))]
    Bash,
    /// Zsh.
    #[value(help = t("存为fpath中某个文件夹里的_duban", "to be saved as _duban in a folder of fpath"))]
    Zsh,
    /// Fish.
    #[value(help = t("存为~/.config/fish/completions/duban.fish",
                     "to be saved as ~/.config/fish/completions/duban.fish"))]
    Fish,
    /// PowerShell.
    #[value(name = "powershell", help = t("加到$PROFILE所指的文件末尾", "to be added to the file that $PROFILE names"))]
    PowerShell,
    /// Elvish.
    #[value(help = t("加到~/.config/elvish/rc.elv末尾", "to be added to ~/.config/elvish/rc.elv"))]
    Elvish,
}

/// `duban man`
#[derive(Debug, Args)]
pub struct ManArgs {
    /// The folder to write to; `None`: the program's page on standard output.
    #[arg(
        short,
        long,
        value_name = t("文件夹", "DIR"),
        help = t("把全部手册页写到这个文件夹，没有则新建；不写则只显示总的一页",
                 "folder to write every page to, made if it is not there; without it only the program's page is shown"),
    )]
    pub output: Option<PathBuf>,
}
