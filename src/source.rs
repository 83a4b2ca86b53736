//! From bytes to text, and from bytes of a text to lines and columns. What the text means is not known here.

mod refusal;

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read};
use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, OnceLock};

pub use refusal::{Refusal, why};

use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

use crate::finding::{Excerpt, FieldPath, Place, Region};
use crate::lang::Text;

/// The largest plan file that is read, in bytes. A plan has a few thousand characters.
pub const MAX_BYTES: u64 = 4 * 1024 * 1024;

/// The largest campaign that is read, in bytes: a roster of a million units.
pub const MAX_CAMPAIGN_BYTES: u64 = 128 * 1024 * 1024;

/// The byte order mark in UTF-8.
pub const UTF8_MARK: &[u8] = b"\xEF\xBB\xBF";

/// How a text was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16, little or big endian.
    Utf16,
    /// GB18030, of which GBK and GB2312 are parts: what Chinese Windows writes by default.
    Gb18030,
}

impl Encoding {
    /// The usual name.
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Utf16 => "UTF-16",
            Encoding::Gb18030 => "GBK",
        }
    }
}

/// The text of a campaign. It may be far larger than a plan, since it holds the roster.
pub fn read_campaign(path: &Path) -> Result<String, Refusal> {
    let mut buffer = Vec::new();
    let bytes = read_within(path, MAX_CAMPAIGN_BYTES, &mut buffer)?;
    decode(bytes).map(|(text, _)| text.into_owned())
}

/// The bytes of a plan file, read into a buffer that can be used again.
pub fn read<'b>(path: &Path, buffer: &'b mut Vec<u8>) -> Result<&'b [u8], Refusal> {
    read_within(path, MAX_BYTES, buffer)
}

/// The bytes of a regular file of at most so many bytes. What the path leads to is looked at once it is open, so that
/// a file that was swapped for a pipe or a device meanwhile neither holds the program up nor fills its memory.
pub fn read_within<'b>(
    path: &Path,
    limit: u64,
    buffer: &'b mut Vec<u8>,
) -> Result<&'b [u8], Refusal> {
    let file = open(path).map_err(Refusal::Io)?;
    let (regular, size) = about(&file).map_err(Refusal::Io)?;
    match size {
        _ if !regular => Err(Refusal::NotAFile),
        size if size > limit => Err(Refusal::TooLarge(size)),
        size => fill(file, limit, Some(size), buffer),
    }
}

/// Whether an open file is a regular one, and its size. Nothing else is asked for: it is asked of every file.
#[cfg(unix)]
fn about(file: &File) -> io::Result<(bool, u64)> {
    let about = rustix::fs::fstat(file)?;
    let kind = rustix::fs::FileType::from_raw_mode(about.st_mode as rustix::fs::RawMode);
    Ok((kind.is_file(), about.st_size as u64))
}

#[cfg(not(unix))]
fn about(file: &File) -> io::Result<(bool, u64)> {
    let about = file.metadata()?;
    Ok((about.is_file(), about.len()))
}

/// Opens a file without waiting for anyone who writes to it.
pub fn open(path: &Path) -> io::Result<File> {
    let mut how = File::options();
    how.read(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(
        &mut how,
        (rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::NOCTTY).bits() as i32,
    );
    how.open(path)
}

/// The bytes of standard input, which can be read only once but may be asked for again.
pub fn read_stdin() -> Result<&'static [u8], Refusal> {
    static BYTES: OnceLock<Option<Vec<u8>>> = OnceLock::new();
    let read = || {
        let mut buffer = Vec::new();
        fill(io::stdin().lock(), MAX_BYTES, None, &mut buffer)
            .ok()
            .map(<[u8]>::to_vec)
    };
    BYTES
        .get_or_init(read)
        .as_deref()
        .ok_or(Refusal::TooLarge(MAX_BYTES + 1))
}

