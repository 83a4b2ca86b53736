//! Workbooks handed out, filled in and read back, by the program: what was filled in arrives, what is damaged is told by
//! its cell in both languages, and nothing is ever half written.

#![allow(clippy::unwrap_used, clippy::print_stderr, missing_docs)]

mod support;

use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use calamine::{Reader, Xlsx, open_workbook};
use duban::form::SHEETS;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};
use support::{rostered, said};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn toml_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = entries
        .filter(|path| path.extension().is_some_and(|e| e == "toml"))
        .collect();
    files.retain(|path| !path.ends_with("campaign.toml"));
    files.sort();
    files
}

/// What a test puts into a cell.
#[derive(Clone)]
enum Put {
    Text(&'static str),
    Number(f64),
    Date(&'static str),
    Truth(bool),
    /// A formula with the result that was worked out.
    Formula(&'static str, &'static str),
}

use Put::{Date, Number, Text, Truth};

fn put(sheet: &mut Worksheet, row: u32, column: u16, value: &Put) {
    let date = Format::new().set_num_format("yyyy-mm-dd");
    match value {
        Text(text) => sheet.write(row, column, *text),
        Number(number) => sheet.write(row, column, *number),
        Date(day) => sheet.write_with_format(
            row,
            column,
            ExcelDateTime::parse_from_str(day).unwrap(),
            &date,
        ),
        Truth(truth) => sheet.write(row, column, *truth),
        Put::Formula(formula, result) => {
            sheet.write(row, column, Formula::new(*formula).set_result(*result))
        }
    }
    .unwrap();
}

/// A sheet: its name, its header, its rows; the header is in the second row, as in the form.
type Sheet<'s> = (&'s str, &'s [&'s str], &'s [&'s [Put]]);

fn book(path: &Path, sheets: &[Sheet<'_>]) {
    let mut book = Workbook::new();
    for (name, header, rows) in sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(*name).unwrap();
        sheet.write(0, 0, "标题").unwrap();
        for (at, header) in (0..).zip(*header) {
            sheet.write(1, at, *header).unwrap();
        }
        for (row, values) in (2..).zip(*rows) {
            for (at, value) in (0..).zip(*values) {
                if !matches!(value, Text("")) {
                    put(sheet, row, at, value);
                }
            }
        }
    }
    book.save(path).unwrap();
}

const PLAN: &[&str] = &[
    "单位代码",
    "单位名称",
    "书记",
    "联络员",
    "联系电话",
    "报送日期",
];
const PROBLEM: &[&str] = &["单位代码", "对象", "方面", "问题", "整改时限"];

/// A small workbook that is right.
fn small(path: &Path) {
    book(
        path,
        &[
            (
                "方案",
                PLAN,
                &[&[
                    Text("T01"),
                    Text("甲镇"),
                    Text("赵天干"),
                    Text(""),
                    Text("0421-0000001"),
                    Date("2022-03-28"),
                ]],
            ),
            (
                "问题",
                PROBLEM,
                &[&[
                    Text("T01"),
                    Text("领导班子"),
                    Text("作风"),
                    Text("有畏难情绪"),
                    Text("长期坚持"),
                ]],
            ),
        ],
    );
}

#[test]
fn the_form_has_a_sheet_for_every_table_with_headers_units_and_lists() {
    let folder = rostered();
    said(folder.path(), "zh", 0, &["template", "-o", "填报表.xlsx"]);
    let mut form: Xlsx<_> = open_workbook(folder.path().join("填报表.xlsx")).unwrap();
    for sheet in SHEETS {
        let range = form.worksheet_range(sheet.name.zh()).unwrap();
        for (at, column) in (0..).zip(sheet.columns()) {
            let header = range.get_value((1, at)).unwrap().to_string();
            assert_eq!(header, column.header.zh());
        }
    }
    let plan = form.worksheet_range("方案").unwrap();
    assert_eq!(plan.get_value((2, 0)).unwrap().to_string(), "T01");
    assert_eq!(plan.get_value((2, 1)).unwrap().to_string(), "甲镇");
    let options = form.worksheet_range("选项").unwrap();
    for word in [
        "领导班子",
        "不担当",
        "讲政治",
        "服务群众",
        "党员大会",
        "长期坚持",
        "是",
    ] {
        assert!(
            options.used_cells().any(|(_, _, cell)| *cell == word),
            "{word}"
        );
    }
}

