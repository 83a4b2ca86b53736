//! A rule of the campaign held against a plan. What is there but cannot be read is never held against a unit.

use std::collections::HashSet;

use super::describe::{entries, shown};
use super::target::Target;
use super::{Local, Template};
use crate::calendar::Date;
use crate::field::{Seen, Value, look};
use crate::finding::{At, Draft, FieldPath, Step};
use crate::lang::Text;
use crate::ledger;
use crate::rules::PlanView;
use crate::{path, text};

impl Local<'_> {
    /// Says what in a plan breaks the rule.
    pub fn check(&self, view: &PlanView<'_>, drafts: &mut Vec<Draft>) {
        if !self.concerns(view) {
            return;
        }
        match &self.template {
            Template::Required { field } => {
                let blank = |seen: &Seen<'_>| seen.value.is_blank();
                let label = |_: &Value<'_>| Text::fixed("未填写", "not filled in");
                self.each(view, field, blank, label, drafts);
            }
            Template::Count {
                list,
                at_least,
                at_most,
            } => self.count(view, list, (*at_least, *at_most), drafts),
            Template::OneOf { field, allowed } => {
                let wrong = |seen: &Seen<'_>| is_given(seen) && !allowed.contains(&trimmed(seen));
                let label = |_: &Value<'_>| Text::fixed("不在可选之列", "not one of them");
                self.each(view, field, wrong, label, drafts);
            }
            Template::Matches { field, pattern } => {
                let wrong = |seen: &Seen<'_>| match seen.value {
                    Value::Text(text) => is_given(seen) && !pattern.is_match(text),
                    _ => false,
                };
                let label = |_: &Value<'_>| Text::fixed("不合要求", "does not match");
                self.each(view, field, wrong, label, drafts);
            }
            Template::Order { earlier, later } => self.order(view, earlier, later, drafts),
            Template::By { field, by } => {
                let wrong = |seen: &Seen<'_>| {
                    date(&seen.value).is_some_and(|date| ledger::is_after(date, *by))
                };
                let label = |_: &Value<'_>| text!("晚于{by}", "after {by}");
                self.each(view, field, wrong, label, drafts);
            }
            Template::Exists { field, known, .. } => {
                // Like a vocabulary: an empty list allows everything.
                let wrong = |seen: &Seen<'_>| {
                    is_given(seen) && !known.is_empty() && !known.contains(&trimmed(seen))
                };
                let label = |value: &Value<'_>| {
                    let value = shown(value);
                    text!("没有“{value}”", "there is no “{value}”")
                };
                self.each(view, field, wrong, label, drafts);
            }
        }
    }

    /// Whether the rule is for the unit.
    fn concerns(&self, view: &PlanView<'_>) -> bool {
        let scope = &self.rule.r#for;
        let unit = view.unit.map(|(_, unit)| unit);
        let in_category = unit.is_some_and(|unit| scope.category.contains(&Some(unit.category())));
        let in_body =
            unit.is_some_and(|unit| unit.body.is_some() && scope.body.contains(&unit.body));
        let named = self.units.contains(view.plan.unit.code);
        (scope.category.is_empty() || in_category)
            && (scope.body.is_empty() || in_body)
            && (self.units.is_empty() || named)
    }

    /// A finding for each value that is wrong.
    fn each(
        &self,
        view: &PlanView<'_>,
        field: &Target,
        wrong: impl Fn(&Seen<'_>) -> bool,
        label: impl Fn(&Value<'_>) -> Text,
        drafts: &mut Vec<Draft>,
    ) {
        for seen in self.meant(view, field) {
            if wrong(&seen) {
                drafts.push(self.draft(seen.path, label(&seen.value)));
            }
        }
    }

    /// The readable values of a field, in the elements that are meant.
    fn meant<'v>(&self, view: &PlanView<'v>, field: &Target) -> Vec<Seen<'v>> {
        let mut seen = look(view.plan, &field.keys);
        seen.retain(|seen| {
            let hidden = view.unreadable.anywhere && seen.value.is_blank();
            !hidden && !view.unreadable.hits(&seen.path)
        });
        let own = |condition: &super::Condition<'_>| condition.key.table() == field.table();
        for condition in self.conditions.iter().filter(|condition| own(condition)) {
            let list = condition.key.list.unwrap_or_default();
            let right: HashSet<Option<usize>> = look(view.plan, &condition.key.keys)
                .iter()
                .filter(|seen| trimmed(seen) == condition.value)
                .map(|seen| element(&seen.path, list))
                .collect();
            seen.retain(|seen| right.contains(&element(&seen.path, list)));
        }
        seen
    }

    fn count(
        &self,
        view: &PlanView<'_>,
        list: &Target,
        (at_least, at_most): (Option<usize>, Option<usize>),
        drafts: &mut Vec<Draft>,
    ) {
        // Nobody can say how many there are when some of them cannot be read.
        let table = list.keys.first().copied().unwrap_or_default();
        if view.unreadable.any_under(table) {
            return;
        }
        let there = |seen: &Seen<'_>| seen.value != Value::Nothing;
        let number = self.meant(view, list).into_iter().filter(there).count();
        if at_least.is_some_and(|least| number < least) || at_most.is_some_and(|most| number > most)
        {
            let at = FieldPath(list.keys.iter().copied().map(Step::from).collect());
            let label = Text::new(format!("现有{number}条"), format!("there {}", are(number)));
            drafts.push(self.draft(at, label));
        }
    }

    fn order(
        &self,
        view: &PlanView<'_>,
        earlier: &Target,
        later: &Target,
        drafts: &mut Vec<Draft>,
    ) {
        let first = self.meant(view, earlier);
        let same_list = earlier.list.filter(|_| earlier.table() == later.table());
        for seen in self.meant(view, later) {
            let Some(day) = date(&seen.value) else {
                continue;
            };
            // In one list, an element's dates are compared with its own.
            let paired = |other: &&Seen<'_>| match same_list {
                Some(list) => element(&other.path, list) == element(&seen.path, list),
                None => true,
            };
            let latest = first
                .iter()
                .filter(paired)
                .filter_map(|other| Some((date(&other.value)?, &other.path)))
                .max_by_key(|(date, _)| *date);
            let Some((before, path)) = latest.filter(|(before, _)| *before > day) else {
                continue;
            };
            let label = text!("早于{before}", "before {before}");
            let cause = Text::fixed("应在先", "should come first");
            drafts.push(
                self.draft(seen.path, label)
                    .cause(At::Plan(path.clone()), cause),
            );
        }
    }

    fn draft(&self, at: FieldPath, label: Text) -> Draft {
        let fix = match self.rule.fix.is_blank() {
            true => self.requirement(),
            false => self.rule.fix.text(),
        };
        let required = At::Campaign(path!["rule", self.index, "require"]);
        Draft::new(self.id.clone(), At::Plan(at), self.rule.message.text())
            .label(label)
            .fix(fix)
            .cause(required, Text::fixed("规定", "required here"))
    }
}

/// `is 1 entry`, `are 2 entries`.
fn are(number: usize) -> String {
    let verb = if number == 1 { "is" } else { "are" };
    format!("{verb} {}", entries(number))
}

/// Whether something stands there; what is missing is for a rule that requires it.
fn is_given(seen: &Seen<'_>) -> bool {
    !seen.value.is_blank()
}

/// The value without the blanks around it.
fn trimmed<'v>(seen: &Seen<'v>) -> Value<'v> {
    match seen.value {
        Value::Text(text) => Value::Text(text.trim()),
        other => other,
    }
}

fn date(value: &Value<'_>) -> Option<Date> {
    match value {
        Value::Date(date) => Some(*date),
        _ => None,
    }
}

/// The element of a list that a path leads into, the list being so many keys away.
fn element(path: &FieldPath, list: usize) -> Option<usize> {
    match path.0.get(list) {
        Some(Step::Index(index)) => Some(*index),
        _ => None,
    }
}
