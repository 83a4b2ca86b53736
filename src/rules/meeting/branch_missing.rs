//! A 组织生活会 that does not say which branch held it.

use crate::finding::{At, Draft, Severity};
use crate::lang::Text;
use crate::rules::{Check, PlanView, Rule};
use crate::text;
use crate::vocabulary::MeetingKind;
use crate::{at, path};

/// A 组织生活会 that does not say which branch held it.
pub const RULE: Rule = Rule {
    code: "M005",
    name: "branch-missing",
    family: "meeting",
    level: Severity::Error,
    summary: Text::fixed(
        "组织生活会没有写明支部",
        "an organizational life meeting without its branch",
    ),
    why: Text::fixed(
        "单位有几个支部的，每个支部都要开；没有写明支部的会议不计入任何支部。",
        "Where a unit has several branches each must meet; a meeting that names none counts for none.",
    ),
    answer: Text::fixed("补上支部名称（branch）。", "Add branch = \"its name\"."),
    bad: include_str!("branch_missing.bad.toml"),
    good: include_str!("branch_missing.good.toml"),
    check: Check::plan(check),
};

fn check(view: &PlanView<'_>, drafts: &mut Vec<Draft>) {
    let Some((number, unit)) = view.unit.filter(|(_, unit)| unit.branches.len() > 1) else {
        return;
    };
    for (index, meeting) in view.plan.meeting.iter().enumerate() {
        let at = at!["meeting", index, "branch"];
        let held = meeting.kind == Some(MeetingKind::OrganizationalLife) && meeting.held.is_some();
        if !held || meeting.branch.is_some() || view.unreadable.field(at) {
            continue;
        }
        let list = unit.branches.join("、");
        let message = Text::fixed(
            "组织生活会没有写明是哪个支部",
            "the organizational life meeting does not say which branch held it",
        );
        let draft = Draft::new(RULE.id(), At::Plan(at.path()), message)
            .fix(text!(
                "补上branch = \"支部名称\"，可选：{list}",
                "add branch = \"its name\", one of: {list}"
            ))
            .cause(
                At::Campaign(path!["unit", number, "branches"]),
                Text::fixed("花名册中的支部", "the branches in the roster"),
            );
        drafts.push(draft);
    }
}
