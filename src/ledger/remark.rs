//! Why a cell is as it is, in words: what is there, what is lacking, and the reasons. The same words stand
//! in findings and in every report.

use smol_str::SmolStr;

use super::{Cell, Status};
use crate::calendar::Date;
use crate::campaign::Extension;
use crate::lang::{Text, count};
use crate::plan::FieldAt;
use crate::text;
use crate::vocabulary::{Basis, MeetingKind, PartyBody, Word};

/// A part of what a milestone asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// 实施方案, by the date that counts.
    Plan(Basis),
    /// One kind of life meeting.
    Meeting(MeetingKind),
    /// The 组织生活会 of one branch.
    Branch(SmolStr),
    /// So many documents.
    Documents(usize),
}

impl Part {
    /// The part by its name.
    pub fn text(&self) -> Text {
        match self {
            Part::Plan(_) => Text::fixed("实施方案", "implementation plan"),
            Part::Meeting(kind) => kind.text(),
            Part::Branch(name) => {
                text!("{name}组织生活会", "organizational life meeting of {name}")
            }
            Part::Documents(n) => {
                let documents = count(
                    *n as i64,
                    "institutional document",
                    "institutional documents",
                );
                text!("制度办法{n}件", "{documents}")
            }
        }
    }
}

/// One reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// 延期 in force.
    Extended {
        /// The new due date.
        until: Date,
        /// Who approved it.
        approved_by: String,
    },
    /// 免报 in force, with its reason.
    Excused(String),
    /// Created after the due date.
    NotYet(Date),
    /// Merged before the due date; the successor owes it.
    Passed(Date, SmolStr),
    /// Dissolved before the due date, without a successor.
    Dissolved(Date),
    /// The party body does not owe it.
    NotOwed(Option<PartyBody>),
    /// 已制定未报送: another date is there, the one that counts is not.
    NotOnBasis {
        /// The date that is there.
        there: Basis,
        /// That date.
        date: Date,
        /// The date that counts.
        counts: Basis,
    },
    /// A plan dated before the campaign, usually a wrong year.
    BeforeStart(Date),
    /// A record dated after the as-of date is set aside.
    Later(Part, Date),
    /// A record outside the window does not count.
    OutsideWindow(Part, Date),
    /// An annual meeting of another year.
    OtherYear(Part, i32),
    /// A 民主生活会 with fewer than two thirds.
    TooFew {
        /// 实到
        present: u32,
        /// 应到
        expected: u32,
    },
    /// Planned, not held.
    PlannedOnly(Part, Date),
    /// A 组织生活会 that names none of the unit's branches.
    NoBranch,
    /// A title that is not an institution's.
    NotAnInstitution(String),
    /// No 成文日期: a draft.
    Draft(String),
    /// No longer in force on the day that counts.
    NotInForce(String, Date),
    /// A number used twice counts once.
    NumberTwice(String),
    /// A field that cannot be read.
    Unreadable(FieldAt),
    /// The file's structure cannot be read with certainty.
    Broken,
    /// The records can be read in two ways.
    Ambiguous,
    /// The unit's file, by its name, gives no text.
    NoText,
    /// The unit's file is not certain to be its own: its code cannot be read.
    CodeUnreadable,
    /// The joint branch's host has done it.
    MetBy(SmolStr),
    /// The joint branch's host's records cannot be read.
    HostUnclear(SmolStr),
    /// The joint branch's host has no file.
    HostMissing(SmolStr),
}

impl Remark {
    /// The remark that goes with an extension in force.
    pub fn extended(extension: &Extension) -> Remark {
        Remark::Extended {
            until: extension.until.unwrap_or(Date::MAX),
            approved_by: extension.approved_by.clone().unwrap_or_default(),
        }
    }

