//! `cargo xtask serve`: the built page on this machine's loopback address, and nowhere else.

mod http;
mod static_file;

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

use crate::build;
use crate::tools::{self, Toolbox};
use crate::workspace::Workspace;
use http::{Request, Response, exchange};
use static_file::Answer;

/// How long a browser may take to send its request or to take its answer.
const PATIENCE: Duration = Duration::from_secs(30);
/// Far more than a browser opens; a program that opens more is turned away.
const MOST_CONNECTIONS: usize = 256;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Port on 127.0.0.1; 0 takes a free one, and so does a port that is taken.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Open the page in the browser.
    #[arg(long)]
    open: bool,
    /// Serve what the last build left in dist/site.
    #[arg(long)]
    no_build: bool,
    /// Serve the page below this folder of the address, as a static host might.
    #[arg(long, value_name = "FOLDER", default_value = "")]
    under: String,
}

/// Builds and serves until the process is ended.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let workspace = Workspace::load()?;
    if !arguments.no_build {
        let tools = Toolbox::gather(&workspace, &tools::BUILD);
        build::run(&workspace, &tools)?;
    }
    let site = workspace.dist().join("site");
    if !site.join("index.html").is_file() {
        bail!("there is no page in {}: run `cargo xtask build` first", site.display());
    }
    let listener = listen(arguments.port)?;
    let under = static_file::folder(&arguments.under);
    let url = format!("http://{}{under}", listener.local_addr()?);
    println!("eniac is served at {url} (Ctrl-C ends it)");
    if arguments.open {
        open(&url);
    }
    let open_connections = AtomicUsize::new(0);
    thread::scope(|scope| {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else {
                // Out of file handles, say: trying at once again would only burn the processor.
                thread::sleep(Duration::from_millis(50));
                continue;
            };
            if open_connections.load(Ordering::Relaxed) >= MOST_CONNECTIONS {
                continue;
            }
            open_connections.fetch_add(1, Ordering::Relaxed);
            let (site, under, open_connections) = (&site, &under, &open_connections);
            scope.spawn(move || {
                // A browser that goes away in mid-answer is its own business.
                let _ = stream
                    .set_read_timeout(Some(PATIENCE))
                    .and_then(|()| stream.set_write_timeout(Some(PATIENCE)))
                    .and_then(|()| exchange(&mut stream, |request| answer(request, site, under)));
                open_connections.fetch_sub(1, Ordering::Relaxed);
            });
        }
    });
    Ok(())
}

/// The wanted port, or a free one if another program has it.
fn listen(port: u16) -> Result<TcpListener> {
    match TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))) {
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {
            println!("port {port} is taken: using a free one");
            TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))
        }
        bound => bound,
    }
    .with_context(|| format!("cannot listen on 127.0.0.1:{port}"))
}

fn answer(request: &Request, site: &Path, under: &str) -> Response {
    match static_file::resolve(site, under, &request.target) {
        Answer::File(path, mime) => match std::fs::read(path) {
            Ok(body) => Response {
                status: "200 OK",
                headers: vec![
                    ("Content-Type", mime.to_owned()),
                    ("Cache-Control", "no-store".to_owned()),
                    ("X-Content-Type-Options", "nosniff".to_owned()),
                ],
                body,
            },
            Err(_) => Response::text("404 Not Found", "this file cannot be read"),
        },
        Answer::Moved(to) => Response {
            status: "308 Permanent Redirect",
            headers: vec![("Location", to)],
            body: Vec::new(),
        },
        Answer::Missing => Response::text("404 Not Found", "no such file"),
    }
}

/// Asks the desktop for its browser; without one the printed address is enough.
fn open(url: &str) {
    let opener: &[&str] = if cfg!(windows) {
        &["cmd", "/C", "start", ""]
    } else if cfg!(target_os = "macos") {
        &["open"]
    } else {
        &["xdg-open"]
    };
    let [program, arguments @ ..] = opener else { return };
    let started = Command::new(program)
        .args(arguments)
        .arg(url)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    if started.is_err() {
        println!("no browser could be opened from here: open the address yourself");
    }
}
