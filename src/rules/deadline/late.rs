//! A milestone that was done after its due date.

use super::due_place;
use crate::campaign::RequirementKind;
use crate::finding::{At, Draft, Severity};
use crate::lang::Text;
use crate::lang::count;
use crate::ledger::Status;
use crate::rules::{Check, PlanView, Rule};
use crate::text;
use crate::vocabulary::Word;

/// A milestone that was done after its due date.
pub const RULE: Rule = Rule {
    code: "D002",
    name: "late",
    family: "deadline",
    level: Severity::Error,
    summary: Text::fixed("逾期完成", "done after the due date"),
    why: Text::fixed(
        "逾期完成仍算完成，但不算按期。时限含当日：3月31日报送为按期，4月1日报送为逾期1天。报送日期写首次报送的，后来修订不算逾期。",
        "What is done late is done, but not on time. The due date is inclusive: a plan filed on 31 March is on time, on 1 April one day late. The first filing counts; a later revision makes nothing late.",
    ),
    answer: Text::fixed(
        "核对日期；已获准延期的，在campaign.toml登记[[extension]]，须在原时限当日及以前申请，并经批准。",
        "Check the date; if an extension was granted, record an [[extension]] in campaign.toml: applied for on or before the original due date, and approved.",
    ),
    bad: include_str!("late.bad.toml"),
    good: include_str!("late.good.toml"),
    check: Check::plan(check),
};

fn check(view: &PlanView<'_>, drafts: &mut Vec<Draft>) {
    for (cell, (index, milestone)) in view
        .cells
        .iter()
        .zip(view.campaign.milestone.iter().enumerate())
    {
        if cell.status != Status::Late {
            continue;
        }
        let (unit, what, days) = (view.name(), &milestone.name, cell.days);
        let (did, label) = match milestone.kind() {
            RequirementKind::Plan => (
                milestone.basis().zh(),
                text!(
                    "{zh}日期",
                    "{en}",
                    zh = milestone.basis().zh(),
                    en = milestone.basis().en()
                ),
            ),
            RequirementKind::Meetings => ("召开", Text::fixed("召开日期", "held")),
            RequirementKind::Outcomes => ("形成", Text::fixed("成文日期", "adopted")),
        };
        let late = count(days, "day", "days");
        let message = Text::new(
            format!("{unit}逾期{days}天{did}{what}"),
            format!("{unit}: {what} was {late} late"),
        );
        let draft = Draft::new(RULE.id(), At::Plan(cell.at.path()), message)
            .label(label)
            .fix(Text::fixed(
                "核对日期；如已获准延期，在campaign.toml登记[[extension]]",
                "check the date; if an extension was granted, record an [[extension]] in campaign.toml",
            ))
            .cause(due_place(cell, index), Text::fixed("时限（含当日）", "due, inclusive"));
        drafts.push(draft);
    }
}
