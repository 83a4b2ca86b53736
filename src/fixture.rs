//! Examples of rules: small files with the places marked at which a rule speaks. They stand beside each
//! rule, are its tests, and are what `duban explain` prints.
//!
//! ```text
//! # as-of: 2022-04-20
//! #---- T01.toml
//! # encoding: gbk
//! [plan]
//! filed = 2022-04-15
//! #       ^^^^^^^^^^
//! # zh: 甲镇逾期15天报送实施方案
//! # en: 甲镇: 实施方案 was 15 days late
//! ```
//!
//! - `# as-of: DATE` is the day to judge by; with `# today: DATE` the clock says so. Neither: 1 April 2022.
//! - `#---- NAME` begins a file; one whose name does not end in `.toml`, such as `evidence/签到表.txt`, is
//!   evidence. A fixture without such a line is one file, `T01.toml`; one without a
//!   `campaign.toml` goes by the built-in campaign.
//! - `# encoding: utf-16` or `gbk` says how a file is stored, `# bytes: FF FE …` puts bytes in front of its
//!   text, and `# size: 5MB` fills it up with blank lines. These, like the day, come before anything else.
//! - A line of carets marks what stands above it, by display columns: a Chinese character has two. To mark
//!   the first column the number sign counts as a caret, `#^^^`. The messages in both languages follow.
//! - Messages without carets are about the file as a whole, and stand at its beginning.
//! - None of these lines is part of the file; all else is, remarks too.

use std::ops::Range;

use unicode_width::UnicodeWidthChar;

use crate::calendar::{self, AsOf, Date};
use crate::lang::Text;
use crate::source::Encoding;

/// The day of a fixture that names none: the day after the first due date.
const USUAL_DAY: AsOf = AsOf {
    date: match Date::from_ymd_opt(2022, 4, 1) {
        Some(date) => date,
        None => Date::MAX,
    },
    from_clock: false,
};

/// The file of a fixture that names none.
const USUAL_NAME: &str = "T01.toml";

/// An example, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fixture {
    /// The day to judge by, where the example hangs on it.
    pub as_of: Option<AsOf>,
    /// Its files, as they follow each other.
    pub files: Vec<File>,
    /// What is wrong with the fixture itself, for whoever writes one.
    pub mistakes: Vec<String>,
}

/// One file of an example.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct File {
    /// Its name.
    pub name: String,
    /// What it says, without directives and marks.
    pub text: String,
    /// Where the rule speaks.
    pub marks: Vec<Mark>,
    /// How it is stored.
    pub storage: Storage,
}

/// How a file is stored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Storage {
    /// As UTF-8.
    #[default]
    Plain,
    /// In another encoding.
    Encoded(Encoding),
    /// With these bytes in front, which are no text.
    After(Vec<u8>),
    /// Filled up to so many megabytes.
    Filled(usize),
}

/// A place at which a rule speaks, and what it says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// The line, from 1.
    pub line: usize,
    /// The bytes of the line that are marked; none where it is about the file as a whole.
    pub span: Option<Range<usize>>,
    /// What the finding says.
    pub message: Text,
}

impl Fixture {
    /// Takes a fixture apart; what in it makes no sense is in `mistakes`.
    pub fn read(text: &str) -> Fixture {
        let (mut fixture, mut file) = (Fixture::default(), File::named(USUAL_NAME));
        for line in text.lines() {
            if let Some(name) = line.strip_prefix("#----") {
                fixture.finish(std::mem::replace(&mut file, File::named(name.trim())));
            } else if let Err(mistake) = fixture.take(&mut file, line) {
                fixture.mistakes.push(format!("{mistake}: {line}"));
            }
        }
        fixture.finish(file);
        fixture
    }

    /// The day to judge by.
    pub fn day(&self) -> AsOf {
        self.as_of.unwrap_or(USUAL_DAY)
    }

    /// A file by its name.
    pub fn file(&self, name: &str) -> Option<&File> {
        self.files.iter().find(|file| file.name == name)
    }

