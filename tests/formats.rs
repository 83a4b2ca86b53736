//! The formats that machines read, opened as those machines do: by their schemas and by readers of their own.

#![allow(clippy::unwrap_used, clippy::print_stderr, missing_docs)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use duban::lang::Lang;
use duban::output;
use serde_json::Value;
use tempfile::TempDir;

const LANGS: [&str; 2] = ["zh", "en"];

/// A name that every syntax at hand has a use for.
#[cfg(unix)]
const HOSTILE: &str = "甲 镇,:%\n<&\"'##[error]::warning::.toml";
#[cfg(not(unix))]
const HOSTILE: &str = "甲 镇,%&'##[error].toml";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn duban(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_duban"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("GITHUB_STEP_SUMMARY")
        .output()
        .unwrap()
}

/// A check of a folder in a format, as of a day after two milestones.
fn checked(folder: &Path, path: &str, format: &str, lang: &str) -> String {
    let arguments = ["check", path, "--as-of", "2022-11-15", "--format", format];
    let output = duban(folder, &[&arguments[..], &["--lang", lang]].concat());
    assert!(output.status.code().unwrap() < 2, "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn trouble(format: &str, lang: &str) -> String {
    checked(root(), "examples/in-trouble", format, lang)
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// A campaign with a unit that has not reported, and a file with a hostile name, a hostile text and a hostile key.
fn hostile() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("plans")).unwrap();
    let campaign = fs::read_to_string(root().join("src/campaign/beipiao-2022.toml")).unwrap();
    let roster = r#"
[[unit]]
code = "01"
name = "甲镇"
[[unit]]
code = "02"
name = "乙\u001b[31m镇]]><b>\u202e[x](http://evil.example)"
"#;
    let plan = r#"
[unit]
code = "01"
name = "丙\u001b[2J\u0085\u202e\uffff镇,:%\n::error::]]><b a=\"1\">&##[error]{0}[x](http://evil.example)|`*"
"<key>,::\u0007" = 1

[plan]
filed = "2022-03-28"
"#;
    put(&folder, "campaign.toml", &format!("{campaign}{roster}"));
    put(&folder, HOSTILE, plan);
    folder
}

fn put(folder: &TempDir, name: &str, text: &str) {
    fs::write(folder.path().join("plans").join(name), text).unwrap();
}

fn hostile_path() -> String {
    format!("plans/{HOSTILE}")
}

/// Every text that a format makes of the samples, in both languages.
fn samples(format: &str) -> Vec<String> {
    let hostile = hostile();
    let of = |lang: &&str| {
        [
            trouble(format, lang),
            checked(root(), "plans", format, lang),
            checked(hostile.path(), "plans", format, lang),
        ]
    };
    LANGS.iter().flat_map(of).collect()
}

fn assert_valid(schema: &str, instance: &Value) {
    let schema = fs::read_to_string(root().join("tests/schemas").join(schema)).unwrap();
    // The pattern of languages in the schema of SARIF has a bracket too many, which is no regular expression.
    let schema = schema.replace("-[a-zA-Z]{2}]?$", "-[a-zA-Z]{2}$");
    assert_valid_by(&json(&schema), instance);
}

fn assert_valid_by(schema: &Value, instance: &Value) {
    let validator = jsonschema::options()
        .should_validate_formats(true)
        .build(schema)
        .unwrap();
    let errors: Vec<String> = validator
        .iter_errors(instance)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

/// Nothing that a terminal obeys, or that hides or reorders what is read, stands in a text as it is.
fn assert_harmless(text: &str) {
    let hostile = |c: char| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{200b}'..='\u{200f}')
    };
    assert!(!text.contains(hostile), "{text:?}");
}

#[test]
fn every_format_shows_nothing_that_a_terminal_obeys() {
    for (_, format, _) in output::Format::ALL {
        for text in samples(format) {
            assert_harmless(&text);
        }
    }
}

#[test]
fn sarif_is_valid_by_the_official_schema() {
    for text in samples("sarif") {
        assert_valid("sarif-2.1.0.json", &json(&text));
    }
}

