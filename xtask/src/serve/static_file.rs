//! From a URL's path to a file of the site and its media type.

use std::path::{Path, PathBuf};

/// What a path leads to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// A file and its media type.
    File(PathBuf, &'static str),
    /// A folder named without its slash: relative URLs need it.
    Moved(String),
    Missing,
}

/// A folder of the address, with a slash at both ends; "" is the root, "/".
pub(super) fn folder(under: &str) -> String {
    let inner = under.trim_matches('/');
    if inner.is_empty() { "/".to_owned() } else { format!("/{inner}/") }
}

/// Finds the file below `site` for a request's target, when the site is served below `under`.
/// No path leads out of the site, and none to a hidden file.
pub(super) fn resolve(site: &Path, under: &str, target: &str) -> Answer {
    let path = target.split(['?', '#']).next().unwrap_or_default();
    let Some(inside) = path.strip_prefix(under) else {
        return if format!("{path}/") == under {
            Answer::Moved(under.to_owned())
        } else {
            Answer::Missing
        };
    };
    let Some(decoded) = percent_decoded(inside) else { return Answer::Missing };
    let mut file = site.to_path_buf();
    for part in decoded.split('/').filter(|part| !part.is_empty()) {
        // Covers `.` and `..` too. A backslash or a colon means a folder on some systems.
        if part.starts_with('.') || part.contains(['\\', ':', '\0']) {
            return Answer::Missing;
        }
        file.push(part);
    }
    if file.is_dir() {
        if !path.ends_with('/') {
            return Answer::Moved(format!("{path}/"));
        }
        file.push("index.html");
    }
    if file.is_file() {
        let mime = media_type(&file);
        Answer::File(file, mime)
    } else {
        Answer::Missing
    }
}

/// The media type by the file's ending; browsers refuse a module or a wasm of another type.
fn media_type(file: &Path) -> &'static str {
    let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    match ending.to_ascii_lowercase().as_str() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// The text behind `%41` and its like; nothing if it is not UTF-8 or a figure is wrong.
fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        if *first == b'%' {
            let figures = std::str::from_utf8(tail.get(..2)?).ok()?;
            if !figures.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                return None;
            }
            bytes.push(u8::from_str_radix(figures, 16).ok()?);
            rest = tail.get(2..)?;
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> PathBuf {
        let site = std::env::temp_dir().join(format!("eniac-site-{}", std::process::id()));
        std::fs::create_dir_all(site.join("www/page")).unwrap();
        std::fs::create_dir_all(site.join("bare")).unwrap();
        for file in ["index.html", ".hidden", "www/page/a b.wasm", "www/x.js"] {
            std::fs::write(site.join(file), "").unwrap();
        }
        site
    }

    #[track_caller]
    fn check(under: &str, target: &str, expected: &Answer) {
        assert_eq!(&resolve(&site(), under, target), expected, "{under} {target}");
    }

    fn file(path: &str, mime: &'static str) -> Answer {
        Answer::File(site().join(path), mime)
    }

    #[test]
    fn files_are_found_and_named() {
        let html = "text/html; charset=utf-8";
        check("/", "/", &file("index.html", html));
        check("/", "/index.html?x=1#y", &file("index.html", html));
        check("/", "/www/x.js", &file("www/x.js", "text/javascript; charset=utf-8"));
        check("/", "/www/page/a%20b.wasm", &file("www/page/a b.wasm", "application/wasm"));
        check("/a/b/", "/a/b/", &file("index.html", html));
        check("/a/b/", "/a/b/www/x.js", &file("www/x.js", "text/javascript; charset=utf-8"));
    }

    #[test]
    fn folders_get_their_slash() {
        check("/", "/www", &Answer::Moved("/www/".to_owned()));
        check("/a/b/", "/a/b", &Answer::Moved("/a/b/".to_owned()));
        check("/", "/bare/", &Answer::Missing);
    }

    #[test]
    fn nothing_outside_or_hidden_is_found() {
        for target in [
            "/..",
            "/../index.html",
            "/www/../index.html",
            "/%2e%2e/index.html",
            "/..%2findex.html",
            "/www/..%5c..%5cindex.html",
            "/.hidden",
            "/c:/x",
            "/%00",
            "/%zz",
            "/%+1",
            "/%",
            "/%ff",
            "//etc/passwd",
            "*",
            "index.html",
            "http://other/index.html",
        ] {
            check("/", target, &Answer::Missing);
        }
        check("/a/", "/index.html", &Answer::Missing);
    }

    #[test]
    fn a_folder_has_a_slash_at_both_ends() {
        for (under, expected) in [("", "/"), ("/", "/"), ("a", "/a/"), ("/a/b/", "/a/b/")] {
            assert_eq!(folder(under), expected);
        }
    }
}
