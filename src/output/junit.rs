//! Test results in the form of JUnit, which nearly every platform shows: a case for each plan file, and a suite of
//! its own for what no plan file can be blamed for, such as a unit that has not reported.
//!
//! A case fails by what makes the exit code 1; what is below that level stands in its output. A case has one
//! `failure` at most, with all that is to be said, since some readers take only the first.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write;

use super::{View, concise, place};
use crate::calendar;
use crate::escape::{plain, xml};
use crate::finding::Finding;
use crate::lang::Text;
use crate::text;

/// A case with its findings.
struct Case<'v> {
    name: String,
    findings: Vec<&'v Finding>,
}

/// Cases under one heading. The id is the same in every language, so that platforms follow a case from run to run.
struct Suite<'v> {
    id: &'static str,
    name: Text,
    cases: Vec<Case<'v>>,
}

pub(super) fn render(view: &View<'_>) -> String {
    let suites = [plans(view), roster(view)];
    let suites: Vec<Suite<'_>> = suites
        .into_iter()
        .filter(|suite| !suite.cases.is_empty())
        .collect();
    let cases = suites.iter().flat_map(|suite| &suite.cases);
    let (tests, failures) = (cases.clone().count(), failures(view, cases));
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let name = xml(&view.campaign.campaign.name);
    _ = writeln!(
        out,
        r#"<testsuites name="{name}" tests="{tests}" failures="{failures}" errors="0" time="0">"#
    );
    for suite in &suites {
        write_suite(&mut out, view, suite);
    }
    out.push_str("</testsuites>\n");
    out
}

/// Every plan file, whether something is wrong with it or not.
fn plans<'v>(view: &View<'v>) -> Suite<'v> {
    let mut of_file: HashMap<&str, Vec<&Finding>> = HashMap::new();
    for finding in &view.verdict.findings {
        let file = of_file.entry(&finding.place.file).or_default();
        file.push(finding);
    }
    let mut files: Vec<&str> = view.verdict.files.iter().map(|file| file.shown).collect();
    files.dedup();
    let case = |file| Case {
        name: place::relative(view, file).to_owned(),
        findings: of_file.remove(file).unwrap_or_default(),
    };
    Suite {
        id: "duban.plans",
        name: Text::fixed("方案文件", "plan files"),
        cases: files.into_iter().map(case).collect(),
    }
}

/// Units that something is said of at the roster or elsewhere in the campaign, and what concerns no unit.
fn roster<'v>(view: &View<'v>) -> Suite<'v> {
    let plans: HashSet<&str> = view.verdict.files.iter().map(|file| file.shown).collect();
    let names = view.campaign.unit.iter();
    let names: HashMap<&str, &str> = names.map(|unit| (&*unit.code, &*unit.name)).collect();
    let mut cases: BTreeMap<String, Vec<&Finding>> = BTreeMap::new();
    let elsewhere = |finding: &&Finding| !plans.contains(&*finding.place.file);
    for finding in view.verdict.findings.iter().filter(elsewhere) {
        let name = match finding.unit.as_deref() {
            Some(code) => match names.get(code) {
                Some(name) => plain(&format!("{code} {name}")).into_owned(),
                None => plain(code).into_owned(),
            },
            None => place::relative(view, &finding.place.file).to_owned(),
        };
        cases.entry(name).or_default().push(finding);
    }
    let cases = cases.into_iter();
    Suite {
        id: "duban.roster",
        name: Text::fixed("花名册和活动文件", "roster and campaign"),
        cases: cases
            .map(|(name, findings)| Case { name, findings })
            .collect(),
    }
}

fn failures<'c, 'v: 'c>(view: &View<'_>, cases: impl Iterator<Item = &'c Case<'v>>) -> usize {
    let failed = |case: &&Case<'_>| case.findings.iter().any(|finding| fails(view, finding));
    cases.filter(failed).count()
}

fn fails(view: &View<'_>, finding: &Finding) -> bool {
    finding.severity <= view.fail_on
}

fn write_suite(out: &mut String, view: &View<'_>, suite: &Suite<'_>) {
    let name = xml(suite.name.get(view.lang));
    let (tests, failures) = (suite.cases.len(), failures(view, suite.cases.iter()));
    let as_of = calendar::iso(view.verdict.ledger.as_of.date);
    _ = writeln!(
        out,
        r#"  <testsuite name="{name}" tests="{tests}" failures="{failures}" errors="0" skipped="0" time="0">
    <properties>
      <property name="duban" value="{version}"/>
      <property name="as-of" value="{as_of}"/>
    </properties>"#,
        version = env!("CARGO_PKG_VERSION"),
    );
    for case in &suite.cases {
        write_case(out, view, suite.id, case);
    }
    out.push_str("  </testsuite>\n");
}

fn write_case(out: &mut String, view: &View<'_>, class: &str, case: &Case<'_>) {
    let findings = case.findings.iter().copied();
    let (failing, others): (Vec<&Finding>, Vec<&Finding>) =
        findings.partition(|finding| fails(view, finding));
    let name = xml(&case.name);
    _ = write!(
        out,
        r#"    <testcase classname="{class}" name="{name}" time="0""#
    );
    if failing.is_empty() && others.is_empty() {
        out.push_str("/>\n");
        return;
    }
    out.push_str(">\n");
    if let Some(first) = failing.first() {
        let (message, kind) = (message(view, first, failing.len()), first.rule.to_string());
        let (message, kind, lines) = (xml(&message), xml(&kind), lines(view, &failing));
        _ = writeln!(
            out,
            r#"      <failure type="{kind}" message="{message}">{lines}</failure>"#
        );
    }
    if !others.is_empty() {
        let lines = lines(view, &others);
        _ = writeln!(out, "      <system-out>{lines}</system-out>");
    }
    out.push_str("    </testcase>\n");
}

/// The first failure in words, and how many more there are.
fn message(view: &View<'_>, first: &Finding, failures: usize) -> String {
    let message = plain(first.message.get(view.lang)).into_owned();
    let n = failures - 1;
    if n == 0 {
        return message;
    }
    let more = text!("（另有{n}个问题）", " (and {n} more)");
    format!("{message}{}", more.get(view.lang))
}

/// The findings one a line. The lines' own breaks are kept as they are, for people who read the file.
fn lines(view: &View<'_>, findings: &[&Finding]) -> String {
    let line = |finding: &&Finding| concise::line(finding, view.lang);
    let lines: String = findings.iter().map(line).collect();
    let escaped: Vec<_> = lines.trim_end().split('\n').map(xml).collect();
    escaped.join("\n")
}