fn sarif_run(text: &str) -> Value {
    json(text)["runs"][0].clone()
}

fn results(text: &str) -> Vec<Value> {
    sarif_run(text)["results"].as_array().unwrap().clone()
}

#[test]
fn every_result_of_sarif_has_a_place_a_rule_with_help_and_a_relative_uri() {
    for (lang, word) in [("zh", "为什么"), ("en", "Why")] {
        let run = sarif_run(&trouble("sarif", lang));
        assert_eq!(run["columnKind"], "unicodeCodePoints");
        let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
        assert!(
            rules.iter().any(|rule| rule["id"] == "X001"),
            "the campaign's own"
        );
        let described: BTreeSet<&str> = rules
            .iter()
            .map(|rule| rule["shortDescription"]["text"].as_str().unwrap())
            .collect();
        assert_eq!(
            described.len(),
            rules.len(),
            "each rule has words of its own"
        );
        for rule in rules {
            let why = rule["fullDescription"]["text"].as_str().unwrap();
            assert!(lang == "en" || !why.is_ascii(), "{why}");
            for help in ["text", "markdown"] {
                let help = rule["help"][help].as_str().unwrap();
                assert!(help.contains(word) || rule["id"] == "X001", "{help}");
            }
        }
        for result in run["results"].as_array().unwrap() {
            let place = &result["locations"][0]["physicalLocation"];
            assert!(place["region"]["startLine"].as_u64().unwrap() >= 1);
            let uri = place["artifactLocation"]["uri"].as_str().unwrap();
            assert!(
                uri.starts_with("examples/in-trouble/") && uri.is_ascii(),
                "{uri}"
            );
            let rule = &rules[result["ruleIndex"].as_u64().unwrap() as usize];
            assert_eq!(rule["id"], result["ruleId"]);
            let text = result["message"]["text"].as_str().unwrap();
            assert!(text.ends_with(['。', '.', '？', '?']), "{text}");
            assert!(!text.contains("？。") && !text.contains("?."), "{text}");
            for cause in result["relatedLocations"].as_array().into_iter().flatten() {
                assert!(!cause["message"]["text"].as_str().unwrap().is_empty());
            }
        }
        let causes = run["results"].as_array().unwrap().iter();
        assert!(
            causes
                .filter(|result| result["relatedLocations"].is_array())
                .count()
                > 5
        );
    }
}

#[test]
fn a_place_of_sarif_says_which_field_it_is_and_what_is_to_be_seen_there() {
    let words = |place: &Value| place["message"]["text"].as_str().map(str::to_owned);
    let field = |place: &Value| place["logicalLocations"][0]["fullyQualifiedName"].clone();
    for (lang, later, earlier) in [
        ("zh", "应在后", "应在先"),
        ("en", "should come later", "should come first"),
    ] {
        let results = results(&trouble("sarif", lang));
        let of = |rule: &str| {
            results
                .iter()
                .find(|result| result["ruleId"] == rule)
                .unwrap()
        };
        let (place, cause) = (
            &of("D006")["locations"][0],
            &of("D006")["relatedLocations"][0],
        );
        assert_eq!(
            (field(place), field(cause)),
            ("plan.adopted".into(), "plan.special_meeting".into())
        );
        assert_eq!(words(place).as_deref(), Some(later));
        assert_eq!(words(cause).as_deref(), Some(earlier));
        assert_eq!(
            (place["id"].as_u64(), cause["id"].as_u64()),
            (None, Some(1))
        );
        for result in &results {
            let place = &result["locations"][0];
            assert!(
                field(place) != "" && words(place).as_deref() != Some(""),
                "{place}"
            );
        }
    }
}

#[test]
fn viewers_of_sarif_are_given_no_link() {
    let hostile = hostile();
    let text = checked(hostile.path(), "plans", "sarif", "en");
    let messages = results(&text);
    let mut texts = messages
        .iter()
        .map(|result| result["message"]["text"].as_str().unwrap());
    assert!(texts.clone().any(|text| text.contains("evil.example")));
    assert!(texts.all(|text| !text.contains("](")));
}

