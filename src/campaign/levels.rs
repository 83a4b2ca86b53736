//! 级别: how loudly a rule speaks, as the campaign says.

use serde::Serialize;
use toml_spanner::Item;

use crate::field::{Field, See, Shape};
use crate::finding::{FieldPath, Severity};
use crate::read::{FromItem, Reader};
use crate::vocabulary::vocabulary;

vocabulary! {
    /// 级别, as `campaign.toml` writes it.
    pub enum Level {
        /// 错误
        Error = "错误" | "error" | "error",
        /// 警告
        Warning = "警告" | "warning" | "warning",
        /// 提示
        Note = "提示" | "note" | "note",
        /// 关闭
        Off = "关闭" | "off" | "off",
    }
}

impl Level {
    /// The severity, unless the rule is off.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Level::Error => Some(Severity::Error),
            Level::Warning => Some(Severity::Warning),
            Level::Note => Some(Severity::Note),
            Level::Off => None,
        }
    }
}

/// 级别: what `[levels]` says of each rule or family, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Levels(pub Vec<(String, Level)>);

impl<'de> FromItem<'de> for Levels {
    fn from_item(item: &Item<'de>, reader: &mut Reader<'de>) -> Option<Self> {
        let table = reader.table(item)?;
        let read = |(key, value): &(toml_spanner::Key<'de>, Item<'de>)| {
            let name = key.name.to_owned();
            let level = reader.under(key.name, |reader| reader.word(value))?;
            Some((name, level))
        };
        Some(Levels(table.entries().iter().filter_map(read).collect()))
    }
}

impl Field for Levels {
    const SHAPE: Shape = Shape::Opaque(&Shape::Map(&Level::SHAPE));

    fn visit<'v>(&'v self, _: &[&str], _: &mut FieldPath, _: &mut See<'_, 'v>) {}
}
