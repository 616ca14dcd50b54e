//! JSON and base64.
//!
//! Lists and maps stay what they are under `jsonencode`: who needs their text makes it, and
//! everyone else keeps their places. User data stays readable under `base64encode`.

use super::{nth, text_at};
use crate::json;
use crate::node::{Map, Node, Place, Value};
use crate::read::terraform::template::as_json;
use crate::read::terraform::world::{Evaluated, Fault};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

pub(super) fn call(name: &str, arguments: &[Node], at: Place) -> Option<Evaluated> {
    Some(match name {
        "jsonencode" => nth(arguments, 0).map(|node| match &node.value {
            Value::List(_) | Value::Map(_) => node.clone(),
            _ => as_json(node).map_or_else(|| node.clone(), |text| Node::text(at, text)),
        }),
        "jsondecode" => decoded(arguments, at),
        "base64encode" | "sensitive" | "nonsensitive" | "ephemeralasnull" => {
            nth(arguments, 0).cloned()
        }
        "base64decode" => text_at(arguments, 0).map(|text| {
            let plain = STANDARD.decode(text.trim()).ok().and_then(|it| String::from_utf8(it).ok());
            Node::text(at, plain.unwrap_or(text))
        }),
        _ => return None,
    })
}

fn decoded(arguments: &[Node], at: Place) -> Evaluated {
    let node = nth(arguments, 0)?;
    let Some(text) = node.as_text() else { return Ok(node.clone()) };
    if text.starts_with("resolve:ssm:") {
        // The parameter `recommended` is an object with the image in it.
        let image = Node::text(at, text);
        let map: Map = [("image_id".to_owned(), image)].into_iter().collect();
        return Ok(Node::new(at, Value::Map(map)));
    }
    let mut inner = json::parse(text, at.file).map_err(Fault)?;
    inner.place_all(node.at.without_span());
    Ok(inner)
}
