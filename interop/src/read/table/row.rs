//! A row of a table as a service whose task definition stands in it.

use super::columns::{Column, CpuUnit, MemoryUnit};
use super::number::{Written, written};
use super::{LEAST_MIB, LEAST_UNITS};
use crate::account::Account;
use crate::cells::{Cell, Row};
use crate::node::{Map, Node, Place, Value};
use crate::resource::{Kind, Resource};

/// What people write where a cell is empty.
const NOTHING: [&str; 9] = ["", "-", "–", "—", "n/a", "na", "none", "null", "?"];

/// Words for an architecture, as letters and digits only.
const ARM: [&str; 6] = ["arm", "arm64", "graviton", "aarch64", "armv8", "linuxarm64"];
const X86: [&str; 9] =
    ["x86", "x8664", "x64", "amd64", "intel", "amd", "x86amd64", "linuxx8664", "linuxamd64"];
const EITHER: [&str; 6] = ["any", "either", "both", "all", "multi", "multiarch"];

/// More ports of a cell are not read.
const MAX_PORTS: usize = 100;

/// Which column is where, and how the table writes numbers.
pub(super) struct Layout {
    /// The first row that is a service.
    pub(super) first: usize,
    pub(super) columns: Vec<(usize, Column)>,
    pub(super) with_semicolons: bool,
}

impl Layout {
    pub(super) fn new(with_semicolons: bool) -> Self {
        Self { first: 0, columns: Vec::new(), with_semicolons }
    }

    /// The text in a column; nothing where a cell says nothing.
    pub(super) fn text<'a>(&self, row: &'a Row, wanted: Column) -> Option<&'a str> {
        let (place, column) = self.columns.iter().find(|(_, column)| *column == wanted)?;
        let text = row.cells.get(*place)?.text.as_str();
        let says_nothing = match column {
            Column::Name => text.is_empty(),
            _ => NOTHING.contains(&text.to_lowercase().as_str()),
        };
        (!says_nothing).then_some(text)
    }

    /// The service of a row.
    pub(super) fn service(&self, row: &Row, file: &str, account: &mut Account) -> Option<Resource> {
        let line = row.at.line;
        let name = self.text(row, Column::Name).map(str::to_owned);
        if name.is_none() && row.cells.iter().filter(|cell| !cell.text.is_empty()).count() < 2 {
            account.left_out(row.at, "", "left out: the row has no name and no sizes");
            return None;
        }
        let subject = name.clone().unwrap_or_else(|| format!("row-{line}"));
        if name.is_none() {
            let message = format!("the row has no name: {subject} is taken");
            account.assumed(row.at, &subject, "", message);
        }
        let mut reading = Reading { layout: self, subject, account, container: Map::default() };
        let (mut service, mut definition) = (Map::default(), Map::default());
        service.insert("serviceName", Node::text(row.at, reading.subject.as_str()));
        for (place, column) in &self.columns {
            let Some(cell) = row.cells.get(*place) else { continue };
            if self.text(row, *column).is_some() {
                reading.cell(*column, cell, &mut service, &mut definition);
            }
        }
        let Reading { subject, container, .. } = reading;
        if !container.is_empty() {
            let containers = vec![Node::new(row.at, Value::Map(container))];
            definition.insert("containerDefinitions", Node::new(row.at, Value::List(containers)));
        }
        service.insert("taskDefinition", Node::new(row.at, Value::Map(definition)));
        let address = format!("{file}: {subject} (row {line})");
        Some(Resource { kind: Kind::Service, address, at: row.at, body: service })
    }
}

/// A row under way.
struct Reading<'a> {
    layout: &'a Layout,
    subject: String,
    account: &'a mut Account,
    container: Map,
}

