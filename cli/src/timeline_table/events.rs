//! What happened, in order and in words.

use crate::figures::{clock, counted, more};
use eniac_core::report::Timeline;
use std::fmt::Write;

/// The first events, `most` of them at most.
pub(super) fn events(timeline: &Timeline, most: usize) -> String {
    if timeline.events.is_empty() {
        return String::new();
    }
    let mut text = format!("What happened: {}\n", counted(timeline.happened, "event"));
    for event in timeline.events.iter().take(most) {
        let when = when(timeline.starts_at_minute, event.second);
        let _ = writeln!(text, " {when}  {}", event.text);
    }
    let untold = timeline.events.len().saturating_sub(most);
    text.push_str(&more(untold, "event", "--events N or --all tells them"));
    let not_kept = (timeline.happened as usize).saturating_sub(timeline.events.len());
    text.push_str(&more(not_kept, "event", "the timeline does not keep them"));
    text + "\n"
}

/// `09:16:40`, and the day where it is another.
fn when(starts_at: u32, second: u32) -> String {
    let clock = clock(starts_at, second / 60);
    let (time, day) = clock.split_at(clock.len().min(5));
    format!("{time}:{:02}{day}", second % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_have_their_seconds() {
        for (second, told) in [(0, "09:00:00"), (280, "09:04:40"), (54_001, "00:00:01 +1d")] {
            assert_eq!(when(540, second), told);
        }
    }
}
