//! One sheet: titles, tables with a header of one or two levels, widths by display column, and the page that it is
//! printed on.

use rust_xlsxwriter::{
    ConditionalFormatCell, ConditionalFormatCellRule, DataValidation, Format, Formula, Worksheet,
    XlsxError,
    utility::{row_col_to_cell, row_col_to_cell_absolute},
};
use unicode_width::UnicodeWidthStr;

use super::Book;
use super::styles::{self, Styles};
use crate::calendar::Date;
use crate::escape;
use crate::lang::Lang;
use crate::vocabulary::Word;

/// What a column holds; it decides how the cells look and how wide they may become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Number,
    Date,
    /// Short text: names, words.
    Short,
    /// Digits that are no number.
    Digits,
    Long,
    /// Whole sentences.
    Note,
    Status,
    ProblemStatus,
}

/// A column of a table.
pub(super) struct Column {
    /// The upper level of the header: its number, and what it says.
    pub group: Option<(usize, String)>,
    pub head: String,
    pub kind: Kind,
}

impl Column {
    pub fn new(head: String, kind: Kind) -> Column {
        let group = None;
        Column { group, head, kind }
    }

    pub fn under(self, number: usize, group: &str) -> Column {
        let group = Some((number, group.to_owned()));
        Column { group, ..self }
    }
}

/// What stands in a cell.
#[derive(Clone, Debug)]
pub(super) enum Value {
    Empty,
    Text(String),
    Number(i64),
    Date(Date),
    /// A figure with its formula, if it has one.
    Figure(Option<String>, Figure),
}

/// A computed number and how it is shown.
#[derive(Clone, Debug)]
pub(super) enum Figure {
    /// A count, in a number format.
    Count(usize, &'static str),
    /// A share of a whole, in a number format; a dash where the whole is nought.
    Share(usize, usize, &'static str),
}

impl Value {
    pub fn figure(formula: Option<String>, figure: Figure) -> Value {
        Value::Figure(formula, figure)
    }

    /// A number where there is one.
    pub fn some(number: Option<i64>) -> Value {
        number.map_or(Value::Empty, Value::Number)
    }

    /// So many columns of a display it takes.
    fn width(&self) -> usize {
        match self {
            Value::Empty => 0,
            Value::Text(text) => widest_line(text),
            Value::Number(number) => number.to_string().len(),
            Value::Date(_) => 10,
            Value::Figure(_, Figure::Count(n, format)) => format.width() + n.to_string().len(),
            Value::Figure(_, Figure::Share(.., format)) => format.width() + 2,
        }
    }
}

fn widest_line(text: &str) -> usize {
    text.lines().map(UnicodeWidthStr::width).max().unwrap_or(0)
}

/// One line of a table.
pub(super) struct Line {
    pub values: Vec<Value>,
    pub hidden: bool,
}

impl Line {
    pub fn new(values: Vec<Value>) -> Line {
        let hidden = false;
        Line { values, hidden }
    }
}

/// A table.
pub(super) struct Table {
    pub columns: Vec<Column>,
    pub rows: Vec<Line>,
    pub total: Option<Vec<Value>>,
    /// What is said where there are no rows.
    pub none: String,
}

/// A sheet being written, from the top down.
pub(super) struct Sheet<'s> {
    pub worksheet: Worksheet,
    pub row: u32,
    styles: &'s Styles,
    lang: Lang,
    most_rows: usize,
    widths: Vec<usize>,
}

/// Heights in points: of a row, of each further line in it, and the highest that a row can be.
const ROW: f64 = 20.0;
const LINE: f64 = 14.5;
const HIGHEST: f64 = 409.0;

/// A sheet wider than this, in columns of a display, is printed on A3: on A4 nobody could read it.
const WIDEST_ON_A4: usize = 190;

/// The narrowest and the widest that a column may become, in columns of a display.
fn bounds(kind: Kind) -> (usize, usize) {
    match kind {
        Kind::Number => (5, 10),
        Kind::Date => (11, 13),
        Kind::Digits => (6, 16),
        Kind::Short => (6, 24),
        Kind::Status | Kind::ProblemStatus => (12, 16),
        Kind::Long => (14, 36),
        Kind::Note => (14, 90),
    }
}

/// How many lines a text takes in a column that is as wide as it may be. A shorter one makes its column wide enough.
fn lines(text: &str, kind: Kind) -> usize {
    let (_, widest) = bounds(kind);
    let lines = text
        .lines()
        .map(|line| line.width().div_ceil(widest).max(1));
    lines.sum::<usize>().max(1)
}

impl<'s> Sheet<'s> {
    pub fn new(book: &'s Book<'_>, name: &str) -> Result<Sheet<'s>, XlsxError> {
        let mut worksheet = Worksheet::new();
        worksheet.set_name(name)?;
        worksheet
            .set_landscape()
            .set_print_fit_to_pages(1, 0)
            .set_print_center_horizontally(true)
            .set_margins(0.5, 0.5, 0.6, 0.6, 0.3, 0.3);
        let (zh, en) = ("第 &P 页，共 &N 页", "Page &P of &N");
        worksheet.set_footer(format!("&C{}", book.view.wish.lang.pick(zh, en)));
        Ok(Sheet {
            worksheet,
            row: 0,
            styles: &book.styles,
            lang: book.view.wish.lang,
            most_rows: book.most_rows,
            widths: Vec::new(),
        })
    }

