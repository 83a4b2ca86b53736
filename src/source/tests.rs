use super::*;

fn text_of(bytes: &[u8]) -> (String, Encoding) {
    let (text, encoding) = decode(bytes).unwrap();
    (text.into_owned(), encoding)
}

#[test]
fn every_byte_is_in_its_line_of_a_long_text() {
    let line = |n: usize| format!("{}甲\r\n", "x".repeat(n));
    let text: String = (0..10).chain(290..330).map(line).collect();
    assert!(text.len() > 2 * PIECE);
    for text in [
        &*text,
        &text[3..],
        &text[..text.len() - 2],
        "\n\n",
        "甲",
        "",
    ] {
        let lines = Lines::new("x".into(), text);
        for (byte, _) in text.char_indices().chain([(text.len(), ' ')]) {
            let before = &text[..byte];
            let start = before.rfind('\n').map_or(0, |at| at + 1);
            let line = 1 + before.matches('\n').count();
            let column = 1 + text[start..byte].chars().count();
            assert_eq!(lines.position(byte), (line, column), "{byte}");
            let place = lines.place(byte..byte, FieldPath::root(), Text::default());
            let whole = text[start..].split('\n').next().unwrap();
            assert_eq!(&*place.excerpt.text, whole.trim_end_matches('\r'), "{byte}");
        }
    }
}

#[test]
fn of_a_long_line_the_part_around_the_mark_is_shown() {
    let text = "甲".repeat(3000);
    let lines = Lines::new("x".into(), &text);
    let shown = |first: usize| {
        let span = 3 * first..3 * (first + 2);
        let excerpt = lines
            .place(span, FieldPath::root(), Text::default())
            .excerpt;
        assert_eq!(excerpt.marked(), "甲甲");
        (excerpt.mark.start / 3, excerpt.text.chars().count())
    };
    // From the beginning, in the midst, at the end.
    assert_eq!(shown(100), (100, 266));
    assert_eq!(shown(1000), (67, 266));
    assert_eq!(shown(2998), (67, 69));
}

/// A stream of so many bytes that counts how often it is read.
struct Counted {
    left: usize,
    reads: usize,
}

impl Read for Counted {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.reads += 1;
        let read = self.left.min(into.len());
        into[..read].fill(b'x');
        self.left -= read;
        Ok(read)
    }
}

#[test]
fn a_file_of_known_size_is_read_at_once_and_another_in_pieces_that_grow() {
    let read = |left: usize, size: Option<u64>| {
        let mut stream = Counted { left, reads: 0 };
        let mut buffer = Vec::new();
        let length = fill(&mut stream, MAX_BYTES, size, &mut buffer)
            .unwrap()
            .len();
        (length, stream.reads, buffer.len())
    };
    assert_eq!(read(200_000, Some(200_000)), (200_000, 1, 200_001));
    assert_eq!(read(3000, Some(3000)), (3000, 1, 8 * 1024));
    // It has grown since it was looked at.
    assert_eq!(read(200_000, Some(100_000)), (200_000, 3, 200_002));
    assert_eq!(read(1024 * 1024, None), (1024 * 1024, 9, 2 * 1024 * 1024));
}

#[test]
fn a_stream_that_goes_on_after_the_limit_is_not_read_to_its_end() {
    let read = |left: usize| {
        let mut stream = Counted { left, reads: 0 };
        match fill(&mut stream, 10_000, None, &mut Vec::new()) {
            Ok(bytes) => Ok(bytes.len()),
            Err(Refusal::TooLarge(bytes)) => Err(bytes),
            Err(other) => panic!("{other:?}"),
        }
    };
    assert_eq!(read(10_000), Ok(10_000));
    assert_eq!(read(10_001), Err(10_001));
    // So much there was in the pieces that were read.
    assert_eq!(read(1_000_000), Err(16_384));
}

/// A stream that is interrupted first and fails, if it does, after it has given something.
struct Shaky {
    errors: Vec<io::ErrorKind>,
    given: bool,
}

impl Read for Shaky {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self.errors.pop() {
            Some(kind) => Err(kind.into()),
            None if self.given => Ok(0),
            None => {
                self.given = true;
                into[..4].copy_from_slice(b"code");
                Ok(4)
            }
        }
    }
}

