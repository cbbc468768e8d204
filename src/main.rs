//! The command line. Each command is a file in `cli/`.

use clap::{Parser, Subcommand};
use std::process::ExitCode;

use etalase::cli;
use etalase::cli::seed::Size;
use etalase::config::{self, Flags, Settings};
use etalase::rules::Mode;

/// A page is a thousand small strings: measured, the system's allocator took a fifth of its time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// A web shop in one file: storefront, back office, API and database.
#[derive(Parser)]
#[command(name = "etalase", version)]
struct Arguments {
    #[command(flatten)]
    flags: Flags,
    /// What to do [default: serve]
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Open the demo shop "Selasar": makes it on the first run, goes on with it on the next
    Demo {
        /// Remove the demo shop's database first
        #[arg(long)]
        fresh: bool,
    },
    /// Open the shop
    Serve,
    /// Do the shop's jobs, mails first, without its pages
    Worker,
    /// What waits to be done, and what has failed
    #[command(subcommand)]
    Jobs(cli::jobs::Command),
    /// What was written to whom
    #[command(subcommand)]
    Mail(cli::mail::Command),
    /// The keys that encrypt session cookies
    #[command(subcommand)]
    Keys(cli::keys::Command),
    /// Bring the database's schema up to this version's, and stop
    Migrate,
    /// Show the effective settings and where each came from
    Config,
    /// Fill an empty shop with invented goods and orders, for benchmarks
    Seed {
        #[arg(long, default_value_t = 1000, value_name = "N")]
        products: u32,
        /// Orders of the last two years, in every state that occurs
        #[arg(long, default_value_t = 0, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=10_000_000))]
        orders: u32,
        /// Customers with an account, whether they have ordered or not
        #[arg(long, default_value_t = 0, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=10_000_000))]
        customers: u32,
    },
    /// Set tax, delivery, promotions, prices and settings from files, all of it or nothing
    Apply {
        /// Files of rules, folders with such files, or - for the standard input
        #[arg(required = true, value_name = "FILE")]
        files: Vec<String>,
        /// Show what would change, and change nothing
        #[arg(long)]
        plan: bool,
    },
    /// Write tax, delivery, promotions, prices and settings as files for `apply`
    Export {
        /// A file for each of them in this folder [default: all to the standard output]
        folder: Option<String>,
    },
    /// Prove that the books balance: stock, orders, bills, invoices, promotions
    Verify,
    /// Orders: look them up, take money in, ship, refund, cancel
    Order {
        #[command(subcommand)]
        command: cli::order::Command,
    },
    /// What lies on the shelf: levels, their ledger, deliveries, corrections, counts
    #[command(subcommand)]
    Stock(cli::stock::Command),
    /// Who is signed in: customers and staff
    #[command(subcommand)]
    Sessions(cli::sessions::Command),
    /// What is known of a shopper: told to her, and forgotten
    #[command(subcommand)]
    Customer(cli::customer::Command),
    /// Who wants to be written to
    #[command(subcommand)]
    Newsletter(cli::newsletter::Command),
    /// Who works here: accounts, roles, and the way back in
    #[command(subcommand)]
    Staff(cli::staff::Command),
    /// Price carts: a quote request on standard input, its bill on standard output
    Price {
        /// One request a line, one bill or error object a line
        #[arg(long)]
        jsonl: bool,
    },
}

fn main() -> ExitCode {
    let Arguments { flags, command } = Arguments::parse();
    let command = command.unwrap_or(Command::Serve);
    // Pricing is pure: it needs no settings, and works where they are wrong.
    if let Command::Price { jsonl } = command {
        return cli::price::run(jsonl);
    }
    match config::load(&flags, config::environment()) {
        Ok(settings) => run(&command, &settings),
        Err(mistakes) => config::refuse(&mistakes),
    }
}

fn run(command: &Command, settings: &Settings) -> ExitCode {
    let done = |()| ExitCode::SUCCESS;
    let result = match command {
        Command::Config => return cli::config::run(settings),
        Command::Apply { files, plan } => {
            let mode = if *plan { Mode::Plan } else { Mode::Apply };
            cli::apply::run(settings, files, mode)
        }
        Command::Export { folder } => cli::export::run(settings, folder.as_deref()).map(done),
        Command::Demo { fresh } => cli::demo::run(settings, *fresh).map(done),
        Command::Serve => cli::serve::run(settings).map(done),
        Command::Worker => cli::worker::run(settings).map(done),
        Command::Jobs(command) => cli::jobs::run(settings, command).map(done),
        Command::Mail(command) => cli::mail::run(settings, command).map(done),
        Command::Keys(command) => cli::keys::run(settings, command).map(done),
        Command::Migrate => cli::migrate::run(settings).map(done),
        Command::Seed { products, orders, customers } => {
            let (products, orders, customers) = (*products, *orders, *customers);
            cli::seed::run(settings, Size { products, orders, customers }).map(done)
        }
        Command::Verify => cli::verify::run(settings).map(done),
        Command::Stock(command) => cli::stock::run(settings, command).map(done),
        Command::Sessions(command) => cli::sessions::run(settings, command).map(done),
        Command::Customer(command) => cli::customer::run(settings, command).map(done),
        Command::Newsletter(command) => cli::newsletter::run(settings, command).map(done),
        Command::Staff(command) => cli::staff::run(settings, command).map(done),
        Command::Order { command } => cli::order::run(settings, command).map(done),
        Command::Price { .. } => Ok(ExitCode::SUCCESS),
    };
    match result {
        Ok(status) => status,
        Err(error) => {
            eprintln!("etalase: {error}");
            ExitCode::FAILURE
        }
    }
}
