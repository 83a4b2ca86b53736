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
    assert_eq!(cell(0.0, moment), Cell::Number(0.0));
    for time in [0.001, 0.5, 0.999] {
        assert_eq!(cell(time, moment), Cell::Time);
        assert_eq!(cell(time, duration), Cell::Time);
    }
}

#[test]
fn a_workbook_that_is_too_large_is_told_its_size_in_whole_megabytes() {
    let said = |size: u64| too_heavy(size).0.zh().to_owned();
    assert_eq!(said(33 << 20), "工作簿有33MB，最多读32MB");
    assert_eq!(said((33 << 20) + 1), "工作簿有34MB，最多读32MB");
}
