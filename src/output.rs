//! Findings out. Every renderer is a pure function of a finished verdict: what it must know of the world, such as
//! the folder at hand, stands in the [`View`].

mod concise;
mod github;
mod gitlab;
mod job_summary;
mod json;
mod junit;
mod place;
mod sarif;
mod summary;
mod text;

use crate::campaign::Campaign;
use crate::check::Verdict;
use crate::finding::{Finding, Severity};
use crate::lang::{Lang, Text, count};

pub use job_summary::job_summary;
pub use json::schema;
pub use summary::summary;

/// A format of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// With the lines that each finding is about, for people.
    Text,
    /// One line a finding.
    Concise,
    /// For programs; its structure carries a version and has a [`schema`].
    Json,
    /// SARIF 2.1.0, for platforms and editors that collect findings of many tools.
    Sarif,
    /// Commands in the log of a job on GitHub, which mark the lines there.
    Github,
    /// A Code Quality report of GitLab.
    Gitlab,
    /// Test results, which nearly every platform shows: a case a file.
    Junit,
}

impl Format {
    /// Every format with the name that `-o` and `--format` use, and the file extension that means it.
    pub const ALL: &[(Format, &str, Option<&str>)] = &[
        (Format::Text, "text", Some("txt")),
        (Format::Concise, "concise", None),
        (Format::Json, "json", Some("json")),
        (Format::Sarif, "sarif", Some("sarif")),
        (Format::Github, "github", None),
        (Format::Gitlab, "gitlab", None),
        (Format::Junit, "junit", Some("xml")),
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
    /// The folder at hand, with `/` between its parts: formats for platforms name files from there. Empty where it
    /// is not known.
    pub folder: &'v str,
    /// The level from which on a finding fails its file, where a format has passes and failures.
    pub fail_on: Severity,
}

impl<'v> View<'v> {
    /// A verdict in a language, without colour; errors are failures.
    pub fn new(verdict: &'v Verdict, campaign: &'v Campaign, lang: Lang) -> View<'v> {
        View {
            verdict,
            campaign,
            lang,
            color: false,
            folder: "",
            fail_on: Severity::Error,
        }
    }
}

/// The findings in a format, always ending in a line break unless there is nothing to say.
pub fn render(format: Format, view: &View<'_>) -> String {
    pieces(format, view).collect()
}

/// The same piece by piece. There may be a hundred thousand findings: where each is a line or a paragraph of its own,
/// they are not put together first.
pub fn pieces<'v>(format: Format, view: &View<'v>) -> Box<dyn Iterator<Item = String> + 'v> {
    let whole = match format {
        Format::Text => return Box::new(text::render(view)),
        Format::Concise => return Box::new(concise::render(view)),
        Format::Github => return Box::new(github::render(view)),
        Format::Json => json::render(view),
        Format::Sarif => sarif::render(view),
        Format::Gitlab => gitlab::render(view),
        Format::Junit => junit::render(view),
    };
    Box::new(std::iter::once(whole))
}

/// What is wrong and how to put it right, as sentences for a person whom another program shows them to.
fn sentences(finding: &Finding, lang: Lang) -> String {
    let (message, fix) = (finding.message.get(lang), finding.fix.get(lang));
    // Some corrections are questions.
    let asks = fix.ends_with(['？', '?']);
    let stop = if asks { "" } else { lang.pick("。", ".") };
    let sentences = match lang {
        Lang::Zh => format!("{message}。改法：{fix}{stop}"),
        Lang::En => format!("{message}. Fix: {fix}{stop}"),
    };
    crate::escape::plain(&sentences).into_owned()
}

/// What is wrong with a campaign, for people: it stops the run, so there is no verdict to render.
pub fn campaign_errors(findings: &[Finding], lang: Lang) -> String {
    let mut out: String = text::findings(findings, lang, false).collect();
    let n = findings.len();
    let errors = count(n as i64, "error", "errors");
    let end = Text::new(
        format!("活动文件有{n}处错误，没有检查方案文件\n"),
        format!("the campaign file has {errors}; no plan file was checked\n"),
    );
    out.push_str(end.get(lang));
    out
}
