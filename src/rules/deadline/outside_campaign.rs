//! A record outside the campaign's window.

use crate::calendar::Date;
use crate::campaign::RequirementKind;
use crate::finding::{At, Draft, FieldPath, Severity, Step};
use crate::lang::Text;
use crate::ledger::Window;
use crate::rules::{Check, PlanView, Rule};
use crate::{path, text};

/// A record outside the campaign's window.
pub const RULE: Rule = Rule {
    code: "D005",
    name: "outside-campaign",
    family: "deadline",
    level: Severity::Warning,
    summary: Text::fixed("日期不在活动期内", "a record outside the campaign's window"),
    why: Text::fixed(
        "活动期外的记录不能证明这次活动的事。年度组织生活会常在次年1至3月召开：活动启动前开的是上一年度的，不计；活动结束后开的也不计。方案日期早于启动，多半是年份写错，记为待核。方案、制度办法晚于活动结束的，按逾期算，不报此条。",
        "A record from outside the campaign proves nothing about it. Annual meetings are often held in January to March of the next year: one before the start belongs to the year before and does not count, nor does one after the end. A plan dated before the start mostly has a wrong year and is unclear (待核). A plan or document after the end is late, which another rule says.",
    ),
    answer: Text::fixed(
        "核对年份；确属活动前后的记录，请删去。",
        "Check the year; delete records that are really from before or after the campaign.",
    ),
    bad: include_str!("outside_campaign.bad.toml"),
    good: include_str!("outside_campaign.good.toml"),
    check: Check::plan(check),
};

fn check(view: &PlanView<'_>, drafts: &mut Vec<Draft>) {
    let first = drafts.len();
    for (milestone, cell) in view.campaign.milestone.iter().zip(view.cells) {
        let kind = milestone.kind();
        let window = Window::of(view.campaign, milestone, cell.due);
        let outside = |date: Date| window.excludes(date, kind) && date <= view.as_of.date;
        let mut report = |field: FieldPath, date: Date| {
            let draft = draft(field, date, window);
            // Two milestones may read one date.
            if !drafts[first..].iter().any(|known| known.at == draft.at) {
                drafts.push(draft);
            }
        };
        match kind {
            RequirementKind::Plan => {
                let filing = view.plan.plan.as_ref();
                let dated = filing.map(|filing| filing.by(milestone.basis()));
                if let Some((field, Some(date))) = dated
                    && outside(date)
                {
                    report(field.path(), date);
                }
            }
            RequirementKind::Meetings => {
                for (i, meeting) in view.plan.meeting.iter().enumerate() {
                    if let Some(date) = meeting.held.filter(|date| outside(*date)) {
                        report(path!["meeting", i, "held"], date);
                    }
                }
            }
            RequirementKind::Outcomes => {
                for (i, outcome) in view.plan.outcome.iter().enumerate() {
                    if let Some(date) = outcome.adopted.filter(|date| outside(*date)) {
                        report(path!["outcome", i, "adopted"], date);
                    }
                }
            }
        }
    }
}

fn draft(field: FieldPath, date: Date, Window { from, to }: Window) -> Draft {
    let (bound, label) = if date < from {
        ("start", Text::fixed("启动日期", "start"))
    } else {
        ("end", Text::fixed("结束日期", "end"))
    };
    // A plan before the start cannot be this campaign's: the ledger takes it for a wrong year.
    let plan = matches!(field.0.first(), Some(Step::Key(table)) if table == "plan");
    let but = match plan && date < from {
        true => Text::fixed(
            "，该节点记为待核，疑为年份有误",
            "; the milestone is unclear, perhaps the year is wrong",
        ),
        false => Text::default(),
    };
    let spoken = field.spoken();
    let message = text!(
        "{zh}的日期{date}不在活动期内（{from}至{to}）{but_zh}",
        "{en} is dated {date}, outside the campaign ({from} to {to}){but_en}",
        zh = spoken.zh(),
        en = spoken.en(),
        but_zh = but.zh(),
        but_en = but.en(),
    );
    Draft::new(RULE.id(), At::Plan(field), message)
        .label(Text::fixed("不在活动期内", "outside the campaign"))
        .fix(Text::fixed(
            "核对年份；不是本次活动的记录请删去",
            "check the year; delete what does not belong to this campaign",
        ))
        .cause(At::Campaign(path!["campaign", bound]), label)
}
