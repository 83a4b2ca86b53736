//! 督办通知: what one unit still has to do, as a document and as a text short enough for a message.

use super::Wish;
use super::bulletin::{TO_FILL, number};
use super::view::{self, View};
use crate::calendar;
use crate::campaign::{Campaign, Milestone};
use crate::document::{Block, Document};
use crate::lang::Text;
use crate::ledger::{Cell, Ledger, Row, Status};
use crate::text;

/// The notice to one unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// 单位代码.
    pub code: String,
    /// 单位名称.
    pub name: String,
    /// For paper.
    pub document: Document,
    /// For a message on the telephone, ending in a line break.
    pub message: String,
}

/// The notices to all units that stand so at a milestone shown, in the order of the roster. Without a choice of
/// statuses, to those that are overdue or due soon.
pub fn notices(ledger: &Ledger, campaign: &Campaign, wish: &Wish) -> Vec<Notice> {
    let only = match wish.only.is_empty() {
        true => vec![Status::Overdue, Status::DueSoon],
        false => wish.only.clone(),
    };
    let wish = Wish {
        only,
        ..wish.clone()
    };
    let view = View::new(ledger, campaign, &wish);
    view.rows
        .iter()
        .map(|(_, row)| notice(&view, row))
        .collect()
}

fn notice(view: &View<'_>, row: &Row) -> Notice {
    let cells: Vec<_> = view
        .cells(row)
        .filter(|(_, cell)| view.wants(cell.status))
        .collect();
    let about = &view.campaign.campaign;
    let title = view.say(&text!(
        "{name}督办通知",
        "{name}: reminder",
        name = about.name
    ));
    let name = &row.name;
    let mut blocks = vec![
        Block::Title(title.clone()),
        Block::Number(number(view)),
        Block::Addressee(view.say(&text!("{name}：", "To {name}:"))),
        Block::Paragraph(view.say(&opening(view, row))),
    ];
    for (order, (milestone, cell)) in cells.iter().enumerate() {
        let item = item(order + 1, milestone, cell);
        blocks.push(Block::Paragraph(view.say(&item)));
    }
    let closing = Text::fixed(
        "请抓紧办理，完成后在方案文件中填写日期并重新报送；确有困难的，在时限之前书面申请延期。办理情况请于【待填】前反馈，联系人：【待填】。",
        "Please finish, write the date into the plan file and send it again; where that is not possible, apply for an extension in writing before the due date. Report by 【待填】 to 【待填】.",
    );
    blocks.push(Block::Paragraph(view.say(&closing)));
    let issuer = about.issuer.clone().unwrap_or_else(|| TO_FILL.to_owned());
    let day = view.say(&calendar::spelled(view.ledger.as_of.date));
    blocks.push(Block::Signature(issuer.clone(), day));
    Notice {
        code: row.code.to_string(),
        name: name.to_string(),
        message: message(view, row, &cells),
        document: Document {
            title,
            issuer,
            day: view.ledger.as_of.date,
            blocks,
        },
    }
}

fn opening(view: &View<'_>, row: &Row) -> Text {
    let day = calendar::spelled(view.ledger.as_of.date);
    let name = &view.campaign.campaign.name;
    let (zh, en) = (day.zh(), day.en());
    match row.has_file {
        true => text!(
            "截至{zh}，你单位在{name}中有下列事项尚待办理：",
            "As of {en}, your unit still has this to do in {name}:"
        ),
        false => text!(
            "截至{zh}，尚未收到你单位的方案文件，{name}中有下列事项尚待办理：",
            "As of {en}, no plan file of your unit has arrived, and this is to be done in {name}:"
        ),
    }
}

/// `1. 实施方案：完成时限2022年3月31日，逾期69天；缺实施方案。`
fn item(order: usize, milestone: &Milestone, cell: &Cell) -> Text {
    let (name, due) = (&milestone.name, calendar::spelled(cell.due));
    let (standing, why) = (view::standing(cell), view::problem(cell));
    let why = match why.is_empty() {
        true => Text::default(),
        false => text!("；{zh}", "; {en}", zh = why.zh(), en = why.en()),
    };
    text!(
        "{order}. {name}：完成时限{due_zh}，{standing_zh}{why_zh}。",
        "{order}. {name}: due on {due_en}, {standing_en}{why_en}.",
        due_zh = due.zh(),
        due_en = due.en(),
        standing_zh = standing.zh(),
        standing_en = standing.en(),
        why_zh = why.zh(),
        why_en = why.en()
    )
}

/// `【能力作风优化年】戊局：实施方案逾期69天。请抓紧办理，补填日期后重新报送。`
fn message(view: &View<'_>, row: &Row, cells: &[(&Milestone, &Cell)]) -> String {
    let parts = cells.iter().map(|(milestone, cell)| {
        let (name, standing) = (&milestone.name, view::standing(cell));
        text!(
            "{name}{zh}",
            "{name} {en}",
            zh = standing.zh(),
            en = standing.en()
        )
    });
    let parts = Text::join(&parts.collect::<Vec<_>>(), "，", ", ");
    let (campaign, name) = (&view.campaign.campaign.name, &row.name);
    let said = text!(
        "【{campaign}】{name}：{zh}。请抓紧办理，填好日期后重新报送方案文件。",
        "[{campaign}] {name}: {en}. Please finish, write the date and send the plan file again.",
        zh = parts.zh(),
        en = parts.en()
    );
    format!("{}\n", crate::escape::plain(&view.say(&said)))
}
