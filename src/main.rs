//! The command line. Each command is a file in `cli/`.

use clap::{Parser, Subcommand};
use std::process::ExitCode;

use etalase::cli;
use etalase::config::{self, Flags, Settings};

/// A page is a thousand small strings: measured, the system's allocator took a fifth of its time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// A web shop in one file: storefront, back office, API and database.
#[derive(Parser)]
#[command(name = "etalase", version)]
struct Arguments {
    #[command(flatten)]
    flags: Flags,
    #[command(subcommand)]
    command: Command,
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
    /// Bring the database's schema up to this version's, and stop
    Migrate,
    /// Show the effective settings and where each came from
    Config,
    /// Fill an empty shop with invented goods, for benchmarks
    Seed {
        #[arg(long, default_value_t = 1000, value_name = "N")]
        products: u32,
    },
    /// Price carts: a quote request on standard input, its bill on standard output
    Price {
        /// One request a line, one bill or error object a line
        #[arg(long)]
        jsonl: bool,
    },
}

fn main() -> ExitCode {
    let Arguments { flags, command } = Arguments::parse();
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
    let result = match command {
        Command::Config => return cli::config::run(settings),
        Command::Demo { fresh } => cli::demo::run(settings, *fresh),
        Command::Serve => cli::serve::run(settings),
        Command::Migrate => cli::migrate::run(settings),
        Command::Seed { products } => cli::seed::run(settings, *products),
        Command::Price { .. } => Ok(()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("etalase: {error}");
            ExitCode::FAILURE
        }
    }
}
