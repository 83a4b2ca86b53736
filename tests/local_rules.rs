//! A campaign's own rules: each template at work, what is wrong with an entry, and how it is chosen, weighed,
//! excused and explained like any other rule.

#![allow(clippy::unwrap_used, missing_docs)]

mod support;

use std::process::{Command, Output};

use duban::check::Verdict;
use duban::finding::Severity;
use support::{Folder, JIA, jia, jia_and_yi, names, only, plan_of};

const DAY: &str = "2022-11-15";

/// A rule with this requirement, and words in both languages.
fn rule(require: &str) -> String {
    entry("X001", "own", require, "")
}

fn entry(id: &str, name: &str, require: &str, more: &str) -> String {
    format!(
        "\n[[rule]]\nid = \"{id}\"\nname = \"{name}\"\nrequire = {require}\n\
         message = {{ zh = \"不合规定\", en = \"not as required\" }}\n{more}\n"
    )
}

/// 甲镇's file, checked by the rule.
fn checked(require: &str, records: &str) -> Verdict {
    Folder::new(&format!("{JIA}{}", rule(require)))
        .file("01.toml", &jia(records))
        .check(DAY)
}

/// The line on which the rule's only finding stands, counted in the records from 1, and what its label says.
#[track_caller]
fn fires(require: &str, records: &str, field: &str, line: usize, label: [&str; 2]) {
    let verdict = checked(require, records);
    let finding = only(&verdict, "own");
    assert_eq!(finding.rule.code, "X001");
    assert_eq!(finding.severity, Severity::Warning);
    assert_eq!(
        [finding.message.zh(), finding.message.en()],
        ["不合规定", "not as required"]
    );
    assert_eq!(finding.place.field.to_string(), field);
    let head = jia("").lines().count();
    let there = finding.place.line as usize;
    assert_eq!(there, if line == 0 { 1 } else { head + line });
    let said = [finding.place.label.zh(), finding.place.label.en()];
    assert_eq!(said, label);
    assert!(!finding.fix.zh().is_ascii() && !finding.fix.en().is_empty());
    assert!(finding.cause.is_some());
}

#[track_caller]
fn silent(require: &str, records: &str) {
    let verdict = checked(require, records);
    assert!(!names(&verdict).contains(&"own".to_owned()), "{records}");
}

fn problem(subject: &str, more: &str) -> String {
    format!("[[problem]]\nsubject = \"{subject}\"\ntext = \"一\"\n{more}\n")
}

#[test]
fn a_field_must_be_filled_in() {
    let require = r#"{ field = "plan.title" }"#;
    let label = ["未填写", "not filled in"];
    fires(require, "[plan]\n", "plan.title", 1, label);
    fires(require, "[plan]\ntitle = \" \"\n", "plan.title", 2, label);
    fires(require, "", "plan.title", 0, label);
    silent(require, "[plan]\ntitle = \"方案\"\n");
    silent(require, "[plan]\ntitle = 3\n");
    silent(require, "[plan]\ntilte = \"方案\"\n");
}

#[test]
fn a_field_of_a_list_must_be_filled_in_where_it_is_meant() {
    let require = r#"{ field = "problem.member", where = { subject = "member" } }"#;
    let label = ["未填写", "not filled in"];
    let team = problem("领导班子", "");
    fires(
        require,
        &format!("{team}{}", problem("班子成员", "")),
        "problem[1].member",
        5,
        label,
    );
    silent(require, &team);
    silent(require, &problem("班子成员", "member = \"甲\""));
    silent(require, "");
}

#[test]
fn there_must_be_so_many() {
    let require = r#"{ count = "problem", at_least = 2, at_most = 3 }"#;
    let one = problem("领导班子", "");
    fires(require, &one, "problem", 1, ["现有1条", "there is 1 entry"]);
    fires(
        require,
        "",
        "problem",
        0,
        ["现有0条", "there are 0 entries"],
    );
    fires(
        require,
        &one.repeat(4),
        "problem",
        1,
        ["现有4条", "there are 4 entries"],
    );
    silent(require, &one.repeat(2));
    silent(require, &one.repeat(3));
    let some = r#"{ count = "problem", at_least = 1, where = { subject = "班子成员" } }"#;
    fires(some, &one, "problem", 1, ["现有0条", "there are 0 entries"]);
    silent(some, &problem("班子成员", ""));
    // How many there are is not certain.
    silent(some, "[[problem]]\nsubject = \"成员\"\ntext = \"一\"\n");
    silent(
        require,
        "[[problm]]\nsubject = \"领导班子\"\ntext = \"一\"\n",
    );
    silent(
        r#"{ count = "plan.revised", at_most = 1 }"#,
        "[plan]\nrevised = [2022-05-01]\n",
    );
}

