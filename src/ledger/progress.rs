//! What counts as done. For each milestone the readable records give the date on which it was done, if it
//! was; those that cannot be read give the best that could be true. Where the two lead to different
//! statuses, the cell is 待核.

use std::collections::HashSet;

use unicode_normalization::UnicodeNormalization;

use super::office::{Window, owed_meetings};
use super::{Host, Part, Reading, Remark, SetAside};
use crate::calendar::Date;
use crate::campaign::{Campaign, Milestone, RequirementKind, Unit};
use crate::finding::FieldPath;
use crate::path;
use crate::plan::{Filing, Meeting, Outcome, Plan};
use crate::vocabulary::{Basis, MeetingKind};
use chrono::Datelike;

/// One cell to be filled.
pub(super) struct Task<'t> {
    pub campaign: &'t Campaign,
    pub unit: &'t Unit,
    pub milestone: &'t Milestone,
    /// The due date as it stands.
    pub due: Date,
    pub as_of: Date,
}

/// How far a milestone has come.
#[derive(Default)]
pub(super) struct Progress {
    /// The day on which it was done, by what can be read.
    pub done: Option<Date>,
    /// The earliest day on which it may have been done, if unreadable records say the best.
    pub best: Option<Date>,
    pub there: Vec<Part>,
    pub lacking: Vec<Part>,
    pub remarks: Vec<Remark>,
    pub at: FieldPath,
}

/// Whether one record counts.
enum Verdict {
    /// It counts, on this day.
    Counts(Date),
    /// It may count; the day is the best it can have.
    Perhaps(Date, FieldPath),
    /// It does not, for this reason (none: it has not happened yet).
    No(Option<Remark>),
}

/// How far a unit has come by one reading of its records.
pub(super) fn of(task: &Task<'_>, reading: Option<&Reading<'_>>, hosts: &[Host<'_>]) -> Progress {
    let mut progress = match task.milestone.kind() {
        RequirementKind::Plan => plan(task, reading),
        RequirementKind::Meetings => meetings(task, reading, hosts),
        RequirementKind::Outcomes => outcomes(task, reading),
    };
    if reading.is_some_and(|reading| reading.unreadable.anywhere)
        && progress.done.is_none_or(|done| done > task.due)
    {
        progress.best = Some(Date::MIN);
        progress.remarks.push(Remark::Broken);
    }
    progress
}

fn plan(task: &Task<'_>, reading: Option<&Reading<'_>>) -> Progress {
    let basis = task.milestone.basis();
    let filing = reading.and_then(|reading| reading.plan.plan.as_ref());
    let (at, date) = filing.unwrap_or(&Filing::default()).by(basis);
    let unreadable = reading.is_some_and(|reading| reading.unreadable.hits(&at));
    let mut progress = Progress {
        at: at.clone(),
        ..Progress::default()
    };
    match date {
        Some(date) if window(task).excludes(date, RequirementKind::Plan) => {
            progress.best = Some(Date::MIN);
            progress.remarks.push(Remark::BeforeStart(date));
        }
        Some(date) if date <= task.as_of => progress.done = Some(date),
        Some(_) => {}
        None if unreadable => {
            progress.best = Some(Date::MIN);
            progress.remarks.push(Remark::Unreadable(at));
        }
        None => {
            // 已制定未报送: say what is there, so that the unit knows which date is asked for.
            let others = [Basis::Adopted, Basis::Filed, Basis::Received]
                .into_iter()
                .filter(|other| *other != basis);
            let there = |other| {
                Some((
                    other,
                    filing?.by(other).1.filter(|date| *date <= task.as_of)?,
                ))
            };
            progress.remarks.extend(
                others
                    .filter_map(there)
                    .map(|(there, date)| Remark::NotOnBasis {
                        there,
                        date,
                        counts: basis,
                    })
                    .next(),
            );
        }
    }
    progress.best = progress.best.or(progress.done);
    let part = Part::Plan(basis);
    if progress.done.is_some() {
        progress.there.push(part)
    } else {
        progress.lacking.push(part)
    }
    progress
}

fn window(task: &Task<'_>) -> Window {
    Window::of(task.campaign, task.milestone, task.due)
}

/// One thing that must be there: a kind of meeting, or one branch's meeting.
struct Slot<'s> {
    part: Part,
    kind: MeetingKind,
    branch: Option<&'s str>,
}

