//! A measure without a lead.

use crate::finding::{At, Draft, Severity};
use crate::lang::Text;
use crate::rules::{Check, PlanView, Rule};
use crate::{at, text};

/// A measure without a lead.
pub const RULE: Rule = Rule {
    code: "P007",
    name: "measure-without-lead",
    family: "plan",
    level: Severity::Warning,
    summary: Text::fixed("措施没有牵头部门", "a measure without a lead"),
    why: Text::fixed(
        "访谈介绍，全市方案的每项重点举措都定了牵头部门和责任部门；单位自己的措施也应当有人牵头，否则没有人推动。",
        "By the interview every key measure of the city has a lead and responsible departments; a unit's own measure without a lead has nobody to drive it.",
    ),
    answer: Text::fixed("填写牵头部门（lead）。", "Write lead = \"who leads it\"."),
    bad: include_str!("measure_without_lead.bad.toml"),
    good: include_str!("measure_without_lead.good.toml"),
    check: Check::plan(check),
};

fn check(view: &PlanView<'_>, drafts: &mut Vec<Draft>) {
    for (index, measure) in view.plan.measure.iter().enumerate() {
        let at = at!["measure", index, "lead"];
        let led = measure
            .lead
            .is_some_and(|lead| !lead.trim_start().is_empty());
        if led || view.unreadable.field(at) {
            continue;
        }
        let number = index + 1;
        let message = text!(
            "第{number}条措施没有牵头部门",
            "measure {number} has no lead"
        );
        let fix = Text::fixed("补上lead = \"牵头部门\"", "add lead = \"who leads it\"");
        drafts.push(Draft::new(RULE.id(), At::Plan(at.path()), message).fix(fix));
    }
}
