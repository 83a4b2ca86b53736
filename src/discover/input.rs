//! A plan file before it is read: its name, and where its text is.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::shown;

/// One plan file to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// The name in findings, with `/` between its parts.
    pub shown: Arc<str>,
    place: Where,
}

/// Where a file is. There may be a million, and nearly all are plain files where their names in findings say.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Where {
    AsShown,
    Other(Box<Other>),
}

/// Where another text is.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Other {
    /// Nothing for standard input, and for a text that was never saved.
    path: Option<PathBuf>,
    text: Option<Arc<str>>,
    regular: bool,
    link: bool,
}

impl Input {
    pub(super) fn new(path: Option<&Path>, shown: Arc<str>) -> Input {
        Input::of(path, shown, true, false)
    }

    fn of(path: Option<&Path>, shown: Arc<str>, regular: bool, link: bool) -> Input {
        let as_shown = path.is_some_and(|path| path.as_os_str() == &*shown);
        let place = match as_shown && regular && !link {
            true => Where::AsShown,
            false => Where::Other(Box::new(Other {
                path: path.map(Path::to_owned),
                text: None,
                regular,
                link,
            })),
        };
        Input { shown, place }
    }

    pub(super) fn file(path: &Path, regular: bool, link: bool) -> Input {
        Input::of(Some(path), shown(path), regular, link)
    }

    /// A text that is in no file, or not yet in the one whose path is given.
    pub fn text(path: Option<&Path>, shown: Arc<str>, text: Arc<str>) -> Input {
        let other = Other {
            path: path.map(Path::to_owned),
            text: Some(text),
            regular: true,
            link: false,
        };
        Input {
            shown,
            place: Where::Other(Box::new(other)),
        }
    }

    fn other(&self) -> Option<&Other> {
        match &self.place {
            Where::AsShown => None,
            Where::Other(other) => Some(other),
        }
    }

    /// Whether it is a regular file, as far as is known without opening it. Others are not opened: a pipe
    /// would make the program wait for ever.
    pub fn is_regular(&self) -> bool {
        self.other().is_none_or(|other| other.regular)
    }

    /// Whether it is a link, so that the file itself may have another name.
    pub fn is_link(&self) -> bool {
        self.other().is_some_and(|other| other.link)
    }

    /// Its text, where that is not to be read: an editor has it, and the file may be older.
    pub fn held(&self) -> Option<&Arc<str>> {
        self.other()?.text.as_ref()
    }

    /// The same as it is on the disk.
    pub fn saved(&self) -> Input {
        let (path, shown) = (self.path(), self.shown.clone());
        Input::of(path, shown, self.is_regular(), self.is_link())
    }

    /// Where to read it; nothing for standard input.
    pub fn path(&self) -> Option<&Path> {
        match &self.place {
            Where::AsShown => Some(Path::new(&*self.shown)),
            Where::Other(other) => other.path.as_deref(),
        }
    }

    /// The file's name without its extension, which tells the unit when its code cannot be read.
    pub fn stem(&self) -> Option<&str> {
        self.path()?.file_stem()?.to_str()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_held_is_not_read_and_the_same_file_as_saved_is() {
        let (path, text) = (Path::new("plans/甲.toml"), Arc::from("[unit]"));
        let held = Input::text(Some(path), "plans/甲.toml".into(), text);
        assert_eq!(held.held().map(|text| &**text), Some("[unit]"));
        assert_eq!(held.saved().held(), None);
        assert_eq!(held.saved(), Input::file(path, true, false));
        assert_eq!(
            Input::text(None, "x".into(), "".into()).saved().path(),
            None
        );
    }

    #[test]
    fn what_is_known_of_a_file_is_known_of_the_same_file_as_saved() {
        for (regular, link) in [(true, true), (false, false)] {
            let input = Input::file(Path::new("a.toml"), regular, link);
            assert_eq!(input.saved(), input);
        }
    }

    #[test]
    fn a_file_is_where_its_name_says_or_else_that_is_kept() {
        let plain = Input::file(Path::new("plans/甲.toml"), true, false);
        assert!(matches!(plain.place, Where::AsShown));
        assert_eq!(plain.path(), Some(Path::new("plans/甲.toml")));
        let other = Input::new(Some(Path::new("a/b.toml")), "甲".into());
        assert_eq!(other.path(), Some(Path::new("a/b.toml")));
        assert_eq!((other.stem(), &*other.shown), (Some("b"), "甲"));
    }
}