/// The characters of a text between two places by line and column, as SARIF counts them.
fn between<'t>(text: &'t str, region: &Value) -> &'t str {
    let number = |key: &str| region[key].as_u64().unwrap() as usize;
    let byte = |line: usize, column: usize| {
        let start: usize = text
            .split_inclusive('\n')
            .take(line - 1)
            .map(str::len)
            .sum();
        let rest = &text[start..];
        start
            + rest
                .char_indices()
                .nth(column - 1)
                .map_or(rest.len(), |(at, _)| at)
    };
    let start = byte(number("startLine"), number("startColumn"));
    &text[start..byte(number("endLine"), number("endColumn"))]
}

#[test]
fn the_repairs_of_sarif_replace_just_what_those_of_json_do() {
    let found = json(&trouble("json", "en"));
    let repairs = found["findings"].as_array().unwrap().iter();
    let repairs: Vec<&Value> = repairs
        .filter(|finding| finding["edit"].is_object())
        .collect();
    let sarif = results(&trouble("sarif", "en"));
    let fixes: Vec<&Value> = sarif
        .iter()
        .filter(|result| result["fixes"].is_array())
        .collect();
    assert!(repairs.len() >= 5);
    assert_eq!(repairs.len(), fixes.len());
    for (finding, result) in repairs.iter().zip(fixes) {
        let change = &result["fixes"][0]["artifactChanges"][0]["replacements"][0];
        let text = fs::read_to_string(root().join(finding["file"].as_str().unwrap())).unwrap();
        let edit = &finding["edit"];
        let byte = |key: &str| edit[key].as_u64().unwrap() as usize;
        let replaced = &text[byte("start")..byte("end")];
        assert!(!replaced.is_empty());
        assert_eq!(between(&text, &change["deletedRegion"]), replaced);
        assert_eq!(change["insertedContent"]["text"], edit["text"]);
    }
}

fn fingerprints(text: &str) -> Vec<String> {
    let of = |result: &Value| {
        let fingerprint = &result["partialFingerprints"]["ruleUnitField/v1"];
        fingerprint.as_str().unwrap().to_owned()
    };
    results(text).iter().map(of).collect()
}

#[test]
fn fingerprints_are_unique_and_stay_when_lines_move() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("plans");
    fs::create_dir(&to).unwrap();
    for lines in ["", "# 一行\n\n\n# 又一行\n"] {
        for entry in fs::read_dir(root().join("examples/in-trouble")).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let bytes = fs::read(&path).unwrap();
                // What is in another encoding would be something else with these lines.
                let bytes = match std::str::from_utf8(&bytes) {
                    Ok(text) => format!("{lines}{text}").into_bytes(),
                    Err(_) => bytes,
                };
                fs::write(to.join(path.file_name().unwrap()), bytes).unwrap();
            }
        }
        let found = fingerprints(&checked(folder.path(), "plans", "sarif", "zh"));
        let unique: BTreeSet<&String> = found.iter().collect();
        assert_eq!(unique.len(), found.len());
        assert!(found.len() > 200);
        let kept = folder.path().join("fingerprints");
        if lines.is_empty() {
            fs::write(kept, found.join("\n")).unwrap();
        } else {
            assert_eq!(fs::read_to_string(kept).unwrap(), found.join("\n"));
        }
    }
}

