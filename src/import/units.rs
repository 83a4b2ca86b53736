//! Whose a row is, by the roster; and the rows of each unit together.

use std::cell::Cell;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use unicode_normalization::UnicodeNormalization;

use super::book;
use super::problem::{Report, Spot};
use super::sheet::Row;
use super::value::{shown, squeezed};
use crate::campaign::{Campaign, Named, Roster};
use crate::form::{Column, Filled, Record};
use crate::lang::Text;
use crate::ledger::same_name;
use crate::nearest::nearest;
use crate::read::shortened;
use crate::text;

/// The roster, and the units that a workbook names.
pub(super) struct Units<'u> {
    campaign: &'u Campaign,
    roster: Roster<'u>,
    named: BTreeSet<usize>,
    /// How many names were compared with one that is not in the roster.
    compared: Cell<usize>,
}

/// So many names are compared with those that are not in the roster, a second's work; more mistakes than that need no
/// hint each.
const COMPARISONS: usize = 2_000_000;

/// A unit with what is worth knowing of how it was found, or nothing if none is named, or what is wrong: with the code
/// or with the name, the message, what to do.
pub(super) type Found = Result<Option<(usize, Option<Text>)>, (bool, Text, Text)>;

impl<'u> Units<'u> {
    pub(super) fn of(campaign: &'u Campaign) -> Units<'u> {
        Units {
            campaign,
            roster: Roster::of(campaign),
            named: BTreeSet::new(),
            compared: Cell::new(0),
        }
    }

    /// The workbook names a unit.
    pub(super) fn note(&mut self, unit: usize) {
        self.named.insert(unit);
    }

    /// The only unit that the workbook names.
    pub(super) fn only(&self) -> Option<usize> {
        let mut named = self.named.iter();
        named.next().copied().filter(|_| named.next().is_none())
    }

    /// The unit of a row by its code, else by its name; where both stand, they must agree.
    pub(super) fn find(&self, code: Option<&book::Cell>, name: Option<&book::Cell>) -> Found {
        let plain = |cell: &book::Cell| squeezed(&shown(cell)).nfkc().collect::<String>();
        let code = code.map(plain).filter(|code| !code.is_empty());
        let name = name.map(plain).filter(|name| !name.is_empty());
        let by_name = || name.as_deref().map(|name| self.by_name(name)).transpose();
        let Some(code) = code else {
            return Ok(by_name()?.map(|unit| (unit, None)));
        };
        let (unit, remark) = self.by_code(&code)?;
        let of = &self.campaign.unit[unit];
        match &name {
            Some(name) if !of.names().any(|own| same_name(own, name)) => {
                let (own, name) = (&of.name, shortened(name));
                Err((
                    false,
                    text!(
                        "代码{code}是{own}，名称却写“{name}”",
                        "the code {code} is {own}, but the name is “{name}”"
                    ),
                    Text::fixed("核对代码和名称", "see which of the two is right"),
                ))
            }
            _ => Ok(Some((unit, remark))),
        }
    }

    fn by_code(&self, code: &str) -> Result<(usize, Option<Text>), (bool, Text, Text)> {
        if let Some(unit) = self.roster.index(code) {
            return Ok((unit, None));
        }
        if let Some(Named::One(unit)) = self.roster.by_loose_code(code) {
            let full = &self.campaign.unit[unit as usize].code;
            // Excel turns 007 into 7.
            let without_noughts = !full.eq_ignore_ascii_case(code);
            let remark = || text!("代码{code}读作{full}", "the code {code} is read as {full}");
            return Ok((unit as usize, without_noughts.then(remark)));
        }
        let near = self.near_code(code);
        let code = shortened(code);
        Err((
            true,
            text!(
                "花名册中没有代码“{code}”",
                "the code “{code}” is not in the roster"
            ),
            self.meant(near),
        ))
    }

    fn by_name(&self, name: &str) -> Result<usize, (bool, Text, Text)> {
        match self.roster.by_name(name) {
            Some(Named::One(unit)) => Ok(unit as usize),
            Some(Named::Several(_)) => {
                let name = shortened(name);
                Err((
                    false,
                    text!(
                        "花名册中叫“{name}”的不止一个",
                        "several units of the roster are called “{name}”"
                    ),
                    Text::fixed("写上单位代码", "write the unit's code"),
                ))
            }
            None => {
                let near = self.near_name(name);
                let name = shortened(name);
                Err((
                    false,
                    text!("花名册中没有“{name}”", "“{name}” is not in the roster"),
                    self.meant(near),
                ))
            }
        }
    }

    /// The name that is near, unless too many rows of too large a roster have asked already.
    fn near_name(&self, name: &str) -> Option<&'u str> {
        let compared = self.compared.get() + self.campaign.unit.len();
        self.compared.set(compared);
        let names = || self.campaign.unit.iter().map(|unit| &*unit.name);
        (compared <= COMPARISONS).then(|| nearest(name, names()))?
    }

    /// The only code that is near; of `T01` and `T02` neither is more likely to be meant by `T09`.
    fn near_code(&self, code: &str) -> Option<&'u str> {
        match self.roster.near_code(code)[..] {
            [only] => Some(&self.campaign.unit[only].code),
            _ => None,
        }
    }

    fn meant(&self, near: Option<&str>) -> Text {
        match near {
            Some(near) => text!("是否为“{near}”？", "did you mean “{near}”?"),
            None => Text::fixed(
                "按花名册填写；不是单位的行请删去",
                "write it as in the roster; delete a row that is no unit's",
            ),
        }
    }
}

