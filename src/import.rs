//! Filled workbooks to plan files: what each unit has filled in, and everything that is wrong, by sheet and cell. It
//! is all or nothing: what cannot be placed or read is told with its cell, and is never left out in silence.
//!
//! [`book`] reads a workbook into plain cells, [`map`] the file that explains an office's own, `sheet` finds rows by
//! their `header`, `value` and `day` read cells by what their field holds, [`merge`] puts the values into a plan file.

pub mod book;
mod day;
mod header;
pub mod map;
pub mod merge;
pub mod problem;
mod records;
mod sheet;
mod units;
mod unknown;
mod value;

use crate::campaign::Campaign;
use crate::form::Filled;
use book::Book;
use map::Map;
use problem::Report;

/// What the workbooks hold.
#[derive(Debug, Default)]
pub struct Imported {
    /// The units that have filled something in, by their place in the roster, in its order.
    pub units: Vec<(usize, Filled)>,
    /// What is wrong, and what is worth knowing.
    pub report: Report,
}

/// How workbooks are to be read.
#[derive(Clone, Copy)]
pub struct Reading<'r> {
    /// The campaign with its roster and words.
    pub campaign: &'r Campaign,
    /// What an office's own sheets and headers mean.
    pub map: &'r Map,
    /// Whether unknown sheets and columns are left out.
    pub skip_unknown: bool,
}

/// Reads workbooks, in their order.
pub fn read(books: &[Book], how: &Reading<'_>) -> Imported {
    let mut report = Report::default();
    let mut rows = Vec::new();
    for (number, book) in books.iter().enumerate() {
        report.enter(number, &book.name);
        sheet::read_all(book, how, &mut rows, &mut report);
    }
    let units = units::gather(rows, &mut report);
    report.sort();
    Imported { units, report }
}
