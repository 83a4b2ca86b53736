//! 台账: the status of every unit at every milestone, as of a day. Nothing else in the program compares a
//! date with a due date. Here are the statuses and how one follows from a date; what counts as done is in
//! `progress`, what the office has said about it (延期, 免报) in `office`.

mod ahead;
mod local;
mod meetings;
mod names;
pub mod office;
mod outcomes;
mod problems;
mod progress;
mod remark;
mod totals;

use std::sync::LazyLock;

use smol_str::SmolStr;

use crate::calendar::{self, AsOf, Date};
use crate::campaign::{Campaign, Milestone, Unit};
use crate::lang::Text;
use crate::plan::{FieldAt, Plan, TimeLimit};
use crate::read::Unreadable;
use crate::vocabulary::vocabulary;

pub use ahead::{planned_after_due, rest_day_ahead};
pub use local::is_after;
pub use meetings::{attendance_is_bad, fewer_than_two_thirds};
pub use names::{counts_as_institution, number_key, plain_name, same_name};
pub use office::{Office, Window};
pub use problems::{Problem, ProblemStatus, problems};
pub use remark::{Part, Remark, rate};
pub use totals::Totals;

vocabulary! {
    /// 状态: where a unit stands at a milestone.
    pub enum Status {
        /// Done on or before the due date.
        OnTime = "按期完成" | "on-time" | "on time",
        /// Done after it.
        Late = "逾期完成" | "late" | "late",
        /// Not done, and the due date has passed.
        Overdue = "逾期未完成" | "overdue" | "overdue",
        /// Not done, due within the campaign's `due_soon_days`; 0 days left is not overdue.
        DueSoon = "临期" | "due-soon" | "due soon",
        /// Not done, further off.
        Upcoming = "未到期" | "upcoming" | "upcoming",
        /// The record is there but cannot be read; never counted as missing.
        Unclear = "待核" | "unclear" | "unclear",
        /// Not owed, with the reason.
        Exempt = "不适用" | "exempt" | "not owed",
    }
}

impl Status {
    /// Whether the milestone is done.
    pub fn is_done(self) -> bool {
        matches!(self, Status::OnTime | Status::Late)
    }

    /// Whether the unit owes the milestone; 待核 stays in the denominators.
    pub fn is_owed(self) -> bool {
        self != Status::Exempt
    }
}

/// One unit at one milestone.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// 状态.
    pub status: Status,
    /// 完成时限 as it stands: the extended one where an extension is in force.
    pub due: Date,
    /// The extension in force, by its number in `campaign.toml`.
    pub extension: Option<u32>,
    /// 完成日期.
    pub done: Option<Date>,
    /// Days late, days overdue, or days left, by the status; otherwise 0.
    pub days: i64,
    /// The field of the plan file that this hangs on.
    pub at: FieldAt,
    /// Why it is so; nothing where there is nothing to say, as with most of a ledger's cells.
    pub why: Option<Box<Why>>,
}

/// Why a cell is as it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Why {
    /// What has been done, where something else is lacking.
    pub there: Vec<Part>,
    /// What is lacking.
    pub lacking: Vec<Part>,
    /// The reasons.
    pub remarks: Vec<Remark>,
}

impl Why {
    /// The same, if there is anything in it; without spare room, since a ledger may have a million rows.
    fn kept(mut self) -> Option<Box<Why>> {
        self.there.shrink_to_fit();
        self.lacking.shrink_to_fit();
        self.remarks.shrink_to_fit();
        (self != Why::default()).then(|| Box::new(self))
    }
}

/// One unit's line in the ledger.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// 单位代码.
    pub code: SmolStr,
    /// 单位名称.
    pub name: SmolStr,
    /// 类别.
    pub category: crate::vocabulary::Category,
    /// Whether a plan file is there, readable or not; a unit without one is 未报.
    pub has_file: bool,
    /// One cell a milestone, in the campaign's order.
    pub cells: Box<[Cell]>,
    /// What else its file says; nothing unless the run keeps it.
    pub told: Option<Box<Told>>,
}

/// What reports say of a unit's file beside its cells.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Told {
    /// Who answers for the unit.
    pub people: People,
    /// 查摆问题; empty unless the run keeps them.
    pub problems: Box<[Problem]>,
}

/// Who answers for a unit, and to whom the office talks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct People {
    /// 第一责任人.
    pub secretary: Box<str>,
    /// 联络员.
    pub contact: Box<str>,
    /// 联系电话.
    pub phone: Box<str>,
}

