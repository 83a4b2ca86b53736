//! A text that the editor has open, as it stands there.

use std::path::PathBuf;
use std::sync::Arc;

use gen_lsp_types as wire;

use super::position::{Grid, Units};
use super::uri;
use crate::discover::{Inputs, shown};
use crate::finding::Finding;

/// A text that is open.
#[derive(Debug)]
pub(super) struct Document {
    /// Its name as the editor writes it.
    pub uri: String,
    /// Where it is saved, if it is a file.
    pub path: Option<PathBuf>,
    /// The name in findings.
    pub shown: Arc<str>,
    /// The editor's number for this state of it.
    pub version: i32,
    /// The text.
    pub text: Arc<str>,
    /// What is wrong with it, as far as that was said.
    pub findings: Vec<Finding>,
    /// What the editor was told last.
    pub told: Option<(i32, Vec<wire::Diagnostic>)>,
}

impl Document {
    /// A text that was opened.
    pub(super) fn new(item: wire::TextDocumentItem) -> Document {
        let uri = item.uri.0;
        let path = uri::path_of(&uri);
        let shown = match &path {
            Some(path) => shown(path),
            None => uri.as_str().into(),
        };
        Document {
            uri,
            path,
            shown,
            version: item.version,
            text: without_mark(item.text),
            findings: vec![],
            told: None,
        }
    }

    /// Takes changes, each to what those before it have left.
    pub(super) fn change(
        &mut self,
        version: i32,
        changes: Vec<wire::TextDocumentContentChangeEvent>,
        units: Units,
    ) {
        use wire::TextDocumentContentChangeEvent as Event;
        self.version = version;
        for change in changes {
            self.text = match change {
                Event::TextDocumentContentChangeWholeDocument(whole) => without_mark(whole.text),
                Event::TextDocumentContentChangePartial(part) => {
                    let span = Grid::new(&self.text, units).span(part.range);
                    [&self.text[..span.start], &part.text, &self.text[span.end..]]
                        .concat()
                        .into()
                }
            };
        }
        // What was found has its places in the text before.
        self.findings.clear();
    }

    /// Adds the text, to be checked in place of the file's.
    pub(super) fn add_to(&self, inputs: &mut Inputs) {
        inputs.push_text(self.path.as_deref(), &self.shown, self.text.clone());
    }
}

/// Editors keep the byte order mark to themselves; one that does not has only sent it along.
fn without_mark(text: String) -> Arc<str> {
    text.strip_prefix('\u{FEFF}').unwrap_or(&text).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(text: &str) -> Document {
        Document::new(wire::TextDocumentItem {
            uri: "untitled:1".into(),
            language_id: "toml".to_owned().into(),
            version: 1,
            text: text.to_owned(),
        })
    }

    fn part(from: (u32, u32), to: (u32, u32), text: &str) -> serde_json::Value {
        serde_json::json!({
            "range": {
                "start": { "line": from.0, "character": from.1 },
                "end": { "line": to.0, "character": to.1 },
            },
            "text": text,
        })
    }

    fn changed(text: &str, units: Units, changes: serde_json::Value) -> String {
        let mut document = document(text);
        document.change(2, serde_json::from_value(changes).unwrap(), units);
        assert_eq!(document.version, 2);
        document.text.to_string()
    }

    #[test]
    fn changes_are_applied_one_after_the_other_over_characters_of_any_width() {
        let text = "name = \"甲\u{1F600}镇\"\nx = 1\n";
        let changes = serde_json::json!([
            part((0, 9), (0, 11), "乙"),
            part((0, 10), (0, 11), "县"),
            part((1, 0), (2, 0), ""),
            part((1, 0), (1, 0), "y = 2\n"),
        ]);
        assert_eq!(
            changed(text, Units::Utf16, changes),
            "name = \"甲乙县\"\ny = 2\n"
        );
        let utf8 = serde_json::json!([part((0, 11), (0, 15), "")]);
        assert_eq!(changed(text, Units::Utf8, utf8), "name = \"甲镇\"\nx = 1\n");
        let utf32 = serde_json::json!([part((0, 9), (0, 10), "")]);
        assert_eq!(
            changed(text, Units::Utf32, utf32),
            "name = \"甲镇\"\nx = 1\n"
        );
    }

    #[test]
    fn a_whole_text_replaces_all_and_a_range_that_makes_no_sense_does_no_harm() {
        let whole = serde_json::json!([{ "text": "\u{FEFF}新" }]);
        assert_eq!(changed("旧", Units::Utf16, whole), "新");
        let backwards = serde_json::json!([part((0, 2), (0, 1), "x")]);
        assert_eq!(changed("甲乙丙", Units::Utf16, backwards), "甲乙x丙");
        let beyond = serde_json::json!([part((9, 9), (99, 99), "x")]);
        assert_eq!(changed("甲", Units::Utf16, beyond), "甲x");
    }
}
