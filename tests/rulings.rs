//! The rulings: where two careful people could read the campaign's rules differently, one reading was
//! chosen. Each has a number, and here are its tests, each a folder that a unit could have sent.

mod support;

use duban::calendar::AsOf;
use duban::ledger::{Part, Remark, Status};
use duban::vocabulary::Basis;
use support::*;

use Status::{DueSoon, Exempt, Late, OnTime, Overdue, Unclear, Upcoming};

// Ruling 1. A document counts if it is in force on its due date, or on its adoption date if that is later;
// what ends afterwards undoes nothing; no `adopted` is a draft; a number used twice counts once.

#[test]
fn ruling_01_what_ends_after_the_due_date_undoes_nothing() {
    for ending in ["repealed = 2023-01-01", "valid_until = 2022-12-31", ""] {
        let document = document("2022-12-10", ending);
        let found = status_of(OUTCOMES, &document, "2023-06-01");
        assert_eq!(found, (OnTime, 0), "{ending}");
    }
}

#[test]
fn ruling_01_the_last_valid_day_is_in_force_and_the_day_of_repeal_is_not() {
    for (ending, status) in [
        ("valid_until = 2022-12-31", (OnTime, 0)),
        ("valid_until = 2022-12-30", (Overdue, 1)),
        ("repealed = 2023-01-01", (OnTime, 0)),
        ("repealed = 2022-12-31", (Overdue, 1)),
    ] {
        let document = document("2022-12-10", ending);
        let found = status_of(OUTCOMES, &document, "2023-01-01");
        assert_eq!(found, status, "{ending}");
    }
}

#[test]
fn ruling_01_a_document_adopted_late_must_be_in_force_on_its_adoption_date() {
    for (ending, status) in [
        ("valid_until = 2023-01-10", (Late, 10)),
        ("valid_until = 2023-01-05", (Overdue, 32)),
        ("repealed = 2023-01-11", (Late, 10)),
        ("repealed = 2023-01-10", (Overdue, 32)),
    ] {
        let document = document("2023-01-10", ending);
        let found = status_of(OUTCOMES, &document, "2023-02-01");
        assert_eq!(found, status, "{ending}");
    }
}

#[test]
fn ruling_01_a_document_without_its_adoption_date_is_a_draft() {
    let draft = "\n[[outcome]]\ntitle = \"甲镇干部夜学制度\"\nprinted = 2022-12-12\n";
    let verdict = Folder::new(JIA)
        .file("01.toml", &jia(draft))
        .check("2023-01-01");
    expect(&verdict, "01", OUTCOMES, Overdue, 1);
    let draft = Remark::Draft("甲镇干部夜学制度".to_owned());
    assert!(remarks(&verdict, "01", OUTCOMES).contains(&draft));
}

#[test]
fn ruling_01_two_files_of_one_unit_repeat_its_numbers_and_that_is_said_of_the_files() {
    let numbered = document("2022-12-01", "document_number = \"甲党发〔2022〕31号\"");
    let folder = Folder::new(&jia_and_yi())
        .file("01.toml", &jia(&numbered))
        .file("01-2.toml", &jia(&numbered));
    let verdict = folder.check("2022-12-10");
    assert!(findings(&verdict, "number-reused").is_empty());
    only(&verdict, "duplicate-plan");
    // Of another unit, and within one file, it is the number.
    let other = folder.file("02.toml", &plan_of("02", "乙镇", &numbered.repeat(2)));
    let verdict = other.check("2022-12-10");
    assert_eq!(findings(&verdict, "number-reused").len(), 2);
}

#[test]
fn ruling_01_a_number_used_twice_counts_once_whatever_its_brackets() {
    let campaign = CAMPAIGN.replace("at_least = 1", "at_least = 2");
    let number = |number| format!("document_number = \"{number}\"");
    let two = |one, other| {
        let (early, later) = (
            document("2022-12-10", &number(one)),
            document("2022-12-20", &number(other)),
        );
        let verdict = Folder::with_campaign(&format!("{campaign}{JIA}"))
            .file("01.toml", &jia(&format!("{early}{later}")))
            .check("2023-01-01");
        cell(&verdict, "01", OUTCOMES).clone()
    };
    let same = two("甲党发〔2022〕31号", "甲党发[2022]31号");
    assert_eq!((same.status, same.days), (Overdue, 1));
    assert_eq!(same.there(), [Part::Documents(1)]);
    assert_eq!(same.lacking(), [Part::Documents(1)]);
    let different = two("甲党发〔2022〕31号", "甲党发〔2022〕32号");
    assert_eq!(
        (different.status, different.done),
        (OnTime, Some(day("2022-12-20")))
    );
}

#[test]
fn ruling_01_of_two_documents_with_one_number_the_earlier_counts_wherever_it_stands() {
    let number = "document_number = \"甲党发〔2022〕31号\"";
    let late = document("2023-01-10", number);
    let early = document("2022-12-10", number);
    for records in [format!("{late}{early}"), format!("{early}{late}")] {
        assert_eq!(status_of(OUTCOMES, &records, "2023-02-01"), (OnTime, 0));
    }
}

// Ruling 2. The window is the start to the later of the end and the extended due date.

#[test]
fn ruling_02_a_plan_dated_before_the_start_is_unclear_and_said_to_be_outside() {
    for date in ["2022-03-14", "2021-03-28"] {
        let folder = Folder::new(JIA).file("01.toml", &jia(&filed(date)));
        let verdict = folder.check("2022-04-15");
        expect(&verdict, "01", PLAN, Unclear, 0);
        let finding = only(&verdict, "outside-campaign");
        assert_eq!(finding.place.field.to_string(), "plan.filed");
        assert!(findings(&verdict, "overdue").is_empty());
        assert!(findings(&verdict, "plan-missing").is_empty());
    }
    assert_eq!(
        status_of(PLAN, &filed("2022-03-15"), "2022-04-15"),
        (OnTime, 0)
    );
}

#[test]
fn ruling_02_a_meeting_before_the_start_does_not_count_and_one_on_the_start_does() {
    let verdict = Folder::new(JIA)
        .file("01.toml", &jia(&both("2022-03-14")))
        .check("2022-11-01");
    expect(&verdict, "01", MEETINGS, Overdue, 1);
    assert_eq!(findings(&verdict, "outside-campaign").len(), 2);
    assert_eq!(
        status_of(MEETINGS, &both("2022-03-15"), "2022-11-01"),
        (OnTime, 0)
    );
}

#[test]
fn ruling_02_a_document_before_the_start_does_not_count() {
    let verdict = Folder::new(JIA)
        .file("01.toml", &jia(&document("2022-03-14", "")))
        .check("2023-01-02");
    expect(&verdict, "01", OUTCOMES, Overdue, 2);
    let finding = only(&verdict, "outside-campaign");
    assert_eq!(finding.place.field.to_string(), "outcome[0].adopted");
}

#[test]
fn ruling_02_a_plan_or_document_after_the_end_is_late_and_not_void() {
    let records = format!("{}{}", filed("2023-01-10"), document("2023-01-10", ""));
    let verdict = Folder::new(JIA)
        .file("01.toml", &jia(&records))
        .check("2023-02-01");
    expect(&verdict, "01", PLAN, Late, 285);
    expect(&verdict, "01", OUTCOMES, Late, 10);
    assert!(findings(&verdict, "outside-campaign").is_empty());
}

#[test]
fn ruling_02_a_meeting_after_the_end_does_not_count_and_one_on_the_end_is_late() {
    let verdict = Folder::new(JIA)
        .file("01.toml", &jia(&both("2023-01-01")))
        .check("2023-01-02");
    expect(&verdict, "01", MEETINGS, Overdue, 63);
    assert_eq!(findings(&verdict, "outside-campaign").len(), 2);
    assert_eq!(
        status_of(MEETINGS, &both("2022-12-31"), "2023-01-02"),
        (Late, 61)
    );
}

#[test]
fn ruling_02_an_extension_beyond_the_end_moves_the_windows_end() {
    let extension = "\n[[extension]]\nunit = \"01\"\nmilestone = \"life-meetings\"\nuntil = 2023-01-31\napplied = 2022-10-20\napproved_by = \"昌壬子\"\n";
    let on = |held| {
        let folder = Folder::new(&format!("{JIA}{extension}")).file("01.toml", &jia(&both(held)));
        let verdict = folder.check("2023-02-10");
        let cell = cell(&verdict, "01", MEETINGS);
        (
            cell.status,
            cell.days,
            findings(&verdict, "outside-campaign").len(),
        )
    };
    assert_eq!(on("2023-01-31"), (OnTime, 0, 0));
    assert_eq!(on("2023-02-01"), (Overdue, 10, 2));
}

