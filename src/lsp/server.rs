//! The conversation: what the editor says is noted, what it asks is answered, and what is found is told.

use std::path::PathBuf;

use crossbeam_channel::{Receiver, Sender, never, select, unbounded};
use gen_lsp_types as wire;
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use wire::{Notification as _, Request as _};

use super::Options;
use super::books::{Books, Documents};
use super::document::Document;
use super::judge::Answer;
use super::settings::Settings;
use super::uri;
use crate::lang::Text;
use crate::text;

/// Files whose changes on disk matter.
const WATCHED: &str = "**/*.toml";

/// The server's side of a conversation.
pub(super) struct Server {
    sender: Sender<Message>,
    pub(super) settings: Settings,
    pub(super) documents: Documents,
    pub(super) books: Books,
    /// Where checks of all files report to.
    pub(super) answers: Sender<Answer>,
    /// Speaks when it has been quiet for long enough.
    pub(super) quiet: Receiver<std::time::Instant>,
    /// Rule books that are not open and of whose faults the editor was told.
    pub(super) told: Vec<PathBuf>,
    /// Whether the editor has announced the end.
    closing: bool,
}

/// Holds the conversation, and gives the exit code.
pub(super) fn run(connection: Connection, options: Options) -> u8 {
    let Ok((id, params)) = connection.initialize_start() else {
        return 1;
    };
    // An editor that says something odd of itself is served all the same, as one that can do little.
    let locale = params["locale"].as_str().map(str::to_owned);
    let params = serde_json::from_value(params).unwrap_or_else(|_| wire::InitializeParams {
        locale,
        ..wire::InitializeParams::default()
    });
    let (answers, reports) = unbounded();
    let mut server = Server {
        settings: Settings::agreed(&params, &options),
        sender: connection.sender,
        documents: Documents::new(),
        books: Books::default(),
        answers,
        quiet: never(),
        told: vec![],
        closing: false,
    };
    server.books.named = options
        .campaign
        .map(|path| std::path::absolute(&path).unwrap_or(path));
    server.respond(id, server.settings.offer());
    loop {
        select! {
            recv(connection.receiver) -> message => match message {
                Ok(message) => if let Some(code) = server.take(message) { return code },
                Err(_) => return u8::from(!server.closing),
            },
            recv(reports) -> answer => if let Ok(answer) = answer { server.settle(answer) },
            recv(server.quiet) -> _ => server.look_around(),
        }
    }
}

impl Server {
    /// Takes a message; gives the exit code if it is the last one.
    fn take(&mut self, message: Message) -> Option<u8> {
        match message {
            Message::Request(request) => {
                let answer = self.answer(request);
                self.send(answer);
            }
            Message::Notification(note)
                if note.method == wire::ExitNotification::METHOD.as_str() =>
            {
                return Some(u8::from(!self.closing));
            }
            Message::Notification(note) => self.note(note),
            Message::Response(_) => {}
        }
        None
    }

    fn answer(&mut self, request: Request) -> Response {
        use wire::LspRequestMethod as Method;
        if self.closing {
            let why = Text::fixed("服务器即将退出", "the server is about to end");
            return self.refusal(request.id, ErrorCode::InvalidRequest, &why);
        }
        match Method::from(request.method.as_str()) {
            Method::Shutdown => {
                self.closing = true;
                Response::new_ok(request.id, Value::Null)
            }
            wire::HoverRequest::METHOD => self.answered(request, Server::hover),
            wire::CompletionRequest::METHOD => self.answered(request, Server::complete),
            wire::CodeActionRequest::METHOD => self.answered(request, Server::repairs),
            wire::DocumentSymbolRequest::METHOD => self.answered(request, Server::symbols),
            _ => {
                let method = crate::escape::plain(&request.method).into_owned();
                let why = text!("不支持{method}", "{method} is not supported");
                self.refusal(request.id, ErrorCode::MethodNotFound, &why)
            }
        }
    }

    fn answered<P: DeserializeOwned, R: Serialize>(
        &self,
        request: Request,
        answer: impl FnOnce(&Server, P) -> R,
    ) -> Response {
        match serde_json::from_value(request.params) {
            Ok(params) => Response::new_ok(request.id, answer(self, params)),
            Err(error) => invalid(request.id, &error),
        }
    }

