//! `duban explain`.
use crate::cli::{Common, ExplainArgs};
pub(super) fn run(_common: &Common, _args: &ExplainArgs) -> anyhow::Result<u8> {
    Ok(0)
}
