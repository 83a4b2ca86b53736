//! A report for a document: headings, tables and lists that every Markdown dialect knows.

use super::page::{Block, Entry, Grid};
use crate::escape::markdown as escape;
use crate::lang::Lang;

pub(super) fn render(page: &[Block], lang: Lang) -> String {
    let mut out = String::new();
    let mut in_list = false;
    for block in page {
        let is_item = matches!(block, Block::Names(..) | Block::Item(_));
        let gap = !out.is_empty() && (!in_list || !is_item);
        if gap {
            out.push('\n');
        }
        in_list = is_item;
        match block {
            Block::Title(text) => out.push_str(&format!("# {}", escape(text))),
            Block::Section(text) => out.push_str(&format!("## {}", escape(text))),
            Block::Line(text) => out.push_str(&escape(text)),
            Block::Grid(grid) => out.push_str(&table(grid, lang)),
            Block::Names(label, names) => out.push_str(&item(label.as_deref(), names, lang)),
            Block::Item(text) => out.push_str(&format!("- {}", escape(text))),
        }
        out.push('\n');
    }
    out
}

fn table(grid: &Grid, lang: Lang) -> String {
    let line = |entries: &Vec<Entry>| row(entries.iter().map(|entry| cell(entry, lang)));
    let rule = (0..grid.header.len()).map(|number| {
        let right = grid.numbers.get(number).is_some_and(|numbers| *numbers);
        if right { "---:" } else { "---" }.to_owned()
    });
    let mut lines = vec![line(&grid.header), row(rule)];
    lines.extend(grid.rows.iter().map(line));
    lines.join("\n")
}

fn row(cells: impl Iterator<Item = String>) -> String {
    format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
}

fn cell(entry: &Entry, lang: Lang) -> String {
    let lines: Vec<String> = entry.iter().map(|line| escape(line)).collect();
    lines.join(lang.pick("，", ", "))
}

fn item(label: Option<&str>, names: &[String], lang: Lang) -> String {
    let (colon, comma) = lang.pick(("：", "、"), (": ", ", "));
    let label = label.map(|label| format!("{label}{colon}"));
    let text = format!("{}{}", label.unwrap_or_default(), names.join(comma));
    format!("- {}", escape(&text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample::{empty, hostile, render, story, wish};
    use crate::report::{By, Format};

    #[test]
    fn markup_is_shown_and_not_obeyed() {
        assert_eq!(escape("甲|乙"), "甲\\|乙");
        assert_eq!(escape("a\\|b"), "a\\\\\\|b");
        assert_eq!(
            escape("<b>*_x_* [l](u) `c`"),
            "\\<b\\>\\*\\_x\\_\\* \\[l\\](u) \\`c\\`"
        );
        assert_eq!(escape("# 一"), "\\# 一");
        assert_eq!(escape("- 一"), "\\- 一");
        assert_eq!(escape("12. 一"), "12\\. 一");
        assert_eq!(escape("一\n\n# 二"), "一\\\\n\\\\n\\# 二");
        assert_eq!(escape("逾期2天完成 2022-04-02"), "逾期2天完成 2022-04-02");
    }

    #[test]
    fn the_ledger_of_the_eighth_of_june() {
        let (ledger, campaign) = story();
        let text = render(
            Format::Markdown,
            &ledger,
            &campaign,
            &wish(By::Unit, Lang::Zh),
        );
        for line in [
            "# 能力作风优化年台账",
            "截至2022年6月8日",
            "| 序号 | 单位代码 | 单位 | 类别 | 实施方案，时限2022-03-31 | 生活会，时限2022-10-31 | 制度办法，时限2022-12-31 |",
            "| ---: | --- | --- | --- | --- | --- | --- |",
            "| 2 | 02 | 乙镇 | 乡镇 | 逾期2天完成 2022-04-02 | 还剩145天 | 还剩206天 |",
            "| 实施方案 | 6 | 3 | 1 | 2 | 0 | 4/6（66.7%） | 3/6（50.0%） |",
            "## 未报单位（1个）",
            "- 己中心",
            "- 实施方案（2个）：戊局（69天）、己中心（69天）",
            "- 另有14条记录日期在截至日期之后，未计入：方案1、生活会10、制度办法3。",
        ] {
            assert!(text.lines().any(|found| found == line), "{line}\n{text}");
        }
    }

    #[test]
    fn every_row_of_a_table_has_as_many_cells_as_its_header() {
        for (ledger, campaign) in [hostile(), empty(), story()] {
            for by in [By::Unit, By::Milestone, By::Category] {
                let text = render(Format::Markdown, &ledger, &campaign, &wish(by, Lang::Zh));
                let mut cells = None;
                for line in text.lines() {
                    if !line.starts_with('|') {
                        cells = None;
                        continue;
                    }
                    let bars = line
                        .replace("\\\\", "")
                        .replace("\\|", "")
                        .matches('|')
                        .count();
                    assert_eq!(*cells.get_or_insert(bars), bars, "{line}");
                }
                assert!(!text.contains('\u{1b}') && !text.contains("<b>"), "{text}");
            }
        }
    }
}
