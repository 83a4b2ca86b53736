//! A field of a plan, small: a ledger may have a million cells, each with the field that it hangs on.

use std::fmt;

use super::TABLES;
use crate::finding::{FieldPath, Step};

/// A field of a plan as the ledger remembers it, made into a [`FieldPath`] only for a finding. [`at!`](crate::at) looks
/// the names up while the program is built, so that a misspelt one is an error there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct FieldAt {
    /// The table or list, by its place among all, or [`WHOLE`] for the file.
    table: u8,
    /// The key, by its place in the table, or [`WHOLE`] for the table or element.
    key: u8,
    /// The element of a list, or [`NO_LIST`].
    index: u32,
}

/// No part of it.
const WHOLE: u8 = u8::MAX;

/// No element: a plan file is too small for four thousand million of them.
const NO_LIST: u32 = u32::MAX;

impl Default for FieldAt {
    /// The file as a whole.
    fn default() -> FieldAt {
        FieldAt {
            table: WHOLE,
            key: WHOLE,
            index: NO_LIST,
        }
    }
}

impl FieldAt {
    /// A table or list as a whole.
    pub const fn table(table: &str) -> FieldAt {
        let mut number = 0;
        while !same(TABLES[number].0, table) {
            number += 1;
        }
        FieldAt {
            table: number as u8,
            key: WHOLE,
            index: NO_LIST,
        }
    }

    /// A key of a table, or of a list's elements.
    pub const fn key(table: &str, key: &str) -> FieldAt {
        let at = FieldAt::table(table);
        let keys = TABLES[at.table as usize].1;
        let mut number = 0;
        while !same(keys[number], key) {
            number += 1;
        }
        FieldAt {
            key: number as u8,
            ..at
        }
    }

    /// The same in an element of the list.
    pub const fn of(self, index: usize) -> FieldAt {
        FieldAt {
            index: index as u32,
            ..self
        }
    }

    /// Whether it has the key of another, in whichever elements.
    pub fn has_key_of(self, other: FieldAt) -> bool {
        (self.table, self.key) == (other.table, other.key)
    }

    /// The path.
    pub fn path(self) -> FieldPath {
        let (table, keys) = match TABLES.get(usize::from(self.table)) {
            Some((table, keys)) => (Some(*table), *keys),
            None => (None, &[][..]),
        };
        let index = (self.index != NO_LIST).then_some(Step::Index(self.index as usize));
        let key = keys.get(usize::from(self.key));
        let steps = [
            table.map(Step::from),
            index,
            key.map(|key| Step::from(*key)),
        ];
        FieldPath(steps.into_iter().flatten().collect())
    }
}

impl fmt::Debug for FieldAt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path())
    }
}

/// Whether two names are the same, while the program is built.
const fn same(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut at = 0;
    while at < one.len() && at < other.len() && one[at] == other[at] {
        at += 1;
    }
    at == one.len() && at == other.len()
}

/// A field of a plan, as a [`FieldAt`]: `at!["meeting", index, "held"]`, or without the element, or without the key.
#[macro_export]
macro_rules! at {
    ($table:literal $(,)?) => {
        const { $crate::plan::FieldAt::table($table) }
    };
    ($table:literal, $key:literal $(,)?) => {
        const { $crate::plan::FieldAt::key($table, $key) }
    };
    ($table:literal, $index:expr, $key:literal $(,)?) => {
        const { $crate::plan::FieldAt::key($table, $key) }.of($index)
    };
}

#[cfg(test)]
mod tests {
    use super::{FieldAt, same};

    #[test]
    fn a_field_is_the_path_that_it_was_made_of() {
        assert_eq!(
            at!["meeting", 2, "held"].path(),
            crate::path!["meeting", 2, "held"]
        );
        assert_eq!(at!["plan", "filed"].path(), crate::path!["plan", "filed"]);
        assert_eq!(at!["outcome"].path(), crate::path!["outcome"]);
        assert_eq!(at!["problem"].of(0).path(), crate::path!["problem", 0]);
        assert_eq!(FieldAt::default().path(), crate::path![]);
    }

    #[test]
    fn a_key_is_the_same_in_whichever_element() {
        assert!(at!["problem", 2, "owner"].has_key_of(at!["problem", "owner"]));
        assert!(!at!["problem", "owner"].has_key_of(at!["problem", "due"]));
        assert!(!at!["plan", "title"].has_key_of(at!["outcome", "title"]));
        assert_eq!(
            format!("{:?}", at!["meeting", 0, "held"]),
            "meeting[0].held"
        );
    }

    #[test]
    fn a_name_is_not_the_beginning_of_another() {
        assert!(same("due", "due") && same("", ""));
        assert!(!same("due", "dues") && !same("dues", "due") && !same("due", "dub"));
    }
}
