//! Three numbers and the ledger that they are the sums of.

use diesel::prelude::*;

use crate::both;
use crate::kit::goods::{available, variant_ids};
use crate::kit::{TestShop, goods};
use etalase::db::Conn;
use etalase::db::schema::{stock, stock_move};
use etalase::error::{Error, Result};
use etalase::ids::VariantId;
use etalase::stock::{self as shelf, Actor, Cause, Limits};
use etalase::web::visit::now;

both!(
    an_order_holds_what_it_sells_until_it_is_shipped,
    the_ledger_adds_up_to_the_level,
    one_cause_moves_a_kind_once,
    no_more_is_promised_than_there_is,
    a_shelf_is_never_below_nothing,
    a_ledger_row_is_never_changed,
    a_backorder_sells_what_comes_in_later,
    an_adjustment_says_why,
);

/// On hand and reserved.
fn level(conn: &mut Conn, slug: &str) -> Result<(i64, i64)> {
    let id = variant_ids(conn, slug)?[0];
    Ok(stock::table.find(id).select((stock::on_hand, stock::reserved)).first(conn)?)
}

fn ledger(conn: &mut Conn, id: VariantId) -> Result<(i64, i64)> {
    let rows: Vec<(i64, i64)> = stock_move::table
        .filter(stock_move::variant_id.eq(id))
        .select((stock_move::on_hand, stock_move::reserved))
        .load(conn)?;
    Ok(rows.into_iter().fold((0, 0), |sum, row| (sum.0 + row.0, sum.1 + row.1)))
}

fn put(conn: &mut Conn, on_hand: i64) -> Result<VariantId> {
    goods("cup").on_hand(on_hand).put(conn)?;
    Ok(variant_ids(conn, "cup")?[0])
}

/// Runs a step and undoes it: without an order, nothing may stay promised.
async fn undone<T: Send + 'static>(
    shop: &TestShop,
    step: impl Fn(&mut Conn) -> Result<T> + Send + Sync + 'static,
) -> T {
    let result = shop.with_db(move |conn| {
        let mut result = None;
        let undone = conn.transaction(|conn| {
            result = Some(step(conn)?);
            Err::<(), Error>(Error::internal("undone"))
        });
        assert!(undone.is_err());
        Ok(result)
    });
    result.await.expect("the step was run")
}

fn cause<'a>(name: &str, actor: &'a Actor) -> Cause<'a> {
    Cause { name: name.to_owned(), reason: "", actor, at: now() }
}

async fn an_order_holds_what_it_sells_until_it_is_shipped(shop: TestShop) {
    shop.with_db(|conn| put(conn, 10)).await;
    let shopper = shop.shopper();
    shopper.add("cup", &[], 3).await;
    shopper.order().await;
    assert_eq!(shop.with_db(|conn| level(conn, "cup")).await, (10, 3));
    assert_eq!(shop.with_db(|conn| available(conn, "cup")).await, [7]);
}

async fn the_ledger_adds_up_to_the_level(shop: TestShop) {
    let sums = shop.with_db(|conn| {
        let (id, actor) = (put(conn, 10)?, Actor::staff("rani"));
        assert!(shelf::allocate(conn, id, 4, &cause("order:1:0", &actor))?);
        assert!(shelf::ship(conn, id, 3, &cause("shipment:1:0", &actor))?);
        shelf::release(conn, id, 1, &cause("order:1:0", &actor))?;
        shelf::take_back(conn, id, 2, &cause("return:1:0", &actor))?;
        shelf::receive(conn, id, 5, &cause("delivery:1", &actor))?;
        let counted = Cause { reason: "one was broken", ..cause("count:1", &actor) };
        assert!(shelf::adjust(conn, id, -1, &counted)?);
        Ok((level(conn, "cup")?, ledger(conn, id)?))
    });
    let (level, ledger) = sums.await;
    assert_eq!(level, (13, 0));
    assert_eq!(ledger, level);
}

