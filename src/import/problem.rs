//! What is wrong in a workbook, by sheet and cell.

use crate::escape::plain;
use crate::lang::{Lang, Text};

/// So many are listed; a workbook with more has another trouble.
pub const MAX_LISTED: usize = 200;

/// A cell, or a sheet, or a whole workbook.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// The workbook, by its place on the command line.
    book: usize,
    /// The sheet, by its place in the workbook.
    sheet: Option<usize>,
    /// Row and column, counted from nought.
    cell: Option<(u32, u32)>,
    /// What is shown: `填报表.xlsx 方案!D7`.
    shown: String,
}

impl Spot {
    /// What is shown.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// Whether both are in one workbook.
    pub fn beside(&self, other: &Spot) -> bool {
        self.book == other.book
    }
}

/// A problem, or a remark.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Where it is.
    pub spot: Spot,
    /// What it is.
    pub message: Text,
    /// How to put it right; empty for a remark.
    pub fix: Text,
}

/// All that is to be told of the workbooks.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// What keeps anything from being written.
    pub problems: Vec<Problem>,
    /// What was read in spite of its form, or left out by wish.
    pub remarks: Vec<Problem>,
    book: usize,
    book_name: String,
    sheet: Option<usize>,
    sheet_name: String,
}

impl Report {
    /// From now on a workbook is meant.
    pub fn enter(&mut self, number: usize, name: &str) {
        (self.book, self.book_name) = (number, name.to_owned());
        (self.sheet, self.sheet_name) = (None, String::new());
    }

    /// From now on a sheet of it is meant.
    pub fn enter_sheet(&mut self, number: usize, name: &str) {
        (self.sheet, self.sheet_name) = (Some(number), name.to_owned());
    }

    /// A cell of the sheet; without one, the sheet or the workbook itself.
    pub fn spot(&self, cell: Option<(u32, u32)>) -> Spot {
        let shown = match (self.sheet, cell) {
            (None, _) => self.book_name.clone(),
            (Some(_), None) => format!("{} {}", self.book_name, sheet_name(&self.sheet_name)),
            (Some(_), Some((row, column))) => {
                let letters =
                    rust_xlsxwriter::utility::column_number_to_name(column.min(16_383) as u16);
                format!(
                    "{} {}!{letters}{}",
                    self.book_name,
                    sheet_name(&self.sheet_name),
                    row + 1
                )
            }
        };
        Spot {
            book: self.book,
            sheet: self.sheet,
            cell,
            shown,
        }
    }

    /// Something is wrong in a cell.
    pub fn wrong(&mut self, cell: Option<(u32, u32)>, message: Text, fix: Text) {
        let spot = self.spot(cell);
        self.wrong_at(spot, message, fix);
    }

    /// Something is wrong at a spot that was seen before.
    pub fn wrong_at(&mut self, spot: Spot, message: Text, fix: Text) {
        self.problems.push(Problem { spot, message, fix });
    }

    /// Something is worth knowing about a cell.
    pub fn remark(&mut self, cell: Option<(u32, u32)>, message: Text) {
        let spot = self.spot(cell);
        self.remark_at(spot, message);
    }

    /// The same of a spot that was seen before.
    pub fn remark_at(&mut self, spot: Spot, message: Text) {
        let fix = Text::default();
        self.remarks.push(Problem { spot, message, fix });
    }

    /// Takes up another report.
    pub fn add(&mut self, other: Report) {
        self.problems.extend(other.problems);
        self.remarks.extend(other.remarks);
        self.sort();
    }

    /// Puts everything into the order of the workbooks.
    pub fn sort(&mut self) {
        self.problems.sort();
        self.problems.dedup();
        self.remarks.sort();
        self.remarks.dedup();
    }

    /// The problems as lines for a terminal.
    pub fn problem_lines(&self, lang: Lang) -> String {
        listed(&self.problems, lang, lang.pick("错误", "error"))
    }

    /// The remarks as lines for a terminal.
    pub fn remark_lines(&self, lang: Lang) -> String {
        listed(&self.remarks, lang, lang.pick("提示", "note"))
    }
}

/// A sheet's name as formulas write it.
fn sheet_name(name: &str) -> String {
    let simple = |c: char| c.is_alphanumeric() || c == '_';
    match name.chars().all(simple) {
        true => name.to_owned(),
        false => format!("'{}'", name.replace('\'', "''")),
    }
}

fn listed(problems: &[Problem], lang: Lang, what: &str) -> String {
    let mut lines = String::new();
    for problem in problems.iter().take(MAX_LISTED) {
        let (shown, message) = (plain(&problem.spot.shown), plain(problem.message.get(lang)));
        lines.push_str(&lang.pick(
            format!("{what}：{shown}：{message}\n"),
            format!("{what}: {shown}: {message}\n"),
        ));
        let fix = plain(problem.fix.get(lang));
        if !fix.is_empty() {
            lines.push_str(&lang.pick(format!("    改法：{fix}\n"), format!("    hint: {fix}\n")));
        }
    }
    let more = problems.len().saturating_sub(MAX_LISTED);
    if more > 0 {
        lines.push_str(&lang.pick(
            format!("另有{more}个没有列出\n"),
            format!("{more} more are not listed\n"),
        ));
    }
    lines
}
