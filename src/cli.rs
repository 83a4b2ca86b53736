//! The command line, as types: what can be asked for, and its help in both languages. No logic lives here.
//!
//! A new command is one variant of [`Action`] and one struct of arguments. Every help text is
//! `t("中文", "English")`; it is chosen while clap builds the command, for the language that [`parse`] has found.
//! Help pages are laid out in `cli/help.rs`, mistakes are worded in `cli/mistake.rs`.

mod help;
#[cfg(test)]
mod leftovers;
mod man;
mod mistake;
mod notice;
mod parse;
mod schema;
mod values;
mod workbook;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::NonEmptyStringValueParser;
use clap::{Args, Parser, Subcommand};

use crate::lang::Lang;
pub use man::man_pages;
pub use notice::NoticeArgs;
pub use parse::{Stop, parse, wished_lang, with_command};
use parse::{lang_name, read_lang, t};
pub use schema::{CompletionsArgs, LspArgs, ManArgs, SchemaArgs, SchemaKind, Shell};
pub use values::{By, CheckFormat, ColorWhen, ExplainFormat, FailOn, ReportFormat};
pub use workbook::{ImportArgs, TemplateArgs};

/// Everything that was asked for.
#[derive(Debug, Parser)]
#[command(
    name = "duban",
    version,
    about = t("督办：对照活动要求检查各单位报送的方案文件，汇总完成情况",
              "duban: check the plan files of a campaign's units and report who is on time"),
    after_help = t("各命令的详细说明：duban help <命令>", "More about a command: duban help <COMMAND>"),
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    args_override_self = true,
)]
pub struct Cli {
    /// What every command accepts.
    #[command(flatten)]
    pub common: Common,
    /// What to do.
    #[command(subcommand)]
    pub action: Action,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Action {
    /// Judge plan files.
    #[command(about = t("按活动要求检查报送文件", "check plan files against the campaign"))]
    Check(CheckArgs),
    /// Tell who is on time.
    #[command(about = t("汇总各单位各时间节点的完成情况", "report which units met which deadlines"))]
    Report(ReportArgs),
    /// Write reminders.
    #[command(about = t("给有事项待办的单位写督办通知和短信", "write a reminder for each unit that has something to do"))]
    Notice(NoticeArgs),
    /// Repair plan files.
    #[command(about = t("自动改正写法上的问题：日期、引号、数字、发文字号、键名和编码", "repair how plan files are written: dates, quotes, digits, document numbers, keys, encoding"))]
    Fix(FixArgs),
    /// Tell what a rule is for.
    #[command(about = t("说明一条规则：查什么、为什么查、怎样写才对", "say what a rule checks, why, and what is right"))]
    Explain(ExplainArgs),
    /// Write plan files to fill in.
    #[command(about = t("按花名册生成待填的方案文件", "write plan files to fill in, from the roster"))]
    New(NewArgs),
    /// Start a campaign's folder.
    #[command(about = t("新建活动文件夹：活动文件和一份待填的方案文件", "start a campaign's folder: a campaign file and a plan file to fill in"))]
    Init(InitArgs),
    /// Serve an editor.
    #[cfg(feature = "lsp")]
    #[command(about = t("语言服务器：在编辑器里边写边查（由编辑器启动）", "language server: check while plans are written (started by the editor)"))]
    Lsp(LspArgs),
    /// Write the workbook to hand out.
    #[command(about = t("生成发给各单位填写的Excel表", "write the workbook that units fill in"))]
    Template(TemplateArgs),
    /// Read filled workbooks.
    #[command(about = t("把填好的Excel表读成方案文件", "turn filled workbooks into plan files"))]
    Import(ImportArgs),
    /// Print a JSON Schema.
    #[command(about = t("输出一种格式的JSON模式，供编辑器和其他程序核对", "print the JSON Schema of a format, for editors and other programs"))]
    Schema(SchemaArgs),
    /// Teach a shell to complete.
    #[command(about = t("输出命令行补全脚本", "print a script that lets a shell complete commands and options"))]
    Completions(CompletionsArgs),
    /// Print the manual.
    #[command(about = t("输出man手册页", "print the manual page"))]
    Man(ManArgs),
}

/// Options of every command.
#[derive(Debug, Args)]
pub struct Common {
    /// The campaign to check against; `None`: look for `campaign.toml` near the files, else the built-in one.
    #[arg(
        long,
        global = true,
        value_name = t("文件", "FILE"),
        help = t("活动文件；不写就用所查文件夹或其上级文件夹里的campaign.toml，都没有则用自带的活动",
                 "campaign file; by default campaign.toml in the folder checked or one above it, else the built-in campaign"),
    )]
    pub campaign: Option<PathBuf>,
    /// The day to judge by, as it was written; `None`: today.
    #[arg(
        long,
        global = true,
        value_name = t("日期", "DATE"),
        help = t("截至日期，如2022-04-01、20220401、2022年4月1日、today；不写为今天",
                 "judge as of this day, such as 2022-04-01, 20220401 or today; by default today"),
    )]
    pub as_of: Option<String>,
    /// The language of everything a person reads. Always set: `--lang`, else the environment's.
    #[arg(
        long,
        global = true,
        value_name = t("语言", "LANG"),
        value_parser = read_lang,
        default_value = lang_name(),
        hide_default_value = true,
        help = t("显示语言：zh（中文）或en（英文）；不写随系统", "language: zh (Chinese) or en (English); by default the system's"),
    )]
    pub lang: Lang,
    /// Colour in the terminal.
    #[arg(
        long,
        global = true,
        value_enum,
        value_name = t("时机", "WHEN"),
        default_value = "auto",
        help = t("是否用颜色", "when to use colour"),
    )]
    pub color: ColorWhen,
    /// Only what must be said.
    #[arg(
        short,
        long,
        global = true,
        conflicts_with = "verbose",
        help = t("只显示结果，不显示小结和说明", "show results only, no summary and no remarks"),
    )]
    pub quiet: bool,
    /// More than usual.
    #[arg(
        short,
        long,
        global = true,
        help = t("多显示一些：查了哪些文件、跳过了哪些", "say more: which files were checked and which were skipped"),
    )]
    pub verbose: bool,
}