#[test]
fn a_value_must_be_one_of_those_allowed() {
    let require = r#"{ field = "measure.lead", one_of = ["党政办", "组织办"] }"#;
    let measure = |lead: &str| format!("[[measure]]\ntext = \"一\"\nlead = \"{lead}\"\n");
    let label = ["不在可选之列", "not one of them"];
    fires(require, &measure("宣传办"), "measure[0].lead", 3, label);
    silent(require, &measure(" 党政办 "));
    silent(require, "[[measure]]\ntext = \"一\"\n");
    let aspect = r#"{ field = "problem.aspect", one_of = ["work-style"] }"#;
    fires(
        aspect,
        &problem("领导班子", "aspect = \"能力\""),
        "problem[0].aspect",
        4,
        label,
    );
    silent(aspect, &problem("领导班子", "aspect = \"作风\""));
}

#[test]
fn the_values_allowed_may_be_numbers_days_and_words_of_the_field() {
    let meeting = |more: &str| format!("[[meeting]]\nkind = \"民主生活会\"\n{more}\n");
    let due = |due: &str| problem("领导班子", &format!("due = {due}"));
    let label = ["不在可选之列", "not one of them"];
    let expected = r#"{ field = "meeting.expected", one_of = [9, 11] }"#;
    silent(expected, &meeting("expected = 11"));
    fires(
        expected,
        &meeting("expected = 10"),
        "meeting[0].expected",
        3,
        label,
    );
    let reviews = r#"{ field = "meeting.reviews_campaign", one_of = [true] }"#;
    silent(reviews, &meeting("reviews_campaign = true"));
    let field = "meeting[0].reviews_campaign";
    fires(
        reviews,
        &meeting("reviews_campaign = false"),
        field,
        3,
        label,
    );
    let held = r#"{ field = "meeting.held", one_of = [2022-10-24] }"#;
    silent(held, &meeting("held = 2022-10-24"));
    fires(
        held,
        &meeting("held = 2022-10-25"),
        "meeting[0].held",
        3,
        label,
    );
    let limit = r#"{ field = "problem.due", one_of = ["长期坚持", 2022-12-30] }"#;
    silent(limit, &due("\"长期坚持\""));
    silent(limit, &due("2022-12-30"));
    fires(limit, &due("2022-12-29"), "problem[0].due", 4, label);
    wrong_require(
        r#"{ field = "problem.due", one_of = ["常年"] }"#,
        "\"常年\"",
        "problem.due is never “常年”",
        "problem.due holds a date or “长期坚持”",
    );
}

#[test]
fn the_least_may_be_the_most_and_a_pattern_may_have_two_hundred_characters() {
    let two = r#"{ count = "problem", at_least = 2, at_most = 2 }"#;
    silent(two, &problem("领导班子", "").repeat(2));
    let three = problem("领导班子", "").repeat(3);
    fires(
        two,
        &three,
        "problem",
        1,
        ["现有3条", "there are 3 entries"],
    );
    let pattern = |length: usize| {
        let pattern = "一".repeat(length);
        format!("{{ field = \"plan.title\", matches = \"{pattern}\" }}")
    };
    silent(
        &pattern(200),
        &format!("[plan]\ntitle = \"{}\"\n", "一".repeat(200)),
    );
    wrong_require(
        &pattern(201),
        &format!("\"{}\"", "一".repeat(201)),
        "the pattern is empty or too long",
        "write 1 to 200 characters",
    );
}

#[test]
fn a_text_must_match() {
    let require = r#"{ field = "plan.title", matches = "能力作风优化年.*方案$" }"#;
    let label = ["不合要求", "does not match"];
    fires(
        require,
        "[plan]\ntitle = \"方案\"\n",
        "plan.title",
        2,
        label,
    );
    silent(
        require,
        "[plan]\ntitle = \"甲镇能力作风优化年活动实施方案\"\n",
    );
    silent(require, "[plan]\n");
}

