//! What a net, or a gateway on a bad day, does to a call.

use std::collections::VecDeque;
use std::time::Duration;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The line is cut before anything is done.
    Cut,
    /// It is done, and the line is cut.
    Lost,
    /// Nothing is done; this status is the answer.
    Status(u16),
    /// It is done, and the answer is not for machines.
    Garbage,
    /// It is done after a while.
    Slow(Duration),
}

#[derive(Default)]
pub(crate) struct Faults(VecDeque<Fault>);

impl Faults {
    pub fn add(&mut self, faults: &[Fault]) {
        self.0.extend(faults);
    }

    pub fn next(&mut self) -> Option<Fault> {
        self.0.pop_front()
    }
}
