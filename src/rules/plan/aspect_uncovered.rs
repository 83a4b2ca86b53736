//! An aspect of the city's plan that no unit's measure is about.

use crate::finding::{At, Draft, Severity};
use crate::lang::Text;
use crate::rules::{Check, Drafts, Rule, SetView};
use crate::{path, text};

/// An aspect of the city's plan that no unit's measure is about.
pub const RULE: Rule = Rule {
    code: "P013",
    name: "aspect-uncovered",
    family: "plan",
    level: Severity::Note,
    summary: Text::fixed(
        "方案的某个方面没有任何单位的措施",
        "an aspect that no unit's measure is about",
    ),
    why: Text::fixed(
        "全市方案分八个方面；访谈没有要求每个单位都覆盖，所以只看全部单位合起来有没有遗漏。",
        "The city's plan has eight aspects; that each unit must cover all of them is not said, so only what nobody covers is noted.",
    ),
    answer: Text::fixed(
        "请有关单位补充这方面的措施；不适用的，从campaign.toml的aspects中删去。",
        "Ask a unit for a measure, or take the aspect out of campaign.toml.",
    ),
    bad: include_str!("aspect_uncovered.bad.toml"),
    good: include_str!("aspect_uncovered.good.toml"),
    check: Check::set(check),
};

fn check(view: &SetView<'_>, drafts: &mut Drafts<'_>) {
    if !view.ledger.whole_roster || view.files.count() == 0 {
        return;
    }
    let sum = view.files.sum();
    let hidden = sum.hides_measures || view.each_file().any(|file| file.code.is_none());
    for (index, aspect) in view.campaign.vocabulary.aspects.iter().enumerate().take(64) {
        if sum.aspects & (1 << index) != 0 {
            continue;
        }
        let message = match hidden {
            false => text!(
                "没有任何单位的措施涉及“{aspect}”",
                "no unit has a measure about “{aspect}”"
            ),
            true => text!(
                "读得出的措施没有一条涉及“{aspect}”",
                "no measure that can be read is about “{aspect}”"
            ),
        };
        let draft = Draft::new(
            RULE.id(),
            At::Campaign(path!["vocabulary", "aspects", index]),
            message,
        )
        .label(Text::fixed("无措施", "no measure"))
        .fix(Text::fixed(
            "请有关单位补充措施，或从词表中删去",
            "ask a unit for a measure, or take it out of the list",
        ));
        drafts.push(draft);
    }
}
