//! Records of any kind: what is done stays done as the day advances, a cell's days count from its due date, and the
//! order of the entries changes nothing.

#![no_main]

use std::fmt::Write;

use arbitrary::Arbitrary;
use duban::calendar;
use duban::ledger::{Row, Status};
use libfuzzer_sys::fuzz_target;

#[derive(Arbitrary, Debug)]
struct Year {
    filed: Option<u16>,
    adopted: Option<u16>,
    received: Option<u16>,
    meetings: Vec<Meeting>,
    outcomes: Vec<Outcome>,
    days: (u16, u16),
}

#[derive(Arbitrary, Debug)]
struct Meeting {
    democratic: bool,
    held: Option<u16>,
    planned: Option<u16>,
    attendance: Option<(u8, u8)>,
    year: Option<u8>,
}

#[derive(Arbitrary, Debug)]
struct Outcome {
    title: u8,
    number: Option<u8>,
    adopted: Option<u16>,
    valid_until: Option<u16>,
    repealed: Option<u16>,
}

const TITLES: [&str; 4] = [
    "干部夜学制度",
    "关于印发《督查办法（试行）》的通知",
    "活动总结",
    "会议纪要管理规定",
];

fuzz_target!(|year: Year| {
    let text = plan(&year, false);
    let (a, b) = year.days;
    let (one, other) = (duban_fuzz::day(a.min(b)), duban_fuzz::day(a.max(b)));
    let (earlier, later) = match one.date <= other.date {
        true => (one, other),
        false => (other, one),
    };
    let before = row(&text, earlier);
    let after = row(&text, later);
    for (before, after) in before.cells.iter().zip(&after.cells) {
        if before.status.is_done() {
            assert_eq!(before.status, after.status, "done stays done\n{text}");
            assert_eq!(before.done, after.done, "{text}");
        }
        if before.status == Status::Overdue {
            // What contradicts itself may prove it late, once its day has come.
            let unclear = after.status == Status::Unclear && contradicts_itself(&year);
            let later = matches!(
                after.status,
                Status::Overdue | Status::Late | Status::Exempt
            );
            assert!(later || unclear, "{text}");
        }
        for (cell, as_of) in [(before, earlier), (after, later)] {
            assert_eq!(
                cell.done.is_some(),
                cell.status.is_done(),
                "{cell:?}\n{text}"
            );
            if cell.status == Status::Overdue {
                assert_eq!(
                    cell.days,
                    calendar::days_between(cell.due, as_of.date),
                    "{text}"
                );
            }
        }
    }
    let turned = row(&plan(&year, true), later);
    let statuses = |row: &Row| {
        row.cells
            .iter()
            .map(|cell| (cell.status, cell.done))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        statuses(&turned),
        statuses(&after),
        "the order of entries changes nothing\n{text}"
    );
});

/// Whether a meeting's numbers cannot be: more were present than expected, or nobody was expected.
fn contradicts_itself(year: &Year) -> bool {
    let attendance = year
        .meetings
        .iter()
        .filter_map(|meeting| meeting.attendance);
    attendance
        .into_iter()
        .any(|(present, expected)| present > expected || expected == 0)
}

fn row(text: &str, as_of: duban::calendar::AsOf) -> Row {
    let verdict = duban_fuzz::check(text, as_of);
    let row = verdict
        .ledger
        .rows
        .into_iter()
        .find(|row| &*row.code == "T01");
    row.expect("the roster has it")
}

/// The plan file, with its entries in their order or turned round.
fn plan(year: &Year, turned: bool) -> String {
    let mut text = "[unit]\ncode = \"T01\"\nname = \"甲镇\"\n[plan]\n".to_owned();
    let day = |number: u16| calendar::iso(duban_fuzz::day(number).date);
    let date = |text: &mut String, key: &str, day: Option<String>| {
        if let Some(day) = day {
            _ = writeln!(text, "{key} = {day}");
        }
    };
    date(&mut text, "filed", year.filed.map(day));
    date(&mut text, "adopted", year.adopted.map(day));
    date(&mut text, "received", year.received.map(day));
    let mut entries: Vec<String> = Vec::new();
    for meeting in year.meetings.iter().take(6) {
        let kind = if meeting.democratic {
            "民主生活会"
        } else {
            "组织生活会"
        };
        let mut entry = format!("[[meeting]]\nkind = \"{kind}\"\n");
        date(&mut entry, "held", meeting.held.map(day));
        date(&mut entry, "planned", meeting.planned.map(day));
        if let Some((present, expected)) = meeting.attendance {
            entry += &format!("present = {present}\nexpected = {expected}\n");
        }
        if let Some(year) = meeting.year {
            entry += &format!("year = {}\n", 2020 + u32::from(year % 5));
        }
        entries.push(entry);
    }
    for outcome in year.outcomes.iter().take(6) {
        let title = TITLES[usize::from(outcome.title) % TITLES.len()];
        let mut entry = format!("[[outcome]]\ntitle = \"{title}\"\n");
        if let Some(number) = outcome.number {
            entry += &format!("document_number = \"甲党发〔2022〕{}号\"\n", number % 4 + 1);
        }
        date(&mut entry, "adopted", outcome.adopted.map(day));
        date(&mut entry, "valid_until", outcome.valid_until.map(day));
        date(&mut entry, "repealed", outcome.repealed.map(day));
        entries.push(entry);
    }
    if turned {
        entries.reverse();
    }
    text + &entries.concat()
}
