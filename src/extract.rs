//! What is kept of a plan for the rules that see all of them, after its text has been let go.

use std::hash::BuildHasher;

use foldhash::fast::RandomState;

use crate::at;
use crate::campaign::{Campaign, Unit};
use crate::ledger::SetAside;
use crate::number::Number;
use crate::plan::{FieldAt, Plan};
use crate::read::Unreadable;
use crate::similar;

/// The document numbers of a plan, made comparable, in one piece: a line each, the plan's own first, then those of its
/// outcomes; a line is empty where there is none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Numbers(String);

impl Numbers {
    /// The document numbers of a plan.
    pub fn of(plan: &Plan<'_>) -> Numbers {
        let mut numbers = Numbers::default();
        numbers.fill(plan);
        numbers
    }

    /// Takes those of another plan instead.
    fn fill(&mut self, plan: &Plan<'_>) {
        let Numbers(lines) = self;
        lines.clear();
        let own = plan.plan.as_ref().and_then(|filing| filing.document_number);
        lines.push_str(&own.map(Number::key).unwrap_or_default());
        for outcome in &plan.outcome {
            lines.push('\n');
            lines.push_str(&outcome.document_number.map(Number::key).unwrap_or_default());
        }
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

/// That a file has a document number, of which only half a hash is kept: files whose numbers have the same may have the
/// same number. There may be millions, so the half and the file are one number to be sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark(u64);

impl Mark {
    fn new(half: u32, file: u32) -> Mark {
        Mark(u64::from(half) << 32 | u64::from(file))
    }

    /// Half a hash of the number.
    pub fn half(self) -> u32 {
        (self.0 >> 32) as u32
    }

    /// The file.
    pub fn file(self) -> u32 {
        self.0 as u32
    }
}

/// What all files come to, for the rules that see all of them.
#[derive(Debug, Default)]
pub struct Sum {
    /// A mark for each document number; none unless a rule compares them.
    pub marks: Vec<Mark>,
    /// The campaign's aspects that some measure is about, a bit each, by their order in the vocabulary.
    pub aspects: u64,
    /// Whether something in some file's measures cannot be read, so that there may be more.
    pub hides_measures: bool,
    /// The records of units of the ledger that are dated after the day.
    pub set_aside: SetAside,
    /// Where numbers are put together.
    numbers: Numbers,
}

impl Sum {
    /// Adds what a file has.
    pub fn add(&mut self, plan: &Plan<'_>, unreadable: &Unreadable, campaign: &Campaign) {
        let known = &campaign.vocabulary.aspects;
        let aspects = plan.measure.iter().filter_map(|measure| {
            let aspect = measure.aspect?.trim();
            known.iter().take(64).position(|known| known == aspect)
        });
        // The first few files are about all of them, as a rule.
        if self.aspects.count_ones() as usize != known.len().min(64) {
            self.aspects = aspects.fold(self.aspects, |bits, index| bits | 1 << index);
        }
        self.hides_measures |= unreadable.any_under("measure");
    }

    /// Adds marks of the document numbers of a file.
    pub fn mark(&mut self, plan: &Plan<'_>, file: u32, hash: &RandomState) {
        self.numbers.fill(plan);
        let half = |number: &str| (hash.hash_one(number) >> 32) as u32;
        let numbers = self.numbers.used();
        let of_file = numbers.map(|(_, number)| Mark::new(half(number), file));
        self.marks.extend(of_file);
    }

    /// Adds what other files have; what is found once need not be found again.
    pub fn take(&mut self, other: &mut Sum) {
        self.marks.append(&mut other.marks);
        self.aspects |= other.aspects;
        other.aspects = self.aspects;
        self.hides_measures |= other.hides_measures;
        let set_aside = std::mem::take(&mut other.set_aside);
        self.set_aside = self.set_aside.plus(set_aside);
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
    let listed = unit
        .into_iter()
        .flat_map(|unit| [Some(&*unit.name), unit.short()].into_iter().flatten());
    let names = std::iter::once(plan.unit.name).chain(listed);
    let mut names: Vec<String> = names.map(similar::plain).collect();
    names.sort_unstable_by(|one, other| other.len().cmp(&one.len()).then(one.cmp(other)));
    names.dedup();
    names
}

/// The extract of one plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extract {
    /// Numbers of the key measures that its measures answer; none unless the campaign has key measures.
    pub keys: Box<[u32]>,
    /// Whether something in its measures cannot be read, so that they may answer more.
    pub hides_measures: bool,
    /// Its texts; nothing unless a rule compares them.
    pub texts: Option<Texts>,
}

impl Extract {
    /// Whether a measure answers a key measure, or one that cannot be read may.
    pub fn may_answer(&self, key: u32) -> bool {
        self.hides_measures || self.keys.contains(&key)
    }

    /// What the measures of a plan answer of a campaign's key measures.
    pub fn of(plan: &Plan<'_>, unreadable: &Unreadable, campaign: &Campaign) -> Extract {
        let measures = plan.measure.iter();
        let asked = measures.filter(|_| !campaign.key_measure.is_empty());
        Extract {
            keys: asked.filter_map(|measure| measure.key).collect(),
            hides_measures: unreadable.any_under("measure"),
            texts: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use toml_spanner::Arena;

    use super::*;
    use crate::book::BookText;
    use crate::campaign::BUILT_IN;
    use crate::load;

    #[test]
    fn an_aspect_is_there_however_many_measures_are_about_it() {
        let campaign = BookText::read("campaign.toml".into(), BUILT_IN).1.unwrap();
        let mut sum = Sum::default();
        for aspects in [&["调查研究", "调查研究"][..], &["作风转变", "别的"]] {
            let measures = aspects.iter().map(|aspect| {
                format!("[[measure]]\naspect = \"{aspect}\"\ntext = \"每月下乡一次\"\n")
            });
            let text: String = measures.collect();
            let arena = Arena::new();
            let loaded = load::plan(&text, &arena, campaign.offset());
            sum.add(&loaded.plan, &loaded.unreadable, &campaign);
        }
        let known = campaign.vocabulary.aspects.iter().enumerate();
        let there: Vec<&str> = known
            .filter(|(index, _)| sum.aspects >> index & 1 == 1)
            .map(|(_, aspect)| aspect.as_str())
            .collect();
        assert_eq!(there, ["调查研究", "作风转变"]);
    }
}
