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
    summary: Text::fixed("键名写错或多余", "a key that nothing reads"),
    why: Text::fixed(
        "键名写错，那一行就读不到，等于没有填；不报出来，单位会以为已经填了。",
        "A misspelt key is not read, which is as good as not written; if it passed, the unit would believe that it had reported.",
    ),
    answer: Text::fixed(
        "改成提示的键名；多余的内容删去，或写成以#开头的注释。",
        "Write the key that is suggested; delete what is not needed, or make it a comment with #.",
    ),
    bad: include_str!("unknown_key.bad.toml"),
    good: include_str!("unknown_key.good.toml"),
    check: Check::READING,
};
