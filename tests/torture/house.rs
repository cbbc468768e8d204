//! The shop's processes: one or two, on one database, killed and started again.

use reqwest::Method;
use std::cell::RefCell;
use std::fs::OpenOptions;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use crate::kit::process::{etalase, free_port};
use crate::kit::stand_in::{MIDTRANS_KEY, STRIPE_KEY, STRIPE_SECRET};
use crate::kit::{FreshDatabase, MailServer, StandIn, Visitor};
use crate::pause;
use etalase::config::Database;

pub struct House {
    pub fresh: FreshDatabase,
    settings: Vec<(&'static str, String)>,
    ports: Vec<u16>,
    running: RefCell<Vec<Option<Child>>>,
}

impl House {
    pub fn open(
        fresh: FreshDatabase,
        (mail, gateways): (&MailServer, &StandIn),
        instances: usize,
    ) -> Self {
        let ports: Vec<u16> = (0..instances).map(|_| free_port()).collect();
        let settings = settings(&fresh, (mail, gateways), ports[0]);
        let running = RefCell::new(ports.iter().map(|_| None).collect());
        let house = Self { fresh, settings, ports, running };
        house.open_all();
        house
    }

    /// Where its instances are.
    pub fn urls(&self) -> Vec<String> {
        self.ports.iter().map(|port| format!("http://127.0.0.1:{port}")).collect()
    }

    pub fn instances(&self) -> usize {
        self.ports.len()
    }

    /// Starts whatever does not run: it was killed, or has given up while the database was away.
    pub fn open_all(&self) {
        for (number, child) in self.running.borrow_mut().iter_mut().enumerate() {
            let is_running =
                child.as_mut().is_some_and(|child| child.try_wait().unwrap().is_none());
            if !is_running {
                *child = Some(self.serve(number));
            }
        }
    }

    /// Until all instances answer.
    pub async fn wait(&self) {
        for url in self.urls() {
            let visitor = Visitor::new(&url);
            while visitor.try_send(visitor.request(Method::GET, "/healthz")).await.is_err() {
                pause(20).await;
            }
        }
    }

    /// Kills an instance as a power cut does.
    pub fn kill(&self, number: usize) {
        if let Some(mut child) = self.running.borrow_mut()[number].take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }

    /// Any command of the shop.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = etalase(self.fresh.folder.path(), arguments);
        command.envs(self.settings.iter().cloned());
        command
    }

    /// What an instance has said since it was first opened.
    pub fn log(&self, number: usize) -> PathBuf {
        self.fresh.folder.path().join(format!("instance-{number}.log"))
    }

    fn serve(&self, number: usize) -> Child {
        let log = OpenOptions::new().create(true).append(true).open(self.log(number)).unwrap();
        let port = self.ports[number].to_string();
        let mut serve = self.command(&["serve", "--port", &port]);
        serve.stdout(Stdio::null()).stderr(log).spawn().unwrap()
    }
}

/// The same for all instances and for every command.
fn settings(
    fresh: &FreshDatabase,
    (mail, gateways): (&MailServer, &StandIn),
    port: u16,
) -> Vec<(&'static str, String)> {
    let database = match &fresh.database {
        Database::Sqlite(path) => format!("sqlite:{}", path.display()),
        Database::Postgres(url) => url.expose().to_owned(),
    };
    vec![
        ("ETALASE_DATABASE_URL", database),
        ("ETALASE_DATA_DIR", fresh.folder.path().display().to_string()),
        ("ETALASE_PUBLIC_URL", format!("http://127.0.0.1:{port}")),
        ("ETALASE_SMTP_URL", format!("smtp://127.0.0.1:{}?tls=none", mail.port)),
        ("ETALASE_STRIPE_URL", gateways.url.clone()),
        ("ETALASE_STRIPE_KEY", STRIPE_KEY.to_owned()),
        ("ETALASE_STRIPE_WEBHOOK_SECRETS", STRIPE_SECRET.to_owned()),
        ("ETALASE_MIDTRANS_URL", gateways.url.clone()),
        ("ETALASE_MIDTRANS_SERVER_KEY", MIDTRANS_KEY.to_owned()),
    ]
}

impl Drop for House {
    fn drop(&mut self) {
        (0..self.instances()).for_each(|number| self.kill(number));
    }
}
