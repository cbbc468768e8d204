//! Credit notes: never more than was invoiced, and in the end exactly that.

use diesel::prelude::*;
use futures_util::future::join_all;

use super::{MIXED, papers, sold};
use crate::both;
use crate::kit::sale::{Sold, sell};
use crate::kit::{Dbms, FreshDatabase, TestShop};
use etalase::db::schema::invoice;
use etalase::invoices::{self, Document, Kind, NotCredited, Returned, RowKey};
use etalase::language::Language;
use etalase::web::visit::now;

both!(
    notes_for_everything_add_up_to_the_invoice,
    a_note_says_what_came_back_and_why,
    more_than_was_invoiced_is_never_credited,
    many_who_credit_the_same_units_credit_them_once,
    what_is_refused_leaves_no_gap,
    a_note_can_be_read_and_printed,
);

async fn invoiced(shop: &TestShop) -> Sold {
    let sold = sold(shop).await;
    let order = sold.id;
    shop.with_db(move |conn| invoices::issue(conn, order, now())).await;
    sold
}

async fn credit(shop: &TestShop, sold: &Sold, parts: &[(RowKey, i64)]) -> Result<(), NotCredited> {
    let order = sold.id;
    let returned: Vec<Returned> =
        parts.iter().map(|(row, units)| Returned { row: *row, units: *units }).collect();
    let credited = shop
        .with_db(move |conn| invoices::credit(conn, order, &returned, "Came back chipped", now()));
    credited.await.map(|_| ())
}

async fn papers_of(shop: &TestShop, sold: &Sold) -> Vec<Document> {
    let order = sold.id;
    shop.with_db(move |conn| papers(conn, order)).await
}

async fn notes_for_everything_add_up_to_the_invoice(shop: TestShop) {
    let sold = invoiced(&shop).await;
    let delivery = sold.bill.shipping.as_ref().unwrap().gross;
    for parts in [
        &[(RowKey::Line(0), 1), (RowKey::Line(1), 1), (RowKey::Delivery, 1)][..],
        &[(RowKey::Line(0), 2), (RowKey::Fee(0), 2_500)],
        &[(RowKey::Line(1), 1), (RowKey::Delivery, delivery - 1)],
        &[(RowKey::Line(0), 4), (RowKey::Line(1), 1), (RowKey::Fee(0), 2_500)],
        &[(RowKey::Line(2), 1)],
    ] {
        assert_eq!(credit(&shop, &sold, parts).await, Ok(()), "{parts:?}");
    }
    let papers = papers_of(&shop, &sold).await;
    let (invoice, notes) = papers.split_first().unwrap();
    let sum = |of: fn(&Document) -> i64| notes.iter().map(of).sum::<i64>();
    let totals = &invoice.totals;
    assert_eq!(sum(|note| note.totals.net), totals.net);
    assert_eq!(sum(|note| note.totals.tax), totals.tax);
    assert_eq!(sum(|note| note.totals.total), totals.total);
    assert_eq!(sum(|note| note.totals.payable), totals.payable);
    assert_ne!(totals.rounding, 0, "the last note rounds as the invoice did");
    for rate in &invoice.taxes {
        let of_notes = notes.iter().flat_map(|note| &note.taxes).filter(|t| t.rate == rate.rate);
        let sums = of_notes.fold((0, 0), |sum, tax| (sum.0 + tax.net, sum.1 + tax.amount));
        assert_eq!(sums, (rate.net, rate.amount), "{}", rate.name);
    }
    for left in [RowKey::Line(0), RowKey::Line(2), RowKey::Delivery, RowKey::Fee(0)] {
        assert_eq!(credit(&shop, &sold, &[(left, 1)]).await, Err(NotCredited::TooMany));
    }
}

async fn a_note_says_what_came_back_and_why(shop: TestShop) {
    let sold = invoiced(&shop).await;
    credit(&shop, &sold, &[(RowKey::Line(0), 2)]).await.unwrap();
    let papers = papers_of(&shop, &sold).await;
    let [invoice, note] = papers.as_slice() else { panic!("{papers:?}") };
    let corrects = note.corrects.as_ref().unwrap();
    assert_eq!((note.kind, &corrects.number), (Kind::CreditNote, &invoice.number));
    assert_eq!(corrects.reason, "Came back chipped");
    assert_eq!(note.number, format!("CN/{}/000001", now().format("%Y")));
    assert_eq!((note.rows.len(), note.rows[0].quantity), (1, 2));
    // Two of seven, of what was paid for them.
    assert_eq!(note.totals.payable, (invoice.rows[0].gross * 2 + 3) / 7);
    assert_eq!((&note.buyer, &note.seller), (&invoice.buyer, &invoice.seller));
}

