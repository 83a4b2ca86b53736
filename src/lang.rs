//! Chinese and English. Every sentence a person reads is a [`Text`]: both languages side by side, so that
//! one of them cannot be forgotten. Which of the two is shown is decided once, at the edge of the program.

use std::cmp::Ordering;
use std::fmt::{self, Write};

use serde::Serialize;

/// The language of everything a person reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Lang {
    /// 中文
    #[serde(rename = "zh")]
    Zh,
    /// English
    #[serde(rename = "en")]
    En,
}

impl Lang {
    /// Reads `zh`, `zh-CN`, `zh_CN.UTF-8`, `en`, …; `None` when it names neither language.
    pub fn parse(name: &str) -> Option<Lang> {
        let name = name.to_ascii_lowercase();
        let is = |lang: &str| {
            name.strip_prefix(lang)
                .is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
        };
        match () {
            _ if is("zh") || is("chinese") => Some(Lang::Zh),
            _ if is("en") || is("english") => Some(Lang::En),
            _ => None,
        }
    }

    /// The language when `--lang` does not say: `DUBAN_LANG`, else Chinese in a Chinese locale, else English.
    pub fn of_environment() -> Lang {
        Lang::wished().unwrap_or_else(|| {
            let locale = sys_locale::get_locale().unwrap_or_default();
            if Lang::parse(&locale) == Some(Lang::Zh) {
                Lang::Zh
            } else {
                Lang::En
            }
        })
    }

    /// The language that `DUBAN_LANG` asks for.
    pub fn wished() -> Option<Lang> {
        Lang::parse(&std::env::var("DUBAN_LANG").ok()?)
    }

    /// Picks the text of this language.
    pub fn pick<T>(self, zh: T, en: T) -> T {
        match self {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}

/// One sentence or term in both languages.
#[derive(Clone)]
pub struct Text(Both);

/// There may be a hundred thousand findings, each with a few texts: both languages are in one piece.
#[derive(Clone)]
enum Both {
    Fixed {
        zh: &'static str,
        en: &'static str,
    },
    /// Both, the Chinese first, which has so many bytes.
    Made {
        both: Box<str>,
        zh: usize,
    },
}

impl Text {
    /// A text known when the program is written.
    pub const fn fixed(zh: &'static str, en: &'static str) -> Text {
        Text(Both::Fixed { zh, en })
    }

    /// A text put together at run time; [`text!`](crate::text) is the usual way to make one.
    pub fn new(zh: impl Into<String>, en: impl AsRef<str>) -> Text {
        Text::of(zh.into(), format_args!("{}", en.as_ref()))
    }

    /// The same with the English not yet put together.
    pub fn of(mut zh: String, en: fmt::Arguments<'_>) -> Text {
        let length = zh.len();
        // A string takes whatever is written.
        _ = zh.write_fmt(en);
        Text(Both::Made {
            both: zh.into_boxed_str(),
            zh: length,
        })
    }

    /// What reads the same in both languages: a name, a date, a value from a file.
    pub fn same(value: impl Into<String>) -> Text {
        let value = value.into();
        Text::new(value.clone(), value)
    }

    /// The text in one language.
    pub fn get(&self, lang: Lang) -> &str {
        lang.pick(self.zh(), self.en())
    }

    /// The Chinese text.
    pub fn zh(&self) -> &str {
        match &self.0 {
            Both::Fixed { zh, .. } => zh,
            Both::Made { both, zh } => &both[..*zh],
        }
    }

    /// The English text.
    pub fn en(&self) -> &str {
        match &self.0 {
            Both::Fixed { en, .. } => en,
            Both::Made { both, zh } => &both[*zh..],
        }
    }

    /// Whether there is nothing to read.
    pub fn is_empty(&self) -> bool {
        self.zh().is_empty() && self.en().is_empty()
    }

    /// Joins texts with the separators of each language.
    pub fn join<'t>(texts: impl IntoIterator<Item = &'t Text>, zh: &str, en: &str) -> Text {
        let texts: Vec<&Text> = texts.into_iter().collect();
        let zh = texts.iter().map(|t| t.zh()).collect::<Vec<_>>().join(zh);
        let en = texts.iter().map(|t| t.en()).collect::<Vec<_>>().join(en);
        Text::new(zh, en)
    }

    /// A list in running text: `甲、乙` and `a, b`.
    pub fn list<'t>(texts: impl IntoIterator<Item = &'t Text>) -> Text {
        Text::join(texts, "、", ", ")
    }
}

