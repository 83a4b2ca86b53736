//! Documents made from shapes: mostly right, with a mistake here and there.

use duban::field::Shape;
use toml::{Table, Value};

/// Choices in a fixed order for a seed.
pub struct Tape(u64);

impl Tape {
    pub fn new(seed: u64) -> Tape {
        Tape(seed)
    }

    /// A number below `n` (SplitMix64).
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n as u64) as usize
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    /// A value written as TOML, one of several.
    fn pick(&mut self, written: &[&str]) -> Value {
        let value = written[self.below(written.len())];
        let table: Table = toml::from_str(&format!("x = {value}")).unwrap();
        table["x"].clone()
    }
}

/// A table of a shape.
pub fn document(shape: &Shape, tape: &mut Tape) -> Table {
    match right(shape, tape) {
        Value::Table(table) => table,
        other => panic!("{other:?}"),
    }
}

fn value(shape: &Shape, tape: &mut Tape) -> Value {
    match tape.one_in(60) {
        true => wrong(shape, tape),
        false => right(shape, tape),
    }
}

const DAYS: [&str; 4] = [
    "2022-03-28",
    "2022-03-28T16:30:00",
    "2022-03-31T16:30:00Z",
    "2022-03-31 16:30:00.5+08:00",
];

fn right(shape: &Shape, tape: &mut Tape) -> Value {
    match shape {
        Shape::Text => tape.pick(&["\"甲\"", "\"\"", "\"2022-3-5\"", "\"a\\nb\""]),
        Shape::Number { least, most } => {
            let bounds = [*least, *most, (least + most) / 2];
            Value::Integer(bounds[tape.below(3)])
        }
        Shape::Decimal => tape.pick(&["0.85", "1", "1e3"]),
        Shape::Truth => tape.pick(&["true", "false"]),
        Shape::Date => tape.pick(&DAYS),
        Shape::TimeLimit if tape.one_in(2) => {
            tape.pick(&["\"长期坚持\"", "\"长期\"", "\"standing\""])
        }
        Shape::TimeLimit => tape.pick(&DAYS),
        Shape::Word(terms) => {
            let term = terms[tape.below(terms.len())];
            let word = if tape.one_in(3) { term.alias } else { term.zh };
            Value::String(word.to_owned())
        }
        Shape::List(inner) => {
            let length = tape.below(3);
            Value::Array((0..length).map(|_| value(inner, tape)).collect())
        }
        Shape::Table(entries) => {
            let mut table = Table::new();
            for entry in *entries {
                let omitted = if entry.required {
                    tape.one_in(80)
                } else {
                    !tape.one_in(3)
                };
                if !omitted {
                    table.insert(entry.key.to_owned(), value(&entry.shape, tape));
                }
            }
            if tape.one_in(80) {
                table.insert("unbekannt".to_owned(), Value::Integer(1));
            }
            Value::Table(table)
        }
        Shape::TextOr(_) if tape.one_in(2) => right(&Shape::Text, tape),
        Shape::TextOr(inner) | Shape::Opaque(inner) => right(inner, tape),
        Shape::Map(inner) => {
            let keys = ["甲", "late", "D002"].into_iter().take(tape.below(4));
            let table = keys.map(|key| (key.to_owned(), value(inner, tape)));
            Value::Table(table.collect())
        }
        Shape::Any => match tape.below(2) {
            0 => tape.pick(&DAYS),
            _ => tape.pick(&["\"甲\"", "-5", "9223372036854775807", "true"]),
        },
    }
}

/// Of another type, or out of range. Left out is what JSON cannot tell: a date from a text that looks like one, and
/// 5.0 from 5.
fn wrong(shape: &Shape, tape: &mut Tape) -> Value {
    match shape {
        Shape::Text => tape.pick(&["5", "1.5", "true", "[\"甲\"]", "{}"]),
        Shape::Number { least, most } => match tape.below(3) {
            0 => Value::Integer(least - 1),
            1 => Value::Integer(most + 1),
            _ => tape.pick(&["1.5", "\"12\"", "2022-03-28", "true", "[]"]),
        },
        Shape::Decimal => tape.pick(&["\"0.85\"", "true", "2022-03-28", "{}"]),
        Shape::Truth => tape.pick(&["\"true\"", "1", "\"是\""]),
        Shape::Date | Shape::TimeLimit => tape.pick(&[
            "\"2022-3-5\"",
            "\"2022年3月5日\"",
            "\"尚未\"",
            "20220328",
            "08:00:00",
            "true",
            "[2022-03-28]",
        ]),
        Shape::Word(_) => tape.pick(&["\"无此\"", "\"\"", "1", "2022-03-28", "[]"]),
        Shape::List(_) => tape.pick(&["\"甲\"", "1", "{}", "2022-03-28"]),
        Shape::Table(_) => tape.pick(&["\"甲\"", "1", "[]", "[{}]"]),
        Shape::TextOr(_) => tape.pick(&["1", "true", "[]", "{ x = 1 }"]),
        Shape::Map(_) => tape.pick(&["\"甲\"", "1", "[]"]),
        Shape::Any => tape.pick(&["1.5", "[]", "{}"]),
        Shape::Opaque(inner) => wrong(inner, tape),
    }
}

/// TOML as JSON, as linters have it: days and times become text.
pub fn json(table: &Table) -> serde_json::Value {
    let entries = table
        .iter()
        .map(|(key, value)| (key.clone(), of_value(value)));
    serde_json::Value::Object(entries.collect())
}

fn of_value(value: &Value) -> serde_json::Value {
    match value {
        Value::String(text) => text.as_str().into(),
        Value::Integer(number) => (*number).into(),
        Value::Float(number) => (*number).into(),
        Value::Boolean(truth) => (*truth).into(),
        Value::Datetime(time) => time.to_string().into(),
        Value::Array(values) => values.iter().map(of_value).collect(),
        Value::Table(table) => json(table),
    }
}
