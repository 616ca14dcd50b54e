//! A list of literals that becomes longer or shorter: what stands from its first literal to its last
//! is written anew, with what stood between two of them between all.

use super::style::in_style_of;
use crate::import::Origin;
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// The bytes of each element, where all stand after each other in one file.
pub(super) struct Elements {
    pub(super) file: usize,
    spans: Vec<(u32, u32)>,
}

impl Elements {
    /// Those of the list at `path`, which has `count`.
    pub(super) fn of(origins: &BTreeMap<&str, &Origin>, path: &str, count: usize) -> Option<Self> {
        let of_number = |number| origins.get(format!("{path}[{number}]").as_str()).copied();
        let file = of_number(0)?.file;
        let span = |number| of_number(number).filter(|it| it.file == file)?.span;
        let spans: Vec<(u32, u32)> = (0..count).map(span).collect::<Option<_>>()?;
        let follow = spans.windows(2).all(|pair| matches!(pair, [one, next] if one.1 <= next.0));
        follow.then_some(Self { file, spans })
    }

    /// From the first to the last.
    pub(super) fn span(&self) -> Option<(u32, u32)> {
        Some((self.spans.first()?.0, self.spans.last()?.1))
    }

    pub(super) fn spans(&self) -> impl Iterator<Item = (u32, u32)> {
        self.spans.iter().copied()
    }

    /// What stands in the place of the elements when they become `after`. `None` where more than
    /// blanks, commas and dashes stands between them, which might be a comment.
    pub(super) fn written(&self, text: &str, path: &str, after: &[Json]) -> Option<String> {
        let part = |start: u32, end: u32| {
            text.get(usize::try_from(start).ok()?..usize::try_from(end).ok()?)
        };
        let between = self.spans.windows(2).map(|pair| match pair {
            [one, next] => part(one.1, next.0),
            _ => None,
        });
        let between: Vec<&str> = between.collect::<Option<_>>()?;
        let is_plain = |text: &&str| text.chars().all(|it| it.is_whitespace() || ",-".contains(it));
        if !between.iter().all(is_plain) {
            return None;
        }
        let first = self.spans.first()?;
        let only = || before_only(part(0, first.0).unwrap_or_default());
        let usual = between.last().map_or_else(only, |it| (*it).to_owned());
        let mut written = String::new();
        for (number, value) in after.iter().enumerate() {
            if number > 0 {
                written.push_str(between.get(number - 1).copied().unwrap_or(&usual));
            }
            let style = self.spans.get(number).or(self.spans.last())?;
            written += &in_style_of(part(style.0, style.1)?, path, None, value, false)?;
        }
        Some(written)
    }
}

/// What stands between elements where there is one only: a new line with the same dash, or a comma.
fn before_only(text: &str) -> String {
    let line = text.rsplit('\n').next().unwrap_or_default();
    if line.trim() == "-" { format!("\n{line}") } else { ", ".to_owned() }
}
