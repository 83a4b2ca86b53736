use super::*;
use crate::calendar;
use crate::form::Sheet;

fn word(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn day(text: &str) -> Value {
    Value::Date(calendar::read(text).unwrap())
}

type Row<'r> = (&'static str, &'r [(&'r str, Value)]);

/// The text of a plan file with rows merged into it, and what is told about it.
fn merged(text: &str, rows: &[Row<'_>]) -> (String, Vec<String>) {
    let record = |(table, values): &Row<'_>| {
        let value = |(key, value): &(&str, Value)| {
            let field = format!("{table}.{key}");
            let mut columns = Sheet::of(table).unwrap().columns();
            let column = columns.find(|column| column.field == field).unwrap();
            (column, value.clone())
        };
        (*table, Record(values.iter().map(value).collect()))
    };
    let filled = Filled {
        records: rows.iter().map(record).collect(),
    };
    let Merged { text, notes } = merge(text, &filled).unwrap();
    let notes = notes.iter().map(|note| note.zh().to_owned()).collect();
    (text, notes)
}

#[test]
fn a_table_that_is_new_stands_where_the_form_has_it() {
    let text = "[unit]\ncode = \"T01\"\n\n[plan]\ntitle = \"方案\"\n\n[[measure]]\ntext = \"夜学\"\n\n\
                    [[measure]]\ntext = \"走访\"\n\n[[outcome]]\ntitle = \"制度\"\n";
    let rows: &[Row<'_>] = &[
        ("problem", &[("text", word("作风不实"))]),
        ("problem", &[("text", word("能力不足"))]),
        ("meeting", &[("kind", word("民主生活会"))]),
        ("summary", &[("text", word("已完成"))]),
    ];
    let (text, _) = merged(text, rows);
    let headers: Vec<&str> = text.lines().filter(|line| line.starts_with('[')).collect();
    assert_eq!(
        headers,
        [
            "[unit]",
            "[plan]",
            "[[problem]]",
            "[[problem]]",
            "[[measure]]",
            "[[measure]]",
            "[[meeting]]",
            "[[outcome]]",
            "[summary]"
        ],
        "{text}"
    );
}

#[test]
fn elements_that_the_workbook_does_not_have_are_counted_and_stay() {
    let text = "[[measure]]\ntext = \"夜学\"\n\n[[measure]]\ntext = \"走访\"\n\n[[measure]]\ntext = \"帮办\"\n";
    let row = |text: &str| [("text", word(text))];
    let (all, notes) = merged(text, &[("measure", &row("走访"))]);
    assert_eq!(
        (&*all, notes),
        (text, vec!["[[measure]]有2段表中没有，保持原样".to_owned()])
    );
    let (all, notes) = merged(
        text,
        &[
            ("measure", &row("帮办")),
            ("measure", &row("夜学")),
            ("measure", &row("走访")),
        ],
    );
    assert_eq!((&*all, notes), (text, vec![]));
}

#[test]
fn a_meeting_that_was_held_on_another_day_is_another_one_and_a_planned_one_is_the_same() {
    let kind = || ("kind", word("民主生活会"));
    let held = |text: &str| ("held", day(text));
    let planned = || ("planned", day("2022-10-20"));
    let text = "[[meeting]]\nkind = \"民主生活会\"\nheld = 2022-10-24\n";
    let (all, _) = merged(text, &[("meeting", &[kind(), held("2022-11-01")])]);
    assert_eq!(
        all,
        format!("{text}\n[[meeting]]\nkind = \"民主生活会\"\nheld = 2022-11-01\n")
    );
    let (all, _) = merged(text, &[("meeting", &[kind(), planned()])]);
    assert_eq!(all, format!("{text}planned = 2022-10-20\n"));
    for text in [
        "[[meeting]]\nkind = \"民主生活会\"\nplanned = 2022-10-20\n",
        "[[meeting]]\nkind = \"民主生活会\"\nplanned = 2022-10-13\n",
    ] {
        let row: Row<'_> = ("meeting", &[kind(), planned(), held("2022-10-24")]);
        let (all, _) = merged(text, &[row]);
        assert_eq!(
            all,
            "[[meeting]]\nkind = \"民主生活会\"\nplanned = 2022-10-20\nheld = 2022-10-24\n"
        );
    }
}

#[test]
fn a_value_that_says_the_same_stays_as_it_is_written_and_another_takes_its_place() {
    let files = |names: &[&str]| Value::List(names.iter().map(|name| word(name)).collect());
    let days = |days: &[&str]| Value::List(days.iter().map(|text| day(text)).collect());
    let with_sum = "[{ file = \"a.pdf\", sha256 = \"00\" }]";
    for (table, key, there, new, then) in [
        (
            "problem",
            "subject",
            "\"team\"",
            word("领导班子"),
            "\"team\"",
        ),
        (
            "problem",
            "subject",
            "\" team \"",
            word("领导班子"),
            "\" team \"",
        ),
        (
            "problem",
            "subject",
            "\"team\"",
            word("班子成员"),
            "\"班子成员\"",
        ),
        (
            "problem",
            "subject",
            "\"领导班子\"",
            word("班子成员"),
            "\"班子成员\"",
        ),
        ("problem", "due", "\"长期\"", word("长期坚持"), "\"长期\""),
        (
            "problem",
            "due",
            "\"看情况\"",
            word("长期坚持"),
            "\"长期坚持\"",
        ),
        (
            "problem",
            "due",
            "2022-06-30",
            word("长期坚持"),
            "\"长期坚持\"",
        ),
        (
            "problem",
            "closed",
            "2022-06-30T08:00:00",
            day("2022-06-30"),
            "2022-06-30T08:00:00",
        ),
        (
            "problem",
            "closed",
            "2022-06-30T08:00:00",
            day("2022-07-01"),
            "2022-07-01",
        ),
        ("meeting", "expected", "1_0", Value::Number(10), "1_0"),
        ("meeting", "expected", "1_0", Value::Number(11), "11"),
        (
            "meeting",
            "reviews_campaign",
            "true",
            Value::Truth(false),
            "false",
        ),
        (
            "plan",
            "revised",
            "[ 2022-05-10,2022-06-01 ]",
            days(&["2022-05-10", "2022-06-01"]),
            "[ 2022-05-10,2022-06-01 ]",
        ),
        (
            "plan",
            "revised",
            "[ 2022-05-10 ]",
            days(&["2022-05-10", "2022-06-01"]),
            "[2022-05-10, 2022-06-01]",
        ),
        (
            "plan",
            "revised",
            "[ 2022-05-10 ]",
            days(&["2022-06-01"]),
            "[2022-06-01]",
        ),
        ("plan", "evidence", with_sum, files(&["a.pdf"]), with_sum),
        (
            "plan",
            "evidence",
            with_sum,
            files(&["b.pdf"]),
            "[\"b.pdf\"]",
        ),
    ] {
        let (header, name) = match table {
            "plan" => ("[plan]", ("title", "方案")),
            "problem" => ("[[problem]]", ("text", "作风不实")),
            _ => ("[[meeting]]", ("kind", "民主生活会")),
        };
        let file = |value: &str| {
            format!(
                "{header}\n{} = \"{}\"\n{key} = {value} # 注\n",
                name.0, name.1
            )
        };
        let row: Row<'_> = (table, &[(name.0, word(name.1)), (key, new)]);
        let (all, _) = merged(&file(there), &[row]);
        assert_eq!(all, file(then), "{key} = {there}");
    }
}
