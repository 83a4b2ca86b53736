//! The JSON Schema of the findings, made from the types that are written, so that it cannot differ from them.

use schemars::Schema;
use schemars::generate::SchemaSettings;
use schemars::transform::{RecursiveTransform, Transform};

use super::document::Document;
use crate::lang::Lang;

/// The schema (draft 2020-12), with descriptions in a language.
pub fn schema(lang: Lang) -> String {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let mut schema = settings
        .into_generator()
        .into_root_schema_for::<Document<'_>>();
    RecursiveTransform(move |schema: &mut Schema| in_language(schema, lang)).transform(&mut schema);
    crate::escape::json_document(&schema)
}

/// Keeps the description's part in one language, and no format that only Rust knows.
fn in_language(schema: &mut Schema, lang: Lang) {
    let description = schema.get("description").and_then(|text| text.as_str());
    if let Some((zh, en)) = description.and_then(|text| text.split_once("\n\n")) {
        let chosen = lang.pick(zh, en).to_owned();
        schema.insert("description".to_owned(), chosen.into());
    }
    let format = schema.get("format").and_then(|format| format.as_str());
    if format.is_some_and(|format| format.starts_with("uint")) {
        schema.remove("format");
    }
}