#[test]
fn headers_are_locked_cells_to_fill_in_are_not_and_dates_are_dates() {
    let folder = rostered();
    said(folder.path(), "zh", 0, &["template", "T01", "-o", "f.xlsx"]);
    let bytes = fs::read(folder.path().join("f.xlsx")).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let part = |archive: &mut zip::ZipArchive<_>, name: &str| {
        std::io::read_to_string(archive.by_name(name).unwrap()).unwrap()
    };
    let sheet = part(&mut archive, "xl/worksheets/sheet2.xml");
    assert!(sheet.contains("<sheetProtection") && !sheet.contains("password"));
    let document = roxmltree::Document::parse(&sheet).unwrap();
    let styles = part(&mut archive, "xl/styles.xml");
    let styles = roxmltree::Document::parse(&styles).unwrap();
    let formats = styles
        .descendants()
        .find(|node| node.has_tag_name((node.tag_name().namespace().unwrap_or(""), "cellXfs")));
    let formats: Vec<_> = formats
        .unwrap()
        .children()
        .filter(|node| node.is_element())
        .collect();
    let locked = |cell: &str| {
        let found = document
            .descendants()
            .find(|node| node.attribute("r") == Some(cell) && node.attribute("s").is_some());
        let style: usize = found.unwrap().attribute("s").unwrap().parse().unwrap();
        let protection = formats[style]
            .descendants()
            .find(|node| node.tag_name().name() == "protection");
        protection.and_then(|node| node.attribute("locked")) != Some("0")
    };
    assert!(locked("C2") && locked("A3") && locked("B3"));
    assert!(!locked("C3") && !locked("I3"));
    let of_date = document
        .descendants()
        .find(|node| node.attribute("type") == Some("date"));
    assert!(of_date.is_some());
}

#[test]
fn what_is_printed_ends_with_the_last_ruled_row() {
    let folder = rostered();
    for (units, last) in [(&["T01"][..], 3), (&["T01", "T02", "D01"], 5)] {
        let name = format!("{}.xlsx", units.len());
        let template = [&["template"], units, &["-o", &name]].concat();
        said(folder.path(), "zh", 0, &template);
        let bytes = fs::read(folder.path().join(&name)).unwrap();
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let book = std::io::read_to_string(archive.by_name("xl/workbook.xml").unwrap()).unwrap();
        let document = roxmltree::Document::parse(&book).unwrap();
        let areas: Vec<&str> = document
            .descendants()
            .filter(|node| node.attribute("name") == Some("_xlnm.Print_Area"))
            .filter_map(|node| node.text())
            .collect();
        let ends = |sheet: &str| {
            let area = areas.iter().find(|area| area.starts_with(sheet));
            let row = area.and_then(|area| area.rsplit('$').next());
            row.and_then(|row| row.parse::<u32>().ok())
        };
        // Below title and header a row for each unit, or as many as fill a page.
        assert_eq!(ends("方案!"), Some(last), "{areas:?}");
        assert_eq!(ends("问题!"), Some(38), "{areas:?}");
    }
}

#[test]
fn the_same_day_makes_the_same_form() {
    let folder = rostered();
    for name in ["a.xlsx", "b.xlsx"] {
        said(
            folder.path(),
            "zh",
            0,
            &["template", "-o", name, "--as-of", "2022-03-15"],
        );
    }
    let bytes = |name: &str| fs::read(folder.path().join(name)).unwrap();
    assert_eq!(bytes("a.xlsx"), bytes("b.xlsx"));
}

#[test]
fn a_form_that_is_there_is_never_replaced() {
    let folder = rostered();
    fs::write(folder.path().join("f.xlsx"), "filled").unwrap();
    said(folder.path(), "zh", 2, &["template", "-o", "f.xlsx"]);
    assert_eq!(fs::read(folder.path().join("f.xlsx")).unwrap(), b"filled");
    let all = said(
        folder.path(),
        "zh",
        0,
        &["template", "--each", "T01", "D02", "-o", "表"],
    );
    assert!(all.contains("表/T01-甲镇.xlsx"), "{all}");
    said(folder.path(), "zh", 2, &["template", "--each", "-o", "表"]);
}

#[test]
fn an_empty_form_is_read_as_nothing() {
    let folder = rostered();
    for lang in ["zh", "en"] {
        said(
            folder.path(),
            lang,
            0,
            &["template", "-o", &format!("{lang}.xlsx")],
        );
        said(folder.path(), lang, 0, &["import", &format!("{lang}.xlsx")]);
    }
    assert_eq!(toml_files(folder.path()), Vec::<PathBuf>::new());
}

/// Fills in a value for every column of the form, in one language.
fn full(path: &Path, lang: &str) {
    let mut book = Workbook::new();
    for sheet in SHEETS {
        let to = book.add_worksheet();
        to.set_name(if lang == "zh" {
            sheet.name.zh()
        } else {
            sheet.name.en()
        })
        .unwrap();
        for (at, column) in (0..).zip(sheet.columns()) {
            let header = if lang == "zh" {
                column.header.zh()
            } else {
                column.header.en()
            };
            to.write(0, at, header).unwrap();
            put(to, 1, at, &sample(column.field));
        }
    }
    book.save(path).unwrap();
}

