//! Many small files in the hands of a worker. One file's way through reading, the ledger and the rules is more code
//! than a processor's first cache holds, and each file would wait for all of it anew. So each step is taken for a
//! few files before the next step.

use std::cell::Cell;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use smol_str::SmolStr;
use toml_spanner::{Arena, Document};

use super::judge::{self, FileText, Opened};
use super::judged::{Called, Judged, More};
use super::standing::Standing;
use super::{Keep, Run, limit};
use crate::campaign::Unit;
use crate::discover::Inputs;
use crate::evidence;
use crate::extract::{Extract, Sum, Texts};
use crate::finding::{At, Draft, Finding};
use crate::ledger::{self, People, Records, SetAside, Told, cells};
use crate::load;
use crate::rules::PlanView;
use crate::source::Refusal;

/// So many files go together, unless there are too few for all threads.
const FILES: usize = 16;

/// No file is added once the texts have so many bytes, so that large files do not meet in memory.
const BYTES: usize = 256 * 1024;

thread_local! {
    /// What the files are read into; a thread keeps it.
    static BUFFERS: Cell<Vec<Vec<u8>>> = const { Cell::new(Vec::new()) };
}

/// A file that was read, in the eyes of the rules.
pub(super) struct Case<'c> {
    /// The file.
    pub opened: &'c Opened<'c>,
    /// Its unit, with its number in the roster.
    pub unit: Option<(&'c Unit, usize)>,
    /// The unit's cells.
    pub cells: &'c [ledger::Cell],
}

/// Whose file it is, by what it says itself, and where that unit stands by it.
#[derive(Default)]
struct Stands {
    /// The unit's number in the roster.
    listed: Option<usize>,
    /// The unit as the file describes it, where the roster does not have it.
    unlisted: Option<Unit>,
    in_ledger: bool,
    /// Nothing unless it is in the ledger.
    cells: Box<[ledger::Cell]>,
}

impl Stands {
    fn unit<'u>(&'u self, roster: &'u [Unit]) -> Option<&'u Unit> {
        match self.listed {
            Some(index) => roster.get(index),
            None => self.unlisted.as_ref(),
        }
    }
}

