//! What a mapping file may say, and what is said of one that does not.

use super::*;

fn mistakes(text: &str) -> Vec<(usize, String, String, String)> {
    let mistakes = Map::read(text).unwrap_err();
    for Mistake { message, fix, .. } in &mistakes {
        assert!(
            !message.en().is_empty() && !fix.en().is_empty(),
            "{message:?}"
        );
        assert!(message.zh() != message.en() && fix.zh() != fix.en());
    }
    let said = |mistake: Mistake| {
        let (zh, fix) = (mistake.message.zh().to_owned(), mistake.fix.zh().to_owned());
        (mistake.line, mistake.place, zh, fix)
    };
    mistakes.into_iter().map(said).collect()
}

#[track_caller]
fn only(text: &str, line: usize, place: &str, zh: &str, fix: &str) {
    let wanted = (line, place.to_owned(), zh.to_owned(), fix.to_owned());
    assert_eq!(mistakes(text), [wanted], "{text}");
}

#[test]
fn a_mapping_is_read_with_its_header_and_what_is_left_out() {
    let text = "[sheet.\"台账\"]\ntable = \"plan\"\nheader = 3\n\
            [sheet.\"台账\".columns]\n\"方案报送\" = \"filed\"\n\"备注\" = \"\"\n\
            [sheet.\"汇总\"]\ntable = \"\"\n";
    let map = Map::read(text).unwrap();
    let ledger = map.sheet("台账").unwrap();
    assert_eq!((ledger.table, ledger.header), (Some("plan"), Some(2)));
    let key = |header: &str| match ledger.column(header) {
        Some(Target::Column(column)) => column.key(),
        Some(Target::Nothing) => "",
        _ => "?",
    };
    assert_eq!(
        [key("方案报送"), key("备注"), key("别的")],
        ["filed", "", "?"]
    );
    assert_eq!(map.sheet("汇总").unwrap().table, None);
    assert!(map.sheet("别的").is_none());
    assert!(Map::read("").unwrap().sheet("台账").is_none());
}

#[test]
fn a_row_of_a_unit_may_hold_the_summary_too_but_not_one_of_several_problems() {
    let with = |key: &str| {
        format!(
            "[sheet.\"台账\"]\ntable = \"plan\"\n[sheet.\"台账\".columns]\n\"列\" = \"{key}\"\n"
        )
    };
    for key in ["plan.filed", "filed", "unit.name", "summary.date"] {
        let map = Map::read(&with(key)).unwrap();
        match map.sheet("台账").unwrap().column("列") {
            Some(Target::Column(column)) => assert!(column.field.ends_with(key), "{key}"),
            _ => panic!("{key}"),
        }
    }
    for key in ["problem.remedy", "remedy", "measure.goal"] {
        let mistakes = mistakes(&with(key));
        assert_eq!(mistakes.len(), 1, "{key}");
        assert_eq!(mistakes[0].2, format!("没有“{key}”"));
    }
}

#[test]
fn each_mistake_is_told_with_its_line_and_what_to_write() {
    let sheet = "[sheet.\"台账\"]\n";
    only("sheets = 1\n", 1, "", "没有“sheets”", "是否为sheet？");
    only(
        "sheet = 3\n",
        1,
        "sheet",
        "应为表",
        "写成[sheet.\"…\"]，各键另起一行",
    );
    let place = "sheet.\"台账\"";
    only(
        "[sheet]\n\"台账\" = 1\n",
        2,
        place,
        "应为表",
        "写成[sheet.\"台账\"]，各键另起一行",
    );
    let all = "plan, problem, measure, activity, meeting, outcome, summary";
    only(
        sheet,
        1,
        place,
        "没有写明table",
        &format!("写table = \"…\"，可用的：{all}"),
    );
    only(
        &format!("{sheet}table = 1\n"),
        2,
        place,
        "没有写明table",
        &format!("写table = \"…\"，可用的：{all}"),
    );
    only(
        &format!("{sheet}table = \"plans\"\n"),
        2,
        "sheet.\"台账\".table",
        "没有“plans”",
        "是否为plan？",
    );
    let plan = format!("{sheet}table = \"plan\"\n");
    only(
        &format!("{plan}colums = 1\n"),
        3,
        "sheet.\"台账\".colums",
        "没有“colums”",
        "是否为columns？",
    );
    for row in ["0", "-1", "1048577", "\"3\"", "1.5"] {
        let text = format!("{plan}header = {row}\n");
        only(
            &text,
            3,
            "sheet.\"台账\".header",
            "表头在第几行，应为整数",
            "第一行写1，例如header = 3",
        );
    }
    assert!(Map::read(&format!("{plan}header = 1048576\n")).is_ok());
    only(
        &format!("{plan}columns = 1\n"),
        3,
        "sheet.\"台账\".columns",
        "应为表",
        "写成[sheet.\"台账\".columns]，各键另起一行",
    );
    let columns = format!("{plan}[sheet.\"台账\".columns]\n");
    let place = "sheet.\"台账\".columns.\"报送\"";
    only(
        &format!("{columns}\"报送\" = 3\n"),
        4,
        place,
        "应为加引号的键",
        "写成\"filed\"这样；不读的列写\"\"",
    );
    only(
        &format!("{columns}\"报送\" = \"filled\"\n"),
        4,
        place,
        "没有“filled”",
        "是否为filed？",
    );
}

#[test]
fn a_chinese_name_without_quotes_is_the_usual_mistake_and_told_on_every_line() {
    let text = "# 说明 = 甲\n[sheet.台账]\ntable = \"plan\"\n[sheet.\"台账\".columns]\n方案报送 = \"filed\"\n“一把手” = \"unit.secretary\"\n备注 = “”\n";
    let said: Vec<(usize, String)> = mistakes(text)
        .into_iter()
        .map(|(line, _, _, fix)| (line, fix))
        .collect();
    let right = |line, right: &str| (line, format!("写成{right}"));
    assert_eq!(
        said,
        [
            right(2, "[sheet.\"台账\"]"),
            right(5, "\"方案报送\" = \"filed\""),
            right(6, "\"一把手\" = \"unit.secretary\""),
            right(7, "\"备注\" = \"\""),
        ]
    );
}

#[test]
fn what_else_is_not_toml_is_told_in_both_languages() {
    let said = mistakes("[sheet.\"台账\"]\ntable = plan\n[sheet.\"x\"\nheader = 3\n");
    assert_eq!(said[0].0, 2);
    assert!(said[0].3.contains("\"plan\""), "{said:?}");
    assert_eq!(said[1].0, 3);
}