    /// The title and the line under it, as wide as the table that follows.
    pub fn title(&mut self, title: &str, under: &str, columns: usize) -> Result<(), XlsxError> {
        for (text, format, height) in [
            (title, &self.styles.title, 32.0),
            (under, &self.styles.under_title, 20.0),
        ] {
            let text = escape::cell(text);
            let last = column(columns.saturating_sub(1));
            if last == 0 {
                self.worksheet
                    .write_string_with_format(self.row, 0, text, format)?;
            } else {
                self.worksheet
                    .merge_range(self.row, 0, self.row, last, &text, format)?;
            }
            self.worksheet.set_row_height(self.row, height)?;
            self.row += 1;
        }
        Ok(())
    }

    /// A heading within the sheet.
    pub fn section(&mut self, text: &str) -> Result<(), XlsxError> {
        let format = &self.styles.section;
        self.worksheet
            .write_string_with_format(self.row, 0, escape::cell(text), format)?
            .set_row_height(self.row, 24)?;
        self.row += 1;
        Ok(())
    }

    /// A table, from the next row on; gives the first row of its data.
    pub fn table(&mut self, table: &Table) -> Result<u32, XlsxError> {
        self.header(&table.columns)?;
        let first = self.row;
        for line in table.rows.iter().take(self.most_rows) {
            let mut lines = 1;
            for (number, value) in line.values.iter().enumerate() {
                let kind = table.columns[number].kind;
                self.value(number, kind, value, false)?;
                if let Value::Text(text) = value {
                    lines = lines.max(self::lines(text, kind));
                }
            }
            self.height(lines)?;
            if line.hidden {
                self.worksheet.set_row_hidden(self.row)?;
            }
            self.row += 1;
        }
        if table.rows.is_empty() {
            let last = column(table.columns.len() - 1);
            let format = &self.styles.short;
            self.worksheet
                .merge_range(self.row, 0, self.row, last, &table.none, format)?;
            self.row += 1;
        } else {
            self.colours(&table.columns, first)?;
        }
        if let Some(total) = &table.total {
            for (number, value) in total.iter().enumerate() {
                self.value(number, table.columns[number].kind, value, true)?;
            }
            self.height(1)?;
            self.row += 1;
        }
        let left_out = table.rows.len().saturating_sub(self.most_rows);
        if left_out > 0 {
            self.section(&self.lang.pick(
                format!("另有{left_out}行超出工作表的容量，未写入"),
                format!("{left_out} more rows do not fit into a sheet and are left out"),
            ))?;
        }
        Ok(first)
    }

