//! A word that is not in the campaign's vocabulary.

use crate::finding::{At, Draft, Severity};
use crate::lang::Text;
use crate::nearest::nearest;
use crate::plan::FieldAt;
use crate::rules::{Check, PlanView, Rule};
use crate::{at, path, text};

/// A word that is not in the campaign's vocabulary.
pub const RULE: Rule = Rule {
    code: "P006",
    name: "unknown-term",
    family: "plan",
    level: Severity::Warning,
    summary: Text::fixed(
        "用词不在活动词表中",
        "a word that is not in the campaign's vocabulary",
    ),
    why: Text::fixed(
        "五不、七种能力、八个方面、七种举措形式和五个目标出自访谈，词表写在campaign.toml；用词不一就无法汇总。",
        "Faults, abilities, aspects, activities and goals come from the interview and stand in campaign.toml; other words cannot be counted together.",
    ),
    answer: Text::fixed(
        "改用词表中的词；确需新词的，先加进campaign.toml的[vocabulary]。",
        "Use a word of the list; add a new one to [vocabulary] in campaign.toml first.",
    ),
    bad: include_str!("unknown_term.bad.toml"),
    good: include_str!("unknown_term.good.toml"),
    check: Check::plan(check),
};

fn check(view: &PlanView<'_>, drafts: &mut Vec<Draft>) {
    let words = &view.campaign.vocabulary;
    let plan = view.plan;
    let mut look = |at: FieldAt, word: Option<&str>, list: &[String], name: &'static str| {
        if let Some(word) = word.filter(|word| !is_known(word, list)) {
            drafts.push(draft(at, word.trim(), list, name));
        }
    };
    for (i, problem) in plan.problem.iter().enumerate() {
        look(
            at!["problem", i, "fault"],
            problem.fault,
            &words.faults,
            "faults",
        );
        look(
            at!["problem", i, "ability"],
            problem.ability,
            &words.abilities,
            "abilities",
        );
    }
    for (i, measure) in plan.measure.iter().enumerate() {
        look(
            at!["measure", i, "aspect"],
            measure.aspect,
            &words.aspects,
            "aspects",
        );
        look(
            at!["measure", i, "goal"],
            measure.goal,
            &words.goals,
            "goals",
        );
    }
    for (i, activity) in plan.activity.iter().enumerate() {
        look(
            at!["activity", i, "kind"],
            activity.kind,
            &words.activities,
            "activities",
        );
    }
}

/// Whether a word is in a list; a list of no words asks for none.
fn is_known(word: &str, list: &[String]) -> bool {
    let listed = |word: &str| list.iter().any(|known| known == word);
    list.is_empty() || listed(word) || listed(word.trim())
}

fn draft(at: FieldAt, word: &str, list: &[String], name: &'static str) -> Draft {
    let all = list.join("、");
    let fix = match nearest(word, list.iter().map(String::as_str)) {
        Some(near) => text!(
            "是否为“{near}”？可选：{all}",
            "did you mean “{near}”? choose one of: {all}"
        ),
        None => text!("可选：{all}", "choose one of: {all}"),
    };
    let message = text!(
        "“{word}”不在活动词表中",
        "“{word}” is not in the campaign's vocabulary"
    );
    Draft::new(RULE.id(), At::Plan(at.path()), message)
        .label(Text::fixed("不在词表中", "not in the vocabulary"))
        .fix(fix)
        .cause(
            At::Campaign(path!["vocabulary", name]),
            Text::fixed("词表", "the vocabulary"),
        )
}
