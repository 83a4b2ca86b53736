//! 情况通报: the bulletin on a campaign's progress, as a document. Figures and names come from the ledger; what only
//! people can know (number, judgement, what comes next) is left as 【待填】.

use chrono::Datelike;

use super::view::{self, View};
use super::{Totals, by_category};
use crate::calendar;
use crate::campaign::Milestone;
use crate::document::{Block, Document, Table};
use crate::lang::{Text, count, numeral};
use crate::ledger::{Cell, Row, Status};
use crate::text;
use crate::vocabulary::Word;

/// What the program cannot know.
pub(super) const TO_FILL: &str = "【待填】";

/// So many milestones stand beside each other on paper.
const ABREAST: usize = 4;

/// The bulletin.
pub(super) fn compose(view: &View<'_>) -> Document {
    let about = &view.campaign.campaign;
    let name = &about.name;
    let title = view.say(&text!(
        "关于{name}进展情况的通报",
        "Bulletin on the progress of {name}"
    ));
    let mut blocks = vec![
        Block::Title(title.clone()),
        Block::Number(number(view)),
        Block::Addressee(view.say(&Text::fixed("各有关单位：", "To all units concerned:"))),
        Block::Paragraph(view.say(&opening(view))),
    ];
    progress(view, &mut blocks);
    trouble(view, &mut blocks);
    next(view, &mut blocks);
    let issuer = about.issuer.clone().unwrap_or_else(|| TO_FILL.to_owned());
    let day = view.say(&calendar::spelled(view.ledger.as_of.date));
    blocks.push(Block::Signature(issuer.clone(), day));
    annexes(view, &mut blocks);
    Document {
        title,
        issuer,
        day: view.ledger.as_of.date,
        blocks,
    }
}

/// 发文字号, which the registry gives.
pub(super) fn number(view: &View<'_>) -> String {
    let year = view.ledger.as_of.date.year();
    format!("{TO_FILL}〔{year}〕{TO_FILL}号")
}

fn opening(view: &View<'_>) -> Text {
    let (name, units) = (&view.campaign.campaign.name, view.ledger.rows.len());
    let day = calendar::spelled(view.ledger.as_of.date);
    let milestones = view.milestones.len();
    let n = count(units as i64, "unit", "units");
    let steps = count(milestones as i64, "milestone", "milestones");
    text!(
        "现将截至{day_zh}，{units}个单位在{name}中{milestones}个时间节点的完成情况通报如下。",
        "This is how {n} stood at {steps} of {name} as of {day_en}.",
        day_zh = day.zh(),
        day_en = day.en(),
    )
}

/// 一、完成情况: the figures of each milestone.
fn progress(view: &View<'_>, blocks: &mut Vec<Block>) {
    blocks.push(heading(view, 1, &Text::fixed("完成情况", "Progress")));
    for (order, (number, milestone)) in view.milestones.iter().enumerate() {
        blocks.push(subheading(view, order + 1, &milestone.name));
        let (figures, due) = (
            Totals::at(view.ledger, *number).text(),
            due(view, milestone),
        );
        blocks.push(Block::Paragraph(view.say(&text!(
            "{due_zh}{zh}。",
            "{due_en}{en}.",
            due_zh = due.zh(),
            due_en = due.en(),
            zh = figures.zh(),
            en = figures.en()
        ))));
    }
}

/// `完成时限2022年3月31日，已过69天。`
fn due(view: &View<'_>, milestone: &Milestone) -> Text {
    let day = calendar::spelled(milestone.due());
    let away = calendar::days_between(view.ledger.as_of.date, milestone.due());
    let (n, days) = (away.abs(), count(away.abs(), "day", "days"));
    let when = match away {
        0 => Text::fixed("当日到期", "which is this day"),
        1.. => text!("还剩{n}天", "{days} left"),
        _ => text!("已过{n}天", "{days} ago"),
    };
    text!(
        "完成时限{day_zh}，{zh}。",
        "Due on {day_en}, {en}: ",
        day_zh = day.zh(),
        day_en = day.en(),
        zh = when.zh(),
        en = when.en()
    )
}

/// 二、存在问题: by name, in the order of the roster, no ranking.
fn trouble(view: &View<'_>, blocks: &mut Vec<Block>) {
    blocks.push(heading(
        view,
        2,
        &Text::fixed("存在问题", "What is not in order"),
    ));
    let mut order = 0;
    for status in [Status::Overdue, Status::Late, Status::Unclear] {
        let of_milestones = view.milestones.iter();
        let named: Vec<Text> = of_milestones
            .filter_map(|(number, milestone)| by_name(view, *number, milestone, status))
            .collect();
        if named.is_empty() {
            continue;
        }
        order += 1;
        blocks.push(subheading(
            view,
            order,
            &view.say(&view::capital(&status.text())),
        ));
        blocks.extend(named.iter().map(|text| Block::Paragraph(view.say(text))));
    }
    if order == 0 {
        let none = Text::fixed(
            "没有逾期未完成、逾期完成和待核的单位。",
            "No unit is overdue, late or unclear.",
        );
        blocks.push(Block::Paragraph(view.say(&none)));
    }
}

