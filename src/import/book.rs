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
    // A number below one is a time of day; 20221024 put into a cell for dates is no day, but is meant as one.
    match time.as_datetime() {
        Some(moment) if !(1900..2200).contains(&moment.year()) => Cell::Number(time.as_f64()),
        None if time.is_datetime() => Cell::Number(time.as_f64()),
        Some(moment) if time.is_datetime() && time.as_f64() >= 1.0 => Cell::Date(moment.date()),
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
mod tests {
    use std::io::Write;

    use calamine::{CellErrorType, ExcelDateTimeType};

    use super::*;
    use crate::calendar;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let length = data.len() as u16;
        [&kind.to_le_bytes(), &length.to_le_bytes(), data].concat()
    }

    fn number(row: u16, column: u16, number: f64) -> Vec<u8> {
        let place = [row, column, 0].map(u16::to_le_bytes).concat();
        record(0x0203, &[&place[..], &number.to_le_bytes()].concat())
    }

    fn begin(kind: u8) -> Vec<u8> {
        let mut data = vec![0, 6, kind, 0];
        data.resize(16, 0);
        record(0x0809, &data)
    }

    fn end() -> Vec<u8> {
        record(0x000A, &[])
    }

    /// An `.xls` workbook with this stream.
    fn file(stream: &[u8]) -> Vec<u8> {
        let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
        let mut part = file.create_stream("/Workbook").unwrap();
        part.write_all(stream).unwrap();
        drop(part);
        file.into_inner().into_inner()
    }

    /// The stream of a workbook with sheets of one letter, which may be hidden, and their records.
    fn stream(sheets: &[(u8, bool, Vec<u8>)]) -> Vec<u8> {
        let entry = |at: usize, (name, hidden, _): &(u8, bool, Vec<u8>)| {
            let at = (at as u32).to_le_bytes();
            record(
                0x0085,
                &[&at[..], &[u8::from(*hidden), 0, 1, 0, *name]].concat(),
            )
        };
        let mut at = begin(5).len() + end().len();
        at += sheets
            .iter()
            .map(|sheet| entry(0, sheet).len())
            .sum::<usize>();
        let (mut head, mut rest) = (begin(5), Vec::new());
        for sheet in sheets {
            head.extend(entry(at + rest.len(), sheet));
            rest.extend([begin(0x10), sheet.2.clone(), end()].concat());
        }
        [head, end(), rest].concat()
    }

    #[test]
    fn an_old_workbook_is_read_with_its_hidden_sheets_and_where_its_cells_stand() {
        let sheets = [
            (b'A', false, [number(1, 2, 9.0), number(3, 4, 1.5)].concat()),
            (b'B', true, number(0, 0, 7.0)),
        ];
        let book = read("a.xls", &file(&stream(&sheets))).unwrap();
        let cells = |cells: &[((u32, u32), f64)]| {
            let cells = cells
                .iter()
                .map(|(at, number)| (*at, Cell::Number(*number)));
            cells.collect::<BTreeMap<_, _>>()
        };
        let read: Vec<_> = book
            .sheets
            .into_iter()
            .map(|grid| (grid.name, grid.hidden, grid.cells))
            .collect();
        assert_eq!(
            read,
            [
                (
                    "A".to_owned(),
                    false,
                    cells(&[((1, 2), 9.0), ((3, 4), 1.5)])
                ),
                ("B".to_owned(), true, cells(&[((0, 0), 7.0)])),
            ]
        );
    }

    #[test]
    fn an_old_workbook_with_a_password_far_cells_or_no_sense_is_refused_with_the_reason() {
        let refused = |bytes: &[u8]| {
            let Refusal(message, _) = read("a.xls", bytes).unwrap_err();
            message.zh().to_owned()
        };
        let locked = [begin(5), record(0x002F, &[1, 0, 1, 0]), end()].concat();
        assert_eq!(refused(&file(&locked)), "工作簿有打开密码，读不出来");
        let far = [number(0, 0, 1.0), number(65_535, 255, 1.0)].concat();
        let far = stream(&[(b'A', false, far)]);
        assert_eq!(refused(&file(&far)), "工作簿太大，没有读");
        let whole = file(&far);
        assert_eq!(refused(&whole[..600]), "工作簿已损坏，读不出来");
    }

    #[test]
    fn cells_of_old_and_new_workbooks_hold_the_same() {
        let iso = || "2022-03-28".to_owned();
        let date = calendar::read("2022-03-28").map(Cell::Date);
        for (old, new, cell) in [
            (Data::Empty, DataRef::Empty, None),
            (Data::Int(9), DataRef::Int(9), Some(Cell::Number(9.0))),
            (
                Data::Float(1.5),
                DataRef::Float(1.5),
                Some(Cell::Number(1.5)),
            ),
            (
                Data::Bool(true),
                DataRef::Bool(true),
                Some(Cell::Truth(true)),
            ),
            (
                Data::String("甲镇".to_owned()),
                DataRef::SharedString("甲镇"),
                Some(Cell::Text("甲镇".to_owned())),
            ),
            (Data::DateTimeIso(iso()), DataRef::DateTimeIso(iso()), date),
            (
                Data::DurationIso("PT1H".to_owned()),
                DataRef::DurationIso("PT1H".to_owned()),
                Some(Cell::Time),
            ),
            (
                Data::Error(CellErrorType::NA),
                DataRef::Error(CellErrorType::NA),
                Some(Cell::Error("#N/A".to_owned())),
            ),
        ] {
            assert_eq!(
                (owned(&old), borrowed(&new)),
                (cell.clone(), cell),
                "{old:?}"
            );
        }
    }

    #[test]
    fn a_moment_is_its_day_a_duration_is_a_time_and_what_is_in_no_campaign_is_a_number() {
        let cell = |value: f64, kind| day(&ExcelDateTime::new(value, kind, false));
        let (moment, duration) = (ExcelDateTimeType::DateTime, ExcelDateTimeType::TimeDelta);
        let date = calendar::read("2022-03-28").map(Cell::Date);
        assert_eq!(Some(cell(44_648.0, moment)), date);
        assert_eq!(Some(cell(44_648.75, moment)), date);
        assert_eq!(cell(20_220_328.0, moment), Cell::Number(20_220_328.0));
        assert_eq!(cell(1e300, moment), Cell::Number(1e300));
        assert_eq!(cell(44_648.0, duration), Cell::Time);
        assert_eq!(cell(1e300, duration), Cell::Time);
    }

    #[test]
    fn a_workbook_that_is_too_large_is_told_its_size_in_whole_megabytes() {
        let said = |size: u64| too_heavy(size).0.zh().to_owned();
        assert_eq!(said(33 << 20), "工作簿有33MB，最多读32MB");
        assert_eq!(said((33 << 20) + 1), "工作簿有34MB，最多读32MB");
    }
}
