//! Configurations as people have them, in resources, and what is said of the rest.

mod configurations;
mod files;
mod hostile;

use crate::account::Account;
use crate::input::InputFile;
use crate::node::Value;
use crate::read::{Found, Source};
use crate::{Import, ImportSettings, import};

/// Imports files; gives the import, and all that is said of it.
fn of(files: &[(&str, &str)], settings: &ImportSettings) -> (Import, Vec<String>) {
    let files: Vec<InputFile<'_>> =
        files.iter().map(|(name, text)| InputFile { name, bytes: text.as_bytes() }).collect();
    let import = import(&files, settings);
    let said = import.notes.iter().map(|it| {
        let line = it.line.unwrap_or(0);
        format!("{:?} {}:{line} {}: {}", it.kind, it.file, it.subject, it.message)
    });
    let asked = import.questions.iter().map(|it| {
        let line = it.line.unwrap_or(0);
        format!("Ask {}:{line} {} for {}: {}", it.file, it.expression, it.needed_for, it.because)
    });
    let said = said.chain(asked).collect();
    (import, said)
}

/// What an expression comes to: JSON, or `? expression: why`, or `-> resource attribute`.
fn worked_out(expression: &str, before: &str) -> String {
    let text = format!(
        "{before}\nresource \"aws_ecs_service\" \"it\" {{\n  name = \"it\"\n  tags = [{expression}]\n}}\n"
    );
    let mut account = Account::new(vec!["main.tf".to_owned()]);
    let source = Source::new(0, "main.tf", text);
    let mut found = Found::default();
    super::read(&[&source], &ImportSettings::default(), &mut found, &mut account);
    let Some(service) = found.resources.last() else { return format!("{:?}", account.close()) };
    let tags = service.body.get("tags");
    let node = match tags.and_then(|tags| tags.as_list()).and_then(<[_]>::first) {
        Some(node) => node,
        None => tags.expect("tags"),
    };
    match &node.value {
        Value::Unknown(it) => format!("? {}", it.because),
        Value::Reference(it) => format!("-> {} {}", it.to, it.attribute),
        _ => super::template::as_json(node).unwrap_or_else(|| format!("{:?}", node.value)),
    }
}

const BEFORE: &str = r#"
    variable "env"  { default = "prod" }
    variable "open" {}
    variable "services" {
      type = map(object({ cpu = optional(number, 256), memory = number, ports = optional(list(number), []) }))
      default = { web = { memory = 512 }, api = { cpu = 1024, memory = 2048, ports = [80] } }
    }
    locals {
      name  = "${var.env}-shop"
      sizes = { small = 256, large = 2048 }
      a     = local.b
      b     = local.a
      list  = ["x", "y", "z"]
      c     = var.open
    }
    resource "aws_ecs_cluster" "main" {
      name = local.name
    }
    resource "aws_subnet" "it" {
      count = 3
      availability_zone = "eu-west-1${["a", "b", "c"][count.index]}"
    }
    resource "aws_sns_topic" "by" {
      for_each = toset(["q", "p"])
      name = each.key
    }
"#;

#[test]
fn expressions_are_worked_out() {
    let check = |expression: &str, expected: &str| {
        assert_eq!(worked_out(expression, BEFORE), expected, "{expression}");
    };
    check("1 + 2 * 3", "7");
    check("(10 - 4) / 4", "1.5");
    check("-5 % 3", "-2");
    check("\"5\" + 1", "6");
    check("1 / 0", "? division by zero");
    check("2 > 1 && !false", "true");
    check("false && var.open", "false");
    check("var.env == \"prod\" ? 4 : 1", "4");
    check("var.open == 1 ? 4 : 4", "4");
    check("var.open == 1 ? 4 : 1", "? the variable has no default");
    check("\"${local.name}-web\"", "\"prod-shop-web\"");
    check("\"$${kept} %%{kept}\"", "\"${kept} %{kept}\"");
    check("\"%{ if var.env == \"prod\" }big%{ else }small%{ endif }\"", "\"big\"");
    check("\"%{ for it in local.list ~} ${it}, %{ endfor }\"", "\"x, y, z, \"");
    check("\"a ${var.open}\"", "? the variable has no default");
    check("local.sizes[\"small\"]", "256");
    check("local.sizes.huge", "? there is no huge in it");
    check("try(local.sizes.huge, local.sizes.large)", "2048");
    check("can(local.sizes.huge)", "false");
    check("local.a", "? local.a needs itself");
    check("local.c", "? the variable has no default");
    check("var.services[\"web\"].cpu", "256");
    check("var.services.api.ports[0]", "80");
    check(
        "[for name, it in var.services : \"${name}=${it.memory}\"]",
        "[\"api=2048\",\"web=512\"]",
    );
    check(
        "{ for name, it in var.services : upper(name) => it.cpu if it.memory > 600 }",
        "{\"API\":1024}",
    );
    check(
        "{ for it in [\"aa\", \"ab\", \"b\"] : substr(it, 0, 1) => it... }",
        "{\"a\":[\"aa\",\"ab\"],\"b\":[\"b\"]}",
    );
    check("[for it in var.services : it.cpu][1]", "256");
    check("values(var.services)[*].memory", "[2048,512]");
}

