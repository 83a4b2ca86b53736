//! From files and a rule book to a verdict. A file is read, converted, judged and located by one worker
//! while its text is at hand; what leaves it is small. Then the ledger is put together, the few units whose
//! cells hang on more than one file are judged again, and the rules that see everything run once.

mod judge;
mod limit;
mod placed;
mod repair;
mod together;

use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use toml_spanner::Arena;

use crate::book::Book;
use crate::calendar::AsOf;
use crate::campaign::Unit;
use crate::discover::{Found, Input, SkipReason};
use crate::evidence;
use crate::extract::{Extract, Texts};
use crate::finding::{At, Draft, Edit, Finding, Severity};
use crate::ledger::{self, Ledger, Records, Row, SetAside, cells};
use crate::levels::{Choice, Table};
use crate::rules::local::{self, Local};
use crate::rules::{self, PlanCheck, PlanView};
use crate::source::Lines;

use judge::{FileText, Opened};
pub use limit::MAX_FINDINGS;
pub use repair::Repair;

/// What a run came to; complete before anything is rendered.
#[derive(Debug)]
pub struct Verdict {
    /// The plan files read, or tried, in the order of their paths.
    pub files: Vec<Arc<str>>,
    /// The findings, by file and position.
    pub findings: Vec<Finding>,
    /// The ledger.
    pub ledger: Ledger,
    /// What was counted.
    pub counts: Counts,
    /// The files that cannot be judged by themselves, each with the others that its unit's cells hang on:
    /// further files of the unit, those of the hosts of a joint branch.
    pub beside: BTreeMap<Arc<str>, Vec<Input>>,
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
    /// Whether the ledger is to hold the units' problems.
    keeps_problems: bool,
    /// Who is told of each file that has been judged.
    done: &'r (dyn Fn() + Sync),
}

