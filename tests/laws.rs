//! Laws that hold for every input: tried on made-up plans, and on plans damaged at random.

mod support;

use std::collections::BTreeSet;
use std::process::Command;

use duban::calendar::AsOf;
use duban::campaign::BEIJING;
use duban::check::Verdict;
use duban::finding::{Finding, Place};
use duban::ledger::Status;
use duban::output::Format;
use duban::{lang::Lang, source};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use support::*;
use toml_spanner::{Arena, Item, TimeOffset, Value};

/// Cases of each law: the whole file must stay a matter of seconds without optimisation.
fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

const ROSTER: &str = r#"
[[unit]]
code = "01"
name = "甲镇"
category = "乡镇"
body = "党委"

[[unit]]
code = "02"
name = "乙医院"
category = "事业单位"
body = "党总支"
branches = ["门诊党支部", "住院党支部"]

[[unit]]
code = "03"
name = "丙站"
category = "事业单位"
body = "党支部"
met_by = { unit = "02", branch = "门诊党支部" }
"#;

const NAMES: [&str; 3] = ["甲镇", "乙医院", "丙站"];

/// A date around the due dates, sometimes one that cannot be read.
fn date() -> impl Strategy<Value = String> {
    let usual = (2022..=2023, 1..=12, 1..=28)
        .prop_map(|(year, month, day)| format!("{year}-{month:02}-{day:02}"));
    let edges = ["2022-03-15", "2022-03-31", "2022-10-31", "2022-12-31"].map(str::to_owned);
    let odd = ["\"2022-10-20\"", "\"十月\"", "20221020"].map(str::to_owned);
    prop_oneof![6 => usual, 3 => select(edges.to_vec()), 1 => select(odd.to_vec())]
}

fn plan_table() -> impl Strategy<Value = String> {
    let key = |key: &'static str| {
        proptest::option::of(date()).prop_map(move |date| match date {
            Some(date) => format!("{key} = {date}\n"),
            None => String::new(),
        })
    };
    (
        key("special_meeting"),
        key("adopted"),
        key("filed"),
        key("received"),
    )
        .prop_map(|(a, b, c, d)| format!("\n[plan]\n{a}{b}{c}{d}"))
}

fn some_of(lines: &'static [&'static str]) -> impl Strategy<Value = String> {
    proptest::sample::subsequence(lines, 0..=lines.len().min(2)).prop_map(|lines| lines.join("\n"))
}

fn one_meeting() -> impl Strategy<Value = String> {
    let more = some_of(&[
        "year = 2022",
        "expected = 9",
        "present = 5",
        "branch = \"门诊党支部\"",
        "planned = 2022-10-20",
        "form = \"党员大会\"",
    ]);
    let branch = select(vec!["", "branch = \"住院党支部\"", "year = 2021"]);
    (any::<bool>(), date(), more, branch).prop_map(|(democratic, held, more, branch)| {
        let more = if more.contains("branch") || more.contains("year") {
            more
        } else {
            format!("{more}\n{branch}")
        };
        match democratic {
            true => support::democratic(&held, &more),
            false => organizational(&held, &more),
        }
    })
}

fn one_document() -> impl Strategy<Value = String> {
    let ending = select(vec![
        "",
        "valid_until = 2023-06-30",
        "valid_until = 2022-11-30",
        "repealed = 2023-01-10",
    ]);
    (date(), 1..4, ending).prop_map(|(adopted, number, ending)| {
        let number = format!("document_number = \"甲发〔2022〕{number}号\"");
        document(&adopted, &format!("{number}\n{ending}"))
    })
}

/// The records of a plan file, entry by entry.
fn records() -> impl Strategy<Value = Vec<String>> {
    let meetings = proptest::collection::vec(one_meeting(), 0..5);
    let documents = proptest::collection::vec(one_document(), 0..4);
    (plan_table(), meetings, documents).prop_map(|(plan, meetings, documents)| {
        std::iter::once(plan)
            .chain(meetings)
            .chain(documents)
            .collect()
    })
}

fn units() -> impl Strategy<Value = [Vec<String>; 3]> {
    [records(), records(), records()]
}

/// Units, and the same with their entries in another order.
fn units_and_shuffled() -> impl Strategy<Value = ([Vec<String>; 3], [Vec<String>; 3])> {
    units().prop_flat_map(|units| {
        let shuffled = units.clone().map(|records| Just(records).prop_shuffle());
        (Just(units), shuffled)
    })
}

