//! Explanations for a document: the rule reference.

use std::fmt::Write;

use super::{ANSWER, BAD, GOOD, Topic, WHY, example, level, own, sentence};
use crate::escape;
use crate::fixture::Fixture;
use crate::lang::{Lang, Text};
use crate::rules::local::{self, Local};
use crate::rules::{Family, Rule};
use crate::vocabulary::Word;

/// The whole reference with its table, or the sections of a family or rule.
pub fn markdown(topic: Topic, own: &[Local<'_>], lang: Lang) -> String {
    let own = own::of(topic, own);
    let mut out = String::new();
    if topic == Topic::All {
        out.push_str(preface(lang));
        out.push_str(&table(topic, own, lang));
    }
    for (family, rules) in topic.chapters() {
        if !matches!(topic, Topic::Rule(_)) {
            _ = writeln!(out, "## {}\n", family_title(family, lang));
        }
        for rule in rules {
            out.push_str(&section(rule, lang));
        }
    }
    if !own.is_empty() && !matches!(topic, Topic::Own(_)) {
        _ = writeln!(out, "## {}\n", family_title(&local::FAMILY, lang));
    }
    for rule in own {
        out.push_str(&own::section(rule, lang, escape::markdown));
    }
    let written = out.trim_end().len();
    out.truncate(written);
    out.push('\n');
    out
}

fn preface(lang: Lang) -> &'static str {
    lang.pick(
        "# 规则\n\n\
         [English](RULES.md)\n\n\
         规则的编号和名称通用，可写在`--select`、`--ignore`、`campaign.toml`的`[levels]`和`duban explain`里；\
         写类别的名称（如`deadline`），就是指这一类的全部规则。\n\n\
         级别有三种：**错误**是不合活动要求，或者文件读不出来；**警告**多半有误，报送前应核对；**提示**供参考。\
         表中是默认级别，可在`[levels]`中改。\n\n\
         反例中`^`标出问题所在，后面是检查时的说明。\n\n\
         本文由`duban explain --format markdown --lang zh`生成。\n\n",
        "# Rules\n\n\
         [中文](RULES.zh-CN.md)\n\n\
         A rule may be called by its code or its name, in `--select`, `--ignore`, `[levels]` of \
         `campaign.toml` and `duban explain`; the name of a family, such as `deadline`, means all of its \
         rules.\n\n\
         There are three levels. An **error** breaks the campaign's rules, or is something that cannot be \
         read; a **warning** is probably a mistake, to be looked at before the file is sent; a **note** is \
         worth knowing. The table has the default levels; `[levels]` changes them.\n\n\
         In the examples, `^` marks the place, and what the check says follows.\n\n\
         This page is made by `duban explain --format markdown --lang en`.\n\n",
    )
}

fn table(topic: Topic, own: &[Local<'_>], lang: Lang) -> String {
    let mut out = String::from(lang.pick(
        "| 编号 | 名称 | 级别 | 查什么 |\n|---|---|---|---|\n",
        "| code | name | level | what it finds |\n|---|---|---|---|\n",
    ));
    for rule in topic.rules() {
        let Rule {
            code,
            name,
            summary,
            ..
        } = rule;
        let anchor = format!("{}-{name}", code.to_lowercase());
        let (level, summary) = (rule.default_level().text(), escaped(summary.get(lang)));
        let level = level.get(lang);
        _ = writeln!(
            out,
            "| [{code}](#{anchor}) | `{name}` | {level} | {summary} |"
        );
    }
    for rule in own {
        let (code, name) = (&rule.id.code, &rule.id.name);
        let (level, message) = (rule.level().name(), rule.rule.message.text());
        let anchor = format!("{}-{name}", code.to_lowercase());
        let (level, message) = (level.get(lang), escape::markdown(message.get(lang)));
        _ = writeln!(
            out,
            "| [{code}](#{anchor}) | `{name}` | {level} | {message} |"
        );
    }
    out.push('\n');
    out
}

fn family_title(family: &Family, lang: Lang) -> String {
    let (name, title) = (family.name, family.title.get(lang));
    let letter = family.letter;
    match lang {
        Lang::Zh => format!("{letter} {title}（`{name}`）"),
        Lang::En => format!("{letter} {title} (`{name}`)"),
    }
}

fn section(rule: &Rule, lang: Lang) -> String {
    let colon = lang.pick("：", ": ");
    let mut out = format!("### {} {}\n\n", rule.code, rule.name);
    let summary = escaped(&sentence(&rule.summary, lang));
    let heading = lang.pick("级别", "Level");
    let gap = lang.pick("", " ");
    let stop = lang.pick("。", ".");
    let level = level(rule, lang);
    _ = writeln!(out, "{summary}{gap}{heading}{colon}{level}{stop}\n");
    for (heading, words) in [(WHY, &rule.why), (ANSWER, &rule.answer)] {
        let words = escaped(words.get(lang));
        _ = writeln!(out, "**{}**{colon}{words}\n", heading.get(lang));
    }
    for (heading, fixture) in [(BAD, rule.bad), (GOOD, rule.good)] {
        out.push_str(&examples(&heading, &Fixture::read(fixture), lang));
    }
    out
}

fn examples(heading: &Text, fixture: &Fixture, lang: Lang) -> String {
    let (colon, day) = (lang.pick("：", ":"), example::day(fixture, lang));
    let mut out = format!("**{}**{day}{colon}\n\n", heading.get(lang));
    for file in &fixture.files {
        let storage = escaped(&example::storage(file, lang));
        let lines = example::lines(file, lang, "#").join("\n");
        let name = &file.name;
        let kind = if name.ends_with(".toml") {
            "toml"
        } else {
            "text"
        };
        _ = writeln!(out, "`{name}`{storage}\n\n```{kind}\n{lines}\n```\n");
    }
    out
}

/// A sentence of the program's own, in which nothing is taken for Markdown. Of a campaign's words more has to be
/// escaped: [`escape::markdown`].
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '<' | '|' | '~') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
