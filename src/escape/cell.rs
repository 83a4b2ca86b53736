//! Cells of a workbook (Office Open XML).

use std::borrow::Cow;

use super::plain;

/// What a cell holds at most, in units of UTF-16, by the limits of the spreadsheet programs.
pub const LONGEST: usize = 32_767;

/// Text for a cell: line breaks stay, so that it can be read; all else that hides or reorders text, and what XML
/// cannot carry, becomes a visible escape. What is too long is cut, which the last character then says. That the
/// text is never taken for a formula is up to the cell, which must be one of text.
pub fn cell(text: &str) -> Cow<'_, str> {
    // In UTF-8 a text is never shorter than in UTF-16.
    let short = text.len() <= LONGEST;
    if short && matches!(plain(text), Cow::Borrowed(_)) && !text.contains(is_no_character) {
        return Cow::Borrowed(text);
    }
    let lines: Vec<String> = text.lines().map(line).collect();
    Cow::Owned(cut(lines.join("\n")))
}

fn line(line: &str) -> String {
    let mut safe = plain(line).into_owned();
    for c in ['\u{fffe}', '\u{ffff}'] {
        safe = safe.replace(c, &format!("\\u{{{:x}}}", c as u32));
    }
    safe
}

fn is_no_character(c: char) -> bool {
    matches!(c, '\u{fffe}' | '\u{ffff}')
}

fn cut(mut text: String) -> String {
    let mut units = 0;
    let mut end = 0;
    for (byte, c) in text.char_indices() {
        units += c.len_utf16();
        if units > LONGEST {
            text.truncate(end);
            text.push('…');
            break;
        }
        // Room for the ellipsis.
        if units < LONGEST {
            end = byte + c.len_utf8();
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_stay_lines_and_what_hides_text_is_shown() {
        assert_eq!(cell("一\r\n二\n三\r四\t五"), "一\n二\n三\\r四 五");
        assert_eq!(
            cell("\u{1b}[31m\u{202e}\u{ffff}"),
            "\\u{1b}[31m\\u{202e}\\u{ffff}"
        );
        assert_eq!(cell("甲\u{fffe}乙"), "甲\\u{fffe}乙");
        assert!(matches!(cell("甲镇（试行）=1+1"), Cow::Borrowed(_)));
    }

    #[test]
    fn no_cell_is_longer_than_a_spreadsheet_allows() {
        let units = |text: &str| text.encode_utf16().count();
        assert_eq!(cell(&"甲".repeat(LONGEST)), "甲".repeat(LONGEST));
        let long = cell(&"甲".repeat(LONGEST + 1)).into_owned();
        assert!(units(&long) == LONGEST && long.ends_with("甲…"));
        let pairs = cell(&"𠮷".repeat(LONGEST)).into_owned();
        assert!(units(&pairs) == LONGEST && pairs.ends_with("𠮷…"));
        let escaped = cell(&"\u{1b}".repeat(LONGEST)).into_owned();
        assert_eq!(units(&escaped), LONGEST);
    }
}
