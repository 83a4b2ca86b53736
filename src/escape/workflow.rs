//! Workflow commands, which the runners of GitHub and of those who copied them read from a job's log.

use super::{is_unsafe, push_visible};

/// The message of a workflow command, after `::`. Line breaks are kept.
pub fn workflow_message(text: &str) -> String {
    escaped(text, "%\r\n")
}

/// The value of a property of a workflow command. It is read back as it was, but for what the commands have no
/// escape for.
pub fn workflow_property(text: &str) -> String {
    escaped(text, "%\r\n:,")
}

/// Percent-encodes what the commands decode; other characters that a terminal obeys, or that hide text, become
/// visible. Some runners obey `##[…]` and `##vso[…]` anywhere in a line, so those two signs are parted.
fn escaped(text: &str, special: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 16);
    let mut before = ' ';
    for c in text.chars() {
        if c == '#' && before == '#' {
            safe.push('\\');
        }
        match c {
            c if special.contains(c) => safe.push_str(&format!("%{:02X}", c as u32)),
            '\t' => safe.push(' '),
            c if is_unsafe(c) => push_visible(&mut safe, c),
            c => safe.push(c),
        }
        before = c;
    }
    safe
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What a runner makes of a value, by the documentation of its toolkit.
    fn decoded(value: &str) -> String {
        let pairs = [
            ("%0D", "\r"),
            ("%0A", "\n"),
            ("%3A", ":"),
            ("%2C", ","),
            ("%25", "%"),
        ];
        pairs.iter().fold(value.to_owned(), |value, (code, sign)| {
            value.replace(code, sign)
        })
    }

    proptest! {
        #[test]
        fn a_value_ends_no_line_and_no_property_and_is_read_back(text: String) {
            let value = workflow_property(&text);
            prop_assert!(!value.contains([',', ':', '\r', '\n']));
            prop_assert!(!value.contains("##"));
            prop_assert!(!workflow_message(&text).contains(['\r', '\n']));
            let harmless = !text.contains(|c: char| is_unsafe(c) && !"\r\n".contains(c));
            if harmless && !text.contains("##") {
                prop_assert_eq!(decoded(&value), text.clone());
                prop_assert_eq!(decoded(&workflow_message(&text)), text);
            }
        }
    }

    #[test]
    fn commands_of_the_old_form_are_broken_up() {
        assert_eq!(workflow_message("甲##[error]乙"), "甲#\\#[error]乙");
        assert_eq!(workflow_message("###vso[task]"), "#\\#\\#vso[task]");
        assert_eq!(workflow_property("a,b:c%\n"), "a%2Cb%3Ac%25%0A");
        assert_eq!(workflow_message("\u{1b}[31m\t"), "\\u{1b}[31m ");
    }
}
