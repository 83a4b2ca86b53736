//! `duban import`: filled workbooks to plan files. Everything is read and looked at before anything is written, and
//! all files are written or none.

use std::path::{Path, PathBuf};

use super::taken::Taken;
use super::{Failure, gather, new, workbooks, write};
use crate::calendar::Date;
use crate::campaign::{Campaign, Unit};
use crate::cli::{Common, ImportArgs};
use crate::discover::shown;
use crate::escape::plain;
use crate::form::Filled;
use crate::import::map::Map;
use crate::import::problem::Report;
use crate::import::{self, Imported, Reading, merge};
use crate::lang::{Lang, Text};
use crate::ledger::Office;
use crate::{schema, source, template, text};

/// Runs the command.
pub(super) fn run(common: &Common, args: &ImportArgs) -> anyhow::Result<u8> {
    let start = args.output.as_deref().map_or(new::here(), new::standing);
    gather::rostered(common, start, |campaign, folder| {
        let map = match &args.map {
            Some(path) => mapping(path, common.lang)?,
            None => Map::default(),
        };
        let mut report = Report::default();
        let books = workbooks::read(common, &args.workbooks, &mut report)?;
        let how = Reading {
            campaign,
            map: &map,
            skip_unknown: args.skip_unknown,
        };
        let Imported {
            units,
            report: told,
        } = import::read(&books, &how);
        report.add(told);
        let to = args.output.as_deref().unwrap_or(folder);
        let as_of = gather::as_of(common, campaign)?.date;
        let work = Work {
            common,
            args,
            campaign,
            to,
            as_of,
        };
        let changes = work.changes(&units, &Taken::of(campaign, folder, to), &mut report)?;
        if !common.quiet {
            write::stderr(&report.remark_lines(common.lang));
        }
        if !report.problems.is_empty() {
            write::stdout(report.problem_lines(common.lang))?;
            let n = report.problems.len();
            let none = text!(
                "共{n}个问题；没有写任何文件\n",
                "problems: {n}; no file was written\n"
            );
            write::stderr(none.get(common.lang));
            return Ok(1);
        }
        work.write(&changes)
    })
}

fn mapping(path: &Path, lang: Lang) -> anyhow::Result<Map> {
    let name = shown(path);
    let text = source::read_campaign(path).map_err(|refusal| {
        let why = refusal.why();
        Failure::error(
            text!(
                "“{name}”读不出来：{zh}",
                "“{name}” cannot be read: {en}",
                zh = why.zh(),
                en = why.en()
            ),
            Text::fixed("检查路径和文件", "check the path and the file"),
        )
    })?;
    Map::read(&text).map_err(|mistakes| {
        let line = |mistake: &import::map::Mistake| {
            let (line, message, fix) = (mistake.line, &mistake.message, &mistake.fix);
            let place = match &*mistake.place {
                "" => format!("{name}:{line}"),
                key => format!("{name}:{line} {key}"),
            };
            let line = text!(
                "{place}：{zh}（{fix_zh}）",
                "{place}: {en} ({fix_en})",
                zh = message.zh(),
                en = message.en(),
                fix_zh = fix.zh(),
                fix_en = fix.en()
            );
            format!("{}\n", plain(line.get(lang)))
        };
        write::stderr(&mistakes.iter().map(line).collect::<String>());
        let n = mistakes.len();
        Failure::error(
            text!(
                "对照文件“{name}”有{n}处不对",
                "the mapping file “{name}” has mistakes: {n}"
            ),
            Text::fixed(
                "改好后再读入；写法见duban help import",
                "put them right; duban help import tells how it is written",
            ),
        )
    })
}

/// A file before and after.
struct Change {
    path: PathBuf,
    before: Option<String>,
    after: String,
}

struct Work<'w> {
    common: &'w Common,
    args: &'w ImportArgs,
    campaign: &'w Campaign,
    to: &'w Path,
    as_of: Date,
}

