//! How long the shop waits for a client that is slow, or means to be, and for a database that is busy.

use std::time::Duration;

/// Not for the operator: these hold for every line that a shopper can be on.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// For the lines before a form or a file: address, headers.
    pub head: Duration,
    /// For a form.
    pub form: Duration,
    /// For a file: 5 MB at the pace of an old phone.
    pub upload: Duration,
    /// For a connection to the database; then the request is answered 503.
    pub connection: Duration,
    /// For the pictures that staff send, 300 MB at most: at 4 Mbit/s.
    pub pictures: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(5),
            form: Duration::from_secs(10),
            upload: Duration::from_secs(120),
            connection: Duration::from_secs(2),
            pictures: Duration::from_secs(600),
        }
    }
}
