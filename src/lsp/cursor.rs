//! Where in a file the cursor is while something is being written there: what stands before it is read by the parser,
//! and only the line itself, which is not finished, is looked at here.

use std::ops::Range;

use toml_spanner::Table;

use crate::finding::{FieldPath, Step};
use crate::locate::{field_at, locate};
use crate::syntax;

/// What is being written.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Cursor {
    /// A header, brackets and all.
    Header(Range<usize>),
    /// A key of a table.
    Key {
        table: FieldPath,
        span: Range<usize>,
        /// Whether its equals sign is there already.
        valued: bool,
        /// Keys that stand before it in the same braces, which are not finished.
        beside: Vec<String>,
    },
    /// The value of a field, or an element of it.
    Value {
        field: FieldPath,
        span: Range<usize>,
    },
}

/// What is being written at a byte; nothing in comments and in the midst of longer texts.
pub(super) fn at(root: &Table<'_>, text: &str, byte: usize) -> Option<Cursor> {
    let start = text[..byte].rfind('\n').map_or(0, |at| at + 1);
    let end = text[byte..]
        .find(['\r', '\n'])
        .map_or(text.len(), |at| byte + at);
    let table = table_at(root, start);
    // What began on a line before has no key on this one.
    if let Some((field, value)) = begun(root, text, byte, start) {
        if !text[value].starts_with('[') {
            return None;
        }
        let (kind, token) = scan(&text[start..byte], true)?;
        let span = start + token..end_of(text, start + token, byte, end);
        return matches!(kind, Kind::Value).then_some(Cursor::Value { field, span });
    }
    let line = &text[start..byte];
    let indent = start + line.len() - line.trim_start().len();
    if line.trim_start().starts_with('[') {
        let rest = &text[byte..end];
        let closed = rest.len() - rest.trim_start_matches(is_key).len();
        let brackets = rest[closed..].len() - rest[closed..].trim_start_matches(']').len();
        let open = !line.contains([']', '#', '=']);
        return open.then_some(Cursor::Header(indent..byte + closed + brackets));
    }
    let Some(equals) = line
        .find('=')
        .filter(|_| !line.trim_start().starts_with('#'))
    else {
        let written = text[indent..byte].chars().all(is_key);
        return written.then(|| key(text, table, vec![], indent..byte, end));
    };
    let name = line[..equals].trim();
    let mut field = table;
    field.0.extend(
        name.split('.')
            .map(|part| Step::from(part.trim().trim_matches(['"', '\'']).to_owned())),
    );
    let after = start + equals + 1;
    let (kind, token) = scan(&text[after..byte], false)?;
    let token = after + token;
    match kind {
        Kind::Key(keys, beside) => {
            field.0.extend(keys.into_iter().map(Step::from));
            Some(key(text, field, beside, token..byte, end))
        }
        Kind::Inner(keys) => {
            field.0.extend(keys.into_iter().map(Step::from));
            let span = token..end_of(text, token, byte, end);
            Some(Cursor::Value { field, span })
        }
        Kind::Value => {
            let span = token..end_of(text, token, byte, end);
            Some(Cursor::Value { field, span })
        }
    }
}

/// The field around a byte whose value has begun before a line.
fn begun(
    root: &Table<'_>,
    text: &str,
    byte: usize,
    line: usize,
) -> Option<(FieldPath, Range<usize>)> {
    let (mut field, _) = field_at(root, text, byte)?;
    while matches!(field.0.last(), Some(Step::Index(_))) {
        field.0.pop();
    }
    let value = locate(root, text, &field);
    (value.start < line && byte <= value.end).then_some((field, value))
}

/// The table whose keys stand on a line: that of the last header before it.
fn table_at(root: &Table<'_>, start: usize) -> FieldPath {
    let headers = syntax::headers(root).into_iter();
    let before = headers.take_while(|(header, _)| *header < start);
    before.last().map(|(_, path)| path).unwrap_or_default()
}

fn key(
    text: &str,
    table: FieldPath,
    beside: Vec<String>,
    written: Range<usize>,
    end: usize,
) -> Cursor {
    let rest = &text[written.end..end];
    let left = rest.len() - rest.trim_start_matches(is_key).len();
    Cursor::Key {
        table,
        span: written.start..written.end + left,
        valued: rest[left..].trim_start().starts_with('='),
        beside,
    }
}

fn is_key(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')
}

