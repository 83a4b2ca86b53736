//! Ledgers for the tests of the renderers, made from plan texts as units could have sent them.

use toml_spanner::{Arena, parse_recoverable};

use super::{By, Format, Wish};
use crate::calendar::{self, AsOf};
use crate::campaign::{self, Campaign, Unit};
use crate::lang::Lang;
use crate::ledger::{
    Ledger, Office, People, Records, Row, SetAside, Told, Totals, cells, problems,
};
use crate::load::{self, Loaded};
use crate::read::{FromItem, Reader};

const ROSTER: &str = r#"
[[unit]]
code = "01"
name = "甲镇"
category = "乡镇"
[[unit]]
code = "02"
name = "乙镇"
category = "乡镇"
[[unit]]
code = "03"
name = "丙街道"
category = "街道"
[[unit]]
code = "04"
name = "丁局"
category = "部门"
[[unit]]
code = "05"
name = "戊局"
category = "部门"
[[unit]]
code = "06"
name = "己中心"
category = "事业单位"
"#;

const ARRANGED: &str = r#"
[[extension]]
unit = "03"
milestone = "plan"
until = 2022-04-30
applied = 2022-03-30
approved = 2022-03-31
approved_by = "办公室"
reason = "换届"
[[exemption]]
unit = "04"
milestone = "outcomes"
reason = "机构改革"
approved_by = "办公室"
"#;

/// A report that is text.
pub(super) fn render(format: Format, ledger: &Ledger, campaign: &Campaign, wish: &Wish) -> String {
    String::from_utf8(super::render(format, ledger, campaign, wish)).unwrap()
}

/// A report that is not filtered.
pub(super) fn wish(by: By, lang: Lang) -> Wish {
    Wish {
        by,
        only: vec![],
        milestone: None,
        lang,
    }
}

/// Six units as of 8 June 2022, from the data of the whole year; the last has sent nothing.
pub(super) fn story() -> (Ledger, Campaign) {
    let plans = [
        Some(plan(
            "2022-03-25",
            &["2022-10-20", "2022-10-24"],
            Some("2022-12-20"),
        )),
        Some(plan(
            "2022-04-02",
            &["2022-10-28", "2022-11-03"],
            Some("2022-12-28"),
        )),
        Some(plan("2022-03-31", &["2022-10-31", "2022-10-31"], None)),
        Some(plan(
            "2022-03-28",
            &["2022-10-12", "2022-10-15"],
            Some("2022-11-30"),
        )),
        Some(plan("2022-06-15", &["2022-10-30", "2022-10-30"], None)),
        None,
    ];
    ledger("", "2022-06-08", &plans)
}

/// Every status but late: an extension, an exemption, a date that cannot be read, a life meeting half held.
pub(super) fn varied() -> (Ledger, Campaign) {
    let plans = [
        Some(plan("2022-03-25", &["2022-10-20"], None)),
        Some(plan("2022-3-29", &["2022-10-20", "2022-10-24"], None)),
        Some(plan(
            "2022-04-20",
            &["2022-10-12", "2022-10-15"],
            Some("2022-09-30"),
        )),
        Some(plan("2022-04-28", &[], None)),
        Some(String::new()),
        None,
    ];
    let (mut ledger, campaign) = ledger(ARRANGED, "2022-10-28", &plans);
    ledger.as_of.from_clock = true;
    ledger.whole_roster = false;
    (ledger, campaign)
}

/// Names that a terminal, a document or a spreadsheet could take for something else.
pub(super) fn hostile() -> (Ledger, Campaign) {
    let (mut ledger, campaign) = story();
    let names = [
        "=cmd|' /C calc'!A0",
        "甲\u{1b}[31m镇\u{202e}\n\n# 二\t|\r",
        "<b>丙</b> | `x` _*_",
        "@丁",
        "－1",
        "一个名称很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长的单位",
    ];
    for (row, name) in ledger.rows.iter_mut().zip(names) {
        row.name = name.into();
    }
    ledger.rows[0].told.get_or_insert_default().people.phone = "+86 421".into();
    (ledger, campaign)
}

