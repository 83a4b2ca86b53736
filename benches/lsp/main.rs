//! How long an editor waits: opens a plan of two hundred lines in a campaign of a folder of plans, changes it again and
//! again, and measures the time from each change to what is told of it.
//!
//! `cargo bench --bench corpus -- DIR 1000`, then `cargo bench --bench lsp -- DIR [CHANGES]`

#![allow(clippy::print_stdout, clippy::print_stderr)]

use anyhow::Result;

fn main() -> Result<()> {
    #[cfg(feature = "lsp")]
    return session::main();
    #[cfg(not(feature = "lsp"))]
    {
        println!("skipped: built without the language server");
        Ok(())
    }
}

/// The measuring itself.
#[cfg(feature = "lsp")]
mod session {
    use std::fs;
    use std::io::{BufReader, BufWriter};
    use std::path::{Path, PathBuf};
    use std::process::{ChildStdin, ChildStdout, Command, Stdio};
    use std::time::{Duration, Instant};

    use anyhow::{Context, Result, ensure};
    use lsp_server::{Message, Notification, Request};
    use serde_json::{Value, json};

    /// The day for which the plans are judged; a fixed one, so that every run does the same work.
    const AS_OF: &str = "2022-11-15";

    /// The longest that a change may take, in milliseconds.
    const LIMIT: f64 = 50.0;

    /// The lines of the plan that is written.
    const LINES: usize = 200;

    /// Runs the session and prints the times.
    pub fn main() -> Result<()> {
        let words = std::env::args().skip(1).filter(|word| word != "--bench");
        let words: Vec<String> = words.collect();
        let Some(folder) = words.first() else {
            println!(
                "skipped: no folder was named\n\nusage: cargo bench --bench lsp -- DIR [CHANGES]"
            );
            return Ok(());
        };
        let changes = words.get(1).map_or(Ok(500), |word| word.parse())?;
        let path = first_plan(Path::new(folder))?;
        let text = lengthened(&fs::read_to_string(&path)?);
        let mut editor = Editor::start()?;
        editor.open(&path, &text)?;
        println!(
            "a plan of {} lines, {changes} changes",
            text.lines().count()
        );
        for (name, pause) in [("in a row", 0), ("as one types", 60)] {
            let times = editor.change(&path, &text, changes, Duration::from_millis(pause))?;
            report(name, times)?;
        }
        editor.end()
    }

    fn report(name: &str, mut times: Vec<f64>) -> Result<()> {
        times.sort_by(f64::total_cmp);
        let at = |part: f64| times[((times.len() - 1) as f64 * part) as usize];
        let (median, most) = (at(0.5), at(1.0));
        println!(
            "{name}: median {median:.2} ms, 95 % {:.2} ms, 99 % {:.2} ms, longest {most:.2} ms",
            at(0.95),
            at(0.99)
        );
        ensure!(at(0.99) < LIMIT, "an editor waits longer than {LIMIT} ms");
        Ok(())
    }

    fn first_plan(folder: &Path) -> Result<PathBuf> {
        let plans = duban::discover::discover(&[fs::canonicalize(folder)?]);
        let first = plans
            .inputs
            .iter()
            .find_map(|input| input.path().map(Path::to_owned));
        first.context("there is no plan in the folder")
    }

    /// The plan with more problems, so that it is as long as is wanted.
    fn lengthened(text: &str) -> String {
        let mut text = text.to_owned();
        let mut number = 0;
        while text.lines().count() < LINES {
            number += 1;
            text.push_str(&format!(
                "\n[[problem]]\nsubject = \"领导班子\"\ntext = \"第{number}件事抓得不紧\"\nremedy = \"按月检查\"\nowner = \"赵天干\"\ndue = \"长期坚持\"\n"
            ));
        }
        text
    }

    struct Editor {
        to: BufWriter<ChildStdin>,
        from: BufReader<ChildStdout>,
        version: i32,
    }

    impl Editor {
        fn start() -> Result<Editor> {
            let mut child = Command::new(env!("CARGO_BIN_EXE_duban"))
                .args(["lsp", "--as-of", AS_OF, "--lang", "zh"])
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .spawn()?;
            let mut editor = Editor {
                to: BufWriter::new(child.stdin.take().context("a pipe")?),
                from: BufReader::new(child.stdout.take().context("a pipe")?),
                version: 1,
            };
            let params = json!({ "capabilities": { "textDocument": { "publishDiagnostics": { "relatedInformation": true } } } });
            editor.ask("initialize", params)?;
            editor.say("initialized", json!({}))?;
            Ok(editor)
        }

        fn say(&mut self, method: &str, params: Value) -> Result<()> {
            let message: Message = Notification::new(method.to_owned(), params).into();
            message.write(&mut self.to)?;
            Ok(())
        }

        fn ask(&mut self, method: &str, params: Value) -> Result<()> {
            let message: Message = Request::new(0.into(), method.to_owned(), params).into();
            message.write(&mut self.to)?;
            while !matches!(self.read()?, Message::Response(_)) {}
            Ok(())
        }

        fn read(&mut self) -> Result<Message> {
            Message::read(&mut self.from)?.context("the server has gone")
        }

        /// Waits until something is told of a version.
        fn told(&mut self, version: i32) -> Result<()> {
            loop {
                if let Message::Notification(told) = self.read()?
                    && told.params["version"] == version
                {
                    return Ok(());
                }
            }
        }

        fn open(&mut self, path: &Path, text: &str) -> Result<()> {
            let item =
                json!({ "uri": uri(path), "languageId": "toml", "version": 1, "text": text });
            self.say("textDocument/didOpen", json!({ "textDocument": item }))?;
            self.told(1)
        }

        /// Writes and deletes a quotation mark before the first date, and gives the milliseconds of each.
        fn change(
            &mut self,
            path: &Path,
            text: &str,
            changes: usize,
            pause: Duration,
        ) -> Result<Vec<f64>> {
            let line = text.lines().position(|line| line.starts_with("filed = "));
            let (line, character) = (line.context("a date of filing")?, "filed = ".len());
            let place = |character| json!({ "line": line, "character": character });
            let mut times = Vec::with_capacity(changes);
            for number in 0..changes {
                std::thread::sleep(pause);
                let (end, written) = match number % 2 {
                    0 => (character, "\""),
                    _ => (character + 1, ""),
                };
                self.version += 1;
                let range = json!({ "start": place(character), "end": place(end) });
                let params = json!({
                    "textDocument": { "uri": uri(path), "version": self.version },
                    "contentChanges": [{ "range": range, "text": written }],
                });
                let begun = Instant::now();
                self.say("textDocument/didChange", params)?;
                self.told(self.version)?;
                times.push(begun.elapsed().as_secs_f64() * 1000.0);
            }
            Ok(times)
        }

        fn end(mut self) -> Result<()> {
            self.ask("shutdown", Value::Null)?;
            self.say("exit", Value::Null)
        }
    }

    fn uri(path: &Path) -> String {
        format!("file://{}", path.display())
    }
}
