//! What needs more than one file: whose file is whose, units with several files or a joint branch, and the
//! rules that see everything.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, LazyLock};

use rayon::prelude::*;
use toml_spanner::Arena;

use super::judge::{FileText, Opened, is_silenced, row};
use super::{Judged, Run, placed};
use crate::campaign::Unit;
use crate::discover::Input;
use crate::finding::Finding;
use crate::ledger::{Host, Ledger, Reading, Records, Remark, Row, cells};
use crate::plan::Plan;
use crate::read::Unreadable;
use crate::rules::{self, FileView, SetView};

/// A unit's place in the ledger: its number in the roster, or without one its code.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Key {
    Roster(usize),
    Code(String),
}

/// The files of a unit.
#[derive(Debug)]
pub(super) struct Owner {
    pub files: Vec<usize>,
    /// Whether the files say so themselves, rather than their names.
    pub sure: bool,
}

/// Whose file is whose. A file whose code cannot be read is its name's, if no other file is.
pub(super) fn owners(run: &Run<'_>, inputs: &[Input], judged: &[Judged]) -> BTreeMap<Key, Owner> {
    let mut owners: BTreeMap<Key, Owner> = BTreeMap::new();
    let roster = &run.book.roster;
    for (file, code) in judged
        .iter()
        .enumerate()
        .filter_map(|(file, judged)| Some((file, judged.code.as_ref()?)))
    {
        let key = match judged[file].unit {
            Some(index) => Key::Roster(index),
            None if run.book.campaign.unit.is_empty() => Key::Code(code.clone()),
            None => continue,
        };
        owners
            .entry(key)
            .or_insert(Owner {
                files: vec![],
                sure: true,
            })
            .files
            .push(file);
    }
    for file in (0..judged.len()).filter(|file| judged[*file].code.is_none()) {
        let Some(index) = inputs[file]
            .stem()
            .and_then(|stem| roster.by_file_stem(stem))
        else {
            continue;
        };
        let owner = owners.entry(Key::Roster(index)).or_insert(Owner {
            files: vec![],
            sure: false,
        });
        if !owner.sure {
            owner.files.push(file);
        }
    }
    owners
}

/// The rows of the ledger, and to which of them each file belongs that says so itself. Units whose cells hang on more
/// than one file are judged again, all files at hand.
pub(super) fn rows(
    run: &Run<'_>,
    inputs: &[Input],
    judged: &mut [Judged],
    owners: &BTreeMap<Key, Owner>,
) -> (Vec<Row>, Vec<Option<usize>>) {
    let units = &run.book.campaign.unit;
    let keys: Vec<Key> = match run.whole_roster && !units.is_empty() {
        true => (0..units.len()).map(Key::Roster).collect(),
        false => owners.keys().cloned().collect(),
    };
    let again: Vec<(&Key, Again)> = keys
        .par_iter()
        .filter(|key| is_special(run, key, owners.get(key)))
        .map(|key| (key, judge_again(run, inputs, key, owners)))
        .collect();
    let mut again: HashMap<&Key, Again> = again.into_iter().collect();
    let mut rows = Vec::with_capacity(keys.len());
    let mut row_of = vec![None; judged.len()];
    for key in &keys {
        let number = rows.len();
        if let Some(Again { row, findings }) = again.remove(key) {
            for (file, (findings, silenced)) in findings {
                judged[file].findings = findings;
                judged[file].silenced = silenced;
            }
            rows.push(row);
        } else if let Some(owner) = owners.get(key) {
            rows.extend(judged[owner.files[0]].row.take());
        } else if let Key::Roster(index) = key {
            let unit = &units[*index];
            rows.push(row(
                unit,
                None,
                false,
                cells(run.book.campaign, unit, &Records::default(), run.as_of.date),
            ));
        }
        if rows.len() > number {
            for file in sure_files(owners.get(key)) {
                row_of[*file] = Some(number);
            }
        }
    }
    (rows, row_of)
}

