//! What the programs share: a campaign, and a check of texts that are in no file.

use std::sync::{Arc, LazyLock, Once};

use duban::book::{Book, BookText};
use duban::calendar::AsOf;
use duban::campaign::Campaign;
use duban::check::{Keep, Run, Verdict};
use duban::discover::Found;
use duban::levels::Choice;

/// The campaign in trouble: extensions, exemptions, joint branches, rules of its own.
const TEXT: &str = include_str!("../../examples/in-trouble/campaign.toml");

static BOOK: LazyLock<Book<'static>> = LazyLock::new(|| {
    let (text, campaign) = BookText::read("campaign.toml".into(), TEXT);
    let campaign = Box::leak(Box::new(campaign.expect("the sample is sound")));
    Book::new(Box::leak(Box::new(text)), campaign)
});

/// The campaign.
pub fn campaign() -> &'static Campaign {
    BOOK.campaign
}

/// Checks one text as the plan file of a unit; the whole roster is judged.
pub fn check(text: &str, as_of: AsOf) -> Verdict {
    static ONE_THREAD: Once = Once::new();
    ONE_THREAD.call_once(|| {
        let pool = duban_threads();
        assert!(pool, "the first to make a pool");
    });
    let mut found = Found::default();
    found.inputs.push_text(None, "T01.toml", Arc::from(text));
    Run::new(&BOOK, &Choice::default(), as_of, true)
        .keeping(Keep::Problems)
        .check(found)
}

/// One thread is enough for one file, and the same for every run.
fn duban_threads() -> bool {
    rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build_global()
        .is_ok()
}

/// A day of the campaign's year.
pub fn day(number: u16) -> AsOf {
    let first = duban::calendar::read("2022-01-01").expect("a date");
    AsOf::on(first + chrono::Days::new(u64::from(number % 400)))
}
