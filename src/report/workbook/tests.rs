use std::io::{Cursor, Read};

use calamine::{Data, DataType, Reader, Xlsx};
use roxmltree::Document;

use super::*;
use crate::campaign::Campaign;
use crate::lang::Lang;
use crate::ledger::{Ledger, Problem, ProblemStatus, Status};
use crate::report::sample::{empty, hostile, many, story, varied, wish};
use crate::report::{By, Wish};

fn open((ledger, campaign): &(Ledger, Campaign), most: (usize, usize)) -> Xlsx<Cursor<Vec<u8>>> {
    let wish = wish(By::Unit, Lang::Zh);
    let view = View::new(ledger, campaign, &wish);
    let bytes = within(&view, most.0, most.1);
    assert!(bytes == within(&view, most.0, most.1), "the same bytes");
    Xlsx::new(Cursor::new(bytes)).unwrap()
}

/// The bytes of a workbook that lists only units that stand so.
fn bytes((ledger, campaign): &(Ledger, Campaign), only: &[Status]) -> Vec<u8> {
    let wish = Wish {
        only: only.to_vec(),
        ..wish(By::Unit, Lang::Zh)
    };
    render(&View::new(ledger, campaign, &wish))
}

fn read(bytes: &[u8]) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(bytes.to_vec())).unwrap()
}

/// A part of the file, as it is stored; none where it is not there.
fn part(bytes: &[u8], name: &str) -> Option<String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    let mut part = archive.by_name(name).ok()?;
    part.read_to_string(&mut text).unwrap();
    Some(text)
}

fn stored_sheet(bytes: &[u8], number: usize) -> String {
    part(bytes, &format!("xl/worksheets/sheet{number}.xml")).unwrap()
}

/// Row and column of `C5`.
fn place(cell: &str) -> (u32, u32) {
    let letter = u32::from(cell.as_bytes()[0] - b'A');
    (cell[1..].parse::<u32>().unwrap() - 1, letter)
}

fn shown(book: &mut Xlsx<Cursor<Vec<u8>>>, sheet: &str, cell: &str) -> String {
    let range = book.worksheet_range(sheet).unwrap();
    range
        .get_value(place(cell))
        .map(ToString::to_string)
        .unwrap_or_default()
}

/// An attribute of the rows of a sheet that have it, with the rows' numbers.
fn rows(sheet: &str, attribute: &str) -> Vec<(String, String)> {
    let document = Document::parse(sheet).unwrap();
    let rows = document
        .descendants()
        .filter(|node| node.has_tag_name("row"));
    rows.filter_map(|row| {
        Some((
            row.attribute("r")?.to_owned(),
            row.attribute(attribute)?.to_owned(),
        ))
    })
    .collect()
}

/// The number format of a cell, and whether it stays text when somebody edits it.
fn format(bytes: &[u8], number: usize, cell: &str) -> (String, bool) {
    let sheet = stored_sheet(bytes, number);
    let sheet = Document::parse(&sheet).unwrap();
    let style = sheet
        .descendants()
        .find(|node| node.attribute("r") == Some(cell))
        .and_then(|node| node.attribute("s")?.parse::<usize>().ok())
        .unwrap();
    let styles = part(bytes, "xl/styles.xml").unwrap();
    let styles = Document::parse(&styles).unwrap();
    let find = |name: &str| styles.descendants().find(|node| node.has_tag_name(name));
    let format = find("cellXfs").unwrap().children().nth(style).unwrap();
    let id = format.attribute("numFmtId").unwrap();
    let code = styles
        .descendants()
        .find(|node| node.has_tag_name("numFmt") && node.attribute("numFmtId") == Some(id))
        .and_then(|node| node.attribute("formatCode"));
    (
        code.unwrap_or(id).to_owned(),
        format.attribute("quotePrefix") == Some("1"),
    )
}

fn problem(status: ProblemStatus) -> Problem {
    Problem {
        subject: None,
        member: String::new(),
        aspect: None,
        fault: String::new(),
        text: "调研不深入".to_owned(),
        remedy: String::new(),
        owner: String::new(),
        limit: None,
        closed: None,
        evidence: vec![],
        status,
        days: 0,
    }
}

