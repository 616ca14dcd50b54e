//! What a command plans: a scenario, or files of any format that eniac imports; and answers as JSON.

use crate::account_text;
use crate::files::{self, Given, GivenFile};
use crate::host::{Host, say, why};
use eniac_core::scenario::{self, Reading};
use eniac_interop::{Format, Import, ImportSettings, InputFile, NoteKind, WriteBack, import};
use serde::Serialize;
use std::io::Read;
use std::path::{Path, PathBuf};

/// No other file that eniac reads is longer than this.
pub(crate) const MAX_BYTES: usize = 256 << 20;

/// What can be said beside files that are imported.
#[derive(clap::Args)]
pub(crate) struct Settings {
    /// Answer what the files leave open: a Terraform variable or a template's parameter. Once for
    /// each.
    #[arg(long = "var", value_name = "NAME=VALUE", value_parser = answer)]
    answers: Vec<(String, String)>,
    /// Import only what belongs to this cluster.
    #[arg(long, value_name = "NAME")]
    cluster: Option<String>,
    /// How much of a task size that is suggested from usage is to be left free, in percent of what
    /// was used.
    #[arg(long, value_name = "PERCENT", value_parser = headroom, allow_hyphen_values = true, default_value = "20%")]
    headroom: u16,
}

fn answer(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() => {
            Ok((name.trim().to_owned(), value.to_owned()))
        }
        _ => Err("NAME=VALUE is needed, such as cpu=512".to_owned()),
    }
}

fn headroom(text: &str) -> Result<u16, String> {
    let digits = text.strip_suffix('%').unwrap_or(text).trim();
    let percent = digits.parse::<u16>().ok().filter(|percent| *percent <= 1_000);
    let whole = digits.bytes().all(|byte| byte.is_ascii_digit());
    percent
        .filter(|_| whole)
        .ok_or_else(|| "a whole percentage from 0% to 1000% is needed".to_owned())
}

impl Settings {
    fn for_import(&self) -> ImportSettings {
        ImportSettings {
            answers: self.answers.iter().cloned().collect(),
            cluster: self.cluster.clone(),
            headroom_percent: self.headroom,
        }
    }
}

/// A scenario as far as it could be read.
pub(crate) struct Scenario {
    pub(crate) reading: Reading,
    /// What the import could not work out, in a sentence: what is planned may be something else
    /// than the files mean.
    pub(crate) unsure: Option<String>,
}

/// Reads what a command is to plan. Of an import standard error says in short what there is to know.
pub(crate) fn scenario(
    paths: &[PathBuf],
    settings: &Settings,
    host: &mut dyn Host,
) -> Result<Scenario, String> {
    let given = files::read(paths, host)?;
    let import = imported(&given.files, settings);
    if let ([file], [read]) = (given.files.as_slice(), import.files.as_slice())
        && let Some(reading) = alone(file, read.format)?
    {
        return Ok(Scenario { reading, unsure: None });
    }
    let imported = Imported::new(given, import)?;
    say(host, imported.in_short().trim_end());
    let text = imported.import.scenario.to_string();
    let reading = scenario::read(&text).map_err(|error| error.to_string())?;
    Ok(Scenario { reading, unsure: imported.unsure() })
}

fn imported(files: &[GivenFile], settings: &Settings) -> Import {
    let inputs = files.iter().map(|file| InputFile { name: &file.name, bytes: &file.bytes });
    import(&inputs.collect::<Vec<_>>(), &settings.for_import())
}

/// A changed scenario in the files that it was imported from.
pub(crate) fn write_back(
    paths: &[PathBuf],
    settings: &Settings,
    changed: &serde_json::Value,
    host: &mut dyn Host,
) -> Result<WriteBack, String> {
    let given = files::read(paths, host)?;
    let inputs = given.files.iter().map(|file| InputFile { name: &file.name, bytes: &file.bytes });
    let inputs: Vec<InputFile<'_>> = inputs.collect();
    Ok(eniac_interop::write_back(&inputs, &settings.for_import(), changed))
}

