//! A plan file of a unit that is not in the roster.

use crate::campaign::{Named, Unit};
use crate::finding::{At, Draft, Severity};
use crate::lang::Text;
use crate::rules::{Check, PlanView, Rule};
use crate::{path, text};

/// A plan file of a unit that is not in the roster.
pub const RULE: Rule = Rule {
    code: "R002",
    name: "unknown-unit",
    family: "roster",
    level: Severity::Error,
    summary: Text::fixed("花名册中没有这个单位", "the unit is not in the roster"),
    why: Text::fixed(
        "单位只按代码认；代码不在花名册中的文件不进台账，真正的单位会显示为未报。",
        "Units are matched by code only; a file with an unknown code does not enter the ledger, and the unit that sent it is listed as missing.",
    ),
    answer: Text::fixed(
        "把代码改成花名册中的代码；新设单位先在campaign.toml登记[[unit]]。",
        "Write the code of the roster; add a new unit to campaign.toml as [[unit]] first.",
    ),
    bad: include_str!("unknown_unit.bad.toml"),
    good: include_str!("unknown_unit.good.toml"),
    check: Check::plan(check),
};

fn check(view: &PlanView<'_>, drafts: &mut Vec<Draft>) {
    let code = view.plan.unit.code;
    if view.unit.is_some() || view.campaign.unit.is_empty() || code.is_empty() {
        return;
    }
    let fix = match meant(view) {
        Some(Unit { code, name, .. }) => {
            text!("是否为{name}的“{code}”？", "did you mean “{code}”, {name}?")
        }
        None => Text::fixed(
            "改为花名册中的代码；新设单位先在campaign.toml登记[[unit]]",
            "write a code of the roster; add a new unit to campaign.toml as [[unit]] first",
        ),
    };
    let message = text!(
        "花名册中没有代码为“{code}”的单位",
        "there is no unit with the code “{code}” in the roster"
    );
    let draft = Draft::new(RULE.id(), At::Plan(path!["unit", "code"]), message)
        .label(Text::fixed("不在花名册中", "not in the roster"))
        .fix(fix);
    drafts.push(draft);
}

/// The unit that has this name, or a code that is nearly this one.
fn meant<'v>(view: &PlanView<'v>) -> Option<&'v Unit> {
    let by_name = view.roster.by_name(view.plan.unit.name);
    let by_code = || view.roster.near_code(view.plan.unit.code).first().copied();
    let index = by_name.map(Named::first).or_else(by_code)?;
    view.campaign.unit.get(index)
}