/// The story with three problems of 甲镇 and one of 戊局, which is overdue.
fn with_problems() -> (Ledger, Campaign) {
    use ProblemStatus::{Closed, ClosedLate, Open};
    let mut data = story();
    for (row, statuses) in [(0, &[Closed, ClosedLate, Open][..]), (4, &[Open])] {
        let told = data.0.rows[row].told.get_or_insert_default();
        told.problems = statuses.iter().copied().map(problem).collect();
    }
    data
}

fn words(book: &mut Xlsx<Cursor<Vec<u8>>>, sheet: &str) -> Vec<String> {
    let range = book.worksheet_range(sheet).unwrap();
    range
        .used_cells()
        .map(|(.., cell)| cell.to_string())
        .collect()
}

#[test]
fn every_ledger_becomes_a_workbook() {
    let most = (MOST_MILESTONES, MOST_ROWS);
    for (data, sheets) in [
        (story(), 9),
        (varied(), 9),
        (hostile(), 9),
        (many(), 15),
        (empty(), 9),
    ] {
        assert_eq!(open(&data, most).sheet_names().len(), sheets);
    }
    let words = words(&mut open(&empty(), most), "总台账");
    assert!(words.contains(&"没有可列的单位。".to_owned()), "{words:?}");
    assert!(
        words.contains(&"—".to_owned()),
        "no rate of nothing: {words:?}"
    );
}

#[test]
fn what_does_not_fit_is_left_out_and_said() {
    let mut book = open(&story(), (2, 4));
    assert_eq!(
        book.sheet_names()[..4],
        ["总台账", "实施方案", "生活会", "逾期清单"]
    );
    let ledger = words(&mut book, "总台账");
    let said = |words: &[String], text: &str| words.iter().any(|word| word.contains(text));
    assert!(ledger.contains(&"丁局".to_owned()) && !ledger.contains(&"戊局".to_owned()));
    assert!(said(
        &words(&mut book, "说明"),
        "时间节点只列前2个，其余1个未列"
    ));
    let summary = book.worksheet_range("汇总").unwrap();
    assert_eq!(
        summary.get_value((4, 2)),
        Some(&Data::Float(6.0)),
        "of all units"
    );
    let formulas = book.worksheet_formula("汇总").unwrap();
    assert!(
        formulas.is_empty(),
        "a formula would count only what is there"
    );
}

#[test]
fn the_longest_texts_and_the_oddest_dates_are_met() {
    let (mut ledger, mut campaign) = story();
    ledger.rows[0].told.get_or_insert_default().people.secretary = "长".repeat(40_000).into();
    ledger.rows[1].cells[0].due = "1899-01-01".parse().unwrap();
    campaign.campaign.name = "名".repeat(400);
    campaign.milestone[0].name = "[总台账]?".repeat(9);
    let mut book = open(&(ledger, campaign), (MOST_MILESTONES, MOST_ROWS));
    let range = book.worksheet_range("总台账").unwrap();
    let cell = |at| range.get_value(at).unwrap().to_string();
    assert_eq!(cell((4, 4)).chars().count(), 32_767);
    assert_eq!(cell((5, 7)), "1899-01-01");
}

