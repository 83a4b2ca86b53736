//! Whose file is whose.

use super::Run;
use super::judged::Judged;
use crate::discover::{Input, Inputs};

/// Whose file is whose: all claims, in the order of the units and of their files.
#[derive(Debug)]
pub(super) struct Owners(Vec<Claim>);

/// That a file is a unit's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Claim {
    /// The unit: its number in the roster, or without one the rank of its code among all of them.
    unit: u32,
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
    pub(super) fn get(&self, unit: usize) -> Option<Owner<'_>> {
        let start = self.0.partition_point(|claim| (claim.unit as usize) < unit);
        let of_unit = self.0[start..]
            .iter()
            .take_while(|claim| claim.unit as usize == unit)
            .count();
        (of_unit > 0).then(|| Owner(&self.0[start..start + of_unit]))
    }

    /// Units in the order of their numbers, each with its files.
    pub(super) fn of_each(
        &self,
        units: impl Iterator<Item = usize>,
    ) -> impl Iterator<Item = (usize, Option<Owner<'_>>)> {
        let mut owners = self.all().peekable();
        units.map(move |unit| {
            let owner = owners.next_if(|(of_unit, _)| *of_unit == unit);
            (unit, owner.map(|(_, owner)| owner))
        })
    }

    /// Every unit that has files.
    pub(super) fn all(&self) -> impl Iterator<Item = (usize, Owner<'_>)> {
        let of_units = self.0.chunk_by(|one, other| one.unit == other.unit);
        of_units.map(|claims| (claims[0].unit as usize, Owner(claims)))
    }

    /// The files of each unit that has more than one, if they say themselves whose they are.
    pub(super) fn several(&self) -> impl Iterator<Item = Vec<usize>> {
        let sure = self.all().filter(|(_, owner)| owner.sure());
        let files = sure.map(|(_, owner)| owner.files().collect());
        files.filter(|files: &Vec<usize>| files.len() > 1)
    }
}

/// Whose file is whose. A file whose code cannot be read is its name's, if no other file is.
pub(super) fn owners(run: &Run<'_>, inputs: &Inputs, judged: &[Judged]) -> Owners {
    let units = &run.book.campaign.unit;
    let no_roster = units.is_empty();
    let mut owners = Owners(match no_roster {
        true => by_code(judged),
        false => by_number(judged),
    });
    owners.0.sort_unstable();
    let roster = &run.book.roster;
    let by_name = |(file, (judged, input)): (u32, (&Judged, Input<'_>))| {
        let nameless = judged.called(units).is_none();
        let unit = nameless.then(|| roster.by_file_stem(input.stem()?))??;
        owners.get(unit).is_none().then_some(Claim {
            unit: unit as u32,
            file,
            sure: false,
        })
    };
    let by_name: Vec<Claim> = (0..)
        .zip(judged.iter().zip(inputs.iter()))
        .filter_map(by_name)
        .collect();
    owners.0.extend(by_name);
    owners.0.sort_unstable();
    owners
}

/// What the files say themselves, by the roster.
fn by_number(judged: &[Judged]) -> Vec<Claim> {
    let mut claims = Vec::with_capacity(judged.len());
    claims.extend((0..).zip(judged).filter_map(|(file, judged)| {
        let (unit, sure) = (judged.listed?, true);
        Some(Claim { unit, file, sure })
    }));
    claims
}

/// What the files say themselves, where there is no roster.
fn by_code(judged: &[Judged]) -> Vec<Claim> {
    let codes = (0..).zip(judged).filter_map(|(file, judged)| {
        let (code, _) = judged.called(&[])?;
        Some((code, file))
    });
    let mut codes: Vec<(&str, u32)> = codes.collect();
    codes.sort_unstable();
    let of_units = codes.chunk_by(|(one, _), (other, _)| one == other);
    let claims = (0..).zip(of_units).flat_map(|(unit, files)| {
        let claim = move |&(_, file): &(&str, u32)| Claim {
            unit,
            file,
            sure: true,
        };
        files.iter().map(claim)
    });
    claims.collect()
}
