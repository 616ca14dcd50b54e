//! The least shortfall against all fillings there are.

use proptest::prelude::*;

use super::*;
use crate::packing::work::Work;

/// The least shortfall by trying all.
fn least(room: &Amounts, multipliers: &[u64; RESOURCES], pieces: &[Piece]) -> u64 {
    let Some((piece, others)) = pieces.split_first() else {
        return multipliers.iter().zip(room).map(|(price, left)| price * left).sum();
    };
    let each = |n: u32| {
        let mut room = *room;
        take(&mut room, &piece.amounts, n);
        let own = u64::from(n) * piece.taken + u64::from(piece.most - n) * piece.left;
        own + least(&room, multipliers, others)
    };
    let most = fit(room, &piece.amounts, piece.most);
    (0..=most).map(each).min().unwrap_or(u64::MAX)
}

fn shortfall(
    room: &Amounts,
    multipliers: &[u64; RESOURCES],
    pieces: &[Piece],
    counts: &[u32],
) -> u64 {
    let mut room = *room;
    let mut short = 0;
    for (piece, &n) in pieces.iter().zip(counts) {
        assert!(n <= piece.most && fit(&room, &piece.amounts, n) == n, "{counts:?} do not fit");
        take(&mut room, &piece.amounts, n);
        short += u64::from(n) * piece.taken + u64::from(piece.most - n) * piece.left;
    }
    short + least(&room, multipliers, &[])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]
    /// What is found is the least there is, and a filling that falls short by as much.
    #[test]
    fn finds_the_least(
        room in [0..40_u64, 0..60, 0..9, 0..3],
        multipliers in [0..9_u64, 0..9, 0..30, 0..9],
        pieces in prop::collection::vec(
            ([0..9_u64, 0..12, 0..3, 0..2], 0..7_u32, 0..60_u64), 0..6),
        steps in 1..4_u64,
        allowance in 0..400_u64,
    ) {
        let pieces: Vec<Piece> = pieces
            .into_iter()
            .map(|(amounts, most, worth)| {
                let amounts = amounts.map(|amount| amount * steps);
                let cost: u64 = amounts.iter().zip(&multipliers).map(|(a, b)| a * b).sum();
                let (taken, left) = (cost.saturating_sub(worth), worth.saturating_sub(cost));
                Piece { amounts, most: fit(&room, &amounts, most), taken, left }
            })
            .collect();
        let meter = &mut Meter::new(Work(u64::MAX), None);
        let truth = least(&room, &multipliers, &pieces);
        match nearest(&room, &multipliers, pieces.clone(), allowance, &mut 100_000, meter) {
            Nearest::Least(short, counts) => {
                prop_assert_eq!(short, truth);
                prop_assert!(short < allowance);
                prop_assert_eq!(shortfall(&room, &multipliers, &pieces, &counts), short);
            }
            Nearest::Beyond => prop_assert!(truth >= allowance),
            Nearest::TooMany => prop_assert!(false, "states suffice"),
        }
    }
}
