//! What each syntax error is called, and how it is put right. The parser knows the grammar; people type
//! full-width signs, dates without zeros and quotes from a word processor, so the text decides the words.

use std::ops::Range;

use toml_spanner::ErrorKind;

use super::{Statement, line_of, snap};
use crate::calendar;
use crate::finding::{At, Draft, FieldPath};
use crate::lang::Text;
use crate::read::shortened;
use crate::rules::file;
use crate::text;

/// Signs of Chinese typing and what TOML wants instead.
const WIDE: [(char, &str); 16] = [
    ('＝', "="),
    ('“', "\""),
    ('”', "\""),
    ('‘', "\""),
    ('’', "\""),
    ('「', "\""),
    ('」', "\""),
    ('＂', "\""),
    ('，', ","),
    ('、', ","),
    ('［', "["),
    ('］', "]"),
    ('【', "["),
    ('】', "]"),
    ('｛', "{"),
    ('｝', "}"),
];

/// The blank of Chinese typing, which nobody sees.
const WIDE_BLANK: char = '\u{3000}';

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
    let error = statement.error;
    match error.kind() {
        ErrorKind::DuplicateKey { first } | ErrorKind::DottedKeyInvalidType { first } => {
            let key = shortened(slice(text, error.span().range()));
            return new(
                error.span().range(),
                text!("键{key}重复", "the key {key} stands twice"),
            )
            .label(Text::fixed("又一次", "again"))
            .fix(text!(
                "保留一个{key}；同类多项用[[双层方括号]]表头",
                "keep one {key}; several of a kind need a header in [[two brackets]]"
            ))
            .cause(
                At::Span(first.range(), field.clone()),
                Text::fixed("首次出现", "first here"),
            );
        }
        ErrorKind::DuplicateTable { first, .. } | ErrorKind::RedefineAsArray { first } => {
            let span = line_of(text, error.span().start as usize);
            let header = shortened(slice(text, span.clone()).trim());
            let first = line_of(text, first.start as usize);
            return new(
                span,
                text!("表头{header}重复", "the header {header} stands twice"),
            )
            .label(Text::fixed("又一次", "again"))
            .fix(Text::fixed(
                "内容合并到前一处；同类多项每项都用[[双层方括号]]表头",
                "merge it into the first; several of a kind each need a header in [[two brackets]]",
            ))
            .cause(
                At::Span(first, field.clone()),
                Text::fixed("首次出现", "first here"),
            );
        }
        _ => {}
    }
    if let Some(draft) = wide_sign(text, statement, &new).or_else(|| date(text, statement, &new)) {
        return draft;
    }
    let (message, label, fix) = words(text, statement);
    new(mark(text, statement), message).label(label).fix(fix)
}

