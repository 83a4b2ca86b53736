//! Explanations for the terminal.

use std::fmt::Write;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{ANSWER, BAD, GOOD, Topic, WHY, example, level, own};
use crate::escape::plain;
use crate::fixture::Fixture;
use crate::lang::{Lang, Text};
use crate::rules::local::{self, Local};
use crate::rules::{Family, Rule};
use crate::vocabulary::Word;

/// Columns of a paragraph.
const WIDTH: usize = 78;

/// One rule at length, or several as a list.
pub fn text(topic: Topic, own: &[Local<'_>], lang: Lang) -> String {
    let own = own::of(topic, own);
    match (topic, topic.rules().next(), own.first()) {
        (Topic::Rule(_), Some(rule), _) => one(rule, lang),
        (Topic::Own(_), _, Some(rule)) => one_own(rule, lang),
        _ => list(topic, own, lang),
    }
}

/// A line of the list.
struct Line<'l> {
    code: &'l str,
    name: &'l str,
    level: Text,
    summary: &'l str,
}

/// The lines of the list, by family.
fn chapters<'l>(
    topic: Topic,
    own: &'l [Local<'_>],
    lang: Lang,
) -> Vec<(&'static Family, Vec<Line<'l>>)> {
    let built_in = |rule: &'static Rule| Line {
        code: rule.code,
        name: rule.name,
        level: rule.default_level().text(),
        summary: rule.summary.get(lang),
    };
    let of_campaign = |rule: &'l Local<'_>| Line {
        code: &rule.id.code,
        name: &rule.id.name,
        level: rule.level().name(),
        summary: lang.pick(&rule.rule.message.zh, &rule.rule.message.en),
    };
    let mut chapters: Vec<_> = topic
        .chapters()
        .map(|(family, rules)| (family, rules.into_iter().map(built_in).collect()))
        .collect();
    if !own.is_empty() {
        chapters.push((
            const { &local::FAMILY },
            own.iter().map(of_campaign).collect(),
        ));
    }
    chapters
}

/// `D002  late  错误  逾期完成`, by family, in columns.
fn list(topic: Topic, own: &[Local<'_>], lang: Lang) -> String {
    let chapters = chapters(topic, own, lang);
    let lines = || chapters.iter().flat_map(|(_, lines)| lines);
    let names = lines().map(|line| line.name.width()).max().unwrap_or(0);
    let level = |line: &Line<'_>| line.level.get(lang).to_owned();
    let levels = lines().map(|line| level(line).width()).max().unwrap_or(0);
    let mut out = String::new();
    for (family, lines) in &chapters {
        _ = writeln!(out, "{}  {}", family.name, family.title.get(lang));
        for line in lines {
            let name = padded(line.name, names);
            let level = padded(&level(line), levels);
            let summary = plain(line.summary);
            _ = writeln!(out, "  {}  {name}  {level}  {summary}", line.code);
        }
        out.push('\n');
    }
    out.push_str(lang.pick(
        "一条规则的详细说明：duban explain <编号或名称>\n",
        "More about a rule: duban explain <CODE or NAME>\n",
    ));
    out
}

fn padded(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(text.width())))
}

/// A rule of the campaign's own.
fn one_own(rule: &Local<'_>, lang: Lang) -> String {
    let (name, message) = (&rule.id.name, rule.rule.message.text());
    let mut out = format!("{} {name}\n{}\n", rule.id.code, plain(message.get(lang)));
    let (level, family) = (rule.level().name(), local::FAMILY);
    let (level, title) = (level.get(lang), family.title.get(lang));
    _ = match lang {
        Lang::Zh => writeln!(out, "级别：{level}　类别：{title}（{}）", family.name),
        Lang::En => writeln!(out, "level: {level}; family: {}", family.name),
    };
    for (heading, words) in own::parts(rule) {
        _ = writeln!(out, "\n{}", heading.get(lang));
        for line in wrapped(&plain(words.get(lang)), WIDTH - 2) {
            _ = writeln!(out, "  {line}");
        }
    }
    out
}

fn one(rule: &Rule, lang: Lang) -> String {
    let mut out = format!("{} {}\n", rule.code, rule.name);
    _ = writeln!(out, "{}", rule.summary.get(lang));
    let family = super::FAMILIES
        .iter()
        .find(|family| family.name == rule.family);
    let title = family.map_or("", |family| family.title.get(lang));
    let level = level(rule, lang);
    _ = match lang {
        Lang::Zh => writeln!(out, "级别：{level}　类别：{title}（{}）", rule.family),
        Lang::En => writeln!(out, "level: {level}; family: {}", rule.family),
    };
    for (heading, words) in [(WHY, &rule.why), (ANSWER, &rule.answer)] {
        _ = writeln!(out, "\n{}", heading.get(lang));
        for line in wrapped(words.get(lang), WIDTH - 2) {
            _ = writeln!(out, "  {line}");
        }
    }
    for (heading, fixture) in [(BAD, rule.bad), (GOOD, rule.good)] {
        out.push_str(&examples(&heading, &Fixture::read(fixture), lang));
    }
    out
}

fn examples(heading: &Text, fixture: &Fixture, lang: Lang) -> String {
    let mut out = format!("\n{}{}\n", heading.get(lang), example::day(fixture, lang));
    for (number, file) in fixture.files.iter().enumerate() {
        let gap = if number == 0 { "" } else { "\n" };
        _ = writeln!(out, "{gap}  {}{}", file.name, example::storage(file, lang));
        for line in example::lines(file, lang, "") {
            _ = writeln!(out, "{}", format!("    {line}").trim_end());
        }
    }
    out
}

/// Breaks a text at blanks and between Chinese characters, so that each line fits.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for piece in pieces(text) {
        match lines.last_mut() {
            Some(line) if line.width() + piece.trim_end().width() <= width => line.push_str(piece),
            _ => lines.push(piece.to_owned()),
        }
    }
    let trimmed = lines.iter().map(|line| line.trim_end().to_owned());
    trimmed.collect()
}

/// What may not be broken: words with the blanks after them, Chinese characters with their punctuation.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut start, mut before) = (0, None);
    for (at, c) in text.char_indices() {
        if before.is_some_and(|before| may_break(before, c)) {
            pieces.push(&text[start..at]);
            start = at;
        }
        before = Some(c);
    }
    pieces.push(&text[start..]);
    pieces
}

fn may_break(before: char, after: char) -> bool {
    let wide = |c: char| c.width() == Some(2);
    let punctuated = "，。、；：？！）》”]".contains(after) || "（《“[".contains(before);
    (before == ' ' && after != ' ')
        || ((wide(before) || wide(after)) && after != ' ' && !punctuated)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_is_broken_anywhere_but_before_punctuation_and_english_between_words() {
        assert_eq!(
            wrapped("甲镇未报，乙镇已报。", 8),
            ["甲镇未", "报，乙镇", "已报。"]
        );
        assert_eq!(wrapped("one two  three", 8), ["one two", "three"]);
        assert_eq!(
            wrapped("登记[[extension]]。", 6),
            ["登记", "[[extension]]。"]
        );
        assert_eq!(wrapped("", 8), [""]);
    }

    #[test]
    fn every_line_of_every_paragraph_fits() {
        for lang in [Lang::Zh, Lang::En] {
            for rule in crate::rules::ALL {
                for words in [&rule.why, &rule.answer] {
                    for line in wrapped(words.get(lang), WIDTH - 2) {
                        assert!(line.width() <= WIDTH - 2, "{line}");
                    }
                }
            }
        }
    }
}
