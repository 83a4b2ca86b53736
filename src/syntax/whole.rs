//! A syntax error often hides the next one on its line: a list in full-width quotes has full-width commas too.
//! A repair of one sign is worth nothing then, so it is followed through until the whole statement can be
//! read, and offered as one edit; where that does not come about there is none.

use std::ops::Range;

use toml_spanner::{Arena, Item, Table, parse_recoverable};

use super::{Of, Statement, headers, line_of, statement, statement_end, wording};
use crate::finding::{Draft, Edit, FieldPath, Step};

/// No statement needs more repairs.
const STEPS: usize = 100;

/// Longer statements are left to their writers.
const MAX_BYTES: usize = 8 * 1024;

/// A repair after which a statement can be read, and the field that it is about then.
pub(super) struct Repaired {
    pub edit: Edit,
    pub field: FieldPath,
    /// Whether it is a header of one of several, which may stand again.
    pub of_list: bool,
}

/// Follows a repair through. There is none if what can be read then stands in the file already.
pub(super) fn repaired(
    of: Of,
    text: &str,
    root: &Table<'_>,
    broken: &Statement<'_>,
    first: &Edit,
) -> Option<Repaired> {
    let start = broken.line.start;
    let line = line_of(text, start);
    let whole = start..statement_end(text, start).max(line.end);
    let table = match broken.is_header {
        true => FieldPath::root(),
        false => broken.table.clone(),
    };
    [line, whole]
        .into_iter()
        .find_map(|range| followed(of, text, root, range, first, &table))
}

fn followed(
    of: Of,
    text: &str,
    root: &Table<'_>,
    range: Range<usize>,
    first: &Edit,
    table: &FieldPath,
) -> Option<Repaired> {
    if range.len() > MAX_BYTES || first.span.start < range.start || first.span.end > range.end {
        return None;
    }
    let before = text.get(range.clone())?;
    let mut now = before.to_owned();
    let mut next = Edit {
        span: first.span.start - range.start..first.span.end - range.start,
        text: first.text.clone(),
    };
    for step in 0..STEPS {
        // What is right already fails for another reason.
        now.get(next.span.clone())
            .filter(|written| *written != next.text)?;
        now.replace_range(next.span, &next.text);
        let arena = Arena::new();
        let document = parse_recoverable(&now, &arena);
        let Some(error) = document.errors().first() else {
            let mut entries = document.table().entries().iter();
            let (key, item) = entries.next().filter(|_| entries.next().is_none())?;
            let of_list = item
                .as_array()
                .is_some_and(|list| list.get(0).is_some_and(|e| e.as_table().is_some()))
                && before.trim_start().starts_with(super::BRACKETS);
            let field = table.then(key.name.to_owned());
            let edit = match step {
                0 => first.clone(),
                _ => difference(before, &now, range.start),
            };
            let more_of_it = |item: &Item<'_>| of_list && item.as_array().is_some();
            let stands = find(root, &field).is_some_and(|item| !more_of_it(item));
            return (!stands).then_some(Repaired {
                edit,
                field,
                of_list,
            });
        };
        let broken = statement(of, &now, &headers(document.table()), error);
        next = wording::draft(&now, &broken).edit?;
    }
    None
}

/// Takes the repairs away of two statements that would say the same field twice.
pub(super) fn one_of_each(drafts: &mut [Draft], fields: &[(usize, FieldPath)]) {
    for (index, field) in fields {
        if fields.iter().filter(|(_, other)| other == field).count() > 1 {
            drafts[*index].edit = None;
        }
    }
}

/// One edit that makes one text of another, as small as can be.
fn difference(before: &str, after: &str, at: usize) -> Edit {
    let mut start = before
        .bytes()
        .zip(after.bytes())
        .take_while(|(a, b)| a == b)
        .count();
    while !before.is_char_boundary(start) {
        start -= 1;
    }
    let most = before.len().min(after.len()) - start;
    let ends = before.bytes().rev().zip(after.bytes().rev());
    let mut end = ends.take(most).take_while(|(a, b)| a == b).count();
    while !before.is_char_boundary(before.len() - end) {
        end -= 1;
    }
    Edit {
        span: at + start..at + before.len() - end,
        text: after[start..after.len() - end].to_owned(),
    }
}

fn find<'i>(root: &'i Table<'i>, field: &FieldPath) -> Option<&'i Item<'i>> {
    let (first, rest) = field.0.split_first()?;
    let Step::Key(key) = first else { return None };
    let mut item = root.get(key)?;
    for step in rest {
        item = match step {
            Step::Key(key) => item.as_table()?.get(key)?,
            Step::Index(index) => item.as_array()?.get(*index)?,
        };
    }
    Some(item)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_is_as_small_as_can_be_and_cuts_no_character() {
        let cases = [
            ("a = “甲”", "a = \"甲\"", (4..13, "\"甲\"")),
            ("甲乙", "甲丙", (3..6, "丙")),
            ("aa", "aaa", (2..2, "a")),
            ("aaa", "aa", (2..3, "")),
            ("“", "”", (0..3, "”")),
            ("a = 甲乙 # 乙", "a = 丙乙 # 乙", (4..7, "丙")),
            ("甲（1）", "甲［1）", (3..6, "［")),
            ("é", "©", (0..2, "©")),
        ];
        for (before, after, (span, text)) in cases {
            let edit = difference(before, after, 10);
            assert_eq!(edit.span, span.start + 10..span.end + 10, "{before}");
            assert_eq!(edit.text, text, "{before}");
        }
    }
}
