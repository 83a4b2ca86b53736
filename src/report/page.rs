//! A report for people, as blocks that the terminal's and the document's renderer share. Nothing is escaped
//! here; each renderer makes whole texts harmless in its own way.

use super::view::{self, View};
use super::{By, Rate, Totals, by_category};
use crate::calendar;
use crate::campaign::Milestone;
use crate::lang::Text;
use crate::ledger::{Cell, Row, Status};
use crate::text;
use crate::vocabulary::Word;

/// A piece of a report.
pub(super) enum Block {
    /// The report's title.
    Title(String),
    /// A line of text.
    Line(String),
    /// A heading.
    Section(String),
    /// Rows and columns.
    Grid(Grid),
    /// Units by name, after a label; lines are broken between them.
    Names(Option<String>, Vec<String>),
    /// One item of a list.
    Item(String),
}

/// A table.
#[derive(Default)]
pub(super) struct Grid {
    pub header: Vec<Entry>,
    /// Which columns are numbers.
    pub numbers: Vec<bool>,
    pub rows: Vec<Vec<Entry>>,
}

/// What stands in one place of a table: one line or more.
pub(super) type Entry = Vec<String>;

/// So many milestones stand beside each other; more would not fit into a terminal.
const ABREAST: usize = 4;

pub(super) fn compose(view: &View<'_>) -> Vec<Block> {
    let mut blocks = head(view);
    match view.wish.by {
        By::Unit => {
            matrix(view, &mut blocks);
            totals(view, &mut blocks);
            missing(view, &mut blocks);
            by_name(view, &mut blocks, Status::Overdue);
            by_name(view, &mut blocks, Status::Unclear);
            remarks(view, &mut blocks);
        }
        By::Milestone => {
            milestones(view, &mut blocks);
            missing(view, &mut blocks);
        }
        By::Category => {
            categories(view, &mut blocks);
            missing(view, &mut blocks);
            by_name(view, &mut blocks, Status::Overdue);
            by_name(view, &mut blocks, Status::Unclear);
        }
    }
    blocks.push(Block::Section(view.say(&Text::fixed("说明", "Notes"))));
    let notes = view::footnotes(view);
    blocks.extend(notes.iter().map(|note| Block::Item(view.say(note))));
    blocks
}

fn head(view: &View<'_>) -> Vec<Block> {
    let mut blocks = vec![Block::Title(view.say(&view::title(view)))];
    let issuer = view.campaign.campaign.issuer.as_ref();
    blocks.extend(issuer.map(|issuer| Block::Line(issuer.clone())));
    blocks.push(Block::Line(view.say(&view::as_of(view))));
    blocks.extend(view::filter(view).map(|text| Block::Line(view.say(&text))));
    blocks
}

/// 一览表: a row a unit, a column a milestone.
fn matrix(view: &View<'_>, blocks: &mut Vec<Block>) {
    if view.rows.is_empty() {
        let none = Text::fixed("没有可列的单位。", "There are no units to list.");
        blocks.push(Block::Line(view.say(&none)));
        return;
    }
    for milestones in view.milestones.chunks(ABREAST) {
        let line = |(number, row): &(usize, &Row)| {
            let mut line = vec![
                vec![number.to_string()],
                vec![row.code.to_string()],
                vec![row.name.to_string()],
                vec![view.say(&row.category.text())],
            ];
            let cells = milestones.iter().map(|(number, _)| row.cells.get(*number));
            line.extend(cells.map(|cell| cell.map_or_else(Vec::new, |cell| entry(view, cell))));
            line
        };
        blocks.push(Block::Grid(Grid {
            header: matrix_header(view, milestones),
            numbers: vec![true],
            rows: view.rows.iter().map(line).collect(),
        }));
    }
}

fn matrix_header(view: &View<'_>, milestones: &[(usize, &Milestone)]) -> Vec<Entry> {
    let fixed = [
        ("序号", "No."),
        ("单位代码", "Code"),
        ("单位", "Unit"),
        ("类别", "Category"),
    ];
    let fixed = fixed.map(|(zh, en)| vec![view.wish.lang.pick(zh, en).to_owned()]);
    let milestone = |(_, milestone): &(usize, &Milestone)| {
        let due = calendar::iso(milestone.due());
        let due = text!("时限{due}", "due {due}");
        vec![milestone.name.clone(), view.say(&due)]
    };
    let milestones = milestones.iter().map(milestone);
    fixed.into_iter().chain(milestones).collect()
}

