//! The rule book of the program: every rule is a constant, listed in [`ALL`]. A rule reads plain data and
//! points at fields; it never sees text, decides no level, and knows nothing of selection or exemptions.
//!
//! To add a rule: write its file in its family's folder, add one line to [`ALL`] (and the `mod` line in the
//! family), and put its bad and good example beside it.

pub mod campaign;
pub mod deadline;
pub mod evidence;
pub mod file;
pub mod local;
pub mod meeting;
pub mod outcome;
pub mod plan;
pub mod roster;

use std::fmt;

use crate::calendar::AsOf;
use crate::campaign::{Campaign, Level, Roster, Unit};
use crate::discover::Input;
use crate::extract::{Extract, Numbers, Sum};
use crate::finding::{Draft, RuleId, Severity};
use crate::lang::Text;
use crate::ledger::{Cell, Ledger, Row};
use crate::plan::Plan;
use crate::read::Unreadable;

/// A family of rules; its name selects all of it.
#[derive(Debug, PartialEq, Eq)]
pub struct Family {
    /// The name on the command line.
    pub name: &'static str,
    /// First letter of its rules' codes.
    pub letter: char,
    /// What it is about.
    pub title: Text,
}

/// The families, in the order of the documentation.
pub const FAMILIES: &[Family] = &[
    file::FAMILY,
    roster::FAMILY,
    deadline::FAMILY,
    plan::FAMILY,
    meeting::FAMILY,
    outcome::FAMILY,
    evidence::FAMILY,
    campaign::FAMILY,
    local::FAMILY,
];

/// A rule: what it looks for, why, and how it is answered.
#[derive(Debug)]
pub struct Rule {
    /// Family letter and three digits.
    pub code: &'static str,
    /// Kebab-case name.
    pub name: &'static str,
    /// Name of its family.
    pub family: &'static str,
    /// Its level unless the campaign or the command line says otherwise.
    pub level: Severity,
    /// What it looks for, as one line.
    pub summary: Text,
    /// Why it is there, and on whose authority.
    pub why: Text,
    /// How a finding is answered.
    pub answer: Text,
    /// A file or two that break it, with the place marked; see [`crate::fixture`].
    pub bad: &'static str,
    /// The same, kept.
    pub good: &'static str,
    /// How it is checked.
    pub check: Check,
}

/// A check of one plan.
pub type PlanCheck = fn(&PlanView<'_>, &mut Vec<Draft>);

/// A check of all that was read.
pub type SetCheck = fn(&SetView<'_>, &mut Drafts<'_>);

/// Whoever takes what a check of all that was read says, one after the other: there may be one about every unit.
pub struct Drafts<'d>(pub &'d mut dyn FnMut(Draft));

impl Drafts<'_> {
    /// Hands on one of them.
    pub fn push(&mut self, draft: Draft) {
        (self.0)(draft);
    }
}

impl Extend<Draft> for Drafts<'_> {
    fn extend<T: IntoIterator<Item = Draft>>(&mut self, drafts: T) {
        drafts.into_iter().for_each(|draft| self.push(draft));
    }
}

/// How a rule is checked: on each plan by itself, once on all that was read, or both. A rule with neither is
/// the reader's.
#[derive(Debug)]
pub struct Check {
    /// On one plan, while its text is at hand.
    pub plan: Option<PlanCheck>,
    /// Once, on all that was read.
    pub set: Option<SetCheck>,
}

impl Check {
    /// Reported by the reader itself.
    pub const READING: Check = Check {
        plan: None,
        set: None,
    };

    /// On each plan.
    pub const fn plan(check: PlanCheck) -> Check {
        Check {
            plan: Some(check),
            set: None,
        }
    }

    /// On all that was read.
    pub const fn set(check: SetCheck) -> Check {
        Check {
            plan: None,
            set: Some(check),
        }
    }
}

/// What a rule sees of one plan.
#[derive(Debug)]
pub struct PlanView<'v> {
    /// The plan.
    pub plan: &'v Plan<'v>,
    /// What in it cannot be read.
    pub unreadable: &'v Unreadable,
    /// The unit's line in the roster, with its number, if it has one.
    pub unit: Option<(usize, &'v Unit)>,
    /// The unit's cells, unless the file's unit is not certain.
    pub cells: &'v [Cell],
    /// The rule book.
    pub campaign: &'v Campaign,
    /// Its roster.
    pub roster: &'v Roster<'v>,
    /// The day.
    pub as_of: AsOf,
    /// What became of the evidence that it names.
    pub evidence: &'v [crate::evidence::Item<'v>],
}

