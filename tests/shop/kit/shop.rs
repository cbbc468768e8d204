//! A whole shop: fresh rows and the real server on a free port, until it is dropped.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::mpsc;
use std::thread::JoinHandle;
use std::time::Duration;

use actix_web::dev::ServerHandle;
use etalase::app;
use etalase::config::{self, Flags, Patience, PublicUrl, Settings};
use etalase::db::{Conn, Db};
use etalase::error::Result;
use etalase::payments::Gateways;
use etalase::web::Shop;

use super::database::{Dbms, FreshDatabase};
use super::gateway::{Mood, Moody};
use super::ledger;
use super::office;
use super::shopper::{self, Shopper};
use super::visitor::Visitor;

/// The demo shop "Selasar", open at [`TestShop::url`].
pub struct TestShop {
    /// `http://127.0.0.1:…`
    pub url: String,
    pub shop: Arc<Shop>,
    pub gateways: Gateways,
    pub settings: Settings,
    server: ServerHandle,
    thread: Option<JoinHandle<()>>,
    // Dropped after the server's thread has ended.
    pub fresh: FreshDatabase,
}

impl TestShop {
    /// With the settings that a shop has when nobody sets anything.
    pub async fn open(dbms: Dbms) -> Self {
        Self::open_with(FreshDatabase::filled(dbms), |_| {}).await
    }

    /// One that nobody has set up yet: closed, and with nothing in it.
    pub async fn open_new(dbms: Dbms) -> Self {
        Self::open_with(FreshDatabase::migrated(dbms), |_| {}).await
    }

    /// Behind a proxy that speaks https.
    pub async fn open_https(dbms: Dbms) -> Self {
        let fresh = FreshDatabase::filled(dbms);
        let public = PublicUrl::parse("https://selasar.example").unwrap();
        Self::open_with(fresh, move |settings| settings.public_url = public).await
    }

    /// Behind a proxy that tells where visitors are (`Visitor::from`), with these limits.
    pub async fn open_with_limits(dbms: Dbms, limits: &str) -> Self {
        Self::open_with(FreshDatabase::filled(dbms), |settings| limited(settings, limits)).await
    }

    /// Where orders can be paid on the page where no money moves, by a gateway of this mood.
    pub async fn open_hosted(dbms: Dbms, mood: &Mood) -> Self {
        let (fresh, mood) = (FreshDatabase::filled(dbms), mood.clone());
        let moody = move |db: &Db, settings: &Settings| {
            Gateways::new(vec![Arc::new(Moody::new(db, settings, mood))])
        };
        Self::open_at(fresh, |_| {}, moody).await
    }

    /// With rows and settings of the caller's choice.
    pub async fn open_with(fresh: FreshDatabase, change: impl FnOnce(&mut Settings)) -> Self {
        Self::open_at(fresh, change, app::gateways).await
    }

    async fn open_at(
        fresh: FreshDatabase,
        change: impl FnOnce(&mut Settings),
        gateways: impl FnOnce(&Db, &Settings) -> Gateways + Send + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let mut settings = settings(&fresh, port);
        change(&mut settings);
        let (sender, receiver) = mpsc::channel();
        let known = settings.clone();
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let shop = app::open_shop(&settings).await.unwrap();
                // No signal closes it: one that ends the tests must end them.
                let never = std::future::pending();
                let gateways = gateways(&shop.db, &settings);
                let ways = (shop.clone(), gateways.clone());
                let server = app::serve(ways, &settings, listener, never).unwrap();
                sender.send((shop.into_inner(), gateways, server.handle())).unwrap();
                server.await.unwrap();
            });
        });
        let (shop, gateways, server) = receiver.recv().expect("the shop opens");
        let url = format!("http://127.0.0.1:{port}");
        Self { url, shop, gateways, settings: known, server, thread: Some(thread), fresh }
    }

    /// Somebody with a browser without scripts and without cookies.
    pub fn visitor(&self) -> Visitor {
        Visitor::new(&self.url)
    }

    /// Somebody who buys, in English.
    pub fn shopper(&self) -> Shopper {
        Shopper { visitor: self.visitor(), words: &shopper::ENGLISH }
    }

    /// Somebody who buys, in Indonesian.
    pub fn indonesian_shopper(&self) -> Shopper {
        Shopper { visitor: self.visitor(), words: &shopper::INDONESIAN }
    }

    /// What the shop answers to these bytes, which need not be a request that any browser would send.
    pub fn answer_to(&self, bytes: &[u8]) -> String {
        let mut stream = TcpStream::connect(self.url.trim_start_matches("http://")).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        stream.write_all(bytes).unwrap();
        let mut answer = Vec::new();
        // A connection that is cut has said what it had to say.
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// Arranges rows in one transaction, and lets the shop take notice of changed settings and menus.
    pub async fn with_db<T: Send + 'static>(
        &self,
        change: impl Fn(&mut Conn) -> Result<T> + Send + 'static,
    ) -> T {
        let result = self.shop.db.write(change).await.unwrap();
        self.shop.refresh().await.unwrap();
        result
    }

    /// How many statements an action needs. Of three runs the fewest, as the shop looks for changed settings meanwhile.
    pub async fn statements<F: Future>(&self, mut action: impl FnMut() -> F) -> u64 {
        let mut fewest = u64::MAX;
        for _ in 0..3 {
            let before = self.shop.db.statements();
            action().await;
            fewest = fewest.min(self.shop.db.statements() - before);
        }
        fewest
    }
}

impl Drop for TestShop {
    fn drop(&mut self) {
        // The command is sent by the call; its end is the thread's end.
        drop(self.server.stop(false));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
        // A story that has failed already has said why.
        if !std::thread::panicking() {
            let close = || actix_web::rt::System::new().block_on(office::close(self));
            std::thread::scope(|scope| scope.spawn(close).join()).expect("no job is left");
            ledger::hold(&mut self.fresh.conn());
        }
    }
}

/// Behind a proxy that tells where visitors are, with these limits.
pub fn limited(settings: &mut Settings, limits: &str) {
    let env = [("ETALASE_LIMITS", limits), ("ETALASE_TRUSTED_PROXIES", "127.0.0.1")];
    let env = env.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let said = config::load(&Flags::default(), env.into_iter()).unwrap();
    settings.limits = said.limits;
    settings.trusted_proxies = said.trusted_proxies;
}

/// Two workers, few connections, and no settings file of whoever runs the tests.
fn settings(fresh: &FreshDatabase, port: u16) -> Settings {
    let empty_file = fresh.folder.path().join("etalase.toml");
    std::fs::write(&empty_file, "workers = 2\ndatabase_connections = 4\n").unwrap();
    let flags = Flags {
        config: Some(empty_file.display().to_string()),
        data_dir: Some(fresh.folder.path().display().to_string()),
        port: Some(port.to_string()),
        ..Flags::default()
    };
    let mut settings = config::load(&flags, std::iter::empty()).unwrap();
    settings.database = fresh.database.clone();
    // As little work as bcrypt can be.
    settings.password_cost = 4;
    // A machine that runs all tests at once is slower than any shopper.
    let long = Duration::from_secs(60);
    settings.patience =
        Patience { head: long, form: long, upload: long, pictures: long, connection: long };
    settings
}
