//! 发文字号 by GB/T 9704-2012: body, year in six-angle brackets, number. The raw text is looked at, since
//! normalising would silently turn ﹝﹞ into 〔〕.

use std::borrow::Cow;

use serde::{Serialize, Serializer};
use unicode_normalization::UnicodeNormalization;

use crate::lang::Text;
use crate::ledger::number_key;

/// What is wrong with a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// No year in brackets at all.
    NoYear,
    /// `[2022]`, `(2022)`, `（2022）`, `【2022】`, `﹝2022﹞`.
    Brackets,
    /// A year of other than four digits.
    YearDigits,
    /// `第12号`.
    Ordinal,
    /// `012号`.
    LeadingZero,
    /// No `号` at the end.
    NoSuffix,
    /// Blanks inside.
    Blanks,
    /// Full-width digits.
    Width,
    /// Nothing before the year.
    NoBody,
    /// No number after the year.
    NoNumber,
}

impl Fault {
    /// The fault in words.
    pub fn text(&self) -> Text {
        match self {
            Fault::NoYear => Text::fixed("没有括号括入的年份", "no year in brackets"),
            Fault::Brackets => Text::fixed(
                "年份应用六角括号〔〕",
                "the year needs six-angle brackets 〔〕",
            ),
            Fault::YearDigits => Text::fixed("年份要写四位", "the year needs four digits"),
            Fault::Ordinal => Text::fixed("序号前不加“第”", "no 第 before the number"),
            Fault::LeadingZero => Text::fixed("序号前不加0", "no leading zero"),
            Fault::NoSuffix => Text::fixed("序号后缺“号”", "号 is missing at the end"),
            Fault::Blanks => Text::fixed("中间有空格", "blanks inside"),
            Fault::Width => Text::fixed("数字应用半角", "full-width digits"),
            Fault::NoBody => Text::fixed("缺发文机关代字", "the body is missing"),
            Fault::NoNumber => Text::fixed("缺序号", "the number is missing"),
        }
    }
}

/// A number of a document as a plan has it. Nearly every one is in the strict form; that is looked at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Number<'n> {
    written: &'n str,
    /// The year, in the strict form.
    strict: Option<u16>,
}

impl<'n> Number<'n> {
    /// A number as it is written.
    pub fn new(written: &'n str) -> Number<'n> {
        let strict = strict(written).and_then(|year| year.parse().ok());
        Number { written, strict }
    }

    /// As it is written.
    pub fn written(self) -> &'n str {
        self.written
    }

    /// Everything that is wrong with it; empty when it is in the strict form.
    pub fn faults(self) -> Vec<Fault> {
        match self.strict {
            Some(_) => vec![],
            None => faults(self.written),
        }
    }

    /// Its year, if it has one.
    pub fn year(self) -> Option<i32> {
        self.strict.map(i32::from).or_else(|| year(self.written))
    }

    /// The same for all numbers that differ in brackets, width and blanks only.
    pub fn key(self) -> Cow<'n, str> {
        match self.strict {
            Some(_) => Cow::Borrowed(self.written),
            None => number_key(self.written),
        }
    }
}

impl Serialize for Number<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.written)
    }
}

/// The parts of a number as it was written, made comparable: body, year, what stands after the year.
fn parts(written: &str) -> Option<(String, String, String)> {
    let key = number_key(written);
    let (body, rest) = key.split_once('〔')?;
    let (year, tail) = rest.split_once('〕')?;
    Some((body.to_owned(), year.to_owned(), tail.to_owned()))
}

/// The year of a number in the strict form, which nearly every number has: read from its end, where everything has its
/// place.
fn strict(written: &str) -> Option<&str> {
    let rest = written.strip_suffix('号')?;
    let head = rest.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = &rest[head.len()..];
    let head = head.strip_suffix('〕')?;
    let (before, year) = head.split_at_checked(head.len().checked_sub(4)?)?;
    let body = before.strip_suffix('〔')?;
    let letter = |c: char| c.is_ascii_alphabetic() || matches!(c, '\u{4E00}'..='\u{9FFF}');
    let right = (is_digits(digits) && !digits.starts_with('0'))
        && is_digits(year)
        && (!body.is_empty() && body.chars().all(letter));
    right.then_some(year)
}

