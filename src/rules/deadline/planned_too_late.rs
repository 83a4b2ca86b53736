//! A meeting planned for a day after its due date.

use super::due_place;
use crate::finding::{At, Draft, Severity};
use crate::lang::Text;
use crate::ledger::planned_after_due;
use crate::rules::{Check, PlanView, Rule};
use crate::{path, text};

/// A meeting planned for a day after its due date.
pub const RULE: Rule = Rule {
    code: "D007",
    name: "planned-too-late",
    family: "deadline",
    level: Severity::Warning,
    summary: Text::fixed("计划日期晚于时限", "planned for a day after the due date"),
    why: Text::fixed(
        "计划的日期在时限之后，照此召开就会逾期。计划日期只作提醒，不算召开。",
        "A meeting planned for a day after its due date will be late. A planned date is only a reminder and never counts as held.",
    ),
    answer: Text::fixed(
        "提前安排；确有困难的，在时限当日及以前申请延期。",
        "Plan it earlier; if that cannot be, apply for an extension on or before the due date.",
    ),
    bad: include_str!("planned_too_late.bad.toml"),
    good: include_str!("planned_too_late.good.toml"),
    check: Check::plan(check),
};

fn check(view: &PlanView<'_>, drafts: &mut Vec<Draft>) {
    for (number, cell, index, planned) in planned_after_due(view.campaign, view.cells, view.plan) {
        let due = cell.due;
        let message = text!(
            "计划{planned}召开，晚于时限{due}",
            "planned for {planned}, after the due date {due}"
        );
        let draft = Draft::new(
            RULE.id(),
            At::Plan(path!["meeting", index, "planned"]),
            message,
        )
        .label(Text::fixed("晚于时限", "after the due date"))
        .fix(Text::fixed(
            "提前安排，或在时限当日及以前申请延期",
            "plan it earlier, or apply for an extension on or before the due date",
        ))
        .cause(
            due_place(cell, number),
            Text::fixed("时限（含当日）", "due, inclusive"),
        );
        drafts.push(draft);
    }
}
