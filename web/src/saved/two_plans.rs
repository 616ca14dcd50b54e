//! Two scenarios planned in a worker of their own, which lives while they are looked at.

use crate::worker::{Answer, PLANNER, Running, text_of};
use eniac_core::report::Report;
use serde_json::Value;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use yew::prelude::*;

/// How far a plan is.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Planned {
    /// It is being made.
    #[default]
    UnderWay,
    /// It is here.
    Here(Rc<Report>),
    /// It came to nothing.
    Failed(String),
}

/// The two, in their order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TwoPlans(pub [Planned; 2]);

/// What the worker brought.
#[derive(Debug)]
pub enum Came {
    /// It was asked.
    Begun,
    /// The plan of the scenario in that place.
    Plan(usize, Planned),
    /// It is of no use any more.
    Broke(String),
}

impl Reducible for TwoPlans {
    type Action = Came;

    fn reduce(self: Rc<Self>, came: Came) -> Rc<Self> {
        let mut next = (*self).clone();
        match came {
            Came::Begun => next = Self::default(),
            Came::Plan(place, plan) => {
                if let Some(slot) = next.0.get_mut(place) {
                    *slot = plan;
                }
            }
            Came::Broke(why) => {
                for slot in next.0.iter_mut().filter(|slot| **slot == Planned::UnderWay) {
                    *slot = Planned::Failed(why.clone());
                }
            }
        }
        Rc::new(next)
    }
}

/// Plans both scenarios, again whenever one of them is another.
#[hook]
pub fn use_two_plans(scenarios: [Rc<Value>; 2]) -> Rc<TwoPlans> {
    let plans = use_reducer(TwoPlans::default);
    let tell = plans.dispatcher();
    use_effect_with(scenarios, move |scenarios| {
        tell.dispatch(Came::Begun);
        let worker = start(scenarios, &tell);
        if let Err(error) = &worker {
            tell.dispatch(Came::Broke(text_of(error)));
        }
        move || {
            if let Ok(worker) = worker {
                worker.end();
            }
        }
    });
    Rc::new((*plans).clone())
}

fn start(
    scenarios: &[Rc<Value>; 2],
    tell: &UseReducerDispatcher<TwoPlans>,
) -> Result<Running, JsValue> {
    let (answered, broke) = (tell.clone(), tell.clone());
    let worker = Running::start(
        PLANNER,
        move |answer| answered.dispatch(read(answer)),
        move |why| broke.dispatch(Came::Broke(why.to_owned())),
    )?;
    for (id, scenario) in (0..).zip(scenarios) {
        worker.handle().post(id, &[("scenario", scenario.to_string().into())])?;
    }
    Ok(worker)
}

fn read(answer: &Answer) -> Came {
    if let Some(why) = answer.text("broken") {
        return Came::Broke(why);
    }
    let plan = match answer.text("report") {
        Some(report) => match serde_json::from_str(&report) {
            Ok(report) => Planned::Here(Rc::new(report)),
            Err(error) => Planned::Failed(format!("its report cannot be read: {error}")),
        },
        None => Planned::Failed(answer.text("error").unwrap_or_default()),
    };
    Came::Plan(answer.number("id") as usize, plan)
}
