//! A key that nothing reads.

use crate::finding::Severity;
use crate::lang::Text;
use crate::rules::{Check, Rule};

/// A key that nothing reads.
pub const RULE: Rule = Rule {
    code: "F003",
    name: "unknown-key",
    family: "file",
    level: Severity::Error,
    summary: Text::fixed("表中没有这个键", "a key that nothing reads"),
    why: Text::fixed(
        "写错的键不会被读取，等于没有填写，所以不能放过。",
        "A misspelt key is not read, which is as good as not written, so it cannot pass.",
    ),
    answer: Text::fixed(
        "改成提示的键名；多余的内容删去，或写成以#开头的注释。",
        "Write the key that is suggested; delete what is not needed, or make it a comment with #.",
    ),
    bad: include_str!("unknown_key.bad.toml"),
    good: include_str!("unknown_key.good.toml"),
    check: Check::READING,
};