/// Everything that is wrong with a number, by its parts.
fn faults(written: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut fault = |is: bool, fault: Fault| faults.extend(is.then_some(fault));
    fault(written.chars().any(char::is_whitespace), Fault::Blanks);
    fault(
        written.chars().any(|c| matches!(c, '０'..='９')),
        Fault::Width,
    );
    let Some((body, year, tail)) = parts(written) else {
        fault(true, Fault::NoYear);
        return faults;
    };
    fault(written.matches(['〔', '〕']).count() != 2, Fault::Brackets);
    fault(body.is_empty(), Fault::NoBody);
    fault(year.len() != 4 || !is_digits(&year), Fault::YearDigits);
    fault(tail.starts_with('第'), Fault::Ordinal);
    let number = tail.trim_start_matches('第');
    let digits = number.trim_end_matches('号');
    fault(!number.ends_with('号'), Fault::NoSuffix);
    fault(!is_digits(digits), Fault::NoNumber);
    fault(
        is_digits(digits) && digits.starts_with('0'),
        Fault::LeadingZero,
    );
    faults
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// The right form of a number, if it can be told with certainty.
pub fn right(written: &str) -> Option<String> {
    let (body, year, tail) = parts(written)?;
    let digits = tail
        .trim_start_matches('第')
        .trim_end_matches('号')
        .trim_start_matches('0');
    let body: String = body.nfkc().collect();
    // 〔98〕 may be 1998.
    let year = match year.len() == 2 && is_digits(&year) && *year < *"50" {
        true => format!("20{year}"),
        false => year,
    };
    let right = format!("{body}〔{year}〕{digits}号");
    faults(&right).is_empty().then_some(right)
}

/// The year of a number by its parts, if it has one.
fn year(written: &str) -> Option<i32> {
    parts(written)
        .filter(|(_, year, _)| year.len() == 4 && is_digits(year))
        .and_then(|(_, year, _)| year.parse().ok())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_strict_form_has_no_fault() {
        for number in [
            "甲党发〔2022〕5号",
            "甲党组发〔2022〕120号",
            "甲政办发〔2023〕1号",
        ] {
            assert_eq!(faults(number), [], "{number}");
        }
    }

    proptest! {
        #[test]
        fn a_number_says_of_itself_what_is_said_of_what_is_written(
            written in "(甲党|乙A|丙 )?[〔\\[（【﹝(]?(2022|22|２０２２|二〇)[〕\\]）】﹞)]?(第|0|[1-9])?[0-9]{0,2}(号| )?"
        ) {
            let number = Number::new(&written);
            prop_assert_eq!(number.written(), &*written);
            prop_assert_eq!(number.faults(), faults(&written));
            prop_assert_eq!(number.year(), year(&written));
            prop_assert_eq!(number.key(), number_key(&written));
        }
    }

    #[test]
    fn every_wild_form_is_named_and_put_right() {
        let cases = [
            ("甲党发[2022]5号", vec![Fault::Brackets]),
            ("甲党发(2022)5号", vec![Fault::Brackets]),
            ("甲党发（2022）5号", vec![Fault::Brackets]),
            ("甲党发【2022】5号", vec![Fault::Brackets]),
            ("甲党发﹝2022﹞5号", vec![Fault::Brackets]),
            ("甲党发〔2022〕第5号", vec![Fault::Ordinal]),
            ("甲党发〔2022〕05号", vec![Fault::LeadingZero]),
            ("甲党发〔2022〕5", vec![Fault::NoSuffix]),
            ("甲党发 〔2022〕 5号", vec![Fault::Blanks]),
            ("甲党发〔２０２２〕５号", vec![Fault::Width]),
            ("甲党发〔22〕5号", vec![Fault::YearDigits]),
            (
                "甲党发[2022]第005",
                vec![
                    Fault::Brackets,
                    Fault::Ordinal,
                    Fault::NoSuffix,
                    Fault::LeadingZero,
                ],
            ),
        ];
        for (written, expected) in cases {
            assert_eq!(faults(written), expected, "{written}");
            assert_eq!(
                right(written).as_deref(),
                Some("甲党发〔2022〕5号"),
                "{written}"
            );
        }
    }

    #[test]
    fn what_cannot_be_put_right_with_certainty_is_not() {
        for (written, fault) in [
            ("〔2022〕5号", Fault::NoBody),
            ("甲党发〔2022〕号", Fault::NoNumber),
            ("甲党发5号", Fault::NoYear),
            ("甲党发〔98〕5号", Fault::YearDigits),
            ("甲党发〔50〕5号", Fault::YearDigits),
            ("甲党发〔二〇二二〕5号", Fault::YearDigits),
            ("甲党发〔2022〕五号", Fault::NoNumber),
            ("甲〕党发〔2022〕5号", Fault::Brackets),
        ] {
            assert!(faults(written).contains(&fault), "{written}");
            assert_eq!(right(written), None, "{written}");
        }
        assert_eq!(
            right("甲党发〔49〕5号").as_deref(),
            Some("甲党发〔2049〕5号")
        );
    }

    #[test]
    fn only_four_digits_in_brackets_are_a_year() {
        for (number, of) in [
            ("甲党发〔2022〕5号", Some(2022)),
            ("甲党发[2022]5号", Some(2022)),
            ("甲党发[22]5号", None),
            ("甲党发[二〇二二]5号", None),
            ("甲党发5号", None),
        ] {
            assert_eq!(year(number), of, "{number}");
        }
    }
}
