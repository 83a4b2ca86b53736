//! Text that is not TOML.

use crate::finding::Severity;
use crate::lang::Text;
use crate::rules::{Check, Rule};

/// Text that is not TOML.
pub const RULE: Rule = Rule {
    code: "F002",
    name: "syntax",
    family: "file",
    level: Severity::Error,
    summary: Text::fixed("不符合TOML格式", "the text is not TOML"),
    why: Text::fixed(
        "格式有误的那一行读不出来，其余内容照常检查；用到这一行的节点记为待核，不算未完成。表头写坏、引号不成对的，波及多少看不出来，凡不能证明按期的节点都记为待核。",
        "The broken line cannot be read, the rest is checked all the same; a milestone that hangs on the line is unclear (待核), never counted as not done. After a broken header or an unclosed quotation mark nobody can tell how much is lost, so all that is not proved on time is unclear.",
    ),
    answer: Text::fixed(
        "按提示改正所标的位置：键和值之间用半角等号，文字用英文引号，日期写成2022-03-28。",
        "Correct the marked place: an ASCII equals sign between key and value, ASCII quotes around text, dates as 2022-03-28.",
    ),
    bad: include_str!("syntax.bad.toml"),
    good: include_str!("syntax.good.toml"),
    check: Check::READING,
};
