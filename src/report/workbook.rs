//! 台账 as a workbook, in the style of an office: 总台账, a sheet a milestone, 逾期清单, 问题台账, 汇总, 完成进度 and
//! 说明. Every sheet has all units, whatever is asked for: what `--only` leaves out is hidden, so that the formulas
//! count it all the same.
//!
//! `sheet` writes tables, `styles` says how they look; the other files say what is in them. Text is only ever
//! written as text, and a formula holds nothing that a plan or campaign file says.

mod ledger;
mod lists;
mod names;
mod notes;
mod progress;
mod sheet;
mod styles;
mod summary;

use rust_xlsxwriter::{DocProperties, Workbook, Worksheet, XlsxError};

use super::view::{self, View};
use crate::calendar::{self, Date};
use crate::escape;
use crate::lang::Text;
use names::Names;
use sheet::{Figure, Value};
use styles::Styles;

/// So many milestones have sheets; a workbook of more would be of no use, and its rows are limited, too.
const MOST_MILESTONES: usize = 100;

/// So many rows of one table are written; a sheet has 1,048,576, and some are for titles and totals.
const MOST_ROWS: usize = 1_048_000;

/// What all sheets are made from.
struct Book<'b> {
    view: &'b View<'b>,
    styles: Styles,
    names: Names,
    most_rows: usize,
}

pub(super) fn render(view: &View<'_>) -> Vec<u8> {
    within(view, MOST_MILESTONES, MOST_ROWS)
}

/// A workbook with so many milestones and rows at most.
fn within(view: &View<'_>, most_milestones: usize, most_rows: usize) -> Vec<u8> {
    let mut milestones = view.milestones.clone();
    milestones.truncate(most_milestones);
    let left_out = view.milestones.len() - milestones.len();
    let rows = view.rows.clone();
    let view = View {
        milestones,
        rows,
        ..*view
    };
    let book = Book {
        view: &view,
        styles: Styles::new(view.wish.lang),
        names: Names::new(&view),
        most_rows,
    };
    // Every limit of the format is kept to before the library sees a text, a row or a name.
    book.write(left_out)
        .expect("a workbook within the limits of its format")
}

impl Book<'_> {
    fn write(&self, left_out: usize) -> Result<Vec<u8>, XlsxError> {
        let mut sheets: Vec<Worksheet> = vec![ledger::sheet(self)?];
        for place in 0..self.view.milestones.len() {
            sheets.push(lists::milestone(self, place)?);
        }
        sheets.push(lists::overdue(self)?);
        sheets.push(lists::problems(self)?);
        sheets.push(summary::sheet(self)?);
        sheets.push(progress::sheet(self)?);
        sheets.push(notes::sheet(self, left_out)?);
        let mut workbook = Workbook::new();
        workbook.set_properties(&self.properties());
        for sheet in sheets {
            workbook.push_worksheet(sheet);
        }
        workbook.save_to_buffer()
    }

    /// Dated by the day that it is true of, rather than by the clock: the same ledger has the same bytes.
    fn properties(&self) -> DocProperties {
        let campaign = &self.view.campaign.campaign;
        let issuer = campaign.issuer.as_deref().unwrap_or_default();
        DocProperties::new()
            .set_title(short(&self.view.say(&self.title())))
            .set_author(short(issuer))
            .set_creation_datetime(&self.view.ledger.as_of.date)
    }

    fn title(&self) -> Text {
        let name = &self.view.campaign.campaign.name;
        crate::text!("{name}台账", "{name}: ledger")
    }

    fn say(&self, zh: &'static str, en: &'static str) -> String {
        self.view.wish.lang.pick(zh, en).to_owned()
    }

    /// Who made it, and the day that it is true of, with what else stands under a title.
    fn under_title(&self, more: impl IntoIterator<Item = Text>) -> String {
        let issuer = self.view.campaign.campaign.issuer.as_deref();
        let issuer = issuer.map(Text::same);
        let texts = issuer.into_iter().chain([view::as_of(self.view)]);
        let texts: Vec<Text> = texts.chain(more).collect();
        self.view.say(&Text::join(&texts, "　　", "    "))
    }

    /// How many rows of 总台账 are written.
    fn written(&self) -> usize {
        self.view.ledger.rows.len().min(self.most_rows)
    }

    /// Whether a row is shown: those that are not are hidden.
    fn shows(&self, number: usize) -> bool {
        let rows = &self.view.rows;
        rows.binary_search_by_key(&number, |(number, _)| *number)
            .is_ok()
    }

    /// A figure that recalculates; one of more rows than are written is only a number.
    fn figure(&self, formula: impl FnOnce() -> String, result: Figure) -> Value {
        let whole = self.written() == self.view.ledger.rows.len() && self.written() > 0;
        Value::figure(whole.then(formula), result)
    }
}

/// A text of a property, which may not have more than 255 characters.
fn short(text: &str) -> String {
    escape::plain(text).chars().take(120).collect()
}

/// The day as a spreadsheet counts it. Days before March 1900 are not counted alike by all programs, nor are those
/// after the year 9999 by any.
fn countable(date: Date) -> bool {
    let year = |year, month, day| Date::from_ymd_opt(year, month, day).unwrap_or_default();
    (year(1900, 3, 1)..=year(9999, 12, 31)).contains(&date)
}

/// A date, as a number where a spreadsheet counts it.
fn date(date: Date) -> Value {
    match countable(date) {
        true => Value::Date(date),
        false => Value::Text(calendar::iso(date)),
    }
}

#[cfg(test)]
mod tests;
