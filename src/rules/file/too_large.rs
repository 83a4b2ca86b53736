//! A file beyond the limits.

use crate::finding::Severity;
use crate::lang::Text;
use crate::rules::{Check, Rule};

/// A file beyond the limits.
pub const RULE: Rule = Rule {
    code: "F008",
    name: "too-large",
    family: "file",
    level: Severity::Error,
    summary: Text::fixed("文件过大或问题过多", "a file beyond the limits"),
    why: Text::fixed(
        "一份方案不过几千字；大到几MB的，多半放进了照片或别的内容。单个文件以4MB为限；读的时候发现的问题，每个文件最多列出200个，连同各条规则的，最多1000个，其余只报个数。",
        "A plan has a few thousand characters; a file of megabytes holds something else. The limit is 4 MB a file; 200 problems of reading are listed of each and 1,000 findings in all, and the number of further ones is given.",
    ),
    answer: Text::fixed(
        "只保留方案内容，照片和附件另放，在evidence中写路径；问题过多的，先改正列出的，再检查一次。",
        "Keep only the plan; put pictures and attachments beside it and name them in evidence. If there are too many problems, correct those listed and check again.",
    ),
    bad: include_str!("too_large.bad.toml"),
    good: include_str!("too_large.good.toml"),
    check: Check::READING,
};
