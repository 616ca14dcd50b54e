//! Which parts of the outlook are asked for, and in which order. Pure.
//!
//! One part is in flight at a time, so that a newer scenario waits for one part at most, and for
//! no longer than a moment: then the worker is replaced.

use eniac_core::Part;

/// How long a part of an older scenario may go on while a newer one waits.
pub const PATIENCE_MS: u32 = 250;

/// What to ask the worker for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The number of the answer.
    pub id: u32,
    /// The scenario, as JSON text.
    pub scenario: String,
    /// The part.
    pub part: Part,
}

#[derive(Debug)]
struct InFlight {
    id: u32,
    part: Part,
    /// Whether it is of the scenario that is wanted.
    is_wanted: bool,
}

/// What is wanted, and what is under way.
#[derive(Debug, Default)]
pub struct PartQueue {
    last_id: u32,
    scenario: Option<String>,
    /// How many parts of it have been asked for.
    asked: usize,
    /// How many of them ended a worker.
    broke: u32,
    in_flight: Option<InFlight>,
}

/// The parts, in the order in which they are worth waiting for. The page has the fleets already.
pub fn parts() -> impl Iterator<Item = Part> {
    Part::ALL.into_iter().filter(|part| *part != Part::Fleets)
}

impl PartQueue {
    /// All parts of `scenario` are wanted, and of no other: what to send now. `None` while a part
    /// of an older one is in flight.
    pub fn want(&mut self, scenario: String) -> Option<Request> {
        self.forget();
        self.scenario = Some(scenario);
        self.next()
    }

    /// Nothing is wanted any more.
    pub fn forget(&mut self) {
        self.scenario = None;
        (self.asked, self.broke) = (0, 0);
        if let Some(in_flight) = &mut self.in_flight {
            in_flight.is_wanted = false;
        }
    }

    /// The part `id` came: which one, if it is still wanted, and what to send next.
    pub fn answered(&mut self, id: u32) -> (Option<Part>, Option<Request>) {
        let Some(in_flight) = self.in_flight.take_if(|in_flight| in_flight.id == id) else {
            return (None, None);
        };
        let part = in_flight.is_wanted.then_some(in_flight.part);
        (part, self.next())
    }

    /// What is in flight and wanted by nobody, while something else waits.
    pub fn in_the_way(&self) -> Option<u32> {
        self.scenario.as_ref()?;
        self.in_flight.as_ref().filter(|it| !it.is_wanted).map(|it| it.id)
    }

    /// The worker is gone, and with it what was in flight: what to send to a new one. One part
    /// that ends workers is left out; with a second one the scenario is given up.
    pub fn lost(&mut self) -> Option<Request> {
        let was_wanted = self.in_flight.take().is_some_and(|in_flight| in_flight.is_wanted);
        self.broke += u32::from(was_wanted);
        if self.broke > 1 {
            self.forget();
        }
        self.next()
    }

    fn next(&mut self) -> Option<Request> {
        if self.in_flight.is_some() {
            return None;
        }
        let scenario = self.scenario.clone()?;
        let part = parts().nth(self.asked)?;
        self.asked += 1;
        self.last_id = self.last_id.wrapping_add(1);
        self.in_flight = Some(InFlight { id: self.last_id, part, is_wanted: true });
        Some(Request { id: self.last_id, scenario, part })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(request: Option<Request>) -> Option<(u32, String, Part)> {
        request.map(|request| (request.id, request.scenario, request.part))
    }

    #[test]
    fn parts_come_one_by_one() {
        let mut queue = PartQueue::default();
        let mut request = queue.want("a".into());
        let mut came = Vec::new();
        while let Some(Request { id, .. }) = request {
            let (part, next) = queue.answered(id);
            came.extend(part);
            request = next;
        }
        assert_eq!(came, parts().collect::<Vec<_>>());
        assert_eq!(came.first(), Some(&Part::Range));
    }

    #[test]
    fn what_belongs_to_an_older_scenario_is_dropped() {
        let mut queue = PartQueue::default();
        assert_eq!(sent(queue.want("a".into())), Some((1, "a".into(), Part::Range)));
        queue.forget();
        assert_eq!(queue.in_the_way(), None, "nothing waits yet");
        assert_eq!(queue.want("b".into()), None);
        assert_eq!(queue.in_the_way(), Some(1));
        let (part, next) = queue.answered(1);
        assert_eq!((part, sent(next)), (None, Some((2, "b".into(), Part::Range))));
        assert_eq!(queue.answered(1), (None, None), "an answer that comes twice");
        assert_eq!(queue.in_the_way(), None);
        let (part, next) = queue.answered(2);
        assert_eq!(
            (part, sent(next)),
            (Some(Part::Range), Some((3, "b".into(), Part::Sensitivity)))
        );
    }

    #[test]
    fn a_lost_worker_leaves_what_waits() {
        let mut queue = PartQueue::default();
        queue.want("a".into());
        queue.want("b".into());
        assert_eq!(sent(queue.lost()), Some((2, "b".into(), Part::Range)));
        queue.forget();
        assert_eq!(queue.lost(), None);
    }

    #[test]
    fn a_part_that_ends_workers_is_left_out_once() {
        let mut queue = PartQueue::default();
        queue.want("a".into());
        assert_eq!(sent(queue.lost()), Some((2, "a".into(), Part::Sensitivity)));
        assert_eq!(queue.lost(), None);
        assert_eq!(sent(queue.want("b".into())), Some((3, "b".into(), Part::Range)));
    }
}
