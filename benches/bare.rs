//! The database's own limit for orders: the rows that one order writes, written over and over by nothing but prepared
//! statements, with the shop's tables, indexes and care for the disk. Nothing is read, priced or asked.
//!
//! `scripts/bench` runs this (`ETALASE_TEST_DATABASE`, a file or a URL; `ETALASE_TEST_SECONDS`) on a shop that has an order,
//! whose rows it repeats, and reads its one line: orders a second. As many write at once as there are shoppers in
//! benches/placing.rs: PostgreSQL commits each by itself, SQLite, which has one writer, all of them together.

use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use chrono::{NaiveDate, NaiveDateTime};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::{PgConnection, SqliteConnection};
use etalase::db::Conn;
use etalase::db::schema::{
    invoice, invoice_series, job, order_address, order_event, order_line, order_tax, orders,
    payment, stock, stock_move,
};
use etalase::ids::{AttemptToken, CartId, InvoiceSeriesId, OrderId, OrderToken, VariantId};
use etalase::orders::OrderNumber;

const AT_ONCE: usize = 16;

/// A struct for what is written of a table's row, besides its id.
macro_rules! rows {
    ($($row:ident of $table:ident { $($column:ident: $kind:ty,)+ })+) => {$(
        #[derive(Clone, Queryable, Selectable, Insertable)]
        #[diesel(table_name = $table)]
        struct $row { $($column: $kind,)+ }
    )+};
}

rows! {
    Order of orders {
        number: String, token: String, cart_id: String, status: String, payment_status: String, fulfilment_status: String,
        placed_at: NaiveDateTime, email: String, email_key: String, phone: String, locale: String, note: String, payment_method: String,
        delivery_name: String, delivery_kind: String, delivery_code: String, delivery_rule: String,
        chargeable_weight_g: i64, deliver_from: Option<NaiveDate>, deliver_until: Option<NaiveDate>, currency: String,
        prices_include_tax: bool, goods_amount: i64, discount_amount: i64, delivery_amount: i64, fee_amount: i64,
        tax_amount: i64, rounding_amount: i64, total_amount: i64, quote_request: String, bill: String,
        pay_until: Option<NaiveDateTime>,
    }
    Line of order_line {
        order_id: OrderId, position: i64, variant_id: Option<VariantId>, sku: String, product_slug: String, name: String,
        options: String, picture: String, quantity: i64, unit_amount: i64, list_amount: i64, discount_amount: i64,
        net_amount: i64, tax_amount: i64, gross_amount: i64, weight_grams: i64, requires_shipping: bool,
    }
    Tax of order_tax { order_id: OrderId, position: i64, name: String, ppm: i64, net_amount: i64, tax_amount: i64, }
    Address of order_address {
        order_id: OrderId, kind: String, name: String, company: String, tax_number: String, line1: String, line2: String,
        district: String, city: String, region: String, postcode: String, country: String,
    }
    Event of order_event {
        order_id: OrderId, kind: String, actor: String, happened_at: NaiveDateTime, data: String, public: bool,
    }
    Job of job {
        queue: String, kind: String, payload: String, unique_key: Option<String>, created_at: NaiveDateTime,
        due_at: Option<NaiveDateTime>, attempts: i64, last_error: String,
    }
    Move of stock_move {
        variant_id: VariantId, kind: String, on_hand: i64, reserved: i64, cause: String, reason: String, actor: String,
        moved_at: NaiveDateTime,
    }
    Payment of payment {
        order_id: OrderId, attempt: String, gateway: String, live: bool, currency: String, amount: i64, status: String,
        expires_at: Option<NaiveDateTime>, created_at: NaiveDateTime,
    }
    Invoice of invoice {
        series_id: InvoiceSeriesId, sequence: i64, number: String, kind: String, order_id: OrderId,
        issued_at: NaiveDateTime, locale: String, currency: String, document: String, net_amount: i64, tax_amount: i64,
        rounding_amount: i64, total_amount: i64,
    }
}

/// All that an order writes when it is placed.
#[derive(Clone)]
struct Rows {
    order: Order,
    lines: Vec<Line>,
    taxes: Vec<Tax>,
    addresses: Vec<Address>,
    event: Event,
    job: Job,
    moves: Vec<Move>,
    payment: Payment,
    invoice: Invoice,
}

