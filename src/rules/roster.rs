//! Plan files against the roster (花名册).

pub mod duplicate_plan;
pub mod former_name;
pub mod name_mismatch;
pub mod plan_missing;
pub mod unknown_unit;

use super::Family;
use crate::lang::Text;

/// Units and their files.
pub const FAMILY: Family = Family {
    name: "roster",
    letter: 'R',
    title: Text::fixed("花名册", "roster"),
};
