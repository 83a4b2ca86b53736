//! Sheets by their names, columns by their headers, rows by their units. A sheet, column or unit that is not known is
//! told with the nearest name that is.

use std::collections::BTreeMap;

use super::Reading;
use super::book::{Book, Cell, Grid};
use super::header::{header, is_serial, plain_name, same, target};
use super::map::{MappedSheet, Target};
use super::problem::{Report, Spot};
use super::units::Units;
use super::unknown;
use super::value::{self, Read};
use crate::form::{self, Column, Record, SHEETS, Sheet};
use crate::lang::Text;
use crate::text;

/// One row of a sheet as a table of a unit's plan file.
pub(super) struct Row {
    /// Whose it is, by the place in the roster.
    pub unit: usize,
    /// The table.
    pub table: &'static str,
    /// What it holds.
    pub record: Record,
    /// Where it begins.
    pub spot: Spot,
    /// Where each field stands.
    pub spots: Vec<(&'static str, Spot)>,
}

/// A sheet whose meaning is known.
struct Known<'k> {
    number: usize,
    grid: &'k Grid,
    sheet: &'static Sheet,
    map: Option<&'k MappedSheet>,
    /// The row of the header.
    header: u32,
    /// The column of running numbers.
    serial: Option<u32>,
    /// What each column holds.
    columns: BTreeMap<u32, &'static Column>,
}

/// A cell with its column, if there is one.
type Held<'c> = Option<(u32, &'c Cell)>;

/// Reads every sheet of a workbook.
pub(super) fn read_all(book: &Book, how: &Reading<'_>, rows: &mut Vec<Row>, report: &mut Report) {
    let mut known = Vec::new();
    for (number, grid) in book.sheets.iter().enumerate() {
        report.enter_sheet(number, &grid.name);
        known.extend(recognise(number, grid, how, report));
    }
    let mut units = Units::of(how.campaign);
    // A form for one unit need not repeat it in each row.
    for sheet in &known {
        sheet.note_units(&mut units);
    }
    for sheet in &known {
        report.enter_sheet(sheet.number, &sheet.grid.name);
        sheet.rows(&units, how, rows, report);
    }
}

fn recognise<'k>(
    number: usize,
    grid: &'k Grid,
    how: &Reading<'k>,
    report: &mut Report,
) -> Option<Known<'k>> {
    let plain = plain_name(&grid.name);
    let own = [form::GUIDE, form::OPTIONS];
    // WPS keeps the pictures of cells on a sheet of its own that nobody sees.
    let reserved = grid.hidden && plain.starts_with("wpsreserved_");
    if grid.cells.is_empty() || reserved || own.iter().any(|name| same(&plain, name)) {
        return None;
    }
    let map = how.map.sheet(&grid.name);
    if map.is_some_and(|map| map.table.is_none()) {
        report.remark(
            None,
            Text::fixed("按对照文件不读入", "left out, as the mapping says"),
        );
        return None;
    }
    let named = |sheet: &&Sheet| {
        same(&plain, &sheet.name) || sheet.table == plain || sheet.aliases.contains(&&*plain)
    };
    let sheet = match map.and_then(|map| map.table) {
        Some(table) => Sheet::of(table),
        None => SHEETS.iter().find(named),
    };
    let Some(sheet) = sheet else {
        unknown::sheet(grid, how, report);
        return None;
    };
    let Some(header) = header(grid, sheet, map) else {
        let headers = sheet
            .columns()
            .map(|column| column.header.zh())
            .collect::<Vec<_>>()
            .join("、");
        report.wrong(
            None,
            Text::fixed("找不到表头", "no header row was found"),
            text!(
                "表头应有：{headers}；自定的表头用--map说明",
                "a header has: {headers}; explain your own with --map"
            ),
        );
        return None;
    };
    if grid.hidden {
        report.remark(
            None,
            Text::fixed(
                "这张表是隐藏的，照样读入",
                "this sheet is hidden, and is read all the same",
            ),
        );
    }
    let mut known = Known {
        number,
        grid,
        sheet,
        map,
        header,
        serial: None,
        columns: BTreeMap::new(),
    };
    known.place_columns(how, report);
    Some(known)
}

