//! Cells by what their field holds: the usual ways to write a date, a number, a name or a word are read; what could
//! mean two things is a problem, and what was read in spite of its form is remarked.

use unicode_normalization::UnicodeNormalization;

use super::book::Cell;
use super::day;
use crate::calendar;
use crate::field::{Shape, Term};
use crate::form::{Column, Kind, Value};
use crate::lang::Text;
use crate::nearest::nearest;
use crate::plan::TimeLimit;
use crate::read::shortened;
use crate::text;

/// From here on Excel keeps no number exactly, or no integer is what somebody wrote.
pub(super) const EXACT: f64 = 1e15;

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
            day::FIX,
        ),
        Cell::Text(text) if is_ditto(text) => Wrong(
            text!(
                "“{sign}”没有写明内容",
                "“{sign}” does not say what is meant",
                sign = text.trim()
            ),
            Text::fixed("照上一行的内容写出来", "write out what the row above says"),
        ),
        Cell::Text(text) if is_nothing(text) => {
            let sign = text.trim();
            Nothing(text!("“{sign}”当作没有填", "“{sign}” is taken for nothing"))
        }
        _ => by_shape(cell, column, &column.shape(), words),
    }
}

/// What offices write where there is nothing.
fn is_nothing(text: &str) -> bool {
    matches!(
        text.trim(),
        "" | "无" | "/" | "／" | "-" | "—" | "——" | "--" | "－"
    )
}

/// What offices write for what stands above. Rows are sorted and moved, so it is not looked up.
fn is_ditto(text: &str) -> bool {
    matches!(&*squeezed(text), "同上" | "同上行" | "〃" | "″" | "\"")
}

fn by_shape(cell: &Cell, column: &Column, shape: &Shape, words: &[String]) -> Read {
    match shape {
        Shape::Date => day::read(cell, column),
        Shape::TimeLimit => match cell {
            Cell::Text(text) if is_standing(text) => {
                Read::Value(Value::Text(TimeLimit::STANDING.to_owned()))
            }
            _ => day::limit(cell, column),
        },
        Shape::Number { least, most } => number(cell, column, *least, *most),
        Shape::Truth => truth(cell, column),
        Shape::Word(terms) => word(cell, column, terms),
        Shape::List(inner) => list(cell, column, inner),
        _ => written(cell, column, words),
    }
}

fn is_standing(text: &str) -> bool {
    let text = squeezed(text);
    TimeLimit::WORDS.contains(&&*text) || matches!(&*text, "长期" | "持续推进" | "长期推进")
}

