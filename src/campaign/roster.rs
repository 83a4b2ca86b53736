//! The roster with its indexes. There may be a million units and as many files that name none of them, so nothing here
//! looks through all units for each of them.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::hash::BuildHasher;
use std::sync::OnceLock;

use foldhash::fast::RandomState;
use foldhash::{HashMap, HashMapExt};
use hashbrown::HashTable;
use strsim::damerau_levenshtein;

use super::{Campaign, Unit};
use crate::ledger::plain_name;
use crate::nearest::nearest;

/// In a roster of so many units every code is compared with one that is unknown; in a larger one only those that
/// differ in one character are found.
const FEW: usize = 500;

/// A longer code is not taken for a misspelt one in a large roster.
const LONGEST: usize = 24;

/// Codes made of more characters than this are not made of letters and digits.
const LETTERS: usize = 64;

/// The roster with its index by code.
#[derive(Debug, Default)]
pub struct Roster<'c> {
    units: &'c [Unit],
    /// The numbers of the units; their codes are not repeated.
    by_code: HashTable<u32>,
    hash: RandomState,
    by_loose_code: OnceLock<HashMap<Box<str>, Named>>,
    by_name: OnceLock<HashMap<Box<str>, Named>>,
    /// The characters of its codes.
    letters: OnceLock<Vec<char>>,
}

/// Whose name a name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// One unit's, by its number.
    One(u32),
    /// Several units'; the first of them.
    Several(u32),
}

impl Named {
    /// The first unit that goes by the name.
    pub fn first(self) -> usize {
        let (Named::One(index) | Named::Several(index)) = self;
        index as usize
    }
}

impl<'c> Roster<'c> {
    /// The roster of a campaign; of two lines with one code, which is an error, the first counts.
    pub fn of(campaign: &'c Campaign) -> Roster<'c> {
        let (units, hash) = (&*campaign.unit, RandomState::default());
        let mut by_code = HashTable::with_capacity(units.len());
        for (index, unit) in (0..).zip(units) {
            let same = |other: &u32| units[*other as usize].code == unit.code;
            let again = |other: &u32| hash.hash_one(&*units[*other as usize].code);
            let entry = by_code.entry(hash.hash_one(&*unit.code), same, again);
            entry.or_insert(index);
        }
        Roster {
            units,
            by_code,
            hash,
            ..Roster::default()
        }
    }

    /// How many codes there are; fewer than lines if one stands twice.
    pub fn codes(&self) -> usize {
        self.by_code.len()
    }

    /// The line of a unit.
    pub fn index(&self, code: &str) -> Option<usize> {
        let same = |index: &u32| &*self.units[*index as usize].code == code;
        let index = self.by_code.find(self.hash.hash_one(code), same);
        index.map(|index| *index as usize)
    }

    /// The line of a unit. Files and roster mostly have one order, so the line after one that was just found is looked at
    /// first: it is near, and a table of all codes is not.
    pub fn index_after(&self, found: Option<usize>, code: &str) -> Option<usize> {
        let next = found.map(|found| found + 1);
        let is_next = |next: &usize| {
            let unit = self.units.get(*next);
            unit.is_some_and(|unit| &*unit.code == code)
        };
        next.filter(is_next).or_else(|| self.index(code))
    }

    /// The unit that a file's name tells: its stem is a code, or begins with one and `-` or `_`.
    pub fn by_file_stem(&self, stem: &str) -> Option<usize> {
        let heads = stem.match_indices(['-', '_']).map(|(at, _)| &stem[..at]);
        // The longest code wins, so that T01-A is not taken for T01.
        std::iter::once(stem)
            .chain(heads.collect::<Vec<_>>().into_iter().rev())
            .find_map(|head| self.index(head))
    }

    /// The line of a unit whose code a spreadsheet or a hand has made another: in other case, or without the noughts
    /// before a number.
    pub fn by_loose_code(&self, code: &str) -> Option<Named> {
        let codes = self.by_loose_code.get_or_init(|| {
            let mut codes = HashMap::with_capacity(self.units.len());
            for (index, unit) in (0..).zip(self.units) {
                add(&mut codes, loose_code(&unit.code).into(), index);
            }
            codes
        });
        codes.get(&*loose_code(code)).copied()
    }

    /// Whose name it is, now, for short or formerly, blanks and width apart.
    pub fn by_name(&self, name: &str) -> Option<Named> {
        let names = self.by_name.get_or_init(|| names(self.units));
        let name = plain_name(name);
        names
            .get(&*name)
            .copied()
            .filter(|_| !name.trim().is_empty())
    }

    /// The units whose codes are nearest to one that is not in the roster, if any is near; the likeliest first.
    pub fn near_code(&self, code: &str) -> Vec<usize> {
        let code = code.trim();
        match self.units.len() > FEW {
            true => self.one_letter_off(code),
            false => self.least_far(code),
        }
    }

    fn least_far(&self, code: &str) -> Vec<usize> {
        let codes = || self.units.iter().map(|unit| &*unit.code);
        let Some(near) = nearest(code, codes()) else {
            return vec![];
        };
        let distance = |other: &str| damerau_levenshtein(code, other);
        let others = codes().filter(|other| *other != near && distance(other) <= distance(near));
        let near = std::iter::once(near).chain(others);
        near.filter_map(|code| self.index(code)).collect()
    }

    fn one_letter_off(&self, code: &str) -> Vec<usize> {
        let written: Vec<char> = code.chars().take(LONGEST + 1).collect();
        if written.is_empty() || written.len() > LONGEST {
            return vec![];
        }
        // The width of its characters and their case are no letters.
        let plain = plain_name(code);
        let alike = [
            plain.to_string(),
            plain.to_uppercase(),
            plain.to_lowercase(),
        ];
        if let Some(index) = alike.iter().find_map(|code| self.index(code)) {
            return vec![index];
        }
        let letters = self.letters.get_or_init(|| letters(self.units));
        let mut near = BTreeSet::new();
        let mut other = String::new();
        let mut put = |parts: [&[char]; 3]| {
            other.clear();
            other.extend(parts.into_iter().flatten());
            near.extend(self.index(&other));
        };
        for at in 0..=written.len() {
            let (before, after) = written.split_at(at);
            for letter in letters {
                put([before, &[*letter], after]);
            }
            if let [one, rest @ ..] = after {
                put([before, &[], rest]);
                for letter in letters.iter().filter(|letter| *letter != one) {
                    put([before, &[*letter], rest]);
                }
                if let [next, rest @ ..] = rest {
                    put([before, &[*next, *one], rest]);
                }
            }
        }
        near.into_iter().collect()
    }
}

fn add(known: &mut HashMap<Box<str>, Named>, word: Box<str>, index: u32) {
    let named = known.entry(word).or_insert(Named::One(index));
    if *named != Named::One(index) {
        *named = Named::Several(named.first() as u32);
    }
}

fn loose_code(code: &str) -> Cow<'_, str> {
    match code.bytes().all(|b| b.is_ascii_digit()) {
        true => code.trim_start_matches('0').into(),
        false => code.to_ascii_lowercase().into(),
    }
}

