//! A unit's former name.

use crate::finding::{At, Draft, Severity};
use crate::lang::Text;
use crate::ledger::same_name;
use crate::rules::{Check, PlanView, Rule};
use crate::{path, text};

/// A unit's former name.
pub const RULE: Rule = Rule {
    code: "R005",
    name: "former-name",
    family: "roster",
    level: Severity::Note,
    summary: Text::fixed("用了单位的曾用名", "the unit's former name is used"),
    why: Text::fixed(
        "单位按代码认，写曾用名不影响检查，但报表一律用现名。",
        "Units are matched by code, so a former name changes nothing; but reports use the present one.",
    ),
    answer: Text::fixed("改为现名。", "Write the present name."),
    bad: include_str!("former_name.bad.toml"),
    good: include_str!("former_name.good.toml"),
    check: Check::plan(check),
};

fn check(view: &PlanView<'_>, drafts: &mut Vec<Draft>) {
    let Some((index, unit)) = view.unit else {
        return;
    };
    let (written, name) = (view.plan.unit.name, &unit.name);
    let present = same_name(name, written)
        || unit
            .short
            .as_ref()
            .is_some_and(|short| same_name(short, written));
    if present
        || !unit
            .former_names
            .iter()
            .any(|former| same_name(former, written))
    {
        return;
    }
    let message = text!(
        "“{written}”是{name}的曾用名",
        "“{written}” is a former name of {name}"
    );
    let draft = Draft::new(RULE.id(), At::Plan(path!["unit", "name"]), message)
        .label(Text::fixed("曾用名", "former name"))
        .fix(text!("改为name = \"{name}\"", "write name = \"{name}\""))
        .cause(
            At::Campaign(path!["unit", index, "name"]),
            Text::fixed("现名", "present name"),
        );
    drafts.push(draft);
}
