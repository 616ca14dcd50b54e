//! Groups and providers: versions of launch templates, volumes, trunks, and the two kinds of capacity.

use super::{assembled, check};
use crate::ImportSettings;
use serde_json::{Value as Json, json};

const GROUP: &str = "capacity.autoScalingGroup";

/// A group with this launch template specification, and these templates.
fn group(specification: &str, templates: &str) -> String {
    format!(
        r#"[["CapacityProvider", "cp", {{ "name": "cp", "autoScalingGroupProvider": {{
              "autoScalingGroupArn": {{ "$ref": "asg" }} }} }}],
            ["AutoScalingGroup", "asg", {{ "minSize": 0, "maxSize": 9, {specification} }}],
            {templates}]"#
    )
}

#[test]
fn the_version_that_a_group_names_is_taken() {
    let versions = r#"
        ["LaunchTemplate", "lt 1", { "launchTemplateId": "lt", "versionNumber": 1, "defaultVersion": false,
          "launchTemplateData": { "instanceType": "m5.large" } }],
        ["LaunchTemplate", "lt 2", { "launchTemplateId": "lt", "versionNumber": 2, "defaultVersion": true,
          "launchTemplateData": { "instanceType": "m6i.large" } }],
        ["LaunchTemplate", "lt 3", { "launchTemplateId": "lt", "versionNumber": 3, "defaultVersion": false,
          "launchTemplateData": { "instanceType": "m7g.large" } }]"#;
    let cases = [
        (
            r#", "version": "1""#,
            "m5.large",
            "lt 3: left out: no group of the scenario takes version 3",
        ),
        (
            r#", "version": 1"#,
            "m5.large",
            "lt 2: left out: no group of the scenario takes version 2",
        ),
        (r#", "version": "$Default""#, "m6i.large", "takes version 1 of the launch template"),
        ("", "m6i.large", "takes version 3 of the launch template"),
        (r#", "version": "$Latest""#, "m7g.large", "takes version 2 of the launch template"),
        (
            r#", "version": "9""#,
            "m7g.large",
            "version 9 of its launch template is not among the files: version 3 is taken",
        ),
    ];
    for (version, kind, part) in cases {
        let specification = format!(r#""launchTemplate": {{ "launchTemplateId": "lt"{version} }}"#);
        check(
            &group(&specification, versions),
            &[(&format!("{GROUP}.instanceTypes"), json!([kind]))],
            &[part],
        );
    }
    let only = |said: &str| {
        format!(
            r#"["LaunchTemplate", "lt", {{ {said} "launchTemplateData": {{ "instanceType": "m5.large" }} }}]"#
        )
    };
    let cases = [
        (
            r#""launchTemplate": { "launchTemplateId": "lt", "version": "$Default" }"#,
            r#""versionNumber": 4, "defaultVersion": false,"#,
            Some(
                "the default version of its launch template is not among the files: version 4 is taken",
            ),
        ),
        (
            r#""launchTemplate": { "launchTemplateId": { "$ref": "lt" }, "version": "2" }"#,
            "",
            Some(
                "version 2 of its launch template is asked for, and the files have the template without",
            ),
        ),
        (
            r#""launchTemplate": { "launchTemplateId": { "$ref": "lt" }, "version": { "$ref": "lt" } }"#,
            "",
            None,
        ),
        // A Terraform state: the number of the default version, and the data of the latest.
        (
            r#""launchTemplate": { "launchTemplateId": { "$ref": "lt" } }"#,
            r#""defaultVersion": 1, "latestVersion": 3,"#,
            Some("version 3 is taken"),
        ),
        (
            r#""launchTemplate": { "launchTemplateId": { "$ref": "lt" }, "version": "3" }"#,
            r#""defaultVersion": 1, "latestVersion": 3,"#,
            None,
        ),
    ];
    for (specification, said, part) in cases {
        let said = said.replacen("\"version", "\"launchTemplateId\": \"lt\", \"version", 1);
        let text = group(specification, &only(&said));
        let types = format!("{GROUP}.instanceTypes");
        check(&text, &[(&types, json!(["m5.large"]))], part.as_slice());
        let (_, notes) = assembled(&text, &ImportSettings::default());
        let is_told = notes.iter().any(|line| line.contains("of its launch template"));
        assert_eq!(is_told, part.is_some(), "{notes:#?}");
    }
}

#[test]
fn two_groups_take_two_versions_and_a_shared_one_is_told_once() {
    let text = |second: u8| {
        format!(
            r#"[["CapacityProvider", "a", {{ "name": "a", "autoScalingGroupProvider": {{ "autoScalingGroupArn": {{ "$ref": "g1" }} }} }}],
            ["CapacityProvider", "b", {{ "name": "b", "autoScalingGroupProvider": {{ "autoScalingGroupArn": {{ "$ref": "g2" }} }} }}],
            ["AutoScalingGroup", "g1", {{ "launchTemplate": {{ "launchTemplateId": "lt", "version": "1" }} }}],
            ["AutoScalingGroup", "g2", {{ "launchTemplate": {{ "launchTemplateId": "lt", "version": "{second}" }} }}],
            ["LaunchTemplate", "v1", {{ "launchTemplateId": "lt", "versionNumber": 1, "launchTemplateData": {{ "instanceType": "m5.large", "keyName": "k" }} }}],
            ["LaunchTemplate", "v2", {{ "launchTemplateId": "lt", "versionNumber": 2, "launchTemplateData": {{ "instanceType": "m7g.large", "keyName": "k" }} }}]]"#
        )
    };
    check(
        &text(2),
        &[
            (&format!("{GROUP}.instanceTypes"), json!(["m5.large"])),
            ("capacityProviders[1].autoScalingGroup.instanceTypes", json!(["m7g.large"])),
        ],
        &[],
    );
    let (_, notes) = assembled(&text(1), &ImportSettings::default());
    let of_key = notes.iter().filter(|line| line.contains("v1") && line.contains("keyName"));
    assert_eq!(of_key.count(), 1, "{notes:#?}");
}

#[test]
fn volumes_are_priced_together() {
    let size = format!("{GROUP}.storageConfiguration.storageSizeGiB");
    let cases = [
        (r#"[{ "deviceName": "/dev/xvda", "ebs": { "volumeSize": 50 } }]"#, json!(50), ""),
        (
            r#"[{ "deviceName": "/dev/xvda", "ebs": { "volumeSize": 30 } },
                { "deviceName": "/dev/xvdb", "ebs": { "volumeSize": 300 } },
                { "deviceName": "/dev/xvdc", "virtualName": "ephemeral0" },
                { "deviceName": "/dev/xvdd", "noDevice": "" , "ebs": { "volumeSize": 9 } }]"#,
            json!(330),
            "its volumes of 30 + 300 GiB are priced together as one of 330 GiB",
        ),
        (
            r#"[{ "deviceName": "/dev/xvdcz", "ebs": { "volumeSize": 500 } },
                { "deviceName": "/dev/xvda", "ebs": { "volumeSize": 8 } }]"#,
            json!(508),
            "one of 508 GiB",
        ),
        (
            r#"[{ "deviceName": "/dev/xvdb", "ebs": { "volumeSize": 300 } }]"#,
            json!(300),
            "the root volume of the image is not among the block device mappings",
        ),
        (
            r#"[{ "deviceName": "/dev/xvda", "ebs": { "volumeSize": 30 } }, { "deviceName": "/dev/xvdb", "ebs": { "snapshotId": "snap-1" } }]"#,
            json!(30),
            "/dev/xvdb: its size is that of its image or snapshot",
        ),
        (
            r#"[{ "ebs": { "volumeSize": { "$unknown": "var.gib" } } }]"#,
            Json::Null,
            "the size of the volume is not known: one of 30 GiB is priced",
        ),
        (
            r#"[{ "ebs": { "volumeSize": { "$unknown": "var.gib" } } }, { "ebs": { "volumeSize": 20 } }]"#,
            json!(20),
            "of its volumes only 20 GiB are known and priced",
        ),
        (
            r#"[{ "deviceName": "/dev/xvda", "ebs": { "encrypted": true } }]"#,
            Json::Null,
            "no size of a volume is said: one of 30 GiB is priced",
        ),
        (
            r#"[{ "ebs": { "volumeSize": 30, "volumeType": "io2", "iops": 2000 } }]"#,
            json!(30),
            "volumeType io2 is left out: AWS has prices of its own for it",
        ),
        (
            r#"[{ "ebs": { "volumeSize": 30, "volumeType": "io2", "iops": 2000 } }]"#,
            json!(30),
            "iops 2000 is left out",
        ),
        (
            r#"[{ "ebs": { "volumeSize": 30, "volumeType": "gp3", "iops": 6000, "throughput": 125 } }]"#,
            json!(30),
            "iops 6000 is left out: AWS charges for IOPS beyond 3,000",
        ),
        (
            r#"[{ "ebs": { "volumeSize": 30, "volumeType": "gp3", "iops": 3000, "throughput": 250 } }]"#,
            json!(30),
            "throughput 250 is left out: AWS charges for throughput beyond 125 MiB/s",
        ),
    ];
    for (devices, expected, part) in cases {
        let template = format!(
            r#"["LaunchTemplate", "lt", {{ "launchTemplateData": {{ "instanceType": "m5.large", "blockDeviceMappings": {devices} }} }}]"#
        );
        let text =
            group(r#""launchTemplate": { "launchTemplateId": { "$ref": "lt" } }"#, &template);
        check(&text, &[(&size, expected)], &[part]);
    }
    check(
        r#"[["CapacityProvider", "mi", { "name": "mi", "managedInstancesProvider": { "instanceLaunchTemplate": {} } }]]"#,
        &[],
        &["one of 80 GiB is priced for each instance"],
    );
}

#[test]
fn a_template_of_an_override_is_told() {
    let mixed = r#""mixedInstancesPolicy": { "launchTemplate": {
        "launchTemplateSpecification": { "launchTemplateId": { "$ref": "lt" } },
        "overrides": [{ "instanceType": "m5.large", "weightedCapacity": "2" },
          { "launchTemplateSpecification": { "launchTemplateId": { "$ref": "arm" } } }] } }"#;
    let templates = r#"["LaunchTemplate", "lt", { "launchTemplateData": { "blockDeviceMappings": [{ "ebs": { "volumeSize": 40 } }] } }],
        ["LaunchTemplate", "arm", { "launchTemplateData": { "instanceType": "m7g.large",
          "blockDeviceMappings": [{ "ebs": { "volumeSize": 100 } }, { "ebs": { "volumeSize": 11 } }] } }]"#;
    check(
        &group(mixed, templates),
        &[
            (&format!("{GROUP}.instanceTypes"), json!(["m5.large", "m7g.large"])),
            (&format!("{GROUP}.storageConfiguration.storageSizeGiB"), json!(40)),
        ],
        &[
            "those of arm and its volumes of 111 GiB are not in the scenario",
            "weightedCapacity is left out: with weights the sizes of the group count units",
        ],
    );
}

