//! The due dates that a campaign's own rules set.

use crate::calendar::Date;

/// Whether a day lies after a due date, which is inclusive.
pub fn is_after(day: Date, due: Date) -> bool {
    day > due
}
