//! Where results go: standard output, and files that are written whole or not at all.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::Failure;
use crate::discover::shown;
use crate::lang::Text;
use crate::{source, text};

/// Results on their way: each is written beside its place, and all are renamed once the last is whole. So nobody
/// ever sees half of one, and where one cannot be written, all the old files are still there.
#[derive(Default)]
pub(super) struct Results {
    whole: Vec<(PathBuf, NamedTempFile, Over)>,
}

/// What a result may replace.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Over {
    /// Nothing: what has come to its place meanwhile is somebody else's.
    Nothing,
    /// The file that is there.
    File,
}

impl Results {
    /// Writes a result beside its place, piece by piece.
    pub(super) fn add(
        &mut self,
        path: &Path,
        pieces: impl IntoIterator<Item: AsRef<[u8]>>,
    ) -> anyhow::Result<()> {
        self.add_over(path, pieces, Over::File)
    }

    /// Writes a result beside its place, with what it may replace.
    pub(super) fn add_over(
        &mut self,
        path: &Path,
        pieces: impl IntoIterator<Item: AsRef<[u8]>>,
        over: Over,
    ) -> anyhow::Result<()> {
        // A link is followed, so that the file it leads to is replaced and the link stays.
        let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let file = beside(&real, pieces).map_err(|error| refused(path, &error))?;
        self.whole.push((real, file, over));
        Ok(())
    }

    /// Puts all of them into their places. Where one cannot be put there, those before it are taken back.
    pub(super) fn commit(self) -> anyhow::Result<()> {
        let several = self.whole.get(1).is_some();
        let mut done: Vec<(PathBuf, Option<Vec<u8>>)> = Vec::new();
        for (real, file, over) in self.whole {
            let before = several.then(|| fs::read(&real).ok()).flatten();
            let placed = match over {
                Over::File => file.persist(&real),
                Over::Nothing => file.persist_noclobber(&real),
            };
            if let Err(error) = placed {
                done.iter()
                    .for_each(|(path, before)| restore(path, before.as_deref()));
                return Err(refused(&real, &error.error));
            }
            done.push((real, before));
        }
        Ok(())
    }
}

/// A file as it was, or none where there was none.
fn restore(path: &Path, before: Option<&[u8]>) {
    _ = match before {
        None => fs::remove_file(path),
        Some(content) => beside(path, [content])
            .and_then(|file| file.persist(path).map(drop).map_err(|e| e.error)),
    };
}

/// Writes one result into its place.
pub(super) fn file(path: &Path, content: &[u8]) -> anyhow::Result<()> {
    let mut results = Results::default();
    results.add(path, [content])?;
    results.commit()
}

/// Writes files that must not be there yet, all of them or none: where one fails, those before it are taken back.
pub(super) fn new_files<C: AsRef<[u8]>>(files: &[(PathBuf, C)]) -> anyhow::Result<()> {
    for (number, (path, content)) in files.iter().enumerate() {
        let written = beside(path, [content])
            .and_then(|file| file.persist_noclobber(path).map_err(|error| error.error));
        if let Err(error) = written {
            for (written, _) in &files[..number] {
                _ = fs::remove_file(written);
            }
            return Err(refused(path, &error));
        }
    }
    Ok(())
}

/// Makes a folder and those above it.
pub(super) fn folder(path: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(path).map_err(|error| refused(path, &error))
}

fn refused(path: &Path, error: &io::Error) -> anyhow::Error {
    let (name, why) = (shown(path), why(error));
    Failure::error(
        text!(
            "“{name}”写不了：{zh}",
            "“{name}” cannot be written: {en}",
            zh = why.zh(),
            en = why.en()
        ),
        Text::fixed(
            "检查磁盘空间和权限；文件已打开的，先关掉",
            "check disk space and permissions; close the file if it is open",
        ),
    )
}

/// Why the system takes no file, in words.
pub(super) fn why(error: &io::Error) -> Text {
    match error.kind() {
        io::ErrorKind::StorageFull => Text::fixed("磁盘已满", "the disk is full"),
        io::ErrorKind::QuotaExceeded => Text::fixed("超出磁盘配额", "the disk quota is used up"),
        io::ErrorKind::FileTooLarge => Text::fixed(
            "文件超过系统允许的大小",
            "the system allows no file so large",
        ),
        io::ErrorKind::PermissionDenied => Text::fixed("没有写入权限", "permission denied"),
        io::ErrorKind::ReadOnlyFilesystem => Text::fixed("磁盘是只读的", "the disk is read-only"),
        io::ErrorKind::NotFound => Text::fixed("文件夹不存在", "its folder is not there"),
        io::ErrorKind::AlreadyExists => Text::fixed(
            "那里已经有同名文件",
            "something of that name is there already",
        ),
        _ => source::why(error),
    }
}

/// Writes a file beside its place, under a name of its own until it is renamed.
fn beside(path: &Path, pieces: impl IntoIterator<Item: AsRef<[u8]>>) -> io::Result<NamedTempFile> {
    let file = temporary(path)?;
    in_pieces(file.as_file(), pieces)?;
    file.as_file().sync_all()?;
    Ok(file)
}

fn in_pieces(out: impl Write, pieces: impl IntoIterator<Item: AsRef<[u8]>>) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(64 * 1024, out);
    for piece in pieces {
        out.write_all(piece.as_ref())?;
    }
    out.flush()
}

