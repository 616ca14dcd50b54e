//! What is legal and yet may not be what was meant.

use super::attribute::unknown_attribute_hint;
use super::error::shown;
use super::tree::{Node, Subject, Test};

/// Sentences, each once, in the order of the text.
pub(super) fn hints(root: &Node, mixed: bool) -> Vec<String> {
    let mut hints = Vec::new();
    if mixed {
        hints.push(
            "`and` is taken to bind tighter than `or`, which ECS does not document: parentheses \
             make sure."
                .to_owned(),
        );
    }
    root.each(&mut |comparison| {
        if let Subject::Attribute(name) = &comparison.subject
            && let Some(meant) = unknown_attribute_hint(name)
        {
            hints.push(format!("No attribute of ECS is called {name}: {meant}"));
        }
        if let Test::Matches(pattern) = &comparison.test
            && pattern.is_plain()
        {
            let pattern = pattern.text();
            hints.push(format!(
                "The pattern {} is matched with the whole value: to match a part of it, write \
                 `{}`.",
                shown(pattern),
                match pattern.strip_prefix('^') {
                    Some(rest) => format!("{rest}.*"),
                    None => format!(".*{pattern}.*"),
                }
            ));
        }
    });
    let mut told = std::collections::BTreeSet::new();
    hints.retain(|hint| told.insert(hint.clone()));
    hints
}
