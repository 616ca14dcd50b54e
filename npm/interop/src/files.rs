//! Files as JavaScript has them: `{name, bytes}` with a `Uint8Array`, or `{name, text}`.

use eniac_interop::{InputFile, MAX_FILES};
use js_sys::{Array, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;

/// Files with their bytes.
pub(crate) struct Files(Vec<(String, Vec<u8>)>);

impl Files {
    /// Reads a list of files; nothing is no file.
    pub(crate) fn read(files: &JsValue) -> Result<Self, JsError> {
        if files.is_null() || files.is_undefined() {
            return Ok(Self(Vec::new()));
        }
        if !Array::is_array(files) {
            return Err(JsError::new("files: a list of {name, bytes} or {name, text} is needed"));
        }
        let list = Array::from(files);
        if list.length() as usize > MAX_FILES {
            return Err(JsError::new(&format!(
                "files: there are {}; at most {MAX_FILES} are read at once",
                list.length()
            )));
        }
        let read = list.iter().enumerate().map(|(index, file)| Self::one(index, &file));
        read.collect::<Result<_, _>>().map(Self)
    }

    fn one(index: usize, file: &JsValue) -> Result<(String, Vec<u8>), JsError> {
        let field = |name: &str| Reflect::get(file, &name.into()).unwrap_or(JsValue::UNDEFINED);
        let name = field("name").as_string().unwrap_or_else(|| format!("file {}", index + 1));
        if let Some(text) = field("text").as_string() {
            return Ok((name, text.into_bytes()));
        }
        match field("bytes").dyn_ref::<Uint8Array>() {
            Some(bytes) => Ok((name, bytes.to_vec())),
            None => Err(JsError::new(&format!(
                "files[{index}]: bytes (a Uint8Array) or text (a string) is needed"
            ))),
        }
    }

    /// As an import takes them.
    pub(crate) fn inputs(&self) -> Vec<InputFile<'_>> {
        self.0.iter().map(|(name, bytes)| InputFile { name, bytes }).collect()
    }
}
