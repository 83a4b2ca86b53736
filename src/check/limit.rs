//! How many findings are listed of one file. Beyond that it is not a plan any more, and each finding would carry its
//! lines of the file with it.

use crate::finding::{At, Draft, FieldPath, Severity};
use crate::load::too_many;

/// So many findings of one file are listed.
pub const MAX_FINDINGS: usize = 1000;

/// Keeps the gravest, and says how many there were more; `at` is the file. That is an error, so that the exit code
/// never hangs on what was left out.
pub(super) fn keep(drafts: &mut Vec<(Draft, Severity)>, at: impl FnOnce(FieldPath) -> At) {
    let more = drafts.len().saturating_sub(MAX_FINDINGS);
    if more == 0 {
        return;
    }
    drafts.sort_by_key(|(_, severity)| *severity);
    drafts.truncate(MAX_FINDINGS);
    let at = at(FieldPath::root());
    drafts.push((too_many(MAX_FINDINGS, more, at), Severity::Error));
}
