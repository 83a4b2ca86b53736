//! Plan files before they are read: their names, and where their texts are. There may be a million, so their names lie
//! in one piece, and more is kept only of those that are not plain files where their names say.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::shown_of;

/// Plan files to be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inputs {
    /// The names, one after the other.
    names: String,
    /// Where each of them ends.
    ends: Vec<usize>,
    /// Where the texts are that are not in files by these names.
    others: BTreeMap<usize, Other>,
}

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Input<'i> {
    /// The name in findings, with `/` between its parts.
    pub shown: &'i str,
    other: Option<&'i Other>,
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

impl Inputs {
    /// Adds standard input.
    pub(super) fn push_stdin(&mut self) {
        self.add("-", None, None, true, false);
    }

    /// Adds a file: whether it is regular, and whether it is a link.
    pub(super) fn push_file(&mut self, path: &Path, regular: bool, link: bool) {
        self.add(&shown_of(path), Some(path), None, regular, link);
    }

    /// Adds a text that is in no file, or not yet in the one whose path is given.
    pub fn push_text(&mut self, path: Option<&Path>, shown: &str, text: Arc<str>) {
        self.add(shown, path, Some(text), true, false);
    }

    /// Adds one of another list.
    pub fn push(&mut self, input: Input<'_>) {
        let (path, text) = (input.path(), input.held().cloned());
        self.add(input.shown, path, text, input.is_regular(), input.is_link());
    }

    fn add(
        &mut self,
        shown: &str,
        path: Option<&Path>,
        text: Option<Arc<str>>,
        regular: bool,
        link: bool,
    ) {
        let as_shown = path.is_some_and(|path| path.as_os_str() == shown);
        if !as_shown || text.is_some() || !regular || link {
            let other = Other {
                path: path.map(Path::to_owned),
                text,
                regular,
                link,
            };
            self.others.insert(self.ends.len(), other);
        }
        self.names.push_str(shown);
        self.ends.push(self.names.len());
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// One of them, which there must be, by its number.
    pub fn at(&self, number: usize) -> Input<'_> {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        Input {
            shown: &self.names[start..self.ends[number]],
            other: self.others.get(&number),
        }
    }

    /// Each of them.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = Input<'_>> + ExactSizeIterator + Clone {
        (0..self.len()).map(|number| self.at(number))
    }

    /// Keeps those of which something is true.
    pub fn retain(&mut self, keep: impl Fn(usize, Input<'_>) -> bool) {
        let numbers = self.iter().enumerate();
        let kept = numbers.filter(|(number, input)| keep(*number, *input));
        *self = kept.map(|(_, input)| input).collect();
        self.shrink_to_fit();
    }

    /// Puts them into the order of their names. The bytes where the names begin to differ tell most of them apart, and
    /// they lie together, while the names are all over the memory.
    pub fn sort(&mut self) {
        let names = || self.iter().map(|input| input.shown.as_bytes());
        let first = names().next().unwrap_or_default();
        let common = names().fold(first.len(), |common, name| {
            let both = first[..common].iter().zip(name);
            both.take_while(|(one, other)| one == other).count()
        });
        let head = |name: &[u8]| {
            let mut head = [0; size_of::<u128>()];
            let own = name[common..].iter().zip(&mut head);
            own.for_each(|(byte, place)| *place = *byte);
            u128::from_be_bytes(head)
        };
        let mut order: Vec<(u128, usize)> = names().map(head).zip(0..).collect();
        order.sort_unstable_by(|(one, a), (other, b)| {
            let whole = || {
                let (a, b) = (self.at(*a), self.at(*b));
                a.shown.cmp(b.shown).then_with(|| a.path().cmp(&b.path()))
            };
            one.cmp(other).then_with(whole)
        });
        *self = order.iter().map(|(_, number)| self.at(*number)).collect();
        self.shrink_to_fit();
    }

    fn shrink_to_fit(&mut self) {
        self.names.shrink_to_fit();
        self.ends.shrink_to_fit();
    }
}

impl<'i> FromIterator<Input<'i>> for Inputs {
    fn from_iter<T: IntoIterator<Item = Input<'i>>>(inputs: T) -> Inputs {
        let mut all = Inputs::default();
        inputs.into_iter().for_each(|input| all.push(input));
        all
    }
}

impl<'i> Input<'i> {
    /// Whether it is a regular file, as far as is known without opening it. Others are not opened: a pipe
    /// would make the program wait for ever.
    pub fn is_regular(self) -> bool {
        self.other.is_none_or(|other| other.regular)
    }

    /// Whether it is a link, so that the file itself may have another name.
    pub fn is_link(self) -> bool {
        self.other.is_some_and(|other| other.link)
    }

