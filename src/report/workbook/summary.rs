//! 汇总: figures by milestone, by category, and of the problems. All of them recalculate.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::ledger::{categories, statuses, word};
use super::lists::{count_of, problem_count, problem_statuses, problems_written};
use super::sheet::{Column, Figure, Kind, Line, Sheet, Table, Value, cell, in_language};
use super::{Book, date};
use crate::ledger::{ProblemStatus, Status};
use crate::report::{Totals, by_category, view};
use crate::text;
use crate::vocabulary::{Category, Word};

/// Columns of a milestone in the table of categories.
const EACH: usize = 4;

pub(super) fn sheet(book: &Book<'_>) -> Result<Worksheet, XlsxError> {
    let view = book.view;
    let name = &view.campaign.campaign.name;
    let mut sheet = Sheet::new(book, &book.names.summary)?;
    let title = text!("{name}完成情况汇总", "{name}: summary");
    let wide = milestone_columns(book).len();
    sheet.title(&view.say(&title), &book.under_title([]), wide)?;
    sheet.section(&book.say("一、各时间节点", "Milestones"))?;
    let table = milestones(book, sheet.row + 1);
    sheet.table(&table)?;
    sheet.row += 1;
    sheet.section(&book.say("二、各类单位", "Categories"))?;
    let table = by_categories(book, sheet.row + 2);
    sheet.table(&table)?;
    sheet.row += 1;
    sheet.section(&book.say("三、查摆问题", "Problems"))?;
    sheet.table(&of_problems(book))?;
    sheet.finish()
}

fn milestone_columns(book: &Book<'_>) -> Vec<Column> {
    let own = |zh, en, kind| Column::new(book.say(zh, en), kind);
    let status = |status: Status| {
        let text = view::capital(&status.text());
        Column::new(book.view.say(&text), Kind::Number)
    };
    vec![
        own("时间节点", "Milestone", Kind::Short),
        own("完成时限", "Due", Kind::Date),
        own("应完成", "Owed", Kind::Number),
        status(Status::OnTime),
        status(Status::Late),
        own("已完成", "Done", Kind::Number),
        own("完成率", "Completion", Kind::Number),
        own("按期率", "Punctuality", Kind::Number),
        status(Status::Overdue),
        status(Status::DueSoon),
        status(Status::Upcoming),
        status(Status::Unclear),
        status(Status::Exempt),
    ]
}

fn milestones(book: &Book<'_>, first: u32) -> Table {
    let view = book.view;
    let line = |(row, (place, (number, milestone))): (
        u32,
        (usize, &(usize, &crate::campaign::Milestone)),
    )| {
        let totals = Totals::at(view.ledger, *number);
        let statuses = statuses(book, place);
        let of = |status| {
            let formula = || format!("=COUNTIF({statuses},{})", word(book, status));
            book.figure(formula, Figure::Count(totals.count(status), "0"))
        };
        let [owed, on_time, late, done] = [2, 3, 4, 5].map(|col| cell(row, col));
        let exempt = cell(row, 12);
        Line::new(vec![
            Value::Text(milestone.name.clone()),
            date(milestone.due()),
            book.figure(
                || format!("=COUNTA({statuses})-{exempt}"),
                Figure::Count(totals.owed(), "0"),
            ),
            of(Status::OnTime),
            of(Status::Late),
            book.figure(
                || format!("={on_time}+{late}"),
                Figure::Count(totals.done(), "0"),
            ),
            share(book, &done, &owed, totals.done(), totals.owed()),
            share(
                book,
                &on_time,
                &owed,
                totals.count(Status::OnTime),
                totals.owed(),
            ),
            of(Status::Overdue),
            of(Status::DueSoon),
            of(Status::Upcoming),
            of(Status::Unclear),
            of(Status::Exempt),
        ])
    };
    Table {
        columns: milestone_columns(book),
        rows: (first..)
            .zip(view.milestones.iter().enumerate())
            .map(line)
            .collect(),
        total: None,
        none: String::new(),
    }
}

fn share(book: &Book<'_>, part: &str, whole: &str, n: usize, of: usize) -> Value {
    let formula = || format!("=IF({whole}=0,\"—\",{part}/{whole})");
    book.figure(formula, Figure::Share(n, of, "0.0%"))
}

