//! Names, numbers and titles as people write them, made comparable.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// Whether a title is that of an institution (制度办法), by its end, after unwrapping 关于印发《…》的通知 and
/// （试行）. 重大事项请示报告制度 is one; a 报告 is not.
pub fn counts_as_institution(title: &str) -> bool {
    const NOT: [&str; 6] = ["总结", "讲话", "纪要", "通报", "报告", "请示"];
    // Nearly every title wraps nothing and ends in plain characters.
    let ends_plainly = title.chars().rev().take(2).all(is_ideograph);
    if ends_plainly && !title.contains('《') {
        return !NOT.iter().any(|end| title.ends_with(end));
    }
    let plain = folded(title);
    let mut core = &*plain;
    if let Some((head, wrapped)) = core.split_once('《')
        && (head.ends_with("印发") || head.ends_with("转发"))
        && let Some((inner, tail)) = wrapped.rsplit_once('》')
        && tail.starts_with("的通知")
    {
        core = inner;
    }
    core = core.trim_start_matches('《').trim_end_matches('》');
    while let Some((head, _)) = core
        .strip_suffix([')', '）'])
        .and_then(|inner| inner.rsplit_once(['(', '（']))
    {
        core = head.trim_end_matches('》');
    }
    !NOT.iter().any(|end| core.ends_with(end))
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}')
}

/// A text without blanks, its width made alike (NFKC) unless only its brackets are full-width.
fn folded(text: &str) -> Cow<'_, str> {
    let settled = |c: char| {
        matches!(
            c,
            '!'..='~' | '\u{4E00}'..='\u{9FFF}' | '《' | '》' | '〔' | '〕' | '、' | '（' | '）'
        )
    };
    if text.chars().all(settled) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.nfkc().filter(|c| !c.is_whitespace()).collect())
}

/// A name without blanks and its width made alike, so that two are the same if they are.
pub fn plain_name(name: &str) -> Cow<'_, str> {
    let settled =
        |c: char| matches!(c, '0'..='9' | 'A'..='Z' | 'a'..='z' | '\u{4E00}'..='\u{9FFF}');
    if name.chars().all(settled) {
        return Cow::Borrowed(name);
    }
    Cow::Owned(name.nfkc().filter(|c| !c.is_whitespace()).collect())
}

/// Whether two names are the same but for blanks and width.
pub fn same_name(one: &str, other: &str) -> bool {
    one == other || plain_name(one) == plain_name(other)
}

/// A document number with its brackets, width and blanks made alike.
pub fn number_key(number: &str) -> Cow<'_, str> {
    let settled = |c: char| matches!(c, '0'..='9' | 'A'..='Z' | 'a'..='z' | '\u{4E00}'..='\u{9FFF}' | '〔' | '〕');
    if number.chars().all(settled) {
        return Cow::Borrowed(number);
    }
    let bracket = |c| match c {
        '[' | '(' | '【' | '〔' | '﹝' => '〔',
        ']' | ')' | '】' | '〕' | '﹞' => '〕',
        other => other,
    };
    Cow::Owned(
        number
            .nfkc()
            .filter(|c| !c.is_whitespace())
            .map(bracket)
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_judged_by_its_end_after_unwrapping() {
        for title in [
            "甲镇干部夜学制度",
            "关于印发《甲镇干部夜学制度》的通知",
            "关于印发《甲镇督查办法（试行）》的通知",
            "甲镇督查办法（试行）",
            "重大事项请示报告制度",
            "会议纪要管理规定",
            "《甲镇干部夜学制度》",
            "关于转发《通报管理细则(试行)》的通知",
        ] {
            assert!(counts_as_institution(title), "{title}");
        }
        for title in [
            "甲镇能力作风优化年活动总结",
            "在动员会上的讲话",
            "党委会议纪要",
            "关于三起典型问题的通报",
            "2022年工作报告",
            "关于增加经费的请示",
            "关于印发《活动总结》的通知",
            "活动总结（定稿）",
            "活 动 总 结",
            "关于印发《情况通报（一）》的通知",
        ] {
            assert!(!counts_as_institution(title), "{title}");
        }
    }

    #[test]
    fn names_are_the_same_whatever_their_blanks_and_width() {
        assert!(same_name("甲镇", "甲 镇") && same_name("甲 镇", "甲镇"));
        assert!(!same_name("甲镇", "乙 镇") && !same_name("甲　镇", "乙 镇"));
        assert!(
            same_name("甲镇", "甲 镇") && same_name("Ａ局", "A局") && same_name("甲　镇", "甲镇")
        );
        assert!(!same_name("甲镇", "甲街道") && !same_name("甲镇", "甲营镇"));
    }

    #[test]
    fn a_number_is_the_same_in_whatever_brackets() {
        let wild = [
            "甲党发[2022]5号",
            "甲党发(2022)5号",
            "甲党发（2022）5号",
            "甲党发【2022】5号",
            "甲党发﹝2022﹞5号",
        ];
        for number in wild.into_iter().chain(["甲党发 〔２０２２〕 ５号"]) {
            assert_eq!(number_key(number), "甲党发〔2022〕5号", "{number}");
        }
    }
}