pub(super) fn wrong(column: &Column, found: &str, fix: Text) -> Read {
    let found = shortened(found);
    let message = text!(
        "{zh}“{found}”不能识别",
        "{en}: “{found}” is not understood",
        zh = column.header.zh(),
        en = column.header.en()
    );
    Wrong(message, fix)
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

const AS_TEXT: Text = Text::fixed(
    "单元格格式设为“文本”后重新填写",
    "format the cell as text and write it anew",
);

/// `1.38E+10`, which is what a narrow column shows of a telephone number.
fn is_scientific(text: &str) -> bool {
    let parts = text.trim().split_once(['E', 'e']);
    parts
        .is_some_and(|(number, power)| number.parse::<f64>().is_ok() && power.parse::<i8>().is_ok())
}

fn written(cell: &Cell, column: &Column, words: &[String]) -> Read {
    match cell {
        Cell::Text(text) if column.kind == Kind::Phone && is_scientific(text) => Wrong(
            text!(
                "“{number}”是科学计数，号码已不完整",
                "“{number}” is a number in scientific notation; digits are lost",
                number = text.trim()
            ),
            AS_TEXT,
        ),
        Cell::Text(text) => Read::Value(Value::Text(tidied(text, column, words))),
        Cell::Number(number) if number.abs() >= EXACT => Wrong(
            text!(
                "数字{number}位数太多，Excel已改动末尾几位",
                "the number {number} is so long that Excel has rounded it"
            ),
            AS_TEXT,
        ),
        Cell::Number(number) => {
            let text = number.to_string();
            let remark = match column.kind {
                Kind::Phone if text.len() != 11 => text!(
                    "数字{text}按文字读入；数字格会丢掉开头的0，请核对号码",
                    "the number {text} is read as text; a cell of numbers drops a leading 0, so compare it"
                ),
                _ => text!("数字{text}按文字读入", "the number {text} is read as text"),
            };
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
            AS_TEXT,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Sheet;

    fn column(table: &str, key: &str) -> &'static Column {
        let mut columns = Sheet::of(table).unwrap().columns();
        columns.find(|column| column.key() == key).unwrap()
    }

    /// What a cell of a column is read as, or nothing if it is wrong.
    fn value(cell: Cell, column: &Column) -> Option<Value> {
        match read(&cell, column, &[]) {
            Read::Value(value) | Remarked(value, _) => Some(value),
            Nothing(_) => None,
            Wrong(message, fix) => {
                assert!(!message.is_empty() && !fix.is_empty());
                None
            }
        }
    }

    #[test]
    fn a_number_is_whole_and_within_what_can_be() {
        let expected = column("meeting", "expected");
        let number = |cell| value(cell, expected);
        let whole = |n| Some(Value::Number(n));
        assert_eq!(number(Cell::Number(9.0)), whole(9));
        for text in ["9", " 9 人", "９", "9名", "9个"] {
            assert_eq!(number(Cell::Text(text.to_owned())), whole(9), "{text}");
        }
        assert_eq!(number(Cell::Text("1,024".to_owned())), whole(1024));
        for wrong in [1.5, -1.0, 1e15, 1e300, f64::NAN, f64::INFINITY] {
            assert_eq!(number(Cell::Number(wrong)), None, "{wrong}");
        }
        for wrong in ["9.5", "九", "9-10", "-9", "9人左右", "99999999999999999999"] {
            assert_eq!(number(Cell::Text(wrong.to_owned())), None, "{wrong}");
        }
        assert_eq!(number(Cell::Truth(true)), None);
    }

    #[test]
    fn a_cell_without_a_value_is_told_what_it_is() {
        let said = |cell: Cell| match read(&cell, column("plan", "filed"), &[]) {
            Wrong(message, fix) => (message.zh().to_owned(), fix.zh().to_owned()),
            _ => panic!("{cell:?}"),
        };
        assert_eq!(said(Cell::Formula).0, "公式没有计算结果");
        let (message, fix) = said(Cell::Time);
        assert_eq!(message, "报送日期是时刻，不是日期");
        assert_eq!(fix, day::FIX.zh());
    }

    #[test]
    fn a_telephone_number_is_kept_unless_digits_are_lost() {
        let phone = column("plan", "contact.phone");
        let said = |cell: Cell| match read(&cell, phone, &[]) {
            Read::Value(Value::Text(text)) => text,
            Remarked(Value::Text(text), remark) => format!("{text}：{}", remark.zh()),
            Wrong(message, _) => message.zh().to_owned(),
            _ => panic!("{cell:?}"),
        };
        let text = |text: &str| said(Cell::Text(text.to_owned()));
        assert_eq!(text(" ０421-000 0001"), "0421-0000001");
        assert_eq!(text("8123E"), "8123E");
        assert_eq!(text("转e5"), "转e5");
        assert_eq!(text("1.38E+10"), "“1.38E+10”是科学计数，号码已不完整");
        assert_eq!(
            said(Cell::Number(10_000_000_001.0)),
            "10000000001：数字10000000001按文字读入"
        );
        assert_eq!(
            said(Cell::Number(421_000_000.0)),
            "421000000：数字421000000按文字读入；数字格会丢掉开头的0，请核对号码"
        );
    }

    #[test]
    fn yes_and_no_are_read_in_the_ways_that_people_write_them() {
        let reviews = column("meeting", "reviews_campaign");
        let truth = |cell| value(cell, reviews);
        for yes in ["是", " 是 ", "√", "YES", "有"] {
            assert_eq!(
                truth(Cell::Text(yes.to_owned())),
                Some(Value::Truth(true)),
                "{yes}"
            );
        }
        for no in ["否", "×", "No", "未"] {
            let read = truth(Cell::Text(no.to_owned()));
            assert_eq!(read, Some(Value::Truth(false)), "{no}");
        }
        assert_eq!(truth(Cell::Number(1.0)), Some(Value::Truth(true)));
        assert_eq!(truth(Cell::Number(0.0)), Some(Value::Truth(false)));
        assert_eq!(truth(Cell::Truth(false)), Some(Value::Truth(false)));
        for wrong in [Cell::Number(2.0), Cell::Text("也许".to_owned())] {
            assert_eq!(truth(wrong), None);
        }
    }
}
