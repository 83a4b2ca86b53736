//! Small campaign folders for the tests: written to a temporary folder and checked as the program checks
//! them, from `discover` to the verdict.

// Every test file uses a part of this.
#![allow(dead_code)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use duban::book::{Book, BookText};
use duban::calendar::{self, AsOf, Date};
use duban::campaign::{self, Campaign};
use duban::check::{Keep, Run, Verdict};
use duban::discover::discover;
use duban::finding::{Finding, Severity};
use duban::lang::Lang;
use duban::ledger::{Cell, Remark, Row, Status};
use duban::levels::Choice;
use duban::output::{self, Format, View};
use duban::rules;
use tempfile::TempDir;

/// The columns of [`CAMPAIGN`].
pub const PLAN: usize = 0;
pub const MEETINGS: usize = 1;
pub const OUTCOMES: usize = 2;

/// The campaign of 2022 without a roster.
pub const CAMPAIGN: &str = r#"
[campaign]
name = "能力作风优化年"
start = 2022-03-15
end = 2022-12-31

[[milestone]]
id = "plan"
name = "实施方案"
due = 2022-03-31
requires = { kind = "plan", basis = "filed" }

[[milestone]]
id = "life-meetings"
name = "生活会"
due = 2022-10-31
requires = { kind = "meetings", of = ["民主生活会", "组织生活会"] }

[[milestone]]
id = "outcomes"
name = "制度办法"
due = 2022-12-31
requires = { kind = "outcomes", at_least = 1 }
"#;

/// One township with a 党委, which owes everything.
pub const JIA: &str =
    "\n[[unit]]\ncode = \"01\"\nname = \"甲镇\"\ncategory = \"乡镇\"\nbody = \"党委\"\n";

/// Two of them.
pub fn jia_and_yi() -> String {
    format!(
        "{JIA}{}",
        unit("02", "乙镇", "category = \"乡镇\"\nbody = \"党委\"")
    )
}

/// A line of the roster.
pub fn unit(code: &str, name: &str, more: &str) -> String {
    format!("\n[[unit]]\ncode = \"{code}\"\nname = \"{name}\"\n{more}\n")
}

/// A plan file of a unit.
pub fn plan_of(code: &str, name: &str, records: &str) -> String {
    format!("[unit]\ncode = \"{code}\"\nname = \"{name}\"\n{records}")
}

/// 甲镇's plan file.
pub fn jia(records: &str) -> String {
    plan_of("01", "甲镇", records)
}

/// The table of a plan that was filed.
pub fn filed(date: &str) -> String {
    format!("\n[plan]\nfiled = {date}\n")
}

/// A 民主生活会.
pub fn democratic(held: &str, more: &str) -> String {
    meeting("民主生活会", held, more)
}

/// A 组织生活会.
pub fn organizational(held: &str, more: &str) -> String {
    meeting("组织生活会", held, more)
}

fn meeting(kind: &str, held: &str, more: &str) -> String {
    format!("\n[[meeting]]\nkind = \"{kind}\"\nheld = {held}\n{more}\n")
}

/// Both life meetings, on one day.
pub fn both(held: &str) -> String {
    format!("{}{}", democratic(held, ""), organizational(held, ""))
}

/// A 制度办法.
pub fn document(adopted: &str, more: &str) -> String {
    format!("\n[[outcome]]\ntitle = \"甲镇干部夜学制度\"\nadopted = {adopted}\n{more}\n")
}

/// A day.
pub fn day(written: &str) -> Date {
    calendar::read(written).expect("a date")
}

/// A day that the user names, not the clock.
pub fn as_of(written: &str) -> AsOf {
    AsOf::on(day(written))
}

/// A campaign folder; it goes away with the value.
pub struct Folder {
    dir: TempDir,
}

impl Folder {
    /// A folder with [`CAMPAIGN`] and what is added to it, roster first.
    pub fn new(more: &str) -> Folder {
        Folder::with_campaign(&format!("{CAMPAIGN}{more}"))
    }