fn a_day() -> impl Strategy<Value = String> {
    (2022..=2023, 3..=12, 1..=28)
        .prop_map(|(year, month, day)| format!("{year}-{month:02}-{day:02}"))
}

/// A campaign that asks for two documents, with these plan files under these names.
fn folder(units: &[Vec<String>; 3], names: [&str; 3]) -> Folder {
    let campaign = CAMPAIGN.replace("at_least = 1", "at_least = 2");
    let folder = Folder::with_campaign(&format!("{campaign}{ROSTER}"));
    for (index, records) in units.iter().enumerate() {
        let code = format!("0{}", index + 1);
        let text = plan_of(&code, NAMES[index], &records.concat());
        folder.put(names[index], text.as_bytes());
    }
    folder
}

/// What a verdict says of each cell, whatever the order of the entries.
fn standings(verdict: &Verdict) -> Vec<(String, usize, String)> {
    let mut all = Vec::new();
    for row in &verdict.ledger.rows {
        for (milestone, cell) in row.cells.iter().enumerate() {
            let said = format!(
                "{:?} {:?} {} {}",
                cell.status, cell.done, cell.due, cell.days
            );
            all.push((row.code.to_string(), milestone, said));
        }
    }
    all
}

/// The findings as a set, by rule, unit and the text that they mark. Where several records fall short of a
/// milestone, the finding stands at one of them: there the due date tells which milestone it is.
fn said(verdict: &Verdict) -> BTreeSet<(String, Option<String>, String)> {
    let marked = |place: &Place| place.excerpt.marked().to_owned();
    let about_cells = ["overdue", "late", "due-soon"];
    let what = |finding: &Finding| match &finding.cause {
        Some(cause) if about_cells.contains(&&*finding.rule.name) => marked(cause),
        _ => marked(&finding.place),
    };
    let key = |finding: &Finding| {
        let rule = finding.rule.to_string();
        // Which use of a number is the second one hangs on the order of the files.
        if finding.rule.name == "number-reused" {
            return (rule, None, String::new());
        }
        (
            rule,
            finding.unit.as_deref().map(str::to_owned),
            what(finding),
        )
    };
    verdict.findings.iter().map(key).collect()
}

proptest! {
    #![proptest_config(cases(100))]

    #[test]
    fn the_order_of_files_and_of_entries_changes_nothing(
        (units, shuffled) in units_and_shuffled(),
        date in a_day(),
    ) {
        let straight = folder(&units, ["a.toml", "b.toml", "c.toml"]).check(&date);
        let turned = folder(&shuffled, ["c.toml", "a.toml", "b.toml"]).check(&date);
        prop_assert_eq!(standings(&straight), standings(&turned));
        prop_assert_eq!(said(&straight), said(&turned));
        prop_assert_eq!(straight.ledger.set_aside, turned.ledger.set_aside);
    }

    #[test]
    fn done_stays_done_as_the_day_advances(units in units(), one in a_day(), other in a_day()) {
        let folder = folder(&units, ["01.toml", "02.toml", "03.toml"]);
        let (before, after) = (one.clone().min(other.clone()), one.max(other));
        let (before, after) = (folder.check(&before), folder.check(&after));
        for (unit, later) in before.ledger.rows.iter().zip(&after.ledger.rows) {
            for (early, late) in unit.cells.iter().zip(&later.cells) {
                // A unit that meets with its host and later by itself goes by its own record from then on.
                let by_itself = &*unit.code != "03";
                if early.status.is_done() && by_itself {
                    prop_assert_eq!((early.status, early.done), (late.status, late.done));
                }
                if early.status == Status::Overdue {
                    prop_assert!(late.status != Status::OnTime, "{:?}", late);
                }
            }
        }
        let (before, after) = (before.ledger.set_aside, after.ledger.set_aside);
        prop_assert!(before.total() >= after.total());
    }

    #[test]
    fn a_cell_that_is_not_done_has_no_date_and_days_count_from_the_due_date(units in units(), date in a_day()) {
        let verdict = folder(&units, ["01.toml", "02.toml", "03.toml"]).check(&date);
        let today = day(&date);
        for cell in verdict.ledger.rows.iter().flat_map(|row| &row.cells) {
            prop_assert_eq!(cell.status.is_done(), cell.done.is_some());
            prop_assert!(cell.done.is_none_or(|done| done <= today));
            let days = match cell.status {
                Status::Late => (cell.done.unwrap() - cell.due).num_days(),
                Status::Overdue => (today - cell.due).num_days(),
                Status::DueSoon | Status::Upcoming => (cell.due - today).num_days(),
                Status::OnTime | Status::Unclear | Status::Exempt => 0,
            };
            prop_assert_eq!(cell.days, days);
            let positive = !matches!(cell.status, Status::Late | Status::Overdue) || days > 0;
            prop_assert!(positive && days >= 0);
        }
    }
}

