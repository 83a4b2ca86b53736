//! A long roster, read a piece at a time. The tree of a text is several times as large as the text, and a roster may
//! have a hundred thousand units; so only a few hundred of them are in a tree at once. Only what is wholly in order is
//! read so: where anything is wrong, the text is read as a whole, and that is said of the whole.

use memchr::memmem;
use toml_spanner::{Arena, parse_recoverable};

use crate::campaign::{BEIJING, Campaign, Unit};
use crate::load;
use crate::locate::Places;
use crate::read::{FromItem, Reader};

/// The list of the units.
const LIST: &str = "unit";

/// A roster with fewer units is read with the rest.
const LONG: usize = 1000;

/// So many units are read together.
const TOGETHER: usize = 256;

/// Reads a campaign with a long roster; nothing if its roster is short, or if something is wrong.
pub(super) fn campaign(text: &str) -> Option<(Campaign, Places)> {
    let headers = headers(text);
    let (first, last) = (*headers.first()?, *headers.last()?);
    if headers.len() < LONG {
        return None;
    }
    let mut unit = Vec::with_capacity(headers.len());
    for number in (0..headers.len() - 1).step_by(TOGETHER) {
        let next = (number + TOGETHER).min(headers.len() - 1);
        let piece = &text[headers[number] as usize..headers[next] as usize];
        unit.extend(units(piece, next - number)?);
    }
    // The last unit is read with what stands before the first and after the last: it shows whether there may be a
    // list of units there.
    let cut = first as usize..last as usize;
    let rest = [&text[..cut.start], &text[cut.end..]].concat();
    let arena = Arena::new();
    let document = parse_recoverable(&rest, &arena);
    let (campaign, drafts) = load::campaign(&rest, &document);
    if !drafts.is_empty() || campaign.unit.len() != 1 {
        return None;
    }
    let places = Places::of(document.table(), &rest);
    let places = places.in_whole(text, cut, LIST, headers.into());
    unit.extend(campaign.unit);
    Some((Campaign { unit, ..campaign }, places))
}

/// Where lines begin that look like the header of a unit. In a text of several lines they may be something else; then
/// that text is cut in two, and neither piece can be read.
fn headers(text: &str) -> Vec<u32> {
    let at_start = text.starts_with("[[unit]]").then_some(0);
    let others = memmem::find_iter(text.as_bytes(), "\n[[unit]]");
    at_start
        .into_iter()
        .chain(others.map(|at| at as u32 + 1))
        .collect()
}

