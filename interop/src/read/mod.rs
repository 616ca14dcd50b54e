//! Which format a file is of, by its content, and the reader for it.
//!
//! A reader gets all files of its format at once, since Terraform's make one module and answers of
//! the AWS command line complete each other. It gives resources, and never a scenario.

pub(crate) mod cloudformation;
mod compose;
mod ecs_json;
mod link;
mod prices;
mod scenario;
pub(crate) mod table;
mod terraform;
mod terraform_json;
mod usage;

use crate::account::Account;
use crate::import::{Format, ImportSettings};
use crate::json;
use crate::node::{Node, Place};
use crate::resource::Resource;
use crate::usage::Usage;
use crate::yaml;
pub(crate) use prices::Prices;
use serde_json::Value as Json;
pub use terraform::named_paths;

/// A format: how to know it, and how to read it.
pub(crate) struct Reader {
    pub(crate) format: Format,
    recognises: fn(&Source) -> bool,
    pub(crate) read: fn(&[&Source], &ImportSettings, &mut Found, &mut Account),
}

/// The formats. The first that recognises a file reads it.
pub(crate) const READERS: &[Reader] = &[
    // Before links: a comment of a configuration may hold one.
    Reader::of(Format::Terraform, terraform::recognises, terraform::read),
    Reader::of(Format::Link, link::recognises, link::read),
    Reader::of(Format::Scenario, scenario::recognises, scenario::read),
    Reader::of(Format::TerraformJson, terraform_json::recognises, terraform_json::read),
    Reader::of(Format::CloudFormation, cloudformation::recognises, cloudformation::read),
    Reader::of(Format::Usage, usage::recognises, usage::read),
    Reader::of(Format::Prices, prices::recognises, prices::read),
    Reader::of(Format::EcsJson, ecs_json::recognises, ecs_json::read),
    Reader::of(Format::Compose, compose::recognises, compose::read),
    Reader::of(Format::ServicesTable, table::recognises, table::read),
];

impl Reader {
    const fn of(
        format: Format,
        recognises: fn(&Source) -> bool,
        read: fn(&[&Source], &ImportSettings, &mut Found, &mut Account),
    ) -> Self {
        Self { format, recognises, read }
    }
}

/// What readers find.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// A scenario to begin with.
    pub(crate) base: Option<Json>,
    pub(crate) resources: Vec<Resource>,
    /// What tasks were seen to use.
    pub(crate) usage: Usage,
    /// What the user pays.
    pub(crate) prices: Prices,
}

/// A file that is text, on its way to a reader.
pub(crate) struct Source {
    /// Its index among the files given.
    pub(crate) file: usize,
    pub(crate) name: String,
    pub(crate) text: String,
    /// Its content, where it is JSON.
    pub(crate) json: Option<Node>,
    pub(crate) format: Option<Format>,
    /// Why it is not the JSON that it looks like.
    no_json: Option<String>,
}

/// Gives files to the readers of the files that name them.
pub(crate) fn claim(sources: &mut [Source]) {
    terraform::claim(sources);
}

impl Source {
    pub(crate) fn new(file: usize, name: &str, text: String) -> Self {
        let (mut json, mut no_json) = (None, None);
        if text.trim_start().starts_with(['{', '[']) {
            match json::parse(&text, file) {
                Ok(node) => json = Some(node),
                Err(why) => no_json = Some(why),
            }
        }
        let mut source = Self { file, name: name.to_owned(), text, json, format: None, no_json };
        let reader = READERS.iter().find(|reader| (reader.recognises)(&source));
        source.format = reader.map(|reader| reader.format);
        source
    }

    /// What stands under `key`, where the file is a JSON object.
    pub(crate) fn field(&self, key: &str) -> Option<&Node> {
        self.json.as_ref().and_then(|node| node.get(key))
    }

    /// The documents of a file of JSON or YAML; of one that is neither, what is wrong with it is told.
    pub(crate) fn documents(&self, account: &mut Account) -> Vec<Node> {
        if let Some(node) = &self.json {
            return vec![node.clone()];
        }
        match yaml::parse(&self.text, self.file) {
            Ok(yaml) => {
                for (at, key) in yaml.repeated_keys {
                    let message = format!("{key} stands here a second time: the first is lost");
                    account.problem(at, "", message);
                }
                yaml.documents
            }
            Err(why) => {
                account.problem(Place::file(self.file), "", why);
                Vec::new()
            }
        }
    }

    pub(crate) fn why_unknown(&self) -> String {
        if let Some(why) = &self.no_json {
            return why.clone();
        }
        if self.text.trim().is_empty() {
            return "the file is empty".to_owned();
        }
        "this is none of the formats that eniac reads: ECS JSON, Terraform, CloudFormation, Compose, \
         a table of services with columns such as name, count, CPU and memory, usage data, prices, or \
         a scenario"
            .to_owned()
    }
}
