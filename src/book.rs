//! The rule book in use: a campaign with its text, so that findings can point into it, and its roster.

mod pieces;

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::FixedOffset;
use toml_spanner::{Arena, parse_recoverable};

use crate::campaign::{Campaign, Roster, prove};
use crate::finding::{At, Draft, FieldPath, Finding, Place, Severity};
use crate::lang::Text;
use crate::ledger::Office;
use crate::load;
use crate::locate::Places;
use crate::source::Lines;

/// So many places are held for the findings that share them: there are not so many deadlines.
const SHARED: usize = 32;

/// The text of a campaign, with its places.
pub struct BookText<'t> {
    lines: Lines<'t>,
    text: &'t str,
    places: Places,
    /// Places that many findings may have in common.
    shared: Mutex<Vec<Arc<Place>>>,
}

impl<'t> BookText<'t> {
    /// The text of a campaign that was read before: only for its places.
    pub fn again(name: Arc<str>, text: &'t str) -> BookText<'t> {
        let arena = Arena::new();
        let places = Places::of(parse_recoverable(text, &arena).table(), text);
        BookText::with(name, text, places)
    }

    /// Reads a campaign from its text, under the name that findings show. What is wrong with it comes
    /// instead of the campaign, all of it.
    pub fn read(name: Arc<str>, text: &'t str) -> (BookText<'t>, Result<Campaign, Vec<Finding>>) {
        let (campaign, drafts, places) = match pieces::campaign(text) {
            Some((campaign, places)) => (campaign, vec![], places),
            None => {
                let arena = Arena::new();
                let document = parse_recoverable(text, &arena);
                let (campaign, drafts) = load::campaign(text, &document);
                (campaign, drafts, Places::of(document.table(), text))
            }
        };
        let book = BookText::with(name, text, places);
        // A rule book that could not be read has nothing that could be proved.
        let drafts = match drafts.is_empty() {
            true => prove(&campaign),
            false => drafts,
        };
        let campaign = match drafts.is_empty() {
            true => Ok(campaign),
            false => Err(book.findings(drafts)),
        };
        (book, campaign)
    }

    fn with(name: Arc<str>, text: &'t str, places: Places) -> BookText<'t> {
        BookText {
            lines: Lines::new(name, text),
            text,
            places,
            shared: Mutex::default(),
        }
    }

    /// The place of a field of the campaign.
    pub fn place(&self, field: &FieldPath, label: Text) -> Place {
        let span = self.places.locate(self.text, field);
        self.lines.place(span, field.clone(), label)
    }

    /// The place of a field that makes things in many files wrong, such as a deadline. The first few that are asked for
    /// are held once.
    pub fn cause(&self, field: &FieldPath, label: &Text) -> Arc<Place> {
        let mut shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        let same = |place: &&Arc<Place>| place.field == *field && place.label == *label;
        if let Some(place) = shared.iter().find(same) {
            return place.clone();
        }
        let place = Arc::new(self.place(field, label.clone()));
        if shared.len() < SHARED {
            shared.push(place.clone());
        }
        place
    }

    /// What is wrong with the rule book itself: always errors, since it then gives no verdict.
    fn findings(&self, drafts: Vec<Draft>) -> Vec<Finding> {
        let place = |at: &At, label: &Text| match at {
            At::Span(span, field) => self.lines.place(span.clone(), field.clone(), label.clone()),
            At::Campaign(field) | At::Plan(field) | At::File(_, field) => {
                self.place(field, label.clone())
            }
        };
        let finding = |draft: Draft| Finding {
            severity: Severity::Error,
            unit: None,
            place: place(&draft.at, &draft.label),
            cause: draft
                .cause
                .as_ref()
                .map(|(at, label)| Arc::new(place(at, label))),
            rule: Arc::new(draft.rule),
            message: draft.message,
            fix: draft.fix,
            edit_region: draft
                .edit
                .as_ref()
                .map(|edit| self.lines.region(edit.span.clone()).into()),
            edit: draft.edit.map(Box::new),
        };
        let mut findings: Vec<Finding> = drafts.into_iter().map(finding).collect();
        findings.sort_by(Finding::order);
        findings
    }
}

/// A campaign that can be used.
pub struct Book<'b> {
    /// Its text.
    pub text: &'b BookText<'b>,
    /// The campaign.
    pub campaign: &'b Campaign,
    /// Its roster.
    pub roster: Roster<'b>,
    /// What the office has granted.
    pub office: Office<'b>,
    /// Its folder, from which paths of evidence start; none for the built-in campaign.
    pub folder: Option<&'b Path>,
}

impl<'b> Book<'b> {
    /// Puts a campaign together with its text.
    pub fn new(text: &'b BookText<'b>, campaign: &'b Campaign) -> Book<'b> {
        Book {
            text,
            campaign,
            roster: Roster::of(campaign),
            office: Office::of(campaign),
            folder: None,
        }
    }

    /// The same with the folder of the campaign.
    pub fn in_folder(self, folder: Option<&'b Path>) -> Book<'b> {
        Book { folder, ..self }
    }

    /// The zone of the campaign's dates.
    pub fn offset(&self) -> FixedOffset {
        self.campaign.offset()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::campaign::BUILT_IN;
    use crate::path;

    #[test]
    fn a_place_that_many_findings_share_is_held_once_and_there_are_not_many_such() {
        let (book, _) = BookText::read("campaign.toml".into(), BUILT_IN);
        let due = |index: usize| path!["milestone", index, "due"];
        let label = Text::same("2022");
        let first = book.cause(&due(0), &label);
        assert_eq!(*first, book.place(&due(0), label.clone()));
        assert!(Arc::ptr_eq(&first, &book.cause(&due(0), &label)));
        for (field, label) in [(due(1), label.clone()), (due(0), Text::same("2023"))] {
            let other = book.cause(&field, &label);
            assert_eq!(*other, book.place(&field, label));
        }
        let shared = |index: usize| {
            let (one, again) = (
                book.cause(&due(index), &label),
                book.cause(&due(index), &label),
            );
            assert_eq!(one, again);
            Arc::ptr_eq(&one, &again)
        };
        // With that of another label there are so many.
        assert_eq!(
            (2..2 * SHARED).filter(|index| shared(*index)).count(),
            SHARED - 3
        );
        assert!(Arc::ptr_eq(&first, &book.cause(&due(0), &label)));
    }
}