#[test]
fn fingerprints_are_the_same_in_every_format_and_language() {
    let sarif = fingerprints(&trouble("sarif", "zh"));
    for lang in LANGS {
        let of = |value: &Value| value["fingerprint"].as_str().unwrap().to_owned();
        let found = json(&trouble("json", lang));
        let found: Vec<String> = found["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(of)
            .collect();
        let gitlab = json(&trouble("gitlab", lang));
        let gitlab: Vec<String> = gitlab.as_array().unwrap().iter().map(of).collect();
        assert_eq!((&found, &gitlab), (&sarif, &sarif));
    }
}

#[test]
fn gitlab_is_valid_by_its_documentation() {
    for text in samples("gitlab") {
        assert_valid("gitlab-code-quality.json", &json(&text));
    }
}

/// A workflow command as a runner takes it apart: level, properties, message.
fn command(line: &str) -> (String, BTreeMap<String, String>, String) {
    let decoded = |value: &str, pairs: &[(&str, &str)]| {
        pairs.iter().fold(value.to_owned(), |value, (code, sign)| {
            value.replace(code, sign)
        })
    };
    let data = [("%0D", "\r"), ("%0A", "\n"), ("%25", "%")];
    let property = [
        ("%0D", "\r"),
        ("%0A", "\n"),
        ("%3A", ":"),
        ("%2C", ","),
        ("%25", "%"),
    ];
    let rest = line.strip_prefix("::").unwrap();
    let (head, message) = rest.split_once("::").unwrap();
    let (level, properties) = head.split_once(' ').unwrap();
    let properties = properties.split(',').map(|pair| {
        let (key, value) = pair.split_once('=').unwrap();
        (key.to_owned(), decoded(value, &property))
    });
    (
        level.to_owned(),
        properties.collect(),
        decoded(message, &data),
    )
}

#[test]
fn github_gets_one_command_a_finding_errors_first_and_nothing_else_that_it_obeys() {
    let hostile = hostile();
    for (folder, path) in [(root(), "examples/in-trouble"), (hostile.path(), "plans")] {
        for lang in LANGS {
            let text = checked(folder, path, "github", lang);
            let commands: Vec<_> = text.lines().map(command).collect();
            let found = json(&checked(folder, path, "json", lang));
            assert_eq!(commands.len(), found["findings"].as_array().unwrap().len());
            let levels: Vec<&str> = commands.iter().map(|(level, ..)| level.as_str()).collect();
            let mut sorted = levels.clone();
            let rank = |level: &&str| {
                ["error", "warning", "notice"]
                    .iter()
                    .position(|l| l == level)
            };
            sorted.sort_by_key(rank);
            assert_eq!(levels, sorted);
            for (_, properties, message) in &commands {
                let number = |key: &str| properties[key].parse::<usize>().unwrap();
                assert!(number("line") >= 1);
                // A place of several lines has no columns; one of a single line has both.
                match properties.contains_key("endLine") {
                    true => assert!(
                        number("endLine") > number("line") && !properties.contains_key("col")
                    ),
                    false => assert!(number("endColumn") >= number("col")),
                }
                assert!(!properties["title"].is_empty() && message.lines().count() == 2);
            }
            assert!(!text.contains("##"), "no command of the old form");
        }
    }
}

#[test]
fn junit_is_valid_by_its_schema() {
    if Command::new("xmllint").arg("--version").output().is_err() {
        eprintln!("skipped: xmllint is not installed (Debian: libxml2-utils)");
        return;
    }
    for text in samples("junit") {
        let schema = root().join("tests/schemas/junit-10.xsd");
        let mut xmllint = Command::new("xmllint")
            .args(["--noout", "--nonet", "--schema"])
            .args([schema.as_os_str(), "-".as_ref()])
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut input = xmllint.stdin.take().unwrap();
        input.write_all(text.as_bytes()).unwrap();
        drop(input);
        let output = xmllint.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{said}\n{text}");
    }
}

/// Suites with their cases: name, whether it failed, and all that is said in it.
fn cases(text: &str) -> BTreeMap<String, Vec<(String, bool, String)>> {
    let document = roxmltree::Document::parse(text).unwrap();
    let mut suites = BTreeMap::new();
    let named = |node: &roxmltree::Node<'_, '_>, name: &str| node.has_tag_name(name);
    for suite in document
        .descendants()
        .filter(|node| named(node, "testsuite"))
    {
        let cases = suite.children().filter(|node| named(node, "testcase"));
        let cases: Vec<_> = cases
            .map(|case| {
                let failures = case
                    .children()
                    .filter(|node| named(node, "failure"))
                    .count();
                assert!(failures <= 1);
                let said = case.descendants();
                let said = said
                    .filter(roxmltree::Node::is_text)
                    .filter_map(|node| node.text())
                    .collect();
                (
                    case.attribute("name").unwrap().to_owned(),
                    failures == 1,
                    said,
                )
            })
            .collect();
        let count = |key: &str| suite.attribute(key).unwrap().parse::<usize>().unwrap();
        assert_eq!(count("tests"), cases.len());
        let failed = cases.iter().filter(|(_, failed, _)| *failed).count();
        assert_eq!(count("failures"), failed);
        suites.insert(suite.attribute("name").unwrap().to_owned(), cases);
    }
    suites
}

#[test]
fn junit_has_a_case_for_every_plan_file_and_a_suite_for_the_roster() {
    let suites = cases(&checked(root(), "plans", "junit", "en"));
    let sound = &suites["plan files"];
    assert_eq!(sound.len(), 16);
    assert!(
        sound
            .iter()
            .all(|(name, failed, _)| name.starts_with("plans/") && !failed)
    );

    let suites = cases(&trouble("junit", "zh"));
    let roster = &suites["花名册和活动文件"];
    let missing = roster.iter().find(|(name, ..)| name == "T03 丙乡").unwrap();
    assert!(
        missing.1 && missing.2.contains("R001 plan-missing"),
        "{missing:?}"
    );
    let found = json(&trouble("json", "zh"));
    let all = found["findings"].as_array().unwrap().len();
    let said: String = suites
        .values()
        .flatten()
        .map(|(.., said)| said.as_str())
        .collect();
    let lines = said.matches("错误[").count()
        + said.matches("警告[").count()
        + said.matches("提示[").count();
    assert_eq!(lines, all, "every finding stands in a case");
}

#[test]
fn a_case_of_junit_fails_by_what_makes_the_exit_code_1() {
    let case = |fail_on: &str| {
        let arguments = [
            "check",
            "examples/in-trouble/D02.toml",
            "--as-of",
            "2022-11-15",
        ];
        let output = duban(
            root(),
            &[&arguments[..], &["--format=junit", "--fail-on", fail_on]].concat(),
        );
        let failed = cases(&String::from_utf8(output.stdout).unwrap());
        let failed = failed.values().flatten().any(|(_, failed, _)| *failed);
        (failed, output.status.code().unwrap())
    };
    assert_eq!(case("error"), (false, 0));
    assert_eq!(case("note"), (true, 1));
}

#[test]
fn a_hostile_file_name_is_right_in_every_format() {
    let folder = hostile();
    let path = hostile_path();
    for lang in LANGS {
        let of = |format: &str| checked(folder.path(), "plans", format, lang);
        let found = json(&of("json"));
        let files = found["findings"].as_array().unwrap();
        assert!(files.iter().any(|finding| finding["file"] == *path));

        let gitlab = json(&of("gitlab"));
        let issues = gitlab.as_array().unwrap();
        assert!(
            issues
                .iter()
                .any(|issue| issue["location"]["path"] == *path)
        );

        let sarif = results(&of("sarif"));
        let uri = |result: &Value| {
            let artifact = &result["locations"][0]["physicalLocation"]["artifactLocation"];
            decoded(artifact["uri"].as_str().unwrap())
        };
        assert!(sarif.iter().any(|result| uri(result) == path));

        let junit = cases(&of("junit"));
        assert!(junit.values().flatten().any(|(name, ..)| *name == path));

        // The commands have no escape for `#`: two of them are parted.
        let github = of("github");
        let path = path.replace("##", "#\\#");
        assert!(
            github
                .lines()
                .map(command)
                .any(|(_, properties, _)| properties["file"] == path)
        );
    }
}

fn decoded(uri: &str) -> String {
    let mut parts = uri.split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).unwrap());
        bytes.extend(&part.as_bytes()[2..]);
    }
    String::from_utf8(bytes).unwrap()
}

