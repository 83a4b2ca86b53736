//! One file in the hands of a worker: opened, read, with its places; and what is said of a file that gives
//! no text.

use std::borrow::Cow;
use std::io;
use std::sync::OnceLock;

use chrono::FixedOffset;
use toml_spanner::{Arena, Document};

use crate::book::Book;
use crate::calendar::Date;
use crate::campaign::Unit;
use crate::discover::Input;
use crate::finding::{At, Draft, Edit, FieldPath, Place};
use crate::lang::Text;
use crate::ledger::Reading;
use crate::levels;
use crate::load::{self, Loaded};
use crate::locate::{foreign_line, locate};
use crate::plan::Plan;
use crate::rules::{self, file};
use crate::source::{self, Encoding, Lines, MAX_BYTES, Refusal};
use crate::template::quoted;
use crate::{path, text};

/// A file's text, borrowed from the buffer that it was read into.
pub(super) struct FileText<'b> {
    shown: &'b str,
    text: Cow<'b, str>,
    encoding: Encoding,
    /// The text without the first of each key that stands twice.
    other: OnceLock<String>,
}

impl<'b> FileText<'b> {
    /// A text that is not in a file, or not yet.
    pub(super) fn of(shown: &'b str, text: &'b str) -> FileText<'b> {
        FileText {
            shown,
            text: Cow::Borrowed(text),
            encoding: Encoding::Utf8,
            other: OnceLock::new(),
        }
    }

    /// The text.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Reads a file, or standard input; a text that is at hand is taken as it is.
    pub(super) fn read(input: Input<'b>, buffer: &'b mut Vec<u8>) -> Result<FileText<'b>, Refusal> {
        if let Some(text) = input.held() {
            let bytes = text.len() as u64;
            return match bytes > MAX_BYTES {
                true => Err(Refusal::TooLarge(bytes)),
                false => Ok(FileText::of(input.shown, text)),
            };
        }
        let bytes = match input.path() {
            Some(_) if !input.is_regular() => return Err(Refusal::NotAFile),
            Some(path) => source::read(path, buffer)?,
            None => source::read_stdin()?,
        };
        let (text, encoding) = source::decode(bytes)?;
        let (shown, other) = (input.shown, OnceLock::new());
        Ok(FileText {
            shown,
            text,
            encoding,
            other,
        })
    }

    /// Reads a file into a text of its own.
    pub(super) fn kept(input: Input<'b>) -> Result<FileText<'b>, Refusal> {
        let mut buffer = Vec::new();
        let FileText {
            text,
            encoding,
            other,
            ..
        } = FileText::read(input, &mut buffer)?;
        Ok(FileText {
            shown: input.shown,
            text: Cow::Owned(text.into_owned()),
            encoding,
            other,
        })
    }
}

/// A file that was read.
pub(super) struct Opened<'t> {
    file: &'t FileText<'t>,
    pub(super) loaded: Loaded<'t>,
    /// The other way to read it, when a key stands twice.
    other: Option<Loaded<'t>>,
}

impl<'t> Opened<'t> {
    /// Reads the plan in a file.
    pub(super) fn new(file: &'t FileText<'t>, arena: &'t Arena, offset: FixedOffset) -> Opened<'t> {
        Opened::of(file, load::parse(&file.text, arena), arena, offset)
    }

    /// Reads the plan in the tree of a file.
    pub(super) fn of(
        file: &'t FileText<'t>,
        document: Document<'t>,
        arena: &'t Arena,
        offset: FixedOffset,
    ) -> Opened<'t> {
        let loaded = load::plan_in(&file.text, document, offset);
        let twice = !loaded.firsts.is_empty();
        let other = twice.then(|| {
            let text = file
                .other
                .get_or_init(|| load::without(&file.text, &loaded.firsts));
            load::plan(text, arena, offset)
        });
        Opened {
            file,
            loaded,
            other,
        }
    }