    /// One level, or two where some columns belong together.
    fn header(&mut self, columns: &[Column]) -> Result<(), XlsxError> {
        let (top, format) = (self.row, &self.styles.head);
        let two = columns.iter().any(|column| column.group.is_some());
        let low = top + u32::from(two);
        let mut number = 0;
        while let Some(this) = columns.get(number) {
            let first = column(number);
            let same = |other: &&Column| this.group.is_some() && other.group == this.group;
            let span = columns[number..].iter().take_while(same).count().max(1);
            let last = column(number + span - 1);
            match &this.group {
                // A group has several columns.
                Some((_, group)) => {
                    let group = escape::cell(group);
                    self.worksheet
                        .merge_range(top, first, top, last, &group, format)?;
                }
                None if two => {
                    self.worksheet
                        .merge_range(top, first, low, first, &this.head, format)?;
                }
                None => {}
            }
            for (number, column) in (number..).zip(&columns[number..number + span]) {
                if column.group.is_some() || !two {
                    let head = escape::cell(&column.head);
                    self.worksheet.write_string_with_format(
                        low,
                        self::column(number),
                        head,
                        format,
                    )?;
                }
                // Room for the button of the filter.
                self.widen(number, widest_line(&column.head) + 3, column.kind);
            }
            number += span;
        }
        // A header may have two lines, where its column is narrow.
        let low_height = if two { 32.0 } else { 36.0 };
        self.worksheet.set_row_height(top, 24.0)?;
        self.worksheet.set_row_height(low, low_height)?;
        self.row = low + 1;
        Ok(())
    }

    fn value(
        &mut self,
        number: usize,
        kind: Kind,
        value: &Value,
        total: bool,
    ) -> Result<(), XlsxError> {
        self.widen(number, value.width(), kind);
        let (row, col, styles) = (self.row, column(number), self.styles);
        let usual = match kind {
            Kind::Number => &styles.number,
            Kind::Date => &styles.date,
            Kind::Short | Kind::Status | Kind::ProblemStatus => &styles.short,
            Kind::Digits => &styles.digits,
            Kind::Long | Kind::Note => &styles.long,
        };
        let usual = if total { styles.total_word() } else { usual };
        match value {
            Value::Empty => self.worksheet.write_blank(row, col, usual)?,
            Value::Text(text) => {
                // A date that cannot be counted is text, too.
                let text_format = match kind {
                    Kind::Number | Kind::Date if !total => &styles.short,
                    _ => usual,
                };
                let text = escape::cell(text);
                self.worksheet
                    .write_string_with_format(row, col, text, text_format)?
            }
            Value::Number(number) => {
                let format = if total { usual } else { &styles.number };
                self.worksheet
                    .write_number_with_format(row, col, *number as f64, format)?
            }
            Value::Date(date) => {
                self.worksheet
                    .write_datetime_with_format(row, col, date, &styles.date)?
            }
            Value::Figure(formula, figure) => {
                let (result, shown) = match *figure {
                    Figure::Count(n, format) => (n.to_string(), format),
                    Figure::Share(_, 0, format) => ("—".to_owned(), format),
                    Figure::Share(part, whole, format) => {
                        ((part as f64 / whole as f64).to_string(), format)
                    }
                };
                let format = match total {
                    true => styles.total_figure(shown),
                    false => styles.figure(shown),
                };
                match (formula, result.parse::<f64>()) {
                    (Some(formula), _) => {
                        let formula = Formula::new(formula).set_result(result);
                        self.worksheet
                            .write_formula_with_format(row, col, formula, &format)?
                    }
                    (None, Ok(number)) => self
                        .worksheet
                        .write_number_with_format(row, col, number, &format)?,
                    (None, Err(_)) => self
                        .worksheet
                        .write_string_with_format(row, col, result, &format)?,
                }
            }
        };
        Ok(())
    }

