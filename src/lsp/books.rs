//! The rule books that open texts belong to: found, read, and read again when they change, on disk or in the editor.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use super::document::Document;
use crate::book::BookText;
use crate::campaign::{self, Campaign};
use crate::discover::{Inputs, shown};
use crate::finding::Finding;
use crate::source;

/// Which rule book: its file, or the built-in one.
pub(super) type Key = Option<PathBuf>;

/// A rule book that can be used.
#[derive(Debug)]
pub(super) struct RuleBook {
    /// The name in findings.
    pub shown: Arc<str>,
    /// Its folder; none for the built-in campaign.
    pub folder: Option<PathBuf>,
    /// Its text, for its places.
    pub text: Arc<str>,
    /// The campaign.
    pub campaign: Campaign,
}

/// By what a change is told without reading.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Stamp {
    BuiltIn,
    /// Open in the editor.
    Open(Arc<str>),
    /// On disk.
    Saved(Option<SystemTime>, u64),
    Gone,
    /// Something was said to have changed.
    Unknown,
}

/// What is known of a rule book.
#[derive(Debug)]
pub(super) struct Entry {
    stamp: Stamp,
    /// The last state of it that could be used.
    pub good: Option<Arc<RuleBook>>,
    /// What is wrong with it now.
    pub faults: Vec<Finding>,
    /// Why it cannot even be read.
    pub refused: Option<String>,
    /// Its text now.
    pub text: Arc<str>,
    /// What was last learnt from all its files together.
    pub whole: Whole,
    /// Whether anything changed since then.
    pub stale: bool,
    /// Whether all its files are being checked just now.
    pub busy: bool,
}

/// What only a check of all files of a campaign can tell.
#[derive(Debug, Default)]
pub(super) struct Whole {
    /// The files that cannot be judged by themselves, with those that they need.
    pub beside: BTreeMap<Arc<str>, Inputs>,
    /// Findings of open files that they do not have by themselves, and all those of the rule book; with the text
    /// that their places are in.
    pub more: HashMap<Arc<str>, (Arc<str>, Vec<Finding>)>,
}

/// The rule books in use.
#[derive(Debug, Default)]
pub(super) struct Books {
    /// The one that is named on the command line.
    pub named: Option<PathBuf>,
    entries: BTreeMap<Key, Entry>,
}

/// The open texts, by their names on the wire.
pub(super) type Documents = BTreeMap<String, Document>;

/// The open text of a file.
pub(super) fn open<'d>(documents: &'d Documents, path: &Path) -> Option<&'d Document> {
    documents
        .values()
        .find(|document| document.path.as_deref() == Some(path))
}

impl Books {
    /// The rule book that a file belongs to: the one named, else the nearest upward.
    pub(super) fn key(&self, path: Option<&Path>, documents: &Documents) -> Key {
        if self.named.is_some() {
            return self.named.clone();
        }
        path?
            .ancestors()
            .skip(1)
            .map(|folder| folder.join(campaign::FILE_NAME))
            .find(|book| book.is_file() || open(documents, book).is_some())
    }

    /// Whether a file is a rule book.
    pub(super) fn is_book(&self, path: &Path) -> bool {
        self.named.as_deref() == Some(path)
            || path
                .file_name()
                .is_some_and(|name| name == campaign::FILE_NAME)
    }

    /// What is known of a rule book.
    pub(super) fn get(&self, key: &Key) -> Option<&Entry> {
        self.entries.get(key)
    }

    /// The same, to be changed.
    pub(super) fn get_mut(&mut self, key: &Key) -> Option<&mut Entry> {
        self.entries.get_mut(key)
    }

    /// The rule books that were used so far.
    pub(super) fn keys(&self) -> Vec<Key> {
        self.entries.keys().cloned().collect()
    }

    /// Lets a rule book be read again, whatever its date and length say.
    pub(super) fn forget(&mut self, path: &Path) {
        if let Some(entry) = self.entries.get_mut(&Some(path.to_owned())) {
            entry.stamp = Stamp::Unknown;
        }
    }

    /// Reads a rule book if it has changed since; says whether it had.
    pub(super) fn refresh(&mut self, key: &Key, documents: &Documents) -> bool {
        let stamp = stamp(key, documents);
        let before = self.entries.get(key);
        if before.is_some_and(|entry| entry.stamp == stamp) {
            return false;
        }
        let (text, refused) = match read(key, &stamp) {
            Ok(text) => (text, None),
            Err(why) => (Arc::from(""), Some(why)),
        };
        let read = match refused {
            Some(_) => Err(vec![]),
            None => made(key, text.clone()),
        };
        let entry = self.entries.entry(key.clone()).or_insert_with(|| Entry {
            stamp: stamp.clone(),
            good: None,
            faults: vec![],
            refused: None,
            text: text.clone(),
            whole: Whole::default(),
            stale: true,
            busy: false,
        });
        (entry.stamp, entry.text, entry.refused) = (stamp, text, refused);
        entry.stale = true;
        match read {
            Ok(book) => (entry.good, entry.faults) = (Some(Arc::new(book)), vec![]),
            Err(faults) => entry.faults = faults,
        }
        true
    }
}

fn stamp(key: &Key, documents: &Documents) -> Stamp {
    let Some(path) = key else {
        return Stamp::BuiltIn;
    };
    if let Some(document) = open(documents, path) {
        return Stamp::Open(document.text.clone());
    }
    match path.metadata() {
        Ok(about) => Stamp::Saved(about.modified().ok(), about.len()),
        Err(_) => Stamp::Gone,
    }
}

fn read(key: &Key, stamp: &Stamp) -> Result<Arc<str>, String> {
    match (key, stamp) {
        (_, Stamp::Open(text)) => Ok(text.clone()),
        (Some(path), _) => {
            let text = source::read_campaign(path).map_err(|refusal| refusal.to_string())?;
            Ok(text.into())
        }
        (None, _) => Ok(campaign::BUILT_IN.into()),
    }
}

/// A rule book from its text, or what is wrong with it.
fn made(key: &Key, text: Arc<str>) -> Result<RuleBook, Vec<Finding>> {
    let shown: Arc<str> = match key {
        Some(path) => shown(path),
        None => campaign::BUILT_IN_NAME.into(),
    };
    let (_, campaign) = BookText::read(shown.clone(), &text);
    Ok(RuleBook {
        shown,
        folder: key.as_deref().and_then(Path::parent).map(Path::to_owned),
        campaign: campaign?,
        text,
    })
}
