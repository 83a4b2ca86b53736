//! Any text in every format: that format's own reader finds one text in it, and nothing that it would obey.

#![no_main]

use askama::filters::Escaper;
use duban::escape;
use html5gum::{Token, Tokenizer};
use icalendar::parser::unfold;
use libfuzzer_sys::fuzz_target;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

fuzz_target!(|text: &str| {
    plain(text);
    json(text);
    xml(text);
    html(text);
    markdown(text);
    workflow(text);
    calendar(text);
    cell(text);
});

fn plain(text: &str) {
    let shown = escape::plain(text);
    assert!(!shown.chars().any(char::is_control), "{shown:?}");
    assert!(
        !shown.contains("##[") && !shown.contains("##vso["),
        "{shown:?}"
    );
    assert_eq!(
        escape::plain(&shown),
        shown,
        "what is harmless stays as it is"
    );
}

fn json(text: &str) {
    let document = serde_json::to_string(text).expect("a text is JSON");
    let read: String = serde_json::from_str(&escape::json(document)).expect("it still is");
    assert_eq!(read, text);
}

fn xml(text: &str) {
    let escaped = escape::xml(text);
    let document = format!("<a b=\"{escaped}\">{escaped}</a>");
    let document = roxmltree::Document::parse(&document).expect("it is XML");
    let root = document.root_element();
    assert_eq!(root.children().filter(|node| !node.is_text()).count(), 0);
    assert_eq!(root.attribute("b"), Some(root.text().unwrap_or_default()));
}

fn html(text: &str) {
    let mut page = String::new();
    escape::Html
        .write_escaped_str(&mut page, text)
        .expect("a string takes it");
    let page = format!("<p title=\"{page}\">{page}</p>");
    for token in Tokenizer::new(page.as_str()) {
        match token {
            Ok(Token::StartTag(tag)) => assert!(*tag.name == *b"p" && tag.attributes.len() == 1),
            Ok(Token::EndTag(tag)) => assert_eq!(*tag.name, *b"p"),
            Ok(Token::String(_)) => {}
            other => panic!("{other:?}"),
        }
    }
}

fn markdown(text: &str) {
    let escaped = escape::markdown(text);
    for event in Parser::new_ext(&escaped, Options::all() - Options::ENABLE_SMART_PUNCTUATION) {
        let harmless = matches!(
            event,
            Event::Text(_) | Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph)
        );
        assert!(harmless, "{event:?} in {escaped:?}");
    }
}

fn workflow(text: &str) {
    for escaped in [
        escape::workflow_message(text),
        escape::workflow_property(text),
    ] {
        assert!(!escaped.contains(['\n', '\r']), "{escaped:?}");
    }
    assert!(!escape::workflow_property(text).contains([':', ',']));
}

fn calendar(text: &str) {
    let line = format!("SUMMARY:{}\r\n", escape::calendar(text));
    let whole = format!("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n{line}END:VEVENT\r\nEND:VCALENDAR\r\n");
    let unfolded = unfold(&whole);
    let read = icalendar::parser::read_calendar(&unfolded).expect("it is a calendar");
    assert_eq!(read.components.len(), 1);
    assert_eq!(read.components[0].properties.len(), 1);
}

fn cell(text: &str) {
    let cell = escape::cell(text);
    assert!(
        !cell.chars().any(|c| c != '\n' && c.is_control()),
        "{cell:?}"
    );
    assert!(cell.encode_utf16().count() <= 32_767, "no cell holds more");
}
