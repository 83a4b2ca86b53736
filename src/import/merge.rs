//! Values into a plan file that is there. Comments, order and layout stay; what the workbook does not mention stays
//! too. A row belongs to the element that says the same of what cannot be two things at once, else it is a new one.

use toml_edit::{ArrayOfTables, DocumentMut, InlineTable, Item, Table, TableLike, Value as Toml};

use crate::field::Shape;
use crate::form::{Column, Filled, Record, SHEETS, Value};
use crate::lang::Text;
use crate::plan::TimeLimit;
use crate::text;

/// A file with the values in it.
#[derive(Debug)]
pub struct Merged {
    /// Its text.
    pub text: String,
    /// What is worth knowing.
    pub notes: Vec<Text>,
}

/// What tells one element of a list from another, the surest first.
const SAME: &[(&str, &[&[&str]])] = &[
    ("problem", &[&["text", "subject", "member"], &["text"]]),
    ("measure", &[&["text", "key"], &["text"]]),
    ("activity", &[&["kind", "date", "text"], &["kind", "date"]]),
    (
        "meeting",
        &[
            &["kind", "branch", "held"],
            &["kind", "branch", "planned"],
            &["kind", "branch"],
        ],
    ),
    ("outcome", &[&["title", "document_number"], &["title"]]),
];

/// Puts values into the text of a plan file; or what keeps it from being done, and what to do.
pub fn merge(text: &str, filled: &Filled) -> Result<Merged, (Text, Text)> {
    let fix = || {
        Text::fixed(
            "先用duban check检查并改好这个文件",
            "put the file right first; duban check tells what is wrong",
        )
    };
    let mut document: DocumentMut = text.parse().map_err(|_| {
        (
            Text::fixed(
                "这个文件不合TOML格式，不能并入",
                "the file is not TOML; nothing can be merged into it",
            ),
            fix(),
        )
    })?;
    first_filing(&document, filled)?;
    let mut notes = Vec::new();
    for table in ["unit"]
        .into_iter()
        .chain(SHEETS.iter().map(|sheet| sheet.table))
    {
        let records: Vec<&Record> = filled.of(table).collect();
        if records.is_empty() {
            continue;
        }
        let several = !matches!(table, "unit" | "plan" | "summary");
        let done = match several {
            false => single(&mut document, table, &records),
            true => list(&mut document, table, &records, &mut notes),
        };
        if done.is_none() {
            let wrong = text!(
                "[{table}]的写法不能并入",
                "[{table}] is written in a way that nothing can be merged into"
            );
            return Err((wrong, fix()));
        }
    }
    let mut merged = document.to_string();
    if text.contains("\r\n") {
        // What was added ends its lines like the rest.
        merged = merged.replace("\r\n", "\n").replace('\n', "\r\n");
    }
    Ok(Merged {
        text: merged,
        notes,
    })
}

/// The first filing is on record for good: another day in the workbook is that of a later version, or a mistake.
fn first_filing(document: &DocumentMut, filled: &Filled) -> Result<(), (Text, Text)> {
    let there = document.get("plan").and_then(|plan| plan.get("filed"));
    let there = there.and_then(Item::as_value);
    let new = filled
        .of("plan")
        .find_map(|record| record.0.iter().find(|(column, _)| column.key() == "filed"));
    match there.zip(new) {
        Some((there, (column, value))) if !same(there, column, value) => {
            let (there, new) = (there.clone().decorated("", ""), value.toml());
            let message = text!(
                "首次报送日期已登记为{there}，表中却是{new}",
                "the first filing is on record as {there}, but the workbook says {new}"
            );
            let fix = Text::fixed(
                "首次报送日期不改；以后的版本填“修订日期”；登记有误的，直接改这个文件",
                "it is never changed: enter later versions under Revised; if the record is wrong, change the file itself",
            );
            Err((message, fix))
        }
        _ => Ok(()),
    }
}

fn single(document: &mut DocumentMut, table: &str, records: &[&Record]) -> Option<()> {
    if document.get(table).is_none() {
        let mut new = Table::new();
        new.decor_mut().set_prefix("\n");
        place(document, &mut new, table);
        document.insert(table, Item::Table(new));
    }
    let into = document.get_mut(table)?.as_table_like_mut()?;
    records.iter().try_for_each(|record| put(into, record))
}

/// A new table stands after those that are there, in the order of the file.
fn place(document: &DocumentMut, new: &mut Table, table: &str) {
    let order = |name: &str| SHEETS.iter().position(|sheet| sheet.table == name);
    let before = document
        .iter()
        .filter(|(name, _)| order(name) < order(table));
    let last = before.filter_map(|(_, item)| last_position(item)).max();
    if let Some(last) = last {
        new.set_position(Some(last));
    }
}

fn last_position(item: &Item) -> Option<isize> {
    match item {
        Item::Table(table) => table.position(),
        Item::ArrayOfTables(tables) => tables.iter().filter_map(Table::position).max(),
        _ => None,
    }
}

