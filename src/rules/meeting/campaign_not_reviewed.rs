//! A life meeting that did not examine the campaign's theme.

use crate::finding::{At, Draft, Severity};
use crate::lang::Text;
use crate::rules::{Check, PlanView, Rule};
use crate::{at, text};

/// A life meeting that did not examine the campaign's theme.
pub const RULE: Rule = Rule {
    code: "M007",
    name: "campaign-not-reviewed",
    family: "meeting",
    level: Severity::Note,
    summary: Text::fixed(
        "生活会没有对照检查能力作风",
        "a life meeting that did not examine ability and work style",
    ),
    why: Text::fixed(
        "访谈要求通过民主生活会和组织生活会进行全面体检；没有写明对照检查能力作风的提醒核对，不影响状态。",
        "The interview uses the life meetings as a full check-up; one that does not say so is worth a look. It changes no status.",
    ),
    answer: Text::fixed(
        "对照检查了的，把reviews_campaign写为true。",
        "Write reviews_campaign = true if it did.",
    ),
    bad: include_str!("campaign_not_reviewed.bad.toml"),
    good: include_str!("campaign_not_reviewed.good.toml"),
    check: Check::plan(check),
};

fn check(view: &PlanView<'_>, drafts: &mut Vec<Draft>) {
    for (index, meeting) in view.plan.meeting.iter().enumerate() {
        let at = at!["meeting", index, "reviews_campaign"];
        let held = meeting.held.is_some_and(|held| held <= view.as_of.date);
        if !held || meeting.reviews_campaign == Some(true) || view.unreadable.field(at) {
            continue;
        }
        let message = match meeting.reviews_campaign {
            Some(_) => text!(
                "这次生活会没有对照检查能力作风",
                "this life meeting did not examine ability and work style"
            ),
            None => text!(
                "没有写明生活会是否对照检查能力作风",
                "it is not said whether this life meeting examined ability and work style"
            ),
        };
        let draft = Draft::new(RULE.id(), At::Plan(at.path()), message).fix(Text::fixed(
            "对照检查了的写reviews_campaign = true",
            "write reviews_campaign = true if it did",
        ));
        drafts.push(draft);
    }
}