#[test]
fn trunks_are_on_where_the_account_or_an_instance_says_so() {
    let setting = |value: &str| {
        format!(r#"["Location", "s", {{ "name": "awsvpcTrunking", "value": "{value}" }}]"#)
    };
    let other = r#"["Location", "o", { "name": "containerInsights", "value": "enabled" }]"#;
    let instance = r#"["ContainerInstance", "i", { "instanceType": "m5.large",
        "registeredResources": [{ "name": "MEMORY", "type": "INTEGER", "integerValue": 7748 }],
        "attributes": [{ "name": "ecs.awsvpc-trunk-id", "value": "x" }] }]"#;
    let cases = [
        (setting("enabled"), json!(true), "s: awsvpcTrunking is on: enabled"),
        (setting("disabled"), Json::Null, "awsvpcTrunking is not on for this account"),
        (other.to_owned(), Json::Null, "the account settings containerInsights"),
        (instance.to_owned(), json!(true), "the attribute ecs.awsvpc-trunk-id"),
        (
            instance.to_owned(),
            json!(true),
            "the 7748 MiB of memory that its agent registered are left out",
        ),
    ];
    for (resource, expected, part) in cases {
        let text = group(r#""tags": []"#, &resource);
        check(&text, &[(&format!("{GROUP}.awsvpcTrunking"), expected)], &[part]);
    }
    let managed = r#"["CapacityProvider", "mi", { "name": "mi", "managedInstancesProvider": { "instanceLaunchTemplate": {} } }]"#;
    check(&format!("[{managed}, {}]", setting("enabled")), &[], &["awsvpcTrunking is left out"]);
}

