//! The same input and day give the same bytes, wherever and however the program runs.

use super::*;

#[test]
fn with_a_language_and_a_day_every_format_is_the_same_in_all_zones_locales_and_numbers_of_threads()
{
    let folder = folder();
    let stdout_only = |words: &&Vec<&str>| {
        !matches!(words[0], "new" | "template" | "import" | "notice")
            && words[..] != ["fix", "plans"]
    };
    for words in formats().iter().filter(stdout_only) {
        for lang in ["zh", "en"] {
            let mut first: Option<(Option<i32>, Vec<u8>, Vec<u8>)> = None;
            for (zone, locale, threads) in [
                ("UTC", "C", "1"),
                ("Asia/Shanghai", "zh_CN.UTF-8", "2"),
                ("America/Los_Angeles", "tr_TR.UTF-8", "3"),
                ("Pacific/Kiritimati", "de_DE.ISO-8859-1", "8"),
            ] {
                let output = command(folder.path(), words)
                    .args(["--lang", lang])
                    .env_remove("DUBAN_LANG")
                    .env("TZ", zone)
                    .env("LC_ALL", locale)
                    .env("LANG", locale)
                    .env("RAYON_NUM_THREADS", threads)
                    .output()
                    .unwrap();
                let this = (output.status.code(), output.stdout, output.stderr);
                assert!(!this.1.is_empty() || words[0] == "report", "{words:?}");
                match &first {
                    None => first = Some(this),
                    Some(first) => assert!(
                        *first == this,
                        "{words:?} {lang}: {zone} {locale} {threads}"
                    ),
                }
            }
        }
    }
}

#[test]
fn the_files_of_a_run_are_the_same_in_all_zones_locales_and_numbers_of_threads() {
    let commands: [&[&str]; 6] = [
        &["template", "--each", "-o", "out"],
        &["notice", "plans", "-o", "out"],
        &[
            "new",
            "--all",
            "--campaign",
            "roster/campaign.toml",
            "--to",
            "out",
        ],
        &["import", "filled.xlsx", "-o", "out"],
        &["fix", "plans"],
        &["man", "-o", "out"],
    ];
    for words in commands {
        let mut first: Option<Vec<(PathBuf, Vec<u8>)>> = None;
        for (zone, locale, threads) in [
            ("UTC", "C", "1"),
            ("America/Los_Angeles", "tr_TR.UTF-8", "4"),
            ("Pacific/Kiritimati", "zh_CN.UTF-8", "2"),
        ] {
            let folder = folder();
            let output = command(folder.path(), words)
                .args(["--lang", "zh"])
                .env("TZ", zone)
                .env("LC_ALL", locale)
                .env("RAYON_NUM_THREADS", threads)
                .output()
                .unwrap();
            assert!(
                output.status.code().is_some_and(|code| code < 3),
                "{output:?}"
            );
            let mut written = files(folder.path());
            for (path, _) in &mut written {
                *path = path.strip_prefix(folder.path()).unwrap().to_owned();
            }
            match &first {
                None => first = Some(written),
                Some(first) => assert!(*first == written, "{words:?}: {zone} {locale} {threads}"),
            }
        }
    }
}