#[test]
fn each_formula_counts_the_column_that_its_figure_is_of() {
    let mut book = open(&with_problems(), (MOST_MILESTONES, MOST_ROWS));
    let two_thirds = 4.0 / 6.0;
    for (sheet, cell, formula, figure) in [
        (
            "总台账",
            "H11",
            "COUNTA('总台账'!$J$5:$J$10)-COUNTIF('总台账'!$J$5:$J$10,\"不适用\")",
            6.0,
        ),
        ("总台账", "J11", "IF(H11=0,\"—\",I11/H11)", two_thirds),
        (
            "总台账",
            "M11",
            "COUNTIF('总台账'!$N$5:$N$10,\"按期完成\")+COUNTIF('总台账'!$N$5:$N$10,\"逾期完成\")",
            0.0,
        ),
        ("总台账", "R11", "IF(P11=0,\"—\",Q11/P11)", 0.0),
        (
            "实施方案",
            "H10",
            "COUNTA($J$4:$J$9)-COUNTIF($J$4:$J$9,\"不适用\")",
            6.0,
        ),
        ("实施方案", "J10", "IF(H10=0,\"—\",I10/H10)", two_thirds),
        ("问题台账", "K8", "COUNTA('问题台账'!$M$4:$M$7)", 4.0),
        (
            "问题台账",
            "L8",
            "COUNTIF('问题台账'!$M$4:$M$7,\"已销号\")+COUNTIF('问题台账'!$M$4:$M$7,\"逾期销号\")",
            2.0,
        ),
        ("问题台账", "M8", "IF(K8=0,\"—\",L8/K8)", 0.5),
        ("汇总", "C5", "COUNTA('总台账'!$J$5:$J$10)-M5", 6.0),
        ("汇总", "F5", "D5+E5", 4.0),
        ("汇总", "G5", "IF(C5=0,\"—\",F5/C5)", two_thirds),
        ("汇总", "H5", "IF(C5=0,\"—\",D5/C5)", 0.5),
        (
            "汇总",
            "E14",
            "COUNTIFS('总台账'!$D$5:$D$10,\"部门\",'总台账'!$J$5:$J$10,\"逾期未完成\")",
            1.0,
        ),
        ("汇总", "D14", "IF(B14=0,\"—\",C14/B14)", 0.5),
        ("汇总", "H14", "IF(F14=0,\"—\",G14/F14)", 0.0),
        ("汇总", "B16", "SUM(B12:B15)", 6.0),
        ("汇总", "C16", "SUM(C12:C15)", 4.0),
        ("汇总", "D16", "IF(B16=0,\"—\",C16/B16)", two_thirds),
        ("汇总", "E16", "SUM(E12:E15)", 2.0),
        ("汇总", "L16", "IF(J16=0,\"—\",K16/J16)", 0.0),
        ("汇总", "M16", "SUM(M12:M15)", 0.0),
        ("汇总", "B20", "COUNTA('问题台账'!$M$4:$M$7)", 4.0),
        (
            "汇总",
            "C20",
            "COUNTIF('问题台账'!$M$4:$M$7,\"已销号\")",
            1.0,
        ),
        (
            "汇总",
            "G20",
            "COUNTIF('问题台账'!$M$4:$M$7,\"整改中\")",
            2.0,
        ),
        (
            "完成进度",
            "B8",
            "COUNTIF('总台账'!$I$5:$I$10,\"<=\"&$A8)",
            2.0,
        ),
        (
            "完成进度",
            "D13",
            "COUNTIF('总台账'!$Q$5:$Q$10,\"<=\"&$A13)",
            0.0,
        ),
    ] {
        let range = book.worksheet_range(sheet).unwrap();
        let formulas = book.worksheet_formula(sheet).unwrap();
        let stored = formulas.get_value(place(cell)).map(String::as_str);
        assert_eq!(stored, Some(formula), "{sheet} {cell}");
        let result = range.get_value(place(cell)).and_then(DataType::get_float);
        assert_eq!(result, Some(figure), "{sheet} {cell}");
    }
}

#[test]
fn tables_stand_below_each_other_with_a_blank_row_between() {
    let bytes = bytes(&with_problems(), &[]);
    let mut book = read(&bytes);
    for (sheet, cell, text) in [
        ("总台账", "C11", "合计"),
        ("汇总", "A3", "一、各时间节点"),
        ("汇总", "A8", ""),
        ("汇总", "A9", "二、各类单位"),
        ("汇总", "A12", "乡镇"),
        ("汇总", "A16", "合计"),
        ("汇总", "A17", ""),
        ("汇总", "A18", "三、查摆问题"),
        ("汇总", "A20", "查摆问题"),
        ("说明", "A4", "1"),
        ("说明", "B4", "完成时限含当日，次日起计逾期。"),
        ("说明", "A9", ""),
        ("说明", "A10", "状态"),
        ("说明", "B13", "时限已过，仍未完成"),
    ] {
        assert_eq!(shown(&mut book, sheet, cell), text, "{sheet} {cell}");
    }
}

#[test]
fn where_there_is_nothing_to_list_one_row_says_so_and_no_filter_is_offered() {
    let bytes = bytes(&empty(), &[]);
    let mut book = read(&bytes);
    for (sheet, cell, text) in [
        ("总台账", "A5", "没有可列的单位。"),
        ("总台账", "C6", "合计"),
        ("逾期清单", "A4", "没有逾期未完成的单位。"),
        ("汇总", "A12", "没有可列的单位。"),
        ("汇总", "A13", ""),
        ("汇总", "A14", "三、查摆问题"),
    ] {
        assert_eq!(shown(&mut book, sheet, cell), text, "{sheet} {cell}");
    }
    assert!(stored_sheet(&bytes, 5).contains("<mergeCell ref=\"A4:L4\"/>"));
    for sheet in 1..=6 {
        assert!(
            !stored_sheet(&bytes, sheet).contains("<autoFilter"),
            "{sheet}"
        );
    }
}

