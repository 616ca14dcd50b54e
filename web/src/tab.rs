//! The tabs behind which the rest of the answer stands, in their order.

/// A tab.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Tab {
    #[default]
    WhatIf,
    Requirements,
    Sizes,
    Range,
    Compare,
    Deployment,
    Timeline,
    Placement,
    Types,
    Why,
    Problems,
}

impl Tab {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::WhatIf,
        Self::Requirements,
        Self::Sizes,
        Self::Range,
        Self::Compare,
        Self::Deployment,
        Self::Timeline,
        Self::Placement,
        Self::Types,
        Self::Why,
        Self::Problems,
    ];

    /// Its word in ids.
    pub fn word(self) -> &'static str {
        match self {
            Self::WhatIf => "what-if",
            Self::Requirements => "requirements",
            Self::Sizes => "sizes",
            Self::Range => "range",
            Self::Compare => "compare",
            Self::Deployment => "deployment",
            Self::Timeline => "timeline",
            Self::Placement => "placement",
            Self::Types => "types",
            Self::Why => "why",
            Self::Problems => "problems",
        }
    }

    /// What stands on it.
    pub fn name(self) -> &'static str {
        match self {
            Self::WhatIf => "What if",
            Self::Requirements => "Requirements",
            Self::Sizes => "Sizes",
            Self::Range => "Range",
            Self::Compare => "Compare",
            Self::Deployment => "Deployment",
            Self::Timeline => "Timeline",
            Self::Placement => "Placement",
            Self::Types => "Types",
            Self::Why => "Why",
            Self::Problems => "Problems",
        }
    }

    /// The tab that the arrow key, Home or End leads to.
    pub fn led_by(self, key: &str) -> Option<Self> {
        let all = Self::ALL;
        let place = all.iter().position(|tab| *tab == self)?;
        let to = match key {
            "ArrowRight" => (place + 1) % all.len(),
            "ArrowLeft" => (place + all.len() - 1) % all.len(),
            "Home" => 0,
            "End" => all.len() - 1,
            _ => return None,
        };
        all.get(to).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::Tab;

    #[test]
    fn keys_go_along_and_round() {
        for (from, key, to) in [
            (Tab::WhatIf, "ArrowRight", Some(Tab::Requirements)),
            (Tab::WhatIf, "ArrowLeft", Some(Tab::Problems)),
            (Tab::Problems, "ArrowRight", Some(Tab::WhatIf)),
            (Tab::Types, "Home", Some(Tab::WhatIf)),
            (Tab::Types, "End", Some(Tab::Problems)),
            (Tab::Types, "a", None),
        ] {
            assert_eq!(from.led_by(key), to, "{from:?} {key}");
        }
    }
}