fn sample(field: &str) -> Put {
    let key = field.rsplit('.').next().unwrap();
    match (field, key) {
        ("unit.code", _) => Text("T01"),
        ("unit.name", _) => Text("甲镇"),
        ("plan.revised", _) => Text("2022-05-10；2022年6月1日"),
        (_, "document_number") => Text("甲党发〔2022〕5号"),
        ("problem.subject", _) => Text("班子成员"),
        ("problem.aspect", _) => Text("能力"),
        ("problem.fault", _) => Text("不务实"),
        ("problem.ability", _) => Text("调查研究能力"),
        ("problem.due", _) => Text("长期坚持"),
        ("measure.aspect", _) => Text("调查研究"),
        ("measure.goal", _) => Text("讲政治"),
        ("measure.responsible", _) => Text("党政办、农业农村办"),
        ("activity.kind", _) => Text("能力培训"),
        ("meeting.kind", _) => Text("组织生活会"),
        ("meeting.form", _) => Text("党员大会"),
        ("meeting.year", _) => Number(2022.0),
        (_, "key" | "participants" | "expected" | "present") => Number(9.0),
        (_, "reviews_campaign") => Text("是"),
        (_, "evidence") => Text("evidence/a.pdf\nevidence/b.pdf"),
        (_, "special_meeting") => Date("2022-03-18"),
        (
            _,
            "adopted" | "filed" | "received" | "closed" | "due" | "done" | "date" | "planned"
            | "held" | "printed" | "valid_until" | "repealed",
        ) => Date("2022-03-28"),
        (_, "phone") => Text("0421-0000001"),
        _ => Text("赵天干"),
    }
}

#[test]
fn every_field_goes_from_the_form_into_the_plan_file_and_check_reads_it() {
    for lang in ["zh", "en"] {
        let folder = rostered();
        full(&folder.path().join("full.xlsx"), lang);
        said(folder.path(), lang, 0, &["import", "full.xlsx"]);
        let text = fs::read_to_string(folder.path().join("T01.toml")).unwrap();
        let plan: toml::Table = toml::from_str(&text).unwrap();
        for sheet in SHEETS {
            for column in sheet.columns() {
                let mut value = plan.clone();
                let mut keys: Vec<&str> = column.field.split('.').collect();
                let last = keys.pop().unwrap();
                for key in keys {
                    value = match &value[key] {
                        toml::Value::Array(list) => list[0].as_table().unwrap().clone(),
                        other => other.as_table().unwrap().clone(),
                    };
                }
                assert!(value.contains_key(last), "{} in\n{text}", column.field);
            }
        }
        assert_eq!(plan["plan"]["filed"].to_string(), "2022-03-28");
        assert_eq!(
            plan["plan"]["revised"].to_string(),
            "[2022-05-10, 2022-06-01]"
        );
        assert_eq!(
            plan["measure"][0]["responsible"][1].as_str(),
            Some("农业农村办")
        );
        assert_eq!(plan["meeting"][0]["reviews_campaign"].as_bool(), Some(true));
        // What stands in the file can be read: no finding of the family `file`.
        said(
            folder.path(),
            lang,
            0,
            &[
                "check",
                "T01.toml",
                "--select",
                "file",
                "--as-of",
                "2023-01-01",
            ],
        );
    }
}

#[test]
fn the_usual_ways_to_write_are_read() {
    let folder = rostered();
    let days = [
        "2022.3.28",
        "2022/3/28",
        "2022年3月28日",
        "20220328",
        " ２０２２ 年 ３ 月 ２８ 日 ",
        "二〇二二年三月二十八日",
        "2022-3-28 0:00",
    ];
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("活动").unwrap();
    // Renamed and reordered columns, a unit by its name in merged cells, a number where a date was meant.
    for (at, header) in (0..).zip(["开展时间", "活动形式", "人 数", "序号", "填报单位（必填）"])
    {
        sheet.write(2, at, header).unwrap();
    }
    for (row, day) in (3..).zip(days) {
        sheet.write(row, 0, day).unwrap();
        sheet.write(row, 1, "能力培训").unwrap();
        sheet.write(row, 2, "４２人").unwrap();
    }
    let last = 3 + days.len() as u32;
    let date = Format::new().set_num_format("yyyy-mm-dd");
    sheet.write_with_format(last, 0, 20_220_328, &date).unwrap();
    sheet.write(last + 1, 0, 44_648).unwrap();
    sheet.write(last, 1, "能力培训").unwrap();
    sheet.write(last + 1, 1, "能力培训").unwrap();
    sheet
        .merge_range(3, 4, last + 1, 4, "甲 镇", &Format::new())
        .unwrap();
    // Trailing rows with blanks and a dash only.
    sheet.write(last + 5, 0, "  ").unwrap();
    workbook.save(folder.path().join("a.xlsx")).unwrap();
    said(folder.path(), "zh", 0, &["import", "a.xlsx"]);
    let plan: toml::Table =
        toml::from_str(&fs::read_to_string(folder.path().join("T01.toml")).unwrap()).unwrap();
    let activities = plan["activity"].as_array().unwrap();
    assert_eq!(activities.len(), days.len() + 2);
    for activity in activities {
        assert_eq!(activity["date"].to_string(), "2022-03-28");
    }
    assert_eq!(activities[0]["participants"].as_integer(), Some(42));
}

