//! `-o [F:]FILE`: what is to be written where. Clashes and places that cannot be written are found before the work
//! starts.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use super::Failure;
use super::write::{folder_of, temporary, why};
use crate::discover::{Input, Inputs, shown};
use crate::lang::Text;
use crate::nearest::nearest;
use crate::text;

/// A file to be written in a format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Target<F> {
    pub format: F,
    pub path: PathBuf,
}

/// A format with its name and the file extension that means it; of two with one extension the first is meant.
pub(super) type Named<F> = (F, &'static str, Option<&'static str>);

/// Reads the words after `-o` by the formats of a command: by name before a colon, else by the file's extension.
pub(super) fn targets<F: Copy>(
    words: &[OsString],
    formats: &[Named<F>],
) -> anyhow::Result<Vec<Target<F>>> {
    let mut targets: Vec<Target<F>> = Vec::new();
    for word in words {
        let target = target(word, formats)?;
        writable(&target.path)?;
        let same = |other: &&Target<F>| place(&other.path) == place(&target.path);
        if let Some(other) = targets.iter().find(same) {
            let (one, other) = (shown(&target.path), shown(&other.path));
            let message = match one == other {
                true => text!("两个输出都写往“{one}”", "two outputs go to “{one}”"),
                false => text!(
                    "“{other}”和“{one}”是同一个文件",
                    "“{other}” and “{one}” are the same file"
                ),
            };
            let hint = Text::fixed("每个-o写不同的文件", "give every -o a file of its own");
            return Err(Failure::error(message, hint));
        }
        targets.push(target);
    }
    Ok(targets)
}

fn target<F: Copy>(word: &OsString, formats: &[Named<F>]) -> anyhow::Result<Target<F>> {
    let named = word.to_str().and_then(|word| word.split_once(':'));
    let format = |name: &str| formats.iter().find(|(_, known, _)| *known == name);
    let (format, path) = match named.map(|(name, rest)| (format(name), name, rest)) {
        Some((Some((format, ..)), _, rest)) => (Some(*format), PathBuf::from(rest)),
        Some((None, name, _)) => {
            misspelt(name, formats)?;
            (None, PathBuf::from(word))
        }
        None => (None, PathBuf::from(word)),
    };
    if path.as_os_str() == "-" {
        return Err(Failure::error(
            Text::fixed("-o后面要写文件", "-o needs a file"),
            Text::fixed(
                "要写到标准输出，用--format",
                "for standard output use --format",
            ),
        ));
    }
    let format = match format {
        Some(format) => format,
        None => by_extension(&path, formats)?,
    };
    Ok(Target { format, path })
}

/// `gitlb:cq.json` means a format; a file whose name has a colon in it does not.
fn misspelt<F>(name: &str, formats: &[Named<F>]) -> anyhow::Result<()> {
    let Some(near) = nearest(name, formats.iter().map(|(_, known, _)| *known)) else {
        return Ok(());
    };
    Err(Failure::error(
        text!("没有“{name}”这种格式", "there is no format “{name}”"),
        text!(
            "是否为“{near}”？文件名里确有冒号的，前面加上./",
            "did you mean “{near}”? put ./ in front of a file name with a colon in it"
        ),
    ))
}

fn by_extension<F: Copy>(path: &Path, formats: &[Named<F>]) -> anyhow::Result<F> {
    let extension = path
        .extension()
        .map(|extension| extension.to_string_lossy().to_lowercase())
        .unwrap_or_default();
    let known = |named: &&Named<F>| named.2.is_some_and(|known| known == extension);
    if let Some((format, ..)) = formats.iter().find(known) {
        return Ok(*format);
    }
    let name = shown(path);
    let names: Vec<&str> = formats.iter().map(|(_, name, _)| *name).collect();
    let mut extensions: Vec<String> = Vec::new();
    for extension in formats.iter().filter_map(|(.., extension)| *extension) {
        let extension = format!(".{extension}");
        if !extensions.contains(&extension) {
            extensions.push(extension);
        }
    }
    let (zh, en) = (extensions.join("、"), extensions.join(", "));
    let (zh_names, en_names) = (names.join("、"), names.join(", "));
    Err(Failure::error(
        text!(
            "看不出“{name}”要用什么格式",
            "the format of “{name}” is not clear"
        ),
        text!(
            "文件扩展名用{zh}，或在前面写明格式（{zh_names}），如{first}:{name}",
            "use the extension {en}, or name the format ({en_names}) in front, as in {first}:{name}",
            first = names.first().copied().unwrap_or_default(),
        ),
    ))
}

/// The file that a path leads to, however it is spelt; it need not be there yet.
fn place(path: &Path) -> PathBuf {
    let place = fs::canonicalize(path).unwrap_or_else(|_| {
        let folder = folder_of(path).canonicalize().unwrap_or_default();
        folder.join(path.file_name().unwrap_or_default())
    });
    if cfg!(any(windows, target_os = "macos")) {
        // There `A.csv` and `a.csv` are one file.
        return PathBuf::from(place.to_string_lossy().to_lowercase());
    }
    place
}