/// An empty file in the folder of a path. It goes away with the value.
pub(super) fn temporary(path: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".duban-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // An existing file keeps its mode; a new one gets what the user's mask allows.
        let there = fs::metadata(path).ok();
        let mode = there.map(|about| about.permissions().mode() & 0o777);
        builder.permissions(fs::Permissions::from_mode(mode.unwrap_or(0o666)));
        let file = builder.tempfile_in(folder_of(path))?;
        if let Some(mode) = mode {
            // The mask has no say in that.
            let permissions = fs::Permissions::from_mode(mode);
            file.as_file().set_permissions(permissions)?;
        }
        Ok(file)
    }
    #[cfg(not(unix))]
    builder.tempfile_in(folder_of(path))
}

/// The folder that a file is in or is to be put into.
pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

/// Adds to the end of a file that belongs to somebody else, such as a platform's job summary.
pub(super) fn append(path: &Path, text: &str) -> anyhow::Result<()> {
    let file = fs::OpenOptions::new().append(true).create(true).open(path);
    file.and_then(|mut file| file.write_all(text.as_bytes()))
        .map_err(|error| refused(path, &error))
}

/// Writes to standard output. A reader that has gone away is no failure.
pub(super) fn stdout(content: impl AsRef<[u8]>) -> anyhow::Result<()> {
    stdout_in_pieces([content])
}

/// Writes to standard output, piece by piece.
pub(super) fn stdout_in_pieces(pieces: impl IntoIterator<Item: AsRef<[u8]>>) -> anyhow::Result<()> {
    match in_pieces(io::stdout().lock(), pieces) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => {
            let why = why(&error);
            Err(Failure::error(
                text!(
                    "结果写不出去：{zh}",
                    "the result cannot be written: {en}",
                    zh = why.zh(),
                    en = why.en()
                ),
                Text::fixed(
                    "检查磁盘空间，或用-o另存为文件",
                    "check disk space, or write to a file with -o",
                ),
            ))
        }
        Ok(()) => Ok(()),
    }
}

/// Writes a remark to standard error, where it disturbs no result.
pub(super) fn stderr(text: &str) {
    _ = io::stderr().lock().write_all(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn where_the_last_result_cannot_be_put_there_those_before_it_are_taken_back() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("old"), "as it was").unwrap();
        let mut results = Results::default();
        results.add(&path("old"), [b"new"]).unwrap();
        results.add(&path("none"), [b"new"]).unwrap();
        results
            .add_over(&path("last"), [b"new"], Over::Nothing)
            .unwrap();
        fs::write(path("last"), "somebody else's").unwrap();
        let refused = results.commit().unwrap_err().downcast::<Failure>().unwrap();
        assert!(
            refused
                .message
                .en()
                .ends_with("last” cannot be written: something of that name is there already")
        );
        assert_eq!(fs::read_to_string(path("old")).unwrap(), "as it was");
        assert_eq!(fs::read_to_string(path("last")).unwrap(), "somebody else's");
        assert!(!path("none").exists());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn all_results_are_put_into_their_places() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("old"), "as it was").unwrap();
        let mut results = Results::default();
        results.add(&path("old"), [b"new"]).unwrap();
        results.add(&path("none"), [b"new, too"]).unwrap();
        results.commit().unwrap();
        assert_eq!(fs::read_to_string(path("old")).unwrap(), "new");
        assert_eq!(fs::read_to_string(path("none")).unwrap(), "new, too");
        file(&path("old"), b"newer").unwrap();
        assert_eq!(fs::read_to_string(path("old")).unwrap(), "newer");
    }

    #[test]
    fn of_new_files_all_are_written_or_none() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = |name: &str| folder.path().join(name);
        new_files(&[(path("a"), "1"), (path("b"), "2")]).unwrap();
        assert_eq!(fs::read_to_string(path("b")).unwrap(), "2");
        new_files(&[(path("c"), "3"), (path("a"), "4"), (path("d"), "5")]).unwrap_err();
        assert!(!path("c").exists() && !path("d").exists());
        assert_eq!(fs::read_to_string(path("a")).unwrap(), "1");
    }

    #[test]
    fn what_the_system_refuses_has_words_of_its_own() {
        use io::ErrorKind::*;
        let kinds = [
            StorageFull,
            QuotaExceeded,
            FileTooLarge,
            PermissionDenied,
            ReadOnlyFilesystem,
            NotFound,
            NotADirectory,
            AlreadyExists,
            InvalidFilename,
            ResourceBusy,
            UnexpectedEof,
        ];
        let texts: Vec<Text> = kinds.map(|kind| why(&io::Error::from(kind))).into();
        let distinct: BTreeSet<&str> = texts.iter().map(Text::zh).collect();
        assert_eq!(distinct.len(), kinds.len());
        assert!(texts.iter().all(|text| !text.zh().is_ascii()));
    }

    #[test]
    fn a_file_without_a_folder_is_in_the_folder_at_hand() {
        assert_eq!(folder_of(Path::new("a.csv")), Path::new("."));
        assert_eq!(folder_of(Path::new("b/a.csv")), Path::new("b"));
    }

    #[test]
    fn why_nothing_can_be_written_is_said_in_words() {
        use io::ErrorKind;
        for (kind, zh, en) in [
            (ErrorKind::StorageFull, "磁盘已满", "the disk is full"),
            (
                ErrorKind::QuotaExceeded,
                "超出磁盘配额",
                "the disk quota is used up",
            ),
            (
                ErrorKind::FileTooLarge,
                "文件超过系统允许的大小",
                "the system allows no file so large",
            ),
            (
                ErrorKind::PermissionDenied,
                "没有写入权限",
                "permission denied",
            ),
            (
                ErrorKind::ReadOnlyFilesystem,
                "磁盘是只读的",
                "the disk is read-only",
            ),
            (
                ErrorKind::NotFound,
                "文件夹不存在",
                "its folder is not there",
            ),
        ] {
            let why = why(&kind.into());
            assert_eq!((why.zh(), why.en()), (zh, en));
        }
    }
}
