//! The saved scenarios by name, and the way back from each change. Pure: a change is a list of
//! writes, which the caller makes in the browser's storage before the shelf has them.

use crate::saved::entry::Entry;
use std::collections::BTreeMap;
use std::rc::Rc;

/// So many changes can be taken back.
const LIMIT: usize = 50;

/// Saved scenarios.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Shelf {
    entries: BTreeMap<String, Rc<Entry>>,
    /// Names of what is kept and cannot be read by this version.
    pub unreadable: Vec<String>,
    past: Vec<Change>,
}

/// What stands under a name afterwards; `None`: nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Write {
    /// The name.
    pub name: String,
    /// What is kept under it.
    pub entry: Option<Rc<Entry>>,
}

/// A change of the shelf.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What was done, as a sentence.
    pub what: String,
    /// How.
    pub writes: Vec<Write>,
}

impl Shelf {
    /// The shelf with what the storage has now, and with the changes that can be taken back.
    #[must_use]
    pub fn with_kept(&self, kept: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut next = Self { past: self.past.clone(), ..Self::default() };
        for (name, text) in kept {
            match Entry::read(&text) {
                Some(entry) => {
                    next.entries.insert(name, Rc::new(entry));
                }
                None => next.unreadable.push(name),
            }
        }
        next.unreadable.sort_unstable();
        next
    }

    /// What is kept under `name`.
    pub fn get(&self, name: &str) -> Option<&Rc<Entry>> {
        self.entries.get(name)
    }

    /// All of it, the newest first.
    pub fn newest_first(&self) -> Vec<(&str, &Rc<Entry>)> {
        let mut all: Vec<(&str, &Rc<Entry>)> =
            self.entries.iter().map(|(name, entry)| (name.as_str(), entry)).collect();
        all.sort_by(|(_, a), (_, b)| b.saved_at.cmp(&a.saved_at));
        all
    }

    /// Saves `entry` under `name`, in the place of what stands there; beside what this version
    /// cannot read.
    pub fn save(&self, name: &str, entry: &Entry) -> Change {
        let is_there = self.entries.contains_key(name);
        let name = if is_there { name.to_owned() } else { self.free_name(name) };
        let verb = if is_there { "Replaced" } else { "Saved" };
        let entry = Some(Rc::new(entry.named(&name)));
        Change { what: format!("{verb} “{name}”."), writes: vec![Write { name, entry }] }
    }

    /// Calls what is kept under `from` by another name; a number is put behind one that is taken.
    pub fn rename(&self, from: &str, to: &str) -> Option<Change> {
        let entry = self.entries.get(from)?;
        if to.is_empty() || to == from {
            return None;
        }
        let to = self.free_name(to);
        let writes = vec![
            Write { name: to.clone(), entry: Some(Rc::new(entry.named(&to))) },
            Write { name: from.to_owned(), entry: None },
        ];
        Some(Change { what: format!("Renamed “{from}” to “{to}”."), writes })
    }

    /// Takes what is kept under `name` away.
    pub fn delete(&self, name: &str) -> Change {
        Change {
            what: format!("Deleted “{name}”."),
            writes: vec![Write { name: name.to_owned(), entry: None }],
        }
    }

    /// The last change, backwards.
    pub fn back(&self) -> Option<&Change> {
        self.past.last()
    }

    /// The shelf after `change`.
    #[must_use]
    pub fn after(&self, change: &Change) -> Self {
        let mut next = self.clone();
        next.past.push(Change { what: change.what.clone(), writes: self.undoing(change) });
        if next.past.len() > LIMIT {
            next.past.remove(0);
        }
        next.write(&change.writes);
        next
    }

    /// The shelf after its last change was taken back.
    #[must_use]
    pub fn before_last(&self) -> Self {
        let mut next = self.clone();
        if let Some(change) = next.past.pop() {
            next.write(&change.writes);
        }
        next
    }

    fn undoing(&self, change: &Change) -> Vec<Write> {
        let stood = |write: &Write| Write {
            name: write.name.clone(),
            entry: self.entries.get(&write.name).cloned(),
        };
        change.writes.iter().rev().map(stood).collect()
    }

    fn write(&mut self, writes: &[Write]) {
        for Write { name, entry } in writes {
            match entry {
                Some(entry) => self.entries.insert(name.clone(), entry.clone()),
                None => self.entries.remove(name),
            };
        }
    }

    /// `base`, or `base (2)` and so on: the first name under which nothing is kept.
    pub fn free_name(&self, base: &str) -> String {
        let mut name = base.to_owned();
        let mut number = 2;
        while self.entries.contains_key(&name) || self.unreadable.contains(&name) {
            name = format!("{base} ({number})");
            number += 1;
        }
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn entry(savings: u64) -> Entry {
        Entry::new(json!({ "services": [] }), format!("2026-{savings}"), Some(savings))
    }

    fn names(shelf: &Shelf) -> Vec<String> {
        let named = |(name, entry): (&str, &Rc<Entry>)| {
            assert_eq!(entry.scenario["name"], name);
            format!("{name}={}", entry.micro_usd_per_month.unwrap_or_default())
        };
        shelf.newest_first().into_iter().map(named).collect()
    }

    #[test]
    fn each_change_is_taken_back() {
        let mut shelf = Shelf::default();
        let mut seen = vec![names(&shelf)];
        for step in 0..6 {
            let change = match step {
                0 => shelf.save("a", &entry(1)),
                1 => shelf.save("b", &entry(2)),
                2 => shelf.save("a", &entry(3)),
                3 => shelf.rename("a", "b").unwrap(),
                4 => shelf.delete("b"),
                _ => shelf.rename("b (2)", "c").unwrap(),
            };
            shelf = shelf.after(&change);
            seen.push(names(&shelf));
        }
        assert_eq!(seen[3], ["a=3", "b=2"]);
        assert_eq!(seen[4], ["b (2)=3", "b=2"]);
        assert_eq!(seen[6], ["c=3"]);
        while let Some(now) = seen.pop() {
            assert_eq!(names(&shelf), now);
            shelf = shelf.before_last();
        }
        assert!(shelf.back().is_none());
        assert!(shelf.rename("nothing", "x").is_none());
    }

    #[test]
    fn what_cannot_be_read_is_named_and_left_alone() {
        let kept = [("b".to_owned(), "{".to_owned()), ("a".to_owned(), entry(1).written())];
        let shelf = Shelf::default().with_kept(kept);
        assert_eq!(shelf.unreadable, ["b"]);
        assert!(shelf.get("a").is_some() && shelf.get("b").is_none());
        assert_eq!(shelf.rename("a", "b").unwrap().writes[0].name, "b (2)");
        assert_eq!(shelf.save("b", &entry(2)).writes[0].name, "b (2)");
    }
}
