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
        "访谈规定3月底前制定方案，10月底前召开民主生活会和组织生活会，12月底前形成制度办法；时限含当日。方案默认以报送日期为准，已制定未报送的算未完成。两种生活会只开了一种，也算未完成。没有文件的单位由plan-missing列出。",
        "The interview sets the end of March for the plan, of October for both life meetings and of December for institutional documents; the last day is on time. By default the filing date counts, so a plan adopted but not filed is not done, nor is one life meeting of two. Units without a file are listed by plan-missing.",
    ),
    answer: Text::fixed(
        "补办后填上日期；已获准延期的，在campaign.toml登记[[extension]]，免报的登记[[exemption]]。",
        "Do what is lacking and write its date; if the unit was granted more time or excused, record an [[extension]] or [[exemption]] in campaign.toml.",
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
