//! What the form says to those who fill it in.

use crate::campaign::{Campaign, Vocabulary};
use crate::field::Shape;
use crate::form::{Column, Kind, Sheet};
use crate::lang::Text;
use crate::text;

/// The title above a sheet: what its rows are.
pub(super) fn title(sheet: &Sheet, campaign: &Campaign) -> Text {
    let name = &campaign.campaign.name;
    let what = match sheet.table {
        "plan" => Text::fixed(
            "单位基本情况和实施方案，一个单位一行",
            "unit and implementation plan, one row a unit",
        ),
        "problem" => Text::fixed(
            "查摆问题，一个问题一行，领导班子和班子成员都要有",
            "problems, one row each, of the leading team and of its members",
        ),
        "measure" => Text::fixed("措施，一条一行", "measures, one row each"),
        "activity" => Text::fixed("活动，开展一次一行", "activities, one row each time"),
        "meeting" => Text::fixed(
            "民主生活会和组织生活会，开一次一行",
            "life meetings, one row each",
        ),
        "outcome" => Text::fixed("制度办法，一件一行", "documents, one row each"),
        _ => Text::fixed("总结，一个单位一行", "summing-up, one row a unit"),
    };
    text!(
        "{name}：{zh}",
        "{name}: {en}",
        zh = what.zh(),
        en = what.en()
    )
}

/// The instructions, a paragraph a row.
pub(super) const GUIDE: &[Text] = &[
    Text::fixed(
        "每张表第一行是标题，第二行是表头，从第三行起填写。表头、单位代码和单位名称已锁定，不用改。",
        "On each sheet the first row is the title and the second the header; fill in from the third on. Headers are locked.",
    ),
    Text::fixed(
        "“方案”“总结”两张表每个单位一行；其余各表一件事一行，单位代码和单位名称填一个即可；只有一个单位的表，两个都可以不填。",
        "Plan and Summary have one row a unit. The other sheets have one row for each entry: give the unit by its code or its name; a form for one unit needs neither.",
    ),
    Text::fixed(
        "日期填成2022-03-28。还没有的事不填，不写“无”。",
        "Write dates as 2022-03-28. Leave empty what there is not.",
    ),
    Text::fixed(
        "有下拉箭头的格从选项中选；整改时限、完成时限填日期，或选“长期坚持”。",
        "Choose from the list where there is one; a time limit is a date or 长期坚持 (kept up for good).",
    ),
    Text::fixed(
        "电话、发文字号按文字填写，如0421-0000000、甲党发〔2022〕5号。",
        "Telephone and document numbers are text, such as 0421-0000000 and 甲党发〔2022〕5号.",
    ),
    Text::fixed(
        "责任部门、修订日期、佐证材料有几个的，写在一格里，用分号隔开。",
        "Where a cell takes several values, such as departments or evidence, separate them by semicolons.",
    ),
    Text::fixed(
        "可以增加、删除行，可以粘贴；不要合并单元格，不要改表名。",
        "Rows may be added, deleted and pasted. Do not merge cells or rename sheets.",
    ),
    Text::fixed(
        "填好后交办公室，由办公室用duban import读入。",
        "Send the workbook back to the office, which reads it with duban import.",
    ),
];

/// What is shown beside a cell that is being filled in: what the plan file says of its field, but where that speaks
/// of the file itself.
pub(super) fn hint(column: &Column, vocabulary: &Vocabulary) -> Option<Text> {
    let about = || column.entry().map(|entry| entry.about.clone());
    let (zh, en) = (column.header.zh(), column.header.en());
    match (column.key(), column.kind) {
        ("code" | "name", _) => None,
        ("evidence", _) => Some(Text::fixed(
            "佐证材料：文件名，如签到表.pdf；几个的用分号隔开，随本表一并报送。",
            "Evidence: names of files, such as minutes.pdf; separate several by semicolons, and send them with this form.",
        )),
        (_, Kind::Phone) => Some(Text::fixed(
            "联系电话：手机号码，或带区号的固定电话，如0421-0000000。",
            "Phone: a mobile number, or one with its area code, such as 0421-0000000.",
        )),
        _ if !column.words(vocabulary).is_empty() => {
            Some(text!("{zh}：从选项中选。", "{en}: choose from the list."))
        }
        _ if matches!(column.shape(), Shape::TimeLimit) => Some(text!(
            "{zh}：填日期，或选“长期坚持”。",
            "{en}: a date, or 长期坚持 (kept up for good) from the list."
        )),
        _ => about(),
    }
}

/// What a cell says when a wrong value is put in.
pub(super) const WRONG_DATE: (Text, Text) = (
    Text::fixed("不是日期", "Not a date"),
    Text::fixed(
        "请填日期，如2022-03-28；还没有的不填。",
        "Write a date such as 2022-03-28, or leave the cell empty.",
    ),
);

/// The same for a word that is not in the list.
pub(super) const WRONG_WORD: (Text, Text) = (
    Text::fixed("选项中没有", "Not in the list"),
    Text::fixed("请从下拉选项中选。", "Choose a word from the list."),
);

/// The same for a number.
pub(super) const WRONG_NUMBER: (Text, Text) = (
    Text::fixed("不是整数", "Not a whole number"),
    Text::fixed(
        "请填整数，不带单位。",
        "Write a whole number without a unit.",
    ),
);

/// The words for true and false.
pub(super) const TRUTH: [Text; 2] = [Text::fixed("是", "yes"), Text::fixed("否", "no")];
