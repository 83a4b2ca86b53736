//! A unit of the roster without a plan file, once something it owes is overdue.

use crate::finding::{At, Draft, Severity};
use crate::lang::Text;
use crate::ledger::Status;
use crate::rules::{Check, Drafts, Rule, SetView};
use crate::{path, text};

/// A unit of the roster without a plan file, once something it owes is overdue.
pub const RULE: Rule = Rule {
    code: "R001",
    name: "plan-missing",
    family: "roster",
    level: Severity::Error,
    summary: Text::fixed(
        "花名册中的单位未报",
        "a unit of the roster has sent no plan file",
    ),
    why: Text::fixed(
        "访谈要求各乡镇（街道）、各部门单位都制定方案，没有文件的单位按名单列出。有节点逾期后才报，每个单位只报一次，列明逾期的节点。",
        "The interview asks every township, subdistrict, department and unit for a plan; those without a file are listed by name, once each, with what is overdue, and only when something is.",
    ),
    answer: Text::fixed(
        "催报；已经报送的，把文件放进文件夹；已获准延期或免报的，在campaign.toml登记[[extension]]或[[exemption]]。",
        "Remind the unit; if it has sent its file, put the file into the folder; if it was granted more time or excused, record an [[extension]] or [[exemption]] in campaign.toml.",
    ),
    bad: include_str!("plan_missing.bad.toml"),
    good: include_str!("plan_missing.good.toml"),
    check: Check::set(check),
};

fn check(view: &SetView<'_>, drafts: &mut Drafts<'_>) {
    for row in view.ledger.rows.iter().filter(|row| !row.has_file) {
        let overdue = row
            .cells
            .iter()
            .zip(&view.campaign.milestone)
            .filter(|(cell, _)| cell.status == Status::Overdue);
        let late: Vec<Text> = overdue
            .map(|(cell, milestone)| {
                let (name, standing) = (&milestone.name, cell.standing());
                text!(
                    "{name}{zh}",
                    "{name} ({en})",
                    zh = standing.zh(),
                    en = standing.en()
                )
            })
            .collect();
        let Some(index) = view.roster_index(row).filter(|_| !late.is_empty()) else {
            continue;
        };
        let (name, list) = (&row.name, Text::list(&late));
        let message = text!(
            "{name}未报：{zh}",
            "{name} has sent no plan file: {en}",
            zh = list.zh(),
            en = list.en()
        );
        let code = &row.code;
        let draft = Draft::new(
            RULE.id(),
            At::Campaign(path!["unit", index, "code"]),
            message,
        )
        .label(Text::fixed("未报", "no plan file"))
        .fix(text!(
            "催报，或把该单位的文件（{code}.toml）放进文件夹",
            "remind the unit, or put its file ({code}.toml) into the folder"
        ))
        .unit(code);
        drafts.push(draft);
    }
}
