//! Dates: the due dates of the campaign, and dates that cannot be right. Every comparison with a due date is
//! the ledger's; these rules only say what it found.

pub mod due_soon;
pub mod future_dated;
pub mod late;
pub mod measure_overdue;
pub mod out_of_order;
pub mod outside_campaign;
pub mod overdue;
pub mod planned_too_late;
pub mod problem_overdue;
pub mod rest_day;

use super::Family;
use crate::finding::At;
use crate::lang::Text;
use crate::ledger::Cell;
use crate::path;

/// Due dates and other dates.
pub const FAMILY: Family = Family {
    name: "deadline",
    letter: 'D',
    title: Text::fixed("时限", "deadlines"),
};

/// Where a cell's due date is written: at the extension in force, else at the milestone.
fn due_place(cell: &Cell, milestone: usize) -> At {
    At::Campaign(match cell.extension {
        Some(index) => path!["extension", index as usize, "until"],
        None => path!["milestone", milestone, "due"],
    })
}