#[test]
fn padded_names_and_phones_kept_as_numbers_are_put_right() {
    let folder = rostered();
    book(
        &folder.path().join("a.xlsx"),
        &[(
            "方案",
            PLAN,
            &[
                &[
                    Text("t01"),
                    Text(""),
                    Text("赵 六"),
                    Text("钱　七"),
                    Number(13_800_000_000.0),
                    Put::Formula("=DATE(2022,3,28)", "2022-03-28"),
                ],
                &[
                    Text("T02"),
                    Text(""),
                    Text("John Smith"),
                    Text("欧阳 修"),
                    Text("０４２１－０００００００"),
                    Text("/"),
                ],
            ],
        )],
    );
    let all = said(folder.path(), "zh", 0, &["import", "a.xlsx"]);
    assert!(
        all.contains("a.xlsx 方案!E3：数字13800000000按文字读入"),
        "{all}"
    );
    assert!(all.contains("a.xlsx 方案!F4：“/”当作没有填"), "{all}");
    let one = fs::read_to_string(folder.path().join("T01.toml")).unwrap();
    for line in [
        "secretary = \"赵六\"",
        "name = \"钱七\", phone = \"13800000000\"",
        "filed = 2022-03-28",
    ] {
        assert!(one.contains(line), "{line} in\n{one}");
    }
    let two = fs::read_to_string(folder.path().join("T02.toml")).unwrap();
    for line in [
        "secretary = \"John Smith\"",
        "name = \"欧阳 修\", phone = \"0421-0000000\"",
    ] {
        assert!(two.contains(line), "{line} in\n{two}");
    }
}

/// A workbook with every kind of damage, and where each must be named.
fn damaged(path: &Path) -> Vec<(&'static str, &'static str)> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("方案").unwrap();
    let header = [
        "单位代码",
        "单位名称",
        "书记",
        "联系电话",
        "报送日其",
        "制定日期",
        "发文字号",
        "备注栏目",
        "收到日期",
    ];
    for (at, header) in (0..).zip(header) {
        sheet.write(1, at, header).unwrap();
    }
    let rows: [&[Put]; 6] = [
        &[
            Text("T01"),
            Text("甲镇"),
            Text("赵六"),
            Number(1.234_567_890_123_456_8e17),
            Text("2022-03-28"),
            Text("3月25日"),
            Date("2022-05-01"),
            Text("有话说"),
        ],
        &[Text("T09"), Text(""), Text("甲")],
        &[Text(""), Text("乙镇镇"), Text("甲")],
        &[Text("T01"), Text("丙乡"), Text("甲")],
        &[Text(""), Text(""), Text("无主")],
        &[
            Text("T02"),
            Text(""),
            Text("\u{1b}[31m"),
            Text(""),
            Text(""),
            Truth(true),
        ],
    ];
    for (row, values) in (2..).zip(rows) {
        for (at, value) in (0..).zip(values) {
            if !matches!(value, Text("")) {
                put(sheet, row, at, value);
            }
        }
    }
    sheet
        .write(7, 8, Formula::new("=1/0").set_result("#DIV/0!"))
        .unwrap();
    let sheet = workbook.add_worksheet();
    sheet.set_name("问题").unwrap();
    for (at, header) in (0..).zip(["单位代码", "对象", "问题", "问题内容"]) {
        sheet.write(0, at, header).unwrap();
    }
    put(sheet, 1, 0, &Text("T01"));
    put(sheet, 1, 1, &Text("领导班"));
    put(sheet, 2, 0, &Text("T01"));
    put(sheet, 2, 2, &Text("没写对象"));
    let sheet = workbook.add_worksheet();
    sheet.set_name("活动").unwrap();
    for (at, header) in (0..).zip(["单位代码", "形式", "参加人数"]) {
        sheet.write(0, at, header).unwrap();
    }
    put(sheet, 1, 0, &Text("T01"));
    put(sheet, 1, 1, &Text("能力培训"));
    put(sheet, 1, 2, &Text("许多人"));
    let sheet = workbook.add_worksheet();
    sheet.set_name("总结会").unwrap();
    put(sheet, 0, 0, &Text("别的内容"));
    let sheet = workbook.add_worksheet();
    sheet.set_name("制度").unwrap();
    put(sheet, 0, 0, &Text("没有表头"));
    workbook.save(path).unwrap();
    vec![
        ("方案!C3", "书记写了两次，与“好.xlsx 方案!C3”不同"),
        ("方案!D3", "位数太多"),
        ("方案!E2", "是否为“报送日期”"),
        ("方案!F3", "“3月25日”没有写年份"),
        ("方案!G3", "却是日期2022-05-01"),
        ("方案!H2", "不认识“备注栏目”一列"),
        ("方案!A4", "花名册中没有代码“T09”"),
        ("方案!B5", "花名册中没有“乙镇镇”"),
        ("方案!B6", "代码T01是甲镇"),
        ("方案!A7", "没有写明是哪个单位"),
        ("方案!F8", "“TRUE”不能识别"),
        ("方案!I8", "错误值#DIV/0!"),
        ("问题!B2", "“领导班”不能识别"),
        ("问题!B3", "缺少对象"),
        ("问题!D1", "写了两次"),
        ("活动!C2", "“许多人”不能识别"),
        ("总结会", "不认识这张表"),
        ("制度", "找不到表头"),
    ]
}

