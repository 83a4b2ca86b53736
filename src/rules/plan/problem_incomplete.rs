//! A problem without remedy, owner or time limit.

use crate::finding::{At, Draft, Severity};
use crate::lang::Text;
use crate::plan::{FieldAt, Problem};
use crate::rules::{Check, PlanView, Rule};
use crate::{at, text};

/// A problem without remedy, owner or time limit.
pub const RULE: Rule = Rule {
    code: "P005",
    name: "problem-incomplete",
    family: "plan",
    level: Severity::Warning,
    summary: Text::fixed(
        "问题缺整改措施、责任人或时限",
        "a problem without remedy, owner or time limit",
    ),
    why: Text::fixed(
        "查摆出的问题要能整改、能销号：措施、责任人、时限（或长期坚持）缺一不可。",
        "A problem can be put right and closed only with a remedy, an owner and a time limit (or 长期坚持).",
    ),
    answer: Text::fixed(
        "补上整改措施（remedy）、责任人（owner）、时限（due）；需要长期坚持的，时限写“长期坚持”。",
        "Add remedy, owner and due; write due = \"长期坚持\" for what is kept up for good.",
    ),
    bad: include_str!("problem_incomplete.bad.toml"),
    good: include_str!("problem_incomplete.good.toml"),
    check: Check::plan(check),
};

fn check(view: &PlanView<'_>, drafts: &mut Vec<Draft>) {
    for (index, problem) in view.plan.problem.iter().enumerate() {
        // An entry without its text, or with one that cannot be read, has been reported as such.
        if problem.text.is_none() {
            continue;
        }
        let missing = lacking(problem).into_iter();
        let missing = missing.filter(|(at, _)| !view.unreadable.field(at.of(index)));
        let missing: Vec<Text> = missing.map(|(_, what)| what).collect();
        if missing.is_empty() {
            continue;
        }
        let (number, list) = (index + 1, Text::list(&missing));
        let message = text!(
            "第{number}条问题缺{zh}",
            "problem {number} lacks {en}",
            zh = list.zh(),
            en = list.en()
        );
        let draft = Draft::new(
            RULE.id(),
            At::Plan(at!["problem"].of(index).path()),
            message,
        )
        .fix(text!(
            "补上{zh}",
            "add {en}",
            zh = list.zh(),
            en = list.en()
        ));
        drafts.push(draft);
    }
}

fn lacking(problem: &Problem<'_>) -> Vec<(FieldAt, Text)> {
    let blank = |text: Option<&str>| text.is_none_or(|text| text.trim_start().is_empty());
    let mut lacking = Vec::new();
    if blank(problem.remedy) {
        let what = Text::fixed("整改措施（remedy）", "a remedy (remedy)");
        lacking.push((at!["problem", "remedy"], what));
    }
    if blank(problem.owner) {
        let what = Text::fixed("责任人（owner）", "an owner (owner)");
        lacking.push((at!["problem", "owner"], what));
    }
    if problem.due.is_none() {
        let what = Text::fixed("时限（due）", "a time limit (due)");
        lacking.push((at!["problem", "due"], what));
    }
    lacking
}
