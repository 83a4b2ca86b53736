//! A workbook as plain cells. What calamine is given has been measured before, so that a small file cannot ask for
//! much memory: the parts of an `.xlsx` are unpacked and counted, the cells of an `.xls` are looked at by their records.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{
    Data, DataRef, DataType, Dimensions, ExcelDateTime, Reader, SheetVisible, Xls, Xlsx, XlsxError,
};
use chrono::Datelike;
use zip::ZipArchive;

use super::records;
use crate::calendar::Date;
use crate::lang::Text;
use crate::text;

/// The largest workbook that is read, in bytes.
pub const MAX_FILE: u64 = 32 << 20;

/// The largest that its parts may be when unpacked.
const MAX_UNPACKED: u64 = 128 << 20;

/// So many cells of a workbook may hold something.
const MAX_CELLS: usize = 500_000;

/// So many bytes of text they may hold together.
const MAX_TEXT: usize = 64 << 20;

/// A workbook that was read.
#[derive(Debug)]
pub struct Book {
    /// Its name in messages.
    pub name: String,
    /// Its sheets in their order.
    pub sheets: Vec<Grid>,
}

/// The cells of a sheet.
#[derive(Debug, Default)]
pub struct Grid {
    /// Its name.
    pub name: String,
    /// Whether it is hidden from those who fill it in.
    pub hidden: bool,
    /// What is not empty, by row and column, counted from nought.
    pub cells: BTreeMap<(u32, u32), Cell>,
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Text that is not blank.
    Text(String),
    /// A number.
    Number(f64),
    /// A day; the time of day is dropped.
    Date(Date),
    /// True or false.
    Truth(bool),
    /// An error such as `#N/A`.
    Error(String),
    /// A formula whose result was never worked out.
    Formula,
    /// A time or duration without a day.
    Time,
}

/// Why a workbook cannot be read, and what to do.
#[derive(Debug, PartialEq, Eq)]
pub struct Refusal(pub Text, pub Text);

/// Reads a workbook from its bytes.
pub fn read(name: &str, bytes: &[u8]) -> Result<Book, Refusal> {
    let sheets = match bytes {
        [b'P', b'K', 3, 4, ..] => {
            measure(bytes)?;
            guarded(|| xlsx(bytes))?
        }
        [0xD0, 0xCF, 0x11, 0xE0, ..] if holds(bytes, "EncryptedPackage") => return Err(encrypted()),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => match guarded(|| Ok(records::fit(bytes)))? {
            Some(true) => guarded(|| xls(bytes))?,
            Some(false) => return Err(too_large()),
            None => return Err(damaged()),
        },
        [] => return Err(refusal(Text::fixed("文件是空的", "the file is empty"))),
        _ => {
            return Err(no_workbook());
        }
    };
    let name = name.to_owned();
    Ok(Book { name, sheets })
}

/// A reader of somebody else's that runs into a wall must not take the program with it.
fn guarded<T>(read: impl FnOnce() -> Result<T, Refusal>) -> Result<T, Refusal> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(damaged()))
}

fn refusal(message: Text) -> Refusal {
    let fix = Text::fixed(
        "用Excel或WPS打开，另存为.xlsx文件",
        "open it with Excel or WPS and save it as .xlsx",
    );
    Refusal(message, fix)
}

fn no_workbook() -> Refusal {
    refusal(Text::fixed(
        "不是Excel工作簿",
        "this is not an Excel workbook",
    ))
}

fn damaged() -> Refusal {
    let message = Text::fixed(
        "工作簿已损坏，读不出来",
        "the workbook is damaged and cannot be read",
    );
    let fix = Text::fixed(
        "用Excel或WPS打开，另存为.xlsx文件；打不开的，请填报单位重发",
        "open it with Excel or WPS and save it as .xlsx; if that fails, ask for it again",
    );
    Refusal(message, fix)
}

