//! The body of a resource as values: its arguments worked out, its blocks as lists of maps,
//! `dynamic` ones made.

use super::modules::In;
use super::scope::Scope;
use super::world::{Fault, World, entries};
use crate::json;
use crate::node::{MAX_DEPTH, Map, Node, Place, Span as Bytes, Value};
use hcl_edit::Span as _;
use hcl_edit::expr::Expression;
use hcl_edit::structure::{Block, Body};
use hcl_edit::template::Element;

/// What every resource may have, and the provider never sees.
const META: [&str; 8] = [
    "count",
    "for_each",
    "provider",
    "depends_on",
    "lifecycle",
    "provisioner",
    "connection",
    "timeouts",
];

/// Arguments that name another resource: they stay references.
const LINKS: [&str; 17] = [
    "alarm_actions",
    "auto_scaling_group_arn",
    "capacity_provider",
    "capacity_providers",
    "cluster",
    "cluster_name",
    "id",
    "launch_configuration",
    "launch_template_id",
    "launch_template_name",
    "name",
    "resource_id",
    "security_groups",
    "subnets",
    "target_group_arn",
    "task_definition",
    "vpc_zone_identifier",
];

/// Types that a link in a text may lead to, the most telling first.
const ENDS: [&str; 4] = [
    "aws_ecs_service.",
    "aws_ecs_task_definition.",
    "aws_appautoscaling_target.",
    "aws_ecs_cluster.",
];

impl<'a> World<'a> {
    /// The values of a body that stands at `subject`.
    pub(super) fn body(
        &mut self,
        body: &Body,
        scope: &Scope<'_>,
        subject: &str,
        depth: usize,
    ) -> Map {
        let mut values = Map::default();
        if depth > MAX_DEPTH {
            return values;
        }
        for attribute in body.attributes() {
            let key = attribute.key.as_str();
            if depth == 0 && META.contains(&key) {
                continue;
            }
            let node = self.argument(key, &attribute.value, scope, depth);
            values.insert(key, node);
        }
        for block in body.blocks() {
            let key = block.ident.as_str();
            if depth == 0 && META.contains(&key) {
                continue;
            }
            if key == "dynamic" {
                let key = block.labels.first().map_or("", |label| label.as_str());
                let made = self.dynamic(key, block, scope, subject, depth);
                push(&mut values, key, made);
            } else {
                let at = self.block_line(scope.file, block);
                let inner = self.body(&block.body, scope, subject, depth + 1);
                push(&mut values, key, vec![Node::new(at, Value::Map(inner))]);
            }
        }
        values
    }

    fn argument(
        &mut self,
        key: &str,
        expression: &Expression,
        scope: &Scope<'_>,
        depth: usize,
    ) -> Node {
        match key {
            "container_definitions" if depth == 0 => {
                if let Some(node) = self.json_of_heredoc(expression, scope) {
                    return node;
                }
                return self.value(expression, scope);
            }
            "user_data" | "user_data_base64" if depth == 0 => {
                return self.user_data(expression, scope);
            }
            _ => {}
        }
        let is_name = depth == 0 && matches!(key, "name" | "id");
        if LINKS.contains(&key) && !is_name {
            if let Some(link) = self.link_in_text(expression, scope) {
                return link;
            }
            return self.value(expression, scope);
        }
        let node = self.value(expression, scope);
        match self.resolved(node.clone()) {
            Ok(resolved) if !matches!(resolved.value, Value::Unknown(_)) => resolved,
            _ => node,
        }
    }

    /// The resource that a text such as `service/${cluster}/${service}` is about.
    fn link_in_text(&mut self, expression: &Expression, scope: &Scope<'_>) -> Option<Node> {
        let Expression::StringTemplate(template) = expression else { return None };
        let mut links = Vec::new();
        for element in template {
            let Element::Interpolation(inner) = element else { continue };
            let Ok(node) = self.eval(&inner.expr, scope) else { continue };
            if let Value::Reference(reference) = &node.value {
                let rank = ENDS.iter().position(|end| reference.to.contains(end));
                links.extend(rank.map(|rank| (rank, node)));
            }
        }
        links.sort_by_key(|(rank, _)| *rank);
        let at = self.line(expression, scope);
        links.into_iter().next().map(|(_, node)| Node { at, ..node })
    }

    /// JSON that stands as it is in a here document: each value keeps its place.
    fn json_of_heredoc(&self, expression: &Expression, scope: &Scope<'_>) -> Option<Node> {
        let Expression::HeredocTemplate(heredoc) = expression else { return None };
        let file = self.files.get(scope.file)?;
        let mut elements = heredoc.template.iter();
        let (Some(Element::Literal(literal)), None) = (elements.next(), elements.next()) else {
            return None;
        };
        let range = literal.span()?;
        let text: &str = literal.value();
        if file.source.text.get(range.clone()) != Some(text) {
            return None;
        }
        let mut node = json::parse(text, file.source.file).ok()?;
        let start = u32::try_from(range.start).ok()?;
        shift(&mut node, start, file.line(Some(range)).line.saturating_sub(1));
        Some(node)
    }

