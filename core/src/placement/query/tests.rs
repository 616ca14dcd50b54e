//! Expressions of the Developer Guide and others: what they answer, how they print, what is
//! refused and why.

use super::*;

fn attributes() -> BTreeMap<String, String> {
    [
        ("ecs.instance-type", "g2.2xlarge"),
        ("ecs.availability-zone", "us-east-1a"),
        ("ecs.os-type", "linux"),
        ("stack", "production"),
        ("cores", "8"),
        ("empty", ""),
        ("text", "it's so (or not)"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .into()
}

fn with_facts<T>(ask: impl Fn(&InstanceFacts<'_>) -> T) -> T {
    ask(&InstanceFacts {
        attributes: &attributes(),
        agent_connected: true,
        agent_version: "1.20.0",
        ec2_instance_id: "i-abcd1234",
        registered_at: "2018-06-18T22:28:28Z",
        running_tasks_count: 1,
        task_groups: &["service:production".to_owned(), "batch".to_owned()].into(),
    })
}

/// The answer of the expression and of its negation; its print reads as the same.
#[track_caller]
fn check(text: &str, expected: bool) {
    let read = Expression::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    assert_eq!(with_facts(|facts| read.matches(facts)), expected, "{text}");
    let printed = read.to_string();
    assert_eq!(Expression::parse(&printed).as_ref(), Ok(&read), "{text} prints as {printed}");
    let negated = Expression::parse(&format!("not({text})")).expect("an expression");
    assert_eq!(with_facts(|facts| negated.matches(facts)), !expected, "not({text})");
}

#[test]
fn expressions_of_the_guide_are_answered() {
    for (text, expected) in [
        ("attribute:ecs.instance-type == t2.small", false),
        ("attribute:ecs.instance-type == g2.2xlarge", true),
        ("attribute:ecs.availability-zone in [us-east-1a, us-east-1b]", true),
        ("attribute:ecs.availability-zone !in [us-east-1a, us-east-1b]", false),
        ("task:group == service:production", true),
        ("not(task:group == database)", true),
        (
            "attribute:ecs.instance-type =~ g2.* and attribute:ecs.availability-zone != us-east-1d",
            true,
        ),
        (
            "attribute:ecs.instance-type =~ g2.* and attribute:ecs.availability-zone != us-east-1a",
            false,
        ),
        ("runningTasksCount == 1", true),
        ("ec2InstanceId in ['i-abcd1234', 'i-wxyx7890']", true),
        ("ec2InstanceId !in ['i-abcd1234', 'i-wxyx7890']", false),
        ("agentConnected == true", true),
        ("agentVersion >= 1.20.0", true),
        ("agentVersion < 1.9", false),
        ("registeredAt > 2018-02-14T12:00:00Z", true),
        ("registeredAt >= 2018-06-19T00:28:28+02:00", true),
        ("registeredAt <= 2018-06-18", false),
        ("attribute:stack exists", true),
        ("attribute:stack !exists", false),
        ("attribute:stack not_exists", false),
    ] {
        check(text, expected);
    }
}

#[test]
fn every_operator_is_known_in_both_forms() {
    for (symbol, word, argument, expected, if_missing) in [
        ("==", "equals", "8", true, false),
        ("!=", "not_equals", "8", false, true),
        (">", "greater_than", "8", false, false),
        (">=", "greater_than_equal", "08.0", true, false),
        ("<", "less_than", "10", true, false),
        ("<=", "less_than_equal", "7.9", false, false),
        ("exists", "exists", "", true, false),
        ("!exists", "not_exists", "", false, true),
        ("in", "in", "[7,8]", true, false),
        ("!in", "not_in", "[7,8]", false, true),
        ("=~", "matches", "[0-9]", true, false),
        ("!~", "not_matches", "[0-9]", false, true),
    ] {
        for operator in [symbol, word] {
            check(&format!("attribute:cores {operator} {argument}"), expected);
            check(&format!("attribute:missing {operator} {argument}"), if_missing);
        }
    }
}

#[test]
fn values_are_read_as_they_stand() {
    for (text, expected) in [
        ("attribute:stack==production", true),
        ("  attribute:stack\t== 'production'\n", true),
        ("attribute:stack == \"production\"", true),
        ("attribute:stack == Production", false),
        ("attribute:Stack == production", false),
        ("attribute:empty == ''", true),
        ("attribute:empty exists", true),
        ("attribute:missing == ''", false),
        ("attribute:text == \"it's so (or not)\"", true),
        ("attribute:text =~ \".*\\(or.*\"", true),
        ("attribute:text =~ it.s.*", true),
        ("attribute:stack =~ prod", false),
        ("attribute:stack =~ test.*|prod.*", true),
        ("attribute:stack =~ [pq]rod[^,]{6}", true),
        ("attribute:stack =~ '(prod|test).*'", true),
        ("attribute:stack != and and attribute:stack != or", true),
        ("attribute:stack in [in,'and', \"exists\"]", false),
        // Text against text, and text against a number.
        ("attribute:stack > printer", true),
        ("attribute:cores > eight", false),
        ("attribute:cores >= 10", false),
        ("agentVersion == 1.20", true),
        ("agentConnected in [false]", false),
        ("agentConnected =~ t.*", true),
        ("ec2InstanceId =~ i-.*", true),
        ("runningTasksCount < 10", true),
        ("registeredAt != '2018-06-18T22:28:28'", false),
    ] {
        check(text, expected);
    }
}

#[test]
fn one_task_of_a_group_is_enough() {
    for (text, expected) in [
        ("task:group == batch", true),
        ("task:group != batch", false),
        ("task:group in [other, batch]", true),
        ("task:group !in [other]", true),
        ("task:group =~ service:.*", true),
        ("task:group !~ service:.*", false),
        ("task:group exists", true),
    ] {
        check(text, expected);
    }
}

#[test]
fn terms_are_joined() {
    let (yes, no) = ("attribute:stack exists", "attribute:stack !exists");
    for (text, expected) in [
        (format!("{yes} && {no}"), false),
        (format!("{yes} and {yes} and {no}"), false),
        (format!("{no} || {yes}"), true),
        (format!("{yes} or {yes} and {no}"), true),
        (format!("{no} and {yes} or {yes}"), true),
        (format!("({yes} or {yes}) and {no}"), false),
        (format!("!{no}"), true),
        (format!("not {no} and {yes}"), true),
        (format!("!{yes} or {yes}"), true),
        (format!("!({yes} or {yes})"), false),
        (format!("(({yes})and({no}))or(not(not({yes})))"), true),
    ] {
        check(&text, expected);
    }
}

#[test]
fn an_expression_prints_plainly() {
    for (text, printed) in [
        ("task:group==a", "task:group == a"),
        ("!task:group equals 'a b'", "not(task:group == 'a b')"),
        ("((task:group in[a,\"b\",'and']))", "task:group in [a, b, 'and']"),
        ("task:group not_matches 'a.*'", "task:group !~ a.*"),
        ("task:group =~ '(a)'", "task:group =~ '(a)'"),
        ("task:group == \"it's\"", "task:group == \"it's\""),
        (
            "task:group exists||task:group exists&&task:group !exists",
            "task:group exists or (task:group exists and task:group !exists)",
        ),
    ] {
        let read = Expression::parse(text).expect("an expression");
        assert_eq!(read.to_string(), printed);
    }
}

#[test]
fn long_and_deep_expressions_print_tightly() {
    let long = vec!["!task:group==a"; 125].join("&&");
    let deep = format!("{}!task:group==a{}", "!(".repeat(50), ")".repeat(50));
    let mixed =
        format!("{}task:group==a||task:group==b&&task:group==c{}", "!(".repeat(50), ")".repeat(50));
    for text in [long, deep, mixed] {
        let read = Expression::parse(&text).expect("an expression");
        assert_eq!(read.to_string(), text);
    }
}

#[test]
fn an_expression_knows_what_it_asks() {
    for (text, names, is_static) in [
        (
            "attribute:b exists or (attribute:a == 1 and not(attribute:b == 2))",
            &["a", "b"] as &[_],
            true,
        ),
        ("attribute:a exists and runningTasksCount == 0", &["a"], false),
        ("task:group == a", &[], false),
        ("ec2InstanceId == i-1", &[], false),
    ] {
        let read = Expression::parse(text).expect("an expression");
        assert!(read.attribute_names().iter().eq(names), "{text}");
        assert_eq!(read.is_static(), is_static, "{text}");
    }
}

/// `(text, where, parts of the sentence)`.
#[test]
fn what_cannot_be_read_is_refused_with_its_reason() {
    let long = format!("task:group == {}", "a".repeat(3000));
    let deep = format!("{}task:group == a", "(".repeat(1000));
    let not = "!".repeat(2000);
    let name = format!("attribute:{} exists", "a".repeat(129));
    for (text, at, says) in [
        ("", 0, &["At the start: the expression ends here, but a subject such as"] as &[&str]),
        ("  ", 2, &["After 2 characters: the expression ends here"]),
        (&long, 2000, &["3014 characters", "at most 2000"]),
        (&deep, 50, &["within 50 others"]),
        (&not, 1, &["After 1 character: `!"]),
        (&name, 10, &["`aaaa", "…`", "1 to 128"]),
        ("taskgroup == a", 0, &["`taskgroup` stands here", "did you mean task:group?"]),
        ("runningTaskCount == 1", 0, &["did you mean runningTasksCount?"]),
        ("attributes:stack exists", 0, &["did you mean attribute:stack?"]),
        ("ecs.instance-type == a", 0, &["did you mean attribute:ecs.instance-type?"]),
        ("instance-type == a", 0, &["did you mean attribute:ecs.instance-type?"]),
        ("attribute: == a", 10, &["a name of 1 to 128"]),
        ("attribute:ecs:ami-id == a", 13, &["`:` stands here"]),
        ("attribute:stack", 15, &["ends here, but an operator such as"]),
        ("attribute:stack = a", 16, &["`=` stands here", "did you mean ==?"]),
        ("attribute:stack => a", 16, &["did you mean >=?"]),
        ("attribute:stack ! in [a]", 16, &["`!` stands here"]),
        ("attribute:stack !exist", 16, &["`!exist` stands here", "did you mean !exists?"]),
        ("attribute:stack equal a", 16, &["did you mean equals?"]),
        ("attribute:stack (a)", 16, &["`(` stands here, but an operator"]),
        ("attribute:stack ==", 18, &["ends here, but a value is needed."]),
        ("attribute:stack == [a]", 19, &["`[` stands here", "`in` or `!in`"]),
        ("attribute:stack == (a)", 19, &["`(` stands here", "in quotes."]),
        ("attribute:stack == a(b)", 20, &["`(` stands here", "in quotes."]),
        ("attribute:stack == 'a", 19, &["a second ' is needed"]),
        ("attribute:stack == a, b", 20, &["`,` stands here", "a list stands in brackets"]),
        ("attribute:stack in a", 19, &["`a` stands here, but a list such as"]),
        ("attribute:stack in []", 20, &["`]` stands here, but a value"]),
        ("attribute:stack in [a,]", 22, &["`]` stands here, but a value"]),
        ("attribute:stack in [a b]", 22, &["`b` stands here, but `,` or `]`"]),
        ("attribute:stack in [a", 21, &["ends here, but `,` or `]`"]),
        ("attribute:stack exists AND", 23, &["`AND` stands here", "did you mean and?"]),
        ("attribute:stack exists & a", 23, &["`&` stands here", "did you mean &&?"]),
        ("attribute:stack exists and", 26, &["ends here, but a subject"]),
        ("(attribute:stack exists", 23, &["`and`, `or` or `)` is needed."]),
        ("attribute:stack exists)", 22, &["`)` stands here, but `and`, `or` or the end"]),
        ("()", 1, &["`)` stands here, but a subject"]),
        ("not not attribute:stack exists", 4, &["`not` stands here, but a subject"]),
        ("agentConnected == yes", 18, &["`yes` stands here, but `true` or `false` is needed."]),
        ("agentConnected > true", 15, &["agentConnected takes only ==, !=, in, !in, =~, !~."]),
        ("agentVersion >= latest", 16, &["a version such as 1.20.0"]),
        ("agentVersion in [1.20.0]", 13, &["`in` stands here, but agentVersion takes only"]),
        ("registeredAt < yesterday", 15, &["a date such as 2018-06-18"]),
        ("runningTasksCount < few", 20, &["a whole number"]),
        ("runningTasksCount exists", 18, &["takes only"]),
        ("attribute:stack =~", 18, &["a pattern such as `g2.*`"]),
        ("attribute:stack =~ (a|b)", 19, &["`(` stands here", "in quotes"]),
        ("attribute:stack =~ '(?=a)'", 19, &["`(?=a)` cannot be evaluated: it looks ahead"]),
        ("attribute:stack =~ *.large", 19, &["nothing to repeat"]),
        ("attribute:stack == \u{1}\u{1} 7", 22, &["`7` stands here"]),
    ] {
        let error = Expression::parse(text).expect_err(text);
        let sentence = error.to_string();
        assert_eq!(error.at, at, "{text}: {sentence}");
        for part in says {
            assert!(sentence.contains(part), "{text}: {sentence}");
        }
    }
}

#[test]
fn hints_tell_what_may_not_be_meant() {
    for (text, hints) in [
        ("attribute:ecs.instance-type =~ g2.*", &[] as &[&str]),
        ("attribute:stack exists", &[]),
        ("attribute:ecs.capability.task-eni exists", &[]),
        ("attribute:instance-type exists", &["instance-type: did you mean ecs.instance-type?"]),
        (
            "task:group =~ service",
            &["`service` is matched with the whole value", "`.*service.*`"][..1],
        ),
        ("task:group =~ ^service", &["write `service.*`"]),
        ("task:group =~ '^service$'", &[]),
        ("task:group == a or task:group == b and task:group == c", &["bind tighter"]),
        ("task:group == a or (task:group == b and task:group == c)", &[]),
        ("attribute:os-typ exists or attribute:os-typ exists", &["did you mean ecs.os-type?"]),
    ] {
        let told = Expression::parse(text).expect("an expression").hints();
        assert_eq!(told.len(), hints.len(), "{text}: {told:?}");
        for (told, part) in told.iter().zip(hints) {
            assert!(told.contains(part), "{text}: {told}");
        }
    }
}

#[test]
fn names_near_to_built_in_ones_are_noticed() {
    for (name, meant) in [
        ("instance-type", Some("ecs.instance-type")),
        ("ecs.instanceType", Some("ecs.instance-type")),
        ("ECS.ami-id", Some("ecs.ami-id")),
        ("availability_zone", Some("ecs.availability-zone")),
        ("ecs.availabilty-zone", Some("ecs.availability-zone")),
        ("subnet", Some("ecs.subnet-id")),
        ("os-type", Some("ecs.os-type")),
        ("ecs.instance-type", None),
        ("ecs.capability.ecr-auth", None),
        ("com.amazonaws.ecs.capability.docker-remote-api.1.19", None),
        ("stack", None),
        ("type", None),
        ("zone", None),
        ("team", None),
        ("ecs.", None),
        ("", None),
        ("ähm", None),
    ] {
        let expected = meant.map(|meant| format!("did you mean {meant}?"));
        assert_eq!(unknown_attribute_hint(name), expected, "{name}");
    }
}
