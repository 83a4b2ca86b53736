//! The plan files that are there already, by unit.

use std::path::{Path, PathBuf};

use foldhash::{HashMap, HashMapExt};
use toml_spanner::Arena;

use super::new::standing;
use crate::campaign::{Campaign, Roster};
use crate::discover::{Input, discover, shown};
use crate::{load, source};

/// The plan files that are there already, by unit.
pub(super) struct Taken {
    by_code: HashMap<String, Vec<PathBuf>>,
}

impl Taken {
    /// Looks through the campaign's folder when the new files go into it, else through theirs.
    pub(super) fn of(campaign: &Campaign, folder: &Path, to: &Path) -> Taken {
        let real = |path: &Path| standing(path).canonicalize().unwrap_or_default();
        let within = real(to).starts_with(real(folder));
        let root = if within { folder } else { to };
        let paths: Vec<PathBuf> = root.is_dir().then(|| root.to_owned()).into_iter().collect();
        let roster = Roster::of(campaign);
        let mut by_code = HashMap::new();
        for input in discover(&paths).inputs.iter() {
            let code = code_of(campaign, &roster, input);
            if let Some((code, path)) = code.zip(input.path()) {
                let of_unit = by_code.entry(code).or_insert_with(Vec::new);
                of_unit.push(path.to_owned());
            }
        }
        Taken { by_code }
    }

    /// The file that stands in a new one's way.
    pub(super) fn file(&self, code: &str, path: &Path) -> Option<String> {
        self.files(code, path)
            .first()
            .map(|path| shown(path).to_string())
    }

    /// All the files that a unit has; more than one is a mistake.
    pub(super) fn files(&self, code: &str, path: &Path) -> Vec<PathBuf> {
        let there = || path.symlink_metadata().is_ok().then(|| path.to_owned());
        let known = self.by_code.get(code).cloned();
        known.unwrap_or_else(|| there().into_iter().collect())
    }
}

/// Whose plan file it is: by the code in it, else by its name.
fn code_of(campaign: &Campaign, roster: &Roster<'_>, input: Input<'_>) -> Option<String> {
    let by_name = || {
        let index = roster.by_file_stem(input.stem()?)?;
        Some(campaign.unit[index].code.to_string())
    };
    let read = || {
        let mut buffer = Vec::new();
        let bytes = source::read(input.path()?, &mut buffer).ok()?;
        let (text, _) = source::decode(bytes).ok()?;
        let arena = Arena::new();
        let loaded = load::plan(&text, &arena, campaign.offset());
        let code = loaded.plan.unit.code;
        (!code.is_empty()).then(|| code.to_owned())
    };
    read().or_else(by_name)
}
