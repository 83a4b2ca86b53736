//! A report for programs: everything, whatever it is arranged by. The structure is this module's own and
//! carries a version; nothing internal is serialised, so that it changes only on purpose.

use serde::Serialize;

use super::view::{self, View};
use super::{Rate, Totals, by_category};
use crate::calendar;
use crate::campaign::Milestone;
use crate::escape::json_document;
use crate::lang::{Lang, Text};
use crate::ledger::{Cell, Part, Remark, Row, Status};
use crate::vocabulary::{Category, Word};

/// Raised when a field changes its meaning or goes away; new fields do not raise it.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'v> {
    version: u32,
    tool: &'static str,
    tool_version: &'static str,
    language: Lang,
    campaign: &'v str,
    issuer: Option<&'v str>,
    as_of: String,
    as_of_is_today: bool,
    whole_roster: bool,
    filter: Filter<'v>,
    set_aside: SetAside,
    milestones: Vec<JsonMilestone<'v>>,
    /// Units in the whole ledger; `units` may be filtered.
    unit_count: usize,
    units: Vec<Unit<'v>>,
    notes: Vec<String>,
}

/// What was left out by wish; figures are always of all units.
#[derive(Serialize)]
struct Filter<'v> {
    only: Vec<&'static str>,
    milestone: Option<&'v str>,
}

#[derive(Serialize)]
struct SetAside {
    filings: usize,
    meetings: usize,
    documents: usize,
    total: usize,
}

#[derive(Serialize)]
struct JsonMilestone<'v> {
    id: &'v str,
    name: &'v str,
    due: String,
    totals: Figures,
    categories: Vec<JsonCategory>,
}

#[derive(Serialize)]
struct JsonCategory {
    category: &'static str,
    category_name: String,
    #[serde(flatten)]
    totals: Figures,
}

#[derive(Serialize)]
struct Figures {
    owed: usize,
    on_time: usize,
    late: usize,
    overdue: usize,
    due_soon: usize,
    upcoming: usize,
    unclear: usize,
    exempt: usize,
    completion: Option<JsonRate>,
    punctuality: Option<JsonRate>,
}

/// `percent` has one decimal, a half rounded up.
#[derive(Serialize)]
struct JsonRate {
    part: usize,
    whole: usize,
    percent: f64,
}

#[derive(Serialize)]
struct Unit<'v> {
    number: usize,
    code: &'v str,
    name: &'v str,
    category: &'static str,
    category_name: String,
    secretary: &'v str,
    contact: &'v str,
    phone: &'v str,
    has_file: bool,
    /// No plan file, and something that is shown is owed and not done.
    missing: bool,
    cells: Vec<JsonCell<'v>>,
}

#[derive(Serialize)]
struct JsonCell<'v> {
    milestone: &'v str,
    status: &'static str,
    status_name: String,
    due: String,
    original_due: String,
    done: Option<String>,
    /// Days late, overdue or left, by the status.
    days: Option<i64>,
    standing: String,
    there: Vec<String>,
    lacking: Vec<String>,
    remarks: Vec<String>,
}

pub(super) fn render(view: &View<'_>) -> String {
    json_document(&document(view))
}

fn document<'v>(view: &View<'v>) -> Document<'v> {
    let (ledger, about) = (view.ledger, &view.campaign.campaign);
    let aside = ledger.set_aside;
    let wished = view.wish.milestone;
    let wished = wished.and_then(|number| view.campaign.milestone.get(number));
    Document {
        version: VERSION,
        tool: env!("CARGO_PKG_NAME"),
        tool_version: env!("CARGO_PKG_VERSION"),
        language: view.wish.lang,
        campaign: &about.name,
        issuer: about.issuer.as_deref(),
        as_of: calendar::iso(ledger.as_of.date),
        as_of_is_today: ledger.as_of.from_clock,
        whole_roster: ledger.whole_roster,
        filter: Filter {
            only: view.wish.only.iter().map(|status| status.alias()).collect(),
            milestone: wished.map(|milestone| milestone.id.as_str()),
        },
        set_aside: SetAside {
            filings: aside.filings,
            meetings: aside.meetings,
            documents: aside.documents,
            total: aside.total(),
        },
        milestones: milestones(view),
        unit_count: ledger.rows.len(),
        units: view
            .rows
            .iter()
            .map(|(number, row)| unit(view, *number, row))
            .collect(),
        notes: says(view, &view::footnotes(view)),
    }
}

fn says(view: &View<'_>, texts: &[Text]) -> Vec<String> {
    texts.iter().map(|text| view.say(text)).collect()
}

fn milestones<'v>(view: &View<'v>) -> Vec<JsonMilestone<'v>> {
    let category = |(category, totals): (Category, Totals)| JsonCategory {
        category: category.alias(),
        category_name: view.say(&category.text()),
        totals: figures(&totals),
    };
    let milestone = |(number, milestone): &(usize, &'v Milestone)| JsonMilestone {
        id: &milestone.id,
        name: &milestone.name,
        due: calendar::iso(milestone.due()),
        totals: figures(&Totals::at(view.ledger, *number)),
        categories: by_category(view.ledger, *number)
            .into_iter()
            .map(category)
            .collect(),
    };
    view.milestones.iter().map(milestone).collect()
}

