//! Fields by their names: `meeting.held`, a dotted path over the documented keys of a file. A campaign's own
//! rules look into plans this way. The tables say themselves what they hold, so that there is no second schema.

use smol_str::SmolStr;
use thin_vec::ThinVec;

use crate::calendar::Date;
use crate::finding::{FieldPath, Step};
use crate::lang::Text;
use crate::number::Number;
use crate::plan::{Evidence, TimeLimit};
use crate::read::EvidenceTable;

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Text.
    Text,
    /// A whole number within bounds.
    Number {
        /// The least that it may be.
        least: i64,
        /// The greatest that it may be.
        most: i64,
    },
    /// A decimal number.
    Decimal,
    /// True or false.
    Truth,
    /// A day.
    Date,
    /// A day, or 长期坚持.
    TimeLimit,
    /// A word of a closed vocabulary.
    Word(&'static [Term]),
    /// A list.
    List(&'static Shape),
    /// A table with its keys.
    Table(&'static [Entry]),
    /// A table, or the one text that may stand for it.
    TextOr(&'static Shape),
    /// A table whose keys are free, with what each holds.
    Map(&'static Shape),
    /// Text, a whole number, true or false, or a day.
    Any,
    /// What no rule can name, with what it holds.
    Opaque(&'static Shape),
}

impl Shape {
    /// A count.
    pub const COUNT: Shape = Shape::Number {
        least: 0,
        most: 1_000_000_000,
    };

    /// A year.
    pub const YEAR: Shape = Shape::Number {
        least: 0,
        most: 9999,
    };

    /// What the elements of a list hold, or the table that a text may stand for; of anything else, itself.
    pub fn element(&self) -> &Shape {
        match self {
            Shape::List(inner) | Shape::TextOr(inner) => inner.element(),
            other => other,
        }
    }
}

/// A key of a table: what it holds and what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The key.
    pub key: &'static str,
    /// What it holds.
    pub shape: Shape,
    /// Whether it must be there.
    pub required: bool,
    /// What it means: the two halves of the field's documentation.
    pub about: Text,
}

/// A word of a closed vocabulary, as files may write it, and in English.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// The Chinese term.
    pub zh: &'static str,
    /// The ASCII alias.
    pub alias: &'static str,
    /// The words in English.
    pub en: &'static str,
}

/// The value of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Value<'v> {
    /// The field is not there.
    Nothing,
    /// A table, which is there.
    Table,
    /// Text, or the Chinese term of a closed vocabulary.
    Text(&'v str),
    /// A whole number.
    Number(i64),
    /// True or false.
    Truth(bool),
    /// A day.
    Date(Date),
}

impl Value<'_> {
    /// Whether nothing is there, or nothing but blanks.
    pub fn is_blank(&self) -> bool {
        match self {
            Value::Nothing => true,
            Value::Text(text) => text.trim().is_empty(),
            _ => false,
        }
    }
}

/// Is shown each value with its path.
pub type See<'s, 'v> = dyn FnMut(&FieldPath, Value<'v>) + 's;

/// What can be looked into by the names of its keys.
pub trait Field {
    /// What it holds.
    const SHAPE: Shape;

    /// Shows every value under the keys; lists are gone through element by element.
    fn visit<'v>(&'v self, keys: &[&str], path: &mut FieldPath, see: &mut See<'_, 'v>);
}

/// A value with its place.
#[derive(Clone, Debug)]
pub struct Seen<'v> {
    /// Where it is, or would be.
    pub path: FieldPath,
    /// What it is.
    pub value: Value<'v>,
}

/// Every value of a field.
pub fn look<'v>(root: &'v impl Field, keys: &[&str]) -> Vec<Seen<'v>> {
    let mut seen = Vec::new();
    root.visit(keys, &mut FieldPath::root(), &mut |path, value| {
        let path = path.clone();
        seen.push(Seen { path, value });
    });
    seen
}

impl<T: Field> Field for Option<T> {
    const SHAPE: Shape = T::SHAPE;

    fn visit<'v>(&'v self, keys: &[&str], path: &mut FieldPath, see: &mut See<'_, 'v>) {
        let Some(value) = self else {
            let length = path.0.len();
            path.0
                .extend(keys.iter().map(|key| Step::from((*key).to_owned())));
            see(path, Value::Nothing);
            path.0.truncate(length);
            return;
        };
        value.visit(keys, path, see);
    }
}

impl<T: Field> Field for Box<T> {
    const SHAPE: Shape = T::SHAPE;

    fn visit<'v>(&'v self, keys: &[&str], path: &mut FieldPath, see: &mut See<'_, 'v>) {
        (**self).visit(keys, path, see);
    }
}

impl<T: Field> Field for Vec<T> {
    const SHAPE: Shape = Shape::List(&T::SHAPE);

    fn visit<'v>(&'v self, keys: &[&str], path: &mut FieldPath, see: &mut See<'_, 'v>) {
        visit_list(self, keys, path, see);
    }
}

