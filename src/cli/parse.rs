//! From words to [`Cli`]: the language first, then clap, then what stops the program before it has begun.
//! Nothing is printed here and nothing exits.

use std::cell::Cell;
use std::ffi::OsString;

use clap::error::ErrorKind;
use clap::{Arg, ArgAction, ArgMatches, Command, CommandFactory, FromArgMatches};

use super::mistake::Mistake;
use super::{Cli, help};
use crate::lang::Lang;

/// Why the program ends before it has begun: help that was asked for, or a mistake in the command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// What to print, with its last line break.
    pub text: String,
    /// Standard error when true, else standard output.
    pub to_stderr: bool,
    /// The exit code: 0 when the text was asked for, 2 for a mistake.
    pub code: u8,
    /// The language that was spoken.
    pub lang: Lang,
}

impl Stop {
    fn asked_for(text: String, lang: Lang) -> Stop {
        Stop {
            text,
            to_stderr: false,
            code: 0,
            lang,
        }
    }

    fn mistaken(text: String, lang: Lang) -> Stop {
        Stop {
            text,
            to_stderr: true,
            code: 2,
            lang,
        }
    }
}

/// Reads the command line, whose first word is the name of the program.
///
/// # Errors
/// With a [`Stop`] when help or the version is asked for, or when there is a mistake in the command.
pub fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Cli, Stop> {
    parse_or_in(args, Lang::of_environment)
}

/// Hands over the whole command line to what describes it: completions, the manual. What options offer is worded only
/// when it is asked for, so the language holds for as long as the work lasts.
pub fn with_command<T>(lang: Lang, work: impl FnOnce(Command) -> T) -> T {
    speaking(lang, || work(build()))
}

fn parse_or_in(
    args: impl IntoIterator<Item = OsString>,
    otherwise: impl FnOnce() -> Lang,
) -> Result<Cli, Stop> {
    let args: Vec<OsString> = args.into_iter().collect();
    let lang = named_last(&args).unwrap_or_else(otherwise);
    speaking(lang, || read(args, lang))
}

fn read(args: Vec<OsString>, lang: Lang) -> Result<Cli, Stop> {
    // The pages take longer to lay out than a small folder to check, so they wait until one is wanted.
    let cli = match build().try_get_matches_from(&args) {
        Ok(matches) => match help_wanted(&matches) {
            Some(about) => read_with_pages(about, lang)?,
            None => Cli::from_arg_matches(&matches).or_else(|_| read_with_pages(args, lang))?,
        },
        Err(_) => read_with_pages(args, lang)?,
    };
    // clap looks for conflicts on each side of the command's name only: `duban -q check -v`.
    if cli.common.quiet && cli.common.verbose {
        return Err(Stop::mistaken(
            Mistake::conflict("--quiet", &["--verbose"]).render(lang),
            lang,
        ));
    }
    Ok(cli)
}

/// Reads words that ask for a page or are mistaken: the answer is made of the pages.
fn read_with_pages<W: Into<OsString> + Clone>(words: Vec<W>, lang: Lang) -> Result<Cli, Stop> {
    let command = help::with_pages(build(), lang);
    let matches = command.clone().try_get_matches_from(words);
    let cli = matches.and_then(|matches| Cli::from_arg_matches(&matches));
    cli.map_err(|error| stop(&error, &command, lang))
}

/// `duban help check` is `duban check --help`, so a wrong name is answered as it is everywhere else.
fn help_wanted(matches: &ArgMatches) -> Option<Vec<String>> {
    let asked = matches.subcommand_matches(HELP)?;
    let names = asked.get_many::<String>(HELP_ABOUT).unwrap_or_default();
    let words = ["duban"]
        .into_iter()
        .chain(names.map(String::as_str))
        .chain(["--help"]);
    Some(words.map(str::to_owned).collect())
}

fn stop(error: &clap::Error, command: &Command, lang: Lang) -> Stop {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            Stop::asked_for(error.render().to_string(), lang)
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            Stop::mistaken(error.render().to_string(), lang)
        }
        _ => Stop::mistaken(Mistake::of(error, command).render(lang), lang),
    }
}

const HELP: &str = "help";
const HELP_ABOUT: &str = "command";

/// The derived command, with help and version in our words in place of clap's.
fn build() -> Command {
    let help_flag = Arg::new("help")
        .short('h')
        .long("help")
        .action(ArgAction::Help)
        .global(true)
        .help(t(
            "显示帮助，--help比-h详细",
            "show help; --help says more than -h",
        ));
    let version_flag = Arg::new("version")
        .short('V')
        .long("version")
        .action(ArgAction::Version)
        .help(t("显示版本", "show the version"));
    let about = Arg::new(HELP_ABOUT)
        .value_name(t("命令", "COMMAND"))
        .action(ArgAction::Append)
        .num_args(0..)
        .help(t(
            "要了解的命令；不写则显示总的帮助",
            "the command to read about; without it, the help of the whole program",
        ));
    let help_command = Command::new(HELP)
        .about(t("显示帮助", "show help"))
        .arg(about);
    Cli::command()
        .arg(help_flag)
        .arg(version_flag)
        .subcommand(help_command)
}

