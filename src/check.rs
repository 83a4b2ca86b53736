//! From files and a rule book to a verdict. Files are read, converted, judged and located by one worker, a few at a
//! time, while their texts are at hand; what leaves it is small. Then the ledger is put together, the few units
//! whose cells hang on more than one file are judged again, and the rules that see everything run once.

mod batch;
mod findings;
mod judge;
mod judged;
mod limit;
mod owners;
mod placed;
mod repair;
mod standing;
mod together;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use foldhash::fast::RandomState;

use crate::book::Book;
use crate::calendar::AsOf;
use crate::discover::{Found, Inputs, SkipReason};
use crate::finding::{At, Draft, Edit, Finding, Severity};
use crate::ledger::Ledger;
use crate::levels::{Choice, Table};
use crate::rules::local::{self, Local};
use crate::rules::{self, PlanCheck};
use crate::source::Lines;

pub use findings::Findings;
use judge::Opened;
use judged::Judged;
pub use limit::MAX_FINDINGS;
pub use repair::Repair;
use standing::Standing;

/// What a run came to; complete before anything is rendered.
#[derive(Debug)]
pub struct Verdict {
    /// The plan files read, or tried, in the order of their paths.
    pub files: Inputs,
    /// The findings, by file and position.
    pub findings: Findings,
    /// The ledger.
    pub ledger: Ledger,
    /// What was counted.
    pub counts: Counts,
    /// The files that cannot be judged by themselves, each with the others that its unit's cells hang on:
    /// further files of the unit, those of the hosts of a joint branch.
    pub beside: BTreeMap<Arc<str>, Inputs>,
    /// Files that results were to be written to, and that a plan names as evidence.
    pub evidence: BTreeSet<PathBuf>,
}

/// The figures of the summary line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Units in the ledger.
    pub units: usize,
    /// Plan files read, or tried.
    pub files: usize,
    /// Files passed over, with the reason.
    pub skipped: Vec<(Arc<str>, SkipReason)>,
    /// Findings that are errors.
    pub errors: usize,
    /// Findings that are warnings.
    pub warnings: usize,
    /// Findings that are notes.
    pub notes: usize,
    /// Findings that an exemption silenced.
    pub silenced: usize,
}

impl Counts {
    /// Findings of a level.
    pub fn of(&self, severity: Severity) -> usize {
        match severity {
            Severity::Error => self.errors,
            Severity::Warning => self.warnings,
            Severity::Note => self.notes,
        }
    }
}

/// Everything that a run needs.
pub struct Run<'r> {
    book: &'r Book<'r>,
    as_of: AsOf,
    whole_roster: bool,
    levels: Table,
    /// The checks of rules that speak.
    checks: Vec<PlanCheck>,
    /// The campaign's own rules that speak.
    own: Vec<Local<'r>>,
    /// Whether a rule about evidence speaks.
    looks_at_evidence: bool,
    /// Whether the rule about copied texts speaks.
    compares_texts: bool,
    /// Whether the rule about numbers that are used twice speaks.
    compares_numbers: bool,
    /// What document numbers are compared by first.
    hash: RandomState,
    /// What the ledger is to hold of the units.
    keep: Keep,
    /// Who is told of each file that has been judged.
    done: &'r (dyn Fn() + Sync),
    /// Files that results are to be written to, by their real paths, and those of them that a plan names as evidence.
    results: Vec<PathBuf>,
    evidence: Mutex<BTreeSet<PathBuf>>,
}

/// How much of each unit the ledger is to hold, for what is made of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Keep {
    /// How many units stand where, and where those without a file stand: all that findings need.
    Findings,
    /// Where each stands.
    Cells,
    /// Also who answers for it.
    People,
    /// Also its problems, with their texts.
    Problems,
}

