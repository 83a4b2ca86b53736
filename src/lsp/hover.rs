//! What the thing under the cursor is: what is wrong with it and why that matters, and what its field means.

use gen_lsp_types as wire;
use toml_spanner::{Arena, parse_recoverable};

use super::asked::Asked;
use super::outline;
use super::position::{Grid, span_of};
use crate::escape;
use crate::explain;
use crate::field::{Entry, Shape};
use crate::finding::Finding;
use crate::lang::{Lang, Text};
use crate::locate::field_at;
use crate::rules::local;

/// What is said of the place under the cursor.
pub(super) fn hover(
    asked: &Asked<'_>,
    position: wire::Position,
    markdown: bool,
) -> Option<wire::Hover> {
    let text = &*asked.document.text;
    let grid = Grid::new(text, asked.units);
    let byte = grid.byte(position);
    let touched = |finding: &&Finding| {
        let span = span_of(text, &finding.place);
        span.start <= byte && byte <= span.end
    };
    let findings = asked.document.findings.iter().filter(touched);
    let mut parts: Vec<String> = findings.map(|finding| about(asked, finding)).collect();
    let arena = Arena::new();
    let document = parse_recoverable(text, &arena);
    let field = field_at(document.table(), text, byte);
    let mut range = None;
    if let Some((path, span)) = field
        && let Some(entry) = outline::entry(outline::root(asked.is_book), &path)
    {
        let name = outline::dotted(&path);
        parts.push(meaning(asked, &name, entry));
        range = Some(grid.range(span));
    }
    if parts.is_empty() {
        return None;
    }
    let (kind, between) = match markdown {
        true => (wire::MarkupKind::Markdown, "\n\n---\n\n"),
        false => (wire::MarkupKind::PlainText, "\n\n"),
    };
    let value = parts.join(between);
    let value = if markdown { value } else { unmarked(&value) };
    Some(wire::Hover {
        contents: wire::MarkupContent { kind, value }.into(),
        range,
    })
}

/// A finding with the reason of its rule.
fn about(asked: &Asked<'_>, finding: &Finding) -> String {
    let lang = asked.lang;
    let level = finding.severity.name();
    let (level, message) = (level.get(lang), escape::markdown(finding.message.get(lang)));
    let (fix, colon) = (
        escape::markdown(finding.fix.get(lang)),
        lang.pick("：", ": "),
    );
    let fix_word = lang.pick("改法", "Fix");
    let mut out = format!(
        "**{level} {}**{colon}{message}\n\n**{fix_word}**{colon}{fix}",
        finding.rule
    );
    let own = asked.campaign.map(local::compile).unwrap_or_default();
    if let Some(why) = explain::why(&finding.rule.code, &own) {
        let why_word = lang.pick("为什么", "Why");
        out.push_str(&format!(
            "\n\n**{why_word}**{colon}{}",
            escape::markdown(why.get(lang))
        ));
    }
    out
}

/// What a field means and what it may hold.
fn meaning(asked: &Asked<'_>, name: &str, entry: &'static Entry) -> String {
    let lang = asked.lang;
    let about = explain::escaped(entry.about.get(lang));
    let mut out = format!("`{name}`　{about}");
    if lang == Lang::En {
        out = format!("`{name}`: {about}");
    }
    let mut line = |heading: Text, words: &str| {
        let (heading, colon) = (heading.get(lang), lang.pick("：", ": "));
        out.push_str(&format!("\n\n{heading}{colon}{words}"));
    };
    if let Some(form) = form(outline::single(&entry.shape)) {
        line(Text::fixed("写法", "Form"), form.get(lang));
    }
    let mut choices = match outline::single(&entry.shape) {
        Shape::Word(_) => outline::of_shape(&entry.shape, None),
        _ => vec![],
    };
    // A roster is too long to be read here.
    let closed =
        crate::plan::WORDS.iter().any(|(field, _)| *field == name) || name == "meeting.form";
    if let Some(campaign) = asked
        .campaign
        .filter(|_| closed || asked.is_book && name == "key_measure.aspect")
    {
        choices.extend(outline::of_campaign(asked.is_book, name, None, campaign));
    }
    if !choices.is_empty() {
        let word = |choice: &outline::Choice| match choice.alias.is_empty() {
            true => escape::markdown(&choice.word),
            false => lang.pick(
                format!("{}（{}）", escape::markdown(&choice.word), choice.alias),
                format!("{} ({})", escape::markdown(&choice.word), choice.alias),
            ),
        };
        let words: Vec<String> = choices.iter().map(word).collect();
        line(
            Text::fixed("可选", "One of"),
            &words.join(lang.pick("、", ", ")),
        );
    }
    if entry.required {
        line(Text::fixed("必填", "Required"), lang.pick("是", "yes"));
    }
    out
}

fn form(shape: &Shape) -> Option<Text> {
    Some(match shape {
        Shape::Date => Text::fixed(
            "日期，如2022-03-28，不加引号",
            "a date such as 2022-03-28, without quotes",
        ),
        Shape::TimeLimit => Text::fixed(
            "日期，如2022-09-30，不加引号；或“长期坚持”，加英文引号",
            "a date such as 2022-09-30, without quotes; or \"长期坚持\" (\"standing\")",
        ),
        Shape::Number { .. } => Text::fixed("整数，不加引号", "a whole number, without quotes"),
        Shape::Decimal => Text::fixed("小数，如0.85", "a decimal number such as 0.85"),
        Shape::Truth => Text::fixed(
            "true（是）或false（否），不加引号",
            "true or false, without quotes",
        ),
        Shape::Text => Text::fixed("文字，加英文引号", "text in quotes"),
        _ => return None,
    })
}

/// The same without the marks of Markdown.
fn unmarked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.extend(chars.next()),
            '*' | '`' => {}
            c => out.push(c),
        }
    }
    out
}
