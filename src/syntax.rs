//! Syntax errors: where in the plan each one is, what it hides, and how to put it right in words that a
//! person without TOML understands. The parser is a library's; here its errors are only read.

mod of;
mod whole;
mod wording;

use std::ops::Range;

use toml_spanner::{Error, ErrorKind, Item, Table, TableStyle, Value};

use crate::finding::{At, Draft, FieldPath, Step};
use crate::lang::Text;
use crate::ledger::may_decide;
use crate::plan::{self, Plan};
use crate::read::{MAX_PROBLEMS, Unreadable};
use crate::rules::file;
use crate::{path, text};

pub use of::Of;
use whole::Repaired;

/// The parser stops after so many syntax errors.
const PARSER_STOPS_AFTER: usize = 25;

/// What the syntax errors of a text come to.
#[derive(Debug, Default)]
pub struct Damage {
    /// One draft an error.
    pub drafts: Vec<Draft>,
    /// The fields that they hide.
    pub unreadable: Unreadable,
    /// Text after a broken header: the parser reads its keys into the wrong table.
    pub misplaced: Vec<Range<usize>>,
    /// The first statements of deciding keys that stand twice; without them the text reads in the other way.
    pub firsts: Vec<Range<usize>>,
}

/// One error with what is known of its statement.
struct Statement<'t> {
    error: &'t Error,
    /// The text of its line.
    line: Range<usize>,
    /// The keys of the statement, dotted ones in their parts, if it got that far.
    keys: Vec<Step>,
    /// The table in which it stands, by the headers before it.
    table: FieldPath,
    /// Whether it is a table header.
    is_header: bool,
    /// In which kind of file it stands.
    of: Of,
}

impl Statement<'_> {
    /// What the statement is about. With a key that no table has, it may be about any field of its table.
    fn field(&self) -> FieldPath {
        let known = match self.keys.first() {
            Some(Step::Key(key)) => plan::is_key(key),
            _ => false,
        };
        let keys = self.keys.iter().filter(|_| known);
        FieldPath(self.table.0.iter().chain(keys).cloned().collect())
    }
}

/// Reads the syntax errors of a text.
pub fn damage(of: Of, text: &str, root: &Table<'_>, errors: &[Error]) -> Damage {
    let mut damage = Damage::default();
    damage.drafts.extend(second_mark(text));
    if errors.is_empty() {
        return damage;
    }
    let headers = headers(root);
    let good = starts(root);
    let mut fields = Vec::new();
    let statements: Vec<_> = errors
        .iter()
        .map(|error| statement(of, text, &headers, error))
        .collect();
    for (index, statement) in statements.iter().enumerate() {
        let next_error = statements
            .get(index + 1)
            .map_or(text.len(), |next| next.line.start);
        let next_good = good
            .iter()
            .copied()
            .find(|start| *start >= statement.line.end)
            .unwrap_or(text.len());
        mark(
            text,
            statement,
            next_good.min(next_error),
            &headers,
            &good,
            &mut damage,
        );
        let fragment = index > 0 && is_fragment(text, &statements[index - 1], statement, &good);
        damage.unreadable.anywhere |= fragment;
        if damage.drafts.len() < MAX_PROBLEMS {
            let mut draft = wording::draft(text, statement);
            let repaired = draft.edit.take();
            let repaired =
                repaired.and_then(|first| whole::repaired(of, text, root, statement, &first));
            if let Some(Repaired {
                edit,
                field,
                of_list,
            }) = repaired
            {
                draft.edit = Some(edit);
                fields.extend((!of_list).then_some((damage.drafts.len(), field)));
            }
            damage.drafts.push(draft);
        }
    }
    whole::one_of_each(&mut damage.drafts, &fields);
    if errors.len() >= PARSER_STOPS_AFTER {
        damage.unreadable.anywhere = true;
        let at = At::Span(statements[errors.len() - 1].line.clone(), FieldPath::root());
        let message = text!(
            "格式错误已达{PARSER_STOPS_AFTER}处，其后的内容没有读取",
            "after {PARSER_STOPS_AFTER} syntax errors the rest of the file was not read"
        );
        let fix = text!(
            "先改正以上各处，再检查一次",
            "correct these first, then check again"
        );
        damage
            .drafts
            .push(Draft::new(file::syntax::RULE.id(), at, message).fix(fix));
    }
    damage
}

