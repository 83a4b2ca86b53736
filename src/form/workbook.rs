//! The workbook to hand out: one sheet for each table of a plan file, with lists, formats and locked headers.

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DataValidationRule, DocProperties,
    ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, ProtectionOptions, Workbook,
    Worksheet, XlsxError,
};
use unicode_width::UnicodeWidthStr;

use super::words;
use super::{Column, GUIDE, Kind, OPTIONS, SHEETS, Sheet};
use crate::calendar::{self, Date};
use crate::campaign::{Campaign, Unit};
use crate::field::Shape;
use crate::lang::{Lang, Text};
use crate::plan::TimeLimit;
use crate::vocabulary::{MeetingForm, Word};

/// The first row to be filled in, counted from nought.
const FIRST: u32 = 2;

/// So many rows of a sheet with any number of rows have their lists and checks.
const ROWS: u32 = 1000;

/// So many of them are ruled.
const RULED: u32 = 36;

/// The form for these units, as the bytes of an `.xlsx` file: the same for the same day.
pub fn workbook(
    campaign: &Campaign,
    units: &[&Unit],
    as_of: Date,
    lang: Lang,
) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let name = &campaign.campaign.name;
    let made = calendar::iso(as_of);
    let properties = DocProperties::new()
        .set_title(format!("{name}{}", lang.pick("填报表", ": form")))
        .set_creation_datetime(&ExcelDateTime::parse_from_str(&made)?);
    book.set_properties(&properties);
    let form = Form {
        campaign,
        units,
        lang,
    };
    guide(book.add_worksheet(), lang)?;
    let mut options = Vec::new();
    for sheet in SHEETS {
        form.sheet(book.add_worksheet(), sheet, &mut options)?;
    }
    let list = book.add_worksheet();
    list.set_name(OPTIONS.get(lang))?.set_hidden(true);
    for (at, words) in (0..).zip(&options) {
        list.write_column(0, at, words)?;
    }
    if let [only] = units {
        // The first thing that one unit's clerk wants to see is the unit's name.
        let title = format!("{}（{}）", only.name, only.code);
        let heading = Format::new().set_bold().set_font_size(14);
        book.worksheet_from_index(0)?
            .write_with_format(0, 1, title, &heading)?;
    }
    book.worksheet_from_index(1)?.set_active(true);
    book.save_to_buffer()
}

struct Form<'f> {
    campaign: &'f Campaign,
    units: &'f [&'f Unit],
    lang: Lang,
}

fn guide(sheet: &mut Worksheet, lang: Lang) -> Result<(), XlsxError> {
    let heading = Format::new().set_bold().set_font_size(14);
    let text = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    sheet.set_name(GUIDE.get(lang))?;
    sheet.set_column_width(0, 4)?.set_column_width(1, 90)?;
    sheet.write_with_format(0, 1, GUIDE.get(lang), &heading)?;
    sheet.set_row_height(0, 24)?;
    for (row, paragraph) in (1_u32..).zip(words::GUIDE) {
        sheet.write_with_format(row, 0, row, &text)?;
        sheet.write_with_format(row, 1, paragraph.get(lang), &text)?;
        let lines = paragraph.get(lang).width().div_ceil(86);
        sheet.set_row_height(row, 16.0 * lines as f64 + 2.0)?;
    }
    sheet.set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.protect();
    Ok(())
}

