//! From paths to plan files. No ignore files are honoured: a file that git ignores must not vanish into
//! "missing". What is passed over is counted and named with its reason.

mod input;

use std::borrow::Cow;
use std::collections::HashSet;
use std::ffi::OsStr;
use std::fmt::Write;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use walkdir::WalkDir;

use crate::lang::Text;
use crate::{campaign, source, text};

pub use input::{Input, Inputs};

/// The PATH that means standard input.
pub const STDIN: &str = "-";

/// Why a file is not taken for a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SkipReason {
    /// Its name, or that of its folder, begins with a dot.
    Hidden,
    /// A lock file of Office or WPS, `~$…`.
    Lock,
    /// It is a rule book.
    Campaign,
    /// It is one file with another that is read, by a link or by two of the paths.
    Again,
}

impl SkipReason {
    /// The reason in words.
    pub fn text(self) -> Text {
        match self {
            SkipReason::Hidden => Text::fixed("隐藏文件", "hidden"),
            SkipReason::Lock => Text::fixed("办公软件的临时文件", "lock file of an office program"),
            SkipReason::Campaign => Text::fixed("活动规则文件", "the rule book"),
            SkipReason::Again => Text::fixed(
                "经链接或另一个路径已读过的同一个文件",
                "a file that was read already by another path or link",
            ),
        }
    }
}

/// What the paths hold.
#[derive(Debug, Default)]
pub struct Found {
    /// The plan files, in the order of their paths.
    pub inputs: Inputs,
    /// What was passed over.
    pub skipped: Vec<(Arc<str>, SkipReason)>,
    /// Rule books among it.
    pub campaigns: Vec<PathBuf>,
    /// Entries that the system would not list, and why.
    pub refused: Vec<(Arc<str>, Text)>,
}

/// Walks the paths. A path that is not there is the caller's business.
pub fn discover(paths: &[PathBuf]) -> Found {
    let mut found = Found::default();
    let mut linked = false;
    for path in paths {
        if path.as_os_str() == STDIN {
            found.inputs.push_stdin();
        } else if path.is_dir() {
            linked |= walk(path, &mut found);
        } else if path.is_file() && path.file_name() == Some(OsStr::new(campaign::FILE_NAME)) {
            found.skipped.push((shown(path), SkipReason::Campaign));
            found.campaigns.push(path.clone());
        } else {
            let regular = path.metadata().is_ok_and(|about| about.is_file());
            let link = path.is_symlink();
            found.inputs.push_file(path, regular, link);
        }
    }
    found.inputs.sort();
    let several = paths.get(1).is_some();
    if several || linked {
        once(&mut found);
    }
    found.skipped.sort();
    found.campaigns.sort();
    found
}

/// Passes over what is one file with another, and keeps the name that leads there straight.
fn once(found: &mut Found) {
    let mut ways: Vec<_> = found.inputs.iter().enumerate().collect();
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    ways.sort_by_cached_key(|(index, input)| {
        let path = input.path();
        let steps = path.map(|path| path.components().count());
        let detour = path.is_some_and(|path| !real(path).ends_with(names(path)));
        (detour, steps, *index)
    });
    let mut seen = HashSet::new();
    let mut again = HashSet::new();
    for (index, input) in ways {
        if !seen.insert(input.path().map(real)) {
            again.insert(index);
        }
    }
    let passed = again.iter().map(|index| found.inputs.at(*index).shown);
    let passed = passed.map(|shown| (shown.into(), SkipReason::Again));
    found.skipped.extend(passed);
    found.inputs.retain(|index, _| !again.contains(&index));
}

/// The part of a path after which no `..` and no root stands: where no link is on the way, the real path ends so.
fn names(path: &Path) -> PathBuf {
    let back = path.components().rev();
    let names: Vec<_> = back
        .take_while(|part| matches!(part, Component::Normal(_)))
        .collect();
    names.into_iter().rev().collect()
}

