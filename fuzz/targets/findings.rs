//! Any bytes as a plan file: they are read and judged without a panic; every finding has a place inside the text, words
//! in both languages and a way out; twice the same; a repair repairs and is final.

#![no_main]

use duban::finding::Place;
use duban::lang::Lang;
use duban::output::{self, View};
use duban::report::{self, By, Wish};
use duban::{fix, source};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok((text, _)) = source::decode(bytes) else {
        return;
    };
    let as_of = duban_fuzz::day(317);
    let verdict = duban_fuzz::check(&text, as_of);
    let again = duban_fuzz::check(&text, as_of);
    assert_eq!(verdict.findings, again.findings, "twice the same");
    assert_eq!(verdict.ledger, again.ledger, "twice the same");
    for finding in &verdict.findings {
        for words in [&finding.message, &finding.fix] {
            assert!(
                !words.zh().is_empty() && !words.en().is_empty(),
                "{finding:?}"
            );
        }
        if &*finding.place.file == "T01.toml" {
            inside(&text, &finding.place);
        }
    }
    let view = View::new(&verdict, duban_fuzz::campaign(), Lang::Zh);
    for (format, ..) in output::Format::ALL {
        assert!(!output::render(*format, &view).contains('\u{1b}'));
    }
    for (format, ..) in report::Format::ALL
        .iter()
        .filter(|(format, ..)| !format.is_binary())
    {
        let wish = Wish {
            by: By::Unit,
            only: vec![],
            milestone: None,
            lang: Lang::En,
        };
        let shown = report::render(*format, &verdict.ledger, duban_fuzz::campaign(), &wish);
        assert!(!shown.contains(&0x1b));
    }
    let findings = |text: &str| duban_fuzz::check(text, as_of).findings;
    let own = |text: &str| {
        let own = findings(text).into_iter();
        own.filter(|finding| &*finding.place.file == "T01.toml")
            .collect()
    };
    let offset = duban_fuzz::campaign().offset();
    let repaired = fix::repair(&text, offset, own);
    if !repaired.too_many {
        let again = fix::repair(&repaired.text, offset, own);
        assert_eq!(again.repairs, 0, "a repair is final");
    }
});

/// A place is on lines and columns that the text has.
fn inside(text: &str, place: &Place) {
    assert!(place.line >= 1 && place.column >= 1, "{place:?}");
    assert!(
        (place.line, place.column) <= (place.end_line, place.end_column),
        "{place:?}"
    );
    let lines = text.split('\n').count();
    assert!(
        place.end_line as usize <= lines,
        "{place:?} in {lines} lines"
    );
    let line = text
        .split('\n')
        .nth(place.line as usize - 1)
        .unwrap_or_default();
    assert!(
        place.column as usize <= line.chars().count() + 1,
        "{place:?}"
    );
}