    /// User data keeps what is not known in it as it is written, unless it is what counts.
    fn user_data(&mut self, expression: &Expression, scope: &Scope<'_>) -> Node {
        self.keeps_holes = true;
        let node = self.value(expression, scope);
        self.keeps_holes = false;
        let counts = ["ECS_RESERVED_MEMORY", "ECS_INSTANCE_ATTRIBUTES"];
        let is_open = |line: &str| line.contains("${") && counts.iter().any(|it| line.contains(it));
        let open = node.as_text().and_then(|text| text.lines().find(|line| is_open(line)));
        match open {
            Some(line) => {
                let because = format!("a part of it is not known: {}", line.trim());
                super::names::unknown(node.at, self.text_of(expression, scope), &because)
            }
            None => node,
        }
    }

    /// `dynamic "name" { for_each = … content { … } }`.
    fn dynamic(
        &mut self,
        key: &str,
        block: &Block,
        scope: &Scope<'_>,
        subject: &str,
        depth: usize,
    ) -> Vec<Node> {
        let at = self.block_line(scope.file, block);
        let each = block.body.get_attribute("for_each");
        let content = block.body.get_blocks("content").next();
        let (Some(each), Some(content)) = (each, content) else {
            let message = format!("dynamic {key} has no for_each or no content: it is left out");
            self.account.problem(at, subject, message);
            return Vec::new();
        };
        let name = block.body.get_attribute("iterator").and_then(|it| it.value.as_variable());
        let name = name.map_or(key, |name| name.as_str()).to_owned();
        let collection = self.eval(&each.value, scope).and_then(|node| self.resolved(node));
        let (why, unknown) = match collection {
            Ok(node) => match (entries(&node), node.value) {
                (Some(all), value) => {
                    let is_list = matches!(value, Value::List(_));
                    let mut made = Vec::new();
                    for (key, value) in all {
                        if self.spend(1).is_err() {
                            break;
                        }
                        let key = if is_list { value.clone() } else { key };
                        let pair = [("key".to_owned(), key), ("value".to_owned(), value)];
                        let bound = Node::new(at, Value::Map(pair.into_iter().collect()));
                        let inner = scope.with(vec![(name.as_str(), bound)]);
                        let inner = self.body(&content.body, &inner, subject, depth + 1);
                        made.push(Node::new(at, Value::Map(inner)));
                    }
                    return made;
                }
                (None, Value::Unknown(unknown)) => (unknown.because.clone(), Some(unknown)),
                (None, Value::Null) => return Vec::new(),
                (None, _) => ("for_each must be a list or a map".to_owned(), None),
            },
            Err(Fault(why)) => (why, None),
        };
        let message =
            format!("the blocks {key} are left out: which there are is not known ({why})");
        self.account.problem(at, subject, message);
        if let Some(unknown) = unknown {
            self.account.ask(at, &unknown, format!("{subject}: {key}"), None);
        }
        Vec::new()
    }

    /// One argument of a block, worked out at the top of its module.
    pub(super) fn argument_of(
        &mut self,
        instance: usize,
        (file, block): In<'a, Block>,
        key: &str,
    ) -> Option<Node> {
        let attribute = block.body.get_attribute(key)?;
        let scope = Scope::new(instance, file);
        let node = self.value(&attribute.value, &scope);
        Some(match self.resolved(node.clone()) {
            Ok(resolved) => resolved,
            Err(_) => node,
        })
    }
}

fn push(values: &mut Map, key: &str, made: Vec<Node>) {
    let Some(first) = made.first() else { return };
    let at = first.at;
    let before = values.insert(key, Node::new(at, Value::Null));
    let (at, mut list) = match before {
        Some(Node { at, value: Value::List(list) }) => (at, list),
        _ => (at, Vec::new()),
    };
    list.extend(made);
    values.insert(key, Node::new(at, Value::List(list)));
}

/// Moves places from those of a text to those of the file that the text stands in.
fn shift(node: &mut Node, bytes: u32, lines: u32) {
    let span = node.at.span.map(|span| Bytes { start: span.start + bytes, end: span.end + bytes });
    node.at = Place { line: node.at.line + lines, span, ..node.at };
    match &mut node.value {
        Value::List(list) => list.iter_mut().for_each(|it| shift(it, bytes, lines)),
        Value::Map(map) => map.values_mut().for_each(|it| shift(it, bytes, lines)),
        _ => {}
    }
}