async fn more_than_was_invoiced_is_never_credited(shop: TestShop) {
    let without = sold(&shop).await;
    let refused = credit(&shop, &without, &[(RowKey::Line(0), 1)]).await;
    assert_eq!(refused, Err(NotCredited::NoInvoice));
    let sold = invoiced(&shop).await;
    for (parts, why) in [
        (&[][..], NotCredited::Nothing),
        (&[(RowKey::Line(0), 0)], NotCredited::Nothing),
        (&[(RowKey::Line(0), -1), (RowKey::Line(1), 1)], NotCredited::TooMany),
        (&[(RowKey::Line(0), 8)], NotCredited::TooMany),
        (&[(RowKey::Line(0), i64::MAX)], NotCredited::TooMany),
        (&[(RowKey::Line(3), 1)], NotCredited::NoSuchRow),
        (&[(RowKey::Fee(1), 1)], NotCredited::NoSuchRow),
    ] {
        assert_eq!(credit(&shop, &sold, parts).await, Err(why), "{parts:?}");
    }
    assert_eq!(papers_of(&shop, &sold).await.len(), 1);
}

async fn many_who_credit_the_same_units_credit_them_once(dbms: Dbms) {
    let fresh = FreshDatabase::filled(dbms);
    let shop = TestShop::open_with(fresh, |settings| settings.database_connections = 20).await;
    let sold = invoiced(&shop).await;
    let credits = (0..20).map(|_| credit(&shop, &sold, &[(RowKey::Line(0), 2)]));
    let credited = join_all(credits).await;
    let done = credited.iter().filter(|result| result.is_ok()).count();
    assert_eq!(done, 3, "seven units are three times two: {credited:?}");
    assert!(credited.iter().all(|result| matches!(result, Ok(()) | Err(NotCredited::TooMany))));
    assert_eq!(credit(&shop, &sold, &[(RowKey::Line(0), 1)]).await, Ok(()));
}

async fn what_is_refused_leaves_no_gap(shop: TestShop) {
    let sold = invoiced(&shop).await;
    assert!(credit(&shop, &sold, &[(RowKey::Line(0), 8)]).await.is_err());
    credit(&shop, &sold, &[(RowKey::Line(0), 7)]).await.unwrap();
    let number = shop.with_db(|conn| {
        let notes = invoice::table.filter(invoice::kind.eq("credit_note"));
        Ok(notes.select(invoice::sequence).load::<i64>(conn)?)
    });
    assert_eq!(number.await, [1]);
}

async fn a_note_can_be_read_and_printed(shop: TestShop) {
    let sold = shop.with_db(|conn| sell(conn, MIXED, Language::Id)).await;
    let order = sold.id;
    shop.with_db(move |conn| invoices::issue(conn, order, now())).await;
    credit(&shop, &sold, &[(RowKey::Line(0), 1)]).await.unwrap();
    credit(&shop, &sold, &[(RowKey::Line(0), 2), (RowKey::Delivery, 1_000)]).await.unwrap();
    let visitor = shop.visitor();
    let order = visitor.open(&format!("/id/orders/{}", sold.token.as_str())).await;
    let year = now().format("%Y");
    let link = order.link(&format!("Nota kredit CN/{year}/000002"));
    let page = visitor.open(&link).await;
    page.expect_status(200).expect_heading(&format!("Nota kredit CN/{year}/000002"));
    page.see(&format!("Faktur INV/{year}/000001 tanggal")).see("Came back chipped");
    page.see("Total dikreditkan").see_no("Harga satuan");
    let pdf = visitor.open(&page.link("Unduh PDF")).await;
    assert!(pdf.expect_status(200).body.starts_with(b"%PDF-"));
    let name = format!("inline; filename=\"CN-{year}-000002.pdf\"");
    assert_eq!(pdf.header("content-disposition"), name);
    visitor.get(&format!("{}/credit-notes/3", order.url.path())).await.expect_status(404);
}
