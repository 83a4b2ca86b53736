//! What a wrong value or a misspelt key certainly means: certain enough that `duban fix` writes it without
//! asking. What is merely likely stays a question to the person who reads the finding.

use toml_spanner::{Item, Table, TableStyle, Value};

use crate::calendar;
use crate::field::{Entry, Shape};
use crate::plan::TimeLimit;

/// The one key that a misspelt one stands for. A short word has many neighbours that mean something else
/// (`head` is not `lead`, `released` not `repealed`), so one slip is forgiven, two in very long keys only, and
/// two near keys are none.
pub(crate) fn key(written: &str, known: &'static [Entry]) -> Option<&'static Entry> {
    let plain = written.trim().to_lowercase().replace(['-', ' '], "_");
    if let Some(same) = known.iter().find(|entry| entry.key == plain) {
        return Some(same);
    }
    let mut near = known.iter().filter(|entry| is_near(&plain, entry.key));
    let found = near.next().filter(|_| near.next().is_none())?;
    (!is_another_word(&plain, found.key)).then_some(found)
}

fn is_near(written: &str, word: &str) -> bool {
    let (length, other) = (word.len(), written.chars().count());
    let slips = if length >= 12 { 2 } else { 1 };
    length >= 3
        && (3..=length + slips).contains(&other)
        && strsim::damerau_levenshtein(written, word) <= slips
}

/// With another letter a word of four letters is another word.
fn is_another_word(written: &str, word: &str) -> bool {
    word.len() <= 4
        && written.chars().count() == word.len()
        && strsim::levenshtein(written, word) == 1
}

/// Whether a value is what a field holds, or will be once it is put right. A table is taken only where one
/// header names it: with dotted keys or headers below it one name stands in several places.
pub(crate) fn fits(shape: &Shape, item: &Item<'_>) -> bool {
    let value = item.value();
    match shape {
        Shape::Text | Shape::Word(_) => matches!(value, Value::String(_)),
        Shape::Number { .. } => {
            item.as_i128().is_some() || item.as_str().is_some_and(|text| whole(text).is_some())
        }
        Shape::Decimal => matches!(value, Value::Float(_) | Value::Integer(_)),
        Shape::Truth => {
            item.as_bool().is_some() || item.as_str().is_some_and(|text| truth(text).is_some())
        }
        Shape::Date => is_day(item),
        Shape::TimeLimit => {
            is_day(item)
                || item
                    .as_str()
                    .is_some_and(|text| text.trim() == TimeLimit::STANDING)
        }
        Shape::Table(_) => item.as_table().is_some_and(has_one_header),
        Shape::List(inner) => item
            .as_array()
            .is_some_and(|list| list.iter().all(|element| fits(inner, element))),
        Shape::TextOr(inner) => item.as_str().is_some() || fits(inner, item),
        Shape::Map(_) => item.as_table().is_some_and(has_one_header),
        Shape::Any | Shape::Opaque(_) => item.as_table().is_none() && item.as_array().is_none(),
    }
}

fn is_day(item: &Item<'_>) -> bool {
    match item.value() {
        Value::DateTime(time) => time.date().is_some(),
        Value::String(text) => calendar::read(text).is_some(),
        _ => false,
    }
}

fn has_one_header(table: &Table<'_>) -> bool {
    let has_header = |item: &Item<'_>| {
        let own = |table: &Table<'_>| table.style() != TableStyle::Inline;
        let in_list = |element: &Item<'_>| element.as_table().is_some_and(own);
        item.as_table().is_some_and(own)
            || item.as_array().is_some_and(|list| list.iter().any(in_list))
    };
    let styled = matches!(table.style(), TableStyle::Header | TableStyle::Inline);
    styled && !table.entries().iter().any(|(_, item)| has_header(item))
}

/// Words that count things, which people write behind a number.
const MEASURES: [&str; 10] = [
    "人次", "年度", "人", "名", "位", "个", "条", "项", "次", "年",
];

/// The whole number that is meant by `12人`, `１２`, `十二`; nothing for `3万` or `12余人`.
pub(crate) fn whole(written: &str) -> Option<u32> {
    let narrow: String = written.trim().chars().map(calendar::narrow).collect();
    let measure = MEASURES
        .iter()
        .find_map(|measure| narrow.strip_suffix(measure));
    let digits = measure.unwrap_or(&narrow).trim();
    match digits.len() <= 9 && digits.bytes().all(|b| b.is_ascii_digit()) {
        true => digits.parse().ok(),
        false => calendar::number(digits),
    }
}

