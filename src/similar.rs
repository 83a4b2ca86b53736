//! Texts that are the same or nearly the same (雷同): made comparable, compared, and found among very many.
//! Pure functions; whose text it is and what is said about it is the rule's business.
//!
//! Two texts are compared by their pairs of characters: neighbours, and next neighbours with one between them.
//! A character of the one is covered when a pair that it belongs to also occurs in the other, as often as it
//! does there; the likeness of the texts is the share of their characters, of both together, that are covered.
//! A character that was replaced costs itself and not the pairs it stood in, and with the next neighbours it
//! does not cut off a single one between two replaced; so a text with a tenth of its characters replaced keeps
//! 0.9, and one whose clauses change places loses little. (A count of common pairs would fall to 0.8.)

mod search;
mod sketch;

use std::cmp::Ordering;

use unicode_normalization::UnicodeNormalization;

pub use search::{Copied, Text, copied};

/// A text of fewer characters, once made comparable, says too little to have been copied.
pub const SHORTEST: usize = 12;

/// A name of fewer characters is not taken out of texts: it may be part of any word.
const SHORTEST_NAME: usize = 2;

/// Letters, signs and digits of a text and nothing else: width made alike (NFKC), capitals made small.
pub fn plain(text: &str) -> String {
    let kept = |c: &char| c.is_alphanumeric();
    let settled = |c: char| is_ideograph(c) || c.is_ascii() || is_mark(c);
    if text.chars().all(settled) {
        let small = |c: char| c.to_ascii_lowercase();
        let letter = |c: &char| is_ideograph(*c) || c.is_ascii_alphanumeric();
        return text.chars().filter(letter).map(small).collect();
    }
    let wide = text.nfkc().flat_map(char::to_lowercase);
    // Once more, since marks that now stand beside each other have an order.
    wide.filter(kept).nfkc().collect()
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}')
}

/// Whether a character is one of the usual Chinese punctuation marks, of which nothing is kept.
fn is_mark(c: char) -> bool {
    matches!(
        c,
        '，' | '。'
            | '；'
            | '：'
            | '、'
            | '“'
            | '”'
            | '《'
            | '》'
            | '（'
            | '）'
            | '！'
            | '？'
            | '—'
            | '…'
    )
}

/// A text made comparable: [`plain`], without the unit's own names (plain ones, the longest first), as UTF-16,
/// whose pairs of characters are single numbers. None when too little is left.
pub fn comparable(text: &str, names: &[String]) -> Option<Vec<u16>> {
    // Every character has at least one byte.
    if text.len() < SHORTEST {
        return None;
    }
    let mut plain = plain(text);
    for name in names
        .iter()
        .filter(|name| name.chars().count() >= SHORTEST_NAME)
    {
        if plain.contains(name.as_str()) {
            plain = plain.replace(name.as_str(), "");
        }
    }
    let signs: Vec<u16> = plain.encode_utf16().collect();
    (signs.len() >= SHORTEST).then_some(signs)
}

/// How alike two texts are: so many of their characters are covered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Likeness {
    covered: usize,
    length: usize,
}

impl Likeness {
    /// Of two texts that are the same.
    pub const FULL: Likeness = Likeness {
        covered: 1,
        length: 1,
    };

    /// From 0, nothing in common, to 1.
    pub fn share(self) -> f64 {
        self.covered as f64 / self.length.max(1) as f64
    }

    /// As a percentage, rounded down: less than all is never 100.
    pub fn percent(self) -> usize {
        self.covered * 100 / self.length.max(1)
    }
}

/// How alike two comparable texts are.
pub fn likeness(one: &[u16], other: &[u16]) -> Likeness {
    let length = one.len() + other.len();
    if one == other {
        return Likeness {
            covered: length,
            length,
        };
    }
    let (pairs, others) = (pairs(one), pairs(other));
    let mut covers = (Cover::new(one.len()), Cover::new(other.len()));
    let (mut i, mut j) = (0, 0);
    while let (Some(pair), Some(with)) = (pairs.get(i), others.get(j)) {
        match (pair >> PLACE_BITS).cmp(&(with >> PLACE_BITS)) {
            Ordering::Less => i += 1,
            Ordering::Greater => j += 1,
            Ordering::Equal => {
                covers.0.pair(*pair);
                covers.1.pair(*with);
                (i, j) = (i + 1, j + 1);
            }
        }
    }
    Likeness {
        covered: covers.0.count() + covers.1.count(),
        length,
    }
}

/// A pair as a number: its two characters, a bit that says whether one stands between, and its place.
const PLACE_BITS: u32 = 31;

