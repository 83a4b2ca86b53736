//! The page's units: a line each in the matrix, a card each with everything about it, and those with something open.

use super::{View, class, view};
use crate::calendar;
use crate::lang::{Text, count};
use crate::ledger::{Cell, Row, Status};
use crate::text;
use crate::vocabulary::Word;

/// A line of the matrix.
pub(super) struct Line {
    pub number: usize,
    pub code: String,
    pub name: String,
    pub kind: String,
    pub cells: Vec<Mark>,
}

/// One unit at one milestone in the matrix: a word, which has a shape and a colour, and the day.
pub(super) struct Mark {
    pub class: &'static str,
    pub word: String,
    pub day: Option<String>,
}

/// Everything about one unit.
pub(super) struct Card {
    pub number: usize,
    pub code: String,
    pub name: String,
    pub kind: String,
    /// Who answers for it, who is to be called, under which number.
    pub people: Vec<(&'static str, String)>,
    pub steps: Vec<Step>,
}

/// One milestone on a unit's card.
pub(super) struct Step {
    pub milestone: String,
    pub class: &'static str,
    pub word: String,
    /// When it was done, and its due date where that is not the milestone's.
    pub day: String,
    /// 存在问题 and 备注.
    pub words: Vec<String>,
}

/// A unit with something open at a milestone.
pub(super) struct Open {
    pub number: usize,
    pub name: String,
    pub kind: String,
    pub milestone: String,
    pub due: String,
    pub days: i64,
    pub problem: String,
    pub secretary: String,
    pub contact: String,
    pub phone: String,
}

impl Line {
    pub fn of(view: &View<'_>, (number, row): &(usize, &Row)) -> Line {
        let mark = |(_, cell): (_, &Cell)| Mark {
            class: class(cell.status),
            word: view.say(&view::capital(&view::standing(cell))),
            day: cell.done.map(calendar::iso),
        };
        Line {
            number: *number,
            code: row.code.to_string(),
            name: row.name.to_string(),
            kind: view.say(&row.category.text()),
            cells: view.cells(row).map(mark).collect(),
        }
    }
}

impl Card {
    pub fn of(view: &View<'_>, (number, row): &(usize, &Row)) -> Card {
        let pick = |zh, en| view.wish.lang.pick(zh, en);
        let people = [
            (pick("第一责任人", "Responsible"), &row.people().secretary),
            (pick("联络员", "Liaison"), &row.people().contact),
            (pick("电话", "Phone"), &row.people().phone),
        ];
        let given = people.into_iter().filter(|(_, who)| !who.trim().is_empty());
        Card {
            number: *number,
            code: row.code.to_string(),
            name: row.name.to_string(),
            kind: view.say(&row.category.text()),
            people: given.map(|(label, who)| (label, who.to_string())).collect(),
            steps: view
                .cells(row)
                .map(|(milestone, cell)| Step {
                    milestone: milestone.name.clone(),
                    class: class(cell.status),
                    word: view.say(&view::capital(&view::standing(cell))),
                    day: view.say(&day(cell)),
                    words: words(view, cell),
                })
                .collect(),
        }
    }
}

/// `2022-04-02完成` or, of what is open, its time limit.
fn day(cell: &Cell) -> Text {
    let due = calendar::iso(cell.due);
    match cell.done.map(calendar::iso) {
        Some(done) => text!("{done}完成", "done {done}"),
        None if cell.status == Status::Exempt => Text::default(),
        None => text!("时限{due}", "due {due}"),
    }
}

/// What is wrong with a cell, unless its status says it all, and what was arranged.
fn words(view: &View<'_>, cell: &Cell) -> Vec<String> {
    let problem = match view::is_problem(cell) {
        true => view::problem(cell),
        false => Text::default(),
    };
    let words = [problem, view::note(cell)];
    let said = words.iter().filter(|text| !text.is_empty());
    said.map(|text| view.say(&view::capital(text))).collect()
}

/// The units of a status, milestone by milestone, in the order of the roster: nobody is ranked.
pub(super) fn open(view: &View<'_>, status: Status) -> Vec<Open> {
    let of = |(place, (_, milestone)): (usize, &(usize, &crate::campaign::Milestone))| {
        let milestone = milestone.name.clone();
        let rows = view.rows.iter();
        rows.filter_map(move |(number, row)| {
            let (_, cell) = view.cells(row).nth(place)?;
            (cell.status == status).then(|| Open {
                number: *number,
                name: row.name.to_string(),
                kind: view.say(&row.category.text()),
                milestone: milestone.clone(),
                due: calendar::iso(cell.due),
                days: cell.days,
                problem: view.say(&view::capital(&view::problem(cell))),
                secretary: row.people().secretary.to_string(),
                contact: row.people().contact.to_string(),
                phone: row.people().phone.to_string(),
            })
        })
    };
    view.milestones.iter().enumerate().flat_map(of).collect()
}

impl Open {
    /// `69天`.
    pub fn days(&self, zh: bool) -> String {
        match zh {
            true => format!("{}天", self.days),
            false => count(self.days, "day", "days"),
        }
    }
}