/// Nine milestones, with everything that `varied` has.
pub(super) fn many() -> (Ledger, Campaign) {
    let (mut ledger, mut campaign) = varied();
    for number in 0..6 {
        let again = campaign.milestone[number].clone();
        campaign.milestone.push(again);
        for row in &mut ledger.rows {
            row.cells = [&*row.cells, &row.cells[number..=number]].concat().into();
        }
    }
    (ledger, campaign)
}

/// Nobody at all.
pub(super) fn empty() -> (Ledger, Campaign) {
    let (mut ledger, campaign) = story();
    ledger.rows.clear();
    ledger.totals.fill(Totals::default());
    ledger.set_aside = SetAside::default();
    (ledger, campaign)
}

fn plan(filed: &str, held: &[&str], adopted: Option<&str>) -> String {
    let mut text = format!(
        "[unit]\ncode = \"00\"\nname = \"x\"\nsecretary = \"赵天干\"\n\
         contact = {{ name = \"钱地支\", phone = \"0421-0000000\" }}\n[plan]\nfiled = {filed}\n"
    );
    for (kind, held) in ["民主生活会", "组织生活会"].iter().zip(held) {
        text += &format!("[[meeting]]\nkind = \"{kind}\"\nheld = {held}\n");
    }
    if let Some(adopted) = adopted {
        text += &format!("[[outcome]]\ntitle = \"干部夜学制度\"\nadopted = {adopted}\n");
    }
    text
}

fn campaign(text: &str) -> Campaign {
    let arena = Arena::new();
    let document = parse_recoverable(text, &arena);
    let mut reader = Reader::new(text, campaign::BEIJING);
    let campaign = Campaign::from_item(document.table().as_item(), &mut reader).unwrap();
    assert!(reader.drafts.is_empty() && campaign::prove(&campaign).is_empty());
    campaign
}

fn ledger(more: &str, as_of: &str, plans: &[Option<String>]) -> (Ledger, Campaign) {
    let campaign = campaign(&format!("{}\n{ROSTER}{more}", campaign::BUILT_IN));
    let mut ledger = Ledger {
        as_of: AsOf::on(calendar::read(as_of).unwrap()),
        rows: vec![],
        totals: vec![Totals::default(); campaign.milestone.len()],
        set_aside: SetAside::default(),
        whole_roster: true,
    };
    let office = Office::of(&campaign);
    for (unit, plan) in campaign.unit.iter().zip(plans) {
        let (row, aside) = row(&office, unit, plan.as_deref(), ledger.as_of);
        Totals::count_unit(&mut ledger.totals, row.cells.iter().map(|cell| cell.status));
        ledger.rows.push(row);
        ledger.set_aside = ledger.set_aside.plus(aside);
    }
    (ledger, campaign)
}

fn row(office: &Office<'_>, unit: &Unit, text: Option<&str>, as_of: AsOf) -> (Row, SetAside) {
    let campaign = office.campaign;
    let arena = Arena::new();
    let loaded = text.map(|text| load::plan(text, &arena, campaign.offset()));
    let reading = loaded.as_ref().map(Loaded::reading);
    let records = Records {
        readings: reading.as_slice(),
        hosts: &[],
    };
    let plan = loaded.as_ref().map(|loaded| &loaded.plan);
    let cells = cells(office, unit, &records, as_of.date);
    let row = Row {
        told: loaded.as_ref().map(|loaded| {
            let soon = campaign.campaign.due_soon_days();
            Box::new(Told {
                people: People::of(&loaded.plan),
                problems: problems(&loaded.plan, &loaded.unreadable, as_of.date, soon),
            })
        }),
        ..Row::new(unit, text.is_some(), cells)
    };
    let aside = plan.map(|plan| SetAside::of(plan, campaign, as_of.date));
    (row, aside.unwrap_or_default())
}
