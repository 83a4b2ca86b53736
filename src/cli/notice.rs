//! The words of `duban notice`.

use std::path::PathBuf;

use clap::Args;
use clap::builder::NonEmptyStringValueParser;

use super::parse::t;

/// `duban notice`
#[derive(Debug, Args)]
pub struct NoticeArgs {
    /// Files and folders; `-` is standard input. Empty: `plans` if it exists, else `.`.
    #[arg(
        value_name = t("路径", "PATH"),
        help = t("方案文件或其所在的文件夹，“-”为标准输入 [默认：plans文件夹，没有则为当前文件夹]",
                 "plan files or their folders, “-” for standard input [default: the folder plans if there is one, else this folder]"),
    )]
    pub paths: Vec<PathBuf>,
    /// The one milestone that is reminded of, by its id.
    #[arg(
        long,
        value_name = t("代号", "ID"),
        value_parser = NonEmptyStringValueParser::new(),
        help = t("只催办这个时间节点，写活动文件中的代号", "remind of this milestone only, by its id in the campaign file"),
    )]
    pub milestone: Option<String>,
    /// Statuses that are reminded of, as they were written; empty: overdue and due soon.
    #[arg(
        long,
        value_name = t("状态", "STATUS"),
        value_delimiter = ',',
        value_parser = NonEmptyStringValueParser::new(),
        help = t("只催办这些状态的单位，用逗号隔开 [默认：逾期未完成,临期]",
                 "remind units of these statuses only, separated by commas [default: overdue,due-soon]"),
    )]
    pub only: Vec<String>,
    /// The folder that the notices go to.
    #[arg(
        short,
        long,
        value_name = t("文件夹", "DIR"),
        default_value = t("催办", "notices"),
        help = t("通知写到这个文件夹，没有则新建；已有的文件不覆盖",
                 "folder to write to, made if it is not there; a file that is there is never replaced"),
    )]
    pub output: PathBuf,
}
