//! 看板: the page of `duban report -o 看板.html`, as a browser shows it, and as it stands in the file.

#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    clippy::print_stdout,
    missing_docs
)]

mod browser;

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::json;
use tempfile::TempDir;

use browser::Browser;

/// A page of a folder of plans.
fn page(scratch: &TempDir, plans: &Path, lang: &str) -> PathBuf {
    let file = scratch.path().join("看板.html");
    let run = Command::new(env!("CARGO_BIN_EXE_duban"))
        .arg("report")
        .arg(plans)
        .args(["--as-of", "2022-11-15", "--lang", lang, "-o"])
        .arg(&file)
        .output()
        .unwrap();
    assert!(
        run.status.success(),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
    file
}

fn in_trouble() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/in-trouble")
}

fn scratch() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// A campaign with so many units, and a plan of each.
fn campaign(folder: &Path, units: usize, name: impl Fn(usize) -> String) {
    let mut roster = fs::read_to_string(in_trouble().join("campaign.toml")).unwrap();
    roster.truncate(roster.find("[[unit]]").unwrap());
    for n in 1..=units {
        let name = name(n);
        _ = write!(
            roster,
            "\n[[unit]]\ncode = \"U{n:04}\"\nname = {name:?}\ncategory = \"乡镇\"\n"
        );
        let day = 1 + n % 28;
        let plan = format!(
            "[unit]\ncode = \"U{n:04}\"\nname = {name:?}\nsecretary = \"甲某\"\ncontact = {{ name = \"乙某\", phone = \"0421-{n:07}\" }}\n[plan]\nfiled = 2022-04-{day:02}\n[[meeting]]\nkind = \"民主生活会\"\nheld = 2022-10-{day:02}\npresent = 3\nexpected = 9\n"
        );
        fs::write(folder.join(format!("U{n:04}.toml")), plan).unwrap();
    }
    fs::write(folder.join("campaign.toml"), roster).unwrap();
}

/// The codes of the rows that are shown, in their order.
const SHOWN: &str = "[...document.querySelectorAll('#matrix tbody tr:not([hidden])')].map(row => row.cells[1].textContent)";

/// Sets a field as a person does.
fn set(browser: &mut Browser, id: &str, value: &str) {
    browser.ask(&format!(
        "(() => {{ const f = document.getElementById('{id}'); f.value = {value:?}; f.dispatchEvent(new Event('input', {{bubbles: true}})); }})()"
    ));
}

#[test]
fn the_page_asks_for_nothing_and_its_policy_is_never_broken() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let scratch = scratch();
    for lang in ["zh", "en"] {
        let file = page(&scratch, &in_trouble(), lang);
        browser.open(&file);
        set(&mut browser, "q", "镇");
        browser.ask("document.querySelector('#matrix th button').click()");
        browser.call("Page.printToPDF", json!({}));
    }
    let own = |url: &&String| !url.starts_with("file://") && !url.starts_with("data:");
    let outside: Vec<_> = browser.requests.iter().filter(own).collect();
    assert!(outside.is_empty(), "{outside:?}");
    assert!(
        !browser.requests.is_empty(),
        "the page itself was asked for"
    );
    assert!(browser.complaints.is_empty(), "{:?}", browser.complaints);
    // The policy is in force: what it does not know is not run.
    let run = "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.x = 1'})); window.x === undefined";
    assert_eq!(browser.ask(run), true);
}

#[test]
fn units_are_found_filtered_sorted_and_put_back() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let scratch = scratch();
    browser.open(&page(&scratch, &in_trouble(), "zh"));
    let all = browser.ask(SHOWN);
    assert_eq!(all.as_array().unwrap().len(), 16);

    set(&mut browser, "q", " ｔ０ ");
    assert_eq!(
        browser.ask(SHOWN),
        json!(["T01", "T02", "T03", "T04"]),
        "whatever the width"
    );
    assert_eq!(browser.ask("shown.textContent"), "显示4个，共16个单位");
    let cards = "document.querySelectorAll('.cards article:not([hidden])').length";
    assert_eq!(browser.ask(cards), 4, "the cards follow");
    set(&mut browser, "q", "");

    set(&mut browser, "s", "od");
    set(&mut browser, "m", "0");
    assert_eq!(
        browser.ask(SHOWN),
        json!(["T03", "T04", "I01"]),
        "overdue with the plan"
    );
    set(&mut browser, "c", "事业单位");
    assert_eq!(browser.ask(SHOWN), json!(["I01"]));
    set(&mut browser, "q", "没有这样的单位");
    assert_eq!(browser.ask("!document.getElementById('none').hidden"), true);
    // A link to a unit that is hidden shows it.
    browser.ask("new Promise(done => { addEventListener('hashchange', () => setTimeout(done)); location.hash = '#u7' })");
    assert_eq!(browser.ask("!document.getElementById('u7').hidden"), true);

    let sort = |browser: &mut Browser, column: usize| {
        browser.ask(&format!(
            "document.querySelectorAll('#matrix th button')[{column}].focus()"
        ));
        browser.press("Enter", "\r");
        browser.ask(&format!(
            "document.querySelectorAll('#matrix thead th')[{column}].getAttribute('aria-sort')"
        ))
    };
    assert_eq!(sort(&mut browser, 1), "ascending", "by the keyboard");
    assert_eq!(browser.ask(SHOWN)[0], "D01");
    assert_eq!(sort(&mut browser, 1), "descending");
    assert_eq!(browser.ask(SHOWN)[0], "Z01");
    sort(&mut browser, 4);
    let words =
        "[...document.querySelectorAll('#matrix tbody tr')].map(row => row.cells[4].className)";
    let words: Vec<String> = serde_json::from_value(browser.ask(words)).unwrap();
    let order = ["ok", "la", "od", "ds", "up", "un", "ex"];
    let places = words
        .iter()
        .map(|word| order.iter().position(|known| known == word).unwrap());
    assert!(places.is_sorted(), "{words:?}");
    browser.ask("reset.click()");
    assert_eq!(browser.ask(SHOWN), all, "the roster's order again");
    assert_eq!(
        browser.ask("document.querySelectorAll('[aria-sort]').length"),
        0
    );
}