fn figures(totals: &Totals) -> Figures {
    Figures {
        owed: totals.owed(),
        on_time: totals.count(Status::OnTime),
        late: totals.count(Status::Late),
        overdue: totals.count(Status::Overdue),
        due_soon: totals.count(Status::DueSoon),
        upcoming: totals.count(Status::Upcoming),
        unclear: totals.count(Status::Unclear),
        exempt: totals.count(Status::Exempt),
        completion: rate(totals.completion()),
        punctuality: rate(totals.punctuality()),
    }
}

fn rate(rate: Rate) -> Option<JsonRate> {
    Some(JsonRate {
        part: rate.part,
        whole: rate.whole,
        percent: rate.per_mille()? as f64 / 10.0,
    })
}

fn unit<'v>(view: &View<'v>, number: usize, row: &'v Row) -> Unit<'v> {
    let cells = view.cells(row);
    Unit {
        number,
        code: &row.code,
        name: &row.name,
        category: row.category.alias(),
        category_name: view.say(&row.category.text()),
        secretary: &row.people().secretary,
        contact: &row.people().contact,
        phone: &row.people().phone,
        has_file: row.has_file,
        missing: view.is_missing(row),
        cells: cells.map(|(of, found)| cell(view, of, found)).collect(),
    }
}

fn cell<'v>(view: &View<'_>, milestone: &'v Milestone, cell: &Cell) -> JsonCell<'v> {
    let parts = |parts: &[Part]| says(view, &parts.iter().map(Part::text).collect::<Vec<_>>());
    let remarks: Vec<Text> = cell.remarks().iter().map(Remark::text).collect();
    JsonCell {
        milestone: &milestone.id,
        status: cell.status.alias(),
        status_name: view.say(&cell.status.text()),
        due: calendar::iso(cell.due),
        original_due: calendar::iso(milestone.due()),
        done: cell.done.map(calendar::iso),
        days: view::days(cell),
        standing: view.say(&cell.standing()),
        there: parts(cell.there()),
        lacking: parts(cell.lacking()),
        remarks: says(view, &remarks),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::campaign::Campaign;
    use crate::lang::Lang;
    use crate::ledger::{Ledger, Status};
    use crate::report::sample::{empty, hostile, render, story, varied, wish};
    use crate::report::{By, Format, Wish};

    fn read((ledger, campaign): &(Ledger, Campaign), wish: &Wish) -> Value {
        serde_json::from_str(&render(Format::Json, ledger, campaign, wish)).unwrap()
    }

    #[test]
    fn the_figures_of_the_eighth_of_june() {
        let report = read(&story(), &wish(By::Unit, Lang::En));
        assert_eq!(report["version"], 1);
        assert_eq!(report["as_of"], "2022-06-08");
        assert_eq!(
            report["set_aside"],
            json!({"filings": 1, "meetings": 10, "documents": 3, "total": 14})
        );
        let plan = &report["milestones"][0];
        assert_eq!(
            (&plan["id"], &plan["due"]),
            (&json!("plan"), &json!("2022-03-31"))
        );
        let totals = &plan["totals"];
        assert_eq!(
            totals["completion"],
            json!({"part": 4, "whole": 6, "percent": 66.7})
        );
        assert_eq!(totals["punctuality"]["percent"], 50.0);
        assert_eq!(plan["categories"][2]["category"], "department");
        assert_eq!(plan["categories"][2]["overdue"], 1);
        let last = &report["units"][5];
        assert_eq!(
            (&last["missing"], &last["code"]),
            (&json!(true), &json!("06"))
        );
        assert_eq!(last["cells"][0]["status"], "overdue");
        assert_eq!(last["cells"][0]["days"], 69);
        assert_eq!(report["units"][0]["cells"][0]["days"], Value::Null);
        assert_eq!(report["units"][0]["cells"][0]["done"], "2022-03-25");
        assert_eq!(report["units"][0]["cells"][1]["days"], 145);
        assert_eq!(report["units"][0]["cells"][2]["days"], 206);
    }

    #[test]
    fn an_extension_shows_both_due_dates() {
        let report = read(&varied(), &wish(By::Unit, Lang::Zh));
        let cell = &report["units"][2]["cells"][0];
        assert_eq!(
            (&cell["due"], &cell["original_due"]),
            (&json!("2022-04-30"), &json!("2022-03-31"))
        );
        assert_eq!(cell["remarks"], json!(["经办公室批准延期至2022-04-30"]));
        let cell = &report["units"][0]["cells"][1];
        assert_eq!(
            (&cell["there"], &cell["lacking"]),
            (&json!(["民主生活会"]), &json!(["组织生活会"]))
        );
        assert_eq!(report["as_of_is_today"], true);
    }

    #[test]
    fn a_filter_is_told_and_nothing_owed_has_no_rate() {
        let wish = Wish {
            only: vec![Status::Overdue],
            milestone: Some(0),
            ..wish(By::Unit, Lang::Zh)
        };
        let report = read(&story(), &wish);
        assert_eq!(
            report["filter"],
            json!({"only": ["overdue"], "milestone": "plan"})
        );
        assert_eq!(report["unit_count"], 6);
        assert_eq!(report["units"].as_array().unwrap().len(), 2);
        assert_eq!(report["units"][0]["number"], 5, "the number in the ledger");
        assert_eq!(report["milestones"][0]["totals"]["owed"], 6);
        let report = read(&empty(), &wish);
        assert_eq!(report["milestones"][0]["totals"]["completion"], Value::Null);
    }

    #[test]
    fn hostile_names_come_back_as_they_were() {
        let data = hostile();
        let report = read(&data, &wish(By::Unit, Lang::Zh));
        assert_eq!(report["units"][1]["name"], *data.0.rows[1].name);
    }
}
