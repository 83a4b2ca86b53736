//! What a unit's plan file may hold: plain data with plain civil dates. Texts are borrowed from the file.
//! A field that could not be read is `None` or empty here and named in [`crate::read::Unreadable`]; a list
//! keeps every element at its index.

mod at;

use serde::Serialize;

use crate::at;
use crate::calendar::Date;
use crate::number::Number;
use crate::read::record;
use crate::vocabulary::{Basis, MeetingKind, ProblemAspect, Subject};

pub use at::FieldAt;

record! {
    /// 一个单位的报送文件: one unit's whole plan file.
    pub struct Plan<'a> {
        /// 单位：报送本文件的单位。
        /// The unit that sends the file.
        unit: PlanUnit<'a> = required,
        /// 实施方案：方案的日期和文号。
        /// The implementation plan: its dates and its number (interview, stage 1).
        plan: Option<Filing<'a>>,
        /// 查摆问题：一个问题一段，领导班子和班子成员都要有。
        /// The problems that were found, one section each, of the leading team and of its members (interview,
        /// stage 1).
        problem: Vec<Problem<'a>>,
        /// 措施：针对问题和全市重点举措的做法，一条一段。
        /// What is done about the problems and about the city's key measures, one section each.
        measure: Vec<Measure<'a>>,
        /// 举措：第二阶段各种形式的活动，开展一次写一段。
        /// What was done by the means of stage 2, one section each time (interview).
        activity: Vec<Activity<'a>>,
        /// 生活会：民主生活会和组织生活会，开一次写一段。
        /// The life meetings, one section each (interview, stage 2).
        meeting: Vec<Meeting<'a>>,
        /// 制度办法：把好做法固化下来的文件，一件一段。
        /// The institutions made of good practice, one document each (interview, stage 3).
        outcome: Vec<Outcome<'a>>,
        /// 总结：日期和要点。
        /// The summing-up: its date and its main points (interview, stage 3).
        summary: Option<Summary<'a>>,
    }
}

record! {
    /// 单位基本情况: the unit that sends the file.
    pub struct PlanUnit<'a> {
        /// 单位代码，与花名册一致；认单位只看代码。
        /// Code of the unit as in the roster: the only thing that is matched.
        code: &'a str = required,
        /// 单位名称，与花名册一致。
        /// Name of the unit as in the roster.
        name: &'a str = required,
        /// 书记：第一责任人。
        /// The secretary, the first responsible person (interview).
        secretary: Option<&'a str>,
        /// 联络员：办公室有事找谁。
        /// The liaison: whom the office calls.
        contact: Option<Contact<'a>>,
    }
}

record! {
    /// 联络员.
    pub struct Contact<'a> {
        /// 联络员姓名。
        /// Name of the liaison.
        name: Option<&'a str>,
        /// 联系电话，写在引号里。
        /// Telephone number, as text in quotes.
        phone: Option<&'a str>,
    }
}

record! {
    /// 实施方案: the plan's own dates and number.
    pub struct Filing<'a> {
        /// 方案标题。
        /// Title of the plan.
        title: Option<&'a str>,
        /// 专题会议日期：第一阶段的专题会议哪天召开。
        /// Day of the special meeting that opens stage 1.
        special_meeting: Option<Date>,
        /// 制定日期：本单位哪天定下方案。
        /// Day on which the unit adopted the plan.
        adopted: Option<Date>,
        /// 报送日期：首次报送之日，以后修订也不改。
        /// Day on which the plan was first filed; never overwritten.
        filed: Option<Date>,
        /// 收到日期：办公室哪天收到。
        /// Day on which the office received it.
        received: Option<Date>,
        /// 修订日期：以后各版报送之日。
        /// Days on which later versions were filed.
        revised: Vec<Date>,
        /// 方案的发文字号，按GB/T 9704-2012。
        /// Document number of the plan (GB/T 9704-2012).
        document_number: Option<Number<'a>>,
        /// 佐证材料：文件路径，从campaign.toml所在文件夹算起。
        /// Evidence: paths of files from the folder of campaign.toml.
        evidence: Vec<Evidence<'a>>,
    }
}

