//! The campaign as data: deadlines, roster, vocabularies, levels, extensions and exemptions, as written in
//! `campaign.toml`. The 2022 campaign is built in, in the same format. What is wrong in it is in `proof`.

mod levels;
mod local;
mod paper;
mod proof;
mod roster;

use std::ops::RangeInclusive;

use chrono::FixedOffset;
use smol_str::SmolStr;
use thin_vec::ThinVec;

use crate::calendar::{self, Date};
use crate::read::record;
use crate::vocabulary::{Basis, Category, MeetingKind, PartyBody, vocabulary};

pub use levels::{Level, Levels};
pub use local::{Conditions, Literal, LocalRule, Require, Scope, Words};
pub use paper::{MARGIN_MM, Paper};
pub use proof::{HOSTS, prove};
pub use roster::{Named, Roster};

/// The campaign that the program knows without a file: one city's, of 2022, as an interview describes it.
pub const BUILT_IN: &str = include_str!("campaign/beipiao-2022.toml");

/// The name under which the built-in campaign is shown.
pub const BUILT_IN_NAME: &str = "(built-in)/beipiao-2022.toml";

/// The name of a campaign file in a folder of plans.
pub const FILE_NAME: &str = "campaign.toml";

record! {
    /// 活动: a campaign's rule book.
    pub struct Campaign {
        /// 活动基本情况：名称、起止日期等。
        /// The campaign itself: its name, its first and its last day.
        campaign: About = required,
        /// 时间节点：什么事何时完成，至少一个。
        /// What must be done by when; at least one.
        milestone: Vec<Milestone> = required,
        /// 词表：方案文件中几个字段可用的词。
        /// The words that some fields of the plan files may have.
        vocabulary: Vocabulary,
        /// 重点举措：全市方案列出的重点举措，一项一段。
        /// The key measures of the city's plan, one section each.
        key_measure: Vec<KeyMeasure>,
        /// 节假日：只用于提示时限适逢假日，不改变时限。
        /// Public holidays, only for saying that a due date is one; no due date moves.
        rest_days: Vec<RestDays>,
        /// 调休上班日：要上班的周末。
        /// Days of a weekend that are worked.
        extra_workdays: Vec<ExtraWorkdays>,
        /// 花名册：一个单位一段，先后即正式排序。
        /// The roster, one unit each, in the official order.
        unit: Vec<Unit>,
        /// 延期：办公室批准延后的时限，一条一段。
        /// Due dates that the office has moved, one section each.
        extension: Vec<Extension>,
        /// 免报：办公室准予不报的事项，一条一段。
        /// What the office has excused, one section each.
        exemption: Vec<Exemption>,
        /// 级别：各条规则或各类规则的级别，不改动的不写。
        /// The level of a rule or of a family; only what differs from the default.
        levels: Levels,
        /// 文档版式：通报、通知的字体和页边距，不写的按国家标准。
        /// Fonts and margins of bulletins and notices; the standard's where nothing is said.
        document: Paper,
        /// 自定规则：本活动自己的要求，一条一段。
        /// Rules of the campaign's own, one section each.
        rule: Vec<LocalRule>,
    }
}

record! {
    /// 活动基本情况.
    pub struct About {
        /// 活动名称。
        /// Name of the campaign.
        name: String = required,
        /// 印发通报、通知的机关，即落款。
        /// Who issues notices and bulletins, and signs them.
        issuer: Option<String>,
        /// 启动日期；此前的记录不计。
        /// The first day of the campaign; earlier records do not count.
        start: Option<Date> = required,
        /// 结束日期。
        /// The last day of the campaign.
        end: Option<Date> = required,
        /// 时区；不写为“+08:00”。
        /// Offset from UTC of the campaign's dates; +08:00 when it is not said.
        utc_offset: Option<String>,
        /// 临期天数：距时限几天以内为临期；不写为7。
        /// So many days before its due date a milestone is near; 7 when it is not said.
        due_soon_days: Option<u32>,
        /// 雷同的相似度：达到多少视为雷同，0.5至1；不写为0.85。
        /// Texts this much alike, from 0.5 to 1, are taken for copied; 0.85 when it is not said.
        copied_threshold: Option<f64>,
    }
}

record! {
    /// 时间节点: one requirement with its due date.
    pub struct Milestone {
        /// 代号：延期、免报和命令行用它指明节点。
        /// Short name for extensions, exemptions and the command line.
        id: String = required,
        /// 名称。
        /// Name of the milestone.
        name: String = required,
        /// 完成时限，含当日（“3月底前”写3月31日）。
        /// The last day on which it is on time: “by the end of March” includes 31 March.
        due: Option<Date> = required,
        /// 完成标准：要有哪种记录。
        /// What must be on record.
        requires: Option<Requirement> = required,
    }
}

