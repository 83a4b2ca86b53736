//! Workbooks as units send them back, and folders as offices collect them in: what is not of the form is read where
//! it is certain, and told where it is not.

#![allow(clippy::unwrap_used, clippy::print_stderr, missing_docs)]

mod support;

use std::fs;
use std::path::Path;

use rust_xlsxwriter::{Format, Workbook, Worksheet};
use support::{rostered, said};

/// Text cells from the top; an empty text is an empty cell.
fn rows(sheet: &mut Worksheet, rows: &[&[&str]]) {
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(*cells) {
            if !cell.is_empty() {
                sheet.write(row, column, *cell).unwrap();
            }
        }
    }
}

fn book(path: &Path, sheets: &[(&str, &[&[&str]])]) {
    let mut book = Workbook::new();
    for (name, cells) in sheets {
        rows(book.add_worksheet().set_name(*name).unwrap(), cells);
    }
    book.save(path).unwrap();
}

#[test]
fn a_list_with_merged_titles_and_headers_of_two_rows_is_read() {
    let folder = rostered();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("问题台账").unwrap();
    rows(
        sheet,
        &[
            &[],
            &["", "", "查摆问题", "", "整改"],
            &["", "", "对象", "问题", "整改措施", "完成时限"],
            &["1", "", "领导班子", "问题一", "措施", "2022年10月底前"],
            &["2", "", "领导班子", "问题二", "措施", "长期"],
            &["3", "乙镇", "领导班子", "问题三", "措施", "2022.10.20"],
        ],
    );
    let format = Format::new();
    for (area, text) in [
        ((0, 0, 0, 5), "查摆问题清单"),
        ((1, 0, 2, 0), "序号"),
        ((1, 1, 2, 1), "单位"),
        ((3, 1, 4, 1), "甲镇"),
    ] {
        let (top, left, bottom, right) = area;
        sheet
            .merge_range(top, left, bottom, right, text, &format)
            .unwrap();
    }
    book.save(folder.path().join("a.xlsx")).unwrap();
    let all = said(folder.path(), "zh", 0, &["import", "a.xlsx"]);
    assert!(
        all.contains("问题台账!F4：“2022年10月底前”读作2022-10-31（含当日）"),
        "{all}"
    );
    let text = fs::read_to_string(folder.path().join("T01.toml")).unwrap();
    let plan: toml::Table = toml::from_str(&text).unwrap();
    let dues: Vec<String> = plan["problem"]
        .as_array()
        .unwrap()
        .iter()
        .map(|problem| problem["due"].to_string())
        .collect();
    assert_eq!(dues, ["2022-10-31", "\"长期坚持\""]);
    assert!(folder.path().join("T02.toml").is_file());
}

#[test]
fn a_unit_named_above_the_header_owns_the_rows_that_name_none() {
    let folder = rostered();
    book(
        &folder.path().join("a.xlsx"),
        &[(
            "查摆问题",
            &[
                &["填报单位：丙乡　　填报日期：2022.3.28"],
                &["序号", "对象", "问题"],
                &["1", "领导班子", "有畏难情绪"],
            ],
        )],
    );
    said(folder.path(), "zh", 0, &["import", "a.xlsx"]);
    assert!(folder.path().join("T03.toml").is_file());
}

#[test]
fn totals_and_signatures_below_a_list_are_told_and_are_no_units() {
    let folder = rostered();
    book(
        &folder.path().join("a.xlsx"),
        &[(
            "方案",
            &[
                &["序号", "单位名称", "书记"],
                &["1", "甲镇", "赵六"],
                &["2", "乙镇"],
                &["", "合计"],
                &["填表人：张三"],
            ],
        )],
    );
    let zh = said(folder.path(), "zh", 0, &["import", "a.xlsx"]);
    for told in [
        "提示：a.xlsx 方案!B4：“合计”一行没有单位填写的内容，没有读入",
        "提示：a.xlsx 方案!A5：“填表人：张三”一行没有单位填写的内容，没有读入",
    ] {
        assert!(zh.contains(told), "{told} in\n{zh}");
    }
    assert_eq!(zh.matches("提示").count(), 2, "{zh}");
    let en = said(folder.path(), "en", 0, &["import", "a.xlsx", "--update"]);
    assert!(
        en.contains("方案!B4: the row “合计” holds nothing of a unit"),
        "{en}"
    );
}

