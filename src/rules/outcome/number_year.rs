//! A document number whose year is not that of its adoption.

use crate::finding::{At, Draft, Severity};
use crate::lang::Text;
use crate::rules::{Check, PlanView, Rule};
use crate::{at, text};
use chrono::Datelike;

/// A document number whose year is not that of its adoption.
pub const RULE: Rule = Rule {
    code: "O004",
    name: "number-year",
    family: "outcome",
    level: Severity::Warning,
    summary: Text::fixed(
        "发文字号的年份与成文日期不符",
        "the year of the number is not that of the adoption",
    ),
    why: Text::fixed(
        "发文字号中的年份应与成文日期同年；12月30日成文、次年1月5日印发的，可以用成文那年的字号。",
        "The year in the number is that of the adoption; a document adopted on 30 December and printed on 5 January may carry the old year.",
    ),
    answer: Text::fixed(
        "核对字号和成文日期。",
        "Check the number and the date of adoption.",
    ),
    bad: include_str!("number_year.bad.toml"),
    good: include_str!("number_year.good.toml"),
    check: Check::plan(check),
};

fn check(view: &PlanView<'_>, drafts: &mut Vec<Draft>) {
    let filing = view.plan.plan.as_ref().map(|filing| {
        (
            at!["plan", "document_number"],
            at!["plan", "adopted"],
            filing.document_number,
            filing.adopted,
        )
    });
    let outcomes = view.plan.outcome.iter().enumerate().map(|(i, outcome)| {
        (
            at!["outcome", i, "document_number"],
            at!["outcome", i, "adopted"],
            outcome.document_number,
            outcome.adopted,
        )
    });
    for (at, adopted_at, number, adopted) in filing.into_iter().chain(outcomes) {
        let (Some(number), Some(adopted)) = (number, adopted) else {
            continue;
        };
        let Some(year) = number.year().filter(|year| *year != adopted.year()) else {
            continue;
        };
        let message = text!(
            "字号年份{year}与成文日期{adopted}不符",
            "the number is of {year}, but the document was adopted on {adopted}"
        );
        let draft = Draft::new(RULE.id(), At::Plan(at.path()), message)
            .label(Text::fixed("字号年份", "year of the number"))
            .fix(Text::fixed(
                "核对字号和成文日期，改正写错的一处",
                "check the number and the date of adoption and correct the wrong one",
            ))
            .cause(
                At::Plan(adopted_at.path()),
                Text::fixed("成文日期", "adopted"),
            );
        drafts.push(draft);
    }
}