const SAMPLE: &str = r#"
[unit]
code = "01"   # 代码
name = "甲镇"
contact = { name = "钱地支", phone = "0421-0000000" }

[plan]
title = "甲镇能力作风优化年活动实施方案"
special_meeting = 2022-03-18
filed = 2022-03-28
received = 2022-03-29T08:30:00+08:00
revised = [2022-05-10, 2022-06-01]

[[problem]]
subject = "领导班子"
text = '''
深入一线不够，
办法不多'''
due = "长期坚持"

[[measure]]
text = "建立夜学"
responsible = ["党政办", "组织办"]

[[meeting]]
kind = "民主生活会"
held = 2022-10-24
expected = 9
present = 8
reviews_campaign = true

[[meeting]]
kind = "组织生活会"
held = 2022-10-25
branch = "机关党支部"

[[outcome]]
title = "甲镇干部夜学制度"
document_number = "甲党发〔2022〕31号"
adopted = 2022-12-10

[summary]
date = 2022-12-20
text = "已总结"
"#;

/// What fingers and word processors do to a file.
const SLIPS: [&str; 30] = [
    "\"", "“", "”", "'", "'''", "\"\"\"", "[", "]", "[[", "]]", "［", "】", "{", "}", "=", "＝",
    ",", "，", "#", "\n", "\r\n", ".", "-", "0", "2022-3-5", "\\", "\t", "　", "甲", "[plan]\n",
];

#[derive(Clone, Debug)]
enum Slip {
    Insert(Index, &'static str),
    Delete(Index, usize),
    Repeat(Index),
}

fn slip() -> impl Strategy<Value = Slip> {
    prop_oneof![
        (any::<Index>(), select(SLIPS.to_vec())).prop_map(|(at, what)| Slip::Insert(at, what)),
        (any::<Index>(), 1..12usize).prop_map(|(at, length)| Slip::Delete(at, length)),
        any::<Index>().prop_map(Slip::Repeat),
    ]
}

/// The sample after some slips.
fn damaged() -> impl Strategy<Value = String> {
    proptest::collection::vec(slip(), 1..4).prop_map(|slips| {
        let mut text: Vec<char> = SAMPLE.chars().collect();
        for slip in slips {
            let length = text.len();
            match slip {
                Slip::Insert(at, what) => {
                    let at = at.index(length + 1);
                    text.splice(at..at, what.chars());
                }
                Slip::Delete(at, many) => {
                    let at = at.index(length + 1);
                    text.drain(at..(at + many).min(length));
                }
                Slip::Repeat(at) => repeat_line(&mut text, at.index(length + 1)),
            }
        }
        text.into_iter().collect()
    })
}

fn repeat_line(text: &mut Vec<char>, at: usize) {
    let start = text[..at]
        .iter()
        .rposition(|c| *c == '\n')
        .map_or(0, |before| before + 1);
    let end = text[at..]
        .iter()
        .position(|c| *c == '\n')
        .map_or(text.len(), |after| at + after + 1);
    let line = text[start..end].to_vec();
    text.splice(start..start, line);
}

/// A value in one form for both readers of TOML.
fn by_spanner(item: &Item<'_>) -> String {
    match item.value() {
        Value::String(text) => format!("{text:?}"),
        Value::Integer(number) => format!("{}", number.as_i128()),
        Value::Float(number) => format!("{number:?}"),
        Value::Boolean(value) => value.to_string(),
        Value::DateTime(value) => {
            let date = value.date().map(|date| (date.year, date.month, date.day));
            let time = value
                .time()
                .map(|time| (time.hour, time.minute, time.second, time.nanosecond));
            let offset = value.offset().map(|offset| match offset {
                TimeOffset::Z => 0,
                TimeOffset::Custom { minutes } => minutes,
            });
            format!("{date:?} {time:?} {offset:?}")
        }
        Value::Table(table) => {
            let entries = table.entries().iter();
            table_of(entries.map(|(key, value)| (key.name.to_owned(), by_spanner(value))))
        }
        Value::Array(array) => format!("{:?}", array.iter().map(by_spanner).collect::<Vec<_>>()),
    }
}

fn by_toml(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => format!("{text:?}"),
        toml::Value::Integer(number) => number.to_string(),
        toml::Value::Float(number) => format!("{number:?}"),
        toml::Value::Boolean(value) => value.to_string(),
        toml::Value::Datetime(value) => {
            let date = value.date.map(|date| (date.year, date.month, date.day));
            let time = value.time.map(|time| {
                (
                    time.hour,
                    time.minute,
                    time.second.unwrap_or(0),
                    time.nanosecond.unwrap_or(0),
                )
            });
            let offset = value.offset.map(|offset| match offset {
                toml::value::Offset::Z => 0,
                toml::value::Offset::Custom { minutes } => minutes,
            });
            format!("{date:?} {time:?} {offset:?}")
        }
        toml::Value::Table(table) => table_of(
            table
                .iter()
                .map(|(key, value)| (key.clone(), by_toml(value))),
        ),
        toml::Value::Array(array) => format!("{:?}", array.iter().map(by_toml).collect::<Vec<_>>()),
    }
}

