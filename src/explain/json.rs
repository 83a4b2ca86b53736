//! Explanations for programs. The structure is this module's own and carries a version.

use serde::Serialize;

use super::{Topic, own};
use crate::calendar::iso;
use crate::escape::json_document;
use crate::fixture::{File, Fixture, Mark, Storage};
use crate::lang::{Lang, Text};
use crate::rules::local::{self, Local};
use crate::rules::{Family, Rule};
use crate::vocabulary::Word;

/// Raised when a field changes its meaning or goes away; new fields do not raise it.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document {
    version: u32,
    tool: &'static str,
    tool_version: &'static str,
    language: Lang,
    families: Vec<JsonFamily>,
}

#[derive(Serialize)]
struct JsonFamily {
    name: &'static str,
    letter: char,
    title: &'static str,
    rules: Vec<JsonRule>,
}

#[derive(Serialize)]
struct JsonRule {
    code: String,
    name: String,
    /// The default level.
    level: &'static str,
    /// Whether the level can be changed.
    fixed: bool,
    summary: String,
    /// None where a campaign does not say why it has a rule of its own.
    why: Option<String>,
    answer: String,
    /// What a rule of the campaign's own asks for, and of which units.
    #[serde(skip_serializing_if = "Option::is_none")]
    asks: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    units: Option<String>,
    /// A rule of the campaign's own has no examples.
    bad: Option<Example>,
    good: Option<Example>,
}

/// The day to judge by, where it matters, and the files.
#[derive(Serialize)]
struct Example {
    as_of: Option<String>,
    /// Whether that day is today by the clock.
    today: bool,
    files: Vec<ExampleFile>,
}

#[derive(Serialize)]
struct ExampleFile {
    name: String,
    text: String,
    encoding: &'static str,
    /// Bytes in front of the text.
    prefix: Vec<u8>,
    /// Size to which the text is filled up with line breaks.
    megabytes: Option<usize>,
    marks: Vec<ExampleMark>,
}

/// Lines and columns count from 1, columns in Unicode characters; the end is the column after the last. A
/// mark without columns is about the file as a whole.
#[derive(Serialize)]
struct ExampleMark {
    line: usize,
    column: Option<usize>,
    end_column: Option<usize>,
    message: String,
}

/// The rules of a topic, by family.
pub fn json(topic: Topic, own: &[Local<'_>], lang: Lang) -> String {
    let built_in = topic.chapters();
    let mut families: Vec<JsonFamily> = built_in
        .map(|(family, rules)| json_family(family, &rules, lang))
        .collect();
    let own = own::of(topic, own);
    if !own.is_empty() {
        let rules = own.iter().map(|rule| json_own(rule, lang)).collect();
        families.push(JsonFamily {
            rules,
            ..json_family(const { &local::FAMILY }, &[], lang)
        });
    }
    let document = Document {
        version: VERSION,
        tool: env!("CARGO_PKG_NAME"),
        tool_version: env!("CARGO_PKG_VERSION"),
        language: lang,
        families,
    };
    json_document(&document)
}

fn json_family(family: &'static Family, rules: &[&'static Rule], lang: Lang) -> JsonFamily {
    JsonFamily {
        name: family.name,
        letter: family.letter,
        title: family.title.get(lang),
        rules: rules.iter().map(|rule| json_rule(rule, lang)).collect(),
    }
}

fn json_rule(rule: &'static Rule, lang: Lang) -> JsonRule {
    JsonRule {
        code: rule.code.to_owned(),
        name: rule.name.to_owned(),
        level: rule.default_level().alias(),
        fixed: rule.is_firm(),
        summary: rule.summary.get(lang).to_owned(),
        why: Some(rule.why.get(lang).to_owned()),
        answer: rule.answer.get(lang).to_owned(),
        asks: None,
        units: None,
        bad: Some(example(rule.bad, lang)),
        good: Some(example(rule.good, lang)),
    }
}

/// A rule of the campaign's own.
fn json_own(local: &Local<'_>, lang: Lang) -> JsonRule {
    let rule = local.rule;
    let text = |text: Text| text.get(lang).to_owned();
    JsonRule {
        code: rule.id.clone(),
        name: rule.name.clone(),
        level: local.level().word(),
        fixed: false,
        summary: text(rule.message.text()),
        why: (!rule.why.is_blank()).then(|| text(rule.why.text())),
        answer: text(own::answer(local)),
        asks: Some(text(local.requirement())),
        units: Some(text(own::units(local))),
        bad: None,
        good: None,
    }
}

fn example(text: &str, lang: Lang) -> Example {
    let fixture = Fixture::read(text);
    Example {
        as_of: fixture.as_of.map(|as_of| iso(as_of.date)),
        today: fixture.as_of.is_some_and(|as_of| as_of.from_clock),
        files: fixture
            .files
            .iter()
            .map(|file| json_file(file, lang))
            .collect(),
    }
}

fn json_file(file: &File, lang: Lang) -> ExampleFile {
    let mut marks = Vec::new();
    for (line, here) in file.lines() {
        marks.extend(here.map(|mark| json_mark(line, mark, lang)));
    }
    let (mut encoding, mut prefix, mut megabytes) = ("UTF-8", Vec::new(), None);
    match &file.storage {
        Storage::Plain => {}
        Storage::Encoded(other) => encoding = other.name(),
        Storage::After(bytes) => prefix.clone_from(bytes),
        Storage::Filled(size) => megabytes = Some(*size),
    }
    ExampleFile {
        name: file.name.clone(),
        text: file.text.clone(),
        encoding,
        prefix,
        megabytes,
        marks,
    }
}

fn json_mark(line: &str, mark: &Mark, lang: Lang) -> ExampleMark {
    let column = |byte: usize| 1 + line[..byte].chars().count();
    let span = mark.span.as_ref();
    ExampleMark {
        line: mark.line,
        column: span.map(|span| column(span.start)),
        end_column: span.map(|span| column(span.end)),
        message: mark.message.get(lang).to_owned(),
    }
}
