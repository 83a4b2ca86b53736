//! The samples and the documentation: `plans` passes, every rule fires in `examples/in-trouble`, and both
//! READMEs say what the program does.
//!
//! A fenced block marked `console` in a README is run: each `$ duban …` line with the lines under it, up to the
//! next `$` or a blank line before one, is a command and its output. `…` on a line of its own stands for any
//! number of lines; a command with nothing under it is only run. `# exit 1` after a command is its exit code, 0
//! without. `$ cargo …` lines are for people and for `.ci/run`.

#![allow(clippy::unwrap_used, missing_docs)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use duban::book::{Book, BookText};
use duban::calendar::AsOf;
use duban::check::{Run, Verdict};
use duban::discover::discover;
use duban::finding::Place;
use duban::lang::{Lang, Text};
use duban::levels::Choice;
use duban::vocabulary::Word;
use duban::{rules, source};

const READMES: [(&str, Lang); 2] = [("README.md", Lang::En), ("README.zh-CN.md", Lang::Zh)];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn duban(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_duban"))
        .args(arguments)
        .current_dir(root())
        .env("DUBAN_LANG", "en")
        .env_remove("NO_COLOR")
        .output()
        .unwrap()
}

/// Checks a folder by the library, as of a day or `today`.
fn check(folder: &str, day: &str) -> Verdict {
    let folder = root().join(folder);
    let text = source::read_campaign(&folder.join("campaign.toml")).unwrap();
    let (book_text, campaign) = BookText::read("campaign.toml".into(), &text);
    let campaign = campaign.unwrap();
    let book = Book::new(&book_text, &campaign).in_folder(Some(&folder));
    let as_of = AsOf::parse(day, book.offset()).unwrap();
    Run::new(&book, &Choice::default(), as_of, true).check(discover(std::slice::from_ref(&folder)))
}

fn codes(verdict: &Verdict) -> BTreeSet<String> {
    let codes = verdict.findings.iter();
    codes.map(|finding| finding.rule.code.to_string()).collect()
}

#[test]
fn the_sample_campaign_passes_today_and_on_any_day_after_its_end() {
    for day in [
        "today",
        "2022-12-31",
        "2023-01-01",
        "2023-03-31",
        "2030-06-30",
    ] {
        let verdict = check("plans", day);
        let loud: Vec<_> = verdict
            .findings
            .iter()
            .map(|finding| (&finding.rule, finding.message.en()))
            .collect();
        assert_eq!(
            (verdict.counts.errors, verdict.counts.warnings),
            (0, 0),
            "{day}: {loud:?}"
        );
        let output = duban(&["check", "plans", "--as-of", day]);
        assert_eq!(output.status.code(), Some(0), "{day}");
    }
}

