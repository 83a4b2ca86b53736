//! From a field path to the bytes of its value: the one place that knows both. A path that is not there
//! falls back to the nearest table's header, then to the file's first line, so every finding has a place.

mod kept;

use std::ops::Range;

pub use kept::Places;
use toml_spanner::{Item, Table, TableStyle, Value};

use crate::finding::{FieldPath, Step};
use crate::read::header;

/// The bytes that a path names.
pub fn locate(root: &Table<'_>, text: &str, path: &FieldPath) -> Range<usize> {
    let mut nearest = first_line(text);
    let mut table = Some(root);
    let mut item: Option<&Item<'_>> = None;
    for step in &path.0 {
        let next = match step {
            Step::Key(key) => table.and_then(|table| table.get(key)),
            Step::Index(index) => item
                .and_then(Item::as_array)
                .and_then(|array| array.get(*index)),
        };
        let Some(next) = next else { return nearest };
        nearest = span_of(next, text).unwrap_or(nearest);
        (item, table) = (Some(next), next.as_table());
    }
    nearest
}

/// The field that holds a byte, with the bytes of its key, value or header there: the way back from a text.
pub fn field_at(root: &Table<'_>, text: &str, byte: usize) -> Option<(FieldPath, Range<usize>)> {
    let mut path = FieldPath::root();
    let span = within_table(root, text, byte, &mut path)?;
    Some((path, span))
}

fn within_table(
    table: &Table<'_>,
    text: &str,
    byte: usize,
    path: &mut FieldPath,
) -> Option<Range<usize>> {
    for (key, item) in table.entries() {
        path.0.push(Step::from(key.name.to_owned()));
        // The key of a header belongs to all of the header.
        let found = within(item, text, byte, path)
            .or_else(|| Some(key.span.range()).filter(|span| holds(span, byte)));
        if found.is_some() {
            return found;
        }
        path.0.pop();
    }
    None
}

fn within(item: &Item<'_>, text: &str, byte: usize, path: &mut FieldPath) -> Option<Range<usize>> {
    match item.value() {
        Value::Table(table) => {
            let own = span_of(item, text).filter(|span| holds(span, byte));
            within_table(table, text, byte, path).or(own)
        }
        Value::Array(array) => {
            for (index, element) in array.iter().enumerate() {
                path.0.push(Step::Index(index));
                let found = within(element, text, byte, path);
                if found.is_some() {
                    return found;
                }
                path.0.pop();
            }
            let inline = array.iter().all(|element| {
                element
                    .as_table()
                    .is_none_or(|table| table.style() != TableStyle::Header)
            });
            Some(item.span().range()).filter(|span| inline && holds(span, byte))
        }
        _ => Some(item.span().range()).filter(|span| holds(span, byte)),
    }
}

/// Whether a cursor before a byte, or at the end, touches a span.
fn holds(span: &Range<usize>, byte: usize) -> bool {
    span.start <= byte && byte <= span.end && span.start < span.end
}

/// The value itself, or the header of a table. A list of tables as a whole is shown at its first header;
/// a table that only dotted keys bring into being has no place of its own.
fn span_of(item: &Item<'_>, text: &str) -> Option<Range<usize>> {
    match item.value() {
        Value::Table(table) => match table.style() {
            TableStyle::Header => Some(header(text, table.span())),
            TableStyle::Inline => Some(item.span().range()),
            TableStyle::Dotted | TableStyle::Implicit => None,
        },
        Value::Array(array) => {
            let first = array.get(0).filter(|first| {
                first
                    .as_table()
                    .is_some_and(|t| t.style() == TableStyle::Header)
            });
            match first {
                Some(first) => span_of(first, text),
                None => Some(item.span().range()),
            }
        }
        _ => Some(item.span().range()),
    }
}

/// The first line that is not blank, without its line break.
pub fn first_line(text: &str) -> Range<usize> {
    let start = text.len() - text.trim_start().len();
    let start = if start == text.len() { 0 } else { start };
    let line = text[start..].lines().next().unwrap_or_default();
    start..start + line.trim_end().len()
}

/// The line of the first character that is not ASCII, where one can see what encoding a text is in; else the first.
pub fn foreign_line(text: &str) -> Range<usize> {
    let Some(at) = text.find(|c: char| !c.is_ascii()) else {
        return first_line(text);
    };
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let line = text[start..].lines().next().unwrap_or_default();
    start..start + line.trim_end().len()
}

#[cfg(test)]
mod tests {
    use toml_spanner::Arena;

    use super::*;
    use crate::path;

    const PLAN: &str = r#"
# 甲镇
[unit]
code = "T01"   # 代码
contact = { name = "钱地支", phone = "1" }

[plan]
filed = 2022-03-28
revised = [2022-05-10, 2022-06-01]
draft.note = "x"

[[meeting]]
kind = "民主生活会"

[[meeting]]  # 第二次
held = 2022-10-24
"#;

