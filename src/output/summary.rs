//! The last lines of a check: where each milestone stands, and what was read, found and set aside.

use std::fmt::Write;

use super::View;
use crate::calendar;
use crate::discover::STDIN;
use crate::fix;
use crate::lang::{Text, count};
use crate::ledger::{Ledger, Totals};
use crate::text;
use crate::vocabulary::Word;

/// The summary, a few lines.
pub fn summary(view: &View<'_>) -> String {
    let ledger = &view.verdict.ledger;
    let mut out = String::new();
    for (number, milestone) in view.campaign.milestone.iter().enumerate() {
        let line = standing(ledger, number, &milestone.name, milestone.due());
        _ = writeln!(out, "{}", crate::escape::plain(line.get(view.lang)));
    }
    _ = writeln!(out, "{}", counts(view).get(view.lang));
    if let Some(repairs) = repairs(view) {
        _ = writeln!(out, "{}", repairs.get(view.lang));
    }
    if let Some(scope) = scope(view) {
        _ = writeln!(out, "{}", scope.get(view.lang));
    }
    out
}

/// `实施方案（2022-03-31，还剩2天）：应完成6，按期完成2，待核1，临期3；完成率2/6（33.3%）`
fn standing(ledger: &Ledger, number: usize, name: &str, due: calendar::Date) -> Text {
    let totals = Totals::at(ledger, number);
    let (owed, done) = (totals.owed(), totals.done());
    let days = calendar::days_between(ledger.as_of.date, due);
    let (n, left) = (days.abs(), count(days.abs(), "day", "days"));
    let when = match days {
        0 => Text::fixed("今天到期", "due today"),
        1.. => text!("还剩{n}天", "{left} left"),
        _ => text!("已过{n}天", "{left} ago"),
    };
    let parts: Vec<Text> = totals
        .statuses()
        .map(|status| {
            let n = totals.count(status);
            Text::new(
                format!("{}{n}", status.zh()),
                format!("{} {n}", status.en()),
            )
        })
        .collect();
    let listed = Text::join(&parts, "，", ", ");
    let (zh_comma, en_comma) = if parts.is_empty() {
        ("", "")
    } else {
        ("，", "; ")
    };
    let rate = crate::ledger::rate(done, owed);
    text!(
        "{name}（{due}，{when_zh}）：应完成{owed}{zh_comma}{zh}；完成率{rate_zh}",
        "{name} ({due}, {when_en}): owed {owed}{en_comma}{en}; done {rate_en}",
        when_zh = when.zh(),
        when_en = when.en(),
        zh = listed.zh(),
        en = listed.en(),
        rate_zh = rate.zh(),
        rate_en = rate.en(),
    )
}

fn counts(view: &View<'_>) -> Text {
    let counts = &view.verdict.counts;
    let ledger = &view.verdict.ledger;
    let (units, files, skipped) = (counts.units, counts.files, counts.skipped.len());
    let (errors, warnings, notes) = (counts.errors, counts.warnings, counts.notes);
    let as_of = calendar::iso(ledger.as_of.date);
    let (aside, silenced) = (ledger.set_aside.total(), counts.silenced);
    let plural = |n: usize, one, many| count(n as i64, one, many);
    let mut parts = vec![
        text!(
            "截至{as_of}：单位{units}个",
            "as of {as_of}: {n}",
            n = plural(units, "unit", "units")
        ),
        text!(
            "读取文件{files}个，跳过{skipped}个",
            "{n} read, {skipped} skipped",
            n = plural(files, "file", "files")
        ),
        Text::new(
            format!("错误{errors}，警告{warnings}，提示{notes}"),
            [
                plural(errors, "error", "errors"),
                plural(warnings, "warning", "warnings"),
                plural(notes, "note", "notes"),
            ]
            .join(", "),
        ),
    ];
    if aside > 0 {
        let n = plural(aside, "record", "records");
        parts.push(text!(
            "{aside}条记录在截至日期之后，未计入",
            "{n} after that date set aside"
        ));
    }
    if silenced > 0 {
        let n = plural(silenced, "finding", "findings");
        parts.push(text!("免报{silenced}条", "{n} silenced by exemptions"));
    }
    Text::join(&parts, "；", "; ")
}

/// What need not be corrected by hand. Standard input is no file that could be repaired.
fn repairs(view: &View<'_>) -> Option<Text> {
    let findings = view.verdict.findings.iter();
    let n = findings
        .filter(|finding| fix::can_repair(finding) && &*finding.place.file != STDIN)
        .count();
    (n > 0).then(|| {
        text!(
            "其中{n}处可自动改正：duban fix",
            "{n} of them can be repaired automatically: duban fix"
        )
    })
}

/// What was not judged, so that nobody takes silence for consent.
fn scope(view: &View<'_>) -> Option<Text> {
    if view.campaign.unit.is_empty() {
        return Some(Text::fixed(
            "没有花名册（campaign.toml中的[[unit]]），未报的单位无从列出",
            "there is no roster ([[unit]] in campaign.toml), so units without a file cannot be listed",
        ));
    }
    (!view.verdict.ledger.whole_roster).then(|| {
        Text::fixed(
            "只检查了给出的文件，没有核对花名册中的其他单位",
            "only the files given were judged, not the rest of the roster",
        )
    })
}
