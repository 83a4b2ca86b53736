//! `duban schema plan|campaign`: the schemas say what the reader says, are kept current beside the samples, and are
//! read by the editors' own linters.

#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

mod documents;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use documents::{Tape, document, json};
use duban::book::BookText;
use duban::campaign::{self, BEIJING, Campaign, Roster, Vocabulary};
use duban::field::Field;
use duban::fixture::Fixture;
use duban::lang::Lang;
use duban::plan::{self, Plan};
use duban::read::{FromItem, Reader};
use duban::{load, rules, schema};
use jsonschema::Validator;
use serde_json::Value;
use toml_spanner::Arena;

const SAMPLES: [(&str, Lang); 2] = [("plans", Lang::Zh), ("examples/other-campaign", Lang::Zh)];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn validator(schema: &str) -> Validator {
    let schema: Value = serde_json::from_str(schema).unwrap();
    jsonschema::draft7::meta::validate(&schema).unwrap();
    let options = jsonschema::options().with_draft(jsonschema::Draft::Draft7);
    options
        .should_validate_formats(true)
        .build(&schema)
        .unwrap()
}

fn of_plans() -> Validator {
    validator(&schema::plan(&Vocabulary::default(), Lang::En))
}

fn of_campaigns() -> Validator {
    validator(&schema::campaign(Lang::En))
}

/// What the reader says of a text's structure: unknown and missing keys, wrong types, bad values, quoted dates.
fn complaints<'t, T: FromItem<'t>>(text: &'t str, arena: &'t Arena) -> Vec<String> {
    let document = toml_spanner::parse_recoverable(text, arena);
    assert!(document.errors().is_empty(), "{text}");
    let mut reader = Reader::new(text, BEIJING);
    T::from_item(document.table().as_item(), &mut reader);
    let drafts = reader.drafts.iter();
    drafts.map(|draft| draft.message.en().to_owned()).collect()
}

fn agree<'t, T: FromItem<'t>>(validator: &Validator, text: &'t str, arena: &'t Arena) -> bool {
    let complaints = complaints::<T>(text, arena);
    let value = json(&toml::from_str(text).unwrap());
    let errors: Vec<String> = validator
        .iter_errors(&value)
        .map(|e| e.to_string())
        .collect();
    assert_eq!(
        complaints.is_empty(),
        errors.is_empty(),
        "{text}\nthe reader: {complaints:#?}\nthe schema: {errors:#?}"
    );
    errors.is_empty()
}

/// Documents are made from the shapes, mostly right. Both outcomes must be common, or nothing is compared.
fn compared(count: u64, shape: duban::field::Shape, agree: impl Fn(&str) -> bool) {
    let valid = (0..count).filter(|seed| {
        let text = toml::to_string(&document(&shape, &mut Tape::new(*seed))).unwrap();
        agree(&text)
    });
    let valid = valid.count() as u64;
    assert!(
        valid > count / 10 && valid < count * 9 / 10,
        "{valid} of {count} are valid"
    );
}

#[test]
fn the_schema_takes_the_plans_that_the_reader_takes_and_no_others() {
    let validator = of_plans();
    compared(3000, Plan::SHAPE, |text| {
        agree::<Plan>(&validator, text, &Arena::new())
    });
}

#[test]
fn the_schema_takes_the_campaigns_that_the_reader_takes_and_no_others() {
    // The schema also knows bounds that the reader leaves to the proof; those are loosened.
    let mut schema: Value = serde_json::from_str(&schema::campaign(Lang::En)).unwrap();
    let everything = serde_json::json!({
        "properties/milestone": {"minItems": 0},
        "properties/milestone/items/properties/requires/properties/at_least": {"minimum": 0},
        "properties/campaign/properties/copied_threshold": {"minimum": 0, "maximum": 1e9},
        "properties/unit/items/properties/code": {"pattern": ""},
        "properties/rule/items/properties/id": {"pattern": ""},
        "properties/rule/items/properties/level": {"enum": schema["properties"]["levels"]["additionalProperties"]["enum"]},
        "properties/rule/items/properties/require/properties/at_least": {"minimum": 0},
        "properties/rule/items/properties/require/properties/one_of": {"minItems": 0},
        "properties/rule/items/properties/require/properties/matches": {"minLength": 0, "maxLength": 999},
    });
    for (path, loose) in everything.as_object().unwrap() {
        let node = schema.pointer_mut(&format!("/{path}")).unwrap();
        for (key, value) in loose.as_object().unwrap() {
            assert!(node.get(key).is_some(), "{path} {key}");
            node[key] = value.clone();
        }
    }
    let validator = validator(&schema.to_string());
    compared(3000, Campaign::SHAPE, |text| {
        agree::<Campaign>(&validator, text, &Arena::new())
    });
}

