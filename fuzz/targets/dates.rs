//! Any text as a date or an offset: what is read is one day, and is read again from every usual way to write it.

#![no_main]

use chrono::Datelike;
use duban::calendar::{self, AsOf, Date};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (&str, &str, i64)| {
    let (text, offset, seconds) = input;
    let date = calendar::read(text);
    if let Some(date) = date {
        assert!((0..=9999).contains(&date.year()), "{text} is {date}");
        for written in ways(date) {
            assert_eq!(calendar::read(&written), Some(date), "{written}");
        }
    }
    if let Some(certain) = calendar::certain(text) {
        assert_eq!(date, Some(certain), "what is certain is read");
    }
    let Some(offset) = calendar::read_offset(offset) else {
        return;
    };
    assert!(offset.local_minus_utc().abs() <= 24 * 3600);
    if let Some(date) = date {
        let parsed = AsOf::parse(text, offset);
        assert_eq!(parsed.map(|as_of| as_of.date), Some(date));
    }
    // A civil day begins at midnight at the offset, and lasts a day.
    let seconds = seconds.rem_euclid(4_000_000_000);
    let instant = |seconds| chrono::DateTime::from_timestamp(seconds, 0);
    if let (Some(now), Some(later)) = (instant(seconds), instant(seconds + 86_400)) {
        let (today, tomorrow) = (
            calendar::date_at(now, offset),
            calendar::date_at(later, offset),
        );
        assert_eq!(calendar::days_between(today, tomorrow), 1);
    }
});

fn ways(date: Date) -> [String; 5] {
    let (year, month, day) = (date.year(), date.month(), date.day());
    [
        calendar::iso(date),
        format!("{year:04}/{month}/{day}"),
        format!("{year:04}.{month}.{day}"),
        format!("{year:04}{month:02}{day:02}"),
        format!("{year:04}年{month}月{day}日"),
    ]
}
