//! The manual: a page for the program and one for each command, from the same lists as the help pages.
//!
//! Rendered here with the roff library alone: what clap offers for it has English headings and labels.

use clap::Command;
use roff::{Inline, Roff, bold, roman};

use super::help::{self, Page, Row};
use super::parse::with_command;
use crate::lang::Lang;

/// Every page with the name of its file: `duban.1` first, then `duban-check.1` and so on.
pub fn man_pages(lang: Lang) -> Vec<(String, String)> {
    with_command(lang, |root| {
        let below = root
            .get_subcommands()
            .filter(|sub| sub.get_name() != "help");
        let commands = [(&root, "duban".to_owned())]
            .into_iter()
            .chain(below.map(|sub| (sub, format!("duban {}", sub.get_name()))));
        commands
            .map(|(command, path)| {
                let file = format!("{}.1", path.replace(' ', "-"));
                (file, page(&root, command, &path, lang))
            })
            .collect()
    })
}

fn page(root: &Command, command: &Command, path: &str, lang: Lang) -> String {
    let common: Vec<_> = help::options(root).cloned().collect();
    let page = Page::long(command, path, &common, lang);
    let name = path.replace(' ', "-");
    let mut roff = Roff::new();
    let version = concat!("duban ", env!("CARGO_PKG_VERSION"));
    let title = lang.pick("督办手册", "duban manual");
    // No date, so that the same program gives the same pages; the library leaves out what is empty.
    let no_date = "\"\"";
    roff.control(
        "TH",
        [name.to_uppercase().as_str(), "1", no_date, version, title],
    );
    // Names and paths are not to be broken, nor Chinese stretched at its few blanks.
    roff.control("nh", []);
    roff.control("ad", ["l"]);
    roff.control("SH", [lang.pick("名称", "NAME")]);
    roff.text([roman(format!("{name} - ")), breakable(&page.about())]);
    roff.control("SH", [lang.pick("用法", "SYNOPSIS")]);
    let usage = page.usage();
    let rest = usage.strip_prefix(path).unwrap_or_default();
    roff.text([bold(path), roman(rest)]);
    for (title, rows) in page.sections() {
        let title = title.trim_end_matches(['：', ':']).to_uppercase();
        roff.control("SH", [title.as_str()]);
        list(&mut roff, &rows);
    }
    if let Some(after) = page.after() {
        after_lists(&mut roff, &after, lang);
    }
    if path != "duban" {
        roff.control("SH", [lang.pick("参见", "SEE ALSO")]);
        roff.text([bold("duban"), roman("(1)")]);
    }
    roff.render().replace(MAY_BREAK, "\\:")
}

/// Stands for a place where a line may be broken, until the library has escaped its text.
const MAY_BREAK: &str = "\u{200b}";

/// Chinese has no blanks, and groff knows no other place to break a line.
fn breakable(text: &str) -> Inline {
    let mut marked = String::with_capacity(text.len() * 2);
    for (number, piece) in help::pieces(text).into_iter().enumerate() {
        if number > 0 && !marked.ends_with(' ') {
            marked.push_str(MAY_BREAK);
        }
        marked.push_str(piece);
    }
    roman(marked)
}

fn list(roff: &mut Roff, rows: &[Row]) {
    for row in rows {
        roff.control("TP", []);
        roff.text([bold(row.name.trim())]);
        roff.text([breakable(&row.text)]);
        if !row.below.is_empty() {
            roff.control("RS", []);
            list(roff, &row.below);
            roff.control("RE", []);
        }
    }
}

/// What stands below the lists is laid out already.
fn after_lists(roff: &mut Roff, text: &str, lang: Lang) {
    roff.control("SH", [lang.pick("说明", "NOTES")]);
    roff.control("nf", []);
    for line in text.lines() {
        roff.text([Inline::Roman(line.to_owned())]);
    }
    roff.control("fi", []);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::leftovers;

    #[test]
    fn there_is_a_page_for_every_command() {
        let names: Vec<String> = man_pages(Lang::En)
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        assert_eq!(names[..3], ["duban.1", "duban-check.1", "duban-report.1"]);
        assert!(names.contains(&"duban-man.1".to_owned()));
    }

    /// The lines that are text, without their escapes.
    fn texts(page: &str) -> String {
        let lines = page
            .lines()
            .filter(|line| !line.starts_with('.') || line.starts_with(".SH"));
        let plain = lines.collect::<Vec<_>>().join("\n");
        let plain = plain
            .replace(r"\-", "-")
            .replace(r"\fB", "")
            .replace(r"\fR", "");
        plain.replace(".SH ", "").replace(r"\:", "")
    }

    #[test]
    fn each_page_is_in_one_language() {
        for (name, page) in man_pages(Lang::Zh) {
            // The line of usage, which has English words, is known by its first word in help.
            let text = texts(&page).replace("\nduban", "\n用法：duban");
            assert_eq!(leftovers::in_chinese(&text), Vec::<String>::new(), "{name}");
        }
        for (name, page) in man_pages(Lang::En) {
            assert_eq!(
                leftovers::in_english(&texts(&page)),
                Vec::<String>::new(),
                "{name}"
            );
        }
    }

    #[test]
    fn a_page_says_what_help_says() {
        let (_, page) = man_pages(Lang::Zh).remove(1);
        for part in [
            ".TH DUBAN-CHECK 1 \"\" \"duban ",
            ".SH 名称\n",
            "按活动要求检查报送文件",
            ".SH 通用选项\n",
            "\\-\\-fail\\-on <级别>",
            "错误和警告",
            "退出码：",
        ] {
            assert!(page.replace(r"\:", "").contains(part), "{part}\n{page}");
        }
    }

    #[test]
    fn every_page_but_that_of_the_program_points_to_it_and_no_text_begins_with_a_break() {
        for (lang, title) in [(Lang::Zh, "参见"), (Lang::En, "SEE ALSO")] {
            for (name, page) in man_pages(lang) {
                assert_eq!(page.contains(title), name != "duban.1", "{name}");
                assert!(!page.contains("\n\\:"), "{name}");
            }
        }
    }
}
