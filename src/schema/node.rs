//! A schema as data: the keywords that are needed here, written in a fixed order.

use serde::{Serialize, Serializer};
use serde_json::{Number, Value};

/// A schema.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Node {
    #[serde(rename = "$schema", skip_serializing_if = "Option::is_none")]
    pub dialect: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pattern: Option<&'static str>,
    #[serde(rename = "minLength", skip_serializing_if = "Option::is_none")]
    pub min_length: Option<usize>,
    #[serde(rename = "maxLength", skip_serializing_if = "Option::is_none")]
    pub max_length: Option<usize>,
    #[serde(rename = "enum", skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minimum: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maximum: Option<Number>,
    #[serde(rename = "anyOf", skip_serializing_if = "Vec::is_empty")]
    pub any_of: Vec<Node>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub items: Option<Box<Node>>,
    #[serde(rename = "minItems", skip_serializing_if = "Option::is_none")]
    pub min_items: Option<usize>,
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "in_order")]
    pub properties: Vec<(String, Node)>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub required: Vec<&'static str>,
    #[serde(
        rename = "additionalProperties",
        skip_serializing_if = "Option::is_none"
    )]
    pub additional: Option<Extra>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<Value>,
}

/// What keys that are not named may hold.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Extra {
    /// Whether there may be any.
    Allowed(bool),
    /// What each of them holds.
    Node(Box<Node>),
}

/// Keys in the order of the file, not of the alphabet.
fn in_order<S: Serializer>(entries: &[(String, Node)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(entries.iter().map(|(key, node)| (key, node)))
}

impl Node {
    /// A value of a type.
    pub fn of(kind: &'static str) -> Node {
        Node {
            kind: Some(kind),
            ..Node::default()
        }
    }

    /// Text of a format.
    pub fn text(format: &'static str) -> Node {
        Node {
            format: Some(format),
            ..Node::of("string")
        }
    }

    /// One of these words.
    pub fn words<W: Into<String>>(words: impl IntoIterator<Item = W>) -> Node {
        Node {
            words: words.into_iter().map(Into::into).collect(),
            ..Node::of("string")
        }
    }

    /// A value that keeps one of these.
    pub fn any_of(nodes: impl IntoIterator<Item = Node>) -> Node {
        Node {
            any_of: nodes.into_iter().collect(),
            ..Node::default()
        }
    }

    /// Offers words without asking for one of them.
    pub fn offer<W: Into<String>>(&mut self, words: impl IntoIterator<Item = W>) {
        let offered = Node::words(words);
        if offered.words.is_empty() {
            return;
        }
        self.kind = None;
        self.any_of = vec![offered, Node::of("string")];
    }
}
