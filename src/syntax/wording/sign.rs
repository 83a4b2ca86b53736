//! Full-width signs and quotes of Chinese typing where TOML wants ASCII ones.

use std::ops::Range;

use toml_spanner::{Error, ErrorKind};

use super::super::{Statement, line_of, snap};
use super::New;
use super::value::Value;
use crate::finding::Draft;
use crate::lang::Text;
use crate::read::shortened;
use crate::text;

/// Signs of Chinese typing and what TOML wants instead.
const WIDE: [(char, &str); 16] = [
    ('＝', "="),
    ('“', "\""),
    ('”', "\""),
    ('‘', "\""),
    ('’', "\""),
    ('「', "\""),
    ('」', "\""),
    ('＂', "\""),
    ('，', ","),
    ('、', ","),
    ('［', "["),
    ('］', "]"),
    ('【', "["),
    ('】', "]"),
    ('｛', "{"),
    ('｝', "}"),
];

/// The blank of Chinese typing, which nobody sees.
const WIDE_BLANK: char = '\u{3000}';

/// A sign of Chinese typing where TOML wants an ASCII one.
pub(super) fn wide_sign(
    text: &str,
    statement: &Statement<'_>,
    new: &dyn Fn(Range<usize>, Text) -> Draft,
) -> Option<Draft> {
    let at = snap(text, statement.error.span().start as usize);
    let found = text[at..].chars().next()?;
    if found == WIDE_BLANK && !text[at..line_of(text, at).end].trim().is_empty() {
        let draft = new(
            at..at + found.len_utf8(),
            Text::fixed("此处有全角空格", "there is a full-width blank here"),
        );
        return Some(
            draft
                .label(Text::fixed("全角空格", "full-width blank"))
                .fix(Text::fixed(
                    "改成半角空格，或删去",
                    "write an ASCII blank, or delete it",
                ))
                .edit(at..at + found.len_utf8(), " "),
        );
    }
    let (_, ascii) = WIDE.iter().find(|(wide, _)| *wide == found)?;
    let span = at..at + found.len_utf8();
    let line = line_of(text, at);
    let quote = *ascii == "\"";
    let message = match quote {
        true => text!(
            "此处的{found}是中文引号，文字要用英文引号",
            "{found} is a Chinese quotation mark; text needs ASCII quotes"
        ),
        false => text!(
            "“{found}”是全角符号，此处应为半角的{ascii}",
            "{found} is a full-width sign; write {ascii} here"
        ),
    };
    let rest = &text[at + found.len_utf8()..line.end];
    let quoted = quote.then(|| quoted(found, rest)).flatten();
    let fix = match quoted {
        Some((value, _)) => {
            let value = shortened(value);
            text!("写成\"{value}\"", "write \"{value}\"")
        }
        None => text!("改成{ascii}", "write {ascii}"),
    };
    let draft = new(span.clone(), message)
        .label(Text::fixed("全角符号", "full-width sign"))
        .fix(fix);
    Some(match quoted {
        Some((value, length)) => draft.edit(at..span.end + length, format!("\"{value}\"")),
        None if *ascii == "," && !rest.starts_with([' ', '\t']) && !rest.is_empty() => {
            draft.edit(span, ", ")
        }
        None if !quote => draft.edit(span, *ascii),
        None => draft,
    })
}

/// Quotation marks that open a text, and those that people close it with.
const OPENING: [char; 5] = ['“', '”', '‘', '「', '＂'];
const CLOSING: [char; 7] = ['”', '“', '’', '‘', '」', '＂', '"'];

/// The text between a full-width quotation mark and the one that closes it, and its length with that mark.
/// Marks within the text belong to it if they come in pairs.
fn quoted(opening: char, rest: &str) -> Option<(&str, usize)> {
    if !OPENING.contains(&opening) {
        return None;
    }
    rest.match_indices(CLOSING).find_map(|(at, closing)| {
        let end = at + closing.len();
        let value = &rest[..at];
        let certain = !value.contains(['"', '\\']) && in_pairs(value) && ends_value(&rest[end..]);
        certain.then_some((value, end))
    })
}

/// Whether nothing but a comment or the next element of a list follows.
fn ends_value(tail: &str) -> bool {
    let next = tail.trim_start().chars().next();
    next.is_none_or(|c| "#,，、]］】}｝".contains(c))
}

fn in_pairs(value: &str) -> bool {
    let mut open = Vec::new();
    value.chars().all(|c| match c {
        '“' | '‘' | '「' => {
            open.push(c);
            true
        }
        '”' => open.pop() == Some('“'),
        '’' => open.pop() == Some('‘'),
        '」' => open.pop() == Some('「'),
        '＂' => false,
        _ => true,
    }) && open.is_empty()
}

/// A text that an ASCII quotation mark opens and a full-width one closes.
pub(super) fn wide_end(value: &Value<'_>, error: &Error, new: New<'_>) -> Option<Draft> {
    let ErrorKind::UnterminatedString(_) = error.kind() else {
        return None;
    };
    let inner = value.written.strip_prefix('"')?;
    let meant = inner.strip_suffix(['”', '“', '＂'])?;
    if meant.contains(['"', '\\']) || !in_pairs(meant) {
        return None;
    }
    let shown = shortened(meant);
    let message = Text::fixed(
        "文字末尾是中文引号，要用英文引号",
        "a Chinese quotation mark ends the text; it needs an ASCII one",
    );
    let draft = new(value.span.clone(), message)
        .label(Text::fixed("中文引号", "Chinese quotation mark"))
        .fix(text!("写成\"{shown}\"", "write \"{shown}\""));
    Some(draft.edit(value.span.clone(), format!("\"{meant}\"")))
}
