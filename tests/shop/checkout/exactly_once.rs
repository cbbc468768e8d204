//! One cart, one order; one unit, one buyer. All of an order, or nothing.

use diesel::RunQueryDsl;
use futures_util::future::{join, join_all};

use crate::both;
use crate::kit::goods::{available, leave, reprice};
use crate::kit::{Dbms, FreshDatabase, Page, Shopper, TestShop, goods, tell};
use etalase::db::Conn;

use super::{NOTHING, order_rows};

both!(
    fifty_buyers_of_the_last_unit_make_one_order,
    a_double_click_makes_one_order,
    the_back_button_leads_to_the_same_order,
    the_back_button_leaves_a_new_cart_alone,
    an_order_whose_answer_was_lost_is_found_where_the_cart_was,
    what_is_added_after_a_lost_answer_is_a_new_cart,
    another_cart_in_another_tab_is_not_ordered_unseen,
    an_order_of_which_one_line_fails_is_not_written_at_all,
    buyers_of_different_things_do_not_get_in_each_others_way,
);

const BUYERS: usize = 50;

async fn fifty_buyers_of_the_last_unit_make_one_order(dbms: Dbms) {
    // As many connections as a large shop has, so that the buyers really meet.
    let fresh = FreshDatabase::filled(dbms);
    let shop = TestShop::open_with(fresh, |settings| settings.database_connections = 20).await;
    shop.with_db(|conn| goods("last-cup").on_hand(1).put(conn)).await;
    let buyers: Vec<_> = (0..BUYERS).map(|_| shop.shopper()).collect();
    let forms = join_all(buyers.iter().map(async |buyer| {
        buyer.visitor.post("/cart/lines", "product=last-cup&quantity=1").await.expect_status(303);
        buyer.checkout_form().await
    }));
    let forms = forms.await;
    let answers = join_all(forms.into_iter().map(|form| form.send("Place order"))).await;
    let (placed, told): (Vec<&Page>, Vec<&Page>) =
        answers.iter().partition(|page| page.status == 303);
    assert_eq!((placed.len(), told.len()), (1, BUYERS - 1));
    assert!(placed[0].header("location").starts_with("/orders/"));
    for page in told {
        page.expect_status(409).see("The last-cup has just been sold out.");
        assert_eq!(page.form("/checkout").value("email"), "rani.wijaya@example.com");
    }
    assert_eq!(order_rows(&shop).await[..2], [1, 1]);
    assert_eq!(shop.with_db(|conn| available(conn, "last-cup")).await, [0]);
}

async fn a_double_click_makes_one_order(shop: TestShop) {
    shop.with_db(|conn| goods("cup").on_hand(100).put(conn)).await;
    let guest = shop.shopper();
    guest.add("cup", &[], 2).await;
    let form = guest.checkout_form().await;
    let clicks = join_all((0..8).map(|_| form.clone().send("Place order"))).await;
    let places: Vec<Option<String>> = clicks.iter().map(Page::location).collect();
    assert!(places[0].as_ref().is_some_and(|place| place.starts_with("/orders/")), "{places:?}");
    assert!(places.iter().all(|place| *place == places[0]), "{places:?}");
    assert_eq!(order_rows(&shop).await[..2], [1, 1]);
    assert_eq!(shop.with_db(|conn| available(conn, "cup")).await, [98]);
}

async fn the_back_button_leads_to_the_same_order(shop: TestShop) {
    let guest = shop.shopper();
    guest.add("kenanga-candle", &[], 1).await;
    let form = guest.checkout_form().await;
    let first = form.clone().press("Place order").await;
    first.expect_heading("Thank you");
    // The shop has changed, and so has the form: the order has not.
    shop.with_db(|conn| reprice(conn, "kenanga-candle", 1)).await;
    let again = form.fill("name", "").press("Place order").await;
    assert_eq!(again.expect_status(200).url, first.url);
    assert_eq!(order_rows(&shop).await[0], 1);
}

async fn the_back_button_leaves_a_new_cart_alone(shop: TestShop) {
    let guest = shop.shopper();
    guest.add("kenanga-candle", &[], 1).await;
    let form = guest.checkout_form().await;
    let first = form.clone().press("Place order").await;
    guest.add("hening-vase", &[("colour", "oat")], 1).await;
    let again = form.press("Place order").await;
    assert_eq!(again.url, first.url);
    guest.cart().await.see("Hening Vase");
    let second = guest.order().await;
    assert_ne!(second.url, first.url);
    assert_eq!(order_rows(&shop).await[0], 2);
}

/// A shopper whose order was placed, and who never heard of it: she still has the cart's cookie.
async fn with_a_lost_answer(shop: &TestShop) -> (Shopper, Page) {
    let guest = shop.shopper();
    guest.add("kenanga-candle", &[], 1).await;
    let cookies = guest.visitor.cookies();
    let (name, value) = cookies.split_once('=').expect("the cart has a cookie");
    let placed = guest.order().await;
    guest.visitor.keep_cookie(name, value);
    (guest, placed)
}

