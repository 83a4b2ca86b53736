//! 时限 for a calendar: a day for each milestone and for each extension, and a reminder before it. All events are
//! of whole days, and none makes a noise: reminders are events too, since many programs drop alarms on import.

use std::fmt::Write;

use chrono::{Datelike, Days};
use icalendar::{Calendar, Component, Event, Property};
use sha2::{Digest, Sha256};

use super::Totals;
use super::view::{self, View};
use crate::calendar::{self, Date};
use crate::campaign::Milestone;
use crate::escape;
use crate::lang::{Text, count};
use crate::ledger::{Cell, Row};
use crate::text;

pub(super) fn render(view: &View<'_>) -> String {
    let mut calendar = events(view).into_iter().collect::<Calendar>();
    let name = Property::new("X-WR-CALNAME", say(view, &name(view)))
        .add_parameter("VALUE", "TEXT")
        .done();
    calendar.properties = Property::from_array([
        ("VERSION", "2.0"),
        ("PRODID", "-//duban//duban//ZH"),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", "PUBLISH"),
    ]);
    calendar.properties.push(name);
    calendar.to_string()
}

fn name(view: &View<'_>) -> Text {
    let name = &view.campaign.campaign.name;
    text!("{name}时限", "{name}: due dates")
}

fn say(view: &View<'_>, text: &Text) -> String {
    escape::calendar(text.get(view.wish.lang))
}

fn events(view: &View<'_>) -> Vec<Event> {
    let mut events = Vec::new();
    for (number, milestone) in &view.milestones {
        events.extend(day_and_reminder(
            view,
            &of_milestone(view, *number, milestone),
        ));
    }
    for (_, row) in &view.rows {
        for (milestone, cell) in view.cells(row).filter(|(_, cell)| cell.extension.is_some()) {
            events.extend(day_and_reminder(view, &of_extension(row, milestone, cell)));
        }
    }
    events
}

/// A due date: whose it is, and what is said of it.
struct Due<'d> {
    milestone: &'d Milestone,
    /// 单位代码, where it is one unit's own.
    unit: &'d str,
    day: Date,
    /// What is due, for titles.
    what: Text,
    about: Text,
}

fn of_milestone<'d>(view: &View<'_>, number: usize, milestone: &'d Milestone) -> Due<'d> {
    let (as_of, totals) = (view::as_of(view), Totals::at(view.ledger, number).text());
    Due {
        milestone,
        unit: "",
        day: milestone.due(),
        what: Text::same(milestone.name.as_str()),
        about: text!(
            "{as_of_zh}：{totals_zh}。",
            "{as_of_en}: {totals_en}.",
            as_of_zh = as_of.zh(),
            totals_zh = totals.zh(),
            as_of_en = as_of.en(),
            totals_en = totals.en(),
        ),
    }
}

fn of_extension<'d>(row: &'d Row, milestone: &'d Milestone, cell: &Cell) -> Due<'d> {
    let (unit, name, note) = (&row.name, &milestone.name, view::note(cell));
    let standing = view::standing(cell);
    Due {
        milestone,
        unit: &row.code,
        day: cell.due,
        what: text!("{unit}{name}（延期）", "{unit}: {name} (extended)"),
        about: text!(
            "{note_zh}。{standing_zh}。",
            "{note_en}. {standing_en}.",
            note_zh = note.zh(),
            standing_zh = standing.zh(),
            note_en = note.en(),
            standing_en = standing.en(),
        ),
    }
}

/// The day itself, and the reminder so many days before it as the campaign calls near.
fn day_and_reminder(view: &View<'_>, due: &Due<'_>) -> Vec<Event> {
    let campaign = &view.campaign.campaign.name;
    let (zh, en) = (due.what.zh(), due.what.en());
    let last = text!("{campaign}：{zh}截止", "{campaign}: {en} is due");
    let n = view.campaign.campaign.due_soon_days();
    let days = count(n, "day", "days");
    let soon = text!(
        "{campaign}：{zh}还剩{n}天",
        "{campaign}: {days} left for {en}"
    );
    let (iso, about) = (calendar::iso(due.day), &due.about);
    let about = text!(
        "时限{iso}（含当日）。{zh}",
        "Due {iso}, the day included. {en}",
        zh = about.zh(),
        en = about.en()
    );
    let before = u64::try_from(n).ok().filter(|n| *n > 0);
    let before = before.and_then(|n| due.day.checked_sub_days(Days::new(n)));
    let before = before.filter(|day| day.year() > 0);
    let reminder = before.map(|day| event(view, due, "reminder", day, &soon, &about));
    let day = event(view, due, "due", due.day, &last, &about);
    std::iter::once(day).chain(reminder).collect()
}

fn event(
    view: &View<'_>,
    due: &Due<'_>,
    kind: &str,
    day: Date,
    title: &Text,
    about: &Text,
) -> Event {
    let mut event = Event::new();
    event
        .uid(&uid(view, due, kind))
        // The day that it is true of, rather than the clock's: the same report has the same bytes.
        .add_property(
            "DTSTAMP",
            format!("{}T000000Z", basic(view.ledger.as_of.date)),
        )
        .append_property(date("DTSTART", day))
        .summary(&say(view, title))
        .description(&say(view, about))
        .add_property("TRANSP", "TRANSPARENT");
    // The end is the first day after it. Without one, an event of a whole day is one day long.
    let end = day.succ_opt().filter(|end| end.year() < 10_000);
    if let Some(end) = end {
        event.append_property(date("DTEND", end));
    }
    event.done()
}

fn date(name: &str, day: Date) -> Property {
    let mut property = Property::new(name, basic(day));
    property.add_parameter("VALUE", "DATE").done()
}

