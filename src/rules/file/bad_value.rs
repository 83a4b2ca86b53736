//! A value that means nothing here.

use crate::finding::Severity;
use crate::lang::Text;
use crate::rules::{Check, Rule};

/// A value that means nothing here.
pub const RULE: Rule = Rule {
    code: "F006",
    name: "bad-value",
    family: "file",
    level: Severity::Error,
    summary: Text::fixed(
        "选项或数字不在允许的范围内",
        "a word or number that is not allowed here",
    ),
    why: Text::fixed(
        "选项、数字超出范围就无从判断；用到它的节点记为待核，不算未完成。",
        "A word or number out of range cannot be judged; a milestone that hangs on it is unclear (待核), never counted as not done.",
    ),
    answer: Text::fixed(
        "从提示的选项中选一个，或核对数字。",
        "Choose one of the words that are offered, or check the number.",
    ),
    bad: include_str!("bad_value.bad.toml"),
    good: include_str!("bad_value.good.toml"),
    check: Check::READING,
};
