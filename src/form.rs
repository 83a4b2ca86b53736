//! The workbook's form: which sheet holds which table of a plan file, and what its columns are called. The workbook
//! that is handed out and the reading of filled ones both go by it; what a field holds and means is said in `plan`.

mod filled;
mod words;
mod workbook;

use crate::campaign::Vocabulary;
use crate::field::{Entry, Field, Shape};
use crate::lang::Text;
use crate::plan::{self, Plan};
pub use filled::{Filled, Record, Value};
pub use workbook::workbook;

/// A sheet of the form.
#[derive(Debug)]
pub struct Sheet {
    /// The table of a plan file that its rows become.
    pub table: &'static str,
    /// Its name.
    pub name: Text,
    /// Other names that offices give it.
    pub aliases: &'static [&'static str],
    /// Its columns after the unit's code and name.
    columns: &'static [Column],
}

/// A column of a sheet.
#[derive(Debug, PartialEq)]
pub struct Column {
    /// The field that it holds, as in `plan.filed`.
    pub field: &'static str,
    /// Its header.
    pub header: Text,
    /// Other headers that offices write.
    pub aliases: &'static [&'static str],
    /// What kind of text it holds.
    pub kind: Kind,
}

/// What kind of text a column holds; of other columns it says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Any text.
    Plain,
    /// Sentences.
    Long,
    /// Names of people, in which two characters may be padded: `赵 六`.
    People,
    /// A telephone number.
    Phone,
}

impl Column {
    /// The key in its table: `contact.name` of `unit.contact.name`.
    pub fn key(&self) -> &'static str {
        self.field.split_once('.').map_or("", |(_, key)| key)
    }

    /// What the field holds and means; a test proves that there is one for every column.
    pub fn entry(&self) -> Option<&'static Entry> {
        let mut shape = &Plan::SHAPE;
        let mut found = None;
        for key in self.field.split('.') {
            let Shape::Table(entries) = shape.element() else {
                return None;
            };
            let entry = entries.iter().find(|entry| entry.key == key)?;
            (found, shape) = (Some(entry), &entry.shape);
        }
        found
    }

    /// What the field holds.
    pub fn shape(&self) -> Shape {
        self.entry().map_or(Shape::Text, |entry| entry.shape)
    }

    /// The campaign's words for it; empty where every word is allowed.
    pub fn words<'v>(&self, vocabulary: &'v Vocabulary) -> &'v [String] {
        let list = plan::WORDS.iter().find(|(field, _)| *field == self.field);
        match list.map(|(_, list)| *list) {
            Some("faults") => &vocabulary.faults,
            Some("abilities") => &vocabulary.abilities,
            Some("aspects") => &vocabulary.aspects,
            Some("goals") => &vocabulary.goals,
            Some("activities") => &vocabulary.activities,
            _ => &[],
        }
    }
}

impl Sheet {
    /// All columns, those of the unit first.
    pub fn columns(&self) -> impl Iterator<Item = &'static Column> {
        UNIT.iter().chain(self.columns)
    }

    /// Whether a unit may have several rows.
    pub fn many(&self) -> bool {
        !matches!(self.table, "plan" | "summary")
    }

    /// The sheet of a table; the unit's own fields stand on that of the plan.
    pub fn of(table: &str) -> Option<&'static Sheet> {
        let table = if table == "unit" { "plan" } else { table };
        SHEETS.iter().find(|sheet| sheet.table == table)
    }
}

/// Columns, one a line: field, header in both languages, kind of text, other headers.
macro_rules! columns {
    ($($field:literal : $zh:literal | $en:literal, $kind:ident $(or $($alias:literal)+)?;)*) => {
        &[$(Column {
            field: $field,
            header: Text::fixed($zh, $en),
            kind: Kind::$kind,
            aliases: &[$($($alias),+)?],
        }),*]
    };
}

/// Every sheet says of each row whose it is.
const UNIT: &[Column] = columns! {
    "unit.code": "单位代码" | "Unit code", Plain or "代码" "编码" "单位编码" "code";
    "unit.name": "单位名称" | "Unit", Plain or "单位" "填报单位" "名称";
};

