//! The campaign as data: deadlines, roster, vocabularies, levels, extensions and exemptions, as written in
//! `campaign.toml`. The 2022 campaign is built in, in the same format. What is wrong in it is in `proof`.

mod levels;
mod local;
mod proof;

use chrono::FixedOffset;
use foldhash::{HashMap, HashMapExt};

use crate::calendar::{self, Date};
use crate::read::record;
use crate::vocabulary::{Basis, Category, MeetingKind, PartyBody, vocabulary};

pub use levels::{Level, Levels};
pub use local::{Conditions, Literal, LocalRule, Require, Scope, Words};
pub use proof::prove;

/// The campaign that the program knows without a file: one city's, of 2022, as an interview describes it.
pub const BUILT_IN: &str = include_str!("campaign/beipiao-2022.toml");

/// The name under which the built-in campaign is shown.
pub const BUILT_IN_NAME: &str = "(built-in)/beipiao-2022.toml";

/// The name of a campaign file in a folder of plans.
pub const FILE_NAME: &str = "campaign.toml";

record! {
    /// 活动: a campaign's rule book.
    pub struct Campaign {
        /// 活动基本情况.
        campaign: About = required,
        /// 时间节点: what must be done by when.
        milestone: Vec<Milestone> = required,
        /// 词表: closed lists for fields of the plan files.
        vocabulary: Vocabulary,
        /// 重点举措: the city plan's key measures.
        key_measure: Vec<KeyMeasure>,
        /// 节假日: public holidays, only for saying that a due date is one.
        rest_days: Vec<RestDays>,
        /// 调休上班日: days of a weekend that are worked.
        extra_workdays: Vec<ExtraWorkdays>,
        /// 花名册: the units, in the official order.
        unit: Vec<Unit>,
        /// 延期: due dates that the office has moved.
        extension: Vec<Extension>,
        /// 免报: what the office has excused.
        exemption: Vec<Exemption>,
        /// 级别: rule or family and its level, in the order of the file.
        levels: Levels,
        /// 自定规则: rules of the campaign's own.
        rule: Vec<LocalRule>,
    }
}

record! {
    /// 活动基本情况.
    pub struct About {
        /// 活动名称.
        name: String = required,
        /// 印发通报、通知的机关: who signs what is printed.
        issuer: Option<String>,
        /// 启动日期: the first day of the window.
        start: Option<Date> = required,
        /// 结束日期: the last day of the window.
        end: Option<Date> = required,
        /// 时区, +08:00 when it is not said.
        utc_offset: Option<String>,
        /// 临期天数: so many days before a due date it is near; 7 when it is not said.
        due_soon_days: Option<u32>,
        /// 雷同的相似度: texts this much alike, of 0.5 to 1, are taken for copied; 0.85 when it is not said.
        copied_threshold: Option<f64>,
    }
}

record! {
    /// 时间节点: one requirement with its due date.
    pub struct Milestone {
        /// Short name for the command line: `plan`.
        id: String = required,
        /// 名称.
        name: String = required,
        /// 完成时限: the last day on which it is on time (3月底前 includes 31 March).
        due: Option<Date> = required,
        /// 完成标准: what must be on record.
        requires: Option<Requirement> = required,
    }
}

record! {
    /// 完成标准: what a milestone asks for.
    pub struct Requirement {
        /// What kind of record.
        kind: Option<RequirementKind> = required,
        /// For a plan: which of its dates counts; 报送 when it is not said.
        basis: Option<Basis>,
        /// For meetings: which kinds; both when it is not said.
        of: Vec<Option<MeetingKind>>,
        /// For documents: how many; 1 when it is not said.
        at_least: Option<u32>,
        /// The first day that counts; the campaign's start when it is not said.
        from: Option<Date>,
    }
}

vocabulary! {
    /// What a milestone asks for.
    pub enum RequirementKind {
        /// 实施方案
        Plan = "实施方案" | "plan" | "implementation plan",
        /// 生活会
        Meetings = "生活会" | "meetings" | "life meetings",
        /// 制度办法
        Outcomes = "制度办法" | "outcomes" | "institutional documents",
    }
}

record! {
    /// 词表: closed lists. An empty list allows every word.
    pub struct Vocabulary {
        /// 突出问题, as the five faults.
        faults: Vec<String>,
        /// 能力, as the seven abilities.
        abilities: Vec<String>,
        /// 方面, as the eight aspects.
        aspects: Vec<String>,
        /// 举措形式, as the seven means of stage 2.
        activities: Vec<String>,
        /// 目标, as the five goals.
        goals: Vec<String>,
    }
}

