//! JSON Schemas of the files that people write, for their editors: made of the same declarations that the reader is
//! made of, so that they cannot say something else. A schema knows one file and its types, no more; what two fields
//! or two files must have in common is for the reader and the rules.
//!
//! Draft 7 is the newest that all TOML editors read. A quoted date is told from a date only by those that hand their
//! own types to the schema (Tombi); to others both are text.

mod examples;
mod node;
mod own;
#[cfg(test)]
mod tests;

use crate::campaign::{Campaign, Vocabulary};
use crate::escape::json_document;
use crate::field::{Entry, Field, Shape};
use crate::lang::{Lang, Text};
use crate::plan::{Plan, TimeLimit};
use node::{Extra, Node};

/// The usual name of [`plan`] beside the plan files.
pub const PLAN_FILE: &str = "plan.schema.json";

/// The usual name of [`campaign`] beside `campaign.toml`.
pub const CAMPAIGN_FILE: &str = "campaign.schema.json";

const DIALECT: &str = "http://json-schema.org/draft-07/schema#";

/// The line with which a TOML file names its schema, in the same folder.
pub fn directive(file: &str) -> String {
    format!("#:schema ./{file}\n")
}

/// The schema of a plan file. The campaign's words are offered, and others are no error: they are only a warning.
pub fn plan(words: &Vocabulary, lang: Lang) -> String {
    const TITLE: Text = Text::fixed("单位的报送文件", "plan file of a unit");
    let vocabulary = own::Words::of(words);
    let maker = Maker {
        lang,
        refine: &|path, node| vocabulary.refine(path, node),
        examples: examples::PLAN,
    };
    maker.document(&TITLE, &Plan::SHAPE)
}

/// The schema of a campaign file.
pub fn campaign(lang: Lang) -> String {
    const TITLE: Text = Text::fixed("活动文件campaign.toml", "campaign file campaign.toml");
    let maker = Maker {
        lang,
        refine: &|path, node| own::refine_campaign(path, node, lang),
        examples: examples::CAMPAIGN,
    };
    maker.document(&TITLE, &Campaign::SHAPE)
}

/// Turns shapes into schemas.
struct Maker<'m> {
    lang: Lang,
    /// What a shape does not say of a field, by its dotted name.
    refine: &'m dyn Fn(&str, &mut Node),
    examples: &'m [(&'m str, &'m str)],
}

impl Maker<'_> {
    fn document(&self, title: &Text, shape: &Shape) -> String {
        let root = Node {
            dialect: Some(DIALECT),
            title: Some(title.get(self.lang).to_owned()),
            ..self.node("", shape)
        };
        // A node is plain data with text for keys, which JSON can always hold.
        json_document(&root)
    }

    fn node(&self, path: &str, shape: &Shape) -> Node {
        match shape {
            Shape::Text => Node {
                examples: self.examples_of(path),
                ..Node::of("string")
            },
            Shape::Number { least, most } => Node {
                minimum: Some((*least).into()),
                maximum: Some((*most).into()),
                examples: self.examples_of(path),
                ..Node::of("integer")
            },
            Shape::Decimal => Node::of("number"),
            Shape::Truth => Node::of("boolean"),
            Shape::Date => Node::any_of(days()),
            Shape::TimeLimit => {
                let words = Node::words(TimeLimit::WORDS);
                Node::any_of([words].into_iter().chain(days()))
            }
            Shape::Word(terms) => {
                let zh = terms.iter().map(|term| term.zh);
                Node::words(zh.chain(terms.iter().map(|term| term.alias)))
            }
            Shape::List(inner) => Node {
                items: Some(Box::new(self.refined(path, inner))),
                ..Node::of("array")
            },
            Shape::Table(entries) => self.table(path, entries),
            Shape::TextOr(table) => {
                let text = self.node(path, &Shape::Text);
                Node::any_of([text, self.node(path, table)])
            }
            Shape::Map(inner) => Node {
                additional: Some(Extra::Node(Box::new(self.refined(path, inner)))),
                ..Node::of("object")
            },
            Shape::Any => Node::any_of(
                [Node::of("string"), Node::of("integer"), Node::of("boolean")]
                    .into_iter()
                    .chain(days()),
            ),
            Shape::Opaque(inner) => self.node(path, inner),
        }
    }

    /// What a list or a table with free keys holds.
    fn refined(&self, path: &str, shape: &Shape) -> Node {
        let path = format!("{path}[]");
        let mut node = self.node(&path, shape);
        (self.refine)(&path, &mut node);
        node
    }

    fn table(&self, path: &str, entries: &[Entry]) -> Node {
        let property = |entry: &Entry| {
            let path = match path {
                "" => entry.key.to_owned(),
                _ => format!("{}.{}", path.trim_end_matches("[]"), entry.key),
            };
            let mut node = self.node(&path, &entry.shape);
            node.description = Some(self.description(entry));
            (self.refine)(&path, &mut node);
            (entry.key.to_owned(), node)
        };
        let required = entries.iter().filter(|entry| entry.required);
        Node {
            properties: entries.iter().map(property).collect(),
            required: required.map(|entry| entry.key).collect(),
            additional: Some(Extra::Allowed(false)),
            ..Node::of("object")
        }
    }

    /// What an entry means, and how it is written where that is not plain.
    fn description(&self, entry: &Entry) -> String {
        let about = entry.about.get(self.lang);
        let how = match entry.shape.element() {
            Shape::Word(terms) => {
                let zh = terms
                    .iter()
                    .map(|term| format!("{}（{}）", term.zh, term.alias));
                let en = terms
                    .iter()
                    .map(|term| format!("{} ({}): {}", term.zh, term.alias, term.en));
                self.lang.pick(
                    format!("可选：{}。", zh.collect::<Vec<_>>().join("、")),
                    format!(" One of: {}.", en.collect::<Vec<_>>().join("; ")),
                )
            }
            Shape::Date | Shape::TimeLimit => self
                .lang
                .pick(
                    "日期写成2022-03-28，不加引号。",
                    " A date is written 2022-03-28, without quotes.",
                )
                .to_owned(),
            _ => String::new(),
        };
        format!("{about}{how}")
    }

    fn examples_of(&self, path: &str) -> Vec<serde_json::Value> {
        let path = path.trim_end_matches("[]");
        let own = self.examples.iter().filter(|(name, _)| *name == path);
        // What is no JSON by itself is text.
        own.map(|(_, written)| serde_json::from_str(written).unwrap_or_else(|_| (*written).into()))
            .collect()
    }
}

/// A day, in the three forms that are read: a date, a local date-time, one with an offset.
fn days() -> impl Iterator<Item = Node> {
    // The name of the second format is not JSON Schema's; who does not know it has the pattern.
    let local = Node {
        pattern: Some("^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?$"),
        ..Node::text("date-time-local")
    };
    [Node::text("date"), local, Node::text("date-time")].into_iter()
}
