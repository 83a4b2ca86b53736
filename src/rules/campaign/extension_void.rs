//! An extension that moves nothing.

use crate::finding::{At, Draft, Severity};
use crate::lang::Text;
use crate::ledger::office::{ExtensionFault, extension_fault};
use crate::rules::{Check, Rule, SetView};
use crate::{path, text};

/// An extension that moves nothing.
pub const RULE: Rule = Rule {
    code: "C001",
    name: "extension-void",
    family: "campaign",
    level: Severity::Warning,
    summary: Text::fixed("延期无效", "an extension that moves nothing"),
    why: Text::fixed(
        "延期须在原时限当日及以前申请，并经批准；只有申请没有批准的，仍按原时限。",
        "An extension must be applied for on or before the original due date and approved; an application alone moves nothing.",
    ),
    answer: Text::fixed(
        "补齐applied、approved_by；逾期申请的不能延期。",
        "Complete applied and approved_by; one applied for too late cannot help.",
    ),
    bad: include_str!("extension_void.bad.toml"),
    good: include_str!("extension_void.good.toml"),
    check: Check::set(check),
};

fn check(view: &SetView<'_>, drafts: &mut Vec<Draft>) {
    for (index, extension) in view.campaign.extension.iter().enumerate() {
        let Some(number) = view.campaign.milestone_index(&extension.milestone) else {
            continue;
        };
        let milestone = &view.campaign.milestone[number];
        let Some(fault) = extension_fault(extension, milestone) else {
            continue;
        };
        let (key, why) = match fault {
            ExtensionFault::NotApplied => (
                "applied",
                Text::fixed("没有申请日期", "it has no date of application"),
            ),
            ExtensionFault::AppliedLate { applied, due } => (
                "applied",
                text!(
                    "{applied}才申请，已过原时限{due}",
                    "it was applied for on {applied}, after the due date {due}"
                ),
            ),
            ExtensionFault::NotApproved => (
                "approved_by",
                Text::fixed("没有批准人", "nobody approved it"),
            ),
            ExtensionFault::NoDate => {
                ("until", Text::fixed("没有延期至何日", "it has no new date"))
            }
        };
        let (unit, what) = (&extension.unit, &milestone.name);
        let message = text!(
            "{unit}的{what}延期无效：{zh}",
            "the extension of {what} for {unit} is void: {en}",
            zh = why.zh(),
            en = why.en()
        );
        let draft = Draft::new(
            RULE.id(),
            At::Campaign(path!["extension", index, key]),
            message,
        )
        .fix(Text::fixed(
            "补齐申请日期（applied）和批准人（approved_by）；逾期申请的按原时限",
            "complete applied and approved_by; one applied for too late moves nothing",
        ))
        .cause(
            At::Campaign(path!["milestone", number, "due"]),
            Text::fixed("原时限", "the original due date"),
        )
        .unit(unit);
        drafts.push(draft);
    }
}
