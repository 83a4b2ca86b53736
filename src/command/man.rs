//! `duban man`: print the manual page of the program, or write those of all commands.

use std::path::{Path, PathBuf};

use super::write;
use crate::cli::{Common, ManArgs, man_pages};

/// Runs the command.
pub(super) fn run(common: &Common, args: &ManArgs) -> anyhow::Result<u8> {
    let pages = man_pages(common.lang);
    let Some(folder) = &args.output else {
        for (_, page) in pages.iter().take(1) {
            write::stdout(page)?;
        }
        return Ok(0);
    };
    write::folder(folder)?;
    let mut results = write::Results::default();
    let mut written: Vec<PathBuf> = Vec::new();
    for (name, page) in &pages {
        let path = folder.join(name);
        results.add(&path, [page])?;
        written.push(path);
    }
    results.commit()?;
    let names: Vec<&Path> = written.iter().map(PathBuf::as_path).collect();
    super::new::tell(common, &names)?;
    Ok(0)
}
