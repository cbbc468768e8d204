//! Every address of the shop, on one page. Each exists in every language, with its prefix
//! (`web/locale.rs`). Resources, not routes: a method that they do not know is answered 405.

use actix_web::web::{PayloadConfig, ServiceConfig, get, post, resource};

use crate::admin::{self, Door, account, audit, entrance, home, roles, staff};
use crate::payments::notices;
use crate::web::{assets, health, media};
use crate::{
    alerts, cart, catalog, checkout, content, customers, fulfilment, invoices, orders, payments,
    rehearsal, wishes,
};

pub fn routes(app: &mut ServiceConfig) {
    storefront(app);
    of_customers(app);
    entrance_of_staff(app);
    for door in back_office() {
        app.service(door.resource);
    }
    machines(app);
}

/// What somebody of the staff needs to get in.
fn entrance_of_staff(app: &mut ServiceConfig) {
    app.service(
        resource("/admin/sign-in")
            .route(get().to(entrance::sign_in::show))
            .route(post().to(entrance::sign_in::sign_in)),
    )
    .service(resource("/admin/sign-in/code").route(post().to(entrance::code::sign_in)))
    .service(
        resource("/admin/forgot")
            .route(get().to(entrance::forgot::show))
            .route(post().to(entrance::forgot::ask)),
    )
    .service(
        resource("/admin/join/{token}")
            .route(get().to(entrance::join::show))
            .route(post().to(entrance::join::join)),
    )
    .service(
        resource("/admin/password/{token}")
            .route(get().to(entrance::password::show))
            .route(post().to(entrance::password::set)),
    );
}

/// The back office. A door takes only handlers that prove who may come in.
pub fn back_office() -> Vec<Door> {
    vec![
        Door::at("/admin").get(home::show),
        Door::at("/admin/sign-out").post(entrance::sign_out::sign_out),
        Door::at("/admin/confirm").get(entrance::confirm::show).post(entrance::confirm::confirm),
        Door::at("/admin/account").get(account::show::show),
        Door::at("/admin/account/sessions").post(account::sessions::end),
        Door::at("/admin/account/password")
            .get(account::password::show)
            .post(account::password::change),
        Door::at("/admin/account/second-factor")
            .get(account::second_factor::show)
            .post(account::second_factor::set),
        Door::at("/admin/orders").get(admin::orders::list::show),
        Door::at("/admin/orders/{number}").get(admin::orders::show::show),
        Door::at("/admin/orders/{number}/payments").post(admin::orders::moves::receive),
        Door::at("/admin/orders/{number}/shipments").post(admin::orders::moves::ship),
        Door::at("/admin/orders/{number}/cancel").post(admin::orders::moves::cancel),
        Door::at("/admin/orders/{number}/call-off").post(admin::orders::moves::call_off),
        Door::at("/admin/orders/{number}/refund")
            .get(admin::orders::refund::show)
            .post(admin::orders::refund::give),
        Door::at("/admin/staff").get(staff::list::show),
        Door::at("/admin/staff/second-factor").post(staff::list::require),
        Door::at("/admin/staff/new").get(staff::invite::show).post(staff::invite::send),
        Door::at("/admin/staff/{id}").get(staff::edit::show).post(staff::edit::change),
        Door::at("/admin/roles").get(roles::list::show),
        Door::at("/admin/roles/{id}").get(roles::edit::show).post(roles::edit::save),
        Door::at("/admin/audit").get(audit::list::show),
    ]
}

fn storefront(app: &mut ServiceConfig) {
    app.service(resource("/").route(get().to(catalog::home::show)))
        .service(resource("/categories/{slug}").route(get().to(catalog::category::show)))
        .service(resource("/products/{slug}").route(get().to(catalog::product::show)))
        .service(resource("/search").route(get().to(catalog::results::show)))
        .service(resource("/pages/{slug}").route(get().to(content::page::show)))
        .service(resource("/cart").route(get().to(cart::show::show)))
        .service(resource("/cart/codes").route(post().to(cart::codes::codes)))
        .service(resource("/cart/lines").route(post().to(cart::add::add)))
        .service(resource("/cart/lines/{variant_id}").route(post().to(cart::change::change)))
        .service(resource("/products/{slug}/alerts").route(post().to(alerts::ask::ask)))
        .service(resource("/alerts").route(get().to(alerts::done::show)))
        .service(
            resource("/alerts/confirm/{token}")
                .route(get().to(alerts::confirm::show))
                .route(post().to(alerts::confirm::confirm)),
        )
        .service(
            resource("/alerts/stop/{token}")
                .route(get().to(alerts::stop::show))
                .route(post().to(alerts::stop::stop)),
        )
        .service(resource("/wishlist").route(get().to(wishes::show::show)))
        .service(resource("/wishlist/wishes").route(post().to(wishes::keep::keep)))
        .service(resource("/wishlist/wishes/{variant_id}").route(post().to(wishes::change::change)))
        .service(resource("/wishlist/link").route(post().to(wishes::share::share)))
        .service(resource("/wishlists/{token}").route(get().to(wishes::shared::show)))
        .service(
            resource("/checkout")
                .route(get().to(checkout::show::show))
                .route(post().to(checkout::place::place)),
        )
        .service(
            resource("/orders/find")
                .route(get().to(customers::find::show))
                .route(post().to(customers::find::find)),
        )
        .service(resource("/orders/{token}").route(get().to(orders::show::show)))
        .service(resource("/orders/{token}/again").route(post().to(cart::again::again)))
        .service(resource("/orders/{token}/proofs").route(post().to(payments::proof::give)))
        .service(resource("/orders/{token}/proofs/{n}").route(get().to(payments::proof::show)))
        .service(
            resource("/orders/{token}/returns")
                .route(get().to(fulfilment::ask::show))
                .route(post().to(fulfilment::ask::ask)),
        )
        .service(resource("/orders/{token}/returns/{n}").route(get().to(fulfilment::follow::show)))
        .service(
            resource("/orders/{token}/cancel")
                .route(get().to(payments::cancel::show))
                .route(post().to(payments::cancel::cancel)),
        )
        .service(
            resource("/orders/{token}/pay")
                .route(get().to(payments::pay::show))
                .route(post().to(payments::again::again)),
        )
        .service(
            resource("/orders/{token}/payments/{attempt}").route(get().to(payments::back::back)),
        )
        .service(
            resource("/payments/rehearsal/{reference}")
                .route(get().to(rehearsal::show::show))
                .route(post().to(rehearsal::act)),
        )
        .service(resource("/orders/{token}/invoice").route(get().to(invoices::show::invoice)))
        .service(
            resource("/orders/{token}/invoice.pdf").route(get().to(invoices::download::invoice)),
        )
        .service(
            resource("/orders/{token}/invoices/{n}.pdf")
                .route(get().to(invoices::download::another)),
        )
        .service(resource("/orders/{token}/invoices/{n}").route(get().to(invoices::show::another)))
        .service(
            resource("/orders/{token}/credit-notes/{n}.pdf")
                .route(get().to(invoices::download::credit_note)),
        )
        .service(
            resource("/orders/{token}/credit-notes/{n}")
                .route(get().to(invoices::show::credit_note)),
        );
}

