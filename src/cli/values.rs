//! Words that an option may have, with their help: each a closed list.

use clap::ValueEnum;

use super::parse::t;

/// When the terminal is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ColorWhen {
    /// In a terminal, unless `NO_COLOR` is set.
    #[value(help = t("在终端里用，存为文件时不用", "in a terminal, not in a file"))]
    Auto,
    /// In files, too.
    #[value(help = t("总是用", "always"))]
    Always,
    /// Nowhere.
    #[value(help = t("不用", "never"))]
    Never,
}

/// The lowest level of finding that makes `check` exit with 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Errors.
    #[value(help = t("错误", "errors"))]
    Error,
    /// Errors and warnings.
    #[value(help = t("错误和警告", "errors and warnings"))]
    Warning,
    /// Every finding.
    #[value(help = t("错误、警告和提示", "errors, warnings and notes"))]
    Note,
    /// No finding.
    #[value(help = t("有问题也不算，退出码为0", "no finding: exit with 0 all the same"))]
    Never,
}

/// Formats of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// Each finding with the lines of the file that it is about.
    #[value(help = t("逐条列出，附原文和改法", "each finding with the lines it is about and how to put it right"))]
    Text,
    /// One line for each finding.
    #[value(help = t("每个问题一行", "one line for each finding"))]
    Concise,
    /// For programs.
    #[value(help = t("供其他程序读取，结构用schema命令查看", "for other programs; the command schema describes it"))]
    Json,
    /// SARIF 2.1.0.
    #[value(help = t("SARIF 2.1.0，供代码扫描平台和编辑器读取", "SARIF 2.1.0, for code scanning platforms and editors"))]
    Sarif,
    /// Workflow commands.
    #[value(help = t("GitHub流水线的标注命令", "commands in the log of a GitHub job, which mark the lines"))]
    Github,
    /// Code Quality.
    #[value(help = t("GitLab的代码质量报告", "a Code Quality report of GitLab"))]
    Gitlab,
    /// Test results.
    #[value(help = t("JUnit测试报告，每个方案文件一项", "JUnit test results, a case for each plan file"))]
    Junit,
}

/// What one row of a report stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum By {
    /// Units in the order of the roster.
    #[value(help = t("每个单位一行，按花名册的次序", "one row for each unit, in the order of the roster"))]
    Unit,
    /// Milestones in the order of the campaign.
    #[value(help = t("每个时间节点一行", "one row for each milestone"))]
    Milestone,
    /// Categories: townships, departments, …
    #[value(help = t("每类单位一行，如乡镇、街道、部门", "one row for each category of units, such as townships"))]
    Category,
}

/// Formats of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// For the terminal.
    #[value(help = t("在终端里看的表格", "a table for the terminal"))]
    Table,
    /// For a document.
    #[value(help = t("可贴进文档的表格", "a table to paste into a document"))]
    Markdown,
    /// For a spreadsheet.
    #[value(help = t("可用电子表格软件打开", "to open in a spreadsheet program"))]
    Csv,
    /// For programs.
    #[value(help = t("供其他程序读取", "for other programs"))]
    Json,
    /// The office's workbook.
    #[value(help = t("台账工作簿，存为文件，不在终端里显示", "the ledger as a workbook, for a file and not for the terminal"))]
    Xlsx,
    /// The bulletin.
    #[value(help = t("情况通报，存为文件，不在终端里显示", "the bulletin as a document, for a file and not for the terminal"))]
    Docx,
    /// For a calendar.
    #[value(help = t("各项时限，可导入日历", "the due dates, to put into a calendar"))]
    Ics,
    /// For a browser and for paper.
    #[value(help = t("看板网页，一个文件，不联网也能看、能打印", "the board: one page to open in a browser, offline, and to print"))]
    Html,
}

/// Formats of an explanation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExplainFormat {
    /// For the terminal.
    #[value(help = t("在终端里看", "for the terminal"))]
    Text,
    /// For a document.
    #[value(help = t("可贴进文档", "to paste into a document"))]
    Markdown,
    /// For programs.
    #[value(help = t("供其他程序读取", "for other programs"))]
    Json,
}
