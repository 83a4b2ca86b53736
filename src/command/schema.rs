//! `duban schema`: print the JSON Schema of something.

use super::write;
use crate::cli::{Common, SchemaArgs, SchemaKind};
use crate::output;

/// Runs the command.
pub(super) fn run(common: &Common, args: &SchemaArgs) -> anyhow::Result<u8> {
    let schema = match args.kind {
        SchemaKind::Findings => output::schema(common.lang),
    };
    write::stdout(&schema)?;
    Ok(0)
}
