//! An exemption that excuses nothing.

use crate::finding::{At, Draft, Severity};
use crate::lang::Text;
use crate::ledger::office::{ExemptionFault, exemption_fault};
use crate::rules::{Check, Drafts, Rule, SetView};
use crate::{path, text};

/// An exemption that excuses nothing.
pub const RULE: Rule = Rule {
    code: "C002",
    name: "exemption-void",
    family: "campaign",
    level: Severity::Warning,
    summary: Text::fixed("免报无效", "an exemption that excuses nothing"),
    why: Text::fixed(
        "免报须有理由和批准人，否则无效。",
        "An exemption needs a reason and an approver.",
    ),
    answer: Text::fixed("补上reason和approved_by。", "Add reason and approved_by."),
    bad: include_str!("exemption_void.bad.toml"),
    good: include_str!("exemption_void.good.toml"),
    check: Check::set(check),
};

fn check(view: &SetView<'_>, drafts: &mut Drafts<'_>) {
    for (index, exemption) in view.campaign.exemption.iter().enumerate() {
        let (key, why) = match exemption_fault(exemption) {
            None => continue,
            Some(ExemptionFault::NoReason) => {
                ("reason", Text::fixed("没有理由", "it has no reason"))
            }
            Some(ExemptionFault::NotApproved) => (
                "approved_by",
                Text::fixed("没有批准人", "nobody approved it"),
            ),
        };
        let message = text!(
            "这条免报无效：{zh}",
            "this exemption is void: {en}",
            zh = why.zh(),
            en = why.en()
        );
        let mut draft = Draft::new(
            RULE.id(),
            At::Campaign(path!["exemption", index, key]),
            message,
        )
        .fix(text!("补上{key} = \"…\"", "add {key} = \"…\""));
        draft.unit = exemption.unit.as_deref().map(Into::into);
        drafts.push(draft);
    }
}
