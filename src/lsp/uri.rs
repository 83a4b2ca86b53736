//! Names of files on the wire: `file:///` and the path, with everything but plain ASCII as `%` and two digits.

use std::path::{Path, PathBuf};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, percent_encode};

/// What is not escaped beside letters and digits.
const KEPT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The path that a URI names; none for what is not a file, such as a new text without a name.
pub(super) fn path_of(uri: &str) -> Option<PathBuf> {
    let (scheme, rest) = uri.split_once(':')?;
    if !scheme.eq_ignore_ascii_case("file") {
        return None;
    }
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    let (host, path) = match rest.strip_prefix("//") {
        Some(rest) => rest.split_at(rest.find('/').unwrap_or(rest.len())),
        None => ("", rest),
    };
    let bytes: Vec<u8> = percent_decode_str(path).collect();
    let path = native(host, bytes)?;
    path.is_absolute().then_some(path)
}

/// The URI of an absolute path.
pub(super) fn of_path(path: &Path) -> String {
    let bytes = path.as_os_str().as_encoded_bytes();
    match cfg!(windows) {
        true => {
            let slashed: Vec<u8> = bytes
                .iter()
                .map(|byte| if *byte == b'\\' { b'/' } else { *byte })
                .collect();
            let escaped = percent_encode(&slashed, KEPT);
            // A path of another machine begins with its name.
            match slashed.starts_with(b"//") {
                true => format!("file:{escaped}"),
                false => format!("file:///{escaped}"),
            }
        }
        false => format!("file://{}", percent_encode(bytes, KEPT)),
    }
}

#[cfg(unix)]
fn native(_: &str, bytes: Vec<u8>) -> Option<PathBuf> {
    use std::os::unix::ffi::OsStringExt;
    Some(std::ffi::OsString::from_vec(bytes).into())
}

#[cfg(not(unix))]
fn native(host: &str, bytes: Vec<u8>) -> Option<PathBuf> {
    let path = String::from_utf8(bytes).ok()?.replace('/', "\\");
    if !host.is_empty() && !host.eq_ignore_ascii_case("localhost") {
        return Some(format!("\\\\{host}{path}").into());
    }
    // `/c:/plans` is on drive C.
    Some(path.strip_prefix('\\').unwrap_or(&path).into())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_the_same_after_going_over_the_wire() {
        for path in ["/方案/甲 镇#1%.toml", "/a?b/c:d.toml", "/é/\u{1F600}.toml"] {
            let uri = of_path(Path::new(path));
            assert!(uri.is_ascii() && !uri.contains(['#', '?', ' ']), "{uri}");
            assert_eq!(path_of(&uri).as_deref(), Some(Path::new(path)));
        }
        assert_eq!(
            of_path(Path::new("/方案/T01.toml")),
            "file:///%E6%96%B9%E6%A1%88/T01.toml"
        );
    }

    #[test]
    fn editors_escape_more_or_less_and_are_understood_all_the_same() {
        let path = |uri| path_of(uri).map(|path| path.to_string_lossy().into_owned());
        assert_eq!(path("file:///a/%e7%94%b2.toml").unwrap(), "/a/甲.toml");
        assert_eq!(path("file:///a/甲.toml").unwrap(), "/a/甲.toml");
        assert_eq!(path("FILE://localhost/a.toml").unwrap(), "/a.toml");
        assert_eq!(path("file:/a.toml").unwrap(), "/a.toml");
        assert_eq!(path("file:///100%.toml").unwrap(), "/100%.toml");
        for other in [
            "untitled:Untitled-1",
            "http://x/a.toml",
            "file://",
            "a.toml",
            "",
        ] {
            assert_eq!(path(other), None, "{other}");
        }
    }
}