record! {
    /// 查摆问题: one problem, with what is done about it.
    pub struct Problem<'a> {
        /// 对象：领导班子的问题，还是班子成员的问题。
        /// Whose problem it is: the leading team's or a member's.
        subject: Option<Subject> = required,
        /// 班子成员姓名，成员的问题才写。
        /// Name of the member when the problem is a member's.
        member: Option<&'a str>,
        /// 方面：能力问题，还是作风问题。
        /// Whether it is about ability or about work style.
        aspect: Option<ProblemAspect>,
        /// 对应的突出问题，用活动词表faults中的词。
        /// The fault that it shows, a word of the campaign's list `faults`.
        fault: Option<&'a str>,
        /// 对应的能力，用活动词表abilities中的词。
        /// The ability that it is about, a word of the campaign's list `abilities`.
        ability: Option<&'a str>,
        /// 问题本身：写具体的人和事。
        /// The problem itself, in a sentence or two.
        text: Option<&'a str> = required,
        /// 整改措施。
        /// What is done to put it right.
        remedy: Option<&'a str>,
        /// 责任人。
        /// Who answers for it.
        owner: Option<&'a str>,
        /// 整改时限；需要坚持的写"长期坚持"。
        /// Time limit, or "长期坚持" for what is kept up for good.
        due: Option<TimeLimit>,
        /// 销号日期：哪天整改完成。
        /// Day on which the problem was closed.
        closed: Option<Date>,
        /// 佐证材料：文件路径，从campaign.toml所在文件夹算起。
        /// Evidence: paths of files from the folder of campaign.toml.
        evidence: Vec<Evidence<'a>>,
    }
}

record! {
    /// 措施: one measure of the plan.
    pub struct Measure<'a> {
        /// 方面，用活动词表aspects中的词。
        /// The aspect that it belongs to, a word of the campaign's list `aspects`.
        aspect: Option<&'a str>,
        /// 对应的全市重点举措序号，没有的不写。
        /// Number of the city's key measure that it answers, if any.
        key: Option<u32>,
        /// 措施内容。
        /// The measure itself.
        text: Option<&'a str> = required,
        /// 牵头部门。
        /// Who leads it.
        lead: Option<&'a str>,
        /// 责任部门，可写几个。
        /// Who is responsible, one or several.
        responsible: Vec<&'a str>,
        /// 完成时限；需要坚持的写"长期坚持"。
        /// Time limit, or "长期坚持" for what is kept up for good.
        due: Option<TimeLimit>,
        /// 完成日期，完成后填写。
        /// Day on which it was done.
        done: Option<Date>,
        /// 对应的目标，用活动词表goals中的词。
        /// The goal that it serves, a word of the campaign's list `goals`.
        goal: Option<&'a str>,
    }
}

record! {
    /// 活动: one thing done by the seven means of stage 2 (interview).
    pub struct Activity<'a> {
        /// 形式，用活动词表activities中的词。
        /// The kind of activity, a word of the campaign's list `activities`.
        kind: Option<&'a str> = required,
        /// 开展日期。
        /// Day of the activity.
        date: Option<Date>,
        /// 参加人数。
        /// How many took part.
        participants: Option<u32>,
        /// 内容：做了什么。
        /// What was done.
        text: Option<&'a str>,
        /// 佐证材料：文件路径，从campaign.toml所在文件夹算起。
        /// Evidence: paths of files from the folder of campaign.toml.
        evidence: Vec<Evidence<'a>>,
    }
}

record! {
    /// 生活会: one life meeting, planned or held.
    pub struct Meeting<'a> {
        /// 类型：民主生活会，还是组织生活会。
        /// Which of the two life meetings it is.
        kind: Option<MeetingKind> = required,
        /// 计划召开日期；计划不算召开。
        /// Day for which it is planned; a plan never counts as held.
        planned: Option<Date>,
        /// 召开日期，开过以后填写。
        /// Day on which it was held.
        held: Option<Date>,
        /// 党支部名称：逐个支部召开组织生活会的，写明是哪个支部。
        /// Name of the branch whose organizational life meeting it is, where each branch has its own.
        branch: Option<&'a str>,
        /// 组织生活会的形式；民主生活会不写。
        /// Form of an organizational life meeting; a democratic life meeting has none.
        form: Option<&'a str>,
        /// 年度：年度生活会写明是哪一年的。
        /// The year that an annual meeting is about.
        year: Option<i32>,
        /// 应到人数。
        /// How many should attend.
        expected: Option<u32>,
        /// 实到人数，民主生活会不少于应到的三分之二。
        /// How many attended; a democratic life meeting needs two thirds.
        present: Option<u32>,
        /// 是否对照检查了能力作风。
        /// Whether ability and work style were examined.
        reviews_campaign: Option<bool>,
        /// 佐证材料：文件路径，从campaign.toml所在文件夹算起。
        /// Evidence: paths of files from the folder of campaign.toml.
        evidence: Vec<Evidence<'a>>,
    }
}

