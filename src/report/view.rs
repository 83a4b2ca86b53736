//! What a report shows: the chosen milestones and rows, and the words about them that every format shares.

use super::{By, Wish};
use crate::calendar;
use crate::campaign::{Campaign, Milestone};
use crate::lang::{Text, count};
use crate::ledger::{Cell, Ledger, Remark, Row, Status, rest_day_ahead};
use crate::text;
use crate::vocabulary::Word;

/// A finished ledger as one reader wishes to see it.
pub(super) struct View<'v> {
    pub ledger: &'v Ledger,
    pub campaign: &'v Campaign,
    pub wish: &'v Wish,
    /// The milestones shown, each with its number in the campaign.
    pub milestones: Vec<(usize, &'v Milestone)>,
    /// The rows shown, each with its 序号 in the whole ledger.
    pub rows: Vec<(usize, &'v Row)>,
}

impl<'v> View<'v> {
    pub fn new(ledger: &'v Ledger, campaign: &'v Campaign, wish: &'v Wish) -> View<'v> {
        let shown = |number: usize| wish.milestone.is_none_or(|wished| wished == number);
        let milestones: Vec<_> = campaign.milestone.iter().enumerate().collect();
        let milestones = milestones
            .into_iter()
            .filter(|(number, _)| shown(*number))
            .collect();
        let rows = ledger.rows.iter().enumerate();
        let mut view = View {
            ledger,
            campaign,
            wish,
            milestones,
            rows: rows.map(|(index, row)| (index + 1, row)).collect(),
        };
        let fits = |row: &Row| view.cells(row).any(|(_, cell)| view.wants(cell.status));
        let rows = view.rows.iter().copied();
        view.rows = match wish.only.is_empty() {
            true => rows.collect(),
            false => rows.filter(|(_, row)| fits(row)).collect(),
        };
        view
    }

    /// The text in the reader's language.
    pub fn say(&self, text: &Text) -> String {
        text.get(self.wish.lang).to_owned()
    }

    /// Whether units of a status are to be shown.
    pub fn wants(&self, status: Status) -> bool {
        self.wish.only.is_empty() || self.wish.only.contains(&status)
    }

    /// The cells of a row that are shown, each with its milestone.
    pub fn cells<'r>(&self, row: &'r Row) -> impl Iterator<Item = (&'v Milestone, &'r Cell)> {
        let cell = |(number, milestone): &(usize, &'v Milestone)| {
            Some((*milestone, row.cells.get(*number)?))
        };
        self.milestones.iter().filter_map(cell)
    }

    /// 未报: no plan file, and something that is shown is owed and not done.
    pub fn is_missing(&self, row: &Row) -> bool {
        let open = |status: Status| status.is_owed() && !status.is_done();
        !row.has_file && self.cells(row).any(|(_, cell)| open(cell.status))
    }

    /// 存在问题: what of a row's cells is to be told, each with the milestone's name when several are shown.
    pub fn problems(&self, row: &Row, tell: impl Fn(&Cell) -> bool) -> Text {
        let told = self.cells(row).filter(|(_, cell)| tell(cell));
        self.named(told.map(|(milestone, cell)| (milestone, problem(cell))))
    }

    /// 备注: extensions, exemptions, joint branches; not that the unit is 未报.
    pub fn notes(&self, row: &Row) -> Text {
        let cells = self.cells(row);
        self.named(cells.map(|(milestone, cell)| (milestone, note(cell))))
    }

    fn named<'m>(&self, texts: impl Iterator<Item = (&'m Milestone, Text)>) -> Text {
        let several = self.milestones.len() > 1;
        let name = |(milestone, text): (&Milestone, Text)| {
            let name = &milestone.name;
            // 缺制度办法1件 needs no 制度办法 before it.
            let says_so = text.zh().strip_prefix('缺');
            match several {
                true if says_so.is_some_and(|rest| rest.starts_with(name)) => {
                    Text::new(text.zh(), format!("{name}: {}", text.en()))
                }
                true => text!(
                    "{name}：{zh}",
                    "{name}: {en}",
                    zh = text.zh(),
                    en = text.en()
                ),
                false => text,
            }
        };
        let texts: Vec<Text> = texts
            .filter(|(_, text)| !text.is_empty())
            .map(name)
            .collect();
        Text::join(&texts, "；", "; ")
    }
}

