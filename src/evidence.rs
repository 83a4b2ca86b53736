//! Evidence on disk: whether a file is there, inside the campaign's folder, and the one whose checksum was
//! given. The rules only say what is found here.

use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::at;
use crate::finding::FieldPath;
use crate::plan::{Evidence, FieldAt, Plan};
use crate::source;

/// What became of one piece of evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// It is there, and the one it should be.
    Present,
    /// Nothing is there, or no regular file.
    Missing,
    /// The path leads, or could lead, outside the campaign's folder.
    Outside,
    /// Its SHA-256 is another: this one.
    Mismatch(String),
}

/// One piece of evidence with its field.
#[derive(Debug)]
pub struct Item<'p> {
    /// The path as it was written.
    pub file: &'p str,
    /// The field of the plan.
    pub field: FieldPath,
    /// What became of it.
    pub state: State,
}

/// Looks at every piece of evidence of a plan. Without a campaign's folder there is nothing to look in.
pub fn look<'p>(plan: &'p Plan<'p>, folder: Option<&Path>) -> Vec<Item<'p>> {
    let Some(folder) = folder else {
        return Vec::new();
    };
    let item = |(field, evidence): (FieldPath, &Evidence<'p>)| Item {
        file: evidence.file,
        field,
        state: state(folder, evidence),
    };
    plan.all_evidence().map(item).collect()
}

/// Those of some files that a plan names as its evidence. The files are given by their real paths.
pub fn named<'f>(
    plan: &Plan<'_>,
    folder: Option<&Path>,
    files: &'f [PathBuf],
) -> impl Iterator<Item = &'f PathBuf> {
    let path = |written| Some(folder?.join(inside(written)?));
    // Asking the system for the real path of every piece would cost more than reading the plan.
    let may_be = |path: &PathBuf| {
        let same = |file: &PathBuf| {
            let (file, name) = (file.file_name(), path.file_name());
            file.zip(name)
                .is_some_and(|(file, name)| file.eq_ignore_ascii_case(name))
        };
        files.iter().any(same) || path.is_symlink()
    };
    let paths = plan
        .all_evidence()
        .filter_map(|(_, evidence)| path(evidence.file));
    let real = paths
        .filter(may_be)
        .filter_map(|path| path.canonicalize().ok());
    let named: Vec<PathBuf> = real.collect();
    files.iter().filter(move |file| named.contains(file))
}

fn state(folder: &Path, evidence: &Evidence<'_>) -> State {
    let Some(inside) = inside(evidence.file) else {
        return State::Outside;
    };
    let path = folder.join(inside);
    let Ok(real) = path.canonicalize() else {
        return State::Missing;
    };
    if !folder
        .canonicalize()
        .is_ok_and(|folder| real.starts_with(folder))
    {
        return State::Outside;
    }
    // A folder, pipe or device proves nothing, and opening one could hang.
    if !real.metadata().is_ok_and(|about| about.is_file()) {
        return State::Missing;
    }
    let Some(expected) = evidence.sha256 else {
        return State::Present;
    };
    match sha256(&real) {
        Ok(found) if found.eq_ignore_ascii_case(expected.trim()) => State::Present,
        Ok(found) => State::Mismatch(found),
        Err(_) => State::Missing,
    }
}

/// The path, if its very letters stay inside on every system: relative, no `..`, no drive, no backslash.
fn inside(written: &str) -> Option<PathBuf> {
    let foreign = written.contains(['\\', ':', '\0']) || written.trim().is_empty();
    let path = Path::new(written);
    let plain = path
        .components()
        .all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    (!foreign && plain).then(|| path.to_owned())
}

/// The SHA-256 of a file, read piece by piece.
fn sha256(path: &Path) -> io::Result<String> {
    let mut file = source::open(path)?;
    // Swapped for a pipe or a device since it was looked at, it might never end.
    if !file.metadata()?.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let mut hash = Sha256::new();
    let mut piece = vec![0; 64 * 1024];
    loop {
        match file.read(&mut piece)? {
            0 => break,
            n => hash.update(&piece[..n]),
        }
    }
    Ok(hash
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect())
}