/// What to mark: the error itself, but a word rather than one letter, and never a mere line break.
fn mark(text: &str, statement: &Statement<'_>) -> Range<usize> {
    let span = statement.error.span().range();
    let start = snap(text, span.start);
    if let ErrorKind::Unexpected(c) = statement.error.kind()
        && !c.is_ascii()
    {
        // The error is one byte of the text that has no quotes.
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

fn slice(text: &str, span: Range<usize>) -> &str {
    text.get(span).unwrap_or_default()
}

/// A sign of Chinese typing where TOML wants an ASCII one.
fn wide_sign(
    text: &str,
    statement: &Statement<'_>,
    new: &dyn Fn(Range<usize>, Text) -> Draft,
) -> Option<Draft> {
    let at = snap(text, statement.error.span().start as usize);
    let found = text[at..].chars().next()?;
    if found == WIDE_BLANK && !text[at..line_of(text, at).end].trim().is_empty() {
        let draft = new(
            at..at + found.len_utf8(),
            Text::fixed("此处有全角空格", "there is a full-width blank here"),
        );
        return Some(
            draft
                .label(Text::fixed("全角空格", "full-width blank"))
                .fix(Text::fixed(
                    "改成半角空格，或删去",
                    "write an ASCII blank, or delete it",
                ))
                .edit(at..at + found.len_utf8(), " "),
        );
    }
    let (_, ascii) = WIDE.iter().find(|(wide, _)| *wide == found)?;
    let span = at..at + found.len_utf8();
    let line = line_of(text, at);
    let quote = *ascii == "\"";
    let message = match quote {
        true => text!(
            "此处的{found}是中文引号，文字要用英文引号",
            "{found} is a Chinese quotation mark; text needs ASCII quotes"
        ),
        false => text!(
            "“{found}”是全角符号，此处应为半角的{ascii}",
            "{found} is a full-width sign; write {ascii} here"
        ),
    };
    let rest = &text[at + found.len_utf8()..line.end];
    let closing = quote
        .then(|| rest.find(['”', '“', '’', '‘', '」', '＂']))
        .flatten();
    let fix = match closing {
        Some(end) => {
            let value = shortened(&rest[..end]);
            text!("写成\"{value}\"", "write \"{value}\"")
        }
        None => text!("改成{ascii}", "write {ascii}"),
    };
    let draft = new(span.clone(), message)
        .label(Text::fixed("全角符号", "full-width sign"))
        .fix(fix);
    let clean = closing.is_some_and(|end| {
        let tail = rest[end..].chars().skip(1).collect::<String>();
        (tail.trim().is_empty() || tail.trim().starts_with('#'))
            && !rest[..end].contains(['"', '\\'])
    });
    Some(match closing {
        Some(end) if clean => {
            let close = rest[end..].chars().next().map_or(0, char::len_utf8);
            draft.edit(
                at..at + found.len_utf8() + end + close,
                format!("\"{}\"", &rest[..end]),
            )
        }
        None if !quote => draft.edit(span, *ascii),
        _ => draft,
    })
}

/// A date that TOML does not read: `2022-3-29`, `2022年3月29日`, `2022/3/29`, 30 February.
fn date(
    text: &str,
    statement: &Statement<'_>,
    new: &dyn Fn(Range<usize>, Text) -> Draft,
) -> Option<Draft> {
    let line = &text[statement.line.clone()];
    let key = statement
        .keys
        .last()
        .map(|key| FieldPath(vec![key.clone()]).to_string())?;
    let equals = line.find('=')?;
    let value = line[equals + 1..].split('#').next().unwrap_or_default();
    let written = value.trim();
    let start = statement.line.start + equals + 1 + (value.len() - value.trim_start().len());
    let span = start..start + written.len();
    let label = Text::fixed("日期", "date");
    if let Some(date) = calendar::read(written.trim_end_matches(['。', '.', '，', ',', '；', ';']))
    {
        let shown = shortened(written);
        let why = reason(written);
        let message = text!(
            "日期“{shown}”写法不对：{zh}",
            "the date “{shown}” is not written right: {en}",
            zh = why.zh(),
            en = why.en(),
        );
        return Some(
            new(span.clone(), message)
                .label(label)
                .fix(text!("写成{key} = {date}", "write {key} = {date}"))
                .edit(span, date.to_string()),
        );
    }
    let ErrorKind::InvalidDateTime(_) = statement.error.kind() else {
        return None;
    };
    // Digits and dashes that look like a date to the parser may be a telephone number.
    let digits = written.split('-').next().unwrap_or_default();
    if digits.starts_with('0') {
        return Some(
            new(
                span,
                text!("“{written}”要加引号", "“{written}” needs quotes"),
            )
            .label(Text::fixed("文字要加引号", "text needs quotes"))
            .fix(text!(
                "写成{key} = \"{written}\"",
                "write {key} = \"{written}\""
            )),
        );
    }
    let shown = shortened(written);
    Some(
        new(
            span,
            text!("没有“{shown}”这一天", "there is no day “{shown}”"),
        )
        .label(label)
        .fix(Text::fixed(
            "核对年月日，写成2022-03-28这样的日期",
            "check year, month and day; write a date such as 2022-03-28",
        )),
    )
}

/// What is wrong with the form of a date that can be guessed.
fn reason(written: &str) -> Text {
    let ascii: Vec<&str> = written.split('-').collect();
    match ascii[..] {
        [_, month, _] if month.len() == 1 => {
            Text::fixed("月份要写两位", "the month needs two digits")
        }
        [_, _, day] if day.len() == 1 => Text::fixed("日要写两位", "the day needs two digits"),
        _ => Text::fixed(
            "要写成年-月-日，各用半角数字",
            "it must be year-month-day in ASCII digits",
        ),
    }
}

/// Everything else: message, label, fix.
fn words(text: &str, statement: &Statement<'_>) -> (Text, Text, Text) {
    let error = statement.error;
    let at = snap(text, error.span().start as usize);
    let found = shortened(slice(text, error.span().range()).trim());
    let line = text[statement.line.clone()].trim();
    let quote_it = || {
        let value = line
            .split_once('=')
            .map_or(line, |(_, value)| {
                value.split('#').next().unwrap_or_default()
            })
            .trim();
        let value = shortened(value.trim_matches(['"', '“', '”']));
        text!("写成\"{value}\"", "write \"{value}\"")
    };
    match error.kind() {
        _ if statement.is_header => (
            Text::fixed("表头不完整", "the table header is broken"),
            Text::fixed("表头", "header"),
            Text::fixed(
                "单独一行写[plan]或[[meeting]]，方括号成对，名称用英文",
                "write [plan] or [[meeting]] on a line of its own, brackets in pairs",
            ),
        ),
        ErrorKind::UnterminatedString(_) => (
            Text::fixed("引号没有成对", "a quotation mark is missing"),
            Text::fixed("缺后引号", "not closed"),
            Text::fixed("在文字后面补上引号\"", "add the closing \" after the text"),
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
        ErrorKind::Unexpected(c)
            if c == '\n' || c == '\r' || text[at..].trim_start().is_empty() =>
        {
            (
                Text::fixed("等号后面没有内容", "there is nothing after the equals sign"),
                Text::fixed("缺值", "no value"),
                Text::fixed(
                    "填上内容；尚未确定的，删去这一行",
                    "write a value, or delete the line if it is not settled",
                ),
            )
        }
        ErrorKind::Unexpected(c) if !c.is_ascii() => (
            text!("文字没有加引号", "text is not in quotes"),
            Text::fixed("要加引号", "needs quotes"),
            quote_it(),
        ),
        ErrorKind::Wanted { .. } if statement.keys.is_empty() && !line.is_ascii() => (
            Text::fixed("这一行不是“键 = 值”", "this line is not `key = value`"),
            Text::fixed("不能识别", "not understood"),
            Text::fixed(
                "键名用英文，见plan的说明；说明文字前面加#",
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
