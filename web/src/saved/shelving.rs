//! Changes of the shelf, made in the browser's storage first: what could not be kept is told, and
//! the shelf stays as it was.

use crate::notice::Notice;
use crate::saved::entry::Entry;
use crate::saved::shelf::{Change, Shelf, Write};
use crate::session::{Happened, Session, example};
use crate::storage::{NotKept, keep_saved, saved};
use crate::workbench::Workbench;
use js_sys::Date;
use serde_json::Value;
use std::rc::Rc;

/// The shelf as the storage has it now, which another window may have changed.
pub fn current(workbench: &Workbench) -> Shelf {
    workbench.session().shelf.with_kept(saved())
}

/// Looks again what is there.
pub fn look_again(workbench: &Workbench) {
    workbench.tell(Happened::Shelved(Rc::new(current(workbench))));
}

/// Saves the scenario of the page under `name`; whether that could be done.
pub fn save(workbench: &Workbench, name: &str) -> bool {
    let session = workbench.session();
    let saved_at = String::from(Date::new_0().to_iso_string());
    let entry = Entry::new((**session.document()).clone(), saved_at, cost(session))
        .with_import(session.imported().and_then(|imported| imported.kept()));
    make(workbench, |shelf| Some(shelf.save(name, &entry)))
}

/// Saves what is on the page, unless it is the example, what comes in its place, or saved already;
/// under which name. `because` says what takes its place: `before a link`.
pub fn keep_last(workbench: &Workbench, arriving: &Value, because: &str) -> Option<String> {
    let document = workbench.session().document();
    let shelf = current(workbench);
    let is_known = **document == example()
        || **document == *arriving
        || shelf.newest_first().iter().any(|(_, entry)| entry.scenario == **document);
    if is_known {
        return None;
    }
    let name = crate::document::text(document, "name");
    let name = if name.is_empty() { "Unnamed" } else { &name };
    let name = shelf.free_name(&format!("{name} ({because})"));
    save(workbench, &name).then_some(name)
}

/// What the scenario of the page costs a month, if that is known.
pub fn cost(session: &Session) -> Option<u64> {
    let answer = session.answer.as_ref().filter(|_| session.is_current())?;
    let predicted = answer.predicted.as_ref().map(|it| it.fleet.cost);
    let cost = predicted.or_else(|| answer.cheapest.as_ref().map(|it| it.fleet.cost))?;
    Some(cost.total_micro_usd_per_month)
}

/// Makes the change that `change` says, of the shelf as it is now; whether that could be done.
pub fn make(workbench: &Workbench, change: impl FnOnce(&Shelf) -> Option<Change>) -> bool {
    let shelf = current(workbench);
    let Some(change) = change(&shelf) else { return false };
    let written = write(&shelf, &change.writes);
    match written {
        Ok(()) => workbench.tell(Happened::Shelved(Rc::new(shelf.after(&change)))),
        Err(why) => refused(workbench, why),
    }
    written.is_ok()
}

/// Takes the last change of the shelf back.
pub fn take_back(workbench: &Workbench) {
    let shelf = current(workbench);
    let Some(change) = shelf.back() else { return };
    match write(&shelf, &change.writes) {
        Ok(()) => workbench.tell(Happened::Shelved(Rc::new(shelf.before_last()))),
        Err(why) => refused(workbench, why),
    }
}

fn refused(workbench: &Workbench, why: NotKept) {
    workbench.tell(Happened::Told(Notice::trouble(format!("Not saved. {}", why.says()))));
}

/// All of `writes`, or none.
fn write(shelf: &Shelf, writes: &[Write]) -> Result<(), NotKept> {
    for (done, Write { name, entry }) in writes.iter().enumerate() {
        let text = entry.as_ref().map(|entry| entry.written());
        if let Err(why) = keep_saved(name, text.as_deref()) {
            for Write { name, .. } in writes.iter().take(done) {
                let stood = shelf.get(name).map(|entry| entry.written());
                // What was there has room.
                let _ = keep_saved(name, stood.as_deref());
            }
            return Err(why);
        }
    }
    Ok(())
}
