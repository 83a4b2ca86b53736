//! All findings in their order. There may be a hundred thousand, and none is small: so those of a file stay where they
//! were made, and nothing is held twice.

use std::iter::Flatten;
use std::slice;
use std::vec;

use crate::finding::Finding;

/// Findings, by file and position.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings(Vec<Box<[Finding]>>);

impl Findings {
    /// Brings together the findings of each file, and those that came of all files.
    pub(super) fn of(
        of_files: impl Iterator<Item = Box<[Finding]>>,
        of_all: Vec<Finding>,
    ) -> Findings {
        let (mut groups, mut strays) = (Vec::new(), of_all);
        for mut group in of_files.filter(|group| !group.is_empty()) {
            group.sort_by(Finding::order);
            // The place of what is said of a file may be in the campaign.
            match file(&group) == file(&group[group.len() - 1..]) {
                true => groups.push(group),
                false => strays.extend(group),
            }
        }
        strays.sort_unstable_by(Finding::order);
        while let Some(last) = strays.last() {
            let before = |other: &Finding| other.place.file < last.place.file;
            let start = strays.partition_point(before);
            // Where all are of one file, as those of the campaign mostly are, they are not moved.
            let group = match start {
                0 => std::mem::take(&mut strays),
                _ => strays.split_off(start),
            };
            groups.push(group.into());
        }
        // The files come in the order of their paths already, as a rule.
        groups.sort_by(|one, other| file(one).cmp(file(other)));
        groups.dedup_by(|next, before| {
            let again = file(next) == file(before);
            if again {
                let mut both = std::mem::take(before).into_vec();
                both.extend(std::mem::take(next));
                both.sort_by(Finding::order);
                *before = both.into();
            }
            again
        });
        Findings(groups)
    }

    /// Each of them.
    pub fn iter(&self) -> Flatten<slice::Iter<'_, Box<[Finding]>>> {
        self.0.iter().flatten()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The file of the first.
fn file(group: &[Finding]) -> &str {
    group.first().map_or("", |finding| &finding.place.file)
}

impl<'f> IntoIterator for &'f Findings {
    type Item = &'f Finding;
    type IntoIter = Flatten<slice::Iter<'f, Box<[Finding]>>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl IntoIterator for Findings {
    type Item = Finding;
    type IntoIter = Flatten<vec::IntoIter<Box<[Finding]>>>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{FieldPath, Severity};
    use crate::lang::Text;
    use crate::source::Lines;

    fn finding(file: &str, line: usize) -> Finding {
        let lines = Lines::new(file.into(), "\n\n\n\n\n\n\n\n");
        Finding {
            rule: crate::rules::ALL[0].id().into(),
            severity: Severity::Note,
            unit: None,
            message: Text::default(),
            place: lines.place(line - 1..line - 1, FieldPath::root(), Text::default()),
            cause: None,
            fix: Text::default(),
            edit: None,
            edit_region: None,
        }
    }

    fn all(findings: &[(&str, usize)]) -> Vec<Finding> {
        let one = |(file, line): &(&str, usize)| finding(file, *line);
        findings.iter().map(one).collect()
    }

    fn places(findings: &Findings) -> Vec<(&str, u32)> {
        let place = |finding: &'_ Finding| finding.place.line;
        let places = findings.iter().map(|f| (&*f.place.file, place(f)));
        places.collect()
    }

    #[test]
    fn findings_stand_by_file_and_position_wherever_they_come_from() {
        let of_files: [&[(&str, usize)]; 5] = [
            &[("b", 3), ("b", 1)],
            &[],
            // A file may be given twice, and a finding may lie in the campaign.
            &[("d", 2), ("campaign", 7), ("d", 1)],
            &[("a", 5)],
            &[("b", 2)],
        ];
        let of_all = [
            ("campaign", 2),
            ("cb", 3),
            ("c", 1),
            ("b", 4),
            ("a", 4),
            ("e", 1),
        ];
        let of_files = of_files.iter().map(|findings| all(findings).into());
        let findings = Findings::of(of_files, all(&of_all));
        let expected = [
            ("a", 4),
            ("a", 5),
            ("b", 1),
            ("b", 2),
            ("b", 3),
            ("b", 4),
            ("c", 1),
            ("campaign", 2),
            ("campaign", 7),
            ("cb", 3),
            ("d", 1),
            ("d", 2),
            ("e", 1),
        ];
        assert_eq!(places(&findings), expected);
        assert!(findings.clone().into_iter().eq(findings.iter().cloned()));
        assert!(!findings.is_empty());
    }

    #[test]
    fn of_nothing_there_is_nothing() {
        let findings = Findings::of([Box::default()].into_iter(), vec![]);
        assert!(findings.is_empty() && findings.iter().next().is_none());
    }
}
