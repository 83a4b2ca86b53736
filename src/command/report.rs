//! `duban report`: who is on time.
use crate::cli::{Common, ReportArgs};
pub(super) fn run(_common: &Common, _args: &ReportArgs) -> anyhow::Result<u8> {
    Ok(0)
}
