//! `GET /wishlists/{token}`: somebody's list, for those to whom she gave its link. It does not say
//! whose it is.

use actix_web::web::Path;
use askama::Template;

use super::queries;
use super::wish_view::{WishView, wish};
use crate::cart::items;
use crate::catalog::product::Stock;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::ShareToken;
use crate::web::{Head, Html, Shell, Visit};

#[derive(Template)]
#[template(path = "wishes/shared.html")]
struct SharedPage {
    shell: Shell,
    wishes: Vec<WishView>,
}

pub async fn show(visit: Visit, token: Path<String>) -> Result<Html> {
    let token = ShareToken::parse(&token).ok_or(Error::NotFound)?;
    let view = visit.view();
    let load = move |conn: &mut Conn| {
        let list = queries::find_shared(conn, &token)?.ok_or(Error::NotFound)?;
        let wishes = queries::wishes(conn, list)?;
        items(conn, &wishes, &view)
    };
    let items = visit.shop.db.read(load).await?;
    let mut shell = visit.shell(Head::private(""));
    shell.head.title = shell.with("wishlist-shared-heading", "shop", shell.shop_name());
    // What one cost when she kept it is hers to know.
    let wishes = items.iter().map(|item| WishView { changed: String::new(), ..wish(&shell, item) });
    Ok(Html::page(&SharedPage { wishes: wishes.collect(), shell })?.personal())
}
