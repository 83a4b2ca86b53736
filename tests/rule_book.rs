//! A rule book that contradicts itself: each contradiction is an error at its place, with words in both languages and a
//! way to put it right.

mod support;

use support::*;

/// What is wrong with a campaign: fields and words.
#[track_caller]
fn errors(campaign: &str) -> Vec<(String, String)> {
    let errors = Folder::with_campaign(campaign).campaign_errors();
    for error in &errors {
        assert!(!error.message.en().is_empty() && !error.fix.zh().is_empty());
        assert!(!error.fix.en().is_empty(), "{error:?}");
    }
    let said = |error: &duban::finding::Finding| {
        let zh = error.message.zh().to_owned();
        (error.place.field.to_string(), zh)
    };
    errors.iter().map(said).collect()
}

/// The only thing that is wrong.
#[track_caller]
fn only_error(campaign: &str, field: &str, zh: &str) {
    let wanted = [(field.to_owned(), zh.to_owned())];
    assert_eq!(errors(campaign), wanted, "{campaign}");
}

#[test]
fn a_sound_rule_book_has_no_error() {
    assert!(errors(CAMPAIGN).is_empty());
    let times = "utc_offset = \"+08:00\"\ncopied_threshold = 0.5\n";
    let times = CAMPAIGN.replace("end = 2022-12-31\n", &format!("end = 2022-12-31\n{times}"));
    assert!(errors(&times).is_empty());
    let one_day = CAMPAIGN.replace("end = 2022-12-31", "end = 2022-03-15");
    assert!(errors(&one_day).is_empty());
    let since = unit("01", "甲镇", "since = 2022-05-01\nuntil = 2022-05-01");
    assert!(errors(&format!("{CAMPAIGN}{since}")).is_empty());
    let first_day = CAMPAIGN.replace("due = 2022-03-31", "due = 2022-03-15");
    assert!(errors(&first_day).is_empty());
}

#[test]
fn the_campaigns_own_days_and_offset_must_make_sense() {
    let offset = "end = 2022-12-31\nutc_offset = \"东八区\"";
    only_error(
        &CAMPAIGN.replace("end = 2022-12-31", offset),
        "campaign.utc_offset",
        "时区“东八区”不能识别",
    );
    only_error(
        &CAMPAIGN.replace("end = 2022-12-31", "end = 2022-03-14"),
        "campaign.end",
        "结束日期2022-03-14早于启动日期2022-03-15",
    );
}

#[test]
fn milestones_need_ids_of_their_own_and_days_within_the_campaign() {
    only_error(
        &CAMPAIGN.replace("id = \"outcomes\"", "id = \"plan\""),
        "milestone[2].id",
        "时间节点代号“plan”重复",
    );
    only_error(
        &CAMPAIGN.replace("due = 2022-03-31", "due = 2022-03-14"),
        "milestone[0].due",
        "实施方案的时限2022-03-14早于活动启动日期2022-03-15",
    );
    let head = CAMPAIGN.split("[[milestone]]").next().unwrap();
    only_error(
        &format!("milestone = []\n{head}"),
        "milestone",
        "没有任何时间节点",
    );
}

#[test]
fn units_must_not_end_before_they_begin_and_need_a_successor_that_is_there() {
    let with = |units: &[String]| format!("{CAMPAIGN}{}", units.concat());
    only_error(
        &with(&[unit("01", "甲镇", "since = 2022-05-02\nuntil = 2022-05-01")]),
        "unit[0].until",
        "甲镇的撤并日期2022-05-01早于设立日期2022-05-02",
    );
    let until = "until = 2022-05-01\nsuccessor";
    only_error(
        &with(&[unit("01", "甲镇", &format!("{until} = \"99\""))]),
        "unit[0].successor",
        "甲镇的承接单位“99”不在花名册中",
    );
    let circle = [
        unit("01", "甲镇", &format!("{until} = \"02\"")),
        unit("02", "乙镇", &format!("{until} = \"01\"")),
    ];
    let found = errors(&with(&circle));
    assert!(
        found.contains(&(
            "unit[0].successor".to_owned(),
            "甲镇的承接关系绕成一圈".to_owned()
        )),
        "{found:?}"
    );
    let chain = [
        unit("01", "甲镇", &format!("{until} = \"02\"")),
        unit("02", "乙镇", &format!("{until} = \"03\"")),
        unit("03", "丙镇", ""),
    ];
    assert!(errors(&with(&chain)).is_empty());
}

#[test]
fn a_joint_branch_must_be_one_of_the_hosts() {
    let host = unit("01", "甲镇", "branches = [\"机关党支部\", \"联合党支部\"]");
    let guest = |branch: &str| {
        let met_by = format!("met_by = {{ unit = \"01\", branch = \"{branch}\" }}");
        format!("{CAMPAIGN}{host}{}", unit("02", "乙镇", &met_by))
    };
    assert!(errors(&guest("联合党支部")).is_empty());
    only_error(
        &guest("村党支部"),
        "unit[1].met_by.branch",
        "承办单位没有名为“村党支部”的支部",
    );
}

