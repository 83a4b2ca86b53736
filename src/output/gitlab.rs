//! A Code Quality report of GitLab: one list of issues, each with a fingerprint of its own.

use serde::Serialize;

use super::{View, place, sentences};
use crate::escape::json_document;
use crate::finding::Severity;

#[derive(Serialize)]
struct Issue<'v> {
    description: String,
    check_name: String,
    fingerprint: String,
    severity: &'static str,
    location: Location<'v>,
}

/// The path is compared with those of the repository as it stands, so it is not encoded.
#[derive(Serialize)]
struct Location<'v> {
    path: &'v str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

pub(super) fn render(view: &View<'_>) -> String {
    let findings = view.verdict.findings.iter();
    let issues = findings.zip(place::fingerprints(view));
    let issues: Vec<Issue<'_>> = issues
        .map(|(finding, fingerprint)| Issue {
            description: sentences(finding, view.lang),
            check_name: finding.rule.to_string(),
            fingerprint,
            severity: severity(finding.severity),
            location: Location {
                path: place::relative(view, &finding.place.file),
                lines: Lines {
                    begin: finding.place.line,
                    end: finding.place.end_line,
                },
            },
        })
        .collect();
    json_document(&issues)
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "critical",
        Severity::Warning => "minor",
        Severity::Note => "info",
    }
}
