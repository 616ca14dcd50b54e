//! Which jobs a worker is asked for, and in which order. Pure.
//!
//! One job is in flight at a time, so that a newer scenario waits for one job at most, and for no
//! longer than a moment: then the worker is replaced.

use std::collections::VecDeque;

/// How long a job of an older scenario may go on while a newer one waits.
pub const PATIENCE_MS: u32 = 250;

/// What to ask the worker for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request<J> {
    /// The number of the answer.
    pub id: u32,
    /// The scenario, as JSON text.
    pub scenario: String,
    /// The job.
    pub job: J,
}

#[derive(Debug)]
struct InFlight<J> {
    id: u32,
    job: J,
    /// Whether it is of the scenario that is wanted.
    is_wanted: bool,
}

/// What is wanted, and what is under way.
#[derive(Debug)]
pub struct JobQueue<J> {
    last_id: u32,
    scenario: Option<String>,
    waiting: VecDeque<J>,
    /// How many of its jobs ended a worker.
    broke: u32,
    in_flight: Option<InFlight<J>>,
}

impl<J> Default for JobQueue<J> {
    fn default() -> Self {
        Self { last_id: 0, scenario: None, waiting: VecDeque::new(), broke: 0, in_flight: None }
    }
}

impl<J: Copy> JobQueue<J> {
    /// These jobs of `scenario` are wanted, and of no other: what to send now. `None` while a job
    /// of an older one is in flight.
    pub fn want(
        &mut self,
        scenario: String,
        jobs: impl IntoIterator<Item = J>,
    ) -> Option<Request<J>> {
        self.forget();
        self.scenario = Some(scenario);
        self.waiting.extend(jobs);
        self.next()
    }

    /// One more job of the scenario that is wanted, in the place of waiting ones that `replaces`.
    pub fn also(&mut self, job: J, replaces: impl Fn(&J) -> bool) -> Option<Request<J>> {
        self.scenario.as_ref()?;
        self.waiting.retain(|other| !replaces(other));
        self.waiting.push_back(job);
        self.next()
    }

    /// Nothing is wanted any more.
    pub fn forget(&mut self) {
        self.scenario = None;
        self.waiting.clear();
        self.broke = 0;
        if let Some(in_flight) = &mut self.in_flight {
            in_flight.is_wanted = false;
        }
    }

    /// The answer `id` came: to which job, if it is still wanted, and what to send next.
    pub fn answered(&mut self, id: u32) -> (Option<J>, Option<Request<J>>) {
        let Some(in_flight) = self.in_flight.take_if(|in_flight| in_flight.id == id) else {
            return (None, None);
        };
        let job = in_flight.is_wanted.then_some(in_flight.job);
        (job, self.next())
    }

    /// What is in flight and wanted by nobody, while something else waits.
    pub fn in_the_way(&self) -> Option<u32> {
        self.scenario.as_ref()?;
        self.in_flight.as_ref().filter(|it| !it.is_wanted).map(|it| it.id)
    }

    /// The worker is gone, and with it what was in flight: what to send to a new one. One job
    /// that ends workers is left out; with a second one the scenario is given up.
    pub fn lost(&mut self) -> Option<Request<J>> {
        let was_wanted = self.in_flight.take().is_some_and(|in_flight| in_flight.is_wanted);
        self.broke += u32::from(was_wanted);
        if self.broke > 1 {
            self.forget();
        }
        self.next()
    }

    fn next(&mut self) -> Option<Request<J>> {
        if self.in_flight.is_some() {
            return None;
        }
        let scenario = self.scenario.clone()?;
        let job = self.waiting.pop_front()?;
        self.last_id = self.last_id.wrapping_add(1);
        self.in_flight = Some(InFlight { id: self.last_id, job, is_wanted: true });
        Some(Request { id: self.last_id, scenario, job })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const JOBS: [char; 3] = ['x', 'y', 'z'];

    fn sent(request: Option<Request<char>>) -> Option<(u32, String, char)> {
        request.map(|request| (request.id, request.scenario, request.job))
    }

    #[test]
    fn jobs_come_one_by_one() {
        let mut queue = JobQueue::default();
        let mut request = queue.want("a".into(), JOBS);
        let mut came = Vec::new();
        while let Some(Request { id, .. }) = request {
            let (job, next) = queue.answered(id);
            came.extend(job);
            request = next;
        }
        assert_eq!(came, JOBS);
    }

    #[test]
    fn what_belongs_to_an_older_scenario_is_dropped() {
        let mut queue = JobQueue::default();
        assert_eq!(sent(queue.want("a".into(), JOBS)), Some((1, "a".into(), 'x')));
        queue.forget();
        assert_eq!(queue.in_the_way(), None, "nothing waits yet");
        assert_eq!(queue.want("b".into(), JOBS), None);
        assert_eq!(queue.in_the_way(), Some(1));
        let (job, next) = queue.answered(1);
        assert_eq!((job, sent(next)), (None, Some((2, "b".into(), 'x'))));
        assert_eq!(queue.answered(1), (None, None), "an answer that comes twice");
        assert_eq!(queue.in_the_way(), None);
        let (job, next) = queue.answered(2);
        assert_eq!((job, sent(next)), (Some('x'), Some((3, "b".into(), 'y'))));
    }

    #[test]
    fn a_job_more_takes_the_place_of_its_like() {
        let mut queue = JobQueue::default();
        assert_eq!(queue.also('1', |_| true), None, "of which scenario?");
        queue.want("a".into(), ['x']);
        assert_eq!(queue.also('1', char::is_ascii_digit), None, "x is in flight");
        assert_eq!(queue.also('2', char::is_ascii_digit), None);
        let (job, next) = queue.answered(1);
        assert_eq!((job, sent(next)), (Some('x'), Some((2, "a".into(), '2'))));
        assert_eq!(queue.answered(2), (Some('2'), None));
        assert_eq!(sent(queue.also('3', char::is_ascii_digit)), Some((3, "a".into(), '3')));
    }

    #[test]
    fn a_lost_worker_leaves_what_waits() {
        let mut queue = JobQueue::default();
        queue.want("a".into(), JOBS);
        queue.want("b".into(), JOBS);
        assert_eq!(sent(queue.lost()), Some((2, "b".into(), 'x')));
        queue.forget();
        assert_eq!(queue.lost(), None);
    }

    #[test]
    fn a_job_that_ends_workers_is_left_out_once() {
        let mut queue = JobQueue::default();
        queue.want("a".into(), JOBS);
        assert_eq!(sent(queue.lost()), Some((2, "a".into(), 'y')));
        assert_eq!(queue.lost(), None);
        assert_eq!(sent(queue.want("b".into(), JOBS)), Some((3, "b".into(), 'x')));
    }
}
