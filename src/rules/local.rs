//! The campaign's own rules: `[[rule]]` entries of `campaign.toml`, each by one of a small closed set of
//! templates. They are compiled once a run and then behave like any other rule.

mod check;
mod compile;
mod describe;
mod entry;
mod literal;
mod target;

use std::borrow::Cow;
use std::collections::HashSet;

use regex_lite::Regex;

use super::Family;
use crate::calendar::Date;
use crate::campaign::{Campaign, Level, LocalRule};
use crate::field::Value;
use crate::finding::{Draft, RuleId, Severity};
use crate::lang::Text;

use target::Target;

/// The campaign's own rules.
pub const FAMILY: Family = Family {
    name: "local",
    letter: 'X',
    title: Text::fixed("自定规则", "the campaign's own rules"),
};

/// Characters of a pattern, at most.
pub const MAX_PATTERN: usize = 200;

/// What a rule asks for.
#[derive(Debug)]
enum Template<'c> {
    /// `{ field = "plan.title" }`: it must be filled in.
    Required { field: Target },
    /// `{ count = "problem", at_least = 3, at_most = 10 }`: so many elements.
    Count {
        list: Target,
        at_least: Option<usize>,
        at_most: Option<usize>,
    },
    /// `{ field = "measure.aspect", one_of = […] }`: one of these values.
    OneOf {
        field: Target,
        allowed: Vec<Value<'c>>,
    },
    /// `{ field = "plan.title", matches = "…" }`: the pattern is found in the text.
    Matches { field: Target, pattern: Regex },
    /// `{ earlier = "plan.adopted", later = "meeting.held" }`: dates in this order, or on one day.
    Order { earlier: Target, later: Target },
    /// `{ field = "problem.due", by = 2022-12-31 }`: a date that is no later.
    By { field: Target, by: Date },
    /// `{ field = "measure.key", in = "key_measure.number" }`: the value stands in the campaign.
    Exists {
        field: Target,
        known: HashSet<Value<'c>>,
        within: &'c str,
    },
}

/// A key of the list's elements and the value that the meant ones have.
#[derive(Debug)]
struct Condition<'c> {
    key: Target,
    value: Value<'c>,
}

/// A rule of the campaign, ready to be checked.
#[derive(Debug)]
pub struct Local<'c> {
    /// What findings carry of it.
    pub id: RuleId,
    /// Its number in `campaign.toml`.
    pub index: usize,
    /// The rule as it is written.
    pub rule: &'c LocalRule,
    template: Template<'c>,
    conditions: Vec<Condition<'c>>,
    /// The units that it is for, which may be many; all if there are none.
    units: HashSet<&'c str>,
}

impl Local<'_> {
    /// Its level unless the campaign or the command line says otherwise.
    pub fn level(&self) -> Severity {
        level(self.rule)
    }
}

/// The rules of a campaign; one that passed its proof has no wrong ones, which are left out here.
pub fn compile(campaign: &Campaign) -> Vec<Local<'_>> {
    let rules = campaign.rule.iter().enumerate();
    rules
        .filter_map(|(index, rule)| compile::rule(campaign, index, rule).ok())
        .collect()
}

/// What is wrong with the rules of a campaign.
pub fn prove(campaign: &Campaign) -> Vec<Draft> {
    let mut errors = entry::names(campaign);
    for (index, rule) in campaign.rule.iter().enumerate() {
        errors.extend(
            compile::rule(campaign, index, rule)
                .err()
                .into_iter()
                .flatten(),
        );
    }
    errors
}

/// What findings carry of a rule.
pub fn id(rule: &LocalRule) -> RuleId {
    RuleId {
        code: Cow::Owned(rule.id.clone()),
        name: Cow::Owned(rule.name.clone()),
        family: FAMILY.name,
    }
}

/// The level of a rule unless somebody says otherwise.
pub fn level(rule: &LocalRule) -> Severity {
    rule.level
        .and_then(Level::severity)
        .unwrap_or(Severity::Warning)
}