record! {
    /// 重点举措: one key measure of the city's plan.
    pub struct KeyMeasure {
        /// 序号.
        number: Option<u32> = required,
        /// 方面, a word of `aspects`.
        aspect: Option<String>,
        /// 内容.
        text: String = required,
        /// 牵头单位, by code.
        lead: Option<String>,
        /// 责任单位, by code.
        responsible: Vec<String>,
    }
}

record! {
    /// 一段节假日.
    pub struct RestDays {
        /// 节日.
        name: String = required,
        /// The first day.
        from: Option<Date> = required,
        /// The last day.
        to: Option<Date> = required,
        /// The notice that says so.
        source: Option<String>,
    }
}

record! {
    /// 调休上班日.
    pub struct ExtraWorkdays {
        /// The days.
        days: Vec<Option<Date>> = required,
        /// The notice that says so.
        source: Option<String>,
    }
}

record! {
    /// 单位: one line of the roster. Its place in the list is its place in every report.
    pub struct Unit {
        /// 单位代码: the only thing that plan files are matched by.
        code: String = required,
        /// 单位名称.
        name: String = required,
        /// 简称.
        short: Option<String>,
        /// 类别; 其他 when it is not said.
        category: Option<Category>,
        /// 党组织; when it is not said both meetings are owed.
        body: Option<PartyBody>,
        /// 设立日期: an earlier deadline is not owed.
        since: Option<Date>,
        /// 撤并日期: a later deadline passes to the successor.
        until: Option<Date>,
        /// 承接单位, by code.
        successor: Option<String>,
        /// 曾用名.
        former_names: Vec<String>,
        /// 党支部: each must hold its own 组织生活会.
        branches: Vec<String>,
        /// 应开的生活会: replaces the default that follows from `body`.
        owes: Option<Vec<Option<MeetingKind>>>,
        /// 联合党支部: the unit in whose branch the 组织生活会 is held.
        met_by: Option<MetBy>,
    }
}

record! {
    /// 联合党支部: another unit's meeting serves this one.
    pub struct MetBy {
        /// 承办单位, by code.
        unit: String = required,
        /// 党支部, when it has several.
        branch: Option<String>,
    }
}

record! {
    /// 延期: a due date moved for one unit and one milestone.
    pub struct Extension {
        /// 单位, by code.
        unit: String = required,
        /// 时间节点, by id.
        milestone: String = required,
        /// 延期至: the new last day.
        until: Option<Date> = required,
        /// 申请日期: on or before the original due date.
        applied: Option<Date>,
        /// 批准日期.
        approved: Option<Date>,
        /// 批准人.
        approved_by: Option<String>,
        /// 批准文件.
        document: Option<String>,
        /// 理由.
        reason: Option<String>,
    }
}

record! {
    /// 免报: something excused, for a unit or a category, at a milestone or for a rule.
    pub struct Exemption {
        /// 单位, by code.
        unit: Option<String>,
        /// 类别, when a whole category is excused.
        category: Option<Category>,
        /// 时间节点, by id.
        milestone: Option<String>,
        /// 规则, by code or name: its findings are silenced, no status is changed.
        rule: Option<String>,
        /// 理由.
        reason: Option<String>,
        /// 批准人.
        approved_by: Option<String>,
        /// 有效期至: its last day; for good when it is not said.
        until: Option<Date>,
    }
}

impl Campaign {
    /// The first day of the window; a campaign that passed its proof has one.
    pub fn start(&self) -> Date {
        self.campaign.start.unwrap_or(Date::MIN)
    }

    /// The last day of the window.
    pub fn end(&self) -> Date {
        self.campaign.end.unwrap_or(Date::MAX)
    }

    /// The zone of the campaign's civil dates.
    pub fn offset(&self) -> FixedOffset {
        self.campaign.offset()
    }

    /// A milestone by its id.
    pub fn milestone_index(&self, id: &str) -> Option<usize> {
        self.milestone
            .iter()
            .position(|milestone| milestone.id == id)
    }

