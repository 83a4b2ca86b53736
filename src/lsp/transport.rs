//! Messages on standard input and output. The channels have room for whatever comes, so that neither side waits
//! for the other; a message that is not JSON is named on standard error and passed over.

use std::io::{self, ErrorKind, Write};
use std::thread::{self, JoinHandle};

use crossbeam_channel::{Receiver, Sender, unbounded};
use lsp_server::{Connection, Message};

/// So many messages in a row that make no sense mean that the other side is no editor.
const MAX_BROKEN: usize = 100;

/// The connection to the editor, and the thread that writes; it ends once every sender is gone.
pub(super) fn stdio() -> io::Result<(Connection, JoinHandle<io::Result<()>>)> {
    let (sender, outgoing) = unbounded();
    let (incoming, receiver) = unbounded();
    thread::Builder::new()
        .name("lsp-read".to_owned())
        .spawn(move || read(&incoming))?;
    let writer = thread::Builder::new()
        .name("lsp-write".to_owned())
        .spawn(move || write(&outgoing))?;
    Ok((Connection { sender, receiver }, writer))
}

fn read(incoming: &Sender<Message>) {
    let mut stdin = io::stdin().lock();
    let mut broken = 0;
    while broken < MAX_BROKEN {
        match Message::read(&mut stdin) {
            Ok(Some(message)) => {
                broken = 0;
                if incoming.send(message).is_err() {
                    return;
                }
            }
            Ok(None) => return,
            Err(error) if error.kind() == ErrorKind::InvalidData => {
                broken += 1;
                let shown = error.to_string();
                let shown: String = crate::escape::plain(&shown).chars().take(300).collect();
                _ = writeln!(io::stderr(), "duban lsp: {shown}");
            }
            Err(_) => return,
        }
    }
}

fn write(outgoing: &Receiver<Message>) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    outgoing
        .into_iter()
        .try_for_each(|message| message.write(&mut stdout))
}