/// Reads to the end, or to one byte more than the limit. A file whose size is known is at its end where a read that
/// could have given more stops just there.
fn fill(
    mut stream: impl Read,
    limit: u64,
    size: Option<u64>,
    buffer: &mut Vec<u8>,
) -> Result<&[u8], Refusal> {
    const PIECE: usize = 8 * 1024;
    let mut length = 0;
    // One byte more than the file has, so that its end is seen.
    let whole = size.map_or(0, |size| size as usize + 1);
    loop {
        if length == buffer.len() {
            buffer.resize(whole.max(2 * length).max(PIECE), 0);
        }
        match stream.read(&mut buffer[length..]) {
            Ok(0) => return Ok(&buffer[..length]),
            Ok(read) => length += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(Refusal::Io(error)),
        }
        if length as u64 > limit {
            return Err(Refusal::TooLarge(length as u64));
        }
        if size == Some(length as u64) {
            return Ok(&buffer[..length]);
        }
    }
}

/// The text of bytes: by byte order mark; else UTF-8; else UTF-16 if NUL bytes stand at every other place;
/// else GB18030, strictly.
pub fn decode(bytes: &[u8]) -> Result<(Cow<'_, str>, Encoding), Refusal> {
    if let Some(rest) = bytes.strip_prefix(UTF8_MARK) {
        let text = simdutf8::basic::from_utf8(rest).map_err(|_| not_text(rest))?;
        return Ok((Cow::Borrowed(text), Encoding::Utf8));
    }
    let utf16 = match bytes.first_chunk() {
        Some([0xFF, 0xFE]) => Some(UTF_16LE),
        Some([0xFE, 0xFF]) => Some(UTF_16BE),
        _ => utf16_without_mark(bytes),
    };
    if let Some(utf16) = utf16 {
        let (text, _) = utf16.decode_with_bom_removal(bytes);
        let sound = bytes.len().is_multiple_of(2) && !text.contains('\u{FFFD}');
        return if sound {
            Ok((text, Encoding::Utf16))
        } else {
            Err(not_text(bytes))
        };
    }
    if let Ok(text) = simdutf8::basic::from_utf8(bytes) {
        return Ok((Cow::Borrowed(text), Encoding::Utf8));
    }
    if let Some(line) = mixed(bytes) {
        return Err(Refusal::Mixed(line));
    }
    let text = GB18030.decode_without_bom_handling_and_without_replacement(bytes);
    Ok((text.ok_or_else(|| not_text(bytes))?, Encoding::Gb18030))
}

/// The line where a file that has begun as UTF-8 goes on in another encoding. GB18030 can read such a file from its
/// beginning, as other characters than were meant. Three bytes of a Chinese character in UTF-8 are hardly ever text in
/// GB18030, and not twice.
fn mixed(bytes: &[u8]) -> Option<usize> {
    let before = bytes.utf8_chunks().next()?.valid();
    let chinese = before
        .chars()
        .filter(|c| ('\u{3000}'..'\u{A000}').contains(c));
    let line = 1 + memchr::memchr_iter(b'\n', before.as_bytes()).count();
    (chinese.take(2).count() == 2).then_some(line)
}

/// Keys, digits and signs of a plan are ASCII, so in UTF-16 a good part of one half of the bytes is NUL.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    memchr::memchr(0, bytes)?;
    let nuls = |parity: usize| {
        bytes
            .iter()
            .skip(parity)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
    };
    let enough = bytes.len() / 10;
    match (nuls(0), nuls(1)) {
        (0, odd) if odd > enough => Some(UTF_16LE),
        (even, 0) if even > enough => Some(UTF_16BE),
        _ => None,
    }
}

fn not_text(bytes: &[u8]) -> Refusal {
    let offset = std::str::from_utf8(bytes)
        .err()
        .map_or(bytes.len(), |error| error.valid_up_to());
    let line = 1 + bytes[..offset]
        .iter()
        .filter(|byte| **byte == b'\n')
        .count();
    Refusal::NotText { offset, line }
}

