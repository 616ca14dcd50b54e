//! The day on which a file was last written, which is when its figures were true at the latest.

use anyhow::Context;
use std::fs::File;
use std::time::UNIX_EPOCH;

const SECONDS_PER_DAY: u64 = 86_400;

/// `2026-11-21`, in UTC.
pub(super) fn day_of(file: &File) -> anyhow::Result<String> {
    let written = file.metadata()?.modified()?;
    let since = written.duration_since(UNIX_EPOCH).context("was written before 1970")?;
    Ok(day(since.as_secs() / SECONDS_PER_DAY))
}

/// The date so many days after 1970-01-01. Years are counted from March here, so that a leap day
/// is a year's last.
pub(super) fn day(days_since_1970: u64) -> String {
    const DAYS_PER_400_YEARS: u64 = 146_097;
    // 0000-03-01 lies this many days before 1970-01-01.
    let days = days_since_1970 + 719_468;
    let day_of_era = days % DAYS_PER_400_YEARS;
    let leap_days = day_of_era / 1460 + day_of_era / 146_096;
    let year_of_era = (day_of_era + day_of_era / 36_524 - leap_days) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + days / DAYS_PER_400_YEARS * 400 + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}
