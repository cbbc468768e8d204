//! The page on which a shopper pays at Stripe: four buttons.

use super::StandIn;
use super::stripe::{Leaving, leave};
use super::wire::{Answer, Request, find};

pub(super) fn answer(stand_in: &StandIn, request: &Request) -> Answer {
    let id = request.parts().get(1).map(|id| (*id).to_owned()).unwrap_or_default();
    let known = stand_in.state().stripe.sessions.get(&id).cloned();
    let Some(session) = known else { return Answer::html("<h1>No such page</h1>") };
    if request.method == "GET" {
        return page(&session, "");
    }
    let text = |name: &str| session[name].as_str().unwrap_or_default().to_owned();
    let pressed = |leaving| {
        let told = leave(&mut stand_in.state(), &id, leaving);
        stand_in.fire(told);
        Answer::see_other(&text("success_url"))
    };
    match find(&request.form(), "do").unwrap_or_default() {
        "pay" => pressed(Leaving::Paid),
        "later" => pressed(Leaving::Later),
        "back" => Answer::see_other(&text("cancel_url")),
        _ => {
            stand_in.decline(&id);
            page(&session, "Your card was declined.")
        }
    }
}

fn page(session: &serde_json::Value, said: &str) -> Answer {
    let buttons = match session["status"].as_str() {
        Some("open") => {
            "<form method=\"post\"><button name=\"do\" value=\"pay\">Pay</button> \
             <button name=\"do\" value=\"decline\">Pay with a card that is declined</button> \
             <button name=\"do\" value=\"later\">Pay by bank, the money comes later</button> \
             <button name=\"do\" value=\"back\">Back to the shop</button></form>"
        }
        _ => "<p>This page is over.</p>",
    };
    let text = |name: &str| session[name].as_str().unwrap_or_default().replace('<', "&lt;");
    Answer::html(&format!(
        "<!doctype html><html lang=\"en\"><meta name=\"viewport\" content=\"width=device-width\"><title>Stand-in</title>\
         <h1>{}</h1><p>{} {}</p><p role=\"status\">{said}</p>{buttons}</html>",
        text("name"),
        session["amount_total"],
        text("currency"),
    ))
}
