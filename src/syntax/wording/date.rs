//! Dates that TOML does not read: `2022-3-29`, `2022年3月29日`, `3月28日`, `2022-03`, 30 February.

use std::ops::Range;

use toml_spanner::{Error, ErrorKind};

use super::New;
use super::kind::Kind;
use super::value::Value;
use crate::calendar::{self, Date};
use crate::finding::Draft;
use crate::lang::Text;
use crate::read::shortened;
use crate::text;

/// A date, or what was read as one, in a bare value or within a list or braces.
pub(super) fn date(value: &Value<'_>, error: &Error, new: New<'_>) -> Option<Draft> {
    if !value.is_bare() {
        return within(value, error, new);
    }
    let written = value.written;
    let wanted = matches!(value.kind, Kind::Date | Kind::Unknown);
    if let Some((date, why)) = meant(written).filter(|_| wanted) {
        let (key, shown) = (&value.key, shortened(written));
        let draft = new(value.span.clone(), wrong(&shown, &why)).label(label());
        let draft = draft.fix(text!("写成{key} = {date}", "write {key} = {date}"));
        // What no table has may be a version or a number with dots.
        let certain = calendar::certain(trimmed(written)).is_some()
            && (value.kind == Kind::Date || !written.contains('.'));
        return Some(if certain {
            draft.edit(value.span.clone(), date.to_string())
        } else {
            draft
        });
    }
    if value.kind == Kind::Date {
        return Some(no_date(value, new));
    }
    let number =
        matches!(error.kind(), ErrorKind::InvalidDateTime(_)) && value.kind == Kind::Unknown;
    number.then(|| digits(&value.key, written, value.span.clone(), new))
}

/// A date in a list, or digits in braces.
fn within(value: &Value<'_>, error: &Error, new: New<'_>) -> Option<Draft> {
    let (ErrorKind::InvalidDateTime(_) | ErrorKind::InvalidInteger(_)) = error.kind() else {
        return None;
    };
    let span = error.span().range();
    let inside =
        span.start.checked_sub(value.span.start)?..span.end.checked_sub(value.span.start)?;
    // The parser takes a full-width comma for a part of the date.
    let written = value.written.get(inside)?;
    let written = written.split(['，', '、', '；']).next().unwrap_or_default();
    let span = span.start..span.start + written.len();
    let Some(date) = calendar::read(written) else {
        if matches!(error.kind(), ErrorKind::InvalidInteger(_)) && !written.starts_with('0') {
            return None;
        }
        let path = error
            .path()
            .map(|path| path.to_string())
            .unwrap_or_default();
        let key = path.rsplit('.').next().unwrap_or_default().to_owned();
        return Some(digits(&key, written, span, new));
    };
    if date.to_string() == written {
        // The parser takes what follows a date and a blank for its time of day.
        let draft = new(
            span,
            Text::fixed("列表各项之间缺逗号", "a comma is missing in the list"),
        );
        return Some(draft.label(Text::fixed("缺逗号", "no comma")).fix(text!(
            "写成{written}, …，用半角逗号隔开",
            "put an ASCII comma behind it: {written}, …"
        )));
    }
    let draft = new(span.clone(), wrong(&shortened(written), &reason(written))).label(label());
    let draft = draft.fix(text!("写成{date}", "write {date}"));
    let path = error
        .path()
        .map(|path| path.to_string())
        .unwrap_or_default();
    let key = path
        .split(['.', '[', ']'])
        .rfind(|part| !part.is_empty() && !part.bytes().all(|b| b.is_ascii_digit()));
    let dates = key.is_some_and(|key| Kind::of(key) == Kind::Date);
    Some(match dates && calendar::certain(written).is_some() {
        true => draft.edit(span, date.to_string()),
        false => draft,
    })
}