impl People {
    /// The people that a plan names.
    pub fn of(plan: &Plan<'_>) -> People {
        let contact = plan.unit.contact.as_ref();
        let own = |text: Option<&str>| text.unwrap_or_default().into();
        People {
            secretary: own(plan.unit.secretary),
            contact: own(contact.and_then(|contact| contact.name)),
            phone: own(contact.and_then(|contact| contact.phone)),
        }
    }
}

impl Row {
    /// A unit's line with its cells, and nobody and nothing else yet.
    pub fn new(unit: &Unit, has_file: bool, cells: Box<[Cell]>) -> Row {
        Row {
            code: unit.code.clone(),
            name: unit.name.clone(),
            category: unit.category(),
            has_file,
            cells,
            told: None,
        }
    }

    /// Who answers for the unit; nobody where the run does not keep it, or no file says.
    pub fn people(&self) -> &People {
        static NOBODY: LazyLock<People> = LazyLock::new(People::default);
        self.told.as_ref().map_or(&NOBODY, |told| &told.people)
    }

    /// 查摆问题; none where the run does not keep them, or no file says.
    pub fn problems(&self) -> &[Problem] {
        self.told.as_ref().map_or(&[], |told| &told.problems)
    }
}

/// The ledger: what every report is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Ledger {
    /// 截至日期.
    pub as_of: AsOf,
    /// The units, in the official order; those without a file where only findings are asked for.
    pub rows: Vec<Row>,
    /// How many units stand where, by milestone.
    pub totals: Vec<Totals>,
    /// Records dated after the as-of date.
    pub set_aside: SetAside,
    /// Whether the whole roster was judged, or only the units whose files were given.
    pub whole_roster: bool,
}

/// Records that have not happened yet as of the day: they are left out, and counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SetAside {
    /// 方案.
    pub filings: usize,
    /// 生活会.
    pub meetings: usize,
    /// 制度办法.
    pub documents: usize,
}

impl SetAside {
    /// How many there are.
    pub fn total(self) -> usize {
        self.filings + self.meetings + self.documents
    }

    /// Both together.
    pub fn plus(self, other: SetAside) -> SetAside {
        SetAside {
            filings: self.filings + other.filings,
            meetings: self.meetings + other.meetings,
            documents: self.documents + other.documents,
        }
    }

    /// The records of one plan that are dated after a day, by the dates that the milestones read.
    pub fn of(plan: &Plan<'_>, campaign: &Campaign, as_of: Date) -> SetAside {
        progress::set_aside(plan, campaign, as_of)
    }
}

/// One way to read a unit's records. There are two when a deciding key stands twice, or two files claim
/// to be the same unit's.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'r> {
    /// What the file says.
    pub plan: &'r Plan<'r>,
    /// What in it cannot be read.
    pub unreadable: &'r Unreadable,
}

/// The unit whose branch another unit meets in, with its records.
#[derive(Clone, Debug)]
pub struct Host<'r> {
    /// 承办单位.
    pub unit: &'r Unit,
    /// 党支部, when it is said.
    pub branch: Option<&'r str>,
    /// Its files; none means that it has not reported.
    pub readings: Vec<Reading<'r>>,
}

/// Everything on record about one unit.
#[derive(Clone, Debug, Default)]
pub struct Records<'r> {
    /// The unit's own file or files.
    pub readings: &'r [Reading<'r>],
    /// The chain of hosts of a joint branch, nearest first.
    pub hosts: &'r [Host<'r>],
}

/// The cells of one unit, one a milestone.
pub fn cells(office: &Office<'_>, unit: &Unit, records: &Records<'_>, as_of: Date) -> Box<[Cell]> {
    let cell = |milestone| cell(office, unit, milestone, records, as_of);
    office.campaign.milestone.iter().map(cell).collect()
}

fn cell(
    office: &Office<'_>,
    unit: &Unit,
    milestone: &Milestone,
    records: &Records<'_>,
    as_of: Date,
) -> Cell {
    let extension = office.extension(unit, milestone, as_of);
    let due = extension.map_or(milestone.due(), |(_, until)| until);
    let blank = Cell {
        status: Status::Exempt,
        due,
        extension: extension.map(|(number, _)| number),
        done: None,
        days: 0,
        at: FieldAt::default(),
        why: None,
    };
    if let Some(reason) = office.not_owed(unit, milestone, as_of) {
        let why = Why {
            remarks: vec![reason],
            ..Why::default()
        };
        return Cell {
            why: why.kept(),
            ..blank
        };
    }
    let task = progress::Task {
        campaign: office.campaign,
        unit,
        milestone,
        due,
        as_of,
    };
    let judged = |reading: Option<&Reading<'_>>| {
        judge(&task, progress::of(&task, reading, records.hosts), &blank)
    };
    let mut cells = records.readings.iter().map(|reading| judged(Some(reading)));
    let Some(first) = cells.next() else {
        return judged(None);
    };
    cells.fold(first, agree)
}

