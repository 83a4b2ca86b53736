//! Days as offices write them in cells. A day that is certain is read; of any other it is said what it lacks.

use chrono::Datelike;

use super::book::Cell;
use super::value::{EXACT, Read, shown, squeezed, wrong};
use crate::calendar::{self, Date, narrow};
use crate::form::{Column, Value};
use crate::lang::Text;
use crate::read::shortened;
use crate::text;

use Read::{Remarked, Wrong};

/// What to do about a cell that holds no day.
pub(super) const FIX: Text = Text::fixed(
    "写成2022-03-28这样的日期；尚未确定的不填",
    "write a date such as 2022-03-28; leave out what is not settled",
);

/// Reads a day.
pub(super) fn read(cell: &Cell, column: &Column) -> Read {
    match cell {
        Cell::Date(date) => Read::Value(Value::Date(*date)),
        Cell::Text(text) => match calendar::read(&bare(text)) {
            Some(date) => Read::Value(Value::Date(date)),
            None => incomplete(text, column),
        },
        Cell::Number(number) => serial(*number, column),
        other => wrong(column, &shown(other), FIX),
    }
}

/// Reads the last day of a time limit: `2022年10月底前` as 31 October, which is still in time.
pub(super) fn limit(cell: &Cell, column: &Column) -> Read {
    let Cell::Text(text) = cell else {
        return read(cell, column);
    };
    match last_day(&squeezed(text)) {
        Some(date) => {
            let found = shortened(text.trim());
            let remark = text!(
                "“{found}”读作{date}（含当日）",
                "“{found}” is read as {date}, that day included"
            );
            Remarked(Value::Date(date), remark)
        }
        None => read(cell, column),
    }
}

fn last_day(text: &str) -> Option<Date> {
    let by = text
        .strip_suffix("以前")
        .or_else(|| text.strip_suffix("之前"))
        .or_else(|| text.strip_suffix('前'));
    let until = by.unwrap_or(text);
    let month = until
        .strip_suffix("月底")
        .or_else(|| until.strip_suffix("月末"));
    let Some(month) = month else {
        return by.and_then(calendar::read);
    };
    let first = calendar::read(&format!("{month}月1日"))?;
    let next = first.checked_add_months(chrono::Months::new(1))?;
    next.pred_opt()
}

/// A day without what stands beside it: `2022-3-28 0:00`, `2022年3月28日（星期一）`, `2022.3.28.`; a nought that
/// was typed as a circle is one.
fn bare(text: &str) -> String {
    let is_time =
        |tail: &str| tail.contains(':') && tail.chars().all(|c| c.is_ascii_digit() || c == ':');
    let text = match text.trim().rsplit_once([' ', 'T']) {
        Some((day, tail)) if is_time(tail) => day,
        _ => text,
    };
    let mut day: String = squeezed(text)
        .chars()
        .map(|c| match c {
            '○' | '◯' | 'О' | 'O' | 'Ο' => '〇',
            '（' => '(',
            other => other,
        })
        .collect();
    let weekday = ["(星期", "(周", "星期", "周"];
    if let Some(at) = weekday.iter().find_map(|mark| day.find(mark)) {
        let of_week = |c: char| "星期周一二三四五六日天()）".contains(c);
        if day[at..].chars().all(of_week) {
            day.truncate(at);
        }
    }
    // 二0二二年, with a nought from the row of digits.
    if day.chars().any(|c| "一二三四五六七八九".contains(c))
        && !day.contains(|c: char| matches!(c, '1'..='9' | '１'..='９'))
    {
        day = day.replace(['0', '０'], "〇");
    }
    day.trim_end_matches(['.', '。']).to_owned()
}

/// What a day that cannot be read lacks.
fn incomplete(text: &str, column: &Column) -> Read {
    let (zh, en) = (column.header.zh(), column.header.en());
    let found = shortened(text.trim());
    let tell = |message_zh: &str, message_en: &str, fix| {
        Wrong(
            text!("{zh}“{found}”{message_zh}", "{en}: “{found}” {message_en}"),
            fix,
        )
    };
    let plain: String = bare(text).chars().map(narrow).collect();
    let of_year = plain.contains('年');
    let numbers: Option<Vec<u32>> = plain
        .trim_end_matches(['日', '号'])
        .split(['年', '月', '-', '/', '.'])
        .filter(|part| !part.is_empty())
        .map(calendar::number)
        .collect();
    match numbers.as_deref() {
        Some([1..=12, 1..=31]) if !of_year => tell(
            "没有写年份",
            "has no year",
            Text::fixed(
                "补上年份，写成2022-03-28这样的日期",
                "add the year: a date such as 2022-03-28",
            ),
        ),
        Some([1000..=9999, 1..=12]) => tell(
            "没有写哪一日",
            "has no day",
            Text::fixed(
                "补上日，写成2022-03-28这样的日期；尚未确定的不填",
                "add the day: a date such as 2022-03-28; leave out what is not settled",
            ),
        ),
        Some([0..=99, 1..=12, 1..=31]) => tell(
            "的年份没有写全",
            "has a year of two figures",
            Text::fixed(
                "年份写四位，如2022-03-28",
                "write the year in full, such as 2022-03-28",
            ),
        ),
        Some([1000..=9999, _, _]) => tell(
            "，没有这一天",
            "is not in the calendar",
            Text::fixed("核对月和日", "see which month and day is meant"),
        ),
        _ => wrong(column, text, FIX),
    }
}

