//! Texts of a calendar (RFC 5545). The library that writes it escapes commas and backslashes and folds lines.

use super::plain;

/// What a calendar shows of a text at most, in characters: folding takes a time that grows with the square of a
/// line's length.
const LONGEST: usize = 1000;

/// Text for a calendar: line breaks stay, all else that a program could obey or that hides text becomes a visible
/// escape, as a bare carriage return would be. What is too long is cut, which the last character then says.
pub fn calendar(text: &str) -> String {
    let beginning = text.char_indices().nth(LONGEST);
    let lines: Vec<_> = text[..beginning.map_or(text.len(), |(end, _)| end)]
        .lines()
        .map(plain)
        .collect();
    let end = if beginning.is_some() { "…" } else { "" };
    lines.join("\n") + end
}

#[cfg(test)]
mod tests {
    use icalendar::{Calendar, Component, Event};
    use proptest::prelude::*;

    use super::*;

    fn read_back(text: &str) -> (String, String) {
        let event = Event::new().summary(text).description(text).done();
        let written = Calendar::from([event]).to_string();
        assert!(written.lines().all(|line| line.len() <= 75), "{written}");
        let read: Calendar = written.parse().unwrap();
        let event = read.components[0].as_event().unwrap();
        let own = |text: Option<&str>| text.unwrap_or_default().to_owned();
        (own(event.get_summary()), own(event.get_description()))
    }

    proptest! {
        #[test]
        fn every_text_is_read_back_as_it_was_written(text: String) {
            let safe = calendar(&text);
            prop_assert_eq!(read_back(&safe), (safe.clone(), safe));
        }
    }

    #[test]
    fn nothing_becomes_a_line_of_its_own() {
        let hostile = "甲，乙;,\\n\r\nEND:VEVENT\rBEGIN:VEVENT\u{202e}\n";
        assert_eq!(
            calendar(hostile),
            "甲，乙;,\\n\nEND:VEVENT\\rBEGIN:VEVENT\\u{202e}"
        );
        assert_eq!(read_back(&calendar(hostile)).0, calendar(hostile));
    }

    #[test]
    fn a_long_text_is_cut_so_that_it_is_folded_in_no_time() {
        let long = calendar(&"甲".repeat(1_000_000));
        assert_eq!(long.chars().count(), LONGEST + 1);
        assert!(long.ends_with("甲…"));
    }
}
