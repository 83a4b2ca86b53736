//! The rule `copied` on folders of invented plans: texts that were copied on purpose, a tenth of their
//! characters replaced, are found, and nothing else is; whatever the number of threads and the order of files.

mod support;

use std::collections::BTreeSet;
use std::process::Command;

use duban::finding::Finding;
use duban::rules::plan::copied;
use support::{CAMPAIGN, Folder, plan_of, unit};

/// Units of a folder.
const UNITS: u64 = 400;

/// The day by which all is judged.
const DAY: &str = "2022-04-01";

/// A source of numbers that look random and are always the same (xorshift64*).
struct Numbers(u64);

impl Numbers {
    fn of(seed: u64) -> Numbers {
        let mut numbers = Numbers(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        (0..8).for_each(|_| _ = numbers.below(2));
        numbers
    }

    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % limit
    }
}

/// What such texts are made of: some of it stands in very many of them.
const WHO: [&str; 8] = [
    "领导班子",
    "分管领导",
    "部分干部",
    "年轻干部",
    "村组干部",
    "窗口人员",
    "党员同志",
    "中层干部",
];
const WHERE: [&str; 12] = [
    "在乡村振兴工作中",
    "在项目建设方面",
    "对信访积案",
    "对营商环境",
    "在防汛抗旱中",
    "对民生实事",
    "在招商引资时",
    "对基层治理",
    "在调查研究时",
    "对安全生产",
    "在教育培训上",
    "对政策落实",
];
const HOW: [&str; 12] = [
    "主动谋划不够",
    "跟踪督办不紧",
    "存在畏难情绪",
    "办法不多",
    "时紧时松",
    "依赖上级安排",
    "重部署轻检查",
    "标准不高",
    "思路不宽",
    "联系群众不密切",
    "解决问题不彻底",
    "学用结合不紧",
];
const WHAT: [&str; 16] = [
    "台账更新滞后",
    "群众意见较多",
    "三个村进度落后",
    "有的合同三年未清",
    "企业跑了五趟",
    "水渠至今未修",
    "整改停在纸面",
    "路灯半数不亮",
    "名册一年没有核对",
    "回访不到两成",
    "账目公开不及时",
    "培训只念文件",
    "两起纠纷久拖未决",
    "大棚闲置过半",
    "厕所改造返工",
    "热线无人接听",
];

/// A text of five phrases and some figures; two of them may share phrases, but hardly ever most.
fn text(seed: u64) -> String {
    let mut numbers = Numbers::of(seed);
    let mut pick = |list: &[&str]| list[numbers.below(list.len())].to_owned();
    let mut text = [
        pick(&WHO),
        pick(&WHERE),
        pick(&HOW),
        "，".into(),
        pick(&WHAT),
    ]
    .concat();
    for _ in 0..3 {
        text += &format!("，{}{}", pick(&WHERE), pick(&HOW));
    }
    let tail = |numbers: &mut Numbers| char::from_u32(0x5000 + numbers.below(2000) as u32);
    text.extend((0..8).filter_map(|_| tail(&mut numbers)));
    text + "。"
}

/// The text with a tenth of its characters replaced.
fn changed(text: &str, seed: u64) -> String {
    let mut numbers = Numbers::of(seed + 1_000_000);
    let mut signs: Vec<char> = text.chars().collect();
    let mut places: Vec<usize> = (0..signs.len()).collect();
    for _ in 0..(signs.len() + 5) / 10 {
        let place = places.swap_remove(numbers.below(places.len()));
        signs[place] = ['玄', '黄', '宇', '宙', '洪', '荒'][numbers.below(6)];
    }
    signs.into_iter().collect()
}

/// The unit from which a unit has copied its second problem: every fifth has.
fn source(number: u64) -> Option<u64> {
    (number % 5 == 4).then(|| (number * 7 + 3) % UNITS / 5 * 5)
}

fn code(number: u64) -> String {
    format!("U{number:03}")
}

fn plan(number: u64) -> String {
    let second = match source(number) {
        Some(source) => changed(&text(source * 10), number),
        None => text(number * 10 + 1),
    };
    let problems = [text(number * 10), second]
        .map(|text| format!("\n[[problem]]\nsubject = \"领导班子\"\ntext = \"{text}\"\n"));
    let measure = text(number * 10 + 2);
    let measure = format!("\n[[measure]]\ntext = \"{measure}\"\n");
    plan_of(
        &code(number),
        &format!("第{number}局"),
        &(problems.concat() + &measure),
    )
}

/// The folder, its files written in some order.
fn folder(numbers: impl Iterator<Item = u64>) -> Folder {
    numbers.fold(Folder::new(""), |folder, number| {
        folder.file(&format!("{}.toml", code(number)), &plan(number))
    })
}

fn found(folder: &Folder) -> Vec<Finding> {
    let findings = folder.check(DAY).findings.into_iter();
    findings
        .filter(|finding| finding.rule.code == copied::RULE.code)
        .collect()
}

/// The units of a finding: the one it is about, the one it names; and the fields.
fn about(finding: &Finding) -> [String; 4] {
    let cause = finding.cause.as_ref().expect("the other place");
    let stem = |file: &str| file.rsplit('/').next().unwrap_or(file).replace(".toml", "");
    [
        stem(&finding.place.file),
        finding.place.field.to_string(),
        stem(&cause.file),
        cause.field.to_string(),
    ]
}

