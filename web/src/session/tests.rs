//! What the state keeps, and when it gives it up.

use super::*;
use crate::outlook::foresight::Standing;
use eniac_core::Part;
use eniac_core::report::{Change, Outlook, PlanProgress};
use serde_json::json;

fn report(name: &str, diagnostics: &Value) -> Rc<Report> {
    let report = json!({
        "version": 1, "name": name, "region": { "name": "us-east-1", "zones": [], "asOf": [] },
        "diagnostics": diagnostics, "assumptions": [], "services": [],
        "selection": { "considered": 0, "admitted": 0, "funnel": [] }, "instanceTypes": [],
        "predicted": null, "cheapest": null,
        "fargate": { "knownRegion": false, "unsupported": [], "x86": null, "arm": null,
            "spotX86": null, "cheapest": null }
    });
    Rc::new(serde_json::from_value(report).unwrap())
}

fn planned(session: &Session, name: &str, code: &str) -> Session {
    let diagnostics = if code.is_empty() {
        json!([])
    } else {
        json!([{ "severity": "error", "code": code, "path": "zones", "message": "no" }])
    };
    session.after(Happened::Planned {
        report: report(name, &diagnostics),
        newest: true,
        took_ms: 9,
    })
}

#[test]
fn the_last_good_answer_stays_while_a_value_cannot_be_read() {
    let session = planned(&Session::open(None), "first", "");
    let typed = planned(&session, "second", "scenario.refused");
    assert!(typed.held);
    assert_eq!(typed.answer.as_ref().map(|answer| answer.name.as_str()), Some("first"));
    assert_eq!(typed.problems.len(), 1);
    let mended = planned(&typed, "third", "service.tooBig");
    assert!(!mended.held);
    assert_eq!(mended.answer.as_ref().map(|answer| answer.name.as_str()), Some("third"));
}

#[test]
fn without_a_good_answer_the_rest_is_shown() {
    let session = planned(&Session::open(None), "partial", "scenario.refused");
    assert!(!session.held);
    assert!(session.answer.is_some());
}

#[test]
fn another_scenario_is_not_answered_with_the_last_one() {
    let session = planned(&Session::open(None), "first", "");
    let taken = session.after(Happened::Edited(Edit::Replace(json!({ "zones": "many" }))));
    let partial = planned(&taken, "partial", "scenario.refused");
    assert!(!partial.held);
    assert_eq!(partial.answer.as_ref().map(|answer| answer.name.as_str()), Some("partial"));
    let mended = planned(&partial, "mended", "");
    assert!(planned(&mended, "typed", "scenario.refused").held);
}

#[test]
fn an_edit_is_planned_and_can_be_undone() {
    let session = planned(&Session::open(None), "first", "");
    let edited = session.after(Happened::Edited(Edit::AddService));
    assert_eq!(edited.planning, Planning::UnderWay);
    assert_eq!(edited.after(Happened::Undone).document(), session.document());
    let failed = edited.after(Happened::Failed("gone".into()));
    assert!(failed.held && failed.answer.is_some());
}

/// A session whose cheapest fleet costs 1000 and is proven not to cost less than 900.
fn open_gap(patience: Patience) -> Session {
    let example = include_str!("../../tests/example-report.json");
    let mut report: Report = serde_json::from_str(example).unwrap();
    report.cheapest = report.cheapest.map(|mut fleet| {
        fleet.fleet.cost.total_nano_usd_per_hour.0 = 1000;
        fleet.lower_bound_nano_usd_per_hour.0 = 900;
        fleet.more_work_may_help = true;
        let bound = fleet.lower_bound_nano_usd_per_hour;
        fleet.with_bound(bound)
    });
    let session = Session { patience, ..Session::open(None) };
    session.after(Happened::Planned { report: Rc::new(report), newest: true, took_ms: 9 })
}

#[test]
fn a_look_keeps_the_answer_and_ends_with_an_edit() {
    let session = open_gap(Patience::Quick);
    assert_eq!((&session.looking, session.next_effort()), (&None, Some(Effort::THOROUGH)));
    let looking = session.after(Happened::LookedLonger);
    assert!(looking.looking.is_some());
    assert_eq!(looking.planning, Planning::Done, "the answer is not stale");
    let edited = looking.after(Happened::Edited(Edit::AddService));
    assert_eq!(edited.looking, None);
    let late = Happened::Looked { report: looking.answer.clone().unwrap(), took_ms: 1 };
    assert_eq!(edited.after(late).planning, Planning::UnderWay);
}