/// What is being written within a line, after its equals sign.
enum Kind {
    /// The value itself.
    Value,
    /// A key of a table in braces, under these keys, after those others.
    Key(Vec<String>, Vec<String>),
    /// The value of a key of such a table.
    Inner(Vec<String>),
}

/// Goes through the beginning of a value to the cursor: what is being written there, and where it begins.
fn scan(written: &str, in_list: bool) -> Option<(Kind, usize)> {
    let (mut quote, mut escaped) = (None, false);
    let mut open = if in_list { vec![Open::List] } else { vec![] };
    let mut token = 0;
    for (at, c) in written.char_indices() {
        if let Some(mark) = quote {
            match c {
                _ if escaped => escaped = false,
                '\\' if mark == '"' => escaped = true,
                _ if c == mark => quote = None,
                _ => {}
            }
            continue;
        }
        match c {
            '"' | '\'' => quote = Some(c),
            '#' => return None,
            '[' => open.push(Open::List),
            '{' => open.push(Open::Braces(vec![], false)),
            ']' | '}' => _ = open.pop(),
            '=' => {
                if let Some(Open::Braces(keys, in_value)) = open.last_mut() {
                    keys.push(written[token..at].trim().to_owned());
                    *in_value = true;
                }
            }
            ',' => {
                if let Some(Open::Braces(_, in_value)) = open.last_mut() {
                    *in_value = false;
                }
            }
            _ => continue,
        }
        if matches!(c, '[' | '{' | '=' | ',') {
            token = at + 1;
        }
    }
    token += written[token..].len() - written[token..].trim_start().len();
    let keys = open.iter().filter_map(|open| match open {
        Open::Braces(keys, true) => keys.last().cloned(),
        _ => None,
    });
    let keys: Vec<String> = keys.collect();
    Some(match open.pop() {
        Some(Open::Braces(beside, false)) => (Kind::Key(keys, beside), token),
        _ if keys.is_empty() => (Kind::Value, token),
        _ => (Kind::Inner(keys), token),
    })
}

/// A bracket that is not closed before the cursor.
enum Open {
    List,
    /// A table with the keys so far, and whether the value of the last is being written.
    Braces(Vec<String>, bool),
}

/// Where the value at the cursor ends: after its closing quote if it has one, else with its word.
fn end_of(text: &str, start: usize, byte: usize, end: usize) -> usize {
    let quote = text[start..byte]
        .chars()
        .next()
        .filter(|c| matches!(c, '"' | '\''));
    // The value is finished before the cursor.
    let rest = &text[byte..end];
    match quote {
        Some(quote) if text[start + 1..byte].contains(quote) => byte,
        Some(quote) => rest.find(quote).map_or(byte, |at| byte + at + 1),
        None => {
            let word = rest.find(|c: char| c.is_whitespace() || ",]}#\"'".contains(c));
            byte + word.unwrap_or(rest.len())
        }
    }
}

#[cfg(test)]
mod tests {
    use toml_spanner::{Arena, parse_recoverable};

    use super::*;

    /// What is written at `|`, with the text that would be replaced.
    fn at_mark(marked: &str) -> String {
        let byte = marked.find('|').unwrap();
        let text = marked.replacen('|', "", 1);
        let arena = Arena::new();
        let document = parse_recoverable(&text, &arena);
        match at(document.table(), &text, byte) {
            None => "nothing".to_owned(),
            Some(Cursor::Header(span)) => format!("header <{}>", &text[span]),
            Some(Cursor::Key {
                table,
                span,
                valued,
                beside,
            }) => {
                assert!(beside.len() < 2);
                format!(
                    "key of {table} <{}>{}",
                    &text[span],
                    if valued { "=" } else { "" }
                )
            }
            Some(Cursor::Value { field, span }) => format!("value of {field} <{}>", &text[span]),
        }
    }

    #[test]
    fn a_key_is_written_at_the_beginning_of_a_line() {
        for (marked, expected) in [
            ("|", "key of  <>"),
            ("[unit]\n|", "key of unit <>"),
            ("[unit]\nco|", "key of unit <co>"),
            ("[unit]\nco|de = \"T01\"", "key of unit <code>="),
            (
                "[unit]\n[[meeting]]\n[[meeting]]\n  ki|\nheld = 2022-01-01",
                "key of meeting[1] <ki>",
            ),
            ("[unit]\ncode = \"T01\"\n\n|\n[plan]\n", "key of unit <>"),
            ("[unit]\r\nco|\r\n[plan]", "key of unit <co>"),
            ("[unit]\ncontact = { na|", "key of unit.contact <na>"),
            (
                "[unit]\ncontact = { name = \"甲\", p|hone = \"1\" }",
                "key of unit.contact <phone>=",
            ),
        ] {
            assert_eq!(at_mark(marked), expected, "{marked}");
        }
    }