/// The sheets in their order.
pub const SHEETS: &[Sheet] = &[
    Sheet {
        table: "plan",
        name: Text::fixed("方案", "Plan"),
        aliases: &["实施方案", "方案报送", "基本情况"],
        columns: columns! {
            "unit.secretary": "书记" | "Secretary", People or "第一责任人" "书记姓名";
            "unit.contact.name": "联络员" | "Contact", People or "联系人" "联络员姓名";
            "unit.contact.phone": "联系电话" | "Phone", Phone or "电话" "手机" "手机号码" "电话号码";
            "plan.title": "方案标题" | "Title", Long or "方案名称";
            "plan.special_meeting": "专题会议日期" | "Special meeting", Plain or "专题会议" "专题会议时间";
            "plan.adopted": "制定日期" | "Adopted", Plain or "制定时间";
            "plan.filed": "报送日期" | "Filed", Plain or "报送时间" "方案报送日期";
            "plan.received": "收到日期" | "Received", Plain or "收到时间";
            "plan.revised": "修订日期" | "Revised", Plain or "修订时间";
            "plan.document_number": "发文字号" | "Document number", Plain or "文号";
            "plan.evidence": "佐证材料" | "Evidence", Long;
        },
    },
    Sheet {
        table: "problem",
        name: Text::fixed("问题", "Problems"),
        aliases: &["查摆问题", "问题清单", "问题台账"],
        columns: columns! {
            "problem.subject": "对象" | "Subject", Plain or "问题对象";
            "problem.member": "成员姓名" | "Member", People or "班子成员姓名" "姓名";
            "problem.aspect": "方面" | "Aspect", Plain;
            "problem.fault": "突出问题" | "Fault", Plain or "表现";
            "problem.ability": "对应能力" | "Ability", Plain or "能力";
            "problem.text": "问题" | "Problem", Long or "问题内容" "具体问题" "存在问题";
            "problem.remedy": "整改措施" | "Remedy", Long;
            "problem.owner": "责任人" | "Owner", People;
            "problem.due": "整改时限" | "Due", Plain or "时限" "完成时限";
            "problem.closed": "销号日期" | "Closed", Plain or "销号时间";
            "problem.evidence": "佐证材料" | "Evidence", Long;
        },
    },
    Sheet {
        table: "measure",
        name: Text::fixed("措施", "Measures"),
        aliases: &["措施清单", "工作措施"],
        columns: columns! {
            "measure.aspect": "方面" | "Aspect", Plain;
            "measure.key": "重点举措序号" | "Key measure", Plain;
            "measure.text": "措施" | "Measure", Long or "措施内容" "具体措施";
            "measure.lead": "牵头部门" | "Lead", Plain or "牵头单位";
            "measure.responsible": "责任部门" | "Responsible", Plain or "责任单位";
            "measure.due": "完成时限" | "Due", Plain or "时限";
            "measure.done": "完成日期" | "Done", Plain or "完成时间";
            "measure.goal": "对应目标" | "Goal", Plain or "目标";
        },
    },
    Sheet {
        table: "activity",
        name: Text::fixed("活动", "Activities"),
        aliases: &["举措", "活动开展", "开展活动"],
        columns: columns! {
            "activity.kind": "形式" | "Kind", Plain or "活动形式";
            "activity.date": "开展日期" | "Date", Plain or "日期" "开展时间" "活动日期";
            "activity.participants": "参加人数" | "Participants", Plain or "人数";
            "activity.text": "内容" | "Content", Long or "活动内容";
            "activity.evidence": "佐证材料" | "Evidence", Long;
        },
    },
    Sheet {
        table: "meeting",
        name: Text::fixed("生活会", "Meetings"),
        aliases: &["民主生活会和组织生活会"],
        columns: columns! {
            "meeting.kind": "类型" | "Kind", Plain or "会议类型" "生活会类型";
            "meeting.planned": "计划日期" | "Planned", Plain or "计划召开日期";
            "meeting.held": "召开日期" | "Held", Plain or "召开时间";
            "meeting.branch": "党支部" | "Branch", Plain or "支部" "党支部名称";
            "meeting.form": "形式" | "Form", Plain or "会议形式";
            "meeting.year": "年度" | "Year", Plain;
            "meeting.expected": "应到人数" | "Expected", Plain or "应到";
            "meeting.present": "实到人数" | "Present", Plain or "实到";
            "meeting.reviews_campaign": "对照检查" | "Reviewed", Plain or "是否对照检查";
            "meeting.evidence": "佐证材料" | "Evidence", Long;
        },
    },
    Sheet {
        table: "outcome",
        name: Text::fixed("制度", "Documents"),
        aliases: &["制度办法", "制度成果"],
        columns: columns! {
            "outcome.title": "文件标题" | "Title", Long or "制度名称" "文件名称" "标题";
            "outcome.document_number": "发文字号" | "Document number", Plain or "文号";
            "outcome.adopted": "成文日期" | "Adopted", Plain or "成文时间";
            "outcome.printed": "印发日期" | "Printed", Plain or "印发时间";
            "outcome.valid_until": "有效期至" | "Valid until", Plain or "有效期";
            "outcome.repealed": "废止日期" | "Repealed", Plain;
            "outcome.based_on": "所固化的做法" | "Practice", Long;
            "outcome.evidence": "佐证材料" | "Evidence", Long;
        },
    },
    Sheet {
        table: "summary",
        name: Text::fixed("总结", "Summary"),
        aliases: &["工作总结", "活动总结"],
        columns: columns! {
            "summary.date": "总结日期" | "Date", Plain or "日期";
            "summary.text": "总结要点" | "Main points", Long or "总结内容" "内容";
            "summary.evidence": "佐证材料" | "Evidence", Long;
        },
    },
];

/// 填写说明: the sheet of instructions.
pub const GUIDE: Text = Text::fixed("填写说明", "Instructions");

/// 选项: the hidden sheet with the lists of the drop-downs.
pub const OPTIONS: Text = Text::fixed("选项", "Options");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_of_a_plan_has_a_column_and_every_column_a_field() {
        let mut fields: Vec<&str> = UNIT.iter().map(|column| column.field).collect();
        for sheet in SHEETS {
            for column in sheet.columns {
                assert!(column.entry().is_some(), "{}", column.field);
                fields.push(column.field);
            }
        }
        let Shape::Table(tables) = Plan::SHAPE else {
            panic!("a plan is a table")
        };
        for table in tables {
            let Shape::Table(entries) = table.shape.element() else {
                panic!("{} is no table", table.key)
            };
            for entry in *entries {
                let field = format!("{}.{}", table.key, entry.key);
                let there =
                    |known: &&str| **known == field || known.starts_with(&format!("{field}."));
                assert!(fields.iter().any(there), "{field}");
            }
        }
    }

    #[test]
    fn no_header_of_a_sheet_means_two_columns() {
        for sheet in SHEETS {
            let mut seen: Vec<String> = Vec::new();
            for column in sheet.columns() {
                let headers = [column.header.zh(), column.header.en()];
                for header in headers.into_iter().chain(column.aliases.iter().copied()) {
                    let header = header.to_lowercase();
                    assert!(!seen.contains(&header), "{}: {header}", sheet.table);
                    seen.push(header);
                }
            }
        }
    }
}
