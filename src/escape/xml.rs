//! XML 1.0.

use std::borrow::Cow;
use std::fmt::Write;

use super::{begins_command, is_unsafe, push_visible};

/// Text for an element or a quoted attribute. What XML allows is read back as it was; characters that no XML
/// document may contain, even escaped, become visible escapes such as `\u{1b}`.
pub fn xml(text: &str) -> Cow<'_, str> {
    let special = |c: char| "<>&\"'".contains(c) || is_unsafe(c) || is_forbidden(c);
    if !text.contains(special) && !text.contains("##") {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 16);
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let command = before == '#' && begins_command(&text[at..]);
        before = c;
        match c {
            _ if command => safe.push_str("&#x23;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&apos;"),
            c if is_forbidden(c) => push_visible(&mut safe, c),
            // A reader would turn a bare line break in an attribute into a blank.
            c if is_unsafe(c) => _ = write!(safe, "&#x{:x};", c as u32),
            c => safe.push(c),
        }
    }
    Cow::Owned(safe)
}

/// Whether a character may not stand in an XML 1.0 document (section 2.2).
fn is_forbidden(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read_back(text: &str) -> (String, String) {
        let escaped = xml(text);
        let document = format!("<a b=\"{escaped}\">{escaped}</a>");
        let document = roxmltree::Document::parse(&document).unwrap();
        let root = document.root_element();
        let inside = root.text().unwrap_or_default();
        (root.attribute("b").unwrap().to_owned(), inside.to_owned())
    }

    proptest! {
        #[test]
        fn every_text_is_read_back_as_it_was_or_with_what_is_forbidden_made_visible(text: String) {
            let mut wanted = String::new();
            for c in text.chars() {
                if is_forbidden(c) { push_visible(&mut wanted, c) } else { wanted.push(c) }
            }
            prop_assert_eq!(read_back(&text), (wanted.clone(), wanted));
        }
    }

    #[test]
    fn what_a_log_would_obey_is_parted() {
        assert_eq!(xml("甲##[error]乙"), "甲#&#x23;[error]乙");
        assert_eq!(xml("a##vso[x]#[#"), "a#&#x23;vso[x]#[#");
        assert_eq!(xml("a## b"), "a## b");
    }

    #[test]
    fn markup_line_breaks_and_what_hides_text_are_references() {
        assert_eq!(
            xml("]]><b a='1'>\n"),
            "]]&gt;&lt;b a=&apos;1&apos;&gt;&#xa;"
        );
        assert_eq!(xml("\u{202e}\u{1b}\u{ffff}"), "&#x202e;\\u{1b}\\u{ffff}");
        assert_eq!(read_back("a\r\n\tb").0, "a\r\n\tb");
        assert!(matches!(xml("甲镇（试行）"), Cow::Borrowed(_)));
    }
}