fn meetings(task: &Task<'_>, reading: Option<&Reading<'_>>, hosts: &[Host<'_>]) -> Progress {
    let mut progress = Progress {
        at: path!["meeting"],
        ..Progress::default()
    };
    let (mut done, mut best) = (Some(Date::MIN), Some(Date::MIN));
    for slot in slots(task) {
        let mut filled = fill(
            task,
            &slot,
            task.unit,
            reading.map_or(&[], std::slice::from_ref),
        );
        if slot.kind == MeetingKind::OrganizationalLife && filled.done.is_none() {
            filled = from_hosts(task, filled, hosts);
        }
        match filled.done {
            // The cell hangs on the record that came last.
            Some(date) => {
                if done.is_some_and(|done| date > done) {
                    progress.at = filled.at;
                }
                progress.there.push(slot.part);
            }
            None => {
                if progress.lacking.is_empty() {
                    progress.at = filled.at;
                }
                progress.lacking.push(slot.part);
            }
        }
        done = done.zip(filled.done).map(|(a, b)| a.max(b));
        best = best.zip(filled.best).map(|(a, b)| a.max(b));
        progress.remarks.extend(filled.remarks);
    }
    (progress.done, progress.best) = (done, best);
    progress
}

fn slots<'t>(task: &Task<'t>) -> Vec<Slot<'t>> {
    let mut slots = Vec::new();
    for kind in owed_meetings(task.unit, task.milestone) {
        let branches: &[String] = match kind {
            MeetingKind::OrganizationalLife => &task.unit.branches,
            MeetingKind::DemocraticLife => &[],
        };
        if branches.len() < 2 {
            slots.push(Slot {
                part: Part::Meeting(kind),
                kind,
                branch: branches.first().map(String::as_str),
            });
            continue;
        }
        slots.extend(branches.iter().map(|branch| Slot {
            part: Part::Branch(branch.clone()),
            kind,
            branch: Some(branch),
        }));
    }
    slots
}

