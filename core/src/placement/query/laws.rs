//! What every expression keeps: it prints as what it is, and no text brings the parser down.

use super::pattern::Pattern;
use super::tree::{Comparison, Node, Order, SUBJECTS, Subject, Test};
use super::*;
use proptest::prelude::*;

/// Values that a text can hold: not both kinds of quotes.
fn any_value() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => "[a-z0-9.:-]{1,8}",
        1 => prop_oneof![Just("and"), Just("or"), Just("not"), Just("in"), Just("exists"), Just("")]
            .prop_map(str::to_owned),
        1 => "[ -~]{0,8}".prop_map(|value| value.replace('"', "")),
        1 => ".{0,5}".prop_map(|value| value.replace('\'', "")),
    ]
}

fn any_pattern() -> impl Strategy<Value = Pattern> {
    prop_oneof![
        2 => "[a-z&|!=~,]{1,8}",
        1 => any_value(),
        1 => r"\^?(\([a-c]\||\[a-c]|\.\*|[a-z&|]|\\\.|x\{1,3\}){0,5}\)?\$?",
    ]
    .prop_filter_map("a pattern", |text| Pattern::read(&text).ok())
}

fn any_comparison() -> impl Strategy<Value = Comparison> {
    let order = prop_oneof![
        Just(Order::Greater),
        Just(Order::GreaterEqual),
        Just(Order::Less),
        Just(Order::LessEqual),
    ];
    let free = prop_oneof![
        3 => r"[A-Za-z0-9äß._/\\-]{1,12}".prop_map(Subject::Attribute),
        1 => prop_oneof![Just("in"), Just("exists"), Just("not")]
            .prop_map(|name: &str| Subject::Attribute(name.to_owned())),
        1 => Just(Subject::TaskGroup),
    ];
    let test = prop_oneof![
        Just(Test::Exists),
        any_value().prop_map(Test::Equal),
        (order.clone(), any_value()).prop_map(|(order, value)| Test::Order(order, value)),
        prop::collection::vec(any_value(), 1..4).prop_map(Test::In),
        any_pattern().prop_map(Test::Matches),
    ];
    let free = (free, any::<bool>(), test).prop_map(|(subject, negated, test)| Comparison {
        subject,
        negated: negated && !matches!(test, Test::Order(..)),
        test,
    });
    let fixed = (0..SUBJECTS.len() - 1, any::<bool>(), order, 0u32..2000).prop_map(
        |(index, negated, order, number)| {
            let subject = SUBJECTS[index].1.clone();
            let test = match subject {
                Subject::AgentConnected => Test::In(vec!["true".to_owned()]),
                Subject::AgentVersion => Test::Order(order, format!("1.{number}")),
                Subject::RegisteredAt => Test::Order(order, format!("{number:04}-02-28")),
                Subject::RunningTasksCount => Test::Equal(number.to_string()),
                _ => Test::Equal(format!("i-{number}")),
            };
            let negated = negated && !matches!(test, Test::Order(..));
            Comparison { subject, negated, test }
        },
    );
    prop_oneof![3 => free, 1 => fixed]
}

fn any_node() -> impl Strategy<Value = Node> {
    any_comparison().prop_map(Node::Comparison).prop_recursive(5, 24, 3, |node| {
        let nodes = prop::collection::vec(node.clone(), 2..4);
        prop_oneof![
            nodes.clone().prop_map(Node::Any),
            nodes.prop_map(Node::All),
            node.prop_map(|node| Node::Not(Box::new(node))),
        ]
    })
}

/// Pieces of the language, with a space between two of them.
const PIECES: &str = "attribute:a attribute: task:group agentVersion registeredAt == != =~ !~ > \
    <= in !in exists !exists ! not ( ) [ ] , ' \" and or && || & | a.* 1.2 2018-06-18 \\ {";

/// Pieces in any order, and now and then a whole comparison so that some are read.
fn any_soup() -> impl Strategy<Value = String> {
    let pieces: Vec<&str> = PIECES.split_whitespace().collect();
    let piece = prop_oneof![
        4 => prop::sample::select(pieces).prop_map(str::to_owned),
        1 => Just("task:group=~a|b".to_owned()),
        1 => ".{0,3}",
    ];
    (prop::collection::vec(piece, 0..40), any::<bool>())
        .prop_map(|(pieces, spaced)| pieces.join(if spaced { " " } else { "" }))
}

/// What is read prints as itself; what is not is refused at a place within the text.
fn check(text: &str) -> Result<(), TestCaseError> {
    match Expression::parse(text) {
        Ok(read) => {
            let printed = read.to_string();
            prop_assert!(printed.chars().count() <= MAX_LENGTH);
            prop_assert_eq!(Expression::parse(&printed), Ok(read), "{}", printed);
        }
        Err(error) => {
            prop_assert!(error.at <= text.chars().count(), "{error:?}");
            prop_assert!(error.to_string().ends_with(['.', '?']));
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn printing_and_reading_are_inverse(root in any_node()) {
        let expression = Expression { root, mixed: false };
        let printed = expression.to_string();
        let tight = print::tight(&expression.root);
        prop_assert!(tight.len() <= printed.len());
        prop_assume!(tight.chars().count() <= MAX_LENGTH);
        let read = Expression::parse(&tight);
        prop_assert_eq!(read.as_ref(), Ok(&expression), "{}", tight);
        let read = Expression::parse(&printed);
        prop_assert_eq!(read.as_ref(), Ok(&expression), "{}", printed);
        // Parentheses make the order plain where the printer had room for them.
        let mixed = read.expect("an expression").mixed;
        prop_assert!(!mixed || printed.contains("&&"), "{}", printed);
    }

    #[test]
    fn no_text_brings_the_parser_down(text in ".{0,60}") {
        check(&text)?;
    }

    #[test]
    fn no_soup_of_tokens_brings_the_parser_down(text in any_soup(), copies in 1usize..80) {
        check(&text)?;
        check(&text.repeat(copies))?;
    }

    #[test]
    fn no_pattern_brings_the_parser_down(pattern in r"([a-c.*+?|^$&~(){}\[\]\\,0-9-]|\(\?){0,20}") {
        check(&format!("task:group =~ {pattern}"))?;
        check(&format!("task:group =~ '{pattern}'"))?;
    }

    #[test]
    fn not_and_negated_operators_turn_the_answer(
        comparison in any_comparison(),
        names in prop::collection::btree_map("[a-z.]{1,4}|in|exists", any_value(), 0..4),
        groups in prop::collection::btree_set(any_value(), 0..3),
        version in any_value(),
        registered in any_value(),
    ) {
        let facts = InstanceFacts {
            attributes: &names,
            agent_connected: false,
            agent_version: &version,
            ec2_instance_id: "i-1",
            registered_at: &registered,
            running_tasks_count: 7,
            task_groups: &groups,
        };
        let answer = |root: Node| Expression { root, mixed: false }.matches(&facts);
        let plain = Node::Comparison(comparison.clone());
        prop_assert_ne!(answer(plain.clone()), answer(Node::Not(Box::new(plain.clone()))));
        if !matches!(comparison.test, Test::Order(..)) {
            let turned = Comparison { negated: !comparison.negated, ..comparison };
            prop_assert_ne!(answer(plain), answer(Node::Comparison(turned)));
        }
    }
}
