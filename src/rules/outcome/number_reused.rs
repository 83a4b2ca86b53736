//! A document number that is used twice.

use std::collections::HashMap;

use crate::extract::{Numbers, Sum};
use crate::finding::{At, Draft, Severity};
use crate::lang::Text;
use crate::rules::{Check, Drafts, Rule, SetView};
use crate::text;

/// A document number that is used twice.
pub const RULE: Rule = Rule {
    code: "O001",
    name: "number-reused",
    family: "outcome",
    level: Severity::Error,
    summary: Text::fixed("发文字号重复", "a document number used twice"),
    why: Text::fixed(
        "发文字号由机关代字、年份和发文顺序号组成，一个字号只对应一份文件；联合行文使用主办机关的发文字号（GB/T 9704-2012）。重复的按一件计。",
        "A number is made of body, year and serial number, so it stands for one document; a joint document has the lead body's number (GB/T 9704-2012). Two with one number count once.",
    ),
    answer: Text::fixed(
        "核对两份文件，改正写错的字号。",
        "Check both documents and correct the wrong number.",
    ),
    bad: include_str!("number_reused.bad.toml"),
    good: include_str!("number_reused.good.toml"),
    check: Check::set(check),
};

/// A number by its file, and its line among the numbers of the file.
type Source = (u32, usize);

/// Only where the marks of two numbers are the same are the files read again and the numbers looked at: to keep them all
/// would ask for more memory than anything else that is kept of a file.
fn check(view: &SetView<'_>, drafts: &mut Drafts<'_>) {
    let files = files(view.files.sum());
    let numbers = view.files.numbers(&files);
    let mut sources: HashMap<&str, Vec<Source>> = HashMap::new();
    for (file, numbers) in files.iter().zip(&numbers) {
        for (line, number) in numbers.used() {
            sources.entry(number).or_default().push((*file, line));
        }
    }
    let mut again: Vec<(Source, Source, &str)> = Vec::new();
    for (number, sources) in sources {
        let first = sources[0];
        // Two files of one unit repeat each other's numbers; that is another rule's business.
        let others = sources.into_iter().skip(1);
        let others = others.filter(|source| !of_one_unit(view, first, *source));
        again.extend(others.map(|source| (source, first, number)));
    }
    again.sort_unstable();
    let again = again.into_iter();
    drafts.extend(again.map(|(source, first, number)| draft(view, number, source, first)));
}

/// The files that have a number with the same mark as another, of any file.
fn files(sum: &Sum) -> Vec<u32> {
    let alike = sum.marks.chunk_by(|one, other| one.half() == other.half());
    let alike = alike.filter(|alike| alike.len() > 1).flatten();
    let mut files: Vec<u32> = alike.map(|mark| mark.file()).collect();
    files.sort_unstable();
    files.dedup();
    files
}

/// Whether two numbers stand in two files of one unit.
fn of_one_unit(view: &SetView<'_>, (one, _): Source, (other, _): Source) -> bool {
    let code = |file: u32| view.files.file(file as usize).code;
    one != other && code(one).is_some() && code(one) == code(other)
}

fn draft(view: &SetView<'_>, shown: &str, source: Source, first: Source) -> Draft {
    let at = |(file, line): Source| At::File(file as usize, Numbers::at(line).path());
    let message = text!(
        "发文字号“{shown}”重复使用",
        "the document number “{shown}” is used twice"
    );
    let fix = Text::fixed(
        "核对两份文件，改正写错的字号；联合行文只写主办机关的字号",
        "check both documents and correct the wrong number; a joint document has the lead body's number only",
    );
    let draft = Draft::new(RULE.id(), at(source), message)
        .label(Text::fixed("又一次", "again"))
        .fix(fix)
        .cause(at(first), Text::fixed("首次使用", "first used here"));
    match view.files.file(source.0 as usize).code {
        Some(code) => draft.unit(code),
        None => draft,
    }
}