/// The language that the user asks for, by `--lang` or `DUBAN_LANG`; none when only the system's is known.
pub fn wished_lang(args: impl IntoIterator<Item = OsString>) -> Option<Lang> {
    let args: Vec<OsString> = args.into_iter().collect();
    named_last(&args).or_else(Lang::wished)
}

/// The language that the last `--lang` names. clap cannot be asked: its help must be in that language already.
fn named_last(args: &[OsString]) -> Option<Lang> {
    let words: Vec<&str> = args
        .iter()
        .skip(1)
        .map(|word| word.to_str().unwrap_or_default())
        .collect();
    let ours = words
        .iter()
        .position(|word| *word == "--")
        .map_or(&words[..], |end| &words[..end]);
    let separate = ours
        .windows(2)
        .enumerate()
        .filter(|(_, pair)| pair[0] == "--lang")
        .map(|(at, pair)| (at, pair[1]));
    let joined = ours
        .iter()
        .enumerate()
        .filter_map(|(at, word)| Some((at, word.strip_prefix("--lang=")?)));
    let (_, last) = separate.chain(joined).max_by_key(|(at, _)| *at)?;
    lang_named(last)
}

fn lang_named(name: &str) -> Option<Lang> {
    match name {
        "中文" => Some(Lang::Zh),
        "英文" => Some(Lang::En),
        _ => Lang::parse(name),
    }
}

/// Reads the value of `--lang`. The error says what to write instead, as that of every value parser here must.
pub(super) fn read_lang(name: &str) -> Result<Lang, &'static str> {
    lang_named(name).ok_or_else(|| {
        t(
            "中文写zh，英文写en",
            "write zh for Chinese or en for English",
        )
    })
}

/// What `--lang` would be for the language that is spoken.
pub(super) fn lang_name() -> &'static str {
    t("zh", "en")
}

thread_local! {
    /// The language in which the command is being built and used; clap's derived code takes no such argument.
    static SPOKEN: Cell<Lang> = const { Cell::new(Lang::En) };
}

/// Does the work with help texts in this language.
fn speaking<T>(lang: Lang, work: impl FnOnce() -> T) -> T {
    let before = SPOKEN.replace(lang);
    let done = work();
    SPOKEN.set(before);
    done
}

