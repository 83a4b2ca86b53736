//! What each syntax error is called, and how it is put right. The parser knows the grammar; people type
//! full-width signs, dates without zeros and quotes from a word processor, so the text decides the words.

mod date;
mod kind;
mod name;
mod sign;
#[cfg(test)]
mod tests;
mod value;

use std::ops::Range;

use toml_spanner::ErrorKind;

use self::value::Value;
use super::{Statement, line_of, snap};
use crate::finding::{At, Draft, FieldPath};
use crate::lang::Text;
use crate::read::shortened;
use crate::rules::file;
use crate::text;

/// The draft for one error.
pub(super) fn draft(text: &str, statement: &Statement<'_>) -> Draft {
    let field = FieldPath(
        statement
            .table
            .0
            .iter()
            .chain(&statement.keys)
            .cloned()
            .collect(),
    );
    let new = |span: Range<usize>, message: Text| {
        Draft::new(
            file::syntax::RULE.id(),
            At::Span(span, field.clone()),
            message,
        )
    };
    if let Some(draft) = twice(text, statement, &new) {
        return draft;
    }
    if let Some(draft) = steering(text, statement, &new) {
        return draft;
    }
    if statement.is_header {
        return header(text, statement, &new);
    }
    let value = Value::of(text, statement);
    let special = name::key(text, statement, &new)
        .or_else(|| {
            value
                .as_ref()
                .filter(|value| value.written.is_empty())
                .map(|_| nothing(text, statement, &new))
        })
        .or_else(|| value.as_ref().and_then(|value| value::none(value, &new)))
        .or_else(|| sign::wide_sign(text, statement, &new))
        .or_else(|| {
            value
                .as_ref()
                .and_then(|value| sign::wide_end(value, statement.error, &new))
        })
        .or_else(|| {
            value
                .as_ref()
                .and_then(|value| date::date(value, statement.error, &new))
        })
        .or_else(|| {
            value
                .as_ref()
                .and_then(|value| value::value(value, statement.error, &new))
        });
    if let Some(draft) = special {
        return draft;
    }
    let (message, label, fix) = words(text, statement);
    new(mark(text, statement), message).label(label).fix(fix)
}

/// What makes a draft of a place and a message.
type New<'n> = &'n dyn Fn(Range<usize>, Text) -> Draft;

/// A key or a header that stands twice.
fn twice(text: &str, statement: &Statement<'_>, new: New<'_>) -> Option<Draft> {
    let error = statement.error;
    let field = statement.table.clone();
    match error.kind() {
        ErrorKind::DuplicateKey { first } | ErrorKind::DottedKeyInvalidType { first } => {
            let key = shortened(slice(text, error.span().range()));
            let fix = match &*key {
                "filed" => Text::fixed(
                    "首次报送的留在filed，以后的写进revised = [ … ]",
                    "the first filing stays in filed, later ones go into revised = [ … ]",
                ),
                _ => text!(
                    "保留一个{key}；同类多项用[[双层方括号]]表头",
                    "keep one {key}; several of a kind need a header in [[two brackets]]"
                ),
            };
            let draft = new(
                error.span().range(),
                text!("键{key}重复", "the key {key} stands twice"),
            )
            .label(Text::fixed("又一次", "again"))
            .fix(fix)
            .cause(
                At::Span(first.range(), field),
                Text::fixed("首次出现", "first here"),
            );
            Some(draft)
        }
        ErrorKind::DuplicateTable { first, .. } | ErrorKind::RedefineAsArray { first } => {
            let span = line_of(text, error.span().start as usize);
            let header = shortened(slice(text, span.clone()).trim());
            let first = line_of(text, first.start as usize);
            let draft = new(
                span,
                text!("表头{header}重复", "the header {header} stands twice"),
            )
            .label(Text::fixed("又一次", "again"))
            .fix(Text::fixed(
                "内容合并到前一处；同类多项每项都用[[双层方括号]]表头",
                "merge it into the first; several of a kind each need a header in [[two brackets]]",
            ))
            .cause(
                At::Span(first, field),
                Text::fixed("首次出现", "first here"),
            );
            Some(draft)
        }
        _ => None,
    }
}

