//! Whose file is whose.

use smol_str::SmolStr;

use super::{Judged, Run, Whose};
use crate::discover::Input;

/// A unit's place in the ledger: its number in the roster, or without one its code.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Key {
    Roster(usize),
    Code(SmolStr),
}

/// Whose file is whose: all claims, in the order of the units and of their files.
pub(super) struct Owners(Vec<Claim>);

/// That a file is a unit's.
struct Claim {
    key: Key,
    file: u32,
    /// Whether the file says so itself, rather than its name.
    sure: bool,
}

/// The files of a unit: one at least.
#[derive(Clone, Copy)]
pub(super) struct Owner<'o>(&'o [Claim]);

impl<'o> Owner<'o> {
    /// Their numbers among the files read.
    pub(super) fn files(self) -> impl Iterator<Item = usize> + 'o {
        self.0.iter().map(|claim| claim.file as usize)
    }

    /// Whether the files say so themselves.
    pub(super) fn sure(self) -> bool {
        self.0.iter().all(|claim| claim.sure)
    }
}

impl Owners {
    /// The files of a unit, if it has any.
    pub(super) fn get(&self, key: &Key) -> Option<Owner<'_>> {
        let start = self.0.partition_point(|claim| claim.key < *key);
        let of_key = self.0[start..]
            .iter()
            .take_while(|claim| claim.key == *key)
            .count();
        (of_key > 0).then(|| Owner(&self.0[start..start + of_key]))
    }

    /// Units in the order of their keys, each with its files.
    pub(super) fn of_each(
        &self,
        keys: impl Iterator<Item = Key>,
    ) -> impl Iterator<Item = (Key, Option<Owner<'_>>)> {
        let mut owners = self.all().peekable();
        keys.map(move |key| {
            let owner = owners.next_if(|(of_unit, _)| **of_unit == key);
            (key, owner.map(|(_, owner)| owner))
        })
    }

    /// Every unit that has files.
    pub(super) fn all(&self) -> impl Iterator<Item = (&Key, Owner<'_>)> {
        let of_units = self.0.chunk_by(|one, other| one.key == other.key);
        of_units.map(|claims| (&claims[0].key, Owner(claims)))
    }

    /// The files that say themselves whose they are.
    pub(super) fn sure_files(&self) -> impl Iterator<Item = usize> {
        let sure = self.0.iter().filter(|claim| claim.sure);
        sure.map(|claim| claim.file as usize)
    }
}

/// Whose file is whose. A file whose code cannot be read is its name's, if no other file is.
pub(super) fn owners(run: &Run<'_>, inputs: &[Input], judged: &[Judged]) -> Owners {
    let roster = &run.book.roster;
    let no_roster = run.book.campaign.unit.is_empty();
    let by_itself = |judged: &Judged| match &judged.whose {
        Whose::Nobody => None,
        Whose::Listed(unit) => Some(Key::Roster(*unit as usize)),
        Whose::Unlisted(unit) => no_roster.then(|| Key::Code(unit.code.clone())),
    };
    let mut owners = Owners(Vec::with_capacity(judged.len()));
    owners
        .0
        .extend((0..).zip(judged).filter_map(|(file, judged)| {
            let (key, sure) = (by_itself(judged)?, true);
            Some(Claim { key, file, sure })
        }));
    owners.0.sort_by(|one, other| one.key.cmp(&other.key));
    let by_name = |(file, (judged, input)): (u32, (&Judged, &Input))| {
        let nameless = matches!(judged.whose, Whose::Nobody);
        let index = nameless.then(|| roster.by_file_stem(input.stem()?))??;
        let (key, sure) = (Key::Roster(index), false);
        owners
            .get(&key)
            .is_none()
            .then_some(Claim { key, file, sure })
    };
    let by_name: Vec<Claim> = (0..)
        .zip(judged.iter().zip(inputs))
        .filter_map(by_name)
        .collect();
    if !by_name.is_empty() {
        owners.0.extend(by_name);
        owners.0.sort_by(|one, other| one.key.cmp(&other.key));
    }
    owners
}
