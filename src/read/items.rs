//! How each kind of value is read.

use smol_str::SmolStr;
use thin_vec::ThinVec;
use toml_spanner::{Item, Value};

use super::{FromItem, Reader, certain, record, shortened};
use crate::calendar::Date;
use crate::field::Shape;
use crate::lang::Text;
use crate::number::Number;
use crate::plan::{Evidence, TimeLimit};
use crate::text;

impl<'de, T: FromItem<'de>> FromItem<'de> for Option<T> {
    fn from_item(item: &Item<'de>, reader: &mut Reader<'de>) -> Option<Self> {
        T::from_item(item, reader).map(Some)
    }
}

impl<'de, T: FromItem<'de> + Default> FromItem<'de> for Vec<T> {
    /// Keeps every element at its index; one that cannot be read is left empty and is in `unreadable`.
    fn from_item(item: &Item<'de>, reader: &mut Reader<'de>) -> Option<Self> {
        let Some(array) = item.as_array() else {
            let path = reader.path();
            let fix = if item.as_table().is_some() {
                text!(
                    "表头改为[[{path}]]，两层方括号",
                    "write the header with two brackets: [[{path}]]"
                )
            } else {
                let (key, source) = (reader.key(), shortened(reader.source(item.span())));
                text!("写成{key} = [{source}]", "write {key} = [{source}]")
            };
            reader.wrong_type(item, Text::fixed("列表", "a list"), fix);
            return None;
        };
        let read = |(index, item)| {
            reader
                .under(index, |reader| T::from_item(item, reader))
                .unwrap_or_default()
        };
        Some(array.iter().enumerate().map(read).collect())
    }
}

impl<'de> FromItem<'de> for &'de str {
    fn from_item(item: &Item<'de>, reader: &mut Reader<'de>) -> Option<Self> {
        reader.string(item)
    }
}

impl<'de> FromItem<'de> for Number<'de> {
    fn from_item(item: &Item<'de>, reader: &mut Reader<'de>) -> Option<Self> {
        reader.string(item).map(Number::new)
    }
}

impl<'de> FromItem<'de> for String {
    fn from_item(item: &Item<'de>, reader: &mut Reader<'de>) -> Option<Self> {
        reader.string(item).map(str::to_owned)
    }
}

impl<'de> FromItem<'de> for Box<str> {
    fn from_item(item: &Item<'de>, reader: &mut Reader<'de>) -> Option<Self> {
        reader.string(item).map(Box::from)
    }
}

impl<'de> FromItem<'de> for SmolStr {
    fn from_item(item: &Item<'de>, reader: &mut Reader<'de>) -> Option<Self> {
        reader.string(item).map(SmolStr::new)
    }
}

impl<'de, T: FromItem<'de>> FromItem<'de> for Box<T> {
    fn from_item(item: &Item<'de>, reader: &mut Reader<'de>) -> Option<Self> {
        T::from_item(item, reader).map(Box::new)
    }
}

impl<'de, T: FromItem<'de> + Default> FromItem<'de> for ThinVec<T> {
    fn from_item(item: &Item<'de>, reader: &mut Reader<'de>) -> Option<Self> {
        Vec::from_item(item, reader).map(ThinVec::from)
    }
}

impl<'de> FromItem<'de> for bool {
    fn from_item(item: &Item<'de>, reader: &mut Reader<'de>) -> Option<Self> {
        let value = item.as_bool();
        if value.is_none() {
            let fix = Text::fixed(
                "写true（是）或false（否），不加引号",
                "write true or false, without quotes",
            );
            let meant = item.as_str().and_then(certain::truth);
            let meant = meant.map(|meant| meant.to_string());
            reader.wrong_type_for(
                item,
                Text::fixed("true或false", "true or false"),
                fix,
                meant,
            );
        }
        value
    }
}

impl<'de> FromItem<'de> for u32 {
    fn from_item(item: &Item<'de>, reader: &mut Reader<'de>) -> Option<Self> {
        reader
            .number(item, Shape::COUNT)
            .and_then(|n| u32::try_from(n).ok())
    }
}

impl<'de> FromItem<'de> for i32 {
    fn from_item(item: &Item<'de>, reader: &mut Reader<'de>) -> Option<Self> {
        reader
            .number(item, Shape::YEAR)
            .and_then(|n| i32::try_from(n).ok())
    }
}

impl<'de> FromItem<'de> for f64 {
    fn from_item(item: &Item<'de>, reader: &mut Reader<'de>) -> Option<Self> {
        let value = item.as_f64().filter(|value| value.is_finite());
        if value.is_none() {
            let fix = Text::fixed("写小数，例如0.85", "write a decimal number such as 0.85");
            reader.wrong_type(item, Text::fixed("小数", "a decimal number"), fix);
        }
        value
    }
}

impl<'de> FromItem<'de> for Date {
    fn from_item(item: &Item<'de>, reader: &mut Reader<'de>) -> Option<Self> {
        reader.date(item)
    }
}

impl<'de> FromItem<'de> for TimeLimit {
    fn from_item(item: &Item<'de>, reader: &mut Reader<'de>) -> Option<Self> {
        match item.as_str().map(str::trim) {
            Some(word) if TimeLimit::WORDS.contains(&word) => Some(TimeLimit::Standing),
            _ => reader.date(item).map(TimeLimit::Date),
        }
    }
}

impl<'de> FromItem<'de> for Evidence<'de> {
    fn from_item(item: &Item<'de>, reader: &mut Reader<'de>) -> Option<Self> {
        if let Value::String(file) = item.value() {
            return Some(Evidence { file, sha256: None });
        }
        EvidenceTable::from_item(item, reader).map(|table| Evidence {
            file: table.file,
            sha256: table.sha256,
        })
    }
}

record! {
    /// 佐证材料 with its checksum.
    pub struct EvidenceTable<'a> {
        /// 文件路径，从campaign.toml所在文件夹算起，用“/”隔开。
        /// Path of the file from the folder of campaign.toml, with `/`.
        file: &'a str = required,
        /// 文件的SHA-256校验值，64位十六进制数。
        /// SHA-256 of the file, 64 hexadecimal digits.
        sha256: Option<&'a str>,
    }
}
