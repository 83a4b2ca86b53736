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
        "同一机关同一年度的发文字号不得重复（GB/T 9704-2012）；联合行文只用主办机关的一个字号。重复的按一件计。",
        "One body's numbers do not repeat within a year (GB/T 9704-2012); a joint document has the lead body's number only. Two with one number count once.",
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
    let mut first: HashMap<&str, (usize, usize)> = HashMap::new();
    for (file, number) in view
        .files
        .iter()
        .enumerate()
        .flat_map(|(file, view)| (0..view.extract.numbers.len()).map(move |n| (file, n)))
    {
        let used = &view.files[file].extract.numbers[number];
        let Some((other, earlier)) = first.get(used.key.as_str()).copied() else {
            first.insert(&used.key, (file, number));
            continue;
        };
        let before = &view.files[other].extract.numbers[earlier];
        // Two files of one unit repeat each other's numbers; that is another rule's business.
        let same_unit = file != other && view.files[file].code == view.files[other].code;
        // The same document may be listed as plan and as outcome of one unit.
        if same_unit {
            continue;
        }
        let shown = &used.key;
        let message = text!(
            "发文字号“{shown}”重复使用",
            "the document number “{shown}” is used twice"
        );
        let mut draft = Draft::new(RULE.id(), At::File(file, used.at.path()), message)
            .label(Text::fixed("又一次", "again"))
            .fix(Text::fixed("核对两份文件，改正写错的字号；联合行文只写主办机关的字号", "check both documents and correct the wrong number; a joint document has the lead body's number only"))
            .cause(At::File(other, before.at.path()), Text::fixed("首次使用", "first used here"));
        if let Some(code) = view.files[file].code {
            draft = draft.unit(code);
        }
        drafts.push(draft);
    }
}
