//! The scenario under way: values by their paths, the place in a file that each comes from, and the
//! ways in which a node becomes a value.

use super::fields::Fields;
use crate::account::Account;
use crate::import::Origin;
use crate::node::{Node, Place, Unknown, Value};
use eniac_core::scenario::document;
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};

/// A scenario under way, with the account of it.
pub(super) struct Draft<'a> {
    document: Json,
    origins: BTreeMap<String, Place>,
    answers: &'a BTreeMap<String, String>,
    /// Addresses of groups and launch templates that are in the scenario.
    pub(super) used: BTreeSet<String>,
    /// Paths of values that the files have and that nobody knows yet.
    pub(super) unknown: BTreeSet<String>,
    /// Addresses of services that run on capacity which the scenario does not have.
    pub(super) elsewhere: BTreeSet<String>,
    pub(super) account: &'a mut Account,
}

impl<'a> Draft<'a> {
    /// Begins with a scenario, or with none.
    pub(super) fn new(
        base: Option<Json>,
        answers: &'a BTreeMap<String, String>,
        account: &'a mut Account,
    ) -> Self {
        let document = base.unwrap_or_else(|| json!({ "version": 1, "services": [] }));
        Self {
            document,
            origins: BTreeMap::new(),
            answers,
            used: BTreeSet::new(),
            unknown: BTreeSet::new(),
            elsewhere: BTreeSet::new(),
            account,
        }
    }

    /// Sets a value that comes from `at`.
    pub(super) fn set(&mut self, path: &str, value: impl Into<Json>, at: Place) {
        document::set(&mut self.document, path, Some(value.into()));
        self.origins.insert(path.to_owned(), at);
    }

    /// Removes what stands at `path`.
    pub(super) fn remove(&mut self, path: &str) {
        document::set(&mut self.document, path, None);
        self.origins.retain(|origin, _| !is_within(origin, path));
    }

    /// What stands at `path`.
    pub(super) fn get(&self, path: &str) -> Option<&Json> {
        document::get(&self.document, path)
    }

    /// How many elements the list at `path` has.
    pub(super) fn len(&self, path: &str) -> usize {
        self.get(path).and_then(Json::as_array).map_or(0, Vec::len)
    }

    /// Whether a strategy can name this capacity provider.
    pub(super) fn has_provider(&self, name: &str) -> bool {
        self.providers().any(|it| it == name)
    }

    /// The names of the capacity providers.
    pub(super) fn provider_names(&self) -> BTreeSet<String> {
        self.providers().map(str::to_owned).collect()
    }

    fn providers(&self) -> impl Iterator<Item = &str> {
        let all = self.get("capacityProviders").and_then(Json::as_array);
        all.into_iter().flatten().filter_map(|it| it.get("name")?.as_str())
    }

    /// The scenario as it stands.
    pub(super) fn document(&self) -> &Json {
        &self.document
    }

    /// Where the value at `path` comes from, or else the nearest one above or below it.
    pub(super) fn origin(&self, path: &str) -> Option<Place> {
        let mut above = path;
        loop {
            if let Some(at) = self.origins.get(above) {
                return Some(*at);
            }
            let below = self.origins.range(above.to_owned()..).next();
            if let Some((_, at)) = below.filter(|(path, _)| is_within(path, above)) {
                return Some(*at);
            }
            above = above.get(..above.rfind(['.', '['])?)?;
        }
    }

    /// The node, or the user's answer where it is unknown. Without an answer it is asked for, and
    /// nothing is known: `None`.
    pub(super) fn known(&mut self, node: &Node, needed_for: &str) -> Option<Node> {
        let unknown = match &node.value {
            Value::Unknown(unknown) => unknown.clone(),
            Value::Reference(reference) => Unknown {
                expression: format!("{}.{}", reference.to, reference.attribute),
                because: "it is known only when the resource exists".to_owned(),
            },
            _ => return Some(node.clone()),
        };
        if let Some(answer) = self.answers.get(&unknown.expression) {
            self.account.takes(&unknown.expression);
            return Some(Node::text(node.at.without_span(), answer.as_str()));
        }
        self.account.ask(node.at, &unknown, needed_for, None);
        None
    }

