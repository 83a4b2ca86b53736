use std::io::Cursor;

use calamine::{Reader, Xlsx};
use roxmltree::{Document, Node};
use rust_xlsxwriter::utility::column_number_to_name;

use super::*;
use crate::book::BookText;
use crate::campaign::BUILT_IN;

const UNITS: &str = "
[[unit]]
code = \"01\"
name = \"甲镇\"
[[unit]]
code = \"02\"
name = \"乙局\"
";

/// The form of the campaign of 2022 for two units.
struct Made {
    bytes: Vec<u8>,
    campaign: Campaign,
    lang: Lang,
}

/// How the cells of a column are checked.
#[derive(Debug, Default, PartialEq)]
struct Check {
    /// `list`, `date`, `whole`, or nothing for what takes any value.
    kind: String,
    /// The words of its list, or the bounds.
    allowed: Vec<String>,
    /// The cells.
    cells: String,
    /// What is said beside a cell that is being filled in.
    prompt: String,
}

impl Made {
    fn new(lang: Lang) -> Made {
        let text = format!("{BUILT_IN}{UNITS}");
        let campaign = BookText::read("campaign.toml".into(), &text).1.unwrap();
        let units: Vec<&Unit> = campaign.unit.iter().collect();
        let day = calendar::read("2022-03-15").unwrap();
        Made {
            bytes: workbook(&campaign, &units, day, lang).unwrap(),
            campaign,
            lang,
        }
    }

    /// A part of the workbook, as it is stored.
    fn part(&self, name: &str) -> String {
        let mut archive = zip::ZipArchive::new(Cursor::new(&self.bytes)).unwrap();
        std::io::read_to_string(archive.by_name(name).unwrap()).unwrap()
    }

    /// A sheet as it is stored: the instructions are the first.
    fn sheet(&self, number: usize) -> String {
        self.part(&format!("xl/worksheets/sheet{}.xml", number + 1))
    }

    /// The cells of a sheet as a reader has them.
    fn range(&self, name: &str) -> calamine::Range<calamine::Data> {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(self.bytes.clone())).unwrap();
        book.worksheet_range(name).unwrap()
    }

    /// A column of the sheet of lists, as far as a row.
    fn list(&self, letters: &str, end: u32) -> Vec<String> {
        let range = self.range(OPTIONS.get(self.lang));
        let column = (0..).find(|at| column_number_to_name(*at) == letters);
        let column = u32::from(column.unwrap());
        let cell = |row| range.get_value((row, column)).unwrap().to_string();
        (0..end).map(cell).collect()
    }

    fn check(&self, field: &str) -> Check {
        let (number, at) = place(field);
        let text = self.sheet(number);
        let document = Document::parse(&text).unwrap();
        let first = format!("{}3:", column_number_to_name(at));
        let cells = |node: &Node<'_, '_>| node.attribute("sqref").unwrap_or_default().to_owned();
        let found =
            elements(&document, "dataValidation").find(|node| cells(node).starts_with(&first));
        let Some(node) = found else {
            return Check::default();
        };
        let of = |key| node.attribute(key).unwrap_or_default().to_owned();
        let texts = node.children().filter_map(|child| child.text());
        let mut allowed: Vec<String> = texts.map(str::to_owned).collect();
        if let [range] = &allowed[..] {
            let parts: Vec<&str> = range.split('$').collect();
            assert_eq!(parts[0], format!("{}!", OPTIONS.get(self.lang)));
            assert_eq!((parts[1], parts[2]), (parts[3], "1:"));
            allowed = self.list(parts[1], parts[4].parse().unwrap());
        }
        Check {
            kind: of("type"),
            allowed,
            cells: cells(&node),
            prompt: of("prompt"),
        }
    }

    /// The number format of a column's cells.
    fn number_format(&self, field: &str) -> String {
        let (number, at) = place(field);
        let (sheet, styles) = (self.sheet(number), self.part("xl/styles.xml"));
        let (sheet, styles) = (
            Document::parse(&sheet).unwrap(),
            Document::parse(&styles).unwrap(),
        );
        let bound = |node: &Node<'_, '_>, key| node.attribute(key).unwrap().parse::<u16>().unwrap();
        let column = elements(&sheet, "col")
            .find(|node| (bound(node, "min")..=bound(node, "max")).contains(&(at + 1)));
        let style = usize::from(bound(&column.unwrap(), "style"));
        let formats = elements(&styles, "cellXfs").next().unwrap();
        let format = formats.children().filter(Node::is_element).nth(style);
        let id = format.unwrap().attribute("numFmtId").unwrap();
        let own = elements(&styles, "numFmt").find(|node| node.attribute("numFmtId") == Some(id));
        match (id, own) {
            (_, Some(own)) => own.attribute("formatCode").unwrap().to_owned(),
            ("1", _) => "0".to_owned(),
            ("49", _) => "@".to_owned(),
            (other, _) => panic!("{field}: format {other}"),
        }
    }
}

