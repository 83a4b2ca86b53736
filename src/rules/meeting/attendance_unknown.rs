//! A 民主生活会 without its attendance.

use crate::finding::{At, Draft, Severity};
use crate::lang::Text;
use crate::rules::{Check, PlanView, Rule};
use crate::vocabulary::MeetingKind;
use crate::{at, text};

/// A 民主生活会 without its attendance.
pub const RULE: Rule = Rule {
    code: "M006",
    name: "attendance-unknown",
    family: "meeting",
    level: Severity::Note,
    summary: Text::fixed(
        "民主生活会没有写全到会人数",
        "a democratic life meeting without its full attendance",
    ),
    why: Text::fixed(
        "没有人数就无法核对三分之二的要求；会议照常计入。",
        "Without the numbers nobody can check the two thirds; the meeting counts all the same.",
    ),
    answer: Text::fixed(
        "补上expected（应到）和present（实到）。",
        "Add expected and present.",
    ),
    bad: include_str!("attendance_unknown.bad.toml"),
    good: include_str!("attendance_unknown.good.toml"),
    check: Check::plan(check),
};

fn check(view: &PlanView<'_>, drafts: &mut Vec<Draft>) {
    for (index, meeting) in view.plan.meeting.iter().enumerate() {
        let held = meeting.kind == Some(MeetingKind::DemocraticLife) && meeting.held.is_some();
        let known = |number: Option<u32>, at| number.is_some() || view.unreadable.field(at);
        let expected = at!["meeting", index, "expected"];
        let present = at!["meeting", index, "present"];
        let at = match (
            known(meeting.expected, expected),
            known(meeting.present, present),
        ) {
            (true, true) => continue,
            (true, false) => present,
            (false, _) => expected,
        };
        if !held {
            continue;
        }
        let message = Text::fixed(
            "民主生活会没有写全应到、实到人数",
            "the attendance of the democratic life meeting is not given in full",
        );
        let draft = Draft::new(RULE.id(), At::Plan(at.path()), message).fix(text!(
            "补上expected = 应到人数，present = 实到人数",
            "add expected and present, the numbers of those who should attend and did"
        ));
        drafts.push(draft);
    }
}