#[test]
fn what_only_looks_like_an_answer_is_a_problem() {
    let folder = rostered();
    book(
        &folder.path().join("a.xlsx"),
        &[(
            "方案",
            &[
                &["单位名称", "书记", "联系电话", "报送日期"],
                &["甲镇", "赵六", "1.38E+10", "3月28日"],
                &["乙镇", "同上", "13800000000", "2022-02-30"],
            ],
        )],
    );
    let zh = said(folder.path(), "zh", 1, &["import", "a.xlsx"]);
    let en = said(folder.path(), "en", 1, &["import", "a.xlsx"]);
    for (cell, in_zh, in_en) in [
        (
            "C2",
            "“1.38E+10”是科学计数",
            "“1.38E+10” is a number in scientific",
        ),
        (
            "D2",
            "报送日期“3月28日”没有写年份",
            "Filed: “3月28日” has no year",
        ),
        (
            "B3",
            "“同上”没有写明内容",
            "“同上” does not say what is meant",
        ),
        (
            "D3",
            "报送日期“2022-02-30”，没有这一天",
            "is not in the calendar",
        ),
    ] {
        assert!(
            zh.contains(&format!("错误：a.xlsx 方案!{cell}：{in_zh}")),
            "{zh}"
        );
        let told = en
            .lines()
            .any(|line| line.contains(&format!("方案!{cell}: ")) && line.contains(in_en));
        assert!(told, "{in_en} in\n{en}");
    }
    assert!(!folder.path().join("T02.toml").exists());
}

#[test]
fn a_sheet_with_another_name_is_known_by_its_header() {
    let folder = rostered();
    let sheet: &[&[&str]] = &[
        &["单位名称", "书记", "报送日期"],
        &["甲镇", "赵六", "2022-3-28"],
    ];
    book(&folder.path().join("a.xlsx"), &[("Sheet1", sheet)]);
    let zh = said(folder.path(), "zh", 1, &["import", "a.xlsx"]);
    assert!(zh.contains("错误：a.xlsx Sheet1：不认识这张表"), "{zh}");
    assert!(
        zh.contains("表头像“方案”：如果是，把表名改成“方案”"),
        "{zh}"
    );
    let en = said(folder.path(), "en", 1, &["import", "a.xlsx"]);
    assert!(en.contains("its header is like that of “Plan”"), "{en}");
}

#[test]
fn hidden_sheets_are_told_and_those_that_wps_makes_are_passed_over() {
    let folder = rostered();
    let mut hidden = Workbook::new();
    let sheets: [(&str, &[&[&str]]); 4] = [
        ("填写说明", &[&["说明"]]),
        ("方案", &[&["单位名称", "书记"], &["甲镇", "赵六"]]),
        ("旧数据", &[&["单位名称"]]),
        ("WpsReserved_CellImgList", &[&["image1"]]),
    ];
    for (name, cells) in sheets {
        let sheet = hidden.add_worksheet().set_name(name).unwrap();
        sheet.set_hidden(name != "填写说明");
        rows(sheet, cells);
    }
    hidden.save(folder.path().join("a.xlsx")).unwrap();
    let all = said(folder.path(), "zh", 1, &["import", "a.xlsx"]);
    assert!(
        all.contains("错误：a.xlsx 旧数据：不认识这张隐藏的表"),
        "{all}"
    );
    assert!(all.contains("取消隐藏后再看"), "{all}");
    assert!(
        all.contains("提示：a.xlsx 方案：这张表是隐藏的，照样读入"),
        "{all}"
    );
    assert!(!all.contains("WpsReserved"), "{all}");
}

