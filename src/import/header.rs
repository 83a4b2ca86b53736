//! Headers: which row is one, and what each of its cells means.

use unicode_normalization::UnicodeNormalization;

use super::book::Grid;
use super::map::{MappedSheet, Target};
use super::value::{self, squeezed};
use crate::form::{Column, SHEETS, Sheet};
use crate::lang::Text;

/// So many rows from the top the header is looked for.
const HEADER_ROWS: u32 = 20;

/// The row with the most known headers; of two such rows, one below the other, the lower one.
pub(super) fn header(grid: &Grid, sheet: &Sheet, map: Option<&MappedSheet>) -> Option<u32> {
    if let Some(row) = map.and_then(|map| map.header) {
        return Some(row);
    }
    let (known, row) = best(grid, sheet, map)?;
    let least = if map.is_some() { 1 } else { 2 };
    (known >= least).then_some(row)
}

/// The row of a sheet that is most like its header, and how many headers of it are known.
fn best(grid: &Grid, sheet: &Sheet, map: Option<&MappedSheet>) -> Option<(usize, u32)> {
    let first = grid.cells.keys().next()?.0;
    let count = |row: u32| {
        let cells = grid.cells.range((row, 0)..(row + 1, 0));
        cells
            .filter(|(_, cell)| !matches!(target(&value::shown(cell), sheet, map), Target::Unknown))
            .count()
    };
    let mut best = (0, first);
    for row in first..first.saturating_add(HEADER_ROWS) {
        let known = count(row);
        let follows = known == best.0 && row == best.1 + 1 && known > 0;
        if known > best.0 || follows {
            best = (known, row);
        }
    }
    Some(best)
}

/// The only sheet of the form with whose header this one's agrees best; three headers are more than chance.
pub(super) fn likely(grid: &Grid) -> Option<&'static Sheet> {
    let known = |sheet: &'static Sheet| best(grid, sheet, None).map_or(0, |(known, _)| known);
    let most = SHEETS.iter().map(known).max().filter(|most| *most >= 3)?;
    let mut alike = SHEETS.iter().filter(|sheet| known(sheet) == most);
    alike.next().filter(|_| alike.next().is_none())
}

/// Whether a column holds running numbers.
pub(super) fn is_serial(header: &str) -> bool {
    matches!(&*plain_name(header), "序号" | "no." | "no" | "#")
}

/// What a header means on a sheet.
pub(super) fn target(header: &str, sheet: &Sheet, map: Option<&MappedSheet>) -> Target {
    let plain = plain_name(header);
    if let Some(target) = map.and_then(|map| map.column(&plain)) {
        return target;
    }
    if is_serial(&plain) {
        return Target::Nothing;
    }
    let is = |column: &&'static Column| {
        same(&plain, &column.header)
            || column.key() == plain
            || column.field == plain
            || column.aliases.contains(&&*plain)
    };
    sheet
        .columns()
        .find(is)
        .map_or(Target::Unknown, Target::Column)
}

/// A name without blanks, marks and remarks in brackets, in one width and case: `报送日期（必填）*` as `报送日期`.
pub(super) fn plain_name(name: &str) -> String {
    let name: String = squeezed(name).nfkc().collect::<String>().to_lowercase();
    let name = name.trim_matches(['*', ':']);
    match name.find('(') {
        Some(at) if at > 0 && name.ends_with(')') => name[..at].to_owned(),
        _ => name.to_owned(),
    }
}

/// Whether a name made plain is that of a sheet or column, in either language.
pub(super) fn same(plain: &str, name: &Text) -> bool {
    plain == name.zh() || plain == plain_name(name.en())
}

#[cfg(test)]
mod tests {
    use super::plain_name;

    #[test]
    fn a_header_loses_its_marks_and_the_remark_behind_it_and_nothing_else() {
        for (written, plain) in [
            ("报送日期（必填）*", "报送日期"),
            ("报 送\n日 期：", "报送日期"),
            ("Filed (required)", "filed"),
            ("（必填）", "(必填)"),
            ("（一）报送日期", "(一)报送日期"),
            ("报送（首次）日期", "报送(首次)日期"),
            ("报送日期)", "报送日期)"),
        ] {
            assert_eq!(plain_name(written), plain, "{written}");
        }
    }
}