/// The rows of each unit, in the order of the roster.
pub(super) fn gather(rows: Vec<Row>, report: &mut Report) -> Vec<(usize, Filled)> {
    let mut units: BTreeMap<usize, Filled> = BTreeMap::new();
    let mut first: BTreeMap<(usize, &'static str), Spot> = BTreeMap::new();
    let mut listed: HashMap<(usize, &'static str, String), Spot> = HashMap::new();
    for Row {
        unit,
        table,
        record,
        spot,
        spots,
    } in rows
    {
        let filled = units.entry(unit).or_default();
        let single = matches!(table, "unit" | "plan" | "summary");
        let there = single
            .then(|| filled.records.iter_mut().find(|(name, _)| *name == table))
            .flatten();
        let Some((_, there)) = there else {
            if !single && seen(&mut listed, (unit, table, &record), spot, report) {
                continue;
            }
            for (field, spot) in spots {
                first.entry((unit, field)).or_insert(spot);
            }
            filled.records.push((table, record));
            continue;
        };
        // What stands in two places must say the same.
        for (column, value) in record.0 {
            let spot = spots.iter().find(|(field, _)| *field == column.field);
            let Some((_, spot)) = spot else { continue };
            match there.get(column.key()).map(|other| *other == value) {
                Some(true) => {}
                Some(false) => twice(column, spot, first.get(&(unit, column.field)), report),
                None => {
                    there.0.push((column, value));
                    first.entry((unit, column.field)).or_insert(spot.clone());
                }
            }
        }
    }
    units.retain(|_, filled| {
        filled
            .records
            .iter()
            .any(|(_, record)| !record.0.is_empty())
    });
    units.into_iter().collect()
}

/// Whether another workbook has a row that says the same; a unit that sends its form again sends them all again.
fn seen(
    listed: &mut HashMap<(usize, &'static str, String), Spot>,
    (unit, table, record): (usize, &'static str, &Record),
    spot: Spot,
    report: &mut Report,
) -> bool {
    let values = record.0.iter();
    let says: Vec<String> = values
        .map(|(column, value)| format!("{} = {}", column.field, value.toml()))
        .collect();
    match listed.entry((unit, table, says.join("\n"))) {
        Entry::Vacant(place) => {
            place.insert(spot);
            false
        }
        Entry::Occupied(other) if spot.beside(other.get()) => {
            let other = other.get().shown();
            report.remark_at(
                spot,
                text!(
                    "与“{other}”一行相同，两行都读入",
                    "the row says the same as “{other}”; both were read"
                ),
            );
            false
        }
        Entry::Occupied(other) => {
            let other = other.get().shown();
            report.remark_at(
                spot,
                text!(
                    "与“{other}”一行相同，只读一次",
                    "the row says the same as “{other}”; it was read once"
                ),
            );
            true
        }
    }
}

fn twice(column: &Column, spot: &Spot, first: Option<&Spot>, report: &mut Report) {
    let (zh, en) = (column.header.zh(), column.header.en());
    let other = first.map(Spot::shown).unwrap_or_default();
    report.wrong_at(
        spot.clone(),
        text!(
            "同一单位的{zh}写了两次，与“{other}”不同",
            "{en} of this unit is given twice, and differs from “{other}”"
        ),
        Text::fixed("核对后只留一处", "keep the right one only"),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::campaign::with_units as campaign;

    /// What is said of a row with this code and name: the unit and a remark, or the message and what to do.
    fn said(units: &Units<'_>, code: &str, name: &str) -> String {
        let cell = |text: &str| (!text.is_empty()).then(|| book::Cell::Text(text.to_owned()));
        match units.find(cell(code).as_ref(), cell(name).as_ref()) {
            Ok(None) => "none".to_owned(),
            Ok(Some((unit, None))) => unit.to_string(),
            Ok(Some((unit, Some(remark)))) => format!("{unit}：{}", remark.zh()),
            Err((_, message, fix)) => format!("{}；{}", message.zh(), fix.zh()),
        }
    }

    #[test]
    fn a_row_is_its_units_by_code_or_name_and_of_an_unknown_one_the_nearest_is_named() {
        let campaign = campaign(&[("T01", "甲山镇"), ("007", "乙河街道"), ("D-LONG-1", "丙局")]);
        let units = Units::of(&campaign);
        let none = "按花名册填写；不是单位的行请删去";
        for (code, name, wanted) in [
            ("", "", "none"),
            ("T01", "", "0"),
            (" t０1 ", "甲山镇", "0"),
            ("7", "", "1：代码7读作007"),
            ("", "丙 局", "2"),
            (
                "T01",
                "丙局",
                "代码T01是甲山镇，名称却写“丙局”；核对代码和名称",
            ),
            (
                "D-LONG-2",
                "",
                "花名册中没有代码“D-LONG-2”；是否为“D-LONG-1”？",
            ),
            ("XYZ", "", &format!("花名册中没有代码“XYZ”；{none}")),
            ("", "乙河街到", "花名册中没有“乙河街到”；是否为“乙河街道”？"),
            ("", "合计", &format!("花名册中没有“合计”；{none}")),
        ] {
            assert_eq!(said(&units, code, name), wanted);
        }
    }

    #[test]
    fn when_very_many_names_are_unknown_no_more_of_them_are_compared() {
        let campaign = campaign(&[("T01", "甲山镇"), ("T02", "乙河街道")]);
        let units = Units::of(&campaign);
        let meant = |name: &str| {
            said(&units, "", name)
                .split_once('；')
                .unwrap()
                .1
                .to_owned()
        };
        units.compared.set(COMPARISONS - 2);
        assert_eq!(meant("乙河街到"), "是否为“乙河街道”？");
        assert_eq!(meant("乙河街到"), "按花名册填写；不是单位的行请删去");
    }
}