/// The pairs of a text, in order.
fn pairs(signs: &[u16]) -> Vec<u64> {
    let pair = |one: u16, other: u16, apart: u64, place: usize| {
        let both = (u64::from(one) << 16) | u64::from(other);
        (((both << 1) | apart) << PLACE_BITS) | place as u64
    };
    let mut pairs = Vec::with_capacity(2 * signs.len());
    let near = signs.windows(2).enumerate();
    pairs.extend(near.map(|(place, two)| pair(two[0], two[1], 0, place)));
    let next = signs.windows(3).enumerate();
    pairs.extend(next.map(|(place, three)| pair(three[0], three[2], 1, place)));
    pairs.sort_unstable();
    pairs
}

/// Which characters of a text are covered.
struct Cover(Vec<bool>);

impl Cover {
    fn new(length: usize) -> Cover {
        Cover(vec![false; length])
    }

    fn pair(&mut self, pair: u64) {
        let place = (pair & ((1 << PLACE_BITS) - 1)) as usize;
        let apart = (pair >> PLACE_BITS & 1) as usize;
        self.0[place] = true;
        self.0[place + 1 + apart] = true;
    }

    fn count(&self) -> usize {
        self.0.iter().filter(|covered| **covered).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn signs(text: &str) -> Vec<u16> {
        text.encode_utf16().collect()
    }

    #[test]
    fn width_blanks_and_punctuation_make_no_difference() {
        for (wild, tame) in [
            ("学习，不深 不透。", "学习不深不透"),
            ("Ａ级　１２项ﾊ", "a级12项ハ"),
            ("〇三年（试行）", "〇三年试行"),
            ("“五不”——专项…", "五不专项"),
            ("\t\r\n", ""),
        ] {
            assert_eq!(plain(wild), tame, "{wild:?}");
        }
    }

    #[test]
    fn the_units_own_name_is_taken_out_and_short_texts_are_left_out() {
        let names = [plain("甲 镇人民政府"), plain("甲镇"), plain("乙")];
        let text = "甲镇人民政府班子学习不深，甲镇干部到乙村走访偏少";
        let left = comparable(text, &names).expect("long enough");
        assert_eq!(left, signs("班子学习不深干部到乙村走访偏少"));
        assert_eq!(comparable("学习不深不透", &names), None);
        assert_eq!(comparable("甲镇学习不深不透缺少章法", &names), None);
        assert!(comparable("学习不深不透缺少章法，落实", &names).is_some());
        // Twelve are enough, even where each has a single byte.
        assert_eq!(comparable("ABCDE2022-QR", &names), None);
        assert_eq!(
            comparable("ABCDE2022PQR", &names),
            Some(signs("abcde2022pqr"))
        );
    }

    #[test]
    fn a_replaced_character_costs_itself() {
        let one = signs("对多年未解决的合同纠纷有畏难情绪清理一拖再拖");
        let two_places = likeness(&one, &signs("对多年未解决的合同纠纷有害怕情绪清理一拖再拖"));
        assert_eq!((two_places.covered, two_places.length), (40, 44));
        let at_ends = likeness(&one, &signs("对几年未解决的合同争纷争畏难情绪清理一拖就拖"));
        assert_eq!((at_ends.covered, at_ends.length), (36, 44));
        let nothing = likeness(&one, &signs("收集资料汇总信息撰写报告"));
        assert_eq!((nothing.percent(), nothing.share()), (0, 0.0));
        let swapped = likeness(&one, &signs("清理一拖再拖对多年未解决的合同纠纷有畏难情绪"));
        assert_eq!(swapped.percent(), 100);
    }

    #[test]
    fn a_pair_covers_only_as_often_as_it_occurs_in_the_other() {
        let once = signs("工作落实");
        let often = signs("工作工作工作工作");
        let found = likeness(&once, &often);
        assert_eq!((found.covered, found.length), (4, 12));
    }

    proptest! {
        #[test]
        fn likeness_is_symmetric_within_bounds_and_full_for_the_same(one in "[甲-申]{2,40}", other in "[甲-申]{2,40}") {
            let (one, other) = (signs(&one), signs(&other));
            let found = likeness(&one, &other);
            prop_assert_eq!(found, likeness(&other, &one));
            prop_assert!((0.0..=1.0).contains(&found.share()));
            prop_assert_eq!(likeness(&one, &one).share(), 1.0);
        }

        #[test]
        fn what_is_plain_stays_so(text in "[ -~一-龥Ａ-ｚ０-９ｦ-ﾟ，。、；：（）㈠-㈩①-⑳é\u{3000}]{0,40}") {
            let once = plain(&text);
            prop_assert_eq!(plain(&once), once);
        }
    }
}
