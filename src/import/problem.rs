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

#[cfg(test)]
mod tests {
    use super::*;

    fn report_of(rows: impl IntoIterator<Item = u32>) -> Report {
        let mut report = Report::default();
        report.enter(0, "填报表.xlsx");
        report.enter_sheet(1, "问题");
        for row in rows {
            report.wrong(
                Some((row, 3)),
                Text::fixed("不是日期", "not a date"),
                Text::fixed("请填日期", "write a date"),
            );
        }
        report
    }

    #[test]
    fn what_is_wrong_is_told_once_and_in_the_order_of_the_cells() {
        let mut report = report_of([11, 6]);
        report.remark(Some((8, 0)), Text::fixed("乙", "b"));
        report.remark(None, Text::fixed("甲", "a"));
        let mut all = Report::default();
        all.add(report_of([6]));
        all.add(report);
        assert_eq!(
            all.problem_lines(Lang::Zh),
            "错误：填报表.xlsx 问题!D7：不是日期\n    改法：请填日期\n\
             错误：填报表.xlsx 问题!D12：不是日期\n    改法：请填日期\n"
        );
        assert_eq!(
            all.remark_lines(Lang::En),
            "note: 填报表.xlsx 问题: a\nnote: 填报表.xlsx 问题!A9: b\n"
        );
    }

    #[test]
    fn a_sheet_is_quoted_where_formulas_would_quote_it() {
        for (name, shown) in [
            ("问题_1", "表.xlsx 问题_1!A1"),
            ("问题 1", "表.xlsx '问题 1'!A1"),
            ("乙's", "表.xlsx '乙''s'!A1"),
        ] {
            let mut report = Report::default();
            report.enter(0, "表.xlsx");
            report.enter_sheet(0, name);
            assert_eq!(report.spot(Some((0, 0))).shown(), shown);
        }
    }

    #[test]
    fn of_too_many_problems_the_rest_is_counted() {
        let lines = |rows: u32| report_of(0..rows).problem_lines(Lang::Zh);
        for (rows, last) in [
            (200, "    改法：请填日期"),
            (201, "另有1个没有列出"),
            (350, "另有150个没有列出"),
        ] {
            let lines = lines(rows);
            assert_eq!(lines.matches("错误：").count(), 200, "{rows}");
            assert_eq!(lines.lines().last(), Some(last), "{rows}");
        }
        assert!(!lines(1).contains("另有"));
    }
}
