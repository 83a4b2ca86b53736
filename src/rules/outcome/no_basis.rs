//! An institution that does not say which practice it fixes.

use crate::finding::{At, Draft, Severity};
use crate::lang::Text;
use crate::ledger::counts_as_institution;
use crate::rules::{Check, PlanView, Rule};
use crate::{at, text};

/// An institution that does not say which practice it fixes.
pub const RULE: Rule = Rule {
    code: "O007",
    name: "no-basis",
    family: "outcome",
    level: Severity::Note,
    summary: Text::fixed(
        "没有写明固化了哪项经验做法",
        "the practice that it fixes is not named",
    ),
    why: Text::fixed(
        "访谈要求把活动中的好经验好做法形成制度办法；写明来源便于总结。",
        "The interview asks to turn the campaign's good practice into institutions; naming it helps to sum up.",
    ),
    answer: Text::fixed(
        "补上所固化的做法（based_on）。",
        "Add based_on = \"the practice\".",
    ),
    bad: include_str!("no_basis.bad.toml"),
    good: include_str!("no_basis.good.toml"),
    check: Check::plan(check),
};

fn check(view: &PlanView<'_>, drafts: &mut Vec<Draft>) {
    for (index, outcome) in view.plan.outcome.iter().enumerate() {
        let at = at!["outcome", index, "based_on"];
        let unsaid = outcome.based_on.is_none() && !view.unreadable.field(at);
        // What is no institution fixes nothing, and has been reported as such.
        let Some(title) = outcome
            .title
            .filter(|title| unsaid && counts_as_institution(title))
        else {
            continue;
        };
        let message = text!(
            "“{title}”没有写明固化了哪项经验做法",
            "“{title}” does not name the practice that it fixes"
        );
        let draft = Draft::new(RULE.id(), At::Plan(at.path()), message).fix(Text::fixed(
            "补上based_on = \"所固化的做法\"",
            "add based_on = \"the practice\"",
        ));
        drafts.push(draft);
    }
}
