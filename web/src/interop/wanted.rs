//! Which files of a folder may say something of capacity: the others are passed over unread. Pure.

/// So many files of folders at once, as many as the readers take.
pub const MOST_OF_FOLDERS: usize = eniac_interop::MAX_FILES;

/// Whether a folder of that name is looked into.
pub fn is_looked_into(name: &str) -> bool {
    !name.starts_with('.') && name != "node_modules"
}

/// Whether the file at `path`, from the folder that was given, is read.
pub fn is_wanted(path: &str) -> bool {
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    // The folder that was given is wanted, whatever it is called.
    let within = folders.split('/').skip(1);
    within.into_iter().all(is_looked_into)
        && !name.starts_with('.')
        && eniac_interop::may_be_read(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_says_nothing_of_capacity_is_passed_over() {
        for (path, expected) in [
            ("infra/main.tf", true),
            ("infra/modules/service/variables.TF", true),
            (".stacks/main.tf", true),
            ("infra/prod.tfvars", true),
            ("infra/terraform.tfvars.json", true),
            ("infra/user-data.sh", true),
            ("infra/.terraform/modules/x/main.tf", false),
            ("infra/node_modules/x/package.json", false),
            ("infra/.terraform.lock.hcl", false),
            ("infra/.hidden.json", false),
            ("infra/README.md", false),
            ("infra/terraform.tfstate.backup", false),
            ("main.tf", true),
        ] {
            assert_eq!(is_wanted(path), expected, "{path}");
        }
    }
}
