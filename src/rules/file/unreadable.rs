//! A file that cannot be read at all.

use crate::finding::Severity;
use crate::lang::Text;
use crate::rules::{Check, Rule};

/// A file that cannot be read at all.
pub const RULE: Rule = Rule {
    code: "F001",
    name: "unreadable",
    family: "file",
    level: Severity::Error,
    summary: Text::fixed(
        "文件打不开或不是文字",
        "the file cannot be opened or is not text",
    ),
    why: Text::fixed(
        "读不了的文件不能算作未报，也不能算作合格；单位记为待核。",
        "A file that cannot be read is neither missing nor in order; its unit is unclear (待核).",
    ),
    answer: Text::fixed(
        "检查文件权限，或用记事本打开后另存为UTF-8编码重新报送。",
        "Check the file's permissions, or open it in an editor, save it as UTF-8 and send it again.",
    ),
    bad: include_str!("unreadable.bad.toml"),
    good: include_str!("unreadable.good.toml"),
    check: Check::READING,
};
