//! What counts as done. For each milestone the readable records give the date on which it was done, if it
//! was; those that cannot be read give the best that could be true. Where the two lead to different
//! statuses, the cell is 待核.

use super::office::Window;
use super::{Host, Part, Reading, Remark, SetAside};
use crate::calendar::Date;
use crate::campaign::{Campaign, Milestone, RequirementKind, Unit};
use crate::plan::{FieldAt, Filing, Meeting, Plan};
use crate::vocabulary::Basis;

/// One cell to be filled.
pub(super) struct Task<'t> {
    pub campaign: &'t Campaign,
    pub unit: &'t Unit,
    pub milestone: &'t Milestone,
    /// The due date as it stands.
    pub due: Date,
    pub as_of: Date,
}

impl Task<'_> {
    /// The days whose records count.
    pub(super) fn window(&self) -> Window {
        Window::of(self.campaign, self.milestone, self.due)
    }
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
    pub at: FieldAt,
}

/// So many reasons are given for one cell; nobody reads more, and each record that cannot be read has its own finding.
const MAX_REMARKS: usize = 50;

impl Progress {
    /// Gives a reason, once.
    pub(super) fn say(&mut self, remark: Remark) {
        if self.remarks.len() < MAX_REMARKS && !self.remarks.contains(&remark) {
            self.remarks.push(remark);
        }
    }
}

/// Whether one record counts.
pub(super) enum Verdict {
    /// It counts, on this day.
    Counts(Date),
    /// It may count; the day is the best it can have.
    Perhaps(Date, FieldAt),
    /// It does not, for this reason (none: it has not happened yet).
    No(Option<Remark>),
}

/// How far a unit has come by one reading of its records.
pub(super) fn of(task: &Task<'_>, reading: Option<&Reading<'_>>, hosts: &[Host<'_>]) -> Progress {
    let mut progress = match task.milestone.kind() {
        RequirementKind::Plan => plan(task, reading),
        RequirementKind::Meetings => super::meetings::meetings(task, reading, hosts),
        RequirementKind::Outcomes => super::outcomes::outcomes(task, reading),
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
    let unreadable = reading.is_some_and(|reading| reading.unreadable.field(at));
    let mut progress = Progress {
        at,
        ..Progress::default()
    };
    match date {
        Some(date) if task.window().excludes(date, RequirementKind::Plan) => {
            progress.best = Some(Date::MIN);
            progress.remarks.push(Remark::BeforeStart(date));
        }
        Some(date) if date <= task.as_of => progress.done = Some(date),
        Some(date) => progress
            .remarks
            .push(Remark::Later(Part::Plan(basis), date)),
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
    if progress.done.is_none() {
        progress.lacking.push(Part::Plan(basis));
    }
    progress
}

/// The earlier of two days, one of which may not be there.
pub(super) fn earliest(one: Option<Date>, other: Date) -> Option<Date> {
    Some(one.map_or(other, |one| one.min(other)))
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
    let counts = |meeting: &&Meeting<'_>| {
        let asked = |kind| {
            campaign
                .milestone
                .iter()
                .any(|milestone| milestone.asks_for(kind))
        };
        later(meeting.held) && meeting.kind.is_none_or(asked)
    };
    let meetings = asks(RequirementKind::Meetings).next().is_some();
    let documents = asks(RequirementKind::Outcomes).next().is_some();
    SetAside {
        filings: usize::from(asks(RequirementKind::Plan).any(filing)),
        meetings: plan
            .meeting
            .iter()
            .filter(|meeting| meetings && counts(meeting))
            .count(),
        documents: plan
            .outcome
            .iter()
            .filter(|outcome| documents && later(outcome.adopted))
            .count(),
    }
}
