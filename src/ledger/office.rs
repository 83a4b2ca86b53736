//! What the roster and the office say about a milestone before any record is looked at: whether the unit
//! owes it, whether it was excused (免报), and whether its due date was moved (延期).

use foldhash::{HashMap, HashMapExt, HashSet};
use smol_str::SmolStr;

use super::Remark;
use crate::calendar::Date;
use crate::campaign::{Campaign, Exemption, Extension, Milestone, RequirementKind, Unit};
use crate::vocabulary::{MeetingKind, Word};

/// 办公室: what it has granted, by the unit that it is about. A large roster has many extensions and exemptions, and each
/// unit is asked about at each milestone.
#[derive(Debug)]
pub struct Office<'c> {
    /// The rule book.
    pub campaign: &'c Campaign,
    /// Extensions by the unit's code, by their numbers in the rule book.
    extensions: HashMap<&'c str, Vec<u32>>,
    /// Exemptions of single units.
    exemptions: HashMap<&'c str, Vec<u32>>,
    /// Exemptions of whole categories.
    of_categories: Vec<u32>,
    /// The names of the units that take over from others.
    successors: HashMap<&'c str, &'c SmolStr>,
}

impl<'c> Office<'c> {
    /// What the office has granted in a campaign.
    pub fn of(campaign: &'c Campaign) -> Office<'c> {
        let mut office = Office {
            campaign,
            extensions: HashMap::new(),
            exemptions: HashMap::new(),
            of_categories: vec![],
            successors: HashMap::new(),
        };
        for (number, extension) in (0..).zip(&campaign.extension) {
            let of_unit = office.extensions.entry(&extension.unit);
            of_unit.or_default().push(number);
        }
        for (number, exemption) in (0..).zip(&campaign.exemption) {
            match exemption.unit.as_deref() {
                Some(unit) => office.exemptions.entry(unit).or_default().push(number),
                None => office.of_categories.push(number),
            }
        }
        let taking_over = campaign
            .unit
            .iter()
            .filter_map(|unit| Some(unit.successor.as_ref()?.as_str()));
        let taking_over: HashSet<&str> = taking_over.collect();
        for unit in &campaign.unit {
            if taking_over.contains(&*unit.code) {
                office.successors.entry(&*unit.code).or_insert(&unit.name);
            }
        }
        office
    }

    /// The extension that is in force for a unit and a milestone as of a day: its number and the new due date.
    /// The latest valid one wins, and none shortens.
    pub(super) fn extension(
        &self,
        unit: &Unit,
        milestone: &Milestone,
        as_of: Date,
    ) -> Option<(u32, Date)> {
        let in_force = |number: &u32| {
            let extension = &self.campaign.extension[*number as usize];
            let ours = extension.milestone == milestone.id;
            let since = extension.approved.or(extension.applied)?;
            let works = ours && extension_fault(extension, milestone).is_none() && since <= as_of;
            works.then_some((*number, extension.until?))
        };
        let of_unit = self.extensions.get(&*unit.code)?;
        let longer = |(_, until): &(u32, Date)| *until > milestone.due();
        let in_force = of_unit.iter().filter_map(in_force).filter(longer);
        in_force.max_by_key(|(number, until)| (*until, *number))
    }

    /// The exemptions in force on a day that are about a unit, alone or with its category, each with its number.
    pub fn exemptions(
        &self,
        unit: &Unit,
        as_of: Date,
    ) -> impl Iterator<Item = (u32, &'c Exemption)> {
        let of_unit = self.exemptions.get(&*unit.code);
        let alone = of_unit.into_iter().flatten();
        let category = unit.category();
        let entry = |number: &u32| (*number, &self.campaign.exemption[*number as usize]);
        let together = self.of_categories.iter().map(entry);
        let together = together.filter(move |(_, entry)| entry.category == Some(category));
        alone
            .map(entry)
            .chain(together)
            .filter(move |(_, exemption)| in_force(exemption, as_of))
    }

    /// Why a unit does not owe a milestone, if it does not.
    pub(super) fn not_owed(
        &self,
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
                let named = self.successors.get(code).copied().cloned();
                named.unwrap_or_else(|| code.into())
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
        self.excused(unit, milestone, as_of).map(Remark::Excused)
    }

    /// The reason of the first exemption that excuses a unit from a milestone as of a day.
    fn excused(&self, unit: &Unit, milestone: &Milestone, as_of: Date) -> Option<String> {
        let of_milestone =
            |exemption: &Exemption| exemption.milestone.as_ref() == Some(&milestone.id);
        let exemptions = self.exemptions(unit, as_of);
        let first = exemptions
            .filter(|(_, exemption)| of_milestone(exemption))
            .min_by_key(|(number, _)| *number);
        first.and_then(|(_, exemption)| exemption.reason.clone())
    }
}

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

/// Whether an exemption is valid and holds on a day; its `until` is the last day.
pub fn in_force(exemption: &Exemption, as_of: Date) -> bool {
    exemption_fault(exemption).is_none() && exemption.until.is_none_or(|until| as_of <= until)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::read;
    use crate::vocabulary::Category;

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
    #[test]
    fn what_is_granted_to_a_unit_and_to_its_category_comes_in_the_order_of_the_rule_book() {
        let exemption = |unit: Option<&str>, category, until, reason: &str| Exemption {
            unit: unit.map(str::to_owned),
            category,
            milestone: Some("plan".to_owned()),
            reason: Some(reason.to_owned()),
            approved_by: Some("办公室".to_owned()),
            until,
            ..Exemption::default()
        };
        let unit = |code: &str, category| Unit {
            code: code.into(),
            category: Some(category),
            ..Unit::default()
        };
        let campaign = Campaign {
            unit: vec![
                unit("01", Category::Township),
                unit("02", Category::Township),
                unit("03", Category::Department),
            ],
            exemption: vec![
                exemption(Some("01"), None, read("2022-03-01"), "过期"),
                exemption(None, Some(Category::Department), None, "部门"),
                exemption(None, Some(Category::Township), None, "乡镇"),
                exemption(Some("01"), None, None, "自己"),
                exemption(Some("02"), None, None, ""),
            ],
            ..Campaign::default()
        };
        let office = Office::of(&campaign);
        let (day, milestone) = (read("2022-04-01").unwrap(), |id: &str| Milestone {
            id: id.to_owned(),
            ..Milestone::default()
        });
        let numbers = |unit: usize| {
            let granted = office.exemptions(&campaign.unit[unit], day);
            let mut numbers: Vec<u32> = granted.map(|(number, _)| number).collect();
            numbers.sort_unstable();
            numbers
        };
        assert_eq!(
            (numbers(0), numbers(1), numbers(2)),
            (vec![2, 3], vec![2], vec![1])
        );
        let reason = |id: &str| office.excused(&campaign.unit[0], &milestone(id), day);
        assert_eq!(reason("plan").as_deref(), Some("乡镇"));
        assert_eq!(reason("meetings"), None);
    }
}
