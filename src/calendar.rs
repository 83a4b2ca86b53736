//! Civil dates: reading them as people write them, the as-of date, and the one clock.
//!
//! A civil date has no zone. Only the clock and date-times with an offset need one, and that is the
//! campaign's (`utc_offset`, +08:00 in China, which has no daylight saving time).

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, TimeDelta, Utc};
use toml_spanner as toml;

use crate::lang::Text;
use crate::text;

/// A civil date, proleptic Gregorian.
pub type Date = NaiveDate;

/// The day for which everything is judged, and where it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AsOf {
    /// The day itself. A record dated after it has not happened yet.
    pub date: Date,
    /// Whether it is today by the clock; only then is a later record a mistake.
    pub from_clock: bool,
}

impl AsOf {
    /// A day named by the user.
    pub fn on(date: Date) -> AsOf {
        AsOf {
            date,
            from_clock: false,
        }
    }

    /// Today in the campaign's zone. This is the only place that reads the clock.
    pub fn today(offset: FixedOffset) -> AsOf {
        AsOf {
            date: date_at(Utc::now(), offset),
            from_clock: true,
        }
    }

    /// `today`, or a date in any form that [`read`] knows; `None` when it is neither.
    pub fn parse(wish: &str, offset: FixedOffset) -> Option<AsOf> {
        match wish.trim() {
            "today" | "今天" => Some(AsOf::today(offset)),
            other => read(other).map(AsOf::on),
        }
    }
}

/// The civil date that an instant has at an offset.
pub fn date_at(instant: DateTime<Utc>, offset: FixedOffset) -> Date {
    instant.with_timezone(&offset).date_naive()
}

/// The civil date of a TOML date or date-time; one with an offset is converted to the campaign's zone.
/// `None` for a time without a date, and for an instant beyond the calendar.
pub fn civil(value: &toml::DateTime, offset: FixedOffset) -> Option<Date> {
    let written = value.date()?;
    let date = Date::from_ymd_opt(
        written.year.into(),
        written.month.into(),
        written.day.into(),
    )?;
    let minutes_east = match (value.offset(), value.time()) {
        (Some(toml::TimeOffset::Z), Some(time)) => (0, time),
        (Some(toml::TimeOffset::Custom { minutes }), Some(time)) => (i32::from(minutes), time),
        _ => return Some(date),
    };
    let (east, time) = minutes_east;
    let minute = i32::from(time.hour) * 60 + i32::from(time.minute);
    let local = minute - east + offset.local_minus_utc() / 60;
    date.checked_add_signed(TimeDelta::days(local.div_euclid(24 * 60).into()))
}

/// Reads an offset such as `+08:00`, `+8` or `Z`.
pub fn read_offset(text: &str) -> Option<FixedOffset> {
    if text == "Z" {
        return FixedOffset::east_opt(0);
    }
    let (sign, rest) = match text.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let (hours, minutes) = rest.split_once(':').unwrap_or((rest, "0"));
    let number = |s: &str| {
        s.bytes()
            .all(|b| b.is_ascii_digit())
            .then(|| s.parse::<i32>().ok())
            .flatten()
    };
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    // No place on earth is further than fourteen hours from Greenwich.
    (hours <= 14 && minutes < 60)
        .then(|| FixedOffset::east_opt(sign * (hours * 60 + minutes) * 60))?
}

/// Reads a date as people write it: `2022-03-05`, `2022-3-5`, `2022/3/5`, `2022.3.5`, `20220305`,
/// `2022年3月5日`, `二〇二二年三月五日`, with full-width digits and blanks inside. `None` when it is not
/// one certain day: a month alone, a range, an impossible date.
pub fn read(text: &str) -> Option<Date> {
    if text.len() > 64 {
        return None;
    }
    let plain: String = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(narrow)
        .collect();
    let parts: Vec<&str> = if plain.len() == 8 && plain.bytes().all(|b| b.is_ascii_digit()) {
        vec![&plain[..4], &plain[4..6], &plain[6..]]
    } else if let Some((year, rest)) = plain.split_once('年') {
        let (month, day) = rest.split_once('月')?;
        vec![year, month, day.strip_suffix(['日', '号']).unwrap_or(day)]
    } else {
        plain.split(['-', '/', '.']).collect()
    };
    let [year, month, day] = parts[..] else {
        return None;
    };
    if year.chars().count() != 4 {
        return None;
    }
    Date::from_ymd_opt(
        i32::try_from(number(year)?).ok()?,
        number(month)?,
        number(day)?,
    )
}

