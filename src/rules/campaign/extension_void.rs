//! An extension that moves nothing.

use crate::finding::{At, Draft, Severity};
use crate::lang::Text;
use crate::ledger::office::{ExtensionFault, extension_fault};
use crate::rules::{Check, Drafts, Rule, SetView};
use crate::{path, text};

/// An extension that moves nothing.
pub const RULE: Rule = Rule {
    code: "C001",
    name: "extension-void",
    family: "campaign",
    level: Severity::Warning,
    summary: Text::fixed("延期无效", "an extension that moves nothing"),
    why: Text::fixed(
        "延期须在原时限当日或之前申请，并经批准；只申请、未批准的，仍按原时限。",
        "An extension must be applied for on or before the original due date and approved; an application alone moves nothing.",
    ),
    answer: Text::fixed(
        "补上申请日期（applied）、批准人（approved_by）；逾期申请的不能延期，仍按原时限。",
        "Complete applied and approved_by; one applied for too late cannot help.",
    ),
    bad: include_str!("extension_void.bad.toml"),
    good: include_str!("extension_void.good.toml"),
    check: Check::set(check),
};

fn check(view: &SetView<'_>, drafts: &mut Drafts<'_>) {
    for (index, extension) in view.campaign.extension.iter().enumerate() {
        let Some(number) = view.campaign.milestone_index(&extension.milestone) else {
            continue;
        };
        let milestone = &view.campaign.milestone[number];
        let Some(fault) = extension_fault(extension, milestone) else {
            continue;
        };
        let (key, why, fix) = match fault {
            ExtensionFault::NotApplied => (
                "applied",
                Text::fixed("没有申请日期", "it has no date of application"),
                Text::fixed(
                    "补上applied = 申请日期",
                    "add applied = the date of application",
                ),
            ),
            ExtensionFault::AppliedLate { applied, due } => (
                "applied",
                text!(
                    "{applied}才申请，已过原时限{due}",
                    "it was applied for on {applied}, after the due date {due}"
                ),
                Text::fixed(
                    "日期写错的改正；确属逾期申请的，仍按原时限，删去这一条",
                    "correct a wrong date; if it was applied for too late the original due date stands, so delete the entry",
                ),
            ),
            ExtensionFault::NotApproved => (
                "approved_by",
                Text::fixed("没有批准人", "nobody approved it"),
                Text::fixed(
                    "已批准的，补上approved_by = \"批准人\"；未批准的，仍按原时限",
                    "add approved_by = \"who approved it\"; without approval the original due date stands",
                ),
            ),
            ExtensionFault::NoDate => (
                "until",
                Text::fixed("没有延期至何日", "it has no new date"),
                Text::fixed("补上until = 新的时限", "add until = the new due date"),
            ),
        };
        let (unit, what) = (&extension.unit, &milestone.name);
        let known = view.roster.index(unit);
        let name = known.map_or(&**unit, |index| &*view.campaign.unit[index].name);
        let message = text!(
            "{name}的{what}延期无效：{zh}",
            "the extension of {what} for {name} is void: {en}",
            zh = why.zh(),
            en = why.en()
        );
        let draft = Draft::new(
            RULE.id(),
            At::Campaign(path!["extension", index, key]),
            message,
        )
        .fix(fix)
        .cause(
            At::Campaign(path!["milestone", number, "due"]),
            Text::fixed("原时限", "the original due date"),
        )
        .unit(unit);
        drafts.push(draft);
    }
}
