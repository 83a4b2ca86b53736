//! 说明: what one must know to read the sheets.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::Book;
use super::sheet::{Column, Kind, Line, Sheet, Table, Value, in_language};
use crate::lang::Text;
use crate::ledger::Status;
use crate::report::view;
use crate::text;
use crate::vocabulary::Word;

pub(super) fn sheet(book: &Book<'_>, left_out: usize) -> Result<Worksheet, XlsxError> {
    let view = book.view;
    let name = &view.campaign.campaign.name;
    let mut sheet = Sheet::new(book, &book.names.notes)?;
    let title = text!("{name}台账说明", "{name}: notes");
    sheet.title(&view.say(&title), &book.under_title([]), 2)?;
    let row = |number: &str, text: String| {
        Line::new(vec![Value::Text(number.to_owned()), Value::Text(text)])
    };
    let notes: Vec<String> = notes(book, left_out)
        .iter()
        .map(|note| view.say(note))
        .collect();
    let mut rows: Vec<Line> = Vec::new();
    for (number, note) in (1..).zip(notes) {
        rows.push(row(&number.to_string(), note));
    }
    let own = |zh, en, kind| Column::new(book.say(zh, en), kind);
    sheet.table(&Table {
        columns: vec![
            own("序号", "No.", Kind::Short),
            own("说明", "Note", Kind::Note),
        ],
        rows,
        total: None,
        none: String::new(),
    })?;
    sheet.row += 1;
    let meaning = |status: &Status| {
        let word = in_language(*status, view.wish.lang).to_owned();
        Line::new(vec![
            Value::Text(word),
            Value::Text(view.say(&meaning(*status))),
        ])
    };
    sheet.table(&Table {
        columns: vec![
            own("状态", "Status", Kind::Status),
            own("含义", "Meaning", Kind::Note),
        ],
        rows: Status::ALL.iter().map(meaning).collect(),
        total: None,
        none: String::new(),
    })?;
    sheet.finish()
}

fn notes(book: &Book<'_>, left_out: usize) -> Vec<Text> {
    let view = book.view;
    let stop = Text::fixed("。", ".");
    let mut notes: Vec<Text> = view::filter(view)
        .map(|text| Text::join([&text, &stop], "", ""))
        .into_iter()
        .collect();
    if !notes.is_empty() {
        notes.push(Text::fixed(
            "不在所列范围的行已隐藏，取消隐藏即可看到；合计包括隐藏的行。",
            "Rows that are not listed are hidden and can be unhidden; totals include them.",
        ));
    }
    if left_out > 0 {
        let shown = view.milestones.len();
        notes.push(text!(
            "时间节点只列前{shown}个，其余{left_out}个未列；可用--milestone单独生成。",
            "Only the first {shown} milestones are here, {left_out} more are not; --milestone shows one of them."
        ));
    }
    notes.extend(view::footnotes(view));
    notes.push(Text::fixed(
        "合计、汇总和完成进度用公式从总台账、问题台账计算，改动其中的状态、日期后自动重算；逾期清单和各时间节点的表不随之改动。",
        "Totals, summary and progress are formulas over the sheets Ledger and Problems and follow what is changed there; the overdue list and the sheets of the milestones do not.",
    ));
    notes.push(Text::fixed(
        "完成率＝（按期完成＋逾期完成）÷应完成，按期率＝按期完成÷应完成；应完成为零的，记“—”。",
        "Completion is (on time + late) ÷ owed, punctuality is on time ÷ owed; where nothing is owed there is a dash.",
    ));
    notes
}

fn meaning(status: Status) -> Text {
    match status {
        Status::OnTime => Text::fixed("在时限当日或之前完成", "done on or before the due date"),
        Status::Late => Text::fixed("已完成，但在时限之后", "done, but after the due date"),
        Status::Overdue => Text::fixed(
            "时限已过，仍未完成",
            "not done, and the due date has passed",
        ),
        Status::DueSoon => Text::fixed("尚未完成，时限临近", "not done, and the due date is near"),
        Status::Upcoming => Text::fixed(
            "尚未完成，离时限尚远",
            "not done, and the due date is further off",
        ),
        Status::Unclear => Text::fixed(
            "已有记录，但有的内容不能识别，需要核实",
            "there is a record, but something in it cannot be read and needs a look",
        ),
        Status::Exempt => Text::fixed("不需完成，原因见备注", "not owed; the remarks say why"),
    }
}