/// Whether a remark tells of an arrangement rather than of something wrong.
fn is_note(status: Status, remark: &Remark) -> bool {
    status == Status::Exempt || matches!(remark, Remark::Extended { .. } | Remark::MetBy(_))
}

/// What is there, what is lacking and why, without what [`note`] says.
pub(super) fn problem(cell: &Cell) -> Text {
    let mut cell = cell.clone();
    let status = cell.status;
    if let Some(why) = &mut cell.why {
        why.remarks.retain(|remark| !is_note(status, remark));
    }
    cell.explanation()
}

/// What the office or the roster has arranged for a cell.
pub(super) fn note(cell: &Cell) -> Text {
    let notes = cell
        .remarks()
        .iter()
        .filter(|remark| is_note(cell.status, remark));
    Text::join(&notes.map(Remark::text).collect::<Vec<_>>(), "；", "; ")
}

/// Whether a cell has more to tell than that nothing is there: something half done, or a reason.
pub(super) fn has_detail(cell: &Cell) -> bool {
    let partly = !cell.there().is_empty() && !cell.lacking().is_empty();
    partly
        || cell
            .remarks()
            .iter()
            .any(|remark| !is_note(cell.status, remark))
}

/// Whether a cell belongs into the ledger's column 存在问题: nothing is wrong yet with what is far off.
pub(super) fn is_problem(cell: &Cell) -> bool {
    let owes = cell.status.is_owed() && !cell.status.is_done();
    has_detail(cell) || (owes && cell.status != Status::Upcoming)
}

/// The status with its days. What is due soon says so; days left alone could be any number.
pub(super) fn standing(cell: &Cell) -> Text {
    let standing = cell.standing();
    match cell.status {
        Status::DueSoon => Text::join(&[cell.status.text(), standing], "，", ", "),
        _ => standing,
    }
}

/// The days of a status that has some.
pub(super) fn days(cell: &Cell) -> Option<i64> {
    use Status::{DueSoon, Late, Overdue, Upcoming};
    matches!(cell.status, Late | Overdue | DueSoon | Upcoming).then_some(cell.days)
}

/// `实施方案（时限2022-03-31，已过69天）`
pub(super) fn milestone_heading(view: &View<'_>, milestone: &Milestone) -> Text {
    let (name, due) = (&milestone.name, calendar::iso(milestone.due()));
    let when = away(view, milestone);
    text!(
        "{name}（时限{due}，{zh}）",
        "{name} (due {due}, {en})",
        zh = when.zh(),
        en = when.en()
    )
}

/// `已过69天`: how far the due date is from the as-of date.
pub(super) fn away(view: &View<'_>, milestone: &Milestone) -> Text {
    let away = calendar::days_between(view.ledger.as_of.date, milestone.due());
    let (n, days) = (away.abs(), count(away.abs(), "day", "days"));
    match away {
        0 => Text::fixed("当日到期", "due on this day"),
        1.. => text!("还剩{n}天", "{days} left"),
        _ => text!("已过{n}天", "{days} ago"),
    }
}

/// The report's title.
pub(super) fn title(view: &View<'_>) -> Text {
    let name = &view.campaign.campaign.name;
    match view.wish.by {
        By::Unit => text!("{name}台账", "{name}: ledger"),
        By::Milestone => text!("{name}完成情况", "{name}: progress by milestone"),
        By::Category => text!("{name}分类汇总表", "{name}: summary by category"),
    }
}

/// `截至2022年6月8日`
pub(super) fn as_of(view: &View<'_>) -> Text {
    let as_of = view.ledger.as_of;
    let day = calendar::spelled(as_of.date);
    let today = match as_of.from_clock {
        true => Text::fixed("（今天）", " (today)"),
        false => Text::default(),
    };
    text!(
        "截至{day_zh}{today_zh}",
        "As of {day_en}{today_en}",
        day_zh = day.zh(),
        today_zh = today.zh(),
        day_en = day.en(),
        today_en = today.en(),
    )
}