#[test]
fn a_folder_is_read_whole_and_what_is_no_workbook_in_it_is_told() {
    let folder = rostered();
    let inbox = folder.path().join("收回");
    fs::create_dir_all(inbox.join("乡镇")).unwrap();
    let unit = |path: &Path, unit: &str| {
        book(path, &[("方案", &[&["单位名称", "书记"], &[unit, "赵六"]])]);
    };
    unit(&inbox.join("乡镇/甲.xlsx"), "甲镇");
    unit(&inbox.join("乙.xlsx"), "乙镇");
    fs::write(inbox.join("~$乙.xlsx"), "user").unwrap();
    fs::write(inbox.join("情况说明.docx"), "x").unwrap();
    for name in [".隐藏.docx", "T09.toml", "台账.json"] {
        fs::write(inbox.join(name), "x").unwrap();
    }
    let all = said(
        folder.path(),
        "zh",
        0,
        &["import", "收回", "收回/乙.xlsx", "收回/~$乙.xlsx"],
    );
    for told in [
        "提示：收回/情况说明.docx：不是Excel工作簿，没有读",
        "提示：收回/乙.xlsx：写了两次，只读一次",
        "提示：收回/~$乙.xlsx：是打开表格时生成的锁文件，没有读",
    ] {
        assert!(all.contains(told), "{told} in\n{all}");
    }
    let others = all.matches("不是Excel工作簿").count();
    assert_eq!(others, 1, "nor folders, hidden files and plan files: {all}");
    assert!(folder.path().join("T01.toml").is_file() && folder.path().join("T02.toml").is_file());
    fs::create_dir(folder.path().join("空")).unwrap();
    let all = said(folder.path(), "zh", 2, &["import", "空"]);
    assert!(all.contains("“空”中没有工作簿"), "{all}");
    let all = said(folder.path(), "zh", 2, &["import", "收回/*.xlsx"]);
    assert!(all.contains("写文件夹的名称"), "{all}");
}

#[test]
fn a_form_that_was_sent_twice_is_read_once_and_rows_alike_are_told() {
    let folder = rostered();
    let sheets: &[(&str, &[&[&str]])] = &[
        ("方案", &[&["单位名称", "书记"], &["甲镇", "赵六"]]),
        (
            "活动",
            &[
                &["形式", "开展日期"],
                &["能力培训", "2022-4-1"],
                &["能力培训", "2022-4-1"],
            ],
        ),
    ];
    for name in ["一稿.xlsx", "二稿.xlsx"] {
        book(&folder.path().join(name), sheets);
    }
    let all = said(
        folder.path(),
        "zh",
        0,
        &["import", "一稿.xlsx", "二稿.xlsx"],
    );
    assert!(
        all.contains("一稿.xlsx 活动!A3：与“一稿.xlsx 活动!A2”一行相同，两行都读入"),
        "{all}"
    );
    assert_eq!(all.matches("一行相同，只读一次").count(), 2, "{all}");
    let text = fs::read_to_string(folder.path().join("T01.toml")).unwrap();
    assert_eq!(
        text.lines().filter(|line| *line == "[[activity]]").count(),
        2,
        "{text}"
    );
}

#[test]
fn documents_and_archives_under_a_workbooks_name_are_no_workbooks() {
    let folder = rostered();
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    archive.start_file("word/document.xml", options).unwrap();
    let bytes = archive.finish().unwrap().into_inner();
    fs::write(folder.path().join("a.xlsx"), bytes).unwrap();
    fs::write(folder.path().join("b.xls"), "<html><table></table></html>").unwrap();
    let all = said(folder.path(), "zh", 1, &["import", "a.xlsx", "b.xls"]);
    assert_eq!(all.matches("不是Excel工作簿").count(), 2, "{all}");
}

#[test]
fn a_dry_run_says_which_files_would_be_written_and_writes_none() {
    let folder = rostered();
    book(
        &folder.path().join("a.xlsx"),
        &[("方案", &[&["单位名称", "书记"], &["甲镇", "赵六"]])],
    );
    let all = said(
        folder.path(),
        "zh",
        0,
        &["import", "a.xlsx", "-o", "plans", "--dry-run"],
    );
    assert!(all.contains("将写出plans/T01.toml"), "{all}");
    assert!(!folder.path().join("plans").exists());
    let quiet = ["import", "a.xlsx", "-q", "--dry-run"];
    assert_eq!(said(folder.path(), "zh", 0, &quiet), "将写出./T01.toml\n");
    assert_eq!(
        said(folder.path(), "zh", 0, &["import", "a.xlsx", "-q"]),
        ""
    );
}