/// `逾期2天完成 2022-04-02`, with the due date where it is not the milestone's.
fn entry(view: &View<'_>, cell: &Cell) -> Entry {
    let standing = view.say(&view::standing(cell));
    let first = match cell.done {
        Some(done) => format!("{standing} {}", calendar::iso(done)),
        None => standing,
    };
    let extended = cell.extension.map(|_| view.say(&extended(cell)));
    std::iter::once(first).chain(extended).collect()
}

fn extended(cell: &Cell) -> Text {
    let due = calendar::iso(cell.due);
    text!("延期至{due}", "extended to {due}")
}

/// 合计: the figures of each milestone.
fn totals(view: &View<'_>, blocks: &mut Vec<Block>) {
    let n = view.ledger.rows.len();
    let units = crate::lang::count(n as i64, "unit", "units");
    let title = text!("合计（{n}个单位）", "Totals ({units})");
    let line = |(number, milestone): &(usize, &Milestone)| {
        (milestone.name.clone(), Totals::at(view.ledger, *number))
    };
    let lines: Vec<_> = view.milestones.iter().map(line).collect();
    blocks.push(Block::Section(view.say(&title)));
    blocks.push(figures(view, &Text::fixed("时间节点", "Milestone"), &lines));
}

/// A table of figures; a status that nobody has is left out.
fn figures(view: &View<'_>, label: &Text, lines: &[(String, Totals)]) -> Block {
    let found = |status: &&Status| lines.iter().any(|(_, totals)| totals.count(**status) > 0);
    let statuses: Vec<Status> = Status::ALL.iter().filter(found).copied().collect();
    let mut header = vec![label.clone(), Text::fixed("应完成", "Owed")];
    header.extend(statuses.iter().map(|status| view::capital(&status.text())));
    header.push(Text::fixed("完成率", "Completion"));
    header.push(Text::fixed("按期率", "Punctuality"));
    let rate = |rate: Rate| vec![view.say(&rate.text())];
    let line = |(name, totals): &(String, Totals)| {
        let mut line = vec![vec![name.clone()], vec![totals.owed().to_string()]];
        let counts = statuses.iter().map(|status| totals.count(*status));
        line.extend(counts.map(|count| vec![count.to_string()]));
        line.push(rate(totals.completion()));
        line.push(rate(totals.punctuality()));
        line
    };
    let mut numbers = vec![true; header.len()];
    numbers[0] = false;
    Block::Grid(Grid {
        header: header.iter().map(|text| vec![view.say(text)]).collect(),
        numbers,
        rows: lines.iter().map(line).collect(),
    })
}

/// The units of each milestone by status.
fn milestones(view: &View<'_>, blocks: &mut Vec<Block>) {
    for (number, milestone) in &view.milestones {
        let heading = view::milestone_heading(view, milestone);
        blocks.push(Block::Section(view.say(&heading)));
        let totals = Totals::at(view.ledger, *number);
        blocks.push(Block::Line(view.say(&totals.text())));
        for status in Status::ALL.iter().filter(|status| view.wants(**status)) {
            blocks.extend(names(
                view,
                *number,
                *status,
                &view::capital(&status.text()),
            ));
        }
    }
}

/// The units of one status at one milestone, if there are any.
fn names(view: &View<'_>, number: usize, status: Status, label: &Text) -> Option<Block> {
    let cell = |(_, row): &(usize, &Row)| {
        let cell = row.cells.get(number).filter(|cell| cell.status == status)?;
        Some(view.say(&name(row, cell)))
    };
    let names: Vec<String> = view.rows.iter().filter_map(cell).collect();
    let n = names.len();
    let label = text!(
        "{zh}（{n}个）",
        "{en} ({n})",
        zh = label.zh(),
        en = label.en()
    );
    (n > 0).then(|| Block::Names(Some(view.say(&label)), names))
}