    /// 单位代码, if it is there and can be read: one that stands twice, with two values, cannot.
    pub(super) fn code(&self) -> Option<&'t str> {
        let code = self.loaded.plan.unit.code;
        let other = self.other.as_ref().map(|other| other.plan.unit.code);
        let certain = other.is_none_or(|other| other == code);
        // One of several lines is the rest of the file, in quotes that were not closed.
        let one_line = !code.trim_start().is_empty() && !code.contains('\n');
        (certain && one_line).then_some(code)
    }

    /// Hands the ways to read the records on; nearly always there is one.
    pub(super) fn with_readings<'o, T>(&'o self, then: impl FnOnce(&[Reading<'o>]) -> T) -> T {
        match &self.other {
            None => then(&[self.loaded.reading()]),
            Some(other) => then(&[self.loaded.reading(), other.reading()]),
        }
    }

    /// The lines of the text, for places.
    pub(super) fn lines(&self) -> Lines<'t> {
        Lines::new(self.file.shown.into(), &self.file.text)
    }

    /// The lines of a file that has none.
    pub(super) fn empty_lines(shown: &str) -> Lines<'static> {
        Lines::new(shown.into(), "")
    }

    /// The place of a field.
    pub(super) fn place(&self, lines: &Lines<'_>, field: &FieldPath, label: Text) -> Place {
        let span = locate(self.loaded.document.table(), &self.file.text, field);
        lines.place(span, field.clone(), label)
    }

    /// The edit that puts another text into a field: in the quotes that stand there, if they can hold it.
    pub(super) fn rewritten(&self, at: &At, text: &str) -> Option<Edit> {
        let At::Plan(field) = at else { return None };
        let span = locate(self.loaded.document.table(), &self.file.text, field);
        let written = self.file.text.get(span.clone())?;
        let text = match written.chars().next()? {
            '\'' if !text.contains(|c: char| c == '\'' || c.is_control()) => format!("'{text}'"),
            '"' | '\'' => quoted(text),
            _ => return None,
        };
        Some(Edit { span, text })
    }

    /// The note that the file is not UTF-8.
    pub(super) fn encoding_note(&self) -> Option<Draft> {
        let encoding = match self.file.encoding {
            Encoding::Utf8 => return None,
            other => other.name(),
        };
        let at = At::Span(foreign_line(&self.file.text), FieldPath::root());
        let message = text!(
            "文件为{encoding}编码，已照常读取",
            "the file is in {encoding}; it was read all the same"
        );
        let fix = Text::fixed(
            "用记事本“另存为”，编码选UTF-8",
            "save it as UTF-8 (Notepad: Save As, encoding UTF-8)",
        );
        Some(Draft::new(file::encoding::RULE.id(), at, message).fix(fix))
    }
}

/// A unit that no roster knows, as its own file describes it.
pub(super) fn unit_of_plan(plan: &Plan<'_>) -> Unit {
    Unit {
        code: plan.unit.code.into(),
        name: plan.unit.name.into(),
        ..Unit::default()
    }
}

/// Whether an exemption in force names the rule for the unit; what cannot be read is never silenced.
pub(super) fn is_silenced(book: &Book<'_>, as_of: Date, draft: &Draft) -> bool {
    if book.campaign.exemption.is_empty() || rules::is_firm(&draft.rule.code) {
        return false;
    }
    let Some(index) = draft
        .unit
        .as_deref()
        .and_then(|code| book.roster.index(code))
    else {
        return false;
    };
    let unit = &book.campaign.unit[index];
    let mut exemptions = book.office.exemptions(unit, as_of);
    exemptions.any(|(_, exemption)| {
        let rule = exemption.rule.as_deref();
        rule.is_some_and(|word| levels::names_rule(word, &draft.rule))
    })
}

/// What is said of a file that gives no text.
pub(super) fn refused(refusal: &Refusal) -> Draft {
    let at = At::Plan(path![]);
    let unreadable =
        |message, fix| Draft::new(file::unreadable::RULE.id(), at.clone(), message).fix(fix);
    match refusal {
        Refusal::Io(error) => {
            let (why, fix) = (refusal.why(), io_fix(error));
            unreadable(
                text!(
                    "文件读不了：{zh}",
                    "the file cannot be read: {en}",
                    zh = why.zh(),
                    en = why.en()
                ),
                fix,
            )
        }
        Refusal::NotAFile => unreadable(
            refusal.why(),
            Text::fixed(
                "换成方案文件；管道、设备和文件夹不能以.toml为名",
                "put the plan file here instead; a pipe or device is not one",
            ),
        ),
        Refusal::Mixed(_) => unreadable(
            refusal.why(),
            Text::fixed(
                "按记事本打开后仍是乱码的那一段重新填写，存为UTF-8",
                "type what an editor shows garbled anew, and save the file as UTF-8",
            ),
        ),
        Refusal::NotText { line, .. } => unreadable(
            text!(
                "文件不是文字，可能是Word文档或图片改了扩展名：第{line}行既不是UTF-8也不是GBK",
                "the file is not text, perhaps a Word document or a picture with another extension: line {line} is neither UTF-8 nor GBK"
            ),
            Text::fixed(
                "用记事本打开原文件，另存为UTF-8编码后重新报送",
                "open the original in an editor, save it as UTF-8 and send it again",
            ),
        ),
        Refusal::TooLarge(bytes) => {
            let (megabytes, limit) = (bytes.div_ceil(1024 * 1024), MAX_BYTES / 1024 / 1024);
            let message = text!(
                "文件有{megabytes}MB，超过{limit}MB的上限，没有读取",
                "the file has {megabytes} MB, over the limit of {limit} MB; it was not read"
            );
            let fix = Text::fixed(
                "只保留方案内容，附件另放",
                "keep only the plan; put attachments beside it",
            );
            Draft::new(file::too_large::RULE.id(), at, message).fix(fix)
        }
    }
}

