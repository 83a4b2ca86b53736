//! Values that are not of TOML: units behind numbers, Chinese digits, 是 and 否, 无, quotes inside text.

use std::ops::Range;

use toml_spanner::{Error, ErrorKind};

use super::super::Statement;
use super::New;
use super::kind::Kind;
use crate::finding::{Draft, Step};
use crate::lang::Text;
use crate::read::{certain, shortened};
use crate::text;

/// What stands after the equals sign of a statement's first line.
pub(super) struct Value<'t> {
    /// The key as it is written, dots and all.
    pub key: String,
    pub kind: Kind,
    /// Without blanks and comment.
    pub written: &'t str,
    pub span: Range<usize>,
}

impl<'t> Value<'t> {
    pub(super) fn of(text: &'t str, statement: &Statement<'_>) -> Option<Value<'t>> {
        let Some(Step::Key(last)) = statement.keys.last() else {
            return None;
        };
        let line = &text[statement.line.clone()];
        let (name, rest) = line.split_once('=')?;
        let value = uncommented(rest);
        let written = value.trim();
        let blank = value.len() - value.trim_start().len();
        let start = statement.line.start + name.len() + 1 + blank;
        Some(Value {
            key: name.trim().to_owned(),
            kind: Kind::of(last),
            written,
            span: start..start + written.len(),
        })
    }

    /// Whether it is neither text in quotes nor a list nor braces.
    pub(super) fn is_bare(&self) -> bool {
        !self.written.starts_with(['"', '\'', '[', '{'])
    }
}

/// The text before a comment; a `#` in quotes is none.
pub(super) fn uncommented(rest: &str) -> &str {
    let mut quoted = false;
    let end = rest.find(|c| {
        quoted ^= c == '"';
        c == '#' && !quoted
    });
    &rest[..end.unwrap_or(rest.len())]
}

/// Words for nothing.
const NONE: [&str; 13] = [
    "无", "没有", "暂无", "未定", "待定", "尚未", "未", "不详", "空", "/", "-", "None", "null",
];

/// A word that says that there is nothing.
pub(super) fn none(value: &Value<'_>, new: New<'_>) -> Option<Draft> {
    let begins = |word: &str| {
        value
            .written
            .strip_prefix(word)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['，', '、', '（', '。']))
    };
    if matches!(value.kind, Kind::Bool | Kind::Unknown) || !NONE.iter().any(|word| begins(word)) {
        return None;
    }
    let shown = shortened(value.written);
    let draft = new(
        value.span.clone(),
        text!("“{shown}”不是值", "“{shown}” is not a value"),
    );
    Some(
        draft
            .label(Text::fixed("没有内容", "nothing"))
            .fix(Text::fixed(
                "没有的内容整行删去",
                "delete the line if there is nothing",
            )),
    )
}

/// A value that its key tells how to write.
pub(super) fn value(value: &Value<'_>, error: &Error, new: New<'_>) -> Option<Draft> {
    if !value.is_bare() {
        return quotes_inside(value, error, new);
    }
    match value.kind {
        Kind::Number => number(value, new),
        Kind::Bool => Some(truth(value, new)),
        Kind::Text => text_without_quotes(value, new),
        Kind::Date | Kind::Unknown => None,
    }
}

/// `12人`, `五`, `１２`.
fn number(value: &Value<'_>, new: New<'_>) -> Option<Draft> {
    let (written, key) = (value.written, &value.key);
    let digits = written
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(written.len());
    let shown = shortened(written);
    let meant = certain::whole(written);
    let fix = match meant {
        Some(number) => text!("写成{key} = {number}", "write {key} = {number}"),
        None => text!(
            "写成{key} = 12这样的数字，不加单位",
            "write a number such as {key} = 12, without a unit"
        ),
    };
    let has_unit = meant.is_some() && digits > 0 && digits < written.len();
    let (message, label) = match has_unit {
        true => (
            text!(
                "数字“{shown}”后面写了单位",
                "there is a unit after the number: “{shown}”"
            ),
            Text::fixed("数字后面不写单位", "no unit after the number"),
        ),
        false => (
            text!(
                "“{shown}”要写成半角数字",
                "“{shown}” must be a number in ASCII digits"
            ),
            Text::fixed("写数字", "a number"),
        ),
    };
    let draft = new(value.span.clone(), message).label(label).fix(fix);
    Some(match meant {
        Some(number) => draft.edit(value.span.clone(), number.to_string()),
        None => draft,
    })
}

/// 是 and 否.
fn truth(value: &Value<'_>, new: New<'_>) -> Draft {
    let (key, shown) = (&value.key, shortened(value.written));
    let meant = certain::truth(value.written);
    let fix = match meant {
        Some(meant) => text!("写成{key} = {meant}", "write {key} = {meant}"),
        None => text!(
            "写成{key} = true（是）或{key} = false（否）",
            "write {key} = true or {key} = false"
        ),
    };
    let draft = new(
        value.span.clone(),
        text!(
            "此处应写true或false，不写“{shown}”",
            "write true or false here, not “{shown}”"
        ),
    );
    let draft = draft.label(Text::fixed("是或否", "true or false")).fix(fix);
    match meant {
        Some(meant) => draft.edit(value.span.clone(), meant.to_string()),
        None => draft,
    }
}

/// Text without its quotes; what has digits only is most likely a telephone number or another code.
fn text_without_quotes(value: &Value<'_>, new: New<'_>) -> Option<Draft> {
    let (key, written) = (&value.key, value.written);
    if written.contains(['"', '=', '\'', '“', '”']) {
        return None;
    }
    let shown = shortened(written);
    let draft = if key.ends_with("phone") {
        new(
            value.span.clone(),
            Text::fixed("电话要加引号", "a telephone number needs quotes"),
        )
    } else {
        new(
            value.span.clone(),
            Text::fixed("文字没有加引号", "text is not in quotes"),
        )
    };
    let fixed = match key.ends_with("contact") {
        true => crate::read::contact(written),
        false => format!("\"{shown}\""),
    };
    Some(
        draft
            .label(Text::fixed("要加引号", "needs quotes"))
            .fix(text!("写成{key} = {fixed}", "write {key} = {fixed}")),
    )
}

/// ASCII quotes inside of text in quotes.
fn quotes_inside(value: &Value<'_>, error: &Error, new: New<'_>) -> Option<Draft> {
    let inner = value.written.strip_prefix('"')?.strip_suffix('"')?;
    if !matches!(error.kind(), ErrorKind::Wanted { .. })
        || !inner.contains('"')
        || inner.contains('=')
    {
        return None;
    }
    let key = &value.key;
    let draft = new(
        value.span.clone(),
        Text::fixed("文字里面又有英文引号", "there are quotes inside the text"),
    )
    .label(Text::fixed("引号", "quotes"));
    let parts: Vec<&str> = inner.split('"').collect();
    if parts.len().is_multiple_of(2) {
        return Some(draft.fix(Text::fixed(
            "文字里的引号用中文引号“…”",
            "use “…” for quotes inside text",
        )));
    }
    let mut meant = String::new();
    for (number, part) in parts.iter().enumerate() {
        meant += ["", "“", "”"][if number == 0 { 0 } else { 2 - number % 2 }];
        meant += part;
    }
    let meant = shortened(&meant);
    Some(draft.fix(text!(
        "文字里的引号用中文引号“…”：{key} = \"{meant}\"",
        "use “…” for quotes inside text: {key} = \"{meant}\""
    )))
}
