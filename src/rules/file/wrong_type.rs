//! A value of the wrong type.

use crate::finding::Severity;
use crate::lang::Text;
use crate::rules::{Check, Rule};

/// A value of the wrong type.
pub const RULE: Rule = Rule {
    code: "F005",
    name: "wrong-type",
    family: "file",
    level: Severity::Error,
    summary: Text::fixed("值的类型不对", "a value of the wrong type"),
    why: Text::fixed(
        "日期和数字不加引号，文字加英文引号，几项并列的用方括号；写错了就读不出来，用到它的节点记为待核。",
        "Dates and numbers have no quotes, text has ASCII quotes, lists have brackets; what is written otherwise cannot be read, and a milestone that hangs on it is unclear (待核).",
    ),
    answer: Text::fixed(
        "按提示的写法改正；电话、编号是文字，要加引号。",
        "Write it as the message says; telephone numbers and codes are text and need quotes.",
    ),
    bad: include_str!("wrong_type.bad.toml"),
    good: include_str!("wrong_type.good.toml"),
    check: Check::READING,
};