/// The same where nothing can be said against it: with a blank within a number, `2022-3-1 2`, it may be
/// another day.
pub fn certain(text: &str) -> Option<Date> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_digit = |c: char| narrow(c).is_ascii_digit() || "〇零一二三四五六七八九十".contains(c);
    let cut = words
        .windows(2)
        .any(|pair| pair[0].ends_with(is_digit) && pair[1].starts_with(is_digit));
    read(text).filter(|_| !cut)
}

/// Full-width digits and dashes as their ASCII forms.
pub(crate) fn narrow(c: char) -> char {
    match c {
        '０'..='９' => char::from(b'0' + (c as u32 - '０' as u32) as u8),
        '－' | '—' | '–' | '―' | '−' => '-',
        '／' => '/',
        '．' | '。' => '.',
        other => other,
    }
}

/// `12`, `十二`, `二十`, `二〇二二`; at most four digits.
pub(crate) fn number(text: &str) -> Option<u32> {
    if text.is_empty() || text.chars().count() > 4 {
        return None;
    }
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return text.parse().ok();
    }
    if let Some((tens, ones)) = text.split_once('十') {
        let tens = if tens.is_empty() { 1 } else { digits(tens)? };
        let ones = if ones.is_empty() { 0 } else { digits(ones)? };
        return (tens < 10 && ones < 10).then_some(tens * 10 + ones);
    }
    digits(text)
}

/// Chinese digits one by one.
fn digits(text: &str) -> Option<u32> {
    text.chars().try_fold(0, |value, c| {
        let digit = "零一二三四五六七八九"
            .chars()
            .position(|d| d == c || (c == '〇' && d == '零'))?;
        Some(value * 10 + u32::try_from(digit).ok()?)
    })
}

/// A date in running text: `2022年4月1日` and `2022-04-01`.
pub fn spelled(date: Date) -> Text {
    let (year, month, day) = (date.year(), date.month(), date.day());
    let iso = iso(date);
    text!("{year}年{month}月{day}日", "{iso}")
}

/// `2022-04-01`, the form of tables, CSV and JSON (ISO 8601).
pub fn iso(date: Date) -> String {
    date.format("%Y-%m-%d").to_string()
}

/// The day of the week, for notes on rest days.
pub fn weekday(date: Date) -> Text {
    const NAMES: [Text; 7] = [
        Text::fixed("星期一", "Monday"),
        Text::fixed("星期二", "Tuesday"),
        Text::fixed("星期三", "Wednesday"),
        Text::fixed("星期四", "Thursday"),
        Text::fixed("星期五", "Friday"),
        Text::fixed("星期六", "Saturday"),
        Text::fixed("星期日", "Sunday"),
    ];
    NAMES[date.weekday().num_days_from_monday() as usize].clone()
}

