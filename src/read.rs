//! From a TOML tree to plain data, forgiving: what can be read is kept, what cannot is reported with its
//! place and named in [`Unreadable`]. The same reader serves plan files and `campaign.toml`. Syntax errors
//! are `syntax`'s; whether a value makes sense in the campaign is for the rules.

pub(crate) mod certain;

use std::ops::Range;
use std::sync::Arc;

use chrono::FixedOffset;
use toml_spanner::{Item, Key, Span, Table, Value};

use crate::calendar::{self, Date};
use crate::field::{Entry, Shape};
use crate::finding::{At, Draft, FieldAt, FieldPath, RuleId, Step};
use crate::lang::Text;
use crate::plan::{self, Evidence, TimeLimit};
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

/// The fields of a file that are there but could not be read. A milestone that hangs on one is 待核.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unreadable {
    /// Fields, or whole tables and lists when it is not certain which field is meant.
    pub paths: Vec<FieldPath>,
    /// Whether a record may have stood anywhere: the file is broken in a way that hides its structure.
    pub anywhere: bool,
}

impl Unreadable {
    /// Notes a field. Where there are many already, its whole table or list is noted: every record is asked for
    /// every path, and a file may be nothing but mistakes.
    pub fn lose(&mut self, mut field: FieldPath) {
        if self.paths.len() >= MAX_PROBLEMS {
            field.0.truncate(1);
            if self.paths.contains(&field) {
                return;
            }
        }
        self.paths.push(field);
    }

    /// Whether nothing is unreadable.
    pub fn is_empty(&self) -> bool {
        self.paths.is_empty() && !self.anywhere
    }

    /// Whether a field, or something that holds it, is unreadable.
    pub fn hits(&self, field: &FieldPath) -> bool {
        self.paths.iter().any(|path| path.leads_to(field))
    }

    /// The same by the fields that were noted one by one, so that every mistake is counted.
    fn hits_certainly(&self, field: &FieldPath) -> bool {
        let mut each = self.paths.iter().take(MAX_PROBLEMS);
        each.any(|path| path.leads_to(field))
    }

    /// Whether a field of the ledger's is unreadable.
    pub fn field(&self, at: FieldAt) -> bool {
        !self.paths.is_empty() && self.hits(&at.path())
    }

    /// Whether anything in a table or list is unreadable, or more of it may be.
    pub fn any_under(&self, table: &str) -> bool {
        let under =
            |path: &FieldPath| matches!(path.0.first(), Some(Step::Key(key)) if key == table);
        self.anywhere || self.paths.iter().any(under)
    }

