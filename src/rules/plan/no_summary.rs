//! A unit without a summing-up after the campaign.

use crate::finding::{At, Draft, Severity};
use crate::lang::Text;
use crate::path;
use crate::rules::{Check, PlanView, Rule};
use crate::text;

/// A unit without a summing-up after the campaign.
pub const RULE: Rule = Rule {
    code: "P012",
    name: "no-summary",
    family: "plan",
    level: Severity::Note,
    summary: Text::fixed(
        "活动期满没有总结",
        "no summing-up by the end of the campaign",
    ),
    why: Text::fixed(
        "访谈第三阶段要求认真总结，把好经验好做法形成制度办法。",
        "In its third stage the interview asks to sum up and to turn good practice into institutions.",
    ),
    answer: Text::fixed(
        "补上[summary]：日期和内容。",
        "Add [summary] with its date and text.",
    ),
    bad: include_str!("no_summary.bad.toml"),
    good: include_str!("no_summary.good.toml"),
    check: Check::plan(check),
};

fn check(view: &PlanView<'_>, drafts: &mut Vec<Draft>) {
    let over = view.as_of.date > view.campaign.end();
    if !over
        || view.plan.summary.is_some()
        || view.unreadable.any_under("summary")
        || view.has_left()
        || view.is_nobodys()
    {
        return;
    }
    let unit = view.name();
    let message = text!("{unit}没有总结", "{unit}: there is no summing-up");
    let fix = Text::fixed(
        "补上[summary]：date和text",
        "add [summary] with date and text",
    );
    drafts.push(Draft::new(RULE.id(), At::Plan(path!["summary"]), message).fix(fix));
}
