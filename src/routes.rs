//! Every address of the shop, on one page. Each exists in every language, with its prefix
//! (`web/locale.rs`). Resources, not routes: a method that they do not know is answered 405.

use actix_web::web::{ServiceConfig, get, post, resource};

use crate::web::{assets, health, media};

pub fn routes(app: &mut ServiceConfig) {
    app.service(resource("/healthz").route(get().to(health::alive)))
        .service(resource("/readyz").route(get().to(health::ready)))
        .service(resource("/static/{name:.*}").route(get().to(assets::show)))
        .service(resource("/media/{file}").route(get().to(media::show)));
}
