//! Which plan is being made and which waits: one in flight, and only the newest behind it.
//!
//! Pure: the worker and the clock are [`crate::planner_link`]'s.

/// After how long a plan in flight gives way to a newer scenario.
pub const PATIENCE_MS: u32 = 2_000;

/// After how long a worker that has answered nothing yet gives way: it may still be loading.
pub const LOADING_PATIENCE_MS: u32 = 20_000;

/// What the planner is asked, with the number that its answer bears.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The number of the answer.
    pub id: u32,
    /// The scenario, as JSON text.
    pub scenario: String,
}

/// What is under way.
#[derive(Debug, Default)]
pub struct Queue {
    last_id: u32,
    in_flight: Option<u32>,
    waiting: Option<String>,
}

impl Queue {
    /// A new scenario: to be sent now, or kept until the plan in flight is done.
    pub fn submit(&mut self, scenario: String) -> Option<Request> {
        if self.in_flight.is_some() {
            self.waiting = Some(scenario);
            return None;
        }
        Some(self.send(scenario))
    }

    /// An answer came. `None` when nobody waits for it any more; else what to send next, if
    /// something waits.
    pub fn answered(&mut self, id: u32) -> Option<Option<Request>> {
        if self.in_flight != Some(id) {
            return None;
        }
        self.in_flight = None;
        Some(self.waiting.take().map(|scenario| self.send(scenario)))
    }

    /// The plan `id` has taken [`PATIENCE_MS`]: what to send to a new worker, if `id` is still in
    /// flight and a newer scenario waits.
    pub fn overdue(&mut self, id: u32) -> Option<Request> {
        if self.in_flight != Some(id) {
            return None;
        }
        let scenario = self.waiting.take()?;
        Some(self.send(scenario))
    }

    /// The worker is gone, and with it what was in flight: what to send to a new one, if a newer
    /// scenario waits.
    pub fn lost(&mut self) -> Option<Request> {
        self.in_flight = None;
        self.waiting.take().map(|scenario| self.send(scenario))
    }

    /// Whether the plan `id` is being made.
    pub fn is_in_flight(&self, id: u32) -> bool {
        self.in_flight == Some(id)
    }

    fn send(&mut self, scenario: String) -> Request {
        self.last_id = self.last_id.wrapping_add(1);
        self.in_flight = Some(self.last_id);
        Request { id: self.last_id, scenario }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(request: Option<Request>) -> Option<(u32, String)> {
        request.map(|request| (request.id, request.scenario))
    }

    #[test]
    fn only_the_newest_waits() {
        let mut queue = Queue::default();
        assert_eq!(sent(queue.submit("a".into())), Some((1, "a".into())));
        assert_eq!(queue.submit("b".into()), None);
        assert_eq!(queue.submit("c".into()), None);
        assert_eq!(queue.answered(1).map(sent), Some(Some((2, "c".into()))));
        assert!(queue.is_in_flight(2) && !queue.is_in_flight(1));
        assert_eq!(queue.answered(2), Some(None));
        assert!(!queue.is_in_flight(2));
    }

    #[test]
    fn an_answer_that_nobody_waits_for_is_dropped() {
        let mut queue = Queue::default();
        queue.submit("a".into());
        queue.submit("b".into());
        assert_eq!(sent(queue.overdue(1)), Some((2, "b".into())));
        assert_eq!(queue.answered(1), None);
        assert_eq!(queue.answered(2), Some(None));
    }

    #[test]
    fn a_slow_plan_goes_on_while_nothing_waits() {
        let mut queue = Queue::default();
        queue.submit("a".into());
        assert_eq!(queue.overdue(1), None);
        assert_eq!(queue.overdue(7), None);
        assert_eq!(queue.answered(1), Some(None));
    }

    #[test]
    fn a_lost_worker_leaves_what_waits() {
        let mut queue = Queue::default();
        queue.submit("a".into());
        queue.submit("b".into());
        assert_eq!(sent(queue.lost()), Some((2, "b".into())));
        assert_eq!(queue.lost(), None);
        assert!(!queue.is_in_flight(2));
    }
}
