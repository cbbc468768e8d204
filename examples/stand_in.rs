//! Payment gateways on this machine, for scripts and for trying out: `cargo run --example stand_in -- PORT SHOP_URL`, then a
//! shop with the settings that it prints.

#[path = "../tests/stand_in/mod.rs"]
mod stand_in;

use stand_in::{MIDTRANS_KEY, Plan, STRIPE_KEY, STRIPE_SECRET, StandIn};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let port = arguments.next().and_then(|port| port.parse().ok()).unwrap_or(0);
    let stand_in = StandIn::open_at(port);
    stand_in.plan(Plan { shop: arguments.next(), ..Plan::default() });
    println!("ETALASE_STRIPE_URL={}", stand_in.url);
    println!("ETALASE_STRIPE_KEY={STRIPE_KEY}");
    println!("ETALASE_STRIPE_WEBHOOK_SECRETS={STRIPE_SECRET}");
    println!("ETALASE_MIDTRANS_URL={}", stand_in.url);
    println!("ETALASE_MIDTRANS_SERVER_KEY={MIDTRANS_KEY}");
    loop {
        std::thread::park();
    }
}