#[test]
fn rows_that_are_not_asked_for_are_hidden_and_the_notes_say_so() {
    let bytes = bytes(&with_problems(), &[Status::Overdue]);
    let hidden = |sheet| -> Vec<String> {
        let rows = rows(&stored_sheet(&bytes, sheet), "hidden");
        rows.into_iter().map(|(row, _)| row).collect()
    };
    let (ledger, milestone, problems) = (1, 2, 6);
    assert_eq!(hidden(ledger), ["5", "6", "7", "8"]);
    assert_eq!(hidden(milestone), ["4", "5", "6", "7"]);
    assert_eq!(hidden(problems), ["4", "5", "6"], "those of 甲镇");
    let mut book = read(&bytes);
    for (cell, text) in [
        (
            "B4",
            "只列逾期未完成的单位（6个中的2个），合计按全部单位计算。",
        ),
        (
            "B5",
            "不在所列范围的行已隐藏，取消隐藏即可看到；合计包括隐藏的行。",
        ),
        ("B6", "完成时限含当日，次日起计逾期。"),
    ] {
        assert_eq!(shown(&mut book, "说明", cell), text);
    }
}

#[test]
fn the_overdue_list_has_who_is_overdue_with_remarks_and_nobody_else() {
    let mut book = open(&story(), (MOST_MILESTONES, MOST_ROWS));
    let list = |book: &mut _, column: char| -> Vec<String> {
        let cells = (4..=6).map(|row| format!("{column}{row}"));
        cells.map(|cell| shown(book, "逾期清单", &cell)).collect()
    };
    assert_eq!(list(&mut book, 'D'), ["戊局", "己中心", ""]);
    assert_eq!(list(&mut book, 'L'), ["", "未报", ""]);
    let mut book = open(&varied(), (MOST_MILESTONES, MOST_ROWS));
    let remark = "实施方案：经办公室批准延期至2022-04-30";
    assert_eq!(shown(&mut book, "总台账", "U7"), remark);
}

#[test]
fn words_of_a_status_are_coloured_and_offered_in_every_row_of_data_and_in_no_other() {
    let bytes = bytes(&with_problems(), &[]);
    for (sheet, cells) in [
        (1, &["J5:J10", "N5:N10", "R5:R10"][..]),
        (2, &["J4:J9"]),
        (6, &["M4:M7"]),
        (9, &["A11:A17"]),
    ] {
        let text = stored_sheet(&bytes, sheet);
        let document = Document::parse(&text).unwrap();
        let of = |name: &str| -> Vec<String> {
            let nodes = document
                .descendants()
                .filter(|node| node.has_tag_name(name));
            nodes
                .filter_map(|node| node.attribute("sqref").map(str::to_owned))
                .collect()
        };
        assert_eq!(of("conditionalFormatting"), cells, "{sheet}");
        assert_eq!(of("dataValidation"), cells, "{sheet}");
    }
}

#[test]
fn columns_are_as_wide_and_rows_as_high_as_their_texts_need() {
    let mut data = story();
    let three_lines = "长".repeat(30);
    data.0.rows[0].told.get_or_insert_default().people.secretary = three_lines.into();
    let sheet = stored_sheet(&bytes(&data, &[]), 1);
    let heights = rows(&sheet, "ht");
    let height = |wanted: &str| heights.iter().find(|(row, _)| row == wanted).unwrap();
    for (row, points) in [("5", "48.75"), ("6", "20.25"), ("9", "34.5")] {
        assert_eq!(height(row).1, points, "{row}");
    }
    let document = Document::parse(&sheet).unwrap();
    let width = |number: u32| {
        let columns = document
            .descendants()
            .filter(|node| node.has_tag_name("col"));
        let bound = |node: &roxmltree::Node<'_, '_>, name| -> u32 {
            node.attribute(name).unwrap().parse().unwrap()
        };
        columns
            .filter(|node| (bound(node, "min")..=bound(node, "max")).contains(&number))
            .map(|node| node.attribute("width").unwrap().parse::<f64>().unwrap())
            .next()
            .unwrap()
    };
    let widest_short_text = 24.0;
    assert!((width(5) - widest_short_text * 1.06 - 1.4).abs() < 1.0);
    let rate_below_statuses = 14.0;
    assert!((width(10) - rate_below_statuses * 1.06 - 1.4).abs() < 1.0);
    let problems = 36.0;
    assert!((width(20) - problems * 1.06 - 1.4).abs() < 1.0);
}