/// `实施方案：戊局（逾期69天）、己中心（逾期69天，未报送方案文件）。`
fn by_name(view: &View<'_>, number: usize, milestone: &Milestone, status: Status) -> Option<Text> {
    let cells = view
        .rows
        .iter()
        .filter_map(|(_, row)| Some((*row, row.cells.get(number)?)));
    let units: Vec<Text> = cells
        .filter(|(_, cell)| cell.status == status)
        .map(|(row, cell)| unit(row, cell))
        .collect();
    let n = units.len();
    let (name, units) = (&milestone.name, Text::join(&units, "、", "; "));
    (n > 0).then(|| {
        text!(
            "{name}{n}个：{zh}。",
            "{name}, {n}: {en}.",
            zh = units.zh(),
            en = units.en()
        )
    })
}

fn unit(row: &Row, cell: &Cell) -> Text {
    let name = &row.name;
    let days = (cell.days > 0).then(|| cell.standing());
    let why = match row.has_file {
        true => view::has_detail(cell).then(|| view::problem(cell)),
        false => Some(Text::fixed("未报送方案文件", "no plan file sent")),
    };
    let parts: Vec<Text> = days
        .into_iter()
        .chain(why)
        .filter(|text| !text.is_empty())
        .collect();
    if parts.is_empty() {
        return Text::same(name.to_string());
    }
    let parts = Text::join(&parts, "，", ", ");
    text!(
        "{name}（{zh}）",
        "{name} ({en})",
        zh = parts.zh(),
        en = parts.en()
    )
}

/// 三、下一步工作: what is due next, and what only people can say.
fn next(view: &View<'_>, blocks: &mut Vec<Block>) {
    blocks.push(heading(
        view,
        3,
        &Text::fixed("下一步工作", "What comes next"),
    ));
    let ahead = view.milestones.iter().filter(|(_, milestone)| {
        calendar::days_between(view.ledger.as_of.date, milestone.due()) >= 0
    });
    for (number, milestone) in ahead {
        let totals = Totals::at(view.ledger, *number);
        let open = totals.owed() - totals.done();
        if open == 0 {
            continue;
        }
        let (name, day) = (&milestone.name, calendar::spelled(milestone.due()));
        let units = count(open as i64, "unit has", "units have");
        blocks.push(Block::Paragraph(view.say(&text!(
            "{name}的完成时限为{zh}，还有{open}个单位没有完成，请抓紧办理。",
            "{name} is due on {en}; {units} still to do it.",
            zh = day.zh(),
            en = day.en(),
        ))));
    }
    let open = Text::fixed(
        "逾期未完成的单位要说明原因，限期办结并报送结果。其他工作要求：",
        "Units that are overdue are to say why, finish, and report. What else is asked for: ",
    );
    blocks.push(Block::Paragraph(format!("{}{TO_FILL}", view.say(&open))));
}

/// 附件: 一览表 and 分类汇总表, with the notes that the figures need.
fn annexes(view: &View<'_>, blocks: &mut Vec<Block>) {
    let label = |n: usize| view.say(&text!("附件{n}", "Annex {n}"));
    blocks.push(Block::Annex(
        label(1),
        view.say(&Text::fixed("各单位完成情况一览表", "Units and milestones")),
    ));
    for milestones in view.milestones.chunks(ABREAST) {
        blocks.push(Block::Table(matrix(view, milestones)));
    }
    blocks.push(Block::Annex(
        label(2),
        view.say(&Text::fixed("分类汇总表", "Summary by category")),
    ));
    blocks.push(Block::Table(categories(view)));
    let notes = view::footnotes(view);
    blocks.extend(notes.iter().map(|note| Block::Paragraph(view.say(note))));
}

