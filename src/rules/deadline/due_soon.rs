//! A milestone that is not done and is due soon.

use super::due_place;
use crate::campaign::Campaign;
use crate::finding::{At, Draft, Severity};
use crate::lang::Text;
use crate::ledger::{Cell, Status};
use crate::rules::{Check, Drafts, PlanView, Rule, SetView};
use crate::{path, text};

/// A milestone that is not done and is due soon.
pub const RULE: Rule = Rule {
    code: "D003",
    name: "due-soon",
    family: "deadline",
    level: Severity::Warning,
    summary: Text::fixed("临期未完成", "not done, and due soon"),
    why: Text::fixed(
        "离时限不超过campaign.toml规定的天数（默认7天），而尚未完成；还剩0天仍不算逾期。没有文件的单位，在花名册中标出。",
        "Not done, with no more days left than the campaign says (7 by default); 0 days left is not overdue. A unit without a file is named at its roster entry.",
    ),
    answer: Text::fixed(
        "抓紧办理，或在时限当日及以前申请延期。",
        "Do it in time, or apply for an extension on or before the due date.",
    ),
    bad: include_str!("due_soon.bad.toml"),
    good: include_str!("due_soon.good.toml"),
    check: Check {
        plan: Some(with_file),
        set: Some(without_file),
    },
};

fn with_file(view: &PlanView<'_>, drafts: &mut Vec<Draft>) {
    for (index, cell) in soon(view.cells) {
        drafts.push(draft(
            view.campaign,
            view.name(),
            (index, cell),
            At::Plan(cell.at.path()),
        ));
    }
}

fn without_file(view: &SetView<'_>, drafts: &mut Drafts<'_>) {
    for row in view.ledger.rows.iter().filter(|row| !row.has_file) {
        let Some(unit) = view.roster_index(row) else {
            continue;
        };
        for (index, cell) in soon(&row.cells) {
            let at = At::Campaign(path!["unit", unit, "code"]);
            drafts.push(draft(view.campaign, &row.name, (index, cell), at).unit(&row.code));
        }
    }
}

fn soon(cells: &[Cell]) -> impl Iterator<Item = (usize, &Cell)> {
    cells
        .iter()
        .enumerate()
        .filter(|(_, cell)| cell.status == Status::DueSoon)
}

fn draft(campaign: &Campaign, unit: &str, (index, cell): (usize, &Cell), at: At) -> Draft {
    let (what, left, why) = (
        &campaign.milestone[index].name,
        cell.standing(),
        cell.explanation(),
    );
    let message = text!(
        "{unit}的{what}{left_zh}：{why_zh}",
        "{unit}: {what} has {left_en}: {why_en}",
        left_zh = left.zh(),
        why_zh = why.zh(),
        left_en = left.en(),
        why_en = why.en(),
    );
    Draft::new(RULE.id(), at, message)
        .fix(Text::fixed(
            "抓紧办理，或在时限当日及以前申请延期",
            "do it in time, or apply for an extension on or before the due date",
        ))
        .cause(
            due_place(cell, index),
            Text::fixed("时限（含当日）", "due, inclusive"),
        )
}
