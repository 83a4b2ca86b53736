//! For tests: what of the other language has been left in a text.

/// English sentences, clap's own labels, half-width punctuation and blanks around digits in a Chinese text.
/// The line of usage, and commands to type such as `duban check`, are the same in both languages.
pub(super) fn in_chinese(text: &str) -> Vec<String> {
    let lines = text.lines().filter(|line| !line.starts_with("用法："));
    lines
        .flat_map(|line| [english(line), labels(line), punctuation(line)].concat())
        .collect()
}

/// Chinese characters and punctuation in an English text.
pub(super) fn in_english(text: &str) -> Vec<String> {
    text.lines()
        .filter(|line| line.contains(is_chinese))
        .map(str::to_owned)
        .collect()
}

fn english(line: &str) -> Vec<String> {
    let words: Vec<&str> = line.split(' ').collect();
    let letter = |c: char| c.is_ascii_alphabetic();
    let both = |pair: &&[&str]| pair[0].ends_with(letter) && pair[1].starts_with(letter);
    words
        .windows(2)
        .filter(both)
        .filter(|pair| !pair[0].ends_with("duban"))
        .map(|pair| pair.join(" "))
        .collect()
}

fn labels(line: &str) -> Vec<String> {
    let labels = [
        "Usage",
        "Options",
        "Commands",
        "Arguments",
        "default",
        "possible",
        "Print",
        "error:",
        "hint:",
        "tip:",
    ];
    labels
        .into_iter()
        .filter(|label| line.contains(label))
        .map(str::to_owned)
        .collect()
}

fn punctuation(line: &str) -> Vec<String> {
    let chars: Vec<char> = line.replace("[格式:]", "").chars().collect();
    let half = chars
        .windows(2)
        .filter(|pair| is_chinese(pair[0]) && ";:?!(".contains(pair[1]));
    let apart = chars.windows(3).filter(|three| {
        let [a, b, c] = [three[0], three[1], three[2]];
        b == ' ' && (is_chinese(a) && c.is_ascii_digit() || a.is_ascii_digit() && is_chinese(c))
    });
    half.chain(apart)
        .map(|found| found.iter().collect())
        .collect()
}

fn is_chinese(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}')
}

#[test]
fn leftovers_are_found() {
    let mixed = "  -h  Print help\n用法：duban check [选项]\n文件(二)，共 3 份";
    assert_eq!(
        in_chinese(mixed),
        ["Print help", "Print", "件(", "共 3", "3 份"]
    );
    assert_eq!(in_english("one\n两 two"), ["两 two"]);
}
