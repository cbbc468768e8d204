//! Stands in for payment gateways on this machine: their APIs as they document them, pages with buttons, signed notices, and
//! whatever a net can do to a call. For the tests, which steer it by these functions, and as a program of its own
//! (`cargo run --example stand_in`), which is steered by `POST /control/…`.

// Each of its users needs a part.
#![allow(dead_code, unused_imports)]
#![allow(clippy::unwrap_used, clippy::panic)]

mod books;
mod control;
mod faults;
mod midtrans;
mod notices;
mod stripe;
mod stripe_calls;
mod stripe_form;
mod stripe_page;
mod wire;

use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};

pub use books::{Entry, Stands};
pub use faults::Fault;
use midtrans::Midtrans;
pub use notices::{Notice, Plan, stripe_signature};
pub use stripe::Leaving;
use stripe::Stripe;
use wire::{Answer, Request};

pub const STRIPE_KEY: &str = "sk_test_standin";
pub const STRIPE_SECRET: &str = "whsec_standin";
pub const MIDTRANS_KEY: &str = "SB-Mid-server-standin";
/// The key and a colon, as `Authorization` carries them.
const MIDTRANS_BASIC: &str = "U0ItTWlkLXNlcnZlci1zdGFuZGluOg==";

/// Open at [`StandIn::url`] for as long as the process lives.
#[derive(Clone)]
pub struct StandIn {
    /// `http://127.0.0.1:…`
    pub url: String,
    state: Arc<Mutex<State>>,
}

/// All that it knows.
pub(crate) struct State {
    url: String,
    stripe: Stripe,
    midtrans: Midtrans,
    faults: faults::Faults,
    plan: Plan,
    notices: Vec<Notice>,
    /// Calls of the API that came in, as `POST /v1/refunds`.
    calls: Vec<String>,
    last_id: u64,
}

impl State {
    /// A name that nothing else here has.
    fn new_id(&mut self, prefix: &str) -> String {
        self.last_id += 1;
        format!("{prefix}_{}", self.last_id)
    }
}

impl StandIn {
    /// On a port that is free.
    pub fn open() -> Self {
        Self::open_at(0)
    }

    pub fn open_at(port: u16) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", port)).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let state = State {
            url: url.clone(),
            stripe: Stripe::default(),
            midtrans: Midtrans::default(),
            faults: faults::Faults::default(),
            plan: Plan::default(),
            notices: Vec::new(),
            calls: Vec::new(),
            last_id: 0,
        };
        let stand_in = Self { url, state: Arc::new(Mutex::new(state)) };
        let known = stand_in.clone();
        // The thread goes with the process.
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let known = known.clone();
                std::thread::spawn(move || {
                    // A client that hangs up is none of our business.
                    let _ = stream.and_then(|stream| known.serve(stream));
                });
            }
        });
        stand_in
    }

    /// What happens to the next calls of the API, one after the other.
    pub fn faults(&self, faults: &[Fault]) {
        self.state().faults.add(faults);
    }

    /// Answers at once and clearly from now on.
    pub fn calm(&self) {
        self.state().faults = faults::Faults::default();
    }

    /// Sends notices from now on, in this way.
    pub fn plan(&self, plan: Plan) {
        self.state().plan = plan;
    }

    /// All notices so far, sent or not, the oldest first.
    pub fn notices(&self) -> Vec<Notice> {
        self.state().notices.clone()
    }

    pub fn calls(&self) -> Vec<String> {
        self.state().calls.clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn serve(&self, stream: TcpStream) -> std::io::Result<()> {
        let Some(request) = Request::read(&stream)? else { return Ok(()) };
        let answer = match request.path.split('/').nth(1).unwrap_or_default() {
            "control" => control::answer(self, &request),
            "snap" if request.path.starts_with("/snap/v4/") => self.midtrans_page(&request),
            "v1" | "v2" | "snap" => match self.call(&request) {
                Some(answer) => answer,
                None => return Ok(()),
            },
            "pay" => stripe_page::answer(self, &request),
            _ => Answer::json(404, &serde_json::json!({ "error": "nothing is here" })),
        };
        answer.write(&stream)
    }

    /// A call of an API; `None` when the line is cut.
    fn call(&self, request: &Request) -> Option<Answer> {
        let fault = {
            let mut state = self.state();
            state.calls.push(format!("{} {}", request.method, request.path));
            state.faults.next()
        };
        match fault {
            Some(Fault::Cut) => return None,
            Some(Fault::Status(status)) => {
                return Some(stripe_calls::error(status, "api_error", "", ""));
            }
            Some(Fault::Slow(time)) => std::thread::sleep(time),
            Some(Fault::Lost | Fault::Garbage) | None => {}
        }
        let answer = match request.path.starts_with("/v1/") {
            true => stripe_calls::answer(self, request),
            false => self.call_midtrans(request),
        };
        match fault {
            Some(Fault::Lost) => None,
            Some(Fault::Garbage) => Some(Answer::html("<html>oops")),
            _ => Some(answer),
        }
    }
}
