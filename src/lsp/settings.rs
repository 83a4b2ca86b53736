//! What the editor and the server agree on when the conversation begins.

use gen_lsp_types as wire;

use super::Options;
use super::position::Units;
use crate::lang::Lang;

/// What was agreed on when the conversation began.
pub(super) struct Settings {
    pub lang: Lang,
    pub units: Units,
    pub as_of: Option<String>,
    /// Whether the editor can be asked to tell of files that change.
    pub watches: bool,
    pub related: bool,
    pub markdown: bool,
    pub nested_symbols: bool,
}

impl Settings {
    pub(super) fn agreed(params: &wire::InitializeParams, options: &Options) -> Settings {
        let can = &params.capabilities;
        let texts = can.text_document.as_ref();
        let wishes = can.general.as_ref();
        let wishes = wishes.and_then(|general| general.position_encodings.as_deref());
        let watches = can.workspace.as_ref();
        let watches = watches.and_then(|workspace| workspace.did_change_watched_files.as_ref());
        let marks = texts.and_then(|texts| texts.publish_diagnostics.as_ref());
        let hover = texts.and_then(|texts| texts.hover.as_ref());
        let formats = hover.and_then(|hover| hover.content_format.as_deref());
        let symbols = texts.and_then(|texts| texts.document_symbol.as_ref());
        let locale = params.locale.as_deref();
        Settings {
            // An editor in a third language is served in English.
            lang: options.wished.unwrap_or_else(|| match locale {
                Some(locale) => Lang::parse(locale).unwrap_or(Lang::En),
                None => options.otherwise,
            }),
            units: Units::agreed(wishes.unwrap_or_default()),
            as_of: options.as_of.clone(),
            watches: watches.is_some_and(|watches| watches.dynamic_registration == Some(true)),
            related: marks.is_some_and(|marks| {
                marks.diagnostics_capabilities.related_information == Some(true)
            }),
            markdown: formats.is_some_and(|f| f.contains(&wire::MarkupKind::Markdown)),
            nested_symbols: symbols
                .is_some_and(|symbols| symbols.hierarchical_document_symbol_support == Some(true)),
        }
    }

    /// What the server can do.
    pub(super) fn offer(&self) -> wire::InitializeResult {
        let sync = wire::TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(wire::TextDocumentSyncKind::Incremental),
            save: Some(true.into()),
            ..wire::TextDocumentSyncOptions::default()
        };
        let triggers = ["=", "\"", "[", "{"].map(str::to_owned);
        let capabilities = wire::ServerCapabilities {
            position_encoding: Some(self.units.name()),
            text_document_sync: Some(sync.into()),
            completion_provider: Some(wire::CompletionOptions {
                trigger_characters: Some(triggers.to_vec()),
                ..wire::CompletionOptions::default()
            }),
            hover_provider: Some(true.into()),
            document_symbol_provider: Some(true.into()),
            code_action_provider: Some(
                wire::CodeActionOptions {
                    code_action_kinds: Some(vec![wire::CodeActionKind::QuickFix]),
                    ..wire::CodeActionOptions::default()
                }
                .into(),
            ),
            ..wire::ServerCapabilities::default()
        };
        wire::InitializeResult {
            capabilities,
            server_info: Some(wire::ServerInfo {
                name: "duban".to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
        }
    }
}
