//! A sheet a milestone, 逾期清单 and 问题台账.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::ledger::{dates, none, remarks, totals, unit_columns, unit_values, word};
use super::sheet::{Column, Figure, Kind, Line, Sheet, Table, Value, cell, in_language, range};
use super::{Book, date};
use crate::lang::{Text, count};
use crate::ledger::{Problem, ProblemStatus, Row, Status};
use crate::plan::TimeLimit;
use crate::report::view;
use crate::text;

/// Title, the line under it and a header of one level.
const FIRST: u32 = 3;

/// A list as a sheet: its name, title and what stands under that.
fn list(
    book: &Book<'_>,
    (name, title, under): (&str, &Text, String),
    table: Table,
) -> Result<Worksheet, XlsxError> {
    let (wide, high) = (table.columns.len(), table.rows.len());
    let mut sheet = Sheet::new(book, name)?;
    sheet.title(&book.view.say(title), &under, wide)?;
    let first = sheet.table(&table)?;
    sheet.keep_header(first, wide, high)?;
    sheet.finish()
}

/// The units at one milestone, by its place among those shown.
pub(super) fn milestone(book: &Book<'_>, place: usize) -> Result<Worksheet, XlsxError> {
    let view = book.view;
    let (number, milestone) = view.milestones[place];
    let mut columns = unit_columns(book);
    let at = columns.len();
    let more = [
        ("完成时限", "Due", Kind::Date),
        ("完成日期", "Done", Kind::Date),
        ("状态", "Status", Kind::Status),
        ("天数", "Days", Kind::Number),
        ("存在问题", "Problems", Kind::Long),
        ("备注", "Remarks", Kind::Long),
    ];
    columns.extend(more.map(|(zh, en, kind)| Column::new(book.say(zh, en), kind)));
    let line = |(index, row): (usize, &Row)| {
        let cell = row.cells.get(number)?;
        let mut values = unit_values(book, index, row);
        values.extend(dates(book, cell));
        values.push(Value::some(view::days(cell)));
        let told = Some(view::problem(cell)).filter(|_| view::is_problem(cell));
        values.push(Value::Text(view.say(&told.unwrap_or_default())));
        values.push(Value::Text(remarks(book, row, view::note(cell))));
        let hidden = !view.wants(cell.status);
        Some(Line { values, hidden })
    };
    let rows: Vec<Line> = (1..)
        .zip(&view.ledger.rows)
        .take(book.written())
        .filter_map(line)
        .collect();
    let name = &book.names.milestones[place];
    let last = FIRST + u32::try_from(rows.len()).unwrap_or(0);
    // A sheet's own name need not be in its formulas, and this one is the campaign's.
    let statuses = range("", FIRST, rows.len(), at + 2).replace("''!", "");
    let mut total = vec![const { Value::Empty }; at];
    total[2] = Value::Text(book.say("合计", "Total"));
    total.extend(totals(book, place, &statuses, last, at));
    total.resize_with(columns.len(), || Value::Empty);
    let title = view::milestone_heading(view, milestone);
    let under = book.under_title(view::filter(view));
    let table = Table {
        columns,
        rows,
        total: Some(total),
        none: none(book),
    };
    list(book, (name, &title, under), table)
}

/// What is overdue, milestone by milestone.
pub(super) fn overdue(book: &Book<'_>) -> Result<Worksheet, XlsxError> {
    let view = book.view;
    let mut columns = unit_columns(book);
    let own = |zh, en, kind| Column::new(book.say(zh, en), kind);
    columns.insert(1, own("时间节点", "Milestone", Kind::Short));
    columns.extend([
        own("完成时限", "Due", Kind::Date),
        own("逾期天数", "Days overdue", Kind::Number),
        own("存在问题", "Problems", Kind::Long),
        own("备注", "Remarks", Kind::Long),
    ]);
    let mut rows: Vec<Line> = Vec::new();
    for (number, milestone) in &view.milestones {
        let cells = view.ledger.rows.iter();
        let cells = cells.filter_map(|row| Some((row, row.cells.get(*number)?)));
        for (row, cell) in cells.filter(|(_, cell)| cell.status == Status::Overdue) {
            let mut values = unit_values(book, rows.len() + 1, row);
            values.insert(1, Value::Text(milestone.name.clone()));
            values.push(date(cell.due));
            values.push(Value::Number(cell.days));
            values.push(Value::Text(view.say(&view::problem(cell))));
            values.push(Value::Text(remarks(book, row, view::note(cell))));
            rows.push(Line::new(values));
        }
    }
    let n = rows.len();
    let name = &view.campaign.campaign.name;
    let title = text!("{name}逾期清单", "{name}: overdue");
    let items = count(n as i64, "item", "items");
    let under = book.under_title([text!("共{n}项", "{items}")]);
    let table = Table {
        columns,
        rows,
        total: None,
        none: book.say("没有逾期未完成的单位。", "No unit is overdue."),
    };
    list(book, (&book.names.overdue, &title, under), table)
}

/// The column of a problem's status.
const PROBLEM_STATUS: usize = 12;

