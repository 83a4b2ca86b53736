//! Text from files and names of files, made harmless: [`plain`] for a terminal, and one function for each
//! format with a syntax of its own. Each is tested with a reader of that format.

mod calendar;
mod cell;
mod html;
mod json;
mod markdown;
mod uri;
mod workflow;
mod xml;

use std::borrow::Cow;
use std::fmt::Write;

pub use calendar::calendar;
pub use cell::cell;
pub use html::Html;
pub use json::{json, json_document};
pub use markdown::markdown;
pub use uri::uri;
pub use workflow::{workflow_message, workflow_property};
pub use xml::xml;

/// Text on one line, without anything that a terminal obeys or that hides or reorders what is read: control
/// characters, line breaks, bidirectional and zero-width characters become visible escapes such as `\u{202e}`. The
/// log of a CI service obeys `##[…]` and `##vso[…]` anywhere in a line; their second sign is escaped too.
pub fn plain(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_unsafe) && !text.contains("##") {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 16);
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let command = before == '#' && begins_command(&text[at..]);
        before = c;
        match c {
            c if command => push_visible(&mut safe, c),
            '\t' => safe.push(' '),
            '\n' => safe.push_str("\\n"),
            '\r' => safe.push_str("\\r"),
            c if is_unsafe(c) => push_visible(&mut safe, c),
            c => safe.push(c),
        }
    }
    Cow::Owned(safe)
}

/// Whether the second sign of `##[…]` or `##vso[…]` stands here, which some services obey anywhere in a line of a log.
fn begins_command(rest: &str) -> bool {
    rest.starts_with("#[") || rest.starts_with("#vso[")
}

/// The visible escape of a character, `\u{202e}`.
fn push_visible(safe: &mut String, c: char) {
    _ = write!(safe, "\\u{{{:x}}}", c as u32);
}

fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{61C}' | '\u{180E}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}'
            | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{E0000}'..='\u{E007F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_terminal_obeys_or_that_hides_text_is_left() {
        let hostile = "甲\u{1b}[31m镇\u{202e}\u{200b}\r\n\t\u{9b}x\u{feff}";
        assert_eq!(
            plain(hostile),
            "甲\\u{1b}[31m镇\\u{202e}\\u{200b}\\r\\n \\u{9b}x\\u{feff}"
        );
        assert!(matches!(plain("甲镇（试行）“好”"), Cow::Borrowed(_)));
        assert_eq!(
            plain("##[error]甲 ##vso[x] ###[a] ## 乙"),
            "#\\u{23}[error]甲 #\\u{23}vso[x] ##\\u{23}[a] ## 乙"
        );
    }
}