/// What is meant by 是 and 否. 无 may mean that nobody knows.
pub(crate) fn truth(written: &str) -> Option<bool> {
    match &*written.trim().to_lowercase() {
        "是" | "有" | "对" | "已" | "true" | "yes" | "y" => Some(true),
        "否" | "不是" | "false" | "no" | "n" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Filing, Measure, Meeting, Outcome, PlanUnit};

    #[test]
    fn a_key_with_one_slip_is_known_and_another_word_is_not() {
        let meant = |written, known| key(written, known).map(|entry| entry.key);
        for written in ["flied", "file", "fileed", "Filed", "filled"] {
            assert_eq!(meant(written, Filing::FIELDS), Some("filed"), "{written}");
        }
        for written in ["document-number", "documnet_numbr", "Document_Number"] {
            assert_eq!(
                meant(written, Filing::FIELDS),
                Some("document_number"),
                "{written}"
            );
        }
        assert_eq!(meant("kidn", Meeting::FIELDS), Some("kind"));
        assert_eq!(meant("codes", PlanUnit::FIELDS), Some("code"));
        for written in ["released", "name", "date", "x", "", "document"] {
            assert_eq!(meant(written, Outcome::FIELDS), None, "{written}");
        }
        // Another word of four letters, and one that is near two keys.
        for written in ["head", "find", "dne"] {
            assert_eq!(meant(written, Measure::FIELDS), None, "{written}");
        }
    }

    #[test]
    fn a_value_fits_a_field_if_it_is_right_or_certainly_means_what_is() {
        let fits = |field: &str, value: &str| {
            let (table, key) = field.split_once('.').unwrap();
            let sheet = match table {
                "unit" => PlanUnit::FIELDS,
                "plan" => Filing::FIELDS,
                "measure" => Measure::FIELDS,
                "problem" => crate::plan::Problem::FIELDS,
                _ => Meeting::FIELDS,
            };
            let entry = sheet.iter().find(|entry| entry.key == key).unwrap();
            let (text, arena) = (format!("x = {value}\n"), toml_spanner::Arena::new());
            let document = toml_spanner::parse(&text, &arena).unwrap();
            super::fits(&entry.shape, document.table().get("x").unwrap())
        };
        for (field, right, wrong) in [
            ("plan.title", &["\"方案\""][..], &["5", "[\"方案\"]"][..]),
            (
                "meeting.expected",
                &["9", "\"9人\""],
                &["\"若干\"", "9.5", "true"],
            ),
            (
                "meeting.reviews_campaign",
                &["true", "\"是\""],
                &["\"也许\"", "1"],
            ),
            (
                "plan.filed",
                &["2022-03-28", "\"2022-3-28\""],
                &["08:00:00", "\"三月\"", "20"],
            ),
            (
                "problem.due",
                &["2022-03-28", "\"2022-3-28\"", "\"长期坚持\""],
                &["\"看情况\"", "9"],
            ),
            (
                "measure.responsible",
                &["[]", "[\"甲办\", \"乙办\"]"],
                &["[\"甲办\", 5]", "\"甲办\""],
            ),
            (
                "plan.evidence",
                &["[\"a.pdf\"]", "[{ file = \"a.pdf\" }, \"b.pdf\"]"],
                &["[5]", "\"a.pdf\""],
            ),
            ("unit.contact", &["{ name = \"钱地支\" }"], &["\"钱地支\""]),
        ] {
            for value in right {
                assert!(fits(field, value), "{field} = {value}");
            }
            for value in wrong {
                assert!(!fits(field, value), "{field} = {value}");
            }
        }
        let (text, arena) = (
            "a = 1\nb = { c = 1 }\nd = [1]\n",
            toml_spanner::Arena::new(),
        );
        let document = toml_spanner::parse(text, &arena).unwrap();
        let any =
            ["a", "b", "d"].map(|key| super::fits(&Shape::Any, document.table().get(key).unwrap()));
        assert_eq!(any, [true, false, false]);
    }

    #[test]
    fn numbers_are_read_with_their_measure_words_only() {
        for (written, number) in [
            ("12人", 12),
            (" １２ 名", 12),
            ("十二", 12),
            ("2022年", 2022),
            ("012", 12),
        ] {
            assert_eq!(whole(written), Some(number), "{written}");
        }
        for written in [
            "3万",
            "12余人",
            "12-15",
            "",
            "人",
            "1.5",
            "1234567890",
            "-3",
        ] {
            assert_eq!(whole(written), None, "{written}");
        }
    }
}