    /// Whether a table or list as a whole is unreadable, so that it may hold more than was read.
    pub fn whole(&self, table: &str) -> bool {
        self.anywhere
            || self
                .paths
                .iter()
                .any(|path| matches!(&path.0[..], [Step::Key(key)] if key == table))
    }
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
        if let Some(word) = W::parse(written.trim()) {
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

    /// Reports a key that nothing reads. If it is a misspelt key that is not there, that one is unreadable.
    pub fn unknown_key(
        &mut self,
        key: &Key<'de>,
        value: &Item<'de>,
        known: &'static [Entry],
        present: &[&str],
    ) {
        let is_known = |name: &str| known.iter().any(|entry| entry.key == name);
        let present = |name: &str| present.contains(&name);
        let words = || known.iter().map(|entry| entry.key);
        let start = key.span.start as usize;
        if self.misplaced.iter().any(|text| text.contains(&start)) {
            return;
        }
        let path = self.path();
        // Without the header [unit] its keys stand at the top; that is said once.
        let of_unit =
            path.0.is_empty() && plan::keys("unit").is_some_and(|keys| keys.contains(&key.name));
        if of_unit && is_known("plan") && !present("unit") {
            self.headless.get_or_insert(key.span.range());
            return;
        }
        let name = shortened(key.name);
        let place = path.spoken_table();
        let message = text!(
            "{place_zh}中没有“{name}”这个键",
            "there is no key “{name}” in {place_en}",
            place_zh = place.zh(),
            place_en = place.en(),
        );
        let certain = certain::key(key.name, known).filter(|entry| !present(entry.key));
        let near = certain
            .map(|entry| entry.key)
            .or_else(|| nearest(key.name, words().filter(|word| !present(word))));
        let list = words().collect::<Vec<_>>().join(", ");
        let fix = match near {
            Some(near) => text!("是否为{near}？", "did you mean {near}?"),
            None => text!(
                "可用的键：{list}；多余的请删去",
                "keys here: {list}; delete what is not needed"
            ),
        };
        // Of another program's file not a key is touched.
        let is_plan = !path.0.is_empty() || present("unit") || present("plan");
        let certain = certain
            .filter(|entry| {
                is_plan
                    && certain::fits(&entry.shape, value)
                    && self.may_be_renamed(key.name, &path, entry.key)
            })
            .map(|entry| entry.key);
        if let Some(near) = near {
            self.unreadable.lose(path.then(near.to_owned()));
        }
        let at = At::Span(key.span.range(), path.then(key.name.to_owned()));
        let label = Text::fixed("不认识的键", "unknown key");
        let draft = Draft::new(file::unknown_key::RULE.id(), at, message)
            .label(label)
            .fix(fix);
        self.push(match certain {
            Some(word) => draft.edit(key.span.range(), word),
            None => draft,
        });
    }

    /// Whether a key may be given the name that it certainly means. Not if it stands twice itself, or if the
    /// right one may stand in what could not be read; and where two keys mean the same one, neither.
    fn may_be_renamed(&mut self, name: &str, table: &FieldPath, word: &'static str) -> bool {
        let field = table.then(word);
        if self.doubled.contains(&name) || self.unreadable.anywhere {
            return false;
        }
        if !self.unreadable.hits(&field) {
            return true;
        }
        let rule = file::unknown_key::RULE.id();
        for draft in self.drafts.iter_mut().filter(|draft| draft.rule == rule) {
            let beside = matches!(&draft.at, At::Span(_, at) if at.0.split_last().is_some_and(|(_, rest)| rest == table.0));
            if beside && draft.edit.as_ref().is_some_and(|edit| edit.text == word) {
                draft.edit = None;
            }
        }
        false
    }

    /// Reports a key that must be there.
    pub fn missing_key(&mut self, item: &Item<'de>, key: &'static str) {
        let path = self.path();
        // What a syntax error or a misspelt key hides is not reported as missing too.
        if self.unreadable.anywhere || self.unreadable.hits_certainly(&path.then(key)) {
            return;
        }
        self.unreadable.lose(path.then(key));
        let place = path.spoken_table();
        let empty = path.0.is_empty() && self.text.trim().is_empty();
        let is_table = matches!(key, "unit" | "campaign");
        let message = match empty {
            true => Text::fixed("文件是空的", "the file is empty"),
            false => text!(
                "{place_zh}缺少{key}",
                "{key} is missing in {place_en}",
                place_zh = place.zh(),
                place_en = place.en(),
            ),
        };
        let headless = self.headless.clone().filter(|_| path.0.is_empty());
        let fix = if headless.is_some() {
            text!(
                "在第一行上面补一行[{key}]",
                "add a line [{key}] above the first"
            )
        } else if is_table {
            text!("补上[{key}]表", "add a table [{key}]")
        } else {
            text!("补上一行{key} = …", "add a line {key} = …")
        };
        let span = headless.unwrap_or_else(|| header(self.text, item.span()));
        let at = At::Span(span, path.then(key));
        let label = text!("缺少{key}", "{key} is missing");
        self.push(
            Draft::new(file::missing_key::RULE.id(), at, message)
                .label(label)
                .fix(fix),
        );
    }
}

/// `钱地支 0421-0000001` as the table that it should be.
pub fn contact(written: &str) -> String {
    let written = written.trim();
    let digits = written
        .find(|c: char| c.is_ascii_digit())
        .unwrap_or(written.len());
    let name = shortened(written[..digits].trim_matches(|c: char| !c.is_alphanumeric()));
    let phone = match written[digits..].trim() {
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

/// The known word that somebody most likely meant, if one is near enough.
pub fn nearest<'w>(written: &str, known: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let written = written.trim().to_lowercase().replace('-', "_");
    let length = written.chars().count();
    if length > 64 {
        return None;
    }
    let distance =
        |word: &str| strsim::damerau_levenshtein(&written, &word.to_lowercase().replace('-', "_"));
    let known: Vec<&str> = known.into_iter().collect();
    let mut begun = known
        .iter()
        .filter(|word| length >= 3 && word.to_lowercase().starts_with(&written));
    if let (Some(word), None) = (begun.next(), begun.next()) {
        return Some(word);
    }
    let best = known
        .into_iter()
        .map(|word| (distance(word), word))
        .min_by_key(|(distance, _)| *distance);
    best.filter(|(distance, word)| *distance <= (length.min(word.chars().count())).div_ceil(3))
        .map(|(_, word)| word)
}

/// Whether a key that is there may well be meant by another that is misspelt: a list of tables has a header
/// for each of its elements.
pub fn may_come_again(item: &Item<'_>) -> bool {
    item.as_array()
        .is_some_and(|list| list.iter().any(|element| element.as_table().is_some()))
}

/// The known keys that a table has, once and for all: not those that may well come again.
pub fn present<'k>(table: &Table<'k>, known: &[&str]) -> Vec<&'k str> {
    let entries = table.entries().iter();
    let there = entries.filter(|(key, item)| known.contains(&key.name) && !may_come_again(item));
    there.map(|(key, _)| key.name).collect()
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

impl<'de, T: FromItem<'de>> FromItem<'de> for Option<T> {
    fn from_item(item: &Item<'de>, reader: &mut Reader<'de>) -> Option<Self> {
        T::from_item(item, reader).map(Some)
    }
}

