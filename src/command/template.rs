//! `duban template`: write the workbook that units fill in. A file that is there is never replaced: it may be filled.

use std::path::{Path, PathBuf};

use super::{Failure, gather, new, write};
use crate::campaign::{Campaign, Unit};
use crate::cli::{Common, TemplateArgs};
use crate::discover::shown;
use crate::lang::Text;
use crate::{form, template, text};

/// Runs the command.
pub(super) fn run(common: &Common, args: &TemplateArgs) -> anyhow::Result<u8> {
    gather::rostered(common, new::here(), |campaign, _| {
        let every = Text::fixed("则不写代码", "give no code");
        let wanted = new::wanted(campaign, &args.codes, args.codes.is_empty(), every)?;
        let files = files(common, args, campaign, &wanted)?;
        if let Some((path, _)) = files
            .iter()
            .find(|(path, _)| path.symlink_metadata().is_ok())
        {
            return Err(already(path));
        }
        let folder = if args.each {
            &*args.output
        } else {
            write::folder_of(&args.output)
        };
        write::folder(folder)?;
        write::new_files(&files)?;
        let names: Vec<&Path> = files.iter().map(|(path, _)| path.as_path()).collect();
        new::tell(common, &names)?;
        Ok(0)
    })
}

type File = (PathBuf, Vec<u8>);

fn files(
    common: &Common,
    args: &TemplateArgs,
    campaign: &Campaign,
    wanted: &[usize],
) -> anyhow::Result<Vec<File>> {
    let as_of = gather::as_of(common, campaign)?.date;
    let book = |units: &[&Unit]| form::workbook(campaign, units, as_of, common.lang);
    if !args.each {
        xlsx(&args.output)?;
        let units: Vec<&Unit> = wanted.iter().map(|index| &campaign.unit[*index]).collect();
        return Ok(vec![(args.output.clone(), book(&units)?)]);
    }
    let names = template::form_names(campaign);
    let file = |index: &usize| {
        Ok((
            args.output.join(&names[*index]),
            book(&[&campaign.unit[*index]])?,
        ))
    };
    wanted.iter().map(file).collect()
}

fn xlsx(path: &Path) -> anyhow::Result<()> {
    let extension = path.extension().unwrap_or_default();
    if extension.eq_ignore_ascii_case("xlsx") {
        return Ok(());
    }
    let name = shown(path);
    Err(Failure::error(
        text!("“{name}”不是.xlsx文件名", "“{name}” does not end in .xlsx"),
        Text::fixed(
            "写成填报表.xlsx这样的文件名；每个单位一个文件的，加--each",
            "name a file such as form.xlsx; for one workbook a unit add --each",
        ),
    ))
}

fn already(path: &Path) -> anyhow::Error {
    let name = shown(path);
    Failure::error(
        text!(
            "已经有“{name}”，不会覆盖",
            "“{name}” is there already and is never replaced"
        ),
        Text::fixed(
            "换一个文件名，或先把它移走",
            "choose another name, or move it away first",
        ),
    )
}
