//! 总台账: a row a unit, four columns a milestone. The formulas of the other sheets count here.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::sheet::{Column, Figure, Kind, Line, Sheet, Table, Value, cell, in_language, range};
use super::{Book, date};
use crate::lang::{Text, count};
use crate::ledger::{Cell, Row, Status};
use crate::report::Totals;
use crate::report::view;
use crate::text;
use crate::vocabulary::Word;

/// Title and the line under it, then a header of two levels.
const FIRST: u32 = 4;

/// The column of the category, and the first one of the milestones.
const CATEGORY: usize = 3;
const MILESTONES: usize = 7;

/// Columns of a milestone: 完成时限, 完成日期, 状态, 逾期天数.
const DONE: usize = 1;
const STATUS: usize = 2;
const EACH: usize = 4;

pub(super) fn sheet(book: &Book<'_>) -> Result<Worksheet, XlsxError> {
    let view = book.view;
    let columns = columns(book);
    let rows: Vec<Line> = (1..)
        .zip(&view.ledger.rows)
        .take(book.written())
        .map(|(number, row)| Line {
            values: values(book, number, row),
            hidden: !book.shows(number),
        })
        .collect();
    let n = view.ledger.rows.len();
    let units = count(n as i64, "unit", "units");
    let units = text!("共{n}个单位", "{units}");
    let under = book.under_title([units].into_iter().chain(view::filter(view)));
    let mut sheet = Sheet::new(book, &book.names.ledger)?;
    sheet.title(&view.say(&book.title()), &under, columns.len())?;
    let (wide, high) = (columns.len(), rows.len());
    let first = sheet.table(&Table {
        columns,
        rows,
        total: Some(total(book)),
        none: none(book),
    })?;
    sheet.keep_header(first, wide, high)?;
    sheet.finish()
}

/// What is said where there is no unit.
pub(super) fn none(book: &Book<'_>) -> String {
    book.say("没有可列的单位。", "There are no units to list.")
}

/// 序号 to 联系电话, with which all lists of units begin.
pub(super) fn unit_columns(book: &Book<'_>) -> Vec<Column> {
    [
        ("序号", "No.", Kind::Number),
        ("单位代码", "Code", Kind::Digits),
        ("单位", "Unit", Kind::Short),
        ("类别", "Category", Kind::Short),
        ("责任人", "Responsible", Kind::Short),
        ("联络员", "Contact", Kind::Short),
        ("联系电话", "Phone", Kind::Digits),
    ]
    .map(|(zh, en, kind)| Column::new(book.say(zh, en), kind))
    .into()
}

pub(super) fn unit_values(book: &Book<'_>, number: usize, row: &Row) -> Vec<Value> {
    let text = |text: &str| Value::Text(text.to_owned());
    vec![
        Value::Number(number as i64),
        text(&row.code),
        text(&row.name),
        text(in_language(row.category, book.view.wish.lang)),
        text(&row.people().secretary),
        text(&row.people().contact),
        text(&row.people().phone),
    ]
}

fn columns(book: &Book<'_>) -> Vec<Column> {
    let mut columns = unit_columns(book);
    for (number, milestone) in &book.view.milestones {
        let each = [
            ("完成时限", "Due", Kind::Date),
            ("完成日期", "Done", Kind::Date),
            ("状态", "Status", Kind::Status),
            ("逾期天数", "Days late", Kind::Number),
        ];
        columns.extend(each.map(|(zh, en, kind)| {
            Column::new(book.say(zh, en), kind).under(*number, &milestone.name)
        }));
    }
    columns.push(Column::new(book.say("存在问题", "Problems"), Kind::Long));
    columns.push(Column::new(book.say("备注", "Remarks"), Kind::Long));
    columns
}

