//! The life meetings: attendance, year, form, branches.

pub mod attendance;
pub mod attendance_unknown;
pub mod branch_missing;
pub mod campaign_not_reviewed;
pub mod form;
pub mod unknown_branch;
pub mod wrong_year;

use super::Family;
use crate::lang::Text;

/// The life meetings: attendance, year, form, branches.
pub const FAMILY: Family = Family {
    name: "meeting",
    letter: 'M',
    title: Text::fixed("生活会", "meetings"),
};