// Ruling 3. `filed` is the first filing; later versions go into `revised`.

#[test]
fn ruling_03_a_revision_changes_nothing() {
    let revised = format!(
        "{}revised = [2022-05-10, 2022-06-01]\n",
        filed("2022-03-28")
    );
    assert_eq!(status_of(PLAN, &revised, "2022-07-01"), (OnTime, 0));
    let late = format!("{}revised = [2022-05-10]\n", filed("2022-04-02"));
    assert_eq!(status_of(PLAN, &late, "2022-07-01"), (Late, 2));
    let never_filed = "\n[plan]\nrevised = [2022-03-20]\n";
    assert_eq!(status_of(PLAN, never_filed, "2022-04-01"), (Overdue, 1));
}

#[test]
fn ruling_03_a_plan_adopted_and_not_filed_is_not_done_and_the_finding_says_so() {
    let adopted = "\n[plan]\nadopted = 2022-03-25\n";
    let verdict = Folder::new(JIA)
        .file("01.toml", &jia(adopted))
        .check("2022-04-01");
    expect(&verdict, "01", PLAN, Overdue, 1);
    let reason = Remark::NotOnBasis {
        there: Basis::Adopted,
        date: day("2022-03-25"),
        counts: Basis::Filed,
    };
    assert!(remarks(&verdict, "01", PLAN).contains(&reason));
    let message = &only(&verdict, "overdue").message;
    assert!(
        message.en().contains("adopted on 2022-03-25, not filed"),
        "{message:?}"
    );
    assert!(message.zh().contains("制定，未报送"), "{message:?}");
}

#[test]
fn ruling_03_the_campaign_says_which_date_of_the_plan_counts() {
    let dates = "\n[plan]\nadopted = 2022-03-30\nfiled = 2022-04-01\nreceived = 2022-04-03\n";
    for (basis, status) in [
        ("adopted", (OnTime, 0)),
        ("filed", (Late, 1)),
        ("received", (Late, 3)),
    ] {
        let campaign = CAMPAIGN.replace("basis = \"filed\"", &format!("basis = \"{basis}\""));
        let verdict = Folder::with_campaign(&format!("{campaign}{JIA}"))
            .file("01.toml", &jia(dates))
            .check("2022-05-01");
        expect(&verdict, "01", PLAN, status.0, status.1);
    }
}

// Ruling 4. `planned` never counts; `form`, `reviews_campaign` and the order never change a status.

#[test]
fn ruling_04_a_planned_meeting_never_counts() {
    let planned = "\n[[meeting]]\nkind = \"民主生活会\"\nplanned = 2022-10-20\n";
    let held = organizational("2022-10-20", "");
    let records = format!("{}{planned}{held}", filed("2022-03-28"));
    let verdict = Folder::new(JIA)
        .file("01.toml", &jia(&records))
        .check("2022-11-01");
    expect(&verdict, "01", MEETINGS, Overdue, 1);
    let message = &only(&verdict, "overdue").message;
    assert!(message.zh().contains("缺民主生活会"), "{message:?}");
    assert!(message.zh().contains("已开组织生活会"), "{message:?}");
}

#[test]
fn ruling_04_form_review_and_order_change_no_status() {
    for more in [
        "form = \"茶话会\"",
        "form = \"支委会\"",
        "reviews_campaign = false",
        "planned = 2022-12-01",
    ] {
        let meetings = format!(
            "{}{}",
            democratic("2022-10-20", more),
            organizational("2022-10-20", more)
        );
        assert_eq!(
            status_of(MEETINGS, &meetings, "2022-11-01"),
            (OnTime, 0),
            "{more}"
        );
    }
    let before_the_plan = format!("{}{}", filed("2022-03-30"), both("2022-03-20"));
    assert_eq!(
        status_of(MEETINGS, &before_the_plan, "2022-11-01"),
        (OnTime, 0)
    );
    assert_eq!(status_of(PLAN, &before_the_plan, "2022-11-01"), (OnTime, 0));
}

#[test]
fn ruling_04_an_annual_meeting_of_another_year_never_counts() {
    for (year, status) in [
        ("year = 2021", (Overdue, 1)),
        ("year = 2023", (Overdue, 1)),
        ("year = 2022", (OnTime, 0)),
        ("", (OnTime, 0)),
    ] {
        let meetings = format!(
            "{}{}",
            democratic("2022-10-20", year),
            organizational("2022-10-20", "")
        );
        assert_eq!(
            status_of(MEETINGS, &meetings, "2022-11-01"),
            status,
            "{year}"
        );
    }
}

// Ruling 5. Attendance of a 民主生活会.

fn with_attendance(more: &str) -> String {
    let democratic = democratic("2022-10-20", more);
    format!("{democratic}{}", organizational("2022-10-20", ""))
}

#[test]
fn ruling_05_a_meeting_without_one_or_both_numbers_counts() {
    for more in ["", "expected = 9", "present = 2"] {
        let found = status_of(MEETINGS, &with_attendance(more), "2022-11-01");
        assert_eq!(found, (OnTime, 0), "{more}");
    }
}

#[test]
fn ruling_05_two_thirds_are_enough_and_one_fewer_is_not() {
    for (expected, enough) in [(6, 4), (7, 5), (5, 4), (3, 2), (1, 1)] {
        let present = |present| {
            let more = format!("expected = {expected}\npresent = {present}");
            status_of(MEETINGS, &with_attendance(&more), "2022-11-01")
        };
        assert_eq!(present(enough), (OnTime, 0), "{enough} of {expected}");
        assert_eq!(
            present(enough - 1),
            (Overdue, 1),
            "fewer than {enough} of {expected}"
        );
    }
}

#[test]
fn ruling_05_numbers_that_contradict_each_other_are_a_bad_value_and_unclear() {
    for (more, field) in [
        ("expected = 0\npresent = 0", "meeting[0].expected"),
        ("expected = 0", "meeting[0].expected"),
        ("expected = 5\npresent = 6", "meeting[0].present"),
    ] {
        let folder = Folder::new(JIA).file("01.toml", &jia(&with_attendance(more)));
        let verdict = folder.check("2022-11-01");
        expect(&verdict, "01", MEETINGS, Unclear, 0);
        let finding = only(&verdict, "bad-value");
        assert_eq!(finding.place.field.to_string(), field);
    }
}

#[test]
fn ruling_05_attendance_decides_nothing_for_the_other_kind() {
    for more in ["expected = 9\npresent = 1", "expected = 2\npresent = 9"] {
        let meetings = format!(
            "{}{}",
            democratic("2022-10-20", ""),
            organizational("2022-10-20", more)
        );
        assert_eq!(
            status_of(MEETINGS, &meetings, "2022-11-01"),
            (OnTime, 0),
            "{more}"
        );
    }
}

// Ruling 6. Branches.

fn with_branches(branches: &str, organizational: &str, date: &str) -> duban::ledger::Cell {
    let roster = unit(
        "01",
        "甲镇",
        &format!("body = \"党委\"\nbranches = [{branches}]"),
    );
    let records = format!("{}{organizational}", democratic("2022-10-20", ""));
    let verdict = Folder::new(&roster)
        .file("01.toml", &jia(&records))
        .check(date);
    cell(&verdict, "01", MEETINGS).clone()
}

#[test]
fn ruling_06_each_branch_listed_must_meet_and_the_last_one_gives_the_date() {
    let of = |branch: &str, held: &str| organizational(held, &format!("branch = \"{branch}\""));
    let (one, two) = (of("机关党支部", "2022-10-12"), of("村党支部", "2022-11-02"));
    let listed = "\"机关党支部\", \"村党支部\"";
    let all = with_branches(listed, &format!("{one}{two}"), "2022-12-01");
    assert_eq!(
        (all.status, all.days, all.done),
        (Late, 2, Some(day("2022-11-02")))
    );
    let some = with_branches(listed, &one, "2022-12-01");
    assert_eq!((some.status, some.days), (Overdue, 31));
    assert!(some.there().contains(&Part::Branch("机关党支部".into())));
    assert_eq!(some.lacking(), [Part::Branch("村党支部".into())]);
}

#[test]
fn ruling_06_a_meeting_without_its_branch_counts_for_none_unless_only_one_is_listed() {
    let unnamed = organizational("2022-10-12", "");
    let two = with_branches("\"机关党支部\", \"村党支部\"", &unnamed, "2022-11-01");
    assert_eq!((two.status, two.days), (Overdue, 1));
    assert!(two.remarks().contains(&Remark::NoBranch));
    let one = with_branches("\"机关党支部\"", &unnamed, "2022-11-01");
    assert_eq!((one.status, one.days), (OnTime, 0));
}

