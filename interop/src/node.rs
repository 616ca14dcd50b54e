//! A value as a file has it, whatever its format: with the place where it stands, and with what
//! could not be worked out kept as that, never guessed.

use std::collections::BTreeMap;

/// How deeply values may be nested. Files that people have stay far below.
pub(crate) const MAX_DEPTH: usize = 100;

/// Where something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    /// The file, by its index among those given.
    pub(crate) file: usize,
    /// The line, from 1; 0 where a value stands in no line.
    pub(crate) line: u32,
    /// The literal itself in the file's text, quotes included; absent where the value is made from
    /// several, so that it cannot be exchanged for another.
    pub(crate) span: Option<Span>,
}

/// Bytes of a file's text, the end not included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Span {
    pub(crate) start: u32,
    pub(crate) end: u32,
}

impl Place {
    /// A file as a whole.
    pub(crate) fn file(file: usize) -> Self {
        Self { file, line: 0, span: None }
    }

    /// A line of a file.
    pub(crate) fn line(file: usize, line: u32) -> Self {
        Self { file, line, span: None }
    }

    /// The same line, of a value that is no literal.
    pub(crate) fn without_span(self) -> Self {
        Self { span: None, ..self }
    }
}

/// A value and its place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node {
    pub(crate) at: Place,
    pub(crate) value: Value,
}

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    /// A number, as it was written.
    Number(String),
    Text(String),
    List(Vec<Node>),
    Map(Map),
    /// Another resource of the same files.
    Reference(Reference),
    /// What cannot be worked out without running or asking something.
    Unknown(Unknown),
}

/// Another resource, and which of its attributes is meant (`arn`, `name`, `id`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reference {
    /// The resource's address: [`crate::resource::Resource::address`].
    pub(crate) to: String,
    pub(crate) attribute: String,
}

/// What cannot be worked out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unknown {
    /// The expression as the file has it, shortened where it is long: `var.cpu`. An answer is given
    /// under this name.
    pub(crate) expression: String,
    /// Why: `the variable has no default`.
    pub(crate) because: String,
}

/// Named values in the order of the file.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Map {
    entries: Vec<Entry>,
    places: BTreeMap<String, usize>,
}

/// One named value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) node: Node,
}

impl Map {
    /// Adds a value; one of the same name is replaced and given back.
    pub(crate) fn insert(&mut self, key: impl Into<String>, node: Node) -> Option<Node> {
        let key = key.into();
        if let Some(entry) = self.places.get(&key).and_then(|at| self.entries.get_mut(*at)) {
            return Some(std::mem::replace(&mut entry.node, node));
        }
        self.places.insert(key.clone(), self.entries.len());
        self.entries.push(Entry { key, node });
        None
    }

    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        self.places.get(key).and_then(|at| self.entries.get(*at)).map(|entry| &entry.node)
    }

    pub(crate) fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        let at = *self.places.get(key)?;
        self.entries.get_mut(at).map(|entry| &mut entry.node)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Node)> {
        self.entries.iter().map(|entry| (entry.key.as_str(), &entry.node))
    }

    pub(crate) fn values_mut(&mut self) -> impl Iterator<Item = &mut Node> {
        self.entries.iter_mut().map(|entry| &mut entry.node)
    }

    pub(crate) fn into_entries(self) -> Vec<Entry> {
        self.entries
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }
}

impl FromIterator<(String, Node)> for Map {
    fn from_iter<I: IntoIterator<Item = (String, Node)>>(entries: I) -> Self {
        let mut map = Self::default();
        for (key, node) in entries {
            map.insert(key, node);
        }
        map
    }
}

impl Node {
    pub(crate) fn new(at: Place, value: Value) -> Self {
        Self { at, value }
    }

    pub(crate) fn text(at: Place, text: impl Into<String>) -> Self {
        Self::new(at, Value::Text(text.into()))
    }

    /// A number of any type, as text.
    #[expect(clippy::needless_pass_by_value, reason = "integers mostly, given as they are")]
    pub(crate) fn number(at: Place, number: impl ToString) -> Self {
        Self::new(at, Value::Number(number.to_string()))
    }

    pub(crate) fn as_map(&self) -> Option<&Map> {
        match &self.value {
            Value::Map(map) => Some(map),
            _ => None,
        }
    }

    pub(crate) fn as_list(&self) -> Option<&[Node]> {
        match &self.value {
            Value::List(list) => Some(list),
            _ => None,
        }
    }

    pub(crate) fn as_text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A text, a number or a truth value as text.
    pub(crate) fn scalar(&self) -> Option<String> {
        match &self.value {
            Value::Text(text) | Value::Number(text) => Some(text.clone()),
            Value::Bool(value) => Some(value.to_string()),
            _ => None,
        }
    }

    /// What stands under `key`, of a map.
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        self.as_map().and_then(|map| map.get(key))
    }

    /// Gives this value and all in it one place.
    pub(crate) fn place_all(&mut self, at: Place) {
        self.at = at;
        match &mut self.value {
            Value::List(list) => list.iter_mut().for_each(|inner| inner.place_all(at)),
            Value::Map(map) => map.values_mut().for_each(|inner| inner.place_all(at)),
            _ => {}
        }
    }

    pub(crate) fn is_null(&self) -> bool {
        self.value == Value::Null
    }
}
