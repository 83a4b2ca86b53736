//! HTML.

use std::fmt::{self, Write};

use super::{is_unsafe, push_visible};

/// Escapes text for an element or a quoted attribute of an HTML page: markup becomes references, a line break or tab
/// a blank, and what hides or reorders text a visible escape such as `\u{202e}`. The page's template applies it to
/// everything that it is not told to leave alone.
#[derive(Clone, Copy, Debug)]
pub struct Html;

impl askama::filters::Escaper for Html {
    fn write_escaped_str<W: Write>(&self, mut page: W, text: &str) -> fmt::Result {
        let special = |c: char| "<>&\"'".contains(c) || is_hidden(c);
        let mut rest = text;
        while let Some(at) = rest.find(special) {
            let (before, from) = rest.split_at(at);
            page.write_str(before)?;
            let mut chars = from.chars();
            chars
                .next()
                .map_or(Ok(()), |c| self.write_escaped_char(&mut page, c))?;
            rest = chars.as_str();
        }
        page.write_str(rest)
    }

    fn write_escaped_char<W: Write>(&self, mut page: W, c: char) -> fmt::Result {
        match c {
            '<' => page.write_str("&lt;"),
            '>' => page.write_str("&gt;"),
            '&' => page.write_str("&amp;"),
            '"' => page.write_str("&quot;"),
            '\'' => page.write_str("&#39;"),
            '\n' | '\t' => page.write_char(' '),
            c if is_hidden(c) => {
                let mut visible = String::new();
                push_visible(&mut visible, c);
                page.write_str(&visible)
            }
            c => page.write_char(c),
        }
    }
}

/// Whether a character hides or reorders text, or is none at all, which HTML counts as a mistake (section 13.2.3.5).
fn is_hidden(c: char) -> bool {
    is_unsafe(c) || matches!(c, '\u{fdd0}'..='\u{fdef}') || c as u32 & 0xfffe == 0xfffe
}

#[cfg(test)]
mod tests {
    use askama::filters::Escaper;
    use html5gum::{Token, Tokenizer};
    use proptest::prelude::*;

    use super::*;

    fn html(text: &str) -> String {
        let mut page = String::new();
        Html.write_escaped_str(&mut page, text).unwrap();
        page
    }

    /// What a reader of HTML finds in an attribute and in an element, and whether it found anything else.
    fn read(text: &str) -> (String, String, usize) {
        let escaped = html(text);
        let page = format!("<p title=\"{escaped}\">{escaped}</p>");
        let (mut attribute, mut inside, mut others) = (Vec::new(), Vec::new(), 0);
        for token in Tokenizer::new(page.as_str()) {
            match token {
                Ok(Token::StartTag(tag)) if *tag.name == *b"p" => {
                    for (_, value) in tag.attributes {
                        attribute.extend_from_slice(&value);
                    }
                }
                Ok(Token::String(text)) => inside.extend_from_slice(&text),
                Ok(Token::EndTag(_)) => {}
                _ => others += 1,
            }
        }
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (text(attribute), text(inside), others)
    }

    proptest! {
        #[test]
        fn every_text_is_read_back_with_what_hides_made_visible(text: String) {
            let mut wanted = String::new();
            for c in text.chars() {
                match c {
                    '\n' | '\t' => wanted.push(' '),
                    c if is_hidden(c) => push_visible(&mut wanted, c),
                    c => wanted.push(c),
                }
            }
            prop_assert_eq!(read(&text), (wanted.clone(), wanted, 0));
        }
    }

    #[test]
    fn a_character_alone_is_escaped_as_in_a_text() {
        let alone = |c: char| {
            let mut page = String::new();
            Html.write_escaped_char(&mut page, c).unwrap();
            page
        };
        for c in "甲a<'\"\n\u{1b}\u{200b}".chars() {
            assert_eq!(alone(c), html(&c.to_string()), "{c:?}");
        }
        assert_eq!(alone('甲'), "甲");
    }

    #[test]
    fn what_is_no_character_is_made_visible() {
        for c in [
            '\u{fdd0}',
            '\u{fdef}',
            '\u{fffe}',
            '\u{ffff}',
            '\u{1fffe}',
            '\u{10ffff}',
        ] {
            assert_eq!(html(&c.to_string()), format!("\\u{{{:x}}}", c as u32));
        }
        for c in ['\u{fdcf}', '\u{fdf0}', '\u{fffd}', '\u{10000}', '\u{1fffd}'] {
            assert_eq!(html(&c.to_string()), c.to_string());
        }
    }

    #[test]
    fn markup_is_text_and_what_hides_is_visible() {
        assert_eq!(
            html("</td><script>'\"&"),
            "&lt;/td&gt;&lt;script&gt;&#39;&quot;&amp;"
        );
        assert_eq!(
            html("甲\u{202e}镇\u{1b}\r\n乙"),
            "甲\\u{202e}镇\\u{1b}\\u{d} 乙"
        );
    }
}