impl<'de, T: FromItem<'de> + Default> FromItem<'de> for Vec<T> {
    /// Keeps every element at its index; one that cannot be read is left empty and is in `unreadable`.
    fn from_item(item: &Item<'de>, reader: &mut Reader<'de>) -> Option<Self> {
        let Some(array) = item.as_array() else {
            let path = reader.path();
            let fix = if item.as_table().is_some() {
                text!(
                    "表头改为[[{path}]]，两层方括号",
                    "write the header with two brackets: [[{path}]]"
                )
            } else {
                let (key, source) = (reader.key(), shortened(reader.source(item.span())));
                text!("写成{key} = [{source}]", "write {key} = [{source}]")
            };
            reader.wrong_type(item, Text::fixed("列表", "a list"), fix);
            return None;
        };
        let read = |(index, item)| {
            reader
                .under(index, |reader| T::from_item(item, reader))
                .unwrap_or_default()
        };
        Some(array.iter().enumerate().map(read).collect())
    }
}

impl<'de> FromItem<'de> for &'de str {
    fn from_item(item: &Item<'de>, reader: &mut Reader<'de>) -> Option<Self> {
        reader.string(item)
    }
}

impl<'de> FromItem<'de> for String {
    fn from_item(item: &Item<'de>, reader: &mut Reader<'de>) -> Option<Self> {
        reader.string(item).map(str::to_owned)
    }
}

impl<'de> FromItem<'de> for Box<str> {
    fn from_item(item: &Item<'de>, reader: &mut Reader<'de>) -> Option<Self> {
        reader.string(item).map(Box::from)
    }
}

impl<'de> FromItem<'de> for Arc<str> {
    fn from_item(item: &Item<'de>, reader: &mut Reader<'de>) -> Option<Self> {
        reader.string(item).map(Arc::from)
    }
}

