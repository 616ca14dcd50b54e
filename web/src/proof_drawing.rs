//! The proof, drawn: what is ruled out, what is not, and where the fleet's cost stands.
//!
//! The axis ends at the fleet's cost. A gap of a hundredth of a percent would not be seen on an
//! axis from zero, so the axis shows only the last 0.1, 1, 10 or 100 % below the cost, and says
//! so.

use crate::format::usd_month;
use eniac_catalog::NanoUsdPerHour;
use yew::prelude::*;

const WIDTH: u64 = 240;
const HEIGHT: u64 = 14;

/// What is drawn.
#[derive(Properties, PartialEq)]
pub struct ProofDrawingProps {
    /// The cost and the bound that the axis is made for; they stay while one looks longer.
    pub frame: (NanoUsdPerHour, NanoUsdPerHour),
    /// The cost and the bound as they are.
    pub now: (NanoUsdPerHour, NanoUsdPerHour),
}

/// An axis that ends at a cost: `(how many thousandths of it are shown, what that is called)`.
fn axis(cost: NanoUsdPerHour, bound: NanoUsdPerHour) -> (u64, &'static str) {
    const SCALES: [(u64, &str); 4] = [(1, "0.1 %"), (10, "1 %"), (100, "10 %"), (1000, "all")];
    let gap = u128::from(cost.0.saturating_sub(bound.0)) * 1000;
    let fits = |thousandths: u64| gap <= u128::from(cost.0) * u128::from(thousandths);
    SCALES.into_iter().find(|(thousandths, _)| fits(*thousandths)).unwrap_or((1000, "all"))
}

/// Where `value` stands on the axis, in hundredths of a pixel of the drawing.
fn place(value: NanoUsdPerHour, cost: NanoUsdPerHour, thousandths: u64) -> u64 {
    let shown = (u128::from(cost.0) * u128::from(thousandths) / 1000).max(1);
    let below = u128::from(cost.0.saturating_sub(value.0)).min(shown);
    let whole = u128::from(WIDTH) * 100;
    u64::try_from(whole - below * whole / shown).unwrap_or(WIDTH * 100)
}

fn pixels(hundredths: u64) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// The drawing; the words beside it say the same.
#[component]
pub fn ProofDrawing(props: &ProofDrawingProps) -> Html {
    let (cost, bound) = props.frame;
    let (thousandths, scale) = axis(cost, bound);
    let at = |value| place(value, cost, thousandths);
    let (found, ruled_out) = (at(props.now.0), at(props.now.1));
    let begins = NanoUsdPerHour(cost.0 - cost.0.saturating_mul(thousandths) / 1000);
    let month = |value: NanoUsdPerHour| usd_month(value.micro_usd_per_month());
    html! {
        <div class="proof-drawing" aria-hidden="true">
            <svg
                viewBox={format!("0 0 {WIDTH} {HEIGHT}")}
                preserveAspectRatio="none"
                width="100%"
                height={HEIGHT.to_string()}
            >
                <rect class="proof-open" y="3" width={WIDTH.to_string()} height="8" />
                <rect class="proof-ruled-out" y="3" width={pixels(ruled_out)} height="8" />
                <rect
                    class="proof-cost"
                    x={pixels(found.saturating_sub(200))}
                    width="2"
                    height={HEIGHT.to_string()}
                />
            </svg>
            <p class="proof-axis">
                <span>
                    { month(begins) }
                    if thousandths < 1000 {
                        { format!(" ({scale} less)") }
                    }
                </span>
                <span>{ month(cost) }</span>
            </p>
            <p class="cost-key">
                { key("proof-ruled-out", "no fleet costs this little") }
                { key("proof-open", "not ruled out") }
                { key("proof-cost", "the fleet") }
            </p>
        </div>
    }
}

fn key(class: &'static str, what: &'static str) -> Html {
    html! {
        <span>
            <svg class="key" width="8" height="8"><rect width="8" height="8" rx="1" {class} /></svg>
            { what }
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_axis_is_the_shortest_that_holds_the_gap() {
        let cost = NanoUsdPerHour(1_000_000);
        for (bound, thousandths, ruled_out) in [
            (1_000_000, 1, 24_000),
            (999_500, 1, 12_000),
            (999_000, 1, 0),
            (998_999, 10, 21_598),
            (900_000, 100, 0),
            (500_000, 1000, 12_000),
            (0, 1000, 0),
        ] {
            let bound = NanoUsdPerHour(bound);
            assert_eq!(axis(cost, bound).0, thousandths, "{bound:?}");
            assert_eq!(place(bound, cost, thousandths), ruled_out, "{bound:?}");
            assert_eq!(place(cost, cost, thousandths), WIDTH * 100);
        }
        assert_eq!(place(NanoUsdPerHour(0), NanoUsdPerHour(0), 1), WIDTH * 100);
    }
}
