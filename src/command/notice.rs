//! `duban notice`: 督办通知, one document and one short message a unit that has something to do.

use std::path::{Path, PathBuf};

use super::{Failure, gather, new, report, write};
use crate::campaign::Campaign;
use crate::check::{Keep, Verdict};
use crate::cli::{Common, NoticeArgs};
use crate::discover::shown;
use crate::document::{Style, docx};
use crate::lang::Text;
use crate::levels::Choice;
use crate::report::{By, Notice, Wish, notices};
use crate::template;
use crate::text;

/// Runs the command.
pub(super) fn run(common: &Common, args: &NoticeArgs) -> anyhow::Result<u8> {
    let only = report::statuses(&args.only)?;
    let choice = Choice::only_firm();
    gather::judged(
        common,
        &args.paths,
        &choice,
        &[],
        Keep::Cells,
        |campaign, verdict| {
            let wish = Wish {
                by: By::Unit,
                only: only.clone(),
                milestone: report::milestone_of(campaign, args.milestone.as_deref())?,
                lang: common.lang,
            };
            write::stderr(&report::unread(verdict, common));
            all(common, args, campaign, verdict, &wish)
        },
    )
}

fn all(
    common: &Common,
    args: &NoticeArgs,
    campaign: &Campaign,
    verdict: &Verdict,
    wish: &Wish,
) -> anyhow::Result<u8> {
    let notices = notices(&verdict.ledger, campaign, wish);
    let style = Style::of(campaign);
    let wishes: Vec<String> = notices.iter().map(file_stem).collect();
    let mut files: Vec<(PathBuf, Vec<u8>)> = Vec::new();
    for (notice, stem) in notices.iter().zip(template::distinct_stems(&wishes)) {
        let path = |extension: &str| args.output.join(format!("{stem}.{extension}"));
        files.push((path("docx"), docx(&notice.document, &style)));
        files.push((path("txt"), notice.message.clone().into_bytes()));
    }
    let there: Vec<&Path> = files
        .iter()
        .map(|(path, _)| path.as_path())
        .filter(|path| path.symlink_metadata().is_ok())
        .collect();
    if !there.is_empty() {
        return Err(taken(&there));
    }
    if !files.is_empty() {
        write::folder(&args.output)?;
        write::new_files(&files)?;
    }
    let written: Vec<&Path> = files.iter().map(|(path, _)| path.as_path()).collect();
    new::tell(common, &written)?;
    Ok(0)
}

fn file_stem(notice: &Notice) -> String {
    let Notice { code, name, .. } = notice;
    format!("{code}-{name}")
}

/// Notices that are there may have been filled in by hand.
fn taken(there: &[&Path]) -> anyhow::Error {
    let (first, n) = (shown(there[0]), there.len());
    Failure::error(
        text!(
            "已有同名的文件{n}个，如“{first}”，没有写出任何通知",
            "{n} of the files are there already, such as “{first}”; no notice was written"
        ),
        Text::fixed(
            "里面可能填过内容，不覆盖；换一个文件夹，或先移走",
            "they may have been filled in, so none is replaced; name another folder, or move them away",
        ),
    )
}
