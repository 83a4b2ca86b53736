//! What somebody most likely meant: the known word that is nearest to the one that was written.

/// The known word that somebody most likely meant, if one is near enough.
pub fn nearest<'w>(written: &str, known: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let written = written.trim().to_lowercase().replace('-', "_");
    let length = written.chars().count();
    if length > 64 {
        return None;
    }
    let distance =
        |word: &str| strsim::damerau_levenshtein(&written, &word.to_lowercase().replace('-', "_"));
    let known: Vec<&str> = known.into_iter().collect();
    let mut begun = known
        .iter()
        .filter(|word| length >= 3 && word.to_lowercase().starts_with(&written));
    if let (Some(word), None) = (begun.next(), begun.next()) {
        return Some(word);
    }
    let best = known
        .into_iter()
        .map(|word| (distance(word), word))
        .min_by_key(|(distance, _)| *distance);
    best.filter(|(distance, word)| *distance <= (length.min(word.chars().count())).div_ceil(3))
        .map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_meant_where_it_is_near_or_the_only_one_that_was_begun() {
        let known = ["held", "planned_for_the_year", "evidence"];
        for (written, meant) in [
            ("hold", Some("held")),
            ("Evidnce", Some("evidence")),
            ("planned-for", Some("planned_for_the_year")),
            ("pla", Some("planned_for_the_year")),
            // Two characters begin too many words.
            ("pl", None),
            ("summary", None),
        ] {
            assert_eq!(nearest(written, known), meant, "{written}");
        }
        assert_eq!(nearest("held", ["held_on", "held_in"]), None);
    }

    #[test]
    fn nobody_means_a_word_by_something_very_long() {
        let word = "甲".repeat(65);
        let shorter = "甲".repeat(64);
        assert_eq!(nearest(&shorter, [&*shorter]), Some(&*shorter));
        assert_eq!(nearest(&word, [&*word]), None);
    }
}
