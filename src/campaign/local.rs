//! 自定规则: a campaign's rules of its own, as they are written. What they mean is in
//! [`crate::rules::local`].

use serde::Serialize;
use toml_spanner::{Item, Value as Toml};

use super::Level;
use crate::calendar::Date;
use crate::field::{Field, See, Shape};
use crate::finding::FieldPath;
use crate::lang::Text;
use crate::read::{FromItem, Reader, record};
use crate::vocabulary::{Category, PartyBody};

record! {
    /// 自定规则: one rule of the campaign's own.
    pub struct LocalRule {
        /// 编号：X和三位数字。
        /// Its code: X and three digits.
        id: String = required,
        /// 名称：命令行、级别和免报用它指明规则。
        /// Its name for the command line, for levels and exemptions.
        name: String = required,
        /// 级别；不写为警告。
        /// Its level; warning when it is not said.
        level: Option<Level>,
        /// 适用范围；不写则适用于所有单位。
        /// The units that it is for; all of them when it is not said.
        r#for: Scope,
        /// 要求：用哪几个参数，就是哪种要求。
        /// What is asked for; which parameters are given says which kind of requirement it is.
        require: Require = required,
        /// 说明：不合要求时怎么说。
        /// What is said of a plan that does not keep it.
        message: Words = required,
        /// 改法：怎样改正。
        /// How to put it right.
        fix: Words,
        /// 为什么：依据什么，供explain命令说明。
        /// Why it is there and on whose authority, for duban explain.
        why: Words,
    }
}

record! {
    /// 适用范围: a unit must be in each list that is given.
    pub struct Scope {
        /// 类别，属于其中之一的单位。
        /// Categories: units of one of these.
        category: Vec<Option<Category>>,
        /// 单位代码，列出的单位。
        /// Codes: these units.
        unit: Vec<String>,
        /// 党组织，属于其中之一的单位。
        /// Party bodies: units that have one of these.
        body: Vec<Option<PartyBody>>,
    }
}

record! {
    /// 要求: the parameters of all templates; which of them are given says which template it is.
    pub struct Require {
        /// 要看的字段，如plan.title。
        /// The field that is looked at, as plan.title.
        field: Option<String>,
        /// 要数的列表，如problem。
        /// The list whose elements are counted, as problem.
        count: Option<String>,
        /// 至少几个。
        /// The least number of elements.
        at_least: Option<u32>,
        /// 至多几个。
        /// The greatest number of elements.
        at_most: Option<u32>,
        /// 允许的值。
        /// The values that are allowed.
        one_of: Option<Vec<Literal>>,
        /// 文字须符合的正则表达式。
        /// The regular expression that must be found in the text.
        matches: Option<String>,
        /// 日期在前的字段，如plan.adopted。
        /// The field with the date that comes first, as plan.adopted.
        earlier: Option<String>,
        /// 日期在后的字段，如meeting.held。
        /// The field with the date that comes later, as meeting.held.
        later: Option<String>,
        /// 不得晚于哪一天。
        /// The last day that the date may be.
        by: Option<Date>,
        /// 值须列在活动文件的哪个字段中，如key_measure.number。
        /// The field of campaign.toml that must hold the value, as key_measure.number.
        r#in: Option<String>,
        /// 只看列表中符合这些条件的各段。
        /// Which elements of the list are meant: a key and its value each.
        r#where: Conditions,
    }
}

impl Require {
    /// The parameters that are given, but for `where`.
    pub fn given(&self) -> Vec<&'static str> {
        let parameters = [
            ("field", self.field.is_some()),
            ("count", self.count.is_some()),
            ("at_least", self.at_least.is_some()),
            ("at_most", self.at_most.is_some()),
            ("one_of", self.one_of.is_some()),
            ("matches", self.matches.is_some()),
            ("earlier", self.earlier.is_some()),
            ("later", self.later.is_some()),
            ("by", self.by.is_some()),
            ("in", self.r#in.is_some()),
        ];
        let given = parameters.into_iter().filter(|(_, given)| *given);
        given.map(|(name, _)| name).collect()
    }
}

/// A value as a rule writes it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Literal {
    /// Text.
    Text(String),
    /// A whole number.
    Number(i64),
    /// True or false.
    Truth(bool),
    /// A day.
    Date(Date),
}

impl Default for Literal {
    fn default() -> Literal {
        Literal::Text(String::new())
    }
}

impl std::fmt::Display for Literal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Literal::Text(text) => f.write_str(text),
            Literal::Number(number) => write!(f, "{number}"),
            Literal::Truth(truth) => write!(f, "{truth}"),
            Literal::Date(date) => write!(f, "{date}"),
        }
    }
}

impl<'de> FromItem<'de> for Literal {
    fn from_item(item: &Item<'de>, reader: &mut Reader<'de>) -> Option<Self> {
        match item.value() {
            Toml::Integer(_) => reader
                .integer(item, i64::MIN, i64::MAX)
                .map(Literal::Number),
            Toml::Boolean(_) => bool::from_item(item, reader).map(Literal::Truth),
            Toml::DateTime(_) => reader.date(item).map(Literal::Date),
            _ => String::from_item(item, reader).map(Literal::Text),
        }
    }
}

/// Which elements of a list are meant: each key with its value.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Conditions(pub Vec<(String, Literal)>);

impl<'de> FromItem<'de> for Conditions {
    fn from_item(item: &Item<'de>, reader: &mut Reader<'de>) -> Option<Self> {
        let table = reader.table(item)?;
        let read = |(key, value): &(toml_spanner::Key<'de>, Item<'de>)| {
            let literal = reader.under(key.name, |reader| Literal::from_item(value, reader))?;
            Some((key.name.to_owned(), literal))
        };
        let conditions = table.entries().iter().filter_map(read).collect();
        Some(Conditions(conditions))
    }
}

/// Words of the campaign: one text for both languages, or `{ zh = "…", en = "…" }`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Words {
    /// 中文
    pub zh: String,
    /// English
    pub en: String,
}

impl Words {
    /// The words as a text.
    pub fn text(&self) -> Text {
        Text::new(self.zh.as_str(), self.en.as_str())
    }

    /// Whether nothing is said in one of the languages.
    pub fn is_blank(&self) -> bool {
        self.zh.trim().is_empty() || self.en.trim().is_empty()
    }
}

record! {
    /// Words in both languages.
    pub struct BothWords {
        /// 中文。
        /// The Chinese words.
        zh: String = required,
        /// 英文。
        /// The English words.
        en: String = required,
    }
}

impl<'de> FromItem<'de> for Words {
    fn from_item(item: &Item<'de>, reader: &mut Reader<'de>) -> Option<Self> {
        if item.as_table().is_some() {
            let both = BothWords::from_item(item, reader)?;
            return Some(Words {
                zh: both.zh,
                en: both.en,
            });
        }
        let words = String::from_item(item, reader)?;
        Some(Words {
            zh: words.clone(),
            en: words,
        })
    }
}

/// Declares what rules have no business with.
macro_rules! opaque {
    ($($Type:ty: $shape:expr),* $(,)?) => {$(
        impl Field for $Type {
            const SHAPE: Shape = Shape::Opaque(&$shape);

            fn visit<'v>(&'v self, _: &[&str], _: &mut FieldPath, _: &mut See<'_, 'v>) {}
        }
    )*};
}

opaque! {
    Literal: Shape::Any,
    Conditions: Shape::Map(&Shape::Any),
    Words: Shape::TextOr(&BothWords::SHAPE),
}