fn table_of(entries: impl Iterator<Item = (String, String)>) -> String {
    format!(
        "{:?}",
        entries.collect::<std::collections::BTreeMap<_, _>>()
    )
}

/// The part of a text from one line and column to another, both from 1, columns in characters.
fn between(text: &str, from: (usize, usize), to: (usize, usize)) -> &str {
    let byte = |(line, column): (usize, usize)| {
        let start: usize = text
            .split_inclusive('\n')
            .take(line - 1)
            .map(str::len)
            .sum();
        let characters = text[start..].chars().take(column - 1);
        start + characters.map(char::len_utf8).sum::<usize>()
    };
    &text[byte(from)..byte(to)]
}

/// Holds a place against the text that it is in.
fn stands_there(place: &Place, text: &str) -> Result<(), TestCaseError> {
    let from = (place.line as usize, place.column as usize);
    let to = (place.end_line as usize, place.end_column as usize);
    let whole = between(text, from, to);
    let marked = place.excerpt.marked();
    let first = whole.split('\n').next().unwrap_or_default();
    prop_assert_eq!(first.trim_end_matches('\r'), marked, "{:?}", place);
    let line = text.split('\n').nth(place.line as usize - 1);
    let line = line.unwrap_or_default();
    prop_assert_eq!(line.trim_end_matches('\r'), &*place.excerpt.text);
    Ok(())
}

