//! Findings out. Every renderer is a pure function of a finished verdict.

mod concise;
mod json;
mod summary;
mod text;

use crate::campaign::Campaign;
use crate::check::Verdict;
use crate::finding::Finding;
use crate::lang::{Lang, Text, count};

pub use summary::summary;

/// A format of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// With the lines that each finding is about, for people.
    Text,
    /// One line a finding.
    Concise,
    /// For programs; its structure carries a version.
    Json,
}

impl Format {
    /// Every format with the name that `-o` and `--format` use, and the file extension that means it.
    pub const ALL: &[(Format, &str, Option<&str>)] = &[
        (Format::Text, "text", Some("txt")),
        (Format::Concise, "concise", None),
        (Format::Json, "json", Some("json")),
    ];
}

/// What a renderer is given.
#[derive(Clone, Copy, Debug)]
pub struct View<'v> {
    /// The verdict.
    pub verdict: &'v Verdict,
    /// The campaign that it is about.
    pub campaign: &'v Campaign,
    /// The reader's language.
    pub lang: Lang,
    /// Whether to colour what a terminal shows.
    pub color: bool,
}

/// The findings in a format, always ending in a line break unless there is nothing to say.
pub fn render(format: Format, view: &View<'_>) -> String {
    match format {
        Format::Text => text::render(view),
        Format::Concise => concise::render(view),
        Format::Json => json::render(view),
    }
}

/// What is wrong with a campaign, for people: it stops the run, so there is no verdict to render.
pub fn campaign_errors(findings: &[Finding], lang: Lang) -> String {
    let mut out = text::findings(findings, lang, false);
    let n = findings.len();
    let errors = count(n as i64, "error", "errors");
    let end = Text::new(
        format!("活动文件有{n}处错误，没有检查方案文件\n"),
        format!("the campaign file has {errors}; no plan file was checked\n"),
    );
    out.push_str(end.get(lang));
    out
}
