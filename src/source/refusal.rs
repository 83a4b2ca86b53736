//! Why a file gives no text.

use std::fmt;
use std::io;

use super::MAX_BYTES;
use crate::lang::Text;
use crate::text;

/// Why a file gives no text.
#[derive(Debug)]
pub enum Refusal {
    /// The system refused.
    Io(io::Error),
    /// A pipe, a device, a folder.
    NotAFile,
    /// More than the limit; for a plan file that is [`MAX_BYTES`].
    TooLarge(u64),
    /// UTF-8 with Chinese text at first, then something else; the line of the first byte that is not UTF-8, from 1.
    Mixed(usize),
    /// In no encoding that is known; the line of the first byte that is not UTF-8.
    NotText {
        /// Bytes before it.
        offset: usize,
        /// Its line, from 1.
        line: usize,
    },
}

impl Refusal {
    /// The line of the first byte that is not text, if it got that far; else the first.
    pub fn line(&self) -> usize {
        match self {
            Refusal::Mixed(line) | Refusal::NotText { line, .. } => *line,
            _ => 1,
        }
    }

    /// The reason in words.
    pub fn why(&self) -> Text {
        match self {
            Refusal::Io(error) => why(error),
            Refusal::NotAFile => Text::fixed("这不是普通文件", "this is not a regular file"),
            Refusal::TooLarge(bytes) => {
                let megabytes = bytes.div_ceil(1024 * 1024);
                text!(
                    "文件有{megabytes}MB，太大了",
                    "the file has {megabytes} MB, too many"
                )
            }
            Refusal::Mixed(line) => text!(
                "前面是UTF-8编码，第{line}行起不是，文件里混有两种编码",
                "it begins as UTF-8, but line {line} is in another encoding"
            ),
            Refusal::NotText { line, .. } => text!(
                "第{line}行既不是UTF-8也不是GBK",
                "line {line} is neither UTF-8 nor GBK"
            ),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::TooLarge(bytes) if *bytes > MAX_BYTES => write!(f, "{bytes} bytes"),
            other => f.write_str(other.why().en()),
        }
    }
}

/// What the system says, in words.
pub fn why(error: &io::Error) -> Text {
    match error.kind() {
        io::ErrorKind::NotFound => Text::fixed(
            "文件不存在，或链接的目标已不在",
            "it is not there, or a link leads nowhere",
        ),
        io::ErrorKind::PermissionDenied => Text::fixed("没有读取权限", "permission denied"),
        io::ErrorKind::IsADirectory => Text::fixed("这是文件夹", "it is a folder"),
        _ if is_loop(error) => Text::fixed("链接绕成一圈", "links lead back to themselves"),
        _ => Text::same(error.to_string()),
    }
}

fn is_loop(error: &io::Error) -> bool {
    #[cfg(unix)]
    return error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error());
    #[cfg(not(unix))]
    false
}
