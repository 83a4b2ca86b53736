//! `duban schema`: print the JSON Schema of something.

use std::path::Path;

use super::target::writable;
use super::{gather, target, write};
use crate::book::BookText;
use crate::cli::{Common, SchemaArgs, SchemaKind};
use crate::discover::Inputs;
use crate::{output, schema};

/// Runs the command.
pub(super) fn run(common: &Common, args: &SchemaArgs) -> anyhow::Result<u8> {
    args.output.as_deref().map_or(Ok(()), writable)?;
    let schema = match args.kind {
        SchemaKind::Plan => return plan(common, args),
        SchemaKind::Campaign => schema::campaign(common.lang),
        SchemaKind::Findings => output::schema(common.lang),
    };
    hand_over(args, &schema)
}

/// Of a plan file, with the words of the campaign that a check would find.
fn plan(common: &Common, args: &SchemaArgs) -> anyhow::Result<u8> {
    let rule_book = gather::rule_book_here(common)?;
    let outputs: Vec<&Path> = args.output.as_deref().into_iter().collect();
    target::spare(&outputs, rule_book.path.as_deref(), &Inputs::default())?;
    match BookText::read(rule_book.name.clone(), &rule_book.text).1 {
        Ok(campaign) => hand_over(args, &schema::plan(&campaign.vocabulary, common.lang)),
        Err(findings) => {
            write::stderr(&output::campaign_errors(&findings, common.lang));
            Ok(2)
        }
    }
}

fn hand_over(args: &SchemaArgs, schema: &str) -> anyhow::Result<u8> {
    match &args.output {
        Some(path) => write::file(path, schema.as_bytes())?,
        None => write::stdout(schema)?,
    }
    Ok(0)
}