/// What a customer does with her account.
fn of_customers(app: &mut ServiceConfig) {
    app.service(resource("/account").route(get().to(customers::show::show)))
        .service(
            resource("/account/sign-in")
                .route(get().to(customers::sign_in::show))
                .route(post().to(customers::sign_in::sign_in)),
        )
        .service(resource("/account/sign-out").route(post().to(customers::sign_out::sign_out)))
        .service(
            resource("/account/register")
                .route(get().to(customers::register::show))
                .route(post().to(customers::register::register)),
        )
        .service(
            resource("/account/forgot")
                .route(get().to(customers::forgot::show))
                .route(post().to(customers::forgot::forgot)),
        )
        .service(resource("/account/sent").route(get().to(customers::sent::show)))
        .service(
            resource("/account/links/{token}")
                .route(get().to(customers::choose::show))
                .route(post().to(customers::choose::choose)),
        )
        .service(
            resource("/account/password")
                .route(get().to(customers::password::show))
                .route(post().to(customers::password::change)),
        )
        .service(
            resource("/account/name")
                .route(get().to(customers::name::show))
                .route(post().to(customers::name::change)),
        )
        .service(
            resource("/account/email")
                .route(get().to(customers::email::show))
                .route(post().to(customers::email::ask)),
        )
        .service(
            resource("/account/email/{token}")
                .route(get().to(customers::confirm::show))
                .route(post().to(customers::confirm::confirm)),
        )
        .service(resource("/account/confirmed").route(get().to(customers::confirmed::show)))
        .service(
            resource("/account/addresses")
                .route(get().to(customers::addresses::list::show))
                .route(post().to(customers::addresses::edit::add)),
        )
        .service(
            resource("/account/addresses/new")
                .route(get().to(customers::addresses::edit::show_new)),
        )
        .service(
            resource("/account/addresses/{id}")
                .route(get().to(customers::addresses::edit::show))
                .route(post().to(customers::addresses::edit::change)),
        )
        .service(
            resource("/account/addresses/{id}/remove")
                .route(post().to(customers::addresses::remove::remove)),
        )
        .service(
            resource("/account/addresses/{id}/usual")
                .route(post().to(customers::addresses::usual::choose)),
        )
        .service(
            resource("/account/data")
                .route(get().to(customers::data::show))
                .route(post().to(customers::data::tell)),
        )
        .service(
            resource("/account/erase")
                .route(get().to(customers::erase::show))
                .route(post().to(customers::erase::ask)),
        )
        .service(
            resource("/account/forget")
                .route(get().to(customers::forget::show))
                .route(post().to(customers::forget::ask)),
        )
        .service(
            resource("/account/forget/{token}")
                .route(get().to(customers::forget::confirm))
                .route(post().to(customers::forget::forget)),
        )
        .service(resource("/account/forgotten").route(get().to(customers::forgotten::show)))
        .service(resource("/account/sessions/{id}/end").route(post().to(customers::sessions::end)));
}

/// What browsers, search engines, load balancers and gateways ask for.
fn machines(app: &mut ServiceConfig) {
    app.service(
        resource("/payments/{gateway}/notices")
            .app_data(PayloadConfig::new(notices::LARGEST))
            .route(post().to(notices::take)),
    );
    app.service(resource("/static/{name:.*}").route(get().to(assets::show)))
        .service(resource("/favicon.ico").route(get().to(assets::favicon)))
        .service(resource("/media/{file}").route(get().to(media::show)))
        .service(resource("/robots.txt").route(get().to(content::crawlers::robots)))
        .service(resource("/sitemap.xml").route(get().to(content::crawlers::sitemap)))
        .service(resource("/sitemap-{map}.xml").route(get().to(content::crawlers::sitemap_part)))
        .service(resource("/manifest.webmanifest").route(get().to(content::crawlers::manifest)))
        .service(
            resource("/.well-known/security.txt").route(get().to(content::well_known::security)),
        )
        .service(
            resource("/.well-known/change-password")
                .route(get().to(content::well_known::change_password)),
        )
        .service(resource("/healthz").route(get().to(health::alive)))
        .service(resource("/readyz").route(get().to(health::ready)));
}
