//! Arguments of the commands that write and read workbooks.

use std::path::PathBuf;

use clap::Args;
use clap::builder::NonEmptyStringValueParser;

use super::parse::t;

/// `duban template`
#[derive(Debug, Args)]
pub struct TemplateArgs {
    /// Codes of units in the roster; empty: all.
    #[arg(
        value_name = t("代码", "CODE"),
        value_parser = NonEmptyStringValueParser::new(),
        help = t("只要这些单位，写花名册中的代码；不写为全部单位",
                 "only these units, by their codes in the roster; by default every unit"),
    )]
    pub codes: Vec<String>,
    /// One workbook a unit.
    #[arg(long, help = t("每个单位一个文件", "one workbook for each unit"))]
    pub each: bool,
    /// The file to write, or the folder with `--each`.
    #[arg(
        short,
        long,
        value_name = t("文件", "FILE"),
        required = true,
        help = t("要写的文件，如填报表.xlsx；有--each时写文件夹，没有则新建；已有的文件不覆盖",
                 "the file to write, such as form.xlsx; with --each a folder, made if it is not there; nothing is replaced"),
    )]
    pub output: PathBuf,
}

/// `duban import`
#[derive(Debug, Args)]
#[command(after_long_help = t(
    "退出码：
  0  已读入，或没有变化
  1  表中有问题，逐条列出；一个文件也没有写
  2  没有做成：命令写错、文件不存在、活动文件有误或结果写不出去

对照文件的写法：
  [sheet.\"2022年台账\"]
  table = \"plan\"            # 每行是什么；空的引号为整张表不读入
  header = 3                # 表头在第几行；不写则自动查找
  [sheet.\"2022年台账\".columns]
  \"填报单位\" = \"unit.name\"
  \"方案报送\" = \"filed\"
  \"备注\" = \"\"               # 不读入",
    "Exit codes:
  0  read, or nothing has changed
  1  something in a workbook is wrong; it is listed, and no file was written
  2  the job could not be done: a mistake in the command, no such file, a
     faulty campaign file, or a result that cannot be written

A mapping file:
  [sheet.\"Ledger 2022\"]
  table = \"plan\"            # what a row is; empty quotes leave the sheet out
  header = 3                # the row of the header, if it is not found
  [sheet.\"Ledger 2022\".columns]
  \"Office\" = \"unit.name\"
  \"Plan sent\" = \"filed\"
  \"Remarks\" = \"\"            # left out",
))]
pub struct ImportArgs {
    /// Filled workbooks.
    #[arg(
        value_name = t("工作簿", "WORKBOOK"),
        required = true,
        help = t("填好的Excel表，.xlsx或.xls；写文件夹的，读入其中所有的表",
                 "filled workbooks, .xlsx or .xls; of a folder, every one in it"),
    )]
    pub workbooks: Vec<PathBuf>,
    /// The folder to write to; `None`: the campaign's.
    #[arg(
        short,
        long,
        value_name = t("文件夹", "DIR"),
        help = t("写到这个文件夹，没有则新建；不写则为活动文件所在文件夹",
                 "folder to write to, made if it is not there; by default the campaign file's"),
    )]
    pub output: Option<PathBuf>,
    /// Merge into plan files that are there.
    #[arg(
        long,
        help = t("并入已有的方案文件，保留注释，并列出改动；不写则遇到已有的文件就报错",
                 "merge into plan files that are there, keeping comments, and show what changes; without it they are refused"),
    )]
    pub update: bool,
    /// Only show what would be written.
    #[arg(long, help = t("只列出改动，不写文件", "only show what would change, and write nothing"))]
    pub dry_run: bool,
    /// A file that says what an office's own workbook means.
    #[arg(
        long,
        value_name = t("文件", "FILE"),
        help = t("对照文件（TOML）：自定的表名和表头对应哪一段、哪个键",
                 "a TOML file that says which table and keys the sheets and headers of your own workbook mean"),
    )]
    pub map: Option<PathBuf>,
    /// List what cannot be placed, and read the rest.
    #[arg(
        long,
        help = t("不认识的表和列只列出、不读入，其余照常读入", "leave out sheets and columns that are not known; they are listed"),
    )]
    pub skip_unknown: bool,
}
