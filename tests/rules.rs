//! Every rule against its own examples: the bad one fires exactly where it is marked, the good one is
//! silent, the order of entries changes nothing, and no entry in order hides one that is not.

mod support;

use std::fs;
use std::sync::Arc;

use duban::book::{Book, BookText};
use duban::calendar::AsOf;
use duban::campaign::{BUILT_IN, BUILT_IN_NAME, FILE_NAME};
use duban::check::Run;
use duban::discover::{discover, shown};
use duban::explain::{self, Topic};
use duban::finding::{Finding, Place, Severity};
use duban::fixture::{File, Fixture, Storage};
use duban::lang::{Lang, Text};
use duban::levels::Choice;
use duban::rules::{ALL, FAMILIES, Rule};
use duban::source;
use support::{
    Folder, JIA, day, findings, jia, jia_and_yi, names, only, plan_of, unit, verdict_of,
};

/// What a finding comes to: file, line, column, the text marked there, and the message in both languages.
type Said = (String, u32, u32, String, Text);

/// Checks the files of a fixture in a folder of their own; the findings name them without that folder.
fn check(fixture: &Fixture) -> Vec<Finding> {
    assert_eq!(fixture.mistakes, Vec::<String>::new());
    let folder = tempfile::tempdir().expect("a folder for the files");
    for file in &fixture.files {
        let path = folder.path().join(&file.name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder is made");
        fs::write(path, file.bytes()).expect("a file is written");
    }
    let book = fixture.file(FILE_NAME);
    let (name, text) = match book {
        Some(file) => (shown(&folder.path().join(FILE_NAME)), &*file.text),
        None => (BUILT_IN_NAME.into(), BUILT_IN),
    };
    let (text, campaign) = BookText::read(name, text);
    let campaign = campaign.expect("a campaign that can be used");
    let found = discover(&[folder.path().to_owned()]);
    let run_book = Book::new(&text, &campaign).in_folder(Some(folder.path()));
    let run = Run::new(&run_book, &everything(), fixture.day(), book.is_some());
    let mut findings: Vec<Finding> = run.check(found).findings.into_iter().collect();
    let prefix = format!("{}/", shown(folder.path()));
    let bare = |place: &mut Place| {
        if let Some(name) = place.file.strip_prefix(&prefix) {
            place.file = name.into();
        }
    };
    for finding in &mut findings {
        bare(&mut finding.place);
        finding.cause.as_mut().map(Arc::make_mut).map(bare);
    }
    findings
}

/// Every family named, so that rules speak which wait to be asked.
fn everything() -> Choice {
    Choice {
        select: FAMILIES
            .iter()
            .map(|family| family.name.to_owned())
            .collect(),
        ignore: vec![],
    }
}

/// What a rule says about a fixture, in order.
fn said(rule: &Rule, fixture: &Fixture) -> Vec<Said> {
    let findings = check(fixture);
    let own = findings
        .into_iter()
        .filter(|finding| finding.rule.code == rule.code);
    let said = |Finding { place, message, .. }| {
        let marked = place.excerpt.marked().to_owned();
        (
            place.file.to_string(),
            place.line,
            place.column,
            marked,
            message,
        )
    };
    let mut all: Vec<Said> = own.map(said).collect();
    all.sort();
    all
}

/// What the marks of a fixture want to be said, in order.
fn wanted(fixture: &Fixture) -> Vec<Said> {
    let mut all = Vec::new();
    for file in &fixture.files {
        for (line, marks) in file.lines() {
            for mark in marks {
                let is_text = matches!(file.storage, Storage::Plain | Storage::Encoded(_));
                let whole = if is_text { 0..line.len() } else { 0..0 };
                let span = mark.span.clone().unwrap_or(whole);
                let column = 1 + line[..span.start].chars().count();
                all.push((
                    file.name.clone(),
                    mark.line as u32,
                    column as u32,
                    line[span].to_owned(),
                    mark.message.clone(),
                ));
            }
        }
    }
    all.sort();
    all
}

#[test]
fn every_rule_fires_where_its_bad_example_is_marked_and_nowhere_else() {
    for rule in ALL {
        let fixture = Fixture::read(rule.bad);
        let wanted = wanted(&fixture);
        assert!(!wanted.is_empty(), "{} has no mark", rule.name);
        let said = said(rule, &fixture);
        assert_eq!(said, wanted, "{} says (left), marked (right)", rule.name);
    }
}

/// An example keeps the rules of its own family, and of what is read, whose it is and when it is due; an
/// example of a meeting need not be a complete plan.
#[test]
fn every_good_example_is_silent() {
    for rule in ALL {
        let fixture = Fixture::read(rule.good);
        assert_eq!(wanted(&fixture), [], "{}: nothing is marked", rule.name);
        assert!(
            !fixture.files.is_empty(),
            "{} has a good example",
            rule.name
        );
        let place_of = |name: &str| FAMILIES.iter().position(|family| family.name == name);
        let always = place_of("deadline");
        for finding in check(&fixture) {
            let family = finding.rule.family;
            let concerns = family == rule.family || place_of(family) <= always;
            let grave = finding.severity != Severity::Note;
            assert!(
                finding.rule.code != rule.code && !(concerns && grave),
                "{}: {finding:#?}",
                rule.name
            );
        }
    }
}

#[test]
fn the_order_of_entries_changes_nothing() {
    for rule in ALL {
        let fixture = Fixture::read(&rearranged(rule.bad, &|_, mut entries| {
            entries.reverse();
            entries
        }));
        assert_eq!(
            numberless(said(rule, &fixture)),
            numberless(wanted(&fixture)),
            "{}",
            rule.name
        );
    }
}

#[test]
fn an_entry_in_order_silences_no_other() {
    for rule in ALL {
        let fixture = Fixture::read(&rearranged(rule.bad, &|header, entries| {
            let first = in_order(header, 1, &entries);
            let last = in_order(header, 2, &entries);
            [first, entries, last].concat()
        }));
        assert_eq!(
            numberless(said(rule, &fixture)),
            numberless(wanted(&fixture)),
            "{}",
            rule.name
        );
    }
}

/// An entry with which nothing is wrong and that settles nothing, with a number of its own. Whose the
/// problems are is left as it is.
fn in_order(header: &str, number: usize, entries: &[String]) -> Vec<String> {
    let team = entries.iter().any(|entry| entry.contains("\"领导班子\""));
    let lines = match header {
        "[[problem]]" if team => {
            "subject = \"领导班子\"\ntext = \"学习不够经常。\"\nremedy = \"定期学习。\"\nowner = \"赵天干\"\ndue = \"长期坚持\""
        }
        "[[problem]]" => {
            "subject = \"班子成员\"\ntext = \"学习不够经常。\"\nremedy = \"定期学习。\"\nowner = \"孙甲子\"\ndue = \"长期坚持\""
        }
        "[[measure]]" => "text = \"每月集中学习两次。\"\nlead = \"党政办\"\ndue = \"长期坚持\"",
        "[[activity]]" => "kind = \"能力培训\"",
        "[[meeting]]" => "kind = \"民主生活会\"",
        "[[outcome]]" => "title = \"甲镇干部夜学制度\"\nbased_on = \"机关夜学课堂\"",
        "[[unit]]" => "code = \"Z9{n}\"\nname = \"癸局\"\nsince = 2023-01-01",
        "[[milestone]]" => {
            "id = \"other{n}\"\nname = \"其他\"\ndue = 2022-12-30\nrequires = { kind = \"outcomes\" }"
        }
        "[[rest_days]]" => "name = \"国庆节\"\nfrom = 2022-10-01\nto = 2022-10-07",
        _ => return vec![],
    };
    let lines = lines.replace("{n}", &number.to_string());
    vec![format!("{header}\n{lines}\n")]
}

/// A fixture with the entries of each list in each of its files put in another way; marks move along.
fn rearranged(fixture: &str, arrange: &dyn Fn(&str, Vec<String>) -> Vec<String>) -> String {
    let mut blocks: Vec<String> = vec![String::new()];
    for line in fixture.lines() {
        if line.starts_with('[') || line.starts_with("#----") {
            blocks.push(String::new());
        }
        let block = blocks.last_mut().expect("there is a first block");
        *block += line;
        *block += "\n";
    }
    let header = |block: &str| {
        let first = block.lines().next().unwrap_or_default();
        first.starts_with("[[").then(|| first.to_owned())
    };
    let mut out = String::new();
    // The entries of a list follow each other in every fixture.
    for group in blocks.chunk_by(|a, b| header(a).is_some() && header(a) == header(b)) {
        match header(&group[0]) {
            Some(header) => out += &arrange(&header, group.to_vec()).concat(),
            None => out += &group.concat(),
        }
    }
    out
}

/// What is said without lines and numbers of entries, which move with the entries.
fn numberless(said: Vec<Said>) -> Vec<(String, u32, String, String)> {
    let without = |text: &str| {
        let mut out = String::new();
        for c in text.chars() {
            let counts = ["[", "第", "]] ", "measure ", "problem "];
            if !(c.is_ascii_digit() && counts.iter().any(|word| out.ends_with(word))) {
                out.push(c);
            }
        }
        out
    };
    let said = said.into_iter();
    let mut all: Vec<_> = said
        .map(|(file, _, column, marked, message)| {
            let message = format!("{} {}", without(message.zh()), without(message.en()));
            (file, column, marked, message)
        })
        .collect();
    all.sort();
    all
}

#[test]
fn every_finding_is_complete_and_points_into_its_file() {
    for rule in ALL {
        for example in [rule.bad, rule.good] {
            let fixture = Fixture::read(example);
            for finding in check(&fixture) {
                for text in [&finding.message, &finding.fix] {
                    assert!(
                        !text.zh().is_empty() && !text.en().is_empty(),
                        "{finding:#?}"
                    );
                    assert!(
                        !text.zh().ends_with('。') && !text.en().ends_with('.'),
                        "{text:?}"
                    );
                }
                points_into(&fixture, &finding.place);
                finding
                    .cause
                    .iter()
                    .for_each(|cause| points_into(&fixture, cause));
            }
        }
    }
}

/// Whether a place's line, column and excerpt are those of the text that it names.
fn points_into(fixture: &Fixture, place: &Place) {
    let stored = fixture.file(&place.file).map(File::bytes);
    let bytes = stored.unwrap_or_else(|| BUILT_IN.as_bytes().to_vec());
    let decoded = (bytes.len() as u64 <= source::MAX_BYTES)
        .then(|| {
            source::decode(&bytes)
                .ok()
                .map(|(text, _)| text.into_owned())
        })
        .flatten();
    let text = decoded.as_deref().unwrap_or_default();
    let line = text.lines().nth(place.line as usize - 1);
    assert_eq!(&*place.excerpt.text, line.unwrap_or_default(), "{place:?}");
    let [before, ..] = place.excerpt.parts();
    assert_eq!(
        place.column as usize,
        1 + before.chars().count(),
        "{place:?}"
    );
    assert!((place.end_line, place.end_column) >= (place.line, place.column));
}

#[test]
fn a_record_before_the_start_is_shown_beside_the_start_and_one_after_the_end_beside_the_end() {
    let rule = &duban::rules::deadline::outside_campaign::RULE;
    let findings = check(&Fixture::read(rule.bad));
    let own = findings
        .iter()
        .filter(|finding| finding.rule.code == rule.code);
    let bounds: Vec<String> = own
        .map(|finding| finding.cause.as_ref().unwrap().field.to_string())
        .collect();
    assert_eq!(bounds, ["campaign.start", "campaign.start", "campaign.end"]);
}

#[test]
fn a_full_width_blank_is_called_one() {
    let rule = &duban::rules::file::syntax::RULE;
    let fixture = Fixture::read("[unit]\ncode = \"T01\"\nname =　\"甲镇\"\n");
    let said = said(rule, &fixture);
    assert_eq!(said.len(), 1);
    assert_eq!(
        (said[0].2, &*said[0].3, said[0].4.zh()),
        (7, "　", "此处有全角空格")
    );
}

/// One-liners have no full stop, paragraphs have; Chinese is punctuated as Chinese and has no blanks around
/// digits and foreign words; no text names a place that exists.
#[test]
fn every_text_is_written_as_its_language_is() {
    for rule in ALL {
        for text in [&rule.why, &rule.answer] {
            assert!(
                text.zh().ends_with('。') && text.en().ends_with('.'),
                "{text:?}"
            );
        }
        assert!(!rule.summary.zh().ends_with('。') && !rule.summary.en().ends_with('.'));
        for text in [&rule.summary, &rule.why, &rule.answer] {
            // The name of a standard is written as it is.
            let zh = text.zh().replace("GB/T 9704", "GB/T9704");
            assert!(!zh.contains([' ', ',', ';', ':', '?', '!', '\n']), "{zh}");
            assert!(
                !text.en().contains(['，', '。', '；', '：', '（']),
                "{text:?}"
            );
            for place in ["北票", "台吉", "Beipiao"] {
                assert!(!zh.contains(place) && !text.en().contains(place), "{zh}");
            }
        }
    }
}

#[test]
fn examples_are_short_and_have_files_of_different_names() {
    for rule in ALL {
        for example in [rule.bad, rule.good] {
            let fixture = Fixture::read(example);
            let lines: usize = fixture
                .files
                .iter()
                .map(|file| file.text.lines().count())
                .sum();
            assert!(
                (1..=40).contains(&lines) || !example.is_empty() && lines == 0,
                "{}",
                rule.name
            );
            let mut names: Vec<_> = fixture.files.iter().map(|file| &file.name).collect();
            names.sort();
            names.dedup();
            assert_eq!(names.len(), fixture.files.len(), "{}", rule.name);
            assert!(!example.contains("```"), "{} fits into Markdown", rule.name);
        }
    }
}

#[test]
fn families_have_letters_and_names_of_their_own_that_no_rule_has() {
    for (number, family) in FAMILIES.iter().enumerate() {
        let later = &FAMILIES[number + 1..];
        assert!(later.iter().all(|other| other.letter != family.letter));
        assert!(later.iter().all(|other| other.name != family.name));
        assert!(ALL.iter().all(|rule| rule.name != family.name));
        assert!(
            family.letter == 'X' || ALL.iter().any(|rule| rule.family == family.name),
            "{}",
            family.name
        );
    }
    let place = |rule: &Rule| {
        FAMILIES
            .iter()
            .position(|family| family.name == rule.family)
    };
    assert!(
        ALL.is_sorted_by_key(|rule| place(rule)),
        "families stand together, in order"
    );
}

/// `DUBAN_WRITE=1 cargo test --test rules` writes them anew.
#[test]
fn the_rule_reference_is_what_explain_prints() {
    for (name, lang) in [("RULES.md", Lang::En), ("RULES.zh-CN.md", Lang::Zh)] {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        let printed = explain::markdown(Topic::All, &[], lang);
        if std::env::var_os("DUBAN_WRITE").is_some() {
            fs::write(&path, &printed).unwrap();
        }
        let written = fs::read_to_string(&path)
            .unwrap_or_default()
            .replace("\r\n", "\n");
        assert!(
            written == printed,
            "{name} is out of date; DUBAN_WRITE=1 cargo test --test rules writes it"
        );
    }
}

#[test]
fn a_unit_that_is_dissolved_before_the_campaigns_end_need_not_have_done_anything() {
    for (until, owes) in [
        ("2022-07-15", false),
        ("2022-12-30", false),
        ("2022-12-31", true),
        ("2023-06-30", true),
    ] {
        let more = format!("until = {until}");
        let folder = Folder::new(&unit("01", "甲镇", &more)).file("01.toml", &jia(""));
        let said = names(&folder.check("2023-01-15"));
        for rule in ["no-activity", "no-summary"] {
            assert_eq!(said.iter().any(|name| name == rule), owes, "{until} {rule}");
        }
    }
}

#[test]
fn a_record_of_today_is_no_record_of_the_future() {
    let records = "[plan]\nadopted = 2022-03-28\nfiled = 2022-03-29\n";
    let today = AsOf {
        date: day("2022-03-28"),
        from_clock: true,
    };
    let folder = Folder::new(JIA).file("01.toml", &jia(records));
    let verdict = folder.check_as_of(today);
    let finding = only(&verdict, "future-dated");
    assert_eq!(finding.place.field.to_string(), "plan.filed");
}

#[test]
fn each_unit_that_a_key_measure_names_is_asked_for_it_once() {
    let key = "\n[[key_measure]]\nnumber = 1\ntext = \"夜学\"\nlead = \"01\"\nresponsible = [\"01\", \"02\"]\n";
    let folder = Folder::new(&format!("{}{key}", jia_and_yi()))
        .file("01.toml", &jia(""))
        .file("02.toml", &plan_of("02", "乙镇", ""));
    let verdict = folder.check("2022-06-01");
    let said: Vec<&str> = findings(&verdict, "key-measure-unclaimed")
        .iter()
        .map(|finding| finding.message.zh())
        .collect();
    assert_eq!(
        said,
        [
            "甲镇没有对应重点举措1“夜学”的措施",
            "乙镇没有对应重点举措1“夜学”的措施"
        ]
    );
}

#[test]
fn a_meeting_to_which_nobody_was_expected_is_told_by_that_number() {
    let meeting = |expected: u32, present: u32| {
        let records = format!(
            "[[meeting]]\nkind = \"民主生活会\"\nexpected = {expected}\npresent = {present}\n"
        );
        let verdict = verdict_of(&records, "2022-06-01");
        let finding = only(&verdict, "bad-value");
        let field = finding.place.field.to_string();
        (field, finding.message.zh().to_owned())
    };
    assert_eq!(
        meeting(0, 3),
        ("meeting[0].expected".to_owned(), "应到人数为0".to_owned())
    );
    assert_eq!(
        meeting(2, 3),
        (
            "meeting[0].present".to_owned(),
            "实到3人多于应到2人".to_owned()
        )
    );
}

#[test]
fn of_two_units_with_one_code_the_second_is_told_and_the_first_is_shown() {
    let more = [unit("02", "乙镇", ""), unit("01", "丙局", "")];
    let errors = Folder::new(&format!("{JIA}{}", more.concat())).campaign_errors();
    let [error] = &errors[..] else {
        panic!("{errors:#?}")
    };
    assert_eq!(error.message.zh(), "花名册中代码“01”重复");
    assert_eq!(error.place.field.to_string(), "unit[2].code");
    let first = error.cause.as_ref().map(|place| place.field.to_string());
    assert_eq!(first.as_deref(), Some("unit[0].code"));
}

#[test]
fn a_key_of_a_unit_above_everything_in_the_campaign_is_told() {
    let text = format!("name = \"甲镇\"\n{}{JIA}", support::CAMPAIGN);
    let errors = Folder::with_campaign(&text).campaign_errors();
    let messages: Vec<&str> = errors.iter().map(|error| error.message.zh()).collect();
    assert_eq!(messages, ["文件中没有“name”这个键"]);
}

#[test]
fn where_a_measure_cannot_be_read_no_more_is_said_than_what_those_that_can_be_read_are_about() {
    let spoilt = "\n[[measure]]\naspect = 5\ntext = \"夜学\"\n";
    for (more, said) in [("", "没有任何单位的措施"), (spoilt, "读得出的措施没有一条")]
    {
        let folder = Folder::new(&format!(
            "{}\n[vocabulary]\naspects = [\"调查研究\"]\n",
            jia_and_yi()
        ))
        .file("01.toml", &jia(more))
        .file("02.toml", &plan_of("02", "乙镇", ""));
        let verdict = folder.check("2022-06-01");
        let finding = only(&verdict, "aspect-uncovered");
        let message = finding.message.zh();
        assert!(message.starts_with(said), "{message}");
    }
}

#[test]
fn a_file_that_says_either_code_or_name_is_somebodys_and_is_told_what_it_lacks() {
    for (unit, told) in [
        ("code = \"99\"\nname = \"己所\"", true),
        ("name = \"己所\"", true),
        ("code = \"99\"", true),
        ("secretary = \"\"", false),
    ] {
        let folder = Folder::new(JIA).file("x.toml", &format!("[unit]\n{unit}\n"));
        let said = names(&folder.check("2023-01-15"));
        assert_eq!(said.iter().any(|name| name == "no-summary"), told, "{unit}");
    }
}