#[test]
fn references_lead_to_resources_and_to_what_they_say() {
    let check = |expression: &str, expected: &str| {
        assert_eq!(worked_out(expression, BEFORE), expected, "{expression}");
    };
    check("aws_ecs_cluster.main.name", "-> aws_ecs_cluster.main name");
    check("\"c-${aws_ecs_cluster.main.name}\"", "\"c-prod-shop\"");
    check("\"c-${aws_ecs_cluster.main.arn}\"", "? it is known only when the resource exists");
    check("length(aws_subnet.it[*].id)", "3");
    check("aws_subnet.it[1].id", "-> aws_subnet.it[1] id");
    check("aws_subnet.it[7].id", "? there is no aws_subnet.it of 7");
    check("\"in ${aws_subnet.it[1].availability_zone}\"", "\"in eu-west-1b\"");
    check("[for it in aws_sns_topic.by : it.name][0]", "-> aws_sns_topic.by[\"p\"] name");
    check("data.aws_vpc.it.id", "? the data source is not among the files");
    check("aws_iam_role.it.arn", "? the resource is not among the files");
    check("terraform.workspace", "? it is known only when Terraform runs");
    check("nothing", "? nothing is called nothing here");
    check("timestamp()", "? eniac does not work this function out");
}

#[test]
fn functions_are_worked_out() {
    let check = |expression: &str, expected: &str| {
        assert_eq!(worked_out(expression, ""), expected, "{expression}");
    };
    check("jsondecode(\"{\\\"a\\\": [1, null]}\").a[0]", "1");
    check("\"${jsonencode({ b = 1, a = true })}x\"", "\"{\\\"a\\\":true,\\\"b\\\":1}x\"");
    check("join(\"-\", [\"a\", 1, true])", "\"a-1-true\"");
    check("split(\",\", \"a,b\")", "[\"a\",\"b\"]");
    check("format(\"%s-%03d-%v%%\", \"a\", 7, true)", "\"a-007-true%\"");
    check("format(\"%x\", 7)", "? format: %x is not worked out");
    check("replace(\"a.b\", \".\", \"-\")", "\"a-b\"");
    check("upper(trimspace(\" a \"))", "\"A\"");
    check("concat([1], [2, 3])", "[1,2,3]");
    check("flatten([[1, [2]], 3])", "[1,2,3]");
    check("merge({ a = 1 }, { a = 2, b = 3 })", "{\"a\":2,\"b\":3}");
    check("lookup({ a = 1 }, \"b\", 9)", "9");
    check("max([1, 5, 3]...)", "5");
    check("min(4, 2)", "2");
    check("ceil(1.2) + floor(1.8)", "3");
    check("toset([\"b\", \"a\", \"b\"])", "[\"a\",\"b\"]");
    check("keys({ b = 1, a = 2 })", "[\"a\",\"b\"]");
    check("coalesce(null, \"\", \"x\")", "\"x\"");
    check("contains([\"a\"], \"a\")", "true");
    check("element([\"a\", \"b\"], 3)", "\"b\"");
    check("range(2, 5)", "[2,3,4]");
    check("length(\"aé\")", "2");
    check("slice([1, 2, 3], 0, 2)", "[1,2]");
    check("zipmap([\"a\"], [1])", "{\"a\":1}");
    check("one([])", "null");
    check("base64decode(\"YQ==\")", "\"a\"");
    check("tonumber(\"12\") * 2", "24");
    check("distinct([1, 1, 2])", "[1,2]");
    check("length(5)", "? length: it needs a list, a map or a text");
    check("file(\"x.json\")", "? the file is not among those given");
}