/// The units of a piece, if there are so many in it and nothing else.
fn units(piece: &str, count: usize) -> Option<Vec<Unit>> {
    let arena = Arena::new();
    let document = parse_recoverable(piece, &arena);
    let [(key, list)] = document.table().entries() else {
        return None;
    };
    if key.name != LIST || !document.errors().is_empty() {
        return None;
    }
    let mut reader = Reader::new(piece, BEIJING);
    let units = Vec::from_item(list, &mut reader)?;
    (reader.drafts.is_empty() && units.len() == count).then_some(units)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locate::locate;
    use crate::path;

    /// A campaign with so many units, with a line of its own for each, and something after them.
    fn text(units: usize, of_unit: impl Fn(usize) -> String, after: &str) -> String {
        let unit = |n| {
            format!(
                "[[unit]]\ncode = \"U{n}\"\nname = \"甲{n}局\"\n{}\n",
                of_unit(n)
            )
        };
        let units: String = (0..units).map(unit).collect();
        format!("{}\n{units}{after}", crate::campaign::BUILT_IN)
    }

    fn nothing(_: usize) -> String {
        String::new()
    }

    const AFTER: &str = "[[extension]]\nunit = \"U5\"\nmilestone = \"plan\"\nuntil = 2022-04-05\n";

    #[test]
    fn a_long_roster_read_in_pieces_is_the_same_as_read_as_a_whole() {
        let branches = |n: usize| match n % 3 {
            0 => "[unit.met_by]\nunit = \"U1\"\n".to_owned(),
            1 => "branches = [\n\"一\",\n\"二\"]\n# 甲\n".to_owned(),
            _ => String::new(),
        };
        for (units, after) in [
            (LONG, ""),
            (4 * TOGETHER + 1, AFTER),
            (3 * TOGETHER + LONG + 7, AFTER),
        ] {
            let text = text(units, branches, after);
            let (campaign, places) = campaign(&text).unwrap();
            let arena = Arena::new();
            let document = parse_recoverable(&text, &arena);
            let (whole, drafts) = load::campaign(&text, &document);
            assert!(drafts.is_empty());
            assert_eq!(campaign, whole);
            let mut fields = vec![
                path![],
                path!["campaign", "name"],
                path!["milestone", 2, "due"],
                path!["unit"],
                path!["unit", units, "code"],
                path!["extension", 0, "until"],
                path!["levels"],
            ];
            for unit in [0, 1, TOGETHER - 1, TOGETHER, units - 2, units - 1] {
                fields.extend([
                    path!["unit", unit],
                    path!["unit", unit, "name"],
                    path!["unit", unit, "branches", 1],
                    path!["unit", unit, "met_by", "unit"],
                ]);
            }
            for field in fields {
                let span = locate(document.table(), &text, &field);
                assert_eq!(places.locate(&text, &field), span, "{field}");
            }
        }
    }

    #[test]
    fn a_roster_may_come_first_and_the_first_line_is_still_the_first() {
        let unit = |n| format!("[[unit]] # {n}\ncode = \"U{n}\"\nname = \"甲{n}局\"\n");
        let units: String = (0..LONG).map(unit).collect();
        let text = format!("{units}{}", crate::campaign::BUILT_IN);
        let (_, places) = campaign(&text).unwrap();
        assert_eq!(&text[places.locate(&text, &path![])], "[[unit]] # 0");
        let name = places.locate(&text, &path!["campaign", "issuer", "x"]);
        let arena = Arena::new();
        let document = parse_recoverable(&text, &arena);
        assert_eq!(
            name,
            locate(document.table(), &text, &path!["campaign", "issuer", "x"])
        );
    }

    #[test]
    fn another_long_list_keeps_its_places_before_and_after_the_roster() {
        let extension = |n| {
            format!("[[extension]]\nunit = \"U{n}\"\nmilestone = \"plan\"\nuntil = 2022-04-05\n")
        };
        let extensions: String = (0..100).map(extension).collect();
        let units = text(LONG, nothing, &extensions);
        let before = units.strip_suffix(&*extensions).unwrap();
        let (head, units) = before.split_at(crate::campaign::BUILT_IN.len() + 1);
        for text in [
            format!("{head}{units}{extensions}"),
            format!("{head}{extensions}{units}"),
        ] {
            let (_, places) = campaign(&text).unwrap();
            let tree = Arena::new();
            let document = parse_recoverable(&text, &tree);
            for number in [0, 1, 98, 99] {
                let field = path!["extension", number, "unit"];
                let span = locate(document.table(), &text, &field);
                assert_eq!(places.locate(&text, &field), span, "{field}");
            }
        }
    }

    #[test]
    fn a_short_roster_and_one_with_anything_wrong_is_read_as_a_whole() {
        assert!(campaign("").is_none());
        assert!(campaign(&text(LONG - 1, nothing, "")).is_none());
        assert!(campaign(&text(LONG, nothing, "")).is_some());
        let at = |unit: usize, line: &'static str| {
            move |n: usize| {
                if n == unit {
                    line.to_owned()
                } else {
                    String::new()
                }
            }
        };
        for unit in [0, TOGETHER - 1, TOGETHER, LONG - 1] {
            for wrong in [
                "x",
                "cod = \"1\"",
                "code = \"again\"",
                "since = \"2022-03-01\"",
                "[[unit]]",
                "[unit.nothing]\nx = 1",
                "[campaign]\nname = \"again\"",
                "short = \"\"\"",
                "short = \"\"\"\n[[unit]]\n\"\"\"",
            ] {
                let text = text(LONG, at(unit, wrong), "");
                assert!(campaign(&text).is_none(), "{wrong} in {unit}");
            }
        }
        // What is in order, but not in its usual order, too.
        for elsewhere in [
            "[[extension]]\nunit = \"U5\"\nmilestone = \"plan\"\nuntil = 2022-04-05\n",
            "[document]\n",
        ] {
            assert!(
                campaign(&text(LONG, at(7, elsewhere), "")).is_none(),
                "{elsewhere}"
            );
        }
        let head = |line: &str| {
            text(LONG, nothing, "").replacen("[campaign]", &format!("{line}\n[campaign]"), 1)
        };
        assert!(campaign(&head("")).is_some());
        assert!(campaign(&head("unit = []")).is_none());
        assert!(campaign(&head("[[unit]]\ncode = \"0\"\nname = \"乙\"\n")).is_none());
        assert!(campaign(&head(" [[unit]]\ncode = \"0\"\nname = \"乙\"\n")).is_none());
        assert!(campaign(&head("[unit]\n")).is_none());
    }
}
