//! The structure of the JSON. The comments become the schema's descriptions: Chinese first, then a blank line and
//! English.

use schemars::JsonSchema;
use serde::Serialize;

/// 一次检查的结果
///
/// what one check came to
#[derive(Serialize, JsonSchema)]
#[schemars(title = "duban findings")]
pub(super) struct Document<'v> {
    /// 结构的版本；字段含义改变或取消字段时加一，新增字段时不变
    ///
    /// version of the structure: raised when a field changes its meaning or goes away, not when one is added
    #[schemars(extend("const" = super::VERSION))]
    pub version: u32,
    /// 程序名称
    ///
    /// the program
    #[schemars(extend("const" = "duban"))]
    pub tool: &'static str,
    /// 程序版本
    ///
    /// version of the program
    pub tool_version: &'static str,
    /// 文字所用的语言
    ///
    /// language of the texts
    pub language: Language,
    /// 活动名称
    ///
    /// name of the campaign
    pub campaign: &'v str,
    /// 截至日期，检查以这一天为准
    ///
    /// the day that everything was judged by
    #[schemars(extend("format" = "date"))]
    pub as_of: String,
    /// 是否核对了整个花名册；否则只查了给出的文件
    ///
    /// whether the whole roster was judged, or only the files given
    pub whole_roster: bool,
    /// 各项数目
    ///
    /// the figures
    pub summary: Summary<'v>,
    /// 发现的问题，按文件和位置排列
    ///
    /// what was found, by file and position
    pub findings: Vec<JsonFinding<'v>>,
}

/// 中文或英文
///
/// Chinese or English
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "Language", inline)]
pub(super) enum Language {
    Zh,
    En,
}

/// 错误、警告或提示
///
/// how grave it is
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "Level", inline)]
pub(super) enum Level {
    Error,
    Warning,
    Note,
}

/// 各项数目
///
/// the figures
#[derive(Serialize, JsonSchema)]
pub(super) struct Summary<'v> {
    /// 台账中的单位数
    ///
    /// units in the ledger
    pub units: usize,
    /// 读取的方案文件数，读不了的也计入
    ///
    /// plan files read, or tried
    pub files: usize,
    /// 跳过的文件及原因
    ///
    /// files passed over, with the reason
    pub skipped: Vec<Skipped<'v>>,
    /// 错误数
    ///
    /// findings that are errors
    pub errors: usize,
    /// 警告数
    ///
    /// findings that are warnings
    pub warnings: usize,
    /// 提示数
    ///
    /// findings that are notes
    pub notes: usize,
    /// 因免报而不列的问题数
    ///
    /// findings that an exemption silenced
    pub silenced: usize,
    /// 截至日期之后、未计入的记录数
    ///
    /// records dated after the as-of date, which were left out
    pub set_aside: SetAside,
}

/// 跳过的文件
///
/// a file that was passed over
#[derive(Serialize, JsonSchema)]
pub(super) struct Skipped<'v> {
    /// 文件路径
    ///
    /// the file's path
    pub file: &'v str,
    /// 跳过的原因
    ///
    /// why it was passed over
    pub reason: String,
}

/// 截至日期之后的记录数
///
/// records dated after the as-of date
#[derive(Serialize, JsonSchema)]
pub(super) struct SetAside {
    /// 方案
    ///
    /// plans
    pub filings: usize,
    /// 生活会
    ///
    /// life meetings
    pub meetings: usize,
    /// 制度办法
    ///
    /// documents
    pub documents: usize,
}

/// 一个问题
///
/// one finding
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Finding")]
pub(super) struct JsonFinding<'v> {
    /// 规则编号，如D002
    ///
    /// code of the rule, such as D002
    pub code: &'v str,
    /// 规则名称，如late
    ///
    /// name of the rule, such as late
    pub name: &'v str,
    /// 规则类别，如deadline
    ///
    /// family of the rule, such as deadline
    pub family: &'v str,
    /// 级别
    ///
    /// the level
    pub level: Level,
    /// 单位代码；不知道是哪个单位时为null
    ///
    /// code of the unit concerned, null where it is not known
    pub unit: Option<&'v str>,
    /// 问题
    ///
    /// what is wrong
    pub message: &'v str,
    /// 改法
    ///
    /// how to put it right
    pub fix: &'v str,
    /// 由规则、单位和字段组成，同一次检查中不重复；行号变动时不变
    ///
    /// made of rule, unit and field, unlike every other of this check; it stays the same when lines move
    pub fingerprint: String,
    #[serde(flatten)]
    pub place: JsonPlace<'v>,
    /// 依据所在的位置；没有时为null
    ///
    /// the place that makes it wrong, or null
    pub cause: Option<JsonPlace<'v>>,
    /// 确定无疑的修改；没有时为null
    ///
    /// the repair when it is certain, else null
    pub edit: Option<JsonEdit<'v>>,
}

/// 文件中的位置
///
/// a place in a file
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Place")]
pub(super) struct JsonPlace<'v> {
    /// 文件路径
    ///
    /// the file's path, as it was given or found
    pub file: &'v str,
    /// 字段，如meeting[2].held，序号从0开始；整个文件时为空
    ///
    /// the field, such as meeting[2].held, counted from 0; empty for the file as a whole
    pub field: String,
    #[serde(flatten)]
    pub region: JsonRegion,
    /// 标在原文下面的说明，可为空
    ///
    /// a word or two about what is marked, or empty
    pub label: &'v str,
}

/// 起止行列，从1开始；列按字符（Unicode码位）计
///
/// lines and columns from 1, columns in characters (Unicode code points)
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Region")]
pub(super) struct JsonRegion {
    /// 起始行
    ///
    /// first line
    #[schemars(range(min = 1))]
    pub line: usize,
    /// 起始列
    ///
    /// first column
    #[schemars(range(min = 1))]
    pub column: usize,
    /// 结束行
    ///
    /// last line
    #[schemars(range(min = 1))]
    pub end_line: usize,
    /// 最后一个字符的下一列
    ///
    /// the column after the last character
    #[schemars(range(min = 1))]
    pub end_column: usize,
}

/// 确定无疑的修改：把这一段换成text
///
/// a certain repair: text takes the place of what stands there
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Edit")]
pub(super) struct JsonEdit<'v> {
    /// 起始字节，按UTF-8文本计，不含字节顺序标记
    ///
    /// first byte of the text in UTF-8, without a byte order mark
    pub start: usize,
    /// 结束字节，不含
    ///
    /// the byte after the last
    pub end: usize,
    #[serde(flatten)]
    pub region: JsonRegion,
    /// 换上的文字
    ///
    /// what stands there afterwards
    pub text: &'v str,
}