#[test]
fn ruling_06_where_no_branch_is_listed_any_meeting_counts() {
    let named = organizational("2022-10-12", "branch = \"机关党支部\"");
    let none = with_branches("", &named, "2022-11-01");
    assert_eq!((none.status, none.days), (OnTime, 0));
    let another = with_branches("\"村党支部\"", &named, "2022-11-01");
    assert_eq!((another.status, another.days), (Overdue, 1));
}

#[test]
fn ruling_06_a_branch_on_a_democratic_life_meeting_is_ignored() {
    let roster = unit(
        "01",
        "甲镇",
        "body = \"党委\"\nbranches = [\"机关党支部\", \"村党支部\"]",
    );
    let records = [
        democratic("2022-10-20", "branch = \"没有的党支部\""),
        organizational("2022-10-12", "branch = \"机关党支部\""),
        organizational("2022-10-13", "branch = \"村党支部\""),
    ];
    let verdict = Folder::new(&roster)
        .file("01.toml", &jia(&records.concat()))
        .check("2022-11-01");
    expect(&verdict, "01", MEETINGS, OnTime, 0);
}

// Ruling 7. Only dates that a milestone reads are records set aside.

#[test]
fn ruling_07_only_the_dates_that_a_milestone_reads_are_set_aside() {
    let records = "
[plan]
special_meeting = 2022-07-01
adopted = 2022-07-02
filed = 2022-07-03
received = 2022-07-04
revised = [2022-07-05]

[[problem]]
subject = \"领导班子\"
text = \"深入一线不够\"
closed = 2022-09-20

[[measure]]
text = \"建立夜学\"
done = 2022-08-20

[[activity]]
kind = \"能力培训\"
date = 2022-08-12

[[meeting]]
kind = \"民主生活会\"
planned = 2022-10-20
held = 2022-10-24

[[meeting]]
kind = \"组织生活会\"
planned = 2022-10-20

[[outcome]]
title = \"甲镇干部夜学制度\"
adopted = 2022-12-10
printed = 2022-12-12
valid_until = 2025-12-31

[summary]
date = 2022-12-20
";
    let verdict = Folder::new(JIA)
        .file("01.toml", &jia(records))
        .check("2022-06-08");
    let aside = verdict.ledger.set_aside;
    assert_eq!((aside.filings, aside.meetings, aside.documents), (1, 1, 1));
    assert_eq!(aside.total(), 3);
    let on_the_day = Folder::new(JIA)
        .file("01.toml", &jia(records))
        .check("2022-12-10");
    assert_eq!(on_the_day.ledger.set_aside.total(), 0);
}

// Ruling 8. A cell is unclear exactly when its status hangs on what cannot be read.

const ODD_DEMOCRATIC: &str = "\n[[meeting]]\nkind = \"民主生活会\"\nheld = \"2022年10月\"\n";

#[test]
fn ruling_08_on_time_by_readable_records_stands() {
    let records = format!("{ODD_DEMOCRATIC}{}", both("2022-10-31"));
    assert_eq!(status_of(MEETINGS, &records, "2022-11-01"), (OnTime, 0));
}

#[test]
fn ruling_08_late_beside_an_unreadable_and_possibly_earlier_record_is_unclear() {
    let other = organizational("2022-10-20", "");
    let late = democratic("2022-11-02", "");
    let records = format!("{ODD_DEMOCRATIC}{late}{other}");
    assert_eq!(status_of(MEETINGS, &records, "2022-12-01"), (Unclear, 0));
    // Where the other kind is late too, nothing hangs on it.
    let records = format!("{ODD_DEMOCRATIC}{}", both("2022-11-02"));
    assert_eq!(status_of(MEETINGS, &records, "2022-12-01"), (Late, 2));
    // A record whose date can be read, and is late too, makes nobody on time.
    let later = democratic("2022-11-20", "year = \"二〇二二\"");
    let records = format!("{later}{}", both("2022-11-02"));
    assert_eq!(status_of(MEETINGS, &records, "2022-12-01"), (Late, 2));
}

#[test]
fn ruling_08_another_owed_kind_that_is_wholly_absent_is_still_overdue() {
    assert_eq!(
        status_of(MEETINGS, ODD_DEMOCRATIC, "2022-11-01"),
        (Overdue, 1)
    );
    let records = format!("{ODD_DEMOCRATIC}{}", organizational("2022-10-20", ""));
    assert_eq!(status_of(MEETINGS, &records, "2022-11-01"), (Unclear, 0));
    // The other kind is there, and late whatever the odd one says.
    let records = format!("{ODD_DEMOCRATIC}{}", organizational("2022-11-20", ""));
    let found = status_of(MEETINGS, &records, "2022-12-01");
    assert_eq!(
        found.0, Unclear,
        "not done by what can be read, late at best"
    );
}

#[test]
fn ruling_08_an_unreadable_field_that_matters_makes_its_record_unreadable() {
    for more in [
        "year = \"2022年\"",
        "expected = \"九\"\npresent = 9",
        "expected = 9\npresent = \"八\"",
    ] {
        let found = status_of(MEETINGS, &with_attendance(more), "2022-11-01");
        assert_eq!(found, (Unclear, 0), "{more}");
    }
    for more in [
        "form = 3",
        "reviews_campaign = \"是\"",
        "planned = \"十月\"",
        "branch = 1",
    ] {
        let found = status_of(MEETINGS, &with_attendance(more), "2022-11-01");
        assert_eq!(found, (OnTime, 0), "{more}");
    }
    for more in ["valid_until = \"长期\"", "repealed = \"无\""] {
        let found = status_of(OUTCOMES, &document("2022-12-10", more), "2023-01-01");
        assert_eq!(found, (Unclear, 0), "{more}");
    }
    for more in ["printed = \"12月\"", "based_on = 1", "document_number = 31"] {
        let found = status_of(OUTCOMES, &document("2022-12-10", more), "2023-01-01");
        assert_eq!(found, (OnTime, 0), "{more}");
    }
}

#[test]
fn ruling_08_what_would_not_be_enough_even_if_it_were_read_is_overdue() {
    let campaign = CAMPAIGN.replace("at_least = 1", "at_least = 2");
    let folder = Folder::with_campaign(&format!("{campaign}{JIA}"));
    let one = folder.file("01.toml", &jia(&document("\"2022年12月\"", "")));
    expect(&one.check("2023-01-01"), "01", OUTCOMES, Overdue, 1);
    let two = format!(
        "{}{}",
        document("\"2022年12月\"", ""),
        document("2022-12-10", "")
    );
    one.put("01.toml", jia(&two).as_bytes());
    expect(&one.check("2023-01-01"), "01", OUTCOMES, Unclear, 0);
}

#[test]
fn ruling_08_a_misspelt_key_is_unclear_and_not_overdue() {
    let misspelt = "\n[plan]\nfilled = 2022-03-28\n";
    let verdict = Folder::new(JIA)
        .file("01.toml", &jia(misspelt))
        .check("2022-04-15");
    expect(&verdict, "01", PLAN, Unclear, 0);
    let finding = only(&verdict, "unknown-key");
    assert!(finding.fix.en().contains("filed"), "{:?}", finding.fix);
    assert!(findings(&verdict, "overdue").is_empty());
    // Where the right key is there too, nothing hangs on the wrong one.
    let both = "\n[plan]\nfilled = 2022-03-28\nfiled = 2022-04-02\n";
    assert_eq!(status_of(PLAN, both, "2022-04-15"), (Late, 2));
}

#[test]
fn ruling_08_a_quoted_date_is_unclear_and_the_rest_of_the_file_is_judged() {
    let records = format!("\n[plan]\nfiled = \"2022-3-28\"\n{}", both("2022-10-20"));
    let verdict = Folder::new(JIA)
        .file("01.toml", &jia(&records))
        .check("2022-11-01");
    expect(&verdict, "01", PLAN, Unclear, 0);
    expect(&verdict, "01", MEETINGS, OnTime, 0);
    let finding = only(&verdict, "quoted-date");
    assert_eq!(finding.fix.en(), "write filed = 2022-03-28");
}

#[test]
fn ruling_08_a_misspelt_table_is_unclear_and_not_overdue() {
    let misspelt = "\n[[meetings]]\nkind = \"民主生活会\"\nheld = 2022-10-20\n";
    assert_eq!(status_of(MEETINGS, misspelt, "2022-11-01"), (Unclear, 0));
    let single = "\n[meeting]\nkind = \"民主生活会\"\nheld = 2022-10-20\n";
    assert_eq!(status_of(MEETINGS, single, "2022-11-01"), (Unclear, 0));
    let misspelt = "\n[[outcom]]\ntitle = \"甲镇干部夜学制度\"\nadopted = 2022-12-10\n";
    assert_eq!(status_of(OUTCOMES, misspelt, "2023-01-01"), (Unclear, 0));
}

