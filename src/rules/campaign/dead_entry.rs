//! An entry of the rule book that names something that does not exist.

use crate::finding::FieldPath;
use crate::finding::{At, Draft, Severity};
use crate::lang::Text;
use crate::levels::{is_known, words};
use crate::nearest::nearest;
use crate::rules::{Check, Drafts, Rule, SetView};
use crate::{path, text};

/// An entry of the rule book that names something that does not exist.
pub const RULE: Rule = Rule {
    code: "C004",
    name: "dead-entry",
    family: "campaign",
    level: Severity::Warning,
    summary: Text::fixed(
        "条目所指不存在",
        "an entry that names something that does not exist",
    ),
    why: Text::fixed(
        "延期、免报、级别或重点举措写错单位、节点或规则的，不起作用，也不容易发现。",
        "An extension, exemption, level or key measure with a wrong unit, milestone or rule does nothing, and nobody would notice.",
    ),
    answer: Text::fixed(
        "改正名称，或删去这一条。",
        "Correct the name, or delete the entry.",
    ),
    bad: include_str!("dead_entry.bad.toml"),
    good: include_str!("dead_entry.good.toml"),
    check: Check::set(check),
};

fn check(view: &SetView<'_>, drafts: &mut Drafts<'_>) {
    let campaign = view.campaign;
    let mut unit = |field: FieldPath, code: &str| {
        if !campaign.unit.is_empty() && view.roster.index(code).is_none() {
            let near = view.roster.near_code(code).first().copied();
            let near = near.map(|index| &*campaign.unit[index].code);
            drafts.push(draft(
                field,
                text!("花名册中没有“{code}”", "“{code}” is not in the roster"),
                near,
            ));
        }
    };
    for (i, extension) in campaign.extension.iter().enumerate() {
        unit(path!["extension", i, "unit"], &extension.unit);
    }
    for (i, exemption) in campaign.exemption.iter().enumerate() {
        exemption
            .unit
            .iter()
            .for_each(|code| unit(path!["exemption", i, "unit"], code));
    }
    for (i, key) in campaign.key_measure.iter().enumerate() {
        key.lead
            .iter()
            .for_each(|code| unit(path!["key_measure", i, "lead"], code));
        for (j, code) in key.responsible.iter().enumerate() {
            unit(path!["key_measure", i, "responsible", j], code);
        }
    }
    for (i, rule) in campaign.rule.iter().enumerate() {
        for (j, code) in rule.r#for.unit.iter().enumerate() {
            unit(path!["rule", i, "for", "unit", j], code);
        }
    }
    milestones(view, drafts);
    rules_named(view, drafts);
}

fn milestones(view: &SetView<'_>, drafts: &mut Drafts<'_>) {
    let campaign = view.campaign;
    let extensions = campaign
        .extension
        .iter()
        .enumerate()
        .map(|(i, e)| (path!["extension", i, "milestone"], Some(&e.milestone)));
    let exemptions = campaign
        .exemption
        .iter()
        .enumerate()
        .map(|(i, e)| (path!["exemption", i, "milestone"], e.milestone.as_ref()));
    for (field, id) in extensions.chain(exemptions) {
        let Some(id) = id.filter(|id| campaign.milestone_index(id).is_none()) else {
            continue;
        };
        let near = nearest(
            id,
            campaign
                .milestone
                .iter()
                .map(|milestone| milestone.id.as_str()),
        );
        drafts.push(draft(
            field,
            text!("没有“{id}”这个时间节点", "there is no milestone “{id}”"),
            near,
        ));
    }
}

fn rules_named(view: &SetView<'_>, drafts: &mut Drafts<'_>) {
    let campaign = view.campaign;
    let levels = campaign
        .levels
        .0
        .iter()
        .map(|(word, _)| (path!["levels", word.clone()], Some(word)));
    let exemptions = campaign
        .exemption
        .iter()
        .enumerate()
        .map(|(i, e)| (path!["exemption", i, "rule"], e.rule.as_ref()));
    for (field, word) in levels.chain(exemptions) {
        let Some(word) = word.filter(|word| !is_known(word, campaign)) else {
            continue;
        };
        let near = nearest(word, words(campaign));
        drafts.push(draft(
            field,
            text!("没有“{word}”这条规则", "there is no rule “{word}”"),
            near,
        ));
    }
}

fn draft(field: FieldPath, message: Text, near: Option<&str>) -> Draft {
    let fix = match near {
        Some(near) => text!("是否为“{near}”？", "did you mean “{near}”?"),
        None => Text::fixed(
            "改正名称，或删去这一条",
            "correct the name, or delete the entry",
        ),
    };
    Draft::new(RULE.id(), At::Campaign(field), message)
        .label(Text::fixed("不存在", "does not exist"))
        .fix(fix)
}
