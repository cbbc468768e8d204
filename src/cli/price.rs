//! `etalase price`: requests on standard input, bills on standard output (SPEC, end of "Bill").

use std::io::{self, BufRead, BufReader, BufWriter, ErrorKind, Read, Write};
use std::process::ExitCode;

use serde::Serialize;

use crate::pricing::{Bill, Refusal, Request, quote};

/// What the command says on standard error, and what takes a bill's place with `--jsonl`.
#[derive(Serialize)]
struct Refused<'a> {
    error: &'a Refusal,
}

/// Prices one request, or with `jsonl` one request a line.
///
/// One refused request ends with status 2 and its error on standard error; with `jsonl` the error
/// stands in the bill's place and the status is 0. A reader who has gone is no failure.
pub fn run(jsonl: bool) -> ExitCode {
    let input = BufReader::new(io::stdin().lock());
    let output = BufWriter::new(io::stdout().lock());
    let done = if jsonl { price_lines(input, output) } else { price_one(input, output) };
    match done {
        Ok(status) => status,
        Err(error) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => fail(&error),
    }
}

fn price_one(mut input: impl Read, mut output: impl Write) -> io::Result<ExitCode> {
    let mut request = Vec::new();
    input.read_to_end(&mut request)?;
    match price(&request) {
        Ok(bill) => write_line(&mut output, &bill)?,
        Err(refusal) => {
            write_line(&mut io::stderr().lock(), &Refused { error: &refusal })?;
            return Ok(ExitCode::from(2));
        }
    }
    output.flush().map(|()| ExitCode::SUCCESS)
}

fn price_lines<R: Read>(mut input: BufReader<R>, mut output: impl Write) -> io::Result<ExitCode> {
    let mut line = Vec::new();
    while input.read_until(b'\n', &mut line)? > 0 {
        match price(&line) {
            Ok(bill) => write_line(&mut output, &bill)?,
            Err(refusal) => write_line(&mut output, &Refused { error: &refusal })?,
        }
        // Whoever sends line by line gets each answer before the next question.
        if input.buffer().is_empty() {
            output.flush()?;
        }
        line.clear();
    }
    output.flush().map(|()| ExitCode::SUCCESS)
}

fn price(request: &[u8]) -> Result<Bill, Refusal> {
    let text = str::from_utf8(request).map_err(|_| Refusal::unreadable("this is not UTF-8"))?;
    quote(&Request::from_json(text)?)
}

fn write_line(output: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *output, value)?;
    output.write_all(b"\n")
}

/// Standard error may be closed too; then the status alone must say it.
fn fail(error: &io::Error) -> ExitCode {
    let _ = writeln!(io::stderr(), "etalase price: {error}");
    ExitCode::FAILURE
}
