//! The places of findings about files that are no longer at hand.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use toml_spanner::Arena;

use super::judge::{FileText, Opened};
use super::{Run, limit};
use crate::discover::{Input, Inputs};
use crate::finding::{At, Draft, FieldPath, Finding, Place, Severity};
use crate::lang::Text;

/// What is to be found in a file that is no longer at hand.
enum Sought<'d> {
    /// The place of what another finding is because of.
    Cause(&'d FieldPath, &'d Text),
    /// What is said of the file.
    Finding(Severity),
}

/// What was found in it.
enum Spot {
    Cause(Place),
    Finding(Box<Finding>),
}

/// Drafts on their way to findings. Those about files need their texts: each file is read again, once.
pub(super) struct Placing<'p> {
    run: &'p Run<'p>,
    inputs: &'p Inputs,
    findings: Vec<Finding>,
    of_files: BTreeMap<usize, Vec<(Draft, Severity)>>,
}

impl<'p> Placing<'p> {
    /// Nothing yet; the drafts will be about these files, or about the campaign.
    pub(super) fn new(run: &'p Run<'p>, inputs: &'p Inputs) -> Placing<'p> {
        Placing {
            run,
            inputs,
            findings: Vec::new(),
            of_files: BTreeMap::new(),
        }
    }

    /// Takes a draft, unless its rule is silent. What is about no file has its place at once.
    pub(super) fn add(&mut self, draft: Draft) {
        let Some(severity) = self.run.levels.of(&draft.rule) else {
            return;
        };
        match draft.at {
            At::File(file, _) => self
                .of_files
                .entry(file)
                .or_insert_with(|| Vec::with_capacity(1))
                .push((draft, severity)),
            _ => self.findings.push(self.run.finding(draft, severity, None)),
        }
    }

    /// The findings.
    pub(super) fn findings(self) -> Vec<Finding> {
        let (mut findings, mut of_files) = (self.findings, self.of_files);
        for (file, drafts) in &mut of_files {
            limit::keep(drafts, |field| At::File(*file, field));
        }
        let drafts = of_files.into_values().flatten().collect();
        findings.extend(in_files(self.run, self.inputs, drafts));
        findings
    }
}

/// The findings of drafts about files.
fn in_files(run: &Run<'_>, inputs: &Inputs, drafts: Vec<(Draft, Severity)>) -> Vec<Finding> {
    let mut sought: BTreeMap<usize, Vec<(usize, Sought<'_>)>> = BTreeMap::new();
    for (number, (draft, severity)) in drafts.iter().enumerate() {
        if let At::File(file, _) = &draft.at {
            let what = Sought::Finding(*severity);
            sought.entry(*file).or_default().push((number, what));
        }
        if let Some((At::File(file, field), label)) = &draft.cause {
            let what = Sought::Cause(field, label);
            sought.entry(*file).or_default().push((number, what));
        }
    }
    let spots: Vec<Vec<(usize, Spot)>> = sought
        .into_par_iter()
        .map(|(file, sought)| spots(run, inputs.at(file), &drafts, sought))
        .collect();
    let mut whole: Vec<(Option<Finding>, Option<Place>)> = Vec::new();
    whole.resize_with(drafts.len(), Default::default);
    for (number, spot) in spots.into_iter().flatten() {
        match spot {
            Spot::Cause(place) => whole[number].1 = Some(place),
            Spot::Finding(finding) => whole[number].0 = Some(*finding),
        }
    }
    let whole = whole.into_iter().filter_map(|(finding, first)| {
        let finding = finding?;
        let cause = first.map(Arc::new).or(finding.cause);
        Some(Finding { cause, ..finding })
    });
    whole.collect()
}

/// Finds in one file what is sought there. A file that can no longer be read has no places but its first line.
fn spots(
    run: &Run<'_>,
    input: Input<'_>,
    drafts: &[(Draft, Severity)],
    sought: Vec<(usize, Sought<'_>)>,
) -> Vec<(usize, Spot)> {
    let text = FileText::kept(input).ok();
    let arena = Arena::new();
    let opened = text
        .as_ref()
        .map(|text| Opened::new(text, &arena, run.book.offset()));
    let opened = opened.map(|opened| (opened.lines(), opened));
    let spot = |number: usize, what| match (what, &opened) {
        (Sought::Cause(field, label), Some((lines, opened))) => {
            Some(Spot::Cause(opened.place(lines, field, label.clone())))
        }
        (Sought::Cause(..), None) => None,
        (Sought::Finding(severity), Some((lines, opened))) => {
            let draft = drafts[number].0.clone();
            let finding = run.finding(draft, severity, Some((opened, lines)));
            Some(Spot::Finding(Box::new(finding)))
        }
        (Sought::Finding(_), None) => {
            let finding = run.finding_without_text(input.shown, drafts[number].0.clone(), 1);
            finding.map(|finding| Spot::Finding(Box::new(finding)))
        }
    };
    let each = sought.into_iter();
    each.filter_map(|(number, what)| Some((number, spot(number, what)?)))
        .collect()
}