/// The files that say themselves whose they are.
fn sure_files(owner: Option<&Owner>) -> &[usize] {
    owner
        .filter(|owner| owner.sure)
        .map_or(&[], |owner| &owner.files)
}

/// The files that are judged again, each with the others that it is judged with.
pub(super) fn beside(
    run: &Run<'_>,
    inputs: &[Input],
    owners: &BTreeMap<Key, Owner>,
) -> BTreeMap<Arc<str>, Vec<Input>> {
    let mut beside = BTreeMap::new();
    let special = owners
        .iter()
        .filter(|(key, owner)| is_special(run, key, Some(*owner)));
    for (key, owner) in special {
        let mut files = owner.files.clone();
        if let Key::Roster(index) = key {
            let hosts = hosts(run, &run.book.campaign.unit[*index]).into_iter();
            let of_hosts = hosts.filter_map(|(host, _)| owners.get(&Key::Roster(host)));
            files.extend(of_hosts.flat_map(|owner| &owner.files));
        }
        for file in &owner.files {
            let others = files.iter().filter(|other| *other != file);
            let others = others.map(|other| inputs[*other].clone()).collect();
            beside.insert(inputs[*file].shown.clone(), others);
        }
    }
    beside
}

/// Whether a unit's cells hang on more than its one file.
fn is_special(run: &Run<'_>, key: &Key, owner: Option<&Owner>) -> bool {
    let joint =
        matches!(key, Key::Roster(index) if run.book.campaign.unit[*index].met_by.is_some());
    joint || owner.is_some_and(|owner| owner.files.len() > 1 || !owner.sure)
}

/// A unit judged with all its files at hand.
struct Again {
    row: Row,
    /// The findings of each of its files, in place of those it had alone.
    findings: Vec<(usize, (Vec<Finding>, usize))>,
}

/// A reading that proves nothing: a file that may be the unit's, but cannot be read.
static NOTHING: LazyLock<(Plan<'static>, Unreadable)> = LazyLock::new(|| {
    (
        Plan::default(),
        Unreadable {
            paths: vec![],
            anywhere: true,
        },
    )
});

/// The texts of an owner's files; none where a file cannot be read. They are kept together, so each has a
/// buffer of its own.
fn texts(inputs: &[Input], owner: Option<&Owner>) -> Vec<Option<FileText<'static>>> {
    let files = owner.map_or(&[][..], |owner| &owner.files);
    let sure = owner.is_some_and(|owner| owner.sure);
    files
        .iter()
        .map(|file| FileText::kept(&inputs[*file]).ok().filter(|_| sure))
        .collect()
}

fn open<'t>(
    run: &Run<'_>,
    texts: &'t [Option<FileText<'static>>],
    arena: &'t Arena,
) -> Vec<Option<Opened<'t>>> {
    texts
        .iter()
        .map(|text| {
            text.as_ref()
                .map(|text| Opened::new(text, arena, run.book.offset()))
        })
        .collect()
}

