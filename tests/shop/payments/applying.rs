//! What gateways say, turned into moves: once, forwards, and never on trust.

use diesel::prelude::*;

use super::{
    attempt, change_settings, level, ordered, pending, run, rupiah, seen, statuses, tell, total,
};
use crate::both;
use crate::kit::TestShop;
use etalase::db::schema::{invoice, job, order_event, payment, refund};
use etalase::ids::{AttemptToken, OrderId};
use etalase::orders::By;
use etalase::payments::{
    Applied, Dispute, DisputeState, Mismatch, Observed, Seen, apply, payments_of, refunds_of,
};
use etalase::settings::InvoiceAt;
use etalase::web::visit::now;

both!(
    a_payment_that_is_told_again_and_again_pays_once,
    a_payment_that_many_tell_at_once_pays_once,
    a_payment_never_goes_back,
    an_order_waits_for_as_long_as_its_money_is_on_its_way,
    money_that_comes_late_takes_the_order_up_again,
    money_that_comes_too_late_goes_back,
    a_second_payment_of_a_paid_order_goes_back,
    a_second_payment_does_not_take_up_an_order_whose_money_went_back,
    news_that_do_not_fit_are_put_aside,
    what_the_gateway_gives_back_by_itself_is_written_down,
    what_a_bank_takes_back_is_written_down_and_followed,
    an_invoice_comes_with_the_money_where_the_shop_says_so,
);

async fn events(shop: &TestShop, kind: &'static str) -> i64 {
    shop.with_db(move |conn| {
        Ok(order_event::table.filter(order_event::kind.eq(kind)).count().get_result(conn)?)
    })
    .await
}

async fn jobs(shop: &TestShop, kind: &'static str) -> i64 {
    shop.with_db(move |conn| Ok(job::table.filter(job::kind.eq(kind)).count().get_result(conn)?))
        .await
}

async fn cancelled(shop: &TestShop, order: OrderId) {
    run(shop, move |conn| super::overdue(conn, order)).await.unwrap();
}

async fn a_payment_that_is_told_again_and_again_pays_once(shop: TestShop) {
    let (order, total) = pending(&shop).await;
    let token = attempt(&shop, order, total).await;
    assert_eq!(tell(&shop, seen(&token, Seen::Open, 0)).await, Applied::Moved);
    assert_eq!(tell(&shop, seen(&token, Seen::Captured, total)).await, Applied::Moved);
    for _ in 0..3 {
        assert_eq!(tell(&shop, seen(&token, Seen::Captured, total)).await, Applied::Nothing);
    }
    assert_eq!(statuses(&shop).await, ["placed", "paid"]);
    assert_eq!((events(&shop, "paid").await, events(&shop, "confirmed").await), (1, 1));
}

async fn a_payment_that_many_tell_at_once_pays_once(shop: TestShop) {
    let (order, total) = pending(&shop).await;
    let token = attempt(&shop, order, total).await;
    let news = seen(&token, Seen::Captured, total);
    let told = (0..8).map(|_| {
        let news = news.clone();
        shop.shop.db.write(move |conn| Ok(apply(conn, &news, &By::shop(now())).unwrap()))
    });
    let answers = futures_util::future::join_all(told).await;
    let moved = answers.into_iter().filter(|answer| *answer.as_ref().unwrap() == Applied::Moved);
    assert_eq!(moved.count(), 1);
    assert_eq!(statuses(&shop).await, ["placed", "paid"]);
    assert_eq!((events(&shop, "paid").await, events(&shop, "confirmed").await), (1, 1));
}

async fn a_payment_never_goes_back(shop: TestShop) {
    let (order, total) = pending(&shop).await;
    let token = attempt(&shop, order, total).await;
    tell(&shop, seen(&token, Seen::Failed, 0)).await;
    tell(&shop, seen(&token, Seen::Captured, total)).await;
    for late in [Seen::Open, Seen::Processing, Seen::Failed, Seen::Expired] {
        assert_eq!(tell(&shop, seen(&token, late, 0)).await, Applied::Nothing, "{late:?}");
    }
    assert_eq!(statuses(&shop).await, ["placed", "paid"]);
    let payments = shop.with_db(move |conn| payments_of(conn, order)).await;
    assert_eq!((payments[0].status.as_str(), payments[0].captured_amount), ("captured", total));
}

