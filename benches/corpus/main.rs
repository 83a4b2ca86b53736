//! Writes a folder of invented plan files to measure and to test with: a campaign with its roster, and one file
//! per unit. The same arguments give the same bytes.
//!
//! `cargo bench --bench corpus -- DIR N [--broken PERCENT] [--trouble PERCENT] [--copies PERCENT]
//! [--strangers PERCENT] [--granted PERCENT] [--seed S]`
//!
//! `DIR/campaign.toml` is the built-in campaign with an issuer and a roster of N units; `DIR/0001/U000001.toml` and
//! so on are the plans, a thousand to a folder; `DIR/planted-copies.csv` names the texts that were copied on
//! purpose. No two other texts of one kind are alike: see [`Grammar`].

#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use clap::{CommandFactory, Parser};

/// The campaign whose rules the files keep or break.
const CAMPAIGN: &str = include_str!("../../src/campaign/beipiao-2022.toml");

/// So many files share a folder.
const FILES_PER_FOLDER: u64 = 1000;

/// What is asked for on the command line.
#[derive(Debug, Parser)]
#[command(name = "corpus", about = "Write a folder of invented plan files")]
struct Options {
    /// The folder to write; it must be new or empty
    dir: Option<PathBuf>,
    /// How many units
    #[arg(value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    units: Option<u64>,
    /// Of a hundred files, how many are not TOML
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u64).range(0..=100))]
    broken: u64,
    /// Of a hundred files, how many break a rule
    #[arg(long, default_value_t = 15, value_parser = clap::value_parser!(u64).range(0..=100))]
    trouble: u64,
    /// Of a hundred units, how many have copied a problem from another
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u64).range(0..=100))]
    copies: u64,
    /// Of a hundred units, how many the roster does not know by their code and name
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u64).range(0..=100))]
    strangers: u64,
    /// Of a hundred units, how many have been granted an extension and an exemption
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u64).range(0..=100))]
    granted: u64,
    /// Another seed gives another corpus
    #[arg(long, default_value_t = 2022)]
    seed: u64,
    /// What cargo adds
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> Result<()> {
    let options = Options::parse();
    let (Some(dir), Some(units)) = (options.dir.clone(), options.units) else {
        println!(
            "skipped: no folder and number were named\n\n{}",
            Options::command().render_help()
        );
        return Ok(());
    };
    let corpus = Corpus::new(options, units)?;
    corpus
        .write(&dir)
        .with_context(|| format!("cannot write to {}", dir.display()))
}

// ---- The corpus and its files ----

/// Everything that the files are made from.
#[derive(Debug)]
struct Corpus {
    options: Options,
    units: u64,
    problem: Grammar,
    measure: Grammar,
    remedy: Grammar,
    title: Grammar,
}

/// What happens to a unit's file.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fate {
    Clean,
    Trouble,
    Broken,
}

/// How much was written.
#[derive(Debug, Default)]
struct Tally {
    bytes: u64,
    trouble: u64,
    broken: u64,
    copies: u64,
}

impl Corpus {
    fn new(options: Options, units: u64) -> Result<Corpus> {
        Ok(Corpus {
            options,
            units,
            problem: Grammar::new(words::PROBLEM, 5)?,
            measure: Grammar::new(words::MEASURE, 5)?,
            remedy: Grammar::new(&words::MEASURE[..9], 5)?,
            title: Grammar::new(words::TITLE, 4)?,
        })
    }

    fn write(&self, dir: &Path) -> Result<()> {
        fs::create_dir_all(dir)?;
        ensure!(
            fs::read_dir(dir)?.next().is_none(),
            "the folder is not empty"
        );
        self.write_campaign(&dir.join("campaign.toml"))?;
        let mut copies = BufWriter::new(File::create(dir.join("planted-copies.csv"))?);
        writeln!(copies, "unit,problem,source_unit,source_problem")?;
        let mut tally = Tally::default();
        for number in 0..self.units {
            self.write_plan(dir, number, &mut copies, &mut tally)?;
        }
        copies.flush()?;
        let Tally {
            bytes,
            trouble,
            broken,
            copies,
        } = tally;
        let units = self.units;
        println!(
            "{units} files, {bytes} bytes, {trouble} in trouble, {broken} broken, {copies} copies"
        );
        Ok(())
    }

    fn write_campaign(&self, path: &Path) -> Result<()> {
        let mut file = BufWriter::new(File::create(path)?);
        let issuer = "[campaign]\nissuer = \"甲乙市能力作风优化年活动领导小组办公室\"\n";
        file.write_all(CAMPAIGN.replacen("[campaign]\n", issuer, 1).as_bytes())?;
        let percent = |number, purpose| self.draw(number, purpose).below(100);
        for number in 0..self.units {
            let mut unit = Unit::new(self, number);
            if percent(number, Purpose::Stranger) < self.options.strangers {
                unit.code.insert_str(0, "OTHER-");
                unit.name.insert_str(0, "外地");
            }
            write!(file, "\n{}", unit.roster_entry())?;
        }
        for number in 0..self.units {
            if percent(number, Purpose::Granted) < self.options.granted {
                write!(file, "{}", granted(&code(number)))?;
            }
        }
        Ok(file.flush()?)
    }

