//! The mapping file: what the sheets and headers of an office's own workbook mean.
//!
//! ```toml
//! [sheet."2022年台账"]
//! table = "plan"                 # what its rows are: plan, problem, measure, activity, meeting, outcome, summary
//! header = 3                     # the row of the header, if it is not found by itself
//! [sheet."2022年台账".columns]
//! "填报单位" = "unit.name"
//! "方案报送" = "filed"
//! "备注" = ""                    # left out
//!
//! [sheet."汇总"]
//! table = ""                     # the whole sheet is left out
//! ```

use toml_edit::{DocumentMut, Item, TableLike};

use super::header::plain_name;
use crate::form::{Column, SHEETS, Sheet};
use crate::lang::Text;
use crate::nearest::nearest;
use crate::text;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Target {
    /// A field.
    Column(&'static Column),
    /// Nothing that is read.
    Nothing,
    /// What is not known.
    Unknown,
}

/// A mapping file.
#[derive(Debug, Default)]
pub struct Map {
    sheets: Vec<(String, MappedSheet)>,
}

/// What a sheet means.
#[derive(Debug, Default)]
pub struct MappedSheet {
    /// The table of its rows; none when it is left out.
    pub table: Option<&'static str>,
    /// The row of its header, counted from nought.
    pub header: Option<u32>,
    columns: Vec<(String, Target)>,
}

/// What is wrong in a mapping file: where, what, and what to do.
pub type Mistake = (String, Text, Text);

impl Map {
    /// What a sheet means.
    pub fn sheet(&self, name: &str) -> Option<&MappedSheet> {
        let plain = plain_name(name);
        let found = self.sheets.iter().find(|(known, _)| *known == plain);
        found.map(|(_, sheet)| sheet)
    }

    /// Reads a mapping file.
    pub fn read(text: &str) -> Result<Map, Vec<Mistake>> {
        let document: DocumentMut = text.parse().map_err(|error| vec![syntax(text, &error)])?;
        let (mut map, mut mistakes) = (Map::default(), Vec::new());
        for (key, item) in document.iter() {
            match item.as_table_like() {
                Some(sheets) if key == "sheet" => {
                    for (name, item) in sheets.iter() {
                        let sheet = sheet(name, item, &mut mistakes);
                        map.sheets.push((plain_name(name), sheet));
                    }
                }
                _ => mistakes.push(unknown(key.to_owned(), &["sheet"])),
            }
        }
        if mistakes.is_empty() {
            Ok(map)
        } else {
            Err(mistakes)
        }
    }
}

impl MappedSheet {
    /// What a header means.
    pub fn column(&self, plain: &str) -> Option<Target> {
        let found = self.columns.iter().find(|(known, _)| known == plain);
        found.map(|(_, target)| *target)
    }
}

fn syntax(text: &str, error: &toml_edit::TomlError) -> Mistake {
    let at = error.span().map_or(0, |span| span.start.min(text.len()));
    let line = text.as_bytes()[..at]
        .iter()
        .filter(|byte| **byte == b'\n')
        .count()
        + 1;
    let why = error.message().to_owned();
    (
        String::new(),
        text!(
            "第{line}行不合TOML格式（{why}）",
            "line {line} is not TOML: {why}"
        ),
        Text::fixed(
            "写成“\"表头\" = \"键\"”，表头和键都用英文引号",
            "write \"header\" = \"key\", both in straight quotes",
        ),
    )
}

fn unknown(place: String, known: &[&str]) -> Mistake {
    let list = known.join(", ");
    let key = place.rsplit('.').next().unwrap_or_default().to_owned();
    let fix = match nearest(&key, known.iter().copied()) {
        Some(near) => text!("是否为{near}？", "did you mean {near}?"),
        None => text!("可用的：{list}", "known here: {list}"),
    };
    (place, text!("没有“{key}”", "there is no “{key}”"), fix)
}

fn sheet(name: &str, item: &Item, mistakes: &mut Vec<Mistake>) -> MappedSheet {
    let place = format!("sheet.\"{name}\"");
    let mut mapped = MappedSheet::default();
    let Some(table) = item.as_table_like() else {
        mistakes.push(unknown(place, &["[sheet.\"…\"]"]));
        return mapped;
    };
    let tables: Vec<&str> = SHEETS.iter().map(|sheet| sheet.table).collect();
    match table.get("table").and_then(Item::as_str) {
        Some("") => return mapped,
        Some(wanted) => match SHEETS.iter().find(|sheet| sheet.table == wanted) {
            Some(sheet) => mapped.table = Some(sheet.table),
            None => mistakes.push(unknown(format!("{place}.{wanted}"), &tables)),
        },
        None => mistakes.push((
            place.clone(),
            Text::fixed("没有写明table", "it does not say which table"),
            text!(
                "写table = \"…\"，可用的：{list}",
                "write table = \"…\", one of: {list}",
                list = tables.join(", ")
            ),
        )),
    }
    for (key, item) in table.iter() {
        match (key, item.as_integer(), item.as_table_like()) {
            ("table", ..) => {}
            ("header", Some(row @ 1..=1_048_576), _) => mapped.header = u32::try_from(row - 1).ok(),
            ("columns", _, Some(columns)) => self::columns(&place, columns, &mut mapped, mistakes),
            _ => mistakes.push(unknown(
                format!("{place}.{key}"),
                &["table", "header", "columns"],
            )),
        }
    }
    mapped
}

fn columns(
    place: &str,
    columns: &dyn TableLike,
    mapped: &mut MappedSheet,
    mistakes: &mut Vec<Mistake>,
) {
    let Some(sheet) = mapped.table.and_then(Sheet::of) else {
        return;
    };
    // A ledger with one row a unit may hold the summary beside the plan.
    let single = SHEETS
        .iter()
        .filter(|other| !other.many() && other.table != sheet.table);
    let known: Vec<&'static Column> = sheet
        .columns()
        .chain(single.flat_map(Sheet::columns))
        .collect();
    for (header, item) in columns.iter() {
        let wanted = item.as_str().unwrap_or("?").trim();
        let is = |column: &&&'static Column| column.field == wanted || column.key() == wanted;
        let target = match known.iter().find(is) {
            _ if wanted.is_empty() => Target::Nothing,
            Some(column) => Target::Column(column),
            None => {
                let keys: Vec<&str> = known.iter().map(|column| column.key()).collect();
                let (place, mut mistake) = (
                    format!("{place}.columns.\"{header}\""),
                    unknown(wanted.to_owned(), &keys),
                );
                mistake.0 = place;
                mistakes.push(mistake);
                continue;
            }
        };
        mapped.columns.push((plain_name(header), target));
    }
}
