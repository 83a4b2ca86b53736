//! A due date on a day of rest.

use crate::finding::{At, Draft, Severity};
use crate::lang::Text;
use crate::ledger::rest_day_ahead;
use crate::rules::{Check, Drafts, Rule, SetView};
use crate::{path, text};

/// A due date on a day of rest.
pub const RULE: Rule = Rule {
    code: "D008",
    name: "rest-day",
    family: "deadline",
    level: Severity::Note,
    summary: Text::fixed("时限逢休息日", "a due date on a day of rest"),
    why: Text::fixed(
        "时限不因休息日顺延，只提醒早作安排。2022年12月31日是星期六，又是元旦假期第一天。",
        "A due date is not moved because it is a day of rest; it is only noted, so that people plan ahead. 31 December 2022 is a Saturday and the first day of the New Year holiday.",
    ),
    answer: Text::fixed(
        "提前办理；时限不顺延。",
        "Do it earlier; the due date is not moved.",
    ),
    bad: include_str!("rest_day.bad.toml"),
    good: include_str!("rest_day.good.toml"),
    check: Check::set(check),
};

fn check(view: &SetView<'_>, drafts: &mut Drafts<'_>) {
    for (index, milestone) in view.campaign.milestone.iter().enumerate() {
        let Some(rest) = rest_day_ahead(view.campaign, milestone, view.ledger) else {
            continue;
        };
        let (name, due) = (&milestone.name, milestone.due());
        let message = text!(
            "{name}的时限{due}是{zh}，不顺延",
            "{name} is due on {due}, {en}; the due date is not moved",
            zh = rest.zh(),
            en = rest.en(),
        );
        let draft = Draft::new(
            RULE.id(),
            At::Campaign(path!["milestone", index, "due"]),
            message,
        )
        .label(Text::fixed("休息日", "day of rest"))
        .fix(Text::fixed(
            "请各单位提前办理",
            "ask the units to do it earlier",
        ));
        drafts.push(draft);
    }
}
