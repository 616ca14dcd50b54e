//! Arithmetic, comparison and logic on known values.

use super::scope::Scope;
use super::world::{Evaluated, World, fault};
use crate::node::{Node, Place, Value};
use hcl_edit::expr::{BinaryOp, BinaryOperator, UnaryOp, UnaryOperator};

/// Whole numbers beyond this are not exact as Terraform's numbers are here.
const EXACT: f64 = 9_007_199_254_740_992.0;

impl World<'_> {
    pub(super) fn unary(&mut self, operation: &UnaryOp, scope: &Scope<'_>) -> Evaluated {
        let node = self.eval(&operation.expr, scope)?;
        let node = self.resolved(node)?;
        if let Value::Unknown(_) = node.value {
            return Ok(node);
        }
        match operation.operator.value() {
            UnaryOperator::Neg => match number(&node) {
                Some(value) => Ok(numbered(node.at, -value)),
                None => fault("only a number can be negative"),
            },
            UnaryOperator::Not => match truth(&node) {
                Some(value) => Ok(Node::new(node.at.without_span(), Value::Bool(!value))),
                None => fault("only true and false can be negated"),
            },
        }
    }

    pub(super) fn binary(&mut self, operation: &BinaryOp, scope: &Scope<'_>) -> Evaluated {
        let left = self.eval(&operation.lhs_expr, scope)?;
        let left = self.resolved(left)?;
        let operator = *operation.operator.value();
        // What the first side decides needs no second one.
        match (operator, truth(&left)) {
            (BinaryOperator::And, Some(false)) | (BinaryOperator::Or, Some(true)) => {
                return Ok(Node { at: left.at.without_span(), ..left });
            }
            _ => {}
        }
        let right = self.eval(&operation.rhs_expr, scope)?;
        let right = self.resolved(right)?;
        match (operator, truth(&right)) {
            (BinaryOperator::And, Some(false)) | (BinaryOperator::Or, Some(true)) => {
                return Ok(Node { at: right.at.without_span(), ..right });
            }
            _ => {}
        }
        for side in [&left, &right] {
            if let Value::Unknown(_) = side.value {
                return Ok(side.clone());
            }
        }
        let at = left.at.without_span();
        let logic = |value: bool| Ok(Node::new(at, Value::Bool(value)));
        match operator {
            BinaryOperator::Eq => return logic(equal(&left, &right)),
            BinaryOperator::NotEq => return logic(!equal(&left, &right)),
            BinaryOperator::And | BinaryOperator::Or => {
                return match (truth(&left), truth(&right)) {
                    (Some(a), Some(b)) if operator == BinaryOperator::And => logic(a && b),
                    (Some(a), Some(b)) => logic(a || b),
                    _ => fault("only true and false can be joined with && and ||"),
                };
            }
            _ => {}
        }
        let (Some(a), Some(b)) = (number(&left), number(&right)) else {
            return fault("only numbers can be counted with");
        };
        let value = match operator {
            BinaryOperator::Less => return logic(a < b),
            BinaryOperator::LessEq => return logic(a <= b),
            BinaryOperator::Greater => return logic(a > b),
            BinaryOperator::GreaterEq => return logic(a >= b),
            BinaryOperator::Plus => a + b,
            BinaryOperator::Minus => a - b,
            BinaryOperator::Mul => a * b,
            _ if b == 0.0 => return fault("division by zero"),
            BinaryOperator::Div => a / b,
            _ => a % b,
        };
        if value.abs() > EXACT {
            return fault("the number is too large to be exact");
        }
        Ok(numbered(at, value))
    }
}

pub(super) fn truth(node: &Node) -> Option<bool> {
    match &node.value {
        Value::Bool(value) => Some(*value),
        Value::Text(text) if text == "true" => Some(true),
        Value::Text(text) if text == "false" => Some(false),
        _ => None,
    }
}

/// A number, also one in a text.
pub(super) fn number(node: &Node) -> Option<f64> {
    let (Value::Number(text) | Value::Text(text)) = &node.value else { return None };
    let is_plain = |byte: u8| byte.is_ascii_digit() || b"+-.eE".contains(&byte);
    if !text.bytes().all(is_plain) {
        return None;
    }
    text.parse::<f64>().ok().filter(|number| number.is_finite())
}

/// A number as Terraform writes it: whole where it is whole.
pub(super) fn numbered(at: Place, value: f64) -> Node {
    let at = at.without_span();
    if value.fract() == 0.0 && value.abs() <= EXACT {
        // Without the sign that a floating zero may have.
        let value = if value == 0.0 { 0.0 } else { value };
        return Node::number(at, format!("{value:.0}"));
    }
    Node::number(at, value)
}

/// Whether two known values are the same, wherever they stand.
pub(super) fn equal(a: &Node, b: &Node) -> bool {
    match (&a.value, &b.value) {
        (Value::Number(_), Value::Number(_)) => number(a) == number(b),
        (Value::List(a), Value::List(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equal(a, b))
        }
        (Value::Map(a), Value::Map(b)) => {
            let same = |(key, it): (&str, &Node)| b.get(key).is_some_and(|other| equal(it, other));
            a.len() == b.len() && a.iter().all(same)
        }
        (a, b) => a == b,
    }
}
