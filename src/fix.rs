//! Repairs: the edits that findings carry, made until there are none left. What a repair may not do is
//! checked here, on the plan that is read before and after it. No file is touched here.

use std::collections::HashSet;

use chrono::FixedOffset;
use serde_json::Value;
use text_diff::TextDiff;
use toml_spanner::Arena;

use crate::escape::plain;
use crate::finding::{At, Draft, Edit, FieldPath, Finding, Step};
use crate::load::{self, Loaded};
use crate::rules::file;

/// A file with more repairs than this is nobody's plan; it is left alone.
pub const MAX_REPAIRS: usize = 2_000;

/// So many bytes are read at most while one file is repaired: a plan of 4 KB sixteen thousand times.
const MAX_READ: usize = 64 * 1024 * 1024;

/// A text with its repairs made.
#[derive(Debug)]
pub struct Repaired {
    /// The text; as it was if nothing could be repaired.
    pub text: String,
    /// How many repairs were made.
    pub repairs: usize,
    /// What is still found in it.
    pub left: Vec<Finding>,
    /// Whether there was so much to repair (see [`MAX_REPAIRS`]) that nothing was.
    pub too_many: bool,
}

/// Whether a finding can be repaired without asking: by its edit, or by saving the file in UTF-8.
pub fn can_repair(finding: &Finding) -> bool {
    finding.edit.is_some() || *finding.rule == file::encoding::RULE.id()
}

/// Repairs a text by the edits of its findings. `findings` are those of a text, `offset` is the campaign's.
/// Repairing the result again changes nothing.
pub fn repair(
    text: &str,
    offset: FixedOffset,
    findings: impl Fn(&str) -> Vec<Finding>,
) -> Repaired {
    let too_many = || Repaired {
        text: text.to_owned(),
        repairs: 0,
        left: findings(text),
        too_many: true,
    };
    let (mut now, mut repairs, mut read) = (text.to_owned(), 0, 0);
    loop {
        let left = findings(&now);
        let edits = apart(
            &now,
            left.iter().filter_map(|finding| finding.edit.as_deref()),
        );
        let (next, made) = sound_ones(&now, &edits, offset);
        if made == 0 {
            return Repaired {
                text: now,
                repairs,
                left,
                too_many: false,
            };
        }
        (now, repairs, read) = (next, repairs + made, read + now.len());
        if repairs > MAX_REPAIRS || read > MAX_READ {
            return too_many();
        }
    }
}

/// The edits that do not touch each other, by their place; of two that do, the first.
fn apart<'e>(text: &str, edits: impl Iterator<Item = &'e Edit>) -> Vec<&'e Edit> {
    let mut edits: Vec<&Edit> = edits
        .filter(|edit| {
            text.get(edit.span.clone())
                .is_some_and(|old| old != edit.text)
        })
        .collect();
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let mut end = None;
    edits.retain(|edit| {
        let free = end.is_none_or(|end| edit.span.start > end);
        if free {
            end = Some(edit.span.end);
        }
        free
    });
    edits
}

/// The text with edits made, which must be in order and apart.
fn apply(text: &str, edits: &[&Edit]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        out.push_str(&text[at..edit.span.start]);
        out.push_str(&edit.text);
        at = edit.span.end;
    }
    out.push_str(&text[at..]);
    out
}

/// Makes all the edits, or, if that is not sound, those of them that are by themselves; says how many.
fn sound_ones(text: &str, edits: &[&Edit], offset: FixedOffset) -> (String, usize) {
    let all = apply(text, edits);
    if edits.is_empty() || is_sound(text, &all, offset) {
        return (all, edits.len());
    }
    let (mut kept, mut made) = (text.to_owned(), 0);
    if text.len().saturating_mul(edits.len()) > MAX_READ {
        return (kept, made);
    }
    // From the end, so that the places before stay what they are.
    for edit in edits.iter().rev() {
        let next = apply(&kept, &[edit]);
        if is_sound(&kept, &next, offset) {
            (kept, made) = (next, made + 1);
        }
    }
    (kept, made)
}

