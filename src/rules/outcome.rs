//! The documents of stage 3: titles, numbers, dates.

pub mod adopted_after_printed;
pub mod document_number;
pub mod ended;
pub mod no_basis;
pub mod not_an_institution;
pub mod number_reused;
pub mod number_year;

use super::Family;
use crate::lang::Text;

/// The documents of stage 3: titles, numbers, dates.
pub const FAMILY: Family = Family {
    name: "outcome",
    letter: 'O',
    title: Text::fixed("制度办法", "outcomes"),
};
