//! What a rule asks for, in words.

use super::{Condition, Local, Template};
use crate::campaign::Scope;
use crate::field::Value;
use crate::lang::{Text, count};
use crate::text;
use crate::vocabulary::Word;

impl Local<'_> {
    /// What is asked for, as one sentence.
    pub fn requirement(&self) -> Text {
        let what = self.template.text();
        let conditions: Vec<Text> = self.conditions.iter().map(Condition::text).collect();
        if conditions.is_empty() {
            return what;
        }
        let which = Text::join(&conditions, "，且", " and ");
        Text::new(
            format!("{}（限{}的）", what.zh(), which.zh()),
            format!("{} (where {})", what.en(), which.en()),
        )
    }

    /// The units that it is for; nothing when it is for all.
    pub fn scope(&self) -> Option<Text> {
        let Scope {
            category,
            unit,
            body,
        } = &self.rule.r#for;
        let words = category.iter().flatten().map(|word| word.text());
        let bodies = body.iter().flatten().map(|word| word.text());
        let units = unit.iter().map(|code| Text::same(code.as_str()));
        let lists = [Vec::from_iter(words), bodies.collect(), units.collect()];
        let given: Vec<Text> = lists
            .iter()
            .filter(|l| !l.is_empty())
            .map(Text::list)
            .collect();
        (!given.is_empty()).then(|| Text::join(&given, "；", "; "))
    }
}

impl Condition<'_> {
    fn text(&self) -> Text {
        let key = self.key.keys.last().copied().unwrap_or_default();
        let value = shown(&self.value);
        text!("{key}为“{value}”", "{key} is “{value}”")
    }
}

impl Template<'_> {
    fn text(&self) -> Text {
        match self {
            Template::Required { field } => {
                let field = field.name();
                text!("须填写{field}", "{field} must be filled in")
            }
            Template::Count {
                list,
                at_least,
                at_most,
            } => how_many(&list.name(), *at_least, *at_most),
            Template::OneOf { field, allowed } => {
                let values: Vec<Text> = allowed.iter().map(|v| Text::same(shown(v))).collect();
                let (field, list) = (field.name(), Text::list(&values));
                let (zh, en) = (list.zh(), list.en());
                text!("{field}可选：{zh}", "{field} must be one of: {en}")
            }
            Template::Matches { field, pattern } => {
                let (field, pattern) = (field.name(), pattern.as_str());
                text!(
                    "{field}须含有“{pattern}”",
                    "“{pattern}” must be found in {field}"
                )
            }
            Template::Order { earlier, later } => {
                let (earlier, later) = (earlier.name(), later.name());
                text!(
                    "{later}不得早于{earlier}",
                    "{later} must not come before {earlier}"
                )
            }
            Template::By { field, by } => {
                let field = field.name();
                text!("{field}不得晚于{by}", "{field} must not be after {by}")
            }
            Template::Exists { field, within, .. } => {
                let field = field.name();
                text!(
                    "{field}须是campaign.toml中{within}之一",
                    "{field} must be one of {within} in campaign.toml"
                )
            }
        }
    }
}

fn how_many(list: &str, at_least: Option<usize>, at_most: Option<usize>) -> Text {
    match (at_least, at_most) {
        (Some(from), Some(to)) => text!(
            "{list}须有{from}至{to}条",
            "there must be {from} to {to} entries in {list}"
        ),
        (Some(from), None) => Text::new(
            format!("{list}不得少于{from}条"),
            format!("there must be at least {} in {list}", entries(from)),
        ),
        (_, to) => {
            let to = to.unwrap_or_default();
            Text::new(
                format!("{list}不得多于{to}条"),
                format!("there must be at most {} in {list}", entries(to)),
            )
        }
    }
}

/// `1 entry`, `2 entries`.
pub(super) fn entries(number: usize) -> String {
    count(
        i64::try_from(number).unwrap_or(i64::MAX),
        "entry",
        "entries",
    )
}

/// A value as a person writes it.
pub(super) fn shown(value: &Value<'_>) -> String {
    match value {
        Value::Nothing | Value::Table => String::new(),
        Value::Text(text) => crate::read::shortened(text),
        Value::Number(number) => number.to_string(),
        Value::Truth(truth) => truth.to_string(),
        Value::Date(date) => date.to_string(),
    }
}