    fn write_plan(
        &self,
        dir: &Path,
        number: u64,
        copies: &mut impl Write,
        tally: &mut Tally,
    ) -> Result<()> {
        let unit = Unit::new(self, number);
        let copied = self.copied(number);
        let text = self.plan(&unit, copied);
        tally.bytes += text.len() as u64;
        tally.trouble += u64::from(self.fate(number) == Fate::Trouble);
        tally.broken += u64::from(self.fate(number) == Fate::Broken);
        if let Some(source) = copied {
            tally.copies += 1;
            writeln!(copies, "{},1,{},0", unit.code, code(source))?;
        }
        let folder = dir.join(format!("{:04}", number / FILES_PER_FOLDER + 1));
        if number.is_multiple_of(FILES_PER_FOLDER) {
            fs::create_dir(&folder)?;
        }
        Ok(fs::write(folder.join(format!("{}.toml", unit.code)), text)?)
    }

    /// Random numbers for one purpose of one unit.
    fn draw(&self, number: u64, purpose: Purpose) -> Draw {
        let mut seed = Draw(self.options.seed);
        let mut unit = Draw(seed.next() ^ number);
        Draw(unit.next() ^ purpose as u64)
    }

    fn fate(&self, number: u64) -> Fate {
        let percent = self.draw(number, Purpose::Fate).below(100);
        match percent {
            _ if percent < self.options.broken => Fate::Broken,
            _ if percent < self.options.broken + self.options.trouble => Fate::Trouble,
            _ => Fate::Clean,
        }
    }

    /// The unit from which this one has copied, if it has. Broken files take no part.
    fn copied(&self, number: u64) -> Option<u64> {
        let mut draw = self.draw(number, Purpose::Copy);
        if draw.below(100) >= self.options.copies || self.fate(number) == Fate::Broken {
            return None;
        }
        let mut sources = std::iter::repeat_with(|| draw.below(self.units)).take(100);
        sources.find(|source| *source != number && self.fate(*source) != Fate::Broken)
    }

    /// The text of a problem; the second may be copied from the first of another unit.
    fn problem_text(&self, number: u64, index: u64, copied: Option<u64>) -> String {
        match copied {
            Some(source) if index == 1 => altered(
                &self.problem_text(source, 0, None),
                &mut self.draw(number, Purpose::Altered),
            ),
            _ => self.problem.text(self.first_text() + number * 4 + index),
        }
    }

    /// The number of the first text of each kind, so that another seed has other texts.
    fn first_text(&self) -> u64 {
        Draw(self.options.seed).below(1 << 32)
    }

    /// One of the texts that a unit has of measures.
    fn measure_text(&self, number: u64, index: u64) -> String {
        self.measure.text(self.first_text() + number * 4 + index)
    }

    /// One of the texts that a unit has of remedies and practices.
    fn remedy_text(&self, number: u64, index: u64) -> String {
        self.remedy.text(self.first_text() + number * 7 + index) + "。"
    }

    /// The whole file.
    fn plan(&self, unit: &Unit, copied: Option<u64>) -> String {
        let mut tables = Writer {
            corpus: self,
            unit,
            draw: self.draw(unit.number, Purpose::Plan),
        }
        .tables(copied);
        let mut draw = self.draw(unit.number, Purpose::Trouble);
        match self.fate(unit.number) {
            Fate::Clean => render(&tables),
            Fate::Trouble => {
                let known = unit.sort.owes.troubles();
                trouble::edit(&mut tables, known[draw.index(known.len())]);
                render(&tables)
            }
            Fate::Broken => {
                let (from, to) = trouble::BREAKS[draw.index(trouble::BREAKS.len())];
                render(&tables).replacen(from, to, 1)
            }
        }
    }
}

/// A text with a tenth of its characters replaced.
fn altered(text: &str, draw: &mut Draw) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    let strangers: Vec<char> =
        "玄黄宇宙洪荒盈昃辰宿寒暑闰余律吕云腾致雨露霜玉冈剑珠夜珍李柰菜姜鳞潜羽翔"
            .chars()
            .collect();
    let mut places: Vec<usize> = (0..characters.len()).collect();
    for _ in 0..(characters.len() + 5) / 10 {
        let place = places.swap_remove(draw.index(places.len()));
        characters[place] = draw.pick(&strangers);
    }
    characters.into_iter().collect()
}

// ---- Random numbers ----

/// What random numbers are drawn for, so that no choice depends on how many were drawn for another.
#[derive(Clone, Copy, Debug)]
enum Purpose {
    Fate = 1,
    Copy,
    Altered,
    Plan,
    Trouble,
    Roster,
    Stranger,
    Granted,
}

/// A source of random numbers: splitmix64.
#[derive(Debug)]
struct Draw(u64);

impl Draw {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below a limit.
    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    fn index(&mut self, length: usize) -> usize {
        self.below(length as u64) as usize
    }

    fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.index(list.len())]
    }

    /// A number from a range, both ends included.
    fn within(&mut self, from: u64, to: u64) -> u64 {
        from + self.below(to - from + 1)
    }

    /// A day of 2022.
    fn day(&mut self, month: u64, from: u64, to: u64) -> String {
        format!("2022-{month:02}-{:02}", self.within(from, to))
    }
}

// ---- Texts that are unlike each other ----

/// So many words are in each list: a prime, so that numbers below it make a field.
const RADIX: u64 = 29;

/// A sentence with a place for one word of each list. A text's number has `digits` digits in base [`RADIX`]; they are
/// the coefficients of a polynomial, and its value at place x is the word there (a Reed–Solomon code). So two
/// different texts have the same word in at most `digits - 1` places, and are never alike by chance.
#[derive(Debug)]
struct Grammar {
    places: Vec<(Vec<&'static str>, &'static str)>,
    digits: u32,
}