/// Every plan file of every rule's examples and of the campaign in trouble that is TOML.
#[test]
fn the_schema_says_of_the_examples_of_all_rules_what_the_reader_says() {
    let (plans, mut valid, mut invalid) = (of_plans(), 0, 0);
    let mut texts: Vec<String> = Vec::new();
    for rule in rules::ALL {
        for example in [rule.bad, rule.good] {
            let files = Fixture::read(example).files;
            let tomls = files.iter().filter(|file| file.name.ends_with(".toml"));
            let plans = tomls.filter(|file| !file.name.ends_with("campaign.toml"));
            texts.extend(plans.map(|file| String::from_utf8_lossy(&file.bytes()).into_owned()));
        }
    }
    for file in tomls(&root().join("examples/in-trouble")) {
        texts.extend(fs::read_to_string(file).ok());
    }
    for text in texts {
        // A day in quotes is a day to JSON.
        let table = toml::from_str(&text).map(toml::Value::Table);
        if table.map_or(true, |table| quotes_a_day(&table)) {
            continue;
        }
        match agree::<Plan>(&plans, &text, &Arena::new()) {
            true => valid += 1,
            false => invalid += 1,
        }
    }
    assert!(
        valid > 80 && invalid >= 4,
        "{valid} valid, {invalid} invalid"
    );
}

fn quotes_a_day(value: &toml::Value) -> bool {
    match value {
        toml::Value::String(text) => text.parse::<duban::calendar::Date>().is_ok(),
        toml::Value::Array(values) => values.iter().any(quotes_a_day),
        toml::Value::Table(table) => table.values().any(quotes_a_day),
        _ => false,
    }
}

#[test]
fn every_campaign_that_can_be_used_is_valid() {
    let validator = of_campaigns();
    let mut texts = vec![campaign::BUILT_IN.to_owned()];
    for folder in ["plans", "examples/other-campaign", "examples/in-trouble"] {
        texts.push(fs::read_to_string(root().join(folder).join("campaign.toml")).unwrap());
    }
    for lang in [Lang::Zh, Lang::En] {
        texts.push(duban::template::campaign_file(lang));
    }
    for text in texts {
        assert!(BookText::read("x".into(), &text).1.is_ok());
        let errors: Vec<String> = validator
            .iter_errors(&json(&toml::from_str(&text).unwrap()))
            .map(|error| error.to_string())
            .collect();
        assert!(errors.is_empty(), "{errors:?}");
    }
}

/// What is checked only after reading, where a schema can say it.
#[test]
fn a_campaign_beyond_a_bound_is_refused_by_both() {
    let validator = of_campaigns();
    let text = fs::read_to_string(root().join("plans/campaign.toml")).unwrap();
    for (right, wrong) in [
        ("due_soon_days = 7", "copied_threshold = 0.4"),
        ("at_least = 1 }", "at_least = 0 }"),
        ("code = \"T01\"", "code = \" \""),
        ("id = \"X001\"", "id = \"Y001\""),
        (
            "name = \"two-problems\"",
            "name = \"two-problems\"\nlevel = \"off\"",
        ),
        (
            "count = \"problem\", at_least = 2",
            "field = \"plan.title\", one_of = []",
        ),
        (
            "count = \"problem\", at_least = 2",
            "field = \"plan.title\", matches = \"\"",
        ),
        ("[levels]", "[levels]\nsyntax = \"off\""),
    ] {
        let broken = text.replacen(right, wrong, 1);
        assert_ne!(broken, text, "{right}");
        assert!(BookText::read("x".into(), &broken).1.is_err(), "{wrong}");
        let value = json(&toml::from_str(&broken).unwrap());
        assert!(!validator.is_valid(&value), "{wrong}");
    }
}

