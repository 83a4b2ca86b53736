//! Cells by what their field holds: the usual ways to write a date, a number, a name or a word are read; what could
//! mean two things is a problem, and what was read in spite of its form is remarked.

use unicode_normalization::UnicodeNormalization;

use super::book::Cell;
use crate::calendar;
use crate::field::{Shape, Term};
use crate::form::{Column, Kind, Value};
use crate::lang::Text;
use crate::plan::TimeLimit;
use crate::read::{nearest, shortened};
use crate::text;

/// From here on Excel keeps no number exactly, or no integer is what somebody wrote.
const EXACT: f64 = 1e15;

/// What a cell was read as.
pub(super) enum Read {
    /// A sign that there is nothing; it is told, so that nobody wonders where it has gone.
    Nothing(Text),
    /// A value.
    Value(Value),
    /// A value whose form deserves a remark.
    Remarked(Value, Text),
    /// Nothing usable: what is wrong and what to do.
    Wrong(Text, Text),
}

use Read::{Nothing, Remarked, Wrong};

/// Reads a cell of a column.
pub(super) fn read(cell: &Cell, column: &Column, words: &[String]) -> Read {
    match cell {
        Cell::Error(error) => Wrong(
            text!("单元格是错误值{error}", "the cell is the error {error}"),
            Text::fixed(
                "改成实际内容，或清空",
                "write what is the case, or empty the cell",
            ),
        ),
        Cell::Formula => Wrong(
            Text::fixed("公式没有计算结果", "the formula has no result"),
            Text::fixed(
                "用Excel或WPS打开后保存一次，或改成内容",
                "open the workbook in Excel or WPS and save it, or write the content itself",
            ),
        ),
        Cell::Time => Wrong(
            text!(
                "{zh}是时刻，不是日期",
                "{en} is a time of day",
                zh = column.header.zh(),
                en = column.header.en()
            ),
            DATE_FIX,
        ),
        Cell::Text(text) if is_nothing(text) => {
            let sign = text.trim();
            Nothing(text!("“{sign}”当作没有填", "“{sign}” is taken for nothing"))
        }
        _ => by_shape(cell, column, &column.shape(), words),
    }
}

const DATE_FIX: Text = Text::fixed(
    "写成2022-03-28这样的日期；尚未确定的不填",
    "write a date such as 2022-03-28; leave out what is not settled",
);

/// What offices write where there is nothing.
fn is_nothing(text: &str) -> bool {
    matches!(
        text.trim(),
        "" | "无" | "/" | "／" | "-" | "—" | "——" | "--" | "－"
    )
}

fn by_shape(cell: &Cell, column: &Column, shape: &Shape, words: &[String]) -> Read {
    match shape {
        Shape::Date => date(cell, column),
        Shape::TimeLimit => match cell {
            Cell::Text(text) if TimeLimit::WORDS.contains(&&*squeezed(text)) => {
                Read::Value(Value::Text(TimeLimit::STANDING.to_owned()))
            }
            _ => date(cell, column),
        },
        Shape::Number { least, most } => number(cell, column, *least, *most),
        Shape::Truth => truth(cell, column),
        Shape::Word(terms) => word(cell, column, terms),
        Shape::List(inner) => list(cell, column, inner),
        _ => written(cell, column, words),
    }
}

fn wrong(column: &Column, found: &str, fix: Text) -> Read {
    let found = shortened(found);
    let message = text!(
        "{zh}“{found}”不能识别",
        "{en}: “{found}” is not understood",
        zh = column.header.zh(),
        en = column.header.en()
    );
    Wrong(message, fix)
}

fn date(cell: &Cell, column: &Column) -> Read {
    match cell {
        Cell::Date(date) => Read::Value(Value::Date(*date)),
        Cell::Text(text) => match calendar::read(day_part(text)) {
            Some(date) => Read::Value(Value::Date(date)),
            None => wrong(column, text, DATE_FIX),
        },
        Cell::Number(number) => serial(*number, column),
        other => wrong(column, &shown(other), DATE_FIX),
    }
}

