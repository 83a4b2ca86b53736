//! What the editor asks about a text, and the answers.

use gen_lsp_types as wire;

use super::books::Key;
use super::checks::Kind;
use super::document::Document;
use super::position::Units;
use super::server::Server;
use super::{complete, hover, judge, symbols};
use crate::calendar::AsOf;
use crate::campaign::Campaign;
use crate::lang::Lang;

/// A text that something is asked about.
pub(super) struct Asked<'s> {
    pub document: &'s Document,
    /// Whether it is a rule book rather than a plan.
    pub is_book: bool,
    /// The campaign that it belongs to, if that can be used.
    pub campaign: Option<&'s Campaign>,
    pub as_of: Option<AsOf>,
    key: Key,
    pub lang: Lang,
    pub units: Units,
}

impl Server {
    /// An open text with the rule book that it belongs to.
    fn asked(&self, uri: &wire::Uri) -> Option<Asked<'_>> {
        let document = self.documents.get(&uri.0)?;
        let (key, is_book) = match self.kind(document) {
            Kind::Plan(key) => (key, false),
            Kind::Book(key) => (key, true),
            Kind::Other => return None,
        };
        let book = self.books.get(&key).and_then(|entry| entry.good.as_deref());
        Some(Asked {
            document,
            is_book,
            campaign: book.map(|book| &book.campaign),
            as_of: book.map(|book| judge::as_of(self.settings.as_of.as_deref(), book)),
            key,
            lang: self.settings.lang,
            units: self.settings.units,
        })
    }

    pub(super) fn hover(&self, params: wire::HoverParams) -> Option<wire::Hover> {
        let at = params.text_document_position_params;
        hover::hover(
            &self.asked(&at.text_document.uri)?,
            at.position,
            self.settings.markdown,
        )
    }

    pub(super) fn complete(
        &self,
        params: wire::CompletionParams,
    ) -> Option<wire::CompletionResponse> {
        let at = params.text_document_position_params;
        let asked = self.asked(&at.text_document.uri)?;
        Some(complete::complete(&asked, at.position).into())
    }

    pub(super) fn repairs(
        &self,
        params: wire::CodeActionParams,
    ) -> Option<Vec<wire::CodeActionResponse>> {
        let asked = self.asked(&params.text_document.uri)?;
        let wanted = params.context.only.as_ref().is_none_or(|kinds| {
            let ours = [wire::CodeActionKind::QuickFix, wire::CodeActionKind::Empty];
            kinds.iter().any(|kind| ours.contains(kind))
        });
        let repairs = || {
            self.teller(&asked.key)
                .repairs(asked.document, params.range)
        };
        Some(if wanted { repairs() } else { vec![] })
    }

    pub(super) fn symbols(
        &self,
        params: wire::DocumentSymbolParams,
    ) -> Option<wire::DocumentSymbolResponse> {
        let asked = self.asked(&params.text_document.uri)?;
        let nested = symbols::symbols(&asked);
        Some(match self.settings.nested_symbols {
            true => nested.into(),
            false => symbols::flat(&nested, &params.text_document.uri).into(),
        })
    }
}
