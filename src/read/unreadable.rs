//! What of a file is there but cannot be read.

use super::MAX_PROBLEMS;
use crate::finding::{FieldPath, Step};
use crate::plan::FieldAt;

/// The fields of a file that are there but could not be read. A milestone that hangs on one is 待核.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unreadable {
    /// Fields, or whole tables and lists when it is not certain which field is meant.
    pub paths: Vec<FieldPath>,
    /// Whether a record may have stood anywhere: the file is broken in a way that hides its structure.
    pub anywhere: bool,
}

impl Unreadable {
    /// Notes a field. Where there are many already, its whole table or list is noted: every record is asked for
    /// every path, and a file may be nothing but mistakes.
    pub fn lose(&mut self, mut field: FieldPath) {
        if self.paths.len() >= MAX_PROBLEMS {
            field.0.truncate(1);
            if self.paths.contains(&field) {
                return;
            }
        }
        self.paths.push(field);
    }

    /// Whether nothing is unreadable.
    pub fn is_empty(&self) -> bool {
        self.paths.is_empty() && !self.anywhere
    }

    /// Whether a field, or something that holds it, is unreadable.
    pub fn hits(&self, field: &FieldPath) -> bool {
        self.paths.iter().any(|path| path.leads_to(field))
    }

    /// The same by the fields that were noted one by one, so that every mistake is counted.
    pub(super) fn hits_certainly(&self, field: &FieldPath) -> bool {
        let mut each = self.paths.iter().take(MAX_PROBLEMS);
        each.any(|path| path.leads_to(field))
    }

    /// Whether a field of the ledger's is unreadable.
    pub fn field(&self, at: FieldAt) -> bool {
        !self.paths.is_empty() && self.hits(&at.path())
    }

    /// The first of some fields of the ledger's that is unreadable.
    pub fn first_of(&self, fields: impl IntoIterator<Item = FieldAt>) -> Option<FieldAt> {
        fields.into_iter().find(|at| self.field(*at))
    }

    /// Whether anything in a table or list is unreadable, or more of it may be.
    pub fn any_under(&self, table: &str) -> bool {
        let under =
            |path: &FieldPath| matches!(path.0.first(), Some(Step::Key(key)) if key == table);
        self.anywhere || self.paths.iter().any(under)
    }

    /// Whether a table or list as a whole is unreadable, so that it may hold more than was read.
    pub fn whole(&self, table: &str) -> bool {
        self.anywhere
            || self
                .paths
                .iter()
                .any(|path| matches!(&path.0[..], [Step::Key(key)] if key == table))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::path;

    #[test]
    fn something_is_unreadable_if_a_field_is_or_if_it_may_be_anywhere() {
        let empty = |paths: &[FieldPath], anywhere| {
            let paths = paths.to_vec();
            Unreadable { paths, anywhere }.is_empty()
        };
        let filed = [path!["plan", "filed"]];
        assert!(empty(&[], false));
        assert!(!empty(&filed, false) && !empty(&[], true) && !empty(&filed, true));
    }
}