    /// A folder with a campaign of its own.
    pub fn with_campaign(text: &str) -> Folder {
        let folder = Folder::without_campaign();
        folder.file(campaign::FILE_NAME, text)
    }

    /// A folder of plans only.
    pub fn without_campaign() -> Folder {
        Folder {
            dir: TempDir::new().expect("a temporary folder"),
        }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    /// Adds a file.
    pub fn file(self, name: &str, text: &str) -> Folder {
        self.bytes(name, text.as_bytes())
    }

    /// Adds a file that need not be UTF-8.
    pub fn bytes(self, name: &str, bytes: &[u8]) -> Folder {
        self.put(name, bytes);
        self
    }

    /// Writes a file into the folder as it stands.
    pub fn put(&self, name: &str, bytes: &[u8]) {
        fs::write(self.path().join(name), bytes).expect("the file is written");
    }

    /// Takes a file away.
    pub fn remove(&self, name: &str) {
        fs::remove_file(self.path().join(name)).expect("the file is there");
    }

    /// Checks the whole roster as of a named day.
    pub fn check(&self, date: &str) -> Verdict {
        self.check_as_of(as_of(date))
    }

    /// Checks the whole roster as of a day.
    pub fn check_as_of(&self, as_of: AsOf) -> Verdict {
        self.run(&[self.path().to_owned()], as_of, true, |verdict, _| verdict)
    }

    /// Checks the whole roster as of a named day, for a ledger that holds so much.
    pub fn check_keeping(&self, keep: Keep, date: &str) -> Verdict {
        let paths = [self.path().to_owned()];
        self.run_keeping(keep, &paths, as_of(date), true, |verdict, _| verdict)
    }

    /// Checks only the files named.
    pub fn check_files(&self, names: &[&str], date: &str) -> Verdict {
        let paths: Vec<PathBuf> = names.iter().map(|name| self.path().join(name)).collect();
        self.run(&paths, as_of(date), false, |verdict, _| verdict)
    }

    /// The output of a check of the whole roster in a format.
    pub fn rendered(&self, format: Format, lang: Lang, date: &str) -> String {
        self.shown(date, lang, |view| output::render(format, view))
    }

    /// The summary of a check of the whole roster, in Chinese.
    pub fn summary(&self, date: &str) -> String {
        self.shown(date, Lang::Zh, output::summary)
    }

    fn shown(&self, date: &str, lang: Lang, show: impl Fn(&View<'_>) -> String) -> String {
        let paths = [self.path().to_owned()];
        self.run(&paths, as_of(date), true, |verdict, campaign| {
            show(&View::new(&verdict, campaign, lang))
        })
    }

    /// What is wrong with the campaign; empty when it can be used.
    pub fn campaign_errors(&self) -> Vec<Finding> {
        let text = self.campaign_text();
        let (_, campaign) = BookText::read(campaign::FILE_NAME.into(), &text);
        campaign.err().unwrap_or_default()
    }

    fn campaign_text(&self) -> String {
        let path = self.path().join(campaign::FILE_NAME);
        match path.is_file() {
            true => fs::read_to_string(path).expect("the campaign is text"),
            false => campaign::BUILT_IN.to_owned(),
        }
    }

    fn run<T>(
        &self,
        paths: &[PathBuf],
        as_of: AsOf,
        whole_roster: bool,
        then: impl FnOnce(Verdict, &Campaign) -> T,
    ) -> T {
        self.run_keeping(Keep::People, paths, as_of, whole_roster, then)
    }

    fn run_keeping<T>(
        &self,
        keep: Keep,
        paths: &[PathBuf],
        as_of: AsOf,
        whole_roster: bool,
        then: impl FnOnce(Verdict, &Campaign) -> T,
    ) -> T {
        let text = self.campaign_text();
        let (book_text, campaign) = BookText::read(campaign::FILE_NAME.into(), &text);
        let campaign = campaign.expect("the campaign can be used");
        let book = Book::new(&book_text, &campaign);
        let run = Run::new(&book, &Choice::default(), as_of, whole_roster).keeping(keep);
        then(run.check(discover(paths)), &campaign)
    }
}

/// A unit's line in the ledger.
pub fn row<'v>(verdict: &'v Verdict, code: &str) -> &'v Row {
    let rows = &verdict.ledger.rows;
    let row = rows.iter().find(|row| &*row.code == code);
    row.unwrap_or_else(|| panic!("{code} is in the ledger"))
}

