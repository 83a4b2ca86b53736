//! A report for the terminal: ASCII rules, widths by display column, the same bytes whatever the terminal.

use comfy_table::{
    Cell, CellAlignment, ColumnConstraint, ContentArrangement, Table, Width, presets,
};
use unicode_width::UnicodeWidthStr;

use super::page::{Block, Entry, Grid};
use crate::escape::plain;
use crate::lang::Lang;

/// Columns of a terminal that a table may take.
const WIDTH: u16 = 120;

/// A column is never made narrower than this, if its text is longer: less would tear every word apart.
const NARROWEST: u16 = 10;

pub(super) fn render(page: &[Block], lang: Lang) -> String {
    let mut out = String::new();
    let mut after_text = false;
    for block in page {
        let gap = match block {
            Block::Section(_) => true,
            Block::Grid(_) => after_text,
            _ => false,
        };
        if gap {
            out.push('\n');
        }
        after_text = matches!(block, Block::Title(_) | Block::Line(_) | Block::Grid(_));
        match block {
            Block::Title(text) | Block::Line(text) | Block::Section(text) => {
                out.push_str(&plain(text));
            }
            Block::Grid(grid) => out.push_str(&table(grid)),
            Block::Names(label, names) => out.push_str(&fill(label.as_deref(), names, lang)),
            Block::Item(text) => {
                out.push_str("- ");
                out.push_str(&plain(text));
            }
        }
        out.push('\n');
    }
    out
}

fn table(grid: &Grid) -> String {
    let mut table = Table::new();
    table
        .load_style(presets::ASCII_FULL_CONDENSED)
        .force_no_tty()
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(WIDTH)
        .set_header(grid.header.iter().map(cell))
        .add_rows(grid.rows.iter().map(|row| row.iter().map(cell)));
    for (number, column) in table.column_iter_mut().enumerate() {
        let rows = grid.rows.iter().chain([&grid.header]);
        let lines = rows.filter_map(|row| row.get(number)).flatten();
        let widest = lines.map(|line| safe(line).width()).max().unwrap_or(0);
        let lower = NARROWEST.min(u16::try_from(widest).unwrap_or(u16::MAX));
        // The boundary includes a blank on either side.
        column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(lower + 2)));
        if grid.numbers.get(number).is_some_and(|numbers| *numbers) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table.trim_fmt()
}

fn cell(entry: &Entry) -> Cell {
    let lines: Vec<String> = entry.iter().map(|line| safe(line)).collect();
    Cell::new(lines.join("\n"))
}

/// Text in a cell. Chinese terminals show the dash two columns wide, others one, and only its own width would
/// keep the line straight.
fn safe(text: &str) -> String {
    plain(text).replace('—', "--")
}

