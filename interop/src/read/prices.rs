//! The user's own prices: a table or JSON of instance types with USD an hour, and discounts in
//! percent. They go into `pricing` of the scenario.

use super::table::written;
use super::{Found, Source};
use crate::account::Account;
use crate::assemble::Assembled;
use crate::cells::{Cell, Cells, Row};
use crate::import::{ImportSettings, Origin};
use crate::node::{Node, Place, Value};
use eniac_core::scenario::document;
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;

/// So much of a table is looked at to know it.
const LONGEST_BEGINNING: usize = 8 << 10;

/// Names of columns, as letters only.
const TYPES: [&str; 6] =
    ["instancetype", "type", "instance", "instancetypes", "ectype", "instancename"];
const PRICES: [&str; 16] = [
    "usdperhour",
    "priceperhour",
    "hourly",
    "hourlyprice",
    "hourlyrate",
    "hourlycost",
    "hourlyusd",
    "usdhour",
    "usdh",
    "priceusd",
    "price",
    "rate",
    "costperhour",
    "perhour",
    "usd",
    "effectivehourlyrate",
];

/// Discounts by the words for them, as letters only, with their fields.
const DISCOUNTS: [(&str, &str); 12] = [
    ("savingsplanpercent", "savingsPlanPercent"),
    ("savingsplan", "savingsPlanPercent"),
    ("savingsplandiscount", "savingsPlanPercent"),
    ("savingsplans", "savingsPlanPercent"),
    ("ecdiscountpercent", "ec2DiscountPercent"),
    ("ecdiscount", "ec2DiscountPercent"),
    ("ec", "ec2DiscountPercent"),
    ("edp", "ec2DiscountPercent"),
    ("edpdiscount", "ec2DiscountPercent"),
    ("fargatediscountpercent", "fargateDiscountPercent"),
    ("fargatediscount", "fargateDiscountPercent"),
    ("fargate", "fargateDiscountPercent"),
];

/// What the user pays.
#[derive(Debug, Default)]
pub(crate) struct Prices {
    of_types: BTreeMap<String, (Json, Place)>,
    /// By the field of `pricing`.
    discounts: BTreeMap<&'static str, (Json, Place)>,
}

pub(super) fn recognises(source: &Source) -> bool {
    if let Some(json) = &source.json {
        is_prices(json)
    } else {
        let mut end = source.text.len().min(LONGEST_BEGINNING);
        while !source.text.is_char_boundary(end) {
            end -= 1;
        }
        let beginning = source.text.get(..end).unwrap_or_default();
        Columns::of(&Cells::of(beginning, source.file)).is_some()
    }
}

/// `{"m7g.large": 0.06}`, `{"instancePrices": …}`, `[{"instanceType": …, "usdPerHour": …}]`.
fn is_prices(json: &Node) -> bool {
    match &json.value {
        Value::Map(map) => {
            map.iter()
                .all(|(key, _)| key == "instancePrices" || is_type(key) || discount(key).is_some())
                && !map.is_empty()
        }
        Value::List(list) => list.first().is_some_and(|first| row_of(first).is_some()),
        _ => false,
    }
}

/// `m7g.large`: a family with a digit, and a size.
fn is_type(text: &str) -> bool {
    let is_part = |part: &str| {
        !part.is_empty() && part.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-')
    };
    text.split_once('.').is_some_and(|(family, size)| {
        let has_digit = family.bytes().any(|it| it.is_ascii_digit());
        let begins = text.starts_with(|c: char| c.is_ascii_lowercase());
        begins && has_digit && is_part(family) && is_part(size) && text.len() <= 40
    })
}

fn letters(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphabetic).collect::<String>().to_ascii_lowercase()
}

fn discount(name: &str) -> Option<&'static str> {
    let name = letters(name);
    DISCOUNTS.iter().find(|(word, _)| *word == name).map(|(_, field)| *field)
}

/// Type and price of an object.
fn row_of(node: &Node) -> Option<(&Node, &Node)> {
    let map = node.as_map()?;
    let named = |names: &[&str]| {
        map.iter().find(|(key, _)| names.contains(&letters(key).as_str())).map(|(_, node)| node)
    };
    Some((named(&TYPES)?, named(&PRICES)?))
}

/// Which columns hold type and price; the first row that is no name of columns.
struct Columns {
    of_type: usize,
    of_price: usize,
    first: usize,
}