record! {
    /// 完成标准: what a milestone asks for.
    pub struct Requirement {
        /// 哪种记录。
        /// What kind of record.
        kind: Option<RequirementKind> = required,
        /// 实施方案以哪个日期为准；不写为报送日期。
        /// For a plan: which of its dates counts; the day of filing when it is not said.
        basis: Option<Basis>,
        /// 要开哪种生活会；不写则两种都要。
        /// For meetings: which kinds; both when it is not said.
        of: Vec<Option<MeetingKind>>,
        /// 制度办法至少几件；不写为1件。
        /// For documents: how many; 1 when it is not said.
        at_least: Option<u32>,
        /// 从哪天起算；不写则从活动启动之日起。
        /// The first day that counts; the campaign's first day when it is not said.
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
        /// 突出问题，如五个“不”；不写则不限。
        /// The faults, such as the five of 2022; any word when there is none.
        faults: Vec<String>,
        /// 能力，如七种能力；不写则不限。
        /// The abilities, such as the seven of 2022; any word when there is none.
        abilities: Vec<String>,
        /// 方面，如八个方面；不写则不限。
        /// The aspects, such as the eight of 2022; any word when there is none.
        aspects: Vec<String>,
        /// 举措形式，如七种形式；不写则不限。
        /// The kinds of activity, such as the seven of 2022; any word when there is none.
        activities: Vec<String>,
        /// 目标，如五个目标；不写则不限。
        /// The goals, such as the five of 2022; any word when there is none.
        goals: Vec<String>,
    }
}

record! {
    /// 重点举措: one key measure of the city's plan.
    pub struct KeyMeasure {
        /// 序号，各单位的措施用它对应。
        /// Its number, which the units' measures refer to.
        number: Option<u32> = required,
        /// 方面，用词表aspects中的词。
        /// The aspect that it belongs to, a word of the list `aspects`.
        aspect: Option<String>,
        /// 内容。
        /// The key measure itself.
        text: String = required,
        /// 牵头单位的代码。
        /// Code of the unit that leads it.
        lead: Option<String>,
        /// 责任单位的代码，可写几个。
        /// Codes of the units that are responsible.
        responsible: Vec<String>,
    }
}

record! {
    /// 一段节假日.
    pub struct RestDays {
        /// 节日名称。
        /// Name of the holiday.
        name: String = required,
        /// 放假的第一天。
        /// The first day.
        from: Option<Date> = required,
        /// 放假的最后一天。
        /// The last day.
        to: Option<Date> = required,
        /// 依据的通知。
        /// The notice that says so.
        source: Option<String>,
    }
}

record! {
    /// 调休上班日.
    pub struct ExtraWorkdays {
        /// 要上班的周末各日。
        /// The days that are worked.
        days: Vec<Option<Date>> = required,
        /// 依据的通知。
        /// The notice that says so.
        source: Option<String>,
    }
}

record! {
    /// 单位: one line of the roster. Its place in the list is its place in every report. There may be a million of
    /// them, so what few units have takes little room in the others.
    pub struct Unit {
        /// 单位代码：认单位只看代码，不得重复，启用后不要改动。
        /// Code of the unit: the only thing that plan files are matched by, so never used twice and never
        /// changed.
        code: SmolStr = required,
        /// 单位名称。
        /// Name of the unit.
        name: SmolStr = required,
        /// 简称。
        /// Short name.
        short: Option<Box<SmolStr>>,
        /// 类别；不写为其他。
        /// Category of the unit; other when it is not said.
        category: Option<Category>,
        /// 党组织：决定应开哪种生活会；不写则两种都开。
        /// The party body, which decides what meetings are owed; both when it is not said.
        body: Option<PartyBody>,
        /// 设立日期；此前的时限不作要求。
        /// Day on which the unit began; earlier deadlines are not owed.
        since: Option<Date>,
        /// 撤并日期；此后的时限由承接单位负责。
        /// Last day of the unit; later deadlines pass to the successor.
        until: Option<Date>,
        /// 承接单位的代码。
        /// Code of the unit that takes over.
        successor: Option<Box<SmolStr>>,
        /// 曾用名。
        /// Names that it had before.
        former_names: ThinVec<SmolStr>,
        /// 党支部：逐个召开组织生活会，缺一个即未完成。
        /// Its branches; each must hold its own organizational life meeting.
        branches: ThinVec<SmolStr>,
        /// 应开的生活会；写了就不再按党组织推定。
        /// The meetings that it owes, in place of what follows from `body`.
        owes: Option<ThinVec<Option<MeetingKind>>>,
        /// 联合党支部：组织生活会随哪个单位召开。
        /// The unit in whose joint branch the organizational life meeting is held.
        met_by: Option<Box<MetBy>>,
    }
}

