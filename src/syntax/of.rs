//! The kinds of file, and the headers that each may have.

use crate::campaign::Campaign;
use crate::nearest::nearest;
use crate::plan::Plan;

/// Which kind of file a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// A unit's plan file.
    Plan,
    /// `campaign.toml`.
    Campaign,
    /// A mapping file, for a workbook of an office's own.
    Mapping,
}

impl Of {
    /// A header for one thing and one for several, to show how headers are written.
    pub(super) fn example(self) -> (&'static str, &'static str) {
        match self {
            Of::Plan => ("[plan]", "[[meeting]]"),
            Of::Campaign => ("[campaign]", "[[unit]]"),
            Of::Mapping => ("[sheet.\"…\"]", "[sheet.\"…\".columns]"),
        }
    }

    /// Whether a table has exactly this name.
    pub(super) fn is_table(self, name: &str) -> bool {
        match self {
            Of::Plan => Plan::KEYS.contains(&name),
            Of::Campaign => Campaign::KEYS.contains(&name),
            Of::Mapping => name == "sheet",
        }
    }

    /// The header of the table that a name means.
    pub(super) fn header(self, name: &str) -> Option<String> {
        let (known, single) = match self {
            Of::Plan => (Plan::KEYS, &["unit", "plan", "summary"][..]),
            Of::Campaign => (Campaign::KEYS, &["campaign", "vocabulary", "levels"][..]),
            Of::Mapping => (&["sheet"][..], &["sheet"][..]),
        };
        let name = nearest(name, known.iter().copied())?;
        Some(match single.contains(&name) {
            true => format!("[{name}]"),
            false => format!("[[{name}]]"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_headers_that_are_shown_and_named_are_those_of_the_kind_of_file() {
        for (of, one, several, name, header) in [
            (Of::Plan, "[plan]", "[[meeting]]", "problem", "[[problem]]"),
            (
                Of::Campaign,
                "[campaign]",
                "[[unit]]",
                "milestone",
                "[[milestone]]",
            ),
            (
                Of::Mapping,
                "[sheet.\"…\"]",
                "[sheet.\"…\".columns]",
                "sheet",
                "[sheet]",
            ),
        ] {
            assert_eq!(of.example(), (one, several));
            assert!(of.is_table(name) && !of.is_table("sheets") && !of.is_table("prob"));
            assert_eq!(of.header(name).as_deref(), Some(header));
            assert_eq!(of.header("xyzxyz"), None);
        }
    }
}