/// `2022-3-28 0:00` without its time.
fn day_part(text: &str) -> &str {
    let is_time =
        |tail: &str| tail.contains(':') && tail.chars().all(|c| c.is_ascii_digit() || c == ':');
    match text.trim().rsplit_once([' ', 'T']) {
        Some((day, tail)) if is_time(tail) => day,
        _ => text,
    }
}

/// A number in a date's place: `20220328`, or the day's number in Excel whose format was lost.
fn serial(number: f64, column: &Column) -> Read {
    let whole = (number.fract() == 0.0 && number.abs() < EXACT).then_some(number as i64);
    if let Some(date) = whole.and_then(|number| calendar::read(&number.to_string())) {
        return Read::Value(Value::Date(date));
    }
    // From 2000 to 2099; anything else is no day that a campaign can mean.
    if (36_526.0..73_051.0).contains(&number) {
        let time =
            calamine::ExcelDateTime::new(number, calamine::ExcelDateTimeType::DateTime, false);
        if let Some(date) = time.as_datetime().map(|time| time.date()) {
            let remark = text!(
                "数字{number}是日期的序号，读作{date}",
                "the number {number} is read as the day {date}"
            );
            return Remarked(Value::Date(date), remark);
        }
    }
    wrong(column, &number.to_string(), DATE_FIX)
}

fn number(cell: &Cell, column: &Column, least: i64, most: i64) -> Read {
    let fix = || {
        text!(
            "写{least}至{most}之间的整数",
            "write a whole number from {least} to {most}"
        )
    };
    let value = match cell {
        Cell::Number(number) if number.fract() == 0.0 && number.abs() < EXACT => {
            Some(*number as i64)
        }
        Cell::Text(text) => {
            let plain: String = squeezed(text).nfkc().filter(|c| *c != ',').collect();
            let digits = plain
                .trim_end_matches("年度")
                .trim_end_matches(['人', '名', '个', '年', '号', '项']);
            digits.parse().ok()
        }
        _ => None,
    };
    match value.filter(|value| (least..=most).contains(value)) {
        Some(value) => Read::Value(Value::Number(value)),
        None => wrong(column, &shown(cell), fix()),
    }
}

fn truth(cell: &Cell, column: &Column) -> Read {
    let value = match cell {
        Cell::Truth(truth) => Some(*truth),
        Cell::Number(1.0) => Some(true),
        Cell::Number(0.0) => Some(false),
        Cell::Text(text) => match &*squeezed(text).to_lowercase() {
            "是" | "已" | "有" | "√" | "✓" | "yes" | "y" | "true" => Some(true),
            "否" | "未" | "×" | "✗" | "no" | "n" | "false" => Some(false),
            _ => None,
        },
        _ => None,
    };
    match value {
        Some(value) => Read::Value(Value::Truth(value)),
        None => wrong(
            column,
            &shown(cell),
            Text::fixed("写“是”或“否”", "write 是 (yes) or 否 (no)"),
        ),
    }
}

fn word(cell: &Cell, column: &Column, terms: &[Term]) -> Read {
    let found = shown(cell);
    let squeezed = squeezed(&found);
    let is = |term: &&Term| {
        [term.zh, term.alias].contains(&&*squeezed) || term.en.eq_ignore_ascii_case(found.trim())
    };
    if let Some(term) = terms.iter().find(is) {
        return Read::Value(Value::Text(term.zh.to_owned()));
    }
    let list = terms
        .iter()
        .map(|term| term.zh)
        .collect::<Vec<_>>()
        .join("、");
    let near = nearest(&squeezed, terms.iter().map(|term| term.zh));
    let fix = match near {
        Some(near) => text!(
            "是否为“{near}”？可选：{list}",
            "did you mean “{near}”? choose one of: {list}"
        ),
        None => text!("可选：{list}", "choose one of: {list}"),
    };
    wrong(column, &found, fix)
}

