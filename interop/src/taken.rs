//! Names of which no two may be alike: who comes second gets a number. Found without trying all
//! numbers again, since a file may have thousands of one name.

use std::collections::{BTreeMap, BTreeSet};

/// The names that are given.
#[derive(Default)]
pub(crate) struct Taken {
    names: BTreeSet<String>,
    /// By the name that is wanted, the number that was given last.
    numbers: BTreeMap<String, usize>,
}

impl Taken {
    /// The name itself, or with the first number that makes it another: `web`, `web-2`, `web-3`.
    pub(crate) fn name(&mut self, wanted: &str, before_number: &str) -> String {
        let mut name = wanted.to_owned();
        while !self.names.insert(name.clone()) {
            let number = self.numbers.entry(wanted.to_owned()).or_insert(1);
            *number += 1;
            name = format!("{wanted}{before_number}{number}");
        }
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_are_alike() {
        let mut taken = Taken::default();
        let wanted = ["web", "web-2", "web", "api", "web", "web-2"];
        let given = wanted.map(|wanted| taken.name(wanted, "-"));
        assert_eq!(given, ["web", "web-2", "web-3", "api", "web-4", "web-2-2"]);
    }
}