/// Names with separators, broken between two names before the line is too long.
fn fill(label: Option<&str>, names: &[String], lang: Lang) -> String {
    let (colon, comma) = lang.pick(("：", "、"), (": ", ", "));
    let mut lines = vec!["  ".to_owned()];
    if let Some(label) = label {
        lines[0].push_str(&format!("{}{colon}", plain(label)));
    }
    for (number, name) in names.iter().enumerate() {
        let last = number + 1 == names.len();
        let name = format!("{}{}", plain(name), if last { "" } else { comma });
        let line = lines.len() - 1;
        let fits = lines[line].width() + name.trim_end().width() <= usize::from(WIDTH);
        match fits || number == 0 {
            true => lines[line].push_str(&name),
            false => lines.push(format!("    {name}")),
        }
    }
    let lines: Vec<&str> = lines.iter().map(|line| line.trim_end()).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Status;
    use crate::report::sample::{empty, hostile, many, render, story, varied, wish};
    use crate::report::{By, Format, Wish};

    const STORY_ZH: &str = "\
能力作风优化年台账
截至2022年6月8日

+------+----------+--------+----------+------------------------+----------------+----------------+
| 序号 | 单位代码 | 单位   | 类别     | 实施方案               | 生活会         | 制度办法       |
|      |          |        |          | 时限2022-03-31         | 时限2022-10-31 | 时限2022-12-31 |
+================================================================================================+
|    1 | 01       | 甲镇   | 乡镇     | 按期完成 2022-03-25    | 还剩145天      | 还剩206天      |
|    2 | 02       | 乙镇   | 乡镇     | 逾期2天完成 2022-04-02 | 还剩145天      | 还剩206天      |
|    3 | 03       | 丙街道 | 街道     | 按期完成 2022-03-31    | 还剩145天      | 还剩206天      |
|    4 | 04       | 丁局   | 部门     | 按期完成 2022-03-28    | 还剩145天      | 还剩206天      |
|    5 | 05       | 戊局   | 部门     | 逾期69天               | 还剩145天      | 还剩206天      |
|    6 | 06       | 己中心 | 事业单位 | 逾期69天               | 还剩145天      | 还剩206天      |
+------+----------+--------+----------+------------------------+----------------+----------------+

合计（6个单位）
+----------+--------+----------+----------+------------+--------+--------------+--------------+
| 时间节点 | 应完成 | 按期完成 | 逾期完成 | 逾期未完成 | 未到期 |       完成率 |       按期率 |
+=============================================================================================+
| 实施方案 |      6 |        3 |        1 |          2 |      0 | 4/6（66.7%） | 3/6（50.0%） |
| 生活会   |      6 |        0 |        0 |          0 |      6 |  0/6（0.0%） |  0/6（0.0%） |
| 制度办法 |      6 |        0 |        0 |          0 |      6 |  0/6（0.0%） |  0/6（0.0%） |
+----------+--------+----------+----------+------------+--------+--------------+--------------+

未报单位（1个）
  己中心

逾期未完成
  实施方案（2个）：戊局（69天）、己中心（69天）

存在问题
- 戊局：缺实施方案；2022-06-15的实施方案在截至日期之后，未计入

说明
- 完成时限含当日，次日起计逾期。
- 制度办法时限2022-12-31为星期六（元旦假期），不顺延。
- 另有14条记录日期在截至日期之后，未计入：方案1、生活会10、制度办法3。
";
    const STORY_EN: &str = "\
能力作风优化年: ledger
As of 2022-06-08

+-----+------+--------+--------------------+------------------------+----------------+----------------+
| No. | Code | Unit   | Category           | 实施方案               | 生活会         | 制度办法       |
|     |      |        |                    | due 2022-03-31         | due 2022-10-31 | due 2022-12-31 |
+=====================================================================================================+
|   1 | 01   | 甲镇   | township           | on time 2022-03-25     | 145 days left  | 206 days left  |
|   2 | 02   | 乙镇   | township           | 2 days late 2022-04-02 | 145 days left  | 206 days left  |
|   3 | 03   | 丙街道 | subdistrict        | on time 2022-03-31     | 145 days left  | 206 days left  |
|   4 | 04   | 丁局   | department         | on time 2022-03-28     | 145 days left  | 206 days left  |
|   5 | 05   | 戊局   | department         | 69 days overdue        | 145 days left  | 206 days left  |
|   6 | 06   | 己中心 | public institution | 69 days overdue        | 145 days left  | 206 days left  |
+-----+------+--------+--------------------+------------------------+----------------+----------------+

Totals (6 units)
+-----------+------+---------+------+---------+----------+--------------+--------------+
| Milestone | Owed | On time | Late | Overdue | Upcoming |   Completion |  Punctuality |
+======================================================================================+
| 实施方案  |    6 |       3 |    1 |       2 |        0 | 4/6 (66.7 %) | 3/6 (50.0 %) |
| 生活会    |    6 |       0 |    0 |       0 |        6 |  0/6 (0.0 %) |  0/6 (0.0 %) |
| 制度办法  |    6 |       0 |    0 |       0 |        6 |  0/6 (0.0 %) |  0/6 (0.0 %) |
+-----------+------+---------+------+---------+----------+--------------+--------------+

Units without a plan file (1)
  己中心

Overdue
  实施方案 (2): 戊局 (69 days), 己中心 (69 days)

Problems
- 戊局: 实施方案: lacks implementation plan; the implementation plan of 2022-06-15 comes after the as-of date and is set aside

Notes
- A due date includes its day; overdue begins on the day after.
- 制度办法 is due on 2022-12-31 (a Saturday in the 元旦 holiday); the date does not move.
- 14 records are dated after the as-of date and not counted: 1 plan, 10 life meetings, 3 documents.
";

    const EVERY_WAY: [By; 3] = [By::Unit, By::Milestone, By::Category];

    /// Every run of table lines must be of one width, and none wider than the terminal.
    fn assert_straight(text: &str) {
        let mut width = None;
        for line in text.lines() {
            if !line.starts_with(['+', '|']) {
                width = None;
                continue;
            }
            assert_eq!(*width.get_or_insert(line.width()), line.width(), "{text}");
            assert!(line.width() <= usize::from(WIDTH), "{line}");
        }
    }

    #[test]
    fn every_line_of_a_table_is_of_the_same_display_width() {
        for (ledger, campaign) in [story(), varied(), hostile(), empty(), many()] {
            for (by, lang) in EVERY_WAY
                .into_iter()
                .flat_map(|by| [(by, Lang::Zh), (by, Lang::En)])
            {
                let text = render(Format::Table, &ledger, &campaign, &wish(by, lang));
                assert_straight(&text);
                let again = render(Format::Table, &ledger, &campaign, &wish(by, lang));
                assert_eq!(text, again);
            }
        }
    }

    #[test]
    fn the_ledger_of_the_eighth_of_june_in_chinese() {
        let (ledger, campaign) = story();
        let text = render(Format::Table, &ledger, &campaign, &wish(By::Unit, Lang::Zh));
        let expected = STORY_ZH;
        assert_eq!(text, expected, "\n{text}");
    }

    #[test]
    fn the_ledger_of_the_eighth_of_june_in_english() {
        let (ledger, campaign) = story();
        let text = render(Format::Table, &ledger, &campaign, &wish(By::Unit, Lang::En));
        let expected = STORY_EN;
        assert_eq!(text, expected, "\n{text}");
    }

    #[test]
    fn each_milestone_lists_its_units_by_status() {
        let (ledger, campaign) = story();
        let wish = wish(By::Milestone, Lang::Zh);
        let text = render(Format::Table, &ledger, &campaign, &wish);
        for line in [
            "实施方案（时限2022-03-31，已过69天）",
            "  按期完成（3个）：甲镇、丙街道、丁局",
            "  逾期完成（1个）：乙镇（2天）",
            "  逾期未完成（2个）：戊局（69天）、己中心（69天）",
            "生活会（时限2022-10-31，还剩145天）",
            "制度办法（时限2022-12-31，还剩206天）",
            "  未到期（6个）：甲镇、乙镇、丙街道、丁局、戊局、己中心",
        ] {
            assert!(text.lines().any(|found| found == line), "{line}\n{text}");
        }
    }

    #[test]
    fn reasons_extensions_and_exemptions_are_told() {
        let (ledger, campaign) = varied();
        let zh = |by| render(Format::Table, &ledger, &campaign, &wish(by, Lang::Zh));
        let text = zh(By::Unit);
        for line in [
            "未报单位（1个）",
            "  实施方案（1个）：乙镇（[plan]的filed不能识别）",
            "- 甲镇：生活会：已开民主生活会，缺组织生活会",
            "- 丙街道：实施方案：经办公室批准延期至2022-04-30",
            "- 丁局：制度办法：免报：机构改革",
            "- 已批准延期的，按延期后的时限计算。",
            "- 待核的计入应完成数，不计入完成数，也不计入逾期数。",
            "- 只汇总了所给文件涉及的单位，未包括花名册中的其他单位。",
            "截至2022年10月28日（今天）",
        ] {
            assert!(text.lines().any(|found| found == line), "{line}\n{text}");
        }
        assert!(text.contains("| 按期完成 2022-04-20 "), "{text}");
        assert!(text.contains("| 延期至2022-04-30 "), "{text}");
        assert!(text.contains("临期，还剩3天"), "{text}");
        let text = zh(By::Milestone);
        let line = "  按期完成（2个）：甲镇、丙街道（延期至2022-04-30）";
        assert!(text.lines().any(|found| found == line), "{text}");
        assert!(
            text.contains("不适用（1个）：丁局（免报：机构改革）"),
            "{text}"
        );
    }

    #[test]
    fn a_filter_narrows_the_rows_and_leaves_the_totals() {
        let (ledger, campaign) = story();
        let wish = Wish {
            only: vec![Status::Overdue],
            milestone: Some(0),
            ..wish(By::Unit, Lang::Zh)
        };
        let text = render(Format::Table, &ledger, &campaign, &wish);
        assert!(text.contains("只列逾期未完成的单位（6个中的2个），合计按全部单位计算"));
        assert!(
            text.contains("| 戊局") && !text.contains("| 甲镇"),
            "{text}"
        );
        assert!(
            text.contains("4/6（66.7%）") && !text.contains("生活会（"),
            "{text}"
        );
        let none = Wish {
            only: vec![Status::Exempt],
            ..wish
        };
        let text = render(Format::Table, &ledger, &campaign, &none);
        assert!(text.contains("没有可列的单位。"), "{text}");
    }

    #[test]
    fn zero_units_have_no_rates() {
        let (ledger, campaign) = empty();
        for by in EVERY_WAY {
            let text = render(Format::Table, &ledger, &campaign, &wish(by, Lang::Zh));
            assert!(!text.contains('%') && !text.contains("NaN"), "{text}");
            let dash = if by == By::Milestone {
                "完成率—"
            } else {
                "| --"
            };
            assert!(text.contains(dash) || text.contains("     --"), "{text}");
            assert!(text.contains("截至2022年6月8日"), "{text}");
        }
    }

    #[test]
    fn nothing_from_a_file_reaches_the_terminal_as_a_command() {
        let (ledger, campaign) = hostile();
        for by in EVERY_WAY {
            let text = render(Format::Table, &ledger, &campaign, &wish(by, Lang::En));
            let obeyed = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
            assert!(!text.contains(obeyed), "{text}");
        }
    }

    #[test]
    fn more_milestones_than_fit_stand_below_each_other() {
        let (ledger, campaign) = many();
        let wish = wish(By::Unit, Lang::Zh);
        let text = render(Format::Table, &ledger, &campaign, &wish);
        let headers = text.lines().filter(|line| line.starts_with("| 序号"));
        assert_eq!(headers.count(), 3, "{text}");
    }

    #[test]
    fn long_lists_are_broken_between_names() {
        let names: Vec<String> = (0..40).map(|n| format!("第{n}单位")).collect();
        let text = fill(Some("未到期（40个）"), &names, Lang::Zh);
        assert!(text.lines().count() > 2);
        for line in text.lines() {
            assert!(line.width() <= usize::from(WIDTH), "{line}");
            assert!(line.ends_with('、') || line.ends_with("第39单位"), "{line}");
        }
    }

    #[test]
    fn a_milestone_that_is_due_on_the_day_itself_is_neither_ahead_nor_past() {
        let (mut ledger, campaign) = story();
        for (day, zh, en) in [
            ("2022-10-30", "还剩1天", "1 day left"),
            ("2022-10-31", "当日到期", "due on this day"),
            ("2022-11-01", "已过1天", "1 day ago"),
        ] {
            ledger.as_of.date = day.parse().unwrap();
            let said = |lang| {
                render(
                    Format::Table,
                    &ledger,
                    &campaign,
                    &wish(By::Milestone, lang),
                )
            };
            let heading = format!("生活会（时限2022-10-31，{zh}）");
            assert!(said(Lang::Zh).contains(&heading), "{day}");
            let heading = format!("生活会 (due 2022-10-31, {en})");
            assert!(said(Lang::En).contains(&heading), "{day}");
        }
    }

    #[test]
    fn where_every_unit_has_a_plan_file_nothing_is_said_of_missing_ones() {
        let (mut ledger, campaign) = story();
        ledger.rows[5].has_file = true;
        let text = render(Format::Table, &ledger, &campaign, &wish(By::Unit, Lang::Zh));
        assert!(!text.contains("未报单位"), "{text}");
    }
}