async fn an_order_whose_answer_was_lost_is_found_where_the_cart_was(shop: TestShop) {
    for path in ["/cart", "/checkout"] {
        let (guest, placed) = with_a_lost_answer(&shop).await;
        assert_eq!(guest.visitor.open(path).await.expect_heading("Thank you").url, placed.url);
        assert_eq!(guest.visitor.cookies(), "");
    }
}

async fn what_is_added_after_a_lost_answer_is_a_new_cart(shop: TestShop) {
    let (guest, placed) = with_a_lost_answer(&shop).await;
    guest.add("hening-vase", &[("colour", "oat")], 1).await;
    let cart = guest.cart().await;
    cart.see("Hening Vase");
    assert!(!cart.text().contains("Kenanga"), "{}", cart.text());
    assert_ne!(guest.order().await.url, placed.url);
    assert_eq!(order_rows(&shop).await[0], 2);
}

async fn another_cart_in_another_tab_is_not_ordered_unseen(shop: TestShop) {
    let guest = shop.shopper();
    guest.add("kenanga-candle", &[], 1).await;
    let form = guest.checkout_form().await;
    // In another tab she takes it out and puts something else in: another cart.
    guest.cart().await.form(".line form").press("Remove").await;
    guest.add("hening-vase", &[("colour", "oat")], 1).await;
    let page = form.send("Place order").await;
    page.expect_status(409).see("Your cart was changed in another window.").see("Hening Vase");
    assert_eq!(order_rows(&shop).await, NOTHING);
    let form = page.form("/checkout");
    assert_eq!(form.value("name"), "Rani Wijaya");
    form.press("Place order").await.expect_heading("Thank you").see("Hening Vase");
}

async fn an_order_of_which_one_line_fails_is_not_written_at_all(shop: TestShop) {
    shop.with_db(|conn| {
        goods("first-cup").on_hand(5).put(conn)?;
        goods("second-cup").on_hand(5).put(conn)
    })
    .await;
    let guest = shop.shopper();
    guest.add("first-cup", &[], 2).await;
    guest.add("second-cup", &[], 2).await;
    let form = guest.checkout_form().await;
    shop.with_db(|conn| leave(conn, "second-cup", 1)).await;
    form.send("Place order").await.expect_status(409).see("Only 1 of The second-cup is left.");
    assert_eq!(order_rows(&shop).await, NOTHING);
    assert_eq!(shop.with_db(|conn| available(conn, "first-cup")).await, [5]);
}

async fn buyers_of_different_things_do_not_get_in_each_others_way(shop: TestShop) {
    shop.with_db(|conn| {
        goods("one-cup").on_hand(10).put(conn)?;
        goods("two-cup").on_hand(10).put(conn)
    })
    .await;
    // Each takes both, in another order: what is locked in turn would lock for ever.
    let orders = join_all((0..10).map(async |n| {
        let guest = shop.shopper();
        let wishes = if n % 2 == 0 { ["one-cup", "two-cup"] } else { ["two-cup", "one-cup"] };
        for slug in wishes {
            guest.visitor.post("/cart/lines", format!("product={slug}&quantity=1")).await;
        }
        guest.checkout_form().await.send("Place order").await.status
    }));
    assert_eq!(orders.await, [303; 10]);
    assert_eq!(order_rows(&shop).await[..2], [10, 20]);
    assert_eq!(shop.with_db(|conn| available(conn, "one-cup")).await, [0]);
}

#[test]
fn an_order_under_which_the_connection_ends_is_placed_by_the_next_click() {
    tell(Dbms::Postgres, async |shop: TestShop| {
        let guest = shop.shopper();
        guest.add("kenanga-candle", &[], 1).await;
        let form = guest.checkout_form().await;
        let mut other = shop.fresh.conn();
        // Whoever orders waits behind this.
        run(&mut other, "BEGIN");
        run(&mut other, "LOCK TABLE orders IN EXCLUSIVE MODE");
        let end_who_waits = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                             WHERE datname = current_database() AND wait_event_type = 'Lock'";
        let ended = async {
            while run(&mut other, end_who_waits) == 0 {
                tokio::time::sleep(std::time::Duration::from_millis(5)).await;
            }
        };
        let (answer, ()) = join(form.clone().send("Place order"), ended).await;
        answer.expect_status(503).see("try again");
        assert_eq!(answer.header("retry-after"), "2");
        run(&mut other, "ROLLBACK");
        form.press("Place order").await.expect_heading("Thank you");
        assert_eq!(order_rows(&shop).await[0], 1);
    });
}

fn run(conn: &mut Conn, statement: &str) -> usize {
    diesel::sql_query(statement).execute(conn).unwrap()
}
