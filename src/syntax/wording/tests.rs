//! What clerks write, and what they are told.

use toml_spanner::Arena;

use crate::campaign::BEIJING;
use crate::finding::At;
use crate::load;

/// The marked text, the message or label, and the fix of the first thing said about a statement.
fn said(table: &str, statement: &str) -> (String, String, String) {
    let text = format!("[unit]\ncode = \"T01\"\nname = \"甲镇\"\n{table}\n{statement}\n");
    let arena = Arena::new();
    let loaded = load::plan(&text, &arena, BEIJING);
    let draft = &loaded.drafts[0];
    let At::Span(span, _) = &draft.at else {
        panic!("{draft:?}")
    };
    let marked = text[span.clone()].to_owned();
    (
        marked,
        draft.message.zh().to_owned(),
        draft.fix.zh().to_owned(),
    )
}

/// Each statement with the text that is marked, and a part of the message or fix.
fn all(table: &str, cases: &[(&str, &str, &str)]) {
    for (statement, marked, part) in cases {
        let (mark, message, fix) = said(table, statement);
        assert_eq!(mark, *marked, "{statement}");
        assert!(
            message.contains(part) || fix.contains(part),
            "{statement}: {message}; {fix}"
        );
    }
}

#[test]
fn a_unit_behind_a_number_and_digits_in_chinese_are_told_how_the_number_is_written() {
    all(
        "[[meeting]]",
        &[
            ("present = 12人 # 备注", "12人", "写成present = 12"),
            ("present = 五", "五", "写成present = 5"),
            ("present = １２", "１２", "写成present = 12"),
            ("reviews_campaign = 是", "是", "写成reviews_campaign = true"),
            (
                "reviews_campaign = False",
                "False",
                "写成reviews_campaign = false",
            ),
        ],
    );
}

#[test]
fn in_a_list_or_in_braces_it_is_the_word_that_lacks_quotes() {
    all(
        "[[measure]]",
        &[
            ("responsible = [甲办, 乙办]", "甲办", "写成\"甲办\""),
            (
                "responsible = [\"甲办\", 乙办 ] # 两家",
                "乙办",
                "写成\"乙办\"",
            ),
            (
                "contact = { name = 钱一, phone = \"1\" }",
                "钱一",
                "写成\"钱一\"",
            ),
            (
                "contact = { phone = \"1\", name = 钱一}",
                "钱一",
                "写成\"钱一\"",
            ),
            (
                "text = 夜学[甲], 晨读",
                "夜学[甲], 晨读",
                "写成text = \"夜学[甲], 晨读\"",
            ),
        ],
    );
}

#[test]
fn a_date_that_lacks_a_part_is_told_which() {
    all(
        "[plan]",
        &[
            ("filed = 3月28日 # 备注", "3月28日", "没有写年份"),
            ("filed = 2022-03", "2022-03", "没有写日"),
            ("filed = 2022-13", "2022-13", "“2022-13”不是日期"),
            ("filed = 22-03", "22-03", "“22-03”不是日期"),
            ("filed = 2022-3-05", "2022-3-05", "月份要写两位"),
            ("filed = 2022-03-5", "2022-03-5", "：日要写两位"),
            ("filed = 2022-03-28日", "2022-03-28日", "各用半角数字"),
            (
                "filed = 2022-3-28日",
                "2022-3-28日",
                "写成filed = 2022-03-28",
            ),
            ("filed = 2022-02-30", "2022-02-30", "没有“2022-02-30”这一天"),
            ("filed = 暂无", "暂无", "整行删去"),
            ("filed =   # 备注", "filed =", "等号后面没有内容"),
        ],
    );
}

#[test]
fn in_a_list_or_braces_the_element_is_meant_and_not_the_whole() {
    all(
        "[plan]",
        &[
            ("revised = [2022-05-10 2022-06-01]", "2022-05-10", "缺逗号"),
            ("revised = [2022-5-10]", "2022-5-10", "写成2022-05-10"),
            (
                "revised = 2022-05-10",
                "2022-05-10",
                "写成revised = [2022-05-10]",
            ),
        ],
    );
    all(
        "[unit.contact]",
        &[(
            "phone = 04210000008",
            "04210000008",
            "写成phone = \"04210000008\"",
        )],
    );
}