#[test]
fn every_damage_is_named_by_its_cell_in_both_languages_and_nothing_is_written() {
    let folder = rostered();
    let expected = damaged(&folder.path().join("坏.xlsx"));
    small(&folder.path().join("好.xlsx"));
    let zh = said(folder.path(), "zh", 1, &["import", "好.xlsx", "坏.xlsx"]);
    let en = said(folder.path(), "en", 1, &["import", "好.xlsx", "坏.xlsx"]);
    for (cell, words) in &expected {
        let mut lines = zh.lines();
        let told = lines.any(|line| {
            line.starts_with(&format!("错误：坏.xlsx {cell}："))
                && (line.contains(words)
                    || zh[line.as_ptr() as usize - zh.as_ptr() as usize..]
                        .lines()
                        .nth(1)
                        .unwrap()
                        .contains(words))
        });
        assert!(told, "{cell} {words} in\n{zh}");
        assert!(
            en.contains(&format!("error: 坏.xlsx {cell}: ")),
            "{cell} in\n{en}"
        );
    }
    let errors =
        |text: &str, word: &str| text.lines().filter(|line| line.starts_with(word)).count();
    assert_eq!(errors(&zh, "错误："), expected.len(), "{zh}");
    assert_eq!(errors(&en, "error: "), expected.len(), "{en}");
    // Each problem says what to do.
    assert_eq!(zh.matches("    改法：").count(), expected.len(), "{zh}");
    assert!(!zh.contains('\u{1b}') && !en.contains('\u{1b}'));
    assert_eq!(toml_files(folder.path()), Vec::<PathBuf>::new());
    // The order of what is told is that of the workbooks, and always the same.
    assert_eq!(
        zh,
        said(folder.path(), "zh", 1, &["import", "好.xlsx", "坏.xlsx"])
    );
}

#[test]
fn what_is_not_known_can_be_left_out_by_wish_and_is_listed() {
    let folder = rostered();
    book(
        &folder.path().join("a.xlsx"),
        &[
            (
                "方案",
                &["单位代码", "书记", "备注栏目"],
                &[&[Text("T01"), Text("赵六"), Text("有话说")]],
            ),
            ("汇总", &["甲"], &[&[Text("乙")]]),
        ],
    );
    said(folder.path(), "zh", 1, &["import", "a.xlsx"]);
    let all = said(
        folder.path(),
        "zh",
        0,
        &["import", "a.xlsx", "--skip-unknown"],
    );
    assert!(
        all.contains("提示：a.xlsx 方案!C2：不认识“备注栏目”一列"),
        "{all}"
    );
    assert!(all.contains("提示：a.xlsx 汇总：不认识这张表"), "{all}");
    assert!(folder.path().join("T01.toml").is_file());
}