impl Grammar {
    /// A grammar from lists of words, each with what follows it in the sentence.
    fn new(lists: &[(&'static str, &'static str)], digits: u32) -> Result<Grammar> {
        let mut places = Vec::new();
        for (list, after) in lists {
            let words: Vec<_> = list.split_whitespace().collect();
            let unlike: std::collections::HashSet<_> = words.iter().collect();
            ensure!(
                unlike.len() as u64 == RADIX && words.len() as u64 == RADIX,
                "not {RADIX} different words: {list}"
            );
            places.push((words, *after));
        }
        Ok(Grammar { places, digits })
    }

    fn text(&self, number: u64) -> String {
        let coefficients = self.coefficients(number);
        let word = |(x, (words, after)): (usize, &(Vec<&'static str>, &'static str))| {
            let value = coefficients
                .iter()
                .fold(0, |sum, digit| (sum * x as u64 + digit) % RADIX);
            [words[value as usize], after]
        };
        self.places.iter().enumerate().flat_map(word).collect()
    }

    /// The digits of a number, after numbers that follow each other have been scattered.
    fn coefficients(&self, number: u64) -> Vec<u64> {
        // Any factor that the radix does not divide keeps different numbers different.
        let mut rest = number.wrapping_mul(8_675_309) % RADIX.pow(self.digits);
        let digit = |_| {
            let digit = rest % RADIX;
            rest /= RADIX;
            digit
        };
        (0..self.digits).map(digit).collect()
    }
}

// ---- Units ----

/// The life meetings that a unit owes.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Owes {
    Both,
    Organizational,
    Nothing,
}

impl Owes {
    /// The troubles that such a unit can be in.
    fn troubles(self) -> &'static [&'static [trouble::Edit]] {
        match self {
            Owes::Both => trouble::ALL,
            Owes::Organizational => &trouble::ALL[..trouble::ALL.len() - trouble::OF_DEMOCRATIC],
            Owes::Nothing => {
                &trouble::ALL
                    [..trouble::ALL.len() - trouble::OF_DEMOCRATIC - trouble::OF_ORGANIZATIONAL]
            }
        }
    }
}

/// What kind of unit it is.
#[derive(Debug)]
struct Sort {
    category: &'static str,
    body: &'static str,
    owes: Owes,
    /// End of its name.
    ending: &'static str,
    /// Middle of its document numbers.
    office: &'static str,
}

const fn sort(
    category: &'static str,
    body: &'static str,
    owes: Owes,
    ending: &'static str,
    office: &'static str,
) -> Sort {
    Sort {
        category,
        body,
        owes,
        ending,
        office,
    }
}

/// The kinds of unit, the frequent ones several times.
const SORTS: &[Sort] = &[
    sort("乡镇", "党委", Owes::Both, "镇", "党发"),
    sort("乡镇", "党委", Owes::Both, "乡", "党发"),
    sort("部门", "党组", Owes::Both, "局", "党组发"),
    sort("街道", "党工委", Owes::Both, "街道", "工委发"),
    sort("部门", "党组", Owes::Both, "局", "党组发"),
    sort("乡镇", "党委", Owes::Both, "镇", "党发"),
    sort("部门", "部务会", Owes::Both, "部", "部发"),
    sort("事业单位", "党总支", Owes::Organizational, "中心", "中心发"),
    sort("部门", "党组", Owes::Both, "局", "党组发"),
    sort("事业单位", "党支部", Owes::Organizational, "站", "站发"),
    sort("国企", "党委", Owes::Both, "公司", "党发"),
    sort("开发区", "党工委", Owes::Both, "开发区", "工委发"),
    sort("国企", "党支部", Owes::Organizational, "公司", "司发"),
    sort("其他", "无", Owes::Nothing, "协会", "协发"),
];

const STEMS: &str = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥";
const SURNAMES: &str = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张";

/// A unit of the roster.
#[derive(Debug)]
struct Unit {
    number: u64,
    code: String,
    /// The part of its name that is its own: signs of the sexagenary cycle, which name no real place.
    stem: String,
    name: String,
    sort: &'static Sort,
    branches: &'static [&'static str],
}

fn code(number: u64) -> String {
    format!("U{:06}", number + 1)
}

impl Unit {
    fn new(corpus: &Corpus, number: u64) -> Unit {
        let mut draw = corpus.draw(number, Purpose::Roster);
        let sort = &SORTS[draw.index(SORTS.len())];
        let has_branches = sort.owes != Owes::Nothing && draw.below(5) == 0;
        let branches: &[_] = if has_branches {
            &["第一党支部", "第二党支部"]
        } else {
            &[]
        };
        let stem = stem(number);
        let name = format!("{stem}{}", sort.ending);
        Unit {
            number,
            code: code(number),
            stem,
            name,
            sort,
            branches,
        }
    }

    fn roster_entry(&self) -> String {
        let mut entry = Table::new("[[unit]]");
        entry.text("code", &self.code).text("name", &self.name);
        entry
            .text("category", self.sort.category)
            .text("body", self.sort.body);
        if !self.branches.is_empty() {
            entry.put("branches", format!("{:?}", self.branches));
        }
        render(&[entry])
    }
}

/// What the office has granted to a unit.
fn granted(code: &str) -> String {
    format!(
        "\n[[extension]]\nunit = \"{code}\"\nmilestone = \"plan\"\nuntil = 2022-04-15\napplied = 2022-03-25\napproved_by = \"办公室\"\n\
         \n[[exemption]]\nunit = \"{code}\"\nrule = \"rest-day\"\nreason = \"已当面核对\"\napproved_by = \"办公室\"\n"
    )
}

