//! What can be wrong with a file before its content is looked at. The reader reports these itself.

pub mod bad_value;
pub mod encoding;
pub mod missing_key;
pub mod quoted_date;
pub mod syntax;
pub mod too_large;
pub mod unknown_key;
pub mod unreadable;
pub mod wrong_type;

use super::Family;
use crate::lang::Text;

/// Files that cannot be read as they should be.
pub const FAMILY: Family = Family {
    name: "file",
    letter: 'F',
    title: Text::fixed("文件", "files"),
};
