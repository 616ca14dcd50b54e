//! Undo and redo: a stack of states. Typing in one field is one step, however many keys it took.

/// How many steps can be undone.
const LIMIT: usize = 200;

/// A state, those before it and those that were undone.
#[derive(Debug, Clone, PartialEq)]
pub struct History<T> {
    past: Vec<T>,
    present: T,
    future: Vec<T>,
    /// The field that is being typed in: its next text replaces the present.
    typing: Option<String>,
}

impl<T: Clone + PartialEq> History<T> {
    /// A history that begins with `present`.
    pub fn new(present: T) -> Self {
        Self { past: Vec::new(), present, future: Vec::new(), typing: None }
    }

    /// The state that is shown.
    pub fn present(&self) -> &T {
        &self.present
    }

    /// Makes `next` the present. `field` names the field that was typed in, if one was.
    pub fn record(&mut self, next: T, field: Option<&str>) {
        if next == self.present {
            return;
        }
        let same_field = field.is_some() && self.typing.as_deref() == field;
        let before = std::mem::replace(&mut self.present, next);
        if !same_field {
            self.past.push(before);
            if self.past.len() > LIMIT {
                self.past.remove(0);
            }
        }
        self.future.clear();
        self.typing = field.map(str::to_owned);
    }

    /// The next text in the same field is a step of its own.
    pub fn pause(&mut self) {
        self.typing = None;
    }

    /// Whether there is a step to take back.
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// Whether there is a step to take again.
    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }

    /// Takes back the last step, if there is one.
    pub fn undo(&mut self) {
        if let Some(before) = self.past.pop() {
            self.future.push(std::mem::replace(&mut self.present, before));
        }
        self.typing = None;
    }

    /// Takes the last undone step again, if there is one.
    pub fn redo(&mut self) {
        if let Some(after) = self.future.pop() {
            self.past.push(std::mem::replace(&mut self.present, after));
        }
        self.typing = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_go_back_and_forth() {
        let mut history = History::new(1);
        history.record(2, None);
        history.record(3, None);
        history.undo();
        assert_eq!((*history.present(), history.can_undo(), history.can_redo()), (2, true, true));
        history.redo();
        assert_eq!((*history.present(), history.can_redo()), (3, false));
        history.undo();
        history.record(4, None);
        assert!(!history.can_redo());
        history.undo();
        history.undo();
        history.undo();
        assert_eq!((*history.present(), history.can_undo()), (1, false));
    }

    #[test]
    fn typing_in_a_field_is_one_step() {
        let mut history = History::new("");
        for text in ["5", "51", "512"] {
            history.record(text, Some("cpu"));
        }
        history.pause();
        history.record("1024", Some("cpu"));
        history.undo();
        assert_eq!(*history.present(), "512");
        history.undo();
        assert_eq!(*history.present(), "");
    }

    #[test]
    fn memory_is_bounded() {
        let mut history = History::new(0);
        for step in 1..1000 {
            history.record(step, None);
        }
        for _ in 0..1000 {
            history.undo();
        }
        assert_eq!(*history.present(), 999 - LIMIT);
    }
}