/// A number in a date's place: `20220328`, or the day's number in Excel whose format was lost.
fn serial(number: f64, column: &Column) -> Read {
    let whole = (number.fract() == 0.0 && number.abs() < EXACT).then_some(number as i64);
    if let Some(date) = whole.and_then(|number| calendar::read(&number.to_string())) {
        return Read::Value(Value::Date(date));
    }
    // Of any other year no campaign can mean a day.
    let time = calamine::ExcelDateTime::new(number, calamine::ExcelDateTimeType::DateTime, false);
    let date = time.as_datetime().map(|time| time.date());
    if let Some(date) = date.filter(|date| (2000..2100).contains(&date.year())) {
        let remark = text!(
            "数字{number}是日期的序号，读作{date}",
            "the number {number} is read as the day {date}"
        );
        return Remarked(Value::Date(date), remark);
    }
    wrong(column, &number.to_string(), FIX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::SHEETS;
    use crate::lang::Lang;

    fn column(field: &str) -> &'static Column {
        let mut columns = SHEETS.iter().flat_map(|sheet| sheet.columns());
        columns.find(|column| column.field == field).unwrap()
    }

    fn filed(text: &str) -> Result<String, String> {
        match read(&Cell::Text(text.to_owned()), column("plan.filed")) {
            Read::Value(Value::Date(date)) => Ok(date.to_string()),
            Wrong(message, _) => Err(message.get(Lang::Zh).to_owned()),
            _ => panic!("{text}"),
        }
    }

    #[test]
    fn a_day_is_read_whatever_stands_beside_it() {
        for text in [
            "2022-3-5 0:00:00",
            "2022年3月5日（星期六）",
            "2022年3月5日(周六)",
            "2022.03.05 星期六",
            "2022. 3. 5",
            "2022年三月05日",
            "2022.3.5.",
            "二○二二年三月五日",
            "二0二二年三月五日",
            "二O二二年三月五日",
        ] {
            assert_eq!(filed(text), Ok("2022-03-05".to_owned()), "{text}");
        }
        assert_eq!(filed("2022年10月20日"), Ok("2022-10-20".to_owned()));
    }

    #[test]
    fn of_a_day_that_cannot_be_read_it_is_said_what_it_lacks() {
        for (text, lacks) in [
            ("３月５日", "没有写年份"),
            ("3.5", "没有写年份"),
            ("2022年3月", "没有写哪一日"),
            ("22.3.5", "年份没有写全"),
            ("5年3月", "不能识别"),
            ("2022-02-30", "没有这一天"),
            ("2022年3月5日前", "不能识别"),
            ("2022年3月5日至8日", "不能识别"),
            ("2022年3月5日周报", "不能识别"),
            ("待定", "不能识别"),
        ] {
            let message = filed(text).unwrap_err();
            assert!(message.contains(lacks), "{text}: {message}");
        }
    }

    #[test]
    fn a_number_is_a_day_by_its_figures_or_by_its_number_in_excel() {
        let read = |number: f64| match read(&Cell::Number(number), column("plan.filed")) {
            Read::Value(Value::Date(date)) => date.to_string(),
            Remarked(Value::Date(date), remark) => format!("{date}：{}", remark.get(Lang::Zh)),
            Wrong(message, _) => message.get(Lang::Zh).to_owned(),
            _ => panic!("{number}"),
        };
        for (number, said) in [
            (20_220_328.0, "2022-03-28"),
            (
                44_648.0,
                "2022-03-28：数字44648是日期的序号，读作2022-03-28",
            ),
            (20_220_328.5, "报送日期“20220328.5”不能识别"),
            (1e15, "报送日期“1000000000000000”不能识别"),
            (9.0, "报送日期“9”不能识别"),
        ] {
            assert_eq!(read(number), said);
        }
    }

    #[test]
    fn a_time_limit_by_the_end_of_a_month_is_its_last_day() {
        for (text, day) in [
            ("2022年10月底前", "2022-10-31"),
            ("2022年2月底", "2022-02-28"),
            ("2022年12月末", "2022-12-31"),
            ("2022年6月30日前", "2022-06-30"),
            ("二〇二二年六月三十日之前", "2022-06-30"),
        ] {
            let cell = Cell::Text(text.to_owned());
            match limit(&cell, column("problem.due")) {
                Remarked(Value::Date(date), _) => assert_eq!(date.to_string(), day, "{text}"),
                _ => panic!("{text}"),
            }
        }
        let month = Cell::Text("10月底前".to_owned());
        assert!(matches!(limit(&month, column("problem.due")), Wrong(..)));
    }
}
