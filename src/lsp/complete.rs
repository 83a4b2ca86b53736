//! What may be written at the cursor: the keys of the table that are not there yet, sections, and the words that the
//! program and the campaign know.

use gen_lsp_types as wire;
use toml_spanner::{Arena, Table, parse_recoverable};

use super::asked::Asked;
use super::cursor::{self, Cursor};
use super::outline::{self, Choice};
use super::position::Grid;
use crate::calendar;
use crate::field::Entry;
use crate::finding::{FieldPath, Step};
use crate::template::quoted;

/// What may be written at a place.
pub(super) fn complete(asked: &Asked<'_>, position: wire::Position) -> Vec<wire::CompletionItem> {
    let text = &*asked.document.text;
    let grid = Grid::new(text, asked.units);
    let arena = Arena::new();
    let document = parse_recoverable(text, &arena);
    let cursor = cursor::at(document.table(), text, grid.byte(position));
    let (offers, span) = match cursor {
        None => return vec![],
        Some(Cursor::Header(span)) => (sections(asked, document.table(), true), span),
        Some(Cursor::Key {
            table,
            span,
            valued,
            beside,
        }) => {
            let mut offers = keys(asked, document.table(), &table, valued);
            offers.retain(|offer| !beside.contains(&offer.label));
            // A new section may begin wherever a line does.
            let begins = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
            if !valued && text[begins..span.start].trim().is_empty() {
                offers.extend(sections(asked, document.table(), false));
            }
            (offers, span)
        }
        Some(Cursor::Value { field, span }) => {
            let mark = text[span.clone()].chars().next();
            let mark = mark.filter(|mark| matches!(mark, '"' | '\''));
            (values(asked, document.table(), &field, mark), span)
        }
    };
    let range = grid.range(span);
    let numbered = offers.into_iter().enumerate();
    numbered
        .map(|(number, offer)| item(offer, number, range))
        .collect()
}

/// Something that may be written.
struct Offer {
    label: String,
    /// What is looked for in what is written so far.
    sought: String,
    new_text: String,
    detail: String,
    kind: wire::CompletionItemKind,
}

fn item(offer: Offer, number: usize, range: wire::Range) -> wire::CompletionItem {
    let edit = wire::TextEdit {
        range,
        new_text: offer.new_text,
    };
    wire::CompletionItem {
        kind: Some(offer.kind),
        detail: Some(offer.detail).filter(|detail| !detail.is_empty()),
        // Their order is that of the file, not of the alphabet.
        sort_text: Some(format!("{number:05}")),
        filter_text: Some(offer.sought),
        text_edit: Some(edit.into()),
        label: offer.label,
        ..wire::CompletionItem::default()
    }
}

/// The keys of a table that are not there yet.
fn keys(asked: &Asked<'_>, root: &Table<'_>, table: &FieldPath, valued: bool) -> Vec<Offer> {
    let entries = outline::table(outline::root(asked.is_book), table);
    let is_top = table.0.is_empty();
    let there = table_of(root, table);
    let missing = entries.iter().filter(|entry| {
        let is_there = there.is_some_and(|table| table.get(entry.key).is_some());
        !(is_there || is_top && outline::is_table(&entry.shape))
    });
    let offer = |entry: &'static Entry| Offer {
        label: entry.key.to_owned(),
        sought: entry.key.to_owned(),
        new_text: match valued {
            true => entry.key.to_owned(),
            false => format!("{} = ", entry.key),
        },
        detail: entry.about.get(asked.lang).to_owned(),
        kind: wire::CompletionItemKind::Property,
    };
    missing.map(offer).collect()
}

/// The sections that may begin here: lists always, tables once.
fn sections(asked: &Asked<'_>, root: &Table<'_>, bracketed: bool) -> Vec<Offer> {
    let entries = outline::root(asked.is_book).iter();
    let tables = entries.filter(|entry| outline::is_table(&entry.shape));
    let offer = |entry: &'static Entry| {
        let list = outline::is_list(&entry.shape);
        if !list && root.get(entry.key).is_some() {
            return None;
        }
        let header = match list {
            true => format!("[[{}]]", entry.key),
            false => format!("[{}]", entry.key),
        };
        Some(Offer {
            sought: match bracketed {
                true => header.clone(),
                false => entry.key.to_owned(),
            },
            label: header.clone(),
            new_text: header,
            detail: entry.about.get(asked.lang).to_owned(),
            kind: wire::CompletionItemKind::Struct,
        })
    };
    tables.filter_map(offer).collect()
}

/// The values that are known for a field. `mark` is the quotation mark that is there already.
fn values(
    asked: &Asked<'_>,
    root: &Table<'_>,
    field: &FieldPath,
    mark: Option<char>,
) -> Vec<Offer> {
    let name = outline::dotted(field);
    let day = asked.as_of.map(|as_of| calendar::iso(as_of.date));
    let declared = outline::entry(outline::root(asked.is_book), field);
    let mut choices = declared.map_or(vec![], |entry| outline::of_shape(&entry.shape, day));
    if let Some(campaign) = asked.campaign {
        let unit = root.get("unit").and_then(|unit| unit.as_table());
        let unit = unit.and_then(|unit| unit.get("code")?.as_str());
        // While the code is being written, nothing hangs on it.
        let unit = unit.filter(|code| campaign.unit.iter().any(|unit| *unit.code == **code));
        choices.extend(outline::of_campaign(asked.is_book, &name, unit, campaign));
    }
    let offer = |choice: Choice| {
        let sought = format!("{} {}", choice.word, choice.alias);
        Offer {
            sought: match mark {
                Some(mark) => format!("{mark}{sought}"),
                None => sought,
            },
            new_text: match choice.quoted {
                true => quoted(&choice.word),
                false => choice.word.clone(),
            },
            detail: choice.about.get(asked.lang).to_owned(),
            label: choice.word,
            kind: wire::CompletionItemKind::EnumMember,
        }
    };
    // A date in quotes is none.
    let fits = |choice: &Choice| choice.quoted || mark.is_none();
    choices.into_iter().filter(fits).map(offer).collect()
}

fn table_of<'t, 'd>(root: &'t Table<'d>, path: &FieldPath) -> Option<&'t Table<'d>> {
    let mut steps = path.0.iter();
    let Some(Step::Key(first)) = steps.next() else {
        return Some(root);
    };
    let mut item = root.get(first)?;
    for step in steps {
        item = match step {
            Step::Key(key) => item.as_table()?.get(key)?,
            Step::Index(index) => item.as_array()?.get(*index)?,
        };
    }
    item.as_table()
}