#[test]
fn ruling_08_one_misspelt_header_among_good_ones_is_unclear_and_not_overdue() {
    let one = democratic("2022-10-20", "");
    let other = organizational("2022-10-20", "").replace("[[meeting]]", "[[meting]]");
    for meetings in [format!("{one}{other}"), format!("{other}{one}")] {
        assert_eq!(status_of(MEETINGS, &meetings, "2022-11-01"), (Unclear, 0));
    }
}

#[test]
fn ruling_08_what_a_broken_key_or_a_lost_line_break_hides_is_unclear_and_not_overdue() {
    for records in [
        "\n[plan]\nfil ed = 2022-03-28\n",
        "\n[plan]\nfi\nled = 2022-03-28\n",
        "\n[plan]\nfiled＝2022-03-28\n",
        "\n[plan]\nadopted = 2022-03-25filed = 2022-03-28\n",
        "secretary = \"赵天干\"[plan]\nfiled = 2022-03-28\n",
        "\n]][plan]\nfiled = 2022-03-28\n",
    ] {
        let found = status_of(PLAN, records, "2022-04-15");
        assert_eq!(found, (Unclear, 0), "{records}");
    }
    let open = "\n[[outcome]]\ntitle = \"甲镇干部夜学制度\"\nadopted = [2022-12-10\n\n[summary]\ndate = 2022-12-20\n";
    assert_eq!(status_of(OUTCOMES, open, "2023-01-15"), (Unclear, 0));
}

#[test]
fn ruling_08_a_syntax_error_in_one_value_hides_that_value_only() {
    let records =
        "\n[plan]\nfiled = 2022-3-28\n\n[[meeting]]\nkind = \"民主生活会\"\nheld = 2022-10-20\n";
    let verdict = Folder::new(JIA)
        .file("01.toml", &jia(records))
        .check("2022-11-01");
    expect(&verdict, "01", PLAN, Unclear, 0);
    expect(&verdict, "01", MEETINGS, Overdue, 1);
}

// Ruling 9. Where a syntax error's place is not certain, a deciding key stands twice or a unit has two
// files, every cell is unclear that readable records do not prove on time in either reading.

/// The statuses of 甲镇 when its file has these bytes after `[unit]`, with everything overdue.
fn broken(records: &str) -> Vec<Status> {
    let verdict = Folder::new(JIA)
        .file("01.toml", &jia(records))
        .check("2023-03-01");
    let cells = &row(&verdict, "01").cells;
    cells.iter().map(|cell| cell.status).collect()
}

#[test]
fn ruling_09_a_broken_header_makes_unclear_what_is_not_proved_on_time() {
    let header = "\n[[meeting]\nkind = \"民主生活会\"\nheld = 2022-10-20\n";
    let records = format!("{}{header}", filed("2022-03-28"));
    assert_eq!(broken(&records), [OnTime, Unclear, Unclear]);
    let records = format!("{}{header}", filed("2022-04-02"));
    assert_eq!(broken(&records), [Unclear, Unclear, Unclear]);
}

#[test]
fn ruling_09_an_error_that_swallows_later_lines_makes_unclear_what_is_not_proved_on_time() {
    let open = "\n[plan]\ntitle = \"\"\"甲镇实施方案\nfiled = 2022-03-28\n";
    assert_eq!(broken(open), [Unclear, Unclear, Unclear]);
    let open = format!(
        "{}\n[[measure]]\ntext = '''建立夜学\n\n[[outcome]]\ntitle = \"甲镇干部夜学制度\"\n",
        filed("2022-03-28")
    );
    assert_eq!(broken(&open), [OnTime, Unclear, Unclear]);
    let open = "\n[plan]\nrevised = [2022-05-10\nfiled = 2022-03-28\n";
    assert_eq!(broken(open)[PLAN], OnTime, "what follows is read");
    // The text that was swallowed may read like the statement that swallowed it.
    let open = "\n[[measure]]\ntext = '''建立夜学\n\n[[problem]]\ntext = \"深入一线不够\"\n";
    assert_eq!(broken(open), [Unclear, Unclear, Unclear]);
    let open = "\n[[measure]]\nresponsible = [\"党政办\",\n\n[plan]\nfiled = 2022-03-28\n";
    assert_eq!(broken(open), [Unclear, Unclear, Unclear]);
}

#[test]
fn ruling_09_a_header_in_brackets_of_chinese_typing_or_without_them_is_a_broken_header() {
    for header in [
        "［plan］",
        "【plan】",
        "〔plan〕",
        "[plan",
        "plan]",
        "plan",
        "[plan】",
        "[ [plan]",
    ] {
        let records = format!("\n{header}\nfiled = 2022-03-28\n");
        assert_eq!(broken(&records), [Unclear, Unclear, Unclear], "{header}");
    }
    for header in [
        "［［meeting］］",
        "[[meeting]",
        "meeting]]",
        "[[meeting",
        "【【meeting】】",
    ] {
        let records = format!("{}\n{header}\nkind = \"民主生活会\"\n", filed("2022-03-28"));
        assert_eq!(broken(&records), [OnTime, Unclear, Unclear], "{header}");
    }
}

#[test]
fn ruling_09_a_text_broken_over_two_lines_hides_only_itself() {
    for text in ["“甲镇\n实施方案”", "\"甲镇\n实施方案\"", "“甲镇实施方案”"]
    {
        let records = format!("\n[plan]\ntitle = {text}\nfiled = 2022-04-02\n");
        assert_eq!(broken(&records), [Late, Overdue, Overdue], "{text}");
    }
}

#[test]
fn ruling_09_a_deciding_key_that_stands_twice_is_on_time_only_in_both_readings() {
    let twice = |one, other| broken(&format!("\n[plan]\nfiled = {one}\nfiled = {other}\n"))[PLAN];
    assert_eq!(twice("2022-03-25", "2022-03-28"), OnTime);
    assert_eq!(twice("2022-03-25", "2022-04-28"), Unclear);
    assert_eq!(twice("2022-04-28", "2022-03-25"), Unclear);
    assert_eq!(twice("2022-04-25", "2022-04-28"), Unclear);
}

#[test]
fn ruling_09_a_lost_header_makes_deciding_keys_stand_twice_and_the_meetings_unclear() {
    let lost = "\n[[meeting]]\nkind = \"民主生活会\"\nheld = 2022-10-20\nkind = \"组织生活会\"\nheld = 2022-10-24\n";
    assert_eq!(broken(lost)[MEETINGS], Unclear);
}

#[test]
fn ruling_09_a_key_that_decides_nothing_may_stand_twice() {
    let verdict = Folder::new(JIA)
        .file(
            "01.toml",
            &jia("secretary = \"赵天干\"\nsecretary = \"钱地支\"\n"),
        )
        .check("2022-04-01");
    assert_eq!(findings(&verdict, "syntax").len(), 1);
    expect(&verdict, "01", PLAN, Overdue, 1);
    expect(&verdict, "01", MEETINGS, Upcoming, 213);
}

#[test]
fn ruling_09_two_files_for_one_unit_prove_on_time_only_together() {
    let two = |one: &str, other: &str| {
        let verdict = Folder::new(JIA)
            .file("01.toml", &jia(one))
            .file("方案(最终版)(2).toml", &jia(other))
            .check("2022-04-15");
        let finding = only(&verdict, "duplicate-plan");
        assert_eq!(finding.unit.as_deref(), Some("01"));
        assert!(findings(&verdict, "plan-missing").is_empty());
        cell(&verdict, "01", PLAN).status
    };
    assert_eq!(two(&filed("2022-03-28"), &filed("2022-03-31")), OnTime);
    assert_eq!(two(&filed("2022-03-28"), &filed("2022-04-01")), Unclear);
    assert_eq!(two(&filed("2022-03-28"), ""), Unclear);
    assert_eq!(two(&filed("2022-04-02"), &filed("2022-04-02")), Unclear);
    assert_eq!(two("", ""), Unclear);
}

#[test]
fn ruling_09_what_is_not_owed_stays_so_however_broken_the_file() {
    let roster = unit("01", "甲镇", "body = \"无\"");
    let verdict = Folder::new(&roster)
        .file("01.toml", &jia("\n[[meeting]\nkind = \"民主生活会\"\n"))
        .check("2023-03-01");
    expect(&verdict, "01", MEETINGS, Exempt, 0);
    expect(&verdict, "01", PLAN, Unclear, 0);
}

