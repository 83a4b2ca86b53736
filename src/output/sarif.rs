//! SARIF 2.1.0: the findings with the rules that they come from, for platforms and editors that collect the results
//! of many tools. Columns count Unicode characters, as ours do.

mod log;
mod rules;

use log::{
    Artifact, ArtifactChange, Automation, Content, Driver, Fingerprints, Fix, Location, Log,
    LogicalLocation, Message, PhysicalLocation, Region, Replacement, ResultProperties, Run,
    RunProperties, SarifResult, Tool,
};

use super::{View, place, sentences};
use crate::calendar;
use crate::escape::json_document;
use crate::escape::{plain, uri};
use crate::finding::{self, Finding, Place, Severity};
use crate::lang::{Lang, Text};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

pub(super) fn render(view: &View<'_>) -> String {
    let rules = rules::of(view);
    let findings = view.verdict.findings.iter();
    let results = findings
        .zip(place::fingerprints(view))
        .map(|(finding, fingerprint)| {
            let rule_index = rules.iter().position(|rule| rule.id == finding.rule.code);
            result(view, finding, fingerprint, rule_index)
        });
    let (campaign, as_of) = (
        view.campaign.campaign.name.as_str(),
        calendar::iso(view.verdict.ledger.as_of.date),
    );
    let language = view.lang.pick("zh-CN", "en-US");
    let run = Run {
        results: results.collect(),
        tool: Tool {
            driver: Driver {
                name: env!("CARGO_PKG_NAME"),
                semantic_version: env!("CARGO_PKG_VERSION"),
                language,
                rules,
            },
        },
        // What stands before the last `/` tells platforms which runs are of one series.
        automation_details: Automation {
            id: format!("duban/{}/{as_of}", plain(campaign).replace('/', "-")),
        },
        language,
        column_kind: "unicodeCodePoints",
        properties: RunProperties {
            campaign,
            as_of,
            whole_roster: view.verdict.ledger.whole_roster,
        },
    };
    json_document(&Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [run],
    })
}

fn result<'v>(
    view: &View<'v>,
    finding: &'v Finding,
    fingerprint: String,
    rule_index: Option<usize>,
) -> SarifResult<'v> {
    let cause = finding.cause.as_ref();
    SarifResult {
        rule_id: &finding.rule.code,
        rule_index,
        level: level(finding.severity),
        message: message(sentences(finding, view.lang)),
        locations: [location(view, &finding.place)],
        related_locations: cause
            .map(|cause| related(view, cause))
            .into_iter()
            .collect(),
        partial_fingerprints: Fingerprints { fingerprint },
        fixes: fix(view, finding).into_iter().collect(),
        properties: finding
            .unit
            .as_deref()
            .map(|unit| ResultProperties { unit }),
    }
}

fn level(severity: Severity) -> &'static str {
    // SARIF has our words.
    severity.word()
}

/// Text in which viewers see no link: `[text](target)` would be one.
fn message(text: String) -> Message {
    Message {
        text: text.replace("](", "] ("),
    }
}

fn location(view: &View<'_>, place: &Place) -> Location {
    let named = !place.field.0.is_empty();
    let label = plain(place.label.get(view.lang));
    Location {
        id: None,
        physical_location: PhysicalLocation {
            artifact_location: artifact(view, &place.file),
            region: Region::from(place.region()),
        },
        logical_locations: named
            .then(|| LogicalLocation {
                fully_qualified_name: place.field.to_string(),
                kind: "property",
            })
            .into_iter()
            .collect(),
        message: (!label.is_empty()).then(|| message(label.into_owned())),
    }
}

/// The place that makes a finding wrong. Viewers list such places by their messages, so there is always one.
fn related(view: &View<'_>, cause: &Place) -> Location {
    let reason = Text::fixed("依据", "what it is held against");
    let location = location(view, cause);
    Location {
        id: Some(1),
        message: location
            .message
            .or_else(|| Some(message(reason.get(view.lang).to_owned()))),
        ..location
    }
}

fn artifact(view: &View<'_>, file: &str) -> Artifact {
    let uri = uri(place::relative(view, file));
    let relative = !uri.starts_with("file:");
    Artifact {
        uri,
        uri_base_id: relative.then_some("%SRCROOT%"),
    }
}

fn fix(view: &View<'_>, finding: &Finding) -> Option<Fix> {
    let (edit, region) = (finding.edit.as_ref()?, finding.edit_region.as_deref()?);
    Some(Fix {
        description: message(plain(finding.fix.get(view.lang)).into_owned()),
        artifact_changes: [ArtifactChange {
            artifact_location: artifact(view, &finding.place.file),
            replacements: [Replacement {
                deleted_region: Region::from(*region),
                inserted_content: Content {
                    text: edit.text.clone(),
                },
            }],
        }],
    })
}

impl From<finding::Region> for Region {
    fn from(region: finding::Region) -> Region {
        Region {
            start_line: region.line,
            start_column: region.column,
            end_line: region.end_line,
            end_column: region.end_column,
        }
    }
}

/// A text of a rule, on as many lines as it has.
fn multiline(text: &Text, lang: Lang) -> String {
    let lines: Vec<_> = text.get(lang).lines().map(plain).collect();
    lines.join("\n")
}
