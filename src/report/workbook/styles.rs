//! How the workbook looks. Colours only underline what the words say.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use crate::lang::Lang;
use crate::ledger::{ProblemStatus, Status};

/// The formats of all cells.
pub(super) struct Styles {
    pub title: Format,
    pub under_title: Format,
    pub section: Format,
    pub head: Format,
    /// Long text: to the left, in several lines.
    pub long: Format,
    /// Short text: in the middle.
    pub short: Format,
    /// Digits that are no number, such as a phone's.
    pub digits: Format,
    pub date: Format,
    pub number: Format,
    total: Format,
    plain_total: Format,
}

const GRID: Color = Color::RGB(0x8C_8C_8C);

impl Styles {
    pub fn new(lang: Lang) -> Styles {
        let (body, strong) = lang.pick(("宋体", "黑体"), ("Arial", "Arial"));
        let plain = Format::new()
            .set_font_name(body)
            .set_font_size(11)
            .set_align(FormatAlign::VerticalCenter);
        let cell = plain
            .clone()
            .set_border(FormatBorder::Thin)
            .set_border_color(GRID);
        // The mark of text, which it keeps when somebody edits the cell: `=1` stays two characters.
        let text = cell.clone().set_text_wrap().set_quote_prefix();
        let middle = |format: &Format| format.clone().set_align(FormatAlign::Center);
        let heading = |format: &Format| format.clone().set_font_name(strong);
        let total = heading(&middle(&cell)).set_background_color(Color::RGB(0xF2_F2_F2));
        Styles {
            title: heading(&middle(&plain))
                .set_font_size(18)
                .set_text_wrap()
                .set_quote_prefix(),
            under_title: middle(&plain).set_text_wrap().set_quote_prefix(),
            section: heading(&plain).set_font_size(13).set_quote_prefix(),
            head: heading(&middle(&text)).set_background_color(Color::RGB(0xDD_E6_F0)),
            short: middle(&text),
            digits: middle(&text).set_num_format("@"),
            long: text.set_align(FormatAlign::Left),
            date: middle(&cell).set_num_format("yyyy-mm-dd"),
            number: middle(&cell).set_num_format("0"),
            plain_total: total.clone().set_text_wrap().set_quote_prefix(),
            total,
        }
    }

    /// A figure in a line of figures, in its own number format.
    pub fn figure(&self, format: &str) -> Format {
        self.number.clone().set_num_format(format)
    }

    /// A figure in the line of totals.
    pub fn total_figure(&self, format: &str) -> Format {
        self.total.clone().set_num_format(format)
    }

    /// A word in the line of totals.
    pub fn total_word(&self) -> &Format {
        &self.plain_total
    }
}

/// The colour under a status: none where there is nothing to say yet.
pub(super) fn of_status(status: Status) -> Option<Format> {
    let (ground, ink) = match status {
        Status::OnTime => GOOD,
        Status::Late => LATE,
        Status::Overdue => BAD,
        Status::DueSoon => SOON,
        Status::Upcoming => return None,
        Status::Unclear => UNCLEAR,
        Status::Exempt => ASIDE,
    };
    Some(fill(ground, ink, status == Status::Overdue))
}

/// The colour under a problem's status.
pub(super) fn of_problem(status: ProblemStatus) -> Option<Format> {
    let (ground, ink) = match status {
        ProblemStatus::Closed => GOOD,
        ProblemStatus::ClosedLate => LATE,
        ProblemStatus::Overdue => BAD,
        ProblemStatus::DueSoon | ProblemStatus::Unlimited => SOON,
        ProblemStatus::Open => return None,
        ProblemStatus::Standing => ASIDE,
        ProblemStatus::Unclear => UNCLEAR,
    };
    Some(fill(ground, ink, status == ProblemStatus::Overdue))
}

const GOOD: (u32, u32) = (0xE2_F0_D9, 0x1E_56_31);
const LATE: (u32, u32) = (0xFF_F2_CC, 0x6B_4E_00);
const BAD: (u32, u32) = (0xF8_CB_C6, 0x8B_00_00);
const SOON: (u32, u32) = (0xFC_E4_D6, 0x84_3C_0C);
const UNCLEAR: (u32, u32) = (0xE4_DF_EC, 0x3F_2E_6B);
const ASIDE: (u32, u32) = (0xED_ED_ED, 0x40_40_40);

fn fill(ground: u32, ink: u32, bold: bool) -> Format {
    let format = Format::new()
        .set_background_color(Color::RGB(ground))
        .set_font_color(Color::RGB(ink));
    if bold { format.set_bold() } else { format }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_has_the_colour_of_the_status_that_says_the_same() {
        for (problem, status) in [
            (ProblemStatus::Closed, Status::OnTime),
            (ProblemStatus::ClosedLate, Status::Late),
            (ProblemStatus::Overdue, Status::Overdue),
            (ProblemStatus::DueSoon, Status::DueSoon),
            (ProblemStatus::Open, Status::Upcoming),
            (ProblemStatus::Unclear, Status::Unclear),
        ] {
            assert_eq!(of_problem(problem), of_status(status), "{problem:?}");
        }
        assert_eq!(of_status(Status::Upcoming), None);
    }
}
