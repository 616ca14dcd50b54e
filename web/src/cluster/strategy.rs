//! Placement strategies as the form has them: the console's templates, and each rule as one word.
//! Pure.

use serde_json::{Value, json};

const ZONE: &str = "attribute:ecs.availability-zone";

/// The kinds of rules, by the word of the form, with what they are called.
pub const RULES: [(&str, &str); 6] = [
    ("spread zone", "spread over the zones"),
    ("spread instance", "spread over the instances"),
    ("spread attribute", "spread over an attribute"),
    ("binpack memory", "binpack by memory"),
    ("binpack cpu", "binpack by CPU"),
    ("random", "random"),
];

/// A template of the console.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Template {
    /// Its word in the form; empty: ECS's default.
    pub word: &'static str,
    /// Its name.
    pub name: &'static str,
    rules: &'static [&'static str],
}

/// The templates, ECS's default first.
pub const TEMPLATES: [Template; 4] = [
    Template { word: "", name: "ECS's default", rules: &[] },
    Template {
        word: "balanced-spread",
        name: "AZ balanced spread",
        rules: &["spread zone", "spread instance"],
    },
    Template {
        word: "balanced-binpack",
        name: "AZ balanced binpack",
        rules: &["spread zone", "binpack memory"],
    },
    Template { word: "binpack", name: "Binpack", rules: &["binpack memory"] },
];

/// The word of a template that is none: the user's own rules.
pub const CUSTOM: &str = "custom";

impl Template {
    /// The strategy of the template called `word`. The user's own rules begin with those that are
    /// there `now`, and one more.
    pub fn strategy(word: &str, now: &[Value]) -> Option<Value> {
        let template = TEMPLATES.iter().find(|template| template.word == word);
        let rules: Vec<Value> = match template {
            Some(template) => template.rules.iter().map(|rule| written(rule)).collect(),
            None => now.iter().cloned().chain([written("binpack cpu")]).collect(),
        };
        (!rules.is_empty()).then_some(Value::Array(rules))
    }

    /// The word of the template that `strategy` is.
    pub fn of(strategy: &[Value]) -> &'static str {
        let words: Vec<&str> = strategy.iter().map(word_of).collect();
        let template = TEMPLATES.iter().find(|template| template.rules == words);
        template.map_or(CUSTOM, |template| template.word)
    }
}

/// The rule that the form calls `word`, as the API writes it.
pub fn written(word: &str) -> Value {
    match word {
        "spread zone" => json!({ "type": "spread", "field": ZONE }),
        "spread instance" => json!({ "type": "spread", "field": "instanceId" }),
        "spread attribute" => json!({ "type": "spread", "field": "attribute:ecs.instance-type" }),
        "binpack memory" => json!({ "type": "binpack", "field": "memory" }),
        "binpack cpu" => json!({ "type": "binpack", "field": "cpu" }),
        _ => json!({ "type": "random" }),
    }
}

/// What the form calls a rule; empty for one that it does not know.
pub fn word_of(rule: &Value) -> &'static str {
    let field = rule["field"].as_str().unwrap_or_default();
    match (rule["type"].as_str().unwrap_or_default(), field) {
        ("spread", ZONE) => "spread zone",
        ("spread", "instanceId" | "host") => "spread instance",
        ("spread", field) if field.starts_with("attribute:") => "spread attribute",
        ("binpack", field) if field.eq_ignore_ascii_case("memory") => "binpack memory",
        ("binpack", field) if field.eq_ignore_ascii_case("cpu") => "binpack cpu",
        ("random", _) => "random",
        _ => "",
    }
}

/// The name of the attribute that a rule spreads over.
pub fn attribute_of(rule: &Value) -> &str {
    let field = rule["field"].as_str().unwrap_or_default();
    field.strip_prefix("attribute:").unwrap_or(field)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_form_writes_it_reads() {
        for (word, _) in RULES {
            assert_eq!(word_of(&written(word)), word);
        }
        for template in TEMPLATES {
            let strategy = Template::strategy(template.word, &[]).unwrap_or(json!([]));
            assert_eq!(Template::of(strategy.as_array().unwrap()), template.word);
        }
        for template in TEMPLATES {
            let rules: Vec<Value> = template.rules.iter().map(|rule| written(rule)).collect();
            let custom = Template::strategy(CUSTOM, &rules).unwrap_or_default();
            assert_eq!(Template::of(custom.as_array().unwrap()), CUSTOM);
        }
    }

    #[test]
    fn rules_of_others_are_known_or_left_as_they_are() {
        assert_eq!(word_of(&json!({ "type": "spread", "field": "host" })), "spread instance");
        assert_eq!(word_of(&json!({ "type": "spread", "field": "" })), "");
        assert_eq!(attribute_of(&json!({ "type": "spread", "field": "attribute:rack" })), "rack");
        assert_eq!(Template::of(&[json!({ "type": "spread" })]), CUSTOM);
    }
}
