//! What is wrong, where, and how to put it right. A rule writes a [`Draft`] that names a field; `locate`
//! gives it its place in the text, `check` its level; what comes out is a [`Finding`].

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use smol_str::SmolStr;

use crate::lang::Text;
use crate::text;

/// How grave a finding is. The order is that of reports: errors first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The campaign's rules are broken, or the file cannot be read. `check` exits 1.
    Error,
    /// Probably a mistake; worth a look before the file is sent.
    Warning,
    /// Worth knowing.
    Note,
}

impl Severity {
    /// Every level, gravest first.
    pub const ALL: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Note];

    /// The word of the command line, `campaign.toml` and JSON.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }

    /// The word in the reader's language.
    pub fn name(self) -> Text {
        match self {
            Severity::Error => Text::fixed("错误", "error"),
            Severity::Warning => Text::fixed("警告", "warning"),
            Severity::Note => Text::fixed("提示", "note"),
        }
    }
}

/// One step of a [`FieldPath`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// A key of a table.
    Key(Cow<'static, str>),
    /// An element of a list, counted from 0 as it stands in the file.
    Index(usize),
}

impl From<&'static str> for Step {
    fn from(key: &'static str) -> Step {
        Step::Key(Cow::Borrowed(key))
    }
}

impl From<String> for Step {
    fn from(key: String) -> Step {
        Step::Key(Cow::Owned(key))
    }
}

impl From<usize> for Step {
    fn from(index: usize) -> Step {
        Step::Index(index)
    }
}

/// The name of a field in a file, `meeting[2].held`: how rules say where something is without seeing text.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldPath(pub Vec<Step>);

impl FieldPath {
    /// The file as a whole.
    pub fn root() -> FieldPath {
        FieldPath::default()
    }

    /// This path with one step more.
    pub fn then(&self, step: impl Into<Step>) -> FieldPath {
        let mut steps = self.0.clone();
        steps.push(step.into());
        FieldPath(steps)
    }

    /// The path in words, counted from 1: `第1个[[meeting]]的held`, `held of [[meeting]] 1`.
    pub fn spoken(&self) -> Text {
        let (mut text, rest) = match &self.0[..] {
            [] => (Text::fixed("文件", "the file"), &[][..]),
            [Step::Key(table), Step::Index(index), rest @ ..] => {
                let n = index + 1;
                (text!("第{n}个[[{table}]]", "[[{table}]] {n}"), rest)
            }
            [Step::Key(key)] => (Text::same(key.to_string()), &[][..]),
            [first, rest @ ..] => {
                let table = FieldPath(vec![first.clone()]);
                (Text::same(format!("[{table}]")), rest)
            }
        };
        for step in rest {
            let (zh, en) = (text.zh(), text.en());
            text = match step {
                Step::Key(key) => Text::new(format!("{zh}的{key}"), format!("{key} of {en}")),
                Step::Index(index) => {
                    let n = index + 1;
                    Text::new(format!("{zh}第{n}项"), format!("item {n} of {en}"))
                }
            };
        }
        text
    }

    /// The path in words where it is a table with keys: `[plan]`.
    pub fn spoken_table(&self) -> Text {
        match &self.0[..] {
            [Step::Key(table)] => Text::same(format!("[{table}]")),
            _ => self.spoken(),
        }
    }

    /// Whether this path is `other` or leads to it.
    pub fn leads_to(&self, other: &FieldPath) -> bool {
        other.0.starts_with(&self.0)
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, step) in self.0.iter().enumerate() {
            match step {
                Step::Key(key) if i == 0 => write!(f, "{key}")?,
                Step::Key(key) => write!(f, ".{key}")?,
                Step::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// Writes a [`FieldPath`]: `path!["meeting", 2, "held"]`.
#[macro_export]
macro_rules! path {
    ($($step:expr),* $(,)?) => {
        $crate::finding::FieldPath(vec![$($crate::finding::Step::from($step)),*])
    };
}

/// Which rule a finding comes from: `D002 late`. Campaigns have rules of their own, so it is not an enum.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId {
    /// Family letter and three digits.
    pub code: Cow<'static, str>,
    /// The kebab-case name.
    pub name: Cow<'static, str>,
    /// The family that the rule belongs to.
    pub family: &'static str,
}

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.code, self.name)
    }
}

/// Where a draft points, before it has been looked up in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum At {
    /// A field's value in the plan file at hand.
    Plan(FieldPath),
    /// A field's value in a plan file by its number among the files read.
    File(usize, FieldPath),
    /// A field's value in `campaign.toml`.
    Campaign(FieldPath),
    /// Bytes of the file at hand, and the field they belong to.
    Span(Range<usize>, FieldPath),
}

/// A repair that is safe to make without asking: put `text` in place of the bytes `span`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Bytes of the decoded text that the edit replaces.
    pub span: Range<usize>,
    /// What stands there afterwards.
    pub text: String,
}

/// What a rule says, before it has a place and a level.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The rule that says it.
    pub rule: RuleId,
    /// Where it points.
    pub at: At,
    /// What is wrong, as one sentence without a full stop.
    pub message: Text,
    /// A word or two under the marked text.
    pub label: Text,
    /// How to put it right.
    pub fix: Text,
    /// The place that makes it wrong (the deadline, the first of two), with its label.
    pub cause: Option<(At, Text)>,
    /// The repair, when it is certain.
    pub edit: Option<Edit>,
    /// The text that the field should hold, when that is certain: a rule sees no text to edit, so this
    /// becomes the edit where the field is looked up.
    pub rewrite: Option<String>,
    /// Code of the unit concerned, where it is not that of the plan at hand.
    pub unit: Option<SmolStr>,
}

