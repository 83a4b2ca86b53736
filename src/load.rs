//! From a text to a plan: one pass that forgives. Syntax errors and structural ones are collected with
//! their places, what can be read is kept, and a consequence of an error is not reported again.

use std::ops::Range;

use chrono::FixedOffset;
use toml_spanner::{Arena, Document, Error, ErrorKind, parse_recoverable};

use crate::campaign::{self, Campaign};
use crate::finding::{At, Draft};
use crate::ledger::{Reading, attendance_is_bad};
use crate::plan::Plan;
use crate::read::{FromItem, MAX_PROBLEMS, Reader, Unreadable};
use crate::rules::file;
use crate::syntax::{self, Of};
use crate::vocabulary::MeetingKind;
use crate::{path, text};

/// A plan file that was read, as far as it could be.
pub struct Loaded<'t> {
    /// The tree, for finding places.
    pub document: Document<'t>,
    /// What it says.
    pub plan: Plan<'t>,
    /// What in it cannot be read.
    pub unreadable: Unreadable,
    /// What is wrong with it.
    pub drafts: Vec<Draft>,
    /// First statements of deciding keys that stand twice.
    pub firsts: Vec<Range<usize>>,
    /// Text after a broken header, which was read into the wrong table.
    pub misplaced: Vec<Range<usize>>,
}

impl Loaded<'_> {
    /// One way to read its records.
    pub fn reading(&self) -> Reading<'_> {
        Reading {
            plan: &self.plan,
            unreadable: &self.unreadable,
        }
    }
}

/// Reads a plan.
pub fn plan<'t>(text: &'t str, arena: &'t Arena, offset: FixedOffset) -> Loaded<'t> {
    plan_in(text, parse(text, arena), offset)
}

/// Makes a tree of a text, whatever is wrong with it.
pub fn parse<'t>(text: &'t str, arena: &'t Arena) -> Document<'t> {
    parse_recoverable(text, arena)
}

/// Reads the plan in a tree of its text.
pub fn plan_in<'t>(text: &'t str, document: Document<'t>, offset: FixedOffset) -> Loaded<'t> {
    let damage = syntax::damage(Of::Plan, text, document.table(), document.errors());
    let mut reader = Reader::new(text, offset);
    reader.unreadable = damage.unreadable;
    reader.misplaced = damage.misplaced;
    reader.doubled = doubled(text, document.errors());
    let plan = Plan::from_item(document.table().as_item(), &mut reader).unwrap_or_default();
    attendance(&plan, &mut reader);
    let (unlisted, unreadable) = (reader.unlisted, reader.unreadable);
    let mut drafts = damage.drafts;
    drafts.append(&mut reader.drafts);
    if unlisted > 0 {
        drafts.push(too_many(MAX_PROBLEMS, unlisted, At::Plan(path![])));
    }
    let misplaced = reader.misplaced;
    Loaded {
        document,
        plan,
        unreadable,
        drafts,
        firsts: damage.firsts,
        misplaced,
    }
}

/// The keys that stand twice in their tables.
fn doubled<'t>(text: &'t str, errors: &[Error]) -> Vec<&'t str> {
    let twice = errors
        .iter()
        .filter(|error| matches!(error.kind(), ErrorKind::DuplicateKey { .. }));
    twice
        .filter_map(|error| text.get(error.span().range()))
        .map(|key| key.trim_matches(['"', '\'']))
        .collect()
}

/// The text without the first of each pair of statements: the other way to read a key that stands twice.
pub fn without(text: &str, firsts: &[Range<usize>]) -> String {
    let mut other = text.to_owned();
    let mut ranges = firsts.to_vec();
    ranges.sort_by_key(|range| std::cmp::Reverse(range.start));
    for range in ranges.into_iter().filter(|range| range.end <= text.len()) {
        let blank = " ".repeat(range.len());
        other.replace_range(range, &blank);
    }
    other
}

/// Numbers that contradict each other: nobody can say whether the meeting was valid.
fn attendance(plan: &Plan<'_>, reader: &mut Reader<'_>) {
    for (index, meeting) in plan
        .meeting
        .iter()
        .enumerate()
        .filter(|(_, meeting)| attendance_is_bad(meeting))
    {
        let present = meeting.present.unwrap_or(0);
        let expected = meeting.expected.unwrap_or(0);
        let field = if expected == 0 { "expected" } else { "present" };
        let message = match expected {
            0 => text!("应到人数为0", "nobody was expected to attend"),
            _ => text!(
                "实到{present}人多于应到{expected}人",
                "{present} attended, more than the {expected} expected"
            ),
        };
        let at = path!["meeting", index, field];
        if meeting.kind != Some(MeetingKind::OrganizationalLife) {
            reader.unreadable.lose(at.clone());
        }
        let fix = text!(
            "核对应到（expected）和实到（present）人数",
            "check expected and present"
        );
        reader
            .drafts
            .push(Draft::new(file::bad_value::RULE.id(), At::Plan(at), message).fix(fix));
    }
}

/// What is said of a file with more than so many problems.
pub fn too_many(limit: usize, unlisted: usize, at: At) -> Draft {
    let message = text!(
        "问题超过{limit}个，另有{unlisted}个未列出",
        "more than {limit} problems; {unlisted} more are not listed"
    );
    let fix = text!(
        "先改正已列出的，再检查一次",
        "correct those that are listed, then check again"
    );
    Draft::new(file::too_large::RULE.id(), at, message).fix(fix)
}

/// Reads a campaign from its tree; it can be used only if there are no drafts, and if it then proves right.
pub fn campaign(text: &str, document: &Document<'_>) -> (Campaign, Vec<Draft>) {
    let damage = syntax::damage(Of::Campaign, text, document.table(), document.errors());
    let mut reader = Reader::new(text, campaign::BEIJING);
    reader.unreadable = damage.unreadable;
    reader.misplaced = damage.misplaced;
    let campaign = Campaign::from_item(document.table().as_item(), &mut reader).unwrap_or_default();
    let mut drafts = damage.drafts;
    drafts.append(&mut reader.drafts);
    if reader.unlisted > 0 {
        drafts.push(too_many(
            MAX_PROBLEMS,
            reader.unlisted,
            At::Campaign(path![]),
        ));
    }
    (campaign, drafts)
}
