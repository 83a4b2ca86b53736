//! The page's drawings as numbers: a bar a milestone, the line of time, and the lines of what was done by when. Each
//! stands beside the same figures in words.

use chrono::{Datelike, Months};

use super::{Totals, View, class};
use crate::calendar::{self, Date};
use crate::ledger::Status;
use crate::report::figures;
use crate::vocabulary::Word;

/// The width of a drawing; its height is each one's own.
const WIDTH: f64 = 1000.0;
/// What is left free at its sides.
const MARGIN: f64 = 44.0;

/// How a milestone's units stand, as parts of a bar.
pub(super) struct Bar {
    pub parts: Vec<Part>,
}

/// One part: from where, how wide, in thousandths of the bar.
pub(super) struct Part {
    pub class: &'static str,
    pub from: String,
    pub width: String,
}

impl Bar {
    pub fn of(totals: &Totals) -> Bar {
        let owed = Status::ALL.iter().filter(|status| status.is_owed());
        let (mut from, whole) = (0, totals.owed().max(1));
        let mut parts = Vec::new();
        for status in owed {
            let n = totals.count(*status);
            if n > 0 {
                let at = |n: usize| short(n as f64 / whole as f64 * WIDTH);
                parts.push(Part {
                    class: class(*status),
                    from: at(from),
                    width: at(n),
                });
            }
            from += n;
        }
        Bar { parts }
    }
}

/// A number as short as a drawing needs it.
fn short(number: f64) -> String {
    let text = format!("{number:.1}");
    text.strip_suffix(".0").unwrap_or(&text).to_owned()
}

/// Days laid out from left to right.
#[derive(Clone, Copy)]
struct Scale {
    from: Date,
    days: i64,
}

impl Scale {
    /// From the campaign's first day to its last, and as much further as something lies outside.
    fn of(view: &View<'_>) -> Scale {
        let as_of = view.ledger.as_of.date;
        let dues = view.milestones.iter().map(|(_, milestone)| milestone.due());
        let sides = [view.campaign.start(), view.campaign.end(), as_of];
        let known = sides
            .into_iter()
            .filter(|day| *day != Date::MIN && *day != Date::MAX);
        let days: Vec<Date> = known.chain(dues).collect();
        let from = days.iter().min().copied().unwrap_or(as_of);
        let to = days.iter().max().copied().unwrap_or(as_of);
        Scale {
            from,
            days: calendar::days_between(from, to).max(1),
        }
    }

    fn at(self, day: Date) -> f64 {
        let days = calendar::days_between(self.from, day).clamp(0, self.days);
        MARGIN + days as f64 / self.days as f64 * (WIDTH - 2.0 * MARGIN)
    }

    /// The firsts of months to mark: a dozen or so, however long it is.
    fn months(self, lang: crate::lang::Lang) -> Vec<Tick> {
        let step = u32::try_from(self.days / 400).unwrap_or(0) + 1;
        let first = self.from.with_day(1).unwrap_or(self.from);
        let day = |n: u32| first.checked_add_months(Months::new(n * step));
        let within = |day: &Date| calendar::days_between(self.from, *day) <= self.days;
        let days = (0..40).map_while(day).take_while(within);
        let days = days.filter(|day| *day >= self.from);
        days.map(|day| Tick {
            at: short(self.at(day)),
            word: match (step, day.month()) {
                // Over several years each says which it is.
                (1, 2..) => lang.pick(format!("{}月", day.month()), day.format("%b").to_string()),
                _ => lang.pick(
                    format!("{}年{}月", day.year(), day.month()),
                    day.format("%b %Y").to_string(),
                ),
            },
        })
        .collect()
    }
}

/// A mark on a scale.
pub(super) struct Tick {
    pub at: String,
    pub word: String,
}

/// The milestones and the as-of date on a line of time.
pub(super) struct Timeline {
    pub months: Vec<Tick>,
    pub stops: Vec<Stop>,
    pub as_of: Tick,
    pub height: usize,
    /// Where the line runs.
    pub axis: usize,
}

/// One milestone on it.
pub(super) struct Stop {
    pub at: String,
    pub label: Label,
    pub name: String,
    pub due: String,
    pub is_past: bool,
}

/// Where a word stands and to which side it runs.
pub(super) struct Label {
    pub anchor: &'static str,
    pub y: usize,
}

/// So far apart, two labels stand beside each other; nearer ones stand above each other.
const APART: f64 = 150.0;

impl Timeline {
    pub fn of(view: &View<'_>) -> Timeline {
        let scale = Scale::of(view);
        let as_of = view.ledger.as_of.date;
        let mut order: Vec<_> = view
            .milestones
            .iter()
            .map(|(_, milestone)| *milestone)
            .collect();
        order.sort_by_key(|milestone| milestone.due());
        // The last label of each level, so that none lies on another.
        let mut levels: Vec<f64> = Vec::new();
        let places = order.iter().map(|milestone| {
            let x = scale.at(milestone.due());
            let free = levels.iter().position(|last| x - last >= APART);
            let level = free.unwrap_or(levels.len());
            match levels.get_mut(level) {
                Some(last) => *last = x,
                None => levels.push(x),
            }
            (milestone, x, level)
        });
        let places: Vec<_> = places.collect();
        let axis = 60 + 44 * levels.len();
        let stops = places.into_iter().map(|(milestone, x, level)| Stop {
            at: short(x),
            label: Label {
                anchor: anchor(x),
                y: axis - 44 - 44 * level,
            },
            name: milestone.name.clone(),
            due: calendar::iso(milestone.due()),
            is_past: calendar::days_between(milestone.due(), as_of) > 0,
        });
        let word = calendar::iso(as_of);
        Timeline {
            months: scale.months(view.wish.lang),
            stops: stops.collect(),
            as_of: Tick {
                at: short(scale.at(as_of)),
                word,
            },
            height: axis + 46,
            axis,
        }
    }

