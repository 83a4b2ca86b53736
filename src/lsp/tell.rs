//! Findings as the editor shows them: marks in the text, the place that makes one wrong beside it, and the repair.

use std::borrow::Cow;
use std::collections::HashMap;
use std::path::Path;

use gen_lsp_types as wire;

use super::books::{Documents, RuleBook};
use super::document::Document;
use super::position::{Grid, Units, span_of};
use super::uri;
use crate::finding::{Finding, Place, Severity};
use crate::lang::{Lang, Text};
use crate::source;
use crate::text;

/// The name under which the editor lists what it is told.
const SOURCE: &str = "duban";

/// So many findings of one text are shown; the rest are counted.
const MAX_SHOWN: usize = 500;

/// Turns findings into what the editor understands.
pub(super) struct Teller<'s> {
    pub lang: Lang,
    pub units: Units,
    /// Whether the editor shows second places.
    pub related: bool,
    pub documents: &'s Documents,
    pub book: Option<&'s RuleBook>,
}

impl Teller<'_> {
    /// The marks for the findings of a text.
    pub(super) fn diagnostics(&self, text: &str, findings: &[Finding]) -> Vec<wire::Diagnostic> {
        let grid = Grid::new(text, self.units);
        let shown = findings.iter().take(MAX_SHOWN);
        let mut told: Vec<_> = shown
            .map(|finding| self.diagnostic(&grid, text, finding))
            .collect();
        let left = findings.len().saturating_sub(MAX_SHOWN);
        if left > 0 {
            let message = text!(
                "另有{left}个问题未列出；先改正已列出的",
                "{left} more are not listed; correct those that are first"
            );
            told.push(self.notice(&message));
        }
        told
    }

    /// The mark for a finding.
    pub(super) fn diagnostic(
        &self,
        grid: &Grid<'_>,
        text: &str,
        finding: &Finding,
    ) -> wire::Diagnostic {
        let severity = match finding.severity {
            Severity::Error => wire::DiagnosticSeverity::Error,
            Severity::Warning => wire::DiagnosticSeverity::Warning,
            Severity::Note => wire::DiagnosticSeverity::Information,
        };
        let (message, fix) = (finding.message.get(self.lang), finding.fix.get(self.lang));
        let fix_word = self.lang.pick("改法：", "fix: ");
        let cause = finding.cause.as_ref().filter(|_| self.related);
        let related = cause.and_then(|place| self.related(place));
        wire::Diagnostic {
            severity: Some(severity),
            code: Some(finding.rule.code.to_string().into()),
            source: Some(SOURCE.to_owned()),
            related_information: related.map(|place| vec![place]),
            ..plain(
                grid.range(span_of(text, &finding.place)),
                format!("{message}\n{fix_word}{fix}"),
            )
        }
    }

    /// Something that is said of a text as a whole.
    pub(super) fn notice(&self, message: &Text) -> wire::Diagnostic {
        let start = wire::Position::default();
        wire::Diagnostic {
            severity: Some(wire::DiagnosticSeverity::Warning),
            source: Some(SOURCE.to_owned()),
            ..plain(
                wire::Range { start, end: start },
                message.get(self.lang).to_owned(),
            )
        }
    }

    fn related(&self, place: &Place) -> Option<wire::DiagnosticRelatedInformation> {
        let (uri, text) = self.text_of(&place.file)?;
        let range = Grid::new(&text, self.units).range(span_of(&text, place));
        let message = match place.label.is_empty() {
            true => place.field.spoken().get(self.lang).to_owned(),
            false => place.label.get(self.lang).to_owned(),
        };
        Some(wire::DiagnosticRelatedInformation {
            location: wire::Location {
                uri: uri.into(),
                range,
            },
            message,
        })
    }

    /// A file that a finding names: its name on the wire, and its text. The built-in campaign is no file.
    fn text_of(&self, file: &str) -> Option<(String, Cow<'_, str>)> {
        let own = |document: &&Document| &*document.shown == file;
        if let Some(document) = self.documents.values().find(own) {
            return Some((document.uri.clone(), (&*document.text).into()));
        }
        let path = Path::new(file);
        let uri = || uri::of_path(path);
        match self.book {
            Some(book) if &*book.shown == file => {
                book.folder.as_ref()?;
                Some((uri(), (&*book.text).into()))
            }
            _ if path.is_file() => {
                let mut buffer = Vec::new();
                let bytes = source::read(path, &mut buffer).ok()?;
                let (text, _) = source::decode(bytes).ok()?;
                Some((uri(), text.into_owned().into()))
            }
            _ => None,
        }
    }

    /// The repairs that findings in a range offer.
    pub(super) fn repairs(
        &self,
        document: &Document,
        range: wire::Range,
    ) -> Vec<wire::CodeActionResponse> {
        let grid = Grid::new(&document.text, self.units);
        let asked = grid.span(range);
        let touched = |finding: &&Finding| {
            let span = span_of(&document.text, &finding.place);
            span.start <= asked.end && asked.start <= span.end
        };
        let repair = |finding: &Finding| {
            let edit = finding.edit.as_ref()?;
            let change = wire::TextEdit {
                range: grid.range(edit.span.clone()),
                new_text: edit.text.clone(),
            };
            let changes = HashMap::from([(document.uri.as_str().into(), vec![change])]);
            Some(
                wire::CodeAction {
                    kind: Some(wire::CodeActionKind::QuickFix),
                    diagnostics: Some(vec![self.diagnostic(&grid, &document.text, finding)]),
                    is_preferred: Some(true),
                    edit: Some(wire::WorkspaceEdit {
                        changes: Some(changes),
                        ..wire::WorkspaceEdit::default()
                    }),
                    title: title(finding, self.lang),
                    ..wire::CodeAction::default()
                }
                .into(),
            )
        };
        let findings = document.findings.iter().filter(touched);
        findings.filter_map(repair).collect()
    }
}

/// What a repair does, in a line of a menu.
fn title(finding: &Finding, lang: Lang) -> String {
    let new = finding.edit.as_ref().map_or("", |edit| edit.text.trim());
    let (new, code) = (crate::read::shortened(new), &finding.rule.code);
    let title = match new.is_empty() {
        true => text!(
            "删去多余的部分（{code}）",
            "delete what is too much ({code})"
        ),
        false => text!("改为{new}（{code}）", "change to {new} ({code})"),
    };
    crate::escape::plain(title.get(lang)).into_owned()
}

fn plain(range: wire::Range, message: String) -> wire::Diagnostic {
    wire::Diagnostic {
        range,
        severity: None,
        code: None,
        code_description: None,
        source: None,
        message: message.into(),
        tags: None,
        related_information: None,
        data: None,
    }
}
