//! From a TOML tree to plain data, forgiving: what can be read is kept, what cannot is reported with its
//! place and named in [`Unreadable`]. The same reader serves plan files and `campaign.toml`. Syntax errors
//! are `syntax`'s; whether a value makes sense in the campaign is for the rules.

pub(crate) mod certain;
mod items;
mod keys;
mod record;
mod unreadable;

pub use items::EvidenceTable;
pub use keys::may_come_again;
pub(crate) use keys::present;
pub(crate) use record::{bare, record};
pub use unreadable::Unreadable;

use std::ops::Range;

use chrono::FixedOffset;
use toml_spanner::{Item, Span, Table, Value};

use crate::calendar::{self, Date};
use crate::field::Shape;
use crate::finding::{At, Draft, FieldPath, RuleId, Step};
use crate::lang::Text;
use crate::nearest::nearest;
use crate::rules::file;
use crate::text;
use crate::vocabulary::Word;

/// So many problems of one file are listed; a file with more is not a plan any more.
pub const MAX_PROBLEMS: usize = 200;

/// What can be read from an item of a TOML tree.
pub trait FromItem<'de>: Sized {
    /// The value, or `None` after the reader has been told what is wrong.
    fn from_item(item: &Item<'de>, reader: &mut Reader<'de>) -> Option<Self>;
}

/// One step to what is being read: cheap to push and pop, owned only when something is wrong.
#[derive(Clone, Copy, Debug)]
pub enum Here<'de> {
    /// A key.
    Key(&'de str),
    /// An element of a list.
    Index(usize),
}

impl Here<'_> {
    fn owned(self) -> Step {
        match self {
            Here::Key(key) => Step::from(key.to_owned()),
            Here::Index(index) => Step::Index(index),
        }
    }
}

impl<'de> From<&'de str> for Here<'de> {
    fn from(key: &'de str) -> Here<'de> {
        Here::Key(key)
    }
}

impl From<usize> for Here<'_> {
    fn from(index: usize) -> Self {
        Here::Index(index)
    }
}

/// Collects what is wrong while a tree is read.
pub struct Reader<'de> {
    /// The text that the tree was made from.
    text: &'de str,
    /// Zone of date-times with an offset.
    offset: FixedOffset,
    path: Vec<Here<'de>>,
    /// What is wrong, in the order of reading.
    pub drafts: Vec<Draft>,
    /// Problems beyond [`MAX_PROBLEMS`].
    pub unlisted: usize,
    /// What could not be read.
    pub unreadable: Unreadable,
    /// Text that the parser has read into the wrong table; its keys are a consequence, not an error.
    pub misplaced: Vec<Range<usize>>,
    /// Keys that stand twice in their tables.
    pub doubled: Vec<&'de str>,
    /// The first key of a unit that has no header.
    headless: Option<Range<usize>>,
}

impl<'de> Reader<'de> {
    /// A reader for one text.
    pub fn new(text: &'de str, offset: FixedOffset) -> Reader<'de> {
        let (path, drafts) = (Vec::with_capacity(8), Vec::new());
        Reader {
            text,
            offset,
            path,
            drafts,
            unlisted: 0,
            unreadable: Unreadable::default(),
            misplaced: Vec::new(),
            doubled: Vec::new(),
            headless: None,
        }
    }

    /// The path of what is being read.
    pub fn path(&self) -> FieldPath {
        FieldPath(self.path.iter().map(|step| step.owned()).collect())
    }

    /// Reads a value under a step of the path.
    pub fn under<T>(&mut self, step: impl Into<Here<'de>>, read: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(step.into());
        let value = read(self);
        self.path.pop();
        value
    }

    /// The source of an item, for messages.
    pub fn source(&self, span: Span) -> &'de str {
        self.text.get(span.range()).unwrap_or_default()
    }

    fn push(&mut self, draft: Draft) {
        if self.drafts.len() < MAX_PROBLEMS {
            self.drafts.push(draft);
        } else {
            self.unlisted += 1;
        }
    }

    /// Reports a value that cannot be used; the field counts as unreadable.
    pub fn reject(&mut self, rule: RuleId, span: Span, message: Text, label: Text, fix: Text) {
        self.reject_for(rule, span, message, label, fix, None);
    }

    /// Reports a value that cannot be used, with the one that it certainly means, if that is known.
    fn reject_for(
        &mut self,
        rule: RuleId,
        span: Span,
        message: Text,
        label: Text,
        fix: Text,
        meant: Option<String>,
    ) {
        self.unreadable.lose(self.path());
        let at = At::Span(span.range(), self.path());
        let draft = Draft::new(rule, at, message).label(label).fix(fix);
        self.push(match meant {
            Some(meant) => draft.edit(span.range(), meant),
            None => draft,
        });
    }

