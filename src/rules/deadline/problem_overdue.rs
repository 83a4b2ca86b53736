//! A problem that is open past its own time limit.

use crate::finding::{At, Draft, Severity};
use crate::lang::Text;
use crate::ledger::{self, Status};
use crate::rules::{Check, PlanView, Rule};
use crate::{at, path};

/// A problem that is open past its own time limit.
pub const RULE: Rule = Rule {
    code: "D010",
    name: "problem-overdue",
    family: "deadline",
    level: Severity::Warning,
    summary: Text::fixed(
        "问题过了自定时限未销号",
        "a problem open past its own time limit",
    ),
    why: Text::fixed(
        "时限是单位自己定的；过了时限还没有填销号日期，应当核对。写“长期坚持”的不算逾期。",
        "The unit set the limit itself; if it has passed and there is no date in closed, it is worth a look. What is kept up for good (长期坚持) is never overdue.",
    ),
    answer: Text::fixed(
        "已整改到位的，填上销号日期（closed）；未到位的，抓紧整改。",
        "If it is put right, write the date in closed; if not, do it.",
    ),
    bad: include_str!("problem_overdue.bad.toml"),
    good: include_str!("problem_overdue.good.toml"),
    check: Check::plan(check),
};

fn check(view: &PlanView<'_>, drafts: &mut Vec<Draft>) {
    for (index, problem) in view.plan.problem.iter().enumerate() {
        if problem.closed.is_none() && view.unreadable.field(at!["problem", index, "closed"]) {
            continue;
        }
        let Some((Status::Overdue, days)) =
            ledger::item(problem.due, problem.closed, view.as_of.date)
        else {
            continue;
        };
        let number = index + 1;
        let overdue = crate::lang::count(days, "day", "days");
        let message = Text::new(
            format!("第{number}条问题超过时限{days}天，尚未销号"),
            format!("problem {number} is {overdue} past its time limit"),
        );
        let draft = Draft::new(RULE.id(), At::Plan(path!["problem", index, "due"]), message)
            .label(Text::fixed("时限", "time limit"))
            .fix(Text::fixed(
                "已完成的填写closed = 日期；未完成的抓紧办理",
                "if it is done, write closed = its date; if not, do it",
            ));
        drafts.push(draft);
    }
}
