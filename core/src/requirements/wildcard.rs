//! Patterns of instance types: `m5.8xlarge`, `c5*.*`, `m5a.*`, `r*`, `*3*`.

/// Whether the whole name matches, `*` standing for any run of characters, case not counting.
/// `c5*` matches c5a and c5n too; `m5a.*` matches m5a only.
pub fn matches(pattern: &str, name: &str) -> bool {
    let pattern = pattern.to_ascii_lowercase();
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = name.strip_prefix(first) else { return false };
    let Some(last) = parts.next_back() else { return rest.is_empty() };
    for part in parts {
        // The earliest match leaves most for the parts that follow.
        match rest.find(part) {
            Some(start) => rest = &rest[start + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn patterns_match_whole_names() {
        for (pattern, name, expected) in [
            ("m5.8xlarge", "m5.8xlarge", true),
            ("m5.8xlarge", "m5.8xlarg", false),
            ("m5.8xlarge", "m5.8xlarge2", false),
            ("c5*", "c5.large", true),
            ("c5*", "c5a.large", true),
            ("c5*.*", "c5n.large", true),
            ("m5a.*", "m5a.large", true),
            ("m5a.*", "m5ad.large", false),
            ("r*", "r8gd.metal-24xl", true),
            ("*3*", "t3.micro", true),
            ("*3*", "t4g.micro", false),
            ("*.large", "c5.large", true),
            ("*.large", "c5.xlarge", false),
            ("*large*large", "c5.large", false),
            ("T4G.*", "t4g.small", true),
            ("**", "t4g.small", true),
            ("", "t4g.small", false),
        ] {
            assert_eq!(matches(pattern, name), expected, "{pattern} {name}");
        }
    }
}
