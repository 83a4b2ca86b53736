//! Workflow commands for a job's log on GitHub, which marks the lines in the changed files:
//! `::error file=…,line=…,col=…,title=…::message`.

use super::{View, place};
use crate::escape::{plain, workflow_message, workflow_property};
use crate::finding::{Finding, Severity};
use crate::lang::Text;

/// Errors first: only the first ten of each level are shown.
pub(super) fn render<'v>(view: &View<'v>) -> impl Iterator<Item = String> + 'v {
    let (mut findings, view): (Vec<&Finding>, _) = (view.verdict.findings.iter().collect(), *view);
    findings.sort_by_key(|finding| finding.severity);
    let line = move |finding: &'v Finding| command(&view, finding);
    findings.into_iter().map(line)
}

fn command(view: &View<'_>, finding: &Finding) -> String {
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let region = finding.place.region();
    let file = workflow_property(place::relative(view, &finding.place.file));
    let title = workflow_property(&plain(&finding.rule.to_string()));
    // Columns are understood within one line only.
    let place = match region.line == region.end_line {
        true => format!(
            "line={},col={},endColumn={}",
            region.line, region.column, region.end_column
        ),
        false => format!("line={},endLine={}", region.line, region.end_line),
    };
    let message = workflow_message(&message(view, finding));
    format!("::{level} file={file},{place},title={title}::{message}\n")
}

/// What is wrong, and on a line of its own how to put it right.
fn message(view: &View<'_>, finding: &Finding) -> String {
    let fix = Text::fixed("改法：", "fix: ");
    let say = |text: &Text| plain(text.get(view.lang)).into_owned();
    format!(
        "{}\n{}{}",
        say(&finding.message),
        say(&fix),
        say(&finding.fix)
    )
}
