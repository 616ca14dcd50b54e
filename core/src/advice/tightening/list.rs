//! The shortest `allowedInstanceTypes`: as few patterns as leave enough types, all of them within
//! the tolerance.

use super::field::{Field, Subset};
use super::{Found, times, usd};
use serde_json::Value;
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// Pairs of patterns are all tried while there are at most so many.
const MOST_PATTERNS: usize = 60;

/// A pattern of the list and the types that it matches.
struct Pattern {
    text: String,
    types: Vec<usize>,
}

pub(super) fn shortest(field: &Field<'_, '_>, target: u128) -> Found {
    let good = field.cut(target);
    let patterns = patterns(field, &good);
    let list = fewest(field, &patterns);
    let subset = admitted(field, list.iter().map(|at| &patterns[*at]));
    let texts: BTreeSet<&str> = list.iter().map(|at| patterns[*at].text.as_str()).collect();
    let mut fields = vec![(
        "allowedInstanceTypes".to_owned(),
        Some(Value::from(texts.into_iter().collect::<Vec<_>>())),
    )];
    // AWS takes one of the two lists.
    fields.push(("excludedInstanceTypes".to_owned(), None));
    let dearest = field.dearest(&subset);
    let note = (dearest > target).then(|| {
        format!(
            "{} types to fall back on cost more: the dearest fleet is {} USD an hour, {}. \
             Services that need different types would do better on capacity providers of their own.",
            field.wanted,
            usd(dearest),
            times(dearest, target)
        )
    });
    Found { fields, note }
}

/// Types by name, and families all of whose admitted types are good.
fn patterns(field: &Field<'_, '_>, good: &Subset) -> Vec<Pattern> {
    let mut patterns: Vec<Pattern> = Vec::new();
    let families: BTreeSet<&str> = field.types.iter().map(|it| it.facts.family()).collect();
    for family in families {
        let types: Vec<usize> =
            (0..field.types.len()).filter(|at| field.types[*at].facts.family() == family).collect();
        let kept: Vec<usize> = types.iter().copied().filter(|at| good[*at]).collect();
        if kept.len() == types.len() && kept.len() > 1 {
            patterns.push(Pattern { text: format!("{family}.*"), types });
        }
        let named = kept
            .into_iter()
            .map(|at| Pattern { text: field.types[at].facts.name.clone(), types: vec![at] });
        patterns.extend(named);
    }
    patterns
}

fn admitted<'p>(field: &Field<'_, '_>, patterns: impl Iterator<Item = &'p Pattern>) -> Subset {
    let mut subset = vec![false; field.types.len()];
    for at in patterns.flat_map(|pattern| &pattern.types) {
        subset[*at] = true;
    }
    subset
}

/// Places of as few patterns as leave enough to fall back on: of equally few, those with the
/// cheapest dearest fleet, then those with more types, then by name.
fn fewest(field: &Field<'_, '_>, patterns: &[Pattern]) -> Vec<usize> {
    let rank = |list: &[usize]| {
        let subset = admitted(field, list.iter().map(|at| &patterns[*at]));
        field.has_fallback(&subset).then(|| {
            let names: Vec<&str> = list.iter().map(|at| patterns[*at].text.as_str()).collect();
            (field.dearest(&subset), Reverse(Field::count(&subset)), names.join(","))
        })
    };
    let best = |lists: Vec<Vec<usize>>| {
        let ranked = lists.into_iter().filter_map(|list| Some((rank(&list)?, list)));
        ranked.min().map(|(_, list)| list)
    };
    let one = (0..patterns.len()).map(|at| vec![at]).collect();
    if let Some(list) = best(one) {
        return list;
    }
    if patterns.len() <= MOST_PATTERNS {
        let pairs =
            (0..patterns.len()).flat_map(|a| (a + 1..patterns.len()).map(move |b| vec![a, b]));
        if let Some(list) = best(pairs.collect()) {
            return list;
        }
    }
    greedy(field, patterns)
}

/// One pattern after another, each time the one that brings most; then without those that the
/// others make needless.
fn greedy(field: &Field<'_, '_>, patterns: &[Pattern]) -> Vec<usize> {
    let mut list: Vec<usize> = Vec::new();
    let subset_of = |list: &[usize]| admitted(field, list.iter().map(|at| &patterns[*at]));
    while !field.has_fallback(&subset_of(&list)) {
        let others = (0..patterns.len()).filter(|at| !list.contains(at));
        let next = others.min_by_key(|at| {
            let subset = subset_of(&[&list[..], &[*at]].concat());
            (field.missing(&subset), field.dearest(&subset), *at)
        });
        let Some(next) = next else { break };
        list.push(next);
    }
    let mut place = 0;
    while place < list.len() {
        let mut without = list.clone();
        without.remove(place);
        if field.has_fallback(&subset_of(&without)) {
            list = without;
        } else {
            place += 1;
        }
    }
    list
}