#[test]
fn a_file_that_is_there_is_refused_and_none_of_the_others_is_written() {
    let folder = rostered();
    fs::write(
        folder.path().join("mine.toml"),
        "[unit]\ncode = \"T01\"\nname = \"甲镇\"\n",
    )
    .unwrap();
    book(
        &folder.path().join("a.xlsx"),
        &[(
            "方案",
            &["单位代码", "书记"],
            &[&[Text("T01"), Text("赵六")], &[Text("T02"), Text("孙八")]],
        )],
    );
    let all = said(folder.path(), "zh", 1, &["import", "a.xlsx"]);
    assert!(all.contains("mine.toml：甲镇已有这个文件"), "{all}");
    assert_eq!(toml_files(folder.path()).len(), 1);
}

#[test]
fn an_update_keeps_comments_shows_the_difference_and_changes_nothing_the_second_time() {
    let folder = rostered();
    let file = folder.path().join("T01.toml");
    fs::copy(root().join("plans/T01.toml"), &file).unwrap();
    let before = fs::read_to_string(&file).unwrap();
    book(
        &folder.path().join("a.xlsx"),
        &[
            (
                "方案",
                PLAN,
                &[&[
                    Text("T01"),
                    Text("甲镇"),
                    Text("新书记"),
                    Text(""),
                    Text(""),
                    Date("2022-03-28"),
                ]],
            ),
            (
                "措施",
                &["单位代码", "措施", "完成日期"],
                &[&[
                    Text("T01"),
                    Text("开办镇机关夜学课堂，每周三晚由一名干部讲政策、讲案例。"),
                    Date("2022-10-27"),
                ]],
            ),
            (
                "活动",
                &["单位代码", "形式", "开展日期"],
                &[&[Text("T01"), Text("走出去"), Date("2022-11-01")]],
            ),
        ],
    );
    let shown = said(
        folder.path(),
        "zh",
        0,
        &["import", "a.xlsx", "--update", "--dry-run"],
    );
    assert_eq!(fs::read_to_string(&file).unwrap(), before);
    let all = said(folder.path(), "zh", 0, &["import", "a.xlsx", "--update"]);
    for line in [
        "-secretary = \"赵天干\"",
        "+secretary = \"新书记\"",
        "-done = 2022-10-26",
        "+done = 2022-10-27",
        "+[[activity]]",
        "+kind = \"走出去\"",
    ] {
        assert!(
            all.lines().any(|shown| shown.starts_with(line)),
            "{line} in\n{all}"
        );
        assert!(shown.contains(line), "{line} in\n{shown}");
    }
    let after = fs::read_to_string(&file).unwrap();
    let comments = |text: &str| {
        text.lines()
            .filter_map(|line| line.split_once('#').map(|(_, c)| c.to_owned()))
            .collect::<Vec<_>>()
    };
    assert_eq!(comments(&after), comments(&before));
    // Every line but those of the diff is as it was.
    let gone: Vec<&str> = before
        .lines()
        .filter(|line| !after.lines().any(|other| other == *line))
        .collect();
    assert_eq!(gone.len(), 2, "{gone:?}");
    // The new activity stands with the others.
    let at = |text: &str| after.find(text).unwrap();
    assert!(at("走出去") > at("服务群众\"") && at("走出去") < at("[[meeting]]"));
    let again = said(folder.path(), "zh", 0, &["import", "a.xlsx", "--update"]);
    assert!(again.contains("T01.toml没有变化"), "{again}");
    assert_eq!(fs::read_to_string(&file).unwrap(), after);
}

#[test]
fn what_is_added_to_a_file_stands_in_the_order_of_the_form_whatever_that_of_the_columns() {
    let folder = rostered();
    let file = folder.path().join("T01.toml");
    fs::write(
        &file,
        "[unit]\ncode = \"T01\"\nname = \"甲镇\"\n\n[plan]\ntitle = \"方案\"\n",
    )
    .unwrap();
    let sheet = (
        "方案",
        &["报送日期", "制定日期", "专题会议日期", "单位代码"][..],
        &[&[
            Date("2022-03-28"),
            Date("2022-03-25"),
            Date("2022-03-18"),
            Text("T01"),
        ][..]][..],
    );
    book(&folder.path().join("a.xlsx"), &[sheet]);
    said(folder.path(), "zh", 0, &["import", "a.xlsx", "--update"]);
    let text = fs::read_to_string(&file).unwrap();
    let added: Vec<&str> = text
        .lines()
        .filter(|line| line.contains("2022-03"))
        .collect();
    assert_eq!(
        added,
        [
            "special_meeting = 2022-03-18",
            "adopted = 2022-03-25",
            "filed = 2022-03-28"
        ],
        "{text}"
    );
}