/// The English text with a capital, as a heading has it.
pub(super) fn capital(text: &Text) -> Text {
    let mut en = text.en().chars();
    let first = en.next().map(|c| c.to_ascii_uppercase());
    Text::new(text.zh(), first.into_iter().chain(en).collect::<String>())
}

/// That the list is filtered, if it is.
pub(super) fn filter(view: &View<'_>) -> Option<Text> {
    let only = &view.wish.only;
    if only.is_empty() {
        return None;
    }
    let statuses: Vec<Text> = only.iter().map(|status| status.text()).collect();
    let statuses = Text::join(&statuses, "、", " or ");
    let (shown, all) = (view.rows.len(), view.ledger.rows.len());
    Some(text!(
        "只列{zh}的单位（{all}个中的{shown}个），合计按全部单位计算",
        "Only units whose status is {en} are listed ({shown} of {all}); totals are of all units",
        zh = statuses.zh(),
        en = statuses.en()
    ))
}

/// 说明: what one must know to read the figures.
pub(super) fn footnotes(view: &View<'_>) -> Vec<Text> {
    let any = |holds: &dyn Fn(&Cell) -> bool| {
        let mut rows = view.ledger.rows.iter();
        rows.any(|row| view.cells(row).any(|(_, cell)| holds(cell)))
    };
    let mut notes = vec![Text::fixed(
        "完成时限含当日，次日起计逾期。",
        "A due date includes its day; overdue begins on the day after.",
    )];
    if any(&|cell| cell.extension.is_some()) {
        notes.push(Text::fixed(
            "已批准延期的，按延期后的时限计算。",
            "Where an extension was approved, the extended due date counts.",
        ));
    }
    if any(&|cell| cell.status == Status::Unclear) {
        notes.push(Text::fixed(
            "待核的计入应完成数，不计入完成数，也不计入逾期数。",
            "Unclear units count as owed, but neither as done nor as overdue.",
        ));
    }
    let milestones = view.milestones.iter();
    notes.extend(milestones.filter_map(|(_, milestone)| rest_day(view, milestone)));
    notes.extend(set_aside(view));
    if !view.ledger.whole_roster {
        notes.push(Text::fixed(
            "只汇总了所给文件涉及的单位，未包括花名册中的其他单位。",
            "Only the units whose files were given are reported, not the rest of the roster.",
        ));
    }
    notes
}

fn rest_day(view: &View<'_>, milestone: &Milestone) -> Option<Text> {
    let day = rest_day_ahead(view.campaign, milestone, view.ledger)?;
    let (name, due) = (&milestone.name, calendar::iso(milestone.due()));
    Some(text!(
        "{name}时限{due}为{zh}，不顺延。",
        "{name} is due on {due} ({en}); the date does not move.",
        zh = day.zh(),
        en = day.en()
    ))
}

/// `另有14条记录日期在截至日期之后，未计入：方案1、生活会10、制度办法3。`
fn set_aside(view: &View<'_>) -> Option<Text> {
    let aside = view.ledger.set_aside;
    let plural = |n: usize, one, many| count(n as i64, one, many);
    let kinds = [
        (aside.filings, "方案", "plan", "plans"),
        (aside.meetings, "生活会", "life meeting", "life meetings"),
        (aside.documents, "制度办法", "document", "documents"),
    ];
    let some = kinds.into_iter().filter(|(n, ..)| *n > 0);
    let parts: Vec<Text> = some
        .map(|(n, zh, one, many)| Text::new(format!("{zh}{n}"), plural(n, one, many)))
        .collect();
    let (total, parts) = (aside.total(), Text::list(&parts));
    let records = plural(total, "record is", "records are");
    (total > 0).then(|| {
        text!(
            "另有{total}条记录日期在截至日期之后，未计入：{zh}。",
            "{records} dated after the as-of date and not counted: {en}.",
            zh = parts.zh(),
            en = parts.en()
        )
    })
}

#[cfg(test)]
mod tests {
    use super::super::sample::{story, varied, wish};
    use super::*;
    use crate::lang::Lang;