impl Default for Text {
    fn default() -> Text {
        Text::fixed("", "")
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} / {:?}", self.zh(), self.en())
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Text) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Text {}

impl PartialOrd for Text {
    fn partial_cmp(&self, other: &Text) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Text {
    fn cmp(&self, other: &Text) -> Ordering {
        (self.zh(), self.en()).cmp(&(other.zh(), other.en()))
    }
}

/// Makes a [`Text`] from a Chinese and an English format string; both are checked when compiled.
/// Named values after the strings must be used by both.
///
/// ```
/// use duban::text;
/// let days = 3;
/// assert_eq!(text!("逾期{days}天", "{days} days late").zh(), "逾期3天");
/// ```
#[macro_export]
macro_rules! text {
    ($zh:literal, $en:literal $(, $name:ident = $value:expr)* $(,)?) => {{
        $(let $name = &$value;)*
        $crate::lang::Text::of(format!($zh), format_args!($en))
    }};
}

/// `1 day`, `2 days`: an English count with its noun.
pub fn count(n: impl Into<i64>, one: &str, many: &str) -> String {
    let n = n.into();
    if n == 1 {
        format!("1 {one}")
    } else {
        format!("{n} {many}")
    }
}

/// A number below a hundred as a heading has it: `三`, `十二`.
pub fn numeral(n: usize) -> String {
    let digit = |n: usize| "〇一二三四五六七八九".chars().nth(n).unwrap_or_default();
    let (tens, ones) = (n / 10, n % 10);
    let mut numeral = String::new();
    if tens > 1 {
        numeral.push(digit(tens));
    }
    if tens > 0 {
        numeral.push('十');
    }
    if ones > 0 || tens == 0 {
        numeral.push(digit(ones));
    }
    numeral
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_headings_are_written_as_they_are_read() {
        let numerals = [0, 1, 9, 10, 11, 20, 35, 99].map(numeral);
        let read = ["〇", "一", "九", "十", "十一", "二十", "三十五", "九十九"];
        assert_eq!(numerals, read);
    }

    #[test]
    fn locales_name_their_language() {
        for zh in ["zh", "zh-CN", "zh_CN.UTF-8", "ZH", "zh-Hans-CN"] {
            assert_eq!(Lang::parse(zh), Some(Lang::Zh), "{zh}");
        }
        assert_eq!(Lang::parse("en_GB"), Some(Lang::En));
        assert_eq!(Lang::parse("zhx"), None);
        assert_eq!(Lang::parse("C"), None);
    }

    #[test]
    fn a_text_is_the_same_however_it_was_made_and_in_order_of_both_languages() {
        let days = 3;
        let made = crate::text!("逾期{days}天", "{days} days late");
        let fixed = Text::fixed("逾期3天", "3 days late");
        assert_eq!(made, fixed);
        assert_eq!(made, Text::new("逾期3天", "3 days late"));
        assert_eq!(format!("{made:?}"), "\"逾期3天\" / \"3 days late\"");
        for other in [
            Text::fixed("逾期3天", "3 days"),
            Text::fixed("逾期", "3 days late"),
        ] {
            assert_ne!(made, other);
            assert_eq!(made.partial_cmp(&other), Some(Ordering::Greater));
        }
        assert!(Text::default().is_empty() && Text::new("", "").is_empty());
        assert!(!Text::new("甲", "").is_empty() && !Text::new("", "a").is_empty());
    }

    #[test]
    fn a_list_is_joined_as_each_language_does() {
        let list = Text::list(&[Text::fixed("甲", "a"), Text::fixed("乙", "b")]);
        assert_eq!((list.zh(), list.en()), ("甲、乙", "a, b"));
    }
}
