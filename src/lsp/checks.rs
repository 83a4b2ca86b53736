//! When texts are checked, and what the editor is told of them: a text at once, all files of a campaign in the
//! background.

use std::time::Duration;

use crossbeam_channel::{after, never};
use gen_lsp_types as wire;
use lsp_server::Notification;
use wire::Notification as _;

use super::books::{Key, open};
use super::document::Document;
use super::judge::{self, Answer, Job};
use super::server::Server;
use super::tell::Teller;
use super::uri;
use crate::discover::{Input, Inputs, shown};
use crate::finding::Finding;
use crate::lang::Text;
use crate::text;

/// All files are checked together once nothing has changed for so long.
const QUIET: Duration = Duration::from_millis(300);

/// What a text is taken for.
pub(super) enum Kind {
    /// A plan of a campaign.
    Plan(Key),
    /// A rule book.
    Book(Key),
    /// Something else, of which nothing is said.
    Other,
}

impl Server {
    pub(super) fn kind(&self, document: &Document) -> Kind {
        let key = self.books.key(document.path.as_deref(), &self.documents);
        let plan = match &document.path {
            Some(path) if self.books.is_book(path) => return Kind::Book(Some(path.clone())),
            Some(path) => {
                judge::is_plan(&key, path)
                    && (key.is_some() || judge::looks_like_plan(&document.text))
            }
            None => judge::looks_like_plan(&document.text),
        };
        match plan {
            true => Kind::Plan(key),
            false => Kind::Other,
        }
    }

    /// Checks a text that has changed, and what hangs on it.
    pub(super) fn check(&mut self, uri: &str) {
        let Some(document) = self.documents.get(uri) else {
            return;
        };
        match self.kind(document) {
            Kind::Plan(key) => {
                if !self.refresh(&key, true) {
                    self.judge(uri, &key);
                }
            }
            Kind::Book(key) => _ = self.refresh(&key, true),
            Kind::Other => self.publish(uri, vec![], None),
        }
    }

    /// Reads a rule book again if it has changed, and then checks all open texts of it; says whether it had. All
    /// files are checked together later, `stale` or not.
    pub(super) fn refresh(&mut self, key: &Key, stale: bool) -> bool {
        let changed = self.books.refresh(key, &self.documents);
        if let Some(entry) = self.books.get_mut(key) {
            entry.stale |= stale;
            self.quiet = after(QUIET);
        }
        if changed {
            self.judge_all(key);
        }
        changed
    }

    /// Checks all open texts of a rule book, and tells of its own faults.
    fn judge_all(&mut self, key: &Key) {
        let own =
            |document: &&Document| matches!(self.kind(document), Kind::Plan(of) if of == *key);
        let plans = self.documents.values().filter(own);
        let plans: Vec<String> = plans.map(|document| document.uri.clone()).collect();
        for uri in plans {
            self.judge(&uri, key);
        }
        self.tell_of_book(key);
    }

    /// Checks one plan by itself; what only all files together tell is added as it was last.
    fn judge(&mut self, uri: &str, key: &Key) {
        let (Some(document), Some(entry)) = (self.documents.get(uri), self.books.get(key)) else {
            return;
        };
        let Some(book) = entry.good.clone() else {
            let notice = self.no_book(key);
            return self.publish(uri, vec![], Some(notice));
        };
        let mut inputs = Inputs::default();
        document.add_to(&mut inputs);
        let beside = entry.whole.beside.get(&document.shown);
        for input in beside.into_iter().flat_map(Inputs::iter) {
            self.add_current(input, &mut inputs);
        }
        let as_of = judge::as_of(self.settings.as_of.as_deref(), &book);
        let mut findings = judge::alone(&book, &document.shown, inputs, as_of);
        if let Some((before, more)) = entry.whole.more.get(&document.shown) {
            for finding in judge::moved(more, before, &document.text) {
                if !findings.contains(&finding) {
                    findings.push(finding);
                }
            }
            findings.sort_by(Finding::order);
        }
        self.publish(uri, findings, None);
    }

    /// Adds a file with its text as it stands in the editor, if it is open there.
    fn add_current(&self, input: Input<'_>, inputs: &mut Inputs) {
        match input.path().and_then(|path| open(&self.documents, path)) {
            Some(document) => document.add_to(inputs),
            None => input.add_saved_to(inputs),
        }
    }