    /// Reports a value of the wrong type.
    pub fn wrong_type(&mut self, item: &Item<'de>, expected: Text, fix: Text) {
        self.wrong_type_for(item, expected, fix, None);
    }

    /// Reports a value of the wrong type that certainly means another; the fix then says so.
    fn wrong_type_for(
        &mut self,
        item: &Item<'de>,
        expected: Text,
        fix: Text,
        meant: Option<String>,
    ) {
        let fix = match (&meant, self.path.last()) {
            (Some(meant), Some(Here::Key(key))) => {
                text!("写成{key} = {meant}", "write {key} = {meant}")
            }
            (Some(meant), _) => text!("写成{meant}", "write {meant}"),
            (None, _) => fix,
        };
        let (path, found) = (self.path().spoken(), type_name(item));
        let (zh, en) = (expected.zh().to_owned(), expected.en().to_owned());
        let message = text!(
            "{path_zh}应为{zh}，实为{found_zh}",
            "{path_en} must be {en}, but is {found_en}",
            path_zh = path.zh(),
            path_en = path.en(),
            found_zh = found.zh(),
            found_en = found.en(),
        );
        self.reject_for(
            file::wrong_type::RULE.id(),
            item.span(),
            message,
            text!("应为{zh}", "expected {en}"),
            fix,
            meant,
        );
    }

    /// Reports a value of the right type that means nothing here.
    pub fn bad_value(&mut self, item: &Item<'de>, message: Text, fix: Text) {
        let label = Text::fixed("不能识别", "not understood");
        self.reject(file::bad_value::RULE.id(), item.span(), message, label, fix);
    }

    /// A string.
    pub fn string(&mut self, item: &Item<'de>) -> Option<&'de str> {
        if let Value::String(text) = item.value() {
            return Some(text);
        }
        let source = shortened(self.source(item.span()));
        let fix = text!(
            "用英文引号括起来：\"{source}\"",
            "put it in quotes: \"{source}\""
        );
        self.wrong_type(item, Text::fixed("文字", "text in quotes"), fix);
        None
    }

    /// A table.
    pub fn table<'t>(&mut self, item: &'t Item<'de>) -> Option<&'t Table<'de>> {
        let table = item.as_table();
        if table.is_none() {
            let path = self.path();
            let fix = match (path.0.last(), item.as_str()) {
                (Some(Step::Key(key)), Some(written)) if key == "contact" => {
                    let contact = contact(written);
                    text!("写成contact = {contact}", "write contact = {contact}")
                }
                _ => text!(
                    "写成[{path}]表，下面逐行写“键 = 值”",
                    "write it as a table [{path}] with one `key = value` a line"
                ),
            };
            self.wrong_type(item, Text::fixed("表", "a table"), fix);
        }
        table
    }

    /// A word of a closed vocabulary.
    pub fn word<W: Word>(&mut self, item: &Item<'de>) -> Option<W> {
        let written = self.string(item)?;
        if let Some(word) = W::parse(written).or_else(|| W::parse(written.trim())) {
            return Some(word);
        }
        let path = self.path().spoken();
        // Who writes ASCII words wants to see them.
        let listed = |w: &W| match written.is_ascii() {
            true => format!("{}（{}）", w.zh(), w.alias()),
            false => w.zh().to_owned(),
        };
        let zh_list = W::ALL.iter().map(listed).collect::<Vec<_>>().join("、");
        let en_list = W::ALL
            .iter()
            .map(|w| format!("{} ({})", w.zh(), w.alias()))
            .collect::<Vec<_>>()
            .join(", ");
        let shown = shortened(written);
        let message = text!(
            "{zh}没有“{shown}”这个选项",
            "{en} cannot be “{shown}”",
            zh = path.zh(),
            en = path.en()
        );
        let near = nearest(written, W::ALL.iter().flat_map(|w| [w.zh(), w.alias()]));
        let fix = match near {
            Some(near) => text!(
                "是否为“{near}”？可选：{zh_list}",
                "did you mean “{near}”? choose one of: {en_list}"
            ),
            None => text!("可选：{zh_list}", "choose one of: {en_list}"),
        };
        self.bad_value(item, message, fix);
        None
    }

    /// A whole number within the bounds of its shape.
    fn number(&mut self, item: &Item<'de>, shape: Shape) -> Option<i64> {
        let Shape::Number { least, most } = shape else {
            return None;
        };
        self.integer(item, least, most)
    }