/// Whether one text may be put in place of another: no more of it is broken, what could be read reads the
/// same, and what is wrong now was wrong before or could not be read.
fn is_sound(before: &str, after: &str, offset: FixedOffset) -> bool {
    let (old_arena, new_arena, plain_arena) = (Arena::new(), Arena::new(), Arena::new());
    let old = load::plan(before, &old_arena, offset);
    let new = load::plan(after, &new_arena, offset);
    // What follows a broken header was read into the wrong table.
    let plain = load::without(before, &old.misplaced);
    let read = load::plan(&plain, &plain_arena, offset);
    let values = |loaded: &Loaded<'_>| serde_json::to_value(&loaded.plan).unwrap_or_default();
    new.document.errors().len() <= old.document.errors().len()
        && keeps(
            &read.unreadable.paths.iter().collect(),
            &FieldPath::root(),
            &values(&read),
            &values(&new),
        )
        && (new.drafts.len() <= old.drafts.len()
            || new.drafts.iter().all(|draft| was_hidden(draft, &old)))
}

/// Whether everything in a value that could be read is in another; lists may have got elements in between.
fn keeps(unreadable: &HashSet<&FieldPath>, field: &FieldPath, old: &Value, new: &Value) -> bool {
    let within =
        |step: Step, old: &Value, new: &Value| keeps(unreadable, &field.then(step), old, new);
    if is_nothing(old) || unreadable.contains(field) {
        return true;
    }
    match (old, new) {
        (Value::String(old), Value::String(new)) => old == new || is_number(old, new),
        (Value::Array(old), Value::Array(new)) => {
            let mut rest = new.iter();
            let mut old = old.iter().enumerate();
            old.all(|(index, old)| rest.any(|new| within(Step::Index(index), old, new)))
        }
        (Value::Object(old), Value::Object(new)) => old.iter().all(|(key, old)| {
            let new = new.get(key).unwrap_or(&Value::Null);
            within(Step::from(key.clone()), old, new)
        }),
        _ => old == new,
    }
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(table) => table.values().all(is_nothing),
        _ => false,
    }
}

/// Whether a document number has only been put into its standard form.
fn is_number(old: &str, new: &str) -> bool {
    crate::number::right(old).as_deref() == Some(new)
}

fn was_hidden(draft: &Draft, old: &Loaded<'_>) -> bool {
    let field = field(draft);
    old.unreadable.anywhere
        || old.unreadable.hits(field)
        || old.drafts.iter().any(|draft| self::field(draft) == field)
}

fn field(draft: &Draft) -> &FieldPath {
    match &draft.at {
        At::Plan(field) | At::File(_, field) | At::Campaign(field) | At::Span(_, field) => field,
    }
}

