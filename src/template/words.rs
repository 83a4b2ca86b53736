//! What stands beside the lines of a plan file: due dates, and the words that a field may have.

use crate::campaign::{Milestone, RequirementKind};
use crate::lang::Text;
use crate::ledger::Cell;
use crate::text;
use crate::vocabulary::{Basis, Word};

/// What a milestone asks of a unit by when, or why it asks nothing: `实施方案：时限2022-03-31，含当日；…`.
pub(super) fn deadline(milestone: &Milestone, cell: &Cell) -> Text {
    let name = &milestone.name;
    if !cell.status.is_owed() {
        let why = cell.explanation();
        return text!(
            "{name}：不作要求（{zh}）",
            "{name}: not owed ({en})",
            zh = why.zh(),
            en = why.en()
        );
    }
    let (due, what) = (cell.due, asked(milestone));
    let moved = match cell.extension {
        Some(_) => Text::fixed("（已延期）", " (extended)"),
        None => Text::default(),
    };
    text!(
        "{name}：时限{due}，含当日{moved_zh}{zh}",
        "{name}: due on {due}, inclusive{moved_en}{en}",
        moved_zh = moved.zh(),
        moved_en = moved.en(),
        zh = what.zh(),
        en = what.en()
    )
}

fn asked(milestone: &Milestone) -> Text {
    let at_least = milestone.at_least();
    match milestone.kind() {
        RequirementKind::Outcomes => text!("；至少{at_least}件", "; at least {at_least}"),
        RequirementKind::Meetings => Text::fixed("；开一次写一段", "; one section each"),
        RequirementKind::Plan => match milestone.basis() {
            Basis::Filed => Text::fixed("；以报送日期（filed）为准", "; the date filed counts"),
            Basis::Adopted => {
                Text::fixed("；以制定日期（adopted）为准", "; the date adopted counts")
            }
            Basis::Received => {
                Text::fixed("；以收到日期（received）为准", "; the date received counts")
            }
        },
    }
}

/// The words of a closed vocabulary, as an explanation.
pub(super) fn one_of<W: Word>() -> Text {
    let zh: Vec<&str> = W::ALL.iter().map(|word| word.zh()).collect();
    let en: Vec<String> = W::ALL
        .iter()
        .map(|word| format!("{} ({})", word.zh(), word.en()))
        .collect();
    Text::new(
        format!("可选：{}", zh.join("、")),
        format!("one of: {}", en.join(", ")),
    )
}

/// What a field is, and the words of the campaign that it may have; every word where none is listed.
pub(super) fn choice(zh: &str, en: &str, words: &[String]) -> Text {
    if words.is_empty() {
        return Text::new(zh, en);
    }
    let (list_zh, list_en) = (words.join("、"), words.join(", "));
    text!("{zh}，可选：{list_zh}", "{en}, one of: {list_en}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::BookText;
    use crate::campaign::BUILT_IN;
    use crate::vocabulary::Subject;

    #[test]
    fn a_field_says_which_words_it_may_have() {
        let words = ["讲政治", "走出去"].map(str::to_owned);
        for (said, zh, en) in [
            (
                one_of::<Subject>(),
                "可选：领导班子、班子成员",
                "one of: 领导班子 (leading team), 班子成员 (team member)",
            ),
            (
                choice("对应的目标", "the goal", &words),
                "对应的目标，可选：讲政治、走出去",
                "the goal, one of: 讲政治, 走出去",
            ),
            (
                choice("对应的目标", "the goal", &[]),
                "对应的目标",
                "the goal",
            ),
        ] {
            assert_eq!((said.zh(), said.en()), (zh, en));
        }
    }

    #[test]
    fn a_milestone_says_what_counts_and_how_many() {
        let (_, campaign) = BookText::read("campaign.toml".into(), BUILT_IN);
        let said = campaign
            .unwrap()
            .milestone
            .iter()
            .map(asked)
            .collect::<Vec<_>>();
        let said: Vec<_> = said.iter().map(|text| (text.zh(), text.en())).collect();
        assert_eq!(
            said,
            [
                ("；以报送日期（filed）为准", "; the date filed counts"),
                ("；开一次写一段", "; one section each"),
                ("；至少1件", "; at least 1"),
            ]
        );
    }
}
