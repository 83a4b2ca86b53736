//! 看板: one page for leaders and for paper. It is whole in itself: no address outside, nothing to fetch, and its
//! policy lets a browser run and style it with nothing but what is written in it. Without its script all of it can be
//! read; with it, units can be searched, filtered and sorted.

mod drawing;
mod units;

use askama::Template;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::view::{self, View};
use super::{Rate, Totals, by_category};
use crate::calendar;
use crate::lang::{Lang, Text, count};
use crate::ledger::Status;
use crate::text;
use crate::vocabulary::Word;

use drawing::{Bar, Progress, Timeline};
use units::{Card, Line, Open};

const STYLE: &str = include_str!("html/page.css");
const SCRIPT: &str = include_str!("html/page.js");

/// Everything that the template writes down.
#[derive(Template)]
#[template(path = "page.html", config = "src/report/html/askama.toml")]
struct Page {
    lang: Lang,
    /// What a browser may do with the page.
    policy: String,
    style: &'static str,
    script: &'static str,
    title: String,
    issuer: Option<String>,
    as_of: String,
    /// That the list is filtered, if it is.
    filter: Option<String>,
    milestones: Vec<Milestone>,
    timeline: Timeline,
    progress: Progress,
    categories: Vec<Categories>,
    overdue: Vec<Open>,
    unclear: Vec<Open>,
    missing: Vec<String>,
    lines: Vec<Line>,
    cards: Vec<Card>,
    notes: Vec<String>,
    /// What the filters offer.
    statuses: Vec<Standing>,
    kinds: Vec<String>,
}

/// A milestone's figures.
struct Milestone {
    name: String,
    due: String,
    away: String,
    owed: usize,
    completion: Share,
    punctuality: Share,
    bar: Bar,
    standings: Vec<Standing>,
}

/// A rate, large, with its fraction beside it.
struct Share {
    percent: String,
    fraction: String,
}

impl Share {
    fn of(rate: Rate) -> Share {
        let percent = rate.per_mille().map_or_else(
            || "—".to_owned(),
            |tenths| format!("{}.{}%", tenths / 10, tenths % 10),
        );
        let fraction = format!("{}/{}", rate.part, rate.whole);
        Share { percent, fraction }
    }
}

/// How many stand so, with the class that gives them their shape and colour.
struct Standing {
    class: &'static str,
    word: String,
    count: usize,
}

/// The figures of each category at one milestone.
struct Categories {
    milestone: String,
    statuses: Vec<Standing>,
    rows: Vec<CategoryRow>,
}

/// One line of them.
struct CategoryRow {
    name: String,
    is_total: bool,
    owed: usize,
    counts: Vec<usize>,
    completion: Share,
    punctuality: Share,
}

/// The class of a status in the page's style.
fn class(status: Status) -> &'static str {
    match status {
        Status::OnTime => "ok",
        Status::Late => "la",
        Status::Overdue => "od",
        Status::DueSoon => "ds",
        Status::Upcoming => "up",
        Status::Unclear => "un",
        Status::Exempt => "ex",
    }
}

/// The page, always with every arrangement.
pub(super) fn render(view: &View<'_>) -> String {
    let name = &view.campaign.campaign.name;
    let overdue = units::open(view, Status::Overdue);
    let unclear = units::open(view, Status::Unclear);
    let missing = view.rows.iter().filter(|(_, row)| view.is_missing(row));
    let mut kinds: Vec<_> = view.rows.iter().map(|(_, row)| row.category).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let page = Page {
        lang: view.wish.lang,
        policy: policy(),
        style: STYLE,
        script: SCRIPT,
        title: view.say(&text!("{name}看板", "{name}: board")),
        issuer: view.campaign.campaign.issuer.clone(),
        as_of: view.say(&view::as_of(view)),
        filter: view::filter(view).map(|text| view.say(&text)),
        milestones: milestones(view),
        timeline: Timeline::of(view),
        progress: Progress::of(view),
        categories: categories(view),
        overdue,
        unclear,
        missing: missing.map(|(_, row)| row.name.to_string()).collect(),
        lines: view.rows.iter().map(|row| Line::of(view, row)).collect(),
        cards: view.rows.iter().map(|row| Card::of(view, row)).collect(),
        notes: view::footnotes(view)
            .iter()
            .map(|note| view.say(note))
            .collect(),
        statuses: standings(view, |_| 1),
        kinds: kinds.iter().map(|kind| view.say(&kind.text())).collect(),
    };
    // Only a writer that fails could make the template fail, and a string never does.
    let mut html = page.render().unwrap_or_default();
    html.push('\n');
    html
}

/// Nothing from anywhere, but for the style and the script that are in the page, known by their checksums.
fn policy() -> String {
    let sum = |text: &str| STANDARD.encode(Sha256::digest(text.as_bytes()));
    let (style, script) = (sum(STYLE), sum(SCRIPT));
    format!(
        "default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; img-src data:; base-uri 'none'; form-action 'none'"
    )
}

/// The statuses of which there are some.
fn standings(view: &View<'_>, count: impl Fn(Status) -> usize) -> Vec<Standing> {
    let standing = |status: &Status| Standing {
        class: class(*status),
        word: view.say(&view::capital(&status.text())),
        count: count(*status),
    };
    let all = Status::ALL.iter().map(standing);
    all.filter(|standing| standing.count > 0).collect()
}

fn milestones(view: &View<'_>) -> Vec<Milestone> {
    let of = |(number, milestone): &(usize, &crate::campaign::Milestone)| {
        let totals = Totals::at(view.ledger, *number);
        Milestone {
            name: milestone.name.clone(),
            due: calendar::iso(milestone.due()),
            away: view.say(&view::away(view, milestone)),
            owed: totals.owed(),
            completion: Share::of(totals.completion()),
            punctuality: Share::of(totals.punctuality()),
            bar: Bar::of(&totals),
            standings: standings(view, |status| totals.count(status)),
        }
    };
    view.milestones.iter().map(of).collect()
}

fn categories(view: &View<'_>) -> Vec<Categories> {
    let of = |(number, milestone): &(usize, &crate::campaign::Milestone)| {
        let all = Totals::at(view.ledger, *number);
        let statuses = standings(view, |status| all.count(status));
        let row = |name: String, totals: &Totals, is_total| CategoryRow {
            name,
            is_total,
            owed: totals.owed(),
            counts: all.statuses().map(|status| totals.count(status)).collect(),
            completion: Share::of(totals.completion()),
            punctuality: Share::of(totals.punctuality()),
        };
        let kinds = by_category(view.ledger, *number);
        let rows = kinds
            .iter()
            .map(|(kind, totals)| row(view.say(&kind.text()), totals, false));
        let total = row(view.say(&Text::fixed("合计", "Total")), &all, true);
        Categories {
            milestone: milestone.name.clone(),
            statuses,
            rows: rows.chain([total]).collect(),
        }
    };
    view.milestones.iter().map(of).collect()
}

impl Page {
    /// A word of the page in the reader's language.
    fn say<'w>(&self, zh: &'w str, en: &'w str) -> &'w str {
        self.lang.pick(zh, en)
    }

    /// `40个单位`.
    fn units(&self) -> String {
        let n = self.lines.len();
        let units = count(n as i64, "unit", "units");
        let text = text!("{n}个单位", "{units}");
        text.get(self.lang).to_owned()
    }

    /// The name of the language for a browser and a screen reader.
    fn tag(&self) -> &'static str {
        self.lang.pick("zh-CN", "en")
    }
}