/// The byte order mark of a text has been taken off with its encoding; the parser would take off another one.
fn second_mark(text: &str) -> Option<Draft> {
    let mark = 0..text
        .starts_with('\u{feff}')
        .then_some('\u{feff}'.len_utf8())?;
    let message = Text::fixed(
        "文件开头有两个字节顺序标记（BOM）",
        "the file begins with two byte order marks",
    );
    let fix = Text::fixed(
        "删去一个：用记事本另存一次，编码选UTF-8",
        "keep one: save the file again as UTF-8",
    );
    let at = At::Span(mark.clone(), FieldPath::root());
    Some(
        Draft::new(file::syntax::RULE.id(), at, message)
            .label(Text::fixed("多余的标记", "one too many"))
            .fix(fix)
            .edit(mark, ""),
    )
}

/// Notes what one error hides.
fn mark(
    text: &str,
    statement: &Statement<'_>,
    next: usize,
    headers: &[(usize, FieldPath)],
    good: &[usize],
    damage: &mut Damage,
) {
    let unreadable = &mut damage.unreadable;
    if let ErrorKind::DuplicateKey { first } = statement.error.kind()
        && !statement.is_header
    {
        let key = text.get(statement.error.span().range());
        if key.is_none_or(may_decide) {
            let start = line_of(text, first.start as usize).start;
            damage.firsts.push(start..statement_end(text, start));
        }
        return;
    }
    if statement.is_header {
        unreadable.anywhere = true;
        let end = headers
            .iter()
            .map(|(start, _)| *start)
            .find(|start| *start > statement.line.start);
        damage
            .misplaced
            .push(statement.line.start..end.unwrap_or(text.len()));
        return;
    }
    let field = statement.field();
    if !field.0.is_empty() {
        unreadable.paths.push(field);
    }
    // A statement that swallowed others (an unclosed string, say) may have hidden records anywhere.
    let swallowed = text.get(statement.line.end..next).unwrap_or_default();
    unreadable.anywhere |= swallowed.lines().any(looks_like_statement);
    unreadable.anywhere |= swallows_the_rest(text, statement.error, good);
    joined(&text[statement.line.clone()], statement, unreadable);
}

/// Notes what a lost line break has put behind a statement: a further key of its table, or a header.
fn joined(line: &str, statement: &Statement<'_>, unreadable: &mut Unreadable) {
    let Some((_, rest)) = line.split_once('=') else {
        return;
    };
    if rest.contains('=') && !statement.table.0.is_empty() {
        unreadable.paths.push(statement.table.clone());
    }
    let header = |name| {
        let mut found = rest.match_indices(name);
        found
            .any(|(at, _)| rest[..at].ends_with('[') || rest[at..].starts_with(&format!("{name}]")))
    };
    unreadable.anywhere |= Plan::KEYS.iter().any(|name| header(*name));
}

/// Whether a string that is never closed holds what was meant as further statements. It may hold a line
/// that reads like its own, so the place where it begins is not looked for.
fn swallows_the_rest(text: &str, error: &Error, good: &[usize]) -> bool {
    let at_end = text[snap(text, error.span().start as usize)..]
        .trim()
        .is_empty();
    if !at_end || !matches!(error.kind(), ErrorKind::UnterminatedString(_)) {
        return false;
    }
    let read = good.last().map_or(0, |start| line_of(text, *start).end);
    let rest = &text[read..];
    let several_lines = rest.contains("\"\"\"") || rest.contains("'''");
    several_lines
        && rest
            .lines()
            .filter(|line| looks_like_statement(line))
            .count()
            > 1
}

/// A second error in what is left of the statement before it.
fn is_fragment(text: &str, before: &Statement<'_>, this: &Statement<'_>, good: &[usize]) -> bool {
    let between = before.line.end..this.line.start;
    let adjacent = !good.iter().any(|start| between.contains(start));
    adjacent && !looks_like_statement(&text[this.line.clone()])
}

/// Whether a line begins a table or a key.
fn looks_like_statement(line: &str) -> bool {
    let line = line.trim_start();
    let key = line.trim_start_matches(|c: char| {
        c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '"' | '\'')
    });
    line.starts_with(BRACKETS)
        || (key.len() < line.len() && key.trim_start().starts_with(['=', '＝']))
}

/// Opening brackets that people type for a header; TOML knows the first only.
const BRACKETS: [char; 4] = ['[', '［', '【', '〔'];

/// Their counterparts.
const CLOSING: [char; 4] = [']', '］', '】', '〕'];

/// Whether a line has a bracket that is not that of a value.
fn has_bracket(line: &str) -> bool {
    let before_value = line.split(['=', '＝', ':', '：']).next();
    let before_value = before_value.unwrap_or_default();
    before_value.contains(BRACKETS) || before_value.contains(CLOSING)
}

/// Whether a line has nothing but the name of a table: a header whose brackets were left out.
fn names_a_table(line: &str) -> bool {
    let line = line.split('#').next().unwrap_or_default().trim();
    Plan::KEYS.contains(&line.trim_end_matches(CLOSING))
}