async fn one_cause_moves_a_kind_once(shop: TestShop) {
    let again = undone(&shop, |conn| {
        let (id, actor) = (put(conn, 10)?, Actor::shop());
        assert!(shelf::allocate(conn, id, 4, &cause("order:1:0", &actor))?);
        shelf::release(conn, id, 2, &cause("order:1:0", &actor))?;
        let mut twice =
            || conn.transaction(|conn| shelf::release(conn, id, 2, &cause("order:1:0", &actor)));
        let refused = twice().unwrap_err();
        Ok((refused.is_duplicate(), level(conn, "cup")?))
    });
    assert_eq!(again.await, (true, (10, 2)));
}

async fn no_more_is_promised_than_there_is(shop: TestShop) {
    let promised = undone(&shop, |conn| {
        let (id, actor) = (put(conn, 3)?, Actor::shop());
        let first = shelf::allocate(conn, id, 2, &cause("order:1:0", &actor))?;
        let second = shelf::allocate(conn, id, 2, &cause("order:2:0", &actor))?;
        let rest = shelf::allocate(conn, id, 1, &cause("order:3:0", &actor))?;
        Ok((first, second, rest, level(conn, "cup")?, ledger(conn, id)?))
    });
    assert_eq!(promised.await, (true, false, true, (3, 3), (3, 3)));
}

async fn a_shelf_is_never_below_nothing(shop: TestShop) {
    let tried = shop.with_db(|conn| {
        let (id, actor) = (put(conn, 2)?, Actor::shop());
        let lost = Cause { reason: "lost", ..cause("count:1", &actor) };
        let adjusted = shelf::adjust(conn, id, -3, &lost)?;
        let released = shelf::release(conn, id, 1, &cause("order:1:0", &actor)).is_err();
        let shipped = shelf::ship(conn, id, 1, &cause("shipment:1:0", &actor))?;
        let below = stock::table.find(id);
        let forced = conn.transaction::<_, diesel::result::Error, _>(|conn| {
            diesel::update(below).set(stock::on_hand.eq(-1)).execute(conn)
        });
        Ok((adjusted, released, shipped, forced.is_err(), level(conn, "cup")?))
    });
    assert_eq!(tried.await, (false, true, false, true, (2, 0)));
}

async fn a_ledger_row_is_never_changed(shop: TestShop) {
    let changed = shop.with_db(|conn| {
        let id = put(conn, 2)?;
        let rows = stock_move::table.filter(stock_move::variant_id.eq(id));
        let changed = conn.transaction::<_, diesel::result::Error, _>(|conn| {
            diesel::update(rows).set(stock_move::on_hand.eq(5)).execute(conn)
        });
        Ok((changed.is_err(), ledger(conn, id)?))
    });
    assert_eq!(changed.await, (true, (2, 0)));
}

async fn a_backorder_sells_what_comes_in_later(shop: TestShop) {
    shop.with_db(|conn| {
        let id = put(conn, 1)?;
        let wanted = Limits { backorder: 2, low_at: None };
        shelf::set_limits(conn, id, (Limits::default(), wanted)).map(|is_set| assert!(is_set))
    })
    .await;
    let shopper = shop.shopper();
    shopper.add("cup", &[], 2).await;
    shopper.open("/cart").await.see("One of them is on backorder");
    shopper.order().await.see("Thank you");
    assert_eq!(shop.with_db(|conn| level(conn, "cup")).await, (1, 2));
    let page = shop.visitor().get("/products/cup").await;
    page.see("On backorder").see_no("Sold out");
    assert!(page.source().contains("https://schema.org/BackOrder"));
    let other = shop.shopper();
    other.add("cup", &[], 1).await;
    other.order().await.see("Thank you");
    shop.visitor().get("/products/cup").await.see("Sold out");
}

async fn an_adjustment_says_why(shop: TestShop) {
    let adjusted = shop.with_db(|conn| {
        let (id, actor) = (put(conn, 2)?, Actor::staff("rani"));
        let unsaid = conn.transaction(|conn| shelf::adjust(conn, id, 1, &cause("count:1", &actor)));
        Ok((unsaid.is_err(), level(conn, "cup")?))
    });
    assert_eq!(adjusted.await, (true, (2, 0)));
}
