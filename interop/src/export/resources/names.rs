//! Names as AWS takes them, by the kind of resource. What it does not take becomes `-`.

use crate::resource::UNNAMED;
use crate::taken::Taken;

/// What a provider's name may not begin with.
/// Source: ECS API, `CreateCapacityProvider`, `name`.
const RESERVED: [&str; 3] = ["aws", "ecs", "fargate"];

/// Names have 255 characters; some are left for a number.
const MOST: usize = 248;

/// Target groups have 32 characters; some are left for a number.
const TARGET_GROUP: usize = 26;

/// Launch templates have 3 to 128 characters; some are left for a number.
const TEMPLATE: usize = 120;

/// A cluster, a service, a family, a container: letters, digits, `-` and `_`.
/// Source: ECS API, `CreateService`, `serviceName`, and its like.
pub(super) fn named(name: &str) -> String {
    let is_taken = |letter: char| letter.is_ascii_alphanumeric() || "_-".contains(letter);
    if !name.is_empty() && name.len() <= MOST && name.chars().all(is_taken) {
        return name.to_owned();
    }
    let keep = |letter: char| if is_taken(letter) { letter } else { '-' };
    let name: String = name.chars().take(MOST).map(keep).collect();
    let name = name.trim_matches('-');
    if name.is_empty() { UNNAMED.to_owned() } else { name.to_owned() }
}

/// A capacity provider, whose name is also that of its Auto Scaling group.
pub(super) fn of_provider(name: &str) -> String {
    let name = named(name);
    let lower = name.to_ascii_lowercase();
    let is_reserved = RESERVED.iter().any(|word| lower.starts_with(word));
    if is_reserved { named(&format!("capacity-{name}")) } else { name }
}

/// The launch template of a provider.
/// Source: EC2 API, `CreateLaunchTemplate`, `LaunchTemplateName`.
pub(super) fn of_template(provider: &str) -> String {
    let name: String = provider.chars().take(TEMPLATE).collect();
    if name.len() < 3 { format!("{name}-template") } else { name }
}

/// A target group of a service: letters, digits and `-`, which neither begins nor ends it.
/// Source: Elastic Load Balancing API, `CreateTargetGroup`, `Name`.
pub(super) fn of_target_group(service: &str) -> String {
    let name: String = service.replace('_', "-").chars().take(TARGET_GROUP).collect();
    let name = name.trim_matches('-');
    if name.is_empty() { UNNAMED.to_owned() } else { name.to_owned() }
}

/// No two alike.
pub(super) fn unique(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut taken = Taken::default();
    names.map(|name| taken.name(&name, "-")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_what_aws_takes() {
        let long = "n".repeat(300);
        let check = |make: fn(&str) -> String, name: &str, expected: &str| {
            assert_eq!(make(name), expected, "{name}");
        };
        check(named, "web front", "web-front");
        check(named, "-web_2", "-web_2");
        check(named, "é!", UNNAMED);
        check(named, &long, &long[..248]);
        check(of_provider, "on demand", "on-demand");
        check(of_provider, "ECS", "capacity-ECS");
        check(of_provider, "fargate_2", "capacity-fargate_2");
        check(of_provider, &format!("aws{long}"), &format!("capacity-aws{}", &long[..236]));
        check(of_template, "a", "a-template");
        check(of_template, "spot", "spot");
        check(of_template, &long, &long[..120]);
        check(of_target_group, "_web_front_", "web-front");
        check(of_target_group, "__", UNNAMED);
        check(of_target_group, &format!("{}_", &long[..25]), &long[..25]);
    }
}
