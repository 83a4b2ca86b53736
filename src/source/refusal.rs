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
        io::ErrorKind::NotADirectory => Text::fixed(
            "路径中有一段不是文件夹",
            "a part of the path is not a folder",
        ),
        io::ErrorKind::InvalidFilename => Text::fixed(
            "文件名太长或不合规定",
            "the name is too long or not allowed",
        ),
        io::ErrorKind::TimedOut | io::ErrorKind::StaleNetworkFileHandle => Text::fixed(
            "磁盘或网络没有回应",
            "the disk or the network does not answer",
        ),
        _ if is_loop(error) => Text::fixed("链接绕成一圈", "links lead back to themselves"),
        _ if is_in_use(error) => Text::fixed("另一个程序正打开着它", "another program has it open"),
        // It may say it in its own language.
        _ => text!("系统报错：{error}", "the system says: {error}"),
    }
}

/// Whether another program holds a file, as Office and WPS do under Windows.
fn is_in_use(error: &io::Error) -> bool {
    const SHARING_VIOLATION: i32 = 32;
    const LOCK_VIOLATION: i32 = 33;
    let by_code = matches!(
        error.raw_os_error(),
        Some(SHARING_VIOLATION | LOCK_VIOLATION)
    );
    (cfg!(windows) && by_code) || error.kind() == io::ErrorKind::ResourceBusy
}

fn is_loop(error: &io::Error) -> bool {
    #[cfg(unix)]
    return error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error());
    #[cfg(not(unix))]
    false
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    #[cfg(unix)]
    fn a_number_that_means_a_file_in_use_under_windows_is_another_error_elsewhere() {
        for number in [32, 33] {
            let error = io::Error::from_raw_os_error(number);
            let said = why(&error).zh().to_owned();
            assert_eq!(said, format!("系统报错：{error}"));
        }
    }

    #[test]
    fn what_the_system_refuses_is_told_in_both_languages() {
        use io::ErrorKind::*;
        let kinds = [
            NotFound,
            PermissionDenied,
            IsADirectory,
            NotADirectory,
            InvalidFilename,
            TimedOut,
            ResourceBusy,
            UnexpectedEof,
        ];
        let texts = kinds.map(|kind| why(&io::Error::from(kind)));
        let distinct: BTreeSet<&str> = texts.iter().map(Text::zh).collect();
        assert_eq!(distinct.len(), kinds.len());
        for text in &texts {
            assert!(!text.zh().is_ascii() && text.en() != text.zh(), "{text:?}");
        }
        let unknown = texts
            .iter()
            .filter(|text| text.zh().starts_with("系统报错"));
        assert_eq!(unknown.count(), 1);
        let unknown = why(&io::Error::from(UnexpectedEof));
        assert!(
            unknown.zh().starts_with("系统报错：") && unknown.en().starts_with("the system says: ")
        );
    }

    #[test]
    fn every_reason_has_words_and_those_that_know_it_a_line() {
        let refusals = [
            (Refusal::Io(io::ErrorKind::NotFound.into()), 1),
            (Refusal::NotAFile, 1),
            (Refusal::TooLarge(MAX_BYTES + 1), 1),
            (Refusal::Mixed(7), 7),
            (Refusal::NotText { offset: 9, line: 3 }, 3),
        ];
        for (refusal, line) in refusals {
            let why = refusal.why();
            assert_eq!(refusal.line(), line);
            assert!(!why.zh().is_ascii() && !why.en().is_empty());
            assert!(!refusal.to_string().is_empty());
        }
        assert_eq!(
            Refusal::TooLarge(MAX_BYTES + 1).to_string(),
            "4194305 bytes"
        );
        assert_eq!(
            Refusal::TooLarge(MAX_BYTES).to_string(),
            "the file has 4 MB, too many"
        );
    }
}
