//! Text as a file that the user saves, and as what the clipboard holds.

use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// Offers `text` as a file to be saved; what is said of it.
pub fn save_as(name: &str, text: &str) -> String {
    match offer(name, text) {
        Ok(()) => format!("Saved as {name}."),
        Err(_) => "The browser did not let the file be saved.".to_owned(),
    }
}

fn offer(name: &str, text: &str) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    let is_json = name.rsplit('.').next() == Some("json");
    options.set_type(if is_json { "application/json" } else { "text/plain" });
    let parts = Array::of1(&JsValue::from_str(text));
    let blob = Blob::new_with_str_sequence_and_options(&parts, &options)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let link = gloo::utils::document().create_element("a")?.dyn_into::<HtmlAnchorElement>()?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    Url::revoke_object_url(&url)
}

/// Copies `text`; `then` hears whether the browser let it.
pub fn copy(text: &str, then: impl FnOnce(bool) + 'static) {
    let navigator = gloo::utils::window().navigator();
    // Away from HTTPS and this machine, browsers have no clipboard for pages.
    let clipboard = Reflect::get(&navigator, &"clipboard".into()).ok();
    if clipboard.is_none_or(|clipboard| clipboard.is_undefined()) {
        then(false);
        return;
    }
    let copying = JsFuture::from(navigator.clipboard().write_text(text));
    spawn_local(async move { then(copying.await.is_ok()) });
}
