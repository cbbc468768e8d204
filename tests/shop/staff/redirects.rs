//! Addresses that lead elsewhere, in the back office and for whoever follows them.

use crate::both;
use crate::kit::{Page, TestShop, Visitor};
use etalase::db::schema::redirect;

use diesel::prelude::*;

both!(
    an_old_address_leads_on_in_every_language,
    what_is_there_is_never_redirected,
    a_chain_becomes_one_hop_and_a_circle_is_refused,
    hits_are_counted_without_a_write_for_each,
    mistakes_in_a_redirect_are_named_and_kept,
    a_redirect_is_changed_and_removed,
    a_long_list_of_redirects_goes_on,
);

async fn add(visitor: &Visitor, from: &str, to: &str) -> Page {
    let form = visitor.get("/admin/redirects/new").await.form("/admin/redirects/new");
    form.fill("from", from).fill("to", to).press("Save").await
}

async fn leads(visitor: &Visitor, path: &str) -> (u16, String) {
    let page = visitor.get(path).await;
    (page.status, page.header("location").to_owned())
}

fn to(address: &str) -> (u16, String) {
    (301, address.to_owned())
}

async fn an_old_address_leads_on_in_every_language(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    sari.get("/admin/redirects").await.see("No old address leads anywhere yet");
    add(&sari, "/collections/mugs", "/categories/mugs").await.see("Saved.");
    add(&sari, "/id/blog/old post", "https://blog.example/a?b=1").await.see("Saved.");
    let visitor = shop.visitor();
    assert_eq!(leads(&visitor, "/collections/mugs").await, to("/categories/mugs"));
    assert_eq!(leads(&visitor, "/collections/mugs?utm=1").await, to("/categories/mugs"));
    assert_eq!(leads(&visitor, "/id/collections/mugs").await, to("/id/categories/mugs"));
    assert_eq!(leads(&visitor, "/blog/old%20post").await, to("https://blog.example/a?b=1"));
    assert_eq!(leads(&visitor, "/collections/mugs/x").await.0, 404);
    visitor.post("/collections/mugs", "").await.expect_status(404);
    sari.get("/admin/audit").await.see("Made a redirect").see("/collections/mugs");
}

async fn what_is_there_is_never_redirected(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    add(&sari, "/pages/about", "/pages/terms").await.see("Saved.");
    add(&sari, "/media/x.webp", "/pages/terms").await.see("Saved.");
    let visitor = shop.visitor();
    visitor.get("/pages/about").await.expect_status(200).expect_heading("About us");
    visitor.get("/media/x.webp").await.expect_status(404);
}

async fn a_chain_becomes_one_hop_and_a_circle_is_refused(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    add(&sari, "/b", "/c").await.see("Saved.");
    add(&sari, "/a", "/b").await.see("Saved.");
    let visitor = shop.visitor();
    assert_eq!(leads(&visitor, "/a").await, to("/c"));
    add(&sari, "/c", "/pages/about").await.see("Saved.");
    for old in ["/a", "/b", "/c"] {
        assert_eq!(leads(&visitor, old).await, to("/pages/about"), "{old}");
    }
    for (from, to) in [("/d", "/d"), ("/pages/about", "/a"), ("/id/d", "/d")] {
        let wrong = add(&sari, from, to).await;
        wrong.expect_status(422).see("lead in a circle");
    }
    add(&sari, "/a", "/search").await.expect_status(422).see("a redirect of this address already");
}

async fn hits_are_counted_without_a_write_for_each(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    add(&sari, "/a", "/search").await;
    add(&sari, "/b", "/search").await;
    let visitor = shop.visitor();
    // The list has just been shown, so all of these wait.
    for path in ["/a", "/b", "/a", "/nothing"] {
        leads(&visitor, path).await;
    }
    let written = |conn: &mut _| Ok(redirect::table.select(redirect::hits).load::<i64>(conn)?);
    assert_eq!(shop.with_db(written).await, [0, 0]);
    let list = sari.get("/admin/redirects").await;
    assert_eq!(list.texts("tbody tr td:nth-child(3)"), ["2", "1"]);
    assert!(!list.texts("tbody tr td:nth-child(4)").contains(&String::new()));
}

async fn mistakes_in_a_redirect_are_named_and_kept(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    for from in ["", "old", "/", "//b.example", "/a?b", "/a#b", "/admin/orders", "/id/admin"] {
        let wrong = add(&sari, from, "javascript:x").await;
        wrong.expect_status(422);
        assert_eq!(wrong.attributes("[aria-invalid]", "name"), ["from", "to"], "{from}");
        assert_eq!(wrong.form("/admin/redirects/new").value("from"), from);
    }
}

async fn a_redirect_is_changed_and_removed(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let list = add(&sari, "/a", "/search").await;
    let edit = list.go("/a").await;
    let form = edit.form(edit.url.path());
    form.fill("to", "/pages/about").press("Save").await.see("Saved.");
    let visitor = shop.visitor();
    assert_eq!(leads(&visitor, "/a").await, to("/pages/about"));
    let remove = format!("{}/remove", edit.url.path());
    let list = sari.get("/admin/redirects").await;
    let list = list.form(&remove).press("Remove the redirect of /a").await;
    list.see("Saved.").see_no("/pages/about");
    assert_eq!(leads(&visitor, "/a").await.0, 404);
    sari.get(edit.url.path()).await.expect_status(404);
}

async fn a_long_list_of_redirects_goes_on(shop: TestShop) {
    let fill = |conn: &mut _| {
        for n in 0..120 {
            diesel::insert_into(redirect::table)
                .values((
                    redirect::from_path.eq(format!("/old/{n:03}")),
                    redirect::to_address.eq("/search"),
                    redirect::made_at.eq(etalase::web::visit::now()),
                ))
                .execute(conn)?;
        }
        Ok(())
    };
    shop.with_db(fill).await;
    let sari = shop.colleague("sari", "owner").await;
    let first = sari.get("/admin/redirects").await;
    let second = first.go("Next page").await;
    let all = [first.texts("tbody a"), second.texts("tbody a")].concat();
    assert_eq!((all.len(), all[0].as_str(), all[119].as_str()), (120, "/old/000", "/old/119"));
}