impl Work<'_> {
    fn changes(
        &self,
        units: &[(usize, Filled)],
        taken: &Taken,
        report: &mut Report,
    ) -> anyhow::Result<Vec<Change>> {
        let names = template::file_names(self.campaign);
        let has_schema = self.to.join(schema::PLAN_FILE).is_file();
        let head = if has_schema {
            schema::directive(schema::PLAN_FILE)
        } else {
            String::new()
        };
        let office = Office::of(self.campaign);
        let mut changes = Vec::new();
        for (index, filled) in units {
            let (unit, path) = (&self.campaign.unit[*index], self.to.join(&names[*index]));
            let there = taken.files(&unit.code, &path);
            match &there[..] {
                [] => {
                    let file =
                        template::filled_file(&office, unit, filled, self.as_of, self.common.lang);
                    changes.push(Change {
                        path,
                        before: None,
                        after: format!("{head}{file}"),
                    });
                }
                [only] if self.args.update => changes.extend(self.update(only, filled, report)?),
                [only] => refuse(unit, only, report),
                [one, other, ..] => twofold(unit, one, other, report),
            }
        }
        Ok(changes)
    }

    fn update(
        &self,
        path: &Path,
        filled: &Filled,
        report: &mut Report,
    ) -> anyhow::Result<Option<Change>> {
        let mut buffer = Vec::new();
        let text = source::read(path, &mut buffer)
            .and_then(|bytes| source::decode(bytes).map(|(text, _)| text.into_owned()));
        report.enter(usize::MAX, &shown(path));
        let text = match text {
            Ok(text) => text,
            Err(refusal) => {
                let why = refusal.why();
                report.wrong(
                    None,
                    text!(
                        "读不出来：{zh}",
                        "it cannot be read: {en}",
                        zh = why.zh(),
                        en = why.en()
                    ),
                    Text::fixed("先把这个文件改好", "put this file right first"),
                );
                return Ok(None);
            }
        };
        match merge::merge(&text, filled) {
            Ok(merged) => {
                for note in merged.notes {
                    report.remark(None, note);
                }
                let change = Change {
                    path: path.to_owned(),
                    before: Some(text),
                    after: merged.text,
                };
                Ok(Some(change))
            }
            Err((message, fix)) => {
                report.wrong(None, message, fix);
                Ok(None)
            }
        }
    }

    fn write(&self, changes: &[Change]) -> anyhow::Result<u8> {
        let lang = self.common.lang;
        let changed: Vec<&Change> = changes
            .iter()
            .filter(|change| change.before.as_ref() != Some(&change.after))
            .collect();
        let dry = self.args.dry_run;
        if !changed.is_empty() && !dry {
            write::folder(self.to)?;
            let mut results = write::Results::default();
            for change in &changed {
                let over = match &change.before {
                    None => write::Over::Nothing,
                    Some(_) => write::Over::File,
                };
                results.add_over(&change.path, [&change.after], over)?;
            }
            results.commit()?;
        }
        if self.common.quiet && !dry {
            return Ok(0);
        }
        let mut lines: String = changed.iter().map(|change| difference(change)).collect();
        for change in changes {
            lines.push_str(&plain(change.told(dry).get(lang)));
            lines.push('\n');
        }
        if changes.is_empty() {
            lines.push_str(lang.pick("表中没有填写内容\n", "nothing is filled in\n"));
        }
        write::stdout(&lines)?;
        Ok(0)
    }
}

impl Change {
    /// What has become of the file, or would.
    fn told(&self, dry: bool) -> Text {
        let file = shown(&self.path);
        match &self.before {
            Some(before) if *before == self.after => {
                text!("{file}没有变化", "{file} has not changed")
            }
            None if dry => text!("将写出{file}", "would write {file}"),
            None => text!("已写出{file}", "wrote {file}"),
            Some(_) if dry => text!("将更新{file}", "would update {file}"),
            Some(_) => text!("已更新{file}", "updated {file}"),
        }
    }
}

/// What changes in a file that was there, as a unified diff.
fn difference(change: &Change) -> String {
    let Some(before) = &change.before else {
        return String::new();
    };
    crate::fix::diff(&shown(&change.path), before, &change.after)
}

fn refuse(unit: &Unit, path: &Path, report: &mut Report) {
    let (name, file) = (&unit.name, shown(path));
    report.enter(usize::MAX, &file);
    report.wrong(
        None,
        text!(
            "{name}已有这个文件，不会覆盖",
            "{name} has this file already; it is not replaced"
        ),
        Text::fixed(
            "加--update并入，保留注释并列出改动；要重写的，先把它移走",
            "merge into it with --update, or move it away",
        ),
    );
}

fn twofold(unit: &Unit, one: &Path, other: &Path, report: &mut Report) {
    let (name, file, other) = (&unit.name, shown(one), shown(other));
    report.enter(usize::MAX, &file);
    report.wrong(
        None,
        text!(
            "{name}还有一个文件{other}",
            "{name} has another file, {other}"
        ),
        Text::fixed("留一个，移走另一个", "keep one and move the other away"),
    );
}
