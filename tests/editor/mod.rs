//! The other end of `duban lsp`: starts the program, speaks the protocol to it, and remembers what it is told.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use serde_json::{Value, json};

/// The day that every session is judged by.
pub const DAY: &str = "2022-11-15";

/// So long an answer may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A session.
pub struct Editor {
    child: Child,
    stdin: Option<ChildStdin>,
    messages: Receiver<Value>,
    next: i64,
    /// What the server can do.
    pub capabilities: Value,
    /// For each text, its version and what was told of it last.
    told: HashMap<String, (i64, Vec<Value>)>,
    /// What the server has asked for.
    registered: Vec<Value>,
}

/// The name of a file on the wire, as editors write it.
pub fn uri(path: &Path) -> String {
    let mut uri = "file://".to_owned();
    for byte in path.to_str().unwrap().bytes() {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'~' => uri.push(byte.into()),
            _ if byte.is_ascii_alphanumeric() => uri.push(byte.into()),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

impl Editor {
    /// Starts a session. Settings: `locale`, `encodings`, `utf32`; `plain` for an editor that can do little, `odd` for
    /// one that says nonsense of itself.
    pub fn start(folder: &Path, lang: &str, settings: Value) -> Editor {
        let mut command = Command::new(env!("CARGO_BIN_EXE_duban"));
        command.args(["lsp", "--stdio", "--as-of", DAY]);
        if !lang.is_empty() {
            command.args(["--lang", lang]);
        }
        let mut child = command
            .env_remove("DUBAN_LANG")
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let (sender, messages) = channel();
        std::thread::spawn(move || {
            while let Some(message) = read(&mut stdout) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        let mut editor = Editor {
            stdin: child.stdin.take(),
            child,
            messages,
            next: 0,
            capabilities: Value::Null,
            told: HashMap::new(),
            registered: vec![],
        };
        editor.shake_hands(folder, &settings);
        editor
    }

    fn shake_hands(&mut self, folder: &Path, settings: &Value) {
        let encodings = match settings["utf32"].as_bool() {
            Some(true) => json!(["utf-32"]),
            _ => settings["encodings"].clone(),
        };
        let mut params = json!({
            "processId": null,
            "rootUri": uri(folder),
            "capabilities": {
                "general": {},
                "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } },
                "textDocument": {
                    "publishDiagnostics": { "relatedInformation": true, "versionSupport": true },
                    "hover": { "contentFormat": ["markdown", "plaintext"] },
                    "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
                },
            },
        });
        if settings["plain"] == true {
            params["capabilities"] = json!({ "general": {} });
        }
        if settings["odd"] == true {
            params["capabilities"] = json!(1);
        }
        if !encodings.is_null() {
            params["capabilities"]["general"]["positionEncodings"] = encodings;
        }
        if settings["locale"].is_string() {
            params["locale"] = settings["locale"].clone();
        }
        let answer = self.ask("initialize", params);
        self.capabilities = answer["capabilities"].clone();
        self.notify("initialized", json!({}));
    }

    /// Sends bytes as they are.
    pub fn raw(&mut self, bytes: &str) {
        let stdin = self.stdin.as_mut().unwrap();
        stdin.write_all(bytes.as_bytes()).unwrap();
        stdin.flush().unwrap();
    }

    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        self.raw(&format!("Content-Length: {}\r\n\r\n{text}", text.len()));
    }

    /// Says something.
    pub fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Asks something that must be answered.
    pub fn ask(&mut self, method: &str, params: Value) -> Value {
        let answer = self.answer(method, params);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].clone()
    }

    /// Asks something that must be refused.
    pub fn refused(&mut self, method: &str, params: Value) -> Value {
        let answer = self.answer(method, params);
        assert!(answer.get("result").is_none(), "{method}: {answer}");
        answer["error"].clone()
    }

    fn answer(&mut self, method: &str, params: Value) -> Value {
        self.next += 1;
        let id = self.next;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        loop {
            if let Some(answer) = self.take().filter(|answer| answer["id"] == id) {
                return answer;
            }
        }
    }

    /// Takes one message; gives it if it is an answer.
    fn take(&mut self) -> Option<Value> {
        let message = self.messages.recv_timeout(PATIENCE).expect("a message");
        let params = &message["params"];
        match message["method"].as_str() {
            Some("textDocument/publishDiagnostics") => {
                let version = params["version"].as_i64().unwrap_or(-1);
                let told = params["diagnostics"].as_array().unwrap().clone();
                let name = params["uri"].as_str().unwrap().to_owned();
                self.told.insert(name, (version, told));
                None
            }
            Some("client/registerCapability") => {
                self.registered.push(params.clone());
                let id = message["id"].clone();
                self.send(&json!({ "jsonrpc": "2.0", "id": id, "result": null }));
                None
            }
            Some(other) => panic!("{other}"),
            None => Some(message),
        }
    }

    /// Whether the server has asked to be told of changes to such files.
    pub fn watches(&mut self, pattern: &str) -> bool {
        while self.registered.is_empty() {
            assert!(self.take().is_none());
        }
        self.registered.iter().any(|asked| {
            asked["registrations"][0]["registerOptions"]["watchers"][0]["globPattern"] == pattern
        })
    }

    /// Opens a text as its first version.
    pub fn open(&mut self, path: &Path, text: &str) {
        let item = json!({ "uri": uri(path), "languageId": "toml", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": item }));
    }

    /// Changes a text.
    pub fn change(&mut self, path: &Path, version: i64, changes: Value) {
        let document = json!({ "uri": uri(path), "version": version });
        let params = json!({ "textDocument": document, "contentChanges": changes });
        self.notify("textDocument/didChange", params);
    }

    /// What is told of a version of a text, at first.
    pub fn told(&mut self, path: &Path, version: i64) -> Vec<Value> {
        self.told_of(&uri(path), version)
    }

    /// The same by the name on the wire.
    pub fn told_of(&mut self, name: &str, version: i64) -> Vec<Value> {
        loop {
            match self.told.get(name) {
                Some((of, told)) if *of >= version => return told.clone(),
                _ => assert!(self.take().is_none()),
            }
        }
    }

    /// Waits until what is told of a text is as wanted.
    pub fn until(&mut self, path: &Path, wanted: impl Fn(&[Value]) -> bool) -> Vec<Value> {
        loop {
            match self.told.get(&uri(path)) {
                Some((_, told)) if wanted(told) => return told.clone(),
                _ => assert!(self.take().is_none()),
            }
        }
    }

    /// Waits until a text was told of and nothing more comes.
    pub fn settled(&mut self, path: &Path) {
        self.told(path, 1);
        std::thread::sleep(Duration::from_millis(1500));
        self.ask(
            "textDocument/documentSymbol",
            json!({ "textDocument": { "uri": uri(path) } }),
        );
    }

    /// What was told of a text last.
    pub fn last(&self, path: &Path) -> Vec<Value> {
        self.told[&uri(path)].1.clone()
    }

    /// Ends the session as it should be, and gives the exit code.
    pub fn finish(&mut self) -> Option<i32> {
        assert_eq!(self.ask("shutdown", Value::Null), Value::Null);
        self.notify("exit", Value::Null);
        self.wait()
    }

    /// Closes the line.
    pub fn hang_up(&mut self) {
        self.stdin = None;
    }

    /// Whether the program ends by itself.
    pub fn ends(&self) -> bool {
        self.messages.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Disconnected)
    }

    /// Waits for the end of the program.
    pub fn wait(&mut self) -> Option<i32> {
        self.child.wait().unwrap().code()
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        _ = self.child.kill();
        _ = self.child.wait();
    }
}

fn read(stdout: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if stdout.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim().split_once(": ") {
            Some(("Content-Length", number)) => length = number.parse().unwrap(),
            Some(_) => {}
            None => break,
        }
    }
    let mut text = vec![0; length];
    stdout.read_exact(&mut text).ok()?;
    Some(serde_json::from_slice(&text).unwrap())
}
