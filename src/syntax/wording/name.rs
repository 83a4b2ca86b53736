//! Keys in Chinese, and a colon where the equals sign belongs.

use super::super::{BRACKETS, CLOSING, Statement};
use super::New;
use super::kind::Kind;
use super::value;
use crate::calendar;
use crate::finding::{Draft, Step};
use crate::lang::Text;
use crate::plan;
use crate::read::shortened;
use crate::text;

/// What units call the keys. Where a name has two, the table decides.
const CHINESE: [(&str, &str); 45] = [
    ("单位代码", "code"),
    ("代码", "code"),
    ("单位名称", "name"),
    ("名称", "name"),
    ("姓名", "name"),
    ("书记", "secretary"),
    ("联络员", "contact"),
    ("联系人", "contact"),
    ("联系电话", "phone"),
    ("电话", "phone"),
    ("方案标题", "title"),
    ("文件标题", "title"),
    ("标题", "title"),
    ("专题会议", "special_meeting"),
    ("制定日期", "adopted"),
    ("成文日期", "adopted"),
    ("报送日期", "filed"),
    ("收到日期", "received"),
    ("修订日期", "revised"),
    ("发文字号", "document_number"),
    ("文号", "document_number"),
    ("佐证材料", "evidence"),
    ("对象", "subject"),
    ("问题", "text"),
    ("内容", "text"),
    ("措施", "text"),
    ("整改措施", "remedy"),
    ("责任人", "owner"),
    ("牵头部门", "lead"),
    ("责任部门", "responsible"),
    ("整改时限", "due"),
    ("完成时限", "due"),
    ("销号日期", "closed"),
    ("完成日期", "done"),
    ("类型", "kind"),
    ("形式", "form"),
    ("形式", "kind"),
    ("召开日期", "held"),
    ("计划日期", "planned"),
    ("党支部", "branch"),
    ("支部", "branch"),
    ("应到", "expected"),
    ("实到", "present"),
    ("印发日期", "printed"),
    ("日期", "date"),
];

/// The key that is meant by a Chinese name, in the table at hand if it has one.
fn english(name: &str, table: &str) -> Option<&'static str> {
    let name = name.trim_end_matches("人数");
    let named = || CHINESE.iter().filter(|(chinese, _)| *chinese == name);
    let own = named().find(|(_, key)| plan::keys(table).is_some_and(|keys| keys.contains(key)));
    own.or_else(|| named().next()).map(|(_, key)| *key)
}

/// A statement that fails at its key or at the sign after it.
pub(super) fn key(text: &str, statement: &Statement<'_>, new: New<'_>) -> Option<Draft> {
    let line = &text[statement.line.clone()];
    let (at, sign) = line.char_indices().find(|(_, c)| "=＝:：#".contains(*c))?;
    let error = (statement.error.span().start as usize).checked_sub(statement.line.start)?;
    if sign == '#' || error > at {
        return None;
    }
    let indent = line.len() - line.trim_start().len();
    let written = line[..at].trim().trim_matches(['"', '\'', '“', '”']);
    let start = statement.line.start;
    let value = value::uncommented(&line[at + sign.len_utf8()..]).trim();
    let table = match statement.table.0.first() {
        Some(Step::Key(name)) => &**name,
        _ => "",
    };
    if let Some(key) = english(written, table) {
        let span = start + indent..start + line[..at].trim_end().len();
        let value = usual(key, value);
        let message = text!(
            "键名要用英文：“{written}”",
            "keys are in English: “{written}”"
        );
        let draft = new(span, message)
            .label(Text::fixed("键名", "key"))
            .fix(text!(
                "“{written}”写{key}：{key} = {value}",
                "write {key} = {value}"
            ));
        return Some(draft);
    }
    if !matches!(sign, ':' | '：') || written.is_empty() || !written.is_ascii() {
        return None;
    }
    let span = start + at..start + at + sign.len_utf8();
    let fix = usual(written, value);
    let draft = new(
        span.clone(),
        Text::fixed("冒号应为等号", "the colon must be an equals sign"),
    )
    .label(Text::fixed("冒号", "colon"))
    .fix(text!("写成{written} = {fix}", "write {written} = {fix}"));
    let blank = |missing: bool| if missing { " " } else { "" };
    let before = blank(!line[..at].ends_with([' ', '\t']));
    let after = blank(!line[at + sign.len_utf8()..].starts_with([' ', '\t']));
    let sign = format!("{before}={after}");
    let certain = Kind::of(written) != Kind::Unknown && !value.is_empty();
    Some(match certain {
        true => draft.edit(span, sign),
        false => draft,
    })
}

/// A value as the key wants it.
fn usual(key: &str, value: &str) -> String {
    list(key, value).unwrap_or_else(|| single(key, value))
}

/// A list in the signs of TOML, if it is one by its brackets.
fn list(key: &str, value: &str) -> Option<String> {
    let inner = value.strip_prefix(BRACKETS)?.strip_suffix(CLOSING)?;
    if inner.contains(['"', '\'']) {
        return Some(shortened(&format!("[{inner}]")));
    }
    let elements = inner.split([',', '，', '、']).map(str::trim);
    let elements = elements.filter(|element| !element.is_empty());
    let elements: Vec<String> = elements.map(|element| single(key, element)).collect();
    Some(format!("[{}]", elements.join(", ")))
}

fn single(key: &str, value: &str) -> String {
    let bare = shortened(value.trim_matches(['"', '“', '”']));
    match Kind::of(key) {
        _ if value.is_empty() => "…".to_owned(),
        Kind::Date => calendar::read(&bare).map_or(bare, |date| date.to_string()),
        Kind::Number => {
            let digits = bare.find(|c: char| !c.is_ascii_digit());
            match bare[..digits.unwrap_or(bare.len())].trim_start_matches('0') {
                "" => bare,
                number => number.to_owned(),
            }
        }
        Kind::Text if !value.starts_with(['"', '[', '{', '\'']) => format!("\"{bare}\""),
        _ => shortened(value),
    }
}