    /// A whole number within bounds.
    pub fn integer(&mut self, item: &Item<'de>, from: i64, to: i64) -> Option<i64> {
        let Some(number) = item.as_i128() else {
            let digits: String = item
                .as_str()
                .unwrap_or_default()
                .chars()
                .filter(char::is_ascii_digit)
                .collect();
            let example = if digits.is_empty() {
                "12".to_owned()
            } else {
                digits
            };
            let fix = text!(
                "写整数，不加引号和单位，例如{example}",
                "write a whole number without quotes or unit, such as {example}"
            );
            let meant = item.as_str().and_then(certain::whole);
            let meant = meant.filter(|number| (from..=to).contains(&i64::from(*number)));
            let meant = meant.map(|number| number.to_string());
            self.wrong_type_for(item, Text::fixed("整数", "a whole number"), fix, meant);
            return None;
        };
        let number = i64::try_from(number)
            .ok()
            .filter(|n| (from..=to).contains(n));
        if number.is_none() {
            let (path, source) = (self.path().spoken(), shortened(self.source(item.span())));
            let message = text!(
                "{zh}的数值{source}超出范围",
                "{en} is out of range: {source}",
                zh = path.zh(),
                en = path.en()
            );
            let fix = text!(
                "应在{from}至{to}之间",
                "it must lie between {from} and {to}"
            );
            self.bad_value(item, message, fix);
        }
        number
    }

    /// A day: a TOML date, a local date-time, or an offset date-time converted to the campaign's zone.
    pub fn date(&mut self, item: &Item<'de>) -> Option<Date> {
        match item.value() {
            Value::DateTime(value) => {
                let date = calendar::civil(value, self.offset);
                if date.is_none() {
                    let fix = Text::fixed(
                        "写成2022-03-28这样的日期",
                        "write a date such as 2022-03-28",
                    );
                    self.wrong_type(item, Text::fixed("日期", "a date"), fix);
                }
                date
            }
            Value::String(written) => {
                self.quoted_date(item, written);
                None
            }
            _ => {
                let meant = calendar::read(self.source(item.span())).map(calendar::iso);
                let fix = Text::fixed(
                    "写成2022-03-28这样的日期，不加引号",
                    "write a date such as 2022-03-28, without quotes",
                );
                self.wrong_type_for(item, Text::fixed("日期", "a date"), fix, meant);
                None
            }
        }
    }

    /// A date in quotes: a clear error with the date written right, never "missing".
    fn quoted_date(&mut self, item: &Item<'de>, written: &str) {
        let (path, span) = (self.path().spoken(), item.span());
        let shown = shortened(written);
        let label = Text::fixed("日期不加引号", "no quotes around dates");
        let Some(date) = calendar::read(written) else {
            let message = text!(
                "{zh}的日期“{shown}”不能识别",
                "{en}: “{shown}” is not a date",
                zh = path.zh(),
                en = path.en()
            );
            let fix = Text::fixed(
                "写成2022-03-28这样的日期，不加引号；尚未确定的不填",
                "write a date such as 2022-03-28, without quotes; leave out what is not settled",
            );
            self.reject(file::quoted_date::RULE.id(), span, message, label, fix);
            return;
        };
        let message = text!(
            "{zh}的日期写成了文字：“{shown}”",
            "{en} is a date written as text: “{shown}”",
            zh = path.zh(),
            en = path.en()
        );
        let fix = match self.path.last() {
            Some(Here::Key(key)) => text!("写成{key} = {date}", "write {key} = {date}"),
            _ => text!("写成{date}", "write {date}"),
        };
        let meant = calendar::certain(written).map(calendar::iso);
        let rule = file::quoted_date::RULE.id();
        self.reject_for(rule, span, message, label, fix, meant);
    }

    /// The key of what is being read.
    fn key(&self) -> &'de str {
        let keys = self.path.iter().rev();
        keys.filter_map(|step| match step {
            Here::Key(key) => Some(*key),
            Here::Index(_) => None,
        })
        .next()
        .unwrap_or_default()
    }
}

/// `钱地支 0421-0000001` as the table that it should be.
pub fn contact(written: &str) -> String {
    let written = written.trim();
    let digits = written
        .find(|c: char| c.is_ascii_digit())
        .unwrap_or(written.len());
    let sign = |c: char| !c.is_alphanumeric();
    let name = shortened(written[..digits].trim_matches(sign));
    let phone = match written[digits..].trim_end_matches(sign) {
        "" => "…".to_owned(),
        phone => shortened(phone),
    };
    format!("{{ name = \"{name}\", phone = \"{phone}\" }}")
}

/// The header line of a table, or as much of an inline table as stands on its first line.
pub fn header(text: &str, span: Span) -> Range<usize> {
    let whole = text.get(span.range()).unwrap_or_default();
    let line = whole.lines().next().unwrap_or_default();
    let end = match line.starts_with('[') {
        true => line.rfind(']').map_or(line.len(), |at| at + 1),
        false => line.trim_end().len(),
    };
    let start = span.start as usize;
    start..start + end
}