#[test]
fn a_joint_branch_leads_to_its_host_within_eight_units() {
    let guest = |n: usize| {
        let met_by = format!("met_by = {{ unit = \"{}\" }}", n + 1);
        unit(&n.to_string(), &format!("{n}镇"), &met_by)
    };
    let chain = |hosts: usize| {
        let guests: String = (0..hosts).map(guest).collect();
        let host = unit(&hosts.to_string(), "末镇", "");
        format!("{CAMPAIGN}{guests}{host}")
    };
    assert!(errors(&chain(8)).is_empty());
    only_error(
        &chain(9),
        "unit[0].met_by.unit",
        "0镇的联合支部一个指向一个，超过8个单位",
    );
    // One that leads into a circle is not in it, but leads on for ever all the same.
    let found = errors(&format!(
        "{CAMPAIGN}{}{}{}",
        unit("1", "甲镇", "met_by = { unit = \"2\" }"),
        unit("2", "乙镇", "met_by = { unit = \"3\" }"),
        unit("3", "丙镇", "met_by = { unit = \"2\" }"),
    ));
    let said: Vec<&str> = found.iter().map(|(_, zh)| zh.as_str()).collect();
    assert_eq!(
        said,
        [
            "甲镇的联合支部一个指向一个，超过8个单位",
            "乙镇的联合支部关系绕成一圈",
            "丙镇的联合支部关系绕成一圈",
        ]
    );
}

#[test]
fn an_exemption_names_one_of_each_pair() {
    let with = |entry: &str| {
        let approved = "reason = \"合并\"\napproved_by = \"办公室\"";
        format!("{CAMPAIGN}{JIA}\n[[exemption]]\n{entry}\n{approved}\n")
    };
    let unit_and_milestone = "unit = \"01\"\nmilestone = \"plan\"";
    assert!(errors(&with(unit_and_milestone)).is_empty());
    for entry in [
        "milestone = \"plan\"",
        "unit = \"01\"\ncategory = \"乡镇\"\nmilestone = \"plan\"",
    ] {
        only_error(&with(entry), "exemption[0]", "免报须写明一个单位或一个类别");
    }
    for entry in [
        "unit = \"01\"",
        "unit = \"01\"\nmilestone = \"plan\"\nrule = \"late\"",
    ] {
        only_error(
            &with(entry),
            "exemption[0]",
            "免报须写明一个时间节点或一条规则",
        );
    }
}

#[test]
fn the_campaign_that_is_named_may_be_named_again_and_goes_with_any_plan_file() {
    let folder = rostered();
    let plan = "[unit]\ncode = \"T01\"\nname = \"甲镇\"\n";
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("T01.toml"), plan).unwrap();
    let check = |code, named: &str, path: &str| {
        let day = ["--as-of", "2022-03-16", "--fail-on", "never"];
        let arguments = ["check", "--campaign", named, path];
        said(folder.path(), "zh", code, &[&arguments[..], &day].concat())
    };
    let all = check(0, "campaign.toml", "T01.toml");
    assert!(all.contains("单位1个；读取文件1个"), "{all}");
    check(0, "campaign.toml", "./campaign.toml");
    std::fs::create_dir(path("别处")).unwrap();
    std::fs::copy(path("campaign.toml"), path("别处/campaign.toml")).unwrap();
    let all = check(2, "campaign.toml", "别处/campaign.toml");
    assert!(all.contains("一次只能检查一个活动"), "{all}");
}

#[test]
fn a_campaign_that_is_not_there_is_told_from_one_that_cannot_be_read() {
    let folder = rostered();
    let zh = |arguments: &[&str]| said(folder.path(), "zh", 2, arguments);
    let none = "错误：没有“无.toml”这个文件\n改法：核对--campaign后面的路径\n";
    assert_eq!(zh(&["check", "--campaign", "无.toml", "."]), none);
    if cfg!(unix) {
        let through_a_file = "campaign.toml/无.toml";
        let all = zh(&["check", "--campaign", through_a_file, "."]);
        assert!(all.contains("读不了："), "{all}");
    }
    if cfg!(feature = "lsp") {
        assert_eq!(zh(&["lsp", "--campaign", "无.toml"]), none);
    }
}

#[test]
fn a_folder_without_plan_files_is_told_with_how_much_else_is_in_it() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("空")).unwrap();
    let zh = || said(folder.path(), "zh", 2, &["check", "空"]);
    let all = zh();
    assert!(
        all.starts_with("错误：“空”中没有方案文件（.toml）\n"),
        "{all}"
    );
    std::fs::write(folder.path().join("空/.说明.toml"), "x").unwrap();
    let all = zh();
    assert!(
        all.starts_with("错误：“空”中没有方案文件（.toml），只有1个不作方案的文件\n"),
        "{all}"
    );
}

#[test]
fn a_rule_that_is_not_there_is_answered_with_the_one_that_was_meant() {
    let folder = rostered();
    for (lang, wanted) in [("zh", "是否为“late”？"), ("en", "did you mean “late”?")] {
        let all = said(folder.path(), lang, 2, &["explain", "lat"]);
        assert!(all.contains(wanted), "{all}");
    }
}
