//! `etalase worker`: the shop's jobs, without the shop's pages.

use std::sync::Arc;
use tokio::sync::watch;

use super::{Outcome, serve};
use crate::app;
use crate::config::Settings;

/// Migrates, and works until SIGINT or SIGTERM.
pub fn run(settings: &Settings) -> Outcome {
    serve::prepare(settings)?;
    actix_web::rt::System::new().block_on(async {
        let shop = app::open_shop(settings).await?.into_inner();
        let (close, closing) = watch::channel(false);
        let crew = tokio::spawn(app::crew(&shop, settings).run(closing));
        tokio::spawn(Arc::clone(&shop).keep_fresh());
        let asked = serve::asked_to_close()?;
        println!("{} is at work", env!("CARGO_PKG_NAME"));
        asked.await;
        close.send_replace(true);
        Ok(crew.await?)
    })
}
