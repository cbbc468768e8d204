//! `GET /previews/{token}`: a product as shoppers will see it, before they do. Only whoever was given
//! the link, which names the product, ends after a week and is sealed by the shop.

use actix_web::HttpResponse;
use actix_web::web::Path;
use chrono::{NaiveDateTime, TimeDelta};

use super::product::{self, Showing};
use super::queries;
use super::seen::Seen;
use crate::config::{Keys, Purpose};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::ProductId;
use crate::web::Visit;

/// How long a link shows it.
const SHOWN_FOR: TimeDelta = TimeDelta::days(7);

pub async fn show(visit: Visit, token: Path<String>) -> Result<HttpResponse> {
    let id = read(&visit.shop.keys, &token, visit.now).ok_or(Error::NotFound)?;
    let view = visit.view();
    let reader = view.clone();
    let load = move |conn: &mut Conn| {
        let found = queries::find_any_product(conn, &reader, id)?.ok_or(Error::NotFound)?;
        product::load(conn, &reader, found, &Seen::default())
    };
    let loaded = visit.shop.db.read(load).await?;
    let showing = Showing { is_preview: true, ..Showing::default() };
    let page = product::page(&visit, &view, loaded, showing)?;
    Ok(page.personal().into_response())
}

/// The path of a link that shows a product from `now` on.
pub fn path(keys: &Keys, id: ProductId, now: NaiveDateTime) -> String {
    let named = format!("{id}-{}", (now + SHOWN_FOR).and_utc().timestamp());
    format!("/previews/{named}-{}", keys.of(Purpose::Previews).seal(&named))
}

/// The product of a token that this shop has made and that has not ended.
fn read(keys: &Keys, token: &str, now: NaiveDateTime) -> Option<ProductId> {
    let (named, seal) = token.rsplit_once('-')?;
    let (id, until) = named.split_once('-')?;
    let until: i64 = until.parse().ok()?;
    let is_ours = keys.of(Purpose::Previews).is_seal(named, seal);
    (is_ours && now.and_utc().timestamp() < until).then_some(ProductId(id.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;

    #[test]
    fn a_link_shows_one_product_for_a_week() {
        let folder = tempfile::tempdir().expect("a folder");
        let keys = Keys::load(folder.path()).expect("keys");
        let now = DateTime::from_timestamp(1_800_000_000, 0).expect("it exists").naive_utc();
        let path = path(&keys, ProductId(7), now);
        let token = path.strip_prefix("/previews/").expect("the path");
        assert_eq!(read(&keys, token, now + TimeDelta::days(6)), Some(ProductId(7)));
        assert_eq!(read(&keys, token, now + SHOWN_FOR), None);
        for forged in [token.replacen('7', "8", 1), token.replace("18", "19"), "7".into()] {
            assert_eq!(read(&keys, &forged, now), None, "{forged}");
        }
        let other = tempfile::tempdir().expect("a folder");
        assert_eq!(read(&Keys::load(other.path()).expect("keys"), token, now), None);
    }
}
