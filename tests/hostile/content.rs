//! What stands in a file: encodings, control characters, dates and numbers at their edges.

use super::*;

#[test]
fn nothing_at_all_is_told() {
    for content in ["", " \n\t\n\n", "\u{feff}", "\u{feff}\n", "# 甲镇\n"] {
        let words = match content.starts_with('#') {
            true => "unit is missing",
            false => "the file is empty",
        };
        expect(content.as_bytes(), "missing-key", 1, words);
    }
    expect(b"\xff\xfe", "missing-key", 1, "the file is empty");
}

#[test]
fn nul_bytes_and_other_control_characters_are_named() {
    expect(&[0; 1000], "syntax", 1, "U+0000");
    expect(format!("{HEAD}\0\0").as_bytes(), "syntax", 4, "U+0000");
    expect(
        format!("{HEAD}x = \u{1b}[31m\n").as_bytes(),
        "syntax",
        4,
        "U+001B",
    );
    expect(
        format!("{HEAD}[plan]\ntitle = \"\u{7f}\"\n").as_bytes(),
        "syntax",
        5,
        "U+007F",
    );
}

#[test]
fn a_lone_carriage_return_is_no_line_break() {
    expect(HEAD.replace('\n', "\r").as_bytes(), "syntax", 1, "U+000D");
    expect(
        format!("{HEAD}[plan]\nfiled = 2022-03-31\radopted = 2022-03-30\n").as_bytes(),
        "syntax",
        5,
        "U+000D",
    );
}

#[test]
fn other_encodings_are_read_and_mixtures_are_not() {
    for content in [utf16(HEAD, u16::to_le_bytes), utf16(HEAD, u16::to_be_bytes)] {
        expect(&content, "encoding", 3, "the file is in UTF-16");
    }
    let gbk = encoding_rs::GBK.encode(HEAD).0.into_owned();
    expect(&gbk, "encoding", 3, "the file is in GBK");
    let second = encoding_rs::GBK
        .encode("[plan]\ntitle = \"甲镇实施方案\"\n")
        .0;
    expect(
        &[HEAD.as_bytes(), &second].concat(),
        "unreadable",
        5,
        "line 5 is in another encoding",
    );
    expect(
        &[b"[unit]\nname = \"", &b"\xff\xff\xff"[..], b"\"\n"].concat(),
        "unreadable",
        2,
        "line 2 is neither UTF-8 nor GBK",
    );
    expect(
        b"PK\x03\x04\xff\xff\xff\xff",
        "unreadable",
        1,
        "perhaps a Word document",
    );
}

#[test]
fn dates_at_the_edges_of_years_and_days_are_dates_or_mistakes() {
    let plan = |value: &str| format!("{HEAD}[plan]\nfiled = {value}\n");
    for (value, words) in [
        ("0000-00-00", "“0000-00-00” is not a date"),
        ("2022-02-29", "there is no day “2022-02-29”"),
        ("10000-01-01", "there is no day “10000-01-01”"),
        ("2022-13-01", "there is no day “2022-13-01”"),
    ] {
        expect(plan(value).as_bytes(), "syntax", 5, words);
    }
    // With a named as-of date a later record is set aside; only the clock makes it a mistake.
    expect(
        plan("9999-12-31").as_bytes(),
        "overdue",
        5,
        "9999-12-31 comes after the as-of date and is set aside",
    );
    expect(
        plan("0001-01-01").as_bytes(),
        "outside-campaign",
        5,
        "0001-01-01",
    );
    // The last moment of the last day in Beijing, in three ways to write it, and the first of the next.
    for (value, late) in [
        ("2022-03-31T23:59:59+08:00", false),
        ("2022-03-31T15:59:59Z", false),
        ("2022-03-31T23:59:59", false),
        ("2022-03-31T16:00:00Z", true),
        ("2022-04-01T00:00:00+08:00", true),
    ] {
        let folder = folder();
        fs::write(folder.path().join("x.toml"), plan(value)).unwrap();
        let found = findings(folder.path());
        assert_eq!(
            found.iter().any(|(_, name, ..)| name == "late"),
            late,
            "{value}: {found:#?}"
        );
    }
}

#[test]
fn numbers_out_of_range_are_told() {
    for number in [
        "99999999999999999999",
        "-1",
        "9223372036854775808",
        "1000000001",
    ] {
        let file = format!(
            "{HEAD}[[activity]]\nkind = \"走出去\"\ndate = 2022-05-01\nparticipants = {number}\n"
        );
        expect(file.as_bytes(), "bad-value", 7, number);
    }
    let file =
        format!("{HEAD}[[activity]]\nkind = \"走出去\"\ndate = 2022-05-01\nparticipants = nan\n");
    expect(file.as_bytes(), "wrong-type", 7, "participants");
}