// Ruling 10. If the code cannot be read, the file's name tells the unit.

#[test]
fn ruling_10_a_file_name_that_is_a_code_or_begins_with_one_tells_the_unit() {
    let nameless = format!(
        "[unit]\ncode = 01\nname = \"甲镇\"\n{}",
        filed("2022-03-28")
    );
    for name in [
        "01.toml",
        "01-甲镇.toml",
        "01_2022.toml",
        "01-方案(最终版).toml",
    ] {
        let verdict = Folder::new(JIA).file(name, &nameless).check("2023-03-01");
        for milestone in [PLAN, MEETINGS, OUTCOMES] {
            expect(&verdict, "01", milestone, Unclear, 0);
        }
        assert!(row(&verdict, "01").has_file, "{name}");
        assert!(findings(&verdict, "plan-missing").is_empty(), "{name}");
        assert!(findings(&verdict, "overdue").is_empty(), "{name}");
    }
    for name in ["甲镇.toml", "01甲镇.toml", "011.toml", "方案-01.toml"] {
        let verdict = Folder::new(JIA).file(name, &nameless).check("2022-04-15");
        expect(&verdict, "01", PLAN, Overdue, 15);
        only(&verdict, "plan-missing");
    }
}

#[test]
fn ruling_10_a_file_that_gives_no_text_at_all_is_unclear_by_its_name() {
    let verdict = Folder::new(JIA)
        .bytes("01.toml", b"PK\x03\x04\xff\xff\x00\x00\x9c")
        .check("2022-04-15");
    expect(&verdict, "01", PLAN, Unclear, 0);
    only(&verdict, "unreadable");
    assert!(findings(&verdict, "plan-missing").is_empty());
}

#[test]
fn ruling_10_an_empty_file_or_one_without_a_code_is_unclear_by_its_name() {
    for text in [
        "",
        "[plan]\nfiled = 2022-03-28\n",
        "[unit]\ncode = \"\"\nname = \"甲镇\"\n",
    ] {
        let verdict = Folder::new(JIA).file("01.toml", text).check("2022-04-15");
        expect(&verdict, "01", PLAN, Unclear, 0);
        assert!(findings(&verdict, "plan-missing").is_empty(), "{text}");
    }
}

#[test]
fn ruling_10_a_file_that_says_its_code_goes_before_one_that_only_has_the_name() {
    let verdict = Folder::new(JIA)
        .file("01.toml", "[unit]\ncode = 1\nname = \"甲镇\"\n")
        .file("甲镇.toml", &jia(&filed("2022-04-02")))
        .check("2022-04-15");
    expect(&verdict, "01", PLAN, Late, 2);
    assert!(findings(&verdict, "duplicate-plan").is_empty());
}

#[test]
fn ruling_10_a_code_that_stands_twice_with_two_values_cannot_be_read() {
    let twice =
        "[unit]\ncode = \"02\"\ncode = \"01\"\nname = \"甲镇\"\n\n[plan]\nfiled = 2022-03-28\n";
    let verdict = Folder::new(&jia_and_yi())
        .file("01.toml", twice)
        .check("2022-04-15");
    expect(&verdict, "01", PLAN, Unclear, 0);
    expect(&verdict, "02", PLAN, Overdue, 15);
    let same = twice.replace("\"02\"", "\"01\"");
    let verdict = Folder::new(&jia_and_yi())
        .file("01.toml", &same)
        .check("2022-04-15");
    expect(&verdict, "01", PLAN, OnTime, 0);
}

#[test]
fn ruling_10_a_code_that_runs_over_several_lines_cannot_be_read() {
    let open =
        "[unit]\ncode = '''\"01\"\nname = \"甲镇\"\n\n[[problem]]\ntext = '''\n深入一线不够'''\n";
    let verdict = Folder::new(JIA).file("01.toml", open).check("2022-04-15");
    expect(&verdict, "01", PLAN, Unclear, 0);
}

// Ruling 11. `unclear` stays in denominators and is neither done nor overdue.

#[test]
fn ruling_11_unclear_stays_in_the_denominator() {
    let summary = Folder::new(&jia_and_yi())
        .file("01.toml", &jia(&filed("2022-03-28")))
        .file("02.toml", &plan_of("02", "乙镇", &filed("\"三月底\"")))
        .summary("2022-04-15");
    let line = summary.lines().next().unwrap();
    assert!(line.contains("应完成2，按期完成1，待核1"), "{line}");
    assert!(line.contains("1/2（50.0%）"), "{line}");
    assert!(!line.contains("逾期"), "{line}");
}

// Ruling 12. Who owes which meetings.

fn meetings_owed(more: &str, records: &str) -> Status {
    let verdict = Folder::new(&unit("01", "甲镇", more))
        .file("01.toml", &jia(records))
        .check("2022-11-01");
    cell(&verdict, "01", MEETINGS).status
}

#[test]
fn ruling_12_both_meetings_are_owed_unless_the_party_body_says_otherwise() {
    let (one, other) = (
        democratic("2022-10-20", ""),
        organizational("2022-10-20", ""),
    );
    for more in [
        "",
        "body = \"党委\"",
        "body = \"党工委\"",
        "body = \"党组\"",
        "body = \"部务会\"",
    ] {
        assert_eq!(meetings_owed(more, &one), Overdue, "{more}");
        assert_eq!(meetings_owed(more, &other), Overdue, "{more}");
        assert_eq!(meetings_owed(more, &both("2022-10-20")), OnTime, "{more}");
    }
    for more in ["body = \"党支部\"", "body = \"党总支\""] {
        assert_eq!(meetings_owed(more, &one), Overdue, "{more}");
        assert_eq!(meetings_owed(more, &other), OnTime, "{more}");
    }
    assert_eq!(meetings_owed("body = \"无\"", ""), Exempt);
}

#[test]
fn ruling_12_without_a_roster_both_meetings_are_owed() {
    let verdict = Folder::without_campaign()
        .file("x.toml", &jia(&democratic("2022-10-20", "")))
        .check("2022-11-01");
    expect(&verdict, "01", MEETINGS, Overdue, 1);
    expect(&verdict, "01", PLAN, Overdue, 215);
}

#[test]
fn ruling_12_owes_replaces_the_default() {
    let (one, other) = (
        democratic("2022-10-20", ""),
        organizational("2022-10-20", ""),
    );
    let only_other = "body = \"党委\"\nowes = [\"组织生活会\"]";
    assert_eq!(meetings_owed(only_other, &other), OnTime);
    assert_eq!(meetings_owed(only_other, &one), Overdue);
    let both_owed = "body = \"无\"\nowes = [\"民主生活会\", \"组织生活会\"]";
    assert_eq!(meetings_owed(both_owed, &one), Overdue);
    assert_eq!(meetings_owed("body = \"党委\"\nowes = []", ""), Exempt);
}

#[test]
fn ruling_12_owes_stays_within_what_the_milestone_asks() {
    let campaign = CAMPAIGN.replace(
        "of = [\"民主生活会\", \"组织生活会\"]",
        "of = [\"组织生活会\"]",
    );
    let owes = |kinds: &str| {
        let roster = unit("01", "甲镇", &format!("owes = [{kinds}]"));
        let verdict = Folder::with_campaign(&format!("{campaign}{roster}"))
            .file("01.toml", &jia(&organizational("2022-10-20", "")))
            .check("2022-11-01");
        cell(&verdict, "01", MEETINGS).status
    };
    assert_eq!(owes("\"民主生活会\", \"组织生活会\""), OnTime);
    assert_eq!(owes("\"民主生活会\""), Exempt);
}

#[test]
fn ruling_12_a_unit_without_a_party_organisation_still_owes_the_plan_and_the_documents() {
    let verdict = Folder::new(&unit("01", "甲镇", "body = \"无\""))
        .file("01.toml", &jia(""))
        .check("2023-01-01");
    expect(&verdict, "01", PLAN, Overdue, 276);
    expect(&verdict, "01", OUTCOMES, Overdue, 1);
}

// Ruling 13. `since` and `until` are compared with the original due date.

fn plan_status(more: &str, extension: &str, date: &str) -> Status {
    let successor = unit("02", "乙镇", "");
    let folder = Folder::new(&format!(
        "{}{successor}{extension}",
        unit("01", "甲镇", more)
    ));
    let verdict = folder.file("01.toml", &jia("")).check(date);
    cell(&verdict, "01", PLAN).status
}

