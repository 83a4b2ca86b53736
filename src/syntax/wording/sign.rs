//! Full-width signs and quotes of Chinese typing where TOML wants ASCII ones.

use std::ops::Range;

use super::super::{Statement, line_of, snap};
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
    let closing = quote
        .then(|| rest.find(['”', '“', '’', '‘', '」', '＂']))
        .flatten();
    let fix = match closing {
        Some(end) => {
            let value = shortened(&rest[..end]);
            text!("写成\"{value}\"", "write \"{value}\"")
        }
        None => text!("改成{ascii}", "write {ascii}"),
    };
    let draft = new(span.clone(), message)
        .label(Text::fixed("全角符号", "full-width sign"))
        .fix(fix);
    let clean = closing.is_some_and(|end| {
        let tail = rest[end..].chars().skip(1).collect::<String>();
        (tail.trim().is_empty() || tail.trim().starts_with('#'))
            && !rest[..end].contains(['"', '\\'])
    });
    Some(match closing {
        Some(end) if clean => {
            let close = rest[end..].chars().next().map_or(0, char::len_utf8);
            draft.edit(
                at..at + found.len_utf8() + end + close,
                format!("\"{}\"", &rest[..end]),
            )
        }
        None if !quote => draft.edit(span, *ascii),
        _ => draft,
    })
}