async fn an_order_waits_for_as_long_as_its_money_is_on_its_way(shop: TestShop) {
    use etalase::db::schema::orders;
    let (order, total) = pending(&shop).await;
    let token = attempt(&shop, order, total).await;
    let until = now() + chrono::TimeDelta::days(30);
    let news = Observed { expires_at: Some(until), ..seen(&token, Seen::Processing, 0) };
    tell(&shop, news).await;
    let waits = |conn: &mut _| Ok(orders::table.select(orders::pay_until).first(conn)?);
    let waits: Option<chrono::NaiveDateTime> = shop.with_db(waits).await;
    assert_eq!(waits, Some(until));
    assert_eq!(statuses(&shop).await, ["pending", "unpaid"]);
}

async fn money_that_comes_late_takes_the_order_up_again(shop: TestShop) {
    let (order, total) = pending(&shop).await;
    let token = attempt(&shop, order, total).await;
    cancelled(&shop, order).await;
    assert_eq!(level(&shop).await, (10, 0));
    tell(&shop, seen(&token, Seen::Captured, total)).await;
    assert_eq!(statuses(&shop).await, ["placed", "paid"]);
    assert_eq!(level(&shop).await, (10, 5));
    assert_eq!(shop.with_db(move |conn| refunds_of(conn, order)).await, []);
}

async fn money_that_comes_too_late_goes_back(shop: TestShop) {
    let (order, total) = pending(&shop).await;
    let token = attempt(&shop, order, total).await;
    cancelled(&shop, order).await;
    shop.with_db(|conn| crate::kit::goods::leave(conn, "cup", 4)).await;
    for _ in 0..2 {
        tell(&shop, seen(&token, Seen::Captured, total)).await;
    }
    assert_eq!(statuses(&shop).await, ["cancelled", "unpaid"]);
    assert_eq!(level(&shop).await, (4, 0), "nothing of it is held");
    let refunds = shop.with_db(move |conn| refunds_of(conn, order)).await;
    let [back] = &refunds[..] else { panic!("{refunds:?}") };
    assert_eq!(
        (back.amount, back.kind.as_str(), back.status.as_str()),
        (total, "surplus", "pending")
    );
    assert_eq!(jobs(&shop, "payments.refund").await, 1);
    assert_eq!(events(&shop, "confirmed").await, 0);
}

async fn a_second_payment_of_a_paid_order_goes_back(shop: TestShop) {
    let (order, total) = pending(&shop).await;
    let [first, second] = [attempt(&shop, order, total).await, attempt(&shop, order, total).await];
    tell(&shop, seen(&first, Seen::Captured, total)).await;
    for _ in 0..2 {
        tell(&shop, seen(&second, Seen::Captured, total)).await;
    }
    assert_eq!(statuses(&shop).await, ["placed", "paid"]);
    let refunds = shop.with_db(move |conn| refunds_of(conn, order)).await;
    let payments = shop.with_db(move |conn| payments_of(conn, order)).await;
    let [back] = &refunds[..] else { panic!("{refunds:?}") };
    assert_eq!((back.payment_id, back.amount), (payments[1].id, total));
    assert_eq!((payments[0].refunded_amount, payments[1].refunded_amount), (0, total));
}

async fn a_second_payment_does_not_take_up_an_order_whose_money_went_back(shop: TestShop) {
    let (order, total) = pending(&shop).await;
    let first = attempt(&shop, order, total).await;
    let second = attempt(&shop, order, total).await;
    tell(&shop, Observed { refunded: total, ..seen(&first, Seen::Captured, total) }).await;
    cancelled(&shop, order).await;
    tell(&shop, seen(&second, Seen::Captured, total)).await;
    assert_eq!(statuses(&shop).await, ["cancelled", "refunded"]);
    assert_eq!(level(&shop).await, (10, 0));
    let refunds = shop.with_db(move |conn| refunds_of(conn, order)).await;
    assert_eq!((refunds[1].kind.as_str(), refunds[1].amount), ("surplus", total));
}

