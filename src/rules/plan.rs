//! What a plan must hold: problems, measures, activities, summary.

pub mod aspect_uncovered;
pub mod copied;
pub mod key_measure_unclaimed;
pub mod measure_without_lead;
pub mod no_activity;
pub mod no_member_problem;
pub mod no_secretary;
pub mod no_special_meeting;
pub mod no_summary;
pub mod no_team_problem;
pub mod placeholder;
pub mod problem_incomplete;
pub mod unknown_term;

use super::Family;
use crate::lang::Text;

/// What a plan must hold: problems, measures, activities, summary.
pub const FAMILY: Family = Family {
    name: "plan",
    letter: 'P',
    title: Text::fixed("方案", "plans"),
};
