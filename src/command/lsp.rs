//! `duban lsp`: serve an editor until it says that it is over.

use super::{Failure, gather};
use crate::campaign::Campaign;
use crate::cli::{self, Common};
use crate::lang::Text;
use crate::lsp::{self, Options};
use crate::text;

/// Runs the command.
pub(super) fn run(common: &Common) -> anyhow::Result<u8> {
    // The day is read again at each check, in the zone of the campaign at hand; a mistake is said now.
    gather::as_of(common, &Campaign::default())?;
    if let Some(path) = common.campaign.as_deref().filter(|path| !path.is_file()) {
        let name = crate::discover::shown(path);
        return Err(Failure::error(
            text!("没有“{name}”这个文件", "there is no file “{name}”"),
            Text::fixed(
                "核对--campaign后面的路径",
                "check the path after --campaign",
            ),
        ));
    }
    Ok(lsp::serve(Options {
        campaign: common.campaign.clone(),
        as_of: common.as_of.clone(),
        wished: cli::wished_lang(std::env::args_os()),
        otherwise: common.lang,
    }))
}
