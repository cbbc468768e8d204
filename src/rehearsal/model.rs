//! Where a rehearsed payment stands, and what can be made of it.

use crate::payments::Seen;

/// Where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// Its page is open.
    Open,
    /// Paid, and the money is on its way.
    Processing,
    Captured,
    Failed,
    /// Closed by the shop, or its time is over.
    Expired,
}

impl State {
    const ALL: [Self; 5] =
        [Self::Open, Self::Processing, Self::Captured, Self::Failed, Self::Expired];

    /// Its name in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Processing => "processing",
            Self::Captured => "captured",
            Self::Failed => "failed",
            Self::Expired => "expired",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// What the shop is told.
    pub fn seen(self) -> Seen {
        match self {
            Self::Open => Seen::Open,
            Self::Processing => Seen::Processing,
            Self::Captured => Seen::Captured,
            Self::Failed => Seen::Failed,
            Self::Expired => Seen::Expired,
        }
    }
}

/// A button of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    Pay,
    /// Pay, and the money takes its time.
    Later,
    Decline,
    /// The money that was on its way arrives.
    Arrive,
    /// The money that was on its way does not.
    Bounce,
}

impl Act {
    const ALL: [Self; 5] = [Self::Pay, Self::Later, Self::Decline, Self::Arrive, Self::Bounce];

    /// Its name in the form.
    pub fn code(self) -> &'static str {
        match self {
            Self::Pay => "pay",
            Self::Later => "later",
            Self::Decline => "decline",
            Self::Arrive => "arrive",
            Self::Bounce => "bounce",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.code() == code)
    }

    /// The text of its button.
    pub fn text(self) -> &'static str {
        match self {
            Self::Pay => "pay-now",
            Self::Later => "rehearsal-later",
            Self::Decline => "rehearsal-decline",
            Self::Arrive => "rehearsal-arrive",
            Self::Bounce => "rehearsal-bounce",
        }
    }

    /// From where to where it moves a payment.
    pub fn moves(self) -> (State, State) {
        match self {
            Self::Pay => (State::Open, State::Captured),
            Self::Later => (State::Open, State::Processing),
            Self::Decline => (State::Open, State::Failed),
            Self::Arrive => (State::Processing, State::Captured),
            Self::Bounce => (State::Processing, State::Failed),
        }
    }

    /// What can be done with a payment that stands there.
    pub fn of(state: State) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(move |act| act.moves().0 == state)
    }
}