impl PlanView<'_> {
    /// The unit's name, as the roster has it.
    pub fn name(&self) -> &str {
        match self.unit {
            Some((_, unit)) => &unit.name,
            None => self.plan.unit.name,
        }
    }

    /// Whether the file says nothing of whose it is; then that is the thing to say, not what its unit lacks.
    pub fn is_nobodys(&self) -> bool {
        let unit = &self.plan.unit;
        self.unit.is_none() && unit.code.is_empty() && unit.name.is_empty()
    }

    /// Whether the unit was merged or dissolved before the campaign's end, so that it owes nothing more.
    pub fn has_left(&self) -> bool {
        self.unit
            .and_then(|(_, unit)| unit.until)
            .is_some_and(|until| until < self.campaign.end())
    }
}

/// What a rule sees of all files together.
#[derive(Debug)]
pub struct SetView<'v> {
    /// The rule book.
    pub campaign: &'v Campaign,
    /// Its roster.
    pub roster: &'v Roster<'v>,
    /// The ledger.
    pub ledger: &'v Ledger,
    /// The files that were read, in the order of their paths.
    pub files: &'v dyn Files,
}

/// What is kept of all files. There may be a million, so each is looked at where it lies.
pub trait Files: fmt::Debug {
    /// How many there are.
    fn count(&self) -> usize;

    /// A file by its number.
    fn file(&self, number: usize) -> FileView<'_>;

    /// The files of each unit that has more than one, by what they say themselves, in the order of the ledger.
    fn several(&self) -> Vec<Vec<usize>>;

    /// What all files come to; its marks in order.
    fn sum(&self) -> &Sum;

    /// The document numbers of some files, which are read again. What cannot be read any more has none.
    fn numbers(&self, files: &[u32]) -> Vec<Numbers>;
}

/// What is kept of a file for the rules that see all of them.
#[derive(Debug)]
pub struct FileView<'v> {
    /// 单位代码, if it could be read.
    pub code: Option<&'v str>,
    /// The file.
    pub input: Input<'v>,
    /// The name of its unit, if the file says itself whose it is and the ledger has it.
    pub name: Option<&'v str>,
    /// What was kept of its content; nothing where no rule asks for anything.
    pub extract: Option<&'v Extract>,
}

impl<'v> SetView<'v> {
    /// Every file, in the order of their paths.
    pub fn each_file(&self) -> impl Iterator<Item = FileView<'v>> {
        let files = self.files;
        (0..files.count()).map(|number| files.file(number))
    }

    /// A row's number in the roster, for findings that point there.
    pub fn roster_index(&self, row: &Row) -> Option<usize> {
        self.roster.index(&row.code)
    }
}

/// Every rule, in the order of its code.
pub const ALL: &[&Rule] = &[
    &file::unreadable::RULE,
    &file::syntax::RULE,
    &file::unknown_key::RULE,
    &file::missing_key::RULE,
    &file::wrong_type::RULE,
    &file::bad_value::RULE,
    &file::quoted_date::RULE,
    &file::too_large::RULE,
    &file::encoding::RULE,
    &roster::plan_missing::RULE,
    &roster::unknown_unit::RULE,
    &roster::duplicate_plan::RULE,
    &roster::name_mismatch::RULE,
    &roster::former_name::RULE,
    &deadline::overdue::RULE,
    &deadline::late::RULE,
    &deadline::due_soon::RULE,
    &deadline::future_dated::RULE,
    &deadline::outside_campaign::RULE,
    &deadline::out_of_order::RULE,
    &deadline::planned_too_late::RULE,
    &deadline::rest_day::RULE,
    &deadline::measure_overdue::RULE,
    &deadline::problem_overdue::RULE,
    &plan::no_team_problem::RULE,
    &plan::no_member_problem::RULE,
    &plan::no_special_meeting::RULE,
    &plan::no_secretary::RULE,
    &plan::problem_incomplete::RULE,
    &plan::unknown_term::RULE,
    &plan::measure_without_lead::RULE,
    &plan::key_measure_unclaimed::RULE,
    &plan::placeholder::RULE,
    &plan::copied::RULE,
    &plan::no_activity::RULE,
    &plan::no_summary::RULE,
    &plan::aspect_uncovered::RULE,
    &meeting::attendance::RULE,
    &meeting::wrong_year::RULE,
    &meeting::form::RULE,
    &meeting::unknown_branch::RULE,
    &meeting::branch_missing::RULE,
    &meeting::attendance_unknown::RULE,
    &meeting::campaign_not_reviewed::RULE,
    &outcome::number_reused::RULE,
    &outcome::not_an_institution::RULE,
    &outcome::document_number::RULE,
    &outcome::number_year::RULE,
    &outcome::adopted_after_printed::RULE,
    &outcome::ended::RULE,
    &outcome::no_basis::RULE,
    &evidence::missing::RULE,
    &evidence::hash_mismatch::RULE,
    &evidence::outside_folder::RULE,
    &evidence::none_given::RULE,
    &campaign::extension_void::RULE,
    &campaign::exemption_void::RULE,
    &campaign::exemption_ended::RULE,
    &campaign::dead_entry::RULE,
];