/// A text by name, with its lines, for turning bytes into places. Made only for files with findings.
#[derive(Debug)]
pub struct Lines<'t> {
    file: Arc<str>,
    text: &'t str,
    /// How many lines end before each piece of [`PIECE`] bytes. No text is larger than a campaign may be.
    before: Vec<u32>,
}

/// So many bytes are looked through at most to count the lines before one of them.
const PIECE: usize = 4096;

/// Longer lines are cut around the mark in excerpts.
const MAX_EXCERPT: usize = 400;

impl<'t> Lines<'t> {
    /// The lines of a file's text.
    pub fn new(file: Arc<str>, text: &'t str) -> Lines<'t> {
        let pieces = text.as_bytes().chunks_exact(PIECE);
        let before = pieces.scan(0, |lines, piece| {
            *lines += breaks(piece) as u32;
            Some(*lines)
        });
        Lines {
            file,
            text,
            before: std::iter::once(0).chain(before).collect(),
        }
    }

    /// The line of a byte, from 1, and where it begins.
    fn line(&self, byte: usize) -> (usize, usize) {
        let text = self.text.as_bytes();
        let piece = byte / PIECE;
        let before = self.before[piece] as usize + breaks(&text[piece * PIECE..byte]);
        let start = memchr::memrchr(b'\n', &text[..byte]).map_or(0, |at| at + 1);
        (1 + before, start)
    }

    /// Line and column of a byte, both from 1, the column in characters.
    pub fn position(&self, byte: usize) -> (usize, usize) {
        let byte = self.snap(byte);
        let (line, start) = self.line(byte);
        (line, 1 + self.text[start..byte].chars().count())
    }

    /// A span of the text by lines and columns. Spans that cut a character are widened to it.
    pub fn region(&self, span: Range<usize>) -> Region {
        let span = self.widened(span);
        let (line, column) = self.position(span.start);
        let (end_line, end_column) = self.position(span.end);
        // No text has so many bytes as a u32 can count.
        Region {
            line: line as u32,
            column: column as u32,
            end_line: end_line as u32,
            end_column: end_column as u32,
        }
    }

    /// A span of the text as a place.
    pub fn place(&self, span: Range<usize>, field: FieldPath, label: Text) -> Place {
        let Region {
            line,
            column,
            end_line,
            end_column,
        } = self.region(span.clone());
        let excerpt = self.excerpt(self.widened(span));
        Place {
            file: self.file.clone(),
            field,
            line,
            column,
            end_line,
            end_column,
            excerpt,
            label,
        }
    }

    fn widened(&self, span: Range<usize>) -> Range<usize> {
        let start = self.snap(span.start);
        let mut end = span.end.clamp(start, self.text.len());
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        start..end
    }

    fn snap(&self, byte: usize) -> usize {
        let mut byte = byte.min(self.text.len());
        while !self.text.is_char_boundary(byte) {
            byte -= 1;
        }
        byte
    }

    /// The first line of a span, or the part of it around the mark.
    fn excerpt(&self, span: Range<usize>) -> Excerpt {
        let (_, start) = self.line(span.start);
        let next = memchr::memchr(b'\n', &self.text.as_bytes()[start..]);
        let end = next.map_or(self.text.len(), |length| start + length);
        let whole = self.text[start..end].trim_end_matches('\r');
        let end = start + whole.len();
        let from = if span.start - start > MAX_EXCERPT {
            self.snap(span.start - MAX_EXCERPT / 2)
        } else {
            start
        };
        let to = if end - from > 2 * MAX_EXCERPT {
            self.snap(from + 2 * MAX_EXCERPT)
        } else {
            end
        };
        let within = |byte: usize| (byte.min(to) - from) as u32;
        Excerpt {
            text: self.text[from..to].into(),
            mark: within(span.start)..within(span.end),
        }
    }
}

/// How many lines end in a text.
fn breaks(text: &[u8]) -> usize {
    memchr::memchr_iter(b'\n', text).count()
}

#[cfg(test)]
mod tests;
