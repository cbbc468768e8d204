//! A store on this machine that speaks S3, with one bucket.

use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use s3s::auth::SimpleAuth;
use s3s::service::S3ServiceBuilder;
use s3s_fs::FileSystem;
use std::net::TcpListener;
use std::path::PathBuf;
use tempfile::TempDir;

const BUCKET: &str = "wares";
/// With letters that an address has to write in another way.
const KEY: &str = "a/key+of=the@shop";

/// Open until the end of the tests.
pub struct Store {
    folder: TempDir,
    port: u16,
}

impl Store {
    pub fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join(BUCKET)).unwrap();
        let files = FileSystem::new(folder.path()).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        listener.set_nonblocking(true).unwrap();
        std::thread::spawn(move || serve(listener, files));
        Self { folder, port }
    }

    /// As an operator writes it into her settings.
    pub fn url(&self) -> String {
        format!("http://AKID:{}@127.0.0.1:{}/{BUCKET}", self.key(), self.port)
    }

    /// With a key that is not the store's.
    pub fn wrong_url(&self) -> String {
        self.url().replace(&self.key(), "guessed")
    }

    /// What lies in the bucket.
    pub fn folder(&self) -> PathBuf {
        self.folder.path().join(BUCKET)
    }

    fn key(&self) -> String {
        KEY.replace('/', "%2F").replace('+', "%2B").replace('@', "%40")
    }
}

fn serve(listener: TcpListener, files: FileSystem) {
    let mut service = S3ServiceBuilder::new(files);
    service.set_auth(SimpleAuth::from_single("AKID", KEY));
    let service = service.build();
    actix_web::rt::System::new().block_on(async move {
        let listener = tokio::net::TcpListener::from_std(listener).unwrap();
        while let Ok((stream, _)) = listener.accept().await {
            let service = service.clone();
            tokio::spawn(async move {
                let http = Builder::new(TokioExecutor::new());
                let _ = http.serve_connection(TokioIo::new(stream), service).await;
            });
        }
    });
}
