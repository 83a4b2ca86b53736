//! What the types do not say: the campaign's words, the names of rules and fields, and bounds that are checked after
//! reading.

use super::node::{Extra, Node};
use crate::campaign::{self, Level, Vocabulary};
use crate::field::{Entry, Field, Shape};
use crate::lang::Lang;
use crate::plan::{self, Plan};
use crate::rules::{self, FAMILIES};
use crate::vocabulary::{MeetingForm, Word};

/// The campaign's words, which are offered where the plan's fields take them.
pub(super) struct Words<'w> {
    lists: &'w Vocabulary,
}

impl<'w> Words<'w> {
    pub fn of(lists: &'w Vocabulary) -> Words<'w> {
        Words { lists }
    }

    pub fn refine(&self, path: &str, node: &mut Node) {
        if path == "meeting.form" {
            let forms = MeetingForm::ALL.iter();
            node.offer(
                forms
                    .clone()
                    .map(|form| form.zh())
                    .chain(forms.map(|form| form.alias())),
            );
        }
        if let Some((_, list)) = plan::WORDS.iter().find(|(field, _)| *field == path) {
            node.offer(self.lists.list(list).iter().cloned());
        }
    }
}

/// What `campaign::proof` and the templates of local rules ask for beyond the types.
pub(super) fn refine_campaign(path: &str, node: &mut Node, lang: Lang) {
    match path {
        "campaign.copied_threshold" => {
            let (least, most) = campaign::COPIED_THRESHOLD.into_inner();
            node.minimum = serde_json::Number::from_f64(least);
            node.maximum = serde_json::Number::from_f64(most);
        }
        "milestone" | "rule.require.one_of" => node.min_items = Some(1),
        "milestone.requires.at_least" | "rule.require.at_least" => node.minimum = Some(1.into()),
        // A code of blanks is none.
        "unit.code" => node.pattern = Some("\\S"),
        "rule.id" => node.pattern = Some("^X[0-9]{3}$"),
        "rule.level" => node.words.retain(|word| !is_off(word)),
        "rule.require.matches" => {
            node.min_length = Some(1);
            node.max_length = Some(rules::local::MAX_PATTERN);
        }
        "rule.require.count" => node.offer(fields(|shape| matches!(shape, Shape::List(_)))),
        "rule.require.field" => node.offer(fields(|_| true)),
        "rule.require.earlier" | "rule.require.later" => {
            let dated = |shape: &Shape| matches!(shape.element(), Shape::Date | Shape::TimeLimit);
            node.offer(fields(dated));
        }
        "levels" => levels(node, lang),
        _ => {}
    }
}

fn is_off(word: &str) -> bool {
    Level::parse(word) == Some(Level::Off)
}

/// Every rule by its name and its code, and every family. Rules of the campaign's own may stand there too.
fn levels(node: &mut Node, lang: Lang) {
    let Some(Extra::Node(any)) = node.additional.clone() else {
        return;
    };
    let level = |about: String, firm: bool| {
        let mut level = (*any).clone();
        level.description = Some(about);
        // A file that cannot be read never passes.
        level
            .words
            .retain(|word| !firm || Level::parse(word) == Some(Level::Error));
        level
    };
    for rule in rules::ALL {
        let about = rule.summary.get(lang);
        for (name, other) in [(rule.name, rule.code), (rule.code, rule.name)] {
            let about = lang.pick(format!("{about}（{other}）"), format!("{about} ({other})"));
            node.properties
                .push((name.to_owned(), level(about, rule.is_firm())));
        }
    }
    for family in FAMILIES {
        let title = family.title.get(lang);
        let about = lang.pick(
            format!("这一类规则：{title}"),
            format!("the family: {title}"),
        );
        node.properties
            .push((family.name.to_owned(), level(about, false)));
    }
}

/// The dotted names of the plan's fields that hold something of a kind.
fn fields(wanted: impl Fn(&Shape) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    under("", &Plan::SHAPE, &wanted, &mut found);
    found
}

fn under(path: &str, shape: &Shape, wanted: &dyn Fn(&Shape) -> bool, found: &mut Vec<String>) {
    let Shape::Table(entries) = shape.element() else {
        return;
    };
    for Entry { key, shape, .. } in *entries {
        let path = match path {
            "" => (*key).to_owned(),
            _ => format!("{path}.{key}"),
        };
        if wanted(shape) {
            found.push(path.clone());
        }
        under(&path, shape, wanted, found);
    }
}