/// A control character, which nobody sees. Whatever else is wrong with the line comes from it.
fn steering(text: &str, statement: &Statement<'_>, new: New<'_>) -> Option<Draft> {
    let line = text[statement.line.clone()].trim_end_matches(['\r', '\n']);
    let (at, c) = line
        .char_indices()
        .find(|(_, c)| c.is_control() && *c != '\t')?;
    let code = format!("U+{:04X}", c as u32);
    let start = statement.line.start + at;
    let message = text!(
        "这一行有看不见的控制字符{code}",
        "there is an invisible control character, {code}, in this line"
    );
    let fix = match c {
        '\r' => Text::fixed(
            "换行要用Windows（CRLF）或Unix（LF）的换行符：用记事本另存一次",
            "save the file with the line breaks of Windows (CRLF) or Unix (LF)",
        ),
        _ => Text::fixed(
            "把这一行重新打一遍；到处都有的，文件已损坏，换一份原件",
            "type the line anew; if they are everywhere, the file is damaged: take the original",
        ),
    };
    let label = Text::fixed("含控制字符", "control character");
    Some(
        new(start..start + c.len_utf8(), message)
            .label(label)
            .fix(fix),
    )
}

/// A header that is not one: the name that was most likely meant, in its brackets.
fn header(text: &str, statement: &Statement<'_>, new: New<'_>) -> Draft {
    let line = line_of(text, statement.error.span().start as usize);
    let line = if text[line.clone()].trim().is_empty() {
        statement.line.clone()
    } else {
        line
    };
    let written = text[line.clone()].split('#').next().unwrap_or_default();
    let indent = written.len() - written.trim_start().len();
    let span = line.start + indent..line.start + written.trim_end().len();
    let name = written
        .trim()
        .trim_matches(|c| super::BRACKETS.contains(&c) || super::CLOSING.contains(&c));
    let meant = statement.of.header(name.trim());
    let in_brackets = written.trim().len() > name.len();
    let certain = meant
        .clone()
        .filter(|_| in_brackets && statement.of.is_table(name.trim()));
    let fix = match meant {
        Some(header) => text!(
            "写成{header}，单独一行",
            "write {header} on a line of its own"
        ),
        None => {
            let (one, several) = statement.of.example();
            text!(
                "单独一行写{one}或{several}，方括号成对，名称用英文",
                "write {one} or {several} on a line of its own, brackets in pairs"
            )
        }
    };
    let draft = new(
        span.clone(),
        Text::fixed("表头不完整", "the table header is broken"),
    )
    .label(Text::fixed("表头", "header"))
    .fix(fix);
    match certain {
        Some(header) => draft.edit(span, header),
        None => draft,
    }
}

/// A key without a value.
fn nothing(text: &str, statement: &Statement<'_>, new: New<'_>) -> Draft {
    let line = text[statement.line.clone()]
        .split('#')
        .next()
        .unwrap_or_default();
    let indent = line.len() - line.trim_start().len();
    let start = statement.line.start;
    new(
        start + indent..start + line.trim_end().len(),
        Text::fixed("等号后面没有内容", "there is nothing after the equals sign"),
    )
    .label(Text::fixed("缺值", "no value"))
    .fix(Text::fixed(
        "填上内容；尚未确定的，删去这一行",
        "write a value, or delete the line if it is not settled",
    ))
}

