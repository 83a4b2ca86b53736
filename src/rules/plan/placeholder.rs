//! A placeholder where something should be written.

use std::cell::Cell;
use std::sync::LazyLock;

use aho_corasick::packed::Searcher;
use memchr::memmem::Finder;

use crate::finding::{At, Draft, Severity};
use crate::lang::Text;
use crate::plan::{FieldAt, Plan};
use crate::rules::{Check, PlanView, Rule};
use crate::{at, text};

/// A placeholder where something should be written.
pub const RULE: Rule = Rule {
    code: "P009",
    name: "placeholder",
    family: "plan",
    level: Severity::Warning,
    summary: Text::fixed("内容未填写完整", "a placeholder left in the text"),
    why: Text::fixed(
        "待定、××、某某、TODO是模板的痕迹，等于没有填写。",
        "待定, ××, 某某 and TODO are left over from a template and say nothing.",
    ),
    answer: Text::fixed(
        "填写实际内容；尚未确定的，整行不写。",
        "Write what is meant; leave out the line if it is not settled.",
    ),
    bad: include_str!("placeholder.bad.toml"),
    good: include_str!("placeholder.good.toml"),
    check: Check::plan(check),
};

/// What templates leave behind.
const PLACEHOLDERS: [&str; 7] = ["××", "XX", "ＸＸ", "某某", "TODO", "todo", "【】"];

/// What they leave behind, too, but only where the word ends there: 等待定期公示 is written on purpose.
const PENDING: [&str; 5] = ["待定", "待填", "待填写", "待补", "待补充"];

/// Keys whose blank is the business of a rule of its own.
const ASKED_FOR: [FieldAt; 4] = [
    at!["unit", "secretary"],
    at!["problem", "remedy"],
    at!["problem", "owner"],
    at!["measure", "lead"],
];

fn check(view: &PlanView<'_>, drafts: &mut Vec<Draft>) {
    if nothing_at_a_glance(view.plan) {
        return;
    }
    each_text(view.plan, |at, written| {
        let left = left_behind(written);
        if left.is_none() && !is_blank(at, written) {
            return;
        }
        let field = at.path();
        let message = match left {
            Some(mark) => text!("{field}中还有“{mark}”", "“{mark}” is left in {field}"),
            None => text!("{field}是空的", "{field} is blank"),
        };
        let draft = Draft::new(RULE.id(), At::Plan(field), message)
            .label(Text::fixed("未填写", "not filled in"))
            .fix(Text::fixed(
                "填写实际内容；尚未确定的，整行不写",
                "write what is meant, or leave out the line if it is not settled",
            ));
        drafts.push(draft);
    });
}

/// A first glance at all of them in one piece, since nearly every plan has none.
fn nothing_at_a_glance(plan: &Plan<'_>) -> bool {
    thread_local! {
        /// The piece; a thread keeps it.
        static ALL: Cell<String> = const { Cell::new(String::new()) };
    }
    let (mut all, mut blank) = (ALL.take(), false);
    all.clear();
    each_text(plan, |at, written| {
        all.push_str(written);
        blank |= is_blank(at, written);
    });
    let nothing = !blank && !may_be_left(&all);
    ALL.set(all);
    nothing
}

/// Whether a text should be there and is not.
fn is_blank(at: FieldAt, written: &str) -> bool {
    // No blank begins with a byte as high as those of Chinese characters (U+4000 and above).
    let has_letter = written.bytes().next().is_some_and(|byte| byte >= 0xE4);
    !has_letter
        && written.chars().all(char::is_whitespace)
        && !ASKED_FOR.iter().any(|key| key.has_key_of(at))
}

/// Whether there may be a placeholder: many bytes at once, for every one of them. The shortest is looked for by itself,
/// since with it only two bytes would tell the others from the punctuation of any Chinese text.
fn may_be_left(written: &str) -> bool {
    static SHORTEST: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("XX"));
    static OTHERS: LazyLock<Option<Searcher>> = LazyLock::new(|| {
        let marks = PLACEHOLDERS.iter().chain(&PENDING);
        Searcher::new(marks.filter(|mark| **mark != "XX"))
    });
    SHORTEST.find(written.as_bytes()).is_some()
        || OTHERS
            .as_ref()
            .is_none_or(|others| others.find(written).is_some())
}

/// The placeholder in a text, if there is one.
fn left_behind(written: &str) -> Option<&'static str> {
    let ends = |mark: &str| {
        let mut after = written.match_indices(mark).map(|(at, _)| {
            let rest = &written[at + mark.len()..];
            rest.chars().next()
        });
        after.any(|next| next.is_none_or(|c| !c.is_alphanumeric()))
    };
    let anywhere = PLACEHOLDERS.into_iter().find(|mark| written.contains(mark));
    anywhere.or_else(|| PENDING.into_iter().find(|mark| ends(mark)))
}

/// Shows every text that a person writes freely, with its field.
fn each_text<'p>(plan: &Plan<'p>, mut see: impl FnMut(FieldAt, &'p str)) {
    let mut look = |at, text: Option<&'p str>| {
        if let Some(text) = text {
            see(at, text);
        }
    };
    look(at!["unit", "secretary"], plan.unit.secretary);
    if let Some(filing) = &plan.plan {
        look(at!["plan", "title"], filing.title);
    }
    for (i, problem) in plan.problem.iter().enumerate() {
        look(at!["problem", i, "text"], problem.text);
        look(at!["problem", i, "remedy"], problem.remedy);
        look(at!["problem", i, "owner"], problem.owner);
        look(at!["problem", i, "member"], problem.member);
    }
    for (i, measure) in plan.measure.iter().enumerate() {
        look(at!["measure", i, "text"], measure.text);
        look(at!["measure", i, "lead"], measure.lead);
    }
    for (i, outcome) in plan.outcome.iter().enumerate() {
        look(at!["outcome", i, "title"], outcome.title);
        look(at!["outcome", i, "based_on"], outcome.based_on);
    }
    if let Some(summary) = &plan.summary {
        look(at!["summary", "text"], summary.text);
    }
}

#[cfg(test)]
mod tests {
    use super::left_behind;

    #[test]
    fn a_placeholder_is_told_from_words_that_contain_it() {
        for written in [
            "待定",
            "责任人待定，月底前明确",
            "材料待补充。",
            "××镇",
            "赵某某",
            "TODO",
        ] {
            assert!(left_behind(written).is_some(), "{written}");
        }
        for written in ["向等待定期公示的群众说明", "拖欠待补贴资金", "逐户走访", ""]
        {
            assert_eq!(left_behind(written), None, "{written}");
        }
    }
}