    /// The public holiday that a day belongs to, or nothing; weekends are the calendar's business.
    pub fn holiday(&self, day: Date) -> Option<&RestDays> {
        let within = |rest: &&RestDays| {
            rest.from.is_some_and(|from| from <= day) && rest.to.is_some_and(|to| day <= to)
        };
        self.rest_days.iter().find(within)
    }

    /// Whether a day of a weekend is worked.
    pub fn is_extra_workday(&self, day: Date) -> bool {
        self.extra_workdays
            .iter()
            .any(|list| list.days.contains(&Some(day)))
    }
}

impl About {
    /// The zone; what cannot be read has already been reported.
    pub fn offset(&self) -> FixedOffset {
        let written = self.utc_offset.as_deref().unwrap_or("+08:00");
        calendar::read_offset(written).unwrap_or(BEIJING)
    }

    /// So many days before its due date a milestone is near.
    pub fn due_soon_days(&self) -> i64 {
        self.due_soon_days.unwrap_or(7).into()
    }

    /// Texts this much alike are taken for copied.
    pub fn copied_threshold(&self) -> f64 {
        self.copied_threshold.unwrap_or(0.85)
    }
}

/// The zone of China, which has no daylight saving time.
pub const BEIJING: FixedOffset = match FixedOffset::east_opt(8 * 3600) {
    Some(offset) => offset,
    None => panic!("eight hours are an offset"),
};

impl Milestone {
    /// The due date; a campaign that passed its proof has one.
    pub fn due(&self) -> Date {
        self.due.unwrap_or(Date::MAX)
    }

    /// What is asked for.
    pub fn kind(&self) -> RequirementKind {
        self.requires
            .as_ref()
            .and_then(|r| r.kind)
            .unwrap_or(RequirementKind::Plan)
    }

    /// Which date of a plan counts.
    pub fn basis(&self) -> Basis {
        self.requires
            .as_ref()
            .and_then(|r| r.basis)
            .unwrap_or(Basis::Filed)
    }

    /// Whether a kind of meeting is asked for.
    pub fn asks_for(&self, kind: MeetingKind) -> bool {
        let named = self
            .requires
            .as_ref()
            .map_or(&[][..], |requires| &requires.of);
        self.kind() == RequirementKind::Meetings
            && (named.is_empty() || named.contains(&Some(kind)))
    }

    /// How many documents are asked for.
    pub fn at_least(&self) -> usize {
        self.requires.as_ref().and_then(|r| r.at_least).unwrap_or(1) as usize
    }

    /// The first day that counts, if it is not the campaign's start.
    pub fn from(&self) -> Option<Date> {
        self.requires.as_ref().and_then(|r| r.from)
    }
}

impl Unit {
    /// The class in which the summary counts it.
    pub fn category(&self) -> Category {
        self.category.unwrap_or(Category::Other)
    }

    /// Whether the unit owes a kind of life meeting where it is asked for: by `owes`, else by its party body.
    pub fn owes(&self, kind: MeetingKind) -> bool {
        match (&self.owes, self.body) {
            (Some(named), _) => named.contains(&Some(kind)),
            (None, Some(PartyBody::None)) => false,
            (None, Some(PartyBody::GeneralBranch | PartyBody::Branch)) => {
                kind == MeetingKind::OrganizationalLife
            }
            (None, _) => true,
        }
    }
}

/// The roster with its index by code.
#[derive(Debug, Default)]
pub struct Roster<'c> {
    by_code: HashMap<&'c str, usize>,
}

impl<'c> Roster<'c> {
    /// The roster of a campaign; of two lines with one code, which is an error, the first counts.
    pub fn of(campaign: &'c Campaign) -> Roster<'c> {
        let mut by_code = HashMap::with_capacity(campaign.unit.len());
        for (index, unit) in campaign.unit.iter().enumerate() {
            by_code.entry(unit.code.as_str()).or_insert(index);
        }
        Roster { by_code }
    }

    /// The line of a unit.
    pub fn index(&self, code: &str) -> Option<usize> {
        self.by_code.get(code).copied()
    }

    /// The unit that a file's name tells: its stem is a code, or begins with one and `-` or `_`.
    pub fn by_file_stem(&self, stem: &str) -> Option<usize> {
        let heads = stem.match_indices(['-', '_']).map(|(at, _)| &stem[..at]);
        // The longest code wins, so that T01-A is not taken for T01.
        std::iter::once(stem)
            .chain(heads.collect::<Vec<_>>().into_iter().rev())
            .find_map(|head| self.index(head))
    }
}
