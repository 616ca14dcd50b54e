//! What is wrong with a scenario, or worth knowing of it: data first, a sentence second.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One finding, tied to the field it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct Diagnostic {
    /// How grave it is.
    pub severity: Severity,
    /// What it is, for scripts and translations: `service.tooBig`.
    pub code: String,
    /// The field it is about: `services[0].taskDefinition.memory`; empty for the whole scenario.
    pub path: String,
    /// The value at fault, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// The sentence: what is wrong, the limit, what to do.
    pub message: String,
}

/// How grave a [`Diagnostic`] is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Something was left out of the plan.
    Error,
    /// Everything was planned, and something will surprise.
    Warning,
    /// Worth knowing.
    Note,
}

impl Diagnostic {
    pub(crate) fn new(
        severity: Severity,
        code: &str,
        path: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            severity,
            code: code.to_owned(),
            path: path.into(),
            value: None,
            message: message.into(),
        }
    }

    pub(crate) fn error(code: &str, path: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, path, message)
    }

    pub(crate) fn warning(code: &str, path: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, path, message)
    }

    pub(crate) fn note(code: &str, path: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, code, path, message)
    }

    pub(crate) fn with_value(mut self, value: impl Into<String>) -> Self {
        self.value = Some(value.into());
        self
    }
}
