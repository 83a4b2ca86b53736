//! A 民主生活会 that fewer than two thirds attended.

use crate::finding::{At, Draft, Severity};
use crate::lang::Text;
use crate::ledger::{attendance_is_bad, fewer_than_two_thirds};
use crate::rules::{Check, PlanView, Rule};
use crate::vocabulary::MeetingKind;
use crate::{at, text};

/// A 民主生活会 that fewer than two thirds attended.
pub const RULE: Rule = Rule {
    code: "M001",
    name: "attendance",
    family: "meeting",
    level: Severity::Error,
    summary: Text::fixed(
        "民主生活会到会不足三分之二",
        "fewer than two thirds at a democratic life meeting",
    ),
    why: Text::fixed(
        "《县以上党和国家机关党员领导干部民主生活会若干规定》规定，到会人数必须达到应到会人数的三分之二以上；不足的，本程序不算已开。按整数计算：应到6人的至少4人，7人的至少5人，5人的至少4人。",
        "The national rules on democratic life meetings (2016) ask for two thirds of those who should attend; below that the meeting does not count here. In integers: 4 of 6, 5 of 7 and 4 of 5 are enough.",
    ),
    answer: Text::fixed(
        "补开并另记一条[[meeting]]；数字填错的改正。",
        "Hold it again and record it as another [[meeting]]; correct the numbers if they are wrong.",
    ),
    bad: include_str!("attendance.bad.toml"),
    good: include_str!("attendance.good.toml"),
    check: Check::plan(check),
};

fn check(view: &PlanView<'_>, drafts: &mut Vec<Draft>) {
    for (index, meeting) in view.plan.meeting.iter().enumerate() {
        let (Some(present), Some(expected)) = (meeting.present, meeting.expected) else {
            continue;
        };
        let democratic = meeting.kind == Some(MeetingKind::DemocraticLife);
        if !democratic || attendance_is_bad(meeting) || !fewer_than_two_thirds(present, expected) {
            continue;
        }
        let needed = (u64::from(expected) * 2).div_ceil(3);
        let message = text!(
            "民主生活会应到{expected}人、实到{present}人，不足三分之二（至少{needed}人），不算已开",
            "{present} of {expected} attended the democratic life meeting, fewer than two thirds (at least {needed}); it does not count"
        );
        let draft = Draft::new(
            RULE.id(),
            At::Plan(at!["meeting", index, "present"].path()),
            message,
        )
        .label(Text::fixed("实到", "present"))
        .fix(Text::fixed(
            "补开并另记一条[[meeting]]；数字有误的改正",
            "hold it again and record it as another [[meeting]]; correct wrong numbers",
        ))
        .cause(
            At::Plan(at!["meeting", index, "expected"].path()),
            Text::fixed("应到", "expected"),
        );
        drafts.push(draft);
    }
}