impl Run<'_> {
    /// Reads and judges each file by itself, and sums up what the files have.
    pub(super) fn judge(&self, inputs: &Inputs) -> (Vec<Judged>, Sum) {
        let shares = 4 * rayon::current_num_threads();
        let together = (inputs.len() / shares).clamp(1, FILES);
        // Each batch writes where its files belong: nothing is held twice.
        let mut judged = Vec::new();
        judged.resize_with(inputs.len(), Judged::default);
        let all = Mutex::new(Sum::default());
        judged.par_chunks_mut(together).enumerate().for_each_init(
            Sum::default,
            |sum, (number, judged)| {
                self.judge_batch(number * together, inputs, judged, sum);
                let mut all = all.lock().unwrap_or_else(PoisonError::into_inner);
                all.take(sum);
            },
        );
        let mut sum = all.into_inner().unwrap_or_else(PoisonError::into_inner);
        sum.marks.par_sort_unstable();
        (judged, sum)
    }

    /// Judges some files; `first` is the number of the first of them.
    fn judge_batch(&self, first: usize, inputs: &Inputs, judged: &mut [Judged], sum: &mut Sum) {
        let mut buffers = BUFFERS.take();
        buffers.resize_with(judged.len().max(buffers.len()), Vec::new);
        let mut before = 0;
        while before < judged.len() {
            let (mut read, mut bytes) = (Vec::with_capacity(judged.len()), 0);
            let numbers = first + before..first + judged.len();
            for (number, buffer) in numbers.zip(&mut buffers) {
                let file = FileText::read(inputs.at(number), buffer);
                bytes += file.as_ref().map_or(0, |file| file.text().len());
                read.push(file);
                if bytes > BYTES {
                    break;
                }
            }
            let these = before..before + read.len();
            before = these.end;
            let number = first + these.start;
            self.judge_read(number, inputs, read, &mut judged[these], sum);
        }
        buffers.retain(|buffer| buffer.len() <= BYTES);
        BUFFERS.set(buffers);
    }

    /// Judges the files that could be read, and says of the others why not.
    fn judge_read(
        &self,
        first: usize,
        inputs: &Inputs,
        read: Vec<Result<FileText<'_>, Refusal>>,
        judged: &mut [Judged],
        sum: &mut Sum,
    ) {
        let (mut texts, mut of_texts) = (Vec::with_capacity(read.len()), Vec::new());
        for ((number, file), judged) in (first..).zip(read).zip(&mut *judged) {
            match file {
                Ok(file) => {
                    texts.push((number, file));
                    of_texts.push(judged);
                }
                Err(refusal) => {
                    let draft = judge::refused(&refusal);
                    let shown = inputs.at(number).shown;
                    let finding = self.finding_without_text(shown, draft, refusal.line());
                    *judged = Judged::with_findings(finding.into_iter().collect());
                }
            }
        }
        let files = self.judge_texts(&texts, sum);
        for (judged, file) in of_texts.into_iter().zip(files) {
            *judged = file;
        }
        judged.iter().for_each(|_| (self.done)());
    }

    /// Judges texts, each by itself with the number of its file, and adds what they have to a sum.
    pub(super) fn judge_texts(
        &self,
        texts: &[(usize, FileText<'_>)],
        sum: &mut Sum,
    ) -> Vec<Judged> {
        let arena = Arena::new();
        let documents: Vec<Document<'_>> = texts
            .iter()
            .map(|(_, file)| load::parse(file.text(), &arena))
            .collect();
        let opened = texts.iter().zip(documents);
        let opened: Vec<Opened<'_>> = opened
            .map(|((_, file), document)| Opened::of(file, document, &arena, self.book.offset()))
            .collect();
        let mut before = None;
        let standing = opened.iter().map(|opened| {
            let standing = self.standing(opened, before);
            before = standing.listed;
            standing
        });
        let standing: Vec<Stands> = standing.collect();
        let cases = opened.iter().zip(&standing);
        let cases: Vec<Case<'_>> = cases
            .map(|(opened, stands)| self.case(opened, stands))
            .collect();
        let findings = self.findings(&cases);
        let each = texts.iter().zip(&opened).zip(standing).zip(findings);
        each.map(|((((file, _), opened), stands), findings)| {
            self.add_to(sum, *file as u32, opened, &stands);
            Judged {
                listed: stands.listed.map(|index| index as u32),
                standing: Standing::of(&stands.cells),
                more: self.more(opened, stands, findings),
            }
        })
        .collect()
    }

    /// Whose file it is, and where that unit stands; `before` is the unit of the file before.
    fn standing(&self, opened: &Opened<'_>, before: Option<usize>) -> Stands {
        let roster = &self.book.campaign.unit;
        let code = opened.code();
        let listed = code.and_then(|code| self.book.roster.index_after(before, code));
        let unlisted = code.filter(|_| listed.is_none());
        let unlisted = unlisted.map(|_| judge::unit_of_plan(&opened.loaded.plan));
        let mut stands = Stands {
            listed,
            unlisted,
            ..Stands::default()
        };
        // Without a roster every unit that has a file is in the ledger.
        stands.in_ledger = listed.is_some() || roster.is_empty() && code.is_some();
        let unit = stands.unit(roster).filter(|_| stands.in_ledger);
        let cells = unit.map(|unit| {
            opened.with_readings(|readings| {
                let hosts = &[];
                let records = Records { readings, hosts };
                cells(&self.book.office, unit, &records, self.as_of.date)
            })
        });
        stands.cells = cells.unwrap_or_default();
        stands
    }

    fn case<'c>(&'c self, opened: &'c Opened<'c>, stands: &'c Stands) -> Case<'c> {
        let roster = &self.book.campaign.unit;
        Case {
            opened,
            unit: stands.listed.map(|index| (&roster[index], index)),
            cells: &stands.cells,
        }
    }

    /// Adds what a file has to what all of them come to.
    fn add_to(&self, sum: &mut Sum, file: u32, opened: &Opened<'_>, stands: &Stands) {
        let (plan, campaign) = (&opened.loaded.plan, self.book.campaign);
        sum.add(plan, &opened.loaded.unreadable, campaign);
        if stands.in_ledger {
            let aside = SetAside::of(plan, campaign, self.as_of.date);
            sum.set_aside = sum.set_aside.plus(aside);
        }
        if self.compares_numbers {
            sum.mark(plan, file, &self.hash);
        }
        if !self.results.is_empty() {
            let named = evidence::named(plan, self.book.folder, &self.results);
            if let Ok(mut evidence) = self.evidence.lock() {
                evidence.extend(named.cloned());
            }
        }
    }

    /// What is kept of a file for when its text has been let go; nothing where there is nothing to be said of it, and
    /// nothing asks for anything.
    fn more(
        &self,
        opened: &Opened<'_>,
        stands: Stands,
        (findings, silenced): (Vec<Finding>, usize),
    ) -> Option<Box<More>> {
        let (plan, campaign) = (&opened.loaded.plan, self.book.campaign);
        let texts = self
            .compares_texts
            .then(|| Texts::of(plan, stands.unit(&campaign.unit)));
        let extract = (texts.is_some() || !campaign.key_measure.is_empty()).then(|| Extract {
            texts,
            ..Extract::of(plan, &opened.loaded.unreadable, campaign)
        });
        let in_ledger = !stands.cells.is_empty() && self.keep > Keep::Findings;
        let said = !findings.is_empty() || silenced > 0;
        let more = said || in_ledger || extract.is_some() || stands.unlisted.is_some();
        more.then(|| {
            let (told, cells) = match in_ledger {
                true => (self.told(opened), stands.cells),
                false => Default::default(),
            };
            Box::new(More {
                unlisted: stands.unlisted.map(|unit| Called::of(&unit).into()),
                findings: findings.into(),
                silenced,
                cells,
                told,
                extract: extract.map(Box::new),
            })
        })
    }

    /// What else is to be kept of a unit by its file.
    pub(super) fn told(&self, opened: &Opened<'_>) -> Option<Box<Told>> {
        let (plan, unreadable) = (&opened.loaded.plan, &opened.loaded.unreadable);
        let problems = || {
            let soon = self.book.campaign.campaign.due_soon_days();
            ledger::problems(plan, unreadable, self.as_of.date, soon)
        };
        let told = || Told {
            people: People::of(plan),
            problems: (self.keep >= Keep::Problems)
                .then(problems)
                .unwrap_or_default(),
        };
        (self.keep >= Keep::People).then(|| Box::new(told()))
    }

    /// The findings of each file, and how many an exemption silenced.
    pub(super) fn findings(&self, cases: &[Case<'_>]) -> Vec<(Vec<Finding>, usize)> {
        let evidence: Vec<Vec<evidence::Item<'_>>> = cases
            .iter()
            .map(|case| match self.looks_at_evidence {
                true => evidence::look(&case.opened.loaded.plan, self.book.folder),
                false => vec![],
            })
            .collect();
        let seen = cases.iter().zip(&evidence);
        let views: Vec<PlanView<'_>> = seen
            .map(|(case, evidence)| self.view(case, evidence))
            .collect();
        let mut drafts: Vec<Vec<Draft>> = cases
            .iter()
            .map(|case| case.opened.loaded.drafts.clone())
            .collect();
        for (case, drafts) in cases.iter().zip(&mut drafts) {
            drafts.extend(case.opened.encoding_note());
        }
        for check in &self.checks {
            for (view, drafts) in views.iter().zip(&mut drafts) {
                check(view, drafts);
            }
        }
        for rule in &self.own {
            for (view, drafts) in views.iter().zip(&mut drafts) {
                rule.check(view, drafts);
            }
        }
        let each = cases.iter().zip(drafts);
        each.map(|(case, drafts)| self.listed(case, drafts))
            .collect()
    }

    fn view<'v>(&'v self, case: &'v Case<'v>, evidence: &'v [evidence::Item<'v>]) -> PlanView<'v> {
        let loaded = &case.opened.loaded;
        PlanView {
            evidence,
            plan: &loaded.plan,
            unreadable: &loaded.unreadable,
            unit: case.unit.map(|(unit, index)| (index, unit)),
            cells: case.cells,
            campaign: self.book.campaign,
            roster: &self.book.roster,
            as_of: self.as_of,
        }
    }

    /// What is said of a file, by the levels and exemptions, with its places.
    fn listed(&self, case: &Case<'_>, drafts: Vec<Draft>) -> (Vec<Finding>, usize) {
        let opened = case.opened;
        let mut listed = Vec::with_capacity(drafts.len());
        let mut silenced = 0;
        for mut draft in drafts {
            let Some(severity) = self.levels.of(&draft.rule) else {
                continue;
            };
            draft.unit = draft.unit.or_else(|| opened.code().map(SmolStr::new));
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
}