/// Five signs for a number, different ones for different numbers; neighbours look unlike.
fn stem(number: u64) -> String {
    let signs: Vec<char> = STEMS.chars().collect();
    let radix = signs.len() as u64;
    let mut rest = (number + 98_765) * 1_357_911 % radix.pow(5);
    let sign = |_| {
        let sign = signs[(rest % radix) as usize];
        rest /= radix;
        sign
    };
    (0..5).map(sign).collect()
}

// ---- A plan's tables ----

/// A table of a file: its header and its lines.
#[derive(Debug)]
struct Table {
    header: &'static str,
    lines: Vec<(&'static str, String)>,
}

impl Table {
    fn new(header: &'static str) -> Table {
        Table {
            header,
            lines: Vec::new(),
        }
    }

    /// Writes a value that is already TOML; an earlier one of the same key is replaced.
    fn put(&mut self, key: &'static str, value: impl Into<String>) -> &mut Table {
        let value = value.into();
        match self.lines.iter_mut().find(|(known, _)| *known == key) {
            Some((_, old)) => *old = value,
            None => self.lines.push((key, value)),
        }
        self
    }

    /// Writes a text. None of ours needs an escape.
    fn text(&mut self, key: &'static str, text: &str) -> &mut Table {
        self.put(key, format!("\"{text}\""))
    }
}

fn render(tables: &[Table]) -> String {
    let mut text = String::new();
    for table in tables {
        text.push_str(table.header);
        text.push('\n');
        for (key, value) in &table.lines {
            text.extend([key, " = ", value, "\n"]);
        }
        text.push('\n');
    }
    text.truncate(text.len() - 1);
    text
}

/// The words of the campaign that plans use.
const ABILITIES: &[&str] = &[
    "政治能力",
    "调查研究能力",
    "科学决策能力",
    "改革攻坚能力",
    "应急处突能力",
    "服务群众能力",
    "抓落实能力",
];
const FAULTS: &[&str] = &["不作为", "不担当", "不进取", "不务实", "不知止"];
const ASPECTS: &[&str] = &[
    "政治理论学习",
    "全员培训",
    "调查研究",
    "服务群众",
    "改革攻坚",
    "工作落实",
    "作风转变",
    "长效机制",
];
const ACTIVITIES: &[&str] = &[
    "政治理论学习",
    "能力培训",
    "拉练观摩",
    "深入基层调查研究",
    "服务群众",
    "走出去",
    "请进来",
];
const DEPARTMENTS: &[&str] = &[
    "党政办",
    "组织办",
    "纪检办",
    "宣传办",
    "财务室",
    "督查室",
    "人事科",
    "综合科",
];
const FORMS: &[&str] = &["党员大会", "支委会", "党小组会"];
const KINDS: &[&str] = &[
    "制度",
    "办法",
    "规定",
    "实施细则",
    "办法（试行）",
    "工作制度",
];

/// Writes one unit's plan.
#[derive(Debug)]
struct Writer<'c> {
    corpus: &'c Corpus,
    unit: &'c Unit,
    draw: Draw,
}

