//! An evidence file that is not the one whose checksum was given.

use crate::evidence::State;
use crate::finding::{At, Draft, Severity};
use crate::lang::Text;
use crate::rules::{Check, PlanView, Rule};
use crate::text;

/// An evidence file that is not the one whose checksum was given.
pub const RULE: Rule = Rule {
    code: "E002",
    name: "hash-mismatch",
    family: "evidence",
    level: Severity::Error,
    summary: Text::fixed(
        "佐证材料与校验值不符",
        "the evidence file does not match its checksum",
    ),
    why: Text::fixed(
        "给了SHA-256的材料，内容必须与报送时一致。",
        "Where a SHA-256 is given the file must be the one that was sent.",
    ),
    answer: Text::fixed(
        "恢复原文件；确已更换的，更新sha256。",
        "Put the original file back, or update sha256 if it was replaced on purpose.",
    ),
    bad: include_str!("hash_mismatch.bad.toml"),
    good: include_str!("hash_mismatch.good.toml"),
    check: Check::plan(check),
};

fn check(view: &PlanView<'_>, drafts: &mut Vec<Draft>) {
    for item in view.evidence {
        let State::Mismatch(found) = &item.state else {
            continue;
        };
        let file = item.file;
        let message = text!(
            "佐证材料“{file}”与所给的校验值不符",
            "the evidence file “{file}” does not match its checksum"
        );
        let draft = Draft::new(RULE.id(), At::Plan(item.field.then("sha256")), message)
            .label(Text::fixed("校验值", "checksum"))
            .fix(text!("恢复原文件；确已更换的，改为sha256 = \"{found}\"", "put the original file back, or write sha256 = \"{found}\" if it was replaced on purpose"));
        drafts.push(draft);
    }
}
