//! A unit that gives no evidence at all.

use crate::finding::{At, Draft, Severity};
use crate::lang::Text;
use crate::path;
use crate::rules::{Check, PlanView, Rule};
use crate::text;

/// A unit that gives no evidence at all.
pub const RULE: Rule = Rule {
    code: "E004",
    name: "none-given",
    family: "evidence",
    level: Severity::Note,
    summary: Text::fixed("没有提供任何佐证材料", "no evidence is given"),
    why: Text::fixed(
        "有关规定要求减轻基层负担、防止过度留痕，所以佐证材料不是必填，默认不查；需要提示的，在[levels]中把none-given设为note。",
        "Policy warns against paper traces, so evidence is not asked for and this is not looked at; set none-given to note in [levels] where one is wanted.",
    ),
    answer: Text::fixed(
        "有材料的，在evidence中写路径；没有的不必补。",
        "Name what there is in evidence; nothing need be made for it.",
    ),
    bad: include_str!("none_given.bad.toml"),
    good: include_str!("none_given.good.toml"),
    check: Check::plan(check),
};

fn check(view: &PlanView<'_>, drafts: &mut Vec<Draft>) {
    let given = view.plan.all_evidence().next().is_some();
    // What cannot be read may be evidence.
    if given || view.plan.plan.is_none() || !view.unreadable.is_empty() {
        return;
    }
    let unit = view.name();
    let message = text!("{unit}没有提供佐证材料", "{unit} gives no evidence");
    let fix = Text::fixed(
        "有材料的在evidence中写路径；没有的不必补",
        "name what there is in evidence; nothing need be made for it",
    );
    drafts.push(Draft::new(RULE.id(), At::Plan(path!["plan", "evidence"]), message).fix(fix));
}
