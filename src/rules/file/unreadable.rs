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
        "读不了的文件不能算作未报，也不能算作合格；文件名以单位代码开头的（如T01.toml），该单位记为待核。常见的是把Word文档改名为.toml，或传输中损坏。",
        "A file that cannot be read is neither missing nor in order; if its name begins with a unit's code (T01.toml), that unit is unclear (待核). Mostly it is a renamed Word document, or was damaged on its way.",
    ),
    answer: Text::fixed(
        "打不开的，检查文件权限，看是否被别的程序占用；不是文字的，请单位重新报送，不要把别的文件改名报送。",
        "If it cannot be opened, check its permissions and whether another program holds it; if it is not text, ask the unit to send the plan file itself, not another file under its name.",
    ),
    bad: include_str!("unreadable.bad.toml"),
    good: include_str!("unreadable.good.toml"),
    check: Check::READING,
};
