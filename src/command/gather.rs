//! What a command works on: the paths, the campaign that belongs to them, and the day.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Failure, progress, target, write};
use crate::book::{Book, BookText};
use crate::calendar::AsOf;
use crate::campaign::{self, Campaign};
use crate::check::{Keep, Run, Verdict};
use crate::cli::Common;
use crate::discover::{Found, STDIN, discover, shown};
use crate::lang::Text;
use crate::levels::{Choice, UnknownWord};
use crate::output;
use crate::source::{self, Refusal};
use crate::text;

/// A campaign's text and where it comes from.
pub(super) struct RuleBook {
    /// The name in findings.
    pub name: Arc<str>,
    /// Its text.
    pub text: String,
    /// Its folder; none for the built-in campaign.
    pub folder: Option<PathBuf>,
    /// Where it is; none for the built-in campaign.
    pub path: Option<PathBuf>,
    /// Whether `--campaign` names it.
    named: bool,
}

/// The paths to check: those given, else `plans` if it is a folder, else this folder.
fn paths(given: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
    if given.is_empty() {
        let plans = PathBuf::from("plans");
        return Ok(vec![if plans.is_dir() {
            plans
        } else {
            PathBuf::from(".")
        }]);
    }
    for path in given.iter().filter(|path| path.as_os_str() != STDIN) {
        let name = shown(path);
        if let Err(error) = path.metadata() {
            let exists = path.symlink_metadata().is_ok();
            let why = source::why(&error);
            return Err(match exists {
                false => Failure::error(
                    text!("没有“{name}”这个路径", "there is no path “{name}”"),
                    Text::fixed(
                        "核对路径；不写路径则检查plans文件夹",
                        "check the path; without one, the folder plans is checked",
                    ),
                ),
                true => Failure::error(
                    text!(
                        "“{name}”打不开：{zh}",
                        "“{name}” cannot be opened: {en}",
                        zh = why.zh(),
                        en = why.en()
                    ),
                    Text::fixed("检查权限和链接", "check its permissions and links"),
                ),
            });
        }
    }
    Ok(given.to_vec())
}

/// Gathers, checks, and hands the verdict on; gives the exit code. The ledger holds of the units
/// what is to be kept.
pub(super) fn judged(
    common: &Common,
    given: &[PathBuf],
    choice: &Choice,
    outputs: &[&Path],
    keep: Keep,
    then: impl FnOnce(&Campaign, &Verdict) -> anyhow::Result<u8>,
) -> anyhow::Result<u8> {
    prepared(common, given, choice, outputs, |job| {
        let Job { run, found, .. } = job;
        let run = run.keeping(keep).sparing(outputs);
        let files = progress::Work::of_plans(&found);
        let verdict = files.watched(common, |done| run.telling(done).check(found));
        if let Some(evidence) = verdict.evidence.first() {
            return Err(target::is_evidence(evidence, outputs));
        }
        let code = then(job.campaign, &verdict);
        // The process ends here: freeing a hundred thousand rows one by one would only cost time.
        std::mem::forget(verdict);
        code
    })
}

/// What a command has been given to work on.
pub(super) struct Job<'j> {
    pub campaign: &'j Campaign,
    pub run: Run<'j>,
    pub paths: &'j [PathBuf],
    pub found: Found,
}

