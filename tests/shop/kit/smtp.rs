//! A mail server on this machine that does what a story wants of it, and remembers what it was given.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

/// How long a test waits for a mail that does not come.
const PATIENCE: Duration = Duration::from_secs(30);

/// How the server treats the next mails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Manner {
    Take,
    /// 451 to every mail.
    Busy,
    /// 550 to mails for this recipient.
    Unknown(String),
    /// 550 5.7.1 to everybody.
    NoRelay,
    /// Hangs up on whoever comes.
    Gone,
    /// Takes the mail and hangs up without a word.
    HangUp,
    /// Takes the mail and never says so.
    Silent,
}

/// A mail that was given to the server, whatever it answered.
#[derive(Debug, Clone)]
pub struct Delivery {
    pub from: String,
    pub to: String,
    pub data: String,
}

impl Delivery {
    /// The value of a header, folded lines joined; empty when there is none.
    pub fn header(&self, name: &str) -> String {
        let (head, _) = self.data.split_once("\r\n\r\n").expect("a head and a body");
        let head = head.replace("\r\n ", " ").replace("\r\n\t", " ");
        let named = head.lines().filter_map(|line| line.split_once(": "));
        let mut values = named.filter(|(known, _)| known.eq_ignore_ascii_case(name));
        let value = values.next().map(|(_, value)| value.trim().to_owned()).unwrap_or_default();
        assert!(values.next().is_none(), "{name} twice");
        value
    }
}

struct State {
    manner: Manner,
    deliveries: Vec<Delivery>,
    connections: usize,
    /// Every line that a client has said, but for the mails themselves.
    said: Vec<String>,
}

pub struct MailServer {
    pub port: u16,
    state: Arc<(Mutex<State>, Condvar)>,
}

impl MailServer {
    pub fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let state = State {
            manner: Manner::Take,
            deliveries: Vec::new(),
            connections: 0,
            said: Vec::new(),
        };
        let state = Arc::new((Mutex::new(state), Condvar::new()));
        let known = state.clone();
        // The thread goes with the tests.
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let known = known.clone();
                std::thread::spawn(move || {
                    // A client that hangs up is none of the server's business.
                    let _ = serve(&stream.unwrap(), &known);
                });
            }
        });
        Self { port, state }
    }

    pub fn manner(&self, manner: Manner) {
        self.state.0.lock().unwrap().manner = manner;
    }

    pub fn deliveries(&self) -> Vec<Delivery> {
        self.state.0.lock().unwrap().deliveries.clone()
    }

    pub fn connections(&self) -> usize {
        self.state.0.lock().unwrap().connections
    }

    pub fn said(&self) -> Vec<String> {
        self.state.0.lock().unwrap().said.clone()
    }

    /// Waits until it has been given so many mails.
    #[track_caller]
    pub fn wait_for(&self, count: usize) -> Vec<Delivery> {
        let (state, news) = &*self.state;
        let state = state.lock().unwrap();
        let (state, waited) = news
            .wait_timeout_while(state, PATIENCE, |state| state.deliveries.len() < count)
            .unwrap();
        assert!(!waited.timed_out(), "{} of {count} mails came", state.deliveries.len());
        state.deliveries.clone()
    }
}

fn serve(stream: &TcpStream, known: &(Mutex<State>, Condvar)) -> std::io::Result<()> {
    known.0.lock().unwrap().connections += 1;
    if known.0.lock().unwrap().manner == Manner::Gone {
        return Ok(());
    }
    let mut lines = BufReader::new(stream).lines();
    let tell = |text: &str| (&*stream).write_all(format!("{text}\r\n").as_bytes());
    tell("220 mail.test ESMTP")?;
    let (mut from, mut to) = (String::new(), String::new());
    while let Some(line) = lines.next() {
        let line = line?;
        known.0.lock().unwrap().said.push(line.clone());
        let manner = known.0.lock().unwrap().manner.clone();
        let address = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
        match line.get(..4).unwrap_or_default().to_ascii_uppercase().as_str() {
            "EHLO" => tell("250-mail.test\r\n250-8BITMIME\r\n250 AUTH PLAIN")?,
            "MAIL" if manner == Manner::Busy => tell("451 4.3.0 try again later")?,
            "MAIL" => {
                from = address;
                tell("250 2.1.0 fine")?;
            }
            "RCPT" if manner == Manner::NoRelay => tell("550 5.7.1 relaying denied")?,
            "RCPT" if manner == Manner::Unknown(address.clone()) => tell("550 5.1.1 who?")?,
            "RCPT" => {
                to = address;
                tell("250 2.1.5 fine")?;
            }
            "DATA" => {
                tell("354 go on")?;
                let mut data = String::new();
                while let Some(line) = lines.next().transpose()?.filter(|line| line != ".") {
                    data.push_str(line.strip_prefix('.').unwrap_or(&line));
                    data.push_str("\r\n");
                }
                let delivery = Delivery { from: from.clone(), to: to.clone(), data };
                known.0.lock().unwrap().deliveries.push(delivery);
                known.1.notify_all();
                match manner {
                    Manner::HangUp => return Ok(()),
                    Manner::Silent => {}
                    _ => tell("250 2.0.0 taken")?,
                }
            }
            "QUIT" => return tell("221 2.0.0 bye"),
            _ => tell("250 2.0.0 fine")?,
        }
    }
    Ok(())
}