impl Writer<'_> {
    fn tables(&mut self, copied: Option<u64>) -> Vec<Table> {
        let mut tables = vec![self.unit_table(), self.filing()];
        for index in 0..self.three_or_four() {
            tables.push(self.problem(index, copied));
        }
        let aspect = self.draw.index(ASPECTS.len());
        for index in 0..self.three_or_four() {
            tables.push(self.measure(index, ASPECTS[(aspect + index as usize) % ASPECTS.len()]));
        }
        for _ in 0..self.draw.within(4, 5) {
            tables.push(self.activity());
        }
        self.meetings(&mut tables);
        for index in 0..self.draw.within(1, 2) {
            tables.push(self.outcome(index));
        }
        tables.push(self.summary());
        tables
    }

    /// Three a little more often, so that most files have less than 4 KB.
    fn three_or_four(&mut self) -> u64 {
        3 + self.draw.below(5) / 3
    }

    fn person(&mut self) -> String {
        let letters = |list: &str| list.chars().collect::<Vec<_>>();
        let (surnames, stems) = (letters(SURNAMES), letters(STEMS));
        [
            self.draw.pick(&surnames),
            self.draw.pick(&stems),
            self.draw.pick(&stems),
        ]
        .into_iter()
        .collect()
    }

    fn department(&mut self) -> &'static str {
        self.draw.pick(DEPARTMENTS)
    }

    fn document_number(&self, number: u64) -> String {
        format!(
            "{}{}〔2022〕{number}号",
            self.unit.stem, self.unit.sort.office
        )
    }

    fn unit_table(&mut self) -> Table {
        let mut table = Table::new("#:schema ../../plan.schema.json\n\n[unit]");
        table
            .text("code", &self.unit.code)
            .text("name", &self.unit.name)
            .text("secretary", &self.person());
        let (name, phone) = (self.person(), self.unit.number);
        table.put(
            "contact",
            format!("{{ name = \"{name}\", phone = \"0000-{phone:07}\" }}"),
        );
        table
    }

    fn filing(&mut self) -> Table {
        let mut table = Table::new("[plan]");
        table.text(
            "title",
            &format!("{}能力作风优化年活动实施方案", self.unit.name),
        );
        table
            .put("special_meeting", self.draw.day(3, 16, 19))
            .put("adopted", self.draw.day(3, 20, 25));
        table.put("filed", self.draw.day(3, 26, 28));
        if self.draw.below(2) == 0 {
            table.put("received", self.draw.day(3, 29, 31));
        }
        if self.draw.below(3) == 0 {
            table.put("revised", format!("[{}]", self.draw.day(5, 5, 31)));
        }
        let serial = self.draw.within(1, 20);
        table.text("document_number", &self.document_number(serial));
        table
    }

    /// The first two problems are the leading team's, the others its members'.
    fn problem(&mut self, index: u64, copied: Option<u64>) -> Table {
        let number = self.unit.number;
        let mut table = Table::new("[[problem]]");
        if index < 2 {
            table.text("subject", "领导班子");
        } else {
            table
                .text("subject", "班子成员")
                .text("member", &self.person());
        }
        if self.draw.below(2) == 0 {
            table
                .text("aspect", "作风")
                .text("fault", self.draw.pick(FAULTS));
        } else {
            table
                .text("aspect", "能力")
                .text("ability", self.draw.pick(ABILITIES));
        }
        table.text("text", &self.corpus.problem_text(number, index, copied));
        table
            .text("remedy", &self.corpus.remedy_text(number, index))
            .text("owner", &self.person());
        self.limit(&mut table, "closed");
        table
    }

    fn measure(&mut self, index: u64, aspect: &str) -> Table {
        let mut table = Table::new("[[measure]]");
        table
            .text("aspect", aspect)
            .text("text", &self.corpus.measure_text(self.unit.number, index));
        let (lead, responsible) = (self.department(), self.department());
        table.text("lead", lead);
        if self.draw.below(2) == 0 {
            table.put("responsible", format!("[\"{responsible}\"]"));
        }
        self.limit(&mut table, "done");
        table
    }

    /// A time limit, which is kept.
    fn limit(&mut self, table: &mut Table, end: &'static str) {
        if self.draw.below(6) == 0 {
            table.text("due", "长期坚持");
            return;
        }
        let month = self.draw.pick(&[6, 7, 8, 9, 10, 12]);
        table
            .put("due", self.draw.day(month, 20, 30))
            .put(end, self.draw.day(month, 1, 20));
    }

    fn activity(&mut self) -> Table {
        let mut table = Table::new("[[activity]]");
        let month = self.draw.within(4, 10);
        table
            .text("kind", self.draw.pick(ACTIVITIES))
            .put("date", self.draw.day(month, 1, 30));
        table.put("participants", self.draw.within(8, 120).to_string());
        table
    }

    fn meetings(&mut self, tables: &mut Vec<Table>) {
        let Unit { sort, branches, .. } = self.unit;
        if sort.owes == Owes::Both {
            tables.push(self.meeting("民主生活会", None));
        }
        for branch in branches.iter() {
            tables.push(self.meeting("组织生活会", Some(branch)));
        }
        let others = match sort.owes {
            Owes::Nothing => 0,
            _ if !branches.is_empty() => 0,
            Owes::Organizational => 2,
            Owes::Both => 1,
        };
        for _ in 0..others {
            tables.push(self.meeting("组织生活会", None));
        }
    }

    fn meeting(&mut self, kind: &str, branch: Option<&str>) -> Table {
        let mut table = Table::new("[[meeting]]");
        table.text("kind", kind);
        if self.draw.below(2) == 0 {
            table.put("planned", self.draw.day(9, 20, 30));
        }
        table.put("held", self.draw.day(10, 8, 31));
        if let Some(branch) = branch {
            table.text("branch", branch);
        }
        if kind == "组织生活会" {
            table.text("form", self.draw.pick(FORMS));
        }
        let expected = self.draw.within(7, 15);
        table.put("expected", expected.to_string());
        table.put(
            "present",
            self.draw.within(expected - 2, expected).to_string(),
        );
        table.put("reviews_campaign", "true");
        table
    }

    fn outcome(&mut self, index: u64) -> Table {
        let (number, serial) = (self.unit.number, 31 + 10 * index + self.draw.below(10));
        let title = self
            .corpus
            .title
            .text(self.corpus.first_text() + number * 2 + index);
        let mut table = Table::new("[[outcome]]");
        table.text(
            "title",
            &format!("{}{title}{}", self.unit.name, self.draw.pick(KINDS)),
        );
        table.text("document_number", &self.document_number(serial));
        let month = self.draw.within(9, 12);
        table
            .put("adopted", self.draw.day(month, 1, 20))
            .put("printed", self.draw.day(month, 20, 28));
        if self.draw.below(2) == 0 {
            table.put("valid_until", "2025-12-31");
        }
        table.text("based_on", &self.corpus.remedy_text(number, 4 + index));
        table
    }

    fn summary(&mut self) -> Table {
        let mut table = Table::new("[summary]");
        table.put("date", self.draw.day(12, 20, 29));
        table.text("text", &self.corpus.remedy_text(self.unit.number, 6));
        table
    }
}

/// What is done to a file so that it breaks a rule or is no TOML any more.
mod trouble {
    use super::Table;

