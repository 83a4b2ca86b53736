//! One line a finding: `path:line:column: level[CODE name] message (fix)`, for editors and `grep`.

use std::fmt::Write;

use super::View;
use crate::escape::plain;

pub(super) fn render(view: &View<'_>) -> String {
    let mut out = String::new();
    for finding in &view.verdict.findings {
        let place = &finding.place;
        let (message, fix) = (
            plain(finding.message.get(view.lang)),
            plain(finding.fix.get(view.lang)),
        );
        let level = finding.severity.name();
        let (open, close) = view.lang.pick(("（", "）"), (" (", ")"));
        let (file, line, column, rule) =
            (plain(&place.file), place.line, place.column, &finding.rule);
        let level = level.get(view.lang);
        _ = writeln!(
            out,
            "{file}:{line}:{column}: {level}[{rule}] {message}{open}{fix}{close}"
        );
    }
    out
}
