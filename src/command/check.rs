//! `duban check`: judge the files, show the findings, exit by the gravest of them.

use std::io::IsTerminal;

use super::{gather, write};
use crate::check::Verdict;
use crate::cli::{CheckArgs, CheckFormat, ColorWhen, Common, FailOn};
use crate::finding::Severity;
use crate::levels::Choice;
use crate::output::{self, Format, View};
use crate::text;

/// Runs the command.
pub(super) fn run(common: &Common, args: &CheckArgs) -> anyhow::Result<u8> {
    let choice = choice(args);
    let targets = write::targets(&args.output, Format::ALL)?;
    gather::judged(common, &args.paths, &choice, |campaign, verdict| {
        let view = View {
            verdict,
            campaign,
            lang: common.lang,
            color: false,
        };
        for target in &targets {
            write::file(
                &target.path,
                output::render(target.format, &view).as_bytes(),
            )?;
        }
        show(common, args, &view)?;
        Ok(exit_code(verdict, args.fail_on))
    })
}

/// What goes to the terminal: the findings unless they went to files, and the summary.
fn show(common: &Common, args: &CheckArgs, view: &View<'_>) -> anyhow::Result<()> {
    let format = match args.format {
        Some(CheckFormat::Text) => Some(Format::Text),
        Some(CheckFormat::Concise) => Some(Format::Concise),
        Some(CheckFormat::Json) => Some(Format::Json),
        None => args.output.is_empty().then_some(Format::Text),
    };
    let color = use_color(common.color);
    let mut out = format
        .map(|format| output::render(format, &View { color, ..*view }))
        .unwrap_or_default();
    let mut remarks = String::new();
    if common.verbose {
        for (file, why) in &view.verdict.counts.skipped {
            let (file, why) = (crate::escape::plain(file), why.text());
            remarks.push_str(
                text!(
                    "跳过{file}：{zh}\n",
                    "skipped {file}: {en}\n",
                    zh = why.zh(),
                    en = why.en()
                )
                .get(view.lang),
            );
        }
    }
    if !common.quiet {
        let summary = output::summary(view);
        // With a format for programs the summary must not stand in their way.
        if matches!(format, Some(Format::Text)) {
            out.push_str(&summary)
        } else {
            remarks.push_str(&summary)
        }
    }
    write::stderr(&remarks);
    write::stdout(&out)
}

/// Whether standard output shows colours.
fn use_color(when: ColorWhen) -> bool {
    match when {
        ColorWhen::Always => true,
        ColorWhen::Never => false,
        ColorWhen::Auto => {
            let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
            !no_color && std::io::stdout().is_terminal()
        }
    }
}

fn choice(args: &CheckArgs) -> Choice {
    let words = |words: &[String]| words.iter().map(|word| word.trim().to_owned()).collect();
    Choice {
        select: words(&args.select),
        ignore: words(&args.ignore),
    }
}

fn exit_code(verdict: &Verdict, fail_on: FailOn) -> u8 {
    let threshold = match fail_on {
        FailOn::Error => Severity::Error,
        FailOn::Warning => Severity::Warning,
        FailOn::Note => Severity::Note,
        FailOn::Never => return 0,
    };
    u8::from(
        Severity::ALL
            .into_iter()
            .filter(|level| *level <= threshold)
            .any(|level| verdict.counts.of(level) > 0),
    )
}
