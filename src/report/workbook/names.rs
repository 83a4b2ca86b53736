//! Names of sheets: at most 31 characters, none of them one that a spreadsheet forbids, no two alike.

use super::super::view::View;
use crate::escape::plain;
use crate::lang::Lang;

/// The names of all sheets.
pub(super) struct Names {
    pub ledger: String,
    /// One a milestone.
    pub milestones: Vec<String>,
    pub overdue: String,
    pub problems: String,
    pub summary: String,
    pub progress: String,
    pub notes: String,
}

impl Names {
    pub fn new(view: &View<'_>) -> Names {
        let own = |zh: &str, en: &str| view.wish.lang.pick(zh, en).to_owned();
        let mut names = Names {
            ledger: own("总台账", "Ledger"),
            milestones: vec![],
            overdue: own("逾期清单", "Overdue"),
            problems: own("问题台账", "Problems"),
            summary: own("汇总", "Summary"),
            progress: own("完成进度", "Progress"),
            notes: own("说明", "Notes"),
        };
        let mut taken: Vec<String> = [
            &names.ledger,
            &names.overdue,
            &names.problems,
            &names.summary,
            &names.progress,
            &names.notes,
        ]
        .map(|name| name.to_lowercase())
        .into();
        // What spreadsheet programs keep for themselves.
        taken.push("history".to_owned());
        for (_, milestone) in &view.milestones {
            let name = free(&milestone.name, view.wish.lang, &taken);
            taken.push(name.to_lowercase());
            names.milestones.push(name);
        }
        names
    }
}

/// A name that no other sheet has.
fn free(wish: &str, lang: Lang, taken: &[String]) -> String {
    let allowed = |c: char| if "[]:*?/\\".contains(c) { '_' } else { c };
    let wish: String = plain(wish).chars().map(allowed).collect();
    let wish = match cut(wish.trim(), 31) {
        "" => lang.pick("时间节点", "Milestone"),
        name => name,
    };
    let numbered = (2..).map(|n| {
        let number = format!(" ({n})");
        cut(wish, 31 - number.len()).to_owned() + &number
    });
    let is_free = |name: &String| !taken.contains(&name.to_lowercase());
    let mut names = std::iter::once(wish.to_owned()).chain(numbered);
    names.find(is_free).unwrap_or_default()
}

/// The beginning of a text, in so many units of UTF-16, without blanks and apostrophes at its ends.
fn cut(text: &str, units: usize) -> &str {
    let ends = |c: char| c == '\'' || c.is_whitespace();
    let text = text.trim_matches(ends);
    let mut room = units;
    let too_many = text.char_indices().find(|(_, c)| {
        let fits = c.len_utf16() <= room;
        room = room.saturating_sub(c.len_utf16());
        !fits
    });
    text[..too_many.map_or(text.len(), |(byte, _)| byte)].trim_matches(ends)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_one_that_a_spreadsheet_takes() {
        let free =
            |wish: &str| super::free(wish, Lang::Zh, &["汇总".to_owned(), "history".to_owned()]);
        assert_eq!(free("实施方案"), "实施方案");
        assert_eq!(free("汇总"), "汇总 (2)");
        assert_eq!(free("History"), "History (2)");
        assert_eq!(free("'a/b[c]:*?\\'"), "a_b_c_____");
        assert_eq!(free("a\tb\u{202e}"), "a b_u{202e}");
        assert_eq!(free(" '' "), "时间节点");
        let long = free(&"𠮷".repeat(40));
        assert_eq!(long.encode_utf16().count(), 30, "a pair is not torn apart");
    }

    #[test]
    fn long_names_with_one_beginning_stay_apart() {
        let name = "一二三四五六七八九十".repeat(4);
        let mut taken = Vec::new();
        for _ in 0..11 {
            let name = free(&name, Lang::Zh, &taken);
            assert!(name.encode_utf16().count() <= 31 && !taken.contains(&name));
            taken.push(name);
        }
        let first_27 = name.chars().take(27).collect::<String>();
        assert_eq!(
            taken[1],
            first_27 + " (2)",
            "as much of it as there is room for"
        );
        assert!(taken[10].ends_with(" (11)"));
    }
}
