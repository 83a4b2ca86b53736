//! A milestone that is not done although its due date has passed.

use super::due_place;
use crate::finding::{At, Draft, Severity};
use crate::lang::Text;
use crate::ledger::Status;
use crate::rules::{Check, PlanView, Rule};
use crate::text;

/// A milestone that is not done although its due date has passed.
pub const RULE: Rule = Rule {
    code: "D001",
    name: "overdue",
    family: "deadline",
    level: Severity::Error,
    summary: Text::fixed("逾期未完成", "not done, and the due date has passed"),
    why: Text::fixed(
        "访谈规定3月底前制定方案、10月底前召开民主生活会和组织生活会、12月底前形成制度办法；当日完成不算逾期。没有文件的单位由plan-missing报告。",
        "The interview sets the ends of March, October and December; the due date itself is on time. Units without a file are reported by plan-missing.",
    ),
    answer: Text::fixed(
        "补办后填写日期；已获准延期的，在campaign.toml登记[[extension]]。",
        "Do what is lacking and write its date; if an extension was granted, record an [[extension]] in campaign.toml.",
    ),
    bad: include_str!("overdue.bad.toml"),
    good: include_str!("overdue.good.toml"),
    check: Check::plan(check),
};

fn check(view: &PlanView<'_>, drafts: &mut Vec<Draft>) {
    for (cell, (index, milestone)) in view
        .cells
        .iter()
        .zip(view.campaign.milestone.iter().enumerate())
    {
        if cell.status != Status::Overdue {
            continue;
        }
        let (unit, what) = (view.name(), &milestone.name);
        let (standing, why) = (cell.standing(), cell.explanation());
        let message = text!(
            "{unit}的{what}{standing_zh}：{why_zh}",
            "{unit}: {what} is {standing_en}: {why_en}",
            standing_zh = standing.zh(),
            why_zh = why.zh(),
            standing_en = standing.en(),
            why_en = why.en(),
        );
        let draft = Draft::new(RULE.id(), At::Plan(cell.at.path()), message)
            .fix(Text::fixed(
                "补办后填写日期；如已获准延期，在campaign.toml登记[[extension]]",
                "do what is lacking and write its date; if an extension was granted, record an [[extension]] in campaign.toml",
            ))
            .cause(due_place(cell, index), Text::fixed("时限（含当日）", "due, inclusive"));
        drafts.push(draft);
    }
}