#[test]
fn ruling_13_a_deadline_before_since_or_after_until_is_not_owed() {
    for (more, status) in [
        ("since = 2022-03-31", Overdue),
        ("since = 2022-04-01", Exempt),
        ("until = 2022-03-31\nsuccessor = \"02\"", Overdue),
        ("until = 2022-03-30\nsuccessor = \"02\"", Exempt),
        ("until = 2022-03-30", Exempt),
    ] {
        assert_eq!(plan_status(more, "", "2022-06-01"), status, "{more}");
    }
}

#[test]
fn ruling_13_an_extension_does_not_change_whose_deadline_it_is() {
    let extension = "\n[[extension]]\nunit = \"01\"\nmilestone = \"plan\"\nuntil = 2022-04-20\napplied = 2022-03-20\napproved_by = \"昌壬子\"\n";
    for (more, status) in [
        ("since = 2022-04-10", Exempt),
        ("until = 2022-04-10\nsuccessor = \"02\"", Overdue),
    ] {
        assert_eq!(plan_status(more, extension, "2022-06-01"), status, "{more}");
    }
}

#[test]
fn ruling_13_a_successor_owes_one_cell_from_its_own_file() {
    let roster = format!(
        "{}{}",
        unit("01", "甲镇", "until = 2022-07-15\nsuccessor = \"02\""),
        unit("02", "乙镇", "")
    );
    let old = format!("{}{}", filed("2022-03-28"), both("2022-10-20"));
    let verdict = Folder::new(&roster)
        .file("01.toml", &jia(&old))
        .file("02.toml", &plan_of("02", "乙镇", &filed("2022-03-30")))
        .check("2022-11-01");
    expect(&verdict, "01", PLAN, OnTime, 0);
    expect(&verdict, "01", MEETINGS, Exempt, 0);
    let passed = Remark::Passed(day("2022-07-15"), "乙镇".into());
    assert_eq!(remarks(&verdict, "01", MEETINGS), [passed]);
    expect(&verdict, "02", MEETINGS, Overdue, 1);
}

#[test]
fn ruling_13_without_a_successor_a_dissolved_unit_is_exempt_with_the_reason() {
    let roster = unit("01", "甲镇", "until = 2022-07-15");
    let verdict = Folder::new(&roster)
        .file("01.toml", &jia(""))
        .check("2022-11-01");
    expect(&verdict, "01", MEETINGS, Exempt, 0);
    assert_eq!(
        remarks(&verdict, "01", MEETINGS),
        [Remark::Dissolved(day("2022-07-15"))]
    );
}

// Ruling 14. A joint branch (联合党支部) covers the 组织生活会 only.

/// 甲镇 is the host of 乙镇's joint branch.
fn joint(
    guest: &str,
    host_file: Option<&str>,
    guest_file: Option<&str>,
    date: &str,
) -> duban::check::Verdict {
    let roster = format!(
        "{}{}",
        unit("01", "甲镇", "body = \"党委\""),
        unit(
            "02",
            "乙镇",
            &format!("{guest}\nmet_by = {{ unit = \"01\" }}")
        )
    );
    let mut folder = Folder::new(&roster);
    if let Some(records) = host_file {
        folder = folder.file("01.toml", records);
    }
    if let Some(records) = guest_file {
        folder = folder.file("02.toml", &plan_of("02", "乙镇", records));
    }
    folder.check(date)
}

#[test]
fn ruling_14_the_hosts_meeting_serves_a_unit_that_meets_in_its_branch() {
    let host = jia(&organizational("2022-11-02", ""));
    let verdict = joint("body = \"党支部\"", Some(&host), Some(""), "2022-12-01");
    expect(&verdict, "02", MEETINGS, Late, 2);
    assert!(remarks(&verdict, "02", MEETINGS).contains(&Remark::MetBy("甲镇".into())));
}

#[test]
fn ruling_14_a_joint_branch_does_not_hold_the_democratic_life_meeting() {
    let host = jia(&both("2022-10-20"));
    let verdict = joint("body = \"党组\"", Some(&host), Some(""), "2022-11-01");
    expect(&verdict, "01", MEETINGS, OnTime, 0);
    expect(&verdict, "02", MEETINGS, Overdue, 1);
    let own = democratic("2022-10-21", "");
    let verdict = joint("body = \"党组\"", Some(&host), Some(&own), "2022-11-01");
    expect(&verdict, "02", MEETINGS, OnTime, 0);
}

#[test]
fn ruling_14_the_units_own_record_goes_first() {
    let host = jia(&organizational("2022-10-20", ""));
    let own = organizational("2022-11-02", "");
    let verdict = joint("body = \"党支部\"", Some(&host), Some(&own), "2022-12-01");
    expect(&verdict, "02", MEETINGS, Late, 2);
}

#[test]
fn ruling_14_a_host_without_a_file_has_not_done_it_and_an_unreadable_one_is_unclear() {
    let verdict = joint("body = \"党支部\"", None, Some(""), "2022-11-01");
    expect(&verdict, "02", MEETINGS, Overdue, 1);
    let missing = Remark::HostMissing("甲镇".into());
    assert!(remarks(&verdict, "02", MEETINGS).contains(&missing));
    let broken = "[unit\ncode = \"01\"\n";
    let verdict = joint("body = \"党支部\"", Some(broken), Some(""), "2022-11-01");
    expect(&verdict, "02", MEETINGS, Unclear, 0);
    let odd = jia(&organizational("\"2022-10-20\"", ""));
    let verdict = joint("body = \"党支部\"", Some(&odd), Some(""), "2022-11-01");
    expect(&verdict, "02", MEETINGS, Unclear, 0);
    // What is unreadable in the host's file but has nothing to do with the meeting changes nothing.
    let odd = jia(&filed("\"2022-03-20\""));
    let verdict = joint("body = \"党支部\"", Some(&odd), Some(""), "2022-11-01");
    expect(&verdict, "02", MEETINGS, Overdue, 1);
}

#[test]
fn ruling_14_a_unit_without_a_file_may_have_met_with_its_host() {
    let host = jia(&organizational("2022-10-20", ""));
    let verdict = joint("body = \"党支部\"", Some(&host), None, "2022-11-01");
    expect(&verdict, "02", MEETINGS, OnTime, 0);
    expect(&verdict, "02", PLAN, Overdue, 215);
}

#[test]
fn ruling_14_hosts_may_form_a_chain() {
    let roster = [
        unit("01", "甲镇", "body = \"党委\""),
        unit(
            "02",
            "乙镇",
            "body = \"党支部\"\nmet_by = { unit = \"01\" }",
        ),
        unit(
            "03",
            "丙镇",
            "body = \"党支部\"\nmet_by = { unit = \"02\" }",
        ),
    ];
    let verdict = Folder::new(&roster.concat())
        .file("01.toml", &jia(&organizational("2022-10-20", "")))
        .file("02.toml", &plan_of("02", "乙镇", ""))
        .file("03.toml", &plan_of("03", "丙镇", ""))
        .check("2022-11-01");
    expect(&verdict, "02", MEETINGS, OnTime, 0);
    expect(&verdict, "03", MEETINGS, OnTime, 0);
}

#[test]
fn ruling_14_the_named_branch_of_the_host_is_the_one_that_counts() {
    let roster = format!(
        "{}{}",
        unit(
            "01",
            "甲镇",
            "body = \"党支部\"\nbranches = [\"机关党支部\", \"联合党支部\"]"
        ),
        unit(
            "02",
            "乙镇",
            "body = \"党支部\"\nmet_by = { unit = \"01\", branch = \"联合党支部\" }"
        )
    );
    let of = |branch: &str| organizational("2022-10-20", &format!("branch = \"{branch}\""));
    let guest = |host: &str| {
        let verdict = Folder::new(&roster)
            .file("01.toml", &jia(host))
            .file("02.toml", &plan_of("02", "乙镇", ""))
            .check("2022-11-01");
        (
            cell(&verdict, "01", MEETINGS).status,
            cell(&verdict, "02", MEETINGS).status,
        )
    };
    assert_eq!(guest(&of("联合党支部")), (Overdue, OnTime));
    assert_eq!(guest(&of("机关党支部")), (Overdue, Overdue));
    assert_eq!(
        guest(&format!("{}{}", of("机关党支部"), of("联合党支部"))),
        (OnTime, OnTime)
    );
}

