//! How many units stand where at a milestone.

use super::{Cell, Ledger, Status};
use crate::vocabulary::Word;

/// How many units stand where at a milestone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals([usize; Status::ALL.len()]);

impl Totals {
    /// Counts cells.
    pub fn of<'c>(cells: impl IntoIterator<Item = &'c Cell>) -> Totals {
        let mut totals = Totals::default();
        cells.into_iter().for_each(|cell| totals.add(cell.status));
        totals
    }

    /// The totals of a milestone, by its number in the campaign.
    pub fn at(ledger: &Ledger, milestone: usize) -> Totals {
        ledger.totals.get(milestone).copied().unwrap_or_default()
    }

    /// Counts a unit, by where it stands at each milestone.
    pub fn count_unit(of_milestones: &mut [Totals], statuses: impl IntoIterator<Item = Status>) {
        let each = of_milestones.iter_mut().zip(statuses);
        each.for_each(|(totals, status)| totals.add(status));
    }

    /// Counts one more that stands so.
    fn add(&mut self, status: Status) {
        self.0[status as usize] += 1;
    }

    /// How many stand so.
    pub fn count(&self, status: Status) -> usize {
        self.0[status as usize]
    }

    /// The statuses of which there are some, in the vocabulary's order.
    pub fn statuses(&self) -> impl Iterator<Item = Status> + '_ {
        let all = Status::ALL.iter().copied();
        all.filter(|status| self.count(*status) > 0)
    }

    /// 应完成: how many owe it; 待核 is among them.
    pub fn owed(&self) -> usize {
        self.sum(Status::is_owed)
    }

    /// 已完成: how many have done it, in time or late.
    pub fn done(&self) -> usize {
        self.sum(Status::is_done)
    }

    fn sum(&self, counts: impl Fn(Status) -> bool) -> usize {
        let counted = Status::ALL.iter().filter(|status| counts(**status));
        counted.map(|status| self.count(*status)).sum()
    }
}
