//! The user's own prices as lines of text, `m7g.large 0.0612`, as they are typed or pasted from a
//! table. Every line that says something is kept; the planner names those that it cannot read.

use crate::document;
use crate::edit::Edit;
use crate::field::severity_class;
use crate::session::Happened;
use crate::workbench::{field_id, message_id, use_workbench};
use eniac_core::{Diagnostic, Severity};
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

const PATH: &str = "pricing.instancePrices";

/// What may stand between a type and its price, and around both.
const BETWEEN: [char; 7] = [' ', '\t', ',', ';', '=', ':', '|'];

/// A type and its price as they are written, if the line has anything.
fn parts(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_matches(|c: char| c == '"' || c.is_whitespace() || BETWEEN.contains(&c));
    let (name, price) = line.split_once(BETWEEN).unwrap_or((line, ""));
    let quoted = |c: char| c == '"' || BETWEEN.contains(&c);
    let (name, price) = (name.trim_matches('"'), price.trim_matches(quoted));
    (!name.is_empty()).then_some((name, price))
}

/// With a point before the decimals, where a comma cannot be anything else: `0,0612`, and not
/// `1,234`.
fn pointed(price: &str) -> String {
    let of_price = price.split_once(',').filter(|(whole, decimals)| {
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
        let whole = whole.trim_start_matches(['$', ' ']);
        digits(whole) && digits(decimals) && (decimals.len() != 3 || whole == "0")
    });
    of_price.map_or_else(|| price.to_owned(), |(whole, decimals)| format!("{whole}.{decimals}"))
}

/// The line of `text`, from 1, in which the price of `name` stands that counts: the last.
fn line_of(text: &str, name: &str) -> Option<usize> {
    let named = |(_, line): &(usize, &str)| parts(line).is_some_and(|(it, _)| it == name);
    let mut lines = text.lines().enumerate().collect::<Vec<_>>().into_iter().rev();
    lines.find(named).map(|(at, _)| at + 1)
}

/// What is said of the prices in `text`: of which line and type, in the order of the lines.
fn said<'a>(
    text: &str,
    twice: &BTreeSet<String>,
    problems: impl Iterator<Item = &'a Diagnostic>,
) -> Vec<(Severity, String)> {
    let mut said: Vec<(usize, Severity, String)> = problems
        .filter(|problem| problem.severity != Severity::Note)
        .map(|problem| {
            let name = problem.path.strip_prefix(PATH).unwrap_or_default();
            let name = name.trim_start_matches('.');
            // A long name is cut short in the path.
            let line = if name.is_empty() { None } else { line_of(text, name) };
            let text = match line {
                Some(line) => format!("Line {line}, {name}: {}", problem.message),
                None if name.is_empty() => problem.message.clone(),
                None => format!("{name}: {}", problem.message),
            };
            (line.unwrap_or(usize::MAX), problem.severity, text)
        })
        .collect();
    for name in twice {
        let line = line_of(text, name).unwrap_or(usize::MAX);
        let text =
            format!("Line {line}, {name}: stands here more than once; the last price counts");
        said.push((line, Severity::Warning, text));
    }
    said.sort_by_key(|(line, ..)| *line);
    said.into_iter().map(|(_, severity, text)| (severity, text)).collect()
}

/// Whether the first line of a table names its columns: no type has such a name.
fn is_heading(line: &str) -> bool {
    let names = line.to_ascii_lowercase();
    !line.contains(|c: char| c.is_ascii_digit())
        && (names.contains("price") || names.contains("usd"))
}

/// The types that `text` gives a price, and those that stand there more than once.
fn read(text: &str) -> (Option<Value>, BTreeSet<String>) {
    let (mut prices, mut twice) = (Map::new(), BTreeSet::new());
    for (at, line) in text.lines().enumerate() {
        let Some((name, price)) = parts(line) else { continue };
        if at == 0 && is_heading(line) {
            continue;
        }
        if prices.insert(name.to_owned(), Value::from(pointed(price))).is_some() {
            twice.insert(name.to_owned());
        }
    }
    ((!prices.is_empty()).then_some(Value::Object(prices)), twice)
}

/// The prices of the document, a line each.
fn written(prices: Option<&Value>) -> String {
    let prices = prices.and_then(Value::as_object).into_iter().flatten();
    let lines = prices.map(|(name, price)| match price {
        Value::String(price) => format!("{name} {price}"),
        other => format!("{name} {other}"),
    });
    lines.map(|line| line.trim_end().to_owned() + "\n").collect()
}

/// Whether two documents say the same prices: `0.06` and `"0.06"` do.
fn same(one: Option<&Value>, other: Option<&Value>) -> bool {
    written(one) == written(other)
}