#[test]
fn one_of_the_two_kinds_of_capacity_is_kept_with_its_services() {
    let service = |name: &str, on: &str| {
        format!(
            r#"["Service", "{name}", {{ "serviceName": "{name}", "desiredCount": 1, {on}
                "taskDefinition": {{ "$ref": "def" }} }}]"#
        )
    };
    let by = |provider: &str| {
        format!(
            r#""capacityProviderStrategy": [{{ "capacityProvider": "{provider}", "weight": 1 }}],"#
        )
    };
    let providers = r#"["TaskDefinition", "def", { "family": "def", "cpu": 256, "memory": 512 }],
        ["CapacityProvider", "mi", { "name": "mi", "managedInstancesProvider": { "instanceLaunchTemplate": {} } }],
        ["CapacityProvider", "asg", { "name": "asg", "autoScalingGroupProvider": {} }],
        ["Cluster", "c", { "clusterName": "c", "defaultCapacityProviderStrategy": [{ "capacityProvider": "asg", "weight": 1 }] }]"#;
    let text = |services: &[String]| {
        format!(
            r#"[{providers}, {}, ["ScalableTarget", "t", {{ "resourceId": "service/c/a", "minCapacity": 1, "maxCapacity": 2 }}],
            ["ContainerInstance", "i", {{ "instanceType": "m5.large", "capacityProviderName": "asg" }}]]"#,
            services.join(",\n")
        )
    };
    // As many on each: the first in the files.
    let said = [
        "asg: left out: a scenario has either Managed Instances or Auto Scaling groups, and Managed Instances, the first in the files, are kept; to plan this one and its services, import the files without mi",
        "a: left out: it runs on capacity that is left out, and the scenario has Managed Instances",
        "t: left out, as the service that it scales",
        "asg is left out of the strategy: the scenario does not have it",
        "i: left out: it belongs to the capacity provider asg",
    ];
    check(
        &text(&[service("a", ""), service("b", &by("mi"))]),
        &[
            ("capacityProviders", json!([{ "name": "mi" }])),
            ("capacityProviderStrategy", Json::Null),
            ("services[0].name", json!("b")),
            ("services[0].capacityProviderStrategy[0].capacityProvider", json!("mi")),
            ("services[1]", Json::Null),
            ("containerInstances", Json::Null),
        ],
        &said,
    );
    check(
        &text(&[
            service("a", r#""launchType": "EC2","#),
            service("b", &by("mi")),
            service("d", &by("asg")),
        ]),
        &[
            ("capacityProviders", json!([{ "name": "asg" }])),
            ("services[0].name", json!("a")),
            ("services[1].name", json!("d")),
            ("services[2]", Json::Null),
        ],
        &[
            "mi: left out: a scenario has either",
            "on which more services run",
            "b: left out: it runs on",
        ],
    );
    check(
        &format!("[{}]", service("a", &by("ghost"))),
        &[("services[0].capacityProviderStrategy", Json::Null)],
        &["Problem", "ghost is left out of the strategy: it is not among the files"],
    );
}