impl Form<'_> {
    fn sheet(
        &self,
        to: &mut Worksheet,
        sheet: &Sheet,
        options: &mut Vec<Vec<String>>,
    ) -> Result<(), XlsxError> {
        let columns: Vec<&Column> = sheet.columns().collect();
        let last = columns.len().saturating_sub(1) as u16;
        to.set_name(sheet.name.get(self.lang))?;
        let title = words::title(sheet, self.campaign);
        let title_format = Format::new().set_bold().set_font_size(14);
        to.write_with_format(0, 0, title.get(self.lang), &title_format)?;
        to.set_row_height(0, 24)?.set_row_height(1, 22)?;
        for (at, column) in (0..).zip(&columns) {
            to.write_with_format(1, at, column.header.get(self.lang), &header())?;
            to.set_column_width(at, width(column))?;
            to.set_column_format(at, &cell(column, false))?;
            self.validate(to, sheet, at, column, options)?;
        }
        let rows = if sheet.many() { RULED } else { self.rows() };
        for row in FIRST..FIRST + rows {
            for (at, column) in (0..).zip(&columns) {
                to.write_blank(row, at, &cell(column, true))?;
            }
        }
        if !sheet.many() {
            for (row, unit) in (FIRST..).zip(self.units) {
                let locked = Format::new()
                    .set_border(FormatBorder::Thin)
                    .set_num_format("@");
                to.write_with_format(row, 0, &*unit.code, &locked)?;
                to.write_with_format(row, 1, &*unit.name, &locked)?;
            }
        }
        to.set_freeze_panes(FIRST, 2)?;
        to.set_repeat_rows(0, 1)?;
        to.set_landscape()
            .set_paper_size(9)
            .set_print_fit_to_pages(1, 0);
        let end = FIRST + if sheet.many() { RULED } else { self.rows() } - 1;
        to.set_print_area(0, 0, end.max(FIRST), last)?;
        to.protect_with_options(&ProtectionOptions {
            format_cells: true,
            format_columns: true,
            format_rows: true,
            insert_rows: true,
            delete_rows: true,
            sort: true,
            ..ProtectionOptions::default()
        });
        Ok(())
    }

    fn rows(&self) -> u32 {
        self.units.len() as u32
    }

    /// Gives a column its list or its check.
    fn validate(
        &self,
        to: &mut Worksheet,
        sheet: &Sheet,
        at: u16,
        column: &Column,
        options: &mut Vec<Vec<String>>,
    ) -> Result<(), XlsxError> {
        let end = FIRST
            + if sheet.many() {
                ROWS
            } else {
                self.rows().max(1)
            }
            - 1;
        let Some(check) = self.check(column, options)? else {
            return Ok(());
        };
        let check = match words::hint(column, &self.campaign.vocabulary) {
            Some(hint) => check.set_input_message(cut(hint.get(self.lang), 250))?,
            None => check,
        };
        to.add_data_validation(FIRST, at, end, at, &check)?;
        Ok(())
    }

    fn check(
        &self,
        column: &Column,
        options: &mut Vec<Vec<String>>,
    ) -> Result<Option<DataValidation>, XlsxError> {
        use DataValidationErrorStyle::{Information, Stop, Warning};
        let check = DataValidation::new();
        let of = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        let own = column.words(&self.campaign.vocabulary);
        let units = |name: fn(&Unit) -> &str| {
            of(&self.units.iter().map(|unit| name(unit)).collect::<Vec<_>>())
        };
        let (list, style): (Vec<String>, _) = match (column.field, column.shape()) {
            ("unit.code", _) => (units(|unit| &unit.code), Stop),
            ("unit.name", _) => (units(|unit| &unit.name), Stop),
            ("meeting.form", _) => (forms().collect(), Warning),
            (_, Shape::Word(terms)) => {
                (terms.iter().map(|term| term.zh.to_owned()).collect(), Stop)
            }
            (_, Shape::Truth) => (
                words::TRUTH
                    .iter()
                    .map(|word| word.get(self.lang).to_owned())
                    .collect(),
                Stop,
            ),
            (_, Shape::TimeLimit) => (of(&[TimeLimit::STANDING]), Information),
            (_, Shape::Date) => {
                let rule = DataValidationRule::Between(
                    ExcelDateTime::from_ymd(2000, 1, 1)?,
                    ExcelDateTime::from_ymd(2099, 12, 31)?,
                );
                return self
                    .told(check.allow_date(rule), &words::WRONG_DATE)
                    .map(Some);
            }
            (_, Shape::Number { least, most }) => {
                let bound = |number: i64| i32::try_from(number).unwrap_or(i32::MAX);
                let rule = DataValidationRule::Between(bound(least), bound(most));
                return self
                    .told(check.allow_whole_number(rule), &words::WRONG_NUMBER)
                    .map(Some);
            }
            _ if !own.is_empty() => (own.to_vec(), Warning),
            _ => return Ok(Some(check.allow_any_value())),
        };
        let place = options.len() as u16;
        let letter = rust_xlsxwriter::utility::column_number_to_name(place);
        let name = OPTIONS;
        let (sheet, end) = (name.get(self.lang), list.len().max(1));
        let range = format!("={sheet}!${letter}$1:${letter}${end}");
        options.push(list);
        let check = check
            .allow_list_formula(Formula::new(range))
            .set_error_style(style);
        if matches!(column.shape(), Shape::TimeLimit) {
            // A date is as good as the word.
            return Ok(Some(check.show_error_message(false)));
        }
        self.told(check, &words::WRONG_WORD).map(Some)
    }

    fn told(
        &self,
        check: DataValidation,
        (title, message): &(Text, Text),
    ) -> Result<DataValidation, XlsxError> {
        check
            .set_error_title(title.get(self.lang))?
            .set_error_message(message.get(self.lang))
    }
}

/// The forms of an organizational life meeting, which a plan file takes as text.
fn forms() -> impl Iterator<Item = String> {
    MeetingForm::ALL.iter().map(|form| form.zh().to_owned())
}

fn header() -> Format {
    Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_background_color(Color::RGB(0xE7_E6_E6))
        .set_border(FormatBorder::Thin)
}

/// The format of the cells to be filled in.
fn cell(column: &Column, ruled: bool) -> Format {
    let format = Format::new()
        .set_unlocked()
        .set_align(FormatAlign::VerticalCenter);
    let format = match column.shape() {
        Shape::Date | Shape::TimeLimit => format
            .set_num_format("yyyy-mm-dd")
            .set_align(FormatAlign::Left),
        Shape::Number { .. } => format.set_num_format("0"),
        _ => format.set_num_format("@").set_text_wrap(),
    };
    if ruled {
        format.set_border(FormatBorder::Thin)
    } else {
        format
    }
}

fn width(column: &Column) -> f64 {
    let header = column.header.zh().width().max(column.header.en().width()) as f64 + 2.0;
    let least: f64 = match (column.kind, column.shape()) {
        (Kind::Long, Shape::Text) => 36.0,
        (Kind::Long, _) => 24.0,
        (Kind::Phone, _) => 16.0,
        (_, Shape::Date | Shape::TimeLimit) => 12.0,
        (_, Shape::Number { .. } | Shape::Truth) => 9.0,
        (_, Shape::List(_)) => 16.0,
        _ if column.key() == "document_number" => 22.0,
        _ if column.key() == "code" => 10.0,
        _ => 14.0,
    };
    least.max(header)
}

fn cut(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}

#[cfg(test)]
mod tests;