/// A scenario of eniac's own, alone, is read as it is; and what is JSON and of no format is read
/// as one, so that a person who writes a scenario sees what is wrong with it. `None` for all else.
fn alone(file: &GivenFile, format: Option<Format>) -> Result<Option<Reading>, String> {
    let bytes = file.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&file.bytes).trim_ascii_start();
    let is_own = match format {
        Some(Format::Scenario) => true,
        None => bytes.starts_with(b"{") && !file.found,
        Some(_) => false,
    };
    if !is_own {
        return Ok(None);
    }
    let name = &file.name;
    let text = std::str::from_utf8(&file.bytes).map_err(|error| {
        let place = error.valid_up_to();
        format!("{name}: not UTF-8 text (byte {place}); save it as UTF-8")
    })?;
    scenario::read(text).map(Some).map_err(|error| format!("{name}: {error}"))
}

/// Files, and the scenario that was made of them.
pub(crate) struct Imported {
    pub(crate) import: Import,
    /// What was found in folders and is nothing to plan, a sentence each.
    pub(crate) passed_over: Vec<String>,
}

impl Imported {
    /// Reads and imports; an error where there is nothing in the files that eniac reads.
    pub(crate) fn read(
        paths: &[PathBuf],
        settings: &Settings,
        host: &mut dyn Host,
    ) -> Result<Self, String> {
        let given = files::read(paths, host)?;
        let import = imported(&given.files, settings);
        Self::new(given, import)
    }

    fn new(given: Given, mut import: Import) -> Result<Self, String> {
        let Given { files, mut passed_over, .. } = given;
        let problems = import.notes.iter().filter(|note| note.kind == NoteKind::Problem);
        let why: Vec<String> = problems.take(10).map(account_text::note).collect();
        let is_unread = import.files.iter().all(|file| file.format.is_none());
        if is_unread || (is_empty(&import) && !why.is_empty()) {
            return Err(why.join("\n"));
        }
        // What the user did not name need not be something to plan.
        let unread = |name: &str| {
            let of = files.iter().zip(&import.files).find(|(file, _)| file.name == name);
            of.is_some_and(|(file, read)| file.found && read.format.is_none())
        };
        let (unread, notes): (Vec<_>, Vec<_>) = import.notes.into_iter().partition(|note| {
            note.kind == NoteKind::Problem && note.line.is_none() && unread(&note.file)
        });
        passed_over.extend(unread.iter().map(account_text::note));
        import.notes = notes;
        Ok(Self { import, passed_over })
    }

    /// A few lines: what was made of the files, and what most needs a look.
    pub(crate) fn in_short(&self) -> String {
        account_text::short(self)
    }

    /// What could not be worked out, in a sentence.
    fn unsure(&self) -> Option<String> {
        let problem = |note: &&eniac_interop::Note| note.kind == NoteKind::Problem;
        if let Some(question) = self.import.questions.first() {
            return Some(format!(
                "the import leaves something open: {}",
                account_text::question(question)
            ));
        }
        let first = self.import.notes.iter().find(problem)?;
        Some(format!("the import has a problem: {}", account_text::note(first)))
    }
}

/// Whether nothing came of the files: no scenario, no resource, no usage and no prices.
fn is_empty(import: &Import) -> bool {
    let is_of_resources = |format: Format| {
        !matches!(format, Format::Scenario | Format::Link | Format::Usage | Format::Prices)
    };
    import.files.iter().all(|it| it.resources == 0 && it.format.is_none_or(is_of_resources))
}

/// What is printed with `--json`: one line.
pub(crate) fn json_line(value: &impl Serialize) -> Result<String, String> {
    let json = serde_json::to_string(value).map_err(|error| error.to_string())?;
    Ok(json + "\n")
}

/// Reads a UTF-8 file; `-` is standard input.
pub(crate) fn text(file: &Path, host: &mut dyn Host) -> Result<String, String> {
    let name = file.display();
    let bytes = files::limited(&name.to_string(), open(file, host)?, MAX_BYTES)?;
    String::from_utf8(bytes).map_err(|error| {
        let place = error.utf8_error().valid_up_to();
        format!("{name}: not UTF-8 text (byte {place}); save it as UTF-8")
    })
}

/// Opens a file; `-` is standard input.
pub(crate) fn open(file: &Path, host: &mut dyn Host) -> Result<Box<dyn Read>, String> {
    if file == Path::new("-") {
        return Ok(host.input());
    }
    host.open(file).map_err(|error| format!("{}: {}", file.display(), why(&error)))
}