/// What was changed, as a unified diff for people: each line is made harmless for a terminal.
pub fn diff(name: &str, before: &str, after: &str) -> String {
    let changes = TextDiff::from_lines(before, after);
    let mut out = String::new();
    for hunk in changes.unified_diff().context_radius(3).iter_hunks() {
        out.push_str(&format!("{}\n", hunk.header()));
        for change in hunk.iter_changes() {
            let line = change.value();
            let line = line.strip_suffix('\n').unwrap_or(line);
            let line = line.strip_suffix('\r').unwrap_or(line);
            // Tabs stay, so that `patch` knows the line again.
            let line: Vec<_> = line.split('\t').map(plain).collect();
            out.push_str(&format!("{}{}\n", change.tag(), line.join("\t")));
            if change.missing_newline() {
                out.push_str("\\ No newline at end of file\n");
            }
        }
    }
    match out.is_empty() {
        true => out,
        false => format!("--- {name}\n+++ {name}\n{out}", name = plain(name)),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::campaign::BEIJING;
    use crate::lang::Text;
    use crate::path;

    /// The edit that puts one text in the place of another, where that stands first.
    fn edit(text: &str, old: &str, new: &str) -> Edit {
        let start = text.find(old).unwrap();
        Edit {
            span: start..start + old.len(),
            text: new.to_owned(),
        }
    }

    #[test]
    fn of_edits_that_touch_each_other_the_first_is_made() {
        let text = "abcdef";
        let edits = [("cd", "x"), ("ab", "y"), ("f", "z"), ("ef", "v")];
        let edits = edits.map(|(old, new)| edit(text, old, new));
        let apart: Vec<&str> = apart(text, edits.iter())
            .iter()
            .map(|edit| &*edit.text)
            .collect();
        assert_eq!(apart, ["y", "v"]);
    }

    #[test]
    fn of_edits_that_are_not_sound_together_those_that_are_by_themselves_are_made() {
        let text = "[plan]\nfiled = 2022-03-28\ntitle = 5\ndocument_number = 6\n";
        let edits = [
            ("2022-03-28", "2022-03-29"),
            ("5", "\"方案\""),
            ("6", "\"六号\""),
        ];
        let edits = edits.map(|(old, new)| edit(text, old, new));
        let edits: Vec<&Edit> = edits.iter().collect();
        let (made, count) = sound_ones(text, &edits, BEIJING);
        let wanted = "[plan]\nfiled = 2022-03-28\ntitle = \"方案\"\ndocument_number = \"六号\"\n";
        assert_eq!((&*made, count), (wanted, 2));
    }

    #[test]
    fn very_many_edits_of_a_long_text_are_not_tried_one_by_one() {
        let dates = "\"2022-3-5\", ".repeat(150);
        let remark = "x".repeat(MAX_READ / 150);
        let text = format!("[plan]\nfiled = 2022-03-28\nrevised = [{dates}]\n#{remark}");
        let dates = text.match_indices("\"2022-3-5\"").map(|(start, old)| Edit {
            span: start..start + old.len(),
            text: "2022-03-05".to_owned(),
        });
        let changed = edit(&text, "2022-03-28", "2022-03-29");
        let edits: Vec<Edit> = std::iter::once(changed).chain(dates).collect();
        let edits: Vec<&Edit> = edits.iter().collect();
        assert_eq!(sound_ones(&text, &edits, BEIJING), (text, 0));
    }

    #[test]
    fn a_repair_neither_changes_what_could_be_read_nor_makes_a_mistake_that_was_not_there() {
        let sound = |before: &str, after: &str| is_sound(before, after, BEIJING);
        let unit = "[unit]\ncode = \"T01\"\nname = \"甲镇\"\n[plan]\n";
        let plan = |lines: &str| format!("{unit}{lines}\n");
        let filed = plan("filed = 2022-03-28");
        for (before, after, is) in [
            (&filed, &filed, true),
            (&filed, &plan("filed = 2022-03-29"), false),
            (&filed, &plan("filed = 2022-03-28\ntitle = 5"), false),
            (&filed, &plan("filed = 2022-03-28\ntitle = \"方案\""), true),
            (&plan("filed = \"2022-3-28\""), &filed, true),
            (
                &plan("filed = \"2022-3-28\""),
                &plan("filed = 2022-03-28\ntitle = 5\nadopted = 6"),
                false,
            ),
        ] {
            assert_eq!(sound(before, after), is, "{before}\n{after}");
        }
    }

    #[test]
    fn a_value_may_be_filled_in_or_put_into_its_standard_form_and_is_else_kept() {
        let keeps = |old: Value, new: Value| keeps(&HashSet::new(), &FieldPath::root(), &old, &new);
        assert!(keeps(json!(""), json!("甲镇")));
        assert!(keeps(json!({ "text": "" }), json!({ "text": "夜学" })));
        assert!(keeps(json!("甲党发[2022]5号"), json!("甲党发〔2022〕5号")));
        assert!(!keeps(json!("甲镇"), json!("乙镇")));
        assert!(!keeps(json!("甲镇"), json!("")));
        assert!(keeps(json!([1, 2]), json!([1, 5, 2])));
        assert!(!keeps(json!([1, 2]), json!([2, 1])));
    }

    #[test]
    fn a_mistake_was_hidden_where_its_field_was_wrong_or_could_not_be_read() {
        let arena = Arena::new();
        let text = "[unit]\ncode = \"T01\"\nname = \"甲镇\"\n[plan]\ntitle = 5\n\
                    [[meeting]]\nkind = \"组织生活会\"\nexpected = 3\npresent = 5\n\
                    [[meeting]]\nkind = \"组织生活会\"\nexpected = 3\npresent = 6\n";
        let old = load::plan(text, &arena, BEIJING);
        let hidden = |field: FieldPath| {
            let draft = Draft::new(file::bad_value::RULE.id(), At::Plan(field), Text::default());
            was_hidden(&draft, &old)
        };
        assert!(hidden(path!["plan", "title"]));
        assert!(hidden(path!["meeting", 0, "present"]));
        assert!(hidden(path!["meeting", 1, "present"]));
        assert!(!hidden(path!["meeting", 0, "expected"]));
        assert!(!hidden(path!["plan", "filed"]));
    }
}
