//! 生活会: which meetings count, and whether all that a unit owes have been held.

use chrono::Datelike;
use smol_str::SmolStr;

use super::names::same_name;
use super::office::owed_meetings;
use super::progress::{Progress, Task, Verdict, earliest};
use super::{Host, Part, Reading, Remark};
use crate::at;
use crate::calendar::Date;
use crate::campaign::{RequirementKind, Unit};
use crate::plan::Meeting;
use crate::vocabulary::MeetingKind;

/// One thing that must be there: a kind of meeting, or one branch's meeting.
struct Slot<'s> {
    part: Part,
    kind: MeetingKind,
    branch: Option<&'s str>,
    /// Whether it has been held.
    held: bool,
}

pub(super) fn meetings(
    task: &Task<'_>,
    reading: Option<&Reading<'_>>,
    hosts: &[Host<'_>],
) -> Progress {
    let mut progress = Progress::default();
    let (mut done, mut best) = (Some(Date::MIN), Some(Date::MIN));
    let mut slots = slots(task);
    for slot in &mut slots {
        let mut filled = fill(
            task,
            slot,
            task.unit,
            reading.map_or(&[], std::slice::from_ref),
        );
        if slot.kind == MeetingKind::OrganizationalLife && filled.done.is_none() {
            filled = from_hosts(task, filled, hosts);
        }
        slot.held = filled.done.is_some();
        // The cell hangs on what is lacking first, else on the record that came last.
        let later = filled
            .done
            .is_some_and(|date| done.is_some_and(|done| date > done));
        if later || (done.is_some() && filled.done.is_none()) {
            progress.at = filled.at;
        }
        done = done.zip(filled.done).map(|(a, b)| a.max(b));
        best = best.zip(filled.best).map(|(a, b)| a.max(b));
        for remark in filled.remarks {
            // Several branches may hang on one record.
            progress.say(remark);
        }
    }
    (progress.done, progress.best) = (done, best);
    if done.is_none() {
        for slot in slots {
            let parts = match slot.held {
                true => &mut progress.there,
                false => &mut progress.lacking,
            };
            parts.push(slot.part);
        }
    }
    progress
}

fn slots<'t>(task: &Task<'t>) -> Vec<Slot<'t>> {
    let mut slots = Vec::with_capacity(2);
    for kind in owed_meetings(task.unit, task.milestone) {
        let branches: &[SmolStr] = match kind {
            MeetingKind::OrganizationalLife => &task.unit.branches,
            MeetingKind::DemocraticLife => &[],
        };
        if let [] | [_] = branches {
            let branch = branches.first().map(SmolStr::as_str);
            slots.push(Slot {
                part: Part::Meeting(kind),
                kind,
                branch,
                held: false,
            });
            continue;
        }
        let slot = |branch: &'t SmolStr| Slot {
            part: Part::Branch(branch.clone()),
            kind,
            branch: Some(branch),
            held: false,
        };
        slots.extend(branches.iter().map(slot));
    }
    slots
}

/// Looks for the first valid meeting that fills a slot, in a unit's own file.
fn fill(task: &Task<'_>, slot: &Slot<'_>, owner: &Unit, readings: &[Reading<'_>]) -> Progress {
    let mut filled = Progress {
        at: at!["meeting"],
        ..Progress::default()
    };
    for reading in readings {
        for (index, meeting) in reading.plan.meeting.iter().enumerate() {
            if !may_be(meeting, slot.kind, index, reading) {
                continue;
            }
            let at = at!["meeting", index, "held"];
            match meeting_verdict(task, slot, owner, (index, meeting), reading) {
                Verdict::Counts(date) => {
                    filled.best = earliest(filled.best, date);
                    if filled.done.is_none_or(|done| date < done) {
                        (filled.done, filled.at) = (Some(date), at);
                    }
                }
                Verdict::Perhaps(date, path) => {
                    filled.best = earliest(filled.best, date);
                    filled.say(Remark::Unreadable(path));
                    filled.at = if filled.done.is_none() {
                        path
                    } else {
                        filled.at
                    };
                }
                Verdict::No(Some(remark)) => {
                    filled.at = if filled.done.is_none() { at } else { filled.at };
                    filled.say(remark);
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

fn may_be(meeting: &Meeting<'_>, kind: MeetingKind, index: usize, reading: &Reading<'_>) -> bool {
    match meeting.kind {
        Some(own) => own == kind,
        None => reading.unreadable.field(at!["meeting", index, "kind"]),
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
    let by_branch = !democratic && !owner.branches.is_empty() && slot.branch.is_some();
    if by_branch
        && !reading.unreadable.field(at!["meeting", index, "branch"])
        && !branch_fits(meeting.branch, slot.branch, &owner.branches)
    {
        return Verdict::No(meeting.branch.is_none().then_some(Remark::NoBranch));
    }
    if meeting.kind.is_some()
        && meeting.held.is_none()
        && !reading.unreadable.field(at!["meeting", index, "held"])
    {
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
            return Verdict::No(Some(Remark::Later(part(), held)));
        }
        if task.window().excludes(held, RequirementKind::Meetings) {
            return Verdict::No(Some(Remark::OutsideWindow(part(), held)));
        }
    }
    if let (true, Some(present), Some(expected)) = (democratic, meeting.present, meeting.expected)
        && fewer_than_two_thirds(present, expected)
        && !attendance_is_bad(meeting)
    {
        return Verdict::No(Some(Remark::TooFew { present, expected }));
    }
    let deciding = [
        (true, at!["meeting", index, "kind"]),
        (true, at!["meeting", index, "held"]),
        (true, at!["meeting", index, "year"]),
        (democratic, at!["meeting", index, "expected"]),
        (democratic, at!["meeting", index, "present"]),
        (by_branch, at!["meeting", index, "branch"]),
    ];
    let deciding = deciding.into_iter().filter(|(decides, _)| *decides);
    let hidden = reading.unreadable.first_of(deciding.map(|(_, at)| at));
    match (hidden, meeting.held) {
        (Some(at), held) => Verdict::Perhaps(held.unwrap_or(Date::MIN), at),
        (None, Some(held)) => Verdict::Counts(held),
        (None, None) => Verdict::No(None),
    }
}

/// A meeting that names no branch is the only branch's, if there is only one.
fn branch_fits(named: Option<&str>, wanted: Option<&str>, listed: &[SmolStr]) -> bool {
    match (named, wanted) {
        (Some(named), Some(wanted)) => same_name(named, wanted),
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
            held: false,
        };
        let read = |reading: &Reading<'_>| {
            let mut by = fill(task, &slot, host.unit, std::slice::from_ref(reading));
            if reading.unreadable.anywhere {
                by.best = Some(Date::MIN);
            }
            by
        };
        let by: Vec<Progress> = host.readings.iter().map(read).collect();
        let best = by.iter().filter_map(|by| by.best).min();
        // Of several readings of the host's records the one that proves least counts, and any may be the right one.
        let by = by
            .into_iter()
            .max_by_key(|by| by.done.unwrap_or(Date::MAX))
            .unwrap_or_default();
        filled.best = best.map_or(filled.best, |best| earliest(filled.best, best));
        if let Some(done) = by.done {
            filled.done = Some(done);
            filled.at = at!["meeting"];
            filled.remarks = vec![Remark::MetBy(host.unit.name.clone())];
            break;
        }
        let unclear = best.is_some();
        filled
            .remarks
            .extend(unclear.then(|| Remark::HostUnclear(host.unit.name.clone())));
    }
    filled
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