#[test]
fn quotes_inside_of_text_become_chinese_ones() {
    all(
        "[plan]",
        &[
            (
                "title = \"甲镇\"方案\"\" # 备注",
                "\"甲镇\"方案\"\"",
                "文字里的引号用中文引号",
            ),
            (
                "title = \"甲镇\"方案\"和\"办法\"\"",
                "\"甲镇\"方案\"和\"办法\"\"",
                "：title = \"甲镇“方案”和“办法”\"",
            ),
            ("title = \"甲\"=乙\"", "=", "“=”多余"),
            ("title = \"甲\\q\"乙\"", "q", "反斜杠"),
            ("title = '甲镇", "title = '甲镇", "补上引号'"),
        ],
    );
}

#[test]
fn keys_in_chinese_and_colons_are_told_the_key_and_the_equals_sign() {
    all(
        "[plan]",
        &[
            ("报送日期 = 2022年3月28日", "报送日期", "“报送日期”写filed"),
            ("filed：2022-3-28", "：", "写成filed = 2022-03-28"),
            ("filed: 2022-03-28", ":", "写成filed = 2022-03-28"),
            ("  报送日期 = 2022-3-28", "报送日期", "：filed = 2022-03-28"),
        ],
    );
    all(
        "[[meeting]]",
        &[
            ("应到人数：12人", "应到人数", "：expected = 12"),
            ("应到人数：009", "应到人数", "：expected = 9"),
            ("应到人数：若干", "应到人数", "：expected = 若干"),
        ],
    );
    all(
        "",
        &[
            ("书记：", "书记", "：secretary = …"),
            ("书记 = 钱一", "书记", "：secretary = \"钱一\""),
            ("书记 = '钱一'", "书记", "：secretary = '钱一'"),
        ],
    );
    all(
        "[[measure]]",
        &[("完成时限：2022-06-30", "完成时限", "写due")],
    );
    all("", &[("【plan】", "【plan】", "写成[plan]")]);
}

#[test]
fn an_empty_file_is_called_empty_and_a_lost_header_is_asked_for_once() {
    let zh = |text: &str| {
        let arena = Arena::new();
        let drafts = load::plan(text, &arena, BEIJING).drafts;
        let zh = drafts
            .iter()
            .map(|draft| format!("{}：{}", draft.message.zh(), draft.fix.zh()));
        zh.collect::<Vec<_>>()
    };
    assert_eq!(zh(""), ["文件是空的：补上[unit]表"]);
    assert_eq!(
        zh("code = \"T01\"\nname = \"甲镇\"\n"),
        ["文件缺少unit：在第一行上面补一行[unit]"]
    );
}

#[test]
fn a_name_with_only_a_remark_behind_it_is_no_key_with_a_value() {
    let (_, message, fix) = said("", "书记 # 钱一");
    assert_eq!(message, "这一行不是“键 = 值”");
    assert!(!fix.contains("secretary") && !fix.contains("钱一"), "{fix}");
    let (_, message, fix) = said("", "书记：钱一 # 兼");
    assert_eq!(message, "键名要用英文：“书记”");
    assert!(fix.contains("secretary = \"钱一\""), "{fix}");
}

#[test]
fn a_list_after_a_key_in_chinese_is_no_header_and_is_written_out_as_it_should_be() {
    for (line, right) in [
        ("责任部门 = [\"党政办\"]", "[\"党政办\"]"),
        ("责任部门：[\"党政办，一科\"]", "[\"党政办，一科\"]"),
        ("责任部门 = [党政办]", "[\"党政办\"]"),
        (
            "责任部门 ＝ 【党政办、“农业办”，】",
            "[\"党政办\", \"农业办\"]",
        ),
        (
            "责任部门 = ［'党政办', \"农业办\"］",
            "['党政办', \"农业办\"]",
        ),
        ("责任部门 = []", "[]"),
        ("责任部门 = [", "["),
    ] {
        let (_, message, fix) = said("[[measure]]", line);
        assert_eq!(message, "键名要用英文：“责任部门”", "{line}");
        assert_eq!(
            fix,
            format!("“责任部门”写responsible：responsible = {right}")
        );
    }
    let (_, _, fix) = said("[plan]", "修订日期 = [2022年5月10日、2022.6.1]");
    assert!(fix.ends_with("revised = [2022-05-10, 2022-06-01]"), "{fix}");
}

