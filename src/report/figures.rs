//! The figures of a report: how many stand where, and the two rates.

use crate::calendar::Date;
use crate::lang::Text;
use crate::ledger::{Ledger, Status, Totals, rate};
use crate::text;
use crate::vocabulary::{Category, Word};

impl Totals {
    /// 完成率.
    pub fn completion(&self) -> Rate {
        Rate {
            part: self.done(),
            whole: self.owed(),
        }
    }

    /// 按期率.
    pub fn punctuality(&self) -> Rate {
        Rate {
            part: self.count(Status::OnTime),
            whole: self.owed(),
        }
    }

    /// The figures in one sentence, without what is nought:
    /// `应完成6，按期完成3，逾期完成1，逾期未完成2；完成率4/6（66.7%），按期率3/6（50.0%）`.
    pub fn text(&self) -> Text {
        let owed = self.owed();
        let mut counts = vec![text!("应完成{owed}", "owed {owed}")];
        for status in self.statuses() {
            let n = self.count(status);
            counts.push(Text::new(
                format!("{}{n}", status.zh()),
                format!("{} {n}", status.en()),
            ));
        }
        let counts = Text::join(&counts, "，", ", ");
        let (done, on_time) = (self.completion().text(), self.punctuality().text());
        text!(
            "{counts_zh}；完成率{done_zh}，按期率{on_time_zh}",
            "{counts_en}; done {done_en}, on time {on_time_en}",
            counts_zh = counts.zh(),
            done_zh = done.zh(),
            on_time_zh = on_time.zh(),
            counts_en = counts.en(),
            done_en = done.en(),
            on_time_en = on_time.en(),
        )
    }
}

/// The totals of a milestone by category, for the categories that the ledger has, in the vocabulary's order.
pub fn by_category(ledger: &Ledger, milestone: usize) -> Vec<(Category, Totals)> {
    let of = |category: &Category| {
        let rows = || ledger.rows.iter().filter(|row| row.category == *category);
        let cells = rows().filter_map(|row| row.cells.get(milestone));
        rows().next().map(|_| (*category, Totals::of(cells)))
    };
    Category::ALL.iter().filter_map(of).collect()
}

/// The days on which a milestone was done by some unit, in order; a day stands there once a unit.
pub(super) fn done(ledger: &Ledger, milestone: usize) -> Vec<Date> {
    let cells = ledger
        .rows
        .iter()
        .filter_map(|row| row.cells.get(milestone));
    let mut days: Vec<Date> = cells.filter_map(|cell| cell.done).collect();
    days.sort_unstable();
    days
}

/// How many of these had done it by the end of a day.
pub(super) fn by(done: &[Date], day: Date) -> usize {
    done.partition_point(|done| *done <= day)
}

/// A share, never shown without its fraction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// The numerator.
    pub part: usize,
    /// The denominator.
    pub whole: usize,
}

impl Rate {
    /// Tenths of a per cent, a half rounded up, in integers; `None` when the denominator is nought.
    pub fn per_mille(self) -> Option<usize> {
        (self.part * 2000 + self.whole).checked_div(self.whole * 2)
    }

    /// `4/6（66.7%）`, `4/6 (66.7 %)`, or `—`.
    pub fn text(self) -> Text {
        rate(self.part, self.whole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample::{empty, story};

    #[test]
    fn rates_are_rounded_half_up_and_keep_their_fraction() {
        let zh = |part, whole| rate(part, whole).zh().to_owned();
        assert_eq!(zh(4, 6), "4/6（66.7%）");
        assert_eq!(zh(3, 6), "3/6（50.0%）");
        assert_eq!(zh(2, 6), "2/6（33.3%）");
        assert_eq!(zh(1, 16), "1/16（6.3%）", "6.25 is rounded up");
        assert_eq!(zh(0, 7), "0/7（0.0%）");
        assert_eq!(zh(7, 7), "7/7（100.0%）");
        assert_eq!(rate(4, 6).en(), "4/6 (66.7 %)");
        for (part, whole) in (1..60).flat_map(|whole| (0..=whole).map(move |part| (part, whole))) {
            let tenths = Rate { part, whole }.per_mille().unwrap();
            let percent = format!("（{}.{}%）", tenths / 10, tenths % 10);
            assert!(
                zh(part, whole).ends_with(&percent),
                "programs and people read the same"
            );
        }
    }

    #[test]
    fn nothing_owed_is_a_dash_and_no_rate() {
        assert_eq!(rate(0, 0).zh(), "—");
        assert_eq!(rate(0, 0).en(), "—");
        let (ledger, _) = empty();
        let totals = Totals::at(&ledger, 0);
        assert_eq!(
            totals.text().zh(),
            "应完成0；完成率—，按期率—",
            "zero units"
        );
    }

    #[test]
    fn what_is_unclear_is_owed_and_what_is_exempt_is_not() {
        use Status::{Exempt, Late, OnTime, Overdue, Unclear};
        let mut totals = [Totals::default()];
        for status in [OnTime, Late, Overdue, Unclear, Exempt, Exempt] {
            Totals::count_unit(&mut totals, [status]);
        }
        let [totals] = totals;
        assert_eq!((totals.owed(), totals.done()), (4, 2));
        assert_eq!(totals.count(Exempt), 2);
        assert_eq!(totals.punctuality().text().zh(), "1/4（25.0%）");
    }

    #[test]
    fn the_figures_of_the_eighth_of_june() {
        let (ledger, _) = story();
        assert_eq!(
            Totals::at(&ledger, 0).text().zh(),
            "应完成6，按期完成3，逾期完成1，逾期未完成2；完成率4/6（66.7%），按期率3/6（50.0%）"
        );
        assert_eq!(
            Totals::at(&ledger, 0).text().en(),
            "owed 6, on time 3, late 1, overdue 2; done 4/6 (66.7 %), on time 3/6 (50.0 %)"
        );
        for milestone in [1, 2] {
            assert_eq!(Totals::at(&ledger, milestone).count(Status::Upcoming), 6);
        }
    }

    #[test]
    fn the_categories_of_the_eighth_of_june() {
        let (ledger, _) = story();
        let found: Vec<_> = by_category(&ledger, 0)
            .into_iter()
            .map(|(category, totals)| {
                let of = |status| totals.count(status);
                let counts = (of(Status::OnTime), of(Status::Late), of(Status::Overdue));
                (category.zh(), counts)
            })
            .collect();
        let expected = [
            ("乡镇", (1, 1, 0)),
            ("街道", (1, 0, 0)),
            ("部门", (1, 0, 1)),
            ("事业单位", (0, 0, 1)),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn the_days_of_a_milestone_stand_in_order_and_count_up_to_the_end_of_a_day() {
        let (ledger, _) = story();
        let days = done(&ledger, 0);
        let written: Vec<String> = days.iter().map(ToString::to_string).collect();
        assert_eq!(
            written,
            ["2022-03-25", "2022-03-28", "2022-03-31", "2022-04-02"]
        );
        for (day, n) in [
            ("2022-03-24", 0),
            ("2022-03-25", 1),
            ("2022-03-31", 3),
            ("2022-12-31", 4),
        ] {
            assert_eq!(by(&days, day.parse().unwrap()), n, "{day}");
        }
        assert_eq!(done(&ledger, 1), Vec::<Date>::new());
    }
}