#[test]
fn a_place_that_cannot_be_written_to_is_told_in_words() {
    let folder = rostered();
    book(
        &folder.path().join("a.xlsx"),
        &[("方案", &[&["单位名称", "书记"], &["甲镇", "赵六"]])],
    );
    fs::write(folder.path().join("plans"), "a file").unwrap();
    let all = said(folder.path(), "zh", 2, &["import", "a.xlsx", "-o", "plans"]);
    assert!(all.contains("“plans”写不了：那里已经有同名文件"), "{all}");
    assert!(!all.contains("os error"), "{all}");
}

#[test]
fn where_one_file_cannot_be_put_in_its_place_those_before_it_are_taken_back() {
    let folder = rostered();
    let plans = Path::new(env!("CARGO_MANIFEST_DIR")).join("plans");
    fs::create_dir(folder.path().join("b.md")).unwrap();
    fs::write(folder.path().join("a.md"), "the old one").unwrap();
    let plans = plans.to_str().unwrap();
    let arguments = ["report", plans, "-o", "new.csv", "-o", "a.md", "-o", "b.md"];
    said(folder.path(), "zh", 2, &arguments);
    let left = fs::read_to_string(folder.path().join("a.md")).unwrap();
    assert_eq!(left, "the old one");
    assert!(!folder.path().join("new.csv").exists());
}

#[test]
fn the_form_speaks_to_those_who_fill_in_cells_and_not_to_those_who_write_files() {
    let folder = rostered();
    said(folder.path(), "zh", 0, &["template", "-o", "f.xlsx"]);
    let bytes = fs::read(folder.path().join("f.xlsx")).unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    for number in 2..=8 {
        let part = archive.by_name(&format!("xl/worksheets/sheet{number}.xml"));
        let text = std::io::read_to_string(part.unwrap()).unwrap();
        for word in [
            "引号",
            "campaign.toml",
            "vocabulary",
            "faults",
            "activities",
        ] {
            assert!(!text.contains(word), "sheet {number}: {word}");
        }
    }
}

#[test]
fn an_update_says_whether_a_file_would_change_has_changed_or_stays_as_it_is() {
    let folder = rostered();
    let form = |secretary: &str| {
        let rows: &[&[&str]] = &[&["单位名称", "书记"], &["甲镇", secretary]];
        book(&folder.path().join("a.xlsx"), &[("方案", rows)]);
    };
    form("赵六");
    let said = |more: &[&str]| {
        let arguments = [&["import", "a.xlsx"], more].concat();
        let all = said(folder.path(), "zh", 0, &arguments);
        all.lines().last().unwrap().to_owned()
    };
    assert_eq!(said(&[]), "已写出./T01.toml");
    form("孙八");
    assert_eq!(said(&["--update", "--dry-run"]), "将更新./T01.toml");
    assert_eq!(said(&["--update"]), "已更新./T01.toml");
    assert_eq!(said(&["--update"]), "./T01.toml没有变化");
}

#[test]
fn a_unit_that_has_two_files_must_give_one_up_before_an_update() {
    let folder = rostered();
    for name in ["T01.toml", "甲镇.toml"] {
        let text = "[unit]\ncode = \"T01\"\nname = \"甲镇\"\n";
        fs::write(folder.path().join(name), text).unwrap();
    }
    let rows: &[&[&str]] = &[&["单位名称", "书记"], &["甲镇", "赵六"]];
    book(&folder.path().join("a.xlsx"), &[("方案", rows)]);
    let all = said(folder.path(), "zh", 1, &["import", "a.xlsx", "--update"]);
    assert!(all.contains("甲镇还有一个文件"), "{all}");
    assert!(all.contains("留一个，移走另一个"), "{all}");
}
