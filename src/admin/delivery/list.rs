//! `GET /admin/delivery`: zones in their order, what is offered in each, and a worked example.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::example::{self, Example};
use super::{Badge, badge, prices};
use crate::admin::desk::Desk;
use crate::admin::example::asked;
use crate::admin::rulebook::window;
use crate::admin::zones::{Staff, areas, href, href_of, now, segment};
use crate::db::Conn;
use crate::error::Result;
use crate::shipping::Method;
use crate::web::{Form, Html};
use crate::zones::{Kind, Zone};

#[derive(Template)]
#[template(path = "admin/delivery/list.html")]
struct DeliveryPage {
    shell: Desk,
    saved: bool,
    zones: Vec<ZoneView>,
    example: Example,
}

struct ZoneView {
    code: String,
    anchor: String,
    href: String,
    name: String,
    areas: String,
    methods: Vec<MethodView>,
}

struct MethodView {
    code: String,
    href: String,
    name: String,
    promise: String,
    when: String,
    badge: Badge,
    is_pickup: bool,
}

/// What the example is asked in the address.
const FIELDS: [&str; 4] = ["lines", "country", "region", "postcode"];

pub async fn show(staff: Staff) -> Result<HttpResponse> {
    let (query, frame) = (staff.visit().query()?, now(&staff).await?);
    let form = Form::filled(&FIELDS.map(|name| (name, query.get(name).unwrap_or_default())));
    let shell = staff.desk("admin-delivery");
    let usual = frame.settings.place();
    let example = match asked(&form, &usual) {
        Err(line) => example::unread(&shell, &form, &usual, Some(line)),
        Ok(asked) => {
            let (rules, view) = (frame.rules.clone(), staff.visit().view());
            let reckon = move |conn: &mut Conn| example::reckon(conn, rules.clone(), &asked, &view);
            let tried = staff.visit().shop.db.read(reckon).await?;
            example::show(&shell, &tried, &form, None)
        }
    };
    let zones = frame.rules.zones.delivery.iter();
    let methods = &frame.rules.methods;
    let page = DeliveryPage {
        zones: zones.map(|zone| zone_view(&shell, zone, methods)).collect(),
        saved: query.get("saved").is_some(),
        example,
        shell,
    };
    let status = match page.example.is_wrong {
        true => StatusCode::UNPROCESSABLE_ENTITY,
        false => StatusCode::OK,
    };
    Ok(Html::page(&page)?.status(status).personal().into_response())
}

fn zone_view(shell: &Desk, zone: &Zone, methods: &[Method]) -> ZoneView {
    let own = methods.iter().filter(|method| method.zone == zone.code);
    ZoneView {
        code: zone.code.clone(),
        anchor: segment(&zone.code),
        href: href(shell, Kind::Delivery, &zone.code),
        name: zone.name.clone(),
        areas: areas(shell, zone),
        methods: own.map(|method| method_view(shell, method)).collect(),
    }
}

fn method_view(shell: &Desk, method: &Method) -> MethodView {
    MethodView {
        code: method.code().to_owned(),
        href: href_of(shell, Kind::Delivery, &method.zone, method.code()),
        name: method.title(shell.language(), shell.frame().own_language()).to_owned(),
        promise: prices::promise(shell, method),
        when: window(shell, method.starts_at, method.ends_at),
        badge: badge(shell, method, shell.now()),
        is_pickup: method.is_pickup(),
    }
}