/// What to mark: the error itself, but a word rather than one letter, and never a mere line break.
fn mark(text: &str, statement: &Statement<'_>) -> Range<usize> {
    let span = statement.error.span().range();
    let start = snap(text, span.start);
    if statement.keys.is_empty() && matches!(statement.error.kind(), ErrorKind::Wanted { .. }) {
        let line = statement.line.clone();
        let written = text[line.clone()].split('#').next().unwrap_or_default();
        let indent = written.len() - written.trim_start().len();
        return line.start + indent..line.start + written.trim_end().len().max(indent);
    }
    let odd = text[start..].chars().next().is_some_and(|c| !c.is_ascii());
    if odd && span.end <= start + 3 {
        // The error is one byte of the text that has no quotes.
        if let Some(element) = element(text, start) {
            return element;
        }
        let rest = &text[start..line_of(text, start).end];
        let written = rest.split('#').next().unwrap_or_default().trim_end();
        return start..start + written.len();
    }
    match slice(text, span.clone()).trim().is_empty() {
        false => start..span.end,
        // The error is that something is missing at the end of the line.
        true => {
            let line = line_of(text, start);
            let written = text[line.clone()].trim_end().len();
            let indent = text[line.clone()].len() - text[line.clone()].trim_start().len();
            match written {
                0 => start..start + text[start..].chars().next().map_or(0, char::len_utf8),
                _ => line.start + indent.min(written)..line.start + written,
            }
        }
    }
}

/// What stands at a byte in a list or a table that is written in one line.
fn element(text: &str, at: usize) -> Option<Range<usize>> {
    let line = line_of(text, at);
    let (_, before) = text[line.start..at].split_once('=')?;
    let count = |brackets: [char; 2]| before.matches(brackets).count();
    if count(['[', '{']) <= count([']', '}']) {
        return None;
    }
    let rest = &text[at..line.end];
    let end = rest.find([',', '，', '、', ']', '}', '#']);
    let length = rest[..end.unwrap_or(rest.len())].trim_end().len();
    (length > 0).then_some(at..at + length)
}

fn slice(text: &str, span: Range<usize>) -> &str {
    text.get(span).unwrap_or_default()
}