/// 分类汇总: 应完成, 已完成, 完成率 and 逾期未完成 of each category at each milestone.
fn by_categories(book: &Book<'_>, first: u32) -> Table {
    let view = book.view;
    let mut columns = vec![Column::new(book.say("类别", "Category"), Kind::Short)];
    for (number, milestone) in &view.milestones {
        let each = [
            ("应完成", "Owed"),
            ("已完成", "Done"),
            ("完成率", "Completion"),
            ("逾期未完成", "Overdue"),
        ];
        columns.extend(each.map(|(zh, en)| {
            Column::new(book.say(zh, en), Kind::Number).under(*number, &milestone.name)
        }));
    }
    let numbers = view.milestones.iter().map(|(number, _)| *number);
    let totals: Vec<Vec<(Category, Totals)>> = numbers
        .clone()
        .map(|number| by_category(view.ledger, number))
        .collect();
    let found = totals.first().map_or(0, Vec::len);
    let line = |(row, index): (u32, usize)| {
        let category = totals[0][index].0;
        let name = in_language(category, view.wish.lang).to_owned();
        let mut values = vec![Value::Text(name)];
        for (place, totals) in totals.iter().enumerate() {
            values.extend(of_category(book, place, category, &totals[index].1, row));
        }
        Line::new(values)
    };
    let mut total = vec![Value::Text(book.say("合计", "Total"))];
    let last = first + u32::try_from(found).unwrap_or(0);
    for (place, number) in numbers.enumerate() {
        total.extend(of_all(
            book,
            place,
            &Totals::at(view.ledger, number),
            first,
            last,
        ));
    }
    Table {
        columns,
        rows: (first..).zip(0..found).map(line).collect(),
        total: (found > 0).then_some(total),
        none: super::ledger::none(book),
    }
}

fn of_category(
    book: &Book<'_>,
    place: usize,
    category: Category,
    totals: &Totals,
    row: u32,
) -> [Value; EACH] {
    let (categories, statuses) = (categories(book), statuses(book, place));
    let (category, at) = (word(book, category), 1 + place * EACH);
    let of = |status| {
        format!(
            "COUNTIFS({categories},{category},{statuses},{})",
            word(book, status)
        )
    };
    let count = |formula: String, n| book.figure(|| formula, Figure::Count(n, "0"));
    [
        count(
            format!("=COUNTIF({categories},{category})-{}", of(Status::Exempt)),
            totals.owed(),
        ),
        count(
            format!("={}+{}", of(Status::OnTime), of(Status::Late)),
            totals.done(),
        ),
        share(
            book,
            &cell(row, at + 1),
            &cell(row, at),
            totals.done(),
            totals.owed(),
        ),
        count(
            format!("={}", of(Status::Overdue)),
            totals.count(Status::Overdue),
        ),
    ]
}

/// The sums below the categories; `last` is their own row.
fn of_all(book: &Book<'_>, place: usize, totals: &Totals, first: u32, last: u32) -> [Value; EACH] {
    let at = 1 + place * EACH;
    let sum = |col: usize, n| {
        let (top, bottom) = (cell(first, at + col), cell(last - 1, at + col));
        book.figure(|| format!("=SUM({top}:{bottom})"), Figure::Count(n, "0"))
    };
    [
        sum(0, totals.owed()),
        sum(1, totals.done()),
        share(
            book,
            &cell(last, at + 1),
            &cell(last, at),
            totals.done(),
            totals.owed(),
        ),
        sum(3, totals.count(Status::Overdue)),
    ]
}

/// How many problems there are, and where they stand.
fn of_problems(book: &Book<'_>) -> Table {
    let statuses = problem_statuses(book);
    let formula = |formula: String| problems_written(book).then_some(formula);
    let mut columns = vec![
        Column::new(book.say("事项", "Item"), Kind::Short),
        Column::new(book.say("总数", "All"), Kind::Number),
    ];
    let all = Figure::Count(problem_count(book), "0");
    let mut values = vec![
        Value::Text(book.say("查摆问题", "Problems")),
        Value::figure(formula(format!("=COUNTA({statuses})")), all),
    ];
    for status in ProblemStatus::ALL {
        let text = view::capital(&status.text());
        columns.push(Column::new(book.view.say(&text), Kind::Number));
        values.push(Value::figure(
            formula(format!("=COUNTIF({statuses},{})", word(book, *status))),
            Figure::Count(count_of(book, *status), "0"),
        ));
    }
    Table {
        columns,
        rows: vec![Line::new(values)],
        total: None,
        none: String::new(),
    }
}