fn encrypted() -> Refusal {
    let message = Text::fixed(
        "工作簿有打开密码，读不出来",
        "the workbook is encrypted with a password",
    );
    let fix = Text::fixed(
        "打开后取消密码再保存",
        "open it, take the password away and save it",
    );
    Refusal(message, fix)
}

fn too_large() -> Refusal {
    let message = Text::fixed(
        "工作簿太大，没有读",
        "the workbook is too large and was not read",
    );
    let fix = Text::fixed(
        "删去无关的表、行和格，或分成几个文件",
        "delete sheets, rows and cells that are not needed, or split it",
    );
    Refusal(message, fix)
}

/// Whether a name of the directory of an OLE file is there.
fn holds(bytes: &[u8], name: &str) -> bool {
    let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    memchr::memmem::find(bytes, &name).is_some()
}

/// Unpacks every part that holds cells or texts, and counts: the sizes that an archive states may be wrong.
fn measure(bytes: &[u8]) -> Result<(), Refusal> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    if archive.by_name("xl/workbook.bin").is_ok() {
        let message = Text::fixed(
            "不能读.xlsb工作簿",
            "workbooks of the kind .xlsb are not read",
        );
        return Err(refusal(message));
    }
    if archive.by_name("mimetype").is_ok() {
        let message = Text::fixed(
            "不能读.ods表格",
            "spreadsheets of the kind .ods are not read",
        );
        return Err(refusal(message));
    }
    // A document for Word, or any other archive, under a workbook's name.
    if !archive
        .file_names()
        .flatten()
        .any(|name| name.starts_with("xl/"))
    {
        return Err(no_workbook());
    }
    let mut left = MAX_UNPACKED;
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(|_| damaged())?;
        let media = part.name().is_ok_and(|name| name.starts_with("xl/media/"));
        if media {
            continue;
        }
        let mut limited = part.by_ref().take(left + 1);
        let size = std::io::copy(&mut limited, &mut std::io::sink()).map_err(|_| damaged())?;
        left = left.checked_sub(size).ok_or_else(too_large)?;
    }
    Ok(())
}

/// Cells on their way, counted.
#[derive(Default)]
struct Count {
    cells: usize,
    text: usize,
}

impl Count {
    fn put(&mut self, grid: &mut Grid, at: (u32, u32), cell: Cell) -> Result<(), Refusal> {
        self.cells += 1;
        if let Cell::Text(text) = &cell {
            if text.trim().is_empty() {
                return Ok(());
            }
            self.text += text.len();
        }
        if self.cells > MAX_CELLS || self.text > MAX_TEXT {
            return Err(too_large());
        }
        grid.cells.insert(at, cell);
        Ok(())
    }

    /// A merged cell means the same for each of its rows: its value is put into those that hold something.
    fn merged(&mut self, grid: &mut Grid, regions: &[Dimensions]) -> Result<(), Refusal> {
        let last = grid.cells.keys().next_back().map_or(0, |(row, _)| *row);
        for region in regions {
            let at = region.start;
            let Some(cell) = grid.cells.get(&at).cloned() else {
                continue;
            };
            for row in at.0 + 1..=region.end.0.min(last) {
                self.put(grid, (row, at.1), cell.clone())?;
            }
        }
        Ok(())
    }
}

/// The sheets' names, and whether they are hidden.
fn sheets<'b, R: Reader<Cursor<&'b [u8]>>>(book: &R) -> Vec<(String, bool)> {
    let sheets = book.sheets_metadata().iter();
    sheets
        .map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible))
        .collect()
}

