//! A text that several units have.

use foldhash::{HashMap, HashMapExt};

use crate::extract::TextKind;
use crate::finding::{At, Draft, Severity};
use crate::lang::Text;
use crate::plan::FieldAt;
use crate::rules::{Check, Drafts, FileView, Rule, SetView};
use crate::similar::{self, Copied};
use crate::{at, text};

/// A text that several units have.
pub const RULE: Rule = Rule {
    code: "P010",
    name: "copied",
    family: "plan",
    level: Severity::Warning,
    summary: Text::fixed(
        "与其他单位的内容雷同",
        "the same or nearly the same text in several units",
    ),
    why: Text::fixed(
        "查摆问题和措施要切合本单位实际，照抄照搬等于没有查摆。逐条比较各单位的问题、措施和制度办法（标题连同所固化的做法），同类相比，同一单位内不比。比较前统一全角半角，去掉空白、标点和本单位的名称、简称；余下不足12个字的不比。一个字与相邻的字，或与隔一个字的字，组成的字对在对方文中也有（次数以对方为限），这个字就算相同；相同的字占两段总字数的比例为相似度，达到0.85即为雷同，改动一成的字，仍约为0.9。比例可在活动文件[campaign]的copied_threshold中规定（0.5至1）；低于0.8时，可能有少数遗漏。",
        "Problems and measures are to be the unit's own; a copied one was not looked for. The problems, the measures and the outcomes (title and based_on together) of different units are compared, each with its own kind. Before that width is made alike, and blanks, punctuation and the unit's own name and short name are taken out; a text of fewer than 12 characters then is left out. A character counts as the same when it makes a pair with a neighbour, or a next neighbour, that the other text has too (and no more often than there); the share of such characters in both texts together is their likeness. Texts with a likeness of 0.85 are taken for copied; with a tenth of the characters replaced it is still about 0.9. [campaign] copied_threshold sets another, from 0.5 to 1; below 0.8 a few may be missed.",
    ),
    answer: Text::fixed(
        "结合本单位实际重写；确属共同问题或联合措施的，在活动文件中登记免报。",
        "Write what is true of the unit itself; for a problem or measure that units really share, put an exemption on record in the campaign file.",
    ),
    bad: include_str!("copied.bad.toml"),
    good: include_str!("copied.good.toml"),
    check: Check::set(check),
};

/// A text: its file, and its element of the list.
type Source = (usize, usize);

fn check(view: &SetView<'_>, drafts: &mut Drafts<'_>) {
    let owners = owners(view);
    let threshold = view.campaign.campaign.copied_threshold();
    for kind in TextKind::ALL {
        let (mut sources, mut texts): (Vec<Source>, Vec<_>) = (vec![], vec![]);
        for (file, owner) in owners.iter().copied().enumerate() {
            let kept = view.files.file(file).extract;
            let kept = kept.and_then(|extract| extract.texts.as_ref()).into_iter();
            for (index, signs) in kept.flat_map(|texts| texts.of_kind(kind)) {
                sources.push((file, index));
                texts.push(similar::Text { signs, owner });
            }
        }
        let copied = similar::copied(&texts, threshold);
        drafts.extend(copied.iter().map(|copy| draft(view, kind, &sources, copy)));
    }
}

/// Whose each file is: the number of the first file of its unit.
fn owners<'v>(view: &SetView<'v>) -> Vec<usize> {
    let mut first: HashMap<&'v str, usize> = HashMap::new();
    let owner = |(file, view): (usize, FileView<'v>)| match view.code {
        Some(code) => *first.entry(code).or_insert(file),
        None => file,
    };
    view.each_file().enumerate().map(owner).collect()
}

fn draft(view: &SetView<'_>, kind: TextKind, sources: &[Source], copy: &Copied) -> Draft {
    let ((file, index), (other, there)) = (sources[copy.text], sources[copy.first]);
    let (name, percent) = (name(view, other), copy.likeness.percent());
    let (here, there_too) = (element(kind, index), element(kind, there));
    let others = more(copy.more);
    let message = text!(
        "{here_zh}与{name_zh}的{there_zh}雷同，相似度{percent}%{more_zh}",
        "{here_en} is copied: it is {percent}% like {there_en} of {name_en}{more_en}",
        here_zh = here.zh(),
        here_en = here.en(),
        name_zh = name.zh(),
        name_en = name.en(),
        there_zh = there_too.zh(),
        there_en = there_too.en(),
        more_zh = others.zh(),
        more_en = others.en(),
    );
    let mut draft = Draft::new(
        RULE.id(),
        At::File(file, field(kind, index).path()),
        message,
    )
    .label(Text::fixed("雷同", "copied"))
    .fix(Text::fixed(
        "结合本单位实际重写",
        "write what is true of the unit itself",
    ))
    .cause(
        At::File(other, field(kind, there).path()),
        Text::fixed("与此雷同", "like this"),
    );
    if let Some(code) = view.files.file(file).code {
        draft = draft.unit(code);
    }
    draft
}

/// The unit of a file, by the best that is known of it.
fn name(view: &SetView<'_>, file: usize) -> Text {
    let FileView { code, name, .. } = view.files.file(file);
    name.or(code)
        .map_or(Text::fixed("另一单位", "another unit"), Text::same)
}

/// An element of a list, in words.
fn element(kind: TextKind, index: usize) -> Text {
    let number = index + 1;
    match kind {
        TextKind::Problem => text!("第{number}条问题", "problem {number}"),
        TextKind::Measure => text!("第{number}条措施", "measure {number}"),
        TextKind::Outcome => text!("第{number}件制度办法", "outcome {number}"),
    }
}

/// How many units more have the text.
fn more(units: usize) -> Text {
    match units {
        0 => Text::default(),
        1 => Text::fixed("，另有1个单位雷同", "; 1 unit more has it"),
        _ => text!("，另有{units}个单位雷同", "; {units} units more have it"),
    }
}

/// Where a text stands.
fn field(kind: TextKind, index: usize) -> FieldAt {
    match kind {
        TextKind::Problem => at!["problem", index, "text"],
        TextKind::Measure => at!["measure", index, "text"],
        TextKind::Outcome => at!["outcome", index, "title"],
    }
}

#[cfg(test)]
mod tests {
    use super::more;

    #[test]
    fn how_many_units_more_have_a_text_is_said_as_people_say_it() {
        let said = [0, 1, 2].map(more);
        assert_eq!(
            said.each_ref().map(|text| text.zh()),
            ["", "，另有1个单位雷同", "，另有2个单位雷同"]
        );
        assert_eq!(
            said.each_ref().map(|text| text.en()),
            ["", "; 1 unit more has it", "; 2 units more have it"]
        );
    }
}