    fn at(path: FieldPath) -> &'static str {
        let arena = Arena::new();
        let document = toml_spanner::parse(PLAN, &arena).unwrap();
        &PLAN[locate(document.table(), PLAN, &path)]
    }

    #[test]
    fn a_path_leads_to_its_value() {
        assert_eq!(at(path!["unit", "code"]), "\"T01\"");
        assert_eq!(at(path!["unit", "contact", "phone"]), "\"1\"");
        assert_eq!(at(path!["plan", "filed"]), "2022-03-28");
        assert_eq!(at(path!["plan", "revised", 1]), "2022-06-01");
        assert_eq!(at(path!["meeting", 1, "held"]), "2022-10-24");
    }

    #[test]
    fn a_path_to_nothing_leads_to_the_nearest_header_and_then_to_the_first_line() {
        assert_eq!(at(path!["plan", "adopted"]), "[plan]");
        assert_eq!(at(path!["plan", "revised", 7]), "[2022-05-10, 2022-06-01]");
        assert_eq!(at(path!["plan", "draft", "other"]), "[plan]");
        assert_eq!(at(path!["meeting", 1, "kind"]), "[[meeting]]");
        assert_eq!(at(path!["meeting", 9, "kind"]), "[[meeting]]");
        assert_eq!(at(path!["meeting"]), "[[meeting]]");
        assert_eq!(at(path!["outcome"]), "# 甲镇");
        assert_eq!(at(path![]), "# 甲镇");
    }

    #[test]
    fn a_byte_leads_back_to_its_field() {
        let arena = Arena::new();
        let document = toml_spanner::parse(PLAN, &arena).unwrap();
        let found = |word: &str| {
            let byte = PLAN.find(word).unwrap() + 1;
            let (path, span) = field_at(document.table(), PLAN, byte)?;
            Some((path.to_string(), &PLAN[span]))
        };
        let field = |path: &str, text| Some((path.to_owned(), text));
        assert_eq!(found("code"), field("unit.code", "code"));
        assert_eq!(found("T01"), field("unit.code", "\"T01\""));
        assert_eq!(found("[plan]"), field("plan", "[plan]"));
        assert_eq!(found("phone"), field("unit.contact.phone", "phone"));
        assert_eq!(found("2022-06"), field("plan.revised[1]", "2022-06-01"));
        assert_eq!(found("draft"), field("plan.draft", "draft"));
        assert_eq!(found("note"), field("plan.draft.note", "note"));
        assert_eq!(found("[[meeting]]"), field("meeting[0]", "[[meeting]]"));
        assert_eq!(found("[[meeting]]  #"), field("meeting[1]", "[[meeting]]"));
        assert_eq!(found("held"), field("meeting[1].held", "held"));
        assert_eq!(found("# 代码"), None);
    }

    #[test]
    fn a_byte_between_the_elements_of_a_list_is_the_lists() {
        let text =
            "\n[[unit]]\ncode = \"1\"\nowes = [1, 2]\n\n[[unit]]\nlist = [{ a = 1 }, { b = 2 }]\n";
        let arena = Arena::new();
        let document = toml_spanner::parse(text, &arena).unwrap();
        let found = |byte: usize| {
            let (path, span) = field_at(document.table(), text, byte)?;
            Some((path.to_string(), &text[span]))
        };
        let at = |word: &str| text.find(word).unwrap();
        assert_eq!(
            found(at(", 2]") + 1),
            Some(("unit[0].owes".to_owned(), "[1, 2]"))
        );
        let list = "[{ a = 1 }, { b = 2 }]";
        assert_eq!(
            found(at("}, {") + 2),
            Some(("unit[1].list".to_owned(), list))
        );
        assert_eq!(
            found(at("{ a") + 1),
            Some(("unit[1].list[0]".to_owned(), "{ a = 1 }"))
        );
        // Between two tables of a list there is nothing.
        assert_eq!(found(at("\n\n[[unit]]") + 1), None);
        assert_eq!(found(0), None);
    }

    #[test]
    fn what_has_no_bytes_holds_no_byte() {
        assert!(holds(&(3..5), 3) && holds(&(3..5), 5));
        assert!(!holds(&(3..5), 2) && !holds(&(3..5), 6));
        assert!(!holds(&(3..3), 3));
    }

    #[test]
    fn the_line_that_shows_the_encoding_is_the_first_with_other_letters_than_ascii() {
        let text = "[unit]\ncode = \"01\"\nname = \"甲镇\" \r\nsecretary = \"乙\"\n";
        assert_eq!(&text[foreign_line(text)], "name = \"甲镇\"");
        assert_eq!(&"\nx = 1\n"[foreign_line("\nx = 1\n")], "x = 1");
    }

    #[test]
    fn an_empty_text_has_a_first_line_too() {
        assert_eq!(first_line(""), 0..0);
        assert_eq!(first_line(" \n\t\n"), 0..0);
    }
}
