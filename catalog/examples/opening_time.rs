//! How long opening takes: the types, then a region. `cargo run --release -p eniac-catalog
//! --example opening_time`

use eniac_catalog::Catalog;
use std::error::Error;
use std::time::{Duration, Instant};

const ROUNDS: u32 = 200;

fn main() -> Result<(), Box<dyn Error>> {
    let catalog = Catalog::embedded()?;
    println!("types: {:?}", median(|| Catalog::embedded().map(|c| c.types().len()))?);
    for name in ["us-east-1", "eu-west-1", "il-central-1"] {
        println!("{name}: {:?}", median(|| catalog.region(name).map(|r| r.offers.len()))?);
    }
    println!("an unknown name: {:?}", median(|| Ok::<_, String>(catalog.find("t3g.small")))?);
    Ok(())
}

fn median<T, E>(mut work: impl FnMut() -> Result<T, E>) -> Result<Duration, E> {
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        let start = Instant::now();
        std::hint::black_box(work()?);
        times.push(start.elapsed());
    }
    times.sort_unstable();
    Ok(times[times.len() / 2])
}
