//! Where findings are, for programs that go there: names of files and what stays the same from run to run.

use std::collections::HashMap;

use super::View;

/// A file's name from the folder at hand, without `./` in front: platforms compare it with the names in the
/// repository. A file outside of that folder keeps its name.
pub(super) fn relative<'f>(view: &View<'_>, file: &'f str) -> &'f str {
    let inside = |folder: &str| file.strip_prefix(folder)?.strip_prefix('/');
    let mut file = match view.folder.trim_end_matches('/') {
        "" => file,
        folder => inside(folder).unwrap_or(file),
    };
    while let Some(rest) = file.strip_prefix("./") {
        file = rest.trim_start_matches('/');
    }
    file
}

/// Rule, unit and field of every finding, which stay the same when lines move; so tools can compare two runs.
/// Where several findings have all three in common, the second has `#2` after it, and so on.
pub(super) fn fingerprints(view: &View<'_>) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let findings = view.verdict.findings.iter();
    let fingerprint = findings.map(|finding| {
        let file = relative(view, &finding.place.file);
        let unit = finding.unit.as_deref().unwrap_or(file);
        let key = format!("{}/{unit}/{}", finding.rule.code, finding.place.field);
        let times = seen.entry(key.clone()).or_default();
        *times += 1;
        match times {
            1 => key,
            times => format!("{key}#{times}"),
        }
    });
    fingerprint.collect()
}