#[test]
fn changed_copies_are_found_and_no_unrelated_text_is() {
    let planted: BTreeSet<[String; 4]> = (0..UNITS)
        .filter_map(|number| Some((number, source(number)?)))
        .map(|(number, source)| {
            let (copy, original) = ((number, "problem[1].text"), (source, "problem[0].text"));
            // The later of the two is told.
            let (later, earlier) = if number > source {
                (copy, original)
            } else {
                (original, copy)
            };
            [
                code(later.0),
                later.1.to_owned(),
                code(earlier.0),
                earlier.1.to_owned(),
            ]
        })
        .collect();
    let sources: BTreeSet<u64> = (0..UNITS).filter_map(source).collect();
    assert!(planted.len() == 80 && sources.len() == 80, "one copy each");
    let found: BTreeSet<[String; 4]> = found(&folder(0..UNITS)).iter().map(about).collect();
    let wrong: Vec<_> = found.difference(&planted).collect();
    assert_eq!(wrong, Vec::<&[String; 4]>::new(), "unrelated");
    assert!(
        found.len() * 100 >= planted.len() * 95,
        "{} of {}",
        found.len(),
        planted.len()
    );
}

#[test]
fn the_output_hangs_neither_on_threads_nor_on_the_order_of_files() {
    let shuffled = || (0..UNITS).map(|number| number * 149 % UNITS);
    let output = |folder: &Folder, threads: &str, backwards: bool| {
        let mut names: Vec<String> = shuffled().map(|number| code(number) + ".toml").collect();
        if backwards {
            names.reverse();
        }
        let output = Command::new(env!("CARGO_BIN_EXE_duban"))
            .args([
                "check", "--as-of", DAY, "--format", "json", "--select", "copied",
            ])
            .args(names)
            .env("RAYON_NUM_THREADS", threads)
            .current_dir(folder.path())
            .output()
            .expect("the program runs");
        assert!(output.stdout.len() > 10_000);
        output.stdout
    };
    let (straight, other) = (folder(0..UNITS), folder(shuffled()));
    let one = output(&straight, "1", false);
    assert!(one == output(&straight, "2", false), "threads");
    assert!(one == output(&other, "2", true), "order");
}

/// A problem of the leading team.
fn problem(text: &str) -> String {
    format!("\n[[problem]]\nsubject = \"领导班子\"\ntext = \"{text}\"\n")
}

#[test]
fn names_of_units_count_for_nothing_and_one_unit_may_repeat_itself() {
    let roster = unit("01", "甲镇人民政府", "short = \"甲镇\"") + &unit("02", "乙局", "");
    let text = |name: &str| problem(&format!("{name}班子对闲置校舍盘活办法不多"));
    let folder = Folder::new(&roster)
        .file(
            "01.toml",
            &plan_of(
                "01",
                "甲镇人民政府",
                &(text("甲镇") + &text("甲镇人民政府")),
            ),
        )
        .file(
            "02.toml",
            &plan_of("02", "乙局", &text("乙 局").replace("对", "，对")),
        );
    let found = found(&folder);
    assert_eq!(found.len(), 1);
    assert_eq!(
        found[0].message.zh(),
        "第1条问题与甲镇人民政府的第1条问题雷同，相似度100%"
    );
}

#[test]
fn the_first_is_named_and_the_others_are_counted() {
    let text = problem("对多年未解决的合同纠纷有畏难情绪，清理工作一拖再拖");
    let units = ["甲", "乙", "丙", "丁"];
    let folder = units
        .iter()
        .enumerate()
        .fold(Folder::new(""), |folder, (i, name)| {
            let (code, name) = (format!("0{i}"), format!("{name}镇"));
            folder.file(&format!("{code}.toml"), &plan_of(&code, &name, &text))
        });
    let said: Vec<String> = found(&folder)
        .iter()
        .map(|one| one.message.zh().to_owned())
        .collect();
    let like = "第1条问题与甲镇的第1条问题雷同，相似度100%，另有2个单位雷同";
    assert_eq!(said, [like; 3]);
}

#[test]
fn the_campaign_sets_the_threshold_within_bounds() {
    let with = |threshold: &str| {
        let line = format!("[campaign]\ncopied_threshold = {threshold}");
        let campaign = CAMPAIGN.replace("[campaign]", &line);
        let text = |last| problem(&format!("对多年未解决的合同纠纷有畏难情绪，清理{last}"));
        Folder::with_campaign(&campaign)
            .file("01.toml", &plan_of("01", "甲镇", &text("一拖再拖")))
            .file("02.toml", &plan_of("02", "乙镇", &text("时断时续")))
    };
    for (threshold, findings) in [("0.8", 1), ("0.85", 0), ("1.0", 0)] {
        assert_eq!(found(&with(threshold)).len(), findings, "{threshold}");
    }
    for (threshold, errors) in [
        ("0.5", 0),
        ("1", 0),
        ("0.49", 1),
        ("1.01", 1),
        ("-0.9", 1),
        ("nan", 1),
        ("\"0.9\"", 1),
    ] {
        assert_eq!(
            with(threshold).campaign_errors().len(),
            errors,
            "{threshold}"
        );
    }
}
