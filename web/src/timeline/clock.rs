//! Minutes of a simulation as a clock shows them, and how long things last. Pure.

use crate::format::thousands;

const DAY: u32 = 1440;

/// `09:16`; of a later day `day 2, 09:16`.
pub fn clock(starts_at: u32, minute: u32) -> String {
    let at = starts_at.saturating_add(minute);
    let day = at / DAY;
    if day == 0 {
        short(starts_at, minute)
    } else {
        format!("day {}, {}", day + 1, short(starts_at, minute))
    }
}

/// `09:16`, whatever the day.
pub fn short(starts_at: u32, minute: u32) -> String {
    let at = starts_at.saturating_add(minute) % DAY;
    format!("{:02}:{:02}", at / 60, at % 60)
}

/// `40 s`, `3 min 20 s`, `2 h 5 min`.
pub fn lasting(seconds: u64) -> String {
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match (hours, minutes, rest) {
        (0, 0, seconds) => format!("{seconds} s"),
        (0, minutes, 0) => format!("{minutes} min"),
        (0, minutes, seconds) => format!("{minutes} min {seconds} s"),
        (hours, 0, _) => format!("{} h", thousands(hours)),
        (hours, minutes, _) => format!("{} h {minutes} min", thousands(hours)),
    }
}

/// The minutes at which the clock is round, at most `most` of them, from the first to the last.
pub fn round_minutes(starts_at: u32, minutes: u32, most: u32) -> Vec<u32> {
    const STEPS: [u32; 14] = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10_080];
    let step = STEPS.into_iter().find(|step| minutes / step < most.max(1)).unwrap_or(10_080);
    let first = starts_at.div_ceil(step) * step - starts_at;
    (first..=minutes).step_by(step as usize).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_goes_round() {
        for (starts, minute, text) in [
            (540, 16, "09:16"),
            (0, 0, "00:00"),
            (1430, 9, "23:59"),
            (1430, 10, "day 2, 00:00"),
            (540, 2880, "day 3, 09:00"),
        ] {
            assert_eq!(clock(starts, minute), text);
        }
    }

    #[test]
    fn spans_are_said_in_two_units_at_most() {
        for (seconds, text) in [
            (0, "0 s"),
            (60, "1 min"),
            (200, "3 min 20 s"),
            (3600, "1 h"),
            (7512, "2 h 5 min"),
            (3_600_000, "1,000 h"),
        ] {
            assert_eq!(lasting(seconds), text);
        }
    }

    #[test]
    fn ticks_are_round_by_the_clock() {
        assert_eq!(round_minutes(540, 30, 7), [0, 5, 10, 15, 20, 25, 30]);
        assert_eq!(round_minutes(550, 60, 5), [5, 20, 35, 50]);
        assert_eq!(round_minutes(0, 1440, 5), [0, 360, 720, 1080, 1440]);
        assert_eq!(round_minutes(1, 10_080, 6).len(), 3);
    }
}