    /// To which side the as-of date's word runs.
    pub fn as_of_anchor(&self) -> &'static str {
        anchor(self.as_of.at.parse().unwrap_or_default())
    }
}

/// A word at the right edge runs to the left.
fn anchor(x: f64) -> &'static str {
    match x {
        x if x > WIDTH - 2.0 * MARGIN => "end",
        x if x < 2.0 * MARGIN => "start",
        _ => "middle",
    }
}

/// How many had done what by when, on the scale of the line of time, whose months serve both.
pub(super) struct Progress {
    pub heights: Vec<Tick>,
    pub lines: Vec<Series>,
    /// The figures at the ends of months and on the as-of date.
    pub table: Vec<(String, Vec<usize>)>,
}

/// One milestone's line: steps from left to right.
pub(super) struct Series {
    pub name: String,
    pub path: String,
    pub done: usize,
    pub owed: usize,
}

/// Where the lines' floor and ceiling are.
const FLOOR: f64 = 250.0;
const CEILING: f64 = 24.0;

impl Progress {
    pub fn of(view: &View<'_>) -> Progress {
        let scale = Scale::of(view);
        let as_of = view.ledger.as_of.date;
        let numbers = view.milestones.iter().map(|(number, _)| *number);
        let days: Vec<Vec<Date>> = numbers
            .map(|number| figures::done(view.ledger, number))
            .collect();
        let top = top(view);
        let y = |n: usize| FLOOR - n as f64 / top as f64 * (FLOOR - CEILING);
        let line =
            |((number, milestone), days): (&(usize, &crate::campaign::Milestone), &Vec<Date>)| {
                let mut path = format!("M{} {}", short(MARGIN), short(FLOOR));
                for (before, day) in days.iter().enumerate() {
                    if days.get(before + 1) != Some(day) {
                        path += &format!("H{}V{}", short(scale.at(*day)), short(y(before + 1)));
                    }
                }
                path += &format!("H{}", short(scale.at(as_of)));
                let owed = Totals::at(view.ledger, *number).owed();
                Series {
                    name: milestone.name.clone(),
                    path,
                    done: days.len(),
                    owed,
                }
            };
        let count = |day: Date| days.iter().map(|days| figures::by(days, day)).collect();
        let heights = [0, top / 2, top];
        let mut heights: Vec<usize> = heights.into_iter().collect();
        heights.dedup();
        Progress {
            heights: heights
                .into_iter()
                .map(|n| Tick {
                    at: short(y(n)),
                    word: n.to_string(),
                })
                .collect(),
            lines: view.milestones.iter().zip(&days).map(line).collect(),
            table: month_ends(scale.from, as_of)
                .map(|day| (calendar::iso(day), count(day)))
                .collect(),
        }
    }
}

/// The top of the scale: the most units that owe a milestone, and never nought.
fn top(view: &View<'_>) -> usize {
    let owed = view
        .milestones
        .iter()
        .map(|(number, _)| Totals::at(view.ledger, *number).owed());
    let top = owed.max().unwrap_or(0).max(1);
    // An even number, so that its half is one, too.
    if top > 1 {
        top.next_multiple_of(2)
    } else {
        top
    }
}

/// The last days of the months up to a day, and that day; of very many only the last.
fn month_ends(from: Date, to: Date) -> impl Iterator<Item = Date> {
    let first = to.with_day(1).unwrap_or(to);
    let ends = (0..24)
        .rev()
        .filter_map(move |back| first.checked_sub_months(Months::new(back))?.pred_opt());
    ends.filter(move |day| *day >= from).chain([to])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_lie_between_the_margins_by_their_distance() {
        let day = |written| calendar::read(written).unwrap();
        let scale = Scale {
            from: day("2022-01-01"),
            days: 100,
        };
        assert_eq!(scale.at(day("2022-01-01")), MARGIN);
        assert_eq!(scale.at(day("2022-02-20")), WIDTH / 2.0);
        assert_eq!(scale.at(day("2022-04-11")), WIDTH - MARGIN);
        // What lies outside is drawn at the edge.
        assert_eq!(scale.at(day("2023-01-01")), WIDTH - MARGIN);
        assert_eq!(scale.at(day("2021-01-01")), MARGIN);
    }

    #[test]
    fn words_at_an_edge_run_inwards() {
        let (left, right) = (2.0 * MARGIN, WIDTH - 2.0 * MARGIN);
        assert_eq!((anchor(MARGIN), anchor(left)), ("start", "middle"));
        assert_eq!((anchor(WIDTH - MARGIN), anchor(right)), ("end", "middle"));
    }
}
