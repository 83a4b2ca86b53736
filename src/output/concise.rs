//! One line a finding: `path:line:column: level[CODE name] message (fix)`, for editors and `grep`.

use super::View;
use crate::escape::plain;
use crate::finding::Finding;
use crate::lang::Lang;

pub(super) fn render<'v>(view: &View<'v>) -> impl Iterator<Item = String> + 'v {
    let (findings, lang) = (view.verdict.findings.iter(), view.lang);
    findings.map(move |finding| line(finding, lang))
}

/// The line of a finding, with its line break.
pub(super) fn line(finding: &Finding, lang: Lang) -> String {
    let place = &finding.place;
    let (message, fix) = (
        plain(finding.message.get(lang)),
        plain(finding.fix.get(lang)),
    );
    let level = finding.severity.name();
    // The log of a CI service obeys a line that begins with two colons.
    let here = if place.file.starts_with("::") {
        "./"
    } else {
        ""
    };
    let (open, close) = lang.pick(("（", "）"), (" (", ")"));
    let (file, line, column, rule) = (plain(&place.file), place.line, place.column, &finding.rule);
    let level = level.get(lang);
    format!("{here}{file}:{line}:{column}: {level}[{rule}] {message}{open}{fix}{close}\n")
}
