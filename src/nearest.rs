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