fn statement<'t>(
    of: Of,
    text: &str,
    headers: &[(usize, FieldPath)],
    error: &'t Error,
) -> Statement<'t> {
    let mut at = snap(text, error.span().start as usize);
    // What was left open before a good header fails there.
    if headers.iter().any(|(start, _)| *start == at) {
        at = at.saturating_sub(1);
    }
    let header = headers.iter().rev().find(|(start, _)| *start <= at);
    let header_end = header.map_or(0, |(start, _)| line_of(text, *start).end);
    let own = line_of(text, at);
    let may_be_header = own.start >= header_end;
    let own_text = &text[own.clone()];
    let table = header.map_or_else(FieldPath::root, |(_, path)| path.clone());
    // The parser forgets the table after its first error, so only the key's name is taken from its path.
    let names = error
        .path()
        .map(|path| path.to_string())
        .unwrap_or_default();
    let (line, keys) = key_line(text, header_end, own.clone(), &names).unwrap_or((own, vec![]));
    Statement {
        error,
        // Within a list of several lines a bracket belongs to an element.
        is_header: may_be_header
            && (keys.is_empty() && has_bracket(own_text) || names_a_table(own_text)),
        line,
        keys,
        table,
        of,
    }
}

/// The line on which the statement around an error begins, and its key.
fn key_line(
    text: &str,
    from: usize,
    own: Range<usize>,
    names: &str,
) -> Option<(Range<usize>, Vec<Step>)> {
    let mut line = own;
    loop {
        let key: Vec<&str> = key_of(&text[line.clone()])?
            .split('.')
            .map(|part| part.trim().trim_matches(['"', '\'']))
            .collect();
        // A blank line has no key; `measure[0].text` has a nameless part before its dot.
        let known = |part: &&str| {
            let mut names = names.split(['.', '[', ']']);
            !part.is_empty() && names.any(|name| name == *part)
        };
        if key.last().is_some_and(known) {
            return Some((
                line,
                key.into_iter()
                    .map(|part| Step::from(part.to_owned()))
                    .collect(),
            ));
        }
        line = line_of(
            text,
            line.start.checked_sub(1).filter(|before| *before >= from)?,
        );
    }
}

/// The text before the equals sign of a line; empty where there is none, nothing for a header.
fn key_of(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let key = line
        .split(['=', '＝', ':', '：', ' ', '\t', '#'])
        .next()
        .unwrap_or_default();
    (!line.starts_with('[') || line.contains(',')).then_some(key)
}

/// The line around a byte, without its line break.
fn line_of(text: &str, at: usize) -> Range<usize> {
    let at = snap(text, at);
    let start = text[..at].rfind('\n').map_or(0, |before| before + 1);
    let end = text[at..].find('\n').map_or(text.len(), |after| at + after);
    start..start + text[start..end].trim_end_matches('\r').len()
}

fn snap(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Where the statement that begins on a line ends: before the next line that begins another.
fn statement_end(text: &str, start: usize) -> usize {
    let first = line_of(text, start).end;
    let mut end = first;
    for line in text[first..].split_inclusive('\n').skip(1) {
        if looks_like_statement(line) || line.trim_start().starts_with('#') {
            break;
        }
        end = first.max(end) + line.len();
    }
    end.min(text.len())
}

/// Every header with its path, in the order of the text.
pub(crate) fn headers(root: &Table<'_>) -> Vec<(usize, FieldPath)> {
    let mut found = Vec::new();
    collect_headers(root, &path![], &mut found);
    found.sort();
    found
}

fn collect_headers(table: &Table<'_>, path: &FieldPath, found: &mut Vec<(usize, FieldPath)>) {
    let tables = |item: &Item<'_>| matches!(item.value(), Value::Table(_) | Value::Array(_));
    for (key, item) in table.entries().iter().filter(|(_, item)| tables(item)) {
        let path = path.then(key.name.to_owned());
        each_table(item, &path, &mut |table, path| {
            if table.style() == TableStyle::Header {
                found.push((table.span().start as usize, path.clone()));
            }
            if table.style() != TableStyle::Inline {
                collect_headers(table, path, found);
            }
        });
    }
}

fn each_table(item: &Item<'_>, path: &FieldPath, visit: &mut dyn FnMut(&Table<'_>, &FieldPath)) {
    match item.value() {
        Value::Table(table) => visit(table, path),
        Value::Array(array) => {
            for (index, element) in array.iter().enumerate() {
                if let Some(table) = element.as_table() {
                    visit(table, &path.then(index));
                }
            }
        }
        _ => {}
    }
}

