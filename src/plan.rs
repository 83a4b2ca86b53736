//! What a unit's plan file may hold: plain data with plain civil dates. Texts are borrowed from the file.
//! A field that could not be read is `None` or empty here and named in [`crate::read::Unreadable`]; a list
//! keeps every element at its index.

use serde::Serialize;

use crate::calendar::Date;
use crate::finding::FieldAt;
use crate::read::record;
use crate::vocabulary::{Basis, MeetingKind, ProblemAspect, Subject};

record! {
    /// 一个单位的报送文件: one unit's whole plan file.
    pub struct Plan<'a> {
        /// 单位: who sends the file.
        unit: PlanUnit<'a> = required,
        /// 实施方案: the implementation plan (interview, stage 1).
        plan: Option<Filing<'a>>,
        /// 查摆问题: the problems that were found (interview, stage 1).
        problem: Vec<Problem<'a>>,
        /// 措施: what is done about them and about the city's key measures.
        measure: Vec<Measure<'a>>,
        /// 活动: what was done by the means of stage 2.
        activity: Vec<Activity<'a>>,
        /// 生活会: the life meetings (interview, stage 2).
        meeting: Vec<Meeting<'a>>,
        /// 制度办法: the institutions made of good practice (interview, stage 3).
        outcome: Vec<Outcome<'a>>,
        /// 总结: the summing-up (interview, stage 3).
        summary: Option<Summary<'a>>,
    }
}

record! {
    /// 单位基本情况: the unit that sends the file.
    pub struct PlanUnit<'a> {
        /// 单位代码, as in the roster: the only thing that is matched.
        code: &'a str = required,
        /// 单位名称.
        name: &'a str = required,
        /// 书记, the first responsible person (interview).
        secretary: Option<&'a str>,
        /// 联络员: whom the office calls.
        contact: Option<Contact<'a>>,
    }
}

record! {
    /// 联络员.
    pub struct Contact<'a> {
        /// 姓名.
        name: Option<&'a str>,
        /// 联系电话, as text.
        phone: Option<&'a str>,
    }
}

record! {
    /// 实施方案: the plan's own dates and number.
    pub struct Filing<'a> {
        /// 方案标题.
        title: Option<&'a str>,
        /// 专题会议: the day of the meeting that opens stage 1.
        special_meeting: Option<Date>,
        /// 制定日期: the day on which the unit adopted the plan.
        adopted: Option<Date>,
        /// 报送日期: the day on which it was first filed; never overwritten.
        filed: Option<Date>,
        /// 收到日期: the day on which the office received it.
        received: Option<Date>,
        /// 修订日期: the days on which later versions were filed.
        revised: Vec<Date>,
        /// 发文字号 (GB/T 9704-2012).
        document_number: Option<&'a str>,
        /// 佐证材料.
        evidence: Vec<Evidence<'a>>,
    }
}

record! {
    /// 查摆问题: one problem, with what is done about it.
    pub struct Problem<'a> {
        /// 对象: 领导班子 or 班子成员.
        subject: Option<Subject> = required,
        /// 班子成员姓名, when it is a member's.
        member: Option<&'a str>,
        /// 方面: 能力 or 作风.
        aspect: Option<ProblemAspect>,
        /// 对应的“五不”表现, a word of the campaign's `faults`.
        fault: Option<&'a str>,
        /// 对应的能力, a word of the campaign's `abilities`.
        ability: Option<&'a str>,
        /// 问题.
        text: Option<&'a str> = required,
        /// 整改措施.
        remedy: Option<&'a str>,
        /// 责任人.
        owner: Option<&'a str>,
        /// 整改时限: a date or 长期坚持.
        due: Option<TimeLimit>,
        /// 销号日期: the day on which it was closed.
        closed: Option<Date>,
        /// 佐证材料.
        evidence: Vec<Evidence<'a>>,
    }
}

record! {
    /// 措施: one measure of the plan.
    pub struct Measure<'a> {
        /// 方面, a word of the campaign's `aspects`.
        aspect: Option<&'a str>,
        /// 对应的重点举措序号: number of the city's key measure that it answers.
        key: Option<u32>,
        /// 措施内容.
        text: Option<&'a str> = required,
        /// 牵头部门.
        lead: Option<&'a str>,
        /// 责任部门.
        responsible: Vec<&'a str>,
        /// 完成时限: a date or 长期坚持.
        due: Option<TimeLimit>,
        /// 完成日期.
        done: Option<Date>,
        /// 对应的目标, a word of the campaign's `goals`.
        goal: Option<&'a str>,
    }
}

