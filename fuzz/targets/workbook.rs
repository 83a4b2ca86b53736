//! Any bytes as a workbook, any cells in one, and any text as a mapping file: they are read without a panic, what was
//! filled in becomes a plan file that is TOML, and every mistake of a mapping has its line and words.

#![no_main]

use duban::calendar;
use duban::form::SHEETS;
use duban::import::book::{self, Book, Cell, Grid};
use duban::import::map::{Map, Mistake};
use duban::import::{self, Reading, merge};
use libfuzzer_sys::fuzz_target;
use toml_spanner::Arena;

fuzz_target!(|bytes: &[u8]| {
    let Some((mode, bytes)) = bytes.split_first() else {
        return;
    };
    if let Ok(text) = std::str::from_utf8(bytes) {
        mapping(text);
    }
    let book = match (mode % 2, std::str::from_utf8(bytes)) {
        (1, Ok(text)) => typed(text),
        _ => match book::read("填报表.xlsx", bytes) {
            Ok(book) => book,
            Err(refusal) => {
                assert!(!refusal.0.is_empty() && !refusal.1.is_empty());
                return;
            }
        },
    };
    let map = Map::default();
    let how = Reading {
        campaign: duban_fuzz::campaign(),
        map: &map,
        skip_unknown: mode & 2 != 0,
    };
    let imported = import::read(&[book], &how);
    for (place, filled) in &imported.units {
        let unit = &duban_fuzz::campaign().unit[*place];
        let start = format!("[unit]\ncode = {:?}\nname = {:?}\n", unit.code, unit.name);
        let Ok(merged) = merge::merge(&start, filled) else {
            continue;
        };
        let arena = Arena::new();
        let read = toml_spanner::parse_recoverable(&merged.text, &arena);
        assert!(read.errors().is_empty(), "{}", merged.text);
        let again = merge::merge(&merged.text, filled);
        if let Ok(again) = again {
            assert_eq!(again.text, merged.text, "merging twice changes nothing");
        }
    }
});

fn mapping(text: &str) {
    let Err(mistakes) = Map::read(text) else {
        return;
    };
    assert!(!mistakes.is_empty());
    let lines = text.matches('\n').count() + 1;
    for Mistake {
        line, message, fix, ..
    } in mistakes
    {
        assert!((1..=lines).contains(&line), "{line} of {lines}");
        assert!(!message.is_empty() && !fix.is_empty());
    }
}

/// A workbook that is typed: a line a row, a tab between cells, a form feed between sheets.
fn typed(text: &str) -> Book {
    let sheets = text.split('\u{c}').take(8).enumerate();
    let sheets = sheets.map(|(number, sheet)| {
        let lines = sheet.lines().take(64);
        let mut grid = Grid {
            name: SHEETS[number % SHEETS.len()].name.zh().to_owned(),
            ..Grid::default()
        };
        for (row, line) in (0..).zip(lines) {
            for (column, written) in (0..).zip(line.split('\t').take(16)) {
                if let Some(cell) = cell(written) {
                    grid.cells.insert((row, column), cell);
                }
            }
        }
        grid
    });
    Book {
        name: "填报表.xlsx".to_owned(),
        sheets: sheets.collect(),
    }
}

fn cell(written: &str) -> Option<Cell> {
    if written.trim().is_empty() {
        return None;
    }
    let cell = match written.split_at_checked(1) {
        Some(("#", number)) if number.parse::<f64>().is_ok() => Cell::Number(number.parse().ok()?),
        Some(("@", date)) if calendar::read(date).is_some() => Cell::Date(calendar::read(date)?),
        Some(("!", error)) => Cell::Error(error.to_owned()),
        Some(("=", _)) => Cell::Formula,
        _ => Cell::Text(written.to_owned()),
    };
    Some(cell)
}
