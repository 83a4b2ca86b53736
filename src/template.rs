//! Files to fill in: a unit's plan file and a new campaign's rule book, as commented TOML 1.0. Pure functions from a
//! campaign to text; a line that begins with `# ` is there to be filled in, one that begins with `##` explains.

mod name;
mod page;
mod unit;
mod words;

use crate::book::BookText;
use crate::campaign::{self, Campaign};
use crate::lang::Lang;

pub use name::{distinct_stems, file_names, form_names};
pub use page::quoted;
pub use unit::{filled_file, plan_file};

/// A rule book to start from: the built-in campaign, explained, with three invented units.
pub fn campaign_file(lang: Lang) -> String {
    let head = lang.pick(
        include_str!("template/campaign.zh.toml"),
        include_str!("template/campaign.en.toml"),
    );
    // The days of rest are the same for everybody, and already written down.
    let days = campaign::BUILT_IN
        .find("[[rest_days]]")
        .map_or("", |at| &campaign::BUILT_IN[at..]);
    format!("{head}{days}")
}

/// The campaign that [`campaign_file`] writes; `None` would be a mistake in the program.
pub fn new_campaign(lang: Lang) -> Option<Campaign> {
    let text = campaign_file(lang);
    BookText::read(campaign::FILE_NAME.into(), &text).1.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_campaign_is_the_built_in_one_with_a_roster() {
        let (_, built_in) = BookText::read("x".into(), campaign::BUILT_IN);
        let built_in = built_in.unwrap();
        for lang in [Lang::Zh, Lang::En] {
            let text = campaign_file(lang);
            assert!(toml::from_str::<toml::Table>(&text).is_ok());
            let new = new_campaign(lang).unwrap();
            assert_eq!(new.unit.len(), 3);
            assert_eq!(new.milestone, built_in.milestone);
            assert_eq!(new.vocabulary, built_in.vocabulary);
            assert_eq!(new.rest_days, built_in.rest_days);
            assert_eq!(new.extra_workdays, built_in.extra_workdays);
            assert_eq!(new.start(), built_in.start());
            assert_eq!(new.end(), built_in.end());
            assert!(new.extension.is_empty() && new.exemption.is_empty());
        }
    }

    #[test]
    fn the_examples_in_comments_are_sound_when_they_are_taken_up() {
        for lang in [Lang::Zh, Lang::En] {
            let text: String = campaign_file(lang)
                .lines()
                .map(|line| match line.strip_prefix("# ") {
                    Some(rest) => format!("{rest}\n"),
                    None => format!("{line}\n"),
                })
                .collect();
            let (_, campaign) = BookText::read("x".into(), &text);
            let campaign = campaign.unwrap_or_else(|errors| panic!("{errors:?}\n{text}"));
            assert_eq!((campaign.extension.len(), campaign.exemption.len()), (1, 1));
            assert!(!campaign.levels.0.is_empty() && !campaign.key_measure.is_empty());
        }
    }
}
