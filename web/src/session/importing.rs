//! What is given to be imported, from the first file until a scenario is made of it, and after.

use super::{Session, Standing};
use crate::interop::draft::Draft;
use crate::interop::imported::{Given, Imported};
use crate::sheet::SheetKind;
use serde_json::Value;
use std::rc::Rc;

impl Session {
    /// Whether files that are given now are another import: those before were taken, and nobody
    /// looks at them.
    pub fn begins_import_anew(&self) -> bool {
        self.draft.is_taken && self.sheet != Some(SheetKind::Import)
    }

    pub(super) fn gave(&mut self, files: Vec<Given>) {
        if files.is_empty() {
            // What could not be taken changes nothing of what is there.
        } else if self.begins_import_anew() {
            self.given_are(Vec::new());
            self.given = Rc::new(files);
        } else {
            Rc::make_mut(&mut self.given).extend(files);
            Rc::make_mut(&mut self.draft).is_taken = false;
        }
        self.sheet = Some(SheetKind::Import);
    }

    pub(super) fn given_are(&mut self, files: Vec<Given>) {
        let draft = Rc::make_mut(&mut self.draft);
        draft.is_taken = false;
        draft.ticked.clear();
        if files.is_empty() {
            *draft = Draft { text: std::mem::take(&mut draft.text), ..Draft::default() };
        }
        self.given = Rc::new(files);
    }

    pub(super) fn took(&mut self, document: Value, imported: Option<Rc<Imported>>) {
        let document = Rc::new(document);
        let is_other = self.document() != &document;
        self.history.record(Standing { document, imported }, None);
        // A saved scenario is taken too, and says nothing of the files that are given.
        if self.sheet == Some(SheetKind::Import) {
            Rc::make_mut(&mut self.draft).is_taken = true;
        }
        if is_other {
            self.begin_anew();
        }
    }

    /// Opens `sheet`; the import with the files that the scenario was made of, where no others are
    /// waiting.
    pub(super) fn opened(&mut self, sheet: SheetKind) {
        self.sheet = Some(sheet);
        let Some(imported) = self.imported().cloned() else { return };
        let is_free = self.given.is_empty() || self.draft.is_taken;
        if sheet == SheetKind::Import && is_free && *self.given != imported.files {
            let text = self.draft.text.clone();
            let settings = imported.settings.clone();
            self.draft = Rc::new(Draft { settings, text, is_taken: true, ..Draft::default() });
            self.given = Rc::new(imported.files.clone());
        }
    }
}