    /// The reason in words, without a full stop.
    pub fn text(&self) -> Text {
        match self {
            Remark::Extended { until, approved_by } => {
                text!(
                    "经{approved_by}批准延期至{until}",
                    "extended to {until} by {approved_by}"
                )
            }
            Remark::Excused(reason) => text!("免报：{reason}", "excused: {reason}"),
            Remark::NotYet(since) => text!(
                "{since}设立，时限在先",
                "created on {since}, after the due date"
            ),
            Remark::Passed(until, successor) => {
                text!(
                    "{until}撤并，由{successor}承接",
                    "merged on {until}; {successor} owes it"
                )
            }
            Remark::Dissolved(until) => text!(
                "{until}撤销，无承接单位",
                "dissolved on {until}, without a successor"
            ),
            Remark::NotOwed(Some(body)) => {
                let (zh, en) = (body.zh(), body.en());
                if *body == PartyBody::None {
                    return Text::fixed(
                        "本单位无党组织，不需召开",
                        "has no party organisation, so owes none",
                    );
                }
                text!(
                    "党组织为{zh}，不需召开",
                    "its party body ({en}) does not owe it"
                )
            }
            Remark::NotOwed(None) => Text::fixed("按花名册不需召开", "not owed by the roster"),
            Remark::NotOnBasis {
                there,
                date,
                counts,
            } => {
                text!(
                    "已于{date}{there_zh}，未{counts_zh}",
                    "{there_en} on {date}, not {counts_en}",
                    there_zh = there.zh(),
                    counts_zh = counts.zh(),
                    there_en = there.en(),
                    counts_en = counts.en(),
                )
            }
            Remark::BeforeStart(date) => {
                text!(
                    "日期{date}早于活动启动，疑为年份有误",
                    "dated {date}, before the campaign; perhaps the wrong year"
                )
            }
            Remark::Later(part, date) => {
                let part = part.text();
                text!(
                    "{date}的{zh}在截至日期之后，未计入",
                    "the {en} of {date} comes after the as-of date and is set aside",
                    zh = part.zh(),
                    en = part.en(),
                )
            }
            Remark::OutsideWindow(part, date) => {
                let part = part.text();
                text!(
                    "{date}的{zh}不在活动期内，不计",
                    "the {en} of {date} lies outside the campaign and does not count",
                    zh = part.zh(),
                    en = part.en(),
                )
            }
            Remark::OtherYear(part, year) => {
                let part = part.text();
                text!(
                    "{year}年度{zh}，不计",
                    "the {en} of the year {year} does not count",
                    zh = part.zh(),
                    en = part.en()
                )
            }
            Remark::TooFew { present, expected } => text!(
                "民主生活会实到{present}人、应到{expected}人，不足三分之二，无效",
                "only {present} of {expected} attended the democratic life meeting, fewer than two thirds; it is not valid"
            ),
            Remark::PlannedOnly(part, date) => {
                let part = part.text();
                text!(
                    "{zh}计划{date}召开，尚未召开",
                    "the {en} is planned for {date}, not held",
                    zh = part.zh(),
                    en = part.en()
                )
            }
            Remark::NoBranch => Text::fixed(
                "组织生活会未写明是哪个支部",
                "an organizational life meeting does not name its branch",
            ),
            Remark::NotAnInstitution(title) => text!(
                "“{title}”不是制度办法，不计",
                "“{title}” is not an institutional document"
            ),
            Remark::Draft(title) => text!(
                "“{title}”无成文日期，不计",
                "“{title}” has no date of adoption and does not count"
            ),
            Remark::NotInForce(title, date) => {
                text!(
                    "“{title}”于{date}已不在有效期，不计",
                    "“{title}” was no longer in force on {date} and does not count"
                )
            }
            Remark::NumberTwice(number) => text!(
                "{number}使用两次，按一件计",
                "{number} is used twice and counts once"
            ),
            Remark::Unreadable(at) => {
                let spoken = at.path().spoken();
                text!(
                    "{zh}不能识别",
                    "{en} cannot be read",
                    zh = spoken.zh(),
                    en = spoken.en()
                )
            }
            Remark::Broken => Text::fixed(
                "文件结构有误，记录可能未读全",
                "the file is broken, so records may be missing",
            ),
            Remark::Ambiguous => Text::fixed(
                "记录重复且不一致，须核对",
                "the records can be read in two ways",
            ),
            Remark::NoText => Text::fixed(
                "文件打不开或不是文字",
                "the file cannot be opened or is not text",
            ),
            Remark::CodeUnreadable => Text::fixed(
                "文件中的单位代码不能识别",
                "the unit's code in the file cannot be read",
            ),
            Remark::MetBy(host) => {
                text!("在{host}联合支部召开", "held in the joint branch of {host}")
            }
            Remark::HostUnclear(host) => {
                text!(
                    "联合支部承办单位{host}的记录不能识别",
                    "the records of {host}, the host of the joint branch, cannot be read"
                )
            }
            Remark::HostMissing(host) => text!(
                "联合支部承办单位{host}未报",
                "{host}, the host of the joint branch, has sent no file"
            ),
        }
    }
}

/// What is there, what is lacking, and why.
pub(super) fn explanation(cell: &Cell) -> Text {
    let parts = |parts: &[Part]| Text::list(&parts.iter().map(Part::text).collect::<Vec<_>>());
    let (there, lacking) = (parts(cell.there()), parts(cell.lacking()));
    let meeting = |parts: &[Part]| {
        parts
            .iter()
            .any(|part| matches!(part, Part::Meeting(_) | Part::Branch(_)))
    };
    let had = if meeting(cell.there()) {
        "已开"
    } else {
        "已有"
    };
    let mut sentences = Vec::new();
    match (there.is_empty(), lacking.is_empty()) {
        (false, false) => sentences.push(Text::new(
            format!("{had}{}，缺{}", there.zh(), lacking.zh()),
            format!("has {}; lacks {}", there.en(), lacking.en()),
        )),
        (true, false) => sentences.push(Text::new(
            format!("缺{}", lacking.zh()),
            format!("lacks {}", lacking.en()),
        )),
        _ => {}
    }
    // What is there in part says more than that the whole is lacking.
    let in_part = cell
        .remarks()
        .iter()
        .any(|remark| matches!(remark, Remark::NotOnBasis { .. }));
    if in_part || cell.status == Status::Unclear {
        sentences.retain(|_| !cell.there().is_empty());
    }
    sentences.extend(cell.remarks().iter().map(Remark::text));
    Text::join(&sentences, "；", "; ")
}

/// A status with its days.
pub(super) fn standing(status: Status, days: i64) -> Text {
    let n = count(days, "day", "days");
    match status {
        Status::Late => text!("逾期{days}天完成", "{n} late"),
        Status::Overdue => text!("逾期{days}天", "{n} overdue"),
        Status::DueSoon | Status::Upcoming => text!("还剩{days}天", "{n} left"),
        other => other.text(),
    }
}

/// A rate as a fraction with its percentage, half rounded up: `4/6（66.7%）`. A zero denominator gives `—`.
pub fn rate(part: usize, whole: usize) -> Text {
    if whole == 0 {
        return Text::fixed("—", "—");
    }
    let permille = (part * 2000 + whole) / (whole * 2);
    let (percent, tenth) = (permille / 10, permille % 10);
    text!(
        "{part}/{whole}（{percent}.{tenth}%）",
        "{part}/{whole} ({percent}.{tenth} %)"
    )
}
