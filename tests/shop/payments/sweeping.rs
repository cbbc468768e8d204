//! Orders whose money does not come.

use chrono::TimeDelta;

use super::{level, ordered, statuses, take};
use crate::both;
use crate::kit::TestShop;
use etalase::payments::{Gateways, sweep};
use etalase::web::visit::now;

both!(an_order_that_is_not_paid_in_time_ends_once, an_order_with_any_money_or_time_is_left_alone,);

async fn an_order_that_is_not_paid_in_time_ends_once(shop: TestShop) {
    ordered(&shop).await;
    let later = now() + TimeDelta::days(4);
    let gateways = Gateways::default();
    let sweeps = (0..4).map(|_| sweep(&shop.shop.db, &gateways, later));
    let swept = futures_util::future::join_all(sweeps).await;
    let ended: usize = swept.into_iter().map(|swept| swept.unwrap().cancelled).sum();
    assert_eq!(ended, 1);
    assert_eq!(statuses(&shop).await, ["cancelled", "unpaid"]);
    assert_eq!(level(&shop).await, (10, 0));
    assert_eq!(sweep(&shop.shop.db, &gateways, later).await.unwrap().cancelled, 0);
}

async fn an_order_with_any_money_or_time_is_left_alone(shop: TestShop) {
    let order = ordered(&shop).await;
    let gateways = Gateways::default();
    let soon = now() + TimeDelta::days(2);
    assert_eq!(sweep(&shop.shop.db, &gateways, soon).await.unwrap().cancelled, 0);
    take(&shop, order, 1, "a").await.unwrap();
    let later = now() + TimeDelta::days(4);
    assert_eq!(sweep(&shop.shop.db, &gateways, later).await.unwrap().cancelled, 0);
    assert_eq!(statuses(&shop).await, ["placed", "part_paid"]);
}
