//! A unit without its first responsible person.

use crate::finding::{At, Draft, Severity};
use crate::lang::Text;
use crate::rules::{Check, PlanView, Rule};
use crate::{at, text};

/// A unit without its first responsible person.
pub const RULE: Rule = Rule {
    code: "P004",
    name: "no-secretary",
    family: "plan",
    level: Severity::Warning,
    summary: Text::fixed("没有写第一责任人", "no first responsible person"),
    why: Text::fixed(
        "访谈明确党组（党委）书记是第一责任人；在乡镇，书记和乡镇长往往不是一个人，所以要写明。",
        "By the interview the secretary of the party body is responsible first; in a township that is often not the mayor, so the name is needed.",
    ),
    answer: Text::fixed(
        "填写书记姓名（secretary）。",
        "Write secretary = \"name of the secretary\".",
    ),
    bad: include_str!("no_secretary.bad.toml"),
    good: include_str!("no_secretary.good.toml"),
    check: Check::plan(check),
};

fn check(view: &PlanView<'_>, drafts: &mut Vec<Draft>) {
    let at = at!["unit", "secretary"];
    let named = view
        .plan
        .unit
        .secretary
        .is_some_and(|name| !name.trim_start().is_empty());
    if named || view.unreadable.field(at) || view.is_nobodys() {
        return;
    }
    let unit = view.name();
    let message = text!(
        "{unit}没有写第一责任人（书记）",
        "{unit}: no secretary is named as the first responsible person"
    );
    let draft = Draft::new(RULE.id(), At::Plan(at.path()), message).fix(Text::fixed(
        "在[unit]中补上secretary = \"姓名\"",
        "add secretary = \"name\" to [unit]",
    ));
    drafts.push(draft);
}