fn values(book: &Book<'_>, number: usize, row: &Row) -> Vec<Value> {
    let view = book.view;
    let mut values = unit_values(book, number, row);
    for (number, _) in &view.milestones {
        values.extend(match row.cells.get(*number) {
            Some(cell) => {
                let late = matches!(cell.status, Status::Late | Status::Overdue);
                let [due, done, status] = dates(book, cell);
                [due, done, status, Value::some(late.then_some(cell.days))]
            }
            None => [const { Value::Empty }; EACH],
        });
    }
    values.push(Value::Text(view.say(&view.problems(row, view::is_problem))));
    values.push(Value::Text(remarks(book, row, view.notes(row))));
    values
}

/// 完成时限, 完成日期 and 状态 of a cell.
pub(super) fn dates(book: &Book<'_>, cell: &Cell) -> [Value; 3] {
    [
        if cell.status.is_owed() {
            date(cell.due)
        } else {
            Value::Empty
        },
        cell.done.map_or(Value::Empty, date),
        Value::Text(in_language(cell.status, book.view.wish.lang).to_owned()),
    ]
}

/// 备注, with 未报 where a unit has sent nothing that it owes.
pub(super) fn remarks(book: &Book<'_>, row: &Row, notes: Text) -> String {
    let missing = Text::fixed("未报", "no plan file");
    let missing = book.view.is_missing(row).then_some(missing);
    let remarks: Vec<Text> = missing.into_iter().chain([notes]).collect();
    let remarks = remarks.iter().filter(|text| !text.is_empty());
    book.view.say(&Text::join(remarks, "；", "; "))
}

fn total(book: &Book<'_>) -> Vec<Value> {
    let mut total = vec![const { Value::Empty }; MILESTONES];
    total[2] = Value::Text(book.say("合计", "Total"));
    for place in 0..book.view.milestones.len() {
        let at = MILESTONES + place * EACH;
        let line = FIRST + u32::try_from(book.written()).unwrap_or(0);
        total.extend(totals(book, place, &statuses(book, place), line, at));
        total.push(Value::Empty);
    }
    total.extend([Value::Empty, Value::Empty]);
    total
}

/// 应完成, 已完成 and 完成率 of a milestone, from the statuses in a range; `at` is the column of the first in its line.
pub(super) fn totals(
    book: &Book<'_>,
    place: usize,
    statuses: &str,
    line: u32,
    at: usize,
) -> [Value; 3] {
    let (number, _) = book.view.milestones[place];
    let totals = Totals::at(book.view.ledger, number);
    let lang = book.view.wish.lang;
    let of = |status| format!("COUNTIF({statuses},{})", word(book, status));
    let (owed, done) = (cell(line, at), cell(line, at + 1));
    [
        book.figure(
            || format!("=COUNTA({statuses})-{}", of(Status::Exempt)),
            Figure::Count(totals.owed(), lang.pick("\"应完成\"0", "\"owed \"0")),
        ),
        book.figure(
            || format!("={}+{}", of(Status::OnTime), of(Status::Late)),
            Figure::Count(totals.done(), lang.pick("\"已完成\"0", "\"done \"0")),
        ),
        book.figure(
            || format!("=IF({owed}=0,\"—\",{done}/{owed})"),
            Figure::Share(
                totals.done(),
                totals.owed(),
                lang.pick("\"完成率\"0.0%", "0.0%\" done\""),
            ),
        ),
    ]
}

/// A word of our own, as a formula has it.
pub(super) fn word(book: &Book<'_>, word: impl Word) -> String {
    format!("\"{}\"", in_language(word, book.view.wish.lang))
}

/// The statuses of a milestone, by its place among those shown.
pub(super) fn statuses(book: &Book<'_>, place: usize) -> String {
    rows(book, MILESTONES + place * EACH + STATUS)
}

/// The dates on which a milestone was done.
pub(super) fn done(book: &Book<'_>, place: usize) -> String {
    rows(book, MILESTONES + place * EACH + DONE)
}

/// The units' categories.
pub(super) fn categories(book: &Book<'_>) -> String {
    rows(book, CATEGORY)
}

fn rows(book: &Book<'_>, col: usize) -> String {
    range(&book.names.ledger, FIRST, book.written(), col)
}
