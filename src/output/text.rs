//! Findings for people: the line, the place marked under it, what demands it, and how to put it right.

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::View;
use crate::escape::plain;
use crate::finding::{Finding, Place, Severity};
use crate::lang::{Lang, Text};

pub(super) fn render<'v>(view: &View<'v>) -> impl Iterator<Item = String> + 'v {
    findings(&view.verdict.findings, view.lang, view.color)
}

/// Findings one after the other, each followed by a blank line.
pub(super) fn findings<'f>(
    findings: impl IntoIterator<Item = &'f Finding>,
    lang: Lang,
    color: bool,
) -> impl Iterator<Item = String> {
    let renderer = if color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let findings = findings.into_iter();
    findings.map(move |finding| one(&renderer, finding, lang) + "\n\n")
}

fn one(renderer: &Renderer, finding: &Finding, lang: Lang) -> String {
    let name = finding.severity.name();
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level
        .with_name(name.get(lang).to_owned())
        .primary_title(plain(finding.message.get(lang)))
        .id(plain(&finding.rule.to_string()).into_owned());
    let mut group = title.element(snippet(&finding.place, AnnotationKind::Primary, lang));
    if let Some(cause) = &finding.cause {
        group = group.element(snippet(cause, AnnotationKind::Context, lang));
    }
    let fix = Text::fixed("改法", "fix");
    group = group.element(
        Level::HELP
            .with_name(fix.get(lang).to_owned())
            .message(plain(finding.fix.get(lang))),
    );
    renderer.render(&[group])
}

/// The lines of a place with its mark. What is made harmless may be longer, so the mark moves with it.
fn snippet<'p>(
    place: &'p Place,
    kind: AnnotationKind,
    lang: Lang,
) -> Snippet<'p, annotate_snippets::Annotation<'p>> {
    let [before, marked, after] = place.excerpt.parts().map(plain);
    let mark = before.len()..before.len() + marked.len();
    let source = format!("{before}{marked}{after}");
    let label = plain(place.label.get(lang));
    let annotation = kind.span(mark);
    let annotation = if label.is_empty() {
        annotation
    } else {
        annotation.label(label)
    };
    Snippet::source(source)
        .line_start(place.line as usize)
        .path(plain(&place.file))
        .annotation(annotation)
}
