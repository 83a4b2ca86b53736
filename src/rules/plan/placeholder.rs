//! A placeholder where something should be written.

use crate::finding::FieldPath;
use crate::finding::{At, Draft, Severity};
use crate::lang::Text;
use crate::plan::Plan;
use crate::rules::{Check, PlanView, Rule};
use crate::text;

/// A placeholder where something should be written.
pub const RULE: Rule = Rule {
    code: "P009",
    name: "placeholder",
    family: "plan",
    level: Severity::Warning,
    summary: Text::fixed("内容未填写完整", "a placeholder left in the text"),
    why: Text::fixed(
        "待定、××、某某、TODO是模板的痕迹，等于没有填写。",
        "待定, ××, 某某 and TODO are left over from a template and say nothing.",
    ),
    answer: Text::fixed(
        "填写实际内容；尚未确定的，整行不写。",
        "Write what is meant; leave out the line if it is not settled.",
    ),
    bad: include_str!("placeholder.bad.toml"),
    good: include_str!("placeholder.good.toml"),
    check: Check::plan(check),
};

/// What templates leave behind.
const PLACEHOLDERS: [&str; 10] = [
    "待定", "待填", "待补", "××", "XX", "ＸＸ", "某某", "TODO", "todo", "【】",
];

fn check(view: &PlanView<'_>, drafts: &mut Vec<Draft>) {
    for (field, written) in texts(view.plan) {
        let found = PLACEHOLDERS.into_iter().find(|mark| written.contains(mark));
        let message = match found {
            Some(mark) => text!(
                "{field}中还有“{mark}”",
                "“{mark}” is left in {field}",
                field = field()
            ),
            None if written.trim().is_empty() => {
                text!("{field}是空的", "{field} is blank", field = field())
            }
            None => continue,
        };
        let draft = Draft::new(RULE.id(), At::Plan(field()), message)
            .label(Text::fixed("未填写", "not filled in"))
            .fix(Text::fixed(
                "填写实际内容；尚未确定的，整行不写",
                "write what is meant, or leave out the line if it is not settled",
            ));
        drafts.push(draft);
    }
}

/// Every text that a person writes freely, with the way to its path.
fn texts<'p>(
    plan: &'p Plan<'p>,
) -> impl Iterator<Item = (Box<dyn Fn() -> FieldPath + 'p>, &'p str)> {
    let unit = [("secretary", plan.unit.secretary)].into_iter();
    let unit = unit.map(|(key, text)| (lazily("unit", None, key), text));
    let title = plan
        .plan
        .iter()
        .map(|filing| (lazily("plan", None, "title"), filing.title));
    let problems = plan.problem.iter().enumerate().flat_map(|(i, problem)| {
        let texts = [
            ("text", problem.text),
            ("remedy", problem.remedy),
            ("owner", problem.owner),
            ("member", problem.member),
        ];
        texts.map(|(key, text)| (lazily("problem", Some(i), key), text))
    });
    let measures = plan.measure.iter().enumerate().flat_map(|(i, measure)| {
        [("text", measure.text), ("lead", measure.lead)]
            .map(|(key, text)| (lazily("measure", Some(i), key), text))
    });
    let outcomes = plan.outcome.iter().enumerate().flat_map(|(i, outcome)| {
        [("title", outcome.title), ("based_on", outcome.based_on)]
            .map(|(key, text)| (lazily("outcome", Some(i), key), text))
    });
    let summary = plan
        .summary
        .iter()
        .map(|summary| (lazily("summary", None, "text"), summary.text));
    unit.chain(title)
        .chain(problems)
        .chain(measures)
        .chain(outcomes)
        .chain(summary)
        .filter_map(|(path, text)| Some((path, text?)))
}

fn lazily<'p>(
    table: &'static str,
    index: Option<usize>,
    key: &'static str,
) -> Box<dyn Fn() -> FieldPath + 'p> {
    Box::new(move || crate::finding::FieldAt { table, index, key }.path())
}
