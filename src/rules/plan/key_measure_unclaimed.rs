//! A key measure that a unit named for it does not answer.

use foldhash::HashMap;

use crate::extract::Extract;
use crate::finding::{At, Draft, Severity};
use crate::lang::Text;
use crate::rules::{Check, Drafts, FileView, Rule, SetView};
use crate::{path, text};

/// A key measure that a unit named for it does not answer.
pub const RULE: Rule = Rule {
    code: "P008",
    name: "key-measure-unclaimed",
    family: "plan",
    level: Severity::Warning,
    summary: Text::fixed(
        "重点举措没有单位措施对应",
        "a key measure that no measure of its unit answers",
    ),
    why: Text::fixed(
        "全市方案为重点举措定了牵头单位和责任单位；被点名的单位应有一条措施以key写明对应的序号。",
        "The city's plan names lead and responsible units for its key measures; each of them should have a measure that gives the number as key.",
    ),
    answer: Text::fixed(
        "在该单位的文件中补一条[[measure]]，用key写明重点举措的序号。",
        "Add a [[measure]] with key = its number to the unit's file.",
    ),
    bad: include_str!("key_measure_unclaimed.bad.toml"),
    good: include_str!("key_measure_unclaimed.good.toml"),
    check: Check::set(check),
};

fn check(view: &SetView<'_>, drafts: &mut Drafts<'_>) {
    let files = files(view);
    for (number, key) in view.campaign.key_measure.iter().enumerate() {
        let Some(wanted) = key.number else { continue };
        let others = key.responsible.iter();
        let others = others.filter(|code| Some(*code) != key.lead.as_ref());
        for code in key.lead.iter().chain(others) {
            // A unit without a file has plan-missing; one that is not in the roster is a dead entry.
            let Some(index) = view.roster.index(code) else {
                continue;
            };
            let of_unit = files.get(code.as_str()).map_or(&[][..], |files| files);
            let answers = |extract: &Extract| extract.may_answer(wanted);
            let answered = |extract: &Option<&Extract>| extract.is_some_and(answers);
            if of_unit.is_empty() || of_unit.iter().any(answered) {
                continue;
            }
            let (unit, text) = (&view.campaign.unit[index].name, &key.text);
            let message = text!(
                "{unit}没有对应重点举措{wanted}“{text}”的措施",
                "{unit} has no measure for key measure {wanted}, “{text}”"
            );
            let draft = Draft::new(
                RULE.id(),
                At::Campaign(path!["unit", index, "code"]),
                message,
            )
            .label(Text::fixed("被点名的单位", "the unit named"))
            .fix(text!(
                "在其文件中补上[[measure]]，写key = {wanted}",
                "add a [[measure]] with key = {wanted} to its file"
            ))
            .cause(
                At::Campaign(path!["key_measure", number, "number"]),
                Text::fixed("重点举措", "the key measure"),
            )
            .unit(code);
            drafts.push(draft);
        }
    }
}

/// What is kept of the files of each unit that a key measure names.
fn files<'v>(view: &SetView<'v>) -> HashMap<&'v str, Vec<Option<&'v Extract>>> {
    let keys = view.campaign.key_measure.iter();
    let named = keys.flat_map(|key| key.lead.iter().chain(&key.responsible));
    let mut files: HashMap<&str, Vec<Option<&Extract>>> =
        named.map(|code| (code.as_str(), vec![])).collect();
    for FileView { code, extract, .. } in view.each_file() {
        if let Some(of_unit) = code.and_then(|code| files.get_mut(code)) {
            of_unit.push(extract);
        }
    }
    files
}
