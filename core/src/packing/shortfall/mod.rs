//! The filling that falls least short of what multipliers prove, among those that fall short by
//! less than an allowance: a dynamic program over lists.
//!
//! Multipliers `u` bound every filling `x` of a room by `u * room + sum(most * max(0, worth -
//! u * amounts))`. What a filling is worth falls short of that by a sum of parts, none below 0: a
//! task taken that is worth less than its amounts, a task left that is worth more, and what is
//! left of the room. Only fillings that are worth more than an instance's price matter, and near
//! the optimum of column generation the bound is hardly more than the price. So most kinds cannot
//! be taken at all, and of the rest few combinations stay within the allowance. A branch and
//! bound cannot tell them apart, since in fractions all of them fill the room; a list of what
//! is left of the room after each kind, equal rests joined, can.
//!
//! All sums are in 64 bits, which the multipliers' bound already needed (see `proof`).

mod rests;
#[cfg(test)]
mod tests;
mod to_come;

use super::reduce::{fit, take};
use super::work::Meter;
use super::{Amounts, RESOURCES};
use rests::{Group, Rows};

/// States of all lists together at most, of 16 bytes each.
const MOST_STATES: usize = 600_000;
/// So many states are not worth a look at what is to come.
const FEW: usize = if cfg!(test) { 2 } else { 200 };
/// The largest shortfall within which no sum overflows: of two shortfalls, what a room costs
/// (`2^63` at most) and what pieces are worth (as much), saturating, no more are added.
const MOST_WITHIN: u64 = 1 << 61;
/// Steps that a state takes.
const STEPS: usize = 8;

/// Tasks of a kind that may be taken.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) amounts: Amounts,
    pub(super) most: u32,
    /// By how much each one taken falls short.
    pub(super) taken: u64,
    /// By how much each one left falls short. This or the other is 0.
    pub(super) left: u64,
}

/// What was found.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Nearest {
    /// The least shortfall, and how many of each piece.
    Least(u64, Vec<u32>),
    /// No filling falls short by less than the allowance.
    Beyond,
    /// Not found: too many combinations, or amounts too large.
    TooMany,
}

/// A rest of the room and the shortfall so far.
#[derive(Debug, Clone, Copy)]
struct State {
    rest: u64,
    short: u64,
}

/// One way to go on from each state: `count` tasks of a piece are taken or left.
struct Step {
    piece: usize,
    count: u32,
    key: u64,
    taken: u64,
    left: u64,
    /// They may be taken again and again, as far as they fit.
    again: bool,
}

/// The filling of `room` that falls least short at these `multipliers` (in the unit of the
/// pieces' shortfalls), if that is below `allowance`; at most `limit` states are kept.
pub(super) fn nearest(
    room: &Amounts,
    multipliers: &[u64; RESOURCES],
    mut pieces: Vec<Piece>,
    allowance: u64,
    limit: &mut usize,
    meter: &mut Meter,
) -> Nearest {
    let Some(within) = allowance.checked_sub(1) else { return Nearest::Beyond };
    if within > MOST_WITHIN || *limit == 0 {
        return Nearest::TooMany;
    }
    let mut room = *room;
    let mut counts = vec![0; pieces.len()];
    meter.spend(pieces.len() * 10);
    // What must be taken, and what cannot.
    for (piece, count) in pieces.iter_mut().zip(&mut counts) {
        if let Some(may) = within.checked_div(piece.left) {
            let may = u32::try_from(may).unwrap_or(u32::MAX).min(piece.most);
            let must = piece.most - may;
            if fit(&room, &piece.amounts, must) < must {
                return Nearest::Beyond;
            }
            take(&mut room, &piece.amounts, must);
            *count = must;
            piece.most = may;
        } else if let Some(most) = within.checked_div(piece.taken) {
            piece.most = piece.most.min(u32::try_from(most).unwrap_or(u32::MAX));
        }
    }
    let mut lost = 0_u64;
    for piece in &mut pieces {
        let fits = fit(&room, &piece.amounts, piece.most);
        lost = lost.saturating_add(piece.left.saturating_mul(u64::from(piece.most - fits)));
        piece.most = fits;
    }
    let mut order = useful(&room, &pieces);
    let weight = |at: usize| -> u64 {
        multipliers.iter().zip(&pieces[at].amounts).map(|(price, amount)| price * amount).sum()
    };
    let Some(mut rows) = Rows::of(&room, multipliers, &pieces, &order) else {
        return Nearest::TooMany;
    };
    // Odd amounts first: what then is left must be whole steps of the others, which few rests
    // are. Of equally odd ones the largest first, of which few fit.
    order.sort_by_key(|&at| {
        let even = rows.evenness(&pieces[at].amounts, within);
        (pieces[at].left == 0, even, std::cmp::Reverse(weight(at)), at)
    });
    rows.lost = rows.lost.saturating_add(lost);
    if rows.lost > within {
        return Nearest::Beyond;
    }
    let search = Search { rows, pieces: &pieces, within };
    search.run(&order, counts, limit, meter)
}

