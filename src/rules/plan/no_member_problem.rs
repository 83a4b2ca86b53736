//! A plan whose problems leave out the team's members.

use crate::finding::{At, Draft, Severity};
use crate::lang::Text;
use crate::rules::plan::without_problems_of;
use crate::rules::{Check, PlanView, Rule};
use crate::text;
use crate::vocabulary::Subject;

/// A plan whose problems leave out the team's members.
pub const RULE: Rule = Rule {
    code: "P002",
    name: "no-member-problem",
    family: "plan",
    level: Severity::Error,
    summary: Text::fixed(
        "没有查摆班子成员的问题",
        "no problem of the team's members was searched for",
    ),
    why: Text::fixed(
        "访谈要求查摆领导班子及班子成员的问题，两方面都要有。",
        "The interview asks for the problems of both the leading team and its members.",
    ),
    answer: Text::fixed(
        "补上至少一条对象（subject）为班子成员的[[problem]]。",
        "Add at least one [[problem]] with subject = \"班子成员\".",
    ),
    bad: include_str!("no_member_problem.bad.toml"),
    good: include_str!("no_member_problem.good.toml"),
    check: Check::plan(check),
};

fn check(view: &PlanView<'_>, drafts: &mut Vec<Draft>) {
    let Some(at) = without_problems_of(view, Subject::Member) else {
        return;
    };
    let unit = view.name();
    let message = text!(
        "{unit}没有查摆班子成员的问题",
        "{unit}: no problem of the team's members was searched for"
    );
    let draft = Draft::new(RULE.id(), At::Plan(at), message).fix(Text::fixed(
        "补上至少一条subject = \"班子成员\"的[[problem]]",
        "add at least one [[problem]] with subject = \"班子成员\"",
    ));
    drafts.push(draft);
}