#[test]
fn the_campaigns_words_are_offered_and_others_taken_too() {
    let text = fs::read_to_string(root().join("plans/campaign.toml")).unwrap();
    let campaign = BookText::read("x".into(), &text).1.unwrap();
    let schema = schema::plan(&campaign.vocabulary, Lang::Zh);
    let value: Value = serde_json::from_str(&schema).unwrap();
    for (path, list) in plan::WORDS {
        let (table, key) = path.split_once('.').unwrap();
        let at = format!("/properties/{table}/items/properties/{key}/anyOf/0/enum");
        let offered = value.pointer(&at).unwrap().as_array().unwrap();
        assert_eq!(offered, campaign.vocabulary.list(list), "{path}");
        // The rule on words of the campaign reads the same fields.
        let other =
            format!("[unit]\ncode = \"T01\"\nname = \"甲镇\"\n[[{table}]]\n{key} = \"别的词\"\n");
        let arena = Arena::new();
        let plan = load::plan(&other, &arena, BEIJING).plan;
        let mut drafts = Vec::new();
        let view = rules::PlanView {
            plan: &plan,
            unreadable: &Default::default(),
            unit: None,
            cells: &[],
            campaign: &campaign,
            roster: &Roster::of(&campaign),
            as_of: duban::calendar::AsOf::today(BEIJING),
            evidence: &[],
        };
        rules::plan::unknown_term::RULE.check.plan.unwrap()(&view, &mut drafts);
        assert_eq!(drafts.len(), 1, "{path}");
    }
    let mut plan: Value = serde_json::json!({"unit": {"code": "T01", "name": "甲镇"}});
    plan["activity"] = serde_json::json!([{"kind": "别的词"}]);
    assert!(validator(&schema).is_valid(&plan));
    plan["activity"] = serde_json::json!([{"kind": 1}]);
    assert!(!validator(&schema).is_valid(&plan));
}

#[test]
fn examples_are_such_as_the_reader_takes() {
    for schema in [
        schema::plan(&Vocabulary::default(), Lang::Zh),
        schema::campaign(Lang::Zh),
    ] {
        let mut count = 0;
        shown(&serde_json::from_str(&schema).unwrap(), &mut count);
        assert!(count > 25, "{count}");
    }
}

fn shown(node: &Value, count: &mut usize) {
    if let Some(examples) = node.get("examples").and_then(Value::as_array) {
        for example in examples {
            *count += 1;
            assert!(jsonschema::is_valid(node, example), "{node}");
        }
    }
    match node {
        Value::Object(keys) => keys.values().for_each(|node| shown(node, count)),
        Value::Array(nodes) => nodes.iter().for_each(|node| shown(node, count)),
        _ => {}
    }
}

