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

use std::collections::BTreeSet;

use toml_spanner::{Arena, Item, Key, Span, Table, parse_recoverable};

use super::header::plain_name;
use crate::finding::{At, Draft};
use crate::form::{Column, SHEETS, Sheet};
use crate::lang::Text;
use crate::nearest::nearest;
use crate::syntax::{self, Of};
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

/// What is wrong in a mapping file.
#[derive(Clone, Debug, PartialEq)]
pub struct Mistake {
    /// The line, from 1.
    pub line: usize,
    /// The key concerned, or nothing.
    pub place: String,
    /// What is wrong.
    pub message: Text,
    /// What to do.
    pub fix: Text,
}

impl Map {
    /// What a sheet means.
    pub fn sheet(&self, name: &str) -> Option<&MappedSheet> {
        let plain = plain_name(name);
        let found = self.sheets.iter().find(|(known, _)| *known == plain);
        found.map(|(_, sheet)| sheet)
    }

    /// Reads a mapping file.
    ///
    /// # Errors
    /// With everything that is wrong in it, in the order of its lines.
    pub fn read(text: &str) -> Result<Map, Vec<Mistake>> {
        let arena = Arena::new();
        let document = parse_recoverable(text, &arena);
        let damage = syntax::damage(Of::Mapping, text, document.table(), document.errors());
        let mut reading = Reading {
            text,
            mistakes: vec![],
        };
        let map = match damage.drafts.is_empty() {
            true => reading.map(document.table()),
            false => {
                reading.syntax(damage.drafts);
                Map::default()
            }
        };
        reading.mistakes.sort_by_key(|mistake| mistake.line);
        match reading.mistakes.is_empty() {
            true => Ok(map),
            false => Err(reading.mistakes),
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

/// A mapping file that is being read.
struct Reading<'t> {
    text: &'t str,
    mistakes: Vec<Mistake>,
}

impl Reading<'_> {
    fn tell(&mut self, at: usize, place: &str, message: Text, fix: Text) {
        let before = &self.text.as_bytes()[..at.min(self.text.len())];
        self.mistakes.push(Mistake {
            line: 1 + memchr::memchr_iter(b'\n', before).count(),
            place: place.to_owned(),
            message,
            fix,
        });
    }

    /// What is wrong with its form. The usual mistake is said of every line that has it, whatever else the parser has
    /// stumbled over.
    fn syntax(&mut self, drafts: Vec<Draft>) {
        let mut start = 0;
        let mut named = BTreeSet::new();
        for line in self.text.split_inclusive('\n') {
            if let Some(right) = in_quotes(line) {
                let message = Text::fixed(
                    "表名和表头要加英文引号",
                    "names of sheets and headers need straight quotes",
                );
                self.tell(start, "", message, text!("写成{right}", "write {right}"));
                named.insert(start);
            }
            start += line.len();
        }
        for draft in drafts {
            let at = match draft.at {
                At::Span(span, _) => span.start.min(self.text.len()),
                _ => 0,
            };
            let line = self.text[..at].rfind('\n').map_or(0, |end| end + 1);
            if named.insert(line) {
                self.tell(at, "", draft.message, draft.fix);
            }
        }
    }

    fn unknown(&mut self, span: Span, place: &str, word: &str, known: &[&str]) {
        let list = known.join(", ");
        let fix = match nearest(word, known.iter().copied()) {
            Some(near) => text!("是否为{near}？", "did you mean {near}?"),
            None => text!("可用的：{list}", "known here: {list}"),
        };
        let message = text!("没有“{word}”", "there is no “{word}”");
        self.tell(span.start as usize, place, message, fix);
    }

    fn no_table(&mut self, item: &Item<'_>, place: &str, header: &str) {
        self.tell(
            item.span().start as usize,
            place,
            Text::fixed("应为表", "should be a table"),
            text!(
                "写成[{header}]，各键另起一行",
                "write [{header}] and its keys below"
            ),
        );
    }

    fn map(&mut self, root: &Table<'_>) -> Map {
        let mut map = Map::default();
        for (key, item) in root.entries() {
            match item.as_table() {
                _ if key.name != "sheet" => self.unknown(key.span, "", key.name, &["sheet"]),
                Some(sheets) => {
                    for (name, item) in sheets.entries() {
                        let sheet = self.sheet(name, item);
                        map.sheets.push((plain_name(name.name), sheet));
                    }
                }
                None => self.no_table(item, "sheet", "sheet.\"…\""),
            }
        }
        map
    }

    fn sheet(&mut self, name: &Key<'_>, item: &Item<'_>) -> MappedSheet {
        let place = format!("sheet.\"{}\"", name.name);
        let mut mapped = MappedSheet::default();
        let Some(table) = item.as_table() else {
            self.no_table(item, &place, &place);
            return mapped;
        };
        let tables: Vec<&str> = SHEETS.iter().map(|sheet| sheet.table).collect();
        let wanted = table.get("table");
        match wanted.and_then(|item| item.as_str()).map(str::trim) {
            Some("") => return mapped,
            Some(word) => {
                let found = SHEETS.iter().find(|sheet| sheet.table == word);
                mapped.table = found.map(|sheet| sheet.table);
                if found.is_none() {
                    let span = wanted.map_or(name.span, Item::span);
                    self.unknown(span, &format!("{place}.table"), word, &tables);
                }
            }
            None => {
                let span = wanted.map_or(name.span, Item::span);
                self.tell(
                    span.start as usize,
                    &place,
                    Text::fixed("没有写明table", "it does not say which table"),
                    text!(
                        "写table = \"…\"，可用的：{list}",
                        "write table = \"…\", one of: {list}",
                        list = tables.join(", ")
                    ),
                );
            }
        }
        for (key, item) in table.entries() {
            let place = format!("{place}.{}", key.name);
            match key.name {
                "table" => {}
                "header" => mapped.header = self.header(item, &place),
                "columns" => match item.as_table() {
                    Some(columns) => self.columns(&place, columns, &mut mapped),
                    None => self.no_table(item, &place, &place),
                },
                other => {
                    self.unknown(key.span, &place, other, &["table", "header", "columns"]);
                }
            }
        }
        mapped
    }

    /// The row of a header, counted from nought.
    fn header(&mut self, item: &Item<'_>, place: &str) -> Option<u32> {
        let row = item.as_i64().filter(|row| (1..=1_048_576).contains(row));
        if row.is_none() {
            self.tell(
                item.span().start as usize,
                place,
                Text::fixed(
                    "表头在第几行，应为整数",
                    "should be the number of the header's row",
                ),
                Text::fixed(
                    "第一行写1，例如header = 3",
                    "the first row is 1; write header = 3, say",
                ),
            );
        }
        row.and_then(|row| u32::try_from(row - 1).ok())
    }

    fn columns(&mut self, place: &str, columns: &Table<'_>, mapped: &mut MappedSheet) {
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
        for (header, item) in columns.entries() {
            let place = format!("{place}.\"{}\"", header.name);
            let Some(wanted) = item.as_str().map(str::trim) else {
                self.tell(
                    item.span().start as usize,
                    &place,
                    Text::fixed("应为加引号的键", "should be a key in quotes"),
                    Text::fixed(
                        "写成\"filed\"这样；不读的列写\"\"",
                        "write it as \"filed\"; for a column to be left out write \"\"",
                    ),
                );
                continue;
            };
            let is = |column: &&&'static Column| column.field == wanted || column.key() == wanted;
            let target = match known.iter().find(is) {
                _ if wanted.is_empty() => Target::Nothing,
                Some(column) => Target::Column(column),
                None => {
                    let keys: Vec<&str> = known.iter().map(|column| column.key()).collect();
                    self.unknown(item.span(), &place, wanted, &keys);
                    continue;
                }
            };
            mapped.columns.push((plain_name(header.name), target));
        }
    }
}

/// A line whose Chinese names have no quotes, or Chinese ones, with the right ones.
fn in_quotes(line: &str) -> Option<String> {
    let bare = |part: &str| !part.is_ascii() && !part.contains(['"', '\'']);
    let quoted = |part: &str| match part.trim() {
        part if bare(part) => format!("\"{}\"", part.trim_matches(['“', '”', '‘', '’'])),
        part => part.to_owned(),
    };
    let line = line.trim();
    if line.starts_with('#') {
        return None;
    }
    let (name, right) = match line.strip_prefix('[') {
        Some(header) => {
            let name = header.split(']').next().unwrap_or_default();
            let parts: Vec<String> = name.split('.').map(quoted).collect();
            (name, format!("[{}]", parts.join(".")))
        }
        None => {
            let (key, value) = line.split_once('=')?;
            let value = value.trim().replace(['“', '”'], "\"");
            (key, format!("{} = {value}", quoted(key)))
        }
    };
    bare(name).then_some(right)
}

#[cfg(test)]
mod tests;
