//! The table of arguments: each name leads to the API's, and nothing stands in it twice.

use super::*;

#[test]
fn names_become_the_apis() {
    let check = |kind: &str, name: &str, expected: &str| {
        let kind = resource_type(kind).unwrap();
        let argument = kind.arguments.iter().find(|it| it.name == name).unwrap();
        assert_eq!(argument.path(), expected);
    };
    check("aws_ecs_service", "desired_count", "desiredCount");
    let percent = "deploymentConfiguration.maximumPercent";
    check("aws_ecs_service", "deployment_maximum_percent", percent);
    check("aws_launch_template", "image_id", "launchTemplateData.imageId");
    check("aws_ecs_cluster_capacity_providers", "cluster_name", "cluster");
}

/// No table has a name twice: the second would never be read.
fn unique(kind: &str, arguments: &[Argument]) {
    let mut names = std::collections::BTreeSet::new();
    for argument in arguments {
        assert!(names.insert(argument.name), "{kind}: {}", argument.name);
        if let Shape::Block(inner) | Shape::Blocks(inner) = argument.shape {
            unique(argument.name, inner);
        }
    }
}

#[test]
fn no_argument_stands_twice() {
    for kind in TYPES {
        unique(kind.name, kind.arguments);
    }
}
