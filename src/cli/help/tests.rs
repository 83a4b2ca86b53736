use super::*;
use crate::cli::{leftovers, with_command};

/// Every page of the program, short and long, with the command that it is about.
fn pages(lang: Lang) -> Vec<(String, String)> {
    let root = with_command(lang, |command| with_pages(command, lang));
    let commands = std::iter::once(&root).chain(root.get_subcommands());
    let both = commands.flat_map(|command| {
        let name = command.get_name().to_owned();
        let short = command.get_before_help().map(ToString::to_string);
        let long = command.get_before_long_help().map(ToString::to_string);
        [
            (format!("{name} -h"), short),
            (format!("{name} --help"), long),
        ]
    });
    both.map(|(name, page)| (name, page.unwrap())).collect()
}

fn page(lang: Lang, name: &str) -> String {
    pages(lang)
        .into_iter()
        .find(|(page, _)| page == name)
        .unwrap()
        .1
}

#[test]
fn chinese_pages_have_nothing_english_left() {
    for (name, page) in pages(Lang::Zh) {
        assert_eq!(leftovers::in_chinese(&page), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn english_pages_have_nothing_chinese_left() {
    for (name, page) in pages(Lang::En) {
        assert_eq!(leftovers::in_english(&page), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn every_line_fits_into_a_terminal() {
    for lang in [Lang::Zh, Lang::En] {
        for (name, page) in pages(lang) {
            let wide: Vec<&str> = page.lines().filter(|line| line.width() > WIDTH).collect();
            assert_eq!(wide, Vec::<&str>::new(), "{name}");
        }
    }
}

#[test]
fn every_command_option_and_value_is_explained() {
    for lang in [Lang::Zh, Lang::En] {
        let root = with_command(lang, |command| command);
        for command in std::iter::once(&root).chain(root.get_subcommands()) {
            assert!(command.get_about().is_some(), "{}", command.get_name());
            for arg in command.get_arguments() {
                assert!(
                    arg.get_help().is_some(),
                    "{} {}",
                    command.get_name(),
                    arg.get_id()
                );
                assert!(
                    values(arg).iter().all(|value| value.get_help().is_some()),
                    "{}",
                    arg.get_id()
                );
            }
        }
    }
}

#[test]
fn chinese_stands_in_columns() {
    let page = page(Lang::Zh, "check -h");
    let column = |name: &str, help: &str| {
        let line = page.lines().find(|line| line.contains(name)).unwrap();
        line[..line.find(help).unwrap()].width()
    };
    let expected = column("--select <规则>", "只查");
    assert_eq!(column("--fail-on <级别>", "有这一级"), expected);
    assert_eq!(column("-o, --output [格式:]文件", "把结果"), expected);
}

#[test]
fn the_short_page_names_the_values_and_the_long_one_explains_them() {
    assert!(page(Lang::Zh, "explain -h").contains("[可选：text、markdown、json] [默认：text]"));
    let long = page(Lang::En, "check --help");
    assert!(
        long.contains("concise  one line for each finding\n"),
        "{long}"
    );
    assert!(long.contains("\nExit codes:\n  0  nothing"), "{long}");
    assert!(!page(Lang::En, "check -h").contains("Exit codes"));
}

#[test]
fn flags_offer_no_values() {
    assert!(!page(Lang::En, "duban --help").contains("true"));
}

#[test]
fn the_version_stands_only_where_it_may_be_asked_for() {
    assert!(page(Lang::En, "duban -h").contains("--version"));
    assert!(!page(Lang::En, "check -h").contains("--version"));
}

#[test]
fn commands_below_commands_have_their_own_options() {
    let leaf = Command::new("leaf").arg(Arg::new("deep").long("deep"));
    let branch = Command::new("branch")
        .arg(Arg::new("own").long("own"))
        .subcommand(leaf);
    let root = with_pages(Command::new("root").subcommand(branch), Lang::En);
    let branch = root.find_subcommand("branch").unwrap();
    assert!(
        branch
            .get_before_help()
            .unwrap()
            .to_string()
            .contains("\nOptions:\n      --own")
    );
    let leaf = branch
        .find_subcommand("leaf")
        .unwrap()
        .get_before_help()
        .unwrap()
        .to_string();
    assert!(leaf.contains("Usage: root branch leaf [OPTIONS]"), "{leaf}");
}

#[test]
fn punctuation_does_not_begin_a_line() {
    assert_eq!(wrap("查四个字，再查", 8), ["查四个", "字，再查"]);
    assert_eq!(wrap("查（四）个", 6), ["查", "（四）", "个"]);
}

#[test]
fn words_stay_whole() {
    assert_eq!(
        wrap("写成campaign.toml的文件", 14),
        ["写成", "campaign.toml", "的文件"]
    );
    assert_eq!(wrap("one two three", 8), ["one two", "three"]);
    assert_eq!(wrap("unbreakable", 4), ["unbreakable"]);
    assert_eq!(wrap("", 4), [""]);
}

#[test]
fn a_wide_name_has_its_text_below_it() {
    let row = Row {
        name: "x".repeat(FIRST_COLUMN + 1),
        text: "text".to_owned(),
        below: Vec::new(),
    };
    let short = Row {
        name: "y".to_owned(),
        text: "text".to_owned(),
        below: Vec::new(),
    };
    let lines = list(&[row, short], 40);
    assert_eq!(lines[1..], ["     text", "  y  text"]);
}

#[test]
fn the_first_page_lists_every_command_that_is_no_secret() {
    let mut root = Command::new("duban").about("x");
    for (name, hidden) in [("open", false), ("secret", true)] {
        root = root.subcommand(Command::new(name).about("does it").hide(hidden));
    }
    let root = with_pages(root, Lang::En);
    let page = root.get_before_help().unwrap().to_string();
    assert!(page.contains("\n  open"), "{page}");
    assert!(!page.contains("secret"), "{page}");
}

#[test]
fn a_name_that_leaves_no_gap_before_its_text_has_a_line_of_its_own() {
    let row = |name: String| Row {
        name,
        text: "text".to_owned(),
        below: vec![],
    };
    for (longer, lines) in [(0, 1), (1, 2), (4, 2)] {
        let rows = [
            row("a".repeat(FIRST_COLUMN)),
            row("b".repeat(FIRST_COLUMN + longer)),
        ];
        let list = list(&rows, 200);
        assert_eq!(list.len(), 1 + lines, "{list:?}");
        assert!(list.iter().all(|line| !line.contains("btext")), "{list:?}");
    }
}
