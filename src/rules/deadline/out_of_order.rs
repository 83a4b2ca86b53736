//! Dates in an impossible order.

use crate::calendar::Date;
use crate::finding::FieldPath;
use crate::finding::{At, Draft, Severity};
use crate::lang::Text;
use crate::rules::{Check, PlanView, Rule};
use crate::{path, text};

/// Dates in an impossible order.
pub const RULE: Rule = Rule {
    code: "D006",
    name: "out-of-order",
    family: "deadline",
    level: Severity::Warning,
    summary: Text::fixed("日期先后颠倒", "dates in an impossible order"),
    why: Text::fixed(
        "访谈所说的步骤是先开专题会议，再制定方案，之后才开生活会；报送自然在制定之后。先后颠倒多半是日期写错。只作提醒，不影响完成状态。",
        "In the interview the special meeting comes first, then the plan, then the life meetings; and a plan is filed after it is adopted. Another order is mostly a slip. It changes no status.",
    ),
    answer: Text::fixed(
        "核对两处日期，改正其中写错的一处。",
        "Check both dates and correct the one that is wrong.",
    ),
    bad: include_str!("out_of_order.bad.toml"),
    good: include_str!("out_of_order.good.toml"),
    check: Check::plan(check),
};

fn check(view: &PlanView<'_>, drafts: &mut Vec<Draft>) {
    let Some(filing) = &view.plan.plan else {
        return;
    };
    let dates = [
        ("special_meeting", filing.special_meeting),
        ("adopted", filing.adopted),
        ("filed", filing.filed),
        ("received", filing.received),
    ];
    let mut before: Option<(&'static str, Date)> = None;
    for (field, date) in dates
        .into_iter()
        .filter_map(|(field, date)| Some((field, date?)))
    {
        if let Some((first, earlier)) = before.filter(|(_, earlier)| *earlier > date) {
            drafts.push(draft(
                (path!["plan", first], earlier),
                (path!["plan", field], date),
            ));
        }
        before = Some((field, date));
    }
    let made = filing
        .adopted
        .map(|date| ("adopted", date))
        .or(filing.filed.map(|date| ("filed", date)));
    let Some((field, made)) = made else { return };
    for (index, meeting) in view.plan.meeting.iter().enumerate() {
        // A meeting before the campaign is another rule's business.
        let Some(held) = meeting
            .held
            .filter(|held| *held >= view.campaign.start() && *held < made)
        else {
            continue;
        };
        drafts.push(draft(
            (path!["plan", field], made),
            (path!["meeting", index, "held"], held),
        ));
    }
}

fn draft((first, earlier): (FieldPath, Date), (second, later): (FieldPath, Date)) -> Draft {
    let (before, after) = (first.spoken(), second.spoken());
    let message = text!(
        "{second_zh}（{later}）早于{first_zh}（{earlier}）",
        "{second_en} ({later}) comes before {first_en} ({earlier})",
        second_zh = after.zh(),
        second_en = after.en(),
        first_zh = before.zh(),
        first_en = before.en(),
    );
    Draft::new(RULE.id(), At::Plan(second), message)
        .label(Text::fixed("应在后", "should come later"))
        .fix(Text::fixed(
            "核对两处日期，改正写错的一处",
            "check both dates and correct the wrong one",
        ))
        .cause(At::Plan(first), Text::fixed("应在先", "should come first"))
}
