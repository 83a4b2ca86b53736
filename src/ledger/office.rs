//! What the roster and the office say about a milestone before any record is looked at: whether the unit
//! owes it, whether it was excused (免报), and whether its due date was moved (延期).

use super::Remark;
use crate::calendar::Date;
use crate::campaign::{Campaign, Exemption, Extension, Milestone, RequirementKind, Unit};
use crate::vocabulary::{MeetingKind, Word};

/// Why an extension moves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExtensionFault {
    /// No `applied`: nobody can say that it was in time.
    NotApplied,
    /// Applied for after the original due date.
    AppliedLate {
        /// 申请日期
        applied: Date,
        /// The original due date.
        due: Date,
    },
    /// No `approved_by`: an application alone moves nothing.
    NotApproved,
    /// No `until`.
    NoDate,
}

/// Why an exemption excuses nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExemptionFault {
    /// No reason.
    NoReason,
    /// No approver.
    NotApproved,
}

fn blank(text: &Option<String>) -> bool {
    text.as_deref().is_none_or(|text| text.trim().is_empty())
}

/// What keeps an extension of a milestone from being valid, if anything does.
pub fn extension_fault(extension: &Extension, milestone: &Milestone) -> Option<ExtensionFault> {
    let due = milestone.due();
    match extension.applied {
        _ if extension.until.is_none() => Some(ExtensionFault::NoDate),
        None => Some(ExtensionFault::NotApplied),
        Some(applied) if applied > due => Some(ExtensionFault::AppliedLate { applied, due }),
        _ if blank(&extension.approved_by) => Some(ExtensionFault::NotApproved),
        _ => None,
    }
}

/// What keeps an exemption from being valid, if anything does.
pub fn exemption_fault(exemption: &Exemption) -> Option<ExemptionFault> {
    match () {
        _ if blank(&exemption.reason) => Some(ExemptionFault::NoReason),
        _ if blank(&exemption.approved_by) => Some(ExemptionFault::NotApproved),
        _ => None,
    }
}

/// The extension that is in force for a unit and a milestone as of a day: its number and the new due date.
/// The latest valid one wins, and none shortens.
pub fn extension(
    campaign: &Campaign,
    unit: &Unit,
    milestone: &Milestone,
    as_of: Date,
) -> Option<(usize, Date)> {
    let in_force = |(index, extension): (usize, &Extension)| {
        let ours = extension.unit == *unit.code && extension.milestone == milestone.id;
        let since = extension.approved.or(extension.applied)?;
        let works = ours && extension_fault(extension, milestone).is_none() && since <= as_of;
        works.then_some((index, extension.until?))
    };
    let longer = |(_, until): &(usize, Date)| *until > milestone.due();
    campaign
        .extension
        .iter()
        .enumerate()
        .filter_map(in_force)
        .filter(longer)
        .max_by_key(|(index, until)| (*until, *index))
}

/// 活动期: the days whose records count for a milestone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The first day.
    pub from: Date,
    /// The last day: the campaign's end, or the extended due date if that is later.
    pub to: Date,
}

impl Window {
    /// The window of a milestone with its due date as it stands.
    pub fn of(campaign: &Campaign, milestone: &Milestone, due: Date) -> Window {
        Window {
            from: milestone.from().unwrap_or(campaign.start()),
            to: campaign.end().max(due),
        }
    }

    /// Whether a record of this day does not count. A plan or document after the end is late, not void.
    pub fn excludes(&self, date: Date, kind: RequirementKind) -> bool {
        date < self.from || (kind == RequirementKind::Meetings && date > self.to)
    }
}

/// The kinds of life meeting that a unit owes at a milestone.
pub fn owed_meetings(unit: &Unit, milestone: &Milestone) -> impl Iterator<Item = MeetingKind> {
    let owed = |kind: &MeetingKind| milestone.asks_for(*kind) && unit.owes(*kind);
    MeetingKind::ALL.iter().copied().filter(owed)
}

/// Why a unit does not owe a milestone, if it does not.
pub(super) fn not_owed(
    campaign: &Campaign,
    unit: &Unit,
    milestone: &Milestone,
    as_of: Date,
) -> Option<Remark> {
    let due = milestone.due();
    if let Some(since) = unit.since.filter(|since| *since > due) {
        return Some(Remark::NotYet(since));
    }
    if let Some(until) = unit.until.filter(|until| *until < due) {
        let name = |code: &str| {
            let named = campaign.unit.iter().find(|unit| *unit.code == *code);
            named.map_or_else(|| code.into(), |unit| unit.name.clone())
        };
        return Some(match &unit.successor {
            Some(successor) => Remark::Passed(until, name(successor)),
            None => Remark::Dissolved(until),
        });
    }
    if milestone.kind() == RequirementKind::Meetings
        && owed_meetings(unit, milestone).next().is_none()
    {
        return Some(Remark::NotOwed(unit.body.filter(|_| unit.owes.is_none())));
    }
    excused(campaign, unit, milestone, as_of).map(Remark::Excused)
}

/// The reason of the exemption that excuses a unit from a milestone as of a day.
fn excused(campaign: &Campaign, unit: &Unit, milestone: &Milestone, as_of: Date) -> Option<String> {
    let holds = |exemption: &&Exemption| {
        concerns(exemption, unit)
            && exemption.milestone.as_deref() == Some(&milestone.id)
            && in_force(exemption, as_of)
    };
    campaign
        .exemption
        .iter()
        .find(holds)
        .and_then(|exemption| exemption.reason.clone())
}

/// Whether an exemption is about a unit.
pub fn concerns(exemption: &Exemption, unit: &Unit) -> bool {
    exemption.unit.as_deref() == Some(&unit.code) || exemption.category == Some(unit.category())
}

/// Whether an exemption is valid and holds on a day; its `until` is the last day.
pub fn in_force(exemption: &Exemption, as_of: Date) -> bool {
    exemption_fault(exemption).is_none() && exemption.until.is_none_or(|until| as_of <= until)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::read;

    #[test]
    fn an_extension_needs_a_day_an_application_in_time_and_an_approver() {
        let milestone = Milestone {
            due: read("2022-03-31"),
            ..Milestone::default()
        };
        let sound = || Extension {
            until: read("2022-04-10"),
            applied: read("2022-03-31"),
            approved_by: Some("办公室".to_owned()),
            ..Extension::default()
        };
        let fault = |extension| extension_fault(&extension, &milestone);
        assert_eq!(fault(sound()), None);
        let no_date = Extension {
            until: None,
            ..sound()
        };
        assert_eq!(fault(no_date), Some(ExtensionFault::NoDate));
        let not_applied = Extension {
            applied: None,
            ..sound()
        };
        assert_eq!(fault(not_applied), Some(ExtensionFault::NotApplied));
        let late = Extension {
            applied: read("2022-04-01"),
            ..sound()
        };
        assert!(matches!(
            fault(late),
            Some(ExtensionFault::AppliedLate { .. })
        ));
        for nobody in [None, Some(" ".to_owned())] {
            let not_approved = Extension {
                approved_by: nobody,
                ..sound()
            };
            assert_eq!(fault(not_approved), Some(ExtensionFault::NotApproved));
        }
    }
}
