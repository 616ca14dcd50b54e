//! As much of HTTP/1.1 as serving files to one browser takes: a thread and a connection for each
//! request, GET and HEAD, a length with every answer.
//!
//! Speaks over a stream it is given; knows nothing of files.

use std::io::{BufRead as _, BufReader, Read, Write};

/// The longest request line with headers that is read.
const HEAD_LIMIT: u64 = 64 * 1024;
/// How much of an unwanted body is read, so that the answer is not lost with the connection.
const BODY_LIMIT: u64 = 64 * 1024;

/// What a browser asks for.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Request {
    /// HEAD wants the headers alone.
    pub(super) head_only: bool,
    /// The path and query, as they came.
    pub(super) target: String,
}

/// What it gets.
pub(super) struct Response {
    pub(super) status: &'static str,
    /// Names and values; the length is added.
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Vec<u8>,
}

impl Response {
    /// A line of text, for everything that is not a file.
    pub(super) fn text(status: &'static str, text: &str) -> Self {
        let headers = vec![("Content-Type", "text/plain; charset=utf-8".to_owned())];
        Self { status, headers, body: format!("{text}\n").into_bytes() }
    }
}

/// Reads one request and writes the answer to it. An error is the connection's: nobody is left to
/// be told.
pub(super) fn exchange<S: Read + Write>(
    stream: &mut S,
    answer: impl FnOnce(&Request) -> Response,
) -> std::io::Result<()> {
    let mut reader = BufReader::new(&mut *stream);
    let Some(read) = read_request(&mut reader)? else { return Ok(()) };
    let (response, head_only) = match read {
        Ok(request) => (answer(&request), request.head_only),
        Err(refusal) => {
            // What has arrived of a body is let go; waiting for more is bounded by the stream.
            let waiting = reader.buffer().len() as u64;
            std::io::copy(&mut reader.take(waiting.min(BODY_LIMIT)), &mut std::io::sink())?;
            (refusal, false)
        }
    };
    let (status, length) = (response.status, response.body.len());
    let mut head =
        format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {length}\r\n");
    for (name, value) in &response.headers {
        // A line break in a value would end the headers.
        let value: String = value.chars().filter(|letter| !letter.is_control()).collect();
        for part in [name, ": ", &value, "\r\n"] {
            head.push_str(part);
        }
    }
    head.push_str("\r\n");
    stream.write_all(head.as_bytes())?;
    if !head_only {
        stream.write_all(&response.body)?;
    }
    stream.flush()
}

/// The request, or what to answer to something that is none; nothing if the browser only opened
/// the connection, as browsers do.
fn read_request(
    reader: &mut impl std::io::BufRead,
) -> std::io::Result<Option<Result<Request, Response>>> {
    let mut reader = reader.take(HEAD_LIMIT);
    let mut first = Vec::new();
    reader.read_until(b'\n', &mut first)?;
    if first.is_empty() {
        return Ok(None);
    }
    loop {
        let mut line = Vec::new();
        reader.read_until(b'\n', &mut line)?;
        if line.trim_ascii().is_empty() {
            let whole = line.ends_with(b"\n");
            let refused = || Response::text("400 Bad Request", "the request's headers do not end");
            return Ok(Some(if whole { parse(&first) } else { Err(refused()) }));
        }
    }
}

fn parse(line: &[u8]) -> Result<Request, Response> {
    let refused = || Response::text("400 Bad Request", "this is no HTTP request");
    let line = std::str::from_utf8(line).map_err(|_| refused())?;
    let mut words = line.split_whitespace();
    let (Some(method), Some(target), Some(version), None) =
        (words.next(), words.next(), words.next(), words.next())
    else {
        return Err(refused());
    };
    if !version.starts_with("HTTP/1.") {
        return Err(refused());
    }
    match method {
        "GET" | "HEAD" => Ok(Request { head_only: method == "HEAD", target: target.to_owned() }),
        _ => Err(Response::text("405 Method Not Allowed", "only GET and HEAD are answered here")),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    /// What a browser sends, and what it gets.
    struct Both {
        sent: Cursor<Vec<u8>>,
        got: Vec<u8>,
    }

    impl Read for Both {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            self.sent.read(into)
        }
    }

    impl Write for Both {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.got.write(bytes)
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[track_caller]
    fn check(sent: &[u8], expected: &str) {
        let mut stream = Both { sent: Cursor::new(sent.to_vec()), got: Vec::new() };
        exchange(&mut stream, |request| Response {
            status: "200 OK",
            headers: vec![("X-Asked", format!("{}\r\nX: y", request.target))],
            body: b"body".to_vec(),
        })
        .unwrap();
        assert_eq!(String::from_utf8_lossy(&stream.got), expected);
    }

    const HEAD: &str =
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 4\r\nX-Asked: /a?bX: y\r\n\r\n";

    #[test]
    fn a_request_gets_its_answer() {
        check(b"GET /a?b HTTP/1.1\r\nHost: x\r\n\r\n", &format!("{HEAD}body"));
        check(b"HEAD /a?b HTTP/1.1\r\n\r\n", HEAD);
        check(b"GET /a?b HTTP/1.0\n\n", &format!("{HEAD}body"));
        check(b"", "");
    }

    #[test]
    fn anything_else_is_refused() {
        let refused = |status: &str, text: &str| {
            format!(
                "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {}\r\nContent-Type: \
                 text/plain; charset=utf-8\r\n\r\n{text}\n",
                text.len() + 1
            )
        };
        let none = refused("400 Bad Request", "this is no HTTP request");
        check(b"\r\n\r\n", &none);
        check(b"GET /\r\n\r\n", &none);
        check(b"GET / HTTP/2\r\n\r\n", &none);
        check(b"GET /\xff HTTP/1.1\r\n\r\n", &none);
        check(
            b"POST / HTTP/1.1\r\nContent-Length: 1\r\n\r\nx",
            &refused("405 Method Not Allowed", "only GET and HEAD are answered here"),
        );
        let cut = refused("400 Bad Request", "the request's headers do not end");
        check(b"GET / HTTP/1.1\r\nHost:", &cut);
        check("GET / HTTP/1.1\r\n".repeat(10_000).as_bytes(), &cut);
    }
}
