//! Markdown.

use super::plain;

/// Text that Markdown shows as it is, on one line: markup, HTML and what begins a block are escaped.
pub fn markdown(text: &str) -> String {
    let text = plain(text);
    let mut safe = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if "\\`*_{}[]<>|~&#!$".contains(c) {
            safe.push('\\');
        }
        safe.push(c);
    }
    // `1.` and `-` begin a list, `=` and `-` underline a heading.
    let digits = safe.bytes().take_while(u8::is_ascii_digit).count();
    if safe.starts_with(['+', '-', '=']) || safe[digits..].starts_with(['.', ')']) {
        safe.insert(digits, '\\');
    }
    safe
}
