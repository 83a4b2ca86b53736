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
