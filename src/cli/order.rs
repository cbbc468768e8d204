//! `etalase order`: orders looked up and moved on, by whoever runs the shop.

mod moves;
mod resend;
mod show;
mod words;

use clap::{Args, Subcommand};
use std::path::PathBuf;

use super::Outcome;
use crate::audit;
use crate::config::Settings;
use crate::db::{Conn, Db};
use crate::orders::book;
use crate::orders::lists::{self, Wanted};
use crate::orders::{FulfilmentStatus, OrderStatus, PaymentStatus};
use crate::web::visit::now;
use words::{Units, status};

#[derive(Subcommand)]
pub enum Command {
    /// Orders, newest first
    List {
        /// pending, placed, completed or cancelled
        #[arg(long, value_parser = status(OrderStatus::parse))]
        status: Option<OrderStatus>,
        /// unpaid, part_paid, paid, overpaid, part_refunded or refunded
        #[arg(long, value_parser = status(PaymentStatus::parse))]
        payment: Option<PaymentStatus>,
        /// not_needed, unfulfilled, part_shipped, shipped, part_returned or returned
        #[arg(long, value_parser = status(FulfilmentStatus::parse))]
        fulfilment: Option<FulfilmentStatus>,
        /// So many at once
        #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(i64).range(1..=500))]
        most: i64,
        /// Only those placed before this one: the last of what was listed
        #[arg(long, value_name = "NUMBER")]
        before: Option<String>,
    },
    /// Everything about an order
    Show { number: String },
    /// Write the picture by which the shopper shows that she has paid (JPEG) into a file
    Proof {
        number: String,
        /// As `show` numbers it
        #[arg(long = "proof", default_value_t = 1)]
        which: i64,
        /// A new file
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Say that money has arrived by transfer, or with the courier
    MarkPaid {
        number: String,
        /// As the shop writes amounts: 150000, or 19.90
        #[arg(long)]
        amount: String,
        /// What the bank or the courier calls it; the same one is taken once
        #[arg(long)]
        reference: String,
        #[command(flatten)]
        by: Who,
    },
    /// Tell the shopper that she can fetch her order
    Ready {
        number: String,
        #[command(flatten)]
        by: Who,
    },
    /// Send a mail of an order once more, word for word: the latest to the shopper, or the one that
    /// `show` numbers so
    Resend {
        number: String,
        #[arg(long)]
        mail: Option<i64>,
    },
    /// Send a parcel off; without --line everything that is left
    Ship {
        number: String,
        /// A line, as `show` numbers it, and how many units of it
        #[arg(long = "line", value_name = "LINE=UNITS")]
        lines: Vec<Units>,
        #[arg(long, default_value = "")]
        carrier: String,
        /// The carrier's number of the parcel
        #[arg(long, default_value = "")]
        tracking: String,
        /// Where it can be followed
        #[arg(long, default_value = "")]
        url: String,
        #[command(flatten)]
        by: Who,
    },
    /// End an order of which nothing was shipped; what was received for it goes back
    Cancel {
        number: String,
        /// Why; the shopper reads it
        #[arg(long, default_value = "")]
        reason: String,
        #[command(flatten)]
        by: Who,
    },
    /// Write a refund: of lines, of the whole delivery, or of any amount
    Refund {
        number: String,
        /// A line, as `show` numbers it, and how many units of it
        #[arg(long = "line", value_name = "LINE=UNITS", conflicts_with = "amount")]
        lines: Vec<Units>,
        /// What is left of the delivery's price and of fees as well
        #[arg(long, conflicts_with = "amount")]
        delivery: bool,
        /// An amount without goods
        #[arg(long)]
        amount: Option<String>,
        /// The units have come back, and lie on the shelf again
        #[arg(long, requires = "lines", conflicts_with = "which")]
        restock: bool,
        /// It is for this return, as `show` numbers them; without --line for what came of it
        #[arg(long = "return", id = "which", value_name = "N")]
        which: Option<i64>,
        #[arg(long, default_value = "")]
        reason: String,
        #[command(flatten)]
        by: Who,
    },
    /// Say that a refund which had to be sent by hand has been sent
    RefundSent {
        number: String,
        /// As `show` numbers it
        #[arg(long)]
        refund: i64,
        /// What the bank calls it
        #[arg(long)]
        reference: String,
        #[command(flatten)]
        by: Who,
    },
    /// Let the shopper send goods back
    ApproveReturn {
        number: String,
        /// As `show` numbers it
        #[arg(long = "return", default_value_t = 1)]
        which: i64,
        /// What the shopper should know for that
        #[arg(long, default_value = "")]
        note: String,
        #[command(flatten)]
        by: Who,
    },
    /// Refuse a return
    DeclineReturn {
        number: String,
        #[arg(long = "return", default_value_t = 1)]
        which: i64,
        /// Why; the shopper reads it
        #[arg(long)]
        reason: String,
        #[command(flatten)]
        by: Who,
    },
    /// Count what came back
    ReceiveReturn {
        number: String,
        #[arg(long = "return", default_value_t = 1)]
        which: i64,
        /// A line and how many units of it came
        #[arg(long = "line", value_name = "LINE=UNITS", required = true)]
        lines: Vec<Units>,
        /// Put them on the shelf again
        #[arg(long)]
        restock: bool,
        #[command(flatten)]
        by: Who,
    },
}

/// Who does it.
#[derive(Args)]
pub struct Who {
    /// Whose name the order's timeline shows
    #[arg(long = "as", value_name = "NAME")]
    name: Option<String>,
}

impl Who {
    pub(super) fn answers(&self) -> audit::Who {
        audit::Who::operator(self.name.as_deref(), now())
    }
}

pub fn run(settings: &Settings, command: &Command) -> Outcome {
    let db = Db::open(&settings.database, 2)?;
    actix_web::rt::System::new().block_on(async {
        match command {
            Command::List { status, payment, fulfilment, most, before } => {
                let (status, payment, fulfilment) = (*status, *payment, *fulfilment);
                let wanted = Wanted { status, payment, fulfilment, ..Wanted::default() };
                list(&db, wanted, before.clone(), *most).await
            }
            Command::Show { number } => show::show(&db, number).await,
            Command::Proof { number, which, out } => show::proof(&db, number, *which, out).await,
            other => moves::run(&db, other).await,
        }
    })
}

async fn list(db: &Db, mut wanted: Wanted, before: Option<String>, most: i64) -> Outcome {
    if let Some(number) = before {
        let last = db.read_long(move |conn| book::find_number(conn, &number)).await?;
        wanted.before = Some(last.ok_or("there is no such order")?.id);
    }
    let find = move |conn: &mut Conn| {
        let orders = lists::list(conn, &wanted, most)?;
        Ok((book::tests_among(conn, &orders)?, orders))
    };
    let (tests, orders) = db.read_long(find).await?;
    for order in &orders {
        println!("{}", words::entry(order, tests.contains(&order.id)));
    }
    if orders.is_empty() {
        println!("none");
    }
    Ok(())
}
