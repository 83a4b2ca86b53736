//! A file that is not UTF-8.

use crate::finding::Severity;
use crate::lang::Text;
use crate::rules::{Check, Rule};

/// A file that is not UTF-8.
pub const RULE: Rule = Rule {
    code: "F009",
    name: "encoding",
    family: "file",
    level: Severity::Note,
    summary: Text::fixed("文件不是UTF-8编码", "the file is not UTF-8"),
    why: Text::fixed(
        "GBK和UTF-16的文件照常读取，不影响结果，但别的软件未必认得，容易变成乱码。",
        "Files in GBK or UTF-16 are read all the same, and nothing is lost; but other programs may not know them.",
    ),
    answer: Text::fixed(
        "用记事本“另存为”，编码选UTF-8。",
        "Save the file as UTF-8 (Notepad: Save As, encoding UTF-8).",
    ),
    bad: include_str!("encoding.bad.toml"),
    good: include_str!("encoding.good.toml"),
    check: Check::READING,
};