impl<'de, T: FromItem<'de>> FromItem<'de> for Box<T> {
    fn from_item(item: &Item<'de>, reader: &mut Reader<'de>) -> Option<Self> {
        T::from_item(item, reader).map(Box::new)
    }
}

impl<'de, T: FromItem<'de> + Default> FromItem<'de> for Box<[T]> {
    fn from_item(item: &Item<'de>, reader: &mut Reader<'de>) -> Option<Self> {
        Vec::from_item(item, reader).map(Vec::into_boxed_slice)
    }
}

impl<'de> FromItem<'de> for bool {
    fn from_item(item: &Item<'de>, reader: &mut Reader<'de>) -> Option<Self> {
        let value = item.as_bool();
        if value.is_none() {
            let fix = Text::fixed(
                "写true（是）或false（否），不加引号",
                "write true or false, without quotes",
            );
            let meant = item.as_str().and_then(certain::truth);
            let meant = meant.map(|meant| meant.to_string());
            reader.wrong_type_for(
                item,
                Text::fixed("true或false", "true or false"),
                fix,
                meant,
            );
        }
        value
    }
}

impl<'de> FromItem<'de> for u32 {
    fn from_item(item: &Item<'de>, reader: &mut Reader<'de>) -> Option<Self> {
        reader
            .number(item, Shape::COUNT)
            .and_then(|n| u32::try_from(n).ok())
    }
}

impl<'de> FromItem<'de> for i32 {
    fn from_item(item: &Item<'de>, reader: &mut Reader<'de>) -> Option<Self> {
        reader
            .number(item, Shape::YEAR)
            .and_then(|n| i32::try_from(n).ok())
    }
}

impl<'de> FromItem<'de> for f64 {
    fn from_item(item: &Item<'de>, reader: &mut Reader<'de>) -> Option<Self> {
        let value = item.as_f64().filter(|value| value.is_finite());
        if value.is_none() {
            let fix = Text::fixed("写小数，例如0.85", "write a decimal number such as 0.85");
            reader.wrong_type(item, Text::fixed("小数", "a decimal number"), fix);
        }
        value
    }
}

impl<'de> FromItem<'de> for Date {
    fn from_item(item: &Item<'de>, reader: &mut Reader<'de>) -> Option<Self> {
        reader.date(item)
    }
}

impl<'de> FromItem<'de> for TimeLimit {
    fn from_item(item: &Item<'de>, reader: &mut Reader<'de>) -> Option<Self> {
        match item.as_str().map(str::trim) {
            Some(word) if TimeLimit::WORDS.contains(&word) => Some(TimeLimit::Standing),
            _ => reader.date(item).map(TimeLimit::Date),
        }
    }
}

impl<'de> FromItem<'de> for Evidence<'de> {
    fn from_item(item: &Item<'de>, reader: &mut Reader<'de>) -> Option<Self> {
        if let Value::String(file) = item.value() {
            return Some(Evidence { file, sha256: None });
        }
        EvidenceTable::from_item(item, reader).map(|table| Evidence {
            file: table.file,
            sha256: table.sha256,
        })
    }
}