#[test]
fn a_bound_that_was_told_stays_when_the_look_is_stopped() {
    let looking = open_gap(Patience::Thorough);
    assert!(looking.looking.is_some(), "without being asked");
    let mut progress = PlanProgress {
        cost_nano_usd_per_hour: None,
        lower_bound_nano_usd_per_hour: eniac_catalog::NanoUsdPerHour(950),
        work: 5,
    };
    let told = looking.after(Happened::LookedSoFar(progress));
    let stopped = told.after(Happened::StoppedLooking);
    assert_eq!(stopped.looking, None);
    let kept = stopped.answer.as_ref().and_then(|it| it.cheapest.clone()).unwrap();
    assert_eq!(kept.lower_bound_nano_usd_per_hour.0, 950);
    // A cheaper fleet that was told is fetched before the look ends.
    progress.cost_nano_usd_per_hour = Some(eniac_catalog::NanoUsdPerHour(990));
    let fetching = told.after(Happened::LookedSoFar(progress));
    let fetching = fetching.after(Happened::StoppedLooking);
    assert!(fetching.looking.as_ref().is_some_and(Looking::is_stopping));
    let broke = fetching.after(Happened::CouldNotLook("gone".into()));
    assert_eq!((broke.looking, broke.planning), (None, Planning::Done));
}

fn foreseen(session: &Session) -> Session {
    let outlook = Outlook { what_ifs: Some(Vec::new()), ..Outlook::default() };
    session.after(Happened::Foreseen { part: Part::WhatIfs, outlook: Rc::new(outlook) })
}

#[test]
fn what_is_foreseen_is_that_of_the_scenario_or_told_to_be_older() {
    let session = foreseen(&planned(&Session::open(None), "first", ""));
    assert_eq!(session.foresight.standing(Part::WhatIfs), Standing::Here);
    let edited = session.after(Happened::Edited(Edit::AddService));
    assert_eq!(edited.foresight.standing(Part::WhatIfs), Standing::Old);
    // What comes before the plan is that of the older scenario.
    assert_eq!(foreseen(&edited).foresight.standing(Part::WhatIfs), Standing::Old);
    let broke = edited.after(Happened::NotForeseen("gone".into()));
    assert_eq!(broke.foresight.trouble, None);
    let again = foreseen(&planned(&edited, "second", ""));
    assert_eq!(again.foresight.standing(Part::WhatIfs), Standing::Here);
    let other = again.after(Happened::Edited(Edit::Replace(json!({ "name": "other" }))));
    assert_eq!(other.foresight.standing(Part::WhatIfs), Standing::Awaited);
}

#[test]
fn a_proposal_is_one_step_and_is_told_until_the_next() {
    let session = planned(&Session::open(None), "first", "");
    let change = |path: &str| Change { path: path.into(), before: Value::Null, after: json!(1) };
    let edit = Edit::Apply(vec![change("zones"), change("advice.fallbackTypes")]);
    let applied = session.after(Happened::Edited(edit));
    assert_eq!(applied.applied, Some(2));
    assert_eq!(planned(&applied, "second", "").applied, Some(2));
    let back = applied.after(Happened::Undone);
    assert_eq!((back.applied, back.document()), (None, session.document()));
}

#[test]
fn a_link_leads_to_its_tab_each_time() {
    let led = Session::open(None).after(Happened::LedTo(Tab::Why, "reason:a".into()));
    assert_eq!((led.tab, led.led_to.clone()), (Tab::Why, Some((1, "reason:a".into()))));
    let again = led.after(Happened::LedTo(Tab::Why, "reason:a".into()));
    assert_eq!(again.led_to, Some((2, "reason:a".into())));
}

#[test]
fn what_was_kept_is_opened_unless_it_is_no_scenario() {
    assert_eq!(**Session::open(Some(json!([1]))).document(), example());
    assert_eq!(**Session::open(Some(json!({ "name": "a" }))).document(), json!({ "name": "a" }));
}

#[test]
fn taking_what_is_there_changes_nothing() {
    let session = planned(&Session::open(None), "first", "");
    let opened = session.after(Happened::OpenedSheet(SheetKind::Import));
    let same = opened.after(Happened::Took((**session.document()).clone(), None));
    assert!(!same.history.can_undo());
    assert_eq!(same.planning, Planning::Done);
    assert!(same.draft.is_taken);
    let other = opened.after(Happened::Took(json!({ "name": "b" }), None));
    assert!(other.history.can_undo());
    // What is given next is another import, unless the files are looked at.
    assert!(!other.begins_import_anew());
    assert!(other.after(Happened::ClosedSheet).begins_import_anew());
}

#[test]
fn a_notice_is_told_where_it_belongs() {
    let within = |session: &Session| session.notice.as_ref().and_then(|notice| notice.within);
    let told = Happened::Told(Notice::done("a"));
    let session = Session::open(None).after(told.clone());
    let opened = session.after(Happened::OpenedSheet(SheetKind::Saved));
    assert_eq!(within(&opened), None, "that of the page");
    let in_dialog = opened.after(told);
    assert_eq!(within(&in_dialog), Some(SheetKind::Saved));
    assert_eq!(within(&in_dialog.after(Happened::ClosedSheet)), None, "still to be read");
}

#[test]
fn a_price_that_cannot_be_read_is_planned_without() {
    let diagnostics = json!([{ "severity": "error", "code": "scenario.refused",
        "path": "pricing.instancePrices.m7g.large", "message": "no" }]);
    let session = planned(&Session::open(None), "first", "");
    let report = report("second", &diagnostics);
    let typed = session.after(Happened::Planned { report, newest: true, took_ms: 9 });
    assert!(!typed.held);
}