impl<T: Field> Field for ThinVec<T> {
    const SHAPE: Shape = Shape::List(&T::SHAPE);

    fn visit<'v>(&'v self, keys: &[&str], path: &mut FieldPath, see: &mut See<'_, 'v>) {
        visit_list(self, keys, path, see);
    }
}

fn visit_list<'v, T: Field>(
    list: &'v [T],
    keys: &[&str],
    path: &mut FieldPath,
    see: &mut See<'_, 'v>,
) {
    if list.is_empty() && keys.is_empty() {
        see(path, Value::Nothing);
    }
    for (index, element) in list.iter().enumerate() {
        path.0.push(Step::Index(index));
        element.visit(keys, path, see);
        path.0.pop();
    }
}

/// Declares what has no keys.
macro_rules! leaf {
    ($($Type:ty, $shape:expr, $this:ident => $value:expr;)*) => {$(
        impl Field for $Type {
            const SHAPE: Shape = $shape;

            fn visit<'v>(&'v self, _: &[&str], path: &mut FieldPath, see: &mut See<'_, 'v>) {
                let $this = self;
                see(path, $value);
            }
        }
    )*};
}

leaf! {
    &str, Shape::Text, this => Value::Text(this);
    Number<'_>, Shape::Text, this => Value::Text(this.written());
    String, Shape::Text, this => Value::Text(this);
    Box<str>, Shape::Text, this => Value::Text(this);
    SmolStr, Shape::Text, this => Value::Text(this);
    bool, Shape::Truth, this => Value::Truth(*this);
    u32, Shape::COUNT, this => Value::Number((*this).into());
    i32, Shape::YEAR, this => Value::Number((*this).into());
    // Only the campaign has a decimal, and no local rule reads it.
    f64, Shape::Decimal, this => Value::Number(this.round() as i64);
    Date, Shape::Date, this => Value::Date(*this);
    TimeLimit, Shape::TimeLimit, this => match this {
        TimeLimit::Date(date) => Value::Date(*date),
        TimeLimit::Standing => Value::Text(TimeLimit::STANDING),
    };
}

impl Field for Evidence<'_> {
    const SHAPE: Shape = Shape::TextOr(&EvidenceTable::SHAPE);

    fn visit<'v>(&'v self, keys: &[&str], path: &mut FieldPath, see: &mut See<'_, 'v>) {
        match keys {
            // An element may be the path alone, so that its keys have no place of their own.
            ["file"] => see(path, Value::Text(self.file)),
            ["sha256"] => see(path, self.sha256.map_or(Value::Nothing, Value::Text)),
            _ => see(path, Value::Table),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Filing, Meeting, Plan};
    use crate::vocabulary::MeetingKind;

    #[test]
    fn every_element_of_a_list_is_shown_and_what_is_missing_keeps_its_name() {
        let plan = Plan {
            meeting: vec![
                Meeting {
                    kind: Some(MeetingKind::DemocraticLife),
                    ..Meeting::default()
                },
                Meeting::default(),
            ],
            ..Plan::default()
        };
        let shown = |keys: &[&str]| -> Vec<(String, Value<'_>)> {
            let seen = look(&plan, keys).into_iter();
            seen.map(|seen| (seen.path.to_string(), seen.value))
                .collect()
        };
        assert_eq!(
            shown(&["meeting", "kind"]),
            [
                ("meeting[0].kind".to_owned(), Value::Text("民主生活会")),
                ("meeting[1].kind".to_owned(), Value::Nothing)
            ]
        );
        assert_eq!(
            shown(&["plan", "title"]),
            [("plan.title".to_owned(), Value::Nothing)]
        );
        assert_eq!(
            shown(&["problem"]),
            [("problem".to_owned(), Value::Nothing)]
        );
        assert_eq!(shown(&["problem", "due"]), []);
    }

    #[test]
    fn evidence_is_looked_into_by_its_keys_and_is_a_table_without() {
        let value = |(file, sha256), keys: &[&str]| {
            let boxed = Box::new(Evidence { file, sha256 });
            let [seen] = &look(&boxed, keys)[..] else {
                panic!("{keys:?}")
            };
            match seen.value {
                Value::Text(text) => text.to_owned(),
                other => format!("{other:?}"),
            }
        };
        let file = "evidence/签到表.txt";
        assert_eq!(value((file, Some("00")), &["file"]), file);
        assert_eq!(value((file, Some("00")), &["sha256"]), "00");
        assert_eq!(value((file, None), &["sha256"]), "Nothing");
        assert_eq!(value((file, None), &[]), "Table");
    }

    #[test]
    fn a_table_names_its_keys() {
        let keys: Vec<_> = Filing::FIELDS.iter().map(|entry| entry.key).collect();
        assert_eq!(keys, Filing::KEYS);
        assert_eq!(<Vec<Option<Date>>>::SHAPE.element(), &Shape::Date);
    }
}