impl<'a> Plan<'a> {
    /// Every piece of evidence with its field.
    pub fn all_evidence(&self) -> impl Iterator<Item = (FieldPath, &Evidence<'a>)> {
        let filing = self
            .plan
            .iter()
            .flat_map(|filing| list(at!["plan", "evidence"], &filing.evidence));
        let problems = self
            .problem
            .iter()
            .enumerate()
            .flat_map(|(i, e)| list(at!["problem", i, "evidence"], &e.evidence));
        let activities = self
            .activity
            .iter()
            .enumerate()
            .flat_map(|(i, e)| list(at!["activity", i, "evidence"], &e.evidence));
        let meetings = self
            .meeting
            .iter()
            .enumerate()
            .flat_map(|(i, e)| list(at!["meeting", i, "evidence"], &e.evidence));
        let outcomes = self
            .outcome
            .iter()
            .enumerate()
            .flat_map(|(i, e)| list(at!["outcome", i, "evidence"], &e.evidence));
        let summary = self
            .summary
            .iter()
            .flat_map(|summary| list(at!["summary", "evidence"], &summary.evidence));
        filing
            .chain(problems)
            .chain(activities)
            .chain(meetings)
            .chain(outcomes)
            .chain(summary)
    }
}

fn list<'e, 'a>(
    owner: FieldAt,
    list: &'e [Evidence<'a>],
) -> impl Iterator<Item = (FieldPath, &'e Evidence<'a>)> {
    list.iter()
        .enumerate()
        .map(move |(i, evidence)| (owner.path().then(i), evidence))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_leads_outside_in_its_letters() {
        for written in [
            "/etc/passwd",
            "../a",
            "a/../../b",
            "C:\\a",
            "C:/a",
            "\\\\server\\a",
            "..\\a",
            "",
            " ",
            "a\0b",
        ] {
            assert_eq!(inside(written), None, "{written:?}");
        }
        assert!(inside("evidence/T01/签到表.txt").is_some() && inside("./a.txt").is_some());
    }

    #[test]
    fn what_is_there_is_told_from_what_is_missing_outside_or_another() {
        let folder = tempfile::tempdir().unwrap();
        let other = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.txt"), "甲").unwrap();
        std::fs::write(other.path().join("b.txt"), "乙").unwrap();
        let look = |file: &'static str, sha256: Option<&str>| {
            state(folder.path(), &Evidence { file, sha256 })
        };
        let right = sha256(&folder.path().join("a.txt")).unwrap();
        let upper = right.to_uppercase();
        assert_eq!(look("a.txt", None), State::Present);
        assert_eq!(look("a.txt", Some(&upper)), State::Present);
        assert_eq!(look("a.txt", Some("00")), State::Mismatch(right));
        assert_eq!(look("c.txt", None), State::Missing);
        assert_eq!(look(".", None), State::Missing);
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(other.path().join("b.txt"), folder.path().join("link.txt"))
                .unwrap();
            assert_eq!(look("link.txt", None), State::Outside);
        }
    }

    #[test]
    fn every_piece_of_evidence_is_looked_at_and_held_against_its_checksum() {
        let folder = tempfile::TempDir::new().unwrap();
        std::fs::write(folder.path().join("a.pdf"), "abc").unwrap();
        // The first of the standard's own examples (FIPS 180-4).
        let right = "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD";
        let wrong = right.replace('A', "B");
        let text = format!(
            "[plan]\nevidence = [\"a.pdf\", \"none.pdf\", \"../a.pdf\"]\n\
             [[problem]]\nevidence = [{{ file = \"a.pdf\", sha256 = \"{right}\" }}]\n\
             [[activity]]\nevidence = [{{ file = \"a.pdf\", sha256 = \"{wrong}\" }}]\n\
             [[meeting]]\nevidence = [\".\"]\n\
             [[outcome]]\nevidence = [\"a.pdf\"]\n\
             [summary]\nevidence = [\"b.pdf\"]\n"
        );
        let arena = toml_spanner::Arena::new();
        let plan = crate::load::plan(&text, &arena, crate::campaign::BEIJING).plan;
        let found: Vec<(String, State)> = look(&plan, Some(folder.path()))
            .into_iter()
            .map(|item| (item.field.to_string(), item.state))
            .collect();
        let wanted = [
            ("plan.evidence[0]", State::Present),
            ("plan.evidence[1]", State::Missing),
            ("plan.evidence[2]", State::Outside),
            ("problem[0].evidence[0]", State::Present),
            (
                "activity[0].evidence[0]",
                State::Mismatch(right.to_lowercase()),
            ),
            ("meeting[0].evidence[0]", State::Missing),
            ("outcome[0].evidence[0]", State::Present),
            ("summary.evidence[0]", State::Missing),
        ];
        assert_eq!(
            found,
            wanted.map(|(field, state)| (field.to_owned(), state))
        );
        assert!(look(&plan, None).is_empty());
    }
}