fn printed(lang: &str, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_duban"))
        .args(arguments)
        .current_dir(root())
        .env("DUBAN_LANG", lang)
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_command_prints_the_language_that_is_wished_and_writes_files_whole() {
    let (zh, en) = (
        printed("zh", &["schema", "plan"]),
        printed("en", &["schema", "plan"]),
    );
    assert!(zh.contains("报送日期：首次报送之日") && zh.contains("日期写成2022-03-28，不加引号"));
    assert!(en.contains("first filed; never overwritten") && en.contains("without quotes"));
    let scratch = tempfile::tempdir().unwrap();
    let file = scratch.path().join("plan.schema.json");
    fs::write(&file, "old").unwrap();
    let wrote = printed("zh", &["schema", "plan", "-o", file.to_str().unwrap()]);
    assert_eq!(
        (wrote, fs::read_to_string(&file).unwrap()),
        (String::new(), zh)
    );
    assert_eq!(fs::read_dir(scratch.path()).unwrap().count(), 1);
}

/// `DUBAN_WRITE=1 cargo test --test schema` writes them anew.
#[test]
fn the_schemas_beside_the_samples_are_what_the_command_prints() {
    for (folder, lang) in SAMPLES {
        let book = format!("{folder}/campaign.toml");
        let lang = lang.pick("zh", "en");
        for (file, kind) in [
            (schema::PLAN_FILE, "plan"),
            (schema::CAMPAIGN_FILE, "campaign"),
        ] {
            let schema = printed(lang, &["schema", kind, "--campaign", &book]);
            let path = root().join(folder).join(file);
            if std::env::var_os("DUBAN_WRITE").is_some() {
                fs::write(&path, &schema).unwrap();
            }
            let written = fs::read_to_string(&path).unwrap_or_default();
            assert!(
                written.replace("\r\n", "\n") == schema,
                "{folder}/{file} is out of date; DUBAN_WRITE=1 cargo test --test schema writes it"
            );
        }
    }
}

fn tomls(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let is_toml = |path: &PathBuf| path.extension().is_some_and(|e| e == "toml");
    let mut files: Vec<PathBuf> = entries.filter(is_toml).collect();
    files.sort();
    files
}

#[test]
fn sample_files_name_their_schema() {
    for (folder, _) in SAMPLES {
        for file in tomls(&root().join(folder)) {
            let of_campaign = file.ends_with("campaign.toml");
            let name = if of_campaign {
                schema::CAMPAIGN_FILE
            } else {
                schema::PLAN_FILE
            };
            let text = fs::read_to_string(&file).unwrap();
            assert!(text.starts_with(&schema::directive(name)), "{file:?}");
        }
    }
}

/// A linter with the arguments that keep it off the network and away from the user's settings.
fn linter(name: &str) -> Option<Command> {
    let mut command = Command::new(name);
    match name {
        "taplo" => command.args(["lint", "--no-auto-config"]),
        _ => command.args(["lint", "--offline", "--no-cache", "--error-on-warnings"]),
    };
    let there = Command::new(name)
        .arg("--version")
        .stdout(Stdio::null())
        .status()
        .is_ok();
    if !there {
        println!("skipped: {name} is not on the PATH (pip install {name})");
    }
    there.then_some(command)
}

#[test]
fn both_linters_pass_the_samples_and_what_init_and_new_write() {
    let scratch = tempfile::tempdir().unwrap();
    let new = scratch.path().join("新活动");
    printed("zh", &["init", new.to_str().unwrap()]);
    let book = new.join("campaign.toml");
    let to = new.to_str().unwrap();
    printed(
        "en",
        &[
            "new",
            "--all",
            "--campaign",
            book.to_str().unwrap(),
            "--to",
            to,
        ],
    );
    assert_eq!(tomls(&new).len(), 4);
    let folders = SAMPLES.iter().map(|(folder, _)| root().join(folder));
    let files: Vec<PathBuf> = folders
        .chain([new])
        .flat_map(|folder| tomls(&folder))
        .collect();
    assert!(files.len() > 25);
    for name in ["taplo", "tombi"] {
        let Some(mut linter) = linter(name) else {
            continue;
        };
        let output = linter.args(&files).output().unwrap();
        assert!(output.status.success(), "{name}: {output:?}");
    }
}

/// Files with one mistake each. JSON has no dates, so that a linter that turns TOML into JSON first is blind to some.
#[test]
fn both_linters_find_mistakes_and_tombi_quoted_dates_too() {
    let (any, only_tombi) = (&["taplo", "tombi"][..], &["tombi"][..]);
    let head = "[unit]\ncode = \"T01\"\nname = \"甲镇\"\n";
    let cases = [
        ("[unit]\ncode = \"T01\"\n".to_owned(), any),
        (format!("{head}[plan]\nfield = 2022-03-28\n"), any),
        (format!("{head}[plan]\nfiled = \"2022-3-28\"\n"), any),
        (format!("{head}[plan]\nfiled = 08:00:00\n"), any),
        (format!("{head}[[meeting]]\nkind = \"民主会\"\n"), any),
        (
            format!("{head}[[meeting]]\nkind = \"民主生活会\"\nexpected = \"9\"\n"),
            any,
        ),
        (
            format!("{head}[[meeting]]\nkind = \"民主生活会\"\nyear = 10000\n"),
            any,
        ),
        (format!("{head}[plan]\nevidence = [1]\n"), any),
        (
            format!("{head}[plan]\nfiled = \"2022-03-28\"\n"),
            only_tombi,
        ),
        (format!("{head}[plan]\ntitle = 2022-03-28\n"), only_tombi),
        (
            format!("{head}[[problem]]\nsubject = \"team\"\ntext = \"甲\"\ndue = \"2022-09-30\"\n"),
            only_tombi,
        ),
        (
            format!("{head}[[meeting]]\nkind = \"民主生活会\"\nexpected = 9.0\n"),
            only_tombi,
        ),
    ];
    let scratch = tempfile::tempdir().unwrap();
    let vocabulary = Vocabulary::default();
    let schema = schema::plan(&vocabulary, Lang::Zh);
    fs::write(scratch.path().join(schema::PLAN_FILE), schema).unwrap();
    for (number, (text, wanted)) in cases.iter().enumerate() {
        let arena = Arena::new();
        assert!(!complaints::<Plan>(text, &arena).is_empty(), "{text}");
        let file = scratch.path().join(format!("{number}.toml"));
        fs::write(&file, schema::directive(schema::PLAN_FILE) + text).unwrap();
        for name in *wanted {
            let Some(mut linter) = linter(name) else {
                continue;
            };
            let output = linter.arg(&file).output().unwrap();
            assert!(!output.status.success(), "{name} takes\n{text}");
        }
    }
}