impl Columns {
    fn of(cells: &Cells) -> Option<Self> {
        const ROWS_BEFORE_NAMES: usize = 10;
        for (place, row) in cells.rows.iter().take(ROWS_BEFORE_NAMES).enumerate() {
            let named = |names: &[&str]| {
                row.cells.iter().position(|cell| names.contains(&letters(&cell.text).as_str()))
            };
            if let (Some(of_type), Some(of_price)) = (named(&TYPES), named(&PRICES)) {
                return Some(Self { of_type, of_price, first: place + 1 });
            }
        }
        let is_price = |row: &Row| {
            row.cells.len() == 2
                && row
                    .cells
                    .first()
                    .is_some_and(|cell| is_type(&cell.text) || discount(&cell.text).is_some())
        };
        // The last row of a beginning may be cut.
        let all = cells.rows.iter().take(ROWS_BEFORE_NAMES).all(is_price);
        (all && !cells.rows.is_empty()).then_some(Self { of_type: 0, of_price: 1, first: 0 })
    }
}

pub(super) fn read(
    sources: &[&Source],
    _settings: &ImportSettings,
    found: &mut Found,
    account: &mut Account,
) {
    for source in sources {
        let before = found.prices.of_types.len();
        match &source.json {
            Some(json) => from_json(json, &mut found.prices, account),
            None => from_table(&Cells::of(&source.text, source.file), &mut found.prices, account),
        }
        let more = found.prices.of_types.len() - before;
        let message = format!("prices of {more} instance types");
        account.understood(Place::file(source.file), "", "pricing.instancePrices", message);
    }
}

fn from_json(json: &Node, prices: &mut Prices, account: &mut Account) {
    for node in json.as_list().unwrap_or_default() {
        match row_of(node) {
            Some((name, price)) => {
                let (name, text) = (name.scalar().unwrap_or_default(), price.scalar());
                prices.add(&name, &text.unwrap_or_default(), false, price.at, account);
            }
            None => account.left_out(node.at, "", "left out: it names no type and price"),
        }
    }
    for (key, node) in json.as_map().into_iter().flat_map(crate::node::Map::iter) {
        if key == "instancePrices" {
            from_json(node, prices, account);
        } else {
            let text = node.scalar().unwrap_or_default();
            prices.add(key, &text, false, node.at, account);
        }
    }
}

fn from_table(cells: &Cells, prices: &mut Prices, account: &mut Account) {
    let Some(columns) = Columns::of(cells) else { return };
    let text = |row: &Row, column: usize| row.cells.get(column).map(|it: &Cell| it.text.clone());
    for row in cells.rows.iter().skip(columns.first) {
        let name = text(row, columns.of_type).unwrap_or_default();
        let price = text(row, columns.of_price).unwrap_or_default();
        let at = row.cells.get(columns.of_price).map_or(row.at, |cell| cell.at);
        prices.add(&name, &price, cells.separator == b';', at, account);
    }
}

impl Prices {
    /// A row: a type with its price, or a discount.
    fn add(
        &mut self,
        name: &str,
        text: &str,
        with_semicolons: bool,
        at: Place,
        account: &mut Account,
    ) {
        if let Some(field) = discount(name) {
            if let Some(percent) = percent(text, with_semicolons) {
                self.discounts.insert(field, (percent, at));
            } else {
                let message = format!("{text} is no discount: a number of percent is needed");
                account.problem(at, name, message);
            }
            return;
        }
        if !is_type(name) {
            account.left_out(at, name, "left out: this is no instance type");
            return;
        }
        match price(text, with_semicolons) {
            Ok(usd) => {
                if self.of_types.insert(name.to_owned(), (usd, at)).is_some() {
                    let message = "the type has a price already: this later one is taken";
                    account.assumed(at, name, "", message);
                }
            }
            Err(why) => account.problem(at, name, why),
        }
    }

    /// Into the scenario that was assembled.
    pub(crate) fn write(self, assembled: &mut Assembled, account: &mut Account) {
        let Self { of_types, discounts } = self;
        for (field, (percent, at)) in discounts {
            let path = format!("pricing.{field}");
            document::set(&mut assembled.scenario, &path, Some(percent));
            assembled.origins.extend(origin(path, at));
        }
        if of_types.is_empty() {
            return;
        }
        // A type's name has a point, which a path would part.
        let path = "pricing.instancePrices";
        let known = document::get(&assembled.scenario, path).and_then(Json::as_object).cloned();
        let mut prices: Map<String, Json> = known.unwrap_or_default();
        let first = of_types.values().next().map_or(Place::file(0), |(_, at)| *at);
        prices.extend(of_types.into_iter().map(|(name, (usd, _))| (name, usd)));
        document::set(&mut assembled.scenario, path, Some(Json::Object(prices)));
        assembled.origins.extend(origin(path.to_owned(), first.without_span()));
        assembled.origins.sort_by(|one, other| one.path.cmp(&other.path));
        let text = assembled.scenario.to_string();
        let Ok(reading) = eniac_core::scenario::read(&text) else { return };
        for it in reading.diagnostics.into_iter().filter(|it| it.path.starts_with("pricing")) {
            account.problem(first, &it.path, it.message);
        }
    }
}