    /// One change. The first table of that name in which it can be done is changed.
    #[derive(Clone, Copy, Debug)]
    pub enum Edit {
        /// A key gets another value.
        Put(&'static str, &'static str, &'static str),
        /// A key gets another value, in every table of that name.
        PutAll(&'static str, &'static str, &'static str),
        /// A key is taken out.
        Cut(&'static str, &'static str),
        /// A key gets another name.
        Rename(&'static str, &'static str, &'static str),
        /// All tables of a name in which a value occurs are taken out.
        CutTables(&'static str, &'static str),
    }
    use Edit::{Cut, CutTables, Put, PutAll, Rename};

    /// So many of [`ALL`], before the last, concern the 组织生活会.
    pub const OF_ORGANIZATIONAL: usize = 4;

    /// So many of [`ALL`], the last, concern the 民主生活会.
    pub const OF_DEMOCRATIC: usize = 3;

    /// The troubles that a unit can be in.
    pub const ALL: &[&[Edit]] = &[
        &[
            Put("[plan]", "filed", "2022-04-15"),
            Put("[plan]", "received", "2022-04-16"),
        ],
        &[
            Put("[plan]", "filed", "2022-04-01"),
            Put("[plan]", "received", "2022-04-01"),
        ],
        &[Cut("[plan]", "filed"), Cut("[plan]", "received")],
        &[CutTables("[plan]", "")],
        &[Rename("[plan]", "filed", "filled")],
        &[Rename("[[measure]]", "lead", "leader")],
        &[Rename("[[problem]]", "due", "deadline")],
        &[Put("[plan]", "filed", "\"2022年3月28日\"")],
        &[Put("[plan]", "adopted", "\"2022-3-25\"")],
        &[
            Put("[plan]", "filed", "2021-03-28"),
            Cut("[plan]", "received"),
        ],
        &[Put("[plan]", "special_meeting", "2022-03-31")],
        &[Cut("[[outcome]]", "title")],
        &[Put("[[activity]]", "participants", "\"42人\"")],
        &[Put("[[problem]]", "subject", "\"班子\"")],
        &[Put("[[problem]]", "fault", "\"不负责\"")],
        &[Put("[[problem]]", "remedy", "\"待定\"")],
        &[
            Put("[[problem]]", "due", "2022-06-30"),
            Cut("[[problem]]", "closed"),
        ],
        &[
            Put("[[measure]]", "due", "2022-08-31"),
            Cut("[[measure]]", "done"),
        ],
        &[CutTables("[[problem]]", "班子成员")],
        &[Put("[[outcome]]", "printed", "2022-08-30")],
        &[Put("[[outcome]]", "title", "\"2022年度活动总结\"")],
        &[Put(
            "[[outcome]]",
            "document_number",
            "\"戊己发[2022]第07号\"",
        )],
        &[Put(
            "#:schema ../../plan.schema.json\n\n[unit]",
            "name",
            "\"别名办\"",
        )],
        // The 组织生活会.
        &[CutTables("[[meeting]]", "组织生活会")],
        &[PutAll("[[meeting]]", "held", "2022-11-05")],
        &[PutAll("[[meeting]]", "held", "2022-03-04")],
        &[PutAll("[[meeting]]", "year", "2021")],
        // The 民主生活会, which is the first of a unit that owes it.
        &[CutTables("[[meeting]]", "民主生活会")],
        &[Put("[[meeting]]", "present", "2")],
        &[Cut("[[meeting]]", "held")],
    ];

    /// What makes a file no TOML any more: a piece of its text, and what takes its place.
    pub const BREAKS: &[(&str, &str)] = &[
        ("实施方案\"\n", "实施方案\n"),
        ("adopted = 2022-03-", "adopted = 2022-13-"),
        ("[[problem]]", "[[problem]"),
        ("secretary = \"", "secretary = “"),
        ("filed = ", "filed "),
        ("filed = ", "filed = 报送于"),
        ("[plan]\n", "<<<<<<< HEAD\n[plan]\n"),
        ("name = \"", "name = \"重复\"\nname = \""),
    ];

    /// Makes the changes of one trouble.
    pub fn edit(tables: &mut Vec<Table>, edits: &[Edit]) {
        for edit in edits {
            apply(tables, *edit);
        }
    }

    fn apply(tables: &mut Vec<Table>, edit: Edit) {
        match edit {
            Put(header, key, value) => {
                tables
                    .iter_mut()
                    .filter(|table| table.header == header)
                    .take(1)
                    .for_each(|table| {
                        table.put(key, value);
                    });
            }
            PutAll(header, key, value) => {
                tables
                    .iter_mut()
                    .filter(|table| table.header == header)
                    .for_each(|table| {
                        table.put(key, value);
                    });
            }
            Cut(header, key) => {
                if let Some(table) = with_key(tables, header, key) {
                    table.lines.retain(|(known, _)| *known != key);
                }
            }
            Rename(header, key, other) => {
                let lines = with_key(tables, header, key)
                    .into_iter()
                    .flat_map(|table| &mut table.lines);
                lines
                    .filter(|(known, _)| *known == key)
                    .for_each(|line| line.0 = other);
            }
            CutTables(header, value) => {
                let holds =
                    |table: &Table| table.lines.iter().any(|(_, known)| known.contains(value));
                tables.retain(|table| table.header != header || !holds(table));
            }
        }
    }

    fn with_key<'t>(tables: &'t mut [Table], header: &str, key: &str) -> Option<&'t mut Table> {
        let has = |table: &&mut Table| {
            table.header == header && table.lines.iter().any(|(known, _)| *known == key)
        };
        tables.iter_mut().find(has)
    }
}

/// The lists of words, 29 in each, and the sentences that are made of them.
mod words {
    /// A problem: where, what, by whom, how; with what effect.
    pub const PROBLEM: &[(&str, &str)] = &[
        (AREAS, ""),
        (LINKS, "上，"),
        (PEOPLE, ""),
        (OFTEN, ""),
        (HABITS, "，"),
        (MATTERS, ""),
        (VERBS, ""),
        (LACKS, "，"),
        (MEANS, ""),
        (HOLLOW, "，"),
        (PUBLIC, ""),
        (EFFECTS, "。"),
    ];

