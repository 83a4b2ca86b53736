//! The records of an `.xls` workbook, before anybody reads them: how far apart its cells are and how large a sheet it
//! claims to have. A reader makes room for all that lies between.

use std::io::{Cursor, Read};

/// So many cells may lie between the first and the last of all sheets.
const MAX_AREA: u64 = 8_000_000;

/// Whether the sheets are of a size that can be read; `None` when this is no workbook.
pub(super) fn fit(bytes: &[u8]) -> Option<bool> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).ok()?;
    let name = ["/Workbook", "/Book"]
        .into_iter()
        .find(|name| file.is_stream(name))?;
    let mut stream = Vec::new();
    let limit = bytes.len() as u64;
    file.open_stream(name)
        .ok()?
        .take(limit)
        .read_to_end(&mut stream)
        .ok()?;
    Some(areas(&stream) <= MAX_AREA)
}

/// The cells between the first and the last, of every sheet, and those that it claims to have.
fn areas(stream: &[u8]) -> u64 {
    let (mut total, mut sheet) = (0_u64, Area::default());
    let mut rest = stream;
    while let Some((head, tail)) = rest.split_first_chunk::<4>() {
        let kind = u16::from_le_bytes([head[0], head[1]]);
        let length = usize::from(u16::from_le_bytes([head[2], head[3]]));
        let (data, next) = tail.split_at(length.min(tail.len()));
        rest = next;
        match kind {
            // The beginning and the end of a sheet.
            0x0809 | 0x000A => total = total.saturating_add(std::mem::take(&mut sheet).size()),
            0x0200 => total = total.saturating_add(claimed(data)),
            0x0203 | 0x0204 | 0x00D6 | 0x0205 | 0x027E | 0x00FD | 0x00BD | 0x0006 => {
                sheet.see(kind, data)
            }
            _ => {}
        }
    }
    total.saturating_add(sheet.size())
}

/// What the record of a sheet's size says. Older files have short rows, newer ones long.
fn claimed(data: &[u8]) -> u64 {
    let short = |at: usize| {
        data.get(at..at + 2)
            .map_or(0, |b| u64::from(u16::from_le_bytes([b[0], b[1]])))
    };
    let long = |at: usize| short(at) | short(at + 2) << 16;
    let (rows, columns) = match data.len() {
        ..14 => (
            short(2).wrapping_sub(short(0)),
            short(6).wrapping_sub(short(4)),
        ),
        _ => (
            long(4).wrapping_sub(long(0)),
            short(10).wrapping_sub(short(8)),
        ),
    };
    // A size below nought is as wrong as one that is too large.
    rows.saturating_mul(columns)
}

#[derive(Default)]
struct Area {
    rows: Option<(u16, u16)>,
    columns: (u16, u16),
}

impl Area {
    fn see(&mut self, kind: u16, data: &[u8]) {
        let [a, b, c, d, ..] = *data else {
            return;
        };
        let (row, first) = (u16::from_le_bytes([a, b]), u16::from_le_bytes([c, d]));
        let (top, bottom) = self.rows.unwrap_or((row, row));
        let (left, right) = if self.rows.is_some() {
            self.columns
        } else {
            (first, first)
        };
        self.rows = Some((top.min(row), bottom.max(row)));
        // One record holds a run of numbers, six bytes each.
        let run = if kind == 0x00BD { data.len() / 6 } else { 0 };
        let last = first.saturating_add(u16::try_from(run).unwrap_or(u16::MAX));
        self.columns = (left.min(first), right.max(last));
    }

    fn size(&self) -> u64 {
        let span = |(first, last): (u16, u16)| u64::from(last - first) + 1;
        self.rows.map_or(0, |rows| span(rows) * span(self.columns))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let length = data.len() as u16;
        [&kind.to_le_bytes(), &length.to_le_bytes(), data].concat()
    }

    fn number(row: u16, column: u16) -> Vec<u8> {
        let mut data = [row.to_le_bytes(), column.to_le_bytes()].concat();
        data.resize(14, 0);
        record(0x0203, &data)
    }

    #[test]
    fn cells_far_apart_and_sizes_that_are_claimed_are_counted() {
        let begin = record(0x0809, &[0; 16]);
        let near = [begin.clone(), number(0, 0), number(9, 4)].concat();
        assert_eq!(areas(&near), 50);
        let far = [begin.clone(), number(0, 0), number(65_535, 255)].concat();
        assert!(areas(&far) > MAX_AREA);
        // Rows from 0 to four thousand million, columns from 0 to 256.
        let claim = [
            0_u32.to_le_bytes(),
            4_000_000_000_u32.to_le_bytes(),
            [0, 0, 0, 1],
            [0; 4],
        ];
        let claim = [begin, record(0x0200, &claim.concat()[..14])].concat();
        assert!(areas(&claim) > MAX_AREA);
    }

    #[test]
    fn sheets_are_counted_each_by_itself_and_from_their_first_cell_on() {
        let (begin, end) = (record(0x0809, &[0; 16]), record(0x000A, &[]));
        let sheet = |cells: Vec<u8>| [&*begin, &cells, &end].concat();
        let two = [sheet(number(0, 0)), sheet(number(65_535, 255))].concat();
        assert_eq!(areas(&two), 2);
        let inside = sheet([number(7, 5), number(9, 6)].concat());
        assert_eq!(areas(&inside), 6);
    }

    #[test]
    fn the_size_that_an_older_file_claims_and_a_run_of_numbers_are_counted_too() {
        // Rows from 10 to 110, columns from 2 to 7.
        let claim = record(0x0200, &[10, 0, 110, 0, 2, 0, 7, 0, 0, 0]);
        assert_eq!(areas(&claim), 500);
        let mut run = vec![3, 0, 2, 0];
        run.resize(4 + 6 * 40 + 2, 0);
        let counted = areas(&record(0x00BD, &run));
        assert!((40..=42).contains(&counted), "{counted}");
    }

    #[test]
    fn a_file_fits_by_its_records_and_what_has_none_is_no_workbook() {
        let file = |name: &str, stream: &[u8]| {
            let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
            let mut part = file.create_stream(name).unwrap();
            std::io::Write::write_all(&mut part, stream).unwrap();
            drop(part);
            file.into_inner().into_inner()
        };
        let (near, far) = (number(9, 4), [number(0, 0), number(65_535, 255)].concat());
        assert_eq!(fit(&file("/Workbook", &near)), Some(true));
        assert_eq!(fit(&file("/Book", &far)), Some(false));
        assert_eq!(fit(&file("/WordDocument", &near)), None);
        assert_eq!(fit(b"[unit]"), None);
    }
}
