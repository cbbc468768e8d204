use std::sync::{Arc, Mutex};

use actix_web::middleware::from_fn;
use actix_web::test::{TestRequest, call_service, init_service, try_call_service};
use actix_web::{App, HttpRequest, HttpResponse, web};
use tracing_subscriber::fmt::MakeWriter;

use super::*;

/// Keeps what is logged on this thread.
#[derive(Clone, Default)]
struct Paper(Arc<Mutex<Vec<u8>>>);

impl io::Write for Paper {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Paper {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

impl Paper {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

/// Answers `/orders/{token}`, is closed at `/closed`, fails at `/failure`, and breaks in a middleware (which gives the outer
/// one an error, not an answer) at `/broken`. Gives the status, the id and the log.
async fn ask(request: TestRequest, filter: &str) -> (StatusCode, String, String) {
    let order = || async {
        tracing::warn!("something of the order");
        "an order"
    };
    let broken = |_: ServiceRequest, _: Next<actix_web::body::BoxBody>| async {
        Err::<ServiceResponse, _>(actix_web::error::ErrorBadGateway("no"))
    };
    let app = App::new()
        .wrap(from_fn(log))
        .service(web::resource("/orders/{token}").to(order))
        .service(web::resource("/closed").to(|request: HttpRequest| async move {
            request.extensions_mut().insert(Closed);
            HttpResponse::ServiceUnavailable().finish()
        }))
        .service(web::resource("/failure").to(HttpResponse::InternalServerError))
        .service(web::scope("/broken").wrap(from_fn(broken)));
    let paper = Paper::default();
    let lines = tracing_subscriber::fmt().json().with_env_filter(filter);
    let _logging = tracing::subscriber::set_default(lines.with_writer(paper.clone()).finish());
    let app = init_service(app).await;
    let response = match try_call_service(&app, request.to_request()).await {
        Ok(response) => response.into_parts().1.map_into_boxed_body(),
        Err(error) => error.error_response(),
    };
    let id = response.headers().get("x-request-id").map(|id| id.to_str().unwrap().to_owned());
    (response.status(), id.unwrap_or_default(), paper.text())
}

#[actix_web::test]
async fn every_answer_carries_the_id_of_its_lines() {
    for (uri, status) in [("/failure", 500), ("/broken/a", 502)] {
        let (code, id, log) = ask(TestRequest::get().uri(uri), "info").await;
        assert_eq!(code, status);
        assert_eq!(id.len(), 16);
        assert!(log.contains("\"ERROR\"") && log.contains(&id), "{log}");
    }
}

#[actix_web::test]
async fn a_shop_that_is_closed_has_not_failed() {
    let (code, _, log) = ask(TestRequest::get().uri("/closed"), "info").await;
    assert_eq!((code.as_u16(), log.as_str()), (503, ""));
}

#[actix_web::test]
async fn a_handler_finds_the_id_and_its_own_lines_carry_it() {
    let app = App::new().wrap(from_fn(log)).route(
        "/",
        web::to(|request: HttpRequest| async move {
            request.extensions().get::<RequestId>().map(ToString::to_string).unwrap_or_default()
        }),
    );
    let response = call_service(&init_service(app).await, TestRequest::get().to_request()).await;
    let id = response.headers().get("x-request-id").cloned().unwrap();
    let body = actix_web::test::read_body(response).await;
    assert_eq!(id.as_bytes(), body);
    let (_, id, log) = ask(TestRequest::get().uri("/orders/t0ken"), "info").await;
    assert!(log.contains("something of the order") && log.contains(&id), "{log}");
}

#[actix_web::test]
async fn an_id_from_outside_is_not_believed() {
    let request = TestRequest::get().uri("/failure").insert_header(("x-request-id", "mine"));
    let (_, id, log) = ask(request, "info").await;
    assert!(id != "mine" && !log.contains("mine"), "{log}");
}

#[actix_web::test]
async fn the_pattern_is_logged_and_never_the_path() {
    let request = TestRequest::post().uri("/orders/t0ken?mail=ana%40example.com");
    let (_, _, log) = ask(request, "trace").await;
    assert!(log.contains("\"route\":\"/orders/{token}\""), "{log}");
    let (_, _, unmatched) = ask(TestRequest::post().uri("/t0ken"), "trace").await;
    assert!(unmatched.contains("\"route\":\"-\""), "{unmatched}");
    assert!(!format!("{log}{unmatched}").contains("t0ken"), "{log}{unmatched}");
    assert!(!log.contains("example.com"), "{log}");
}

#[actix_web::test]
async fn looking_is_quiet_and_changing_is_not() {
    let (_, _, look) = ask(TestRequest::get().uri("/orders/a"), "info").await;
    let (_, _, change) = ask(TestRequest::post().uri("/orders/a"), "info").await;
    assert!(!look.contains("answered"), "{look}");
    assert!(change.contains("answered"), "{change}");
}
