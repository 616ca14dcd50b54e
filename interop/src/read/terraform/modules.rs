//! The files of a configuration, parsed, and put together by folder: each folder is a module.

use super::super::Source;
use crate::account::Account;
use crate::input::Lines;
use crate::node::{Place, Span as Bytes};
use hcl_edit::Span as _;
use hcl_edit::expr::Expression;
use hcl_edit::structure::{Attribute, Block, Body};
use std::collections::BTreeMap;
use std::ops::Range;

/// A file of a configuration.
pub(super) struct File<'a> {
    pub(super) source: &'a Source,
    pub(super) body: Body,
    lines: Lines,
    /// The folder that it is in, `/` between parts; empty at the top.
    pub(super) folder: String,
    /// Its name in the folder.
    pub(super) base: String,
}

impl<'a> File<'a> {
    /// Parses a file; what cannot be parsed is told.
    pub(super) fn parse(source: &'a Source, account: &mut Account) -> Option<Self> {
        let (folder, base) = split(&source.name);
        match hcl_edit::parser::parse_body(&source.text) {
            Ok(body) => {
                let lines = Lines::of(&source.text);
                Some(Self { source, body, lines, folder, base })
            }
            Err(error) => {
                let line = u32::try_from(error.location().line()).unwrap_or(0);
                let message = format!("this is not Terraform's language: {}", error.message());
                account.problem(Place::line(source.file, line), "", message.replace('\n', " "));
                None
            }
        }
    }

    pub(super) fn is_variables(&self) -> bool {
        self.base.ends_with(".tfvars")
    }

    /// Where a range of bytes begins, without the range itself.
    pub(super) fn line(&self, range: Option<Range<usize>>) -> Place {
        let line = range.map_or(0, |range| self.lines.line(range.start));
        Place::line(self.source.file, line)
    }

    /// Where a literal stands, so that it can be exchanged.
    pub(super) fn literal(&self, range: Option<Range<usize>>) -> Place {
        let place = self.line(range.clone());
        let bytes = range.and_then(|range| {
            let start = u32::try_from(range.start).ok()?;
            Some(Bytes { start, end: u32::try_from(range.end).ok()? })
        });
        Place { span: bytes, ..place }
    }

    /// An expression as the file has it, in one line and not too long.
    pub(super) fn text_of(&self, expression: &Expression) -> String {
        const LONGEST: usize = 120;
        let range = expression.span().unwrap_or_default();
        let text = self.source.text.get(range).unwrap_or_default();
        let mut short: String = text.chars().take(LONGEST).collect();
        if short.len() < text.len() {
            short.push('…');
        }
        short.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// Something of a module, and the file that it stands in, by its place among the parsed ones.
pub(super) type In<'a, T> = (usize, &'a T);

/// A folder of files.
#[derive(Default)]
pub(super) struct Module<'a> {
    pub(super) variables: BTreeMap<&'a str, In<'a, Block>>,
    pub(super) locals: BTreeMap<&'a str, In<'a, Attribute>>,
    pub(super) outputs: BTreeMap<&'a str, In<'a, Block>>,
    pub(super) calls: BTreeMap<&'a str, In<'a, Block>>,
    /// Resources by type and name, in the order of the files.
    pub(super) resources: Vec<In<'a, Block>>,
    pub(super) by_name: BTreeMap<(&'a str, &'a str), In<'a, Block>>,
    pub(super) data: BTreeMap<(&'a str, &'a str), In<'a, Block>>,
    pub(super) providers: Vec<In<'a, Block>>,
}

/// The modules of all files, by folder.
pub(super) fn modules<'a>(files: &'a [File<'a>]) -> BTreeMap<String, Module<'a>> {
    let mut modules: BTreeMap<String, Module<'a>> = BTreeMap::new();
    for (index, file) in files.iter().enumerate().filter(|(_, file)| !file.is_variables()) {
        let module = modules.entry(file.folder.clone()).or_default();
        for block in file.body.blocks() {
            add(module, index, block);
        }
    }
    modules
}

fn add<'a>(module: &mut Module<'a>, file: usize, block: &'a Block) {
    let label = |at: usize| block.labels.get(at).map_or("", |label| label.as_str());
    let here = (file, block);
    match block.ident.as_str() {
        "variable" => drop(module.variables.insert(label(0), here)),
        "output" => drop(module.outputs.insert(label(0), here)),
        "module" => drop(module.calls.insert(label(0), here)),
        "provider" if label(0) == "aws" => module.providers.push(here),
        "data" => drop(module.data.insert((label(0), label(1)), here)),
        "resource" => {
            module.by_name.insert((label(0), label(1)), here);
            module.resources.push(here);
        }
        "locals" => {
            let locals = block.body.attributes();
            module.locals.extend(locals.map(|local| (local.key.as_str(), (file, local))));
        }
        _ => {}
    }
}

/// The folder and the name of a path, whatever it is separated by.
pub(super) fn split(path: &str) -> (String, String) {
    let path = path.replace('\\', "/");
    match path.rsplit_once('/') {
        Some((folder, base)) => (joined("", folder), base.to_owned()),
        None => (String::new(), path),
    }
}

/// A path from a folder, without `.` and `..`.
pub(super) fn joined(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}