#[test]
fn ruling_14_an_unknown_host_or_a_circle_is_an_error_of_the_campaign() {
    let host = |host: &str| format!("met_by = {{ unit = \"{host}\" }}");
    let unknown = unit("01", "甲镇", &host("99"));
    assert_eq!(Folder::new(&unknown).campaign_errors().len(), 1);
    let itself = unit("01", "甲镇", &host("01"));
    assert_eq!(Folder::new(&itself).campaign_errors().len(), 1);
    let circle = format!(
        "{}{}",
        unit("01", "甲镇", &host("02")),
        unit("02", "乙镇", &host("01"))
    );
    assert!(!Folder::new(&circle).campaign_errors().is_empty());
}

// Ruling 15. Who is in the ledger.

#[test]
fn ruling_15_a_unit_that_is_not_in_the_roster_never_enters_the_ledger() {
    let verdict = Folder::new(JIA)
        .file("01.toml", &jia(&filed("2022-03-28")))
        .file("99.toml", &plan_of("99", "壬镇", &filed("2022-05-28")))
        .check("2022-04-15");
    let codes: Vec<_> = verdict.ledger.rows.iter().map(|row| &*row.code).collect();
    assert_eq!(codes, ["01"]);
    assert_eq!(verdict.ledger.set_aside.total(), 0);
    let finding = only(&verdict, "unknown-unit");
    assert!(finding.place.file.ends_with("99.toml"));
    let verdict = Folder::new(JIA)
        .file("99.toml", &plan_of("99", "壬镇", ""))
        .check_files(&["99.toml"], "2022-04-15");
    assert!(verdict.ledger.rows.is_empty());
}

#[test]
fn ruling_15_of_files_given_one_by_one_only_their_units_are_owed() {
    let roster = format!("{}{}", jia_and_yi(), unit("03", "丙镇", ""));
    let verdict = Folder::new(&roster)
        .file("02.toml", &plan_of("02", "乙镇", &filed("2022-03-28")))
        .file("03.toml", &plan_of("03", "丙镇", ""))
        .check_files(&["02.toml"], "2022-04-15");
    let codes: Vec<_> = verdict.ledger.rows.iter().map(|row| &*row.code).collect();
    assert_eq!(codes, ["02"]);
    assert!(!verdict.ledger.whole_roster);
    assert!(findings(&verdict, "plan-missing").is_empty());
    assert!(findings(&verdict, "overdue").is_empty());
}

// Ruling 16. Extensions.

fn extended(fields: &str, filing: &str, date: &str) -> duban::check::Verdict {
    let extension = format!("\n[[extension]]\nunit = \"01\"\nmilestone = \"plan\"\n{fields}\n");
    Folder::new(&format!("{JIA}{extension}"))
        .file("01.toml", &jia(filing))
        .check(date)
}

#[test]
fn ruling_16_an_extension_needs_an_application_in_time_and_an_approver() {
    for (fields, valid) in [
        (
            "until = 2022-04-20\napplied = 2022-03-31\napproved_by = \"昌壬子\"",
            true,
        ),
        (
            "until = 2022-04-20\napplied = 2022-04-01\napproved_by = \"昌壬子\"",
            false,
        ),
        ("until = 2022-04-20\napproved_by = \"昌壬子\"", false),
        (
            "until = 2022-04-20\napproved = 2022-03-30\napproved_by = \"昌壬子\"",
            false,
        ),
        ("until = 2022-04-20\napplied = 2022-03-31", false),
        (
            "until = 2022-04-20\napplied = 2022-03-31\napproved_by = \" \"",
            false,
        ),
        (
            "until = 2022-04-20\napplied = 2022-03-31\napproved = 2022-03-31",
            false,
        ),
    ] {
        let verdict = extended(fields, &filed("2022-04-10"), "2022-05-01");
        let status = if valid { (OnTime, 0) } else { (Late, 10) };
        expect(&verdict, "01", PLAN, status.0, status.1);
        let due = if valid { "2022-04-20" } else { "2022-03-31" };
        assert_eq!(cell(&verdict, "01", PLAN).due, day(due), "{fields}");
        if has_rule("extension-void") {
            let void = findings(&verdict, "extension-void");
            assert_eq!(void.len(), usize::from(!valid), "{fields}");
        }
    }
}

#[test]
fn ruling_16_an_approved_extension_is_named_among_the_reasons() {
    let fields = "until = 2022-04-20\napplied = 2022-03-31\napproved_by = \"昌壬子\"";
    let verdict = extended(fields, &filed("2022-04-10"), "2022-05-01");
    let reason = &remarks(&verdict, "01", PLAN)[0];
    assert_eq!(reason.text().en(), "extended to 2022-04-20 by 昌壬子");
}

#[test]
fn ruling_16_in_a_replay_an_extension_works_from_its_approval_else_from_its_application() {
    let fields =
        "until = 2022-04-20\napplied = 2022-03-29\napproved = 2022-04-03\napproved_by = \"昌壬子\"";
    expect(&extended(fields, "", "2022-04-02"), "01", PLAN, Overdue, 2);
    expect(
        &extended(fields, "", "2022-04-03"),
        "01",
        PLAN,
        Upcoming,
        17,
    );
    expect(&extended(fields, "", "2022-04-20"), "01", PLAN, DueSoon, 0);
    expect(&extended(fields, "", "2022-04-21"), "01", PLAN, Overdue, 1);
    let fields = "until = 2022-04-20\napplied = 2022-03-29\napproved_by = \"昌壬子\"";
    expect(&extended(fields, "", "2022-03-28"), "01", PLAN, DueSoon, 3);
    expect(
        &extended(fields, "", "2022-03-29"),
        "01",
        PLAN,
        Upcoming,
        22,
    );
}

#[test]
fn ruling_16_the_latest_valid_extension_wins_and_none_shortens() {
    let one = |until| {
        format!(
            "\n[[extension]]\nunit = \"01\"\nmilestone = \"plan\"\nuntil = {until}\napplied = 2022-03-20\napproved_by = \"昌壬子\"\n"
        )
    };
    let due = |extensions: &str| {
        let folder = Folder::new(&format!("{JIA}{extensions}")).file("01.toml", &jia(""));
        cell(&folder.check("2022-06-01"), "01", PLAN).due
    };
    let (early, late) = (one("2022-04-10"), one("2022-04-20"));
    assert_eq!(due(&format!("{early}{late}")), day("2022-04-20"));
    assert_eq!(due(&format!("{late}{early}")), day("2022-04-20"));
    assert_eq!(due(&one("2022-03-25")), day("2022-03-31"));
}

// Ruling 17. Exemptions.

fn exempted(fields: &str, filing: &str, date: &str) -> duban::check::Verdict {
    let exemption = format!("\n[[exemption]]\n{fields}\n");
    Folder::new(&format!("{JIA}{exemption}"))
        .file("01.toml", &jia(filing))
        .check(date)
}

#[test]
fn ruling_17_an_exemption_needs_a_reason_and_an_approver() {
    let ours = "unit = \"01\"\nmilestone = \"plan\"\n";
    for (fields, valid) in [
        ("reason = \"机构调整\"\napproved_by = \"昌壬子\"", true),
        ("reason = \"机构调整\"", false),
        ("approved_by = \"昌壬子\"", false),
        ("reason = \"\"\napproved_by = \"昌壬子\"", false),
    ] {
        let verdict = exempted(&format!("{ours}{fields}"), "", "2022-04-15");
        let (status, days) = if valid { (Exempt, 0) } else { (Overdue, 15) };
        expect(&verdict, "01", PLAN, status, days);
        if has_rule("exemption-void") {
            let void = findings(&verdict, "exemption-void");
            assert_eq!(void.len(), usize::from(!valid), "{fields}");
        }
    }
}

#[test]
fn ruling_17_an_exemption_holds_through_its_last_day_and_then_the_original_due_date_applies() {
    let fields = "unit = \"01\"\nmilestone = \"plan\"\nreason = \"机构调整\"\napproved_by = \"昌壬子\"\nuntil = 2022-04-30";
    expect(&exempted(fields, "", "2022-04-30"), "01", PLAN, Exempt, 0);
    expect(&exempted(fields, "", "2022-05-01"), "01", PLAN, Overdue, 31);
    expect(
        &exempted(fields, &filed("2022-04-20"), "2022-05-01"),
        "01",
        PLAN,
        Late,
        20,
    );
}

#[test]
fn ruling_17_exempt_beats_done() {
    let fields =
        "unit = \"01\"\nmilestone = \"plan\"\nreason = \"机构调整\"\napproved_by = \"昌壬子\"";
    for filing in [filed("2022-03-28"), filed("2022-04-28")] {
        let verdict = exempted(fields, &filing, "2022-05-01");
        expect(&verdict, "01", PLAN, Exempt, 0);
        let reason = Remark::Excused("机构调整".to_owned());
        assert_eq!(remarks(&verdict, "01", PLAN), [reason]);
    }
}