fn xlsx(bytes: &[u8]) -> Result<Vec<Grid>, Refusal> {
    // One with a password is no archive, and was told before.
    let wrong = |_| damaged();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(wrong)?;
    let mut count = Count::default();
    let mut grids = Vec::new();
    for (name, hidden) in sheets(&book) {
        let mut grid = Grid {
            name: name.clone(),
            hidden,
            ..Grid::default()
        };
        let mut seen = 0_usize;
        let mut cells = match book.worksheet_cells_reader(&name) {
            Ok(cells) => cells,
            // A sheet that is only a chart holds no cells.
            Err(XlsxError::NotAWorksheet(_)) => continue,
            Err(error) => return Err(wrong(error)),
        };
        while let Some(found) = cells.next_cell_with_formula().map_err(wrong)? {
            seen += 1;
            if seen > 4 * MAX_CELLS {
                return Err(too_large());
            }
            let cell = match (borrowed(&found.value), found.formula) {
                (None, Some(_)) => Some(Cell::Formula),
                (cell, _) => cell,
            };
            if let Some(cell) = cell {
                count.put(&mut grid, found.pos, cell)?;
            }
        }
        drop(cells);
        let regions = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
        count.merged(&mut grid, &regions)?;
        grids.push(grid);
    }
    Ok(grids)
}

fn xls(bytes: &[u8]) -> Result<Vec<Grid>, Refusal> {
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
        calamine::XlsError::Password => encrypted(),
        _ => damaged(),
    })?;
    let mut count = Count::default();
    let mut grids = Vec::new();
    for (name, hidden) in sheets(&book) {
        let Ok(range) = book.worksheet_range(&name) else {
            continue;
        };
        let mut grid = Grid {
            name: name.clone(),
            hidden,
            ..Grid::default()
        };
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, value) in range.used_cells() {
            if let Some(cell) = owned(value) {
                count.put(&mut grid, (top + row as u32, left + column as u32), cell)?;
            }
        }
        let regions = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
        count.merged(&mut grid, &regions)?;
        grids.push(grid);
    }
    Ok(grids)
}

fn borrowed(value: &DataRef<'_>) -> Option<Cell> {
    Some(match value {
        DataRef::Empty => return None,
        DataRef::String(text) => Cell::Text(text.clone()),
        DataRef::SharedString(text) => Cell::Text((*text).to_owned()),
        DataRef::Int(number) => Cell::Number(*number as f64),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::Bool(truth) => Cell::Truth(*truth),
        DataRef::DateTime(time) => day(time),
        DataRef::DateTimeIso(_) => value.as_date().map_or(Cell::Time, Cell::Date),
        DataRef::DurationIso(_) => Cell::Time,
        DataRef::Error(error) => Cell::Error(error.to_string()),
    })
}

fn owned(value: &Data) -> Option<Cell> {
    Some(match value {
        Data::Empty => return None,
        Data::String(text) => Cell::Text(text.clone()),
        Data::Int(number) => Cell::Number(*number as f64),
        Data::Float(number) => Cell::Number(*number),
        Data::Bool(truth) => Cell::Truth(*truth),
        Data::DateTime(time) => day(time),
        Data::DateTimeIso(_) => value.as_date().map_or(Cell::Time, Cell::Date),
        Data::Error(error) => Cell::Error(error.to_string()),
        _ => Cell::Time,
    })
}

fn day(time: &ExcelDateTime) -> Cell {
    // A number below one is a time of day, nought what an empty formula leaves; 20221024 put into a cell for dates is no
    // day, but is meant as one.
    let number = time.as_f64();
    match time.as_datetime() {
        _ if number > 0.0 && number < 1.0 => Cell::Time,
        Some(moment) if !(1900..2200).contains(&moment.year()) => Cell::Number(number),
        None if time.is_datetime() => Cell::Number(number),
        Some(moment) if time.is_datetime() => Cell::Date(moment.date()),
        _ => Cell::Time,
    }
}

/// What is said of a file of so many bytes, which are more than [`MAX_FILE`].
pub fn too_heavy(size: u64) -> Refusal {
    let (size, most) = (size.div_ceil(1 << 20), MAX_FILE >> 20);
    let Refusal(_, fix) = too_large();
    let message = text!(
        "工作簿有{size}MB，最多读{most}MB",
        "the workbook has {size} MB; at most {most} MB are read"
    );
    Refusal(message, fix)
}

#[cfg(test)]
mod tests;