/// Where readable keys and headers begin, in the order of the text.
fn starts(root: &Table<'_>) -> Vec<usize> {
    let mut starts: Vec<usize> = headers(root).into_iter().map(|(start, _)| start).collect();
    collect_keys(root, &mut starts);
    starts.sort_unstable();
    starts
}

fn collect_keys(table: &Table<'_>, starts: &mut Vec<usize>) {
    for (key, item) in table.entries() {
        starts.push(key.span.start as usize);
        each_table(item, &FieldPath::root(), &mut |table, _| {
            collect_keys(table, starts)
        });
    }
}

#[cfg(test)]
mod tests {
    use toml_spanner::Arena;

    use super::*;
    use crate::campaign::BEIJING;
    use crate::load::{self, Loaded};

    const HEAD: &str = "[unit]\ncode = \"T01\"\nname = \"甲镇\"\n[plan]\n";

    /// What a plan file with these lines is read as.
    fn read<T>(lines: &str, then: impl FnOnce(&Loaded<'_>) -> T) -> T {
        let (text, arena) = (format!("{HEAD}{lines}\n"), Arena::new());
        then(&load::plan(&text, &arena, BEIJING))
    }

    #[test]
    fn only_what_may_hide_other_records_makes_everything_uncertain() {
        for (lines, anywhere) in [
            ("title = 方案", false),
            ("title = 方案 measure", false),
            ("title = 方案 [measure", true),
            ("title = 方案 measure]]", true),
            ("title = \"\"\"方案", false),
            ("title = \"\"\"方案\nfiled = 2022-03-28", true),
            ("filed = 2022-3-28\ntitle = \"方案", false),
        ] {
            let read = read(lines, |loaded| loaded.unreadable.anywhere);
            assert_eq!(read, anywhere, "{lines}");
        }
    }

    #[test]
    fn a_mistake_on_a_later_line_of_a_list_is_about_its_key() {
        let lines = "[[measure]]\ntext = \"夜学\"\nresponsible = [\n  \"甲办\"\n  \"乙办\"\n]";
        let lost = read(lines, |loaded| loaded.unreadable.paths.clone());
        assert_eq!(lost, [path!["measure", 0, "responsible"]]);
    }

    #[test]
    fn after_very_many_mistakes_it_is_told_that_no_more_was_read() {
        let last = |lines: usize| {
            let lines: Vec<String> = (0..lines).map(|n| format!("k{n} = 甲")).collect();
            read(&lines.join("\n"), |loaded| {
                let draft = &loaded.drafts[loaded.drafts.len() - 1];
                let line = match &draft.at {
                    At::Span(span, _) => span.clone(),
                    other => panic!("{other:?}"),
                };
                let text = format!("{HEAD}{}\n", lines.join("\n"));
                let anywhere = loaded.unreadable.anywhere;
                (
                    draft.message.zh().to_owned(),
                    text[line].to_owned(),
                    anywhere,
                )
            })
        };
        assert_eq!(
            last(PARSER_STOPS_AFTER + 5),
            (
                "格式错误已达25处，其后的内容没有读取".to_owned(),
                "k24 = 甲".to_owned(),
                true
            )
        );
        let (message, _, anywhere) = last(PARSER_STOPS_AFTER - 1);
        assert_eq!((&*message, anywhere), ("文字没有加引号", false));
    }

    #[test]
    fn of_two_broken_headers_of_one_table_neither_is_repaired() {
        let edits = |lines: &str| {
            read(lines, |loaded| {
                let edits = loaded.drafts.iter().filter_map(|draft| draft.edit.as_ref());
                edits.map(|edit| edit.text.clone()).collect::<Vec<_>>()
            })
        };
        assert_eq!(edits("【summary】\ntext = \"甲\""), ["[summary]"]);
        let twice = "【summary】\ndate = 2022-12-30\n【summary】\ntext = \"甲\"";
        assert_eq!(edits(twice), [""; 0]);
        let list = twice.replace("summary", "outcome");
        assert_eq!(edits(&list), ["[[outcome]]", "[[outcome]]"]);
    }

    #[test]
    fn a_place_within_a_character_is_where_it_begins() {
        let at = [0, 1, 2, 3, 5, 6, 99].map(|at| snap("甲镇", at));
        assert_eq!(at, [0, 0, 0, 3, 3, 6, 6]);
    }

    #[test]
    fn the_line_around_any_byte_is_found_though_it_be_in_the_midst_of_a_character() {
        let text = "甲镇\r\n乙\n";
        for at in 0..=6 {
            assert_eq!(&text[line_of(text, at)], "甲镇", "{at}");
        }
        for at in 8..=11 {
            assert_eq!(&text[line_of(text, at)], "乙", "{at}");
        }
        assert_eq!(&text[line_of(text, 99)], "");
    }
}