    /// Takes the field `key` as the number, text or truth value at `path`.
    pub(super) fn scalar(
        &mut self,
        fields: &mut Fields<'_>,
        key: &str,
        path: &str,
    ) -> Option<Json> {
        let node = fields.take(key)?;
        let needed_for = format!("{}: {key}", fields.subject);
        self.set_scalar(node, path, &needed_for)
    }

    /// Sets `path` to a number, text or truth value.
    pub(super) fn set_scalar(&mut self, node: &Node, path: &str, what: &str) -> Option<Json> {
        let node = self.known(node, what)?;
        let value = match &node.value {
            Value::Bool(value) => Json::Bool(*value),
            Value::Number(text) | Value::Text(text) => typed(text),
            _ => {
                self.account.problem(node.at, what, "a number or a text is needed here");
                return None;
            }
        };
        self.set(path, value.clone(), node.at);
        Some(value)
    }

    /// Takes the field `key` as a list of texts at `path`; each has its own place.
    pub(super) fn texts(&mut self, fields: &mut Fields<'_>, key: &str, path: &str) {
        let Some(node) = fields.take(key) else { return };
        let what = format!("{}: {key}", fields.subject);
        let Some(node) = self.known(node, &what) else { return };
        let items = node.as_list().unwrap_or(std::slice::from_ref(&node)).iter();
        let known = items.filter_map(|item| {
            let item = self.known(item, &what)?;
            Some((Json::from(item.scalar()?), item.at))
        });
        let (texts, places): (Vec<Json>, Vec<Place>) = known.unzip();
        if texts.is_empty() {
            return;
        }
        self.set(path, texts, node.at.without_span());
        let places = places.into_iter().enumerate();
        self.origins.extend(places.map(|(number, at)| (format!("{path}[{number}]"), at)));
    }

    /// Takes the field `key` as a truth value.
    pub(super) fn truth(&mut self, fields: &mut Fields<'_>, key: &str) -> Option<bool> {
        let node = fields.take(key)?;
        let needed_for = format!("{}: {key}", fields.subject);
        match self.known(node, &needed_for)?.scalar()?.as_str() {
            "true" => Some(true),
            "false" => Some(false),
            other => {
                let message = format!("{other} is neither true nor false");
                self.account.problem(node.at, &needed_for, message);
                None
            }
        }
    }

    /// Takes the field `key` as a text, without asking for it where it is not known.
    pub(super) fn text(&mut self, fields: &mut Fields<'_>, key: &str) -> Option<String> {
        let node = fields.take(key)?;
        match &node.value {
            Value::Unknown(unknown) => {
                self.account.takes(&unknown.expression);
                self.answers.get(&unknown.expression).cloned()
            }
            _ => node.scalar(),
        }
    }

    /// The scenario with its origins, in order of the paths.
    pub(super) fn close(self) -> (Json, Vec<Origin>) {
        let origin = |(path, at): (String, Place)| Origin {
            path,
            file: at.file,
            line: at.line,
            span: at.span.map(|span| (span.start, span.end)),
        };
        let lines = self.origins.into_iter().filter(|(_, at)| at.line > 0);
        (self.document, lines.map(origin).collect())
    }
}

/// Whether `path` is `outer`, or in it.
fn is_within(path: &str, outer: &str) -> bool {
    path.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

/// A number where the text is one as JSON writes it, else the text, which the planner reads as well.
pub(super) fn typed(text: &str) -> Json {
    if let Ok(number) = text.parse::<i64>()
        && number.to_string() == text
    {
        return Json::from(number);
    }
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    match text.parse::<f64>() {
        Ok(number) if plain(text) && number.to_string() == text => Json::from(number),
        Ok(number) if plain(text) && number.fract() == 0.0 && text.contains('.') => {
            whole(text).unwrap_or_else(|| Json::from(number))
        }
        _ => Json::from(text),
    }
}

/// `50.0`, as tools print whole numbers of a floating type.
fn whole(text: &str) -> Option<Json> {
    text.split('.').next()?.parse::<i64>().ok().map(Json::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_become_numbers_and_texts_stay() {
        let check = |text: &str, expected: Json| assert_eq!(typed(text), expected, "{text}");
        check("512", json!(512));
        check("-20", json!(-20));
        check("0.5", json!(0.5));
        check("50.0", json!(50));
        check("0512", json!("0512"));
        check("1 GB", json!("1 GB"));
        check("99999999999999999999", json!("99999999999999999999"));
        check("1e9", json!("1e9"));
        check("", json!(""));
    }
}
