//! Which rules speak, and how loudly: the command line before `[levels]`, a rule before its family,
//! `--ignore` before `--select`. No rule knows any of this.

use std::sync::Arc;

use crate::campaign::{Campaign, Levels, LocalRule};
use crate::finding::{RuleId, Severity};
use crate::nearest::nearest;
use crate::rules::{self, FAMILIES, local};

/// The words of `--select` and `--ignore`.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// Rules and families that speak; all of them when empty.
    pub select: Vec<String>,
    /// Rules and families that do not.
    pub ignore: Vec<String>,
}

/// A word that names neither a rule nor a family.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownWord {
    /// The word.
    pub word: String,
    /// What was most likely meant.
    pub near: Option<String>,
}

impl Choice {
    /// Nothing but what is wrong with the files themselves: for reports, which judge nobody.
    pub fn only_firm() -> Choice {
        Choice {
            select: vec![rules::file::syntax::RULE.code.to_owned()],
            ignore: vec![],
        }
    }

    /// The first word that means nothing, neither to the program nor to the campaign.
    pub fn unknown(&self, campaign: &Campaign) -> Option<UnknownWord> {
        let word = self
            .select
            .iter()
            .chain(&self.ignore)
            .find(|word| !is_known(word, campaign))?;
        let known = words(campaign).chain(FAMILIES.iter().map(|f| f.name));
        Some(UnknownWord {
            word: word.clone(),
            near: nearest(word, known).map(str::to_owned),
        })
    }

    /// What the command line says of a rule: named itself, then by family.
    fn verdict(&self, rule: &RuleId) -> Option<bool> {
        let by_rule = |words: &[String]| words.iter().any(|word| names_rule(word, rule));
        let by_family = |words: &[String]| words.iter().any(|word| word == rule.family);
        match () {
            _ if by_rule(&self.ignore) => Some(false),
            _ if by_rule(&self.select) => Some(true),
            _ if by_family(&self.ignore) => Some(false),
            _ if by_family(&self.select) => Some(true),
            _ if !self.select.is_empty() => Some(false),
            _ => None,
        }
    }
}

/// Whether a word names a rule, of the program or of the campaign, or a family.
pub fn is_known(word: &str, campaign: &Campaign) -> bool {
    let own = |rule: &LocalRule| names_rule(word, &local::id(rule));
    rules::find(word).is_some()
        || FAMILIES.iter().any(|family| family.name == word)
        || campaign.rule.iter().any(own)
}

/// The names and codes of all rules, for "did you mean".
pub fn words(campaign: &Campaign) -> impl Iterator<Item = &str> {
    let own = campaign.rule.iter();
    rules::ALL
        .iter()
        .flat_map(|rule| [rule.name, rule.code])
        .chain(own.flat_map(|rule| [rule.name.as_str(), rule.id.as_str()]))
}

/// Whether a word is a rule's code or name.
pub fn names_rule(word: &str, rule: &RuleId) -> bool {
    word.eq_ignore_ascii_case(&rule.code) || word == rule.name
}

/// The level of a rule's findings; nothing when it does not speak.
pub fn severity(
    choice: &Choice,
    levels: &Levels,
    rule: &RuleId,
    default: Severity,
) -> Option<Severity> {
    if rules::is_firm(&rule.code) {
        return Some(Severity::Error);
    }
    let wished = choice.verdict(rule);
    if wished == Some(false) {
        return None;
    }
    let entry = |names: &dyn Fn(&str) -> bool| {
        levels
            .0
            .iter()
            .find(|(word, _)| names(word))
            .map(|(_, level)| *level)
    };
    let level =
        entry(&|word| names_rule(word, rule)).or_else(|| entry(&|word| word == rule.family));
    match level.map(|level| level.severity()) {
        Some(Some(severity)) => Some(severity),
        // Named on the command line, a rule speaks even where the campaign turns it off.
        Some(None) if wished == Some(true) => Some(default),
        Some(None) => None,
        None if rules::is_silent(&rule.code) && wished.is_none() => None,
        None => Some(default),
    }
}

/// The level that each rule has in a run.
#[derive(Debug)]
pub struct Table(Vec<(Arc<RuleId>, Option<Severity>)>);