/// The problems of all units.
pub(super) fn problems(book: &Book<'_>) -> Result<Worksheet, XlsxError> {
    let view = book.view;
    let columns: Vec<Column> = [
        ("序号", "No.", Kind::Number),
        ("单位代码", "Code", Kind::Digits),
        ("单位", "Unit", Kind::Short),
        ("对象", "Of whom", Kind::Short),
        ("姓名", "Name", Kind::Short),
        ("方面", "Side", Kind::Short),
        ("表现或能力", "Fault or ability", Kind::Short),
        ("问题", "Problem", Kind::Long),
        ("整改措施", "Remedy", Kind::Long),
        ("责任人", "Owner", Kind::Short),
        ("整改时限", "Time limit", Kind::Date),
        ("销号日期", "Closed", Kind::Date),
        ("状态", "Status", Kind::ProblemStatus),
        ("天数", "Days", Kind::Number),
        ("佐证材料", "Evidence", Kind::Long),
    ]
    .map(|(zh, en, kind)| Column::new(book.say(zh, en), kind))
    .into();
    let numbered = (1..).zip(&view.ledger.rows);
    let all = numbered.flat_map(|(unit, row)| {
        row.problems()
            .iter()
            .map(move |problem| (unit, row, problem))
    });
    let rows: Vec<Line> = (1..)
        .zip(all)
        .map(|(number, (unit, row, problem))| Line {
            values: problem_values(book, number, row, problem),
            hidden: !book.shows(unit),
        })
        .collect();
    let n = rows.len();
    let name = &view.campaign.campaign.name;
    let title = text!("{name}问题台账", "{name}: problems");
    let items = count(n as i64, "problem", "problems");
    let filter = view::filter(view);
    let under = book.under_title([text!("共{n}条", "{items}")].into_iter().chain(filter));
    let table = Table {
        total: (n > 0).then(|| problem_total(book, n, columns.len())),
        columns,
        rows,
        none: book.say("没有填报查摆问题。", "No problems are on record."),
    };
    list(book, (&book.names.problems, &title, under), table)
}

fn problem_values(book: &Book<'_>, number: usize, row: &Row, problem: &Problem) -> Vec<Value> {
    use ProblemStatus::{ClosedLate, DueSoon, Open, Overdue};
    let lang = book.view.wish.lang;
    let text = |text: &str| Value::Text(text.to_owned());
    let days = matches!(problem.status, ClosedLate | DueSoon | Open | Overdue);
    vec![
        Value::Number(number as i64),
        text(&row.code),
        text(&row.name),
        problem
            .subject
            .map_or(Value::Empty, |word| text(in_language(word, lang))),
        text(&problem.member),
        problem
            .aspect
            .map_or(Value::Empty, |word| text(in_language(word, lang))),
        text(&problem.fault),
        text(&problem.text),
        text(&problem.remedy),
        text(&problem.owner),
        match problem.limit {
            Some(TimeLimit::Date(due)) => date(due),
            Some(TimeLimit::Standing) => text(in_language(ProblemStatus::Standing, lang)),
            None => Value::Empty,
        },
        problem.closed.map_or(Value::Empty, date),
        text(in_language(problem.status, lang)),
        Value::some(days.then_some(problem.days)),
        text(&problem.evidence.join("\n")),
    ]
}

/// How many there are and how many are closed.
fn problem_total(book: &Book<'_>, n: usize, wide: usize) -> Vec<Value> {
    let lang = book.view.wish.lang;
    let line = FIRST + u32::try_from(n).unwrap_or(0);
    let statuses = problem_statuses(book);
    let (all, closed) = (
        cell(line, PROBLEM_STATUS - 2),
        cell(line, PROBLEM_STATUS - 1),
    );
    let formula = |formula: String| problems_written(book).then_some(formula);
    let done = count_of(book, ProblemStatus::Closed) + count_of(book, ProblemStatus::ClosedLate);
    let mut total = vec![const { Value::Empty }; wide];
    total[2] = Value::Text(book.say("合计", "Total"));
    total[PROBLEM_STATUS - 2] = Value::figure(
        formula(format!("=COUNTA({statuses})")),
        Figure::Count(n, lang.pick("\"共\"0\"条\"", "\"all \"0")),
    );
    total[PROBLEM_STATUS - 1] = Value::figure(
        formula(format!(
            "=COUNTIF({statuses},{})+COUNTIF({statuses},{})",
            word(book, ProblemStatus::Closed),
            word(book, ProblemStatus::ClosedLate)
        )),
        Figure::Count(done, lang.pick("\"已销号\"0", "\"closed \"0")),
    );
    total[PROBLEM_STATUS] = Value::figure(
        formula(format!("=IF({all}=0,\"—\",{closed}/{all})")),
        Figure::Share(done, n, lang.pick("\"销号率\"0.0%", "0.0%\" closed\"")),
    );
    total
}

/// How many problems there are.
pub(super) fn problem_count(book: &Book<'_>) -> usize {
    let rows = book.view.ledger.rows.iter();
    rows.map(|row| row.problems().len()).sum()
}

/// How many problems stand so.
pub(super) fn count_of(book: &Book<'_>, status: ProblemStatus) -> usize {
    let problems = book.view.ledger.rows.iter().flat_map(Row::problems);
    problems.filter(|problem| problem.status == status).count()
}

/// Whether all problems have a row, so that formulas can count them.
pub(super) fn problems_written(book: &Book<'_>) -> bool {
    (1..=book.most_rows).contains(&problem_count(book))
}

/// The statuses of all problems.
pub(super) fn problem_statuses(book: &Book<'_>) -> String {
    let rows = problem_count(book).min(book.most_rows);
    range(&book.names.problems, FIRST, rows, PROBLEM_STATUS)
}