/// The text in the language that is spoken while the command is built.
pub(super) fn t(zh: &'static str, en: &'static str) -> &'static str {
    SPOKEN.get().pick(zh, en)
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::cli::{Action, CheckArgs, ColorWhen, Common, FailOn};

    fn parsed(lang: Lang, line: &str) -> Result<Cli, Stop> {
        let words = ["duban"].into_iter().chain(line.split_whitespace());
        parse_or_in(words.map(OsString::from), || lang)
    }

    fn check(line: &str) -> CheckArgs {
        match parsed(Lang::En, line).unwrap().action {
            Action::Check(args) => args,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_command_is_sound_in_both_languages() {
        for lang in [Lang::Zh, Lang::En] {
            with_command(lang, Command::debug_assert);
            with_command(lang, |command| {
                help::with_pages(command, lang).debug_assert()
            });
        }
    }

    #[test]
    fn what_is_not_said_has_its_default() {
        let cli = parsed(Lang::Zh, "check").unwrap();
        let Common {
            lang,
            color,
            quiet,
            verbose,
            as_of,
            campaign,
        } = cli.common;
        assert_eq!(
            (lang, color, quiet, verbose),
            (Lang::Zh, ColorWhen::Auto, false, false)
        );
        assert_eq!((as_of, campaign), (None, None));
        let args = check("check");
        assert_eq!((args.fail_on, args.format), (FailOn::Error, None));
        assert!(args.paths.is_empty() && args.output.is_empty());
    }

    #[test]
    fn lists_are_split_at_commas_and_may_be_repeated() {
        let args = check("check --select late,meeting --select F -o a.json -o gitlab:b.json");
        assert_eq!(args.select, ["late", "meeting", "F"]);
        assert_eq!(args.output, ["a.json", "gitlab:b.json"]);
    }

    #[test]
    fn a_hyphen_is_a_path() {
        assert_eq!(
            check("check - plans").paths,
            [PathBuf::from("-"), PathBuf::from("plans")]
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_path_need_not_be_utf_8() {
        use std::os::unix::ffi::OsStringExt;
        let odd = || OsString::from_vec(vec![b'a', 0xff]);
        let words = ["duban".into(), "check".into(), odd(), "-o".into(), odd()];
        let cli = parse_or_in(words, || Lang::En).unwrap();
        let Action::Check(args) = cli.action else {
            panic!()
        };
        assert_eq!(
            (args.paths, args.output),
            (vec![PathBuf::from(odd())], vec![odd()])
        );
    }

    #[test]
    fn common_options_stand_on_either_side_of_the_command() {
        for line in [
            "--as-of 20220401 --color never check",
            "check --as-of 20220401 --color never",
        ] {
            let common = parsed(Lang::En, line).unwrap().common;
            assert_eq!(
                (common.as_of.as_deref(), common.color),
                (Some("20220401"), ColorWhen::Never),
                "{line}"
            );
        }
    }

    #[test]
    fn the_last_wish_for_a_language_counts() {
        let lang = |line| parsed(Lang::En, line).unwrap().common.lang;
        assert_eq!(lang("check"), Lang::En);
        assert_eq!(lang("--lang en check --lang=zh"), Lang::Zh);
        assert_eq!(lang("--lang=zh check --lang english"), Lang::En);
        assert_eq!(lang("check --lang 中文"), Lang::Zh);
        assert_eq!(lang("check --lang zh_CN.UTF-8"), Lang::Zh);
        assert_eq!(lang("check -- --lang zh"), Lang::En);
    }

    #[test]
    fn a_language_that_is_not_known_is_refused_in_that_of_the_environment() {
        let stop = parsed(Lang::Zh, "check --lang en --lang fr").unwrap_err();
        assert_eq!(
            stop,
            Stop::mistaken(
                "错误：--lang的值不能是“fr”\n改法：中文写zh，英文写en\n".to_owned(),
                Lang::Zh
            )
        );
    }

    #[test]
    fn help_and_version_are_results() {
        for line in [
            "-h",
            "--help",
            "check -h",
            "help",
            "help check",
            "-V",
            "--version",
            "--lang zh help report",
        ] {
            let stop = parsed(Lang::En, line).unwrap_err();
            assert_eq!((stop.to_stderr, stop.code), (false, 0), "{line}");
            assert!(
                stop.text.ends_with('\n') && !stop.text.ends_with("\n\n"),
                "{line}"
            );
        }
        assert_eq!(
            parsed(Lang::Zh, "-V").unwrap_err().text,
            concat!("duban ", env!("CARGO_PKG_VERSION"), "\n")
        );
    }

    #[test]
    fn the_help_command_shows_the_long_page() {
        for (command, option) in [
            ("help", "--help"),
            ("help check", "check --help"),
            ("help help", "help --help"),
        ] {
            assert_eq!(
                parsed(Lang::Zh, command).unwrap_err(),
                parsed(Lang::Zh, option).unwrap_err()
            );
        }
        let page = parsed(Lang::En, "help check --lang zh").unwrap_err().text;
        assert!(
            page.starts_with("按活动要求检查报送文件\n\n用法：duban check [选项] [路径]...\n"),
            "{page}"
        );
    }

    #[test]
    fn without_a_word_the_help_goes_to_standard_error() {
        let stop = parsed(Lang::Zh, "").unwrap_err();
        assert_eq!((stop.to_stderr, stop.code), (true, 2));
        assert_eq!(stop.text, parsed(Lang::Zh, "-h").unwrap_err().text);
    }

    #[test]
    fn a_mistake_goes_to_standard_error() {
        for line in [
            "chekc",
            "check --nothing",
            "help nothing",
            "check -q -v",
            "-q check -v",
            "check --fail-on",
        ] {
            let stop = parsed(Lang::En, line).unwrap_err();
            assert_eq!((stop.to_stderr, stop.code), (true, 2), "{line}");
            assert!(
                stop.text.starts_with("error: ") && stop.text.contains("\nhint: "),
                "{}",
                stop.text
            );
        }
    }

    #[test]
    fn one_language_does_not_linger_into_the_next() {
        let help = |lang| parsed(lang, "--help").unwrap_err().text;
        let (zh, en) = (help(Lang::Zh), help(Lang::En));
        assert_ne!(zh, en);
        assert_eq!((help(Lang::Zh), help(Lang::En)), (zh, en));
    }

    #[test]
    fn languages_are_known_by_their_chinese_names() {
        for (name, lang) in [("中文", Lang::Zh), ("英文", Lang::En), ("zh-CN", Lang::Zh)] {
            let cli = parsed(Lang::En, &format!("check --lang {name}")).unwrap();
            assert_eq!(cli.common.lang, lang, "{name}");
        }
        assert!(read_lang("法文").is_err());
    }
}
