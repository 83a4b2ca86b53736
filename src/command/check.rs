//! `duban check`: judge the files, show the findings, exit by the gravest of them.

use std::ffi::OsStr;
use std::io::IsTerminal;
use std::path::Path;

use super::target::{Named, Target};
use super::{gather, target, write};
use crate::check::{Keep, Verdict};
use crate::cli::{CheckArgs, CheckFormat, ColorWhen, Common, FailOn};
use crate::finding::Severity;
use crate::levels::Choice;
use crate::output::{self, Format, View};
use crate::report::{self, By, Wish};
use crate::text;

/// What `-o` may write: the findings in any format, and the ledger that the same verdict holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Artefact {
    Findings(Format),
    Ledger(report::Format),
}

/// Where a name or an extension could mean both, the findings are meant: they are what is asked for here.
fn artefacts() -> Vec<Named<Artefact>> {
    let findings = Format::ALL
        .iter()
        .map(|(format, name, extension)| (Artefact::Findings(*format), *name, *extension));
    let is_findings = |name: &str| Format::ALL.iter().any(|(_, known, _)| *known == name);
    let ledger = report::Format::ALL
        .iter()
        .filter(|(_, name, _)| !is_findings(name))
        .map(|(format, name, extension)| (Artefact::Ledger(*format), *name, *extension));
    findings.chain(ledger).collect()
}

/// Runs the command.
pub(super) fn run(common: &Common, args: &CheckArgs) -> anyhow::Result<u8> {
    let choice = choice(&args.select, &args.ignore);
    let targets = target::targets(&args.output, &artefacts())?;
    let outputs: Vec<&Path> = targets.iter().map(|target| &*target.path).collect();
    let (paths, folder) = (&args.paths, folder_at_hand());
    let keep = targets.iter().map(|target| match target.format {
        Artefact::Findings(_) => Keep::Findings,
        Artefact::Ledger(format) if format.lists_problems() => Keep::Problems,
        Artefact::Ledger(_) => Keep::People,
    });
    let keep = keep.max().unwrap_or(Keep::Findings);
    gather::judged(
        common,
        paths,
        &choice,
        &outputs,
        keep,
        |campaign, verdict| {
            let view = View {
                folder: &folder,
                fail_on: threshold(args.fail_on).unwrap_or(Severity::Error),
                ..View::new(verdict, campaign, common.lang)
            };
            write_files(&targets, &view)?;
            if asks_for_commands(args, &targets) {
                job_summary(&view)?;
            }
            show(common, args, &view)?;
            Ok(exit_code(verdict, args.fail_on))
        },
    )
}

/// The folder that platforms name files from. Where it is not known, files are named as they were given.
fn folder_at_hand() -> String {
    let folder = std::env::current_dir().unwrap_or_default();
    crate::discover::shown(&folder).to_string()
}

fn write_files(targets: &[Target<Artefact>], view: &View<'_>) -> anyhow::Result<()> {
    let wish = Wish {
        by: By::Unit,
        only: vec![],
        milestone: None,
        lang: view.lang,
    };
    let mut results = write::Results::default();
    for target in targets {
        match target.format {
            Artefact::Findings(format) => {
                results.add(&target.path, output::pieces(format, view))?;
            }
            Artefact::Ledger(format) => {
                let content = report::render(format, &view.verdict.ledger, view.campaign, &wish);
                results.add(&target.path, [content])?;
            }
        }
    }
    results.commit()
}

/// Whether the job on GitHub is to hear of the findings: only then is its summary written, too.
fn asks_for_commands(args: &CheckArgs, targets: &[Target<Artefact>]) -> bool {
    let commands = Artefact::Findings(Format::Github);
    args.format == Some(CheckFormat::Github)
        || targets.iter().any(|target| target.format == commands)
}

/// Adds to the page of the job, where the platform names a file for it.
fn job_summary(view: &View<'_>) -> anyhow::Result<()> {
    match std::env::var_os("GITHUB_STEP_SUMMARY") {
        Some(path) if path != OsStr::new("") => {
            write::append(Path::new(&path), &output::job_summary(view))
        }
        _ => Ok(()),
    }
}

/// What goes to the terminal: the findings unless they went to files, and the summary.
fn show(common: &Common, args: &CheckArgs, view: &View<'_>) -> anyhow::Result<()> {
    let format = match args.format {
        Some(CheckFormat::Text) => Some(Format::Text),
        Some(CheckFormat::Concise) => Some(Format::Concise),
        Some(CheckFormat::Json) => Some(Format::Json),
        Some(CheckFormat::Sarif) => Some(Format::Sarif),
        Some(CheckFormat::Github) => Some(Format::Github),
        Some(CheckFormat::Gitlab) => Some(Format::Gitlab),
        Some(CheckFormat::Junit) => Some(Format::Junit),
        None => args.output.is_empty().then_some(Format::Text),
    };
    let color = use_color(common.color);
    let findings = format.map(|format| output::pieces(format, &View { color, ..*view }));
    let mut last = None;
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
            last = Some(summary)
        } else {
            remarks.push_str(&summary)
        }
    }
    write::stderr(&remarks);
    write::stdout_in_pieces(findings.into_iter().flatten().chain(last))
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

/// The words of `--select` and `--ignore`.
pub(super) fn choice(select: &[String], ignore: &[String]) -> Choice {
    let words = |words: &[String]| words.iter().map(|word| word.trim().to_owned()).collect();
    Choice {
        select: words(select),
        ignore: words(ignore),
    }
}

/// The level from which on findings count as failures; none when nothing does.
fn threshold(fail_on: FailOn) -> Option<Severity> {
    match fail_on {
        FailOn::Error => Some(Severity::Error),
        FailOn::Warning => Some(Severity::Warning),
        FailOn::Note => Some(Severity::Note),
        FailOn::Never => None,
    }
}

fn exit_code(verdict: &Verdict, fail_on: FailOn) -> u8 {
    let Some(threshold) = threshold(fail_on) else {
        return 0;
    };
    u8::from(
        Severity::ALL
            .into_iter()
            .filter(|level| *level <= threshold)
            .any(|level| verdict.counts.of(level) > 0),
    )
}