/// At most forty characters of a value, for messages.
pub fn shortened(text: &str) -> String {
    let mut short: String = text.chars().take(40).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

fn type_name(item: &Item<'_>) -> Text {
    match item.value() {
        Value::String(_) => Text::fixed("文字", "text"),
        Value::Integer(_) => Text::fixed("整数", "a whole number"),
        Value::Float(_) => Text::fixed("小数", "a decimal number"),
        Value::Boolean(_) => Text::fixed("true或false", "true or false"),
        Value::DateTime(time) if time.date().is_some() => Text::fixed("日期", "a date"),
        Value::DateTime(_) => Text::fixed("时刻", "a time of day"),
        Value::Table(_) => Text::fixed("表", "a table"),
        Value::Array(_) => Text::fixed("列表", "a list"),
    }
}

#[cfg(test)]
mod tests {
    use toml_spanner::Arena;

    use crate::campaign::BEIJING;
    use crate::load;

    /// What is said of a plan file with these lines: message and fix, and what is put in the place of what.
    fn said(lines: &str) -> Vec<(String, String)> {
        let (text, arena) = (
            format!("[unit]\ncode = \"T01\"\nname = \"甲镇\"\n{lines}\n"),
            Arena::new(),
        );
        let drafts = load::plan(&text, &arena, BEIJING).drafts;
        let said = drafts.iter().map(|draft| {
            let edit = draft.edit.as_ref();
            let edit = edit.map(|edit| format!("{} → {}", &text[edit.span.clone()], edit.text));
            let said = format!("{}：{}", draft.message.zh(), draft.fix.zh());
            (said, edit.unwrap_or_default())
        });
        said.collect()
    }

    #[test]
    fn a_contact_in_one_text_is_shown_as_the_table_that_it_should_be() {
        for (written, table) in [
            (
                "钱地支 0421-0000001",
                "{ name = \"钱地支\", phone = \"0421-0000001\" }",
            ),
            (
                "钱地支：0421-0000001",
                "{ name = \"钱地支\", phone = \"0421-0000001\" }",
            ),
            (
                "钱地支（0421-0000001）",
                "{ name = \"钱地支\", phone = \"0421-0000001\" }",
            ),
            ("钱地支，", "{ name = \"钱地支\", phone = \"…\" }"),
        ] {
            let [(said, _)] = &said(&format!("contact = \"{written}\""))[..] else {
                panic!("{written}")
            };
            let wanted = format!("[unit]的contact应为表，实为文字：写成contact = {table}");
            assert_eq!(*said, wanted);
        }
    }

    #[test]
    fn a_value_of_another_kind_is_told_what_it_is() {
        for (value, kind) in [
            ("2022-03-28", "日期"),
            ("2022-03-28T08:30:00", "日期"),
            ("08:30:00", "时刻"),
            ("5", "整数"),
            ("1.5", "小数"),
            ("[]", "列表"),
        ] {
            let [(said, _)] = &said(&format!("secretary = {value}"))[..] else {
                panic!("{value}")
            };
            let wanted =
                format!("[unit]的secretary应为文字，实为{kind}：用英文引号括起来：\"{value}\"");
            assert_eq!(*said, wanted);
        }
        let [(said, _)] =
            &said("[plan]\nevidence = 5\n[[problem]]\nsubject = \"领导班子\"\ntext = \"甲\"")[..]
        else {
            panic!()
        };
        assert!(
            said.contains("[plan]的evidence应为列表，实为整数"),
            "{said}"
        );
    }

    #[test]
    fn of_two_misspelt_keys_for_one_neither_is_renamed_and_others_are() {
        let edits: Vec<String> =
            said("[plan]\ntitel = \"方案\"\nflied = 2022-03-28\nfileed = 2022-03-29\nadoptd = 2022-03-20")
                .into_iter()
                .map(|(_, edit)| edit)
                .collect();
        assert_eq!(edits, ["titel → title", "", "", "adoptd → adopted"]);
    }

    #[test]
    fn a_plan_that_is_no_table_is_told_how_a_table_is_written() {
        let arena = Arena::new();
        let text = "plan = \"方案\"\n[unit]\ncode = \"T01\"\nname = \"甲镇\"\n";
        let drafts = load::plan(text, &arena, BEIJING).drafts;
        let fixes: Vec<&str> = drafts.iter().map(|draft| draft.fix.zh()).collect();
        assert_eq!(fixes, ["写成[plan]表，下面逐行写“键 = 值”"]);
    }
}
