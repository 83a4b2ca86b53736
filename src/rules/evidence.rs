//! Evidence: files that prove an entry.

pub mod hash_mismatch;
pub mod missing;
pub mod none_given;
pub mod outside_folder;

use super::Family;
use crate::lang::Text;

/// Evidence: files that prove an entry.
pub const FAMILY: Family = Family {
    name: "evidence",
    letter: 'E',
    title: Text::fixed("佐证材料", "evidence"),
};
