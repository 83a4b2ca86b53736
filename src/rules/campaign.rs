//! The rule book itself: what in it is void, ended or dead. What makes it unusable is an error of its own.

pub mod dead_entry;
pub mod exemption_ended;
pub mod exemption_void;
pub mod extension_void;

use super::Family;
use crate::lang::Text;

/// The rule book itself: what in it is void, ended or dead. What makes it unusable is an error of its own.
pub const FAMILY: Family = Family {
    name: "campaign",
    letter: 'C',
    title: Text::fixed("活动规则", "rule book"),
};
