//! Data sources: they are read only when Terraform runs. What their own arguments tell is kept: the
//! name of a parameter that gives an image, and the region.

use super::names::unknown;
use super::scope::Scope;
use super::world::World;
use crate::node::{Map, Node, Place, Value};
use hcl_edit::expr::TraversalOperator;
use hcl_edit::structure::{Block, Body};

type Operator = hcl_edit::Decorated<TraversalOperator>;

/// The value of `data.KIND.NAME…`, and how many of the operators it is made of.
pub(super) fn value(
    world: &mut World<'_>,
    scope: &Scope<'_>,
    kind: &str,
    name: &str,
    text: &str,
    at: Place,
    operators: &[Operator],
) -> (Node, usize) {
    let all = operators.len();
    let folder = world.instances.get(scope.instance).map(|it| it.folder.clone());
    let module = folder.and_then(|folder| world.modules.get(&folder));
    let Some((file, block)) = module.and_then(|it| it.data.get(&(kind, name)).copied()) else {
        return (unknown(at, text, "the data source is not among the files"), all);
    };
    let scope = Scope::new(scope.instance, file);
    let attribute = operators.iter().rev().find_map(|it| match it.value() {
        TraversalOperator::GetAttr(name) => Some(name.as_str()),
        _ => None,
    });
    let because = "a data source is read only when Terraform runs";
    match (kind, attribute) {
        ("aws_ssm_parameter", Some("value" | "insecure_value")) => {
            let parameter = block.body.get_attribute("name");
            let parameter = parameter.map(|it| world.value(&it.value, &scope));
            match parameter.as_ref().and_then(Node::as_text) {
                Some(parameter) => (Node::text(at, format!("resolve:ssm:{parameter}")), all),
                None => (unknown(at, text, because), all),
            }
        }
        ("aws_region", Some("name" | "region" | "id")) => {
            let region = super::location::region(world, scope.instance);
            (region.unwrap_or_else(|| unknown(at, text, because)), all)
        }
        ("aws_ami", _) => {
            // Which image it is does not matter, but of which system.
            let names = filter(world, &scope, block, "name");
            let names = names.as_ref().and_then(Node::as_list).unwrap_or_default();
            let names: Vec<&str> = names.iter().filter_map(Node::as_text).collect();
            let text = if names.is_empty() {
                text.to_owned()
            } else {
                format!("{text} ({})", names.join(", "))
            };
            (unknown(at, text, because), all)
        }
        ("template_file", Some("rendered")) => {
            (rendered(world, &scope, block).unwrap_or_else(|| unknown(at, text, because)), all)
        }
        _ => (unknown(at, text, because), all),
    }
}

/// The values of `filter { name = "…" values = […] }`.
pub(super) fn filter(
    world: &mut World<'_>,
    scope: &Scope<'_>,
    block: &Block,
    wanted: &str,
) -> Option<Node> {
    for filter in block.body.get_blocks("filter") {
        let name = filter.body.get_attribute("name").and_then(|it| it.value.as_str());
        if name == Some(wanted) {
            let values = filter.body.get_attribute("values")?;
            return Some(world.value(&values.value, scope));
        }
    }
    None
}

/// `template_file`, which came before `templatefile()`.
fn rendered(world: &mut World<'_>, scope: &Scope<'_>, block: &Block) -> Option<Node> {
    let body: &Body = &block.body;
    let template = world.value(&body.get_attribute("template")?.value, scope);
    let variables = match body.get_attribute("vars") {
        Some(vars) => world.value(&vars.value, scope),
        None => Node::new(template.at, Value::Map(Map::default())),
    };
    let text = template.as_text()?.to_owned();
    world.rendered(&text, &variables, template.at, scope).ok()
}
