//! What is kept of a plan for the rules that see all of them, after its text has been let go.

use std::cell::Cell;

use crate::at;
use crate::campaign::{Campaign, Unit};
use crate::ledger::number_key;
use crate::plan::{FieldAt, Plan};
use crate::read::Unreadable;
use crate::similar;

/// The document numbers of a plan, made comparable, in one piece: a line each, the plan's own first, then those of its
/// outcomes; a line is empty where there is none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Numbers(Box<str>);

impl Numbers {
    fn of(plan: &Plan<'_>) -> Numbers {
        thread_local! {
            /// Where they are put together; a thread keeps it.
            static LINES: Cell<String> = const { Cell::new(String::new()) };
        }
        let mut lines = LINES.take();
        lines.clear();
        let own = plan.plan.as_ref().and_then(|filing| filing.document_number);
        lines.push_str(&own.map(number_key).unwrap_or_default());
        for outcome in &plan.outcome {
            lines.push('\n');
            lines.push_str(&outcome.document_number.map(number_key).unwrap_or_default());
        }
        let numbers = Numbers(Box::from(&*lines));
        LINES.set(lines);
        numbers
    }

    /// How many lines there are, whether they are numbers or not.
    pub fn lines(&self) -> usize {
        1 + memchr::memchr_iter(b'\n', self.0.as_bytes()).count()
    }

    /// The number of a line, which may be nothing.
    pub fn on(&self, line: usize) -> &str {
        self.0.split('\n').nth(line).unwrap_or_default()
    }

    /// Those that are numbers, each with its line: what has no digit (待定, or nothing at all) is none yet.
    pub fn used(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.0.split('\n').enumerate();
        lines.filter(|(_, number)| number.bytes().any(|byte| byte.is_ascii_digit()))
    }

    /// Where the number of a line stands in the plan.
    pub fn at(line: usize) -> FieldAt {
        match line.checked_sub(1) {
            Some(outcome) => at!["outcome", outcome, "document_number"],
            None => at!["plan", "document_number"],
        }
    }
}

/// The kinds of text that are compared with each other's, each only with its own kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextKind {
    /// What a problem says.
    Problem,
    /// What a measure says.
    Measure,
    /// An outcome's title, and what it is based on.
    Outcome,
}

impl TextKind {
    /// Every kind.
    pub const ALL: [TextKind; 3] = [TextKind::Problem, TextKind::Measure, TextKind::Outcome];
}

/// A text of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct TextAt {
    kind: TextKind,
    /// Its element of the list.
    index: usize,
    /// Where it ends in [`Texts::signs`].
    end: usize,
}

/// The texts of a plan, made comparable, in one piece: there may be a million of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    signs: Box<[u16]>,
    all: Box<[TextAt]>,
}

impl Texts {
    /// Takes the texts of a plan; `unit` is whose it is, as far as is known.
    pub fn of(plan: &Plan<'_>, unit: Option<&Unit>) -> Texts {
        let names = names(plan, unit);
        let (mut signs, mut all) = (Vec::new(), Vec::new());
        let mut take = |kind, index, text: &str| {
            if let Some(comparable) = similar::comparable(text, &names) {
                signs.extend(comparable);
                let end = signs.len();
                all.push(TextAt { kind, index, end });
            }
        };
        for (index, problem) in plan.problem.iter().enumerate() {
            take(TextKind::Problem, index, problem.text.unwrap_or_default());
        }
        for (index, measure) in plan.measure.iter().enumerate() {
            take(TextKind::Measure, index, measure.text.unwrap_or_default());
        }
        for (index, outcome) in plan.outcome.iter().enumerate() {
            let title = outcome.title.unwrap_or_default();
            let whole = [title, outcome.based_on.unwrap_or_default()].concat();
            take(TextKind::Outcome, index, &whole);
        }
        Texts {
            signs: signs.into(),
            all: all.into(),
        }
    }

    /// The texts of a kind: each with its element of the list.
    pub fn of_kind(&self, kind: TextKind) -> impl Iterator<Item = (usize, &[u16])> {
        let starts = std::iter::once(0).chain(self.all.iter().map(|text| text.end));
        let all = self.all.iter().zip(starts);
        all.filter(move |(text, _)| text.kind == kind)
            .map(|(text, start)| (text.index, &self.signs[start..text.end]))
    }
}

/// What a unit calls itself, made plain, the longest first.
fn names(plan: &Plan<'_>, unit: Option<&Unit>) -> Vec<String> {
    let listed = unit.into_iter().flat_map(|unit| {
        let short = unit.short.as_deref();
        [Some(&*unit.name), short].into_iter().flatten()
    });
    let names = std::iter::once(plan.unit.name).chain(listed);
    let mut names: Vec<String> = names.map(similar::plain).collect();
    names.sort_unstable_by(|one, other| other.len().cmp(&one.len()).then(one.cmp(other)));
    names.dedup();
    names
}

/// The extract of one plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extract {
    /// Document numbers of the plan and of its outcomes.
    pub numbers: Numbers,
    /// Numbers of the key measures that its measures answer.
    pub keys: Box<[u32]>,
    /// Whether something in its measures cannot be read, so that they may answer more.
    pub hides_measures: bool,
    /// The campaign's aspects that its measures are about, a bit each, by their order in the vocabulary.
    pub aspects: u64,
    /// Its texts; nothing unless a rule compares them.
    pub texts: Option<Box<Texts>>,
}

impl Extract {
    /// Whether a measure answers a key measure, or one that cannot be read may.
    pub fn may_answer(&self, key: u32) -> bool {
        self.hides_measures || self.keys.contains(&key)
    }

    /// Takes the extract of a plan, but for its texts.
    pub fn of(plan: &Plan<'_>, unreadable: &Unreadable, campaign: &Campaign) -> Extract {
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
            numbers: Numbers::of(plan),
            keys: plan
                .measure
                .iter()
                .filter_map(|measure| measure.key)
                .collect(),
            hides_measures: unreadable.any_under("measure"),
            aspects: aspects.fold(0, |bits, index| bits | 1 << index),
            texts: None,
        }
    }
}
