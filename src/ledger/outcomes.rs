//! 制度办法: which documents count, and whether there are enough of them.

use foldhash::{HashSet, HashSetExt};

use super::names::counts_as_institution;
use super::progress::{Progress, Task, Verdict};
use super::{Part, Reading, Remark};
use crate::at;
use crate::calendar::Date;
use crate::campaign::RequirementKind;
use crate::plan::Outcome;

pub(super) fn outcomes(task: &Task<'_>, reading: Option<&Reading<'_>>) -> Progress {
    let needed = task.milestone.at_least();
    let mut progress = Progress {
        at: at!["outcome"],
        ..Progress::default()
    };
    let mut counted: Vec<(Date, usize)> = Vec::new();
    let mut perhaps: Vec<Date> = Vec::new();
    if let Some(reading) = reading {
        counted.reserve_exact(reading.plan.outcome.len());
        for (index, outcome) in in_order(&reading.plan.outcome) {
            match outcome_verdict(task, index, outcome, reading) {
                Verdict::Counts(date) => counted.push((date, index)),
                Verdict::Perhaps(date, path) => {
                    perhaps.push(date);
                    progress.say(Remark::Unreadable(path));
                }
                Verdict::No(Some(remark)) => progress.say(remark),
                Verdict::No(None) => {}
            }
        }
        once_a_number(&mut counted, reading, &mut perhaps, &mut progress);
        if reading.unreadable.whole("outcome") {
            perhaps.extend(std::iter::repeat_n(Date::MIN, needed));
        }
    }
    counted.sort_unstable();
    let mut at_best = counted.iter().map(|(date, _)| *date);
    progress.best = if perhaps.is_empty() {
        at_best.nth(needed - 1)
    } else {
        perhaps.extend(at_best);
        perhaps.sort_unstable();
        perhaps.get(needed - 1).copied()
    };
    if let Some((date, index)) = counted.get(needed - 1) {
        (progress.done, progress.at) = (Some(*date), at!["outcome", *index, "adopted"]);
        progress.remarks.retain(|_| progress.best != progress.done);
    }
    let have = counted.len().min(needed);
    let partly = have > 0 && have < needed;
    progress
        .there
        .extend(partly.then_some(Part::Documents(have)));
    progress
        .lacking
        .extend((have < needed).then_some(Part::Documents(needed - have)));
    progress
}

/// The documents by date, so that of two with one number the earlier counts whatever their order in the file.
fn in_order<'o, 'p>(outcomes: &'o [Outcome<'p>]) -> impl Iterator<Item = (usize, &'o Outcome<'p>)> {
    // They mostly stand so.
    let mut sorted: Vec<usize> = Vec::new();
    if !outcomes.is_sorted_by_key(|outcome| outcome.adopted) {
        sorted.extend(0..outcomes.len());
        sorted.sort_by_key(|index| (outcomes[*index].adopted, *index));
    }
    (0..outcomes.len()).map(move |number| {
        let index = sorted.get(number).copied().unwrap_or(number);
        (index, &outcomes[index])
    })
}

/// Drops documents whose number an earlier one has; a number that cannot be read may be such a one.
fn once_a_number(
    counted: &mut Vec<(Date, usize)>,
    reading: &Reading<'_>,
    perhaps: &mut Vec<Date>,
    progress: &mut Progress,
) {
    if counted.len() < 2 {
        return;
    }
    let mut numbers = HashSet::new();
    counted.retain(|&(date, index)| {
        let at = at!["outcome", index, "document_number"];
        match reading.plan.outcome[index].document_number {
            None if reading.unreadable.field(at) => {
                perhaps.push(date);
                progress.say(Remark::Unreadable(at));
                false
            }
            None => true,
            Some(number) => {
                let first = numbers.insert(number.key());
                if !first {
                    progress.say(Remark::NumberTwice(number.written().to_owned()));
                }
                first
            }
        }
    });
}

fn outcome_verdict(
    task: &Task<'_>,
    index: usize,
    outcome: &Outcome<'_>,
    reading: &Reading<'_>,
) -> Verdict {
    let title = || outcome.title.unwrap_or_default().to_owned();
    if outcome
        .title
        .is_some_and(|title| !counts_as_institution(title))
    {
        return Verdict::No(Some(Remark::NotAnInstitution(title())));
    }
    if outcome.adopted.is_none() && !reading.unreadable.field(at!["outcome", index, "adopted"]) {
        return Verdict::No(Some(Remark::Draft(title())));
    }
    if let Some(adopted) = outcome.adopted {
        if adopted > task.as_of {
            return Verdict::No(Some(Remark::Later(Part::Documents(1), adopted)));
        }
        if task.window().excludes(adopted, RequirementKind::Outcomes) {
            return Verdict::No(Some(Remark::OutsideWindow(Part::Documents(1), adopted)));
        }
    }
    // It must be in force on its due date, or on the day of its adoption if that is later. The original
    // date, so that an extension never undoes what was done.
    let due = task.milestone.due();
    let day = outcome.adopted.map_or(due, |adopted| adopted.max(due));
    let expired = outcome.valid_until.is_some_and(|until| until < day);
    let repealed = outcome.repealed.is_some_and(|repealed| repealed <= day);
    if expired || repealed {
        return Verdict::No(Some(Remark::NotInForce(title(), day)));
    }
    let deciding = [
        at!["outcome", index, "title"],
        at!["outcome", index, "adopted"],
        at!["outcome", index, "valid_until"],
        at!["outcome", index, "repealed"],
    ];
    let hidden = reading.unreadable.first_of(deciding);
    match (hidden, outcome.adopted) {
        (Some(at), adopted) => Verdict::Perhaps(adopted.unwrap_or(Date::MIN), at),
        (None, Some(adopted)) => Verdict::Counts(adopted),
        (None, None) => Verdict::No(None),
    }
}