    /// A measure: when, who, how; what is done; how it is made sure.
    pub const MEASURE: &[(&str, &str)] = &[
        (TIMES, "由"),
        (LEADERS, ""),
        (WAYS, ""),
        (DOINGS, ""),
        (MATTERS, "，"),
        (STEPS, ""),
        (AREAS, ""),
        (POINTS, "，"),
        (GUARDS, ""),
        (AIMS, "。"),
    ];

    /// What an institution's title says between the unit's name and the kind of document.
    pub const TITLE: &[(&str, &str)] = &[
        (SCOPES, ""),
        (OBJECTS, ""),
        (MANNERS, ""),
        (ACTIONS, ""),
        (PARTIES, ""),
        (CHECKS, ""),
    ];

    const AREAS: &str = "乡村振兴 人居环境 项目建设 招商引资 安全生产 信访维稳 森林防火 防汛抗旱 粮食储备 秸秆禁烧 河道清淤 \
        公路养护 医疗保障 养老托幼 义务教育 就业培训 文化惠民 食品监管 市场秩序 数据归集 档案整理 财务核算 闲置资产 \
        土地流转 农机推广 水利设施 网格运行 矛盾调解 政务公开";
    const LINKS: &str = "谋划 部署 推进 督办 验收 统筹 调度 考核 宣传 摸排 申报 审核 衔接 协调 核实 反馈 攻坚 收尾 立项 选址 \
        预算 采购 评议 归档 备案 公示 回访 试点 移交";
    const PEOPLE: &str = "有的同志 班子个别人 分管领导 中层骨干 年轻干部 部分股室 包村干部 窗口人员 党小组长 老同志 新进人员 \
        业务科长 驻站人员 联络专员 值班班组 支部委员 记账会计 挂职干部 项目专班 后勤岗位 执法队员 技术人员 片区负责人 \
        少数党员 机关同事 办事员 外勤小组 社工队伍 巡查员";
    const OFTEN: &str = "时常 往往 一度 偶尔 依旧 惯于 总爱 容易 仍然 习惯 屡次 间或 普遍 多次 始终 渐渐 难免 不免 反复 经年 一味 \
        倾向 乐于 甘于 似乎 每每 尚且 几番 照旧";
    const HABITS: &str = "浅尝辄止 照搬照抄 以会代训 避重就轻 得过且过 被动应付 推诿扯皮 重形轻实 大而化之 坐等上门 怕得罪人 \
        凭老经验 畏难退缩 急于求成 抓小放大 虎头蛇尾 闭门造车 因循守旧 顾此失彼 满足现状 喊得响亮 拈轻怕重 各自为战 \
        等靠思想 蜻蜓点水 纸上谈兵 不求甚解 走马观花 患得患失";
    const MATTERS: &str = "群众诉求 惠农补贴 产业短板 历史遗留 邻里纠纷 饮水安全 特困帮扶 民生实事 企业难题 留守儿童 村务账目 \
        低保复核 危房改造 灌溉用水 冬季取暖 垃圾分类 厕所改建 种植结构 合同履约 窗口效率 消防通道 用工需求 残疾救助 \
        供销渠道 道路照明 小微贷款 集体收入 公益岗位 退役安置";
    const VERBS: &str = "关注 掌握 研判 剖析 跟踪 把握 回应 了解 梳理 化解 排查 解读 过问 思考 推敲 预判 归纳 破解 钻研 领会 盘点 \
        筛选 汇总 论证 倾听 响应 吸收 追问 甄别";
    const LACKS: &str = "不深 不透 不细 不实 不勤 不全 偏慢 偏软 偏粗 滞后 欠缺 薄弱 零散 粗放 片面 脱节 走样 缺位 断档 松懈 生疏 \
        拖沓 迟缓 浮浅 笼统 含糊 单一 僵化 乏力";
    const MEANS: &str = "入户走访 集中学习 专题辅导 跨部门会商 现场办公 台账管理 交叉互检 经验交流 轮岗锻炼 谈心谈话 数据比对 \
        限时办结 热线接听 民情日记 晨会调度 师徒结对 案例教学 第三方评估 蹲点调研 联席会议 绩效评价 暗访抽查 课题攻关 \
        线上平台 观摩比武 约谈提醒 述职点评 问卷征询 服务承诺";
    const HOLLOW: &str = "流于表面 时断时续 缺少章法 收效甚微 少有创新 有头无尾 停在口头 覆盖偏窄 频次过低 针对性差 无人牵头 \
        落点模糊 节奏混乱 形不成合力 记录潦草 未成常态 质量参差 手段陈旧 刚性欠佳 全凭自觉 偏离实际 层层衰减 标准不一 \
        责任悬空 成果闲置 准备仓促 重复低效 监督真空 激励失灵";
    const PUBLIC: &str = "基层村组 服务对象 经营主体 离任老人 种植大户 外出务工者 沿街商户 学生家长 合作社员 楼栋居民 帮扶家庭 \
        创业青年 困难职工 牧区住户 运输司机 民营业主 上级机关 兄弟单位 社会各界 返乡人才 入驻企业 看病群众 村医教师 \
        物业公司 志愿团队 代表委员 租赁客户 施工单位 个体摊贩";
    const EFFECTS: &str = "意见较多 来回奔波 满意度低 心存疑虑 缺乏信心 参与冷淡 等候过久 多头求助 误解加深 热情消退 耽误农时 \
        增加成本 错失机遇 观望居多 投诉上升 难以信服 感受不强 得不到实惠 诉求积压 政策不明 只好自行解决 渐生抱怨 \
        配合不力 无从下手 信息闭塞 负担加重 举棋不定 收入受损 转投别处";