/// Walks a folder; whether links were followed, so that two paths may lead to one file.
fn walk(root: &Path, found: &mut Found) -> bool {
    let mut linked = false;
    let mut entries = WalkDir::new(root).follow_links(true).into_iter();
    while let Some(entry) = entries.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                // A dangling link named like a plan is a plan that cannot be read; a loop is refused.
                let path = error.path().unwrap_or(root);
                if is_plan_name(path) && error.loop_ancestor().is_none() {
                    // A link that leads nowhere is tried, so that the system says why.
                    found.inputs.push_file(path, true, true);
                } else {
                    found.refused.push((shown(path), why(&error)));
                }
                continue;
            }
        };
        if entry.depth() == 0 {
            continue;
        }
        let is_dir = entry.file_type().is_dir();
        linked |= entry.path_is_symlink();
        match passed_over(entry.path(), is_dir) {
            Some(reason) => {
                found.skipped.push((shown(entry.path()), reason));
                if is_dir {
                    entries.skip_current_dir();
                }
                if reason == SkipReason::Campaign {
                    found.campaigns.push(entry.into_path());
                }
            }
            None if !is_dir && is_plan_name(entry.path()) => {
                let (regular, link) = (entry.file_type().is_file(), entry.path_is_symlink());
                found.inputs.push_file(entry.path(), regular, link);
            }
            None => {}
        }
    }
    linked
}

fn why(error: &walkdir::Error) -> Text {
    match (error.loop_ancestor(), error.io_error()) {
        (Some(above), _) => {
            let above = shown(above);
            text!(
                "链接绕回上层文件夹{above}",
                "the link leads back to {above}, a folder above it"
            )
        }
        (None, Some(error)) => source::why(error),
        (None, None) => Text::same(error.to_string()),
    }
}

/// Why an entry is not walked into or read, if it is not. Other kinds of file are nobody's plan and are
/// not worth a word.
fn passed_over(path: &Path, is_dir: bool) -> Option<SkipReason> {
    let name = path.file_name().unwrap_or_default();
    let bytes = name.as_encoded_bytes();
    match () {
        _ if bytes.starts_with(b".") && (is_dir || is_plan_name(path)) => Some(SkipReason::Hidden),
        _ if bytes.starts_with(b"~$") && is_plan_name(path) => Some(SkipReason::Lock),
        _ if name == campaign::FILE_NAME && !is_dir => Some(SkipReason::Campaign),
        _ => None,
    }
}

/// Whether a walk of a folder takes a path in it for a plan file. Only names are looked at: the file may not be there
/// yet.
pub fn is_plan(folder: &Path, path: &Path) -> bool {
    let within = path.strip_prefix(folder).unwrap_or(path);
    let mut folders = within.ancestors().skip(1);
    is_plan_name(path)
        && passed_over(path, false).is_none()
        && folders.all(|folder| passed_over(folder, true).is_none())
}

fn is_plan_name(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("toml"))
        || path
            .file_name()
            .is_some_and(|name| name == OsStr::new(".toml"))
}

/// A path as findings show it.
pub fn shown(path: &Path) -> Arc<str> {
    shown_of(path).into()
}

