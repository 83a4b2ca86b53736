//! An evidence file that is not there.

use crate::evidence::State;
use crate::finding::{At, Draft, Severity};
use crate::lang::Text;
use crate::rules::{Check, PlanView, Rule};
use crate::text;

/// An evidence file that is not there.
pub const RULE: Rule = Rule {
    code: "E001",
    name: "missing",
    family: "evidence",
    level: Severity::Error,
    summary: Text::fixed("佐证材料不存在", "the evidence file is not there"),
    why: Text::fixed(
        "写了佐证材料就要能查到；路径从campaign.toml所在的文件夹算起。",
        "What is named as evidence must be there; paths start from the folder of campaign.toml.",
    ),
    answer: Text::fixed(
        "把文件放到所写的位置，或改正路径。",
        "Put the file there, or correct the path.",
    ),
    bad: include_str!("missing.bad.toml"),
    good: include_str!("missing.good.toml"),
    check: Check::plan(check),
};

fn check(view: &PlanView<'_>, drafts: &mut Vec<Draft>) {
    for item in view
        .evidence
        .iter()
        .filter(|item| item.state == State::Missing)
    {
        let file = item.file;
        let message = text!(
            "找不到佐证材料“{file}”",
            "the evidence file “{file}” is not there"
        );
        let draft = Draft::new(RULE.id(), At::Plan(item.field.clone()), message)
            .label(Text::fixed("不存在", "not there"))
            .fix(Text::fixed("把文件放到所写的位置（从campaign.toml所在文件夹算起），或改正路径", "put the file there (paths start from the folder of campaign.toml), or correct the path"));
        drafts.push(draft);
    }
}
