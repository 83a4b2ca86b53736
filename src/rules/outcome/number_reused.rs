//! A document number that is used twice.

use std::hash::BuildHasher;

use crate::extract::Numbers;
use crate::finding::{At, Draft, Severity};
use crate::lang::Text;
use crate::rules::{Check, Rule, SetView};
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

fn check(view: &SetView<'_>, drafts: &mut Vec<Draft>) {
    let mut again = again(view);
    again.sort_unstable();
    drafts.extend(
        again
            .into_iter()
            .map(|(number, first)| draft(view, number, first)),
    );
}

/// A number by its file, and its line among the numbers of the file.
type Source = (u32, u32);

/// The numbers that were used before, each with the first that is the same. Half a hash of each with its file is brought
/// together by sorting: that asks for less memory than a table of all, and for less time. Only where the halves are the
/// same are the numbers looked at.
fn again(view: &SetView<'_>) -> Vec<(Source, Source)> {
    let hash = foldhash::fast::RandomState::default();
    let half = |number: &str| hash.hash_one(number) >> 32;
    let lines = view.each_file().map(|file| file.extract.numbers.lines());
    let mut used: Vec<u64> = Vec::with_capacity(lines.sum());
    for (file, of_file) in (0_u64..).zip(view.each_file()) {
        let numbers = of_file.extract.numbers.used();
        used.extend(numbers.map(|(_, number)| half(number) << 32 | file));
    }
    used.sort_unstable();
    let mut again = Vec::new();
    let alike = used.chunk_by(|one, other| one >> 32 == other >> 32);
    for alike in alike.filter(|alike| alike.len() > 1) {
        let mut files: Vec<u32> = alike.iter().map(|used| *used as u32).collect();
        files.dedup();
        let sources = files.into_iter().flat_map(|file| {
            let numbers = view.files.file(file as usize).extract.numbers.used();
            let alike = numbers.filter(|(_, number)| half(number) == alike[0] >> 32);
            alike.map(move |(line, _)| (file, line as u32))
        });
        let mut first: Vec<Source> = Vec::new();
        for source in sources {
            let same = |first: &&Source| number(view, **first) == number(view, source);
            match first.iter().find(same) {
                // Two files of one unit repeat each other's numbers; that is another rule's business.
                Some(first) if of_one_unit(view, *first, source) => {}
                Some(first) => again.push((source, *first)),
                None => first.push(source),
            }
        }
    }
    again
}

fn number<'v>(view: &SetView<'v>, (file, line): Source) -> &'v str {
    view.files
        .file(file as usize)
        .extract
        .numbers
        .on(line as usize)
}

/// Whether two numbers stand in two files of one unit.
fn of_one_unit(view: &SetView<'_>, (one, _): Source, (other, _): Source) -> bool {
    let code = |file: u32| view.files.file(file as usize).code;
    one != other && code(one).is_some() && code(one) == code(other)
}

fn draft(view: &SetView<'_>, source: Source, first: Source) -> Draft {
    let at = |(file, line): Source| At::File(file as usize, Numbers::at(line as usize).path());
    let shown = number(view, source);
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
