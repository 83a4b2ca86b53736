//! The places of a text, kept without its tree: of a roster with a hundred thousand units the tree is four times as
//! large as the text. A long list of tables keeps where its headers stand; a field in it is looked for between two.

use std::collections::HashMap;
use std::ops::Range;

use toml_spanner::{Arena, Item, Table, TableStyle, Value, parse_recoverable};

use super::{first_line, locate, span_of};
use crate::finding::{FieldPath, Step};

/// A list with more tables than this is long.
const LONG: usize = 64;

/// Where the fields of a text stand.
pub struct Places {
    fields: HashMap<FieldPath, Range<usize>>,
    /// Where the header of each table begins, by the name of the list.
    long: HashMap<String, Box<[u32]>>,
    first_line: Range<usize>,
}

impl Places {
    /// The places of the fields in a tree.
    pub fn of(root: &Table<'_>, text: &str) -> Places {
        let mut places = Places {
            fields: HashMap::new(),
            long: HashMap::new(),
            first_line: first_line(text),
        };
        let mut path = FieldPath::root();
        for (key, item) in root.entries() {
            match headers(item) {
                Some(headers) => {
                    places.long.insert(key.name.to_owned(), headers);
                }
                None => {
                    path.0.push(Step::from(key.name.to_owned()));
                    places.add(item, text, &mut path);
                    path.0.pop();
                }
            }
        }
        places
    }

    /// The same places in the whole of a text of which only this was without a stretch of it: all but the last table of
    /// a list, whose tables begin at `headers` in the whole.
    pub fn in_whole(
        mut self,
        text: &str,
        cut: Range<usize>,
        list: &str,
        headers: Box<[u32]>,
    ) -> Places {
        let of_list =
            |field: &FieldPath| matches!(field.0.first(), Some(Step::Key(key)) if key == list);
        self.fields.retain(|field, _| !of_list(field));
        let (fields, others) = (self.fields.values_mut(), self.long.values_mut());
        for span in fields.filter(|span| span.start >= cut.start) {
            *span = span.start + cut.len()..span.end + cut.len();
        }
        for start in others
            .flatten()
            .filter(|start| **start as usize >= cut.start)
        {
            *start += cut.len() as u32;
        }
        self.long.insert(list.to_owned(), headers);
        Places {
            first_line: first_line(text),
            ..self
        }
    }

    fn add(&mut self, item: &Item<'_>, text: &str, path: &mut FieldPath) {
        if let Some(span) = span_of(item, text) {
            self.fields.insert(path.clone(), span);
        }
        let mut within = |step: Step, item: &Item<'_>| {
            path.0.push(step);
            self.add(item, text, path);
            path.0.pop();
        };
        match item.value() {
            Value::Table(table) => {
                for (key, item) in table.entries() {
                    within(Step::from(key.name.to_owned()), item);
                }
            }
            Value::Array(array) => {
                for (index, item) in array.iter().enumerate() {
                    within(Step::Index(index), item);
                }
            }
            _ => {}
        }
    }

    /// The bytes that a path names in the text that the places are of; as [`locate`] has it.
    pub fn locate(&self, text: &str, path: &FieldPath) -> Range<usize> {
        if let Some(span) = self.in_long_list(text, path) {
            return span;
        }
        let mut nearest = path.clone();
        while !nearest.0.is_empty() {
            if let Some(span) = self.fields.get(&nearest) {
                return span.clone();
            }
            nearest.0.pop();
        }
        self.first_line.clone()
    }

    fn in_long_list(&self, text: &str, path: &FieldPath) -> Option<Range<usize>> {
        let [Step::Key(list), rest @ ..] = &path.0[..] else {
            return None;
        };
        let headers = self.long.get(&**list)?;
        let (index, rest) = match rest {
            [Step::Index(index), rest @ ..] if *index < headers.len() => (*index, rest),
            _ => (0, &[][..]),
        };
        let start = headers[index] as usize;
        let end = headers
            .get(index + 1)
            .map_or(text.len(), |next| *next as usize);
        let piece = text.get(start..end)?;
        let arena = Arena::new();
        let tree = parse_recoverable(piece, &arena);
        let alone = [Step::Key(list.clone()), Step::Index(0)];
        let alone = FieldPath(alone.into_iter().chain(rest.iter().cloned()).collect());
        let span = locate(tree.table(), piece, &alone);
        Some(start + span.start..start + span.end)
    }
}

/// Where the headers of a long list begin; each before the next, so that all of a table stands between two of them.
fn headers(item: &Item<'_>) -> Option<Box<[u32]>> {
    let list = item.as_array().filter(|list| list.len() > LONG)?;
    let header = |item: &Item<'_>| {
        let table = item.as_table()?;
        let own = table.style() == TableStyle::Header;
        own.then(|| table.span().start)
    };
    let headers: Box<[u32]> = list.iter().map(header).collect::<Option<_>>()?;
    headers.is_sorted().then_some(headers)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::path;

    #[test]
    fn every_path_leads_where_it_leads_in_the_tree() {
        let units: String = (0..100)
            .map(|n| format!("[[unit]] # {n}\ncode = \"{n}\"\nnames = [\"甲\", \"乙\"]\n[unit.met_by]\nunit = \"{n}\"\n\n"))
            .collect();
        let text = format!(
            "# 活动\n[campaign]\nname = \"活动\"\na.b = 1\n[[milestone]]\nid = \"plan\"\n[[milestone]]\nid = \"meetings\"\nof = [1, 2]\n\n{units}[[extension]]\nunit = \"5\"\n"
        );
        let arena = Arena::new();
        let tree = parse_recoverable(&text, &arena);
        let places = Places::of(tree.table(), &text);
        assert_eq!(places.long["unit"].len(), 100);
        let mut paths = vec![
            path![],
            path!["campaign", "name"],
            path!["campaign", "a"],
            path!["campaign", "a", "b"],
            path!["campaign", "none", "at_all"],
            path!["milestone"],
            path!["milestone", 1],
            path!["milestone", 1, "of", 1],
            path!["milestone", 7, "of"],
            path!["extension", 0, "unit"],
            path!["unit"],
            path!["nothing", 3],
        ];
        for index in [0, 1, 63, 99, 100] {
            paths.push(path!["unit", index]);
            for key in ["code", "names", "met_by", "since"] {
                paths.push(path!["unit", index, key]);
            }
            paths.push(path!["unit", index, "names", 1]);
            paths.push(path!["unit", index, "met_by", "unit"]);
        }
        for path in paths {
            assert_eq!(
                places.locate(&text, &path),
                locate(tree.table(), &text, &path),
                "{path}"
            );
        }
    }

    #[test]
    fn a_list_of_a_few_dozen_tables_is_short() {
        let long = |tables: usize| {
            let text = "[[unit]]\ncode = \"1\"\n".repeat(tables);
            let arena = Arena::new();
            let tree = parse_recoverable(&text, &arena);
            !Places::of(tree.table(), &text).long.is_empty()
        };
        assert!(!long(LONG) && long(LONG + 1));
    }

    #[test]
    fn a_list_that_is_short_or_in_brackets_is_kept_whole() {
        let items: String = (0..100)
            .map(|n| format!("{{ code = \"{n}\" }}, "))
            .collect();
        let text = format!("unit = [{items}]\n");
        let arena = Arena::new();
        let tree = parse_recoverable(&text, &arena);
        let places = Places::of(tree.table(), &text);
        assert!(places.long.is_empty());
        let path = path!["unit", 99, "code"];
        assert_eq!(&text[places.locate(&text, &path)], "\"99\"");
    }
}
