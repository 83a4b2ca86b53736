//! A branch that the unit does not have.

use smol_str::SmolStr;

use crate::finding::{At, Draft, Severity};
use crate::lang::Text;
use crate::ledger::same_name;
use crate::nearest::nearest;
use crate::rules::{Check, PlanView, Rule};
use crate::text;
use crate::vocabulary::MeetingKind;
use crate::{at, path};

/// A branch that the unit does not have.
pub const RULE: Rule = Rule {
    code: "M004",
    name: "unknown-branch",
    family: "meeting",
    level: Severity::Error,
    summary: Text::fixed(
        "花名册中没有这个支部",
        "a branch that the roster does not list",
    ),
    why: Text::fixed(
        "花名册列了支部的单位，每个支部都要开组织生活会；名称不符就对不上。",
        "Where the roster lists branches each must meet; a name that is not listed counts for none.",
    ),
    answer: Text::fixed(
        "改为花名册中的支部名称；新设的支部先加进campaign.toml。",
        "Write the name as in the roster; add a new branch to campaign.toml first.",
    ),
    bad: include_str!("unknown_branch.bad.toml"),
    good: include_str!("unknown_branch.good.toml"),
    check: Check::plan(check),
};

fn check(view: &PlanView<'_>, drafts: &mut Vec<Draft>) {
    let Some((number, unit)) = view.unit.filter(|(_, unit)| !unit.branches.is_empty()) else {
        return;
    };
    for (index, meeting) in view.plan.meeting.iter().enumerate() {
        let Some(branch) = meeting
            .branch
            .filter(|_| meeting.kind == Some(MeetingKind::OrganizationalLife))
        else {
            continue;
        };
        if unit.branches.iter().any(|listed| same_name(listed, branch)) {
            continue;
        }
        let (name, list) = (&unit.name, unit.branches.join("、"));
        let message = text!(
            "{name}没有名为“{branch}”的支部",
            "{name} has no branch named “{branch}”"
        );
        let fix = match nearest(branch, unit.branches.iter().map(SmolStr::as_str)) {
            Some(near) => text!(
                "是否为“{near}”？可选：{list}",
                "did you mean “{near}”? choose one of: {list}"
            ),
            None => text!("可选：{list}", "choose one of: {list}"),
        };
        let draft = Draft::new(
            RULE.id(),
            At::Plan(at!["meeting", index, "branch"].path()),
            message,
        )
        .label(Text::fixed("未列的支部", "not listed"))
        .fix(fix)
        .cause(
            At::Campaign(path!["unit", number, "branches"]),
            Text::fixed("花名册中的支部", "the branches in the roster"),
        );
        drafts.push(draft);
    }
}
