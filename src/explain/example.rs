//! Examples as people read them: each file with its name and day, and under each marked text what the
//! finding says.

use unicode_width::UnicodeWidthStr;

use crate::calendar::iso;
use crate::fixture::{File, Fixture, Mark, Storage};
use crate::lang::{Lang, Text};
use crate::text;

/// `（截至2022-04-20）`, where the example hangs on the day.
pub(super) fn day(fixture: &Fixture, lang: Lang) -> String {
    let Some(as_of) = fixture.as_of else {
        return String::new();
    };
    let date = iso(as_of.date);
    let day = match as_of.from_clock {
        true => text!("（今天是{date}）", " (today is {date})"),
        false => text!("（截至{date}）", " (as of {date})"),
    };
    day.get(lang).to_owned()
}

/// What is out of the ordinary about how a file is stored, to follow its name.
pub(super) fn storage(file: &File, lang: Lang) -> String {
    let storage = match &file.storage {
        Storage::Plain => Text::default(),
        Storage::Encoded(encoding) => {
            let encoding = encoding.name();
            text!("（{encoding}编码）", " (in {encoding})")
        }
        Storage::After(bytes) => {
            let hex: Vec<String> = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
            let hex = hex.join(" ");
            text!("（开头的字节：{hex}）", " (begins with the bytes {hex})")
        }
        Storage::Filled(megabytes) => text!("（{megabytes}MB）", " ({megabytes} MB)"),
    };
    storage.get(lang).to_owned()
}

/// The lines of a file with what is said under them. The sign begins the lines that are not the file's own:
/// `#` where the example must stay valid TOML.
pub(super) fn lines(file: &File, lang: Lang, sign: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for (line, marks) in file.lines() {
        let (whole, marked): (Vec<&Mark>, Vec<&Mark>) = marks.partition(|mark| mark.span.is_none());
        lines.extend(whole.iter().map(|mark| about_all(mark, lang, sign)));
        if !file.text.is_empty() {
            lines.push(line.to_owned());
        }
        lines.extend(marked.iter().map(|mark| under(line, mark, lang, sign)));
    }
    lines
}

/// What is said of a file as a whole, above it.
fn about_all(mark: &Mark, lang: Lang, sign: &str) -> String {
    let blank = if sign.is_empty() { "" } else { " " };
    let whole = lang.pick("整个文件：", "the whole file: ");
    format!("{sign}{blank}{whole}{}", mark.message.get(lang))
}

/// The carets under a marked text, by display columns, and what is said.
fn under(line: &str, mark: &Mark, lang: Lang, sign: &str) -> String {
    let span = mark.span.clone().unwrap_or_default();
    let before = line[..span.start].width();
    let end = before + line[span].width().max(1);
    // The sign stands in the first column, in place of a blank or a caret.
    let carets = (sign.len()..end).map(|column| if column < before { ' ' } else { '^' });
    let carets: String = carets.collect();
    format!("{sign}{carets} {}", mark.message.get(lang))
}
