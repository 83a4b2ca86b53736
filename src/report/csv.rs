//! A report for a spreadsheet: UTF-8 with a byte order mark, CRLF, one header line and rows of one length.
//! What other formats say around the table stands in its last columns: 备注 and 截至日期.

use csv::{Terminator, WriterBuilder};

use super::view::{self, View};
use super::{By, Totals, by_category};
use crate::calendar;
use crate::campaign::Milestone;
use crate::escape::plain;
use crate::lang::Text;
use crate::ledger::{Cell, Row, Status};
use crate::text;
use crate::vocabulary::Word;

pub(super) fn render(view: &View<'_>) -> String {
    let (header, rows): (_, Box<dyn Iterator<Item = Line>>) = match view.wish.by {
        By::Unit => (unit_header(view), Box::new(unit_rows(view))),
        By::Milestone => (
            milestone_header(),
            Box::new(milestone_rows(view).into_iter()),
        ),
        By::Category => (category_header(), Box::new(category_rows(view).into_iter())),
    };
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer("\u{feff}".as_bytes().to_vec());
    let header = header.iter().map(|text| view.say(text)).collect();
    for line in std::iter::once(header).chain(rows) {
        // Writing to memory does not fail, and all lines are of one length.
        _ = writer.write_record(line.iter().map(|cell| guard(cell)));
    }
    let bytes = writer.into_inner().unwrap_or_default();
    // All cells are text, and so are the signs between them.
    String::from_utf8(bytes).unwrap_or_default()
}

/// The cells of a line.
type Line = Vec<String>;

/// A cell that no spreadsheet takes for a formula.
pub(super) fn guard(text: &str) -> String {
    let text = plain(text);
    let formula = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    let dangerous = text.trim_start().starts_with(formula);
    if dangerous {
        format!("'{text}")
    } else {
        text.into_owned()
    }
}

const CODE: Text = Text::fixed("单位代码", "Code");
const UNIT: Text = Text::fixed("单位", "Unit");
const CATEGORY: Text = Text::fixed("类别", "Category");
const REMARKS: Text = Text::fixed("备注", "Remarks");
const AS_OF: Text = Text::fixed("截至日期", "As of");
const TOTAL: Text = Text::fixed("合计", "Total");

/// The columns of an office's 台账.
fn unit_header(view: &View<'_>) -> Vec<Text> {
    let mut header = vec![
        Text::fixed("序号", "No."),
        CODE,
        UNIT,
        CATEGORY,
        Text::fixed("责任人", "Responsible"),
        Text::fixed("联络员", "Contact"),
        Text::fixed("联系电话", "Phone"),
    ];
    for (_, milestone) in &view.milestones {
        let name = &milestone.name;
        header.extend([
            text!("{name}完成时限", "{name}: due"),
            text!("{name}完成日期", "{name}: done"),
            text!("{name}状态", "{name}: status"),
            text!("{name}天数", "{name}: days"),
        ]);
    }
    header.extend([Text::fixed("存在问题", "Problems"), REMARKS, AS_OF]);
    header
}

/// The lines of the units, each made when it is written: there may be a hundred thousand.
fn unit_rows(view: &View<'_>) -> impl Iterator<Item = Line> {
    let rows = view.rows.iter();
    let rows = rows.map(|(number, row)| unit_row(view, *number, row));
    rows.chain(std::iter::once_with(|| unit_total(view)))
}

fn unit_row(view: &View<'_>, number: usize, row: &Row) -> Line {
    let mut line = vec![
        number.to_string(),
        row.code.to_string(),
        row.name.to_string(),
        view.say(&row.category.text()),
        row.people().secretary.to_string(),
        row.people().contact.to_string(),
        row.people().phone.to_string(),
    ];
    for (number, _) in &view.milestones {
        line.extend(match row.cells.get(*number) {
            Some(cell) => unit_cell(view, cell),
            None => [const { String::new() }; 4],
        });
    }
    let missing = Text::fixed("未报", "no plan file");
    let missing = view.is_missing(row).then_some(missing);
    let remarks: Vec<Text> = missing.into_iter().chain([view.notes(row)]).collect();
    let remarks = remarks.iter().filter(|text| !text.is_empty());
    line.push(view.say(&view.problems(row, view::is_problem)));
    line.push(view.say(&Text::join(remarks, "；", "; ")));
    line.push(day(view));
    line
}

fn unit_cell(view: &View<'_>, cell: &Cell) -> [String; 4] {
    let date = |date| calendar::iso(date);
    [
        cell.status.is_owed().then(|| date(cell.due)),
        cell.done.map(date),
        Some(view.say(&cell.status.text())),
        view::days(cell).map(|days| days.to_string()),
    ]
    .map(Option::unwrap_or_default)
}