/// `20220331`
fn basic(day: Date) -> String {
    day.format("%Y%m%d").to_string()
}

/// The same for the same milestone, unit and kind of event whatever the date is, so that a calendar that has it
/// already moves it.
fn uid(view: &View<'_>, due: &Due<'_>, kind: &str) -> String {
    let name = &view.campaign.campaign.name;
    let words = [name, &due.milestone.id, due.unit, kind].join("\0");
    let mut uid = String::new();
    for byte in &Sha256::digest(words)[..12] {
        _ = write!(uid, "{byte:02x}");
    }
    uid + "@duban"
}

#[cfg(test)]
mod tests {
    use icalendar::{Calendar, DatePerhapsTime};

    use super::*;
    use crate::campaign::Campaign;
    use crate::lang::Lang;
    use crate::ledger::Ledger;
    use crate::report::sample::{hostile, render, story, varied, wish};
    use crate::report::{By, Format, Wish};

    fn read((ledger, campaign): &(Ledger, Campaign), wish: &Wish) -> Vec<Event> {
        let text = render(Format::Ics, ledger, campaign, wish);
        assert_eq!(text, render(Format::Ics, ledger, campaign, wish));
        assert!(text.split("\r\n").all(|line| line.len() <= 75));
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
        let calendar: Calendar = text.parse().unwrap();
        let events = calendar.components.iter();
        events
            .map(|event| event.as_event().unwrap().clone())
            .collect()
    }

    fn day(event: &Event) -> String {
        let date = |date| match date {
            Some(DatePerhapsTime::Date(date)) => calendar::iso(date),
            other => panic!("{other:?} is no whole day"),
        };
        assert_eq!(
            date(event.get_end()),
            calendar::iso(
                date(event.get_start())
                    .parse::<Date>()
                    .unwrap()
                    .succ_opt()
                    .unwrap()
            ),
            "the end is exclusive"
        );
        date(event.get_start())
    }

    fn lines(events: &[Event]) -> Vec<String> {
        let line = |event: &Event| format!("{} {}", day(event), event.get_summary().unwrap());
        events.iter().map(line).collect()
    }

    #[test]
    fn milestones_have_a_day_and_a_reminder() {
        let events = read(&story(), &wish(By::Unit, Lang::Zh));
        assert_eq!(
            lines(&events),
            [
                "2022-03-31 能力作风优化年：实施方案截止",
                "2022-03-24 能力作风优化年：实施方案还剩7天",
                "2022-10-31 能力作风优化年：生活会截止",
                "2022-10-24 能力作风优化年：生活会还剩7天",
                "2022-12-31 能力作风优化年：制度办法截止",
                "2022-12-24 能力作风优化年：制度办法还剩7天",
            ]
        );
        let about = events[0].get_description().unwrap();
        assert!(
            about.starts_with("时限2022-03-31（含当日）。截至2022年6月8日：应完成6，按期完成3"),
            "{about}"
        );
        assert_eq!(
            events[0].property_value("DTSTAMP"),
            Some("20220608T000000Z")
        );
    }

    #[test]
    fn an_extension_is_a_day_of_the_unit_s_own() {
        let english = read(&varied(), &wish(By::Unit, Lang::En));
        let all = lines(&english);
        assert_eq!(
            all[6..],
            [
                "2022-04-30 能力作风优化年: 丙街道: 实施方案 (extended) is due",
                "2022-04-23 能力作风优化年: 7 days left for 丙街道: 实施方案 (extended)",
            ]
        );
        let one = Wish {
            milestone: Some(1),
            ..wish(By::Unit, Lang::En)
        };
        assert_eq!(read(&varied(), &one).len(), 2);
    }

    #[test]
    fn an_event_keeps_its_name_when_its_day_moves() {
        let uids = |data: &(Ledger, Campaign)| {
            let events = read(data, &wish(By::Unit, Lang::Zh));
            let uids = events
                .iter()
                .map(|event| event.get_uid().unwrap().to_owned());
            uids.collect::<Vec<_>>()
        };
        let before = uids(&varied());
        let (mut ledger, mut campaign) = varied();
        campaign.milestone[0].due = "2022-04-15".parse().ok();
        ledger.as_of.date = "2022-11-01".parse().unwrap();
        ledger.rows[2].cells[0].due = "2022-05-31".parse().unwrap();
        assert_eq!(uids(&(ledger, campaign)), before);
        let mut different = before.clone();
        different.sort();
        different.dedup();
        assert_eq!(different.len(), before.len());
    }

    #[test]
    fn names_that_a_calendar_could_obey_stay_names() {
        let (mut ledger, mut campaign) = hostile();
        campaign.campaign.name = "年\r\nEND:VCALENDAR\r\n,;\\n".to_owned();
        campaign.campaign.due_soon_days = Some(0);
        ledger.as_of.date = "9999-12-31".parse().unwrap();
        let events = read(&(ledger, campaign), &wish(By::Unit, Lang::Zh));
        assert_eq!(events.len(), 3, "and no reminder on the day itself");
        let title = events[0].get_summary().unwrap();
        assert_eq!(title, "年\nEND:VCALENDAR\n,;\\n：实施方案截止");
    }

    #[test]
    fn the_calendar_is_named_after_the_campaign() {
        let (ledger, campaign) = story();
        for (lang, name) in [
            (Lang::Zh, "能力作风优化年时限"),
            (Lang::En, "能力作风优化年: due dates"),
        ] {
            let text = render(Format::Ics, &ledger, &campaign, &wish(By::Unit, lang));
            let line = format!("X-WR-CALNAME;VALUE=TEXT:{name}\r\n");
            assert!(text.contains(&line), "{text}");
        }
    }
}
