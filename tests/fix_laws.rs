//! The law of repairs, tried on plans damaged as people and programs do it: what could be read reads the same, and
//! repairing again changes nothing.

#![allow(clippy::unwrap_used, missing_docs)]

mod support;

use duban::book::{Book, BookText};
use duban::campaign::{self, BEIJING};
use duban::check::{Repair, Run};
use duban::discover::discover;
use duban::finding::FieldPath;
use duban::levels::Choice;
use duban::load;
use duban::plan::Plan;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use support::{Folder, as_of};
use toml_spanner::Arena;

/// A plan that a person could have sent, with what fingers, word processors and spreadsheets do to it.
const SAMPLE: &str = r#"
[unit]
code = "01"   # 代码
name = "甲镇"
contact = { name = "钱地支", phone = "0421-0000000" }

[plan]
title = "甲镇“能力作风优化年”活动实施方案"
special_meeting = 2022-03-18
filed = 2022-03-28
document_number = "甲党发〔2022〕5号"
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

[[outcome]]
title = "甲镇干部夜学制度"
document_number = "甲党发〔2022〕31号"
adopted = 2022-12-10
"#;

/// What may come in place of something else; the first is what stands in the sample.
const HABITS: [&[&str]; 20] = [
    &[
        "2022-03-18",
        "\"2022-3-18\"",
        "2022年3月18日",
        "２０２２－３－１８",
        "\"3月18日\"",
    ],
    &[
        "2022-03-28",
        "\"2022年03月28日\"",
        "20220328",
        "“2022-3-28”",
        "2022-3-28 2",
    ],
    &[
        "2022-10-24",
        "\"2022.10.24\"",
        "2022/10/24",
        "二〇二二年十月二十四日",
    ],
    &[
        "[2022-05-10, 2022-06-01]",
        "[2022-5-10， 2022-6-1]",
        "[\"2022-5-10\", 2022-6-1]",
    ],
    &["filed", "flied", "Filed", "filed_date", "special_meeting"],
    &["title", "titel", "标题", "subject"],
    &[
        "[[meeting]]",
        "[[meetnig]]",
        "【[meeting]]",
        "[[meeting]",
        "[meeting]",
        "［［meeting］］",
    ],
    &[
        "[plan]",
        "【plan】",
        "[plan",
        "[[plan]]",
        "［plan］",
        "plan",
    ],
    &["[[measure]]", "[[measures]]", "[[problem]]"],
    &[
        "〔2022〕5号",
        "[2022]5号",
        "（2022）第5号",
        "〔２０２２〕０５",
        "〔22〕5号",
        "〔2022〕五号",
    ],
    &["〔2022〕31号", "【2022】31号", "﹝2022﹞31号"],
    &[
        "\"甲镇\"",
        "“甲镇”",
        "甲镇",
        "\"甲镇”",
        "“甲镇\"",
        "「甲镇」",
    ],
    &["= 9", "= 9人", "= ９", "= \"9\"", "= 九人", "= 9万", "：9"],
    &["= 8", "= \"８人\"", "＝ 8"],
    &["true", "是", "\"是\"", "无"],
    &[
        "[\"党政办\", \"组织办\"]",
        "[“党政办”，“组织办”]",
        "[“党政办”、\"组织办\"]",
        "\"党政办\"",
    ],
    &[
        "{ name = \"钱地支\", phone",
        "｛ name = “钱地支”，phone",
        "{ name：\"钱地支\"， phone",
    ],
    &[" = ", "＝", "：", " == ", "　=　"],
    &["expected", "expcted", "expectd", "present"],
    &["\"长期坚持\"", "“长期坚持”", "长期坚持", "\"2022-9-30\""],
];

