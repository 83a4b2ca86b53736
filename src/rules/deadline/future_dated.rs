//! A record dated after today.

use crate::calendar::Date;
use crate::finding::FieldPath;
use crate::finding::{At, Draft, Severity};
use crate::lang::Text;
use crate::plan::Plan;
use crate::rules::{Check, PlanView, Rule};
use crate::{path, text};

/// A record dated after today.
pub const RULE: Rule = Rule {
    code: "D004",
    name: "future-dated",
    family: "deadline",
    level: Severity::Error,
    summary: Text::fixed("日期在今天之后", "a record dated after today"),
    why: Text::fixed(
        "记录的应是已经发生的事；日期在今天之后，多半是年份写错，或把计划写成了完成。用--as-of指定截至日期时，之后的记录只是暂不计入，不报此条。",
        "A record says what has happened; a later date is mostly a wrong year, or a plan written as done. With a day given by --as-of, later records are only set aside.",
    ),
    answer: Text::fixed(
        "改正日期；尚未发生的不填，生活会的计划日期写在planned。",
        "Correct the date; leave out what has not happened; the day for which a life meeting is planned goes into planned.",
    ),
    bad: include_str!("future_dated.bad.toml"),
    good: include_str!("future_dated.good.toml"),
    check: Check::plan(check),
};

fn check(view: &PlanView<'_>, drafts: &mut Vec<Draft>) {
    if !view.as_of.from_clock {
        return;
    }
    let today = view.as_of.date;
    for (field, date) in records(view.plan)
        .into_iter()
        .filter(|(_, date)| *date > today)
    {
        let spoken = field.spoken();
        let message = text!(
            "{zh}的日期{date}在今天（{today}）之后",
            "{en} is dated {date}, after today ({today})",
            zh = spoken.zh(),
            en = spoken.en(),
        );
        let draft = Draft::new(RULE.id(), At::Plan(field), message)
            .label(Text::fixed("尚未发生", "not yet happened"))
            .fix(Text::fixed(
                "核对年份；尚未发生的不填，计划日期写在planned",
                "check the year; leave out what has not happened; a planned date goes into planned",
            ));
        drafts.push(draft);
    }
}

/// Every date that says that something has happened.
fn records(plan: &Plan<'_>) -> Vec<(FieldPath, Date)> {
    let mut records: Vec<(FieldPath, Option<Date>)> = Vec::new();
    if let Some(filing) = &plan.plan {
        records.push((path!["plan", "special_meeting"], filing.special_meeting));
        records.push((path!["plan", "adopted"], filing.adopted));
        records.push((path!["plan", "filed"], filing.filed));
        records.push((path!["plan", "received"], filing.received));
        records.extend(
            filing
                .revised
                .iter()
                .enumerate()
                .map(|(i, date)| (path!["plan", "revised", i], Some(*date))),
        );
    }
    records.extend(
        plan.problem
            .iter()
            .enumerate()
            .map(|(i, problem)| (path!["problem", i, "closed"], problem.closed)),
    );
    records.extend(
        plan.measure
            .iter()
            .enumerate()
            .map(|(i, measure)| (path!["measure", i, "done"], measure.done)),
    );
    records.extend(
        plan.activity
            .iter()
            .enumerate()
            .map(|(i, activity)| (path!["activity", i, "date"], activity.date)),
    );
    records.extend(
        plan.meeting
            .iter()
            .enumerate()
            .map(|(i, meeting)| (path!["meeting", i, "held"], meeting.held)),
    );
    records.extend(
        plan.outcome
            .iter()
            .enumerate()
            .map(|(i, outcome)| (path!["outcome", i, "adopted"], outcome.adopted)),
    );
    records.extend(
        plan.outcome
            .iter()
            .enumerate()
            .map(|(i, outcome)| (path!["outcome", i, "printed"], outcome.printed)),
    );
    records.extend(
        plan.summary
            .iter()
            .map(|summary| (path!["summary", "date"], summary.date)),
    );
    records
        .into_iter()
        .filter_map(|(field, date)| Some((field, date?)))
        .collect()
}