/// The pieces without those that another, of which there is enough, can always replace.
fn useful(room: &Amounts, pieces: &[Piece]) -> Vec<usize> {
    let replaces = |a: usize, b: usize| {
        let (one, other) = (&pieces[a], &pieces[b]);
        one.left == 0
            && other.left == 0
            && one.taken <= other.taken
            && one.amounts == other.amounts
            && (one.taken < other.taken || a < b)
            && fit(room, &one.amounts, u32::MAX) <= one.most
    };
    let held: Vec<usize> = (0..pieces.len()).filter(|&at| pieces[at].most > 0).collect();
    held.iter().copied().filter(|&b| !held.iter().any(|&a| a != b && replaces(a, b))).collect()
}

struct Search<'a> {
    rows: Rows,
    pieces: &'a [Piece],
    within: u64,
}

impl Search<'_> {
    fn run(
        &self,
        order: &[usize],
        mut counts: Vec<u32>,
        limit: &mut usize,
        meter: &mut Meter,
    ) -> Nearest {
        let rows = &self.rows;
        // Of the last piece as many as fit are taken.
        let last = order.last().copied().filter(|&at| self.pieces[at].left == 0);
        let before = if last.is_some() { &order[..order.len() - 1] } else { order };
        let steps = self.steps(before);
        let mut layers = vec![vec![State { rest: rows.full, short: rows.lost }]];
        let mut moves: Vec<Move> = Vec::new();
        let mut free = (*limit).min(MOST_STATES);
        let mut steps = steps.into_iter().peekable();
        while let Some(step) = steps.next() {
            let from = layers.last().map_or(&[][..], Vec::as_slice);
            let Some(mut layer) = self.advance(from, &step, free) else {
                meter.spend(free * STEPS);
                *limit = limit.saturating_sub(free);
                return Nearest::TooMany;
            };
            meter.spend((layer.len() + from.len()) * STEPS);
            let is_last = steps.peek().is_none_or(|next| next.piece != step.piece);
            let mut rounded = None;
            if is_last && layer.len() > FEW {
                let to_come = &order[order.len().min(1 + place(order, step.piece))..];
                rounded = self.round(&layer, to_come, meter);
                self.cut(rounded.as_mut().map_or(&mut layer, |it| &mut it.1), to_come, meter);
            }
            moves.push(Move::Take(step));
            free -= layer.len();
            *limit = limit.saturating_sub(layer.len());
            layers.push(layer);
            if let Some((steps, layer)) = rounded {
                moves.push(Move::Round(steps));
                free = free.saturating_sub(layer.len());
                *limit = limit.saturating_sub(layer.len());
                layers.push(layer);
            }
        }
        let (key, piece) = match last {
            Some(at) => (rows.key(&self.pieces[at].amounts, 1), Some(&self.pieces[at])),
            None => (0, None),
        };
        let mut nearest: Option<(u64, State, u32)> = None;
        for &state in layers.last().map_or(&[][..], Vec::as_slice) {
            let (mut rest, mut short, mut times) = (state.rest, state.short, 0);
            if let Some(piece) = piece {
                times = rows.times(rest, key, piece.most);
                rest -= key * u64::from(times);
                short += piece.taken * u64::from(times);
            }
            let total = short.saturating_add(rows.worth(rest));
            if total <= self.within && nearest.is_none_or(|(least, ..)| total < least) {
                nearest = Some((total, state, times));
            }
        }
        meter.spend(layers.last().map_or(0, Vec::len) * 2 * STEPS);
        let Some((short, state, times)) = nearest else { return Nearest::Beyond };
        if let Some(at) = last {
            counts[at] += times;
        }
        self.trace(&moves, &layers, state, &mut counts);
        Nearest::Least(short, counts)
    }

    fn steps(&self, order: &[usize]) -> Vec<Step> {
        let mut steps = Vec::new();
        for &piece in order {
            let it = &self.pieces[piece];
            let key = self.rows.key(&it.amounts, 1);
            let more = it.most.saturating_add(1);
            if key > 0 && it.left == 0 && self.rows.times(self.rows.full, key, more) <= it.most {
                steps.push(Step { piece, count: 1, key, taken: it.taken, left: 0, again: true });
                continue;
            }
            // 1, 2, 4 and so on together make any number.
            let (mut more, mut count) = (it.most, 1);
            while more > 0 {
                let n = count.min(more);
                let key = self.rows.key(&it.amounts, n);
                let (taken, left) = (it.taken * u64::from(n), it.left * u64::from(n));
                steps.push(Step { piece, count: n, key, taken, left, again: false });
                more -= n;
                count *= 2;
            }
        }
        steps
    }

    /// Counts what was taken on the way to `state`, from the last layer back.
    fn trace(&self, moves: &[Move], layers: &[Vec<State>], mut state: State, counts: &mut [u32]) {
        let has = |layer: &[State], rest: u64, short: Option<u64>| {
            let at = layer.binary_search_by(|it| rest.cmp(&it.rest));
            at.is_ok_and(|at| Some(layer[at].short) == short)
        };
        for (before, step) in layers.iter().zip(moves).rev() {
            let step = match step {
                Move::Take(step) => step,
                Move::Round(multiples) => {
                    let same = |&&it: &&State| {
                        let rounded = self.rows.round(&it, multiples);
                        rounded.rest == state.rest && rounded.short == state.short
                    };
                    state = before.iter().find(same).copied().unwrap_or(state);
                    continue;
                }
            };
            loop {
                if has(before, state.rest, state.short.checked_sub(step.left)) {
                    state.short -= step.left;
                    break;
                }
                counts[step.piece] += step.count;
                state.rest += step.key;
                state.short = state.short.saturating_sub(step.taken);
                if !step.again || state.rest > self.rows.full {
                    break;
                }
            }
        }
    }

    /// The states after the step, by falling rest; `None` if they are more than the limit.
    fn advance(&self, from: &[State], step: &Step, limit: usize) -> Option<Vec<State>> {
        let rows = &self.rows;
        let mut out: Vec<State> = Vec::with_capacity(from.len() * 2);
        let mut group = Group::new(rows);
        let (mut stay, mut go) = (0, 0);
        loop {
            let staying = from.get(stay).map(|it| (it.rest, it.short + step.left));
            let source = if step.again { out.get(go) } else { from.get(go) };
            let going = match source {
                Some(it) if !rows.fits(it.rest, step.key) => {
                    go += 1;
                    continue;
                }
                Some(it) => Some((it.rest - step.key, it.short + step.taken)),
                None => None,
            };
            let (rest, short) = match (staying, going) {
                (Some(a), Some(b)) if a.0 > b.0 || a.0 == b.0 && a.1 <= b.1 => {
                    stay += 1;
                    a
                }
                (_, Some(b)) => {
                    go += 1;
                    b
                }
                (Some(a), None) => {
                    stay += 1;
                    a
                }
                (None, None) => break,
            };
            if short <= self.within && group.admits(rest, short) {
                if out.len() >= limit {
                    return None;
                }
                out.push(State { rest, short });
            }
        }
        Some(out)
    }
}

/// How the states of a layer came from those of the one before.
enum Move {
    Take(Step),
    /// The rests were rounded down to these multiples of the fields.
    Round([u64; RESOURCES]),
}

fn place(order: &[usize], piece: usize) -> usize {
    order.iter().position(|&at| at == piece).unwrap_or(order.len())
}