/// Days from one date to another; negative when the second is earlier.
pub fn days_between(from: Date, to: Date) -> i64 {
    (to - from).num_days()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> Date {
        Date::from_ymd_opt(y, m, d).unwrap()
    }

    fn beijing() -> FixedOffset {
        read_offset("+08:00").unwrap()
    }

    #[test]
    fn a_date_is_read_in_every_usual_form() {
        for text in [
            "2022-03-05",
            "2022-3-5",
            "2022/3/5",
            "2022.3.5",
            "20220305",
            "2022年3月5日",
            "2022 年 03 月 05 日",
            "２０２２年３月５日",
            "二〇二二年三月五日",
            "2022－3－5",
            " 2022年3月5号 ",
            "2022年三月05日",
        ] {
            assert_eq!(read(text), Some(day(2022, 3, 5)), "{text}");
        }
        assert_eq!(read("二〇二二年十二月三十一日"), Some(day(2022, 12, 31)));
        assert_eq!(read("2022年十月二十日"), Some(day(2022, 10, 20)));
    }

    #[test]
    fn what_is_not_one_day_is_not_read() {
        for text in [
            "",
            "2022-3",
            "2022年3月",
            "2022-02-30",
            "22-3-5",
            "3月5日",
            "2022-3-5-6",
            "长期坚持",
            "202203055",
            "2022年3月5日至8日",
            "2022-+3-5",
            "2022-3-",
            "2022-13-01",
            "十年三月五日",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_date_is_read_with_blanks_up_to_a_limit() {
        let with_blanks = |length: usize| format!("2022-3-5{}", " ".repeat(length - 8));
        assert_eq!(read(&with_blanks(64)), Some(day(2022, 3, 5)));
        assert_eq!(read(&with_blanks(65)), None);
        assert_eq!(read(&with_blanks(66)), None);
    }

    #[test]
    fn a_blank_within_a_number_leaves_a_date_uncertain_and_one_beside_it_does_not() {
        for text in ["2022-3-5", " 2022 年 3 月 5 日 ", "二〇二二年 三月 五日"] {
            assert_eq!(certain(text), Some(day(2022, 3, 5)), "{text}");
        }
        for text in ["2022-3-1 2", "２０２２年３月１ ２日", "2022年三月十 二日"] {
            assert!(read(text).is_some(), "{text}");
            assert_eq!(certain(text), None, "{text}");
        }
    }

    #[test]
    fn a_number_in_chinese_has_one_digit_on_either_side_of_ten() {
        for (text, value) in [
            ("十", 10),
            ("十二", 12),
            ("二十", 20),
            ("三十一", 31),
            ("一二", 12),
            ("7", 7),
        ] {
            assert_eq!(number(text), Some(value), "{text}");
        }
        for text in ["", "十二三", "二三十", "一〇十", "十一〇", "20220", "百"] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn the_day_that_everything_is_judged_by_is_a_date_or_today() {
        assert_eq!(
            AsOf::parse(" 2022年4月1日 ", beijing()),
            Some(AsOf::on(day(2022, 4, 1)))
        );
        assert_eq!(AsOf::parse("4月1日", beijing()), None);
        for word in ["today", "今天"] {
            let today = AsOf::parse(word, beijing()).unwrap();
            assert!(today.from_clock && today.date > day(2022, 4, 1), "{word}");
        }
    }

    #[test]
    fn days_are_counted_and_named() {
        assert_eq!(days_between(day(2022, 3, 31), day(2022, 4, 2)), 2);
        assert_eq!(days_between(day(2022, 4, 2), day(2022, 3, 31)), -2);
        assert_eq!(spelled(day(2022, 4, 1)).zh(), "2022年4月1日");
        assert_eq!(spelled(day(2022, 4, 1)).en(), "2022-04-01");
        assert_eq!(weekday(day(2022, 4, 1)).zh(), "星期五");
        assert_eq!(weekday(day(2022, 4, 3)).en(), "Sunday");
    }

    #[test]
    fn today_is_the_day_of_beijing_while_utc_is_still_yesterday() {
        let instant = "2022-03-31T23:00:00Z".parse().unwrap();
        assert_eq!(date_at(instant, beijing()), day(2022, 4, 1));
        assert_eq!(
            date_at("2022-03-31T15:59:59Z".parse().unwrap(), beijing()),
            day(2022, 3, 31)
        );
    }

    #[test]
    fn a_date_time_with_an_offset_is_converted_and_a_local_one_is_not() {
        let civil = |text: &str| civil(&text.parse().unwrap(), beijing());
        assert_eq!(civil("2022-03-31T16:30:00Z"), Some(day(2022, 4, 1)));
        assert_eq!(civil("2022-03-31T15:59:59Z"), Some(day(2022, 3, 31)));
        assert_eq!(civil("2022-04-01T01:00:00+10:00"), Some(day(2022, 3, 31)));
        assert_eq!(civil("2022-03-31T23:59:59"), Some(day(2022, 3, 31)));
        assert_eq!(civil("2022-03-31"), Some(day(2022, 3, 31)));
        assert_eq!(civil("2022-04-01T00:30:00-05:00"), Some(day(2022, 4, 1)));
        assert_eq!(civil("2022-04-01T12:00:00-05:00"), Some(day(2022, 4, 2)));
        assert_eq!(civil("07:00:00"), None);
        assert_eq!(
            civil("0000-01-01T00:00:00+14:00"),
            Date::from_ymd_opt(-1, 12, 31)
        );
        assert_eq!(
            civil("9999-12-31T23:00:00-12:00"),
            Date::from_ymd_opt(10000, 1, 1)
        );
    }

    #[test]
    fn offsets_are_read_and_nonsense_is_not() {
        assert_eq!(read_offset("+08:00"), FixedOffset::east_opt(8 * 3600));
        assert_eq!(
            read_offset("-05:30"),
            FixedOffset::east_opt(-(5 * 60 + 30) * 60)
        );
        assert_eq!(read_offset("Z"), FixedOffset::east_opt(0));
        assert_eq!(read_offset("+14"), FixedOffset::east_opt(14 * 3600));
        for text in [
            "",
            "8",
            "+15",
            "+25:00",
            "+08:60",
            "+-8:00",
            "+8:",
            "东八区",
        ] {
            assert_eq!(read_offset(text), None, "{text}");
        }
    }
}