    /// Its text, where that is not to be read: an editor has it, and the file may be older.
    pub fn held(self) -> Option<&'i Arc<str>> {
        self.other?.text.as_ref()
    }

    /// Adds the same, as it is on the disk, to a list.
    pub fn add_saved_to(self, inputs: &mut Inputs) {
        let (regular, link) = (self.is_regular(), self.is_link());
        inputs.add(self.shown, self.path(), None, regular, link);
    }

    /// Where to read it; nothing for standard input.
    pub fn path(self) -> Option<&'i Path> {
        match self.other {
            None => Some(Path::new(self.shown)),
            Some(other) => other.path.as_deref(),
        }
    }

    /// The file's name without its extension, which tells the unit when its code cannot be read.
    pub fn stem(self) -> Option<&'i str> {
        self.path()?.file_stem()?.to_str()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Files by their names, which are their paths too.
    fn files(names: &[String]) -> Inputs {
        let mut inputs = Inputs::default();
        for name in names {
            inputs.push_file(Path::new(name), true, false);
        }
        inputs
    }

    fn saved(input: Input<'_>) -> Inputs {
        let mut inputs = Inputs::default();
        input.add_saved_to(&mut inputs);
        inputs
    }

    #[test]
    fn a_text_that_is_held_is_not_read_and_the_same_file_as_saved_is() {
        let (path, text) = (Path::new("plans/甲.toml"), Arc::from("[unit]"));
        let mut inputs = Inputs::default();
        inputs.push_text(Some(path), "plans/甲.toml", text);
        inputs.push_text(None, "x", "".into());
        let held = inputs.at(0).held().map(|text| &**text);
        assert_eq!(held, Some("[unit]"));
        assert_eq!(saved(inputs.at(0)), files(&["plans/甲.toml".to_owned()]));
        assert_eq!(inputs.at(1).held().map(|text| &**text), Some(""));
        assert_eq!(saved(inputs.at(1)).at(0).path(), None);
    }

    #[test]
    fn what_is_known_of_a_file_is_known_of_the_same_file_as_saved() {
        for (regular, link) in [(true, true), (false, false)] {
            let mut inputs = Inputs::default();
            inputs.push_file(Path::new("a.toml"), regular, link);
            let input = inputs.at(0);
            assert_eq!((input.is_regular(), input.is_link()), (regular, link));
            assert_eq!(saved(input), inputs);
        }
    }

    #[test]
    fn a_file_is_where_its_name_says_or_else_that_is_kept() {
        let plain = files(&["plans/甲.toml".to_owned()]);
        assert!(plain.others.is_empty());
        assert_eq!(plain.at(0).path(), Some(Path::new("plans/甲.toml")));
        let mut other = Inputs::default();
        other.add("甲", Some(Path::new("a/b.toml")), None, true, false);
        let other = other.at(0);
        assert_eq!(other.path(), Some(Path::new("a/b.toml")));
        assert_eq!((other.stem(), other.shown), (Some("b"), "甲"));
    }

    #[test]
    fn of_a_list_those_are_kept_of_which_something_is_true_with_all_that_is_known_of_them() {
        let mut inputs = files(&["a".to_owned(), "乙".to_owned()]);
        inputs.push_file(Path::new("c"), false, true);
        inputs.push_stdin();
        assert_eq!((inputs.len(), inputs.is_empty()), (4, false));
        inputs.retain(|number, input| number != 0 && input.shown != "-");
        let kept = |input: Input<'_>| (input.shown.to_owned(), input.is_regular());
        let kept: Vec<_> = inputs.iter().map(kept).collect();
        assert_eq!(kept, [("乙".to_owned(), true), ("c".to_owned(), false)]);
        inputs.retain(|_, _| false);
        assert!(inputs.is_empty() && inputs == Inputs::default());
    }

    #[test]
    fn files_stand_in_the_order_of_their_names_whatever_these_have_in_common() {
        for common in ["", "plans/", "方案/二〇二二年"] {
            let long = "a".repeat(40);
            let mut names: Vec<String> =
                ["b", "", "甲", "a", "乙/1", "乙", &long, "a0", "B", "\u{0}"]
                    .iter()
                    .chain(&[&*format!("{long}b"), &format!("{long}a"), "aa"])
                    .map(|name| format!("{common}{name}"))
                    .collect();
            let mut in_order = names.clone();
            in_order.sort();
            for turn in 0..names.len() {
                names.rotate_left(turn);
                names[turn..].reverse();
                let mut inputs = files(&names);
                inputs.sort();
                assert!(inputs.iter().map(|input| input.shown).eq(&in_order));
            }
        }
    }

    #[test]
    fn files_of_one_name_stand_in_the_order_of_their_paths() {
        let mut inputs = Inputs::default();
        for path in ["b", "a"] {
            inputs.add("x", Some(Path::new(path)), None, true, false);
        }
        inputs.sort();
        let paths: Vec<_> = inputs.iter().filter_map(Input::path).collect();
        assert_eq!(paths, [Path::new("a"), Path::new("b")]);
        let mut none = Inputs::default();
        none.sort();
        assert!(none.is_empty());
    }
}
