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
        "必填的很少：单位的代码和名称，每条问题、措施、会议、文件的主要内容。缺了就不知道是哪个单位、什么记录。",
        "Few keys are mandatory: the unit's code and name, and what makes a problem, measure, meeting or document one. Without them nobody can tell whose file or what record it is.",
    ),
    answer: Text::fixed(
        "按提示补上这一行；整段没有内容的，连表头一起删去。",
        "Add the line that is named; if there is nothing to tell, delete the entry with its header.",
    ),
    bad: include_str!("missing_key.bad.toml"),
    good: include_str!("missing_key.good.toml"),
    check: Check::READING,
};