    #[test]
    fn a_value_is_written_after_the_equals_sign() {
        for (marked, expected) in [
            ("[plan]\nfiled = |", "value of plan.filed <>"),
            ("[plan]\nfiled =2022|", "value of plan.filed <2022>"),
            (
                "[plan]\nfiled = 20|22-03-28 # x",
                "value of plan.filed <2022-03-28>",
            ),
            (
                "[[problem]]\nfault = \"不|\"",
                "value of problem[0].fault <\"不\">",
            ),
            (
                "[[problem]]\nfault = \"不|\n",
                "value of problem[0].fault <\"不>",
            ),
            (
                "[[problem]]\nfault = \"|不担当\" # 甲",
                "value of problem[0].fault <\"不担当\">",
            ),
            (
                "[unit]\ncontact = { name = \"|\" }",
                "value of unit.contact.name <\"\">",
            ),
            (
                "[unit]\ncontact.name = '|'",
                "value of unit.contact.name <''>",
            ),
            (
                "[[measure]]\nresponsible = [\"a, b\", \"|\"]",
                "value of measure[0].responsible <\"\">",
            ),
            (
                "[[measure]]\nresponsible = [\n  \"甲\",\n  \"|\"\n]",
                "value of measure[0].responsible <\"\">",
            ),
        ] {
            assert_eq!(at_mark(marked), expected, "{marked}");
        }
    }

    #[test]
    fn a_header_is_replaced_with_its_brackets() {
        for (marked, expected) in [
            ("[|", "header <[>"),
            ("[[pr|", "header <[[pr>"),
            ("[[pr|]]", "header <[[pr]]>"),
            ("[unit]\n  [pl|an]  # 方案", "header <[plan]>"),
        ] {
            assert_eq!(at_mark(marked), expected, "{marked}");
        }
    }

    #[test]
    fn nothing_is_written_in_comments_and_in_longer_texts() {
        for marked in [
            "# 甲|",
            "[unit]\nname = \"甲\" # 乙|",
            "[unit] |",
            "[unit] # [|",
            "[unit]\n甲镇|",
            "[[problem]]\ntext = \"\"\"\n第一行\nke|\n\"\"\"",
        ] {
            assert_eq!(at_mark(marked), "nothing", "{marked}");
        }
    }

    #[test]
    fn quotation_marks_within_a_value_neither_end_nor_begin_one() {
        for (marked, expected) in [
            (
                "[unit]\ncontact = { name = \"甲\\\"乙, p\", |",
                "key of unit.contact <>",
            ),
            (
                "[unit]\ncontact = { name = 'C:\\', ph|",
                "key of unit.contact <ph>",
            ),
            (
                "[unit]\ncontact = { name = \"a, b = c\", ph|",
                "key of unit.contact <ph>",
            ),
            (
                "[unit]\ncontact = { name = \"甲#乙\", ph|",
                "key of unit.contact <ph>",
            ),
            (
                "[plan]\ntitle = \"方案\" |",
                "value of plan.title <\"方案\" >",
            ),
        ] {
            assert_eq!(at_mark(marked), expected, "{marked}");
        }
    }

    #[test]
    fn a_list_that_is_closed_is_left_and_one_in_braces_is_entered() {
        for (marked, expected) in [
            (
                "[[measure]]\nwho = { all = [\"a\", \"b\"], l|",
                "key of measure[0].who <l>",
            ),
            (
                "[[measure]]\nwho = { all = [\"a\", \"|",
                "value of measure[0].who.all <\">",
            ),
            (
                "[[measure]]\nresponsible = [\n  \"甲\", \"乙\"|, \"丙\"\n]",
                "value of measure[0].responsible <\"乙\">",
            ),
        ] {
            assert_eq!(at_mark(marked), expected, "{marked}");
        }
    }

    #[test]
    fn what_is_replaced_begins_after_the_equals_sign_wherever_that_stands() {
        for (marked, expected) in [
            ("a=|", "value of a <>"),
            ("a=b|", "value of a <b>"),
            ("\"a\"=b|", "value of a <b>"),
            ("=|", "value of  <>"),
            ("[plan]\nfiled=2|", "value of plan.filed <2>"),
        ] {
            assert_eq!(at_mark(marked), expected, "{marked}");
        }
    }
}
