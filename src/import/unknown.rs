//! Sheets and columns that are not known: told with the nearest that is, never left out in silence.

use super::Reading;
use super::book::Grid;
use super::header::{likely, plain_name};
use super::problem::Report;
use crate::form::{Column, SHEETS, Sheet};
use crate::lang::Text;
use crate::nearest::nearest;
use crate::read::shortened;
use crate::text;

/// A sheet whose name says nothing.
pub(super) fn sheet(grid: &Grid, how: &Reading<'_>, report: &mut Report) {
    let message = match grid.hidden {
        true => Text::fixed(
            "不认识这张隐藏的表，内容没有读入",
            "this hidden sheet is not known; it was not read",
        ),
        false => Text::fixed(
            "不认识这张表，内容没有读入",
            "this sheet is not known; it was not read",
        ),
    };
    if how.skip_unknown {
        return report.remark(None, message);
    }
    let name = plain_name(&grid.name);
    let names = SHEETS
        .iter()
        .flat_map(|sheet| [sheet.name.zh(), sheet.name.en()]);
    let fix = match (nearest(&name, names), likely(grid)) {
        (Some(near), _) => text!("是否为“{near}”？", "did you mean “{near}”?"),
        (None, Some(sheet)) => text!(
            "表头像“{zh}”：如果是，把表名改成“{zh}”",
            "its header is like that of “{en}”: if it is that, rename the sheet",
            zh = sheet.name.zh(),
            en = sheet.name.en()
        ),
        (None, None) => Text::fixed(
            "删去这张表，或用--map说明它是什么，或加--skip-unknown略过",
            "delete the sheet, explain it with --map, or leave it out with --skip-unknown",
        ),
    };
    let fix = match grid.hidden {
        true => text!(
            "右键点任一表名，取消隐藏后再看；{zh}",
            "right-click a sheet's name and unhide it; {en}",
            zh = fix.zh(),
            en = fix.en()
        ),
        false => fix,
    };
    report.wrong(None, message, fix);
}

/// A column whose header says nothing, on a sheet of which some columns are known.
pub(super) fn column(
    at: (u32, u32),
    header: &str,
    (sheet, taken): (&Sheet, &[&Column]),
    how: &Reading<'_>,
    report: &mut Report,
) {
    let header = shortened(header);
    let message = match header.is_empty() {
        true => Text::fixed(
            "这一列没有表头，内容没有读入",
            "this column has no header; it was not read",
        ),
        false => text!(
            "不认识“{header}”一列，内容没有读入",
            "the column “{header}” is not known; it was not read"
        ),
    };
    if how.skip_unknown {
        return report.remark(Some(at), message);
    }
    let plain = plain_name(&header);
    let free = sheet.columns().filter(|column| !taken.contains(column));
    let headers: Vec<&str> = free
        .flat_map(|column| [column.header.zh(), column.header.en()])
        .collect();
    let fix = match nearest(&plain, headers) {
        Some(near) if !plain.is_empty() => text!("是否为“{near}”？", "did you mean “{near}”?"),
        _ => Text::fixed(
            "删去这一列，或用--map说明它是什么，或加--skip-unknown略过",
            "delete the column, explain it with --map, or leave it out with --skip-unknown",
        ),
    };
    report.wrong(Some(at), message, fix);
}