#[test]
fn the_campaign_in_trouble_fails() {
    let output = duban(&["check", "examples/in-trouble", "--as-of", "2022-11-15"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        output.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn every_rule_fires_in_the_campaign_in_trouble() {
    // Only the clock can say that a record lies in the future, and some rules wait for the campaign's end.
    let by_clock = [
        rules::deadline::future_dated::RULE.code,
        rules::plan::no_activity::RULE.code,
        rules::plan::no_summary::RULE.code,
    ];
    let then = codes(&check("examples/in-trouble", "2022-11-15"));
    let now = codes(&check("examples/in-trouble", "today"));
    for rule in rules::ALL {
        let fired = if by_clock.contains(&rule.code) {
            &now
        } else {
            &then
        };
        assert!(
            fired.contains(rule.code),
            "{} {} is silent",
            rule.code,
            rule.name
        );
    }
}

#[test]
fn the_campaign_s_own_rule_fires_in_the_campaign_in_trouble() {
    let verdict = check("examples/in-trouble", "2022-11-15");
    let own: Vec<_> = verdict
        .findings
        .iter()
        .filter(|f| f.rule.family == "local")
        .collect();
    assert!(!own.is_empty());
    assert!(own.iter().all(|finding| finding.rule.code == "X001"));
}

#[test]
fn every_finding_has_a_place_a_message_and_a_fix_in_both_languages() {
    for day in ["2022-11-15", "today"] {
        for finding in check("examples/in-trouble", day).findings {
            let rule = &finding.rule;
            for place in [Some(&finding.place), finding.cause.as_deref()]
                .into_iter()
                .flatten()
            {
                assert_place(place, &rule.to_string());
            }
            assert_both(&finding.message, &rule.to_string());
            assert_both(&finding.fix, &rule.to_string());
        }
    }
}

fn assert_place(place: &Place, rule: &str) {
    assert!(!place.file.is_empty(), "{rule}");
    assert!(place.line >= 1 && place.column >= 1, "{rule}");
    let first = (place.line, place.column);
    assert!((place.end_line, place.end_column) >= first, "{rule}");
    // The line shown is the line of the file.
    let path = match &*place.file {
        "campaign.toml" => root().join("examples/in-trouble/campaign.toml"),
        file => PathBuf::from(file),
    };
    let mut buffer = Vec::new();
    let Ok((text, _)) = source::read(&path, &mut buffer).and_then(source::decode) else {
        return; // A file that is no text has no lines.
    };
    let line = text
        .lines()
        .nth(place.line as usize - 1)
        .unwrap_or_default();
    let shown = place.excerpt.text.lines().next().unwrap_or_default();
    assert!(
        line.contains(shown),
        "{rule} at {}:{}",
        place.file,
        place.line
    );
}

fn assert_both(text: &Text, rule: &str) {
    assert!(!text.zh().is_ascii(), "{rule}: {}", text.zh());
    assert!(
        text.en().chars().any(|c| c.is_ascii_alphabetic()),
        "{rule}: {}",
        text.en()
    );
    for text in [text.zh(), text.en()] {
        assert!(!text.contains(['!', '！', '\n']), "{rule}: {text}");
        assert!(!text.ends_with(['。', '.']), "{rule}: {text}");
    }
}

#[test]
fn the_readmes_list_exactly_the_registered_rules() {
    for (name, lang) in READMES {
        let text = std::fs::read_to_string(root().join(name)).unwrap();
        let listed: Vec<[String; 4]> = text.lines().filter_map(rule_row).collect();
        let row = |rule: &&rules::Rule| {
            let level = rule.default_level().text();
            [
                rule.code,
                rule.name,
                level.get(lang),
                rule.summary.get(lang),
            ]
            .map(str::to_owned)
        };
        let registered: Vec<[String; 4]> = rules::ALL.iter().map(row).collect();
        for (row, rule) in listed.iter().zip(&registered) {
            assert_eq!(row, rule, "{name}");
        }
        assert_eq!(
            listed.len(),
            registered.len(),
            "{name}: rows of the rule table"
        );
    }
}

/// The cells of `| D002 | `late` | error | done after the due date |`.
fn rule_row(line: &str) -> Option<[String; 4]> {
    let inner = line.trim().strip_prefix('|')?.strip_suffix('|')?;
    let cells = inner
        .split('|')
        .map(|cell| cell.trim().trim_matches('`').to_owned());
    let cells: [String; 4] = cells.collect::<Vec<_>>().try_into().ok()?;
    let (letter, digits) = cells[0].split_at_checked(1)?;
    let is_code = letter.chars().all(|c| c.is_ascii_uppercase())
        && digits.len() == 3
        && digits.bytes().all(|b| b.is_ascii_digit());
    is_code.then_some(cells)
}

/// A command of a README with what stands under it.
#[derive(Debug)]
struct Example {
    readme: &'static str,
    lang: Lang,
    command: String,
    code: i32,
    expected: Vec<String>,
}

/// The commands in the `console` blocks of a README.
fn examples(readme: &'static str, lang: Lang) -> Vec<Example> {
    let text = std::fs::read_to_string(root().join(readme)).unwrap();
    let (mut found, mut inside): (Vec<Example>, bool) = (Vec::new(), false);
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            inside = line.trim() == "```console";
            continue;
        }
        if !inside {
            continue;
        }
        if let Some(typed) = line.strip_prefix("$ ") {
            let (command, code) = typed.split_once("# exit ").unwrap_or((typed, "0"));
            let (command, code) = (command.trim().to_owned(), code.trim().parse().unwrap());
            found.push(Example {
                readme,
                lang,
                command,
                code,
                expected: vec![],
            });
        } else if let Some(example) = found.last_mut() {
            example.expected.push(line.trim_end().to_owned());
        }
    }
    for example in &mut found {
        while example.expected.last().is_some_and(|line| line.is_empty()) {
            example.expected.pop();
        }
    }
    found
}

/// Whether lines are as expected, where `…` stands for any number of them.
fn matches(expected: &[String], actual: &[&str]) -> bool {
    match expected.split_first() {
        None => actual.is_empty(),
        Some((line, rest)) if line.trim() == "…" => {
            (0..=actual.len()).any(|skipped| matches(rest, &actual[skipped..]))
        }
        Some((line, rest)) => actual
            .split_first()
            .is_some_and(|(first, others)| line == first && matches(rest, others)),
    }
}

#[test]
fn the_commands_in_the_readmes_do_what_is_shown() {
    for (readme, lang) in READMES {
        let examples = examples(readme, lang);
        assert!(examples.len() >= 5, "{readme} shows commands");
        for example in examples {
            run(&example);
        }
    }
}

fn run(example: &Example) {
    let Some(arguments) = example.command.strip_prefix("duban ") else {
        assert!(example.command.starts_with("cargo "), "{example:?}");
        return;
    };
    // Where a README writes a file, it goes to a folder of its own.
    let scratch = tempfile::tempdir().unwrap();
    let arguments: Vec<String> = arguments
        .split_whitespace()
        .map(|word| {
            let to_file = |name: &str| scratch.path().join(name).display().to_string();
            match word.split_once(':') {
                Some((format, file)) if example.command.contains(" -o ") && !file.is_empty() => {
                    format!("{format}:{}", to_file(file))
                }
                _ if example.command.contains(&format!(" -o {word}")) => to_file(word),
                _ => word.to_owned(),
            }
        })
        .collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let output = Command::new(env!("CARGO_BIN_EXE_duban"))
        .args(&arguments)
        .current_dir(root())
        .env("DUBAN_LANG", example.lang.pick("zh", "en"))
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    let (stdout, stderr) = (
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap(),
    );
    assert_eq!(
        output.status.code(),
        Some(example.code),
        "{example:?}\n{stdout}{stderr}"
    );
    if !example.expected.is_empty() {
        let actual = format!("{stdout}{stderr}");
        let actual: Vec<&str> = actual.trim_end().lines().map(str::trim_end).collect();
        assert!(
            matches(&example.expected, &actual),
            "{}: `{}` prints\n{}\ninstead of\n{}",
            example.readme,
            example.command,
            actual.join("\n"),
            example.expected.join("\n")
        );
    }
}

#[test]
fn the_rust_in_the_readmes_is_the_example() {
    let example = std::fs::read_to_string(root().join("examples/embed.rs")).unwrap();
    let code: BTreeSet<&str> = example.lines().map(str::trim).collect();
    for (readme, _) in READMES {
        let text = std::fs::read_to_string(root().join(readme)).unwrap();
        let mut lines = text.lines().skip_while(|line| *line != "```rust").skip(1);
        let lines: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        assert!(!lines.is_empty(), "{readme} shows the library");
        for line in lines.into_iter().filter(|line| !line.starts_with("//")) {
            assert!(code.contains(line), "{readme}: {line}");
        }
    }
}

#[test]
fn dots_stand_for_any_number_of_lines() {
    let expected = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    assert!(matches(&expected("…\nb\n…"), &["a", "b"]));
    assert!(matches(&expected("a\n…"), &["a", "b", "c"]));
    assert!(!matches(&expected("a"), &["a", "b"]));
    assert!(!matches(&expected("…\nc\n…"), &["a", "b"]));
}
