//! A document that is not an institution.

use crate::finding::{At, Draft, Severity};
use crate::lang::Text;
use crate::ledger::counts_as_institution;
use crate::rules::{Check, PlanView, Rule};
use crate::{at, text};

/// A document that is not an institution.
pub const RULE: Rule = Rule {
    code: "O002",
    name: "not-an-institution",
    family: "outcome",
    level: Severity::Warning,
    summary: Text::fixed("不是制度办法", "not an institutional document"),
    why: Text::fixed(
        "访谈要求把好经验好做法形成制度办法；总结、讲话、纪要、通报、报告、请示不是制度。按标题末尾判断，先去掉“关于印发《…》的通知”和“（试行）”；“重大事项请示报告制度”是制度。",
        "The interview asks for institutions; a summary, speech, minutes, bulletin, report or request is none. Judged by the end of the title after unwrapping.",
    ),
    answer: Text::fixed(
        "换成制度办法；确是制度的，写全标题。",
        "List an institution instead; write the full title if it is one.",
    ),
    bad: include_str!("not_an_institution.bad.toml"),
    good: include_str!("not_an_institution.good.toml"),
    check: Check::plan(check),
};

fn check(view: &PlanView<'_>, drafts: &mut Vec<Draft>) {
    for (index, outcome) in view.plan.outcome.iter().enumerate() {
        let Some(title) = outcome
            .title
            .filter(|title| !title.trim_start().is_empty() && !counts_as_institution(title))
        else {
            continue;
        };
        let message = text!(
            "“{title}”不是制度办法，不计入",
            "“{title}” is not an institutional document and does not count"
        );
        let draft = Draft::new(
            RULE.id(),
            At::Plan(at!["outcome", index, "title"].path()),
            message,
        )
        .label(Text::fixed("不是制度", "no institution"))
        .fix(Text::fixed(
            "换成制度、办法、规定、细则一类的文件；确是制度的，写全标题",
            "list a system, measure, rule or regulation instead; write the full title if it is one",
        ));
        drafts.push(draft);
    }
}
