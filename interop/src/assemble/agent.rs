//! What an instance's image and its user data tell: the system, and what the ECS agent is set to.

use super::draft::Draft;
use crate::node::{Node, Place, Value};
use crate::resource::SSM_OF_IMAGES;
use serde_json::Value as Json;

/// The image, and the memory that its kernel registers.
pub(super) fn image(draft: &mut Draft<'_>, node: &Node, subject: &str, path: &str) {
    let text = match &node.value {
        // Which image a parameter gives is not known, and need not be: its name tells the system.
        Value::Unknown(unknown) => unknown.expression.clone(),
        _ => match node.scalar() {
            Some(text) => {
                // ECS's own image of a system needs no naming: the system tells all that counts.
                if !text.starts_with(SSM_OF_IMAGES) {
                    draft.set(&format!("{path}.imageId"), text.as_str(), node.at);
                }
                text
            }
            None => return,
        },
    };
    let text = text.to_ascii_lowercase().replace('_', "-");
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let model = if has(&["bottlerocket"]) {
        "bottlerocket"
    } else if has(&["amazon-linux-2023", "al2023"]) {
        "al2023"
    } else if has(&["amazon-linux-2", "amzn2"]) {
        "al2"
    } else {
        let message = "what system the image has is not said: Amazon Linux 2023 is assumed for the \
                       memory that tasks can use";
        draft.account.assumed(node.at, subject, &format!("{path}.memoryModel"), message);
        return;
    };
    // Amazon Linux 2023 is what a scenario supposes.
    if model != "al2023" {
        draft.set(&format!("{path}.memoryModel"), model, node.at.without_span());
    }
}

/// What the agent is told in user data: `NAME=value` lines of `/etc/ecs/ecs.config`.
pub(super) fn user_data(draft: &mut Draft<'_>, node: &Node, subject: &str, path: &str) {
    let Some(text) = node.as_text() else {
        let message = "the user data is not known: ECS_RESERVED_MEMORY and ECS_INSTANCE_ATTRIBUTES \
                       are taken for unset";
        draft.account.assumed(node.at, subject, &format!("{path}.reservedMemory"), message);
        return;
    };
    for line in text.lines() {
        let setting = |name: &str| {
            let (_, value) = line.split_once(&format!("{name}="))?;
            Some(unquoted(value))
        };
        if let Some(reserved) = setting("ECS_RESERVED_MEMORY") {
            let number = reserved.split_whitespace().next().unwrap_or_default().to_owned();
            let at = node.at.without_span();
            draft.set(&format!("{path}.reservedMemory"), super::draft::typed(&number), at);
        }
        if let Some(attributes) = setting("ECS_INSTANCE_ATTRIBUTES") {
            read_attributes(draft, &attributes, node.at, subject, path);
        }
    }
}

/// The value of a setting, without what a shell puts around and behind it.
fn unquoted(value: &str) -> String {
    let value = value.split(" >>").next().unwrap_or(value).trim();
    let outer = |quote: char| value.strip_prefix(quote).and_then(|it| it.strip_suffix(quote));
    let value = outer('\'').or_else(|| outer('"')).unwrap_or(value);
    value.trim_end_matches(['\'', '"']).replace("\\\"", "\"")
}

fn read_attributes(draft: &mut Draft<'_>, text: &str, at: Place, subject: &str, path: &str) {
    let end = text.rfind('}').map_or(text.len(), |place| place + 1);
    let json: Option<Json> = text.get(..end).and_then(|text| serde_json::from_str(text).ok());
    let Some(Json::Object(attributes)) = json else {
        let message = "ECS_INSTANCE_ATTRIBUTES is not an object of JSON: it is left out";
        draft.account.problem(at, subject, message);
        return;
    };
    draft.set(&format!("{path}.attributes"), Json::Object(attributes), at.without_span());
}