/// The cell that follows from what is done: where the best that unreadable records could say would change
/// the status, it is 待核.
fn judge(task: &progress::Task<'_>, progress: progress::Progress, blank: &Cell) -> Cell {
    let soon = task.campaign.campaign.due_soon_days();
    let (by_records, days) = status(progress.done, task.due, task.as_of, soon);
    let at_best = status(progress.best, task.due, task.as_of, soon).0;
    let hangs = by_records != Status::OnTime && at_best != by_records;
    let (status, days) = if hangs {
        (Status::Unclear, 0)
    } else {
        (by_records, days)
    };
    let mut remarks = progress.remarks;
    // Long before the due date it is of no interest that a record is still to come.
    remarks.retain(|remark| status != Status::Upcoming || !matches!(remark, Remark::Later(..)));
    if let Some(index) = blank.extension {
        remarks.insert(
            0,
            Remark::extended(&task.campaign.extension[index as usize]),
        );
    }
    let done = progress.done.filter(|_| !hangs);
    let why = Why {
        there: progress.there,
        lacking: progress.lacking,
        remarks,
    };
    Cell {
        status,
        days,
        done,
        why: why.kept(),
        at: progress.at,
        ..blank.clone()
    }
}

/// Whether a status may hang on a key of a plan file, so that it matters when it stands twice. Only the
/// key's own name is looked at: where a header was lost, it stands in another's table.
pub fn may_decide(key: &str) -> bool {
    const TABLES: [&str; 4] = ["unit", "plan", "meeting", "outcome"];
    const PLAN: [&str; 4] = ["code", "adopted", "filed", "received"];
    const MEETING: [&str; 6] = ["kind", "held", "branch", "year", "expected", "present"];
    const OUTCOME: [&str; 4] = ["title", "document_number", "valid_until", "repealed"];
    let all = TABLES.iter().chain(&PLAN).chain(&MEETING).chain(&OUTCOME);
    let key = key.trim_matches(['"', '\'']);
    all.into_iter().any(|deciding| *deciding == key)
}

/// What two readings of one unit's records agree on: on time only when both prove it.
fn agree(one: Cell, other: Cell) -> Cell {
    if one.status == other.status && matches!(one.status, Status::OnTime | Status::Exempt) {
        return if other.done > one.done { other } else { one };
    }
    let mut why = one.why.map_or_else(Why::default, |why| *why);
    why.remarks.push(Remark::Ambiguous);
    Cell {
        status: Status::Unclear,
        days: 0,
        done: None,
        why: why.kept(),
        ..one
    }
}

/// The status of something with a due date, and its days late, overdue or left.
pub fn status(done: Option<Date>, due: Date, as_of: Date, due_soon_days: i64) -> (Status, i64) {
    match done {
        Some(done) if done <= due => (Status::OnTime, 0),
        Some(done) => (Status::Late, calendar::days_between(due, done)),
        None if as_of > due => (Status::Overdue, calendar::days_between(due, as_of)),
        None => {
            let left = calendar::days_between(as_of, due);
            (
                if left <= due_soon_days {
                    Status::DueSoon
                } else {
                    Status::Upcoming
                },
                left,
            )
        }
    }
}

/// The status of a problem or measure by its own time limit: `None` for 长期坚持 and where none is set.
pub fn item(limit: Option<TimeLimit>, done: Option<Date>, as_of: Date) -> Option<(Status, i64)> {
    let due = limit?.date()?;
    Some(status(done.filter(|done| *done <= as_of), due, as_of, 0))
}

impl Cell {
    /// What has been done, where something else is lacking.
    pub fn there(&self) -> &[Part] {
        self.why.as_ref().map_or(&[], |why| &why.there)
    }

    /// What is lacking.
    pub fn lacking(&self) -> &[Part] {
        self.why.as_ref().map_or(&[], |why| &why.lacking)
    }

    /// Why it is so.
    pub fn remarks(&self) -> &[Remark] {
        self.why.as_ref().map_or(&[], |why| &why.remarks)
    }

    /// What is there, what is lacking, and why: the column 存在问题 of the ledger. Empty when all is well.
    pub fn explanation(&self) -> Text {
        remark::explanation(self)
    }

    /// The status with its days: `逾期15天`, `15 days overdue`.
    pub fn standing(&self) -> Text {
        remark::standing(self.status, self.days)
    }
}
