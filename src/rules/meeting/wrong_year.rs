//! An annual meeting of another year.

use crate::finding::{At, Draft, Severity};
use crate::lang::Text;
use crate::rules::{Check, PlanView, Rule};
use crate::text;
use crate::{at, path};
use chrono::Datelike;

/// An annual meeting of another year.
pub const RULE: Rule = Rule {
    code: "M002",
    name: "wrong-year",
    family: "meeting",
    level: Severity::Error,
    summary: Text::fixed(
        "会议年度不是本次活动的年度",
        "the annual meeting of another year",
    ),
    why: Text::fixed(
        "年度组织生活会、民主生活会常在次年1至3月召开；标明其他年度的会议不计入本次活动。",
        "Annual meetings for a year are often held in the first months of the next; one labelled with another year does not count.",
    ),
    answer: Text::fixed(
        "年度写错的改正；确属其他年度的删去，另记本年度的会议。",
        "Correct the year; delete a meeting of another year and record this year's.",
    ),
    bad: include_str!("wrong_year.bad.toml"),
    good: include_str!("wrong_year.good.toml"),
    check: Check::plan(check),
};

fn check(view: &PlanView<'_>, drafts: &mut Vec<Draft>) {
    let own = view.campaign.start().year();
    for (index, meeting) in view.plan.meeting.iter().enumerate() {
        let Some(year) = meeting.year.filter(|year| *year != own) else {
            continue;
        };
        let message = text!(
            "{year}年度的会议不计入{own}年的活动",
            "a meeting of the year {year} does not count for the campaign of {own}"
        );
        let draft = Draft::new(
            RULE.id(),
            At::Plan(at!["meeting", index, "year"].path()),
            message,
        )
        .label(Text::fixed("其他年度", "another year"))
        .fix(text!(
            "年度有误的改为year = {own}；否则删去，另记本年度的会议",
            "write year = {own} if it is wrong; otherwise delete it and record this year's meeting"
        ))
        .cause(
            At::Campaign(path!["campaign", "start"]),
            Text::fixed("活动启动", "the campaign's start"),
        );
        drafts.push(draft);
    }
}
