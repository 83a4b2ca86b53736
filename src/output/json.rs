//! Findings for programs. The structure is this module's own and carries a version; nothing internal is
//! serialised, so that it changes only on purpose. Its schema is made from the same types.

mod document;
mod schema;

use document::{
    Document, JsonEdit, JsonFinding, JsonPlace, JsonRegion, Language, Level, SetAside, Skipped,
    Summary,
};
pub use schema::schema;

use super::{View, place};
use crate::escape::json_document;
use crate::finding::{Finding, Place, Region, Severity};
use crate::lang::Lang;

/// Raised when a field changes its meaning or goes away; new fields do not raise it.
const VERSION: u32 = 1;

pub(super) fn render(view: &View<'_>) -> String {
    json_document(&document(view))
}

fn document<'v>(view: &View<'v>) -> Document<'v> {
    let (verdict, lang) = (view.verdict, view.lang);
    let findings = verdict.findings.iter().zip(place::fingerprints(view));
    Document {
        version: VERSION,
        tool: env!("CARGO_PKG_NAME"),
        tool_version: env!("CARGO_PKG_VERSION"),
        language: match lang {
            Lang::Zh => Language::Zh,
            Lang::En => Language::En,
        },
        campaign: &view.campaign.campaign.name,
        as_of: crate::calendar::iso(verdict.ledger.as_of.date),
        whole_roster: verdict.ledger.whole_roster,
        summary: summary(view),
        findings: findings
            .map(|(finding, fingerprint)| json_finding(finding, fingerprint, lang))
            .collect(),
    }
}

fn summary<'v>(view: &View<'v>) -> Summary<'v> {
    let (counts, aside) = (&view.verdict.counts, view.verdict.ledger.set_aside);
    let skipped = counts.skipped.iter();
    Summary {
        units: counts.units,
        files: counts.files,
        skipped: skipped
            .map(|(file, why)| Skipped {
                file,
                reason: why.text().get(view.lang).to_owned(),
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
    }
}

fn json_finding(finding: &Finding, fingerprint: String, lang: Lang) -> JsonFinding<'_> {
    let edit = finding.edit.as_ref().zip(finding.edit_region.as_deref());
    JsonFinding {
        code: &finding.rule.code,
        name: &finding.rule.name,
        family: finding.rule.family,
        level: match finding.severity {
            Severity::Error => Level::Error,
            Severity::Warning => Level::Warning,
            Severity::Note => Level::Note,
        },
        unit: finding.unit.as_deref(),
        message: finding.message.get(lang),
        fix: finding.fix.get(lang),
        fingerprint,
        place: json_place(&finding.place, lang),
        cause: finding.cause.as_ref().map(|cause| json_place(cause, lang)),
        edit: edit.map(|(edit, region)| JsonEdit {
            start: edit.span.start,
            end: edit.span.end,
            region: json_region(*region),
            text: &edit.text,
        }),
    }
}

fn json_place(place: &Place, lang: Lang) -> JsonPlace<'_> {
    JsonPlace {
        file: &place.file,
        field: place.field.to_string(),
        region: json_region(place.region()),
        label: place.label.get(lang),
    }
}

fn json_region(region: Region) -> JsonRegion {
    JsonRegion {
        line: region.line as usize,
        column: region.column as usize,
        end_line: region.end_line as usize,
        end_column: region.end_column as usize,
    }
}