#[test]
fn rates_are_shown_in_percent_and_a_date_that_is_text_stays_text() {
    let mut data = story();
    data.0.rows[1].cells[0].due = "1899-01-01".parse().unwrap();
    let bytes = bytes(&data, &[]);
    let summary = 7;
    assert_eq!(format(&bytes, summary, "G5"), ("0.0%".to_owned(), false));
    let (_, kept) = format(&bytes, 1, "H6");
    assert!(kept, "text");
    assert_eq!(format(&bytes, 1, "H5"), ("yyyy-mm-dd".to_owned(), false));
}

#[test]
fn progress_has_a_row_for_every_step_and_the_chart_shows_all_rows() {
    let mut data = story();
    let bytes_of_story = bytes(&data, &[]);
    let mut book = read(&bytes_of_story);
    let range = book.worksheet_range("完成进度").unwrap();
    let steps: Vec<(String, f64)> = (3..range.end().unwrap().0 + 1)
        .map(|row| {
            let cell = |col| range.get_value((row, col)).unwrap();
            (
                cell(0).as_date().unwrap().to_string(),
                cell(1).get_float().unwrap(),
            )
        })
        .collect();
    let steps: Vec<(&str, f64)> = steps.iter().map(|(day, n)| (&**day, *n)).collect();
    assert_eq!(
        steps,
        [
            ("2022-03-15", 0.0),
            ("2022-03-24", 0.0),
            ("2022-03-25", 1.0),
            ("2022-03-27", 1.0),
            ("2022-03-28", 2.0),
            ("2022-03-30", 2.0),
            ("2022-03-31", 3.0),
            ("2022-04-01", 3.0),
            ("2022-04-02", 4.0),
            ("2022-06-08", 4.0),
        ]
    );
    let chart = part(&bytes_of_story, "xl/charts/chart1.xml").unwrap();
    for wanted in [
        "<c:f>完成进度!$B$3</c:f>",
        "<c:f>完成进度!$A$4:$A$13</c:f>",
        "<c:f>完成进度!$D$4:$D$13</c:f>",
        "<c:majorUnit val=\"1\"/>",
    ] {
        assert!(chart.contains(wanted), "{wanted}");
    }
    let title = "<mergeCell ref=\"A1:O1\"/>";
    assert!(stored_sheet(&bytes_of_story, 8).contains(title));
    let names = part(&bytes_of_story, "xl/workbook.xml").unwrap();
    assert!(names.contains(">完成进度!$3:$3<"), "{names}");

    data.0.as_of.date = "2027-06-08".parse().unwrap();
    let chart = part(&bytes(&data, &[]), "xl/charts/chart1.xml").unwrap();
    assert!(
        chart.contains("<c:majorUnit val=\"6\"/>"),
        "over five years"
    );
}

#[test]
fn there_is_no_chart_of_days_that_a_spreadsheet_does_not_count() {
    let mut data = empty();
    data.0.as_of.date = "1899-01-01".parse().unwrap();
    let bytes = bytes(&data, &[]);
    assert_eq!(part(&bytes, "xl/charts/chart1.xml"), None);
    let mut book = read(&bytes);
    assert_eq!(shown(&mut book, "完成进度", "A4"), "没有可列的单位。");
}

#[test]
fn the_file_says_what_it_is_by_whom_and_of_which_day() {
    let mut data = story();
    data.1.campaign.issuer = Some("甲市办公室".to_owned());
    let core = part(&bytes(&data, &[]), "docProps/core.xml").unwrap();
    for wanted in [
        "<dc:title>能力作风优化年台账</dc:title>",
        "<dc:creator>甲市办公室</dc:creator>",
        ">2022-06-08T00:00:00Z</dcterms:created>",
    ] {
        assert!(core.contains(wanted), "{wanted}: {core}");
    }
}
