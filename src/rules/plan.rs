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

use super::{Family, PlanView};
use crate::finding::FieldPath;
use crate::lang::Text;
use crate::path;
use crate::vocabulary::Subject;

/// What a plan must hold: problems, measures, activities, summary.
pub const FAMILY: Family = Family {
    name: "plan",
    letter: 'P',
    title: Text::fixed("方案", "plans"),
};

/// Where to say that a plan has no problem of a subject; nothing when it has one, or may have.
fn without_problems_of(view: &PlanView<'_>, subject: Subject) -> Option<FieldPath> {
    let problems = &view.plan.problem;
    let covered = problems
        .iter()
        .any(|problem| problem.subject == Some(subject));
    if view.plan.plan.is_none() || covered || view.unreadable.any_under("problem") {
        return None;
    }
    // Without any problem there is no better place than the plan itself.
    Some(if problems.is_empty() {
        path!["plan"]
    } else {
        path!["problem"]
    })
}
