//! Templates as people have them, as a scenario.

use crate::{ImportSettings, InputFile, import};
use serde_json::{Value as Json, json};

/// A template as a scenario: the paths have the values, and each part is in something that was said.
fn check(text: &str, answers: &[(&str, &str)], values: &[(&str, Json)], parts: &[&str]) {
    let file = InputFile { name: "template", bytes: text.as_bytes() };
    let answers = answers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    let settings = ImportSettings { answers: answers.collect(), ..ImportSettings::default() };
    let made = import(&[file], &settings);
    for (path, value) in values {
        let got = eniac_core::scenario::document::get(&made.scenario, path);
        assert_eq!(got.unwrap_or(&Json::Null), value, "{path} in {made:#?}");
    }
    let asked = made.questions.iter().map(|it| format!("Asked {}: {}", it.expression, it.because));
    let said: Vec<String> = made.notes.iter().map(|it| it.message.clone()).chain(asked).collect();
    for part in parts {
        assert!(said.iter().any(|said| said.contains(part)), "{part} in {said:#?}");
    }
}

const SHOP: &str = "\
# The shop.
AWSTemplateFormatVersion: '2010-09-09'
Parameters:
  Stage: { Type: String, Default: prod }
  Count: { Type: Number }
  AvailabilityZones: { Type: CommaDelimitedList, Default: 'eu-west-1a, eu-west-1b' }
  Image:
    Type: AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>
    Default: /aws/service/ecs/optimized-ami/amazon-linux-2/recommended/image_id
Mappings:
  Sizes:
    prod: { Cpu: 1024 }
    dev: { Cpu: 256 }
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  Other: !Not [!Condition IsProd]
Resources:
  Cluster: { Type: 'AWS::ECS::Cluster', Properties: { ClusterName: shop } }
  Web:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: !Sub '${Stage}-web'
      Cpu: !FindInMap [Sizes, !Ref Stage, Cpu]
      Memory: !If [IsProd, '2048', '512']
      NetworkMode: awsvpc
      ContainerDefinitions:
        - Name: app
          Image: !Sub '${AWS::AccountId}.dkr.ecr/web'
          PortMappings: [{ ContainerPort: 80 }]
  Service:
    Type: AWS::ECS::Service
    Properties:
      ServiceName: web
      Cluster: !Ref Cluster
      TaskDefinition: !Ref Web
      DesiredCount: !Ref Count
      PlacementStrategies: [{ Type: binpack, Field: memory }]
  Never:
    Type: AWS::ECS::Service
    Condition: Other
    Properties: { TaskDefinition: !Ref Web }
  Target:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties:
      ServiceNamespace: ecs
      ScalableDimension: ecs:service:DesiredCount
      ResourceId: !Join ['/', [service, !Ref Cluster, !GetAtt Service.Name]]
      MinCapacity: 2
      MaxCapacity: 9
  Policy:
    Type: AWS::ApplicationAutoScaling::ScalingPolicy
    Properties:
      PolicyName: cpu
      PolicyType: TargetTrackingScaling
      ScalingTargetId: !Ref Target
      TargetTrackingScalingPolicyConfiguration:
        TargetValue: 60
        PredefinedMetricSpecification: { PredefinedMetricType: ECSServiceAverageCPUUtilization }
  Provider:
    Type: AWS::ECS::CapacityProvider
    Properties:
      AutoScalingGroupProvider:
        AutoScalingGroupArn: !Ref Group
        ManagedScaling: { Status: ENABLED, TargetCapacity: 100 }
  Group:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: '1'
      MaxSize: '8'
      VPCZoneIdentifier: [subnet-1, subnet-2]
      LaunchConfigurationName: !Ref Launch
  Launch:
    Type: AWS::AutoScaling::LaunchConfiguration
    Properties:
      ImageId: !Ref Image
      InstanceType: m6i.large
      UserData:
        Fn::Base64: !Sub |
          #!/bin/bash
          echo ECS_CLUSTER=${Cluster} >> /etc/ecs/ecs.config
          echo ECS_RESERVED_MEMORY=128 >> /etc/ecs/ecs.config
  Bucket: { Type: 'AWS::S3::Bucket' }
";

#[test]
fn a_template_is_worked_out() {
    for text in [SHOP.to_owned(), SHOP.replace('\n', "\r\n"), format!("\u{feff}{SHOP}")] {
        check(
            &text,
            &[("Count", "6")],
            &[
                ("name", json!("shop")),
                ("region", json!("eu-west-1")),
                ("zones", json!(2)),
                ("services[0].name", json!("web")),
                ("services[0].desiredCount", json!(6)),
                ("services[0].taskDefinition.cpu", json!(1024)),
                ("services[0].taskDefinition.memory", json!(2048)),
                (
                    "services[0].placementStrategy",
                    json!([{ "type": "binpack", "field": "memory" }]),
                ),
                ("services[0].autoScaling.maxCapacity", json!(9)),
                (
                    "services[0].autoScaling.scalingPolicies[0].targetTracking.targetValue",
                    json!(60),
                ),
                ("services[1]", Json::Null),
                ("capacity.autoScalingGroup.instanceTypes", json!(["m6i.large"])),
                ("capacity.autoScalingGroup.memoryModel", json!("al2")),
                ("capacity.autoScalingGroup.reservedMemory", json!(128)),
                ("capacity.autoScalingGroup.maxSize", json!(8)),
            ],
            &[
                "its condition Other does not hold",
                "1 resource without a say in capacity: AWS::S3::Bucket",
            ],
        );
    }
}

