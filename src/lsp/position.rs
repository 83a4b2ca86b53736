//! Places on the wire: a line, and a column in the units that the editor and the server have agreed on.

use std::ops::Range;

use gen_lsp_types as wire;

use crate::finding::Place;

/// In what columns are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Units {
    /// Bytes of UTF-8.
    Utf8,
    /// Units of UTF-16: what is spoken when nothing was agreed.
    Utf16,
    /// Characters.
    Utf32,
}

impl Units {
    /// The first of the editor's wishes that is known.
    pub(super) fn agreed(wishes: &[wire::PositionEncodingKind]) -> Units {
        let known = wishes.iter().find_map(|wish| match wish {
            wire::PositionEncodingKind::UTF8 => Some(Units::Utf8),
            wire::PositionEncodingKind::UTF16 => Some(Units::Utf16),
            wire::PositionEncodingKind::UTF32 => Some(Units::Utf32),
            wire::PositionEncodingKind::Custom(_) => None,
        });
        known.unwrap_or(Units::Utf16)
    }

    /// The name on the wire.
    pub(super) fn name(self) -> wire::PositionEncodingKind {
        match self {
            Units::Utf8 => wire::PositionEncodingKind::UTF8,
            Units::Utf16 => wire::PositionEncodingKind::UTF16,
            Units::Utf32 => wire::PositionEncodingKind::UTF32,
        }
    }

    fn of(self, c: char) -> usize {
        match self {
            Units::Utf8 => c.len_utf8(),
            Units::Utf16 => c.len_utf16(),
            Units::Utf32 => 1,
        }
    }
}

/// A text with the beginnings of its lines, which the protocol ends at LF, CR LF and CR alike.
#[derive(Debug)]
pub(super) struct Grid<'t> {
    text: &'t str,
    starts: Vec<usize>,
    units: Units,
}

impl<'t> Grid<'t> {
    /// The lines of a text.
    pub(super) fn new(text: &'t str, units: Units) -> Grid<'t> {
        let bytes = text.as_bytes();
        let breaks = memchr::memchr2_iter(b'\n', b'\r', bytes)
            .filter(|at| bytes[*at] == b'\n' || bytes.get(at + 1) != Some(&b'\n'));
        let starts = std::iter::once(0).chain(breaks.map(|at| at + 1)).collect();
        Grid {
            text,
            starts,
            units,
        }
    }

    /// The place of a byte.
    pub(super) fn at(&self, byte: usize) -> wire::Position {
        let mut byte = byte.min(self.text.len());
        while !self.text.is_char_boundary(byte) {
            byte -= 1;
        }
        let line = self.starts.partition_point(|start| *start <= byte) - 1;
        let before = self.text[self.starts[line]..byte].chars();
        let column: usize = before.map(|c| self.units.of(c)).sum();
        wire::Position {
            line: wide(line),
            character: wide(column),
        }
    }

    /// The places of a span.
    pub(super) fn range(&self, span: Range<usize>) -> wire::Range {
        wire::Range {
            start: self.at(span.start),
            end: self.at(span.end.max(span.start)),
        }
    }

    /// The byte at a place; beyond the end of its line or of the text it is that end.
    pub(super) fn byte(&self, position: wire::Position) -> usize {
        let line = position.line as usize;
        let Some(&start) = self.starts.get(line) else {
            return self.text.len();
        };
        let end = self.starts.get(line + 1).copied();
        let line = &self.text[start..end.unwrap_or(self.text.len())];
        let (mut units, wanted) = (0, position.character as usize);
        for (at, c) in line.char_indices() {
            if units >= wanted || c == '\n' || c == '\r' {
                return start + at;
            }
            units += self.units.of(c);
        }
        start + line.len()
    }

    /// The bytes between two places.
    pub(super) fn span(&self, range: wire::Range) -> Range<usize> {
        let start = self.byte(range.start);
        start..self.byte(range.end).max(start)
    }
}

fn wide(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The bytes of a finding's place, in the text that it was found in.
pub(super) fn span_of(text: &str, place: &Place) -> Range<usize> {
    let start = byte_of(text, place.line, place.column);
    start..byte_of(text, place.end_line, place.end_column).max(start)
}

/// Lines of a place end at LF, and its columns are characters; both count from 1.
fn byte_of(text: &str, line: u32, column: u32) -> usize {
    let (line, column) = (line as usize, column as usize);
    let mut breaks = memchr::memchr_iter(b'\n', text.as_bytes());
    let start = match line {
        0 | 1 => 0,
        _ => breaks.nth(line - 2).map_or(text.len(), |at| at + 1),
    };
    let before = text[start..].chars().take(column.saturating_sub(1));
    start + before.map(char::len_utf8).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::FieldPath;
    use crate::lang::Text;
    use crate::source::Lines;

    const TEXT: &str = "甲镇 = 1\r\nb = \"\u{1F600}x\"\rc\n\n末";

    #[test]
    fn every_byte_goes_over_the_wire_and_back_in_every_unit() {
        for units in [Units::Utf8, Units::Utf16, Units::Utf32] {
            let grid = Grid::new(TEXT, units);
            for (byte, c) in TEXT.char_indices() {
                let back = grid.byte(grid.at(byte));
                // Within a line break there is only its beginning.
                let expected = if c == '\n' && TEXT[..byte].ends_with('\r') {
                    byte - 1
                } else {
                    byte
                };
                assert_eq!(back, expected, "{units:?} {byte}");
            }
            assert_eq!(grid.byte(grid.at(TEXT.len())), TEXT.len());
        }
    }

    #[test]
    fn columns_are_counted_in_the_units_agreed_on() {
        let x = TEXT.find('x').unwrap();
        let column = |units| Grid::new(TEXT, units).at(x).character;
        assert_eq!(
            [Units::Utf8, Units::Utf16, Units::Utf32].map(column),
            [9, 7, 6]
        );
        let last = Grid::new(TEXT, Units::Utf16).at(TEXT.len());
        assert_eq!((last.line, last.character), (4, 1));
    }

    #[test]
    fn a_place_beyond_the_text_is_its_end_and_one_within_a_character_is_after_it() {
        let grid = Grid::new(TEXT, Units::Utf16);
        let byte = |line, character| grid.byte(wire::Position { line, character });
        assert_eq!(byte(99, 0), TEXT.len());
        assert_eq!(byte(u32::MAX, u32::MAX), TEXT.len());
        assert_eq!(byte(0, 99), TEXT.find('\r').unwrap());
        // Half of a pair of surrogates.
        assert_eq!(byte(1, 6), TEXT.find('x').unwrap());
    }

    #[test]
    fn a_finding_s_place_gives_its_bytes_back() {
        let lines = Lines::new("a".into(), TEXT);
        for marked in ["镇", "x", "c", "末"] {
            let start = TEXT.find(marked).unwrap();
            let span = start..start + marked.len();
            let place = lines.place(span.clone(), FieldPath::root(), Text::default());
            assert_eq!(span_of(TEXT, &place), span);
        }
    }

    #[test]
    fn a_byte_in_the_midst_of_a_character_is_at_its_beginning() {
        let text = "a\n甲乙";
        let grid = Grid::new(text, Units::Utf16);
        let second = text.find('乙').unwrap();
        for byte in second..second + '乙'.len_utf8() {
            let at = grid.at(byte);
            assert_eq!((at.line, at.character), (1, 1), "{byte}");
        }
    }
}