/// `duban check`
#[derive(Debug, Args)]
#[command(after_long_help = t(
    "退出码：
  0  没有达到--fail-on级别的问题
  1  有达到或高于--fail-on级别的问题
  2  没有查成：命令写错、路径不存在、活动文件有误、没有可查的文件或结果写不出去",
    "Exit codes:
  0  nothing at or above the level of --fail-on
  1  findings at or above the level of --fail-on
  2  the job could not be done: a mistake in the command, no such path,
     a faulty campaign file, nothing to check, or a result that cannot be
     written",
))]
pub struct CheckArgs {
    /// Files and folders; `-` is standard input. Empty: `plans` if it exists, else `.`.
    #[arg(
        value_name = t("路径", "PATH"),
        help = t("要查的文件或文件夹，“-”为标准输入 [默认：plans文件夹，没有则为当前文件夹]",
                 "files or folders to check, “-” for standard input [default: the folder plans if there is one, else this folder]"),
    )]
    pub paths: Vec<PathBuf>,
    /// Rules or families to apply, and no others.
    #[arg(
        long,
        value_name = t("规则", "RULE"),
        value_delimiter = ',',
        value_parser = NonEmptyStringValueParser::new(),
        help = t("只查这些规则或类别，用逗号隔开，如late,meeting；可写多次",
                 "apply only these rules or families, separated by commas, such as late,meeting; may be repeated"),
    )]
    pub select: Vec<String>,
    /// Rules or families not to apply.
    #[arg(
        long,
        value_name = t("规则", "RULE"),
        value_delimiter = ',',
        value_parser = NonEmptyStringValueParser::new(),
        help = t("不查这些规则或类别，写法同上；与--select相抵触时以此为准",
                 "do not apply these rules or families; goes before --select"),
    )]
    pub ignore: Vec<String>,
    /// From which level on findings make the exit code 1.
    #[arg(
        long,
        value_enum,
        value_name = t("级别", "LEVEL"),
        default_value = "error",
        help = t("有这一级或更高级别的问题时，退出码为1", "exit with 1 if there are findings at or above this level"),
    )]
    pub fail_on: FailOn,
    /// How the findings are written to standard output; `None`: as text, or not at all with `-o`.
    #[arg(
        long,
        value_enum,
        value_name = t("格式", "FORMAT"),
        help = t("结果的格式；不写为text，写了-o则只存文件", "format of the findings; by default text, or only the files of -o"),
    )]
    pub format: Option<CheckFormat>,
    /// Files to write, each `FILE` or `FORMAT:FILE`, as they were written.
    #[arg(
        short,
        long,
        value_name = t("[格式:]文件", "[FORMAT:]FILE"),
        help = t("把结果存为文件，格式看扩展名（如out.sarif），也可写明（如gitlab:cq.json）；台账也可一并存，如台账.xlsx；可写多次",
                 "write the findings to a file; its format comes from the extension, as in out.sarif, or is named, as in gitlab:cq.json; the ledger can be written too, as in ledger.xlsx; may be repeated"),
    )]
    pub output: Vec<OsString>,
}

