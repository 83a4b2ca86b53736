//! Findings for programs. The structure is this module's own and carries a version; nothing internal is
//! serialised, so that it changes only on purpose.

use serde::Serialize;

use super::View;
use crate::finding::{Edit, Finding, Place, Severity};
use crate::lang::Lang;

/// Raised when a field changes its meaning or goes away; new fields do not raise it.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'v> {
    version: u32,
    tool: &'static str,
    tool_version: &'static str,
    language: Lang,
    campaign: &'v str,
    as_of: String,
    whole_roster: bool,
    summary: Summary<'v>,
    findings: Vec<JsonFinding<'v>>,
}

#[derive(Serialize)]
struct Summary<'v> {
    units: usize,
    files: usize,
    skipped: Vec<Skipped<'v>>,
    errors: usize,
    warnings: usize,
    notes: usize,
    silenced: usize,
    set_aside: SetAside,
}

#[derive(Serialize)]
struct Skipped<'v> {
    file: &'v str,
    reason: String,
}

#[derive(Serialize)]
struct SetAside {
    filings: usize,
    meetings: usize,
    documents: usize,
}

#[derive(Serialize)]
struct JsonFinding<'v> {
    code: &'v str,
    name: &'v str,
    family: &'v str,
    level: &'static str,
    unit: Option<&'v str>,
    message: &'v str,
    fix: &'v str,
    fingerprint: String,
    #[serde(flatten)]
    place: JsonPlace<'v>,
    cause: Option<JsonPlace<'v>>,
    edit: Option<JsonEdit<'v>>,
}

/// Lines and columns count from 1, columns in Unicode characters; the end is the column after the last.
#[derive(Serialize)]
struct JsonPlace<'v> {
    file: &'v str,
    field: String,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    label: &'v str,
}

/// Bytes of the file's text, in UTF-8 and without a byte order mark.
#[derive(Serialize)]
struct JsonEdit<'v> {
    start: usize,
    end: usize,
    text: &'v str,
}

pub(super) fn render(view: &View<'_>) -> String {
    let (verdict, lang) = (view.verdict, view.lang);
    let (counts, aside) = (&verdict.counts, verdict.ledger.set_aside);
    let skipped = counts.skipped.iter();
    let document = Document {
        version: VERSION,
        tool: env!("CARGO_PKG_NAME"),
        tool_version: env!("CARGO_PKG_VERSION"),
        language: lang,
        campaign: &view.campaign.campaign.name,
        as_of: crate::calendar::iso(verdict.ledger.as_of.date),
        whole_roster: verdict.ledger.whole_roster,
        summary: Summary {
            units: counts.units,
            files: counts.files,
            skipped: skipped
                .map(|(file, why)| Skipped {
                    file,
                    reason: why.text().get(lang).to_owned(),
                })
                .collect(),
            errors: counts.of(Severity::Error),
            warnings: counts.of(Severity::Warning),
            notes: counts.of(Severity::Note),
            silenced: counts.silenced,
            set_aside: SetAside {
                filings: aside.filings,
                meetings: aside.meetings,
                documents: aside.documents,
            },
        },
        findings: verdict
            .findings
            .iter()
            .map(|finding| json_finding(finding, lang))
            .collect(),
    };
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

fn json_finding(finding: &Finding, lang: Lang) -> JsonFinding<'_> {
    JsonFinding {
        code: &finding.rule.code,
        name: &finding.rule.name,
        family: finding.rule.family,
        level: finding.severity.word(),
        unit: finding.unit.as_deref(),
        message: finding.message.get(lang),
        fix: finding.fix.get(lang),
        fingerprint: finding.fingerprint(),
        place: json_place(&finding.place, lang),
        cause: finding.cause.as_ref().map(|cause| json_place(cause, lang)),
        edit: finding.edit.as_ref().map(|Edit { span, text }| JsonEdit {
            start: span.start,
            end: span.end,
            text,
        }),
    }
}

fn json_place(place: &Place, lang: Lang) -> JsonPlace<'_> {
    JsonPlace {
        file: &place.file,
        field: place.field.to_string(),
        line: place.line,
        column: place.column,
        end_line: place.end_line,
        end_column: place.end_column,
        label: place.label.get(lang),
    }
}
