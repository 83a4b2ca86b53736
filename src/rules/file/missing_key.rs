//! A key that must be there.

use crate::finding::Severity;
use crate::lang::Text;
use crate::rules::{Check, Rule};

/// A key that must be there.
pub const RULE: Rule = Rule {
    code: "F004",
    name: "missing-key",
    family: "file",
    level: Severity::Error,
    summary: Text::fixed("缺少必填的键", "a key that must be there is missing"),
    why: Text::fixed(
        "必填的只有少数几项，缺了就不知道是哪个单位、什么记录。",
        "Few keys are mandatory; without them nobody can tell whose file or what record it is.",
    ),
    answer: Text::fixed("补上这一行。", "Add the line."),
    bad: include_str!("missing_key.bad.toml"),
    good: include_str!("missing_key.good.toml"),
    check: Check::READING,
};
