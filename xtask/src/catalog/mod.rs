//! `cargo xtask catalog`: from the source tables to the embedded catalogue.

#[derive(clap::Args)]
pub(crate) struct Arguments {}

pub(crate) fn run(_arguments: &Arguments) -> anyhow::Result<()> {
    anyhow::bail!("not yet built")
}
