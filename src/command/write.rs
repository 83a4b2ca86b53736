//! Where results go: standard output, and files that are written whole or not at all.

use std::collections::HashSet;
use std::ffi::OsString;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::{NamedTempFile, PersistError};

use super::Failure;
use crate::discover::shown;
use crate::lang::Text;
use crate::text;

/// A file to be written in a format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Target<F> {
    pub format: F,
    pub path: PathBuf,
}

/// Reads `-o [F:]FILE` by the formats of a command: by name before a colon, else by the file's extension.
/// Clashes and places that cannot be written are found before the work starts.
pub(super) fn targets<F: Copy>(
    words: &[OsString],
    formats: &[(F, &str, Option<&str>)],
) -> anyhow::Result<Vec<Target<F>>> {
    let mut targets = Vec::new();
    let mut seen = HashSet::new();
    for word in words {
        let target = target(word, formats)?;
        writable(&target.path)?;
        let folder = folder_of(&target.path).canonicalize().unwrap_or_default();
        if !seen.insert(folder.join(target.path.file_name().unwrap_or_default())) {
            let name = shown(&target.path);
            return Err(Failure::error(
                text!("两个输出都写往“{name}”", "two outputs go to “{name}”"),
                Text::fixed("每个-o写不同的文件", "give every -o a file of its own"),
            ));
        }
        targets.push(target);
    }
    Ok(targets)
}

fn target<F: Copy>(
    word: &OsString,
    formats: &[(F, &str, Option<&str>)],
) -> anyhow::Result<Target<F>> {
    let path = PathBuf::from(word);
    if let Some((name, rest)) = word.to_str().and_then(|word| word.split_once(':'))
        && let Some((format, ..)) = formats.iter().find(|(_, known, _)| *known == name)
    {
        return Ok(Target {
            format: *format,
            path: PathBuf::from(rest),
        });
    }
    let extension = path
        .extension()
        .map(|extension| extension.to_string_lossy().to_lowercase())
        .unwrap_or_default();
    let by_extension = formats
        .iter()
        .find(|(.., known)| known.is_some_and(|known| known == extension));
    let Some((format, ..)) = by_extension else {
        let name = shown(&path);
        let known: Vec<&str> = formats.iter().map(|(_, name, _)| *name).collect();
        let extensions: Vec<String> = formats
            .iter()
            .filter_map(|(.., e)| e.map(|e| format!(".{e}")))
            .collect();
        let (zh, en) = (extensions.join("、"), extensions.join(", "));
        let (zh_names, en_names) = (known.join("、"), known.join(", "));
        return Err(Failure::error(
            text!(
                "看不出“{name}”要用什么格式",
                "the format of “{name}” is not clear"
            ),
            text!(
                "文件扩展名用{zh}，或在前面写明格式（{zh_names}），如{first}:{name}",
                "use the extension {en}, or name the format ({en_names}) in front, as in {first}:{name}",
                first = known.first().copied().unwrap_or_default(),
            ),
        ));
    };
    Ok(Target {
        format: *format,
        path,
    })
}

fn folder_of(path: &Path) -> &Path {
    path.parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

/// Whether a file can be put there: its folder is there, and what is there already is a file.
fn writable(path: &Path) -> anyhow::Result<()> {
    let name = shown(path);
    let problem = |why: Text, hint: Text| {
        let (zh, en) = (why.zh(), why.en());
        Err(Failure::error(
            text!("“{name}”写不了：{zh}", "“{name}” cannot be written: {en}"),
            hint,
        ))
    };
    if path.file_name().is_none() || path.is_dir() {
        return problem(
            Text::fixed("这是文件夹", "it is a folder"),
            Text::fixed("写明文件名", "name a file"),
        );
    }
    if !folder_of(path).is_dir() {
        return problem(
            Text::fixed("文件夹不存在", "its folder is not there"),
            Text::fixed("先建好文件夹", "make the folder first"),
        );
    }
    if path.metadata().is_ok_and(|about| !about.is_file()) {
        return problem(
            Text::fixed("那里是管道或设备", "a pipe or device is there"),
            Text::fixed("换一个文件名", "choose another name"),
        );
    }
    Ok(())
}

/// Writes a file beside its place and renames it, so that nobody ever sees half of it and an old file
/// survives any failure.
pub(super) fn file(path: &Path, content: &[u8]) -> anyhow::Result<()> {
    // A link is followed, so that the file it leads to is replaced and the link stays.
    let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let renamed = |file: NamedTempFile| file.persist(real);
    atomically(path, content, renamed).map_err(|error| refused(path, &error))
}

/// Writes files that must not be there yet, all of them or none: where one fails, those before it are taken back.
pub(super) fn new_files(files: &[(PathBuf, String)]) -> anyhow::Result<()> {
    for (number, (path, content)) in files.iter().enumerate() {
        let renamed = |file: NamedTempFile| file.persist_noclobber(path);
        if let Err(error) = atomically(path, content.as_bytes(), renamed) {
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
    let name = shown(path);
    Failure::error(
        text!(
            "“{name}”写不了：{error}",
            "“{name}” cannot be written: {error}"
        ),
        Text::fixed(
            "检查磁盘空间和权限；文件已打开的，先关掉",
            "check disk space and permissions; close the file if it is open",
        ),
    )
}

/// Writes a file beside its place, and has it renamed once it is whole.
fn atomically(
    path: &Path,
    content: &[u8],
    rename: impl FnOnce(NamedTempFile) -> Result<fs::File, PersistError>,
) -> io::Result<()> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".duban-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // An existing file keeps its mode; a new one gets what the user's mask allows.
        let mode = fs::metadata(path).map_or(0o666, |about| about.permissions().mode() & 0o777);
        builder.permissions(fs::Permissions::from_mode(mode));
    }
    let mut file = builder.tempfile_in(folder_of(path))?;
    file.write_all(content)?;
    file.as_file().sync_all()?;
    rename(file).map_err(|error| error.error)?;
    Ok(())
}

/// Writes to standard output. A reader that has gone away is no failure.
pub(super) fn stdout(text: &str) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(Failure::error(
            text!(
                "结果写不出去：{error}",
                "the result cannot be written: {error}"
            ),
            Text::fixed(
                "检查磁盘空间，或用-o另存为文件",
                "check disk space, or write to a file with -o",
            ),
        )),
        Ok(()) => Ok(()),
    }
}

/// Writes a remark to standard error, where it disturbs no result.
pub(super) fn stderr(text: &str) {
    _ = io::stderr().lock().write_all(text.as_bytes());
}
