//! Functions of numbers, and conversions to numbers and truth values.

use super::{nth, number_at, text_at, whole_at};
use crate::node::{Node, Place, Value};
use crate::read::terraform::instances::MAX_MADE;
use crate::read::terraform::operators::{numbered, truth};
use crate::read::terraform::world::{Evaluated, Fault, fault};

pub(super) fn call(name: &str, arguments: &[Node], at: Place) -> Option<Evaluated> {
    let number = |made: Result<f64, Fault>| made.map(|made| numbered(at, made));
    let first = || number_at(arguments, 0);
    Some(match name {
        "ceil" => number(first().map(f64::ceil)),
        "floor" => number(first().map(f64::floor)),
        "abs" => number(first().map(f64::abs)),
        "signum" => number(first().map(|it| if it == 0.0 { 0.0 } else { it.signum() })),
        "max" => number(chosen(arguments, f64::max)),
        "min" => number(chosen(arguments, f64::min)),
        "sum" => number(sum(arguments)),
        "pow" => number(power(arguments)),
        "parseint" => number(integer(arguments)),
        "range" => range(arguments, at),
        "tonumber" => match nth(arguments, 0) {
            Ok(node) if node.is_null() => Ok(node.clone()),
            Ok(node @ Node { value: Value::Number(_), .. }) => Ok(node.clone()),
            _ => number(first()),
        },
        "tobool" => match nth(arguments, 0).map(truth) {
            Ok(Some(value)) => Ok(Node::new(at, Value::Bool(value))),
            _ => fault("it is neither true nor false"),
        },
        _ => return None,
    })
}

fn all(arguments: &[Node]) -> Result<Vec<f64>, Fault> {
    (0..arguments.len()).map(|place| number_at(arguments, place)).collect()
}

fn chosen(arguments: &[Node], better: fn(f64, f64) -> f64) -> Result<f64, Fault> {
    all(arguments)?.into_iter().reduce(better).ok_or(Fault("no number is given".to_owned()))
}

fn sum(arguments: &[Node]) -> Result<f64, Fault> {
    Ok(all(super::list_at(arguments, 0)?)?.into_iter().sum())
}

fn power(arguments: &[Node]) -> Result<f64, Fault> {
    let made = number_at(arguments, 0)?.powf(number_at(arguments, 1)?);
    if made.is_finite() { Ok(made) } else { fault("the number is too large") }
}

fn integer(arguments: &[Node]) -> Result<f64, Fault> {
    let base = u32::try_from(whole_at(arguments, 1)?).ok().filter(|base| (2..=36).contains(base));
    let Some(base) = base else { return fault("the base must be from 2 to 36") };
    match i32::from_str_radix(&text_at(arguments, 0)?, base) {
        Ok(number) => Ok(f64::from(number)),
        Err(_) => fault("it is no whole number"),
    }
}

fn range(arguments: &[Node], at: Place) -> Evaluated {
    let numbers = all(arguments)?;
    let (from, to, step) = match numbers.as_slice() {
        [to] => (0.0, *to, 1.0),
        [from, to] => (*from, *to, if to < from { -1.0 } else { 1.0 }),
        [from, to, step] if *step != 0.0 => (*from, *to, *step),
        _ => return fault("it needs one to three numbers, and a step other than 0"),
    };
    let mut made = Vec::new();
    let mut next = from;
    while (step > 0.0 && next < to) || (step < 0.0 && next > to) {
        if made.len() >= MAX_MADE {
            return fault(format!("more than {MAX_MADE} numbers"));
        }
        made.push(numbered(at, next));
        next += step;
    }
    Ok(Node::new(at, Value::List(made)))
}
