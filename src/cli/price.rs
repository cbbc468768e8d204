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
    let done =
        if jsonl { price_lines(input, output) } else { price_one(input, output, io::stderr()) };
    status(done)
}

fn status(done: io::Result<ExitCode>) -> ExitCode {
    match done {
        Ok(status) => status,
        Err(error) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => fail(&error),
    }
}

fn price_one(
    mut input: impl Read,
    mut output: impl Write,
    mut errors: impl Write,
) -> io::Result<ExitCode> {
    let mut request = Vec::new();
    input.read_to_end(&mut request)?;
    match price(&request) {
        Ok(bill) => write_line(&mut output, &bill)?,
        Err(refusal) => {
            // Whether or not somebody listens there, the status says it.
            let _ = write_line(&mut errors, &Refused { error: &refusal });
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

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(lines: &[u8]) -> Vec<String> {
        let mut output = Vec::new();
        price_lines(BufReader::new(lines), &mut output).expect("memory can be written");
        let output = String::from_utf8(output).expect("answers are text");
        output.lines().map(str::to_owned).collect()
    }

    fn one(request: &str) -> (ExitCode, String, String) {
        let (mut output, mut errors) = (Vec::new(), Vec::new());
        let status = price_one(request.as_bytes(), &mut output, &mut errors);
        let text = |bytes| String::from_utf8(bytes).expect("answers are text");
        let status = status.expect("memory can be written");
        (status, text(output), text(errors))
    }

    fn good() -> String {
        let good = r#"{"currency":"IDR","at":"2026-11-23T03:00:00Z","prices_include_tax":true,
            "tax_rounding":"line","lines":[{"id":"a","sku":"a","product":"a","quantity":1,
            "unit_price":5,"tax_class":"a","requires_shipping":false}]}"#;
        good.replace('\n', "")
    }

    #[test]
    fn a_bill_is_all_that_a_good_request_gives() {
        let (status, output, errors) = one(&good());
        assert_eq!((status, errors.as_str()), (ExitCode::SUCCESS, ""));
        assert!(output.starts_with(r#"{"currency":"IDR""#) && output.ends_with("}\n"));
    }

    #[test]
    fn a_refused_request_gives_an_error_and_status_two() {
        let (status, output, errors) = one("{}");
        assert_eq!((status, output.as_str()), (ExitCode::from(2), ""));
        assert!(errors.starts_with(r#"{"error":{"code":"invalid","path":"currency","message":"#));
    }

    #[test]
    fn only_a_reader_who_has_gone_is_no_failure() {
        assert_eq!(status(Ok(ExitCode::from(2))), ExitCode::from(2));
        assert_eq!(status(Err(ErrorKind::BrokenPipe.into())), ExitCode::SUCCESS);
        assert_eq!(status(Err(ErrorKind::StorageFull.into())), ExitCode::FAILURE);
    }

    #[test]
    fn every_line_has_its_answer_in_order() {
        let good = good();
        let answers = answers(format!("{good}\r\n\n{{}}\n{good}").as_bytes());
        let refused: Vec<bool> = answers.iter().map(|line| line.contains("\"error\"")).collect();
        assert_eq!(refused, [false, true, true, false]);
        assert!(answers[0].contains(r#""payable":5"#) && answers[0] == answers[3]);
    }

    #[test]
    fn bytes_that_are_no_text_are_an_invalid_request() {
        let answers = answers(b"\xff\n");
        assert!(answers[0].starts_with(r#"{"error":{"code":"invalid","path":"","message":"#));
    }

    #[test]
    fn a_reader_who_has_gone_ends_the_command_with_his_error() {
        struct Gone;
        impl Write for Gone {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(ErrorKind::BrokenPipe.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let gone = price_lines(BufReader::new(&b"{}\n"[..]), Gone).map_err(|error| error.kind());
        assert_eq!(gone.err(), Some(ErrorKind::BrokenPipe));
    }
}