#[test]
fn a_read_that_is_interrupted_is_tried_again_and_one_that_fails_is_told() {
    let read = |errors: &[io::ErrorKind]| {
        let (errors, mut buffer) = (errors.to_vec(), Vec::new());
        let stream = Shaky {
            errors,
            given: false,
        };
        match fill(stream, MAX_BYTES, None, &mut buffer) {
            Ok(bytes) => Ok(bytes.to_vec()),
            Err(Refusal::Io(error)) => Err(error.kind()),
            Err(other) => panic!("{other:?}"),
        }
    };
    use io::ErrorKind::{Interrupted, TimedOut};
    assert_eq!(read(&[Interrupted, Interrupted]), Ok(b"code".to_vec()));
    assert_eq!(read(&[TimedOut]), Err(TimedOut));
    assert_eq!(read(&[TimedOut, Interrupted]), Err(TimedOut));
}

#[test]
fn a_few_nuls_do_not_make_a_text_utf16_and_half_a_character_is_in_no_encoding() {
    for text in [
        "abc\0efghij",
        "ab\0defghij",
        "title = \"ab\0\" # 0123456789",
        "title = \"abc\0\" # 0123456789",
    ] {
        assert_eq!(text_of(text.as_bytes()), (text.to_owned(), Encoding::Utf8));
    }
    for bytes in [&b"\xFF\xFE\x00\xD8a\x00"[..], b"\xFF\xFEa\x00b"] {
        match decode(bytes) {
            Err(Refusal::NotText { .. }) => {}
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn every_encoding_that_notepad_writes_gives_the_same_text() {
    let text = "[unit]\r\nname = \"甲镇\"\r\n";
    let utf16 = |big: bool| {
        text.encode_utf16().flat_map(move |c| {
            if big {
                c.to_be_bytes()
            } else {
                c.to_le_bytes()
            }
        })
    };
    let gbk = encoding_rs::GBK.encode(text).0.into_owned();
    for (bytes, encoding) in [
        (text.as_bytes().to_vec(), Encoding::Utf8),
        ([b"\xEF\xBB\xBF", text.as_bytes()].concat(), Encoding::Utf8),
        (
            [vec![0xFF, 0xFE], utf16(false).collect()].concat(),
            Encoding::Utf16,
        ),
        (
            [vec![0xFE, 0xFF], utf16(true).collect()].concat(),
            Encoding::Utf16,
        ),
        (utf16(false).collect(), Encoding::Utf16),
        (utf16(true).collect(), Encoding::Utf16),
        (gbk, Encoding::Gb18030),
    ] {
        assert_eq!(text_of(&bytes), (text.to_owned(), encoding));
    }
}

#[test]
fn a_text_in_two_encodings_is_refused_with_the_line_where_the_second_begins() {
    let second = encoding_rs::GBK.encode("title = \"乙镇方案\"\n").0;
    let both = ["name = \"甲镇\"\n".as_bytes(), &second].concat();
    match decode(&both) {
        Err(Refusal::Mixed(2)) => {}
        other => panic!("{other:?}"),
    }
    // The first word of Windows' best known mistake, which is UTF-8 by accident.
    assert_eq!(
        text_of(&encoding_rs::GBK.encode("# 联通方案").0).0,
        "# 联通方案"
    );
}

#[test]
fn what_is_in_no_encoding_is_refused_with_the_line_of_its_first_bad_byte() {
    match decode(b"a = 1\nb = \"\xFF\xFF\xFF\"\n") {
        Err(Refusal::NotText {
            offset: 11,
            line: 2,
        }) => {}
        other => panic!("{other:?}"),
    }
}

#[test]
fn columns_count_characters_and_spans_are_widened_to_whole_ones() {
    let text = "name = \"甲镇\"\nx = 1";
    let lines = Lines::new("a.toml".into(), text);
    assert_eq!(lines.position(text.find('镇').unwrap()), (1, 10));
    assert_eq!(lines.position(text.len()), (2, 6));
    let inside = text.find('甲').unwrap() + 1;
    let place = lines.place(inside..inside + 1, FieldPath::root(), Text::default());
    assert_eq!(place.excerpt.marked(), "甲");
    assert_eq!((place.line, place.column, place.end_column), (1, 9, 10));
}

#[test]
fn a_long_line_is_cut_around_the_mark() {
    let text = format!("x = \"{}\" 标记", "甲".repeat(3_000_000 / 3));
    let lines = Lines::new("a.toml".into(), &text);
    let at = text.find('标').unwrap();
    let place = lines.place(at..at + 6, FieldPath::root(), Text::default());
    assert!(place.excerpt.text.len() < 1000);
    assert_eq!(place.excerpt.marked(), "标记");
}
