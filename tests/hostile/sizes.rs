//! How much stands in a file: the limits of the READMEs, and what is beyond them.

use std::time::{Duration, Instant};

use duban::campaign::HOSTS;
use duban::check::MAX_FINDINGS;
use duban::read::MAX_PROBLEMS;
use duban::source::{MAX_BYTES, MAX_CAMPAIGN_BYTES};

use super::*;

#[test]
fn what_is_too_large_is_not_read() {
    let folder = folder();
    let file = fs::File::create(folder.path().join("x.toml")).unwrap();
    file.set_len(64 << 20).unwrap();
    let found = findings(folder.path());
    let large = found
        .iter()
        .find(|(_, name, ..)| name == "too-large")
        .unwrap();
    assert!(
        large.3.contains("64 MB, over the limit of 4 MB"),
        "{}",
        large.3
    );
    let keys: String = (0..1_000_000).map(|n| format!("k{n:06} = 1\n")).collect();
    expect(
        keys.as_bytes(),
        "too-large",
        1,
        "12 MB, over the limit of 4 MB",
    );
    // Just below the limit.
    let keys: String = (0..300_000).map(|n| format!("k{n:06} = 1\n")).collect();
    expect(keys.as_bytes(), "unknown-key", 1, "k000000");
    expect(keys.as_bytes(), "too-large", 1, "more than 200 problems");
}

#[test]
fn what_is_too_large_is_not_read_from_standard_input_either() {
    let folder = folder();
    let content = vec![b'#'; MAX_BYTES as usize + 1];
    fs::write(folder.path().join("large"), content).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_duban"))
        .args(["check", "-", "--format", "concise", "--lang", "en"])
        .current_dir(folder.path())
        .stdin(fs::File::open(folder.path().join("large")).unwrap())
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(
        said.contains("the file has 5 MB, over the limit of 4 MB"),
        "{said}"
    );
}

#[test]
fn deep_nesting_is_refused_and_long_lines_are_cut() {
    let deep = |open: &str, close: &str| {
        format!(
            "{HEAD}[plan]\ntitle = {}1{}\n",
            open.repeat(10_000),
            close.repeat(10_000)
        )
    };
    expect(
        deep("[", "]").as_bytes(),
        "syntax",
        5,
        "nested deeper than 256 levels",
    );
    expect(
        deep("{a = ", "}").as_bytes(),
        "syntax",
        5,
        "nested deeper than 256 levels",
    );
    let dotted = format!("{HEAD}{} = 1\n", ["a"; 10_000].join("."));
    expect(dotted.as_bytes(), "unknown-key", 4, "“a”");
    let long = format!("{HEAD}x = \"{}\"\n", "甲".repeat(1_300_000));
    expect(long.as_bytes(), "unknown-key", 4, "“x”");
    let folder = folder();
    fs::write(folder.path().join("x.toml"), &long).unwrap();
    let shown = run(
        folder.path(),
        &["check", "x.toml", "--format", "text", "--lang", "zh"],
    );
    assert!(shown.stdout.len() < 20_000, "{} bytes", shown.stdout.len());
}

#[test]
fn a_line_of_ten_megabytes_is_over_the_limit() {
    let file = format!("{HEAD}x = \"{}\"\n", "x".repeat(10 << 20));
    expect(
        file.as_bytes(),
        "too-large",
        1,
        "11 MB, over the limit of 4 MB",
    );
}

/// A file of about so many bytes that says one thing over and over.
fn over_and_over(record: &str, bytes: usize) -> String {
    format!("{HEAD}{}", record.repeat(bytes / record.len()))
}

