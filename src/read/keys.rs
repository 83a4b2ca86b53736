//! Keys that nothing reads, and keys that must be there.

use toml_spanner::{Item, Key, Table};

use super::{Reader, certain, header, shortened};
use crate::field::Entry;
use crate::finding::{At, Draft, FieldPath};
use crate::lang::Text;
use crate::nearest::nearest;
use crate::rules::file;
use crate::{plan, text};

impl<'de> Reader<'de> {
    /// Reports a key that nothing reads. If it is a misspelt key that is not there, that one is unreadable.
    pub fn unknown_key(
        &mut self,
        key: &Key<'de>,
        value: &Item<'de>,
        known: &'static [Entry],
        present: &[&str],
    ) {
        let is_known = |name: &str| known.iter().any(|entry| entry.key == name);
        let present = |name: &str| present.contains(&name);
        let words = || known.iter().map(|entry| entry.key);
        let start = key.span.start as usize;
        if self.misplaced.iter().any(|text| text.contains(&start)) {
            return;
        }
        let path = self.path();
        // Without the header [unit] its keys stand at the top; that is said once.
        let of_unit =
            path.0.is_empty() && plan::keys("unit").is_some_and(|keys| keys.contains(&key.name));
        if of_unit && is_known("plan") && !present("unit") {
            self.headless.get_or_insert(key.span.range());
            return;
        }
        let name = shortened(key.name);
        let place = path.spoken_table();
        let message = text!(
            "{place_zh}中没有“{name}”这个键",
            "there is no key “{name}” in {place_en}",
            place_zh = place.zh(),
            place_en = place.en(),
        );
        let certain = certain::key(key.name, known).filter(|entry| !present(entry.key));
        let near = certain
            .map(|entry| entry.key)
            .or_else(|| nearest(key.name, words().filter(|word| !present(word))));
        let list = words().collect::<Vec<_>>().join(", ");
        let fix = match near {
            Some(near) => text!("是否为{near}？", "did you mean {near}?"),
            None => text!(
                "可用的键：{list}；多余的请删去",
                "keys here: {list}; delete what is not needed"
            ),
        };
        // Of another program's file not a key is touched.
        let is_plan = !path.0.is_empty() || present("unit") || present("plan");
        let certain = certain
            .filter(|entry| {
                is_plan
                    && certain::fits(&entry.shape, value)
                    && self.may_be_renamed(key.name, &path, entry.key)
            })
            .map(|entry| entry.key);
        if let Some(near) = near {
            self.unreadable.lose(path.then(near.to_owned()));
        }
        let at = At::Span(key.span.range(), path.then(key.name.to_owned()));
        let label = Text::fixed("不认识的键", "unknown key");
        let draft = Draft::new(file::unknown_key::RULE.id(), at, message)
            .label(label)
            .fix(fix);
        self.push(match certain {
            Some(word) => draft.edit(key.span.range(), word),
            None => draft,
        });
    }

    /// Whether a key may be given the name that it certainly means. Not if it stands twice itself, or if the
    /// right one may stand in what could not be read; and where two keys mean the same one, neither.
    fn may_be_renamed(&mut self, name: &str, table: &FieldPath, word: &'static str) -> bool {
        let field = table.then(word);
        if self.doubled.contains(&name) || self.unreadable.anywhere {
            return false;
        }
        if !self.unreadable.hits(&field) {
            return true;
        }
        let rule = file::unknown_key::RULE.id();
        for draft in self.drafts.iter_mut().filter(|draft| draft.rule == rule) {
            let beside = matches!(&draft.at, At::Span(_, at) if at.0.split_last().is_some_and(|(_, rest)| rest == table.0));
            if beside && draft.edit.as_ref().is_some_and(|edit| edit.text == word) {
                draft.edit = None;
            }
        }
        false
    }

    /// Reports a key that must be there.
    pub fn missing_key(&mut self, item: &Item<'de>, key: &'static str) {
        let path = self.path();
        // What a syntax error or a misspelt key hides is not reported as missing too.
        if self.unreadable.anywhere || self.unreadable.hits_certainly(&path.then(key)) {
            return;
        }
        self.unreadable.lose(path.then(key));
        let place = path.spoken_table();
        let empty = path.0.is_empty() && self.text.trim().is_empty();
        let is_table = matches!(key, "unit" | "campaign");
        let message = match empty {
            true => Text::fixed("文件是空的", "the file is empty"),
            false => text!(
                "{place_zh}缺少{key}",
                "{key} is missing in {place_en}",
                place_zh = place.zh(),
                place_en = place.en(),
            ),
        };
        let headless = self.headless.clone().filter(|_| path.0.is_empty());
        let fix = if headless.is_some() {
            text!(
                "在第一行上面补一行[{key}]",
                "add a line [{key}] above the first"
            )
        } else if is_table {
            text!("补上[{key}]表", "add a table [{key}]")
        } else {
            text!("补上一行{key} = …", "add a line {key} = …")
        };
        let span = headless.unwrap_or_else(|| header(self.text, item.span()));
        let at = At::Span(span, path.then(key));
        let label = text!("缺少{key}", "{key} is missing");
        self.push(
            Draft::new(file::missing_key::RULE.id(), at, message)
                .label(label)
                .fix(fix),
        );
    }
}

/// Whether a key that is there may well be meant by another that is misspelt: a list of tables has a header
/// for each of its elements.
pub fn may_come_again(item: &Item<'_>) -> bool {
    item.as_array()
        .is_some_and(|list| list.iter().any(|element| element.as_table().is_some()))
}

/// The known keys that a table has, once and for all: not those that may well come again.
pub fn present<'k>(table: &Table<'k>, known: &[&str]) -> Vec<&'k str> {
    let entries = table.entries().iter();
    let there = entries.filter(|(key, item)| known.contains(&key.name) && !may_come_again(item));
    there.map(|(key, _)| key.name).collect()
}
