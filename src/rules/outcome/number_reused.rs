//! A document number that is used twice.

use crate::finding::{At, Draft, Severity};
use crate::lang::Text;
use crate::rules::{Check, Rule, SetView};
use crate::text;
use foldhash::{HashMap, HashMapExt};

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
    let all = view
        .files
        .iter()
        .map(|view| view.extract.numbers.len())
        .sum();
    let mut first: HashMap<&str, (u32, u32)> = HashMap::with_capacity(all);
    for (file, number) in view
        .files
        .iter()
        .enumerate()
        .flat_map(|(file, view)| (0..view.extract.numbers.len()).map(move |n| (file, n)))
    {
        let used = &view.files[file].extract.numbers[number];
        // What has no digit (待定, or nothing at all) is no number yet.
        if !used.key.contains(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let Some((other, earlier)) = first.get(&*used.key).copied() else {
            first.insert(&used.key, (file as u32, number as u32));
            continue;
        };
        let (other, earlier) = (other as usize, earlier as usize);
        let before = &view.files[other].extract.numbers[earlier];
        // Two files of one unit repeat each other's numbers; that is another rule's business.
        let code = view.files[file].code;
        if file != other && code.is_some() && code == view.files[other].code {
            continue;
        }
        let shown = &used.key;
        let message = text!(
            "发文字号“{shown}”重复使用",
            "the document number “{shown}” is used twice"
        );
        let mut draft = Draft::new(RULE.id(), At::File(file, used.at().path()), message)
            .label(Text::fixed("又一次", "again"))
            .fix(Text::fixed("核对两份文件，改正写错的字号；联合行文只写主办机关的字号", "check both documents and correct the wrong number; a joint document has the lead body's number only"))
            .cause(At::File(other, before.at().path()), Text::fixed("首次使用", "first used here"));
        if let Some(code) = view.files[file].code {
            draft = draft.unit(code);
        }
        drafts.push(draft);
    }
}