    /// A wish for one milestone, or for all.
    fn of(milestone: Option<usize>) -> Wish {
        Wish {
            milestone,
            ..wish(By::Unit, Lang::Zh)
        }
    }

    #[test]
    fn a_unit_without_a_file_is_missing_only_where_something_shown_is_owed() {
        let (mut ledger, campaign) = varied();
        for row in &mut ledger.rows {
            row.has_file = false;
        }
        // 丁局 filed its plan and need not issue a document; its life meetings are not held.
        let missing = |milestone| {
            let wish = of(milestone);
            View::new(&ledger, &campaign, &wish).is_missing(&ledger.rows[3])
        };
        assert_eq!([Some(1), Some(2), None].map(missing), [true, false, true]);
    }

    #[test]
    fn a_milestone_is_named_where_several_are_shown() {
        let (ledger, campaign) = story();
        let told = |milestone| {
            let wish = of(milestone);
            let view = View::new(&ledger, &campaign, &wish);
            let text = view.problems(&ledger.rows[5], |_| true);
            (text.zh().to_owned(), text.en().to_owned())
        };
        let alone = told(Some(1));
        assert_eq!(alone.0, "缺民主生活会、组织生活会");
        assert_eq!(
            alone.1,
            "lacks democratic life meeting, organizational life meeting"
        );
        // 缺实施方案 names its milestone itself.
        let all = told(None);
        assert_eq!(
            all.0,
            "缺实施方案；生活会：缺民主生活会、组织生活会；缺制度办法1件"
        );
        assert_eq!(
            all.1,
            "实施方案: lacks implementation plan; \
             生活会: lacks democratic life meeting, organizational life meeting; \
             制度办法: lacks 1 institutional document"
        );
    }

    #[test]
    fn what_is_done_excused_or_far_off_is_no_problem() {
        let (ledger, _) = varied();
        let judged = |status: Status| {
            let mut cell = ledger.rows[0].cells[0].clone();
            (cell.status, cell.why) = (status, None);
            is_problem(&cell)
        };
        use Status::{DueSoon, Exempt, Late, OnTime, Overdue, Unclear, Upcoming};
        assert_eq!([OnTime, Late, Exempt, Upcoming].map(judged), [false; 4]);
        assert_eq!([Overdue, Unclear, DueSoon].map(judged), [true; 3]);
    }

    #[test]
    fn a_heading_says_how_far_the_due_date_is() {
        let (mut ledger, campaign) = story();
        let wish = of(None);
        for (day, zh, en) in [
            ("2022-03-30", "还剩1天", "1 day left"),
            ("2022-03-31", "当日到期", "due on this day"),
            ("2022-04-02", "已过2天", "2 days ago"),
        ] {
            ledger.as_of.date = calendar::read(day).unwrap();
            let view = View::new(&ledger, &campaign, &wish);
            let heading = milestone_heading(&view, &campaign.milestone[0]);
            assert_eq!(heading.zh(), format!("实施方案（时限2022-03-31，{zh}）"));
            assert_eq!(heading.en(), format!("实施方案 (due 2022-03-31, {en})"));
        }
    }

    #[test]
    fn only_the_kinds_of_records_that_were_set_aside_are_told() {
        let (mut ledger, campaign) = story();
        let wish = of(None);
        for (counts, zh, en) in [
            (
                [2, 0, 1],
                "另有3条记录日期在截至日期之后，未计入：方案2、制度办法1。",
                "3 records are dated after the as-of date and not counted: 2 plans, 1 document.",
            ),
            (
                [0, 1, 0],
                "另有1条记录日期在截至日期之后，未计入：生活会1。",
                "1 record is dated after the as-of date and not counted: 1 life meeting.",
            ),
            ([0, 0, 0], "", ""),
        ] {
            let aside = &mut ledger.set_aside;
            [aside.filings, aside.meetings, aside.documents] = counts;
            let told = set_aside(&View::new(&ledger, &campaign, &wish)).unwrap_or_default();
            assert_eq!((told.zh(), told.en()), (zh, en));
        }
    }
}
