//! What a key holds, by its name: so that a wrong value is answered with the right one at once.

/// What is written after a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Date,
    Number,
    Bool,
    /// Anything else that a table knows.
    Text,
    /// No table has the key.
    Unknown,
}

const DATES: [&str; 22] = [
    "special_meeting",
    "adopted",
    "filed",
    "received",
    "revised",
    "due",
    "closed",
    "done",
    "date",
    "planned",
    "held",
    "printed",
    "valid_until",
    "repealed",
    "start",
    "end",
    "from",
    "to",
    "until",
    "since",
    "applied",
    "approved",
];

const NUMBERS: [&str; 7] = [
    "key",
    "participants",
    "year",
    "expected",
    "present",
    "due_soon_days",
    "at_least",
];

impl Kind {
    pub(super) fn of(key: &str) -> Kind {
        match key {
            _ if DATES.contains(&key) => Kind::Date,
            _ if NUMBERS.contains(&key) => Kind::Number,
            "reviews_campaign" => Kind::Bool,
            _ if crate::plan::is_key(key) => Kind::Text,
            _ => Kind::Unknown,
        }
    }
}