#[test]
fn what_is_wrong_with_a_line_of_a_key_that_no_table_has_is_still_told() {
    all(
        "[plan]",
        &[
            ("xyz = 012", "012", "数字“012”写法不对"),
            ("xyz = 甲乙 丙 # 注", "甲乙 丙", "写成\"甲乙 丙\""),
            ("xyz = 1 2", "2", "“2”多余"),
            ("title = \"甲\" 乙", "乙", "“乙”多余"),
            ("= 3", "= 3", "“= 3”多余"),
            ("\"\" =", "\"\" =", "这一处不符合TOML格式：\"\" ="),
            ("  这是说明 # 注", "这是说明", "这一行不是“键 = 值”"),
            ("foo bar", "bar", "键和值之间缺等号"),
            ("xyz = [", "", "文件在此中断"),
        ],
    );
}

#[test]
fn lists_and_braces_that_lack_a_sign_are_told_which() {
    all(
        "[[measure]]",
        &[
            (
                "responsible = [\"甲办\" \"乙办\"]",
                "\"",
                "列表各项之间缺逗号",
            ),
            ("responsible = [\"甲办\"", "", "在列表末尾补上]"),
        ],
    );
    let braces = "花括号内的写法不对";
    all(
        "",
        &[
            (
                "contact = { name = \"钱一\" phone = \"1\" }",
                "phone",
                braces,
            ),
            ("contact = { name = \"钱一\", phone = \"1\"", "", braces),
        ],
    );
}

#[test]
fn a_control_character_is_marked_and_a_lone_carriage_return_is_called_a_line_break() {
    all(
        "[plan]",
        &[
            ("filed = 2022-03-28\rtitle = \"方案\"", "\r", "U+000D"),
            (
                "filed = 2022-03-28\rtitle = \"方案\"",
                "\r",
                "用记事本另存一次",
            ),
            ("filed = 2022-03-28\u{7}", "\u{7}", "U+0007"),
            ("title = \"甲\u{7}乙\"", "\u{7}", "把这一行重新打一遍"),
            (
                "title = \'\'\'\n甲\u{7}乙\'\'\'",
                "\u{7}",
                "文字中有不可见的控制字符",
            ),
        ],
    );
}

#[test]
fn a_repair_is_offered_where_it_is_certain_and_replaces_the_sign_or_value_only() {
    let edit = |statement: &str| {
        let text = format!("[unit]\ncode = \"T01\"\nname = \"甲镇\"\n[plan]\n{statement}\n");
        let arena = Arena::new();
        let draft = load::plan(&text, &arena, BEIJING).drafts.swap_remove(0);
        let edit = draft
            .edit
            .map(|edit| (text[edit.span].to_owned(), edit.text));
        edit.map(|(old, new)| format!("{old} → {new}"))
            .unwrap_or_default()
    };
    for (statement, made) in [
        ("revised = [2022-5-10]", "2022-5-10 → 2022-05-10"),
        (
            "revised = [2022-05-01, 2022-5-10]",
            "2022-5-10 → 2022-05-10",
        ),
        ("filed =　2022-03-28", "　 →  "),
        ("filed: 2022-03-28", ": →  ="),
        ("filed:", ""),
        ("xyz: 3", ""),
        ("title = “甲‘乙’丙”", "“甲‘乙’丙” → \"甲‘乙’丙\""),
        ("title = “甲「乙」丙”", "“甲「乙」丙” → \"甲「乙」丙\""),
        ("title = “甲“乙”丙”", "“甲“乙”丙” → \"甲“乙”丙\""),
        ("title = “甲’丙”", ""),
        ("title = “甲」丙”", ""),
        ("title = “甲＂丙”", ""),
        ("title = \"甲镇”", "\"甲镇” → \"甲镇\""),
        ("title = \"甲“镇””", "\"甲“镇”” → \"甲“镇”\""),
        ("title = \"甲“镇”", ""),
    ] {
        assert_eq!(edit(statement), made, "{statement}");
    }
    let long = "甲".repeat(700);
    let made = format!("“{long}” → \"{long}\"");
    assert_eq!(edit(&format!("title = “{long}”")), made);
}
