//! What needs more than one file: units with several files or a joint branch, and the rules that see everything.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use chrono::FixedOffset;
use rayon::prelude::*;
use toml_spanner::Arena;

use super::batch::Case;
use super::judge::{FileText, Opened, is_silenced};
use super::judged::Judged;
use super::owners::{Owner, Owners};
use super::placed::Placing;
use super::{Keep, Run};
use crate::campaign::Unit;
use crate::discover::Inputs;
use crate::extract::{Numbers, Sum};
use crate::finding::{Draft, Finding};
use crate::ledger::{Cell, Host, Ledger, Reading, Records, Remark, Row, Status, Totals, cells};
use crate::plan::Plan;
use crate::read::Unreadable;
use crate::rules::{self, Drafts, FileView, Files, SetView};

/// The rows of the ledger.
pub(super) struct Rows {
    /// How many units there are.
    pub units: usize,
    /// Their rows; where only findings are asked for, of those without a file.
    pub rows: Vec<Row>,
    /// How many units stand where, by milestone.
    pub totals: Vec<Totals>,
}

/// The rows of the ledger. Units whose cells hang on more than one file are judged again, all files at hand.
pub(super) fn rows(run: &Run<'_>, inputs: &Inputs, judged: &mut [Judged], owners: &Owners) -> Rows {
    let special = each_unit(run, owners).filter(|(unit, owner)| is_special(run, *unit, *owner));
    let special: Vec<(usize, Option<Owner<'_>>)> = special.collect();
    let again: Vec<Again> = special
        .par_iter()
        .map(|(unit, owner)| judge_again(run, inputs, *unit, *owner, owners))
        .collect();
    let mut again = special.iter().zip(again).peekable();
    let all = run.keep > Keep::Findings;
    let mut units = 0;
    let mut rows = Vec::with_capacity(if all { run.book.campaign.unit.len() } else { 0 });
    let mut totals = vec![Totals::default(); run.book.campaign.milestone.len()];
    for (unit, owner) in each_unit(run, owners) {
        let file = owner.and_then(|owner| owner.files().next());
        let row =
            if let Some((_, judged_again)) = again.next_if(|((special, _), _)| *special == unit) {
                for (file, (findings, silenced)) in judged_again.findings {
                    let more = judged[file].more.get_or_insert_default();
                    (more.findings, more.silenced) = (findings.into(), silenced);
                }
                Some(judged_again.row)
            } else if let Some(file) = file {
                all.then(|| row(run, &mut judged[file])).flatten()
            } else {
                let unit = run.book.campaign.unit.get(unit);
                unit.map(|unit| without_file(run, unit))
            };
        match (&row, file) {
            (Some(row), _) => Totals::count_unit(&mut totals, statuses(&row.cells)),
            (None, Some(file)) => Totals::count_unit(&mut totals, judged[file].standing.statuses()),
            (None, None) => {}
        }
        rows.extend(row.filter(|row| all || !row.has_file));
        units += 1;
    }
    Rows {
        units,
        rows,
        totals,
    }
}

/// The line of a unit whose cells hang on one file.
fn row(run: &Run<'_>, file: &mut Judged) -> Option<Row> {
    let (cells, told) = match &mut file.more {
        Some(more) => (std::mem::take(&mut more.cells), more.told.take()),
        None => Default::default(),
    };
    let unit = file.unit(&run.book.campaign.unit)?;
    Some(Row {
        told,
        ..Row::new(&unit, true, cells)
    })
}

/// The line of a unit that has no file.
fn without_file(run: &Run<'_>, unit: &Unit) -> Row {
    let cells = cells(&run.book.office, unit, &Records::default(), run.as_of.date);
    Row::new(unit, false, cells)
}

fn statuses(cells: &[Cell]) -> impl Iterator<Item = Status> {
    cells.iter().map(|cell| cell.status)
}

/// The units of the ledger, in its order, each with its files: the whole roster, or those that have files.
fn each_unit<'o>(
    run: &Run<'_>,
    owners: &'o Owners,
) -> Box<dyn Iterator<Item = (usize, Option<Owner<'o>>)> + 'o> {
    let units = run.book.campaign.unit.len();
    match run.whole_roster && units > 0 {
        true => Box::new(owners.of_each(0..units)),
        false => Box::new(owners.all().map(|(unit, owner)| (unit, Some(owner)))),
    }
}

/// The files that are judged again, each with the others that it is judged with.
pub(super) fn beside(
    run: &Run<'_>,
    inputs: &Inputs,
    owners: &Owners,
) -> BTreeMap<Arc<str>, Inputs> {
    let mut beside = BTreeMap::new();
    let special = owners
        .all()
        .filter(|(unit, owner)| is_special(run, *unit, Some(*owner)));
    for (unit, owner) in special {
        let mut files: Vec<usize> = owner.files().collect();
        if let Some(unit) = run.book.campaign.unit.get(unit) {
            let hosts = hosts(run, unit).into_iter();
            let of_hosts = hosts.filter_map(|(host, _)| owners.get(host));
            files.extend(of_hosts.flat_map(Owner::files));
        }
        for file in owner.files() {
            let others = files.iter().filter(|other| **other != file);
            let others = others.map(|other| inputs.at(*other)).collect();
            beside.insert(inputs.at(file).shown.into(), others);
        }
    }
    beside
}

/// Whether a unit's cells hang on more than its one file.
fn is_special(run: &Run<'_>, unit: usize, owner: Option<Owner<'_>>) -> bool {
    let unit = run.book.campaign.unit.get(unit);
    let joint = unit.is_some_and(|unit| unit.met_by.is_some());
    joint || owner.is_some_and(|owner| owner.files().count() > 1 || !owner.sure())
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
fn texts<'i>(inputs: &'i Inputs, owner: Option<Owner<'_>>) -> Vec<Option<FileText<'i>>> {
    let sure = owner.is_some_and(Owner::sure);
    let files = owner.into_iter().flat_map(Owner::files);
    files
        .map(|file| FileText::kept(inputs.at(file)).ok().filter(|_| sure))
        .collect()
}

fn open<'t>(
    run: &Run<'_>,
    texts: &'t [Option<FileText<'t>>],
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
    let nothing = Reading {
        plan: &NOTHING.0,
        unreadable: &NOTHING.1,
    };
    opened
        .iter()
        .flat_map(|opened| match opened {
            Some(opened) => opened.with_readings(<[_]>::to_vec),
            None => vec![nothing],
        })
        .collect()
}

