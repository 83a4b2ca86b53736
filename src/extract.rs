//! What is kept of a plan for the rules that see all of them, after its text has been let go.

use crate::campaign::Campaign;
use crate::finding::FieldAt;
use crate::ledger::number_key;
use crate::plan::Plan;
use crate::read::Unreadable;

/// A document number that a plan uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsedNumber {
    /// The number, made comparable.
    pub key: String,
    /// Where it stands.
    pub at: FieldAt,
}

/// The extract of one plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extract {
    /// Document numbers of the plan and of its outcomes.
    pub numbers: Vec<UsedNumber>,
    /// Numbers of the key measures that its measures answer.
    pub keys: Vec<u32>,
    /// Whether something in its measures cannot be read, so that they may answer more.
    pub hides_measures: bool,
    /// The campaign's aspects that its measures are about, a bit each, by their order in the vocabulary.
    pub aspects: u64,
}

impl Extract {
    /// Whether a measure answers a key measure, or one that cannot be read may.
    pub fn may_answer(&self, key: u32) -> bool {
        self.hides_measures || self.keys.contains(&key)
    }

    /// Takes the extract of a plan.
    pub fn of(plan: &Plan<'_>, unreadable: &Unreadable, campaign: &Campaign) -> Extract {
        let filing = plan.plan.as_ref().and_then(|filing| filing.document_number);
        let filing = filing.map(|number| (FieldAt::key("plan", "document_number"), number));
        let outcomes = plan.outcome.iter().enumerate().filter_map(|(i, outcome)| {
            Some((
                FieldAt::of("outcome", i, "document_number"),
                outcome.document_number?,
            ))
        });
        let numbers = filing.into_iter().chain(outcomes);
        let numbers = numbers.map(|(at, number)| UsedNumber {
            key: number_key(number).into_owned(),
            at,
        });
        let aspects = plan.measure.iter().filter_map(|measure| {
            let aspect = measure.aspect?.trim();
            campaign
                .vocabulary
                .aspects
                .iter()
                .take(64)
                .position(|known| known == aspect)
        });
        Extract {
            numbers: numbers.collect(),
            keys: plan
                .measure
                .iter()
                .filter_map(|measure| measure.key)
                .collect(),
            hides_measures: unreadable.any_under("measure"),
            aspects: aspects.fold(0, |bits, index| bits | 1 << index),
        }
    }
}
