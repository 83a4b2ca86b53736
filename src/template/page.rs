//! Lines of a file to fill in: what is set, what is offered as a comment, and what explains.

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use crate::escape::plain;
use crate::lang::{Lang, Text};

/// Where the explanation of a line begins, in columns of a terminal.
const NOTE_COLUMN: usize = 34;

/// A file in the making, in one language.
pub(super) struct Page {
    text: String,
    lang: Lang,
}

impl Page {
    pub(super) fn new(lang: Lang) -> Page {
        let text = String::new();
        Page { text, lang }
    }

    pub(super) fn finish(self) -> String {
        self.text
    }

    pub(super) fn blank(&mut self) {
        self.text.push('\n');
    }

    /// An explanation; it begins with two hashes, so that it stays a comment when an editor takes one away.
    pub(super) fn say(&mut self, words: &Text) {
        let line = format!("## {}", plain(words.get(self.lang)));
        self.line(&line, &Text::default());
    }

    /// A line that holds as it is.
    pub(super) fn set(&mut self, line: &str, note: &Text) {
        self.line(line, note);
    }

    /// A line that is there to be filled in.
    pub(super) fn offer(&mut self, line: &str, note: &Text) {
        self.line(&format!("# {line}"), note);
    }

    /// A text that is there to be filled in. What stands in its place is known to the rule `placeholder`.
    pub(super) fn ask(&mut self, key: &str, note: &Text) {
        let blank = self.blank_text();
        self.offer(&format!("{key} = {blank}"), note);
    }

    /// What stands for a text that is not there yet.
    pub(super) fn blank_text(&self) -> &'static str {
        self.lang.pick("\"待填\"", "\"TODO\"")
    }

    fn line(&mut self, line: &str, note: &Text) {
        self.text.push_str(line);
        let note = note.get(self.lang);
        if !note.is_empty() {
            let gap = NOTE_COLUMN.saturating_sub(line.width()).max(1);
            _ = write!(self.text, "{:gap$}# {}", "", plain(note));
        }
        self.text.push('\n');
    }
}

/// A basic string of TOML 1.0. Control characters, and those that hide or reorder text, are written by number.
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        let mut bytes = [0; 4];
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if plain(c.encode_utf8(&mut bytes)).chars().eq([c]) => out.push(c),
            c if (c as u32) < 0x1_0000 => _ = write!(out, "\\u{:04X}", c as u32),
            c => _ = write!(out, "\\U{:08X}", c as u32),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read_back(text: &str) {
        let document = format!("x = {}\n", quoted(text));
        let table: toml::Table = toml::from_str(&document).unwrap();
        assert_eq!(table["x"].as_str(), Some(text), "{document}");
        let arena = toml_spanner::Arena::new();
        let ours = toml_spanner::parse(&document, &arena).unwrap();
        let value = ours.table().get("x").and_then(|item| item.as_str());
        assert_eq!(value, Some(text), "{document}");
    }

    #[test]
    fn what_cannot_be_seen_is_written_by_its_number_in_as_few_figures_as_can_be() {
        for (text, written) in [
            ("甲\u{7}", "\"甲\\u0007\""),
            ("\u{202e}", "\"\\u202E\""),
            ("\u{e0001}", "\"\\U000E0001\""),
            ("甲\t\"𠀀\"", "\"甲\\t\\\"𠀀\\\"\""),
        ] {
            assert_eq!(quoted(text), written);
        }
    }

    #[test]
    fn awkward_texts_are_read_back() {
        for text in [
            "",
            "甲\"镇\\",
            "a\nb\r\tc\u{0}\u{7f}\u{85}",
            "\u{202e}甲\u{e0001}",
            "'''\"\"\"",
        ] {
            read_back(text);
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_back(text in ".*") {
            read_back(&text);
        }
    }

    #[test]
    fn an_explanation_stays_on_its_line() {
        let mut page = Page::new(Lang::Zh);
        page.say(&Text::same("甲\n[unit]\u{1b}"));
        assert_eq!(page.finish(), "## 甲\\n[unit]\\u{1b}\n");
    }
}