proptest! {
    #![proptest_config(cases(800))]

    #[test]
    fn both_readers_agree_which_documents_are_toml_and_what_they_say(text in damaged()) {
        let arena = Arena::new();
        let ours = toml_spanner::parse_recoverable(&text, &arena);
        match toml::from_str::<toml::Table>(&text) {
            Ok(table) => {
                prop_assert!(ours.errors().is_empty(), "{:?}\n{}", ours.errors(), text);
                let says = by_spanner(ours.table().as_item());
                prop_assert_eq!(says, by_toml(&toml::Value::Table(table)));
            }
            Err(error) => prop_assert!(!ours.errors().is_empty(), "{}\n{}", error, text),
        }
    }
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn every_finding_marks_the_text_at_its_line_and_column(text in damaged()) {
        let folder = Folder::new(ROSTER);
        folder.put("01.toml", text.as_bytes());
        let verdict = folder.check("2023-01-15");
        let campaign = format!("{CAMPAIGN}{ROSTER}");
        for finding in &verdict.findings {
            for place in std::iter::once(&finding.place).chain(finding.cause.as_deref()) {
                let here = if place.file.ends_with("01.toml") { &text } else { &campaign };
                stands_there(place, here)?;
            }
            if let Some(edit) = &finding.edit {
                prop_assert!(text.get(edit.span.clone()).is_some(), "{:?}", edit);
            }
        }
        let broken = toml::from_str::<toml::Table>(&text).is_err();
        prop_assert_eq!(broken, !findings(&verdict, "syntax").is_empty());
        prop_assert!(!broken || verdict.counts.errors > 0);
    }

    /// Everything in the sample was done on time. A slip that leaves no TOML makes that unclear at worst: what
    /// stands in a file is never called missing.
    #[test]
    fn a_slip_that_breaks_the_syntax_makes_nothing_overdue(at in any::<Index>(), what in select(SLIPS.to_vec())) {
        let mut text: Vec<char> = SAMPLE.chars().collect();
        let at = at.index(text.len() + 1);
        text.splice(at..at, what.chars());
        let text: String = text.into_iter().collect();
        prop_assume!(toml::from_str::<toml::Table>(&text).is_err());
        let folder = Folder::new(JIA);
        folder.put("01.toml", text.as_bytes());
        let verdict = folder.check("2023-01-15");
        for cell in &row(&verdict, "01").cells {
            let fine = matches!(cell.status, Status::OnTime | Status::Unclear);
            prop_assert!(fine, "{:?}\n{}", cell, text);
        }
    }

    #[test]
    fn the_day_may_be_written_in_every_usual_way(year in 1900..=2100, month in 1..=12u32, date in 1..=28u32) {
        let parse = |text: String| AsOf::parse(&text, BEIJING);
        let iso = parse(format!("{year}-{month:02}-{date:02}"));
        prop_assert!(iso.is_some_and(|as_of| !as_of.from_clock));
        prop_assert_eq!(parse(format!("{year}{month:02}{date:02}")), iso);
        prop_assert_eq!(parse(format!("{year}年{month}月{date}日")), iso);
        prop_assert_eq!(parse(format!("{year}年{month:02}月{date:02}日")), iso);
        prop_assert_eq!(parse(format!("{year}-{month}-{date}")), iso);
    }

    #[test]
    fn a_text_reads_the_same_in_every_encoding(text in damaged()) {
        let utf16 = |bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
            let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
            units.flat_map(bytes).collect()
        };
        let marked = format!("\u{FEFF}{text}").into_bytes();
        let encoded = [marked, utf16(u16::to_le_bytes), utf16(u16::to_be_bytes)];
        for bytes in encoded {
            let (decoded, _) = source::decode(&bytes).map_err(|refusal| TestCaseError::fail(refusal.to_string()))?;
            prop_assert_eq!(&*decoded, &text);
        }
    }
}

/// A folder in which much is wrong.
fn trouble() -> Folder {
    let folder = Folder::new(&format!(
        "{ROSTER}{}",
        unit("04", "丁局", "category = \"部门\"")
    ));
    for number in 0..40 {
        let damaged = SAMPLE.replace(
            "2022-10-24",
            if number % 3 == 0 {
                "2022-10-"
            } else {
                "\"十月\""
            },
        );
        let code = format!("\"{:02}\"", number % 7);
        let text = damaged.replacen("\"01\"", &code, 1);
        folder.put(&format!("方案({number}).toml"), text.as_bytes());
    }
    folder
}

#[test]
fn the_same_files_give_the_same_bytes_however_many_workers_there_are() {
    let folder = trouble();
    let run = |format: &str, workers: &str, lang: &str| {
        let output = Command::new(env!("CARGO_BIN_EXE_duban"))
            .args([
                "check",
                ".",
                "--as-of",
                "2022-11-15",
                "--lang",
                lang,
                "--format",
                format,
            ])
            .current_dir(folder.path())
            .env("RAYON_NUM_THREADS", workers)
            .output()
            .expect("the program runs");
        assert_eq!(output.status.code(), Some(1));
        (output.stdout, output.stderr)
    };
    for (_, format, _) in Format::ALL {
        for lang in ["zh", "en"] {
            let first = run(format, "1", lang);
            assert!(!first.0.is_empty());
            for workers in ["2", "7"] {
                assert_eq!(run(format, workers, lang), first, "{format} with {workers}");
            }
        }
    }
}

#[test]
fn rendering_twice_gives_the_same_bytes() {
    let folder = trouble();
    for (format, ..) in Format::ALL {
        for lang in [Lang::Zh, Lang::En] {
            let first = folder.rendered(*format, lang, "2022-11-15");
            assert_eq!(folder.rendered(*format, lang, "2022-11-15"), first);
        }
    }
}