/// The last line: figures of all units, and the footnotes.
fn unit_total(view: &View<'_>) -> Line {
    let mut line = vec![String::new(); 7];
    line[2] = view.say(&TOTAL);
    for (number, milestone) in &view.milestones {
        line.push(calendar::iso(milestone.due()));
        line.push(String::new());
        line.push(view.say(&Totals::at(view.ledger, *number).text()));
        line.push(String::new());
    }
    line.push(String::new());
    line.push(footnotes(view));
    line.push(day(view));
    line
}

fn footnotes(view: &View<'_>) -> String {
    let stop = Text::fixed("。", ".");
    let notes = view::filter(view).map(|text| Text::join([&text, &stop], "", ""));
    let notes: Vec<Text> = notes.into_iter().chain(view::footnotes(view)).collect();
    view.say(&Text::join(&notes, "", " "))
}

fn day(view: &View<'_>) -> String {
    calendar::iso(view.ledger.as_of.date)
}

/// Due date, figures and rates, which both summaries have.
fn figure_header() -> Vec<Text> {
    let mut header = vec![
        Text::fixed("时间节点", "Milestone"),
        Text::fixed("完成时限", "Due"),
        Text::fixed("应完成", "Owed"),
    ];
    let statuses = Status::ALL.iter();
    header.extend(statuses.map(|status| view::capital(&status.text())));
    header.push(Text::fixed("完成率", "Completion"));
    header.push(Text::fixed("按期率", "Punctuality"));
    header
}

fn figures(view: &View<'_>, milestone: &Milestone, totals: &Totals) -> Line {
    let mut line = vec![milestone.name.clone(), calendar::iso(milestone.due())];
    line.push(totals.owed().to_string());
    let counts = Status::ALL.iter().map(|status| totals.count(*status));
    line.extend(counts.map(|count| count.to_string()));
    line.push(view.say(&totals.completion().text()));
    line.push(view.say(&totals.punctuality().text()));
    line
}

fn milestone_header() -> Vec<Text> {
    let mut header = figure_header();
    header.extend(Status::ALL.iter().map(|status| {
        let (zh, en) = (status.zh(), status.en());
        text!("{zh}单位", "Units {en}")
    }));
    header.extend([Text::fixed("未报单位", "Units without a plan file")]);
    header.extend([REMARKS, AS_OF]);
    header
}

fn milestone_rows(view: &View<'_>) -> Vec<Line> {
    let names = |shown: &dyn Fn(&Row) -> bool| {
        let rows = view.rows.iter().filter(|(_, row)| shown(row));
        let names: Vec<Text> = rows.map(|(_, row)| Text::same(&*row.name)).collect();
        view.say(&Text::list(&names))
    };
    let row = |(number, milestone): &(usize, &Milestone)| {
        let status = |row: &Row| row.cells.get(*number).map(|cell| cell.status);
        let mut line = figures(view, milestone, &Totals::at(view.ledger, *number));
        for wanted in Status::ALL {
            let shown = |row: &Row| view.wants(*wanted) && status(row) == Some(*wanted);
            line.push(names(&shown));
        }
        let open = |status: Status| status.is_owed() && !status.is_done();
        line.push(names(&|row| !row.has_file && status(row).is_some_and(open)));
        line.extend([footnotes(view), day(view)]);
        line
    };
    view.milestones.iter().map(row).collect()
}

fn category_header() -> Vec<Text> {
    let mut header = vec![CATEGORY];
    header.extend(figure_header());
    header.extend([REMARKS, AS_OF]);
    header
}