fn list(
    document: &mut DocumentMut,
    table: &str,
    records: &[&Record],
    notes: &mut Vec<Text>,
) -> Option<()> {
    if document.get(table).is_none() {
        document.insert(table, Item::ArrayOfTables(ArrayOfTables::new()));
    }
    let mut fresh = Table::new();
    fresh.decor_mut().set_prefix("\n");
    place(document, &mut fresh, table);
    let list = document.get_mut(table)?.as_array_of_tables_mut()?;
    let there = list.len();
    let of = partners(list, table, records);
    for (record, partner) in records.iter().zip(&of) {
        match partner {
            Some(at) => put(list.get_mut(*at)?, record)?,
            None => {
                let mut new = fresh.clone();
                if let Some(last) = list.iter().filter_map(Table::position).max() {
                    new.set_position(Some(last));
                }
                put(&mut new, record)?;
                list.push(new);
            }
        }
    }
    let kept = (0..there).filter(|at| !of.contains(&Some(*at))).count();
    if kept > 0 {
        notes.push(text!(
            "[[{table}]]有{kept}段表中没有，保持原样",
            "{kept} of [[{table}]] are not in the workbook; they stay as they are"
        ));
    }
    Some(())
}

/// The element that each record belongs to.
fn partners(list: &ArrayOfTables, table: &str, records: &[&Record]) -> Vec<Option<usize>> {
    let mut of: Vec<Option<usize>> = vec![None; records.len()];
    let levels = SAME.iter().find(|(name, _)| *name == table);
    for keys in levels.map_or(&[][..], |(_, levels)| levels) {
        for (number, record) in records.iter().enumerate() {
            if of[number].is_some() {
                continue;
            }
            let alike = |(_, element): &(usize, &Table)| {
                // A meeting that was held is another meeting than one held on another day.
                let other_day = table == "meeting"
                    && element.contains_key("held")
                    && record.get("held").is_some();
                let days_matter = keys.contains(&"held");
                keys.iter().all(|key| agrees(element, record, key)) && (days_matter || !other_day)
            };
            let free = |(at, _): &(usize, &Table)| !of.contains(&Some(*at));
            let found = list.iter().enumerate().filter(free).find(alike);
            of[number] = found.map(|(at, _)| at);
        }
    }
    of
}

fn agrees(element: &Table, record: &Record, key: &str) -> bool {
    let column = record.0.iter().find(|(column, _)| column.key() == key);
    match (element.get(key).and_then(Item::as_value), column) {
        (None, None) => true,
        (Some(there), Some((column, value))) => same(there, column, value),
        _ => false,
    }
}

/// Puts a record's values into a table; those that say the same already stay as they are written.
fn put(table: &mut dyn TableLike, record: &Record) -> Option<()> {
    for (column, value) in &record.0 {
        match column.key().split_once('.') {
            None => set(table, column.key(), column, value)?,
            Some((outer, key)) => {
                if table.get(outer).is_none() {
                    table.insert(outer, Item::Value(Toml::InlineTable(InlineTable::new())));
                }
                set(
                    table.get_mut(outer)?.as_table_like_mut()?,
                    key,
                    column,
                    value,
                )?;
            }
        }
    }
    Some(())
}

fn set(table: &mut dyn TableLike, key: &str, column: &Column, value: &Value) -> Option<()> {
    let mut new: Toml = value.toml().parse().ok()?;
    match table.get_mut(key) {
        Some(item) => {
            let there = item.as_value_mut()?;
            if !same(there, column, value) {
                *new.decor_mut() = there.decor().clone();
                *there = new;
            }
        }
        None => _ = table.insert(key, Item::Value(new)),
    }
    Some(())
}

/// Whether a value of the file says what a value of the workbook says.
fn same(there: &Toml, column: &Column, value: &Value) -> bool {
    same_shape(there, &column.shape(), value)
}

fn same_shape(there: &Toml, shape: &Shape, value: &Value) -> bool {
    match (there, value) {
        (Toml::String(text), Value::Text(other)) => {
            let text = text.value();
            match shape {
                Shape::Word(terms) => terms
                    .iter()
                    .any(|term| term.zh == other && [term.zh, term.alias].contains(&text.trim())),
                Shape::TimeLimit => TimeLimit::WORDS.contains(&text.trim()),
                _ => text == other,
            }
        }
        (Toml::Integer(number), Value::Number(other)) => number.value() == other,
        (Toml::Boolean(truth), Value::Truth(other)) => truth.value() == other,
        (Toml::Datetime(time), Value::Date(date)) => {
            let day = time.value().date;
            day.is_some_and(|day| day.to_string() == date.to_string())
        }
        (Toml::Array(array), Value::List(values)) => {
            let same = |(there, value): (&Toml, &Value)| same_shape(there, shape.element(), value);
            array.len() == values.len() && array.iter().zip(values).all(same)
        }
        // Evidence with its checksum.
        (Toml::InlineTable(table), Value::Text(file)) => {
            table.get("file").and_then(Toml::as_str) == Some(file)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests;
