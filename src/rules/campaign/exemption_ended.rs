//! An exemption whose last day has passed.

use crate::finding::{At, Draft, Severity};
use crate::lang::Text;
use crate::ledger::office::{self, exemption_fault};
use crate::rules::{Check, Drafts, Rule, SetView};
use crate::{path, text};

/// An exemption whose last day has passed.
pub const RULE: Rule = Rule {
    code: "C003",
    name: "exemption-ended",
    family: "campaign",
    level: Severity::Warning,
    summary: Text::fixed("免报已到期", "an exemption that has ended"),
    why: Text::fixed(
        "免报到期当日仍有效，次日起恢复原时限。",
        "The last day of an exemption still holds; after it the original due date applies again.",
    ),
    answer: Text::fixed(
        "需要继续免报的，另行批准并改until；否则删去。",
        "Have it approved again and change until, or delete it.",
    ),
    bad: include_str!("exemption_ended.bad.toml"),
    good: include_str!("exemption_ended.good.toml"),
    check: Check::set(check),
};

fn check(view: &SetView<'_>, drafts: &mut Drafts<'_>) {
    let today = view.ledger.as_of.date;
    for (index, exemption) in view.campaign.exemption.iter().enumerate() {
        let Some(until) = exemption
            .until
            .filter(|_| exemption_fault(exemption).is_none())
        else {
            continue;
        };
        if office::in_force(exemption, today) {
            continue;
        }
        let message = text!("这条免报已于{until}到期", "this exemption ended on {until}");
        let mut draft = Draft::new(
            RULE.id(),
            At::Campaign(path!["exemption", index, "until"]),
            message,
        )
        .label(Text::fixed("已到期", "ended"))
        .fix(Text::fixed(
            "需要继续的，另行批准并改until；否则删去这一条",
            "have it approved again and change until, or delete the entry",
        ));
        draft.unit = exemption.unit.as_deref().map(Into::into);
        drafts.push(draft);
    }
}