fn shown_of(path: &Path) -> Cow<'_, str> {
    let plain = path.to_str().filter(|_| std::path::MAIN_SEPARATOR == '/');
    if let Some(plain) = plain {
        return plain.into();
    }
    let mut text = String::new();
    for part in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        text.push_str(part.valid());
        // Two names that differ in such bytes only are two names here, too.
        for byte in part.invalid() {
            _ = write!(text, "\\x{byte:02x}");
        }
    }
    if std::path::MAIN_SEPARATOR == '/' {
        text.into()
    } else {
        text.replace(std::path::MAIN_SEPARATOR, "/").into()
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use tempfile::TempDir;

    use super::*;

    /// A folder with these files, each empty.
    fn folder(files: &[&str]) -> TempDir {
        let folder = TempDir::new().unwrap();
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        folder
    }

    /// The names that were found, without the folder's own.
    fn names<'f>(folder: &TempDir, shown: impl Iterator<Item = &'f str>) -> Vec<String> {
        let root = super::shown(folder.path());
        let name = |shown: &str| {
            shown
                .trim_start_matches(&*root)
                .trim_start_matches('/')
                .to_owned()
        };
        shown.map(name).collect()
    }

    fn inputs(folder: &TempDir, found: &Found) -> Vec<String> {
        names(folder, found.inputs.iter().map(|input| input.shown))
    }

    fn skipped(folder: &TempDir, found: &Found) -> Vec<(String, SkipReason)> {
        let names = names(folder, found.skipped.iter().map(|(shown, _)| &**shown));
        let reasons = found.skipped.iter().map(|(_, reason)| *reason);
        names.into_iter().zip(reasons).collect()
    }

    #[test]
    fn a_folder_gives_its_plan_files_and_says_what_it_passes_over() {
        let folder = folder(&[
            "b.toml",
            "a.TOML",
            "below/c.toml",
            "campaign.toml",
            "d.txt",
            ".e.toml",
            ".f.txt",
            ".git/g.toml",
            "~$h.toml",
            "~$i.docx",
            "~$folder/j.toml",
        ]);
        let found = discover(&[folder.path().to_owned()]);
        assert_eq!(
            inputs(&folder, &found),
            ["a.TOML", "b.toml", "below/c.toml", "~$folder/j.toml"]
        );
        let passed = [
            (".e.toml", SkipReason::Hidden),
            (".git", SkipReason::Hidden),
            ("campaign.toml", SkipReason::Campaign),
            ("~$h.toml", SkipReason::Lock),
        ];
        let passed = passed.map(|(name, reason)| (name.to_owned(), reason));
        assert_eq!(skipped(&folder, &found), passed);
        assert_eq!(found.campaigns, [folder.path().join("campaign.toml")]);
        assert!(found.refused.is_empty());
        assert!(
            found
                .inputs
                .iter()
                .all(|input| input.is_regular() && !input.is_link())
        );
    }

    #[test]
    fn the_folder_that_is_named_is_walked_whatever_its_name() {
        let folder = folder(&[".plans/a.toml", "campaign.toml/b.toml"]);
        let found = discover(&[folder.path().join(".plans")]);
        assert_eq!(inputs(&folder, &found), [".plans/a.toml"]);
        let found = discover(&[folder.path().to_owned()]);
        assert_eq!(inputs(&folder, &found), ["campaign.toml/b.toml"]);
        assert!(found.campaigns.is_empty());
    }

    #[test]
    fn a_file_that_two_of_the_paths_lead_to_is_read_once() {
        let folder = folder(&["a.toml", "b.toml", "below/c.toml"]);
        let path = |name: &str| folder.path().join(name);
        let found = discover(&[folder.path().to_owned(), path("a.toml")]);
        assert_eq!(
            inputs(&folder, &found),
            ["a.toml", "b.toml", "below/c.toml"]
        );
        assert_eq!(
            skipped(&folder, &found),
            [("a.toml".to_owned(), SkipReason::Again)]
        );
        let found = discover(&[path("below/../a.toml"), path("a.toml")]);
        assert_eq!(inputs(&folder, &found), ["a.toml"]);
        let found = discover(&[path("a.toml"), path("below")]);
        assert_eq!(inputs(&folder, &found), ["a.toml", "below/c.toml"]);
        assert!(found.skipped.is_empty());
    }

    #[cfg(unix)]
    #[test]
    fn of_a_link_and_what_it_leads_to_the_straight_name_is_kept() {
        use std::os::unix::fs::symlink;
        let folder = folder(&["plans/a.toml", "other/b.toml"]);
        let path = |name: &str| folder.path().join(name);
        symlink(path("plans"), path("again")).unwrap();
        symlink(path("other/b.toml"), path("plans/link.toml")).unwrap();
        symlink(path("nowhere"), path("other/z.toml")).unwrap();
        symlink(path("nowhere"), path("other/z.txt")).unwrap();
        symlink(path("plans"), path("plans/round")).unwrap();
        let found = discover(&[folder.path().to_owned()]);
        let links: Vec<bool> = found.inputs.iter().map(|input| input.is_link()).collect();
        assert_eq!(
            inputs(&folder, &found),
            ["other/b.toml", "other/z.toml", "plans/a.toml"]
        );
        assert_eq!(links, [false, true, false]);
        let again = skipped(&folder, &found);
        assert!(
            again.contains(&("again/a.toml".to_owned(), SkipReason::Again)),
            "{again:?}"
        );
        let refused = names(&folder, found.refused.iter().map(|(shown, _)| &**shown));
        assert!(refused.contains(&"plans/round".to_owned()), "{refused:?}");
        assert!(refused.contains(&"other/z.txt".to_owned()), "{refused:?}");
        let round = found
            .refused
            .iter()
            .find(|(shown, _)| shown.ends_with("plans/round"));
        assert!(round.unwrap().1.zh().starts_with("链接绕回上层文件夹"));
    }

    #[test]
    fn a_path_by_itself_is_tried_whatever_it_is_and_a_rule_book_is_known() {
        let folder = folder(&["a.txt", "campaign.toml"]);
        let path = |name: &str| folder.path().join(name);
        let found = discover(&[path("a.txt")]);
        assert_eq!(inputs(&folder, &found), ["a.txt"]);
        assert!(found.inputs.at(0).is_regular() && !found.inputs.at(0).is_link());
        let found = discover(&[path("none.toml")]);
        assert!(!found.inputs.at(0).is_regular());
        let found = discover(&[path("campaign.toml")]);
        assert!(found.inputs.is_empty());
        assert_eq!(found.campaigns, [path("campaign.toml")]);
        assert_eq!(
            skipped(&folder, &found),
            [("campaign.toml".to_owned(), SkipReason::Campaign)]
        );
        let found = discover(&[PathBuf::from(STDIN)]);
        assert_eq!(
            (found.inputs.at(0).path(), found.inputs.at(0).shown),
            (None, "-")
        );
    }

    #[test]
    fn every_reason_has_words() {
        use SkipReason::*;
        for reason in [Hidden, Lock, Campaign, Again] {
            let text = reason.text();
            assert!(!text.zh().is_empty() && !text.en().is_empty());
        }
    }

    #[test]
    fn the_name_without_its_extension_tells_the_unit() {
        let found = discover(&[PathBuf::from("plans/T01-甲镇.toml")]);
        assert_eq!(found.inputs.at(0).stem(), Some("T01-甲镇"));
        assert_eq!(discover(&[PathBuf::from(STDIN)]).inputs.at(0).stem(), None);
    }

    #[test]
    fn whether_a_path_is_a_plan_hangs_on_the_names_below_the_folder() {
        let within = |path: &str| is_plan(Path::new("/a/.b"), &Path::new("/a/.b").join(path));
        for path in ["x.toml", "x.TOML", "c/x.toml"] {
            assert!(within(path), "{path}");
        }
        for path in [
            "x.txt",
            ".x.toml",
            ".toml",
            ".c/x.toml",
            "~$x.toml",
            "campaign.toml",
            "c/campaign.toml",
        ] {
            assert!(!within(path), "{path}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn bytes_that_are_no_text_are_shown_by_their_numbers() {
        use std::os::unix::ffi::OsStrExt;
        let path = Path::new(OsStr::from_bytes(b"plans/\xff\xfe.toml"));
        assert_eq!(&*shown(path), "plans/\\xff\\xfe.toml");
        assert_eq!(&*shown(Path::new("plans/甲.toml")), "plans/甲.toml");
    }
}