    /// Begins the checks that are due of all files together.
    pub(super) fn look_around(&mut self) {
        self.quiet = never();
        for key in self.books.keys() {
            let mine =
                |document: &&Document| matches!(self.kind(document), Kind::Plan(of) if of == key);
            let mut plans = Inputs::default();
            for document in self.documents.values().filter(mine) {
                document.add_to(&mut plans);
            }
            let book_is_open = key
                .as_deref()
                .is_some_and(|path| open(&self.documents, path).is_some());
            let Some(entry) = self.books.get_mut(&key) else {
                continue;
            };
            let Some(book) = entry.good.clone() else {
                continue;
            };
            if !entry.stale || entry.busy || (plans.is_empty() && !book_is_open) {
                continue;
            }
            let job = Job {
                as_of: judge::as_of(self.settings.as_of.as_deref(), &book),
                key,
                book,
                open: plans,
            };
            let answers = self.answers.clone();
            let thread = std::thread::Builder::new().name("lsp-check".to_owned());
            let begun = thread.spawn(move || _ = answers.send(job.run()));
            (entry.stale, entry.busy) = (begun.is_err(), begun.is_ok());
        }
    }

    /// Takes up what a check of all files has found.
    pub(super) fn settle(&mut self, answer: Answer) {
        let Answer { key, whole } = answer;
        if let Some(entry) = self.books.get_mut(&key) {
            (entry.whole, entry.busy) = (whole, false);
            if entry.stale {
                self.quiet = after(QUIET);
            }
        }
        self.judge_all(&key);
    }

    // ---- What the editor is told ----

    /// Why plans of a rule book are not checked.
    fn no_book(&self, key: &Key) -> Text {
        let name = key.as_deref().map(shown).unwrap_or_default();
        let refused = self.books.get(key).and_then(|entry| entry.refused.clone());
        match refused {
            Some(why) => text!(
                "活动文件“{name}”读不了（{why}），没有检查本文件",
                "the campaign file “{name}” cannot be read ({why}); this file was not checked"
            ),
            None => text!(
                "活动文件“{name}”有错误，改正以前不检查本文件",
                "the campaign file “{name}” has errors; this file is not checked until they are corrected"
            ),
        }
    }

    pub(super) fn teller<'s>(&'s self, key: &Key) -> Teller<'s> {
        let entry = self.books.get(key);
        Teller {
            lang: self.settings.lang,
            units: self.settings.units,
            related: self.settings.related,
            documents: &self.documents,
            book: entry.and_then(|entry| entry.good.as_deref()),
        }
    }

    /// Tells what is wrong with an open text.
    fn publish(&mut self, uri: &str, findings: Vec<Finding>, notice: Option<Text>) {
        let Some(document) = self.documents.get(uri) else {
            return;
        };
        let key = self.books.key(document.path.as_deref(), &self.documents);
        let teller = self.teller(&key);
        let mut told = teller.diagnostics(&document.text, &findings);
        told.extend(notice.map(|notice| teller.notice(&notice)));
        let Some(document) = self.documents.get_mut(uri) else {
            return;
        };
        document.findings = findings;
        let version = document.version;
        let told = (version, told);
        if document.told.as_ref() != Some(&told) {
            document.told = Some(told.clone());
            self.tell(uri.to_owned(), Some(version), told.1);
        }
    }

    /// Tells what is wrong with a rule book: its faults always, what the roster's files lack where it is open.
    fn tell_of_book(&mut self, key: &Key) {
        let (Some(path), Some(entry)) = (key, self.books.get(key)) else {
            return;
        };
        let mut findings = entry.faults.clone();
        if let Some(document) = open(&self.documents, path) {
            let uri = document.uri.clone();
            let more = entry.whole.more.get(&document.shown);
            if let (true, Some((before, more))) = (findings.is_empty(), more) {
                findings = judge::moved(more, before, &document.text);
            }
            return self.publish(&uri, findings, None);
        }
        let known = self.told.contains(path);
        if !findings.is_empty() || known {
            let told = self.teller(key).diagnostics(&entry.text, &findings);
            let uri = uri::of_path(path);
            self.told.retain(|told| told != path);
            if !findings.is_empty() {
                self.told.push(path.clone());
            }
            self.tell(uri, None, told);
        }
    }

    pub(super) fn tell(
        &self,
        uri: String,
        version: Option<i32>,
        diagnostics: Vec<wire::Diagnostic>,
    ) {
        let params = wire::PublishDiagnosticsParams {
            uri: uri.into(),
            version,
            diagnostics,
        };
        let method = wire::PublishDiagnosticsNotification::METHOD.as_str();
        self.send(Notification::new(method.to_owned(), params));
    }
}