/// A built-in rule by its code or its name; a campaign's own are in [`local`].
pub fn find(word: &str) -> Option<&'static Rule> {
    ALL.iter()
        .copied()
        .find(|rule| rule.code.eq_ignore_ascii_case(word) || rule.name == word)
}

impl Rule {
    /// What findings carry of the rule.
    pub const fn id(&self) -> RuleId {
        RuleId {
            code: std::borrow::Cow::Borrowed(self.code),
            name: std::borrow::Cow::Borrowed(self.name),
            family: self.family,
        }
    }

    /// Whether it speaks only when it is asked to.
    pub fn is_silent(&self) -> bool {
        is_silent(self.code)
    }

    /// The word for its level where nobody says otherwise: `off` for a silent one.
    pub fn default_level(&self) -> Level {
        match self.level {
            _ if self.is_silent() => Level::Off,
            Severity::Error => Level::Error,
            Severity::Warning => Level::Warning,
            Severity::Note => Level::Note,
        }
    }

    /// Whether it can be neither ignored nor lowered: a file that cannot be read never passes.
    pub fn is_firm(&self) -> bool {
        is_firm(self.code)
    }
}

/// Whether the rule of this code can be neither ignored nor lowered.
pub fn is_firm(code: &str) -> bool {
    let firm = [
        file::unreadable::RULE.code,
        file::syntax::RULE.code,
        file::too_large::RULE.code,
    ];
    firm.contains(&code)
}

/// Whether the rule of this code speaks only when `[levels]` or the command line asks it to. Policy warns against
/// asking grassroots units for a paper trail.
pub fn is_silent(code: &str) -> bool {
    code == evidence::none_given::RULE.code
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn the_registry_is_in_order_and_every_rule_says_what_it_must_in_both_languages() {
        let codes: Vec<_> = ALL.iter().map(|rule| rule.code).collect();
        let names: HashSet<_> = ALL.iter().map(|rule| rule.name).collect();
        assert_eq!(names.len(), ALL.len(), "names are unique");
        assert_eq!(
            codes.iter().collect::<HashSet<_>>().len(),
            ALL.len(),
            "codes are unique"
        );
        let families: Vec<_> = ALL.iter().map(|rule| rule.family).collect();
        for pair in ALL
            .windows(2)
            .filter(|pair| pair[0].family == pair[1].family)
        {
            assert!(
                pair[0].code < pair[1].code,
                "{} before {}",
                pair[0].code,
                pair[1].code
            );
        }
        for rule in ALL {
            let family = FAMILIES
                .iter()
                .find(|family| family.name == rule.family)
                .expect("a known family");
            assert!(
                rule.code.starts_with(family.letter) && rule.code.len() == 4,
                "{}",
                rule.code
            );
            assert!(families.contains(&family.name));
            for text in [&rule.summary, &rule.why, &rule.answer] {
                assert!(
                    !text.zh().is_empty() && !text.en().is_empty(),
                    "{}",
                    rule.code
                );
                assert!(!text.zh().is_ascii(), "{} speaks Chinese", rule.code);
                assert!(
                    text.en().is_ascii()
                        || text.en().chars().filter(|c| !c.is_ascii()).count() < 40,
                    "{}",
                    rule.code
                );
            }
        }
    }

    #[test]
    fn a_rule_is_found_by_code_and_by_name() {
        assert_eq!(find("D002").map(|rule| rule.name), Some("late"));
        assert_eq!(find("d002").map(|rule| rule.name), Some("late"));
        assert_eq!(find("late").map(|rule| rule.code), Some("D002"));
        assert!(find("deadline").is_none() && find("").is_none());
    }
}