#[test]
fn ruling_17_a_category_may_be_exempt() {
    let fields = "category = \"乡镇\"\nmilestone = \"plan\"\nreason = \"机构调整\"\napproved_by = \"昌壬子\"";
    expect(&exempted(fields, "", "2022-04-15"), "01", PLAN, Exempt, 0);
    let fields = fields.replace("乡镇", "街道");
    expect(
        &exempted(&fields, "", "2022-04-15"),
        "01",
        PLAN,
        Overdue,
        15,
    );
}

#[test]
fn ruling_17_an_exemption_from_a_rule_silences_its_finding_and_changes_no_status() {
    for rule in ["overdue", "D001"] {
        let fields = format!(
            "unit = \"01\"\nrule = \"{rule}\"\nreason = \"另行通知\"\napproved_by = \"昌壬子\""
        );
        let verdict = exempted(&fields, "", "2022-04-15");
        expect(&verdict, "01", PLAN, Overdue, 15);
        assert!(findings(&verdict, "overdue").is_empty());
        assert_eq!(verdict.counts.silenced, 1);
        let void = fields.replace("reason = \"另行通知\"\n", "");
        let verdict = exempted(&void, "", "2022-04-15");
        assert_eq!(
            (findings(&verdict, "overdue").len(), verdict.counts.silenced),
            (1, 0)
        );
    }
}

#[test]
fn ruling_17_an_exemption_from_plan_missing_silences_it_for_that_unit_alone() {
    let exemption = "\n[[exemption]]\nunit = \"01\"\nrule = \"plan-missing\"\nreason = \"另行通知\"\napproved_by = \"昌壬子\"\n";
    let verdict = Folder::new(&format!("{}{exemption}", jia_and_yi())).check("2022-04-15");
    let finding = only(&verdict, "plan-missing");
    assert_eq!(finding.unit.as_deref(), Some("02"));
    expect(&verdict, "01", PLAN, Overdue, 15);
}

#[test]
fn ruling_17_an_entry_that_names_nothing_there_is_dead() {
    if !has_rule("dead-entry") {
        return;
    }
    let fields =
        "unit = \"99\"\nmilestone = \"plan\"\nreason = \"机构调整\"\napproved_by = \"昌壬子\"";
    let verdict = exempted(fields, "", "2022-04-15");
    only(&verdict, "dead-entry");
    expect(&verdict, "01", PLAN, Overdue, 15);
}

// Ruling 18. The roster and the rule book apply as written today; only records are replayed.

#[test]
fn ruling_18_the_roster_and_the_rule_book_are_not_replayed() {
    let roster = unit("01", "甲镇", "until = 2022-07-15\nsuccessor = \"02\"");
    let exemption = "\n[[exemption]]\nunit = \"02\"\nmilestone = \"plan\"\nreason = \"机构调整\"\napproved_by = \"昌壬子\"\nuntil = 2022-12-31\n";
    let yi = unit("02", "乙镇", "since = 2022-07-01");
    let verdict = Folder::new(&format!("{roster}{yi}{exemption}"))
        .file("01.toml", &jia(""))
        .check("2022-04-15");
    expect(&verdict, "01", PLAN, Overdue, 15);
    expect(&verdict, "01", MEETINGS, Exempt, 0);
    expect(&verdict, "02", PLAN, Exempt, 0);
    expect(&verdict, "02", MEETINGS, Upcoming, 199);
}

// Ruling 19. `future-dated` speaks only when the as-of date comes from the clock.

#[test]
fn ruling_19_a_later_record_is_a_mistake_only_by_the_clock() {
    let folder = Folder::new(JIA).file("01.toml", &jia(&filed("2022-04-20")));
    let named = folder.check("2022-04-15");
    assert!(findings(&named, "future-dated").is_empty());
    assert_eq!(named.ledger.set_aside.filings, 1);
    expect(&named, "01", PLAN, Overdue, 15);
    let clock = folder.check_as_of(AsOf {
        date: day("2022-04-15"),
        from_clock: true,
    });
    let finding = only(&clock, "future-dated");
    assert_eq!(finding.place.field.to_string(), "plan.filed");
    expect(&clock, "01", PLAN, Overdue, 15);
}

#[test]
fn ruling_19_dates_that_lie_ahead_by_their_nature_are_no_mistake() {
    let records = "
[[problem]]
subject = \"领导班子\"
text = \"深入一线不够\"
due = 2022-09-30

[[meeting]]
kind = \"民主生活会\"
planned = 2022-10-20

[[outcome]]
title = \"甲镇干部夜学制度\"
adopted = 2022-04-10
valid_until = 2025-12-31
";
    let verdict = Folder::new(JIA)
        .file("01.toml", &jia(records))
        .check_as_of(AsOf {
            date: day("2022-04-15"),
            from_clock: true,
        });
    assert!(findings(&verdict, "future-dated").is_empty());
}

// Ruling 20. `due-soon` is 0 to `due_soon_days` days left, inclusive.

#[test]
fn ruling_20_due_soon_has_both_its_ends() {
    for (date, status) in [
        ("2022-03-23", (Upcoming, 8)),
        ("2022-03-24", (DueSoon, 7)),
        ("2022-03-30", (DueSoon, 1)),
        ("2022-03-31", (DueSoon, 0)),
        ("2022-04-01", (Overdue, 1)),
    ] {
        assert_eq!(status_of(PLAN, "", date), status, "{date}");
    }
}

#[test]
fn ruling_20_the_campaign_sets_the_days() {
    let on = |days: &str, date: &str| {
        let campaign =
            CAMPAIGN.replace("[campaign]", &format!("[campaign]\ndue_soon_days = {days}"));
        let folder = Folder::with_campaign(&format!("{campaign}{JIA}")).file("01.toml", &jia(""));
        cell(&folder.check(date), "01", PLAN).status
    };
    assert_eq!(on("0", "2022-03-30"), Upcoming);
    assert_eq!(on("0", "2022-03-31"), DueSoon);
    assert_eq!(on("10", "2022-03-21"), DueSoon);
    assert_eq!(on("10", "2022-03-20"), Upcoming);
}

// Ruling 21. `plan-missing` stands in place of `overdue` for a unit without a file.

#[test]
fn ruling_21_a_missing_plan_is_one_finding_that_names_what_is_overdue() {
    let verdict = Folder::new(&jia_and_yi())
        .file("01.toml", &jia(&filed("2022-03-28")))
        .check("2022-11-01");
    expect(&verdict, "02", PLAN, Overdue, 215);
    expect(&verdict, "02", MEETINGS, Overdue, 1);
    let ours = |finding: &&duban::finding::Finding| finding.unit.as_deref() == Some("02");
    let found: Vec<_> = verdict.findings.iter().filter(ours).collect();
    assert_eq!(found.len(), 1, "{found:#?}");
    let finding = only(&verdict, "plan-missing");
    assert_eq!(&*finding.place.file, "campaign.toml");
    assert!(finding.message.zh().contains("乙镇"));
    for named in ["实施方案", "生活会"] {
        assert!(
            finding.message.zh().contains(named),
            "{:?}",
            finding.message
        );
    }
    assert!(
        !finding.message.zh().contains("制度办法"),
        "{:?}",
        finding.message
    );
}

#[test]
fn ruling_21_before_anything_is_overdue_only_due_soon_speaks_at_the_roster_entry() {
    let folder = Folder::new(JIA);
    let verdict = folder.check("2022-03-24");
    assert_eq!(deadline_names(&verdict), ["due-soon"]);
    let finding = only(&verdict, "due-soon");
    assert_eq!(&*finding.place.file, "campaign.toml");
    assert!(finding.place.excerpt.text.contains("code = \"01\""));
    let verdict = folder.check("2022-03-23");
    assert!(deadline_names(&verdict).is_empty(), "{:?}", names(&verdict));
    let verdict = folder.check("2022-04-01");
    assert_eq!(deadline_names(&verdict), ["plan-missing"]);
}

#[test]
fn ruling_21_a_unit_that_owes_nothing_yet_is_never_missing() {
    let roster = unit("01", "甲镇", "body = \"党委\"\nsince = 2022-08-15");
    let folder = Folder::new(&roster);
    let verdict = folder.check("2022-06-01");
    assert!(deadline_names(&verdict).is_empty(), "{:?}", names(&verdict));
    expect(&verdict, "01", PLAN, Exempt, 0);
    let verdict = folder.check("2022-11-01");
    let finding = only(&verdict, "plan-missing");
    assert!(
        !finding.message.zh().contains("实施方案"),
        "{:?}",
        finding.message
    );
}
