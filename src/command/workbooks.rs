//! The workbooks that `duban import` is given: one by one, or by the folder that they were collected in.

use std::collections::HashSet;
use std::panic;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::Failure;
use super::progress::Work;
use crate::cli::Common;
use crate::discover::shown;
use crate::import::book::{self, Book, Refusal};
use crate::import::problem::Report;
use crate::lang::Text;
use crate::{source, text};

/// Reads the workbooks; one that cannot be read is a problem beside the others'.
pub(super) fn read(
    common: &Common,
    paths: &[PathBuf],
    report: &mut Report,
) -> anyhow::Result<Vec<Book>> {
    let paths = gathered(paths, report)?;
    Work::of_workbooks(paths.len()).watched(common, |done| each(&paths, report, done))
}

fn each(
    paths: &[PathBuf],
    report: &mut Report,
    done: &(dyn Fn() + Sync),
) -> anyhow::Result<Vec<Book>> {
    let mut books: Vec<Book> = Vec::new();
    let mut buffer = Vec::new();
    let mut there = HashSet::new();
    for path in paths {
        let (number, name) = (books.len(), shown(path));
        report.enter(number, &name);
        if is_lock(path) {
            let message = Text::fixed(
                "是打开表格时生成的锁文件，没有读",
                "this marks a workbook that is open; it was not read",
            );
            report.remark(None, message);
            continue;
        }
        let real = path.canonicalize().unwrap_or_else(|_| path.clone());
        if !there.insert(real) {
            let message = Text::fixed("写了两次，只读一次", "it is named twice, and was read once");
            report.remark(None, message);
            continue;
        }
        let read = match source::read_within(path, book::MAX_FILE, &mut buffer) {
            Ok(bytes) => quietly(|| book::read(&name, bytes)),
            Err(source::Refusal::TooLarge(size)) => Err(book::too_heavy(size)),
            Err(refusal) => return Err(unreadable(&name, &refusal)),
        };
        let empty = || Book {
            name: name.to_string(),
            sheets: vec![],
        };
        books.push(read.unwrap_or_else(|Refusal(message, fix)| {
            report.wrong(None, message, fix);
            empty()
        }));
        done();
    }
    Ok(books)
}

/// The paths, and for a folder every workbook in it, in the order of their names.
fn gathered(paths: &[PathBuf], report: &mut Report) -> anyhow::Result<Vec<PathBuf>> {
    let mut all = Vec::new();
    for path in paths {
        if !path.is_dir() {
            all.push(path.clone());
            continue;
        }
        let before = all.len();
        for entry in WalkDir::new(path).sort_by_file_name() {
            let entry = entry.map_err(|error| {
                let refusal = error.into_io_error().map(source::Refusal::Io);
                unreadable(&shown(path), &refusal.unwrap_or(source::Refusal::NotAFile))
            })?;
            match kind(&entry) {
                Kind::Workbook => all.push(entry.into_path()),
                Kind::Other => {
                    report.enter(0, &shown(entry.path()));
                    let message = Text::fixed(
                        "不是Excel工作簿，没有读",
                        "this is no Excel workbook; it was not read",
                    );
                    report.remark(None, message);
                }
                Kind::Nothing => {}
            }
        }
        if all.len() == before {
            return Err(without(path));
        }
    }
    Ok(all)
}

/// What a folder has to do with workbooks.
enum Kind {
    Workbook,
    /// A file that somebody may have sent as one.
    Other,
    Nothing,
}

fn kind(entry: &DirEntry) -> Kind {
    let name = entry.file_name().to_string_lossy().to_lowercase();
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    match extension {
        _ if entry.file_type().is_dir() || name.starts_with('.') || is_lock(entry.path()) => {
            Kind::Nothing
        }
        "xlsx" | "xls" | "xlsm" | "et" => Kind::Workbook,
        "toml" | "json" => Kind::Nothing,
        _ => Kind::Other,
    }
}

/// Excel and WPS mark a workbook that is open by a file beside it.
fn is_lock(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with("~$") || name.starts_with(".~")
}

fn without(path: &Path) -> anyhow::Error {
    let name = shown(path);
    Failure::error(
        text!("“{name}”中没有工作簿", "there is no workbook in “{name}”"),
        Text::fixed(
            "写收齐填报表的文件夹，或逐个写明工作簿",
            "name the folder with the filled forms, or the workbooks one by one",
        ),
    )
}

fn unreadable(name: &str, refusal: &source::Refusal) -> anyhow::Error {
    let why = refusal.why();
    let fix = match name.contains(['*', '?']) {
        // The command prompt of Windows hands a pattern on as it is.
        true => Text::fixed(
            "这里不展开“*”：写文件夹的名称，其中的工作簿都会读入",
            "patterns are not expanded here: name the folder, and every workbook in it is read",
        ),
        false => Text::fixed(
            "检查路径，写明工作簿，如填报表.xlsx；文件已打开的，先关掉",
            "check the path, and name workbooks, such as form.xlsx; close the file if it is open",
        ),
    };
    Failure::error(
        text!(
            "“{name}”读不出来：{zh}",
            "“{name}” cannot be read: {en}",
            zh = why.zh(),
            en = why.en()
        ),
        fix,
    )
}

/// What a reader of somebody else's says when it runs into a wall is caught and told in our own words.
fn quietly<T>(read: impl FnOnce() -> T) -> T {
    let usual = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let read = read();
    panic::set_hook(usual);
    read
}
