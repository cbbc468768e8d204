//! `etalase staff`, as operators type it.

use std::io::Write;
use std::process::Stdio;

use crate::both;
use crate::kit::TestShop;
use crate::kit::colleague::{PASSWORD, sign_in, sign_in_with};
use crate::kit::member::{RANI, is_signed_in, registered};
use crate::kit::process::{etalase_on, run, said};

both!(
    an_owner_is_made_with_a_password_from_the_standard_input,
    an_owner_joins_by_the_link_that_is_printed,
    a_lost_owner_comes_back,
    the_last_owner_is_not_disabled,
    an_operator_signs_somebody_out_or_everybody,
);

fn typed(shop: &TestShop, arguments: &[&str]) -> (bool, String) {
    let output = run(etalase_on(&shop.fresh, &[&["staff"], arguments].concat()));
    (output.status.success(), said(&output))
}

fn path(said: &str) -> String {
    let line = said.lines().find(|line| line.contains("/admin/")).unwrap();
    format!("/admin{}", line.split_once("/admin").unwrap().1)
}

async fn an_owner_is_made_with_a_password_from_the_standard_input(shop: TestShop) {
    let arguments =
        ["staff", "add", "sari@shop.example", "--role", "owner", "--name", "sari", "--password"];
    for (password, is_taken) in [("short", false), (PASSWORD, true)] {
        let mut command = etalase_on(&shop.fresh, &arguments);
        let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = piped.spawn().unwrap();
        writeln!(child.stdin.take().unwrap(), "{password}").unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.success(), is_taken, "{}", said(&output));
    }
    sign_in(&shop.visitor(), "sari").await.expect_heading("Hello, sari");
    let (_, listed) = typed(&shop, &["list"]);
    assert!(listed.contains("sari@shop.example") && listed.contains("owner"), "{listed}");
}

async fn an_owner_joins_by_the_link_that_is_printed(shop: TestShop) {
    let (is_done, printed) = typed(&shop, &["add", "sari@shop.example", "--role", "owner"]);
    assert!(is_done, "{printed}");
    let (path, visitor) = (path(&printed), shop.visitor());
    let form = visitor.get(&path).await.form(&path);
    let form = form.fill("name", "Sari").fill("new_password", PASSWORD);
    form.press("Create my account").await.expect_heading("Hello, Sari");
    let (is_done, again) = typed(&shop, &["add", "SARI@shop.example", "--role", "packer"]);
    assert!(!is_done && again.contains("has an account already"), "{again}");
    let (is_done, unknown) = typed(&shop, &["add", "b@shop.example", "--role", "queen"]);
    assert!(!is_done && unknown.contains("no such account or role"), "{unknown}");
}

async fn a_lost_owner_comes_back(shop: TestShop) {
    let sari = shop.colleague("sari", "owner").await;
    let (is_done, printed) = typed(&shop, &["reset", "sari@shop.example"]);
    assert!(is_done, "{printed}");
    sari.get("/admin").await.expect_status(303);
    let path = path(&printed);
    let form = sari.get(&path).await.form(&path).fill("new_password", "kebun teh di lereng");
    form.press("Save").await.expect_heading("Sign in");
    sign_in_with(&sari, "sari", "kebun teh di lereng").await.expect_status(200);
}

async fn the_last_owner_is_not_disabled(shop: TestShop) {
    shop.hire("sari", "owner").await;
    let (is_done, words) = typed(&shop, &["disable", "sari@shop.example"]);
    assert!(!is_done && words.contains("needs an owner"), "{words}");
    shop.hire("dewi", "owner").await;
    assert!(typed(&shop, &["disable", "sari@shop.example"]).0);
    sign_in(&shop.visitor(), "sari").await.expect_status(422);
    assert!(typed(&shop, &["enable", "sari@shop.example"]).0);
    assert!(typed(&shop, &["role", "sari@shop.example", "packer"]).0);
    sign_in(&shop.visitor(), "sari").await.expect_status(200);
}

async fn an_operator_signs_somebody_out_or_everybody(shop: TestShop) {
    let end = |whom: &str| {
        let output = run(etalase_on(&shop.fresh, &["sessions", "end", whom]));
        assert!(output.status.success(), "{}", said(&output));
        said(&output)
    };
    let sari = shop.colleague("sari", "owner").await;
    let budi = shop.colleague("budi", "packer").await;
    let rani = registered(&shop, RANI).await.visitor;
    assert!(end("nobody@shop.example").contains("0 sign-ins"));
    assert!(end(&RANI.to_uppercase()).contains("1 sign-ins"));
    assert!(end("Budi@shop.example").contains("1 sign-ins"));
    assert!(!is_signed_in(&rani).await);
    budi.get("/admin").await.expect_status(303);
    sari.get("/admin").await.expect_status(200);
    assert!(end("--all").contains("1 sign-ins"));
    sari.get("/admin").await.expect_status(303);
}
