//! "Did you mean": the known names nearest to an unknown one.

/// `did you mean cpu?`, or `None` when no known name is near. Case and separators do not count.
pub fn did_you_mean<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let wanted = folded(name);
    // A long text is no misspelling of a short name, and its distance is dear to compute.
    if wanted.is_empty() || wanted.len() > 64 {
        return None;
    }
    let mut near: Vec<(usize, &str)> = known
        .into_iter()
        .map(|known| (strsim::damerau_levenshtein(&wanted, &folded(known)), known))
        .filter(|(distance, _)| *distance <= wanted.len().div_ceil(3))
        .collect();
    near.sort_unstable();
    let names: Vec<&str> = near.into_iter().take(3).map(|(_, known)| known).collect();
    (!names.is_empty()).then(|| format!("did you mean {}?", names.join(", ")))
}

fn folded(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
