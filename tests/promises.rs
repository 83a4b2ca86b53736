//! SECURITY.md: every test that it names is there.

#![allow(clippy::unwrap_used, missing_docs)]

use std::fs;
use std::path::Path;

#[test]
fn every_promise_of_security_md_has_the_test_that_it_names() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let promises = fs::read_to_string(root.join("SECURITY.md")).unwrap();
    let rows = promises.lines().filter(|line| line.contains("`tests/"));
    let mut count = 0;
    for row in rows {
        let cell = row.trim_end_matches(" |").rsplit("| ").next().unwrap();
        let words: Vec<&str> = cell.split('`').collect();
        let (file, test) = (words[1], words[3]);
        let text = fs::read_to_string(root.join(file)).unwrap();
        assert!(
            text.contains(&format!("fn {test}(")),
            "{file} has no {test}"
        );
        count += 1;
    }
    assert!(count > 25, "{count} rows were read");
}
