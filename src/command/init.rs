//! `duban init`: start a campaign's folder, with a rule book and a plan file to fill in. Nothing is ever replaced.

use std::path::{Path, PathBuf};

use anyhow::Context;

use super::{Failure, gather, write};
use crate::campaign;
use crate::cli::{Common, InitArgs};
use crate::discover::shown;
use crate::lang::Text;
use crate::ledger::Office;
use crate::{schema, template, text};

/// Runs the command.
pub(super) fn run(common: &Common, args: &InitArgs) -> anyhow::Result<u8> {
    let folder = args.folder.as_deref().unwrap_or(Path::new("."));
    let book = folder.join(campaign::FILE_NAME);
    if book.symlink_metadata().is_ok() {
        return Err(already(&book));
    }
    let files = files(common, folder, book)?;
    write::folder(folder)?;
    write::new_files(&files)?;
    let names: Vec<&Path> = files.iter().map(|(path, _)| path.as_path()).collect();
    super::new::tell(common, &names)?;
    if !common.quiet {
        let next = Text::fixed(
            "下一步：改好campaign.toml，用duban new --all生成各单位的待填文件\n",
            "next: edit campaign.toml, then duban new --all writes the units' files\n",
        );
        write::stderr(next.get(common.lang));
    }
    Ok(0)
}

/// The rule book, the first unit's plan file, and their schemas for editors, but for what is there already.
fn files(common: &Common, folder: &Path, book: PathBuf) -> anyhow::Result<Vec<(PathBuf, String)>> {
    let lang = common.lang;
    let campaign = template::new_campaign(lang).context("the sample campaign is faulty")?;
    let as_of = gather::as_of(common, &campaign)?;
    let headed = |schema, content: String| schema::directive(schema) + &content;
    let written = headed(schema::CAMPAIGN_FILE, template::campaign_file(lang));
    let mut files = vec![(book, written)];
    let first = campaign.unit.iter().zip(template::file_names(&campaign));
    let office = Office::of(&campaign);
    for (unit, name) in first.take(1) {
        let content = template::plan_file(&office, unit, as_of.date, lang);
        files.push((folder.join(name), headed(schema::PLAN_FILE, content)));
    }
    let of_plans = schema::plan(&campaign.vocabulary, lang);
    files.push((folder.join(schema::PLAN_FILE), of_plans));
    files.push((folder.join(schema::CAMPAIGN_FILE), schema::campaign(lang)));
    files.retain(|(path, _)| path.symlink_metadata().is_err());
    Ok(files)
}

fn already(book: &Path) -> anyhow::Error {
    let name = shown(book);
    Failure::error(
        text!(
            "已经有“{name}”，不会覆盖",
            "“{name}” is there already and is never replaced"
        ),
        Text::fixed(
            "换一个文件夹；要生成各单位的待填文件，用duban new --all",
            "name another folder; duban new --all writes the units' files",
        ),
    )
}