fn judge_again(
    run: &Run<'_>,
    inputs: &Inputs,
    number: usize,
    owner: Option<Owner<'_>>,
    owners: &Owners,
) -> Again {
    let campaign = run.book.campaign;
    let arena = Arena::new();
    let own_texts = texts(inputs, owner);
    let own = open(run, &own_texts, &arena);
    let by_code;
    let listed = campaign.unit.get(number);
    let unit = match listed {
        Some(unit) => unit,
        None => {
            let plan = own
                .iter()
                .flatten()
                .next()
                .map(|opened| &opened.loaded.plan);
            by_code = plan.map(super::judge::unit_of_plan).unwrap_or_default();
            &by_code
        }
    };
    let chain = hosts(run, unit);
    let host_texts: Vec<_> = chain
        .iter()
        .map(|(index, _)| texts(inputs, owners.get(*index)))
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
        readings: &readings(&own),
        hosts: &hosts.collect::<Vec<_>>(),
    };
    let cells = cells(&run.book.office, unit, &records, run.as_of.date);
    let mut row = Row::new(unit, !own.is_empty(), cells);
    // Of several files, the first names the responsible and the problems.
    if let Some(opened) = own.iter().flatten().next() {
        row.told = run.told(opened);
    }
    if let Some(owner) = owner.filter(|owner| !owner.sure()) {
        say_why(&mut row, inputs, owner);
    }
    let files = owner.into_iter().flat_map(Owner::files);
    let opened = files.zip(&own);
    let (files, cases): (Vec<usize>, Vec<Case<'_>>) = opened
        .filter_map(|(file, opened)| {
            let case = Case {
                opened: opened.as_ref()?,
                unit: listed.map(|unit| (unit, number)),
                cells: &row.cells,
            };
            Some((file, case))
        })
        .unzip();
    let findings = files.into_iter().zip(run.findings(&cases)).collect();
    Again { row, findings }
}

/// Why the files that are a unit's by their names alone prove nothing.
fn say_why(row: &mut Row, inputs: &Inputs, owner: Owner<'_>) {
    let read = |file: usize| FileText::kept(inputs.at(file)).is_ok();
    let why = match owner.files().all(read) {
        true => Remark::CodeUnreadable,
        false => Remark::NoText,
    };
    let remarks = row.cells.iter_mut().filter_map(|cell| cell.why.as_mut());
    let remarks = remarks.flat_map(|why| &mut why.remarks);
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

/// What is kept of the files, as the rules that see everything look at it.
#[derive(Debug)]
struct Kept<'k> {
    roster: &'k [Unit],
    inputs: &'k Inputs,
    judged: &'k [Judged],
    sum: &'k Sum,
    owners: &'k Owners,
    offset: FixedOffset,
}

impl Files for Kept<'_> {
    fn count(&self) -> usize {
        self.inputs.len()
    }

    fn file(&self, number: usize) -> FileView<'_> {
        let judged = &self.judged[number];
        let called = judged.called(self.roster);
        let in_ledger = judged.listed.is_some() || self.roster.is_empty();
        FileView {
            code: called.map(|(code, _)| code),
            input: self.inputs.at(number),
            name: called.filter(|_| in_ledger).map(|(_, name)| name),
            extract: judged
                .more
                .as_ref()
                .and_then(|more| more.extract.as_deref()),
        }
    }

    fn several(&self) -> Vec<Vec<usize>> {
        self.owners.several().collect()
    }

    fn sum(&self) -> &Sum {
        self.sum
    }

    fn numbers(&self, files: &[u32]) -> Vec<Numbers> {
        let of_file = |file: &u32| {
            let Ok(text) = FileText::kept(self.inputs.at(*file as usize)) else {
                return Numbers::default();
            };
            let arena = Arena::new();
            Numbers::of(&Opened::new(&text, &arena, self.offset).loaded.plan)
        };
        files.par_iter().map(of_file).collect()
    }
}

/// Runs the rules that see everything, and finds the places of what they say.
pub(super) fn set_rules(
    run: &Run<'_>,
    inputs: &Inputs,
    judged: &[Judged],
    sum: &Sum,
    owners: &Owners,
    ledger: &Ledger,
) -> (Vec<Finding>, usize) {
    let files = Kept {
        roster: &run.book.campaign.unit,
        inputs,
        judged,
        sum,
        owners,
        offset: run.book.offset(),
    };
    let view = SetView {
        campaign: run.book.campaign,
        roster: &run.book.roster,
        ledger,
        files: &files,
    };
    let (mut placing, mut silenced) = (Placing::new(run, inputs), 0);
    let mut take = |draft: Draft| match is_silenced(run.book, run.as_of.date, &draft) {
        true => silenced += 1,
        false => placing.add(draft),
    };
    for rule in rules::ALL
        .iter()
        .filter(|rule| run.levels.of(&rule.id()).is_some())
    {
        if let Some(check) = rule.check.set {
            check(&view, &mut Drafts(&mut take));
        }
    }
    (placing.findings(), silenced)
}