impl Reading<'_> {
    fn cell(&mut self, column: Column, cell: &Cell, service: &mut Map, definition: &mut Map) {
        match column {
            Column::Name => {
                service.insert("serviceName", Node::text(cell.at, cell.text.as_str()));
            }
            Column::Cpu(unit) => {
                let node = self.number(cell, |it| with_cpu_unit(it, unit));
                definition.insert("cpu", node);
            }
            Column::Memory(unit) => {
                let node = self.number(cell, |it| with_memory_unit(it, unit));
                definition.insert("memory", node);
            }
            Column::Count => {
                let node = self.number(cell, |it| Value::Number(it.number));
                service.insert("desiredCount", node);
            }
            Column::Architecture => {
                if let Some(word) = architecture(&cell.text) {
                    platform(definition, cell.at, "cpuArchitecture", word);
                }
            }
            Column::OperatingSystem => {
                let word = cell.text.to_uppercase().replace([' ', '-'], "_");
                platform(definition, cell.at, "operatingSystemFamily", &word);
            }
            Column::NetworkMode => {
                let mode = Node::text(cell.at, cell.text.to_lowercase());
                definition.insert("networkMode", mode);
            }
            Column::Gpus if cell.text == "0" => {}
            Column::Gpus => {
                let value = self.number(cell, |it| Value::Number(it.number));
                let kind = Node::text(cell.at.without_span(), "GPU");
                let device =
                    [("type".to_owned(), kind), ("value".to_owned(), value)].into_iter().collect();
                let devices = vec![Node::new(cell.at.without_span(), Value::Map(device))];
                let node = Node::new(cell.at.without_span(), Value::List(devices));
                self.container.insert("resourceRequirements", node);
            }
            Column::Ports => self.ports(cell),
        }
    }

    /// A number with its unit. What is none stays as it is written, and the planner refuses it.
    fn number(&mut self, cell: &Cell, value: impl Fn(Written) -> Value) -> Node {
        let Some(number) = written(&cell.text, self.layout.with_semicolons) else {
            return Node::text(cell.at, cell.text.as_str());
        };
        if number.is_unsure {
            let message = format!("{} is read as {}", cell.text, number.number);
            self.account.assumed(cell.at, &self.subject, "", message);
        }
        Node::new(cell.at, value(number))
    }

    /// `8080`, `80:8080` (of the instance, of the container), `53/udp`; several with spaces or commas.
    fn ports(&mut self, cell: &Cell) {
        let at = cell.at.without_span();
        let mut ports = Vec::new();
        let texts = cell.text.split([' ', ',', ';', '|', '\n']).filter(|text| !text.is_empty());
        for text in texts {
            if ports.len() >= MAX_PORTS {
                let message = format!("more than {MAX_PORTS} ports: the rest is left out");
                self.account.problem(at, &self.subject, message);
                break;
            }
            let (numbers, protocol) = text.split_once('/').unwrap_or((text, ""));
            let (host, container) = numbers.split_once(':').unwrap_or(("", numbers));
            let mut port = Map::default();
            let scalar = |text: &str| match text.parse::<u32>() {
                Ok(number) => Node::number(at, number),
                Err(_) => Node::text(at, text),
            };
            port.insert("containerPort", scalar(container));
            if !host.is_empty() {
                port.insert("hostPort", scalar(host));
            }
            if !protocol.is_empty() {
                port.insert("protocol", Node::text(at, protocol.to_lowercase()));
            }
            ports.push(Node::new(at, Value::Map(port)));
        }
        if !ports.is_empty() {
            self.container.insert("portMappings", Node::new(at, Value::List(ports)));
        }
    }
}

fn is_below(number: &str, limit: f64) -> bool {
    number.parse::<f64>().is_ok_and(|number| number < limit)
}

/// CPU as a scenario has it: a number is CPU units, a text has its unit.
fn with_cpu_unit(written: Written, unit: Option<CpuUnit>) -> Value {
    let Written { number, unit: own, .. } = written;
    match (own.as_str(), unit) {
        ("", Some(CpuUnit::ByCell)) if is_below(&number, LEAST_UNITS) => {
            Value::Text(format!("{number} vCPU"))
        }
        ("", None | Some(CpuUnit::Units | CpuUnit::ByCell)) => Value::Number(number),
        ("", Some(CpuUnit::Vcpus)) => Value::Text(format!("{number} vCPU")),
        ("", Some(CpuUnit::Millicores)) => Value::Text(format!("{number} m")),
        (own, _) => Value::Text(format!("{number} {own}")),
    }
}

/// Memory as a scenario has it: a number is MiB, a text has its unit.
fn with_memory_unit(written: Written, unit: Option<MemoryUnit>) -> Value {
    let Written { number, unit: own, .. } = written;
    match (own.as_str(), unit) {
        ("", Some(MemoryUnit::ByCell)) if is_below(&number, LEAST_MIB) || number.contains('.') => {
            Value::Text(format!("{number} GB"))
        }
        ("", None | Some(MemoryUnit::Mib | MemoryUnit::ByCell)) => Value::Number(number),
        ("", Some(MemoryUnit::Gib)) => Value::Text(format!("{number} GB")),
        (own, _) => Value::Text(format!("{number} {own}")),
    }
}

fn platform(definition: &mut Map, at: Place, key: &str, word: &str) {
    let mut map =
        definition.get("runtimePlatform").and_then(Node::as_map).cloned().unwrap_or_default();
    map.insert(key, Node::text(at, word));
    definition.insert("runtimePlatform", Node::new(at.without_span(), Value::Map(map)));
}

/// The API's word; nothing where either will do, and what is no word for one as it is written.
fn architecture(text: &str) -> Option<&str> {
    let plain: String =
        text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    let is = |words: &[&str]| words.contains(&plain.as_str());
    if is(&EITHER) {
        return None;
    }
    Some(if is(&ARM) {
        "ARM64"
    } else if is(&X86) {
        "X86_64"
    } else {
        text
    })
}