fn main() -> ExitCode {
    let settings = (std::env::var("ETALASE_TEST_DATABASE"), std::env::var("ETALASE_TEST_SECONDS"));
    let (Ok(database), Ok(Ok(seconds))) = (settings.0, settings.1.map(|text| text.parse())) else {
        eprintln!("run scripts/bench, which starts a shop with an order in it");
        return ExitCode::from(2);
    };
    match measure(&database, Duration::from_secs(seconds)) {
        Ok(per_second) => println!("{per_second}"),
        Err(error) => {
            eprintln!("bare: {error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

fn measure(database: &str, time: Duration) -> QueryResult<u128> {
    let rows = newest(&mut connect(database))?;
    let (writers, in_one) =
        if database.starts_with("postgres") { (AT_ONCE, 1) } else { (1, AT_ONCE) };
    let written = AtomicU64::new(0);
    let began = Instant::now();
    std::thread::scope(|scope| {
        let writers: Vec<_> = (0..writers)
            .map(|_| {
                scope.spawn(|| {
                    let mut conn = connect(database);
                    while began.elapsed() < time {
                        conn.transaction(|conn| (0..in_one).try_for_each(|_| write(conn, &rows)))?;
                        written.fetch_add(in_one as u64, Ordering::Relaxed);
                    }
                    QueryResult::Ok(())
                })
            })
            .collect();
        writers.into_iter().try_for_each(|writer| writer.join().expect("a writer ends"))
    })?;
    Ok(u128::from(written.into_inner()) * 1_000 / began.elapsed().as_millis().max(1))
}

/// As the shop connects (src/db/sqlite.rs).
fn connect(database: &str) -> Conn {
    if database.starts_with("postgres") {
        return Conn::Postgres(PgConnection::establish(database).expect("the database is there"));
    }
    let mut conn = SqliteConnection::establish(database).expect("the file is there");
    conn.batch_execute(
        "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
         PRAGMA temp_store = MEMORY; PRAGMA cache_size = -4096; PRAGMA mmap_size = 268435456;
         PRAGMA journal_size_limit = 67108864;",
    )
    .expect("the file can be used");
    Conn::Sqlite(conn)
}

/// The rows of the order that was placed last.
fn newest(conn: &mut Conn) -> QueryResult<Rows> {
    let id: OrderId = orders::table.order(orders::id.desc()).select(orders::id).first(conn)?;
    let lines: Vec<Line> = order_line::table
        .filter(order_line::order_id.eq(id))
        .select(Line::as_select())
        .load(conn)?;
    let (event, placed): (i64, Event) = order_event::table
        .filter(order_event::order_id.eq(id))
        .order(order_event::id)
        .select((order_event::id, Event::as_select()))
        .first(conn)?;
    Ok(Rows {
        order: orders::table.find(id).select(Order::as_select()).first(conn)?,
        lines,
        taxes: order_tax::table
            .filter(order_tax::order_id.eq(id))
            .select(Tax::as_select())
            .load(conn)?,
        addresses: order_address::table
            .filter(order_address::order_id.eq(id))
            .select(Address::as_select())
            .load(conn)?,
        event: placed,
        job: job::table
            .filter(job::payload.like(format!("{{\"event\":{event},%")))
            .order(job::id)
            .select(Job::as_select())
            .first(conn)?,
        moves: stock_move::table
            .filter(stock_move::cause.like(format!("order:{id}:%")))
            .select(Move::as_select())
            .load(conn)?,
        payment: payment::table
            .filter(payment::order_id.eq(id))
            .select(Payment::as_select())
            .first(conn)?,
        invoice: invoice::table
            .filter(invoice::order_id.eq(id))
            .select(Invoice::as_select())
            .first(conn)?,
    })
}

/// Writes them once more, with names of their own.
fn write(conn: &mut Conn, rows: &Rows) -> QueryResult<()> {
    let Rows {
        order,
        lines,
        taxes,
        addresses,
        event,
        job: follows,
        moves,
        payment: pays,
        invoice: paper,
    } = rows;
    let order = Order {
        number: OrderNumber::random().as_str().into(),
        token: OrderToken::random().as_str().into(),
        cart_id: CartId::random().as_str().into(),
        ..order.clone()
    };
    let id: OrderId =
        diesel::insert_into(orders::table).values(order).returning(orders::id).get_result(conn)?;
    for line in lines {
        let line = Line { order_id: id, ..line.clone() };
        diesel::insert_into(order_line::table).values(line).execute(conn)?;
    }
    for tax in taxes {
        let tax = Tax { order_id: id, ..tax.clone() };
        diesel::insert_into(order_tax::table).values(tax).execute(conn)?;
    }
    for address in addresses {
        let address = Address { order_id: id, ..address.clone() };
        diesel::insert_into(order_address::table).values(address).execute(conn)?;
    }
    let event = Event { order_id: id, ..event.clone() };
    let event: i64 = diesel::insert_into(order_event::table)
        .values(event)
        .returning(order_event::id)
        .get_result(conn)?;
    let payload = format!("{{\"event\":{event},\"order\":{id},\"kind\":\"placed\"}}");
    let follows = Job { payload, ..follows.clone() };
    diesel::insert_into(job::table).values(follows).execute(conn)?;
    for (at, moved) in moves.iter().enumerate() {
        diesel::update(stock::table.find(moved.variant_id))
            .set(stock::reserved.eq(stock::reserved + moved.reserved))
            .execute(conn)?;
        let moved = Move { cause: format!("order:{id}:{at}"), ..moved.clone() };
        diesel::insert_into(stock_move::table).values(moved).execute(conn)?;
    }
    let attempt = AttemptToken::random().as_str().into();
    let pays = Payment { order_id: id, attempt, ..pays.clone() };
    diesel::insert_into(payment::table).values(pays).execute(conn)?;
    let next: i64 = diesel::update(invoice_series::table.find(paper.series_id))
        .set(invoice_series::next.eq(invoice_series::next + 1))
        .returning(invoice_series::next)
        .get_result(conn)?;
    let number = format!("INV/bare/{next}");
    let paper = Invoice { order_id: id, sequence: next - 1, number, ..paper.clone() };
    diesel::insert_into(invoice::table).values(paper).execute(conn)?;
    Ok(())
}