#[test]
fn dates_must_be_in_order() {
    let require = r#"{ earlier = "plan.adopted", later = "meeting.held" }"#;
    let records = |held: &str| {
        format!("[plan]\nadopted = 2022-06-01\n[[meeting]]\nkind = \"民主生活会\"\nheld = {held}\n")
    };
    let label = ["早于2022-06-01", "before 2022-06-01"];
    fires(require, &records("2022-05-31"), "meeting[0].held", 5, label);
    silent(require, &records("2022-06-01"));
    silent(require, "[plan]\nadopted = 2022-06-01\n");
    // Of two lists each element is compared with all of the other.
    let two = r#"{ earlier = "problem.closed", later = "outcome.adopted" }"#;
    let adopted = |day: &str| format!("[[outcome]]\ntitle = \"制度\"\nadopted = {day}\n");
    let closed = problem("领导班子", "closed = 2022-06-01");
    let records = closed + &adopted("2022-06-02") + &adopted("2022-05-31");
    fires(two, &records, "outcome[1].adopted", 10, label);
    // In one list each element is compared with itself.
    let own = r#"{ earlier = "outcome.adopted", later = "outcome.printed" }"#;
    let outcome = |adopted: &str, printed: &str| {
        format!("[[outcome]]\ntitle = \"夜学制度\"\nadopted = {adopted}\nprinted = {printed}\n")
    };
    let sound = outcome("2022-06-01", "2022-06-02") + &outcome("2022-05-01", "2022-05-02");
    silent(own, &sound);
    let label = ["早于2022-07-02", "before 2022-07-02"];
    let wrong = sound + &outcome("2022-07-02", "2022-07-01");
    fires(own, &wrong, "outcome[2].printed", 12, label);
}

#[test]
fn a_date_must_be_no_later_than_a_day() {
    let require = r#"{ field = "problem.due", by = 2022-12-31 }"#;
    let due = |due: &str| problem("领导班子", &format!("due = {due}"));
    let label = ["晚于2022-12-31", "after 2022-12-31"];
    fires(require, &due("2023-01-01"), "problem[0].due", 4, label);
    silent(require, &due("2022-12-31"));
    silent(require, &due("\"长期坚持\""));
    silent(require, &due("\"2023-01-01\""));
    silent(require, &problem("领导班子", ""));
}