/// `duban report`
#[derive(Debug, Args)]
pub struct ReportArgs {
    /// Files and folders; `-` is standard input. Empty: `plans` if it exists, else `.`.
    #[arg(
        value_name = t("路径", "PATH"),
        help = t("要汇总的文件或文件夹，“-”为标准输入 [默认：plans文件夹，没有则为当前文件夹]",
                 "files or folders to report on, “-” for standard input [default: the folder plans if there is one, else this folder]"),
    )]
    pub paths: Vec<PathBuf>,
    /// What one row stands for.
    #[arg(
        long,
        value_enum,
        value_name = t("方式", "WHAT"),
        default_value = "unit",
        help = t("按什么汇总", "what a row stands for"),
    )]
    pub by: By,
    /// Statuses to show, as they were written; empty: all.
    #[arg(
        long,
        value_name = t("状态", "STATUS"),
        value_delimiter = ',',
        value_parser = NonEmptyStringValueParser::new(),
        help = t("只列这些状态，用逗号隔开，如逾期未完成,临期；可写多次",
                 "show only these statuses, separated by commas, such as overdue,due-soon; may be repeated"),
    )]
    pub only: Vec<String>,
    /// The one milestone to show, by its id.
    #[arg(
        long,
        value_name = t("代号", "ID"),
        value_parser = NonEmptyStringValueParser::new(),
        help = t("只看这个时间节点，写活动文件中的代号", "show only this milestone, by its id in the campaign file"),
    )]
    pub milestone: Option<String>,
    /// How the report is written to standard output; `None`: as a table, or not at all with `-o`.
    #[arg(
        long,
        value_enum,
        value_name = t("格式", "FORMAT"),
        help = t("汇总的格式；不写为table，写了-o则只存文件", "format of the report; by default table, or only the files of -o"),
    )]
    pub format: Option<ReportFormat>,
    /// Files to write, each `FILE` or `FORMAT:FILE`, as they were written.
    #[arg(
        short,
        long,
        value_name = t("[格式:]文件", "[FORMAT:]FILE"),
        help = t("把汇总存为文件，格式看扩展名，如台账.xlsx、report.csv、时限.ics，也可写明，如markdown:report.txt；可写多次",
                 "write the report to a file; its format comes from the extension, as in ledger.xlsx, report.csv or dates.ics, or is named, as in markdown:report.txt; may be repeated"),
    )]
    pub output: Vec<OsString>,
}

/// `duban fix`
#[derive(Debug, Args)]
#[command(after_long_help = t(
    "只改意思确定无疑的：加了引号的日期和中文写法的日期、全角的数字和引号、
不合GB/T 9704-2012的发文字号、只有一种可能的错键名；不是UTF-8的文件存为UTF-8。
注释和排版保持原样，其余问题用duban check查看。