/// Everything else: message, label, fix.
fn words(text: &str, statement: &Statement<'_>) -> (Text, Text, Text) {
    let error = statement.error;
    let found = shortened(slice(text, mark(text, statement)).trim());
    let line = text[statement.line.clone()].trim();
    let quote_it = || {
        let whole = || {
            line.split_once('=').map_or(line, |(_, value)| {
                value.split('#').next().unwrap_or_default()
            })
        };
        let at = snap(text, error.span().range().start);
        let element = element(text, at).map(|element| slice(text, element));
        let value = element.unwrap_or_else(whole).trim();
        let value = shortened(value.trim_matches(['"', '“', '”']));
        text!("写成\"{value}\"", "write \"{value}\"")
    };
    match error.kind() {
        ErrorKind::OutOfRange { .. } => (
            Text::fixed(
                "嵌套超过256层，后面的没有读",
                "nested deeper than 256 levels; what follows was not read",
            ),
            Text::fixed("过深", "too deep"),
            Text::fixed(
                "方案不需要多层嵌套，去掉多余的括号",
                "a plan nests nothing so deep; take the brackets away",
            ),
        ),
        ErrorKind::UnterminatedString(quote) => (
            Text::fixed("引号没有成对", "a quotation mark is missing"),
            Text::fixed("缺后引号", "not closed"),
            text!(
                "在文字后面补上引号{quote}",
                "add the closing {quote} after the text"
            ),
        ),
        ErrorKind::UnquotedString => (
            text!(
                "文字“{found}”没有加引号",
                "the text “{found}” is not in quotes"
            ),
            Text::fixed("要加引号", "needs quotes"),
            quote_it(),
        ),
        ErrorKind::InvalidEscape(_)
        | ErrorKind::InvalidHexEscape(_)
        | ErrorKind::InvalidEscapeValue(_) => (
            Text::fixed(
                "文字中的反斜杠“\\”有特殊含义",
                "a backslash has a special meaning in text",
            ),
            Text::fixed("反斜杠", "backslash"),
            Text::fixed(
                "路径中用“/”，或整段改用单引号'…'",
                "write / in paths, or put the text in single quotes '…'",
            ),
        ),
        ErrorKind::InvalidCharInString(_) => (
            Text::fixed(
                "文字中有不可见的控制字符",
                "there is an invisible control character in the text",
            ),
            Text::fixed("控制字符", "control character"),
            Text::fixed(
                "删去后重新输入这段文字",
                "delete it and type the text again",
            ),
        ),
        ErrorKind::InvalidInteger(_) | ErrorKind::InvalidFloat(_) => (
            text!(
                "数字“{found}”写法不对",
                "the number “{found}” is not written right"
            ),
            Text::fixed("数字", "number"),
            Text::fixed(
                "整数前面不加0；编号、电话要加引号",
                "no zeros in front of a number; put codes and telephone numbers in quotes",
            ),
        ),
        ErrorKind::MissingArrayComma => (
            Text::fixed("列表各项之间缺逗号", "a comma is missing in the list"),
            Text::fixed("缺逗号", "no comma"),
            Text::fixed(
                "各项之间用半角逗号隔开",
                "put an ASCII comma between the elements",
            ),
        ),
        ErrorKind::UnclosedArray => (
            Text::fixed("列表没有结束", "the list is not closed"),
            Text::fixed("缺]", "no ]"),
            Text::fixed("在列表末尾补上]", "add ] at the end of the list"),
        ),
        ErrorKind::MissingInlineTableComma | ErrorKind::UnclosedInlineTable => (
            Text::fixed("花括号内的写法不对", "the braces are not written right"),
            Text::fixed("花括号", "braces"),
            Text::fixed(
                "写成{ 键 = 值, 键 = 值 }，用半角逗号隔开",
                "write { key = value, key = value } with ASCII commas",
            ),
        ),
        ErrorKind::Unexpected(c) if !c.is_ascii() => (
            text!("文字没有加引号", "text is not in quotes"),
            Text::fixed("要加引号", "needs quotes"),
            quote_it(),
        ),
        ErrorKind::Wanted { .. } if statement.keys.is_empty() && !line.is_ascii() => (
            Text::fixed("这一行不是“键 = 值”", "this line is not `key = value`"),
            Text::fixed("不能识别", "not understood"),
            Text::fixed(
                "键名用英文；说明文字前面加#",
                "keys are in English; put # in front of remarks",
            ),
        ),
        ErrorKind::Wanted { .. } if !line.contains('=') => (
            Text::fixed(
                "键和值之间缺等号",
                "the equals sign between key and value is missing",
            ),
            Text::fixed("缺=", "no ="),
            Text::fixed(
                "写成键 = 值；说明文字前面加#",
                "write key = value; put # in front of remarks",
            ),
        ),
        ErrorKind::Wanted { .. } => (
            text!(
                "“{found}”多余，或前面的内容没有加引号",
                "“{found}” is too much, or what stands before it needs quotes"
            ),
            Text::fixed("多余", "not expected"),
            Text::fixed(
                "一行只写一个键 = 值；文字要加引号",
                "write one key = value a line, with quotes around text",
            ),
        ),
        ErrorKind::UnexpectedEof => (
            Text::fixed("文件在此中断", "the file ends here unexpectedly"),
            Text::fixed("中断", "end of file"),
            Text::fixed("补全最后一行", "complete the last line"),
        ),
        ErrorKind::FileTooLarge => (
            Text::fixed("文件过大", "the file is too large"),
            Text::default(),
            Text::fixed("只保留方案内容", "keep only the plan"),
        ),
        _ => (
            text!("这一处不符合TOML格式：{found}", "this is not TOML: {found}"),
            Text::fixed("不能识别", "not understood"),
            Text::fixed(
                "一行写一个键 = 值；文字用英文引号，日期写成2022-03-28",
                "write one key = value a line; text in ASCII quotes, dates as 2022-03-28",
            ),
        ),
    }
}
