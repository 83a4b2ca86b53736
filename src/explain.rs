//! The rules in words: for the terminal, for a document, for programs. All of it comes from the registry
//! ([`crate::rules`]), and every renderer is a pure function of it.

mod example;
mod json;
mod markdown;
mod own;
mod text;

use crate::lang::{Lang, Text};
use crate::levels::names_rule;
use crate::rules::local::Local;
use crate::rules::{self, FAMILIES, Family, Rule};
use crate::vocabulary::Word;

pub use json::json;
#[cfg(feature = "lsp")]
pub(crate) use markdown::escaped;
pub use markdown::markdown;
pub use text::text;

/// What is to be explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// Every rule.
    All,
    /// The rules of a family.
    Family(&'static Family),
    /// One rule, by its number in the registry.
    Rule(usize),
    /// One rule of the campaign's own, by its number among them.
    Own(usize),
}

impl Topic {
    /// A rule by its code or name, or a family by its name.
    pub fn find(word: &str, own: &[Local<'_>]) -> Option<Topic> {
        let family = || FAMILIES.iter().find(|family| family.name == word);
        let number = rules::find(word)
            .and_then(|found| rules::ALL.iter().position(|rule| rule.code == found.code));
        let of_campaign = || own.iter().position(|rule| names_rule(word, &rule.id));
        number
            .map(Topic::Rule)
            .or_else(|| of_campaign().map(Topic::Own))
            .or_else(|| family().map(Topic::Family))
    }

    /// The rules of it, in the order of the registry.
    fn rules(self) -> impl Iterator<Item = &'static Rule> {
        let numbered = rules::ALL.iter().copied().enumerate();
        numbered.filter_map(move |(number, rule)| {
            let meant = match self {
                Topic::All => true,
                Topic::Family(family) => family.name == rule.family,
                Topic::Rule(wanted) => wanted == number,
                Topic::Own(_) => false,
            };
            meant.then_some(rule)
        })
    }

    /// The families that it touches, each with its rules.
    fn chapters(self) -> impl Iterator<Item = (&'static Family, Vec<&'static Rule>)> {
        FAMILIES.iter().filter_map(move |family| {
            let own = |rule: &&Rule| rule.family == family.name;
            let rules: Vec<_> = self.rules().filter(own).collect();
            (!rules.is_empty()).then_some((family, rules))
        })
    }
}

/// The headings of an explanation.
const WHY: Text = Text::fixed("为什么", "Why");
const ANSWER: Text = Text::fixed("怎么改", "What to do");
const BAD: Text = Text::fixed("反例", "Wrong");
const GOOD: Text = Text::fixed("正例", "Right");

/// Why a rule is there, by its code; nothing for one of the campaign's own that does not say.
pub fn why(code: &str, own: &[Local<'_>]) -> Option<Text> {
    let built_in = rules::find(code).map(|rule| rule.why.clone());
    let of_campaign = || own.iter().find(|rule| rule.id.code == code);
    let said = || Some(of_campaign()?.rule.why.text()).filter(|why| !why.is_empty());
    built_in.or_else(said)
}

/// `错误`, and that it cannot be changed where it cannot, or when it speaks at all.
fn level(rule: &Rule, lang: Lang) -> String {
    let name = rule.default_level().text();
    let firm = lang.pick("（不能关闭或降低）", " (cannot be turned off or lowered)");
    let silent = lang.pick(
        "（在[levels]或--select中写明才查）",
        " (checked only where [levels] or --select names it)",
    );
    let more = match () {
        _ if rule.is_firm() => firm,
        _ if rule.is_silent() => silent,
        _ => "",
    };
    format!("{}{more}", name.get(lang))
}

/// A sentence with its full stop, as the registry's one-liners have none.
fn sentence(text: &Text, lang: Lang) -> String {
    let words = text.get(lang);
    let mut first = words.chars();
    let capital = first.next().map(|c| c.to_uppercase().to_string());
    let stop = lang.pick("。", ".");
    format!("{}{}{stop}", capital.unwrap_or_default(), first.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;

    #[test]
    fn every_rule_is_explained_in_every_format_with_all_that_its_examples_say() {
        for lang in [Lang::Zh, Lang::En] {
            for rule in rules::ALL {
                let topic = Topic::find(rule.code, &[]).unwrap();
                assert_eq!(Topic::find(rule.name, &[]), Some(topic));
                let renderers = [text, markdown, json];
                for (number, render) in renderers.into_iter().enumerate() {
                    let page = render(topic, &[], lang);
                    assert!(page.ends_with('\n') && !page.ends_with("\n\n"));
                    assert!(page.contains(rule.code) && page.contains(rule.name));
                    for file in Fixture::read(rule.bad).files {
                        assert!(page.contains(&file.name));
                        let quoted = number == 2;
                        let said = file.marks.iter().map(|mark| mark.message.get(lang));
                        for message in said.filter(|message| !quoted || !message.contains('"')) {
                            assert!(page.contains(message), "{}: {message}", rule.name);
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn a_family_is_listed_and_what_is_neither_rule_nor_family_is_not_found() {
        let page = text(Topic::find("roster", &[]).unwrap(), &[], Lang::En);
        assert!(page.contains("R001") && page.contains("R005") && !page.contains("D001"));
        assert_eq!(Topic::find("nothing", &[]), None);
        assert_eq!(Topic::find("", &[]), None);
        let parsed: serde_json::Value =
            serde_json::from_str(&json(Topic::All, &[], Lang::Zh)).unwrap();
        assert_eq!(parsed["version"], 1);
        let families = parsed["families"].as_array().unwrap().iter();
        let count: usize = families
            .map(|family| family["rules"].as_array().unwrap().len())
            .sum();
        assert_eq!(count, rules::ALL.len());
    }
}