record! {
    /// 联合党支部: another unit's meeting serves this one.
    pub struct MetBy {
        /// 承办单位的代码。
        /// Code of the host.
        unit: String = required,
        /// 承办单位的哪个党支部，有几个支部的才写。
        /// The host's branch, when it has several.
        branch: Option<String>,
    }
}

record! {
    /// 延期: a due date moved for one unit and one milestone.
    pub struct Extension {
        /// 单位代码。
        /// Code of the unit.
        unit: String = required,
        /// 时间节点的代号。
        /// Id of the milestone.
        milestone: String = required,
        /// 延期至：新的最后一天。
        /// The new last day.
        until: Option<Date> = required,
        /// 申请日期：须在原时限当日或之前，否则无效。
        /// Day of the application: on or before the original due date, else the extension is void.
        applied: Option<Date>,
        /// 批准日期。
        /// Day of the approval.
        approved: Option<Date>,
        /// 批准人；没有的无效。
        /// Who approved it; without it the extension is void.
        approved_by: Option<String>,
        /// 批准文件。
        /// The document of approval.
        document: Option<String>,
        /// 理由。
        /// Why.
        reason: Option<String>,
    }
}

record! {
    /// 免报: something excused, for a unit or a category, at a milestone or for a rule.
    pub struct Exemption {
        /// 单位代码；与category写其中一个。
        /// Code of the unit; either this or `category`.
        unit: Option<String>,
        /// 类别：整类单位免报；与unit写其中一个。
        /// A whole category of units; either this or `unit`.
        category: Option<Category>,
        /// 时间节点的代号；与rule写其中一个。
        /// Id of the milestone; either this or `rule`.
        milestone: Option<String>,
        /// 规则的编号或名称：只是不再提示，不改变完成情况；与milestone写其中一个。
        /// Code or name of a rule whose findings are silenced, while no status changes; either this or
        /// `milestone`.
        rule: Option<String>,
        /// 理由；没有的无效。
        /// Why; without it the exemption is void.
        reason: Option<String>,
        /// 批准人；没有的无效。
        /// Who approved it; without it the exemption is void.
        approved_by: Option<String>,
        /// 有效期至：最后一天；不写则一直有效。
        /// Its last day; for good when it is not said.
        until: Option<Date>,
    }
}

impl Vocabulary {
    /// A list by its key.
    pub fn list(&self, key: &str) -> &[String] {
        match key {
            "faults" => &self.faults,
            "abilities" => &self.abilities,
            "aspects" => &self.aspects,
            "activities" => &self.activities,
            "goals" => &self.goals,
            _ => &[],
        }
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

/// What may be said of [`About::copied_threshold`].
pub const COPIED_THRESHOLD: RangeInclusive<f64> = 0.5..=1.0;

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

    /// 简称.
    pub fn short(&self) -> Option<&str> {
        self.short.as_ref().map(|short| short.as_str())
    }

    /// Every name that it goes by: now, for short, and formerly.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let now = [Some(&*self.name), self.short()];
        let former = self.former_names.iter().map(SmolStr::as_str);
        now.into_iter().flatten().chain(former)
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

/// A campaign of nothing but units, each with its code and its name, for tests.
#[cfg(test)]
pub(crate) fn with_units(units: &[(&str, &str)]) -> Campaign {
    let unit = |(code, name): &(&str, &str)| Unit {
        code: (*code).into(),
        name: (*name).into(),
        ..Unit::default()
    };
    Campaign {
        unit: units.iter().map(unit).collect(),
        ..Campaign::default()
    }
}

#[cfg(test)]
mod tests {
    use toml_spanner::Arena;

    use super::BEIJING;
    use crate::calendar;
    use crate::load;

    #[test]
    fn a_moment_with_its_zone_is_the_day_that_it_is_in_beijing() {
        let received = |moment: &str| {
            let (text, arena) = (format!("[plan]\nreceived = {moment}\n"), Arena::new());
            let plan = load::plan(&text, &arena, BEIJING).plan.plan.unwrap();
            plan.received.map(calendar::iso)
        };
        for (moment, day) in [
            ("2022-03-28T15:59:59Z", "2022-03-28"),
            ("2022-03-28T16:00:00Z", "2022-03-29"),
            ("2022-03-28T23:30:00+08:00", "2022-03-28"),
        ] {
            assert_eq!(received(moment).as_deref(), Some(day), "{moment}");
        }
    }
}