/// What is said of a folder entry that cannot be listed.
pub(super) fn refused_entry(why: &Text) -> Draft {
    let message = text!(
        "文件夹读不了：{zh}",
        "the folder cannot be read: {en}",
        zh = why.zh(),
        en = why.en()
    );
    let fix = Text::fixed(
        "检查权限；链接绕成一圈的请删去",
        "check its permissions; delete links that lead back to themselves",
    );
    Draft::new(file::unreadable::RULE.id(), At::Plan(path![]), message).fix(fix)
}

/// A way out of what the system refuses.
fn io_fix(error: &io::Error) -> Text {
    match error.kind() {
        io::ErrorKind::NotFound => Text::fixed(
            "核对文件名；失效的链接请删去",
            "check the name; delete a link that leads nowhere",
        ),
        io::ErrorKind::PermissionDenied => Text::fixed(
            "检查文件权限，或复制一份再检查",
            "check the file's permissions, or copy the file",
        ),
        io::ErrorKind::IsADirectory => Text::fixed("给出文件夹里的文件", "name the files in it"),
        _ => Text::fixed(
            "确认文件没有被占用或损坏，再检查一次",
            "make sure that the file is not in use or damaged, then check again",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::campaign::BEIJING;
    use crate::discover::Inputs;

    #[test]
    fn a_text_goes_into_the_quotes_that_stand_there_if_they_can_hold_it() {
        let rewritten = |written: &str, text: &str| {
            let file = format!("[plan]\ntitle = {written}\n");
            let (file, arena) = (FileText::of("a.toml", &file), Arena::new());
            let opened = Opened::new(&file, &arena, BEIJING);
            let edit = opened.rewritten(&At::Plan(path!["plan", "title"]), text);
            edit.map(|edit| (file.text[edit.span].to_owned(), edit.text))
        };
        for (written, text, then) in [
            ("'甲'", "乙", "'乙'"),
            ("'甲'", "乙\"丙", "'乙\"丙'"),
            ("'甲'", "乙'丙", "\"乙'丙\""),
            ("'甲'", "乙\n丙", "\"乙\\n丙\""),
            ("\"甲\"", "乙\"丙", "\"乙\\\"丙\""),
        ] {
            let edit = Some((written.to_owned(), then.to_owned()));
            assert_eq!(rewritten(written, text), edit, "{text}");
        }
        assert_eq!(rewritten("5", "乙"), None);
    }

    #[test]
    fn a_text_that_an_editor_holds_may_be_as_large_as_a_file() {
        let read = |bytes: u64| {
            let text = "x".repeat(bytes as usize);
            let mut inputs = Inputs::default();
            inputs.push_text(None, "a.toml", text.into());
            match FileText::read(inputs.at(0), &mut Vec::new()) {
                Ok(file) => Ok(file.text.len() as u64),
                Err(Refusal::TooLarge(bytes)) => Err(bytes),
                Err(other) => panic!("{other:?}"),
            }
        };
        assert_eq!(read(MAX_BYTES), Ok(MAX_BYTES));
        assert_eq!(read(MAX_BYTES + 1), Err(MAX_BYTES + 1));
    }

    #[test]
    fn what_the_system_refuses_is_answered_with_a_way_out() {
        use io::ErrorKind::{IsADirectory, NotFound, PermissionDenied, TimedOut};
        for (kind, zh, en) in [
            (
                NotFound,
                "核对文件名；失效的链接请删去",
                "check the name; delete a link that leads nowhere",
            ),
            (
                PermissionDenied,
                "检查文件权限，或复制一份再检查",
                "check the file's permissions, or copy the file",
            ),
            (IsADirectory, "给出文件夹里的文件", "name the files in it"),
            (
                TimedOut,
                "确认文件没有被占用或损坏，再检查一次",
                "make sure that the file is not in use or damaged, then check again",
            ),
        ] {
            let fix = io_fix(&kind.into());
            assert_eq!((fix.zh(), fix.en()), (zh, en));
        }
    }
}
