//! `duban fix`: repair what can be repaired with certainty, or show it. A file is written whole or not at all,
//! and one that cannot be written keeps nobody from repairing the others.

use std::fs::{self, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::gather::Job;
use super::{Failure, check, gather, progress, write};
use crate::check::{Repair, Run};
use crate::cli::{Common, FixArgs};
use crate::discover::{Input, STDIN};
use crate::escape::plain;
use crate::fix;
use crate::lang::{Lang, Text, count};
use crate::rules::file;
use crate::{source, text};

/// Runs the command.
pub(super) fn run(common: &Common, args: &FixArgs) -> anyhow::Result<u8> {
    if args.paths.iter().any(|path| path.as_os_str() == STDIN) {
        return Err(Failure::error(
            Text::fixed("标准输入不能改正", "standard input cannot be repaired"),
            Text::fixed("写明文件或文件夹", "name files or folders"),
        ));
    }
    let choice = check::choice(&args.select, &args.ignore);
    gather::prepared(common, &args.paths, &choice, &[], |job| {
        let Job {
            run, paths, found, ..
        } = job;
        let run = run.for_repairs();
        let roots: Vec<PathBuf> = paths
            .iter()
            .filter_map(|path| path.canonicalize().ok())
            .collect();
        let files = progress::Work::of_plans(&found);
        let outcomes: Vec<Outcome> = files.watched(common, |done| {
            let one = |number| {
                let input = found.inputs.at(number);
                let outcome = Outcome::of(&run, input, &roots, args.diff, common.lang);
                done();
                outcome
            };
            (0..found.inputs.len()).into_par_iter().map(one).collect()
        });
        let unlisted = found.refused.iter().map(|(path, why)| {
            let message = text!(
                "文件夹读不了：{zh}",
                "the folder cannot be read: {en}",
                zh = why.zh(),
                en = why.en()
            );
            let fix = Text::fixed("检查权限", "check its permissions");
            Outcome::refused(left_alone(path, &message, &fix, common.lang))
        });
        tell(
            common,
            args.diff,
            outcomes.into_iter().chain(unlisted).collect(),
        )
    })
}

/// What became of one file; small, since there may be many.
#[derive(Default)]
struct Outcome {
    /// What is shown of it.
    shown: String,
    /// Why it was left alone.
    refusal: String,
    repairs: usize,
    /// What is written wrong and must be put right by hand.
    left: usize,
}

impl Outcome {
    fn refused(refusal: String) -> Outcome {
        Outcome {
            refusal,
            left: 1,
            ..Outcome::default()
        }
    }

    fn of(
        run: &Run<'_>,
        input: Input<'_>,
        roots: &[PathBuf],
        only_show: bool,
        lang: Lang,
    ) -> Outcome {
        let name = input.shown;
        let refuse =
            |message: &Text, fix: &Text| Outcome::refused(left_alone(name, message, fix, lang));
        let repair = match run.repair(input) {
            Ok(repair) => repair,
            Err(draft) => return refuse(&draft.message, &draft.fix),
        };
        if repair.repaired.too_many {
            let message = Text::fixed(
                "要改的太多，不像方案文件",
                "there is too much to repair for a plan file",
            );
            return refuse(&message, &Text::fixed("核对文件", "look at the file"));
        }
        let of_file = |rule: &str| rule == file::FAMILY.name;
        let left = repair
            .repaired
            .left
            .iter()
            .filter(|finding| of_file(finding.rule.family));
        let (repairs, left) = (repair.count(), left.count());
        let mut shown = String::new();
        if repairs > 0 {
            match (only_show, input.path()) {
                (true, _) => shown = changes(name, &repair, lang),
                (false, Some(path)) => {
                    if let Err((message, fix)) = replace(path, &repair, roots) {
                        return refuse(&message, &fix);
                    }
                    shown = repaired(name, repairs, lang);
                }
                (false, None) => {}
            }
        }
        Outcome {
            shown,
            repairs,
            left,
            refusal: String::new(),
        }
    }
}

fn left_alone(name: &str, message: &Text, fix: &Text, lang: Lang) -> String {
    let line = text!(
        "没有改{name}：{zh}（{zh_fix}）\n",
        "left {name} alone: {en} ({en_fix})\n",
        zh = message.zh(),
        en = message.en(),
        zh_fix = fix.zh(),
        en_fix = fix.en(),
    );
    line_of(&line, lang)
}

fn repaired(name: &str, repairs: usize, lang: Lang) -> String {
    let n = count(repairs as i64, "repair", "repairs");
    line_of(
        &text!("已改{name}：{repairs}处\n", "repaired {name}: {n}\n"),
        lang,
    )
}

/// The difference, and the encoding, which no difference of texts shows.
fn changes(name: &str, repair: &Repair, lang: Lang) -> String {
    let mut shown = fix::diff(name, &repair.before, &repair.repaired.text);
    if let Some(from) = repair.from {
        let from = from.name();
        let line = text!(
            "{name}：由{from}存为UTF-8\n",
            "{name}: from {from} to UTF-8\n"
        );
        shown.insert_str(0, &line_of(&line, lang));
    }
    shown
}

/// One line, harmless for a terminal, with its line break.
fn line_of(text: &Text, lang: Lang) -> String {
    format!("{}\n", plain(text.get(lang).trim_end_matches('\n')))
}

/// Writes a file's new text in its place, unless it must not be written or is not what was read any more.
fn replace(path: &Path, repair: &Repair, roots: &[PathBuf]) -> Result<(), (Text, Text)> {
    let failed = |error: &io::Error| {
        let why = write::why(error);
        (
            text!(
                "写不了：{zh}",
                "it cannot be written: {en}",
                zh = why.zh(),
                en = why.en()
            ),
            Text::fixed("检查磁盘空间和权限", "check disk space and permissions"),
        )
    };
    let real = path.canonicalize().map_err(|error| failed(&error))?;
    if !roots.iter().any(|root| real.starts_with(root)) {
        return Err((
            Text::fixed(
                "这是链接，文件不在所给的文件夹里",
                "it is a link to a file outside of the folder given",
            ),
            Text::fixed("直接给出那个文件", "name that file itself"),
        ));
    }
    let about = fs::metadata(&real).map_err(|error| failed(&error))?;
    // Renaming would replace a file that its owner has locked.
    let writable = about.is_file() && !about.permissions().readonly();
    let opened = writable.then(|| OpenOptions::new().write(true).open(&real));
    if !matches!(opened, Some(Ok(_))) {
        return Err((
            Text::fixed("文件是只读的", "it is read-only"),
            Text::fixed("去掉只读属性，再改一次", "make it writable and try again"),
        ));
    }
    let mut buffer = Vec::new();
    if source::read(&real, &mut buffer).ok() != Some(&repair.bytes) {
        return Err((
            Text::fixed("文件刚刚被别人改过", "somebody has just changed it"),
            Text::fixed("再运行一次", "run it again"),
        ));
    }
    let mut results = write::Results::default();
    let written = results.add(&real, [repair.to_write()]);
    let written = written.and_then(|()| results.commit());
    written.map_err(|error| match error.downcast::<Failure>() {
        Ok(Failure { message, hint }) => (message, hint),
        Err(error) => failed(&io::Error::other(error)),
    })
}

/// Shows what was done and gives the exit code.
fn tell(common: &Common, only_show: bool, outcomes: Vec<Outcome>) -> anyhow::Result<u8> {
    let (mut out, mut remarks) = (String::new(), String::new());
    for outcome in &outcomes {
        if only_show || !common.quiet {
            out.push_str(&outcome.shown);
        }
        remarks.push_str(&outcome.refusal);
    }
    let files = outcomes
        .iter()
        .filter(|outcome| outcome.repairs > 0)
        .count();
    let repairs = outcomes.iter().map(|outcome| outcome.repairs).sum();
    let left = outcomes.iter().map(|outcome| outcome.left).sum();
    if !common.quiet {
        let summary = summary(only_show, files, repairs, left);
        let summary = line_of(&summary, common.lang);
        // A difference may be meant for a program.
        match only_show {
            true => remarks.push_str(&summary),
            false => out.push_str(&summary),
        }
    }
    write::stderr(&remarks);
    write::stdout(&out)?;
    Ok(
        match outcomes.iter().any(|outcome| !outcome.refusal.is_empty()) {
            true => 2,
            false => u8::from(only_show && repairs > 0),
        },
    )
}

fn summary(only_show: bool, files: usize, repairs: usize, left: usize) -> Text {
    let (n, m) = (
        count(repairs as i64, "repair", "repairs"),
        count(files as i64, "file", "files"),
    );
    let done = match (repairs, only_show) {
        (0, _) => Text::fixed("没有可以自动改正的", "nothing to repair"),
        (_, true) => text!(
            "可改正{files}个文件{repairs}处，没有写文件",
            "{n} to make in {m}; nothing was written"
        ),
        (_, false) => text!("共改正{files}个文件{repairs}处", "{n} made in {m}"),
    };
    let problems = count(left as i64, "mistake", "mistakes");
    let rest = match left {
        0 => Text::fixed(
            "其他问题见duban check",
            "duban check shows what else there is",
        ),
        _ => text!(
            "还有{left}处写法问题要自己改，见duban check",
            "{problems} left to correct by hand: see duban check"
        ),
    };
    Text::join([&done, &rest], "；", "; ")
}
