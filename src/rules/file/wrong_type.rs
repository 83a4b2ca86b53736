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
        "日期、数字、文字、列表各有写法，写错了就读不出来。",
        "Dates, numbers, text and lists are each written in their own way; otherwise they cannot be read.",
    ),
    answer: Text::fixed("按提示的写法改正。", "Write it as the message says."),
    bad: include_str!("wrong_type.bad.toml"),
    good: include_str!("wrong_type.good.toml"),
    check: Check::READING,
};