/// The categories of each milestone, then all of them together.
fn category_rows(view: &View<'_>) -> Vec<Line> {
    let mut rows = Vec::new();
    for (number, milestone) in &view.milestones {
        let mut push = |name: &Text, totals: &Totals, remarks: String| {
            let mut line = vec![view.say(name)];
            line.extend(figures(view, milestone, totals));
            line.extend([remarks, day(view)]);
            rows.push(line);
        };
        for (category, totals) in by_category(view.ledger, *number) {
            push(&category.text(), &totals, String::new());
        }
        push(&TOTAL, &Totals::at(view.ledger, *number), footnotes(view));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::campaign::Campaign;
    use crate::lang::Lang;
    use crate::ledger::Ledger;
    use crate::report::sample::{empty, hostile, story, varied, wish};
    use crate::report::{Format, Wish};

    /// The cells as another program reads them.
    fn read((ledger, campaign): &(Ledger, Campaign), wish: &Wish) -> Vec<Line> {
        let text = crate::report::sample::render(Format::Csv, ledger, campaign, wish);
        assert!(text.starts_with('\u{feff}') && text.ends_with("\r\n"));
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let rows = reader.records().map(|row| row.unwrap());
        rows.map(|row| row.iter().map(str::to_owned).collect())
            .collect()
    }

    #[test]
    fn one_row_a_unit_with_the_columns_of_a_ledger() {
        let rows = read(&story(), &wish(By::Unit, Lang::Zh));
        assert_eq!(
            rows[0].join(","),
            "序号,单位代码,单位,类别,责任人,联络员,联系电话,\
             实施方案完成时限,实施方案完成日期,实施方案状态,实施方案天数,\
             生活会完成时限,生活会完成日期,生活会状态,生活会天数,\
             制度办法完成时限,制度办法完成日期,制度办法状态,制度办法天数,\
             存在问题,备注,截至日期"
        );
        assert_eq!(
            rows[2].join(","),
            "2,02,乙镇,乡镇,赵天干,钱地支,0421-0000000,\
             2022-03-31,2022-04-02,逾期完成,2,\
             2022-10-31,,未到期,145,2022-12-31,,未到期,206,,,2022-06-08"
        );
        assert_eq!(
            rows[6].join(","),
            "6,06,己中心,事业单位,,,,2022-03-31,,逾期未完成,69,\
             2022-10-31,,未到期,145,2022-12-31,,未到期,206,缺实施方案,未报,2022-06-08"
        );
        assert_eq!(rows.len(), 8, "six units, the header and the totals");
        assert!(rows[7][9].ends_with("完成率4/6（66.7%），按期率3/6（50.0%）"));
        assert!(rows[7][20].contains("另有14条记录日期在截至日期之后，未计入"));
    }

    #[test]
    fn problems_and_remarks_have_columns_of_their_own() {
        let rows = read(&varied(), &wish(By::Unit, Lang::Zh));
        let of = |row: usize| (rows[row][19].as_str(), rows[row][20].as_str());
        assert_eq!(of(1), ("生活会：已开民主生活会，缺组织生活会", ""));
        assert_eq!(of(3).1, "实施方案：经办公室批准延期至2022-04-30");
        assert_eq!(of(4).1, "制度办法：免报：机构改革");
        assert!(of(6).1.starts_with("未报"));
        assert_eq!(rows[3][7], "2022-04-30", "the due date as it stands");
        assert_eq!(&rows[4][15..19], ["", "", "不适用", ""]);
    }

    #[test]
    fn a_cell_is_never_a_formula() {
        for text in ["=1+1", "+86", "-1", "@x", "\t=1", " =1", "＝1", "－1"] {
            let cell = guard(text);
            assert!(cell.starts_with('\''), "{text:?} became {cell:?}");
        }
        assert_eq!(guard("0421-0000000"), "0421-0000000");
        assert_eq!(guard("\r=1"), "\\r=1", "nor a line break");
        let rows = read(&hostile(), &wish(By::Unit, Lang::Zh));
        assert!(
            rows[1][2].starts_with("'=cmd|' /C calc'!A0"),
            "{:?}",
            rows[1]
        );
    }

    #[test]
    fn summaries_are_rectangular_and_carry_the_day() {
        for by in [By::Unit, By::Milestone, By::Category] {
            for data in [story(), varied(), hostile(), empty()] {
                let rows = read(&data, &wish(by, Lang::En));
                let day = data.0.as_of.date.to_string();
                assert!(rows.len() > 1 && rows[1..].iter().all(|row| row.last() == Some(&day)));
            }
        }
        let rows = read(&story(), &wish(By::Category, Lang::Zh));
        assert_eq!(
            rows[3][..13].join(","),
            "部门,实施方案,2022-03-31,2,1,0,1,0,0,0,0,1/2（50.0%）,1/2（50.0%）"
        );
        let rows = read(&story(), &wish(By::Milestone, Lang::Zh));
        assert_eq!(rows[1][14], "戊局、己中心");
        assert_eq!(rows[1][19], "己中心");
    }

    #[test]
    fn a_unit_that_owes_nothing_at_a_milestone_is_not_missed_there() {
        let (mut ledger, campaign) = story();
        ledger.rows[5].cells[0].status = Status::Exempt;
        let rows = read(&(ledger, campaign), &wish(By::Milestone, Lang::Zh));
        let missing = [1, 2, 3].map(|row: usize| (rows[row][0].as_str(), rows[row][19].as_str()));
        assert_eq!(
            missing,
            [
                ("实施方案", ""),
                ("生活会", "己中心"),
                ("制度办法", "己中心")
            ]
        );
    }
}
