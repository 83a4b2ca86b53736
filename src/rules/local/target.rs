//! The field that a rule names, found in what a file may hold.

use crate::field::{Entry, Shape};
use crate::lang::Text;
use crate::nearest::nearest;
use crate::text;

/// A field by its keys, with what it holds.
#[derive(Clone, Debug)]
pub(super) struct Target {
    /// The keys, from the file's root.
    pub keys: Vec<&'static str>,
    /// What the last of them holds.
    pub shape: Shape,
    /// How many of the keys lead to a list of tables, the first on the way.
    pub list: Option<usize>,
}

impl Target {
    /// Finds a field by its dotted name; otherwise says how to put it right.
    pub fn find(root: &Shape, name: &str) -> Result<Target, Text> {
        let mut target = Target {
            keys: vec![],
            shape: *root,
            list: None,
        };
        for word in name.split('.') {
            let Shape::Table(fields) = *target.shape.element() else {
                let field = target.name();
                return Err(text!(
                    "{field}之下没有别的键",
                    "there are no keys under {field}"
                ));
            };
            let fields = fields
                .iter()
                .filter(|entry| !matches!(entry.shape, Shape::Opaque(_)));
            let Some(Entry { key, shape, .. }) = fields.clone().find(|entry| entry.key == word)
            else {
                let known: Vec<&str> = fields.map(|entry| entry.key).collect();
                return Err(target.hint(word, &known));
            };
            target.keys.push(key);
            target.shape = *shape;
            let of_tables =
                matches!(shape, Shape::List(inner) if matches!(inner.element(), Shape::Table(_)));
            if of_tables && target.list.is_none() {
                target.list = Some(target.keys.len());
            }
        }
        Ok(target)
    }

    /// Did you mean …, or what there is.
    fn hint(&self, word: &str, known: &[&str]) -> Text {
        let full = |key: &str| {
            let keys: Vec<&str> = self.keys.iter().copied().chain([key]).collect();
            keys.join(".")
        };
        match nearest(word, known.iter().copied()) {
            Some(near) => {
                let near = full(near);
                text!("是否为{near}？", "did you mean {near}?")
            }
            None => {
                let list: Vec<String> = known.iter().map(|key| full(key)).collect();
                let (zh, en) = (list.join("、"), list.join(", "));
                text!("可选：{zh}", "choose one of: {en}")
            }
        }
    }

    /// A key of the elements of the list that this field is in.
    pub fn sibling(&self, root: &Shape, key: &str) -> Option<Result<Target, Text>> {
        let list = self.keys.get(..self.list?)?.join(".");
        Some(Target::find(root, &format!("{list}.{key}")))
    }

    /// The list that the field is in, or is.
    pub fn table(&self) -> Option<&[&'static str]> {
        self.list.and_then(|list| self.keys.get(..list))
    }

    /// `plan.title`
    pub fn name(&self) -> String {
        self.keys.join(".")
    }
}