/// Digits and dashes that the parser took for a date: a telephone number, or a day that does not exist.
fn digits(key: &str, written: &str, span: Range<usize>, new: New<'_>) -> Draft {
    let shown = shortened(written);
    if !written.starts_with('0') && Kind::of(key) != Kind::Text {
        return no_day(&shown, span, new);
    }
    let message = match key {
        "phone" => Text::fixed("电话要加引号", "a telephone number needs quotes"),
        _ => text!("“{shown}”要加引号", "“{shown}” needs quotes"),
    };
    let fix = match key.contains('[') {
        true => text!("写成\"{shown}\"", "write \"{shown}\""),
        false => text!("写成{key} = \"{shown}\"", "write {key} = \"{shown}\""),
    };
    new(span, message)
        .label(Text::fixed("文字要加引号", "text needs quotes"))
        .fix(fix)
}

fn no_day(shown: &str, span: Range<usize>, new: New<'_>) -> Draft {
    new(
        span,
        text!("没有“{shown}”这一天", "there is no day “{shown}”"),
    )
    .label(label())
    .fix(Text::fixed(
        "核对年月日，写成2022-03-28这样的日期",
        "check year, month and day; write a date such as 2022-03-28",
    ))
}

/// What stands after a date key and is no certain day.
fn no_date(value: &Value<'_>, new: New<'_>) -> Draft {
    let (key, shown) = (&value.key, shortened(value.written));
    let parts: Vec<u32> = value
        .written
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|part| part.parse().ok())
        .collect();
    let message = match parts[..] {
        [month, day] if (1..=12).contains(&month) && (1..=31).contains(&day) => {
            text!("日期“{shown}”没有写年份", "the date “{shown}” has no year")
        }
        [year, month] if year >= 1000 && (1..=12).contains(&month) => {
            text!("日期“{shown}”没有写日", "the date “{shown}” has no day")
        }
        [year, _, _] if year >= 1000 => return no_day(&shown, value.span.clone(), new),
        _ => text!("“{shown}”不是日期", "“{shown}” is not a date"),
    };
    new(value.span.clone(), message).label(label()).fix(text!(
        "写成{key} = 2022-03-28这样的日期；尚未确定的，删去这一行",
        "write a date such as {key} = 2022-03-28, or delete the line if it is not settled"
    ))
}

fn label() -> Text {
    Text::fixed("日期", "date")
}

fn wrong(shown: &str, why: &Text) -> Text {
    text!(
        "日期“{shown}”写法不对：{zh}",
        "the date “{shown}” is not written right: {en}",
        zh = why.zh(),
        en = why.en(),
    )
}

/// The day that is meant, and why TOML does not read it.
fn meant(written: &str) -> Option<(Date, Text)> {
    let whole = trimmed(written);
    if let Some(date) = calendar::read(whole) {
        return Some((date, reason(written)));
    }
    let end = written.find(|c: char| !c.is_ascii_digit() && !"-/.年月日号".contains(c))?;
    let date = calendar::read(trimmed(&written[..end]))?;
    Some((
        date,
        Text::fixed(
            "日期后面有多余的内容，说明前面加#",
            "something stands behind it; put # in front of remarks",
        ),
    ))
}

/// Without a closing mark, or a 日 where the rest is in digits and dashes.
fn trimmed(written: &str) -> &str {
    let written = written.trim_end_matches(['。', '.', '，', ',', '；', ';']);
    match written.contains('年') {
        true => written,
        false => written.trim_end_matches(['日', '号']),
    }
}

/// What is wrong with the form of a date that can be guessed.
fn reason(written: &str) -> Text {
    let ascii: Vec<&str> = written.split('-').collect();
    match ascii[..] {
        [_, month, _] if month.len() == 1 => {
            Text::fixed("月份要写两位", "the month needs two digits")
        }
        [_, _, day] if day.len() == 1 => Text::fixed("日要写两位", "the day needs two digits"),
        _ => Text::fixed(
            "要写成年-月-日，各用半角数字",
            "it must be year-month-day in ASCII digits",
        ),
    }
}