/// The field, with what is said of it.
#[component]
pub fn OwnPrices() -> Html {
    let workbench = use_workbench();
    let typed = use_state(String::new);
    let kept = document::get(workbench.document(), PATH);
    let (of_typed, twice) = read(&typed);
    // What was typed stays as long as it is what is kept: in its order, with its headings.
    let is_typed = same(of_typed.as_ref(), kept);
    let shown = if is_typed { (*typed).clone() } else { written(kept) };
    let count = kept.and_then(Value::as_object).map_or(0, Map::len);
    let oninput = {
        let (workbench, typed) = (workbench.clone(), typed.clone());
        Callback::from(move |event: InputEvent| {
            let text = event.target_unchecked_into::<HtmlTextAreaElement>().value();
            let (value, _) = read(&text);
            workbench.edit(Edit::Choose { path: PATH.to_owned(), value });
            typed.set(text);
        })
    };
    let twice = if is_typed { twice } else { BTreeSet::new() };
    let said = said(&shown, &twice, workbench.problems_under(PATH));
    let is_wrong = workbench.problems_under(PATH).any(|it| it.severity == Severity::Error);
    html! {
        <details class="folded own-prices" open={count > 0}>
            <summary>
                { "Your own prices" }
                if count > 0 {
                    { format!(": {count}") }
                }
            </summary>
            <div class="field">
                <label for={field_id(PATH)}>{ "A type and its price in USD an hour on each line" }</label>
                <span class="control lines">
                    <textarea
                        id={field_id(PATH)}
                        class="code"
                        rows="5"
                        spellcheck="false"
                        value={shown}
                        placeholder={"m7g.large 0.0612\nc7g.xlarge 0.1087"}
                        aria-invalid={is_wrong.then_some("true")}
                        aria-describedby={(!said.is_empty()).then(|| message_id(PATH))}
                        {oninput}
                        onblur={workbench.on(Happened::LeftField)}
                    />
                </span>
            </div>
            if !said.is_empty() {
                <ul class="messages" id={message_id(PATH)}>
                    { for said.into_iter().map(|(severity, text)| html! {
                        <li class={severity_class(severity)}>{ text }</li>
                    }) }
                </ul>
            }
        </details>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn check(text: &str, prices: &Value) {
        let (read, _) = read(text);
        assert_eq!(read.unwrap_or(Value::Null), *prices, "{text}");
    }

    #[test]
    fn lines_are_read_as_tables_have_them() {
        let both = json!({ "m7g.large": "0.0612", "c7g.xlarge": "$0.1087" });
        for text in [
            "m7g.large 0.0612\nc7g.xlarge $0.1087",
            "\"m7g.large\",\"0.0612\"\r\n\"c7g.xlarge\",\"$0.1087\"\r\n",
            "Instance type,Price per hour\nm7g.large,0.0612\n\nc7g.xlarge;$0.1087;",
            "m7g.large\t0.0612\n  c7g.xlarge = $0.1087",
            "| m7g.large | 0.0612 |\n| c7g.xlarge | $0.1087 |",
            "m7g.large 0,0612\nc7g.xlarge;$0,1087",
            "m7g.large: 0.05\nm7g.large: 0.0612\nc7g.xlarge: $0.1087",
        ] {
            check(text, &both);
        }
        check(" \n,\n", &Value::Null);
    }

    #[test]
    fn what_cannot_be_read_is_kept() {
        check("m7g.large", &json!({ "m7g.large": "" }));
        check("m7g.large 1,234", &json!({ "m7g.large": "1,234" }));
        check("m7g.large 0,06,1", &json!({ "m7g.large": "0,06,1" }));
        check("cheap ones 5", &json!({ "cheap": "ones 5" }));
        let (kept, twice) = read("a 1\nb 2\na 3");
        assert_eq!(written(kept.as_ref()), "a 3\nb 2\n");
        assert_eq!(twice, BTreeSet::from(["a".to_owned()]));
        assert!(same(Some(&json!({ "a": 0.5 })), Some(&json!({ "a": "0.5" }))));
    }

    #[test]
    fn each_line_is_told_in_its_place() {
        let problem = |name: &str, message: &str| {
            let problem = json!({ "severity": "error", "code": "", "path": format!("{PATH}.{name}"),
                "message": message });
            serde_json::from_value::<Diagnostic>(problem).unwrap()
        };
        let problems = [problem("c7g.large", "no price"), problem("a.b", "no such type")];
        let text = "type price\n\na.b 1\nm7g.large 2\nm7g.large 3\nc7g.large";
        let said = said(text, &BTreeSet::from(["m7g.large".to_owned()]), problems.iter());
        let said: Vec<&str> = said.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(
            said,
            [
                "Line 3, a.b: no such type",
                "Line 5, m7g.large: stands here more than once; the last price counts",
                "Line 6, c7g.large: no price",
            ]
        );
    }
}
