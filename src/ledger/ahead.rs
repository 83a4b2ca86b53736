//! What can be seen coming: meetings planned after their due date, due dates on a day of rest.

use chrono::{Datelike, Weekday};

use super::{Cell, Ledger, Totals};
use crate::calendar::{self, Date};
use crate::campaign::{Campaign, Milestone};
use crate::lang::Text;
use crate::plan::Plan;
use crate::text;

/// The meetings that are planned after their due date and not held: milestone, cell, index in the file, day.
pub fn planned_after_due<'c>(
    campaign: &Campaign,
    cells: &'c [Cell],
    plan: &Plan<'_>,
) -> Vec<(usize, &'c Cell, usize, Date)> {
    let mut found = Vec::new();
    for (number, (milestone, cell)) in campaign.milestone.iter().zip(cells).enumerate() {
        if !cell.status.is_owed() || cell.status.is_done() {
            continue;
        }
        for (index, meeting) in plan
            .meeting
            .iter()
            .enumerate()
            .filter(|(_, meeting)| meeting.held.is_none())
        {
            let asked = meeting.kind.is_some_and(|kind| milestone.asks_for(kind));
            if let Some(planned) = meeting
                .planned
                .filter(|planned| asked && *planned > cell.due)
            {
                found.push((number, cell, index, planned));
            }
        }
    }
    found
}

/// What day of rest a due date is, when it is still ahead and somebody has not done it yet.
pub fn rest_day_ahead(campaign: &Campaign, milestone: &Milestone, ledger: &Ledger) -> Option<Text> {
    let due = milestone.due();
    let number = campaign.milestone_index(&milestone.id)?;
    let totals = Totals::at(ledger, number);
    if ledger.as_of.date > due || totals.done() == totals.owed() {
        return None;
    }
    let weekday = calendar::weekday(due);
    let weekend =
        matches!(due.weekday(), Weekday::Sat | Weekday::Sun) && !campaign.is_extra_workday(due);
    match campaign.holiday(due) {
        Some(holiday) => {
            let name = &holiday.name;
            Some(text!(
                "{zh}（{name}假期）",
                "a {en} in the {name} holiday",
                zh = weekday.zh(),
                en = weekday.en()
            ))
        }
        None => weekend.then_some(weekday),
    }
}