fn list(cell: &Cell, column: &Column, inner: &Shape) -> Read {
    let Cell::Text(text) = cell else {
        return match by_shape(cell, column, inner, &[]) {
            Read::Value(value) => Read::Value(Value::List(vec![value])),
            Remarked(value, remark) => Remarked(Value::List(vec![value]), remark),
            other => other,
        };
    };
    // A path may well have a comma in it.
    let path = matches!(inner, Shape::TextOr(_));
    let splits =
        |c: char| matches!(c, '\n' | '\r' | ';' | '；') || !path && matches!(c, '、' | '，' | ',');
    let mut values = Vec::new();
    for part in text.split(splits).filter(|part| !part.trim().is_empty()) {
        match by_shape(&Cell::Text(part.to_owned()), column, inner, &[]) {
            Read::Value(value) | Remarked(value, _) => values.push(value),
            Nothing(_) => {}
            wrong => return wrong,
        }
    }
    Read::Value(Value::List(values))
}

fn written(cell: &Cell, column: &Column, words: &[String]) -> Read {
    match cell {
        Cell::Text(text) => Read::Value(Value::Text(tidied(text, column, words))),
        Cell::Number(number) if number.abs() >= EXACT => Wrong(
            text!(
                "数字{number}位数太多，Excel已改动末尾几位",
                "the number {number} is so long that Excel has rounded it"
            ),
            Text::fixed(
                "单元格格式设为“文本”后重新填写",
                "format the cell as text and write it anew",
            ),
        ),
        Cell::Number(number) => {
            let text = number.to_string();
            let remark = text!("数字{text}按文字读入", "the number {text} is read as text");
            Remarked(Value::Text(text), remark)
        }
        Cell::Truth(truth) => Read::Value(Value::Text(if *truth { "是" } else { "否" }.to_owned())),
        Cell::Date(date) => Wrong(
            text!(
                "{zh}应是文字，单元格却是日期{date}",
                "{en} is text, but the cell holds the date {date}",
                zh = column.header.zh(),
                en = column.header.en()
            ),
            Text::fixed(
                "单元格格式设为“文本”后重新填写",
                "format the cell as text and write it anew",
            ),
        ),
        other => wrong(column, &shown(other), Text::fixed("改成文字", "write text")),
    }
}

/// Text without what only padded its cell.
fn tidied(text: &str, column: &Column, words: &[String]) -> String {
    let text = text.trim();
    let same = |word: &&String| squeezed(word) == squeezed(text);
    if let Some(word) = words.iter().find(same) {
        return word.clone();
    }
    match column.kind {
        Kind::People => unpadded(text),
        Kind::Phone => text
            .chars()
            .map(calendar::narrow)
            .filter(|c| !c.is_whitespace())
            .collect(),
        _ => text.to_owned(),
    }
}

/// `赵 六、孙　甲` as `赵六、孙甲`: two single characters were padded to the width of three.
fn unpadded(text: &str) -> String {
    let pieces = text.split_inclusive(['、', '，', ',', '；', ';']);
    let piece = |piece: &str| {
        let squeezed = squeezed(piece);
        let name = squeezed.trim_end_matches(['、', '，', ',', '；', ';']);
        let padded = piece.split_whitespace().all(|part| {
            part.trim_end_matches(['、', '，', ',', '；', ';'])
                .chars()
                .count()
                == 1
        });
        let han = name
            .chars()
            .all(|c| matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}'));
        match padded && han && name.chars().count() == 2 {
            true => squeezed.clone(),
            false => piece.to_owned(),
        }
    };
    pieces.map(piece).collect::<String>().trim().to_owned()
}

/// Text without any blank.
pub(super) fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// A cell as a person sees it.
pub(super) fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => text.trim().to_owned(),
        Cell::Number(number) => number.to_string(),
        Cell::Date(date) => calendar::iso(*date),
        Cell::Truth(truth) => truth.to_string().to_uppercase(),
        Cell::Error(error) => error.clone(),
        Cell::Formula | Cell::Time => String::new(),
    }
}
