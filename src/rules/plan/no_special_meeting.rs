//! A plan without its special meeting.

use crate::finding::{At, Draft, Severity};
use crate::lang::Text;
use crate::rules::{Check, PlanView, Rule};
use crate::{at, text};

/// A plan without its special meeting.
pub const RULE: Rule = Rule {
    code: "P003",
    name: "no-special-meeting",
    family: "plan",
    level: Severity::Warning,
    summary: Text::fixed("没有专题会议日期", "no date of the special meeting"),
    why: Text::fixed(
        "访谈讲第一阶段要召开专题会议、查摆问题、制定实施方案；没有会议日期，就看不出会议开没开、是否开在制定方案之前。",
        "By the interview the first stage has a special meeting, the search for problems and the plan; without its date nobody can tell whether the meeting was held, and before the plan.",
    ),
    answer: Text::fixed(
        "填写专题会议日期（special_meeting）。",
        "Write special_meeting = its date.",
    ),
    bad: include_str!("no_special_meeting.bad.toml"),
    good: include_str!("no_special_meeting.good.toml"),
    check: Check::plan(check),
};

fn check(view: &PlanView<'_>, drafts: &mut Vec<Draft>) {
    let at = at!["plan", "special_meeting"];
    let Some(filing) = &view.plan.plan else {
        return;
    };
    if filing.special_meeting.is_some() || view.unreadable.field(at) {
        return;
    }
    let unit = view.name();
    let message = text!(
        "{unit}的方案没有写专题会议日期",
        "{unit}: the plan names no special meeting"
    );
    let draft = Draft::new(RULE.id(), At::Plan(at.path()), message).fix(Text::fixed(
        "在[plan]中补上special_meeting = 会议日期",
        "add special_meeting = its date to [plan]",
    ));
    drafts.push(draft);
}
