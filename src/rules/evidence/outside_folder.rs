//! An evidence path that leads outside the campaign's folder.

use crate::evidence::State;
use crate::finding::{At, Draft, Severity};
use crate::lang::Text;
use crate::rules::{Check, PlanView, Rule};
use crate::text;

/// An evidence path that leads outside the campaign's folder.
pub const RULE: Rule = Rule {
    code: "E003",
    name: "outside-folder",
    family: "evidence",
    level: Severity::Error,
    summary: Text::fixed(
        "佐证材料的路径超出活动文件夹",
        "an evidence path that leads outside the campaign's folder",
    ),
    why: Text::fixed(
        "路径只能指向campaign.toml所在的文件夹之内；绝对路径、“..”、盘符和链接都不能带到外面去。",
        "A path may only lead into the folder of campaign.toml; absolute paths, .., drive letters and links cannot lead out of it.",
    ),
    answer: Text::fixed(
        "把材料复制到活动文件夹内，写相对路径，用“/”分隔。",
        "Copy the file into the folder and write a relative path with /.",
    ),
    bad: include_str!("outside_folder.bad.toml"),
    good: include_str!("outside_folder.good.toml"),
    check: Check::plan(check),
};

fn check(view: &PlanView<'_>, drafts: &mut Vec<Draft>) {
    for item in view
        .evidence
        .iter()
        .filter(|item| item.state == State::Outside)
    {
        let file = item.file;
        let message = text!(
            "佐证材料“{file}”不在活动文件夹内",
            "the evidence path “{file}” leads outside the campaign's folder"
        );
        let draft = Draft::new(RULE.id(), At::Plan(item.field.clone()), message)
            .label(Text::fixed("超出文件夹", "outside"))
            .fix(Text::fixed(
                "把材料复制到活动文件夹内，写相对路径，用“/”分隔",
                "copy the file into the folder and write a relative path with /",
            ));
        drafts.push(draft);
    }
}