    fn take(&mut self, file: &mut File, line: &str) -> Result<(), &'static str> {
        if let Some(columns) = carets(line) {
            return file.mark(columns);
        }
        match comment(line) {
            Some(("zh", words)) => file.say_in_chinese(words),
            Some(("en", words)) => return file.say_in_english(words),
            Some((key, value)) if file.text.is_empty() && self.directive(file, key, value)? => {}
            _ if file.text.is_empty() && line.trim().is_empty() => {}
            _ => {
                file.text.push_str(line);
                file.text.push('\n');
            }
        }
        Ok(())
    }

    /// Whether a remark is a directive, which is then obeyed.
    fn directive(&mut self, file: &mut File, key: &str, value: &str) -> Result<bool, &'static str> {
        match key {
            "as-of" | "today" => {
                let date = calendar::read(value).ok_or("not a date")?;
                let from_clock = key == "today";
                self.as_of = Some(AsOf { date, from_clock });
            }
            "encoding" => {
                file.storage = Storage::Encoded(match value {
                    "utf-16" => Encoding::Utf16,
                    "gbk" => Encoding::Gb18030,
                    _ => return Err("not an encoding"),
                });
            }
            "bytes" => {
                let bytes = value
                    .split_whitespace()
                    .map(|byte| u8::from_str_radix(byte, 16));
                file.storage = Storage::After(
                    bytes
                        .collect::<Result<_, _>>()
                        .map_err(|_| "not hexadecimal")?,
                );
            }
            "size" => {
                let megabytes = value.strip_suffix("MB").and_then(|n| n.parse().ok());
                file.storage = Storage::Filled(megabytes.ok_or("not a size in MB")?);
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn finish(&mut self, mut file: File) {
        let written = file.text.trim_end().len();
        file.text.truncate(written);
        if file == File::named(USUAL_NAME) {
            return;
        }
        if written > 0 {
            file.text.push('\n');
        }
        let mute = |mark: &&Mark| mark.message.zh().is_empty() || mark.message.en().is_empty();
        for mark in file.marks.iter().filter(mute) {
            self.mistakes.push(format!(
                "{}:{}: a mark needs words in both languages",
                file.name, mark.line
            ));
        }
        self.files.push(file);
    }
}

impl File {
    fn named(name: &str) -> File {
        File {
            name: name.to_owned(),
            ..File::default()
        }
    }

    /// What is stored.
    pub fn bytes(&self) -> Vec<u8> {
        let text = || self.text.clone().into_bytes();
        match &self.storage {
            Storage::Plain | Storage::Encoded(Encoding::Utf8) => text(),
            Storage::Encoded(Encoding::Gb18030) => {
                encoding_rs::GB18030.encode(&self.text).0.into_owned()
            }
            Storage::Encoded(Encoding::Utf16) => {
                let units = std::iter::once('\u{FEFF}' as u16).chain(self.text.encode_utf16());
                units.flat_map(u16::to_le_bytes).collect()
            }
            Storage::After(bytes) => [bytes.clone(), text()].concat(),
            Storage::Filled(megabytes) => {
                let mut bytes = text();
                bytes.resize(megabytes * 1024 * 1024, b'\n');
                bytes
            }
        }
    }

    /// The lines, each with the marks on it. Those about the file as a whole are with its first line.
    pub fn lines(&self) -> impl Iterator<Item = (&str, impl Iterator<Item = &Mark>)> {
        // A file that is no text has a first line all the same.
        let lines = self.text.lines().chain(self.text.is_empty().then_some(""));
        lines.zip(1..).map(|(line, number)| {
            let here = move |mark: &&Mark| mark.line == number;
            (line, self.marks.iter().filter(here))
        })
    }

    /// Opens a mark on the line above.
    fn mark(&mut self, columns: Range<usize>) -> Result<(), &'static str> {
        let number = self.text.lines().count();
        let line = self.text.lines().last().unwrap_or_default();
        let span = at_column(line, columns.start).zip(at_column(line, columns.end));
        let (start, end) = span.ok_or("the carets cut a character or stand beyond the line")?;
        self.marks.push(Mark {
            line: number,
            span: Some(start..end),
            message: Text::default(),
        });
        Ok(())
    }

    fn say_in_chinese(&mut self, words: &str) {
        let said = Text::new(words, "");
        match self.marks.last_mut().filter(|mark| mark.message.is_empty()) {
            Some(mark) => mark.message = said,
            None => self.marks.push(Mark {
                line: 1,
                span: None,
                message: said,
            }),
        }
    }

    fn say_in_english(&mut self, words: &str) -> Result<(), &'static str> {
        let mark = self
            .marks
            .last_mut()
            .filter(|mark| mark.message.en().is_empty());
        let mark = mark.ok_or("English words without a mark")?;
        mark.message = Text::new(mark.message.zh(), words);
        Ok(())
    }
}

