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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::campaign::Campaign;
    use crate::ledger::Ledger;
    use crate::report::sample::{render, story, varied, wish};
    use crate::report::{By, Format, Wish};

    fn page((ledger, campaign): &(Ledger, Campaign), lang: Lang) -> String {
        render(Format::Html, ledger, campaign, &wish(By::Unit, lang))
    }

    fn has(page: &str, fragments: &[&str]) {
        for wanted in fragments {
            assert!(page.contains(wanted), "{wanted}");
        }
    }

    /// What stands between two marks.
    fn between<'p>(page: &'p str, from: &str, to: &str) -> &'p str {
        let (_, rest) = page.split_once(from).unwrap();
        rest.split_once(to).unwrap().0
    }

    #[test]
    fn a_browser_may_run_and_style_the_page_with_what_is_in_it_and_nothing_else() {
        let page = page(&story(), Lang::Zh);
        let sum = |text: &str| STANDARD.encode(Sha256::digest(text.as_bytes()));
        let style = sum(between(&page, "<style>", "</style>"));
        let script = sum(between(&page, "<script>", "</script>"));
        let policy = between(
            &page,
            "<meta http-equiv=\"Content-Security-Policy\" content=\"",
            "\"",
        );
        assert_eq!(
            policy.replace("&#39;", "'"),
            format!(
                "default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; \
                 img-src data:; base-uri 'none'; form-action 'none'"
            )
        );
        has(&page, &["<html lang=\"zh-CN\">"]);
        has(&self::page(&story(), Lang::En), &["<html lang=\"en\">"]);
    }

    #[test]
    fn a_bar_has_a_part_for_each_status_that_there_is_as_wide_as_its_share() {
        let page = page(&story(), Lang::Zh);
        has(
            &page,
            &[
                "aria-hidden=\"true\"><rect class=\"f-ok\" x=\"0\" width=\"500\" height=\"36\"/>\
                 <rect class=\"f-la\" x=\"500\" width=\"166.7\" height=\"36\"/>\
                 <rect class=\"f-od\" x=\"666.7\" width=\"333.3\" height=\"36\"/></svg>",
                "<li class=\"ok\">按期完成 <b>3</b></li>\n<li class=\"la\">逾期完成 <b>1</b></li>\n\
                 <li class=\"od\">逾期未完成 <b>2</b></li>\n</ul>",
            ],
        );
    }

    #[test]
    fn the_line_of_time_runs_from_the_first_day_to_the_last() {
        let page = page(&story(), Lang::Zh);
        has(
            &page,
            &[
                "viewBox=\"0 0 1000 150\"",
                "<path d=\"M44 104H956\"/>\n<path d=\"M97.3 104v6\"/><text x=\"97.3\" y=\"126\">4月</text>",
                "<text x=\"862\" y=\"126\">12月</text>\n</g>",
                "<g class=\"stop past\"><path class=\"stem\" d=\"M94.1 82V104\"/>",
                "<text class=\"name\" text-anchor=\"middle\" x=\"94.1\" y=\"60\">实施方案</text>",
                "<g class=\"stop\"><path class=\"stem\" d=\"M764.8 82V104\"/>",
                "<text text-anchor=\"end\" x=\"956\" y=\"77\">2022-12-31</text>",
                "<text text-anchor=\"middle\" x=\"310.4\" y=\"13\">截至 2022-06-08</text>",
            ],
        );
    }

    #[test]
    fn over_several_years_fewer_months_are_marked_and_near_milestones_stand_above_each_other() {
        let (mut ledger, campaign) = story();
        ledger.as_of.date = "2024-06-08".parse().unwrap();
        let page = page(&(ledger, campaign), Lang::Zh);
        let time = between(&page, "<g class=\"axis\">", "</g>");
        let months = time
            .split("</text>")
            .filter_map(|text| text.rsplit_once('>'));
        let months: Vec<&str> = months
            .map(|(_, month)| month)
            .filter(|m| m.contains('月'))
            .collect();
        assert_eq!(
            months,
            [
                "2022年6月",
                "2022年9月",
                "2022年12月",
                "2023年3月",
                "2023年6月",
                "2023年9月",
                "2023年12月",
                "2024年3月",
                "2024年6月"
            ]
        );
        has(
            &page,
            &[
                "viewBox=\"0 0 1000 194\"",
                "text-anchor=\"start\" x=\"61.9\" y=\"104\">实施方案<",
                "text-anchor=\"middle\" x=\"301.1\" y=\"104\">生活会<",
                "text-anchor=\"middle\" x=\"369.2\" y=\"60\">制度办法<",
                "<text text-anchor=\"end\" x=\"956\" y=\"13\">截至 2024-06-08</text>",
            ],
        );
    }

    #[test]
    fn progress_rises_by_a_step_a_unit_and_its_figures_stand_below() {
        let page = page(&story(), Lang::Zh);
        has(
            &page,
            &[
                "<path class=\"line l0\" d=\"M44 250H75.3V212.3H84.7V174.7H94.1V137H100.4V99.3H310.4\"/>",
                "<path class=\"line l1\" d=\"M44 250H310.4\"/>",
                "<path d=\"M44 137H956\"/><text class=\"height\" x=\"38\" y=\"137\" dy=\"4\">3</text>",
                "实施方案 <b>4</b>/6</li>",
                "<tbody>\n<tr><th scope=\"row\">2022-03-31</th><td>3</td><td>0</td><td>0</td></tr>\n\
                 <tr><th scope=\"row\">2022-04-30</th><td>4</td><td>0</td><td>0</td></tr>\n\
                 <tr><th scope=\"row\">2022-05-31</th><td>4</td><td>0</td><td>0</td></tr>\n\
                 <tr><th scope=\"row\">2022-06-08</th><td>4</td><td>0</td><td>0</td></tr>\n</tbody>",
            ],
        );
    }

    #[test]
    fn the_scale_of_an_odd_number_of_units_ends_at_an_even_one() {
        let (ledger, campaign) = varied();
        let only_outcomes = Wish {
            milestone: Some(2),
            ..wish(By::Unit, Lang::Zh)
        };
        let page = render(Format::Html, &ledger, &campaign, &only_outcomes);
        has(&page, &["制度办法 <b>1</b>/5</li>"]);
        let heights = page.split("<text class=\"height\"").skip(1);
        let heights: Vec<&str> = heights.map(|text| between(text, ">", "<")).collect();
        assert_eq!(heights, ["0", "3", "6"]);
    }

    #[test]
    fn a_card_has_each_day_and_what_is_lacking_or_arranged() {
        let page = page(&varied(), Lang::Zh);
        has(
            &page,
            &[
                "<li class=\"un\"><b>实施方案</b> 待核 <i>时限2022-03-31</i><q>[plan]的filed不能识别</q></li>\
                 <li class=\"ok\"><b>生活会</b> 按期完成 <i>2022-10-24完成</i></li>",
                "<li class=\"ok\"><b>实施方案</b> 按期完成 <i>2022-04-20完成</i><q>经办公室批准延期至2022-04-30</q></li>",
                "<li class=\"ex\"><b>制度办法</b> 不适用<q>免报：机构改革</q></li></ul>",
            ],
        );
    }

    #[test]
    fn the_lists_of_the_overdue_and_the_unclear_name_units_and_days() {
        let overdue = "<th scope=\"row\"><a href=\"#u6\">己中心</a></th><td>事业单位</td><td>实施方案</td>\
                       <td>2022-03-31</td><td class=\"od\" data-v=\"69\">69天</td><td class=\"long\">缺实施方案</td>";
        has(&page(&story(), Lang::Zh), &[overdue]);
        let days = "<td class=\"od\" data-v=\"69\">69 days</td>";
        has(&page(&story(), Lang::En), &[days]);
        let unclear = "<tr><td class=\"num\">2</td><th scope=\"row\"><a href=\"#u2\">乙镇</a></th><td>乡镇</td>\
                       <td>实施方案</td><td>2022-03-31</td><td class=\"long\">[plan]的filed不能识别</td>\
                       <td>钱地支</td><td>0421-0000000</td></tr>\n</tbody>";
        has(&page(&varied(), Lang::Zh), &[unclear]);
    }
}
