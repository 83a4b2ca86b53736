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
    use crate::campaign::Campaign;
    use crate::fixture::Fixture;
    use crate::rules::local;

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

    /// A campaign with a rule of its own that says why, and one that does not.
    fn with_own_rules() -> Campaign {
        let long = "问题太少，说明查摆不深入。".repeat(9);
        let text = format!(
            "[[rule]]\nid = \"X001\"\nname = \"three-problems\"\n\
             require = {{ count = \"problem\", at_least = 3 }}\n\
             message = \"查摆问题少于3条\"\nwhy = \"{long}\"\n\
             [[rule]]\nid = \"X002\"\nname = \"one-measure\"\n\
             require = {{ count = \"measure\", at_least = 1 }}\nmessage = \"没有措施\"\n"
        );
        let arena = toml_spanner::Arena::new();
        let document = toml_spanner::parse_recoverable(&text, &arena);
        let mut reader = crate::read::Reader::new(&text, crate::campaign::BEIJING);
        let item = document.table().as_item();
        <Campaign as crate::read::FromItem>::from_item(item, &mut reader).unwrap()
    }

    #[test]
    fn why_a_rule_is_there_is_known_of_all_that_say_it() {
        let campaign = with_own_rules();
        let own = local::compile(&campaign);
        assert_eq!(own.len(), 2);
        let why = |code| why(code, &own).map(|why| why.zh().to_owned());
        let late = rules::find("D002").unwrap();
        assert_eq!(why("D002").as_deref(), Some(late.why.zh()));
        assert!(
            why("X001")
                .unwrap()
                .starts_with("问题太少，说明查摆不深入。")
        );
        assert_eq!(why("X002"), None);
        assert_eq!(why("X009"), None);
    }

    #[test]
    fn rules_of_the_campaign_stand_in_their_own_family_and_in_no_other() {
        let campaign = with_own_rules();
        let own = local::compile(&campaign);
        let page = |word| text(Topic::find(word, &own).unwrap(), &own, Lang::Zh);
        assert!(page("local").contains("X001") && page("local").contains("X002"));
        assert!(page("roster").contains("R001") && !page("roster").contains("X00"));
        let one = page("X001");
        let widest = one.lines().map(unicode_width::UnicodeWidthStr::width).max();
        assert!((70..=78).contains(&widest.unwrap()), "{one}");
    }

    #[test]
    fn a_list_of_rules_has_straight_columns() {
        use unicode_width::UnicodeWidthStr;
        let page = text(Topic::find("deadline", &[]).unwrap(), &[], Lang::Zh);
        let rules: Vec<&str> = page
            .lines()
            .filter(|line| line.starts_with("  D0"))
            .collect();
        let column = |line: &str, word: &str| line.find(word).map(|byte| line[..byte].width());
        let level = |line: &str| {
            ["错误", "警告", "提示"]
                .iter()
                .find_map(|word| column(line, word))
        };
        assert!(rules.len() > 5);
        assert_eq!(column(rules[1], "late"), Some(8), "{page}");
        for line in &rules {
            assert_eq!(level(line), level(rules[0]), "{page}");
        }
    }

    #[test]
    fn marks_in_json_have_the_columns_of_what_they_mark() {
        let mut seen = 0;
        for rule in rules::ALL {
            let topic = Topic::find(rule.code, &[]).unwrap();
            let page: serde_json::Value =
                serde_json::from_str(&json(topic, &[], Lang::Zh)).unwrap();
            let text = page.to_string();
            for file in Fixture::read(rule.bad).files {
                for (line, marks) in file.lines() {
                    for span in marks.filter_map(|mark| mark.span.clone()) {
                        let column = line[..span.start].chars().count() + 1;
                        let end = line[..span.end].chars().count() + 1;
                        assert!(
                            text.contains(&format!("\"column\":{column},\"end_column\":{end}"))
                        );
                        seen += 1;
                    }
                }
            }
        }
        assert!(seen > 20, "{seen}");
    }
}
