//! Checks of texts as they stand in the editor, by the very run that `duban check` makes. One text is checked at
//! once, with the files that it cannot be judged without; all files of the campaign together in the background.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use toml_spanner::{Arena, parse_recoverable};

use super::books::{Key, RuleBook, Whole};
use crate::book::{Book, BookText};
use crate::calendar::AsOf;
use crate::check::{Keep, Run, Verdict};
use crate::discover::{self, Found, Input, Inputs, discover};
use crate::finding::Finding;
use crate::levels::Choice;
use crate::locate::locate;
use crate::source::Lines;

/// The day that everything is judged by: the one named, else today.
pub(super) fn as_of(wish: Option<&str>, book: &RuleBook) -> AsOf {
    let offset = book.campaign.offset();
    // What was named was read once when the server began.
    wish.and_then(|wish| AsOf::parse(wish, offset))
        .unwrap_or_else(|| AsOf::today(offset))
}

fn verdict(book: &RuleBook, found: Found, as_of: AsOf, whole_roster: bool) -> Verdict {
    let text = BookText::again(book.shown.clone(), &book.text);
    let rules = Book::new(&text, &book.campaign).in_folder(book.folder.as_deref());
    let run = Run::new(&rules, &Choice::default(), as_of, whole_roster);
    run.keeping(Keep::Findings).check(found)
}

/// What is wrong with one text, as far as it and the files beside it tell.
pub(super) fn alone(book: &RuleBook, shown: &str, mut inputs: Inputs, as_of: AsOf) -> Vec<Finding> {
    inputs.sort();
    let found = Found {
        inputs,
        ..Found::default()
    };
    let findings = verdict(book, found, as_of, false).findings.into_iter();
    findings
        .filter(|finding| &*finding.place.file == shown)
        .collect()
}

/// All files of a campaign, to be checked together.
pub(super) struct Job {
    /// Which campaign.
    pub key: Key,
    /// The rule book.
    pub book: Arc<RuleBook>,
    /// The day.
    pub as_of: AsOf,
    /// The texts that are open.
    pub open: Inputs,
}

/// What came of it.
pub(super) struct Answer {
    /// Which campaign.
    pub key: Key,
    /// What was learnt.
    pub whole: Whole,
}

impl Job {
    /// Does the work on threads of its own, so that a text that changes meanwhile does not wait for it.
    pub(super) fn run(self) -> Answer {
        let threads = std::thread::available_parallelism().map_or(1, |n| n.get().div_ceil(2));
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        let whole = match pool {
            Ok(pool) => pool.install(|| self.whole()),
            Err(_) => self.whole(),
        };
        Answer {
            key: self.key,
            whole,
        }
    }

    fn whole(&self) -> Whole {
        let Some(folder) = &self.book.folder else {
            return Whole::default();
        };
        let found = self.found(folder);
        let Verdict {
            findings, beside, ..
        } = verdict(&self.book, found, self.as_of, true);
        let mut by_file: BTreeMap<Arc<str>, Vec<Finding>> = BTreeMap::new();
        for finding in findings {
            let file = finding.place.file.clone();
            by_file.entry(file).or_default().push(finding);
        }
        let mut more = HashMap::new();
        let of_book = by_file.remove(&self.book.shown).unwrap_or_default();
        more.insert(self.book.shown.clone(), (self.book.text.clone(), of_book));
        for input in self.open.iter() {
            let (Some(text), Some(mut findings)) = (input.held(), by_file.remove(input.shown))
            else {
                continue;
            };
            let mut inputs: Inputs = beside.get(input.shown).cloned().unwrap_or_default();
            inputs.push(input);
            let alone = alone(&self.book, input.shown, inputs, self.as_of);
            findings.retain(|finding| !alone.contains(finding));
            more.insert(input.shown.into(), (text.clone(), findings));
        }
        Whole { beside, more }
    }

    /// The plan files of the campaign: those on disk, with the texts that are open in place of what is saved.
    fn found(&self, folder: &Path) -> Found {
        let mut found = discover(&[folder.to_owned()]);
        // What lies below another rule book is another campaign's.
        let others: Vec<PathBuf> = found
            .campaigns
            .iter()
            .filter(|book| Some(*book) != self.key.as_ref())
            .filter_map(|book| book.parent().map(Path::to_owned))
            .filter(|other| other != folder)
            .collect();
        let elsewhere = |path: &Path| others.iter().any(|other| path.starts_with(other));
        let open: HashSet<_> = self.open.iter().filter_map(Input::path).collect();
        found.inputs.retain(|_, input| {
            let path = input.path();
            !path.is_some_and(|path| open.contains(path) || elsewhere(path))
        });
        for input in self.open.iter() {
            found.inputs.push(input);
        }
        found.inputs.sort();
        found
    }
}

/// Findings of a text that has changed since, at the places that their fields have now.
pub(super) fn moved(findings: &[Finding], before: &str, text: &str) -> Vec<Finding> {
    let mut findings = findings.to_vec();
    if before == text || findings.is_empty() {
        return findings;
    }
    let arena = Arena::new();
    let document = parse_recoverable(text, &arena);
    let Some(first) = findings.first() else {
        return findings;
    };
    let lines = Lines::new(first.place.file.clone(), text);
    for finding in &mut findings {
        let (field, label) = (finding.place.field.clone(), finding.place.label.clone());
        let span = locate(document.table(), text, &field);
        finding.place = lines.place(span, field, label);
        (finding.edit, finding.edit_region) = (None, None);
    }
    findings
}

/// Whether a text that belongs to no campaign is meant as a plan: other programs have TOML files, too.
pub(super) fn looks_like_plan(text: &str) -> bool {
    let arena = Arena::new();
    let document = parse_recoverable(text, &arena);
    let tables = crate::plan::Plan::KEYS.iter();
    tables
        .filter_map(|key| document.table().get(key))
        .any(|item| item.as_table().is_some() || item.as_array().is_some())
}

/// Whether a path is a plan file of a rule book's folder.
pub(super) fn is_plan(key: &Key, path: &Path) -> bool {
    let folder = key.as_deref().and_then(Path::parent);
    let folder = folder.filter(|folder| path.starts_with(folder));
    match folder.or(path.parent()) {
        Some(folder) => discover::is_plan(folder, path),
        None => false,
    }
}
