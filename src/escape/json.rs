//! JSON.

use std::fmt::Write;

use super::{begins_command, is_unsafe};

/// A document as JSON, with a line break at its end.
pub fn json_document(document: &impl serde::Serialize) -> String {
    let mut text = serde_json::to_string_pretty(document).unwrap_or_default();
    text.push('\n');
    json(text)
}

/// A JSON document that says the same and shows nothing that a terminal obeys or that hides or reorders what is
/// read: such characters, which stand in strings only, become `\u202e`. So does a sign of what a log would obey.
pub fn json(document: String) -> String {
    // Line breaks between the values stay; inside strings the writer has escaped them.
    let hidden = |c: char| c != '\n' && is_unsafe(c);
    if !document.contains(hidden) && !document.contains("##") {
        return document;
    }
    let mut safe = String::with_capacity(document.len() + 64);
    let mut before = ' ';
    for (at, c) in document.char_indices() {
        let command = before == '#' && begins_command(&document[at..]);
        before = c;
        if hidden(c) || command {
            for unit in c.encode_utf16(&mut [0; 2]) {
                _ = write!(safe, "\\u{unit:04x}");
            }
        } else {
            safe.push(c);
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_text_is_read_back_as_it_was(text in "(##\\[|##vso\\[|#|\\PC|\u{202e}|\n|.){0,20}") {
            let document = json(serde_json::to_string_pretty(&[&text]).unwrap());
            let read: Vec<String> = serde_json::from_str(&document).unwrap();
            prop_assert_eq!(read, vec![text]);
            prop_assert!(!document.contains(|c| c != '\n' && is_unsafe(c)));
            prop_assert!(!document.contains("##["));
        }
    }

    #[test]
    fn a_document_has_lines_and_ends_with_one() {
        let document = json_document(&["甲\u{202e}", "乙"]);
        assert_eq!(document, "[\n  \"甲\\u202e\",\n  \"乙\"\n]\n");
    }

    #[test]
    fn characters_beyond_the_first_plane_are_written_as_pairs() {
        assert_eq!(
            json("\"甲\u{e0041}\u{9b}\"".to_owned()),
            "\"甲\\udb40\\udc41\\u009b\""
        );
    }
}
