//! The campaign's own rules in words. They have no examples; what they ask for is said instead.

use std::fmt::Write;

use super::{ANSWER, Topic, WHY, sentence};
use crate::lang::{Lang, Text};
use crate::rules::local::{self, Local};

const ASKS: Text = Text::fixed("要求", "What it asks for");
const UNITS: Text = Text::fixed("适用", "Which units");
const ALL_UNITS: Text = Text::fixed("全部单位", "all units");

/// The rules of a topic that are the campaign's own.
pub(super) fn of<'o, 'c>(topic: Topic, own: &'o [Local<'c>]) -> &'o [Local<'c>] {
    match topic {
        Topic::All => own,
        Topic::Family(family) if family.name == local::FAMILY.name => own,
        Topic::Own(number) => own.get(number..=number).unwrap_or_default(),
        Topic::Family(_) | Topic::Rule(_) => &[],
    }
}

/// The units that a rule is for.
pub(super) fn units(rule: &Local<'_>) -> Text {
    rule.scope().unwrap_or(ALL_UNITS)
}

/// How a finding is answered: as the campaign says, else by doing what is asked.
pub(super) fn answer(rule: &Local<'_>) -> Text {
    match rule.rule.fix.is_blank() {
        true => rule.requirement(),
        false => rule.rule.fix.text(),
    }
}

/// Headings with what stands under them.
pub(super) fn parts(rule: &Local<'_>) -> Vec<(Text, Text)> {
    let mut parts = vec![(UNITS, units(rule)), (ASKS, rule.requirement())];
    if !rule.rule.why.is_blank() {
        parts.push((WHY, rule.rule.why.text()));
    }
    if !rule.rule.fix.is_blank() {
        parts.push((ANSWER, answer(rule)));
    }
    parts
}

/// One rule for a document; `escaped` keeps text from being taken for Markdown.
pub(super) fn section(rule: &Local<'_>, lang: Lang, escaped: fn(&str) -> String) -> String {
    let (code, name) = (&rule.id.code, escaped(&rule.id.name));
    let colon = lang.pick("：", ": ");
    let summary = escaped(&sentence(&rule.rule.message.text(), lang));
    let (heading, gap) = (lang.pick("级别", "Level"), lang.pick("", " "));
    let (level, stop) = (rule.level().name(), lang.pick("。", "."));
    let level = level.get(lang);
    let mut out = format!("### {code} {name}\n\n{summary}{gap}{heading}{colon}{level}{stop}\n\n");
    for (heading, words) in parts(rule) {
        let words = escaped(words.get(lang));
        _ = writeln!(out, "**{}**{colon}{words}\n", heading.get(lang));
    }
    out
}