fn readings<'o>(opened: &'o [Option<Opened<'_>>]) -> Vec<Reading<'o>> {
    let nothing = || {
        vec![Reading {
            plan: &NOTHING.0,
            unreadable: &NOTHING.1,
        }]
    };
    opened
        .iter()
        .flat_map(|opened| opened.as_ref().map_or_else(nothing, Opened::readings))
        .collect()
}

fn judge_again(run: &Run<'_>, inputs: &[Input], key: &Key, owners: &BTreeMap<Key, Owner>) -> Again {
    let campaign = run.book.campaign;
    let owner = owners.get(key);
    let arena = Arena::new();
    let own_texts = texts(inputs, owner);
    let own = open(run, &own_texts, &arena);
    let plan = own
        .iter()
        .flatten()
        .next()
        .map(|opened| &opened.loaded.plan);
    let by_code;
    let unit = match key {
        Key::Roster(index) => &campaign.unit[*index],
        Key::Code(_) => {
            by_code = plan.map(super::judge::unit_of_plan).unwrap_or_default();
            &by_code
        }
    };
    let chain = hosts(run, unit);
    let host_texts: Vec<_> = chain
        .iter()
        .map(|(index, _)| texts(inputs, owners.get(&Key::Roster(*index))))
        .collect();
    let host_files: Vec<_> = host_texts
        .iter()
        .map(|texts| open(run, texts, &arena))
        .collect();
    let host = |((index, branch), files)| Host {
        unit: &campaign.unit[index],
        branch,
        readings: files,
    };
    let hosts = chain
        .into_iter()
        .zip(host_files.iter().map(|files| readings(files)))
        .map(host);
    let records = Records {
        readings: readings(&own),
        hosts: hosts.collect(),
    };
    let mut row = row(
        unit,
        plan,
        !own.is_empty(),
        cells(campaign, unit, &records, run.as_of.date),
    );
    // Of several files, the one that names the responsible also names the problems.
    let first = own.iter().flatten().next();
    row.problems = first.map_or_else(Box::default, |opened| run.problems(opened));
    if let Some(owner) = owner.filter(|owner| !owner.sure) {
        say_why(&mut row, inputs, owner);
    }
    let number = match key {
        Key::Roster(index) => Some(*index),
        Key::Code(_) => None,
    };
    let files = owner.map_or(&[][..], |owner| &owner.files);
    let judged = files.iter().zip(&own).filter_map(|(file, opened)| {
        Some((
            *file,
            run.findings(opened.as_ref()?, Some(unit).zip(number), &row.cells),
        ))
    });
    let findings = judged.collect();
    Again { row, findings }
}

/// Why the files that are a unit's by their names alone prove nothing.
fn say_why(row: &mut Row, inputs: &[Input], owner: &Owner) {
    let read = |file: &usize| FileText::kept(&inputs[*file]).is_ok();
    let why = match owner.files.iter().all(read) {
        true => Remark::CodeUnreadable,
        false => Remark::NoText,
    };
    let remarks = row.cells.iter_mut().flat_map(|cell| &mut cell.remarks);
    for remark in remarks.filter(|remark| **remark == Remark::Broken) {
        *remark = why.clone();
    }
}

/// The chain of hosts of a unit's joint branch, nearest first. A campaign that passed its proof has no circle.
fn hosts<'c>(run: &Run<'c>, unit: &'c Unit) -> Vec<(usize, Option<&'c str>)> {
    let mut chain: Vec<(usize, Option<&str>)> = Vec::new();
    let mut next = unit.met_by.as_ref();
    while let Some(host) = next {
        let Some(index) = run.book.roster.index(&host.unit) else {
            break;
        };
        if chain.iter().any(|(seen, _)| *seen == index) {
            break;
        }
        chain.push((index, host.branch.as_deref()));
        next = run.book.campaign.unit[index].met_by.as_ref();
    }
    chain
}

/// Runs the rules that see everything, and finds the places of what they say.
pub(super) fn set_rules(
    run: &Run<'_>,
    inputs: &[Input],
    judged: &[Judged],
    row_of: &[Option<usize>],
    ledger: &Ledger,
) -> (Vec<Finding>, usize) {
    let files: Vec<FileView<'_>> = judged
        .iter()
        .enumerate()
        .map(|(file, judged)| FileView {
            code: judged.code.as_deref(),
            stem: inputs[file].stem(),
            row: row_of[file],
            extract: &judged.extract,
        })
        .collect();
    let view = SetView {
        campaign: run.book.campaign,
        roster: &run.book.roster,
        ledger,
        files: &files,
    };
    let mut drafts = Vec::new();
    for rule in rules::ALL
        .iter()
        .filter(|rule| run.levels.of(&rule.id()).is_some())
    {
        if let Some(check) = rule.check.set {
            check(&view, &mut drafts);
        }
    }
    let before = drafts.len();
    drafts.retain(|draft| !is_silenced(run.book, run.as_of.date, draft));
    let silenced = before - drafts.len();
    (placed::placed(run, inputs, drafts), silenced)
}