#[test]
fn of_a_file_full_of_mistakes_a_thousand_are_listed_with_the_count_of_the_rest_and_soon() {
    let number =
        "[[outcome]]\ntitle = \"甲制度\"\nadopted = 2022-05-01\ndocument_number = \"[2021]1号\"\n";
    for record in [
        "[[meeting]]\n",
        "[[measure]]\ntext = \"a\"\n",
        "[[problem]]\ntext = \"a\"\n",
        number,
    ] {
        let folder = folder();
        let file = over_and_over(record, 1 << 20);
        fs::write(folder.path().join("x.toml"), file).unwrap();
        let begun = Instant::now();
        let found = findings(folder.path());
        // It took minutes where each mistake was held against all before it.
        let took = begun.elapsed();
        assert!(took < Duration::from_secs(60), "{record}: {took:?}");
        let own = found.iter().filter(|(file, ..)| file == "./x.toml");
        // Rules that look at one file and rules that look at all of them have their thousand each.
        assert!(own.clone().count() <= 2 * (MAX_FINDINGS + 1), "{record}");
        let rest = own.filter(|(_, name, ..)| name == "too-large");
        let said: Vec<&String> = rest.map(|(.., message)| message).collect();
        assert!(
            said.iter()
                .any(|message| message.contains("more are not listed")),
            "{record}: {said:?}"
        );
    }
}

#[test]
fn what_is_left_out_is_less_grave_than_what_is_listed_and_counts_as_an_error() {
    let folder = folder();
    let notes = over_and_over("[[measure]]\ntext = \"a\"\n", 100_000);
    let late = format!("{notes}[plan]\nfiled = 2022-04-01\n");
    fs::write(folder.path().join("x.toml"), late).unwrap();
    let found = findings(folder.path());
    let said = |rule: &str| found.iter().any(|(_, name, ..)| name == rule);
    assert!(said("late") && said("too-large"));
    // Nobody silences the file by silencing the rule.
    let arguments = ["check", "x.toml", "--ignore", "too-large,late"];
    assert_eq!(run(folder.path(), &arguments).status.code(), Some(1));
}

#[test]
fn a_campaign_beyond_the_limits_is_told_and_nothing_is_judged_by_it() {
    let folder = folder();
    let book = folder.path().join("campaign.toml");
    let wrong = format!("{CAMPAIGN}{}", "[[unit]]\n".repeat(1000));
    fs::write(&book, wrong).unwrap();
    let output = run(folder.path(), &["check", ".", "--lang", "en"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("more than 200 problems; 1800 more"), "{said}");
    fs::File::options()
        .write(true)
        .open(&book)
        .unwrap()
        .set_len(129 << 20)
        .unwrap();
    let output = run(folder.path(), &["check", ".", "--lang", "en"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("129 MB, too many"), "{said}");
}

#[test]
fn the_limits_are_those_that_the_readmes_state() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = |name: &str| fs::read_to_string(root.join(name)).unwrap();
    let (en, zh) = (text("README.md"), text("README.zh-CN.md"));
    for (rows, readme) in [
        (
            [
                format!("| size of a plan file | {} MB |", MAX_BYTES >> 20),
                format!(
                    "| size of a campaign file | {} MB |",
                    MAX_CAMPAIGN_BYTES >> 20
                ),
                format!("| problems of reading listed of one file | {MAX_PROBLEMS};"),
                format!("| findings listed of one file | {};", "1,000"),
                "| nesting of values | 256 levels".to_owned(),
                format!("| units over which a joint branch leads to its host | {HOSTS} |"),
            ],
            en,
        ),
        (
            [
                format!("| 单个方案文件的大小 | {}MB |", MAX_BYTES >> 20),
                format!("| 活动文件的大小 | {}MB |", MAX_CAMPAIGN_BYTES >> 20),
                format!("| 单个文件列出的读取问题 | {MAX_PROBLEMS}个"),
                format!("| 单个文件列出的结果 | {MAX_FINDINGS}个"),
                "| 括号嵌套 | 256层".to_owned(),
                format!("| 联合党支部逐个指向承办单位 | 至多{HOSTS}个单位 |"),
            ],
            zh,
        ),
    ] {
        for row in rows {
            assert!(readme.contains(&row), "{row}");
        }
    }
    assert_eq!(MAX_FINDINGS, 1000);
}