    /// Colours under the words of a status, which follow the words when they are edited, and the list of words.
    fn colours(&mut self, columns: &[Column], first: u32) -> Result<(), XlsxError> {
        let last = self.row - 1;
        let of = |kind| {
            let columns = columns.iter().enumerate();
            columns
                .filter(move |(_, column)| column.kind == kind)
                .map(|(number, _)| self::column(number))
        };
        for col in of(Kind::Status) {
            self.colour(first, last, col, styles::of_status)?;
        }
        for col in of(Kind::ProblemStatus) {
            self.colour(first, last, col, styles::of_problem)?;
        }
        Ok(())
    }

    fn colour<W: Word>(
        &mut self,
        first: u32,
        last: u32,
        col: u16,
        style: impl Fn(W) -> Option<Format>,
    ) -> Result<(), XlsxError> {
        let words = W::ALL
            .iter()
            .map(|word| (*word, in_language(*word, self.lang)));
        let words: Vec<(W, &str)> = words.collect();
        for (word, shown) in &words {
            if let Some(format) = style(*word) {
                let rule = ConditionalFormatCell::new()
                    .set_rule(ConditionalFormatCellRule::EqualTo(*shown))
                    .set_format(format);
                self.worksheet
                    .add_conditional_format(first, col, last, col, &rule)?;
            }
        }
        let words: Vec<&str> = words.iter().map(|(_, shown)| *shown).collect();
        let list = DataValidation::new().allow_list_strings(&words)?;
        self.worksheet
            .add_data_validation(first, col, last, col, &list)?;
        Ok(())
    }

    fn widen(&mut self, number: usize, width: usize, kind: Kind) {
        if self.widths.len() <= number {
            self.widths.resize(number + 1, 0);
        }
        let (narrowest, widest) = bounds(kind);
        let width = width.clamp(narrowest, widest);
        self.widths[number] = self.widths[number].max(width);
    }

    /// Programs do not agree on making room for lines by themselves, so each row says how high it is.
    fn height(&mut self, lines: usize) -> Result<(), XlsxError> {
        let height = (ROW + (lines - 1) as f64 * LINE).min(HIGHEST);
        self.worksheet.set_row_height(self.row, height)?;
        Ok(())
    }

    /// Keeps the header in sight and on every printed page, and offers a filter under it.
    pub fn keep_header(
        &mut self,
        first: u32,
        columns: usize,
        rows: usize,
    ) -> Result<(), XlsxError> {
        // The column of the units' names stays in sight, too.
        self.worksheet
            .set_freeze_panes(first, column(columns.min(3)))?
            .set_repeat_rows(2, first - 1)?;
        let rows = u32::try_from(rows.min(self.most_rows)).unwrap_or(0);
        if rows > 0 {
            let last = column(columns - 1);
            self.worksheet
                .autofilter(first - 1, 0, first + rows - 1, last)?;
        }
        Ok(())
    }

    /// The finished sheet.
    pub fn finish(mut self) -> Result<Worksheet, XlsxError> {
        for (number, width) in self.widths.iter().enumerate() {
            // A column of a display is a little wider than a digit of the usual font, and cells have edges.
            let width = *width as f64 * 1.06 + 1.4;
            self.worksheet.set_column_width(column(number), width)?;
        }
        let wide = self.widths.iter().sum::<usize>() > WIDEST_ON_A4;
        // A3 or A4, by the numbers that the format has for them.
        self.worksheet.set_paper_size(if wide { 8 } else { 9 });
        Ok(self.worksheet)
    }
}

/// A word as the sheet has it.
pub(super) fn in_language(word: impl Word, lang: Lang) -> &'static str {
    lang.pick(word.zh(), word.en())
}

/// The number of a column as the library wants it. There are never more than a few hundred.
pub(super) fn column(number: usize) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX)
}

/// `$C$5:$C$24` of a sheet.
pub(super) fn range(sheet: &str, first: u32, rows: usize, col: usize) -> String {
    let last = first + u32::try_from(rows.max(1)).unwrap_or(1) - 1;
    let cell = |row| row_col_to_cell_absolute(row, column(col));
    format!("'{sheet}'!{}:{}", cell(first), cell(last))
}

/// `C5`
pub(super) fn cell(row: u32, col: usize) -> String {
    row_col_to_cell(row, column(col))
}
