//! The log of an open shop names nobody, whatever she types and whatever goes wrong.

use std::path::Path;
use std::time::{Duration, Instant};

use super::{EMAIL, NAME, is_sign, order};
use crate::both;
use crate::kit::process::{Running, etalase_on, free_port};
use crate::kit::shopper::ENGLISH;
use crate::kit::{FreshDatabase, Shopper, goods};

both!(no_line_of_the_log_names_her);

async fn no_line_of_the_log_names_her(fresh: FreshDatabase) {
    goods("cup").on_hand(9).put(&mut fresh.conn()).unwrap();
    let port = free_port().to_string();
    let mut command = etalase_on(&fresh, &["serve", "--port", &port]);
    // As much as it can say, and a mail server that is not there.
    command.env("ETALASE_LOG", "debug").env("ETALASE_SMTP_URL", "smtp://127.0.0.1:1?tls=none");
    let shop = Running::wait_for(command, format!("http://127.0.0.1:{port}"));
    let shopper = Shopper { visitor: shop.visitor(), words: &ENGLISH };
    let ordered = order(&shopper).await;
    let email = format!("email={EMAIL}");
    for (path, body) in [
        ("/account/sign-in", format!("{email}&password=Zalfira")),
        ("/account/register", format!("{email}&name={NAME}")),
        ("/account/forgot", email.clone()),
        ("/account/forget", email.clone()),
        ("/newsletter", email.clone()),
        ("/orders/find", format!("{email}&number={}", ordered.number)),
        ("/cart/codes", "code=ZALFIRA".to_owned()),
        ("/zalfira", email),
    ] {
        shopper.visitor.post(path, body).await;
    }
    for path in ["/search?q=zalfira", "/kenarimas", "/orders/zalfira", "/account?next=zalfira"] {
        shopper.visitor.get(path).await;
    }
    let log = log_with(fresh.folder.path(), "a job has failed").await;
    assert!(shop.close().success());
    assert!(log.contains("answered"), "{log}");
    assert_eq!(log.lines().find(|line| is_sign(line)), None);
}

/// The log as soon as it has this line.
async fn log_with(folder: &Path, line: &str) -> String {
    let began = Instant::now();
    loop {
        let log = std::fs::read_to_string(folder.join("stderr.log")).unwrap();
        if log.contains(line) {
            return log;
        }
        assert!(began.elapsed() < Duration::from_secs(60), "{log}");
        actix_web::rt::time::sleep(Duration::from_millis(20)).await;
    }
}