/// What leaves a worker: small, whatever the size of the file.
#[derive(Default)]
struct Judged {
    /// 单位代码, if it can be read.
    code: Option<String>,
    /// The unit's number in the roster, if the roster has that code.
    unit: Option<usize>,
    /// The unit's line in the ledger by this file alone; none when nobody knows whose file it is.
    row: Option<Row>,
    set_aside: SetAside,
    extract: Extract,
    findings: Vec<Finding>,
    silenced: usize,
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
            keeps_problems: false,
            done: &|| (),
        }
    }

    /// Keeps the units' problems in the ledger, for reports that list them; a check alone has no need of their texts.
    pub fn keeping_problems(self, keeps_problems: bool) -> Run<'r> {
        Run {
            keeps_problems,
            ..self
        }
    }

    /// Tells of each file that has been judged, from whichever thread judged it.
    pub fn telling(self, done: &'r (dyn Fn() + Sync)) -> Run<'r> {
        Run { done, ..self }
    }

    /// Checks the files.
    pub fn check(&self, found: Found) -> Verdict {
        let mut judged: Vec<Judged> = found
            .inputs
            .par_iter()
            .map(|input| {
                let judged = self.judge(input);
                (self.done)();
                judged
            })
            .collect();
        let owners = together::owners(self, &found.inputs, &judged);
        let (rows, row_of) = together::rows(self, &found.inputs, &mut judged, &owners);
        let sure = owners
            .values()
            .filter(|owner| owner.sure)
            .flat_map(|owner| &owner.files);
        let set_aside = sure.fold(SetAside::default(), |sum, file| {
            sum.plus(judged[*file].set_aside)
        });
        let ledger = Ledger {
            as_of: self.as_of,
            rows,
            set_aside,
            whole_roster: self.whole_roster,
        };
        let (mut findings, mut silenced) =
            together::set_rules(self, &found.inputs, &judged, &row_of, &ledger);
        let beside = together::beside(self, &found.inputs, &owners);
        findings.extend(
            found
                .refused
                .into_iter()
                .filter_map(|(path, why)| self.refused_entry(path, &why)),
        );
        for file in &mut judged {
            findings.append(&mut file.findings);
            silenced += file.silenced;
        }
        findings.par_sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
        let level = |severity| {
            findings
                .iter()
                .filter(|finding| finding.severity == severity)
                .count()
        };
        let counts = Counts {
            units: ledger.rows.len(),
            files: found.inputs.len(),
            skipped: found.skipped,
            errors: level(Severity::Error),
            warnings: level(Severity::Warning),
            notes: level(Severity::Note),
            silenced,
        };
        Verdict {
            files: found.inputs.into_iter().map(|input| input.shown).collect(),
            findings,
            ledger,
            counts,
            beside,
        }
    }

    /// Reads and judges one file by itself, in a buffer that the thread keeps.
    fn judge(&self, input: &Input) -> Judged {
        thread_local!(static BUFFER: Cell<Vec<u8>> = const { Cell::new(Vec::new()) });
        let mut buffer = BUFFER.take();
        let judged = self.judge_in(input, &mut buffer);
        BUFFER.set(buffer);
        judged
    }

    fn judge_in(&self, input: &Input, buffer: &mut Vec<u8>) -> Judged {
        let file = match FileText::read(input, buffer) {
            Ok(file) => file,
            Err(refusal) => {
                let draft = judge::refused(&refusal);
                let finding = self.finding_without_text(&input.shown, draft, refusal.line());
                return Judged {
                    findings: finding.into_iter().collect(),
                    ..Judged::default()
                };
            }
        };
        self.judge_text(&file)
    }

    fn judge_text(&self, file: &FileText<'_>) -> Judged {
        let arena = Arena::new();
        let opened = Opened::new(file, &arena, self.book.offset());
        let (plan, code) = (&opened.loaded.plan, opened.code());
        let index = code.and_then(|code| self.book.roster.index(code));
        // Without a roster every unit that has a file is in the ledger.
        let without_roster = self.book.campaign.unit.is_empty() && code.is_some();
        let own = without_roster.then(|| judge::unit_of_plan(plan));
        let unit = index
            .map(|index| &self.book.campaign.unit[index])
            .or(own.as_ref());
        let mut row = unit.map(|unit| {
            let records = Records {
                readings: opened.readings(),
                hosts: vec![],
            };
            judge::row(
                unit,
                Some(plan),
                true,
                cells(self.book.campaign, unit, &records, self.as_of.date),
            )
        });
        let cells = row.as_ref().map_or(&[][..], |row| &row.cells);
        let (findings, silenced) =
            self.findings(&opened, unit.filter(|_| index.is_some()).zip(index), cells);
        if let Some(row) = &mut row {
            row.let_go();
            row.problems = self.problems(&opened);
        }
        let set_aside = SetAside::of(plan, self.book.campaign, self.as_of.date);
        let unreadable = &opened.loaded.unreadable;
        let mut extract = Extract::of(plan, unreadable, self.book.campaign);
        if self.compares_texts {
            extract.texts = Texts::of(plan, unit);
        }
        Judged {
            extract,
            code: code.map(str::to_owned),
            unit: index,
            row,
            set_aside,
            findings,
            silenced,
        }
    }

    /// The problems of one file, if they are to be kept.
    fn problems(&self, opened: &Opened<'_>) -> Box<[ledger::Problem]> {
        if !self.keeps_problems {
            return Box::default();
        }
        let loaded = &opened.loaded;
        let soon = self.book.campaign.campaign.due_soon_days();
        ledger::problems(&loaded.plan, &loaded.unreadable, self.as_of.date, soon)
    }

    /// The findings of one file, and how many an exemption silenced.
    fn findings(
        &self,
        opened: &Opened<'_>,
        unit: Option<(&Unit, usize)>,
        cells: &[ledger::Cell],
    ) -> (Vec<Finding>, usize) {
        let mut drafts = opened.loaded.drafts.clone();
        drafts.extend(opened.encoding_note());
        let evidence = match self.looks_at_evidence {
            true => evidence::look(&opened.loaded.plan, self.book.folder),
            false => vec![],
        };
        let view = PlanView {
            evidence: &evidence,
            plan: &opened.loaded.plan,
            unreadable: &opened.loaded.unreadable,
            unit: unit.map(|(unit, index)| (index, unit)),
            cells,
            campaign: self.book.campaign,
            as_of: self.as_of,
        };
        for check in &self.checks {
            check(&view, &mut drafts);
        }
        for rule in &self.own {
            rule.check(&view, &mut drafts);
        }
        let mut listed = Vec::with_capacity(drafts.len());
        let mut silenced = 0;
        for mut draft in drafts {
            let Some(severity) = self.levels.of(&draft.rule) else {
                continue;
            };
            draft.unit = draft.unit.or_else(|| opened.code().map(str::to_owned));
            if judge::is_silenced(self.book, self.as_of.date, &draft) {
                silenced += 1;
                continue;
            }
            listed.push((draft, severity));
        }
        if listed.is_empty() {
            return (vec![], silenced);
        }
        limit::keep(&mut listed, At::Plan);
        let lines = opened.lines();
        let place = |(draft, severity)| self.finding(draft, severity, Some((opened, &lines)));
        (listed.into_iter().map(place).collect(), silenced)
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
            place: place(&draft.at, draft.label.clone()),
            cause: draft
                .cause
                .as_ref()
                .map(|(at, label)| place(at, label.clone())),
            unit: draft.unit,
            rule: draft.rule,
            message: draft.message,
            fix: draft.fix,
            edit_region: here.zip(edit.as_ref()).map(edit_region),
            edit,
        }
    }

    /// A finding about a file that gives no text: its place is the line where it ceases to be text, else the first.
    fn finding_without_text(&self, shown: &Arc<str>, draft: Draft, line: usize) -> Option<Finding> {
        let severity = self.levels.of(&draft.rule)?;
        let empty = Opened::empty_lines(shown);
        let mut place = empty.place(0..0, crate::path![], draft.label);
        (place.line, place.end_line, place.excerpt.first_line) = (line, line, line);
        let (rule, message, fix) = (draft.rule, draft.message, draft.fix);
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