退出码：
  0  已改好，或没有可改的
  1  写了--diff，并且有可改的
  2  有文件没有改成：命令写错、路径不存在、活动文件有误、文件读不了或写不了",
    "Only what is certain is repaired: dates in quotes or written in Chinese,
full-width digits and quotes, document numbers that are not as GB/T 9704-2012
wants them, and misspelt keys that can mean one thing only; a file that is not
UTF-8 is saved as UTF-8. Comments and layout stay. duban check shows the rest.

Exit codes:
  0  done, or nothing to repair
  1  with --diff: there is something to repair
  2  some file could not be repaired: a mistake in the command, no such path,
     a faulty campaign file, or a file that cannot be read or written",
))]
pub struct FixArgs {
    /// Files and folders. Empty: `plans` if it exists, else `.`.
    #[arg(
        value_name = t("路径", "PATH"),
        help = t("要改正的文件或文件夹 [默认：plans文件夹，没有则为当前文件夹]",
                 "files or folders to repair [default: the folder plans if there is one, else this folder]"),
    )]
    pub paths: Vec<PathBuf>,
    /// Show, do not write.
    #[arg(long, help = t("只列出要改的内容，不写文件", "show what would be changed, and write nothing"))]
    pub diff: bool,
    /// Rules or families whose findings are repaired, and no others.
    #[arg(
        long,
        value_name = t("规则", "RULE"),
        value_delimiter = ',',
        value_parser = NonEmptyStringValueParser::new(),
        help = t("只改这些规则或类别的问题，用逗号隔开，如quoted-date；格式错误（syntax）总是改",
                 "repair only what these rules or families find, separated by commas, such as quoted-date; what is not TOML is always repaired"),
    )]
    pub select: Vec<String>,
    /// Rules or families whose findings are not repaired.
    #[arg(
        long,
        value_name = t("规则", "RULE"),
        value_delimiter = ',',
        value_parser = NonEmptyStringValueParser::new(),
        help = t("不改这些规则或类别的问题，写法同上；不改encoding的，不是UTF-8的文件整个不动",
                 "do not repair what these rules or families find; without encoding, files that are not UTF-8 are left alone"),
    )]
    pub ignore: Vec<String>,
}

/// `duban explain`
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// Code or name of a rule; `None`: list them all.
    #[arg(
        value_name = t("规则", "RULE"),
        help = t("规则的编号或名称，如D002或late；不写则列出全部规则",
                 "code or name of a rule, such as D002 or late; without it all rules are listed"),
    )]
    pub rule: Option<String>,
    /// How the explanation is written.
    #[arg(
        long,
        value_enum,
        value_name = t("格式", "FORMAT"),
        default_value = "text",
        help = t("说明的格式", "format of the explanation"),
    )]
    pub format: ExplainFormat,
}

/// `duban new`
#[derive(Debug, Args)]
pub struct NewArgs {
    /// Codes of units in the roster.
    #[arg(
        value_name = t("代码", "CODE"),
        required_unless_present = "all",
        conflicts_with = "all",
        value_parser = NonEmptyStringValueParser::new(),
        help = t("花名册中的单位代码；已有文件的不覆盖，报错",
                 "codes of units in the roster; a file that is there is never replaced, but refused"),
    )]
    pub codes: Vec<String>,
    /// Every unit of the roster.
    #[arg(long, help = t("花名册中的所有单位；已有文件的跳过", "every unit of the roster; those that have a file are passed over"))]
    pub all: bool,
    /// The folder to write to; `None`: the campaign's.
    #[arg(
        long,
        value_name = t("文件夹", "DIR"),
        help = t("写到这个文件夹，没有则新建；不写则为活动文件所在文件夹",
                 "folder to write to, made if it is not there; by default the campaign file's"),
    )]
    pub to: Option<PathBuf>,
}

/// `duban init`
#[derive(Debug, Args)]
pub struct InitArgs {
    /// The folder; `None`: this one.
    #[arg(
        value_name = t("文件夹", "DIR"),
        help = t("活动文件夹，没有则新建；不写则为当前文件夹",
                 "the campaign's folder, made if it is not there; by default this folder"),
    )]
    pub folder: Option<PathBuf>,
}
