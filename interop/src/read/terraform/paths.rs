//! Which other files and folders a configuration names: its local modules, and what `file()` and
//! `templatefile()` read. Found in the text, so that a shell can gather them before all is read.

use hcl_edit::expr::Expression;

/// What stands for the folder of the configuration itself.
const HERE: [&str; 3] = ["${path.module}/", "${path.root}/", "${path.cwd}/"];

/// The paths that a text of Terraform's language names, from the folder that it is in, `/` between
/// parts: `./modules/service`, `tasks/web.json`. Nothing of absolute ones, of those that are worked out,
/// and of modules from elsewhere.
pub fn named_paths(text: &str) -> Vec<String> {
    let mut paths = Vec::new();
    if let Ok(body) = hcl_edit::parser::parse_body(text) {
        let calls = body.blocks().filter(|block| block.ident.as_str() == "module");
        let sources = calls.filter_map(|call| match &call.body.get_attribute("source")?.value {
            Expression::String(source) => Some(source.as_str()),
            _ => None,
        });
        let is_local = |source: &&str| source.starts_with("./") || source.starts_with("../");
        paths.extend(sources.filter(is_local).map(str::to_owned));
    }
    // `file(`, `templatefile(`; and of those in base64.
    for call in ["file(", "filebase64("] {
        for after in text.split(call).skip(1) {
            let quoted = after.trim_start().strip_prefix('"').and_then(|it| it.split_once('"'));
            let Some((path, _)) = quoted else { continue };
            let path = HERE.iter().find_map(|here| path.strip_prefix(here)).unwrap_or(path);
            let is_plain = !path.contains("${") && !path.contains('\\') && !path.starts_with('/');
            if is_plain && !path.is_empty() {
                paths.push(path.to_owned());
            }
        }
    }
    paths.sort();
    paths.dedup();
    paths
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(named_paths(text), expected, "{text}");
    }

    #[test]
    fn local_modules_and_files_are_named() {
        check("module \"web\" {\n  source = \"./modules/web\"\n}", &["./modules/web"]);
        check("module \"web\" {\n  source = \"../web\"\n}", &["../web"]);
        check("module \"vpc\" {\n  source = \"terraform-aws-modules/vpc/aws\"\n}", &[]);
        check("a = file(\"${path.module}/web.json\")", &["web.json"]);
        check("a = templatefile( \"tasks/web.json.tpl\", {})", &["tasks/web.json.tpl"]);
        check("a = filebase64(\"user-data.sh\")\nb = file(\"user-data.sh\")", &["user-data.sh"]);
        check("a = file(\"/etc/passwd\")\nb = file(\"${var.x}.json\")\nc = file(var.y)", &[]);
    }
}