fn names(units: &[Unit]) -> HashMap<Box<str>, Named> {
    let mut names = HashMap::with_capacity(units.len());
    for (index, unit) in (0..).zip(units) {
        for name in unit.names() {
            add(&mut names, plain_name(name).into(), index);
        }
    }
    names
}

fn letters(units: &[Unit]) -> Vec<char> {
    let mut letters = BTreeSet::new();
    for unit in units {
        letters.extend(unit.code.chars());
        if letters.len() > LETTERS {
            return vec![];
        }
    }
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use smol_str::SmolStr;

    use super::super::with_units as campaign;
    use super::*;

    #[test]
    fn of_two_lines_with_one_code_the_first_counts() {
        let campaign = campaign(&[("01", "甲镇"), ("02", "乙镇"), ("01", "丙镇")]);
        let roster = Roster::of(&campaign);
        assert_eq!((roster.codes(), roster.index("01")), (2, Some(0)));
        assert_eq!((roster.index("02"), roster.index("03")), (Some(1), None));
    }

    #[test]
    fn a_unit_is_found_whether_it_comes_next_or_not() {
        let campaign = campaign(&[("01", "甲镇"), ("02", "乙镇"), ("03", "丙镇")]);
        let roster = Roster::of(&campaign);
        for found in [None, Some(0), Some(1), Some(2)] {
            assert_eq!(roster.index_after(found, "02"), Some(1), "{found:?}");
            assert_eq!(roster.index_after(found, "04"), None, "{found:?}");
        }
    }

    #[test]
    fn a_name_is_found_whatever_its_blanks_and_width_and_by_what_it_was_before() {
        let mut campaign = campaign(&[("01", "甲镇"), ("02", "Ａ局"), ("03", "丙 镇"), ("04", "")]);
        campaign.unit[1].former_names = ["乙局".into(), "甲镇".into()].into();
        campaign.unit[2].short = Some(SmolStr::from("丙").into());
        let roster = Roster::of(&campaign);
        assert_eq!(roster.by_name("丙镇"), Some(Named::One(2)));
        assert_eq!(roster.by_name("丙"), Some(Named::One(2)));
        assert_eq!(roster.by_name(" A局 "), Some(Named::One(1)));
        assert_eq!(roster.by_name("乙局"), Some(Named::One(1)));
        assert_eq!(roster.by_name("甲镇"), Some(Named::Several(0)));
        assert_eq!(roster.by_name("甲镇").map(Named::first), Some(0));
        assert_eq!(roster.by_name("丁镇"), None);
        assert_eq!((roster.by_name(""), roster.by_name("　")), (None, None));
    }

    #[test]
    fn a_code_is_found_in_other_case_and_without_its_noughts_if_it_is_one_units() {
        let campaign = campaign(&[
            ("T01", "甲镇"),
            ("007", "乙镇"),
            ("t02", "丙镇"),
            ("T02", "丁镇"),
        ]);
        let roster = Roster::of(&campaign);
        assert_eq!(roster.by_loose_code("t01"), Some(Named::One(0)));
        assert_eq!(roster.by_loose_code("7"), Some(Named::One(1)));
        assert_eq!(roster.by_loose_code("0007"), Some(Named::One(1)));
        assert_eq!(roster.by_loose_code("T02"), Some(Named::Several(2)));
        assert_eq!(roster.by_loose_code("T1"), None);
        assert_eq!(roster.by_loose_code("70"), None);
    }

    #[test]
    fn a_unit_with_one_name_twice_is_one_unit() {
        let mut campaign = campaign(&[("01", "甲镇")]);
        campaign.unit[0].former_names = ["甲 镇".into()].into();
        assert_eq!(Roster::of(&campaign).by_name("甲镇"), Some(Named::One(0)));
    }

    #[test]
    fn in_a_small_roster_the_nearest_code_is_found() {
        let campaign = campaign(&[("T01", "甲镇"), ("T02", "乙镇"), ("BUREAU-7", "丙局")]);
        let roster = Roster::of(&campaign);
        assert_eq!(roster.near_code("T1"), [0]);
        assert_eq!(roster.near_code("T09"), [0, 1]);
        assert_eq!(roster.near_code(" BUREUA_7"), [2]);
        assert!(roster.near_code("XXXX").is_empty());
    }

    #[test]
    fn in_a_large_roster_a_long_code_is_compared_up_to_its_limit_and_an_empty_one_is_not() {
        let codes: Vec<String> = (0..600).map(|n| format!("U{n:03}")).collect();
        let long = format!("{}AB", "A".repeat(LONGEST - 2));
        let mut units: Vec<(&str, &str)> = codes.iter().map(|code| (&**code, "甲镇")).collect();
        units.extend([(&*long, "乙镇"), ("A", "丙镇")]);
        let campaign = campaign(&units);
        let roster = Roster::of(&campaign);
        let near = |end: &str| roster.near_code(&format!("{}{end}", &long[..LONGEST - 1]));
        assert_eq!(near("X"), [600]);
        assert!(near("XY").is_empty() && near("BX").is_empty());
        assert!(roster.near_code("").is_empty());
        assert_eq!(roster.near_code("AB"), [601]);
    }

    #[test]
    fn in_a_large_roster_letters_are_tried_if_its_codes_are_made_of_few() {
        // Of every unit's code the first is one of so many letters, the others are figures.
        let near = |letters: u32| {
            let letter = |n: u32| char::from_u32(0x4E00 + n % letters).unwrap();
            let codes: Vec<String> = (0..11 * letters)
                .map(|n| format!("{}{}", letter(n), n / letters))
                .collect();
            let units: Vec<(&str, &str)> = codes.iter().map(|code| (&**code, "甲镇")).collect();
            let campaign = campaign(&units);
            Roster::of(&campaign).near_code("\u{4E00}X").len()
        };
        assert_eq!((near(54), near(55)), (10, 0));
    }

    #[test]
    fn in_a_large_roster_a_code_one_letter_off_is_found_and_none_further_off() {
        let codes: Vec<String> = (0..2000).map(|n| format!("U{:06}", 37 * n)).collect();
        let units: Vec<(&str, &str)> = codes.iter().map(|code| (&**code, "甲镇")).collect();
        let campaign = campaign(&units);
        let roster = Roster::of(&campaign);
        let meant = roster.index("U037000").unwrap();
        for written in [
            "u037000", "U03700", "U0370000", "U307000", "V037000", "U03700X", "037000",
        ] {
            assert!(roster.near_code(written).contains(&meant), "{written}");
        }
        for written in ["u037000", "Ｕ０３７０００", "U 037000"] {
            assert_eq!(roster.near_code(written), [meant], "{written}");
        }
        for written in ["", " ", "U03", "X03700X", &"U037000".repeat(9)] {
            assert!(!roster.near_code(written).contains(&meant), "{written}");
        }
    }
}