#[derive(Clone, Debug)]
enum Damage {
    Habit(usize, Index, Index),
    Insert(Index, &'static str),
    Delete(Index, usize),
    Repeat(Index),
}

fn damage() -> impl Strategy<Value = Damage> {
    let slips = [
        "\"", "“", "”", "'", "\"\"\"", "[", "］", "{", "＝", "，", "#", "\n", "0", "　", "甲",
        "[plan]\n",
    ];
    prop_oneof![
        8 => (0..HABITS.len(), any::<Index>(), any::<Index>()).prop_map(|(what, by, at)| Damage::Habit(what, by, at)),
        1 => (any::<Index>(), select(slips.to_vec())).prop_map(|(at, what)| Damage::Insert(at, what)),
        1 => (any::<Index>(), 1..12usize).prop_map(|(at, many)| Damage::Delete(at, many)),
        1 => any::<Index>().prop_map(Damage::Repeat),
    ]
}

fn damaged() -> impl Strategy<Value = String> {
    proptest::collection::vec(damage(), 1..12).prop_map(|all| {
        let mut text = SAMPLE.to_owned();
        for damage in all {
            let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
            match damage {
                Damage::Habit(what, by, at) => {
                    let (right, wrong) = (HABITS[what][0], HABITS[what]);
                    let found: Vec<usize> = text.match_indices(right).map(|(at, _)| at).collect();
                    if !found.is_empty() {
                        let (at, wrong) = (*at.get(&found), *by.get(&wrong[1..]));
                        text.replace_range(at..at + right.len(), wrong);
                    }
                }
                Damage::Insert(at, what) => text.insert_str(*at.get(&places), what),
                Damage::Delete(at, many) => {
                    let from = at.index(places.len());
                    let to = (from + many).min(places.len() - 1);
                    text.replace_range(places[from]..places[to], "");
                }
                Damage::Repeat(at) => {
                    let lines: Vec<&str> = text.split_inclusive('\n').collect();
                    let at = at.index(lines.len());
                    text = [&lines[..at], &lines[at..=at], &lines[at..]]
                        .concat()
                        .concat();
                }
            }
        }
        text
    })
}

/// Repairs a text as the program does.
fn repaired(text: &str) -> Repair {
    let folder = Folder::without_campaign().file("01.toml", text);
    let (book, campaign) = BookText::read("campaign.toml".into(), campaign::BUILT_IN);
    let campaign = campaign.unwrap();
    let book = Book::new(&book, &campaign);
    let run = Run::new(&book, &Choice::default(), as_of("2022-12-31"), true).for_repairs();
    let found = discover(&[folder.path().to_owned()]);
    run.repair(found.inputs.at(0)).unwrap()
}

/// Everything that was read, each thing in a line. A document number is as it should be written.
fn facts(plan: &Plan<'_>) -> Vec<String> {
    let mut all = Vec::new();
    let mut dates = |name: &str, date: Option<chrono::NaiveDate>| {
        all.extend(date.map(|date| format!("{name} {date}")))
    };
    if let Some(filing) = &plan.plan {
        dates("special_meeting", filing.special_meeting);
        dates("adopted", filing.adopted);
        dates("filed", filing.filed);
        dates("received", filing.received);
    }
    for meeting in &plan.meeting {
        dates("held", meeting.held);
    }
    for outcome in &plan.outcome {
        dates("outcome", outcome.adopted);
    }
    let number = |written: &str| duban::number::right(written).unwrap_or(written.to_owned());
    let own = plan.plan.iter().filter_map(|filing| filing.document_number);
    let others = plan
        .outcome
        .iter()
        .filter_map(|outcome| outcome.document_number);
    all.extend(own.chain(others).map(|own| number(own.written())));
    all.extend([plan.unit.code, plan.unit.name].map(|text| format!("unit {text}")));
    all.extend(
        plan.problem
            .iter()
            .filter_map(|problem| problem.text)
            .map(str::to_owned),
    );
    all.retain(|fact| fact != "unit ");
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn repairs_change_no_meaning_and_leave_nothing_to_repair(text in damaged()) {
        let first = repaired(&text);
        let after = &first.repaired.text;
        let second = repaired(after);
        prop_assert_eq!(&second.repaired.text, after);
        prop_assert_eq!(second.count(), 0);
        let unmade: Vec<_> = first.repaired.left.iter().filter(|finding| finding.edit.is_some()).collect();

        let (arena, other) = (Arena::new(), Arena::new());
        let (old, new) = (load::plan(&text, &arena, BEIJING), load::plan(after, &other, BEIJING));
        prop_assert!(new.document.errors().len() <= old.document.errors().len());
        // What is left of a broken statement may stand in the way of a repair.
        prop_assert!(unmade.is_empty() || !new.document.errors().is_empty(), "{:#?}\n{}", unmade, after);
        let comments = |text: &str| text.matches('#').count();
        prop_assert_eq!(comments(&text), comments(after));
        prop_assert_eq!(text.lines().count(), after.lines().count());
        // Where the structure is broken, records may have been read into the wrong table.
        if !old.unreadable.anywhere {
            let kept = facts(&new.plan);
            for fact in facts(&old.plan) {
                prop_assert!(kept.contains(&fact), "{}\n{}\n----\n{}", fact, text, after);
            }
        }
        if old.unreadable.is_empty() {
            prop_assert!(new.unreadable.is_empty());
            prop_assert!(new.drafts.len() <= old.drafts.len());
        }
    }
}

#[test]
fn a_field_that_could_be_read_is_never_lost_to_a_repair() {
    let text = format!(
        "[unit]\ncode = \"01\"\nname = \"甲镇\"\n[plan]\n{}",
        "filed = 2022-03-28\nadopted = 2022年3月25日\n"
    );
    let after = repaired(&text).repaired.text;
    let arena = Arena::new();
    let loaded = load::plan(&after, &arena, BEIJING);
    assert!(!loaded.unreadable.hits(&FieldPath::root()));
    let filing = loaded.plan.plan.as_ref().unwrap();
    assert_eq!(
        (filing.filed, filing.adopted),
        (
            Some(support::day("2022-03-28")),
            Some(support::day("2022-03-25"))
        )
    );
}
