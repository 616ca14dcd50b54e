//! `cargo xtask serve`: the built page on this machine's loopback address, and nowhere else.

mod static_file;

use std::fs::File;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::thread;

use anyhow::{Context as _, Result, bail};
use tiny_http::{Header, Method, Request, Response, Server};

use crate::build;
use crate::tools::{self, Toolbox};
use crate::workspace::Workspace;
use static_file::Answer;

/// A page asks for half a dozen files at once.
const WORKERS: usize = 4;

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
    let address = listener.local_addr()?;
    let server = Server::from_listener(listener, None)
        .map_err(|error| anyhow::anyhow!("cannot serve on {address}: {error}"))?;
    let under = static_file::folder(&arguments.under);
    let url = format!("http://{address}{under}");
    println!("eniac is served at {url} (Ctrl-C ends it)");
    if arguments.open {
        open(&url);
    }
    let server = Arc::new(server);
    let workers: Vec<_> = (0..WORKERS)
        .map(|_| {
            let (server, site, under) = (Arc::clone(&server), site.clone(), under.clone());
            thread::spawn(move || {
                for request in server.incoming_requests() {
                    // A browser that goes away in mid-answer is its own business.
                    let _ = answer(request, &site, &under);
                }
            })
        })
        .collect();
    for worker in workers {
        let _ = worker.join();
    }
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

fn answer(request: Request, site: &std::path::Path, under: &str) -> Result<()> {
    if !matches!(request.method(), Method::Get | Method::Head) {
        return plain(request, 405, "only GET and HEAD are answered here");
    }
    match static_file::resolve(site, under, request.url()) {
        Answer::File(path, mime) => send(request, path, mime),
        Answer::Moved(to) => {
            let response = Response::empty(308).with_header(header("Location", &to)?);
            Ok(request.respond(response)?)
        }
        Answer::Missing => plain(request, 404, "no such file"),
    }
}

fn send(request: Request, path: PathBuf, mime: &str) -> Result<()> {
    let Ok(file) = File::open(path) else { return plain(request, 404, "no such file") };
    let response = Response::from_file(file)
        .with_header(header("Content-Type", mime)?)
        .with_header(header("Cache-Control", "no-store")?)
        .with_header(header("X-Content-Type-Options", "nosniff")?);
    Ok(request.respond(response)?)
}

fn plain(request: Request, status: u16, text: &str) -> Result<()> {
    let response = Response::from_string(format!("{text}\n")).with_status_code(status);
    Ok(request.respond(response)?)
}

fn header(name: &str, value: &str) -> Result<Header> {
    Header::from_bytes(name, value)
        .map_err(|()| anyhow::anyhow!("{name}: {value:?} cannot be a header"))
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
