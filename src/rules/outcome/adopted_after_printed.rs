//! A document printed before it was adopted.

use crate::finding::{At, Draft, Severity};
use crate::lang::Text;
use crate::rules::{Check, PlanView, Rule};
use crate::{at, text};

/// A document printed before it was adopted.
pub const RULE: Rule = Rule {
    code: "O005",
    name: "adopted-after-printed",
    family: "outcome",
    level: Severity::Error,
    summary: Text::fixed("成文日期晚于印发日期", "adopted after it was printed"),
    why: Text::fixed(
        "先成文、后印发；颠倒的必有一个日期写错，而是否按期以成文日期为准。",
        "A document is adopted first and printed then; the other order is a slip, and the date of adoption decides.",
    ),
    answer: Text::fixed("核对两个日期。", "Check both dates."),
    bad: include_str!("adopted_after_printed.bad.toml"),
    good: include_str!("adopted_after_printed.good.toml"),
    check: Check::plan(check),
};

fn check(view: &PlanView<'_>, drafts: &mut Vec<Draft>) {
    for (index, outcome) in view.plan.outcome.iter().enumerate() {
        let (Some(adopted), Some(printed)) = (outcome.adopted, outcome.printed) else {
            continue;
        };
        if adopted <= printed {
            continue;
        }
        let message = text!(
            "成文日期{adopted}晚于印发日期{printed}",
            "adopted on {adopted}, after it was printed on {printed}"
        );
        let draft = Draft::new(
            RULE.id(),
            At::Plan(at!["outcome", index, "adopted"].path()),
            message,
        )
        .label(Text::fixed("成文日期", "adopted"))
        .fix(Text::fixed(
            "核对两个日期，改正写错的一个",
            "check both dates and correct the wrong one",
        ))
        .cause(
            At::Plan(at!["outcome", index, "printed"].path()),
            Text::fixed("印发日期", "printed"),
        );
        drafts.push(draft);
    }
}