fn elements<'d>(document: &'d Document<'_>, name: &str) -> impl Iterator<Item = Node<'d, 'd>> {
    let nodes = document.descendants();
    nodes.filter(move |node| node.tag_name().name() == name)
}

/// The sheet of a field, and its column there.
fn place(field: &str) -> (usize, u16) {
    let places = (1..).zip(SHEETS).find_map(|(number, sheet)| {
        let at = (0..)
            .zip(sheet.columns())
            .find(|(_, column)| column.field == field);
        Some((number, at?.0))
    });
    places.unwrap()
}

#[test]
fn a_column_has_its_list_or_its_bounds_on_every_row_that_is_to_be_filled_in() {
    let form = Made::new(Lang::Zh);
    let vocabulary = &form.campaign.vocabulary;
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    let cases: [(&str, &str, Vec<String>, &str); 14] = [
        ("unit.code", "list", words(&["01", "02"]), "A3:A4"),
        ("unit.name", "list", words(&["甲镇", "乙局"]), "B3:B4"),
        ("plan.filed", "date", words(&["36526", "73050"]), "I3:I4"),
        ("plan.title", "", vec![], "F3:F4"),
        (
            "problem.subject",
            "list",
            words(&["领导班子", "班子成员"]),
            "C3:C1002",
        ),
        (
            "problem.fault",
            "list",
            vocabulary.faults.clone(),
            "F3:F1002",
        ),
        (
            "problem.ability",
            "list",
            vocabulary.abilities.clone(),
            "G3:G1002",
        ),
        ("problem.owner", "", vec![], "J3:J1002"),
        ("problem.due", "list", words(&["长期坚持"]), "K3:K1002"),
        (
            "measure.aspect",
            "list",
            vocabulary.aspects.clone(),
            "C3:C1002",
        ),
        ("measure.goal", "list", vocabulary.goals.clone(), "J3:J1002"),
        (
            "activity.kind",
            "list",
            vocabulary.activities.clone(),
            "C3:C1002",
        ),
        (
            "activity.participants",
            "whole",
            words(&["0", "1000000000"]),
            "E3:E1002",
        ),
        ("meeting.year", "whole", words(&["0", "9999"]), "H3:H1002"),
    ];
    for (field, kind, allowed, cells) in cases {
        let check = form.check(field);
        let found = (&*check.kind, check.allowed, &*check.cells);
        assert_eq!(found, (kind, allowed, cells), "{field}");
    }
}

#[test]
fn what_is_said_beside_a_cell_is_about_its_column() {
    let forms = [Made::new(Lang::Zh), Made::new(Lang::En)];
    for (field, zh, en) in [
        ("unit.code", "", ""),
        ("unit.name", "", ""),
        ("unit.contact.name", "联络员姓名。", "Name of the liaison."),
        (
            "unit.contact.phone",
            "联系电话：手机号码，或带区号的固定电话，如0421-0000000。",
            "Phone: a mobile number, or one with its area code, such as 0421-0000000.",
        ),
        (
            "problem.fault",
            "突出问题：从选项中选。",
            "Fault: choose from the list.",
        ),
        (
            "problem.due",
            "整改时限：填日期，或选“长期坚持”。",
            "Due: a date, or 长期坚持 (kept up for good) from the list.",
        ),
        ("problem.owner", "责任人。", "Who answers for it."),
        (
            "plan.evidence",
            "佐证材料：文件名，如签到表.pdf；几个的用分号隔开，随本表一并报送。",
            "Evidence: names of files, such as minutes.pdf; separate several by semicolons, and send them with this form.",
        ),
    ] {
        let said = forms.each_ref().map(|form| form.check(field).prompt);
        assert_eq!(said, [zh, en], "{field}");
    }
}