#[test]
fn what_is_not_decidable_is_asked_for() {
    check(
        SHOP,
        &[],
        &[("services[0].desiredCount", json!(2))],
        &["Asked Count: the parameter has no default"],
    );
    let text = SHOP.replace("Default: prod", "AllowedValues: [prod, dev]");
    check(
        &text,
        &[("Count", "3")],
        &[("services[0].taskDefinition.memory", Json::Null)],
        &["Asked IsProd: whether it holds depends on Stage", "Asked Other"],
    );
    check(
        &text,
        &[("Count", "3"), ("Stage", "dev")],
        &[
            ("services[0].taskDefinition.memory", json!(512)),
            ("services[0].taskDefinition.cpu", json!(256)),
            ("services[1].name", json!("Never")),
        ],
        &[],
    );
}

#[test]
fn what_cdk_synthesizes_is_read() {
    check(
        r#"{ "Resources": {
            "WebTaskDef5A9C1B2E": { "Type": "AWS::ECS::TaskDefinition", "Properties": { "Family": "ShopWebTaskDef",
              "Cpu": "512", "Memory": "1024", "NetworkMode": "awsvpc", "RequiresCompatibilities": ["EC2"],
              "ContainerDefinitions": [{ "Name": "web", "Essential": true, "Image": { "Fn::Sub": "x:${AWS::Region}" } }] },
              "Metadata": { "aws:cdk:path": "Shop/WebTaskDef/Resource" } },
            "WebService9C4E": { "Type": "AWS::ECS::Service", "Properties": { "Cluster": { "Fn::ImportValue": "Net:Cluster" },
              "TaskDefinition": { "Ref": "WebTaskDef5A9C1B2E" }, "DesiredCount": 4, "EnableECSManagedTags": false } },
            "CDKMetadata": { "Type": "AWS::CDK::Metadata", "Condition": "CDKMetadataAvailable" } },
          "Conditions": { "CDKMetadataAvailable": { "Fn::Or": [{ "Fn::Equals": [{ "Ref": "AWS::Region" }, "eu-west-1"] }] } },
          "Parameters": { "BootstrapVersion": { "Type": "AWS::SSM::Parameter::Value<String>", "Default": "/cdk-bootstrap/x/version" } } }"#,
        &[],
        &[
            ("services[0].name", json!("WebService9C4E")),
            ("services[0].desiredCount", json!(4)),
            ("services[0].taskDefinition.memory", json!(1024)),
        ],
        &["AWS::CDK::Metadata"],
    );
}

#[test]
fn circles_and_nonsense_end() {
    check(
        "Conditions:\n  A: !Condition B\n  B: !Condition A\nResources:\n  S:\n    Type: AWS::ECS::Service\n    Condition: A\n",
        &[],
        &[],
        &["Asked A"],
    );
    check("Resources: 7\n", &[], &[], &["a template without resources"]);
    check(
        "Resources:\n  A:\n    Type: AWS::ECS::Service\n    Properties:\n      ServiceName: !Sub '${B}${B}'\n  B:\n    Type: AWS::ECS::Service\n    Properties:\n      ServiceName: !Sub '${A}${A}'\n",
        &[],
        &[],
        &["it names no task definition"],
    );
}

#[test]
fn what_decides_capacity_and_has_no_place_is_told_so() {
    let text = "\
Resources:
  Provider:
    Type: AWS::ECS::CapacityProvider
    Properties: { Name: g, AutoScalingGroupProvider: { AutoScalingGroupArn: !Ref Group } }
  Group:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: '0'
      MaxSize: '4'
      LaunchTemplate: { LaunchTemplateId: !Ref Template, Version: !GetAtt Template.LatestVersionNumber }
  Template:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        InstanceType: m5.large
        CpuOptions: { CoreCount: 1, ThreadsPerCore: 1 }
        BlockDeviceMappings:
          - { DeviceName: /dev/xvda, Ebs: { VolumeSize: 30 } }
          - { DeviceName: /dev/xvdb, Ebs: { VolumeSize: 100 } }
  Night: { Type: 'AWS::AutoScaling::ScheduledAction', Properties: { AutoScalingGroupName: !Ref Group } }
  Logs: { Type: 'AWS::S3::Bucket' }
";
    check(
        text,
        &[],
        &[
            ("capacity.autoScalingGroup.instanceTypes", json!(["m5.large"])),
            ("capacity.autoScalingGroup.storageConfiguration.storageSizeGiB", json!(130)),
        ],
        &[
            "AWS::AutoScaling::ScheduledAction (1): a scenario has nothing for it: it changes the sizes",
            "1 resource without a say in capacity: AWS::S3::Bucket",
            "cpuOptions is left out: an instance may have fewer vCPUs",
        ],
    );
}