#[test]
fn platforms_get_names_from_the_folder_at_hand_however_the_path_was_given() {
    let given = root().join("examples/in-trouble");
    let wanted = trouble("gitlab", "en");
    for path in [
        "./examples/in-trouble",
        ".//examples/in-trouble",
        given.to_str().unwrap(),
    ] {
        assert_eq!(checked(root(), path, "gitlab", "en"), wanted);
    }
    let outside = tempfile::tempdir().unwrap();
    let sarif = checked(outside.path(), given.to_str().unwrap(), "sarif", "en");
    let place = &results(&sarif)[0]["locations"][0]["physicalLocation"]["artifactLocation"];
    let uri = place["uri"].as_str().unwrap();
    assert!(
        uri.starts_with("file:///") && place["uriBaseId"].is_null(),
        "{uri}"
    );
}

#[test]
fn the_json_of_findings_is_valid_by_the_schema_that_the_program_prints() {
    for lang in LANGS {
        let schema = duban(root(), &["schema", "findings", "--lang", lang]);
        let schema = json(&String::from_utf8(schema.stdout).unwrap());
        assert!(jsonschema::meta::is_valid(&schema));
        for text in samples("json") {
            assert_valid_by(&schema, &json(&text));
        }
        // A schema that lets everything pass would prove nothing.
        let validator = jsonschema::validator_for(&schema).unwrap();
        for (pointer, wrong) in [
            ("/version", Value::from(2)),
            ("/findings/0/level", Value::from("fatal")),
            ("/findings/0/line", Value::from(0)),
            ("/findings/0/fingerprint", Value::Null),
            ("/summary/errors", Value::from("3")),
        ] {
            let mut document = json(&trouble("json", lang));
            *document.pointer_mut(pointer).unwrap() = wrong;
            assert!(!validator.is_valid(&document), "{pointer}");
        }
    }
}

