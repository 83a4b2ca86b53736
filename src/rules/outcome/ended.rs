//! A document that is no longer in force.

use crate::finding::{At, Draft, Severity};
use crate::lang::Text;
use crate::rules::{Check, PlanView, Rule};
use crate::{at, text};

/// A document that is no longer in force.
pub const RULE: Rule = Rule {
    code: "O006",
    name: "ended",
    family: "outcome",
    level: Severity::Note,
    summary: Text::fixed("制度已失效或废止", "an institution that has ended"),
    why: Text::fixed(
        "制度在时限当日有效即算完成，此后失效、废止不影响；提醒是否需要接续（长效机制）。有效期截止当日仍有效，废止当日已失效。",
        "What was in force on its due date is done whatever happens later; the note asks whether something should follow it. The last day of validity is still in force, the day of repeal is not.",
    ),
    answer: Text::fixed(
        "需要接续的，制定新的制度办法。",
        "Make a new one if it should go on.",
    ),
    bad: include_str!("ended.bad.toml"),
    good: include_str!("ended.good.toml"),
    check: Check::plan(check),
};

fn check(view: &PlanView<'_>, drafts: &mut Vec<Draft>) {
    let today = view.as_of.date;
    for (index, outcome) in view.plan.outcome.iter().enumerate() {
        let repealed = outcome.repealed.filter(|repealed| *repealed <= today);
        let expired = outcome.valid_until.filter(|until| *until < today);
        let (at, message) = match (repealed, expired) {
            (Some(date), _) => (
                at!["outcome", index, "repealed"],
                text!("已于{date}废止", "repealed on {date}"),
            ),
            (None, Some(date)) => (
                at!["outcome", index, "valid_until"],
                text!("有效期截至{date}，现已失效", "its validity ended on {date}"),
            ),
            (None, None) => continue,
        };
        let draft = Draft::new(RULE.id(), At::Plan(at.path()), message)
            .label(Text::fixed("已失效", "ended"))
            .fix(Text::fixed(
                "需要接续的，制定新的制度办法；状态不受影响",
                "make a new one if it should go on; the status does not change",
            ));
        drafts.push(draft);
    }
}