#[test]
fn days_are_shown_as_days_counts_as_numbers_and_all_else_as_text() {
    let form = Made::new(Lang::Zh);
    for (field, format) in [
        ("unit.code", "@"),
        ("unit.contact.phone", "@"),
        ("plan.document_number", "@"),
        ("plan.filed", "yyyy-mm-dd"),
        ("problem.due", "yyyy-mm-dd"),
        ("meeting.expected", "0"),
        ("measure.key", "0"),
    ] {
        assert_eq!(form.number_format(field), format, "{field}");
    }
}

#[test]
fn every_sheet_says_above_its_header_what_a_row_is() {
    let titles = [
        (
            "单位基本情况和实施方案，一个单位一行",
            "unit and implementation plan, one row a unit",
        ),
        (
            "查摆问题，一个问题一行，领导班子和班子成员都要有",
            "problems, one row each, of the leading team and of its members",
        ),
        ("措施，一条一行", "measures, one row each"),
        ("活动，开展一次一行", "activities, one row each time"),
        (
            "民主生活会和组织生活会，开一次一行",
            "life meetings, one row each",
        ),
        ("制度办法，一件一行", "documents, one row each"),
        ("总结，一个单位一行", "summing-up, one row a unit"),
    ];
    let (zh, en) = (Made::new(Lang::Zh), Made::new(Lang::En));
    let title = |form: &Made, sheet: &Sheet| {
        let range = form.range(sheet.name.get(form.lang));
        range.get_value((0, 0)).unwrap().to_string()
    };
    for (sheet, (what_zh, what_en)) in SHEETS.iter().zip(titles) {
        assert_eq!(title(&zh, sheet), format!("能力作风优化年：{what_zh}"));
        assert_eq!(title(&en, sheet), format!("能力作风优化年: {what_en}"));
    }
}

#[test]
fn the_instructions_come_first_and_each_row_is_as_high_as_its_lines() {
    for lang in [Lang::Zh, Lang::En] {
        let form = Made::new(lang);
        let range = form.range(GUIDE.get(lang));
        let text = form.sheet(0);
        let document = Document::parse(&text).unwrap();
        let mut heights = elements(&document, "row").skip(1);
        for (row, paragraph) in (1..).zip(words::GUIDE) {
            let written = range.get_value((row, 1)).unwrap().to_string();
            assert_eq!(written, paragraph.get(lang));
            let height = heights.next().unwrap().attribute("ht").unwrap();
            let height: f64 = height.parse().unwrap();
            // A line of the usual font takes sixteen points at most; the column is ninety characters wide.
            let lines = written.width().div_ceil(86) as f64;
            let fits = 16.0 * lines..16.0 * (lines + 1.0);
            assert!(fits.contains(&height), "{height}: {written}");
        }
    }
}

#[test]
fn a_locked_sheet_still_lets_rows_be_added_deleted_sorted_and_made_wider() {
    let form = Made::new(Lang::Zh);
    for number in 1..=SHEETS.len() {
        let text = form.sheet(number);
        let document = Document::parse(&text).unwrap();
        let protection = elements(&document, "sheetProtection").next().unwrap();
        for allowed in [
            "formatCells",
            "formatColumns",
            "formatRows",
            "insertRows",
            "deleteRows",
            "sort",
        ] {
            assert_eq!(protection.attribute(allowed), Some("0"), "{allowed}");
        }
    }
}

#[test]
fn a_column_is_wide_enough_for_its_header_and_for_what_is_written_into_it() {
    let written = [
        ("plan.filed", "2022-03-28"),
        ("problem.due", "2022-03-28"),
        ("unit.contact.phone", "0421-0000000"),
        ("plan.document_number", "甲政办发〔2022〕12号"),
        ("outcome.document_number", "甲政办发〔2022〕12号"),
    ];
    for column in SHEETS.iter().flat_map(Sheet::columns) {
        let example = written.iter().find(|(field, _)| *field == column.field);
        let texts = [column.header.zh(), column.header.en()];
        for text in texts.into_iter().chain(example.map(|(_, text)| *text)) {
            assert!(
                width(column) > text.width() as f64,
                "{}: {text}",
                column.field
            );
        }
    }
}

#[test]
fn what_is_said_beside_a_cell_is_cut_where_a_workbook_would_not_take_it() {
    assert_eq!(cut("责任人。", 250), "责任人。");
    assert_eq!(cut("责任人。", 3), "责任人");
}
