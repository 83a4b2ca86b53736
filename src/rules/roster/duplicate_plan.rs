//! Two plan files for one unit.

use crate::finding::{At, Draft, Severity};
use crate::lang::Text;
use crate::rules::{Check, Drafts, FileView, Rule, SetView};
use crate::{path, text};

/// Two plan files for one unit.
pub const RULE: Rule = Rule {
    code: "R003",
    name: "duplicate-plan",
    family: "roster",
    level: Severity::Error,
    summary: Text::fixed("同一单位有两份文件", "two plan files for one unit"),
    why: Text::fixed(
        "不知以哪份为准：两份都证明按期的才算按期，其余节点记为待核。",
        "Nobody can tell which file counts: what both prove on time is on time, the rest is unclear (待核).",
    ),
    answer: Text::fixed(
        "保留一份，删去另一份，“方案(最终版)(2).toml”之类的副本不要放进文件夹；修订过的，报送日期仍写首次的，修订日期写进revised。",
        "Keep one of them and delete the other; leave copies out of the folder. After a revision the first filing date stays, and the day of the revision goes into revised.",
    ),
    bad: include_str!("duplicate_plan.bad.toml"),
    good: include_str!("duplicate_plan.good.toml"),
    check: Check::set(check),
};

fn check(view: &SetView<'_>, drafts: &mut Drafts<'_>) {
    for files in view.files.several() {
        // The file that is named after its unit is the one that was meant; the other is a copy.
        let named = |file: &&usize| {
            let FileView { code, input, .. } = view.files.file(**file);
            input.stem() == code
        };
        let Some(first) = files.iter().find(named).or(files.first()) else {
            continue;
        };
        let others = files.iter().filter(|file| *file != first);
        drafts.extend(others.map(|file| draft(view, *file, *first, files.len())));
    }
}

fn draft(view: &SetView<'_>, file: usize, first: usize, count: usize) -> Draft {
    let FileView { code, name, .. } = view.files.file(first);
    let (code, name) = (code.unwrap_or_default(), name.unwrap_or_default());
    let place = |file| At::File(file, path!["unit", "code"]);
    let draft = Draft::new(
        RULE.id(),
        place(file),
        match count {
            2 => text!("{name}有两份文件", "{name} has two plan files"),
            many => text!("{name}有{many}份文件", "{name} has {many} plan files"),
        },
    );
    draft
        .label(Text::fixed("又一份", "one more file"))
        .fix(match count {
            2 => Text::fixed(
                "核对后保留一份，删去另一份",
                "keep one of them and delete the other",
            ),
            _ => Text::fixed(
                "核对后保留一份，删去其余各份",
                "keep one of them and delete the others",
            ),
        })
        .cause(place(first), Text::fixed("第一份", "the first file"))
        .unit(code)
}
