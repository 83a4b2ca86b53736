//! 台账、情况、汇总表: reports on the deadlines, in several formats. Every renderer is a pure function of a
//! finished ledger: nothing here compares a date with a due date, asks the clock or knows the terminal.
//!
//! `view` chooses the rows and puts their reasons into words, `figures` counts. What is for people
//! (`table`, `markdown`) is composed once, in `page`; what is for other programs (`csv`, `json`, `ics`,
//! `workbook`) goes its own way, and so does `html`, the page.

mod bulletin;
mod csv;
mod figures;
mod html;
mod ics;
mod json;
mod markdown;
mod notice;
mod page;
#[cfg(test)]
mod sample;
mod table;
mod view;
mod workbook;

use crate::campaign::Campaign;
use crate::document::{Style, docx};
use crate::lang::Lang;
use crate::ledger::{Ledger, Status};

pub use crate::ledger::Totals;
pub use figures::{Rate, by_category};
pub use notice::{Notice, notices};

/// A format of reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For the terminal.
    Table,
    /// For a document.
    Markdown,
    /// For a spreadsheet.
    Csv,
    /// For programs; its structure carries a version.
    Json,
    /// The office's workbook.
    Xlsx,
    /// For a calendar: due dates, extensions and reminders.
    Ics,
    /// 情况通报, for paper.
    Docx,
    /// 看板: one page for a browser and for paper.
    Html,
}

impl Format {
    /// Every format with the name that `-o` and `--format` use, and the file extension that means it.
    pub const ALL: &[(Format, &str, Option<&str>)] = &[
        (Format::Table, "table", Some("txt")),
        (Format::Markdown, "markdown", Some("md")),
        (Format::Csv, "csv", Some("csv")),
        (Format::Json, "json", Some("json")),
        (Format::Xlsx, "xlsx", Some("xlsx")),
        (Format::Ics, "ics", Some("ics")),
        (Format::Docx, "docx", Some("docx")),
        (Format::Html, "html", Some("html")),
    ];

    /// Whether it is no text, so that a terminal cannot show it.
    pub fn is_binary(self) -> bool {
        matches!(self, Format::Xlsx | Format::Docx)
    }

    /// Whether it lists the units' problems, so that the ledger must hold them.
    pub fn lists_problems(self) -> bool {
        self == Format::Xlsx
    }
}

/// What a report is arranged by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// 台账: a row a unit, a column a milestone.
    #[default]
    Unit,
    /// 完成情况: the units of each milestone by status.
    Milestone,
    /// 分类汇总表: figures of each category at each milestone.
    Category,
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// The arrangement. JSON, the workbook and the page always have everything, and a calendar has no rows.
    pub by: By,
    /// Only units that stand so at a milestone that is shown; empty means all. Figures are always of all units.
    pub only: Vec<Status>,
    /// The one milestone to show, by its number in the campaign.
    pub milestone: Option<usize>,
    /// The reader's language.
    pub lang: Lang,
}

/// The report as the content of a file. Text ends in a line break; a CSV begins with a byte order mark and has CRLF.
pub fn render(format: Format, ledger: &Ledger, campaign: &Campaign, wish: &Wish) -> Vec<u8> {
    let view = view::View::new(ledger, campaign, wish);
    match format {
        Format::Table => table::render(&page::compose(&view), wish.lang).into_bytes(),
        Format::Markdown => markdown::render(&page::compose(&view), wish.lang).into_bytes(),
        Format::Csv => csv::render(&view).into_bytes(),
        Format::Json => json::render(&view).into_bytes(),
        Format::Xlsx => workbook::render(&view),
        Format::Ics => ics::render(&view).into_bytes(),
        Format::Html => html::render(&view).into_bytes(),
        Format::Docx => docx(&bulletin::compose(&view), &Style::of(campaign)),
    }
}