#[test]
fn a_value_must_stand_in_the_campaign() {
    let key = "\n[[key_measure]]\nnumber = 1\ntext = \"一\"\n";
    let require = rule(r#"{ field = "measure.key", in = "key_measure.number" }"#);
    let check = |campaign: &str, number: u32| {
        let plan = jia(&format!("[[measure]]\ntext = \"一\"\nkey = {number}\n"));
        let folder = Folder::new(&format!("{JIA}{campaign}{require}")).file("01.toml", &plan);
        folder.check(DAY)
    };
    let verdict = check(key, 2);
    let finding = only(&verdict, "own");
    assert_eq!(finding.place.label.zh(), "没有“2”");
    assert_eq!(finding.place.field.to_string(), "measure[0].key");
    assert!(!names(&check(key, 1)).contains(&"own".to_owned()));
    // A list that the campaign does not have allows everything.
    assert!(!names(&check("", 2)).contains(&"own".to_owned()));
    let named = r#"{ field = "measure.lead", in = "unit.name" }"#;
    silent(named, "[[measure]]\ntext = \"一\"\nlead = \"甲镇\"\n");
    let label = ["没有“乙镇”", "there is no “乙镇”"];
    let records = "[[measure]]\ntext = \"一\"\nlead = \"乙镇\"\n";
    fires(named, records, "measure[0].lead", 3, label);
}

/// The only error of a campaign with this rule: the text at its place, and message and fix.
#[track_caller]
fn wrong(rules: &str, marked: &str, message: &str, fix: &str) {
    let folder = Folder::new(&format!("{JIA}{rules}"));
    let errors = folder.campaign_errors();
    assert_eq!(errors.len(), 1, "{errors:#?}");
    let error = &errors[0];
    let excerpt = &error.place.excerpt;
    assert_eq!(excerpt.marked(), marked, "{error:#?}");
    assert_eq!(error.message.en(), message);
    assert!(error.fix.en().contains(fix), "{}", error.fix.en());
    assert!(!error.message.zh().is_ascii() && !error.fix.zh().is_ascii());
}

#[track_caller]
fn wrong_require(require: &str, marked: &str, message: &str, fix: &str) {
    wrong(&rule(require), marked, message, fix);
}

#[test]
fn a_wrong_requirement_is_an_error_of_the_campaign() {
    wrong_require("{}", "{}", "require asks for nothing", "{ field, one_of }");
    wrong_require(
        r#"{ field = "plan.title", by = 2022-01-01, matches = "x" }"#,
        r#"{ field = "plan.title", by = 2022-01-01, matches = "x" }"#,
        "field, matches, by together are not a requirement",
        "{ count, at_least }",
    );
    wrong_require(
        r#"{ count = "problem" }"#,
        r#"{ count = "problem" }"#,
        "count together are not a requirement",
        "{ count, at_least }",
    );
    wrong_require(
        r#"{ field = "plan.titel" }"#,
        "\"plan.titel\"",
        "a plan file has no field “plan.titel”",
        "did you mean plan.title?",
    );
    wrong_require(
        r#"{ field = "pln.title" }"#,
        "\"pln.title\"",
        "a plan file has no field “pln.title”",
        "did you mean plan?",
    );
    wrong_require(
        r#"{ field = "plan.title.x" }"#,
        "\"plan.title.x\"",
        "a plan file has no field “plan.title.x”",
        "no keys under plan.title",
    );
    wrong_require(
        r#"{ field = "plan.title", one_off = ["x"] }"#,
        "one_off",
        "there is no key “one_off” in require of [[rule]] 1",
        "one_of",
    );
    wrong_require(
        r#"{ count = "plan.title", at_least = 1 }"#,
        "\"plan.title\"",
        "plan.title is not a list to be counted",
        "problem, measure",
    );
    wrong_require(
        r#"{ count = "problem", at_least = 3, at_most = 2 }"#,
        "3",
        "at_least and at_most make no sense",
        "no more than at_most",
    );
    wrong_require(
        r#"{ field = "plan.title", one_of = [] }"#,
        "[]",
        "one_of is empty and allows nothing",
        "write the values",
    );
    wrong_require(
        r#"{ field = "problem.aspect", one_of = ["能力", "x"] }"#,
        "\"x\"",
        "problem.aspect is never “x”",
        "能力, 作风",
    );
    wrong_require(
        r#"{ field = "measure.key", one_of = ["3"] }"#,
        "\"3\"",
        "measure.key is never “3”",
        "a whole number",
    );
    wrong_require(
        r#"{ field = "plan.title", matches = "(" }"#,
        "\"(\"",
        "“(” is not a regular expression",
        "put “\\”",
    );
    let long = "x".repeat(201);
    wrong_require(
        &format!("{{ field = \"plan.title\", matches = \"{long}\" }}"),
        &format!("\"{long}\""),
        "the pattern is empty or too long",
        "200",
    );
    wrong_require(
        r#"{ field = "measure.key", matches = "3" }"#,
        "\"measure.key\"",
        "measure.key holds a whole number, not text",
        "holds text",
    );
    wrong_require(
        r#"{ earlier = "plan.title", later = "plan.filed" }"#,
        "\"plan.title\"",
        "plan.title holds text, not a date",
        "holds a date",
    );
    wrong_require(
        r#"{ field = "plan.title", by = 2022-01-01 }"#,
        "\"plan.title\"",
        "plan.title holds text, not a date",
        "holds a date",
    );
    wrong_require(
        r#"{ field = "measure.key", in = "key_measure.nmber" }"#,
        "\"key_measure.nmber\"",
        "a campaign file has no field “key_measure.nmber”",
        "did you mean key_measure.number?",
    );
    wrong_require(
        r#"{ field = "measure.key", in = "unit.name" }"#,
        "\"unit.name\"",
        "unit.name holds text, while measure.key holds a whole number",
        "both",
    );
    wrong_require(
        r#"{ field = "meeting.held", where = { kid = "民主生活会" } }"#,
        "\"民主生活会\"",
        "the list has no key “kid”",
        "did you mean meeting.kind?",
    );
    wrong_require(
        r#"{ field = "meeting.held", where = { kind = "夜学" } }"#,
        "\"夜学\"",
        "meeting.kind is never “夜学”",
        "民主生活会",
    );
    wrong_require(
        r#"{ field = "plan.title", where = { filed = 2022-01-01 } }"#,
        "2022-01-01",
        "plan.title is in no list, so there is no where",
        "delete where",
    );
}

#[test]
fn a_wrong_entry_is_an_error_of_the_campaign() {
    let sound = r#"{ field = "plan.title" }"#;
    for id in ["D001", "X01", "X0001", "x001", "Xabc"] {
        let message = format!("“{id}” is not an id of a rule of your own");
        wrong(
            &entry(id, "own", sound, ""),
            &format!("\"{id}\""),
            &message,
            "X001",
        );
    }
    for name in ["late", "D002", "deadline", "local"] {
        let message = format!("“{name}” is a built-in rule or family already");
        wrong(
            &entry("X001", name, sound, ""),
            &format!("\"{name}\""),
            &message,
            "another name",
        );
    }
    wrong(
        &entry("X001", "a b", sound, ""),
        "\"a b\"",
        "“a b” cannot be the name of a rule",
        "three-problems",
    );
    let two = |id, name| rule(sound) + &entry(id, name, sound, "");
    wrong(
        &two("X001", "other"),
        "\"X001\"",
        "the id “X001” is used twice",
        "of its own",
    );
    wrong(
        &two("X002", "own"),
        "\"own\"",
        "the name “own” is used twice",
        "of its own",
    );
    let scope = "for = { category = [\"乡\"] }";
    wrong(
        &entry("X001", "own", sound, scope),
        "\"乡\"",
        "item 1 of category of for of [[rule]] 1 cannot be “乡”",
        "乡镇",
    );
    wrong(
        &entry("X001", "own", sound, "level = \"off\""),
        "\"off\"",
        "a rule's own level cannot be off",
        "own = \"off\"",
    );
    let blank = rule(sound).replace("not as required", " ");
    wrong(
        &blank,
        "{ zh = \"不合规定\", en = \" \" }",
        "the message of the rule is empty",
        "what is said",
    );
    wrong(
        "\n[[rule]]\nid = \"X001\"\nname = \"own\"\nmessage = \"x\"\n",
        "[[rule]]",
        "require is missing in [[rule]] 1",
        "require",
    );
}

#[test]
fn a_rule_is_for_the_units_that_it_names() {
    let scopes = [
        ("", true),
        ("for = { category = [\"乡镇\", \"街道\"] }", true),
        ("for = { category = [\"部门\"] }", false),
        ("for = { body = [\"党委\"] }", true),
        ("for = { category = [\"乡镇\"], body = [\"党组\"] }", false),
        ("for = { unit = [\"01\"] }", true),
        ("for = { unit = [\"02\"] }", false),
    ];
    for (scope, meant) in scopes {
        let rules = entry("X001", "own", r#"{ field = "plan.title" }"#, scope);
        let folder = Folder::new(&format!("{}{rules}", jia_and_yi())).file("01.toml", &jia(""));
        let fired = names(&folder.check(DAY)).contains(&"own".to_owned());
        assert_eq!(fired, meant, "{scope}");
    }
}

#[test]
fn levels_exemptions_and_dead_entries_know_the_rule() {
    let check = |more: &str| {
        let rules = entry(
            "X001",
            "own",
            r#"{ field = "plan.title" }"#,
            "level = \"error\"",
        );
        let folder = Folder::new(&format!("{}{rules}{more}", jia_and_yi()));
        folder
            .file("01.toml", &jia(""))
            .file(
                "02.toml",
                &plan_of("02", "乙镇", "[plan]\ntitle = \"方案\"\n"),
            )
            .check(DAY)
    };
    assert_eq!(only(&check(""), "own").severity, Severity::Error);
    for word in ["own", "X001", "local"] {
        let noted = check(&format!("[levels]\n{word} = \"note\"\n"));
        assert_eq!(only(&noted, "own").severity, Severity::Note, "{word}");
        assert!(!names(&noted).contains(&"dead-entry".to_owned()));
        let off = check(&format!("[levels]\n{word} = \"off\"\n"));
        assert!(!names(&off).contains(&"own".to_owned()), "{word}");
    }
    let excused = "\n[[exemption]]\nunit = \"01\"\nrule = \"X001\"\nreason = \"新设\"\napproved_by = \"主任\"\n";
    let verdict = check(excused);
    assert!(!names(&verdict).contains(&"own".to_owned()));
    assert!(!names(&verdict).contains(&"dead-entry".to_owned()));
    assert_eq!(verdict.counts.silenced, 1);
    let dead = check("[levels]\nown2 = \"note\"\n");
    assert!(only(&dead, "dead-entry").fix.en().contains("own"));
}

fn duban(folder: &Folder, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_duban"))
        .args(arguments)
        .current_dir(folder.path())
        .env("DUBAN_LANG", "en")
        .output()
        .unwrap()
}

fn sample() -> Folder {
    let rules = entry(
        "X001",
        "own",
        r#"{ field = "plan.title" }"#,
        "why = \"the office says so\"",
    );
    Folder::new(&format!("{JIA}{rules}")).file("01.toml", &jia(""))
}

#[test]
fn the_command_line_chooses_it() {
    let folder = sample();
    let run = |option: &[&str]| {
        let common = ["check", "--as-of", DAY, "--format", "concise", "-q"];
        let output = duban(&folder, &[&common[..], option].concat());
        String::from_utf8(output.stdout).unwrap()
    };
    for word in ["X001", "own", "local", "x001"] {
        let selected = run(&["--select", word]);
        assert_eq!(selected.lines().count(), 1, "{selected}");
        assert!(
            selected.contains("warning[X001 own] not as required"),
            "{selected}"
        );
        assert!(!run(&["--ignore", word]).contains("X001"), "{word}");
    }
    let unknown = duban(&folder, &["check", "--select", "X002"]);
    assert_eq!(unknown.status.code(), Some(2));
    let said = String::from_utf8(unknown.stderr).unwrap();
    assert!(said.contains("there is no rule or family “X002”"), "{said}");
}

#[test]
fn it_is_explained_where_its_campaign_is() {
    let folder = sample();
    for word in ["X001", "own"] {
        for format in ["text", "markdown", "json"] {
            let output = duban(&folder, &["explain", word, "--format", format]);
            let page = String::from_utf8(output.stdout).unwrap();
            for part in [
                "X001",
                "own",
                "plan.title must be filled in",
                "the office says so",
                "all units",
            ] {
                assert!(page.contains(part), "{format} {part}: {page}");
            }
        }
    }
    for word in [None, Some("local")] {
        for format in ["text", "markdown", "json"] {
            let words: Vec<&str> = ["explain", "--format", format]
                .into_iter()
                .chain(word)
                .collect();
            let page = String::from_utf8(duban(&folder, &words).stdout).unwrap();
            assert!(page.contains("X001") && page.contains("local"), "{page}");
        }
    }
    let named = Folder::without_campaign();
    let campaign = folder.path().join("campaign.toml");
    let campaign = campaign.to_str().unwrap();
    let output = duban(&named, &["explain", "X001", "--campaign", campaign]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(duban(&named, &["explain", "X001"]).status.code(), Some(2));
}

#[test]
fn its_explanation_says_for_which_units_it_is_and_which_elements_it_means() {
    let require =
        r#"{ field = "problem.member", where = { subject = "班子成员", aspect = "作风" } }"#;
    let scope = r#"for = { category = ["乡镇"], unit = ["01"] }"#;
    let rules = entry("X001", "own", require, scope);
    let folder = Folder::new(&format!("{JIA}{rules}"));
    for format in ["text", "markdown", "json"] {
        let output = duban(&folder, &["explain", "own", "--format", format]);
        let page = String::from_utf8(output.stdout).unwrap();
        for part in [
            "problem.member must be filled in",
            "subject is “班子成员”",
            "aspect is “作风”",
            "township",
            "01",
        ] {
            let words = page.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(words.contains(part), "{format} {part}: {page}");
        }
        assert!(!page.contains("all units"), "{page}");
    }
}

#[test]
fn a_broken_campaign_stops_what_hangs_on_it_only() {
    let folder = Folder::new(&rule("{}"));
    assert_eq!(duban(&folder, &["check"]).status.code(), Some(2));
    assert_eq!(duban(&folder, &["explain", "X001"]).status.code(), Some(2));
    assert_eq!(duban(&folder, &["explain", "late"]).status.code(), Some(0));
}
