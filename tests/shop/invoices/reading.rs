//! Papers as shoppers read them: a page to print.

use super::{change_settings, sold};
use crate::both;
use crate::kit::{Page, Shopper, TestShop};
use etalase::invoices;
use etalase::language::Language;
use etalase::settings::InvoiceAt;
use etalase::web::visit::now;

both!(
    an_order_leads_to_its_invoice,
    an_invoice_is_read_in_the_orders_language,
    a_paper_that_is_not_there_is_not_found,
    an_invoice_shows_every_sum,
    an_invoice_can_be_had_as_pdf,
    a_page_of_an_invoice_needs_few_statements,
);

async fn invoice_of(guest: &Shopper, prefix: &str) -> Page {
    guest.add("bumi-stoneware-mug", &[("colour", "clay"), ("size", "350ml")], 2).await;
    let order = guest.order().await;
    let link = order.attributes(".papers a", "href").remove(0);
    assert_eq!(link, format!("{}/invoice", order.url.path()));
    assert!(link.starts_with(prefix));
    guest.visitor.open(&link).await
}

async fn an_order_leads_to_its_invoice(shop: TestShop) {
    let page = invoice_of(&shop.shopper(), "/orders/").await;
    let number = format!("INV/{}/000001", now().format("%Y"));
    page.expect_status(200).expect_heading(&format!("Invoice {number}"));
    assert_eq!(page.header("cache-control"), "no-store");
    assert_eq!(page.attributes("meta[name=robots]", "content"), ["noindex,follow"]);
    for words in [
        "PT Selasar Contoh",
        "Tax number 00.000.000.0-000.000",
        "Rani Wijaya",
        "Bumi Stoneware Mug",
        "Clay, 350 ml",
        "Rp 135.000",
        "Rp 270.000",
        "Delivery, Kirana Regular",
        "PPN 11%",
        "Rp 288.000",
        "Bank transfer",
    ] {
        page.see(words);
    }
    let back = shop.visitor().open(&page.link("Back to the order")).await;
    back.expect_status(200).expect_heading("Thank you");
}

async fn an_invoice_is_read_in_the_orders_language(shop: TestShop) {
    let page = invoice_of(&shop.indonesian_shopper(), "/id/orders/").await;
    page.see("Faktur").see("NPWP").see("Dasar pengenaan pajak").see("Tanah liat, 350 ml");
    let english = shop.visitor().open(&page.link("English")).await;
    english.see("Back to the order").see("Faktur").see("Tanah liat, 350 ml");
    assert_eq!(english.attributes(".paper", "lang"), ["id"]);
}

async fn a_paper_that_is_not_there_is_not_found(shop: TestShop) {
    change_settings(&shop, |settings| settings.invoicing.at = InvoiceAt::Paid).await;
    let guest = shop.shopper();
    guest.add("kenanga-candle", &[], 1).await;
    let order = guest.order().await;
    assert_eq!(order.all(".papers").len(), 0);
    let own = order.url.path();
    let stranger = own.replace('a', "b").replace('1', "2");
    for path in [
        format!("{own}/invoice"),
        format!("{own}/invoice.pdf"),
        format!("{own}/credit-notes/0.pdf"),
        format!("{own}/credit-notes/1.pdf"),
        format!("{own}/credit-notes/0"),
        format!("{own}/credit-notes/1"),
        format!("{own}/credit-notes/4294967296"),
        format!("{own}/credit-notes/x"),
        format!("{stranger}/invoice"),
        "/orders/x/invoice".to_owned(),
    ] {
        shop.visitor().get(&path).await.expect_status(404);
    }
}

async fn an_invoice_shows_every_sum(shop: TestShop) {
    let sold = sold(&shop).await;
    let order = sold.id;
    shop.with_db(move |conn| invoices::issue(conn, order, now())).await;
    let page = shop.visitor().get(&format!("/orders/{}/invoice", sold.token.as_str())).await;
    let shown = |minor| sold.bill.money(minor).show(Language::En.code()).replace('\u{a0}', " ");
    let totals = &sold.bill.totals;
    for sum in [
        totals.list,
        -totals.discount,
        totals.shipping,
        totals.fees,
        totals.rounding,
        totals.payable,
    ] {
        page.see(&shown(sum));
    }
    for rate in &sold.bill.taxes {
        page.see(&rate.name).see(&shown(rate.net)).see(&shown(rate.amount));
    }
    for row in &sold.bill.lines {
        page.see(&shown(row.net)).see(&shown(row.tax)).see(&shown(row.gross));
    }
    page.see("PT Contoh Makmur").see("01.234.567.8-901.000").see("PPN 11% + PPnBM 20%");
    page.see("Discount ongkir: −Rp 7.000");
}

async fn an_invoice_can_be_had_as_pdf(shop: TestShop) {
    let page = invoice_of(&shop.shopper(), "/orders/").await;
    let pdf = shop.visitor().open(&page.link("Download as PDF")).await;
    pdf.expect_status(200);
    assert!(pdf.url.path().ends_with("/invoice.pdf"));
    assert_eq!(pdf.header("content-type"), "application/pdf");
    assert_eq!(pdf.header("cache-control"), "no-store");
    let name = format!("inline; filename=\"INV-{}-000001.pdf\"", now().format("%Y"));
    assert_eq!(pdf.header("content-disposition"), name);
    assert!(pdf.body.starts_with(b"%PDF-") && pdf.body.trim_ascii_end().ends_with(b"%%EOF"));
    let title = b"Invoice INV/";
    assert!(pdf.body.windows(title.len()).any(|bytes| bytes == title), "its title says what it is");
}

async fn a_page_of_an_invoice_needs_few_statements(shop: TestShop) {
    let sold = sold(&shop).await;
    let order = sold.id;
    shop.with_db(move |conn| invoices::issue(conn, order, now())).await;
    let path = format!("/orders/{}/invoice", sold.token.as_str());
    let visitor = shop.visitor();
    // SQLite reads in a transaction; PostgreSQL looks first whether the connection is alive.
    assert!(shop.statements(|| visitor.get(&path)).await <= 3);
}