#[test]
fn every_field_of_the_schema_is_described_in_the_language_and_in_one_only() {
    for (lang, chinese) in [(Lang::Zh, true), (Lang::En, false)] {
        let schema = json(&output::schema(lang));
        let objects = schema["$defs"].as_object().unwrap().values();
        for object in objects.chain([&schema]) {
            for (name, field) in object["properties"].as_object().unwrap() {
                let text = field["description"]
                    .as_str()
                    .unwrap_or_else(|| panic!("{name}"));
                assert_eq!(!text.is_ascii(), chinese, "{name}: {text}");
                assert!(!text.contains('\n'), "{name}: {text}");
            }
        }
    }
}

#[test]
fn a_failed_case_of_junit_says_how_many_more_failures_it_has() {
    let text = trouble("junit", "zh");
    let document = roxmltree::Document::parse(&text).unwrap();
    let failures = document
        .descendants()
        .filter(|node| node.has_tag_name("failure"));
    let mut seen = BTreeSet::new();
    for failure in failures {
        let message = failure.attribute("message").unwrap();
        let others = failure.text().unwrap().matches("错误[").count() - 1;
        match others {
            0 => assert!(!message.contains("另有"), "{message}"),
            n => assert!(
                message.ends_with(&format!("（另有{n}个问题）")),
                "{message}"
            ),
        }
        seen.insert(others);
    }
    assert!(seen.contains(&0) && seen.iter().any(|n| *n > 1), "{seen:?}");
}

#[test]
fn the_summary_says_how_far_a_due_date_is() {
    for (day, zh, en) in [
        ("2022-10-30", "还剩1天", "1 day left"),
        ("2022-10-31", "今天到期", "due today"),
        ("2022-11-01", "已过1天", "1 day ago"),
    ] {
        for (lang, wanted) in [
            ("zh", format!("生活会（2022-10-31，{zh}）：应完成")),
            ("en", format!("生活会 (2022-10-31, {en}): owed ")),
        ] {
            let output = duban(root(), &["check", "plans", "--as-of", day, "--lang", lang]);
            let text = String::from_utf8(output.stdout).unwrap();
            assert!(text.contains(&wanted), "{text}");
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_chinese_locale_is_answered_in_chinese_and_every_other_in_english() {
    for (locale, owed) in [
        ("zh_CN.UTF-8", "应完成"),
        ("en_US.UTF-8", "owed"),
        ("fr_FR.UTF-8", "owed"),
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_duban"))
            .args(["check", "plans", "--as-of", "2022-11-15"])
            .current_dir(root())
            .env_remove("DUBAN_LANG")
            .env_remove("LANGUAGE")
            .env("LC_ALL", locale)
            .env("LANG", locale)
            .output()
            .unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.contains(owed), "{locale}: {text}");
    }
}
