//! What is foreseen of the scenario: the outlook as far as it has come, and which of its parts
//! are those of an older scenario. Pure.

use eniac_core::Part;
use eniac_core::report::Outlook;

/// How far a part has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is being worked out, and there is none to show meanwhile.
    Awaited,
    /// It is being worked out; that of an older scenario is shown meanwhile.
    Old,
    /// It is that of the scenario, which may have none.
    Here,
}

/// The outlook as it comes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Foresight {
    /// All parts that have come.
    pub outlook: Outlook,
    /// Those of them that are of the present scenario.
    came: Vec<Part>,
    /// Why there are no more.
    pub trouble: Option<String>,
}

impl Foresight {
    /// A part of the present scenario came, with what `later` has of it.
    pub fn came(&mut self, part: Part, later: &Outlook) {
        let mut kept = std::mem::take(&mut self.outlook);
        forget(&mut kept, part);
        self.outlook = kept.with(later.clone());
        if !self.came.contains(&part) {
            self.came.push(part);
        }
    }

    /// The scenario is another one: nothing that is here is its own.
    pub fn age(&mut self) {
        self.came.clear();
        self.trouble = None;
    }

    /// How far `part` has come.
    pub fn standing(&self, part: Part) -> Standing {
        if self.came.contains(&part) {
            Standing::Here
        } else if has(&self.outlook, part) {
            Standing::Old
        } else {
            Standing::Awaited
        }
    }

    /// Whether every part is that of the present scenario.
    pub fn is_whole(&self) -> bool {
        crate::outlook::part_job::parts().all(|part| self.came.contains(&part))
    }
}

fn has(outlook: &Outlook, part: Part) -> bool {
    match part {
        Part::Fleets => outlook.predicted.is_some() || outlook.cheapest.is_some(),
        Part::Range => outlook.range.is_some(),
        Part::Sensitivity => outlook.sensitivity.is_some(),
        Part::Advice => outlook.advice.is_some(),
        Part::WhatIfs => outlook.what_ifs.is_some(),
        Part::Tightenings => outlook.tightenings.is_some(),
        Part::Deployment => outlook.deployment.is_some(),
        Part::Comparison => outlook.comparison.is_some(),
        Part::Group => outlook.group.is_some(),
        Part::TaskSizes => outlook.task_sizes.is_some(),
    }
}

/// A part that has come empty leaves nothing of an older one.
fn forget(outlook: &mut Outlook, part: Part) {
    match part {
        Part::Fleets => (outlook.predicted, outlook.cheapest) = (None, None),
        Part::Range => outlook.range = None,
        Part::Sensitivity => outlook.sensitivity = None,
        Part::Advice => outlook.advice = None,
        Part::WhatIfs => outlook.what_ifs = None,
        Part::Tightenings => outlook.tightenings = None,
        Part::Deployment => outlook.deployment = None,
        Part::Comparison => outlook.comparison = None,
        Part::Group => outlook.group = None,
        Part::TaskSizes => outlook.task_sizes = None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_come_age_and_go() {
        let mut foresight = Foresight::default();
        assert_eq!(foresight.standing(Part::WhatIfs), Standing::Awaited);
        let later = Outlook { what_ifs: Some(Vec::new()), ..Outlook::default() };
        foresight.came(Part::WhatIfs, &later);
        assert_eq!(foresight.standing(Part::WhatIfs), Standing::Here);
        assert!(!foresight.is_whole());
        foresight.age();
        assert_eq!(foresight.standing(Part::WhatIfs), Standing::Old);
        // Other parts leave it as it is; its own, empty, does not.
        foresight.came(Part::Range, &Outlook::default());
        assert_eq!(foresight.standing(Part::WhatIfs), Standing::Old);
        foresight.came(Part::WhatIfs, &Outlook::default());
        assert_eq!(foresight.outlook.what_ifs, None);
        assert_eq!(foresight.standing(Part::WhatIfs), Standing::Here);
    }
}
