//! A unit's name that is not the one of the roster.

use crate::finding::{At, Draft, Severity};
use crate::lang::Text;
use crate::ledger::same_name;
use crate::rules::{Check, PlanView, Rule};
use crate::{path, text};

/// A unit's name that is not the one of the roster.
pub const RULE: Rule = Rule {
    code: "R004",
    name: "name-mismatch",
    family: "roster",
    level: Severity::Warning,
    summary: Text::fixed(
        "单位名称与花名册不符",
        "the unit's name is not the one in the roster",
    ),
    why: Text::fixed(
        "单位按代码认，名称对不上，多半是代码填错了：庚镇、庚街道、庚乡只差一两个字，是三个单位。空格、全角半角、简称和曾用名不算不符。",
        "Units are matched by code; a name that does not fit mostly means a wrong code: 庚镇, 庚街道 and 庚乡 look much the same and are three units. Blanks, width, the short name and former names do not matter.",
    ),
    answer: Text::fixed(
        "核对代码和名称，以花名册为准改正；花名册有误的，改花名册。",
        "Check code and name against the roster; if the roster is wrong, correct the roster.",
    ),
    bad: include_str!("name_mismatch.bad.toml"),
    good: include_str!("name_mismatch.good.toml"),
    check: Check::plan(check),
};

fn check(view: &PlanView<'_>, drafts: &mut Vec<Draft>) {
    let Some((index, unit)) = view.unit else {
        return;
    };
    let written = view.plan.unit.name;
    if written.is_empty() || unit.names().any(|name| same_name(name, written)) {
        return;
    }
    let (code, name) = (&unit.code, &unit.name);
    let message = text!(
        "“{written}”与花名册中{code}的名称“{name}”不符",
        "the name “{written}” is not that of {code} in the roster, “{name}”"
    );
    let draft = Draft::new(RULE.id(), At::Plan(path!["unit", "name"]), message)
        .label(Text::fixed("名称不符", "another name"))
        .fix(text!(
            "代码无误的，改为name = \"{name}\"；否则改正代码",
            "if the code is right, write name = \"{name}\"; otherwise correct the code"
        ))
        .cause(
            At::Campaign(path!["unit", index, "name"]),
            Text::fixed("花名册", "the roster"),
        );
    drafts.push(draft);
}
