//! The page that a platform shows for a job: where the milestones stand and what was found, as Markdown.

use std::fmt::Write;

use super::{View, place, summary};
use crate::escape::markdown;
use crate::finding::Finding;
use crate::lang::{Text, count};
use crate::text;

/// Platforms refuse a page of more than 1 MiB; several steps share a job.
const MAX_BYTES: usize = 256 * 1024;

/// The page, errors first.
pub fn job_summary(view: &View<'_>) -> String {
    let say = |text: &Text| text.get(view.lang).to_owned();
    let name = markdown(&view.campaign.campaign.name);
    let title = text!("{name}：检查结果", "{name}: findings");
    let mut out = format!("## {}\n\n", say(&title));
    for line in summary(view).lines() {
        _ = writeln!(out, "- {}", markdown(line));
    }
    out.push('\n');
    let mut findings: Vec<&Finding> = view.verdict.findings.iter().collect();
    findings.sort_by_key(|finding| finding.severity);
    if findings.is_empty() {
        let none = Text::fixed("没有发现问题。\n", "Nothing was found.\n");
        return out + none.get(view.lang);
    }
    let header = Text::fixed(
        "| 级别 | 规则 | 位置 | 问题 | 改法 |\n|---|---|---|---|---|\n",
        "| level | rule | place | finding | fix |\n|---|---|---|---|---|\n",
    );
    out.push_str(header.get(view.lang));
    let mut left = findings.len();
    for finding in findings {
        let row = row(view, finding);
        if out.len() + row.len() > MAX_BYTES {
            break;
        }
        out.push_str(&row);
        left -= 1;
    }
    if left > 0 {
        let n = count(left as i64, "finding is", "findings are");
        let rest = text!(
            "\n另有{left}个问题没有列在这里，见完整的结果。\n",
            "\n{n} not listed here; see the whole result.\n"
        );
        out.push_str(&say(&rest));
    }
    out
}

fn row(view: &View<'_>, finding: &Finding) -> String {
    let say = |text: &Text| markdown(text.get(view.lang));
    let level = say(&finding.severity.name());
    let rule = markdown(&finding.rule.to_string());
    let file = markdown(place::relative(view, &finding.place.file));
    let line = finding.place.line;
    let (message, fix) = (say(&finding.message), say(&finding.fix));
    format!("| {level} | {rule} | {file}:{line} | {message} | {fix} |\n")
}
