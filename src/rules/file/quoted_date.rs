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
        "带引号的是文字，不是日期；程序不替单位猜测，但会给出正确写法。",
        "What stands in quotes is text, not a date; the program does not guess, but offers the right form.",
    ),
    answer: Text::fixed(
        "去掉引号，写成2022-03-28。",
        "Take away the quotes and write 2022-03-28.",
    ),
    bad: include_str!("quoted_date.bad.toml"),
    good: include_str!("quoted_date.good.toml"),
    check: Check::READING,
};
