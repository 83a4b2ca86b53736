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
    summary: Text::fixed("值不在允许的范围内", "a value that means nothing here"),
    why: Text::fixed(
        "选项和数字超出范围时无法判断；依赖它的节点记为待核。",
        "A word or number out of range cannot be judged; a milestone that hangs on it is unclear.",
    ),
    answer: Text::fixed(
        "从提示的选项中选一个，或核对数字。",
        "Choose one of the words offered, or check the number.",
    ),
    bad: include_str!("bad_value.bad.toml"),
    good: include_str!("bad_value.good.toml"),
    check: Check::READING,
};