#[test]
fn without_its_script_all_of_it_can_be_read() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let scratch = scratch();
    let file = page(&scratch, &in_trouble(), "zh");
    // On paper everything is drawn; on a screen only what is near.
    browser.call("Emulation.setEmulatedMedia", json!({ "media": "print" }));
    let read = "document.body.innerText.replace(/[↕\\s]/g, '')";
    browser.open(&file);
    browser.ask("document.getElementById('tools').remove()");
    let with: String = serde_json::from_value(browser.ask(read)).unwrap();
    browser.call(
        "Emulation.setScriptExecutionDisabled",
        json!({ "value": true }),
    );
    browser.open(&file);
    let without: String = serde_json::from_value(browser.ask(read)).unwrap();
    assert_eq!(with, without, "the script adds nothing but its tools");
    assert_eq!(
        browser.ask("getComputedStyle(document.getElementById('tools')).display"),
        "none"
    );
    for said in [
        "甲市能力作风优化年活动领导小组办公室",
        "50.0%完成率8/16",
        "未报单位（2）丙乡午镇",
        "截至2022-11-15",
        "缺民主生活会、组织生活会；民主生活会实到5人、应到9人，不足三分之二，无效",
        "第一责任人金戊子联络员魏己丑电话0421-0000010",
        "合计16623550.0%8/1637.5%6/16",
        "完成时限含当日，次日起计逾期。",
    ] {
        assert!(without.contains(said), "{said}\n{without}");
    }
}

#[test]
fn on_paper_it_is_a4_across_and_repeats_its_headers() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let scratch = scratch();
    let plans = scratch.path().join("plans");
    fs::create_dir(&plans).unwrap();
    campaign(&plans, 100, |n| format!("第{n}镇"));
    let file = page(&scratch, &plans, "zh");
    browser.open(&file);
    let pdf = browser.call(
        "Page.printToPDF",
        json!({ "preferCSSPageSize": true, "printBackground": true }),
    );
    let pdf = base64(pdf["data"].as_str().unwrap());
    let paper = scratch.path().join("a.pdf");
    fs::write(&paper, pdf).unwrap();
    let run = |program: &str, arguments: &[&str]| {
        let run = Command::new(program)
            .args(arguments)
            .arg(&paper)
            .arg("-")
            .output();
        run.map(|run| String::from_utf8_lossy(&run.stdout).into_owned())
    };
    let Ok(text) = run("pdftotext", &["-layout"]) else {
        eprintln!("skipped: pdftotext is not installed (Debian: poppler-utils)");
        return;
    };
    let about = Command::new("pdfinfo").arg(&paper).output().unwrap();
    let about = String::from_utf8_lossy(&about.stdout).into_owned();
    assert!(
        about.contains("841.92 x 594.96") || about.contains("842 x 595"),
        "{about}"
    );
    let pages: Vec<&str> = text.split('\u{c}').collect();
    let with = |word: &str| pages.iter().position(|page| page.contains(word)).unwrap();
    let matrix = &pages[with("一览表")..with("分类汇总")];
    assert!(matrix.len() > 1, "{} pages", matrix.len());
    for page in matrix {
        assert!(page.contains("序号") && page.contains("实施方案"), "{page}");
    }
    for n in 1..=100 {
        let code = format!("U{n:04}");
        assert!(
            text.matches(&code).count() >= 2,
            "{code} is in the matrix and has a card"
        );
    }
    assert!(!text.contains("恢复花名册顺序"), "no tools on paper");
}

/// The bytes of what the browser hands over.
fn base64(text: &str) -> Vec<u8> {
    use ::base64::Engine;
    ::base64::engine::general_purpose::STANDARD
        .decode(text)
        .unwrap()
}

