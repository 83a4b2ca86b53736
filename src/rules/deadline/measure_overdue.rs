//! A measure that is open past its own time limit.

use crate::finding::{At, Draft, Severity};
use crate::lang::Text;
use crate::ledger::{self, Status};
use crate::rules::{Check, PlanView, Rule};
use crate::{at, path};

/// A measure that is open past its own time limit.
pub const RULE: Rule = Rule {
    code: "D009",
    name: "measure-overdue",
    family: "deadline",
    level: Severity::Warning,
    summary: Text::fixed(
        "措施过了自定时限未完成",
        "a measure open past its own time limit",
    ),
    why: Text::fixed(
        "时限是单位自己定的；过了时限还没有填完成日期，应当核对。写“长期坚持”的不算逾期。",
        "The unit set the limit itself; if it has passed and there is no date in done, it is worth a look. What is kept up for good (长期坚持) is never overdue.",
    ),
    answer: Text::fixed(
        "已完成的，填上完成日期（done）；未完成的，抓紧办理。",
        "If it is done, write its date in done; if not, do it.",
    ),
    bad: include_str!("measure_overdue.bad.toml"),
    good: include_str!("measure_overdue.good.toml"),
    check: Check::plan(check),
};

fn check(view: &PlanView<'_>, drafts: &mut Vec<Draft>) {
    for (index, measure) in view.plan.measure.iter().enumerate() {
        if measure.done.is_none() && view.unreadable.field(at!["measure", index, "done"]) {
            continue;
        }
        let Some((Status::Overdue, days)) =
            ledger::item(measure.due, measure.done, view.as_of.date)
        else {
            continue;
        };
        let number = index + 1;
        let overdue = crate::lang::count(days, "day", "days");
        let message = Text::new(
            format!("第{number}条措施超过时限{days}天，尚未完成"),
            format!("measure {number} is {overdue} past its time limit"),
        );
        let draft = Draft::new(RULE.id(), At::Plan(path!["measure", index, "due"]), message)
            .label(Text::fixed("时限", "time limit"))
            .fix(Text::fixed(
                "已完成的填写done = 日期；未完成的抓紧办理",
                "if it is done, write done = its date; if not, do it",
            ));
        drafts.push(draft);
    }
}