impl Known<'_> {
    fn place_columns(&mut self, how: &Reading<'_>, report: &mut Report) {
        // Each column with the first cell below the header.
        let mut columns: BTreeMap<u32, Option<(u32, u32)>> = BTreeMap::new();
        for at in self.grid.cells.keys().filter(|at| at.0 >= self.header) {
            let below = columns.entry(at.1).or_default();
            if at.0 > self.header {
                below.get_or_insert(*at);
            }
        }
        for (at, below) in columns {
            let cell = self.grid.cells.get(&(self.header, at));
            let header = cell.map(value::shown).unwrap_or_default();
            match target(&header, self.sheet, self.map) {
                Target::Column(column) => {
                    if self.columns.values().any(|other| *other == column) {
                        let message = text!(
                            "“{header}”一列写了两次",
                            "the column “{header}” is there twice"
                        );
                        let fix =
                            Text::fixed("删去一列，或改表头", "delete one, or change its header");
                        report.wrong(Some((self.header, at)), message, fix);
                    } else {
                        self.columns.insert(at, column);
                    }
                }
                Target::Nothing if is_serial(&header) => self.serial = Some(at),
                Target::Nothing => {}
                Target::Unknown => {
                    if let Some(below) = below {
                        let spot = if cell.is_some() {
                            (self.header, at)
                        } else {
                            below
                        };
                        let taken: Vec<&Column> = self.columns.values().copied().collect();
                        unknown::column(spot, &header, (self.sheet, &taken), how, report);
                    }
                }
            }
        }
        let there: Vec<&Column> = self.columns.values().copied().collect();
        let missing = self.sheet.columns().filter(|column| {
            let required = column.field.starts_with(self.sheet.table)
                && column.entry().is_some_and(|entry| entry.required);
            required && !there.contains(column)
        });
        for column in missing {
            let (zh, en) = (column.header.zh(), column.header.en());
            report.wrong(
                None,
                text!("缺少“{zh}”一列", "the column “{en}” is missing"),
                text!(
                    "补上表头为“{zh}”的一列",
                    "add a column with the header “{en}”"
                ),
            );
        }
    }

    fn column_of(&self, field: &str) -> Option<u32> {
        let found = self
            .columns
            .iter()
            .find(|(_, column)| column.field == field);
        found.map(|(at, _)| *at)
    }

    fn unit_cells(&self, row: u32) -> (Held<'_>, Held<'_>) {
        let cell = |field| {
            let at = self.column_of(field)?;
            Some((at, self.grid.cells.get(&(row, at))?))
        };
        (cell("unit.code"), cell("unit.name"))
    }

    /// The rows below the header that hold something.
    fn body(&self) -> Vec<u32> {
        let below = self.grid.cells.range((self.header + 1, 0)..);
        let mut rows: Vec<u32> = below.map(|((row, _), _)| *row).collect();
        rows.dedup();
        rows
    }

    /// The units of the plan's sheet, and one above a header: `填报单位：甲镇`.
    fn note_units(&self, units: &mut Units<'_>) {
        for (_, cell) in self.grid.cells.range(..(self.header, 0)) {
            let text = value::shown(cell);
            let pieces = text.split(|c: char| c.is_whitespace() || matches!(c, '：' | ':'));
            for piece in pieces.filter(|piece| !piece.is_empty()) {
                if let Ok(Some((unit, _))) = units.find(None, Some(&Cell::Text(piece.to_owned()))) {
                    units.note(unit);
                }
            }
        }
        if self.sheet.table != "plan" {
            return;
        }
        for row in self.body() {
            let (code, name) = self.unit_cells(row);
            if let Ok(Some((unit, _))) =
                units.find(code.map(|(_, cell)| cell), name.map(|(_, cell)| cell))
            {
                units.note(unit);
            }
        }
    }

    fn rows(&self, units: &Units<'_>, how: &Reading<'_>, rows: &mut Vec<Row>, report: &mut Report) {
        for row in self.body() {
            self.row(row, units, how, rows, report);
        }
    }

    fn row(
        &self,
        row: u32,
        units: &Units<'_>,
        how: &Reading<'_>,
        rows: &mut Vec<Row>,
        report: &mut Report,
    ) {
        let told = report.problems.len();
        let mut tables: BTreeMap<&'static str, Record> = BTreeMap::new();
        let mut content = false;
        let mut repeated = 0;
        for (at, column) in &self.columns {
            let Some(cell) = self.grid.cells.get(&(row, *at)) else {
                continue;
            };
            let above = self.grid.cells.get(&(self.header, *at));
            repeated += usize::from(above == Some(cell));
            if matches!(column.field, "unit.code" | "unit.name") {
                continue;
            }
            content = true;
            let value = match value::read(cell, column, column.words(&how.campaign.vocabulary)) {
                Read::Value(value) => value,
                Read::Remarked(value, remark) => {
                    report.remark(Some((row, *at)), remark);
                    value
                }
                Read::Nothing(remark) => {
                    report.remark(Some((row, *at)), remark);
                    continue;
                }
                Read::Wrong(message, fix) => {
                    report.wrong(Some((row, *at)), message, fix);
                    continue;
                }
            };
            let table = column.field.split('.').next().unwrap_or_default();
            let table = if table == "unit" {
                "unit"
            } else {
                Sheet::of(table).map_or(table, |sheet| sheet.table)
            };
            tables.entry(table).or_default().0.push((column, value));
        }
        // A header that is printed again in the middle of a long list is not a row of it.
        if repeated >= 2 && repeated == self.columns.len() {
            report.problems.truncate(told);
            return;
        }
        if !content {
            return self.alone(row, units, report);
        }
        let Some(unit) = self.unit(row, units, report) else {
            return;
        };
        let complete = report.problems.len() == told;
        for (table, mut record) in tables {
            record.0.sort_by_key(|(column, _)| order(column));
            if complete {
                self.require(row, table, &record, report);
            }
            let spot = |(at, column): (&u32, &&'static Column)| {
                (column.field, report.spot(Some((row, *at))))
            };
            let spots = match table {
                // What is given twice is named by its cell.
                "unit" | "plan" | "summary" => self.columns.iter().map(spot).collect(),
                _ => vec![],
            };
            rows.push(Row {
                unit,
                table,
                record,
                spots,
                spot: report.spot(Some((row, 0))),
            });
        }
    }

    /// A row that says nothing of a unit: one of the form that was not filled in, or a total, or who made the list.
    fn alone(&self, row: u32, units: &Units<'_>, report: &mut Report) {
        let (code, name) = self.unit_cells(row);
        let of_unit = units.find(code.map(|(_, cell)| cell), name.map(|(_, cell)| cell));
        let number = self
            .serial
            .and_then(|at| Some((at, self.grid.cells.get(&(row, at))?)));
        let found = match of_unit {
            Err((of_code, ..)) => if of_code { code } else { name },
            Ok(_) => number.filter(|(_, cell)| {
                matches!(cell, Cell::Text(text) if !text.contains(|c: char| c.is_ascii_digit()))
            }),
        };
        let Some((at, cell)) = found else { return };
        let found = crate::read::shortened(&value::shown(cell));
        report.remark(
            Some((row, at)),
            text!(
                "“{found}”一行没有单位填写的内容，没有读入",
                "the row “{found}” holds nothing of a unit; it was not read"
            ),
        );
    }

    /// Whose row it is; a problem is told.
    fn unit(&self, row: u32, units: &Units<'_>, report: &mut Report) -> Option<usize> {
        let (code, name) = self.unit_cells(row);
        match units.find(code.map(|(_, cell)| cell), name.map(|(_, cell)| cell)) {
            Ok(Some((unit, remark))) => {
                if let Some(remark) = remark {
                    report.remark(code.map(|(at, _)| (row, at)), remark);
                }
                Some(unit)
            }
            Ok(None) => units.only().or_else(|| {
                let at = self.column_of("unit.code").or(self.column_of("unit.name"));
                report.wrong(
                    Some((row, at.unwrap_or(0))),
                    Text::fixed("没有写明是哪个单位", "the row does not say whose it is"),
                    Text::fixed("写上单位代码或单位名称", "write the unit's code or name"),
                );
                None
            }),
            Err((of_code, message, fix)) => {
                let at = if of_code { code } else { name };
                report.wrong(Some((row, at.map_or(0, |(at, _)| at))), message, fix);
                None
            }
        }
    }

    /// What makes a row mean anything must be there.
    fn require(&self, row: u32, table: &str, record: &Record, report: &mut Report) {
        if table != self.sheet.table {
            return;
        }
        for (at, column) in &self.columns {
            let required = column.field.starts_with(table)
                && column.entry().is_some_and(|entry| entry.required);
            if required && record.get(column.key()).is_none() {
                let (zh, en) = (column.header.zh(), column.header.en());
                report.wrong(
                    Some((row, *at)),
                    text!("缺少{zh}", "{en} is missing"),
                    text!("填写{zh}，或清空这一行", "fill it in, or empty the row"),
                );
            }
        }
    }
}

/// The place of a column in the form.
fn order(column: &Column) -> usize {
    let mut all = SHEETS.iter().flat_map(|sheet| sheet.columns());
    all.position(|other| other.field == column.field)
        .unwrap_or(usize::MAX)
}
