//! A form that a 组织生活会 does not have.

use crate::finding::{At, Draft, Severity};
use crate::lang::Text;
use crate::rules::{Check, PlanView, Rule};
use crate::vocabulary::{MeetingForm, MeetingKind, Word};
use crate::{at, text};

/// A form that a 组织生活会 does not have.
pub const RULE: Rule = Rule {
    code: "M003",
    name: "form",
    family: "meeting",
    level: Severity::Error,
    summary: Text::fixed(
        "组织生活会的形式不对",
        "not a form of the organizational life meeting",
    ),
    why: Text::fixed(
        "《中国共产党支部工作条例（试行）》规定，组织生活会一般以党支部党员大会、党支部委员会会议（支委会）或者党小组会形式召开；民主生活会不分形式。形式不影响状态。",
        "By the national regulation on branches (2018, on trial) it is generally a meeting of all members, of the branch committee or of a party group; a democratic life meeting has no such form. The form changes no status.",
    ),
    answer: Text::fixed(
        "改为党员大会、支委会或党小组会。",
        "Write 党员大会, 支委会 or 党小组会.",
    ),
    bad: include_str!("form.bad.toml"),
    good: include_str!("form.good.toml"),
    check: Check::plan(check),
};

fn check(view: &PlanView<'_>, drafts: &mut Vec<Draft>) {
    for (index, meeting) in view.plan.meeting.iter().enumerate() {
        let Some(form) = meeting.form else { continue };
        let known = MeetingForm::parse(form.trim()).is_some();
        let (message, fix) = match meeting.kind {
            Some(MeetingKind::DemocraticLife) => (
                text!(
                    "民主生活会不分形式，不应写“{form}”",
                    "a democratic life meeting has no form such as “{form}”"
                ),
                Text::fixed("删去form这一行", "delete the line with form"),
            ),
            _ if !known => (
                text!(
                    "组织生活会没有“{form}”这种形式",
                    "“{form}” is not a form of the organizational life meeting"
                ),
                Text::fixed(
                    "改为党员大会、支委会或党小组会",
                    "write 党员大会, 支委会 or 党小组会",
                ),
            ),
            _ => continue,
        };
        drafts.push(
            Draft::new(
                RULE.id(),
                At::Plan(at!["meeting", index, "form"].path()),
                message,
            )
            .fix(fix),
        );
    }
}
