//! The list of all questions, beside each of them.

use super::address;
use crate::admin::desk::Desk;
use crate::opening::{Readiness, Step};

/// A line of it.
pub struct StepView {
    pub href: String,
    pub text: String,
    pub is_done: bool,
    pub is_current: bool,
}

pub fn steps(shell: &Desk, readiness: &Readiness, current: Option<Step>) -> Vec<StepView> {
    let view = |step: &Step| StepView {
        href: shell.href(&address(Some(*step))).into_owned(),
        text: shell.t(&format!("step-{}", step.code())).to_owned(),
        is_done: readiness.is_done(*step),
        is_current: current == Some(*step),
    };
    Step::ALL.iter().map(view).collect()
}