#[test]
fn an_update_never_changes_the_first_filing() {
    let folder = rostered();
    let file = folder.path().join("T01.toml");
    fs::copy(root().join("plans/T01.toml"), &file).unwrap();
    let before = fs::read(&file).unwrap();
    book(
        &folder.path().join("a.xlsx"),
        &[(
            "方案",
            &["单位代码", "报送日期"],
            &[&[Text("T01"), Date("2022-04-02")]],
        )],
    );
    let all = said(folder.path(), "zh", 1, &["import", "a.xlsx", "--update"]);
    assert!(
        all.contains("首次报送日期已登记为2022-03-28，表中却是2022-04-02"),
        "{all}"
    );
    assert_eq!(fs::read(&file).unwrap(), before);
}

#[test]
fn what_the_campaign_does_not_ask_for_is_imported_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let campaign = "[campaign]\nname = \"作风年\"\nstart = 2022-03-15\nend = 2022-12-31\n\
                    [[milestone]]\nid = \"plan\"\nname = \"方案\"\ndue = 2022-03-31\n\
                    requires = { kind = \"plan\", basis = \"filed\" }\n\
                    [[unit]]\ncode = \"T01\"\nname = \"甲镇\"\ncategory = \"乡镇\"\n";
    fs::write(folder.path().join("campaign.toml"), campaign).unwrap();
    let meeting = ["单位代码", "类型", "召开日期"];
    let outcome = ["单位代码", "文件标题", "成文日期"];
    book(
        &folder.path().join("a.xlsx"),
        &[
            (
                "生活会",
                &meeting,
                &[&[Text("T01"), Text("民主生活会"), Date("2022-10-24")]],
            ),
            (
                "制度",
                &outcome,
                &[&[Text("T01"), Text("夜学制度"), Date("2022-12-10")]],
            ),
        ],
    );
    said(folder.path(), "zh", 0, &["import", "a.xlsx"]);
    let text = fs::read_to_string(folder.path().join("T01.toml")).unwrap();
    for part in [
        "[[meeting]]\nkind = \"民主生活会\"",
        "held = 2022-10-24",
        "[[outcome]]\ntitle = \"夜学制度\"",
        "adopted = 2022-12-10",
    ] {
        assert!(text.contains(part), "{part} in\n{text}");
    }
}

#[test]
fn a_total_in_the_column_of_numbers_is_told_though_another_column_is_left_out() {
    let folder = rostered();
    let ledger = (
        "台账",
        &["序号", "单位代码", "报送日期", "备注"][..],
        &[
            &[Number(1.0), Text("T01"), Date("2022-03-28"), Text("纸质")][..],
            &[Text("合计")],
            &[Text(""), Text(""), Text(""), Text("以上属实")],
        ][..],
    );
    book(&folder.path().join("a.xlsx"), &[ledger]);
    let map = "[sheet.\"台账\"]\ntable = \"plan\"\n[sheet.\"台账\".columns]\n\"备注\" = \"\"\n";
    fs::write(folder.path().join("map.toml"), map).unwrap();
    let all = said(
        folder.path(),
        "zh",
        0,
        &["import", "a.xlsx", "--map", "map.toml"],
    );
    assert!(all.contains("“合计”一行没有单位填写的内容"), "{all}");
    assert!(!all.contains("以上属实"), "{all}");
}

#[test]
fn what_was_imported_is_not_changed_by_importing_it_again() {
    let folder = rostered();
    full(&folder.path().join("full.xlsx"), "zh");
    said(folder.path(), "zh", 0, &["import", "full.xlsx"]);
    let before = fs::read(folder.path().join("T01.toml")).unwrap();
    let all = said(folder.path(), "zh", 0, &["import", "full.xlsx", "--update"]);
    assert!(all.contains("T01.toml没有变化"), "{all}");
    assert_eq!(fs::read(folder.path().join("T01.toml")).unwrap(), before);
}

#[test]
fn an_offices_own_ledger_is_read_with_a_mapping_file() {
    let folder = rostered();
    book(
        &folder.path().join("台账.xlsx"),
        &[
            (
                "2022年台账",
                &["序号", "单位", "一把手", "方案报送", "总结上报", "说明"],
                &[&[
                    Number(1.0),
                    Text("甲镇"),
                    Text("赵六"),
                    Text("2022.3.28"),
                    Text("2022.12.20"),
                    Text("略"),
                ]],
            ),
            ("汇总", &["甲"], &[&[Text("乙")]]),
        ],
    );
    said(folder.path(), "zh", 1, &["import", "台账.xlsx"]);
    let map = "[sheet.\"2022年台账\"]\ntable = \"plan\"\n[sheet.\"2022年台账\".columns]\n\"一把手\" = \"unit.secretary\"\n\"方案报送\" = \"filed\"\n\"总结上报\" = \"summary.date\"\n\"说明\" = \"\"\n[sheet.\"汇总\"]\ntable = \"\"\n";
    fs::write(folder.path().join("映射.map"), map).unwrap();
    said(
        folder.path(),
        "zh",
        0,
        &["import", "台账.xlsx", "--map", "映射.map"],
    );
    let text = fs::read_to_string(folder.path().join("T01.toml")).unwrap();
    let plan: toml::Table = toml::from_str(&text).unwrap();
    assert_eq!(plan["unit"]["secretary"].as_str(), Some("赵六"));
    assert_eq!(plan["plan"]["filed"].to_string(), "2022-03-28");
    assert_eq!(plan["summary"]["date"].to_string(), "2022-12-20");
    fs::write(
        folder.path().join("映射.map"),
        map.replace("\"filed\"", "\"filled\""),
    )
    .unwrap();
    let all = said(
        folder.path(),
        "zh",
        2,
        &["import", "台账.xlsx", "--map", "映射.map"],
    );
    assert!(
        all.contains("是否为filed？") && all.contains("columns.\"方案报送\""),
        "{all}"
    );
}

