//! The sections of a file, for the editor's outline: by their terms, with what tells one from another.

use std::ops::Range;

use gen_lsp_types as wire;
use toml_spanner::{Arena, Item, Table, TableStyle, Value, parse_recoverable};

use super::asked::Asked;
use super::outline;
use super::position::Grid;
use crate::field::Entry;
use crate::lang::Lang;
use crate::read::{header, shortened};
use crate::syntax;

/// Keys that tell one section from another, the most telling first.
const NAMES: &[&str] = &[
    "text", "title", "name", "kind", "unit", "category", "days", "date",
];

/// Keys that say more about it.
const DETAILS: &[&str] = &[
    "code",
    "subject",
    "branch",
    "held",
    "planned",
    "milestone",
    "rule",
    "due",
    "until",
    "adopted",
    "filed",
    "date",
    "id",
    "number",
    "from",
];

/// The sections of a text, in its order.
pub(super) fn symbols(asked: &Asked<'_>) -> Vec<wire::DocumentSymbol> {
    let text = &*asked.document.text;
    let grid = Grid::new(text, asked.units);
    let arena = Arena::new();
    let document = parse_recoverable(text, &arena);
    let root = document.table();
    let starts: Vec<usize> = syntax::headers(root)
        .into_iter()
        .map(|(start, _)| start)
        .collect();
    let mut found = Vec::new();
    let entries = outline::root(asked.is_book);
    for (key, item) in root.entries() {
        let Some(entry) = entries.iter().find(|entry| entry.key == key.name) else {
            continue;
        };
        for (number, table, span) in tables(item) {
            let (whole, head) = match table.style() {
                TableStyle::Header => (
                    section(text, &starts, span.start),
                    header(text, table.span()),
                ),
                _ => (span.clone(), span),
            };
            let (name, detail) = words(entry, number, table, asked.lang);
            let kind = match number {
                Some(_) => wire::SymbolKind::Struct,
                None => wire::SymbolKind::Object,
            };
            let start = whole.start;
            let whole = grid.range(start..whole.end.max(head.end));
            let head = grid.range(head);
            let symbol =
                wire::DocumentSymbol::new(name, detail, kind, None, None, whole, head, None);
            found.push((start, symbol));
        }
    }
    found.sort_by_key(|(start, _)| *start);
    found.into_iter().map(|(_, symbol)| symbol).collect()
}

/// The same for editors that want a list with places.
pub(super) fn flat(
    nested: &[wire::DocumentSymbol],
    uri: &wire::Uri,
) -> Vec<wire::SymbolInformation> {
    let one = |symbol: &wire::DocumentSymbol| {
        let (uri, range) = (uri.clone(), symbol.range);
        let named = wire::BaseSymbolInformation::new(symbol.name.clone(), symbol.kind, None, None);
        wire::SymbolInformation::new(None, wire::Location { uri, range }, named)
    };
    nested.iter().map(one).collect()
}

/// The tables of an entry: one, or those of a list with their numbers.
fn tables<'t, 'd>(item: &'t Item<'d>) -> Vec<(Option<usize>, &'t Table<'d>, Range<usize>)> {
    match item.value() {
        Value::Table(table) if matches!(table.style(), TableStyle::Header | TableStyle::Inline) => {
            vec![(None, table, item.span().range())]
        }
        Value::Array(list) => {
            let numbered = list.iter().enumerate();
            let tables = numbered.filter_map(|(number, element)| {
                Some((Some(number), element.as_table()?, element.span().range()))
            });
            tables.collect()
        }
        _ => vec![],
    }
}

/// From a header to the next one, without the blank lines between.
fn section(text: &str, starts: &[usize], start: usize) -> Range<usize> {
    let next = starts.iter().find(|next| **next > start);
    let whole = &text[start..next.copied().unwrap_or(text.len())];
    start..start + whole.trim_end().len()
}

/// What a section is called, and what else is said of it.
fn words(
    entry: &Entry,
    number: Option<usize>,
    table: &Table<'_>,
    lang: Lang,
) -> (String, Option<String>) {
    let label = outline::label(entry, lang);
    let number = number.map(|number| (number + 1).to_string());
    let number = number.unwrap_or_default();
    let named = NAMES
        .iter()
        .find_map(|key| Some((*key, written(table, key)?)));
    let telling = named.as_ref().map(|(_, name)| name.as_str());
    let name = match (lang, telling) {
        (_, None) => format!("{label}{number}"),
        (Lang::Zh, Some(name)) => format!("{label}{number}：{name}"),
        (Lang::En, Some(name)) if number.is_empty() => format!("{label}: {name}"),
        (Lang::En, Some(name)) => format!("{label} {number}: {name}"),
    };
    let rest = DETAILS
        .iter()
        .filter(|key| named.as_ref().is_none_or(|(used, _)| used != *key));
    let detail: Vec<String> = rest.filter_map(|key| written(table, key)).take(2).collect();
    let detail = detail.join(lang.pick("，", ", "));
    let shown = |text: &str| crate::escape::plain(text).into_owned();
    let detail = Some(shown(&detail)).filter(|detail| !detail.is_empty());
    (shown(&name), detail)
}

/// A value in a line.
fn written(table: &Table<'_>, key: &str) -> Option<String> {
    let item = table.get(key)?;
    let text = match item.value() {
        Value::String(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        Value::Integer(_) => item.as_i128()?.to_string(),
        Value::DateTime(time) => {
            crate::calendar::iso(crate::calendar::civil(time, crate::campaign::BEIJING)?)
        }
        _ => return None,
    };
    (!text.is_empty()).then(|| shortened(&text))
}