/// Declares a table of a file: a struct with public fields, its reader and the list of its keys.
/// `= required` marks a key that must be there. A field's documentation is one line in Chinese and one or more in
/// English; both are what editors show of the key.
macro_rules! record {
    ($(#[$meta:meta])* pub struct $Name:ident<'a> { $($body:tt)* }) => {
        $crate::read::record!(@define [$(#[$meta])*] $Name [<'a>] [<'de>] $($body)*);
    };
    ($(#[$meta:meta])* pub struct $Name:ident { $($body:tt)* }) => {
        $crate::read::record!(@define [$(#[$meta])*] $Name [] [] $($body)*);
    };
    (@define [$(#[$meta:meta])*] $Name:ident [$($lt:tt)*] [$($de:tt)*]
        $(#[doc = $zh:literal] $(#[doc = $en:literal])+ $field:ident : $ty:ty $(= $required:ident)?),* $(,)?
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
        pub struct $Name $($lt)* { $(#[doc = $zh] $(#[doc = $en])+ pub $field: $ty),* }

        impl $($lt)* $Name $($lt)* {
            /// The keys that this table may have.
            #[allow(dead_code, reason = "not every table is asked for them")]
            pub const KEYS: &'static [&'static str] = &[$($crate::read::bare(stringify!($field))),*];

            /// Its fields: each key with what it holds.
            pub const FIELDS: &'static [$crate::field::Entry] = &[
                $($crate::field::Entry {
                    key: $crate::read::bare(stringify!($field)),
                    shape: <$ty as $crate::field::Field>::SHAPE,
                    required: $crate::read::record!(@is_required $($required)?),
                    about: $crate::lang::Text::fixed($zh.trim_ascii(), concat!($($en),+).trim_ascii()),
                }),*
            ];
        }

        impl $($lt)* $crate::field::Field for $Name $($lt)* {
            const SHAPE: $crate::field::Shape = $crate::field::Shape::Table(Self::FIELDS);

            fn visit<'v>(
                &'v self,
                keys: &[&str],
                path: &mut $crate::finding::FieldPath,
                see: &mut $crate::field::See<'_, 'v>,
            ) {
                let Some((key, rest)) = keys.split_first() else {
                    return see(path, $crate::field::Value::Table);
                };
                $(
                    if *key == const { $crate::read::bare(stringify!($field)) } {
                        path.0.push(const { $crate::read::bare(stringify!($field)) }.into());
                        $crate::field::Field::visit(&self.$field, rest, path, see);
                        path.0.pop();
                    }
                )*
            }
        }

        impl<'de> $crate::read::FromItem<'de> for $Name $($de)* {
            fn from_item(
                item: &toml_spanner::Item<'de>,
                reader: &mut $crate::read::Reader<'de>,
            ) -> Option<Self> {
                let table = reader.table(item)?;
                let mut record = Self::default();
                // Looked for once: a table may have a million keys that nothing reads.
                let mut present = None;
                for (key, value) in table.entries() {
                    $(
                        if key.name == const { $crate::read::bare(stringify!($field)) } {
                            let name = const { $crate::read::bare(stringify!($field)) };
                            let read = reader.under(name, |reader| $crate::read::FromItem::from_item(value, reader));
                            if let Some(read) = read {
                                record.$field = read;
                            }
                            continue;
                        }
                    )*
                    let present = present.get_or_insert_with(|| $crate::read::present(table, Self::KEYS));
                    reader.unknown_key(key, value, Self::FIELDS, present);
                }
                $($crate::read::record!(@required reader item table $field $($required)?);)*
                Some(record)
            }
        }
    };
    (@is_required required) => { true };
    (@is_required) => { false };
    (@required $reader:ident $item:ident $table:ident $field:ident required) => {
        if $table.get(stringify!($field)).is_none() {
            $reader.missing_key($item, stringify!($field));
        }
    };
    (@required $reader:ident $item:ident $table:ident $field:ident) => {};
}
pub(crate) use record;

/// `for` of `r#for`: the key of a field whose name is a keyword.
pub const fn bare(name: &'static str) -> &'static str {
    match name.as_bytes() {
        [b'r', b'#', ..] => name.split_at(2).1,
        _ => name,
    }
}

record! {
    /// 佐证材料 with its checksum.
    pub struct EvidenceTable<'a> {
        /// 文件路径，从campaign.toml所在文件夹算起，用“/”隔开。
        /// Path of the file from the folder of campaign.toml, with `/`.
        file: &'a str = required,
        /// 文件的SHA-256校验值，64位十六进制数。
        /// SHA-256 of the file, 64 hexadecimal digits.
        sha256: Option<&'a str>,
    }
}