fn origin(path: String, at: Place) -> Option<Origin> {
    let span = at.span.map(|span| (span.start, span.end));
    (at.line > 0).then_some(Origin { path, file: at.file, line: at.line, span })
}

/// USD an hour: `0.0612`, `$0.0612`, `0,0612`, `USD 0.0612`, `0.0612 USD/h`.
fn price(text: &str, with_semicolons: bool) -> Result<Json, String> {
    const WORDS: [&str; 11] = [
        "",
        "usd",
        "$",
        "us$",
        "usd/h",
        "usd/hour",
        "/h",
        "/hour",
        "$/h",
        "usd per hour",
        "per hour",
    ];
    let is_number = |c: char| c.is_ascii_digit() || c == '.';
    let begin = text.find(is_number).unwrap_or(text.len());
    let (sign, rest) = text.split_at(begin);
    let no_price = || format!("{text} is no price: a number of USD an hour is needed");
    if text.contains(['€', '£', '¥']) {
        return Err(format!("{text} is not in USD: eniac counts in USD only"));
    }
    let number = written(rest, with_semicolons).ok_or_else(no_price)?;
    let known = |word: &str| WORDS.contains(&word.trim().to_ascii_lowercase().as_str());
    if !known(sign) || !known(&number.unit) {
        return Err(no_price());
    }
    Ok(number_of(&number.number))
}

fn percent(text: &str, with_semicolons: bool) -> Option<Json> {
    let number = written(text.trim_end_matches(['%', ' ']), with_semicolons)?;
    number.unit.is_empty().then(|| number_of(&number.number))
}

fn number_of(text: &str) -> Json {
    serde_json::from_str(text).unwrap_or_else(|_| Json::from(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::{Format, import};
    use crate::input::InputFile;
    use serde_json::json;

    fn check(text: &str, pricing: &Json, told: &[&str]) {
        let file = InputFile { name: "prices", bytes: text.as_bytes() };
        let got = import(&[file], &ImportSettings::default());
        assert_eq!(got.files[0].format, Some(Format::Prices), "{text}");
        assert_eq!(&got.scenario["pricing"], pricing, "{text}");
        for part in told {
            assert!(
                got.notes.iter().any(|it| it.message.contains(part)),
                "{part}: {:?}",
                got.notes
            );
        }
    }

    #[test]
    fn prices_are_read_as_people_write_them() {
        let two = json!({ "instancePrices": { "m7g.large": 0.0612, "c7g.xlarge": 0.11 } });
        check("instanceType,usdPerHour\nm7g.large,0.0612\nc7g.xlarge,0.11\n", &two, &[]);
        check("Instance type;Price per hour\nm7g.large;$0,0612\nc7g.xlarge;0,11 USD\n", &two, &[]);
        check("m7g.large\t0.0612\nc7g.xlarge\t0.11", &two, &[]);
        check(r#"{"m7g.large": 0.0612, "c7g.xlarge": "$0.11"}"#, &two, &["2 instance types"]);
        check(
            r#"[{"InstanceType": "m7g.large", "HourlyRate": 0.0612}, {"instance_type": "c7g.xlarge", "rate": 0.11}]"#,
            &two,
            &[],
        );
        check(
            r#"{"instancePrices": {"m7g.large": 0.0612}, "ec2DiscountPercent": 7}"#,
            &json!({ "instancePrices": { "m7g.large": 0.0612 }, "ec2DiscountPercent": 7 }),
            &[],
        );
        check(
            "type,price\nm7g.large,0.0612\nSavings Plan,28 %\nFargate discount,5\n",
            &json!({ "instancePrices": { "m7g.large": 0.0612 }, "savingsPlanPercent": 28, "fargateDiscountPercent": 5 }),
            &[],
        );
        check(
            "type,price\nm7g.large,0.05\nm7g.large,0.0612\nx,1\nc7g.large,€0.05\nc7g.xlarge,cheap\n",
            &json!({ "instancePrices": { "m7g.large": 0.0612 } }),
            &["a price already", "no instance type", "USD only", "cheap is no price"],
        );
    }
}