/// A cell of the ledger.
pub fn cell<'v>(verdict: &'v Verdict, code: &str, milestone: usize) -> &'v Cell {
    &row(verdict, code).cells[milestone]
}

/// Holds a cell against a status and its days.
#[track_caller]
pub fn expect(verdict: &Verdict, code: &str, milestone: usize, status: Status, days: i64) {
    let cell = cell(verdict, code, milestone);
    assert_eq!((cell.status, cell.days), (status, days), "{code}: {cell:?}");
}

/// The verdict on 甲镇 alone, when its file says this.
pub fn verdict_of(records: &str, date: &str) -> Verdict {
    Folder::new(JIA).file("01.toml", &jia(records)).check(date)
}

/// 甲镇's status at a milestone, with its days, when its file says this.
pub fn status_of(milestone: usize, records: &str, date: &str) -> (Status, i64) {
    let verdict = verdict_of(records, date);
    let cell = cell(&verdict, "01", milestone);
    (cell.status, cell.days)
}

/// The reasons given for a cell.
pub fn remarks<'v>(verdict: &'v Verdict, code: &str, milestone: usize) -> &'v [Remark] {
    cell(verdict, code, milestone).remarks()
}

/// The findings of a rule.
pub fn findings<'v>(verdict: &'v Verdict, rule: &str) -> Vec<&'v Finding> {
    let named = |finding: &&Finding| finding.rule.name == rule;
    verdict.findings.iter().filter(named).collect()
}

/// The only finding of a rule.
#[track_caller]
pub fn only<'v>(verdict: &'v Verdict, rule: &str) -> &'v Finding {
    let found = findings(verdict, rule);
    assert_eq!(found.len(), 1, "{rule} in {:#?}", names(verdict));
    found[0]
}

/// The names of the rules that spoke, in the order of the findings.
pub fn names(verdict: &Verdict) -> Vec<String> {
    let name = |finding: &Finding| finding.rule.name.to_string();
    verdict.findings.iter().map(name).collect()
}

/// The names of the rules that speak of deadlines and of missing plans.
pub fn deadline_names(verdict: &Verdict) -> Vec<String> {
    let about = ["deadline", "roster"];
    let found = verdict.findings.iter();
    let name = |finding: &Finding| finding.rule.name.to_string();
    found
        .filter(|finding| about.contains(&finding.rule.family))
        .filter(|finding| finding.severity != Severity::Note)
        .map(name)
        .collect()
}

/// Whether the program has a rule of this name.
pub fn has_rule(name: &str) -> bool {
    rules::find(name).is_some()
}

/// Runs the program, which must exit with a code, and gives what it said on both outputs.
#[track_caller]
pub fn said(folder: &Path, lang: &str, code: i32, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_duban"))
        .args(arguments)
        .current_dir(folder)
        .env("DUBAN_LANG", lang)
        .output()
        .expect("the program runs");
    let all = String::from_utf8([output.stdout, output.stderr].concat()).expect("it says text");
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {all}");
    all
}

/// A folder with the roster of the sample campaign and no plan file.
pub fn rostered() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let roster = Path::new(env!("CARGO_MANIFEST_DIR")).join("plans/campaign.toml");
    fs::copy(roster, folder.path().join("campaign.toml")).expect("the sample campaign");
    folder
}
