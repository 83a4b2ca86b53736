//! 完成进度: how many units had done what by when, as figures and as lines.

use std::collections::BTreeSet;

use rust_xlsxwriter::{
    Chart, ChartAxisDateUnitType, ChartFont, ChartFormat, ChartLegendPosition, ChartLine,
    ChartLineDashType, ChartType, Color, Worksheet, XlsxError,
};

use super::sheet::{Column, Figure, Kind, Line, Sheet, Table, Value, cell, column};
use super::{Book, countable, ledger};
use crate::calendar::{self, Date};
use crate::report::figures;
use crate::text;

/// Colours that also differ in brightness; the lines differ in their dashes, too.
const COLOURS: [u32; 6] = [
    0x1F_4E_79, 0xC5_5A_11, 0x37_86_3C, 0x7B_2D_8B, 0xB0_8A_00, 0x40_40_40,
];
const DASHES: [ChartLineDashType; 3] = [
    ChartLineDashType::Solid,
    ChartLineDashType::Dash,
    ChartLineDashType::RoundDot,
];

pub(super) fn sheet(book: &Book<'_>) -> Result<Worksheet, XlsxError> {
    let view = book.view;
    let name = &view.campaign.campaign.name;
    let done: Vec<Vec<Date>> = view
        .milestones
        .iter()
        .map(|(number, _)| done(book, *number))
        .collect();
    let days = days(book, &done);
    let mut columns = vec![Column::new(book.say("日期", "Date"), Kind::Date)];
    let milestones = view.milestones.iter();
    columns
        .extend(milestones.map(|(_, milestone)| Column::new(milestone.name.clone(), Kind::Number)));
    let rows: Vec<Line> = (3..)
        .zip(&days)
        .map(|(row, day)| line(book, row, *day, &done))
        .collect();
    let mut sheet = Sheet::new(book, &book.names.progress)?;
    let title = text!(
        "{name}累计完成单位数",
        "{name}: units that are done, by date"
    );
    let chart_columns = 10;
    let wide = columns.len() + 1 + chart_columns;
    sheet.title(&view.say(&title), &book.under_title([]), wide)?;
    let (high, none) = (rows.len(), ledger::none(book));
    let total = None;
    let first = sheet.table(&Table {
        columns,
        rows,
        total,
        none,
    })?;
    sheet
        .worksheet
        .set_freeze_panes(first, 1)?
        .set_repeat_rows(2, first - 1)?;
    if high > 0 {
        let chart = chart(book, first, high, &days);
        let at = column(view.milestones.len() + 2);
        sheet.worksheet.insert_chart(2, at, &chart)?;
    }
    sheet.finish()
}

/// The days that make the steps: the first, the as-of date, and each on which something was done with the day before.
fn days(book: &Book<'_>, done: &[Vec<Date>]) -> Vec<Date> {
    let as_of = book.view.ledger.as_of.date;
    let done = done.iter().flatten();
    let mut days: BTreeSet<Date> = done
        .flat_map(|day| [Some(*day), day.pred_opt()])
        .flatten()
        .collect();
    days.extend([book.view.campaign.start().min(as_of), as_of]);
    days.into_iter().filter(|day| countable(*day)).collect()
}

/// The days on which a milestone was done, as far as a workbook can hold them.
fn done(book: &Book<'_>, number: usize) -> Vec<Date> {
    let mut days = figures::done(book.view.ledger, number);
    days.retain(|day| countable(*day));
    days
}

fn line(book: &Book<'_>, row: u32, day: Date, done: &[Vec<Date>]) -> Line {
    let mut values = vec![Value::Date(day)];
    for (place, done) in done.iter().enumerate() {
        let n = figures::by(done, day);
        let formula = || {
            let (dates, day) = (ledger::done(book, place), cell(row, 0));
            format!("=COUNTIF({dates},\"<=\"&${day})")
        };
        values.push(book.figure(formula, Figure::Count(n, "0")));
    }
    Line::new(values)
}

fn chart(book: &Book<'_>, first: u32, high: usize, days: &[Date]) -> Chart {
    let view = book.view;
    let sheet = book.names.progress.as_str();
    let last = first + u32::try_from(high).unwrap_or(1) - 1;
    let mut chart = Chart::new(ChartType::Line);
    for place in 0..view.milestones.len() {
        let col = column(place + 1);
        let mut format = ChartFormat::new();
        let mut line = ChartLine::new();
        line.set_color(Color::RGB(COLOURS[place % COLOURS.len()]))
            .set_width(2.25)
            .set_dash_type(DASHES[place % DASHES.len()]);
        format.set_line(&line);
        chart
            .add_series()
            // By its cell: a name of its own could be taken for a formula.
            .set_name((sheet, first - 1, col))
            .set_categories((sheet, first, 0, last, 0))
            .set_values((sheet, first, col, last, col))
            .set_format(&mut format);
    }
    let mut font = ChartFont::new();
    font.set_size(10);
    let span = days.first().zip(days.last());
    let span = span.map_or(0, |(from, to)| calendar::days_between(*from, *to));
    let by_day = span < 62;
    let axis = chart.x_axis();
    axis.set_date_axis(true)
        .set_num_format(if by_day { "m-d" } else { "yyyy-mm" })
        .set_font(&font);
    if by_day {
        axis.set_major_unit(7)
            .set_major_unit_date_type(ChartAxisDateUnitType::Days);
    } else {
        // Some ten marks, however long it is.
        let months = u32::try_from(span / 300).unwrap_or(1).max(1);
        axis.set_major_unit(months)
            .set_major_unit_date_type(ChartAxisDateUnitType::Months);
    }
    chart
        .y_axis()
        .set_name(&book.say("累计完成（个）", "units done"))
        .set_min(0)
        .set_num_format("0")
        .set_font(&font);
    chart.title().set_hidden();
    chart.legend().set_position(ChartLegendPosition::Bottom);
    chart.set_width(760).set_height(420);
    let about = text!(
        "折线图：各时间节点累计完成的单位数，数据见左侧表格",
        "Line chart of the units that are done by date; the figures are in the table on the left"
    );
    chart.set_alt_text(view.say(&about));
    chart
}