/// Whether a file can be put there: its folder takes new files, and what is there already may be replaced.
pub(super) fn writable(path: &Path) -> anyhow::Result<()> {
    let name = shown(path);
    let problem = |why: Text, hint: Text| {
        let (zh, en) = (why.zh(), why.en());
        Err(Failure::error(
            text!("“{name}”写不了：{zh}", "“{name}” cannot be written: {en}"),
            hint,
        ))
    };
    if path.as_os_str().is_empty() {
        return Err(Failure::error(
            Text::fixed("-o后面没有写文件名", "-o names no file"),
            Text::fixed("写明文件名", "name a file"),
        ));
    }
    if path.file_name().is_none() || path.is_dir() || name.ends_with('/') {
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
    let there = path.metadata().ok();
    if there.as_ref().is_some_and(|about| !about.is_file()) {
        return problem(
            Text::fixed("那里是管道或设备", "a pipe or device is there"),
            Text::fixed("换一个文件名", "choose another name"),
        );
    }
    if there.is_some_and(|about| about.permissions().readonly()) {
        return problem(
            Text::fixed("文件是只读的", "the file is read-only"),
            Text::fixed(
                "换一个文件名，或取消只读",
                "choose another name, or make it writable",
            ),
        );
    }
    // The only sure way to know whether a folder takes a file is to put one there.
    let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    match temporary(&real) {
        Ok(_) => Ok(()),
        Err(error) => problem(
            why(&error),
            Text::fixed(
                "检查文件夹的权限和磁盘空间，或换一个文件夹",
                "check the folder's permissions and the disk space, or choose another folder",
            ),
        ),
    }
}

/// Complains when a result would be written over something that the run reads.
pub(super) fn spare(
    outputs: &[&Path],
    rule_book: Option<&Path>,
    inputs: &Inputs,
) -> anyhow::Result<()> {
    let there: Vec<(PathBuf, &Path)> = outputs
        .iter()
        .filter_map(|output| Some((output.canonicalize().ok()?, *output)))
        .collect();
    if there.is_empty() {
        return Ok(());
    }
    // Asking the system for the real path of every file would cost more than reading it: only those that may be
    // the same are asked for.
    let may_be_same = |input: &Input<'_>| {
        let name = input.path().and_then(Path::file_name);
        let same = |(real, _): &(PathBuf, &Path)| {
            let real = real.file_name();
            real.zip(name)
                .is_some_and(|(real, name)| real.eq_ignore_ascii_case(name))
        };
        input.is_link() || there.iter().any(same)
    };
    let likely = inputs.iter().filter(may_be_same);
    let likely = likely.filter_map(Input::path);
    for input in rule_book.into_iter().chain(likely) {
        let Ok(input) = input.canonicalize() else {
            continue;
        };
        if let Some((_, output)) = there.iter().find(|(real, _)| *real == input) {
            let name = shown(output);
            return Err(Failure::error(
                text!(
                    "“{name}”是本次检查要读的文件，不能把结果写在上面",
                    "“{name}” is read by this very run; no result is written over it"
                ),
                Text::fixed("换一个文件名", "choose another name"),
            ));
        }
    }
    Ok(())
}

/// A result was to be written over a piece of evidence.
pub(super) fn is_evidence(evidence: &Path, outputs: &[&Path]) -> anyhow::Error {
    let same = |output: &&&Path| output.canonicalize().is_ok_and(|real| real == evidence);
    let name = shown(outputs.iter().find(same).map_or(evidence, |output| output));
    Failure::error(
        text!(
            "“{name}”是方案中写明的佐证材料，不能把结果写在上面",
            "“{name}” is evidence that a plan names; no result is written over it"
        ),
        Text::fixed("换一个文件名", "choose another name"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORMATS: [Named<u8>; 4] = [
        (0, "text", None),
        (1, "csv", Some("csv")),
        (2, "json", Some("json")),
        (3, "codequality", Some("json")),
    ];

    fn hint(word: &str) -> String {
        let refused = target(&OsString::from(word), &FORMATS).unwrap_err();
        let failure = refused.downcast::<Failure>().unwrap();
        failure.hint.en().to_owned()
    }

    #[test]
    fn a_format_is_named_before_a_colon_or_meant_by_the_extension() {
        let read = |word: &str| {
            let target = target(&OsString::from(word), &FORMATS).unwrap();
            (target.format, target.path)
        };
        assert_eq!(read("a.CSV"), (1, PathBuf::from("a.CSV")));
        assert_eq!(read("a.json"), (2, PathBuf::from("a.json")));
        assert_eq!(read("codequality:a.json"), (3, PathBuf::from("a.json")));
        assert_eq!(read("text:a.csv"), (0, PathBuf::from("a.csv")));
        assert_eq!(read("./x:a.csv"), (1, PathBuf::from("./x:a.csv")));
    }

    #[test]
    fn an_extension_that_means_nothing_is_answered_with_those_that_do_each_once() {
        assert!(
            hint("a.doc").starts_with("use the extension .csv, .json, or name the format"),
            "{}",
            hint("a.doc")
        );
        assert!(hint("jsn:a").starts_with("did you mean “json”?"));
        assert_eq!(hint("-"), "for standard output use --format");
    }
}