/// Looks for the first valid meeting that fills a slot, in a unit's own file.
fn fill(task: &Task<'_>, slot: &Slot<'_>, owner: &Unit, readings: &[Reading<'_>]) -> Progress {
    let mut filled = Progress {
        at: path!["meeting"],
        ..Progress::default()
    };
    for reading in readings {
        for (index, meeting) in reading.plan.meeting.iter().enumerate() {
            if !may_be(meeting, slot.kind, index, reading) {
                continue;
            }
            let at = path!["meeting", index, "held"];
            match meeting_verdict(task, slot, owner, (index, meeting), reading) {
                Verdict::Counts(date) => {
                    filled.best = earliest(filled.best, date);
                    if filled.done.is_none_or(|done| date < done) {
                        (filled.done, filled.at) = (Some(date), at);
                    }
                }
                Verdict::Perhaps(date, path) => {
                    filled.best = earliest(filled.best, date);
                    filled.remarks.push(Remark::Unreadable(path.clone()));
                    filled.at = if filled.done.is_none() {
                        path
                    } else {
                        filled.at
                    };
                }
                Verdict::No(Some(remark)) => {
                    filled.at = if filled.done.is_none() { at } else { filled.at };
                    filled.remarks.push(remark);
                }
                Verdict::No(None) => {}
            }
        }
        if reading.unreadable.whole("meeting") {
            filled.best = Some(Date::MIN);
        }
    }
    // What went wrong before a valid meeting is of no interest.
    if filled.done.is_some() && filled.best == filled.done {
        filled.remarks.clear();
    }
    filled
}

fn earliest(one: Option<Date>, other: Date) -> Option<Date> {
    Some(one.map_or(other, |one| one.min(other)))
}

fn may_be(meeting: &Meeting<'_>, kind: MeetingKind, index: usize, reading: &Reading<'_>) -> bool {
    match meeting.kind {
        Some(own) => own == kind,
        None => reading.unreadable.field("meeting", Some(index), "kind"),
    }
}

fn meeting_verdict(
    task: &Task<'_>,
    slot: &Slot<'_>,
    owner: &Unit,
    (index, meeting): (usize, &Meeting<'_>),
    reading: &Reading<'_>,
) -> Verdict {
    let part = || Part::Meeting(slot.kind);
    let democratic = slot.kind == MeetingKind::DemocraticLife;
    let unreadable = |field: &'static str| reading.unreadable.field("meeting", Some(index), field);
    if meeting.kind.is_some() && meeting.held.is_none() && !unreadable("held") {
        return Verdict::No(
            meeting
                .planned
                .map(|planned| Remark::PlannedOnly(part(), planned)),
        );
    }
    if let Some(year) = meeting
        .year
        .filter(|year| *year != task.campaign.start().year())
    {
        return Verdict::No(Some(Remark::OtherYear(part(), year)));
    }
    if let Some(held) = meeting.held {
        if held > task.as_of {
            return Verdict::No(None);
        }
        if window(task).excludes(held, RequirementKind::Meetings) {
            return Verdict::No(Some(Remark::OutsideWindow(part(), held)));
        }
    }
    if let (true, Some(present), Some(expected)) = (democratic, meeting.present, meeting.expected)
        && fewer_than_two_thirds(present, expected)
        && !attendance_is_bad(meeting)
    {
        return Verdict::No(Some(Remark::TooFew { present, expected }));
    }
    let by_branch = !democratic && !owner.branches.is_empty() && slot.branch.is_some();
    if by_branch
        && !unreadable("branch")
        && !branch_fits(meeting.branch, slot.branch, &owner.branches)
    {
        return Verdict::No(meeting.branch.is_none().then_some(Remark::NoBranch));
    }
    let mut matters = vec!["kind", "held", "year"];
    if democratic {
        matters.extend(["expected", "present"]);
    }
    if by_branch {
        matters.push("branch");
    }
    let hidden = matters.into_iter().find(|field| unreadable(field));
    match (hidden, meeting.held) {
        (Some(field), held) => {
            Verdict::Perhaps(held.unwrap_or(Date::MIN), path!["meeting", index, field])
        }
        (None, Some(held)) => Verdict::Counts(held),
        (None, None) => Verdict::No(None),
    }
}

/// A meeting that names no branch is the only branch's, if there is only one.
fn branch_fits(named: Option<&str>, wanted: Option<&str>, listed: &[String]) -> bool {
    match (named, wanted) {
        (Some(named), Some(wanted)) => name_key(named) == name_key(wanted),
        (None, Some(_)) => listed.len() == 1,
        (_, None) => true,
    }
}

/// Fills the slot of a unit from the branch that it shares with its host; its own record goes first.
fn from_hosts(task: &Task<'_>, own: Progress, hosts: &[Host<'_>]) -> Progress {
    let mut filled = own;
    for host in hosts {
        if host.readings.is_empty() {
            filled
                .remarks
                .push(Remark::HostMissing(host.unit.name.clone()));
            continue;
        }
        let kind = MeetingKind::OrganizationalLife;
        let slot = Slot {
            part: Part::Meeting(kind),
            kind,
            branch: host.branch,
        };
        // Of several readings of the host's records the one that proves least counts.
        let mut worst: Option<Progress> = None;
        for reading in &host.readings {
            let mut by = fill(task, &slot, host.unit, std::slice::from_ref(reading));
            if reading.unreadable.anywhere {
                by.best = Some(Date::MIN);
            }
            let later = |by: &Progress| by.done.unwrap_or(Date::MAX);
            worst = match worst {
                Some(worst) if later(&worst) >= later(&by) => Some(Progress {
                    best: worst.best.min(by.best),
                    ..worst
                }),
                _ => Some(by),
            };
        }
        let Some(by) = worst else { continue };
        filled.best = by
            .best
            .map_or(filled.best, |best| earliest(filled.best, best));
        if let Some(done) = by.done {
            filled.done = Some(done);
            filled.at = path!["meeting"];
            filled.remarks = vec![Remark::MetBy(host.unit.name.clone())];
            break;
        }
        let unclear = by.best.is_some();
        filled
            .remarks
            .extend(unclear.then(|| Remark::HostUnclear(host.unit.name.clone())));
    }
    filled
}

fn outcomes(task: &Task<'_>, reading: Option<&Reading<'_>>) -> Progress {
    let needed = task.milestone.at_least();
    let mut progress = Progress {
        at: path!["outcome"],
        ..Progress::default()
    };
    let mut counted: Vec<(Date, usize)> = Vec::new();
    let mut perhaps: Vec<Date> = Vec::new();
    if let Some(reading) = reading {
        for index in in_order(&reading.plan.outcome) {
            let outcome = &reading.plan.outcome[index];
            match outcome_verdict(task, index, outcome, reading) {
                Verdict::Counts(date) => counted.push((date, index)),
                Verdict::Perhaps(date, path) => {
                    perhaps.push(date);
                    progress.remarks.push(Remark::Unreadable(path));
                }
                Verdict::No(remark) => progress.remarks.extend(remark),
            }
        }
        counted = once_a_number(&counted, reading, &mut perhaps, &mut progress.remarks);
        if reading.unreadable.whole("outcome") {
            perhaps.extend(std::iter::repeat_n(Date::MIN, needed));
        }
    }
    counted.sort_unstable();
    let mut at_best: Vec<Date> = counted
        .iter()
        .map(|(date, _)| *date)
        .chain(perhaps)
        .collect();
    at_best.sort_unstable();
    progress.best = at_best.get(needed - 1).copied();
    if let Some((date, index)) = counted.get(needed - 1) {
        (progress.done, progress.at) = (Some(*date), path!["outcome", *index, "adopted"]);
        progress.remarks.retain(|_| progress.best != progress.done);
    }
    let have = counted.len().min(needed);
    progress
        .there
        .extend((have > 0).then_some(Part::Documents(have)));
    progress
        .lacking
        .extend((have < needed).then_some(Part::Documents(needed - have)));
    progress
}

/// The documents by date, so that of two with one number the earlier counts whatever their order in the file.
fn in_order(outcomes: &[Outcome<'_>]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..outcomes.len()).collect();
    order.sort_by_key(|index| (outcomes[*index].adopted, *index));
    order
}

/// Drops documents whose number an earlier one has; a number that cannot be read may be such a one.
fn once_a_number(
    counted: &[(Date, usize)],
    reading: &Reading<'_>,
    perhaps: &mut Vec<Date>,
    remarks: &mut Vec<Remark>,
) -> Vec<(Date, usize)> {
    let outcomes = &reading.plan.outcome;
    let mut numbers = HashSet::new();
    let mut kept = Vec::new();
    for &(date, index) in counted {
        let hidden = reading
            .unreadable
            .field("outcome", Some(index), "document_number");
        match outcomes[index].document_number {
            None if hidden && counted.len() > 1 => {
                perhaps.push(date);
                remarks.push(Remark::Unreadable(path![
                    "outcome",
                    index,
                    "document_number"
                ]));
            }
            Some(number) if !numbers.insert(number_key(number)) => {
                remarks.push(Remark::NumberTwice(number.to_owned()))
            }
            _ => kept.push((date, index)),
        }
    }
    kept
}

fn outcome_verdict(
    task: &Task<'_>,
    index: usize,
    outcome: &Outcome<'_>,
    reading: &Reading<'_>,
) -> Verdict {
    let unreadable = |field: &'static str| reading.unreadable.field("outcome", Some(index), field);
    let title = || outcome.title.unwrap_or_default().to_owned();
    if outcome
        .title
        .is_some_and(|title| !counts_as_institution(title))
    {
        return Verdict::No(Some(Remark::NotAnInstitution(title())));
    }
    if outcome.adopted.is_none() && !unreadable("adopted") {
        return Verdict::No(Some(Remark::Draft(title())));
    }
    if let Some(adopted) = outcome.adopted {
        if adopted > task.as_of {
            return Verdict::No(None);
        }
        if window(task).excludes(adopted, RequirementKind::Outcomes) {
            return Verdict::No(Some(Remark::OutsideWindow(Part::Documents(1), adopted)));
        }
    }
    // It must be in force on its due date, or on the day of its adoption if that is later.
    let day = outcome
        .adopted
        .map_or(task.due, |adopted| adopted.max(task.due));
    let expired = outcome.valid_until.is_some_and(|until| until < day);
    let repealed = outcome.repealed.is_some_and(|repealed| repealed <= day);
    if expired || repealed {
        return Verdict::No(Some(Remark::NotInForce(title(), day)));
    }
    let hidden = ["title", "adopted", "valid_until", "repealed"]
        .into_iter()
        .find(|field| unreadable(field));
    match (hidden, outcome.adopted) {
        (Some(field), adopted) => {
            Verdict::Perhaps(adopted.unwrap_or(Date::MIN), path!["outcome", index, field])
        }
        (None, Some(adopted)) => Verdict::Counts(adopted),
        (None, None) => Verdict::No(None),
    }
}

/// Whether a title is that of an institution (制度办法), by its end, after unwrapping 关于印发《…》的通知 and
/// （试行）. 重大事项请示报告制度 is one; a 报告 is not.
pub fn counts_as_institution(title: &str) -> bool {
    const NOT: [&str; 6] = ["总结", "讲话", "纪要", "通报", "报告", "请示"];
    let plain: String = title.nfkc().filter(|c| !c.is_whitespace()).collect();
    let mut core = plain.as_str();
    if let Some((head, wrapped)) = core.split_once('《')
        && (head.ends_with("印发") || head.ends_with("转发"))
        && let Some((inner, tail)) = wrapped.rsplit_once('》')
        && tail.starts_with("的通知")
    {
        core = inner;
    }
    core = core.trim_start_matches('《').trim_end_matches('》');
    // NFKC has made ASCII brackets of the full-width ones.
    while let Some((head, _)) = core
        .strip_suffix(')')
        .and_then(|inner| inner.rsplit_once('('))
    {
        core = head.trim_end_matches('》');
    }
    !NOT.iter().any(|end| core.ends_with(end))
}

/// Whether fewer than two thirds of those who should attend were present (national regulation), in
/// integers: 4 of 6, 5 of 7 and 4 of 5 are enough.
pub fn fewer_than_two_thirds(present: u32, expected: u32) -> bool {
    u64::from(present) * 3 < u64::from(expected) * 2
}

/// Whether the numbers of a meeting contradict each other, so that nobody can say whether it was valid.
pub fn attendance_is_bad(meeting: &Meeting<'_>) -> bool {
    meeting.expected == Some(0)
        || matches!((meeting.present, meeting.expected), (Some(p), Some(e)) if p > e)
}

/// A name without blanks and width, for comparing names that people write in different ways.
pub fn name_key(name: &str) -> String {
    name.nfkc().filter(|c| !c.is_whitespace()).collect()
}

/// A document number with its brackets, width and blanks made alike.
pub fn number_key(number: &str) -> String {
    let bracket = |c| match c {
        '[' | '(' | '【' | '〔' | '﹝' => '〔',
        ']' | ')' | '】' | '〕' | '﹞' => '〕',
        other => other,
    };
    number
        .nfkc()
        .filter(|c| !c.is_whitespace())
        .map(bracket)
        .collect()
}

/// Counts the records that are dated after a day, by the dates that some milestone reads.
pub(super) fn set_aside(plan: &Plan<'_>, campaign: &Campaign, as_of: Date) -> SetAside {
    let asks = |kind| {
        campaign
            .milestone
            .iter()
            .filter(move |milestone| milestone.kind() == kind)
    };
    let later = |date: Option<Date>| date.is_some_and(|date| date > as_of);
    let filing = |milestone: &Milestone| {
        later(
            plan.plan
                .as_ref()
                .and_then(|filing| filing.by(milestone.basis()).1),
        )
    };
    let mut kinds: Vec<MeetingKind> = asks(RequirementKind::Meetings)
        .flat_map(Milestone::meetings)
        .collect();
    kinds.dedup();
    let meeting = |meeting: &&Meeting<'_>| {
        later(meeting.held) && meeting.kind.is_none_or(|kind| kinds.contains(&kind))
    };
    let documents = asks(RequirementKind::Outcomes).next().is_some();
    SetAside {
        filings: usize::from(asks(RequirementKind::Plan).any(filing)),
        meetings: if kinds.is_empty() {
            0
        } else {
            plan.meeting.iter().filter(meeting).count()
        },
        documents: plan
            .outcome
            .iter()
            .filter(|outcome| documents && later(outcome.adopted))
            .count(),
    }
}
