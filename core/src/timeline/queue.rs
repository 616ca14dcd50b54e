//! What is to happen, by time; of the same second, in the order in which it was announced.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Something that will happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Event {
    /// A machine registers.
    Registered(usize),
    /// A task serves.
    Started(usize),
    /// A task's resources are free.
    Stopped(usize),
    /// A service's deployment goes on to its next step.
    TrafficStep(usize),
}

/// The queue.
#[derive(Debug, Default)]
pub(super) struct Queue {
    heap: BinaryHeap<Reverse<(u32, u64, Event)>>,
    announced: u64,
}

impl Queue {
    pub(super) fn announce(&mut self, second: u32, event: Event) {
        self.heap.push(Reverse((second, self.announced, event)));
        self.announced += 1;
    }

    /// The next event up to a second.
    pub(super) fn next(&mut self, until: u32) -> Option<(u32, Event)> {
        let Reverse((second, ..)) = self.heap.peek()?;
        if *second > until {
            return None;
        }
        self.heap.pop().map(|Reverse((second, _, event))| (second, event))
    }

    /// When the next event is.
    pub(super) fn next_second(&self) -> Option<u32> {
        self.heap.peek().map(|Reverse((second, ..))| *second)
    }
}