/// `# key: words`
fn comment(line: &str) -> Option<(&str, &str)> {
    let (key, words) = line.strip_prefix('#')?.split_once(':')?;
    Some((key.trim(), words.trim()))
}

/// The columns that a line of carets marks, from 0.
fn carets(line: &str) -> Option<Range<usize>> {
    let rest = line.strip_prefix('#')?.trim_end();
    let carets = rest.trim_start_matches(' ');
    if carets.is_empty() || carets.bytes().any(|byte| byte != b'^') {
        return None;
    }
    let blanks = rest.len() - carets.len();
    let start = if blanks == 0 { 0 } else { blanks + 1 };
    Some(start..rest.len() + 1)
}

/// The byte of a line that stands in a column, if one begins there.
fn at_column(line: &str, column: usize) -> Option<usize> {
    let mut before = 0;
    for (byte, c) in line.char_indices() {
        if before == column {
            return Some(byte);
        }
        before += c.width().unwrap_or(0);
    }
    (before == column).then_some(line.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXAMPLE: &str = "\
# as-of: 2022-04-20
#---- T01.toml
# encoding: gbk
# 甲镇
[unit]
#^^^^^
# zh: 表头
# en: header
name = \"甲镇\"  # 单位
#       ^^^^
# zh: 名称
# en: name
# zh: 文件
# en: file

#---- campaign.toml
[campaign]
";

    #[test]
    fn a_fixture_is_taken_apart_into_files_and_marks() {
        let fixture = Fixture::read(EXAMPLE);
        assert_eq!(fixture.mistakes, Vec::<String>::new());
        assert_eq!(
            fixture.day(),
            AsOf::on(Date::from_ymd_opt(2022, 4, 20).unwrap())
        );
        let [plan, campaign] = &fixture.files[..] else {
            panic!("{fixture:?}")
        };
        assert_eq!(
            (&*plan.name, &*campaign.name),
            ("T01.toml", "campaign.toml")
        );
        assert_eq!(plan.text, "# 甲镇\n[unit]\nname = \"甲镇\"  # 单位\n");
        assert_eq!(plan.storage, Storage::Encoded(Encoding::Gb18030));
        let marked: Vec<_> = plan
            .marks
            .iter()
            .map(|mark| {
                let line = plan.text.lines().nth(mark.line - 1).unwrap();
                (mark.span.clone().map(|span| &line[span]), mark.message.zh())
            })
            .collect();
        assert_eq!(
            marked,
            [
                (Some("[unit]"), "表头"),
                (Some("甲镇"), "名称"),
                (None, "文件")
            ]
        );
    }

    #[test]
    fn one_file_needs_no_name_and_a_clock_is_told_from_a_wish() {
        let fixture = Fixture::read("# today: 2022-05-01\n[unit]\n");
        assert!(fixture.day().from_clock);
        assert_eq!(
            fixture.file("T01.toml").map(|file| &*file.text),
            Some("[unit]\n")
        );
        assert_eq!(Fixture::read("").files, []);
    }

    #[test]
    fn files_that_are_not_text_or_too_large_are_made_as_they_are_described() {
        let bytes = |text: &str| Fixture::read(text).files[0].bytes();
        assert_eq!(bytes("# bytes: FF 00\na = 1"), b"\xFF\x00a = 1\n");
        assert_eq!(bytes("# size: 1MB\na = 1").len(), 1024 * 1024);
        assert_eq!(bytes("# encoding: utf-16\na")[..4], [0xFF, 0xFE, b'a', 0]);
    }

    #[test]
    fn what_makes_no_sense_is_said() {
        for text in [
            "# as-of: soon",
            "# encoding: morse",
            "# bytes: XX",
            "# size: big",
            "a\n#  ^^^\n# zh: 甲\n# en: a",
            "甲\n#^^^\n# zh: 甲\n# en: a",
            "a = 1\n#^\n# zh: 甲",
            "a = 1\n# en: a",
        ] {
            assert_eq!(Fixture::read(text).mistakes.len(), 1, "{text}");
        }
    }
}