record! {
    /// 活动: one thing done by the seven means of stage 2 (interview).
    pub struct Activity<'a> {
        /// 形式, a word of the campaign's `activities`.
        kind: Option<&'a str> = required,
        /// 日期.
        date: Option<Date>,
        /// 参加人数.
        participants: Option<u32>,
        /// 内容.
        text: Option<&'a str>,
        /// 佐证材料.
        evidence: Vec<Evidence<'a>>,
    }
}

record! {
    /// 生活会: one life meeting, planned or held.
    pub struct Meeting<'a> {
        /// 类型: 民主生活会 or 组织生活会.
        kind: Option<MeetingKind> = required,
        /// 计划召开日期; it never counts as held.
        planned: Option<Date>,
        /// 召开日期.
        held: Option<Date>,
        /// 党支部名称, for the 组织生活会 of one branch.
        branch: Option<&'a str>,
        /// 组织生活会的形式: 党员大会, 支委会 or 党小组会.
        form: Option<&'a str>,
        /// 年度, when it is an annual meeting.
        year: Option<i32>,
        /// 应到人数.
        expected: Option<u32>,
        /// 实到人数.
        present: Option<u32>,
        /// 是否对照检查能力作风.
        reviews_campaign: Option<bool>,
        /// 佐证材料.
        evidence: Vec<Evidence<'a>>,
    }
}

record! {
    /// 制度办法: one document that makes good practice last.
    pub struct Outcome<'a> {
        /// 文件标题.
        title: Option<&'a str> = required,
        /// 发文字号 (GB/T 9704-2012).
        document_number: Option<&'a str>,
        /// 成文日期: the date that counts. Without it the document is a draft.
        adopted: Option<Date>,
        /// 印发日期.
        printed: Option<Date>,
        /// 有效期至: the last day on which it is in force.
        valid_until: Option<Date>,
        /// 废止日期: the first day on which it is no longer in force.
        repealed: Option<Date>,
        /// 所固化的经验做法.
        based_on: Option<&'a str>,
        /// 佐证材料.
        evidence: Vec<Evidence<'a>>,
    }
}

record! {
    /// 总结.
    pub struct Summary<'a> {
        /// 日期.
        date: Option<Date>,
        /// 内容.
        text: Option<&'a str>,
        /// 佐证材料.
        evidence: Vec<Evidence<'a>>,
    }
}

/// The keys of a table of a plan file.
pub fn keys(table: &str) -> Option<&'static [&'static str]> {
    Some(match table {
        "unit" => PlanUnit::KEYS,
        "plan" => Filing::KEYS,
        "problem" => Problem::KEYS,
        "measure" => Measure::KEYS,
        "activity" => Activity::KEYS,
        "meeting" => Meeting::KEYS,
        "outcome" => Outcome::KEYS,
        "summary" => Summary::KEYS,
        _ => return None,
    })
}

/// Whether some table of a plan file has a key of this name. The tables of evidence, mostly in braces, are
/// left out: their `file` is too near to `filed`.
pub fn is_key(name: &str) -> bool {
    let tables = [
        Plan::KEYS,
        PlanUnit::KEYS,
        Contact::KEYS,
        Filing::KEYS,
        Problem::KEYS,
        Measure::KEYS,
        Activity::KEYS,
        Meeting::KEYS,
        Outcome::KEYS,
        Summary::KEYS,
    ];
    tables.iter().any(|keys| keys.contains(&name))
}

/// 佐证材料: a file that proves an entry, by its path from the campaign's folder.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Evidence<'a> {
    /// 文件路径, relative to the folder of `campaign.toml`, with `/`.
    pub file: &'a str,
    /// SHA-256 of the file, 64 hexadecimal digits.
    pub sha256: Option<&'a str>,
}

/// 时限: a day, or 长期坚持 (kept up for good), which is never overdue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeLimit {
    /// The last day.
    Date(Date),
    /// 长期坚持
    Standing,
}

impl TimeLimit {
    /// The usual way to write [`TimeLimit::Standing`].
    pub const STANDING: &'static str = "长期坚持";

    /// The day, if it has one.
    pub fn date(self) -> Option<Date> {
        match self {
            TimeLimit::Date(date) => Some(date),
            TimeLimit::Standing => None,
        }
    }
}

impl Serialize for TimeLimit {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            TimeLimit::Date(date) => date.serialize(serializer),
            TimeLimit::Standing => serializer.serialize_str(TimeLimit::STANDING),
        }
    }
}

impl Filing<'_> {
    /// The field and the date that a deadline reads.
    pub fn by(&self, basis: Basis) -> (FieldAt, Option<Date>) {
        match basis {
            Basis::Filed => (FieldAt::key("plan", "filed"), self.filed),
            Basis::Adopted => (FieldAt::key("plan", "adopted"), self.adopted),
            Basis::Received => (FieldAt::key("plan", "received"), self.received),
        }
    }
}
