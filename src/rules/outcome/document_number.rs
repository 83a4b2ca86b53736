//! A document number that is not in the standard form.

use crate::finding::{At, Draft, Severity};
use crate::lang::Text;
use crate::number::{self, Fault, Number};
use crate::plan::FieldAt;
use crate::rules::{Check, PlanView, Rule};
use crate::{at, text};

/// A document number that is not in the standard form.
pub const RULE: Rule = Rule {
    code: "O003",
    name: "document-number",
    family: "outcome",
    level: Severity::Warning,
    summary: Text::fixed(
        "发文字号不规范",
        "a document number that is not in the standard form",
    ),
    why: Text::fixed(
        "GB/T 9704-2012：发文字号由机关代字、年份、顺序号组成；年份用六角括号〔〕括入，写全四位；顺序号不加“第”，不编虚位（1不编为01），后加“号”。",
        "GB/T 9704-2012: body, year, number; the year in six-angle brackets 〔〕 with four digits; no 第, no leading zero, 号 at the end.",
    ),
    answer: Text::fixed(
        "按提示改写，例如甲党发〔2022〕5号。",
        "Write it as suggested, such as 甲党发〔2022〕5号.",
    ),
    bad: include_str!("document_number.bad.toml"),
    good: include_str!("document_number.good.toml"),
    check: Check::plan(check),
};

fn check(view: &PlanView<'_>, drafts: &mut Vec<Draft>) {
    let filing = view
        .plan
        .plan
        .as_ref()
        .and_then(|filing| filing.document_number);
    drafts.extend(filing.and_then(|written| draft(at!["plan", "document_number"], written)));
    for (index, outcome) in view.plan.outcome.iter().enumerate() {
        let written = outcome.document_number;
        drafts.extend(
            written.and_then(|written| draft(at!["outcome", index, "document_number"], written)),
        );
    }
}

fn draft(at: FieldAt, number: Number<'_>) -> Option<Draft> {
    let (written, faults) = (number.written(), number.faults());
    if faults.is_empty() {
        return None;
    }
    let why = Text::list(&faults.iter().map(Fault::text).collect::<Vec<_>>());
    let message = text!(
        "发文字号“{written}”不规范：{zh}",
        "the document number “{written}” is not in the standard form: {en}",
        zh = why.zh(),
        en = why.en()
    );
    let right = number::right(written);
    let fix = match &right {
        Some(right) => text!("写成{right}", "write {right}"),
        None => Text::fixed(
            "写成代字〔年份〕序号号，例如甲党发〔2022〕5号",
            "write body, year and number, such as 甲党发〔2022〕5号",
        ),
    };
    let draft = Draft::new(RULE.id(), At::Plan(at.path()), message)
        .label(Text::fixed("发文字号", "document number"))
        .fix(fix);
    Some(match right {
        Some(right) => draft.rewrite(right),
        None => draft,
    })
}