    const TIMES: &str = "每周一 每旬末 月初 月中 季度末 上半年 下半年 汛期前 春耕前 秋收后 入冬前 节假日前 第二季度 第三季度 \
        十月以前 七月起 年内 每半月 逢五逢十 隔周 清明前后 暑期 双休日 每日早会 国庆前 五月底 八月中旬 六月上旬 冬训期间";
    const LEADERS: &str = "书记 分管副职 班子成员 纪检委员 组织委员 宣传委员 股室负责人 支部书记 工作专班 党政办 督查组 业务骨干 \
        包片领导 综合科 技术能手 财务总管 青年突击队 党员先锋岗 法律顾问 信息专员 安全总监 网格长 工会主席 妇联干部 \
        统计员 群工站 老党员 值周组 联席小组";
    const WAYS: &str = "带头 牵头 逐户 分批 集中 上门 现场 蹲点 轮流 联合 随机 对照清单 按图索骥 定点 分片 结对 挂牌 限期 公开 \
        全程 提前 跨组 以案 分级 线上 专题 驻点 循环 带队";
    const DOINGS: &str = "攻克 会诊 认领 销号 解剖 督导 包抓 复盘 兜底 摸清 破题 协办 回头看 明察 受理 复核 细化 稳控 盯办 补齐 \
        理顺 压减 疏通 优化 核销 厘清 推演 代办 处置";
    const STEPS: &str = "同步建好 及时修订 完整保存 逐条对照 滚动更新 严格兑现 按月晒出 分层讲解 汇编成册 精简合并 择优推广 \
        重新核定 全面试行 定向推送 双向反馈 打包下放 倒排绘制 补充编写 挂图执行 统一换发 动态校准 当场演示 集体审定 \
        张榜公布 逐级签订 轮番检验 限时录入 交叉批改 专人保管";
    const POINTS: &str = "清单 流程图 时间表 责任书 案例集 操作手册 明白纸 联系卡 积分榜 进度条 问答录 示范点 任务书 样板间 \
        风险库 民情图 台账册 红黑榜 课程表 路线图 承诺墙 服务包 指标簿 对照表 告知单 简报栏 工具箱 花名簿 题目库";
    const GUARDS: &str = "经费单列 纪律跟进 考评挂钩 专人跟班 容错免责 媒体曝光 群众打分 一周一报 双岗互备 逾期亮灯 述评公开 \
        奖优罚劣 提级督办 全员过关 结果存档 闭环回访 阅卷评比 末位谈话 交账算账 月度评星 备案待查 书面说明 电话抽访 \
        台前承诺 连带问责 以奖代补 样本复测 错时值守 会前通报";
    const AIMS: &str = "办件时长缩短三成 群众少跑一趟 十二件实事落地 旧账全部清零 新风蔚然形成 信访量稳步回落 产值实现增长 \
        骨干独当一面 堵点逐个打通 口碑持续向好 档案一户一册 学用真正结合 村集体增收 窗口零差评 隐患发现在早 数据一源共享 \
        政策应享尽享 会议压缩过半 文风短实新 人人会讲政策 项目早日投产 难事有人管 小事不出村 应答不过夜 队伍更有朝气 \
        标准看得见 成果可复制 成本降下来 经验留得住";

    const SCOPES: &str = "机关 村级 窗口 班子 支部 网格 项目 股室 片区 社区 基层 系统 企业 农户 专班 岗位 合作 园区 校地 镇村 干部 \
        党员 青年 外勤 业务 后勤 全域 辖区 综合";
    const OBJECTS: &str = "账目 诉求 学习 调研 值守 采购 接待 用车 印章 合同 资产 公文 督办 信访 培训 补贴 救助 档案 考勤 热线 数据 \
        预算 用工 工程 票据 宅基 林地 水源 路灯";
    const MANNERS: &str = "定期 限时 分级 联合 轮值 首问 闭环 挂牌 双向 逐月 交叉 专人 集中 按需 全程 提前 动态 循环 驻点 随机 结对 \
        错时 线上 预约 上门 一次 统一 优先 备份";
    const ACTIONS: &str = "公开 会商 办结 认领 销号 走访 领学 互检 评星 回访 研判 代办 提醒 交账 点评 留痕 移交 抽查 报备 核验 推送 \
        签收 更新 摸底 巡查 帮带 答复 登记 复盘";
    const PARTIES: &str = "群众 代表 同级 上级 专家 委员 商户 家长 社员 纪检 财会 审计 老人 新人 员工 居民 客户 媒体 法务 工会 妇联 \
        团员 组长 邻里 乡贤 导师 站长 楼长 会计";
    const CHECKS: &str = "评议 监督 旁听 打分 见证 问询 会签 复核 反馈 听证 列席 质询 验收 参与 通气 协助 审签 观察 背书 共管 备查 \
        测评 投票 把关 陪同 互评 附议 点验 联署";
}
