//! Markdown.

use super::plain;

/// Text that Markdown shows as it is, on one line: markup, HTML and what begins a block are escaped. Blanks at its
/// beginning, which no reader shows and four of which make a block of code, are left out.
pub fn markdown(text: &str) -> String {
    let text = plain(text);
    let text = text.trim_start_matches(' ');
    let mut safe = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if "\\`*_{}[]<>|~^&#!$".contains(c) {
            safe.push('\\');
        }
        safe.push(c);
    }
    // GitHub and others make links of bare addresses.
    let mut safe = safe.replace("://", ":\\//").replace("www.", "www\\.");
    // `1.` and `-` begin a list, `=` and `-` underline a heading.
    let digits = safe.bytes().take_while(u8::is_ascii_digit).count();
    if safe.starts_with(['+', '-', '=', ':']) || safe[digits..].starts_with(['.', ')']) {
        safe.insert(digits, '\\');
    }
    safe
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

    use super::*;

    /// What a reader of Markdown shows of a text, and what markup it found in it.
    fn read(text: &str) -> (String, Vec<String>) {
        let (mut shown, mut markup) = (String::new(), Vec::new());
        for event in Parser::new_ext(text, Options::all() - Options::ENABLE_SMART_PUNCTUATION) {
            match event {
                Event::Text(part) => shown.push_str(&part),
                Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => {}
                other => markup.push(format!("{other:?}")),
            }
        }
        (shown, markup)
    }

    proptest! {
        #[test]
        fn no_text_is_taken_for_markup(text in r#"甲[ -~\n一镇“]{0,30}"#) {
            let (shown, markup) = read(&markdown(&text));
            prop_assert!(markup.is_empty(), "{:?}", markup);
            prop_assert_eq!(shown, plain(&text).trim_end().to_owned());
        }
    }

    #[test]
    fn blanks_before_a_sign_make_no_list_and_no_code() {
        for text in [" + a", "    a", "   1. a", "\t- a"] {
            let (shown, markup) = read(&markdown(text));
            assert!(markup.is_empty(), "{text:?}: {markup:?}");
            assert_eq!(shown, text.trim());
        }
    }

    #[test]
    fn addresses_stay_text() {
        assert_eq!(
            markdown("见http://a.example和www.b.example"),
            "见http:\\//a.example和www\\.b.example"
        );
        assert_eq!(markdown("2. <b>|"), "2\\. \\<b\\>\\|");
        assert_eq!(markdown(": ^a^"), "\\: \\^a\\^");
    }
}