    fn refusal(&self, id: RequestId, code: ErrorCode, why: &Text) -> Response {
        Response::new_err(id, code as i32, why.get(self.settings.lang).to_owned())
    }

    fn note(&mut self, note: Notification) {
        use wire::LspNotificationMethod as Method;
        match Method::from(note.method.as_str()) {
            wire::InitializedNotification::METHOD => self.watch(),
            wire::DidOpenTextDocumentNotification::METHOD => self.noted(note, Server::opened),
            wire::DidChangeTextDocumentNotification::METHOD => self.noted(note, Server::changed),
            wire::DidCloseTextDocumentNotification::METHOD => self.noted(note, Server::closed),
            wire::DidSaveTextDocumentNotification::METHOD => self.noted(note, Server::saved),
            wire::DidChangeWatchedFilesNotification::METHOD => self.noted(note, Server::touched),
            _ => {}
        }
    }

    /// A note that makes no sense is passed over: there is nobody to answer.
    fn noted<P: DeserializeOwned>(
        &mut self,
        note: Notification,
        take: impl FnOnce(&mut Server, P),
    ) {
        if let Ok(params) = serde_json::from_value(note.params) {
            take(self, params);
        }
    }

    /// Asks to be told of files that change. Editors that cannot are served all the same: a rule book is looked at
    /// whenever a text is checked.
    fn watch(&self) {
        if !self.settings.watches {
            return;
        }
        let watcher = wire::FileSystemWatcher {
            glob_pattern: WATCHED.to_owned().into(),
            kind: None,
        };
        let options = wire::DidChangeWatchedFilesRegistrationOptions {
            watchers: vec![watcher],
        };
        let registration = wire::Registration {
            id: "duban-watch".to_owned(),
            method: wire::DidChangeWatchedFilesNotification::METHOD
                .as_str()
                .to_owned(),
            register_options: serde_json::to_value(options).ok(),
        };
        let params = wire::RegistrationParams {
            registrations: vec![registration],
        };
        let method = wire::RegistrationRequest::METHOD.as_str().to_owned();
        self.send(Request::new(RequestId::from(1), method, params));
    }

    // ---- What the editor says ----

    fn opened(&mut self, params: wire::DidOpenTextDocumentParams) {
        let document = Document::new(params.text_document);
        let uri = document.uri.clone();
        self.documents.insert(uri.clone(), document);
        self.check(&uri);
        self.look_around();
    }

    fn changed(&mut self, params: wire::DidChangeTextDocumentParams) {
        let uri = params.text_document.text_document_identifier.uri.0;
        let Some(document) = self.documents.get_mut(&uri) else {
            return;
        };
        let version = params.text_document.version;
        document.change(version, params.content_changes, self.settings.units);
        self.check(&uri);
    }

    fn saved(&mut self, params: wire::DidSaveTextDocumentParams) {
        self.check(&params.text_document.uri.0);
        self.look_around();
    }

    fn closed(&mut self, params: wire::DidCloseTextDocumentParams) {
        let Some(document) = self.documents.remove(&params.text_document.uri.0) else {
            return;
        };
        self.tell(document.uri, None, vec![]);
        // A rule book is now what is on disk; a plan is so for the others.
        for key in self.books.keys() {
            self.refresh(&key, true);
        }
    }

    fn touched(&mut self, params: wire::DidChangeWatchedFilesParams) {
        let paths = params.changes.iter();
        let paths: Vec<PathBuf> = paths.filter_map(|c| uri::path_of(&c.uri.0)).collect();
        for path in &paths {
            self.books.forget(path);
        }
        // A rule book may have come or gone, so that texts belong to another.
        let uris: Vec<String> = self.documents.keys().cloned().collect();
        if paths.iter().any(|path| self.books.is_book(path)) {
            uris.iter().for_each(|uri| self.check(uri));
        }
        for key in self.books.keys() {
            self.refresh(&key, true);
        }
    }

    fn respond(&self, id: RequestId, result: impl Serialize) {
        self.send(Response::new_ok(id, result));
    }

    /// An editor that is gone is noticed where messages are read.
    pub(super) fn send(&self, message: impl Into<Message>) {
        _ = self.sender.send(message.into());
    }
}

/// Parameters that are not as the protocol has them.
fn invalid(id: RequestId, error: &serde_json::Error) -> Response {
    Response::new_err(id, ErrorCode::InvalidParams as i32, error.to_string())
}
