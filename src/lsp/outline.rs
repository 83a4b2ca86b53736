//! What a file may hold, as its records declare it: the keys of its tables, what they hold and what they mean.

use crate::campaign::{self, Campaign};
use crate::field::{Entry, Shape};
use crate::finding::{FieldPath, Step};
use crate::lang::{Lang, Text};
use crate::plan::{self, Plan};

/// The tables of a plan, or of a rule book.
pub(super) fn root(is_book: bool) -> &'static [Entry] {
    match is_book {
        true => Campaign::FIELDS,
        false => Plan::FIELDS,
    }
}

/// The keys that a table may have; none for what is not a table.
pub(super) fn table(root: &'static [Entry], path: &FieldPath) -> &'static [Entry] {
    match entry(root, path) {
        Some(entry) => keys(&entry.shape),
        None if path.0.is_empty() => root,
        None => &[],
    }
}

/// What is declared of a field, or of the list that it is an element of.
pub(super) fn entry(root: &'static [Entry], path: &FieldPath) -> Option<&'static Entry> {
    let (mut entries, mut last) = (root, None);
    for step in &path.0 {
        let Step::Key(key) = step else { continue };
        let found = entries.iter().find(|entry| entry.key == key)?;
        (entries, last) = (keys(&found.shape), Some(found));
    }
    last
}

fn keys(shape: &'static Shape) -> &'static [Entry] {
    match shape {
        Shape::Table(entries) => entries,
        Shape::List(inner) | Shape::TextOr(inner) | Shape::Opaque(inner) => keys(inner),
        _ => &[],
    }
}

/// What stands for a single value: of a list, what its elements are.
pub(super) fn single(shape: &'static Shape) -> &'static Shape {
    match shape {
        Shape::List(inner) | Shape::Opaque(inner) => single(inner),
        other => other,
    }
}

/// Whether a table of the file is written with two brackets.
pub(super) fn is_list(shape: &Shape) -> bool {
    match shape {
        Shape::Opaque(inner) => is_list(inner),
        other => matches!(other, Shape::List(_)),
    }
}

/// Whether a key at the top of the file is a table or a list of them.
pub(super) fn is_table(shape: &'static Shape) -> bool {
    let shape = single(shape);
    matches!(shape, Shape::Table(_) | Shape::Map(_))
}

/// The name of a field without the numbers of list elements: `problem.fault`.
pub(super) fn dotted(path: &FieldPath) -> String {
    let keys = path.0.iter().filter_map(|step| match step {
        Step::Key(key) => Some(&**key),
        Step::Index(_) => None,
    });
    keys.collect::<Vec<_>>().join(".")
}

/// The term for a field: what stands before the colon in Chinese, the key in English.
pub(super) fn label(entry: &Entry, lang: Lang) -> &str {
    let zh = entry
        .about
        .zh()
        .split(['：', '，', '；', '。', '（'])
        .next();
    lang.pick(zh.unwrap_or(entry.key), entry.key)
}

/// A word that may stand in a field, with what it means.
pub(super) struct Choice {
    /// The word.
    pub word: String,
    /// Other ways to call it, by which it may be looked for.
    pub alias: String,
    /// What it means.
    pub about: Text,
    /// Whether it stands in quotes.
    pub quoted: bool,
}

impl Choice {
    fn word(word: &str, alias: &str, about: Text) -> Choice {
        Choice {
            word: word.to_owned(),
            alias: alias.to_owned(),
            about,
            quoted: true,
        }
    }

    fn bare(word: impl Into<String>, about: Text) -> Choice {
        Choice {
            word: word.into(),
            alias: String::new(),
            about,
            quoted: false,
        }
    }
}

/// The values that are known for a shape.
pub(super) fn of_shape(shape: &'static Shape, day: Option<String>) -> Vec<Choice> {
    let today = Text::fixed("截至日期", "the day of the check");
    let day = day.map(|day| Choice::bare(day, today));
    match single(shape) {
        Shape::Word(terms) => terms
            .iter()
            .map(|term| Choice::word(term.zh, term.alias, Text::fixed(term.alias, term.en)))
            .collect(),
        Shape::Truth => vec![
            Choice::bare("true", Text::fixed("是", "yes")),
            Choice::bare("false", Text::fixed("否", "no")),
        ],
        Shape::Date => day.into_iter().collect(),
        Shape::TimeLimit => {
            let about = Text::fixed("没有期限，始终要做", "kept up for good");
            let standing = Choice::word(plan::TimeLimit::STANDING, "standing", about);
            std::iter::once(standing).chain(day).collect()
        }
        _ => vec![],
    }
}

/// The values of a field that the campaign lists. `unit` is the code of the plan's unit.
pub(super) fn of_campaign(
    is_book: bool,
    field: &str,
    unit: Option<&str>,
    campaign: &Campaign,
) -> Vec<Choice> {
    if !is_book {
        return of_plan(field, unit, campaign);
    }
    match field {
        "key_measure.aspect" => words(campaign.vocabulary.list("aspects")),
        "key_measure.lead"
        | "key_measure.responsible"
        | "unit.successor"
        | "unit.met_by.unit"
        | "extension.unit"
        | "exemption.unit" => codes(campaign),
        "extension.milestone" | "exemption.milestone" => campaign
            .milestone
            .iter()
            .map(|milestone| Choice::word(&milestone.id, "", Text::same(&*milestone.name)))
            .collect(),
        "exemption.rule" => crate::rules::ALL
            .iter()
            .map(|rule| Choice::word(rule.name, rule.code, rule.summary.clone()))
            .chain(campaign.rule.iter().map(of_rule))
            .collect(),
        _ => vec![],
    }
}

fn of_rule(rule: &campaign::LocalRule) -> Choice {
    let name = if rule.name.is_empty() {
        &rule.id
    } else {
        &rule.name
    };
    Choice::word(name, &rule.id, rule.message.text())
}

fn of_plan(field: &str, unit: Option<&str>, campaign: &Campaign) -> Vec<Choice> {
    if let Some((_, list)) = plan::WORDS.iter().find(|(of, _)| *of == field) {
        return words(campaign.vocabulary.list(list));
    }
    let own = || campaign.unit.iter().find(|own| Some(&*own.code) == unit);
    match field {
        "unit.code" => codes(campaign),
        "unit.name" => {
            let named = campaign
                .unit
                .iter()
                .filter(|own| unit.is_none_or(|code| *own.code == *code));
            named
                .map(|unit| Choice::word(&unit.name, &unit.code, Text::same(&*unit.code)))
                .collect()
        }
        "meeting.branch" => words(own().map_or(&[][..], |unit| &unit.branches)),
        "meeting.form" => of_shape(
            &<crate::vocabulary::MeetingForm as crate::field::Field>::SHAPE,
            None,
        ),
        "measure.key" => campaign
            .key_measure
            .iter()
            .filter_map(|measure| {
                Some(Choice::bare(
                    measure.number?.to_string(),
                    Text::same(&*measure.text),
                ))
            })
            .collect(),
        _ => vec![],
    }
}

fn words<W: AsRef<str>>(list: &[W]) -> Vec<Choice> {
    list.iter()
        .map(|word| Choice::word(word.as_ref(), "", Text::default()))
        .collect()
}

fn codes(campaign: &Campaign) -> Vec<Choice> {
    let units = campaign.unit.iter();
    units
        .map(|unit| Choice::word(&unit.code, &unit.name, Text::same(&*unit.name)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::path;

    #[test]
    fn every_field_of_both_files_is_found_by_its_path_and_has_a_term_in_both_languages() {
        fn each(
            root: &'static [Entry],
            entries: &'static [Entry],
            path: &FieldPath,
            seen: &mut usize,
        ) {
            for own in entries {
                let path = path.then(own.key);
                assert_eq!(entry(root, &path), Some(own), "{path}");
                assert!(!label(own, Lang::Zh).is_empty() && !label(own, Lang::Zh).is_ascii());
                *seen += 1;
                let inner = keys(&own.shape);
                each(root, inner, &path, seen);
                assert_eq!(table(root, &path.then(0)), inner);
            }
        }
        let mut seen = 0;
        for is_book in [false, true] {
            each(root(is_book), root(is_book), &path![], &mut seen);
        }
        assert!(seen > 100, "{seen}");
        assert!(entry(root(false), &path!["unit", "nothing"]).is_none());
        assert!(table(root(false), &path!["unit", "code"]).is_empty());
    }

    #[test]
    fn every_list_of_words_that_the_campaign_has_is_offered() {
        let mut campaign = Campaign::default();
        campaign.vocabulary.faults = vec!["不担当".to_owned()];
        for (field, list) in plan::WORDS {
            let offered = of_campaign(false, field, None, &campaign);
            assert_eq!(offered.len(), campaign.vocabulary.list(list).len());
        }
    }

    #[test]
    fn tables_are_told_from_fields_at_the_top_of_a_file() {
        let tables = |is_book| -> Vec<&str> {
            let entries = root(is_book).iter();
            let tables = entries.filter(|entry| is_table(&entry.shape));
            tables.map(|entry| entry.key).collect()
        };
        assert_eq!(tables(false), plan::TABLES.map(|(table, _)| table));
        assert!(!is_table(&Shape::Text) && !is_table(&Shape::List(&Shape::Text)));
        assert!(is_table(&Shape::Map(&Shape::Text)));
    }

    #[test]
    fn the_top_of_a_file_has_its_tables_and_a_key_that_is_not_known_has_nothing() {
        assert_eq!(table(root(false), &path![]), root(false));
        assert!(table(root(false), &path!["nothing"]).is_empty());
    }

    #[test]
    fn a_rule_book_and_a_plan_are_offered_what_the_campaign_has() {
        let rule_book = r#"
[[milestone]]
id = "plan"
name = "实施方案"
due = 2022-03-31
requires = { kind = "plan" }
[vocabulary]
aspects = ["担当作为"]
[[key_measure]]
number = 3
aspect = "担当作为"
text = "开展大走访"
[[rule]]
id = "X001"
name = "three-problems"
require = { count = "problem", at_least = 3 }
message = "查摆问题少于3条"
"#;
        let arena = toml_spanner::Arena::new();
        let document = toml_spanner::parse_recoverable(rule_book, &arena);
        let mut reader = crate::read::Reader::new(rule_book, campaign::BEIJING);
        let campaign =
            <Campaign as crate::read::FromItem>::from_item(document.table().as_item(), &mut reader)
                .unwrap();
        let offered = |is_book, field| -> Vec<(String, String, bool)> {
            of_campaign(is_book, field, None, &campaign)
                .into_iter()
                .map(|choice| {
                    (
                        choice.word,
                        choice.about.get(Lang::Zh).to_owned(),
                        choice.quoted,
                    )
                })
                .collect()
        };
        let one =
            |word: &str, about: &str, quoted| vec![(word.to_owned(), about.to_owned(), quoted)];
        assert_eq!(
            offered(true, "key_measure.aspect"),
            one("担当作为", "", true)
        );
        for field in ["extension.milestone", "exemption.milestone"] {
            assert_eq!(offered(true, field), one("plan", "实施方案", true));
        }
        let rules = offered(true, "exemption.rule");
        assert_eq!(rules.len(), crate::rules::ALL.len() + 1);
        assert_eq!(
            rules.last().unwrap(),
            &(
                "three-problems".to_owned(),
                "查摆问题少于3条".to_owned(),
                true
            )
        );
        assert_eq!(offered(false, "measure.key"), one("3", "开展大走访", false));
        let forms = offered(false, "meeting.form");
        assert!(forms.iter().any(|(word, ..)| word == "支委会"), "{forms:?}");
    }
}