#[test]
fn words_can_be_read_by_light_and_in_the_dark() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let scratch = scratch();
    let file = page(&scratch, &in_trouble(), "zh");
    for scheme in ["light", "dark"] {
        let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        browser.call("Emulation.setEmulatedMedia", features);
        browser.open(&file);
        // The contrast of each text with what lies under it (WCAG 2.2, 1.4.3).
        let poor = browser.ask(
            r#"(() => {
            const parts = (c) => c.match(/[\d.]+/g).map(Number);
            const light = (c) => { const [r, g, b] = parts(c).map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
            const ground = (e) => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if (parts(c)[3] !== 0) return c; } return 'rgb(255,255,255)'; };
            const poor = [];
            for (const e of document.querySelectorAll('body *')) {
                if (![...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()) || e.closest('script,.skip')) continue;
                const svg = e instanceof SVGElement;
                const [a, b] = [light(svg ? getComputedStyle(e).fill : getComputedStyle(e).color), light(ground(e))].sort((a, b) => b - a);
                const ratio = (a + 0.05) / (b + 0.05);
                if (ratio < 4.5) poor.push(e.tagName + '.' + e.getAttribute('class') + ' ' + e.textContent.trim().slice(0, 20) + ' ' + ratio.toFixed(2));
            }
            return [...new Set(poor)];
        })()"#,
        );
        assert_eq!(poor, json!([]), "{scheme}");
    }
}

#[test]
fn texts_of_plans_stay_texts() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let scratch = scratch();
    let plans = scratch.path().join("plans");
    fs::create_dir(&plans).unwrap();
    let names = [
        "<img src=x onerror=alert(1)>",
        "</script><script>window.hit = 1</script>",
        "\"'&amp;</style>{{7*7}}",
        "甲{%raw%}镇",
    ];
    campaign(&plans, names.len(), |n| names[n - 1].to_owned());
    let hidden = fs::read_to_string(plans.join("campaign.toml")).unwrap();
    fs::write(
        plans.join("campaign.toml"),
        hidden.replace("甲{", "甲\\u202e\\u001b[31m{"),
    )
    .unwrap();
    browser.open(&page(&scratch, &plans, "zh"));
    let found = "[...document.querySelectorAll('#matrix tbody th')].map(cell => cell.textContent)";
    let mut wanted: Vec<String> = names.iter().map(ToString::to_string).collect();
    wanted[3] = "甲\\u{202e}\\u{1b}[31m{%raw%}镇".to_owned();
    assert_eq!(browser.ask(found), json!(wanted));
    assert_eq!(browser.ask("document.querySelectorAll('img').length"), 0);
    assert_eq!(browser.ask("document.scripts.length"), 1);
    assert_eq!(browser.ask("window.hit === undefined"), true);
    assert!(browser.complaints.is_empty(), "{:?}", browser.complaints);
}

#[test]
fn a_hundred_units_make_less_than_a_megabyte_and_three_thousand_less_than_five() {
    for (units, limit) in [(100, 1_000_000), (3000, 5_000_000)] {
        let scratch = scratch();
        let plans = scratch.path().join("plans");
        fs::create_dir(&plans).unwrap();
        campaign(&plans, units, |n| format!("甲市第{n}镇党政综合办公室"));
        let size = fs::metadata(page(&scratch, &plans, "zh")).unwrap().len();
        assert!(size < limit, "{units} units make {size} bytes");
    }
}

#[test]
fn three_thousand_units_are_searched_and_sorted_in_a_browser() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let scratch = scratch();
    let plans = scratch.path().join("plans");
    fs::create_dir(&plans).unwrap();
    campaign(&plans, 3000, |n| format!("甲市第{n}镇党政综合办公室"));
    browser.open(&page(&scratch, &plans, "en"));
    set(&mut browser, "q", "第2999镇");
    assert_eq!(browser.ask(SHOWN), json!(["U2999"]));
    set(&mut browser, "q", "");
    browser.ask("document.querySelectorAll('#matrix th button')[0].click()");
    browser.ask("document.querySelectorAll('#matrix th button')[0].click()");
    assert_eq!(browser.ask(SHOWN)[0], "U3000");
    let timing = "(() => { const t = performance.now(); q.value = '9'; q.dispatchEvent(new Event('input')); document.body.offsetHeight; return Math.round(performance.now() - t) })()";
    println!("a key in the search takes {} ms", browser.ask(timing));
    let timing = "(() => { const t = performance.now(); document.querySelectorAll('#matrix th button')[2].click(); document.body.offsetHeight; return Math.round(performance.now() - t) })()";
    println!("sorting takes {} ms", browser.ask(timing));
}

#[test]
fn the_page_tells_the_same_figures_as_the_table() {
    let scratch = scratch();
    let html = fs::read_to_string(page(&scratch, &in_trouble(), "zh")).unwrap();
    for figure in [
        "<strong>50.0%</strong>",
        "8/16",
        "5/16",
        "2/16",
        "229天",
        "15天",
    ] {
        assert!(html.contains(figure), "{figure}");
    }
    assert!(html.starts_with("<!DOCTYPE html>") && html.ends_with("</html>\n"));
    assert!(
        !html.contains("http:") && !html.contains("https:"),
        "no address"
    );
    assert!(
        !html.contains(" style="),
        "the policy forbids styles in elements"
    );
}
