//! A date written as text.

use crate::finding::Severity;
use crate::lang::Text;
use crate::rules::{Check, Rule};

/// A date written as text.
pub const RULE: Rule = Rule {
    code: "F007",
    name: "quoted-date",
    family: "file",
    level: Severity::Error,
    summary: Text::fixed("日期写成了文字", "a date written as text"),
    why: Text::fixed(
        "带引号的是文字，不是日期。程序不替单位猜测，但给出正确写法；改正之前，用到它的节点记为待核，不算未完成。",
        "What stands in quotes is text, not a date. The program does not guess, but offers the right form; until it is put right, a milestone that hangs on it is unclear (待核), never counted as not done.",
    ),
    answer: Text::fixed(
        "去掉引号，写成2022-03-28；日期未定的，整行删去。",
        "Take away the quotes and write 2022-03-28; if the day is not settled, delete the line.",
    ),
    bad: include_str!("quoted_date.bad.toml"),
    good: include_str!("quoted_date.good.toml"),
    check: Check::READING,
};
