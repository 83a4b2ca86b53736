//! `duban report`: who is on time, for the terminal and for files. It judges nobody, so it exits with 0
//! whenever the report could be made; files that could not be read are named on standard error.

use std::io::IsTerminal;
use std::path::Path;

use super::{Failure, gather, target, write};
use crate::campaign::Campaign;
use crate::check::{Keep, Verdict};
use crate::cli::{self, Common, ReportArgs};
use crate::escape::plain;
use crate::finding::Finding;
use crate::lang::Text;
use crate::ledger::Status;
use crate::levels::Choice;
use crate::nearest::nearest;
use crate::report::{self, By, Format, Wish};
use crate::text;
use crate::vocabulary::Word;

/// Runs the command.
pub(super) fn run(common: &Common, args: &ReportArgs) -> anyhow::Result<u8> {
    let targets = target::targets(&args.output, Format::ALL)?;
    let only = statuses(&args.only)?;
    let format = format(args);
    if let Some(format) = format.filter(|format| format.is_binary()) {
        not_to_a_terminal(format)?;
    }
    let mut formats = targets.iter().map(|target| target.format).chain(format);
    let keep = match formats.any(Format::lists_problems) {
        true => Keep::Problems,
        false => Keep::People,
    };
    let outputs: Vec<&Path> = targets.iter().map(|target| &*target.path).collect();
    gather::judged(
        common,
        &args.paths,
        &Choice::only_firm(),
        &outputs,
        keep,
        |campaign, verdict| {
            if verdict.ledger.rows.is_empty() && verdict.findings.is_empty() {
                return Err(nobody());
            }
            let milestone = milestone_of(campaign, args.milestone.as_deref())?;
            let by = match args.by {
                cli::By::Unit => By::Unit,
                cli::By::Milestone => By::Milestone,
                cli::By::Category => By::Category,
            };
            let wish = Wish {
                by,
                only: only.clone(),
                milestone,
                lang: common.lang,
            };
            let mut results = write::Results::default();
            for target in &targets {
                let content = report::render(target.format, &verdict.ledger, campaign, &wish);
                results.add(&target.path, [content])?;
            }
            results.commit()?;
            write::stderr(&unread(verdict, common));
            match format {
                Some(format) => {
                    write::stdout(report::render(format, &verdict.ledger, campaign, &wish))?
                }
                None => write::stderr(&written(&targets, common)),
            }
            Ok(0)
        },
    )
}

/// A terminal would show what is no text as garbage, and obey some of it.
fn not_to_a_terminal(format: Format) -> anyhow::Result<()> {
    if !std::io::stdout().is_terminal() {
        return Ok(());
    }
    let mut named = Format::ALL.iter().filter(|(known, ..)| *known == format);
    let name = named.next().map_or("", |(_, name, _)| *name);
    Err(Failure::error(
        text!(
            "{name}不是文字，终端显示不了",
            "{name} is not text, so a terminal cannot show it"
        ),
        text!(
            "用-o 台账.{name}存为文件，或用>转到文件",
            "write it to a file with -o ledger.{name}, or send it to one with >"
        ),
    ))
}

/// Only the rule book was named, and no unit.
fn nobody() -> anyhow::Error {
    Failure::error(
        Text::fixed("没有单位可报告", "there is no unit to report on"),
        Text::fixed(
            "写方案文件所在的文件夹",
            "name the folder of the plan files",
        ),
    )
}

/// The format of standard output: none when everything went to files.
fn format(args: &ReportArgs) -> Option<Format> {
    match args.format {
        Some(cli::ReportFormat::Table) => Some(Format::Table),
        Some(cli::ReportFormat::Markdown) => Some(Format::Markdown),
        Some(cli::ReportFormat::Csv) => Some(Format::Csv),
        Some(cli::ReportFormat::Json) => Some(Format::Json),
        Some(cli::ReportFormat::Xlsx) => Some(Format::Xlsx),
        Some(cli::ReportFormat::Docx) => Some(Format::Docx),
        Some(cli::ReportFormat::Ics) => Some(Format::Ics),
        Some(cli::ReportFormat::Html) => Some(Format::Html),
        None => args.output.is_empty().then_some(Format::Table),
    }
}

/// The statuses of `--only`.
pub(super) fn statuses(words: &[String]) -> anyhow::Result<Vec<Status>> {
    words.iter().map(|word| status(word)).collect()
}

fn status(word: &str) -> anyhow::Result<Status> {
    Status::parse(word.trim()).ok_or_else(|| {
        let near = nearest(
            word,
            Status::ALL
                .iter()
                .flat_map(|status| [status.alias(), status.zh()]),
        );
        let zh = Status::ALL
            .iter()
            .map(|status| status.zh())
            .collect::<Vec<_>>()
            .join("、");
        let en = Status::ALL
            .iter()
            .map(|status| status.alias())
            .collect::<Vec<_>>()
            .join(", ");
        let hint = match near {
            Some(near) => text!(
                "是否为“{near}”？可选：{zh}",
                "did you mean “{near}”? choose from: {en}"
            ),
            None => text!("可选：{zh}", "choose from: {en}"),
        };
        Failure::error(
            text!("没有“{word}”这种状态", "there is no status “{word}”"),
            hint,
        )
    })
}

/// The milestone of `--milestone`, by its number.
pub(super) fn milestone_of(campaign: &Campaign, id: Option<&str>) -> anyhow::Result<Option<usize>> {
    id.map(|id| milestone(campaign, id)).transpose()
}

fn milestone(campaign: &Campaign, id: &str) -> anyhow::Result<usize> {
    let by_name = || {
        campaign
            .milestone
            .iter()
            .position(|milestone| milestone.name == id)
    };
    campaign
        .milestone_index(id)
        .or_else(by_name)
        .ok_or_else(|| {
            let known = campaign
                .milestone
                .iter()
                .map(|milestone| format!("{} ({})", milestone.id, milestone.name));
            let known = known.collect::<Vec<_>>().join(", ");
            Failure::error(
                text!("没有“{id}”这个时间节点", "there is no milestone “{id}”"),
                text!("可选：{known}", "choose from: {known}"),
            )
        })
}

/// The files that could not be read, or not wholly: a report must not hide them.
pub(super) fn unread(verdict: &Verdict, common: &Common) -> String {
    let line = |finding: &Finding| {
        let (file, line) = (plain(&finding.place.file), finding.place.line);
        let (zh, en) = (finding.message.zh(), finding.message.en());
        let note = text!(
            "未能全部读取 {file}:{line}：{zh}\n",
            "not wholly read: {file}:{line}: {en}\n"
        );
        plain_lines(note.get(common.lang))
    };
    if common.quiet {
        String::new()
    } else {
        verdict.findings.iter().map(line).collect()
    }
}

/// Escapes all but the line break at the end.
fn plain_lines(text: &str) -> String {
    format!("{}\n", plain(text.trim_end_matches('\n')))
}

fn written(targets: &[target::Target<Format>], common: &Common) -> String {
    let names: Vec<Text> = targets
        .iter()
        .map(|target| Text::same(crate::discover::shown(&target.path).to_string()))
        .collect();
    let names = Text::list(&names);
    let note = text!("已写入{zh}", "wrote {en}", zh = names.zh(), en = names.en());
    if common.quiet {
        String::new()
    } else {
        plain_lines(note.get(common.lang))
    }
}