async fn news_that_do_not_fit_are_put_aside(shop: TestShop) {
    let (order, total) = pending(&shop).await;
    let token = attempt(&shop, order, total).await;
    let other = attempt(&shop, order, total).await;
    tell(&shop, seen(&token, Seen::Open, 0)).await;
    tell(&shop, seen(&other, Seen::Open, 0)).await;
    let right = seen(&token, Seen::Captured, total);
    let dollars =
        etalase::money::Money::new(total, etalase::money::Currency::parse("USD").unwrap());
    let wrong = [
        (Observed { captured: rupiah(total - 1), ..right.clone() }, Mismatch::Amount),
        (Observed { captured: rupiah(total + 1), ..right.clone() }, Mismatch::Amount),
        (Observed { captured: rupiah(total * 100), ..right.clone() }, Mismatch::Amount),
        (Observed { seen: Seen::Open, ..right.clone() }, Mismatch::Amount),
        (Observed { refunded: total + 1, ..right.clone() }, Mismatch::Amount),
        (Observed { captured: dollars, ..right.clone() }, Mismatch::Currency),
        (Observed { live: true, ..right.clone() }, Mismatch::Live),
        (Observed { reference: Some("other".into()), ..right.clone() }, Mismatch::Reference),
        (
            Observed { reference: seen(&other, Seen::Open, 0).reference, ..right.clone() },
            Mismatch::Attempt,
        ),
        (Observed { attempt: Some(AttemptToken::random()), ..right.clone() }, Mismatch::Unknown),
        (Observed { gateway: "stripe", ..right.clone() }, Mismatch::Attempt),
        (Observed { attempt: None, reference: None, ..right.clone() }, Mismatch::Unknown),
    ];
    for (news, mismatch) in wrong {
        assert_eq!(tell(&shop, news.clone()).await, Applied::PutAside(mismatch), "{news:?}");
        assert_eq!(statuses(&shop).await, ["pending", "unpaid"], "{news:?}");
    }
    let troubles = |conn: &mut _| -> etalase::error::Result<Vec<String>> {
        Ok(payment::table.order(payment::id).select(payment::trouble).load(conn)?)
    };
    assert_ne!(shop.with_db(troubles).await[0], "");
    assert_eq!(tell(&shop, right).await, Applied::Moved, "the truth is still taken");
    assert_eq!(shop.with_db(troubles).await, ["", ""]);
}

async fn what_the_gateway_gives_back_by_itself_is_written_down(shop: TestShop) {
    let (order, total) = pending(&shop).await;
    let token = attempt(&shop, order, total).await;
    tell(&shop, seen(&token, Seen::Captured, total)).await;
    let given = |refunded| Observed { refunded, ..seen(&token, Seen::Captured, total) };
    for refunded in [1_000, 1_000, 700] {
        tell(&shop, given(refunded)).await;
        assert_eq!(statuses(&shop).await, ["placed", "part_refunded"]);
    }
    tell(&shop, given(total)).await;
    assert_eq!(statuses(&shop).await, ["placed", "refunded"]);
    let amounts = |conn: &mut _| {
        Ok(refund::table.order(refund::id).select(refund::amount).load::<i64>(conn)?)
    };
    assert_eq!(shop.with_db(amounts).await, [1_000, total - 1_000]);
}

async fn what_a_bank_takes_back_is_written_down_and_followed(shop: TestShop) {
    let (order, total) = pending(&shop).await;
    let token = attempt(&shop, order, total).await;
    tell(&shop, seen(&token, Seen::Captured, total)).await;
    let dispute = |reference: &str, state| Dispute {
        reference: reference.into(),
        amount: total,
        reason: "fraudulent".into(),
        state,
    };
    let told = |disputes| Observed { disputes, ..seen(&token, Seen::Captured, total) };
    let open = dispute("dp_1", DisputeState::Open);
    assert_eq!(tell(&shop, told(vec![open.clone()])).await, Applied::Moved);
    assert_eq!(tell(&shop, told(vec![open.clone()])).await, Applied::Nothing);
    let both = vec![dispute("dp_1", DisputeState::Lost), dispute("dp_2", DisputeState::Won)];
    assert_eq!(tell(&shop, told(both.clone())).await, Applied::Moved);
    assert_eq!(tell(&shop, told(both)).await, Applied::Nothing);
    // Asked for before the bank decided, and told after.
    assert_eq!(tell(&shop, told(vec![open])).await, Applied::Nothing);
    for kind in ["disputed", "dispute_lost", "dispute_won"] {
        assert_eq!(events(&shop, kind).await, 1, "{kind}");
    }
    let hidden = |conn: &mut _| {
        let inner = order_event::table.filter(order_event::public.eq(false));
        Ok(inner.count().get_result::<i64>(conn)?)
    };
    assert_eq!(shop.with_db(hidden).await, 3, "that is between staff and gateway");
    assert_eq!(statuses(&shop).await, ["placed", "paid"]);
}

async fn an_invoice_comes_with_the_money_where_the_shop_says_so(shop: TestShop) {
    change_settings(&shop, |settings| settings.invoicing.at = InvoiceAt::Paid).await;
    let order = ordered(&shop).await;
    let invoices = |conn: &mut _| Ok(invoice::table.count().get_result::<i64>(conn)?);
    let total = total(&shop).await;
    super::take(&shop, order, total - 1, "BCA 1").await.unwrap();
    assert_eq!(shop.with_db(invoices).await, 0);
    super::take(&shop, order, 1, "BCA 2").await.unwrap();
    assert_eq!(shop.with_db(invoices).await, 1);
}