#[test]
fn hostile_workbooks_are_told_and_written_nowhere() {
    let folder = rostered();
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    write("empty.xlsx", b"");
    write("text.xlsx", "单位代码".as_bytes());
    write("cut.xlsx", b"PK\x03\x04cut");
    let mut ole = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    ole.resize(2048, 0);
    write("damaged.xls", &ole);
    let name: Vec<u8> = "EncryptedPackage"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    ole.extend(name);
    write("secret.xlsx", &ole);
    // Two hundred megabytes of nothing in a small file.
    let mut bomb = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated);
    bomb.start_file("xl/sharedStrings.xml", options).unwrap();
    for _ in 0..200 {
        bomb.write_all(&vec![b' '; 1 << 20]).unwrap();
    }
    write("bomb.xlsx", &bomb.finish().unwrap().into_inner());
    // Two cells, as far from each other as can be.
    let mut far = Workbook::new();
    let sheet = far.add_worksheet();
    sheet.set_name("方案").unwrap();
    for (at, header) in (0..).zip(["单位代码", "书记"]) {
        sheet.write(0, at, header).unwrap();
    }
    sheet.write(1_048_575, 16_383, "x").unwrap();
    far.save(folder.path().join("far.xlsx")).unwrap();
    let names = [
        "empty.xlsx",
        "text.xlsx",
        "cut.xlsx",
        "damaged.xls",
        "secret.xlsx",
        "bomb.xlsx",
        "far.xlsx",
    ];
    let arguments: Vec<&str> = std::iter::once("import").chain(names).collect();
    for (lang, words) in [
        (
            "zh",
            [
                "文件是空的",
                "不是Excel工作簿",
                "已损坏",
                "已损坏",
                "有打开密码",
                "太大",
                "方案!XFD1048576",
            ],
        ),
        (
            "en",
            [
                "is empty",
                "not an Excel workbook",
                "damaged",
                "damaged",
                "encrypted",
                "too large",
                "方案!XFD1048576",
            ],
        ),
    ] {
        let all = said(folder.path(), lang, 1, &arguments);
        for (name, word) in names.iter().zip(words) {
            assert!(
                all.lines()
                    .any(|line| line.contains(name) && line.contains(word)),
                "{name} {word} in\n{all}"
            );
        }
    }
    assert_eq!(toml_files(folder.path()), Vec::<PathBuf>::new());
    said(folder.path(), "zh", 2, &["import", "missing.xlsx"]);
}

#[test]
fn an_old_workbook_is_read_like_a_new_one() {
    let folder = rostered();
    small(&folder.path().join("a.xlsx"));
    let profile = format!(
        "-env:UserInstallation=file://{}/office",
        folder.path().display()
    );
    let office = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", "xls", "a.xlsx"])
        .current_dir(folder.path())
        .output();
    if office.is_err() || !folder.path().join("a.xls").is_file() {
        eprintln!("skipped: LibreOffice is not there");
        return;
    }
    let file = folder.path().join("T01.toml");
    let texts = ["a.xlsx", "a.xls"].map(|name| {
        said(folder.path(), "zh", 0, &["import", name]);
        let text = fs::read_to_string(&file).unwrap();
        fs::remove_file(&file).unwrap();
        text
    });
    assert!(texts[1].contains("filed = 2022-03-28"));
    assert_eq!(texts[0], texts[1]);
    // Of two that were cut short, none makes the program fall.
    let whole = fs::read(folder.path().join("a.xls")).unwrap();
    for part in [whole.len() / 3, whole.len() / 2] {
        fs::write(folder.path().join("cut.xls"), &whole[..part]).unwrap();
        said(folder.path(), "zh", 1, &["import", "cut.xls"]);
    }
}