impl<'r> Run<'r> {
    /// A run as of a day. The whole roster is judged, or only the units whose files are given.
    pub fn new(book: &'r Book<'r>, choice: &Choice, as_of: AsOf, whole_roster: bool) -> Run<'r> {
        let levels = Table::new(choice, book.campaign);
        let speaks = |rule: &&&rules::Rule| levels.of(&rule.id()).is_some();
        let checks = rules::ALL
            .iter()
            .filter(speaks)
            .filter_map(|rule| rule.check.plan)
            .collect();
        let mut own = local::compile(book.campaign);
        own.retain(|rule| levels.of(&rule.id).is_some());
        let of_evidence = |rule: &&&rules::Rule| {
            rule.family == rules::evidence::FAMILY.name && rule.name != "none-given"
        };
        let looks_at_evidence = rules::ALL
            .iter()
            .filter(of_evidence)
            .any(|rule| levels.of(&rule.id()).is_some());
        let compares_numbers = levels
            .of(&rules::outcome::number_reused::RULE.id())
            .is_some();
        let compares_texts = levels.of(&rules::plan::copied::RULE.id()).is_some();
        Run {
            book,
            as_of,
            whole_roster,
            levels,
            checks,
            own,
            looks_at_evidence,
            compares_texts,
            compares_numbers,
            hash: RandomState::default(),
            keep: Keep::People,
            done: &|| (),
            results: vec![],
            evidence: Mutex::default(),
        }
    }

    /// Watches for plans that name one of these files as evidence: no result may be written over it.
    pub fn sparing(self, results: &[&Path]) -> Run<'r> {
        let there = results.iter().filter_map(|path| path.canonicalize().ok());
        Run {
            results: there.collect(),
            ..self
        }
    }

    /// Keeps so much of each unit in the ledger.
    pub fn keeping(self, keep: Keep) -> Run<'r> {
        // Where there are more milestones than a standing holds, the cells say how many units stand where.
        let keep = match self.book.campaign.milestone.len() > Standing::MOST {
            true => keep.max(Keep::Cells),
            false => keep,
        };
        Run { keep, ..self }
    }

    /// Tells of each file that has been judged, from whichever thread judged it.
    pub fn telling(self, done: &'r (dyn Fn() + Sync)) -> Run<'r> {
        Run { done, ..self }
    }

    /// Checks the files.
    pub fn check(&self, found: Found) -> Verdict {
        let (mut judged, sum) = self.judge(&found.inputs);
        let owners = owners::owners(self, &found.inputs, &judged);
        let together::Rows {
            units,
            rows,
            totals,
        } = together::rows(self, &found.inputs, &mut judged, &owners);
        let ledger = Ledger {
            as_of: self.as_of,
            rows,
            totals,
            set_aside: sum.set_aside,
            whole_roster: self.whole_roster,
        };
        let (mut findings, mut silenced) =
            together::set_rules(self, &found.inputs, &judged, &sum, &owners, &ledger);
        let beside = together::beside(self, &found.inputs, &owners);
        findings.extend(
            found
                .refused
                .into_iter()
                .filter_map(|(path, why)| self.refused_entry(path, &why)),
        );
        silenced += judged.iter().map(Judged::silenced).sum::<usize>();
        let of_files = judged.into_iter().filter_map(|file| file.more);
        let findings = Findings::of(of_files.map(|more| more.findings), findings);
        let level = |severity| {
            findings
                .iter()
                .filter(|finding| finding.severity == severity)
                .count()
        };
        let counts = Counts {
            units,
            files: found.inputs.len(),
            skipped: found.skipped,
            errors: level(Severity::Error),
            warnings: level(Severity::Warning),
            notes: level(Severity::Note),
            silenced,
        };
        Verdict {
            files: found.inputs,
            findings,
            ledger,
            counts,
            beside,
            evidence: self
                .evidence
                .lock()
                .map(|named| named.clone())
                .unwrap_or_default(),
        }
    }

    /// A draft with its place. What points into a plan file needs that file's text.
    fn finding(
        &self,
        draft: Draft,
        severity: Severity,
        here: Option<(&Opened<'_>, &Lines<'_>)>,
    ) -> Finding {
        let place = |at: &At, label| match (at, here) {
            (At::Plan(field) | At::File(_, field), Some((opened, lines))) => {
                opened.place(lines, field, label)
            }
            (At::Span(span, field), Some((_, lines))) => {
                lines.place(span.clone(), field.clone(), label)
            }
            (
                At::Campaign(field) | At::Plan(field) | At::File(_, field) | At::Span(_, field),
                _,
            ) => self.book.text.place(field, label),
        };
        let rewritten = || {
            let ((opened, _), text) = (here?, draft.rewrite.as_deref()?);
            opened.rewritten(&draft.at, text)
        };
        let edit = draft.edit.clone().or_else(rewritten);
        let edit_region =
            |((_, lines), edit): ((_, &Lines<'_>), &Edit)| lines.region(edit.span.clone());
        Finding {
            severity,
            place: place(&draft.at, draft.label),
            cause: draft.cause.map(|(at, label)| match at {
                At::Campaign(field) => self.book.text.cause(&field, &label),
                at => Arc::new(place(&at, label)),
            }),
            unit: draft.unit,
            rule: self.levels.shared(draft.rule),
            message: draft.message,
            fix: draft.fix,
            edit_region: here.zip(edit.as_ref()).map(edit_region).map(Box::new),
            edit: edit.map(Box::new),
        }
    }

    /// A finding about a file that gives no text: its place is the line where it ceases to be text, else the first.
    fn finding_without_text(&self, shown: &str, draft: Draft, line: usize) -> Option<Finding> {
        let severity = self.levels.of(&draft.rule)?;
        let empty = Opened::empty_lines(shown);
        let mut place = empty.place(0..0, crate::path![], draft.label);
        (place.line, place.end_line) = (line as u32, line as u32);
        let (rule, message, fix) = (self.levels.shared(draft.rule), draft.message, draft.fix);
        Some(Finding {
            rule,
            severity,
            unit: None,
            message,
            place,
            cause: None,
            fix,
            edit: None,
            edit_region: None,
        })
    }

    fn refused_entry(&self, path: Arc<str>, why: &crate::lang::Text) -> Option<Finding> {
        self.finding_without_text(&path, judge::refused_entry(why), 1)
    }
}