/// Gathers, and hands on what has been gathered; gives the exit code. With a wrong rule book nothing can be
/// done: its findings are shown, and that is all. Nothing that is read may be among the outputs.
pub(super) fn prepared(
    common: &Common,
    given: &[PathBuf],
    choice: &Choice,
    outputs: &[&Path],
    then: impl FnOnce(Job<'_>) -> anyhow::Result<u8>,
) -> anyhow::Result<u8> {
    let paths = paths(given)?;
    let found = discover(&paths);
    let rule_book = rule_book(common, &paths, &found)?;
    target::spare(outputs, rule_book.path.as_deref(), &found.inputs)?;
    let (text, campaign) = BookText::read(rule_book.name.clone(), &rule_book.text);
    let campaign = match campaign {
        Ok(campaign) => campaign,
        Err(findings) => {
            write::stderr(&output::campaign_errors(&findings, common.lang));
            return Ok(2);
        }
    };
    if let Some(UnknownWord { word, near }) = choice.unknown(&campaign) {
        return Err(no_rule(&word, near.as_deref()));
    }
    let whole_roster = rule_book.whole_roster(&paths);
    something(&found, &campaign, whole_roster, &paths)?;
    let as_of = as_of(common, &campaign)?;
    let book = Book::new(&text, &campaign).in_folder(rule_book.folder.as_deref());
    then(Job {
        campaign: &campaign,
        run: Run::new(&book, choice, as_of, whole_roster),
        paths: &paths,
        found,
    })
}

/// Reads the campaign of a folder, the one named or the nearest upward, and hands it on with its folder; gives the
/// exit code. The built-in one will not do: it has no roster.
pub(super) fn rostered(
    common: &Common,
    start: &Path,
    then: impl FnOnce(&Campaign, &Path) -> anyhow::Result<u8>,
) -> anyhow::Result<u8> {
    let named = common.campaign.as_deref();
    let Some(path) = named.map(Path::to_owned).or_else(|| upward(start)) else {
        let name = shown(start);
        return Err(Failure::error(
            text!(
                "“{name}”及其上级文件夹里没有campaign.toml",
                "there is no campaign.toml in “{name}” or above it"
            ),
            Text::fixed(
                "用--campaign指明活动文件；还没有的，用duban init新建",
                "name the campaign file with --campaign; duban init makes one",
            ),
        ));
    };
    let rule_book = read(&path, named.is_some())?;
    let (_, campaign) = BookText::read(rule_book.name.clone(), &rule_book.text);
    match campaign {
        Ok(campaign) => then(&campaign, rule_book.folder.as_deref().unwrap_or(start)),
        Err(findings) => {
            write::stderr(&output::campaign_errors(&findings, common.lang));
            Ok(2)
        }
    }
}

/// A word of the command line that names no rule.
pub(super) fn no_rule(word: &str, near: Option<&str>) -> anyhow::Error {
    let hint = match near {
        Some(near) => text!(
            "是否为“{near}”？全部规则见duban explain",
            "did you mean “{near}”? duban explain lists all rules"
        ),
        None => Text::fixed("全部规则见duban explain", "duban explain lists all rules"),
    };
    let message = text!(
        "没有“{word}”这条规则或这一类",
        "there is no rule or family “{word}”"
    );
    Failure::error(message, hint)
}

/// The campaign that belongs to the folder at hand: the one named, else the one that a check would find.
pub(super) fn rule_book_here(common: &Common) -> anyhow::Result<RuleBook> {
    rule_book(common, &paths(&[])?, &Found::default())
}

/// The one campaign of a run: the one named, else the one in or above the paths, else the built-in one.
fn rule_book(common: &Common, paths: &[PathBuf], found: &Found) -> anyhow::Result<RuleBook> {
    if let Some(path) = &common.campaign {
        let real = path.canonicalize().ok();
        let other = |path: &&PathBuf| is_rule_book(path) && path.canonicalize().ok() != real;
        return match paths.iter().find(other) {
            Some(other) => Err(two_books(path, other)),
            None => read(path, true),
        };
    }
    let mut books: BTreeMap<PathBuf, PathBuf> = BTreeMap::new();
    let above = paths.iter().filter_map(|path| upward(path));
    for book in above.chain(found.campaigns.iter().cloned()) {
        let real = book.canonicalize().unwrap_or_else(|_| book.clone());
        books.entry(real).or_insert(book);
    }
    let mut books = books.into_values();
    match (books.next(), books.next()) {
        (None, _) => Ok(RuleBook {
            name: campaign::BUILT_IN_NAME.into(),
            text: campaign::BUILT_IN.to_owned(),
            folder: None,
            path: None,
            named: false,
        }),
        (Some(book), None) => read(&book, false),
        (Some(one), Some(other)) => Err(two_books(&one, &other)),
    }
}

/// Whether a path of the command line is a rule book: it is checked by itself, with no plan of any unit.
fn is_rule_book(path: &Path) -> bool {
    path.is_file()
        && path
            .file_name()
            .is_some_and(|name| name == campaign::FILE_NAME)
}

fn two_books(one: &Path, other: &Path) -> anyhow::Error {
    let (one, other) = (shown(one), shown(other));
    Failure::error(
        text!(
            "一次只能检查一个活动，却有{one}和{other}两个",
            "one run has one campaign, but here are {one} and {other}"
        ),
        Text::fixed(
            "分别检查各自的文件夹，或用--campaign指定一个",
            "check their folders one by one, or choose one with --campaign",
        ),
    )
}

fn read(path: &Path, named: bool) -> anyhow::Result<RuleBook> {
    let name = shown(path);
    let refused = |refusal: Refusal| {
        let why = refusal.why();
        Failure::error(
            text!(
                "活动文件“{name}”读不了：{zh}",
                "the campaign file “{name}” cannot be read: {en}",
                zh = why.zh(),
                en = why.en()
            ),
            Text::fixed(
                "核对--campaign的路径、文件权限和编码（UTF-8）",
                "check the path, the permissions and the encoding (UTF-8)",
            ),
        )
    };
    let text = source::read_campaign(path).map_err(|refusal| match refusal {
        Refusal::Io(error) if error.kind() == ErrorKind::NotFound => Failure::error(
            text!("没有“{name}”这个文件", "there is no file “{name}”"),
            Text::fixed(
                "核对--campaign后面的路径",
                "check the path after --campaign",
            ),
        ),
        refusal => refused(refusal),
    })?;
    let folder = path.parent().map(|folder| {
        if folder.as_os_str().is_empty() {
            Path::new(".")
        } else {
            folder
        }
    });
    Ok(RuleBook {
        name,
        text,
        folder: folder.map(Path::to_owned),
        path: Some(path.to_owned()),
        named,
    })
}

/// The campaign file in a folder or the nearest one above it.
fn upward(path: &Path) -> Option<PathBuf> {
    let start = if path.as_os_str() == STDIN {
        Path::new(".")
    } else {
        path
    };
    let folder = if start.is_dir() {
        start
    } else {
        start.parent()?
    };
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    let own = folder.join(campaign::FILE_NAME);
    if own.is_file() {
        return Some(own);
    }
    let here = std::env::current_dir().ok()?;
    let real = folder.canonicalize().ok()?;
    let book = real
        .ancestors()
        .skip(1)
        .map(|folder| folder.join(campaign::FILE_NAME))
        .find(|book| book.is_file())?;
    let near = here
        .canonicalize()
        .ok()
        .and_then(|here| book.strip_prefix(here).map(Path::to_owned).ok());
    Some(near.unwrap_or(book))
}

impl RuleBook {
    /// Whether the whole roster is judged: a path is the campaign's folder or one above it, or a folder
    /// with `--campaign`.
    fn whole_roster(&self, paths: &[PathBuf]) -> bool {
        let folders = || paths.iter().filter(|path| path.is_dir());
        if self.named {
            return folders().next().is_some();
        }
        let Some(book) = self
            .folder
            .as_ref()
            .and_then(|folder| folder.canonicalize().ok())
        else {
            return false;
        };
        folders()
            .filter_map(|folder| folder.canonicalize().ok())
            .any(|folder| book.starts_with(folder))
    }
}

/// Complains when there is nothing to judge.
fn something(
    found: &Found,
    campaign: &Campaign,
    whole_roster: bool,
    paths: &[PathBuf],
) -> anyhow::Result<()> {
    if !found.inputs.is_empty()
        || !found.refused.is_empty()
        || (whole_roster && !campaign.unit.is_empty())
        || paths.iter().any(|path| is_rule_book(path))
    {
        return Ok(());
    }
    let names = paths
        .iter()
        .map(|path| shown(path).to_string())
        .collect::<Vec<_>>()
        .join("、");
    let skipped = found.skipped.len();
    let message = match skipped {
        0 => text!(
            "“{names}”中没有方案文件（.toml）",
            "there is no plan file (.toml) in “{names}”"
        ),
        _ => text!(
            "“{names}”中没有方案文件（.toml），只有{skipped}个不作方案的文件",
            "there is no plan file (.toml) in “{names}”, only {skipped} files that are no plans"
        ),
    };
    let hint = Text::fixed(
        "把各单位的方案文件放进文件夹，每个单位一个.toml文件；有花名册的，连同campaign.toml一起放",
        "put the units' plan files into the folder, one .toml file a unit, and campaign.toml if there is a roster",
    );
    Err(Failure::error(message, hint))
}

/// The day that everything is judged by.
pub(super) fn as_of(common: &Common, campaign: &Campaign) -> anyhow::Result<AsOf> {
    let offset = campaign.offset();
    let Some(wish) = &common.as_of else {
        return Ok(AsOf::today(offset));
    };
    AsOf::parse(wish, offset).ok_or_else(|| {
        Failure::error(
            text!("截至日期“{wish}”不能识别", "“{wish}” is not a date"),
            Text::fixed(
                "写成2022-04-01、20220401、2022年4月1日或today",
                "write it as 2022-04-01, 20220401 or today",
            ),
        )
    })
}
