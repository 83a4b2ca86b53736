//! Where a unit stands at each milestone, in eight bytes: there may be a million units.

use crate::ledger::{Cell, Status};
use crate::vocabulary::Word;

/// So many bits hold a status, counted from one.
const BITS: u32 = 3;

const _: () = assert!(Status::ALL.len() < 1 << BITS);

/// The statuses of a unit, the first milestone's in the lowest bits, and nought after the last.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Standing(u64);

impl Standing {
    /// So many milestones there may be.
    pub(super) const MOST: usize = (u64::BITS / BITS) as usize;

    /// Where a unit with these cells stands.
    pub(super) fn of(cells: &[Cell]) -> Standing {
        let statuses = cells.iter().rev().map(|cell| cell.status as u64 + 1);
        Standing(statuses.fold(0, |bits, status| bits << BITS | status))
    }

    /// The statuses, in the order of the milestones.
    pub(super) fn statuses(self) -> impl Iterator<Item = Status> {
        let rest = |bits: &u64| Some(bits >> BITS).filter(|bits| *bits > 0);
        let first = Some(self.0).filter(|bits| *bits > 0);
        let statuses = std::iter::successors(first, rest).map(|bits| bits & ((1 << BITS) - 1));
        statuses.filter_map(|status| Status::ALL.get(status as usize - 1).copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Date;
    use crate::plan::FieldAt;

    #[test]
    fn statuses_come_back_as_they_were() {
        let cell = |status| Cell {
            status,
            due: Date::default(),
            extension: None,
            done: None,
            days: 0,
            at: FieldAt::default(),
            why: None,
        };
        for milestones in [0, 1, 3, 7, Standing::MOST] {
            for first in 0..7 {
                let all = Status::ALL.iter().cycle().skip(first);
                let statuses: Vec<Status> = all.take(milestones).copied().collect();
                let cells: Vec<Cell> = statuses.iter().map(|status| cell(*status)).collect();
                let back: Vec<Status> = Standing::of(&cells).statuses().collect();
                assert_eq!(back, statuses);
            }
        }
    }
}
