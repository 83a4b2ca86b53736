//! File names for units: a code may hold what cannot stand in a file name on some system.

use foldhash::{HashMap, HashMapExt};
use sha2::{Digest, Sha256};

use crate::campaign::{Campaign, Unit};

/// The longest stem in bytes; systems take 255 with the extension.
const MAX_STEM: usize = 150;

/// The name of each unit's plan file, in the order of the roster: its code with `.toml`. What cannot stand in a
/// name is written as `%2F`; codes that differ only where some systems see no difference are told apart.
pub fn file_names(campaign: &Campaign) -> Vec<String> {
    let codes = campaign.unit.iter().map(|unit| unit.code.to_string());
    let stems = distinct_stems(&codes.collect::<Vec<_>>());
    stems.iter().map(|stem| format!("{stem}.toml")).collect()
}

/// What can stand in a file's name before its extension, as near to each wish as may be, and no two alike.
pub fn distinct_stems(wishes: &[String]) -> Vec<String> {
    let stems: Vec<String> = wishes.iter().map(|wish| stem(wish)).collect();
    let mut alike: HashMap<String, usize> = HashMap::new();
    for stem in &stems {
        *alike.entry(stem.to_lowercase()).or_default() += 1;
    }
    let name = |(stem, wish): (&String, &String)| match alike.get(&stem.to_lowercase()) {
        Some(2..) => format!("{stem}%{}", digest(wish)),
        _ => stem.clone(),
    };
    stems.iter().zip(wishes).map(name).collect()
}

/// The name of each unit's workbook, in the order of the roster: its code and its name, `T01-甲镇.xlsx`.
pub fn form_names(campaign: &Campaign) -> Vec<String> {
    let wish = |unit: &Unit| match unit.name.trim() {
        "" => unit.code.to_string(),
        name => format!("{}-{name}", unit.code),
    };
    let wishes: Vec<String> = campaign.unit.iter().map(wish).collect();
    let stems = distinct_stems(&wishes).into_iter();
    stems.map(|stem| format!("{stem}.xlsx")).collect()
}

fn stem(code: &str) -> String {
    let last = code.chars().count().saturating_sub(1);
    let reserved = is_reserved(code);
    let mut stem = String::with_capacity(code.len());
    for (at, c) in code.chars().enumerate() {
        // A dot makes a hidden file, a tilde a lock file, a hyphen an option.
        let first = at == 0 && matches!(c, '.' | '~' | '-' | ' ');
        let end = at == last && (reserved || matches!(c, '.' | ' '));
        if first || end || !may_stand(c) {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                stem.push_str(&format!("%{byte:02X}"));
            }
        } else {
            stem.push(c);
        }
    }
    if stem.len() <= MAX_STEM {
        return stem;
    }
    let cut = (0..=MAX_STEM).rfind(|at| stem.is_char_boundary(*at));
    let cut = cut.unwrap_or(0);
    format!("{}%{}", &stem[..cut], digest(code))
}

fn may_stand(c: char) -> bool {
    let reserved = matches!(
        c,
        '<' | '>' | ':' | '"' | '/' | '\\' | '|' | '?' | '*' | '%'
    );
    let mut bytes = [0; 4];
    let harmless = crate::escape::plain(c.encode_utf8(&mut bytes))
        .chars()
        .eq([c]);
    harmless && !reserved
}

/// Names that Windows keeps for devices, with any extension, and the rule book's own.
fn is_reserved(code: &str) -> bool {
    const DEVICES: [&str; 6] = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];
    let head = code.split('.').next().unwrap_or_default().trim_end();
    let head = head.to_uppercase();
    let numbered = |port| {
        head.strip_prefix(port).is_some_and(|number| {
            let mut digits = number.chars();
            let is_digit = |c: char| c.is_ascii_digit() || matches!(c, '¹' | '²' | '³');
            digits.next().is_some_and(is_digit) && digits.next().is_none()
        })
    };
    DEVICES.contains(&&*head)
        || numbered("COM")
        || numbered("LPT")
        || code.eq_ignore_ascii_case("campaign")
}

fn digest(code: &str) -> String {
    let hash = Sha256::digest(code.as_bytes());
    hash.iter()
        .take(4)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(codes: &[&str]) -> Vec<String> {
        let unit = |code: &&str| Unit {
            code: (*code).into(),
            ..Unit::default()
        };
        let unit = codes.iter().map(unit).collect();
        file_names(&Campaign {
            unit,
            ..Campaign::default()
        })
    }

    #[test]
    fn a_code_is_its_file_name_where_it_can_be() {
        assert_eq!(names(&["T01", "甲-1"]), ["T01.toml", "甲-1.toml"]);
    }

    #[test]
    fn what_cannot_stand_in_a_name_is_written_in_hexadecimal() {
        assert_eq!(
            names(&["a/b", "a:b", "..", "~$x", "-x", "x%", "a\nb", "x."]),
            [
                "a%2Fb.toml",
                "a%3Ab.toml",
                "%2E%2E.toml",
                "%7E$x.toml",
                "%2Dx.toml",
                "x%25.toml",
                "a%0Ab.toml",
                "x%2E.toml",
            ]
        );
    }

    #[test]
    fn reserved_names_and_the_rule_books_are_avoided() {
        for code in ["CON", "con.x", "LPT1", "campaign", "nul", "COM²"] {
            let name = &names(&[code])[0];
            assert!(name.contains('%'), "{name}");
        }
        assert_eq!(names(&["CONE", "COM10"]), ["CONE.toml", "COM10.toml"]);
    }

    #[test]
    fn every_unit_has_a_name_of_its_own_that_is_short_enough() {
        let long = "长".repeat(500);
        let longer = format!("{long}1");
        let names = names(&["t01", "T01", &long, &longer]);
        let mut lower: Vec<_> = names.iter().map(|name| name.to_lowercase()).collect();
        lower.sort();
        lower.dedup();
        assert_eq!(lower.len(), 4);
        assert!(names.iter().all(|name| name.len() < 200));
    }
}
