//! URIs.

use std::fmt::Write;

/// A path as a URI reference: all but letters, digits, `-._~` and the `/` between its parts is percent-encoded.
/// An absolute path becomes a `file:` URI; a relative one never looks as if it began with a scheme.
pub fn uri(path: &str) -> String {
    // The letter of a drive keeps its colon.
    let (start, kept) = match path.as_bytes() {
        [b'/', b'/', ..] => ("file:", 0),
        [b'/', ..] => ("file://", 0),
        [drive, b':', b'/', ..] if drive.is_ascii_alphabetic() => ("file:///", 2),
        _ => ("", 0),
    };
    let mut uri = String::with_capacity(path.len() * 2);
    uri.push_str(start);
    uri.push_str(&path[..kept]);
    for byte in path[kept..].bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte))
            }
            byte => _ = write!(uri, "%{byte:02X}"),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decoded(uri: &str) -> String {
        let mut bytes = Vec::new();
        let mut rest = uri.bytes();
        while let Some(byte) = rest.next() {
            if byte == b'%' {
                let digits = [rest.next().unwrap(), rest.next().unwrap()];
                let digits = std::str::from_utf8(&digits).unwrap();
                bytes.push(u8::from_str_radix(digits, 16).unwrap());
            } else {
                bytes.push(byte);
            }
        }
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn only_a_letter_before_a_colon_is_a_drive() {
        assert_eq!(uri("C:/方案"), "file:///C:/%E6%96%B9%E6%A1%88");
        assert_eq!(uri("1:/a"), "1%3A/a");
    }

    proptest! {
        #[test]
        fn a_relative_path_comes_back_from_its_uri(path in "[^/].*") {
            let uri = uri(&path);
            prop_assume!(!uri.starts_with("file:"));
            prop_assert!(uri.is_ascii() && !uri.contains([':', '?', '#', ' ', '\\']));
            prop_assert_eq!(decoded(&uri), path);
        }
    }

    #[test]
    fn every_kind_of_path_has_its_uri() {
        for (path, wanted) in [
            ("plans/甲 镇.toml", "plans/%E7%94%B2%20%E9%95%87.toml"),
            ("100%?#.toml", "100%25%3F%23.toml"),
            ("a:b.toml", "a%3Ab.toml"),
            ("../plans/T01.toml", "../plans/T01.toml"),
            ("/srv/甲.toml", "file:///srv/%E7%94%B2.toml"),
            ("C:/plans/T01.toml", "file:///C:/plans/T01.toml"),
            ("//server/share/T01.toml", "file://server/share/T01.toml"),
            ("-", "-"),
        ] {
            assert_eq!(uri(path), wanted);
        }
    }
}
