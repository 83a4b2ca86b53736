//! What is left of a file once it has been judged and its text has been let go.

use std::borrow::Cow;

use smol_str::SmolStr;

use super::standing::Standing;
use crate::campaign::Unit;
use crate::extract::Extract;
use crate::finding::Finding;
use crate::ledger::{Cell, Told};

/// What leaves a worker: small, whatever the size of the file.
#[derive(Debug, Default)]
pub(super) struct Judged {
    /// The unit of the roster whose file it is, by what it says itself: its number there.
    pub(super) listed: Option<u32>,
    /// Where its unit stands by this file alone; nowhere when the ledger has no such unit.
    pub(super) standing: Standing,
    /// What else is kept; none where there is nothing, as with most files when only findings are asked for.
    pub(super) more: Option<Box<More>>,
}

/// What is kept of a file where there is something to be said of it, or something asks for it.
#[derive(Debug, Default)]
pub(super) struct More {
    /// The unit whose file it is, as the file calls it, where the roster does not have it.
    pub(super) unlisted: Option<Box<Called>>,
    pub(super) findings: Box<[Finding]>,
    /// How many of its findings an exemption silenced.
    pub(super) silenced: usize,
    /// Where its unit stands by this file alone.
    pub(super) cells: Box<[Cell]>,
    /// What else is kept of its unit.
    pub(super) told: Option<Box<Told>>,
    pub(super) extract: Option<Box<Extract>>,
}

/// What a unit is called.
#[derive(Clone, Debug)]
pub(super) struct Called {
    code: SmolStr,
    name: SmolStr,
}

impl Called {
    pub(super) fn of(unit: &Unit) -> Called {
        Called {
            code: unit.code.clone(),
            name: unit.name.clone(),
        }
    }

    /// A unit of which no more is known.
    pub(super) fn unit(&self) -> Unit {
        Unit {
            code: self.code.clone(),
            name: self.name.clone(),
            ..Unit::default()
        }
    }
}

impl Judged {
    /// A file of which there is only this to be said.
    pub(super) fn with_findings(findings: Box<[Finding]>) -> Judged {
        let more = More {
            findings,
            ..More::default()
        };
        Judged {
            more: Some(Box::new(more)),
            ..Judged::default()
        }
    }

    /// Code and name of the unit whose file it is, by what it says itself; none when its 单位代码 cannot be read.
    pub(super) fn called<'u>(&'u self, roster: &'u [Unit]) -> Option<(&'u str, &'u str)> {
        let of_roster = |index: u32| roster.get(index as usize);
        match self.listed {
            Some(index) => of_roster(index).map(|unit| (&*unit.code, &*unit.name)),
            None => self.unlisted().map(|called| (&*called.code, &*called.name)),
        }
    }

    /// The unit itself.
    pub(super) fn unit<'u>(&'u self, roster: &'u [Unit]) -> Option<Cow<'u, Unit>> {
        match self.listed {
            Some(index) => roster.get(index as usize).map(Cow::Borrowed),
            None => self.unlisted().map(|called| Cow::Owned(called.unit())),
        }
    }

    fn unlisted(&self) -> Option<&Called> {
        self.more.as_ref()?.unlisted.as_deref()
    }

    pub(super) fn silenced(&self) -> usize {
        self.more.as_ref().map_or(0, |more| more.silenced)
    }
}