impl Draft {
    /// A draft with its message; [`Draft::fix`] must follow, since a finding without a way out helps nobody.
    pub fn new(rule: RuleId, at: At, message: Text) -> Draft {
        let (label, fix) = (Text::default(), Text::default());
        Draft {
            rule,
            at,
            message,
            label,
            fix,
            cause: None,
            edit: None,
            rewrite: None,
            unit: None,
        }
    }

    /// Says how to put it right.
    pub fn fix(mut self, fix: Text) -> Draft {
        self.fix = fix;
        self
    }

    /// Puts a word under the marked text.
    pub fn label(mut self, label: Text) -> Draft {
        self.label = label;
        self
    }

    /// Shows a second place, the one that makes this one wrong.
    pub fn cause(mut self, at: At, label: Text) -> Draft {
        self.cause = Some((at, label));
        self
    }

    /// Adds the certain repair.
    pub fn edit(mut self, span: Range<usize>, text: impl Into<String>) -> Draft {
        self.edit = Some(Edit {
            span,
            text: text.into(),
        });
        self
    }

    /// Adds the text that certainly belongs in the field that the draft points at.
    pub fn rewrite(mut self, text: impl Into<String>) -> Draft {
        self.rewrite = Some(text.into());
        self
    }

    /// Names the unit concerned.
    pub fn unit(mut self, code: &str) -> Draft {
        self.unit = Some(code.into());
        self
    }
}

/// A place in a text that a person or a program can go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The path as it was given or found, with `/` between its parts.
    pub file: Arc<str>,
    /// The field, as far as it is known.
    pub field: FieldPath,
    /// First line, from 1.
    pub line: u32,
    /// First column, from 1, in characters (Unicode scalar values).
    pub column: u32,
    /// Last line.
    pub end_line: u32,
    /// The column after the last character.
    pub end_column: u32,
    /// The first line, to be shown.
    pub excerpt: Excerpt,
    /// A word or two under the marked text.
    pub label: Text,
}

/// A stretch of a text for programs: lines and columns from 1, columns in characters (Unicode scalar values), the
/// end exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// First line.
    pub line: u32,
    /// First column.
    pub column: u32,
    /// Last line.
    pub end_line: u32,
    /// The column after the last character.
    pub end_column: u32,
}

impl Place {
    /// What is marked.
    pub fn region(&self) -> Region {
        Region {
            line: self.line,
            column: self.column,
            end_line: self.end_line,
            end_column: self.end_column,
        }
    }
}

/// The line of a place, kept so that the text itself can be let go.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Excerpt {
    /// The line, or the part of it around the mark where it is long.
    pub text: Box<str>,
    /// The bytes of `text` to mark.
    pub mark: Range<u32>,
}

impl Excerpt {
    /// What stands before the mark, what is marked, and what stands after it.
    pub fn parts(&self) -> [&str; 3] {
        let (start, end) = (self.mark.start as usize, self.mark.end as usize);
        [
            &self.text[..start],
            &self.text[start..end],
            &self.text[end..],
        ]
    }

    /// What is marked.
    pub fn marked(&self) -> &str {
        self.parts()[1]
    }
}

/// A finished finding: it always has a place, a reason and a way to put it right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule that was broken, which its findings share.
    pub rule: Arc<RuleId>,
    /// How grave it is, after the campaign's and the command line's levels.
    pub severity: Severity,
    /// Code of the unit concerned, if it is known.
    pub unit: Option<SmolStr>,
    /// What is wrong.
    pub message: Text,
    /// Where.
    pub place: Place,
    /// The place that makes it wrong. A deadline makes many findings so, which share it.
    pub cause: Option<Arc<Place>>,
    /// How to put it right.
    pub fix: Text,
    /// The repair, when it is certain.
    pub edit: Option<Box<Edit>>,
    /// What the repair replaces, by lines and columns.
    pub edit_region: Option<Box<Region>>,
}

impl Finding {
    /// The order of every output: file, position, rule, then text.
    pub fn order(&self, other: &Finding) -> Ordering {
        self.sort_key().cmp(&other.sort_key())
    }

    fn sort_key(&self) -> impl Ord + '_ {
        let place = &self.place;
        (
            &place.file,
            place.line,
            place.column,
            &self.rule.code,
            &self.unit,
            &self.message,
        )
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_path_reads_as_in_the_documentation() {
        assert_eq!(path!["meeting", 2, "held"].to_string(), "meeting[2].held");
        assert_eq!(path!["unit"].then("code").to_string(), "unit.code");
        let spoken = |path: super::FieldPath| {
            let text = path.spoken();
            format!("{} / {}", text.zh(), text.en())
        };
        assert_eq!(
            spoken(path!["meeting", 0, "held"]),
            "第1个[[meeting]]的held / held of [[meeting]] 1"
        );
        assert_eq!(
            spoken(path!["plan", "filed"]),
            "[plan]的filed / filed of [plan]"
        );
        assert_eq!(
            spoken(path!["plan", "revised", 1]),
            "[plan]的revised第2项 / item 2 of revised of [plan]"
        );
        assert!(path!["meeting", 2].leads_to(&path!["meeting", 2, "held"]));
        assert!(!path!["meeting", 1].leads_to(&path!["meeting", 2, "held"]));
    }
}