/// `戊局（69天）`: the unit with what its status alone does not say.
fn name(row: &Row, cell: &Cell) -> Text {
    let days = cell.days;
    let mut details = Vec::new();
    if matches!(cell.status, Status::Late | Status::Overdue) {
        let n = crate::lang::count(days, "day", "days");
        details.push(text!("{days}天", "{n}"));
    }
    details.extend(cell.extension.map(|_| extended(cell)));
    details.push(match cell.status {
        Status::Unclear => view::problem(cell),
        Status::Exempt => view::note(cell),
        _ => Text::default(),
    });
    details.retain(|detail| !detail.is_empty());
    let (name, details) = (&row.name, Text::join(&details, "，", ", "));
    if details.is_empty() {
        return Text::same(name.to_string());
    }
    text!(
        "{name}（{zh}）",
        "{name} ({en})",
        zh = details.zh(),
        en = details.en()
    )
}

/// 汇总表: the figures of each category at each milestone.
fn categories(view: &View<'_>, blocks: &mut Vec<Block>) {
    for (number, milestone) in &view.milestones {
        let heading = view::milestone_heading(view, milestone);
        blocks.push(Block::Section(view.say(&heading)));
        let categories = by_category(view.ledger, *number).into_iter();
        let mut lines: Vec<_> = categories
            .map(|(category, totals)| (view.say(&category.text()), totals))
            .collect();
        let total = view.say(&Text::fixed("合计", "Total"));
        lines.push((total, Totals::at(view.ledger, *number)));
        blocks.push(figures(view, &Text::fixed("类别", "Category"), &lines));
    }
}

/// 未报单位, by name.
fn missing(view: &View<'_>, blocks: &mut Vec<Block>) {
    let rows = view.rows.iter().filter(|(_, row)| view.is_missing(row));
    let names: Vec<String> = rows.map(|(_, row)| row.name.to_string()).collect();
    let n = names.len();
    if n > 0 {
        let title = text!("未报单位（{n}个）", "Units without a plan file ({n})");
        blocks.push(Block::Section(view.say(&title)));
        blocks.push(Block::Names(None, names));
    }
}

/// The units of one status, by milestone and name.
fn by_name(view: &View<'_>, blocks: &mut Vec<Block>, status: Status) {
    let list = |(number, milestone): &(usize, &Milestone)| {
        names(view, *number, status, &Text::same(milestone.name.as_str()))
    };
    let shown = view.milestones.iter().filter(|_| view.wants(status));
    let lists: Vec<Block> = shown.filter_map(list).collect();
    if !lists.is_empty() {
        let title = match status {
            Status::Overdue => Text::fixed("逾期未完成", "Overdue"),
            Status::Unclear => Text::fixed("待核", "Unclear"),
            other => other.text(),
        };
        blocks.push(Block::Section(view.say(&title)));
        blocks.extend(lists);
    }
}

/// 存在问题 and 备注, unit by unit: what the matrix and the lists above do not say.
fn remarks(view: &View<'_>, blocks: &mut Vec<Block>) {
    // What is 待核 stands above with its reason.
    let tell = |cell: &Cell| cell.status != Status::Unclear && view::has_detail(cell);
    let problems = Text::fixed("存在问题", "Problems");
    by_unit(view, blocks, &problems, |row| view.problems(row, tell));
    let notes = Text::fixed("备注", "Remarks");
    by_unit(view, blocks, &notes, |row| view.notes(row));
}

/// A section with what there is to say about each unit.
fn by_unit(view: &View<'_>, blocks: &mut Vec<Block>, title: &Text, words: impl Fn(&Row) -> Text) {
    let item = |(_, row): &(usize, &Row)| {
        let (name, words) = (&row.name, words(row));
        let (zh, en) = (words.zh(), words.en());
        let item = text!("{name}：{zh}", "{name}: {en}");
        (!words.is_empty()).then(|| Block::Item(view.say(&item)))
    };
    let items: Vec<Block> = view.rows.iter().filter_map(item).collect();
    if !items.is_empty() {
        blocks.push(Block::Section(view.say(title)));
        blocks.extend(items);
    }
}