fn matrix(view: &View<'_>, milestones: &[(usize, &Milestone)]) -> Table {
    let fixed = [
        (Text::fixed("序号", "No."), 6),
        (Text::fixed("单位", "Unit"), 16),
        (Text::fixed("类别", "Category"), 10),
    ];
    let fixed = fixed.iter().map(|(head, share)| (view.say(head), *share));
    let of_milestones = milestones.iter().map(|(_, milestone)| {
        (
            format!("{}\n{}", milestone.name, calendar::iso(milestone.due())),
            17,
        )
    });
    let row = |(number, row): &(usize, &Row)| {
        let fixed = [
            number.to_string(),
            row.name.to_string(),
            view.say(&row.category.text()),
        ];
        let cell = |(number, _): &(usize, &Milestone)| {
            row.cells
                .get(*number)
                .map_or_else(String::new, |cell| standing(view, cell))
        };
        fixed
            .into_iter()
            .chain(milestones.iter().map(cell))
            .collect()
    };
    Table {
        columns: fixed.chain(of_milestones).collect(),
        rows: view.rows.iter().map(row).collect(),
    }
}

/// The status, with the date on a line of its own.
fn standing(view: &View<'_>, cell: &Cell) -> String {
    let standing = view.say(&view::standing(cell));
    match cell.done {
        Some(done) => format!("{standing}\n{}", calendar::iso(done)),
        None => standing,
    }
}

fn categories(view: &View<'_>) -> Table {
    let statuses = Status::ALL;
    let heads = [
        (Text::fixed("时间节点", "Milestone"), 16),
        (Text::fixed("类别", "Category"), 12),
        (Text::fixed("应完成", "Owed"), 9),
    ];
    let heads = heads.iter().map(|(head, share)| (view.say(head), *share));
    let of_statuses = statuses.iter().map(|status| (view.say(&status.text()), 9));
    let mut rows = Vec::new();
    for (number, milestone) in &view.milestones {
        let all = (Text::fixed("合计", "All"), Totals::at(view.ledger, *number));
        let by = by_category(view.ledger, *number);
        let by = by
            .into_iter()
            .map(|(category, totals)| (category.text(), totals));
        for (who, totals) in by.chain([all]) {
            let mut row = vec![
                milestone.name.clone(),
                view.say(&who),
                totals.owed().to_string(),
            ];
            row.extend(
                statuses
                    .iter()
                    .map(|status| totals.count(*status).to_string()),
            );
            rows.push(row);
        }
    }
    Table {
        columns: heads.chain(of_statuses).collect(),
        rows,
    }
}

/// `一、完成情况`
pub(super) fn heading(view: &View<'_>, number: usize, text: &Text) -> Block {
    let chinese = numeral(number);
    Block::Heading(view.say(&text!(
        "{chinese}、{zh}",
        "{number}. {en}",
        zh = text.zh(),
        en = text.en()
    )))
}

/// `（一）实施方案`
fn subheading(view: &View<'_>, number: usize, name: &str) -> Block {
    let chinese = numeral(number);
    Block::Subheading(view.say(&text!("（{chinese}）{name}", "({number}) {name}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::campaign::Campaign;
    use crate::lang::Lang;
    use crate::ledger::Ledger;
    use crate::report::By;
    use crate::report::sample::{story, varied, wish};

    fn paragraphs((ledger, campaign): &(Ledger, Campaign), lang: Lang) -> Vec<String> {
        let wish = wish(By::Unit, lang);
        let blocks = compose(&View::new(ledger, campaign, &wish)).blocks;
        let paragraphs = blocks.into_iter().filter_map(|block| match block {
            Block::Paragraph(text) => Some(text),
            _ => None,
        });
        paragraphs.collect()
    }

    #[test]
    fn how_far_a_due_date_is_stands_before_the_figures() {
        let mut data = story();
        for (day, zh, en) in [
            ("2022-10-29", "还剩2天", "2 days left"),
            ("2022-10-31", "当日到期", "which is this day"),
            ("2022-11-01", "已过1天", "1 day ago"),
        ] {
            data.0.as_of.date = day.parse().unwrap();
            let due = format!("完成时限2022年10月31日，{zh}。应完成6");
            let said = paragraphs(&data, Lang::Zh);
            assert!(said.iter().any(|text| text.starts_with(&due)), "{said:?}");
            let due = format!("Due on 2022-10-31, {en}: owed 6");
            let said = paragraphs(&data, Lang::En);
            assert!(said.iter().any(|text| text.starts_with(&due)), "{said:?}");
        }
    }

    #[test]
    fn units_are_named_with_their_days_if_there_are_any_and_with_what_is_lacking() {
        let said = paragraphs(&story(), Lang::Zh);
        let overdue = "实施方案2个：戊局（逾期69天，缺实施方案；2022-06-15的实施方案在截至日期之后，未计入）、\
                       己中心（逾期69天，未报送方案文件）。";
        assert!(said.contains(&overdue.to_owned()), "{said:?}");
        let said = paragraphs(&varied(), Lang::Zh);
        let unclear = "实施方案1个：乙镇（[plan]的filed不能识别）。";
        assert!(said.contains(&unclear.to_owned()), "{said:?}");
    }
}
