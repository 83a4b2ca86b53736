//! `duban new`: write plan files to fill in, from the roster. A file that is there is never replaced, and everything
//! is looked at before anything is written.

use std::path::Path;

use super::taken::Taken;
use super::{Failure, gather, write};
use crate::campaign::{Campaign, Roster};
use crate::cli::{Common, NewArgs};
use crate::discover::shown;
use crate::escape::plain;
use crate::lang::Text;
use crate::ledger::Office;
use crate::nearest::nearest;
use crate::{schema, template, text};

/// Runs the command.
pub(super) fn run(common: &Common, args: &NewArgs) -> anyhow::Result<u8> {
    let start = args.to.as_deref().map_or(here(), standing);
    gather::rostered(common, start, |campaign, folder| {
        let to = args.to.as_deref().unwrap_or(folder);
        let wanted = wanted(
            campaign,
            &args.codes,
            args.all,
            Text::fixed("用--all", "give --all"),
        )?;
        let names = template::file_names(campaign);
        let taken = Taken::of(campaign, folder, to);
        let (mut files, mut there) = (Vec::new(), Vec::new());
        let as_of = gather::as_of(common, campaign)?.date;
        // Only a schema that is there is named; `duban init` and `duban schema plan -o` write one.
        let has_schema = to.join(schema::PLAN_FILE).is_file();
        let head = has_schema.then(|| schema::directive(schema::PLAN_FILE));
        let head = head.unwrap_or_default();
        let office = Office::of(campaign);
        for index in wanted {
            let (unit, path) = (&campaign.unit[index], to.join(&names[index]));
            match taken.file(&unit.code, &path) {
                Some(file) => there.push((index, file)),
                None => {
                    let content = template::plan_file(&office, unit, as_of, common.lang);
                    files.push((path, format!("{head}{content}")));
                }
            }
        }
        if !args.all && !there.is_empty() {
            return Err(refused(campaign, &there));
        }
        if !files.is_empty() {
            write::folder(to)?;
            write::new_files(&files)?;
        }
        passed_over(common, campaign, &there);
        let names: Vec<&Path> = files.iter().map(|(path, _)| path.as_path()).collect();
        tell(common, &names)?;
        Ok(0)
    })
}

/// Where a campaign is looked for when no folder is named.
pub(super) fn here() -> &'static Path {
    let plans = Path::new("plans");
    if plans.is_dir() {
        plans
    } else {
        Path::new(".")
    }
}

/// The nearest folder upward that is there.
pub(super) fn standing(path: &Path) -> &Path {
    let there = path.ancestors().find(|path| path.is_dir());
    there.unwrap_or(Path::new("."))
}

/// The units that are asked for, by their place in the roster, each once. `every` says how to ask for all of them.
pub(super) fn wanted(
    campaign: &Campaign,
    codes: &[String],
    all: bool,
    every: Text,
) -> anyhow::Result<Vec<usize>> {
    if campaign.unit.is_empty() {
        return Err(Failure::error(
            Text::fixed("活动文件里没有花名册", "the campaign file has no roster"),
            Text::fixed(
                "在campaign.toml里逐个写[[unit]]，写明code和name",
                "write one [[unit]] a unit into campaign.toml, with code and name",
            ),
        ));
    }
    if all {
        return Ok((0..campaign.unit.len()).collect());
    }
    let roster = Roster::of(campaign);
    let mut wanted = Vec::new();
    for code in codes {
        let code = code.trim();
        let index = roster
            .index(code)
            .ok_or_else(|| unknown(campaign, code, &every))?;
        if !wanted.contains(&index) {
            wanted.push(index);
        }
    }
    Ok(wanted)
}

fn unknown(campaign: &Campaign, code: &str, every: &Text) -> anyhow::Error {
    let named = campaign.unit.iter().find(|unit| *unit.name == *code);
    let codes = campaign.unit.iter().map(|unit| &*unit.code);
    let near = named
        .map(|unit| &*unit.code)
        .or_else(|| nearest(code, codes));
    let hint = match near {
        Some(near) => text!("是否为“{near}”？", "did you mean “{near}”?"),
        None => text!(
            "写花名册中的单位代码；全部单位{zh}",
            "write a code of the roster; for every unit {en}",
            zh = every.zh(),
            en = every.en()
        ),
    };
    let message = text!("花名册中没有“{code}”", "“{code}” is not in the roster");
    Failure::error(message, hint)
}

fn refused(campaign: &Campaign, there: &[(usize, String)]) -> anyhow::Error {
    let line = |(index, file): &(usize, String)| {
        let name = &campaign.unit[*index].name;
        text!("{name}已有文件{file}", "{name} has a file, {file}")
    };
    let lines: Vec<Text> = there.iter().map(line).collect();
    Failure::error(
        Text::list(&lines),
        Text::fixed(
            "不覆盖已有的文件，也没有写出其他文件；要重写的，先把它移走",
            "a file is never replaced, and nothing was written; move it away to write it anew",
        ),
    )
}

fn passed_over(common: &Common, campaign: &Campaign, there: &[(usize, String)]) {
    if common.quiet {
        return;
    }
    let mut notes = String::new();
    for (index, file) in there {
        let name = &campaign.unit[*index].name;
        let note = text!(
            "跳过{name}：已有{file}",
            "passed over {name}: {file} is there"
        );
        notes.push_str(&plain(note.get(common.lang)));
        notes.push('\n');
    }
    write::stderr(&notes);
}

/// Names the files that were written, one a line.
pub(super) fn tell(common: &Common, written: &[&Path]) -> anyhow::Result<()> {
    let mut lines = String::new();
    for path in written {
        let file = shown(path);
        let line = text!("已写出{file}", "wrote {file}");
        lines.push_str(&plain(line.get(common.lang)));
        lines.push('\n');
    }
    if written.is_empty() {
        let none = Text::fixed("没有需要写出的文件\n", "no file had to be written\n");
        lines.push_str(none.get(common.lang));
    }
    if common.quiet {
        return Ok(());
    }
    write::stdout(&lines)
}