record! {
    /// 制度办法: one document that makes good practice last.
    pub struct Outcome<'a> {
        /// 文件标题；总结、讲话、通报等不是制度办法。
        /// Title of the document; a summary, a speech or a bulletin is no institution.
        title: Option<&'a str> = required,
        /// 发文字号，按GB/T 9704-2012。
        /// Document number (GB/T 9704-2012).
        document_number: Option<Number<'a>>,
        /// 成文日期：是否按期看这一天；没有的算草稿。
        /// The date of the document, the one that counts; without it the document is a draft.
        adopted: Option<Date>,
        /// 印发日期。
        /// Day on which it was printed and sent out.
        printed: Option<Date>,
        /// 有效期至：有效的最后一天；长期有效的不写。
        /// The last day on which it is in force; left out when there is none.
        valid_until: Option<Date>,
        /// 废止日期：失效的第一天。
        /// The first day on which it is no longer in force.
        repealed: Option<Date>,
        /// 所固化的经验做法。
        /// The good practice that it makes last.
        based_on: Option<&'a str>,
        /// 佐证材料：文件路径，从campaign.toml所在文件夹算起。
        /// Evidence: paths of files from the folder of campaign.toml.
        evidence: Vec<Evidence<'a>>,
    }
}

record! {
    /// 总结.
    pub struct Summary<'a> {
        /// 总结日期。
        /// Day of the summing-up.
        date: Option<Date>,
        /// 总结要点。
        /// Its main points.
        text: Option<&'a str>,
        /// 佐证材料：文件路径，从campaign.toml所在文件夹算起。
        /// Evidence: paths of files from the folder of campaign.toml.
        evidence: Vec<Evidence<'a>>,
    }
}

/// The fields that take a word of the campaign's, each with the list of `[vocabulary]` that has it.
pub const WORDS: &[(&str, &str)] = &[
    ("problem.fault", "faults"),
    ("problem.ability", "abilities"),
    ("measure.aspect", "aspects"),
    ("measure.goal", "goals"),
    ("activity.kind", "activities"),
];

/// The tables and lists of a plan file, each with its keys.
pub const TABLES: [(&str, &[&str]); 8] = [
    ("unit", PlanUnit::KEYS),
    ("plan", Filing::KEYS),
    ("problem", Problem::KEYS),
    ("measure", Measure::KEYS),
    ("activity", Activity::KEYS),
    ("meeting", Meeting::KEYS),
    ("outcome", Outcome::KEYS),
    ("summary", Summary::KEYS),
];

/// The keys of a table of a plan file.
pub fn keys(table: &str) -> Option<&'static [&'static str]> {
    let known = TABLES.iter().find(|(name, _)| *name == table);
    known.map(|(_, keys)| *keys)
}

/// Whether some table of a plan file has a key of this name. The tables of evidence, mostly in braces, are
/// left out: their `file` is too near to `filed`.
pub fn is_key(name: &str) -> bool {
    let tables = TABLES.iter().map(|(_, keys)| *keys);
    let mut tables = tables.chain([Plan::KEYS, Contact::KEYS]);
    tables.any(|keys| keys.contains(&name))
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

    /// Every way to write it.
    pub const WORDS: [&'static str; 3] = [TimeLimit::STANDING, "长期", "standing"];

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
            Basis::Filed => (at!["plan", "filed"], self.filed),
            Basis::Adopted => (at!["plan", "adopted"], self.adopted),
            Basis::Received => (at!["plan", "received"], self.received),
        }
    }
}