impl Table {
    /// Resolves every rule once.
    pub fn new(choice: &Choice, campaign: &Campaign) -> Table {
        let resolve = |(id, default): (RuleId, Severity)| {
            let severity = severity(choice, &campaign.levels, &id, default);
            (Arc::new(id), severity)
        };
        let built_in = rules::ALL.iter().map(|rule| (rule.id(), rule.level));
        let own = campaign
            .rule
            .iter()
            .map(|rule| (local::id(rule), local::level(rule)));
        Table(built_in.chain(own).map(resolve).collect())
    }

    /// The level of a rule in this run.
    pub fn of(&self, rule: &RuleId) -> Option<Severity> {
        self.line(rule).and_then(|(_, severity)| *severity)
    }

    /// A rule as all findings of the run share it.
    pub fn shared(&self, rule: RuleId) -> Arc<RuleId> {
        match self.line(&rule) {
            Some((shared, _)) => shared.clone(),
            None => Arc::new(rule),
        }
    }

    fn line(&self, rule: &RuleId) -> Option<&(Arc<RuleId>, Option<Severity>)> {
        self.0.iter().find(|(id, _)| id.code == rule.code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::campaign::Level;

    fn level(
        select: &[&str],
        ignore: &[&str],
        levels: &[(&str, Level)],
        rule: &str,
    ) -> Option<Severity> {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        let choice = Choice {
            select: words(select),
            ignore: words(ignore),
        };
        let levels = Levels(
            levels
                .iter()
                .map(|(word, level)| ((*word).to_owned(), *level))
                .collect(),
        );
        let rule = rules::find(rule).unwrap();
        severity(&choice, &levels, &rule.id(), rule.level)
    }

    #[test]
    fn a_silent_rule_speaks_when_it_is_asked_to() {
        let silent = "none-given";
        assert_eq!(level(&[], &[], &[], silent), None);
        assert_eq!(level(&["evidence"], &[], &[], silent), Some(Severity::Note));
        assert_eq!(level(&[silent], &[], &[], silent), Some(Severity::Note));
        let loud = [("evidence", Level::Warning)];
        assert_eq!(level(&[], &[], &loud, silent), Some(Severity::Warning));
        assert_eq!(level(&[], &[silent], &loud, silent), None);
    }

    #[test]
    fn a_rule_has_its_own_level_unless_somebody_says_otherwise() {
        assert_eq!(level(&[], &[], &[], "late"), Some(Severity::Error));
        assert_eq!(
            level(&[], &[], &[("deadline", Level::Note)], "late"),
            Some(Severity::Note)
        );
        assert_eq!(
            level(
                &[],
                &[],
                &[("deadline", Level::Off), ("late", Level::Warning)],
                "late"
            ),
            Some(Severity::Warning)
        );
        assert_eq!(level(&[], &[], &[("D002", Level::Off)], "late"), None);
    }

    #[test]
    fn the_command_line_goes_before_levels_the_rule_before_its_family_and_ignore_before_select() {
        assert_eq!(
            level(&["late"], &[], &[("late", Level::Off)], "late"),
            Some(Severity::Error)
        );
        assert_eq!(level(&["roster"], &[], &[], "late"), None);
        assert_eq!(
            level(&["late"], &["deadline"], &[], "late"),
            Some(Severity::Error)
        );
        assert_eq!(level(&["late"], &["late"], &[], "late"), None);
        assert_eq!(level(&["deadline"], &["deadline"], &[], "late"), None);
        assert_eq!(level(&[], &["d002"], &[], "late"), None);
    }

    #[test]
    fn what_cannot_be_read_is_never_silenced() {
        for rule in ["syntax", "unreadable"] {
            assert_eq!(
                level(&["late"], &[rule, "file"], &[("file", Level::Off)], rule),
                Some(Severity::Error)
            );
        }
    }

    #[test]
    fn a_word_that_means_nothing_is_named_with_the_nearest_rule() {
        let choice = Choice {
            select: vec!["lat".into()],
            ignore: vec![],
        };
        assert_eq!(
            choice.unknown(&Campaign::default()),
            Some(UnknownWord {
                word: "lat".into(),
                near: Some("late".into())
            })
        );
        assert_eq!(
            Choice {
                select: vec!["D002".into(), "roster".into()],
                ignore: vec![]
            }
            .unknown(&Campaign::default()),
            None
        );
    }
}