#[test]
fn nothing_names_a_provider_that_files_have_replaced() {
    let base = r#"{ "version": 1, "zones": 2, "capacity": { "managedInstances": {} },
        "capacityProviders": [{ "name": "old" }, { "name": "mi" }],
        "services": [{ "name": "web", "desiredCount": 1, "taskDefinition": { "cpu": 256, "memory": 512 },
          "capacityProviderStrategy": [{ "capacityProvider": "old", "weight": 1 }] }],
        "containerInstances": [{ "instanceType": "m5.large", "capacityProvider": "old" }] }"#;
    let providers = r#"{ "capacityProviders": [{ "name": "mi", "managedInstancesProvider": {
        "infrastructureRoleArn": "r", "instanceLaunchTemplate": {} } }] }"#;
    let file = |name, text: &'static str| crate::InputFile { name, bytes: text.as_bytes() };
    let files = [file("base.json", base), file("providers.json", providers)];
    let made = crate::import(&files, &ImportSettings::default());
    assert_eq!(made.scenario["capacityProviders"], json!([{ "name": "mi" }]));
    assert_eq!(made.scenario["services"][0].get("capacityProviderStrategy"), None);
    assert_eq!(made.scenario["containerInstances"][0].get("capacityProvider"), None);
    let told = made.notes.iter().filter(|it| it.message.contains("the files have replaced"));
    assert_eq!(told.count(), 2, "{:#?}", made.notes);
}
