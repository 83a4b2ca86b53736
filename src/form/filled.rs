//! What a unit has filled in: rows of values under the form's columns, on their way to a plan file.

use super::Column;
use crate::calendar::{self, Date};
use crate::template::quoted;

/// A value of a plan file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Text, or a word of a vocabulary.
    Text(String),
    /// A whole number.
    Number(i64),
    /// True or false.
    Truth(bool),
    /// A day.
    Date(Date),
    /// Several.
    List(Vec<Value>),
}

impl Value {
    /// The value as TOML 1.0.
    pub fn toml(&self) -> String {
        match self {
            Value::Text(text) => quoted(text),
            Value::Number(number) => number.to_string(),
            Value::Truth(truth) => truth.to_string(),
            Value::Date(date) => calendar::iso(*date),
            Value::List(values) => {
                let values: Vec<String> = values.iter().map(Value::toml).collect();
                format!("[{}]", values.join(", "))
            }
        }
    }
}

/// One table of a plan file: its values in the order of the form.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record(pub Vec<(&'static Column, Value)>);

impl Record {
    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Value> {
        let found = self.0.iter().find(|(column, _)| column.key() == key);
        found.map(|(_, value)| value)
    }
}

/// All that one unit has filled in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filled {
    /// The table of each record, in the order of the rows.
    pub records: Vec<(&'static str, Record)>,
}

impl Filled {
    /// The records of a table.
    pub fn of<'f>(&'f self, table: &'f str) -> impl Iterator<Item = &'f Record> {
        let of_table = move |(name, _): &&(&str, Record)| *name == table;
        self.records
            .iter()
            .filter(of_table)
            .map(|(_, record)| record)
    }
}
