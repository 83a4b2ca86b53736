//! A unit without any activity after the campaign.

use crate::finding::{At, Draft, Severity};
use crate::lang::Text;
use crate::path;
use crate::rules::{Check, PlanView, Rule};
use crate::text;

/// A unit without any activity after the campaign.
pub const RULE: Rule = Rule {
    code: "P011",
    name: "no-activity",
    family: "plan",
    level: Severity::Note,
    summary: Text::fixed(
        "活动期满没有登记任何活动",
        "no activity at all by the end of the campaign",
    ),
    why: Text::fixed(
        "访谈列出七种举措形式（政治理论学习、能力培训、拉练观摩、深入基层调查研究、服务群众、走出去、请进来）；期满仍是空白的提醒补记。不要求每种都有。",
        "The interview names seven means; a unit without any by the end is reminded. Not every one is asked for.",
    ),
    answer: Text::fixed("补记[[activity]]。", "Add the [[activity]] entries."),
    bad: include_str!("no_activity.bad.toml"),
    good: include_str!("no_activity.good.toml"),
    check: Check::plan(check),
};

fn check(view: &PlanView<'_>, drafts: &mut Vec<Draft>) {
    let over = view.as_of.date > view.campaign.end();
    if !over
        || !view.plan.activity.is_empty()
        || view.unreadable.any_under("activity")
        || view.has_left()
        || view.is_nobodys()
    {
        return;
    }
    let unit = view.name();
    let message = text!("{unit}没有登记任何活动", "{unit}: no activity is on record");
    let fix = Text::fixed(
        "补记[[activity]]：形式、日期、人数",
        "add [[activity]] entries: kind, date, participants",
    );
    drafts.push(Draft::new(RULE.id(), At::Plan(path!["activity"]), message).fix(fix));
}
