//! Draws sales day by day as lines (SVG), beside those of the days before.

use std::fmt::Write;

use super::desk::Desk;
use crate::money::Currency;
use crate::reports::Sales;
use crate::web::dates;

/// Twice the same, for a wide and for a narrow screen. Lengths are in pixels, with one decimal.
pub struct Chart {
    pub drawings: Vec<Drawing>,
    /// What its numbers are: `million IDR`.
    pub unit: String,
}

pub struct Drawing {
    pub name: &'static str,
    pub width: i64,
    pub height: i64,
    /// Where the lines begin and where they end.
    pub left: i64,
    pub right: i64,
    pub grid: Vec<GridLine>,
    /// Left, how it hangs there, the day.
    pub days: Vec<(String, &'static str, String)>,
    pub now: String,
    pub fill: String,
    pub then: String,
}

pub struct GridLine {
    pub y: i64,
    /// Of its words.
    pub base: i64,
    pub text: String,
}

/// How much one grid line is above the next, in minor units, and what is written beside them.
struct Scale {
    step: i64,
    /// Zeros that are left away.
    zeros: u32,
    exponent: u32,
    decimal: char,
}

/// The spaces of a drawing.
struct Frame {
    name: &'static str,
    width: i64,
    height: i64,
    left: i64,
    /// How many days are named.
    names: usize,
}

const WIDE: Frame = Frame { name: "wide", width: 760, height: 250, left: 46, names: 5 };
const SLIM: Frame = Frame { name: "slim", width: 340, height: 210, left: 40, names: 3 };
/// Grid lines above the lowest.
const STEPS: i64 = 4;
const TOP: i64 = 12;
const FOOT: i64 = 26;

impl Chart {
    /// `None` for less than two days: one point is no line.
    pub fn new(shell: &Desk, (now, before): (&Sales, &Sales), currency: Currency) -> Option<Self> {
        let most = now.days.iter().chain(&before.days).map(|day| day.sum.amount).max()?;
        let decimal = if shell.lang() == "id" { ',' } else { '.' };
        let scale = Scale::of(most, currency, decimal);
        let draw = |frame: Frame| frame.draw(shell, (now, before), &scale);
        let unit = format!("{} {}", shell.t(scale.unit()), currency.code());
        let is_line = now.days.len() > 1;
        is_line
            .then(|| Self { drawings: vec![draw(WIDE), draw(SLIM)], unit: unit.trim().to_owned() })
    }
}

impl Scale {
    fn of(most: i64, currency: Currency, decimal: char) -> Self {
        let exponent = currency.exponent();
        let one = 10_i64.pow(exponent);
        let step = round_up((most + STEPS - 1) / STEPS).max(one);
        let zeros = [9, 6, 3].into_iter().find(|zeros| step / one >= 10_i64.pow(*zeros));
        Self { step, zeros: zeros.unwrap_or(0), exponent, decimal }
    }

    fn unit(&self) -> &'static str {
        match self.zeros {
            0 => "chart-ones",
            3 => "chart-thousands",
            6 => "chart-millions",
            _ => "chart-billions",
        }
    }

    /// `2.5`, of so many steps.
    fn text(&self, steps: i64) -> String {
        let tenths = i128::from(self.step * steps) * 10 / 10_i128.pow(self.zeros + self.exponent);
        match tenths % 10 {
            0 => format!("{}", tenths / 10),
            tenth => format!("{}{}{tenth}", tenths / 10, self.decimal),
        }
    }
}

/// The next of 1, 2, 2.5, 5, 10, 20 and so on.
fn round_up(amount: i64) -> i64 {
    let mut power = 1;
    loop {
        let steps = [10, 20, 25, 50].map(|tenths| tenths * power / 10);
        let fits = steps.into_iter().find(|step| *step >= amount && *step > 0);
        match fits {
            Some(step) => return step,
            None => power *= 10,
        }
    }
}

impl Frame {
    fn draw(self, shell: &Desk, (now, before): (&Sales, &Sales), scale: &Scale) -> Drawing {
        let (line, then) = (self.path(now, scale), self.path(before, scale));
        let (right, ground) = (self.width - 6, self.height - FOOT);
        let grid = (0..=STEPS).map(|steps| {
            let y = ground - (ground - TOP) * steps / STEPS;
            GridLine { y, base: y + 4, text: scale.text(steps) }
        });
        Drawing {
            grid: grid.collect(),
            days: self.days(shell, now),
            fill: format!("{line}L{right} {ground}L{} {ground}Z", self.left),
            now: line,
            then,
            name: self.name,
            width: self.width,
            height: self.height,
            left: self.left,
            right,
        }
    }

    fn path(&self, sales: &Sales, scale: &Scale) -> String {
        let (ground, tall) = ((self.height - FOOT) * 10, (self.height - FOOT - TOP) * 10);
        let top = i128::from(scale.step * STEPS);
        let mut path = String::new();
        for (at, day) in sales.days.iter().enumerate() {
            let up = i128::from(day.sum.amount.max(0)) * i128::from(tall) / top;
            let y = ground - i64::try_from(up).unwrap_or_default();
            let sign = if at == 0 { 'M' } else { 'L' };
            let x = self.tenths(at, sales.days.len());
            let _ = write!(path, "{sign}{} {}", pixels(x), pixels(y));
        }
        path
    }

    /// Where a day stands from left to right, in tenths of a pixel.
    fn tenths(&self, at: usize, of: usize) -> i64 {
        let whole = (self.width - 6 - self.left) * 10;
        let part = |n: usize| i64::try_from(n).unwrap_or_default();
        self.left * 10 + whole * part(at) / part(of - 1).max(1)
    }

    fn days(&self, shell: &Desk, sales: &Sales) -> Vec<(String, &'static str, String)> {
        let (count, last) = (sales.days.len(), self.names - 1);
        let mut named: Vec<usize> = (0..=last).map(|nth| (count - 1) * nth / last).collect();
        named.dedup();
        let name = |at: usize| {
            let hangs = match at {
                0 => "start",
                at if at + 1 == count => "end",
                _ => "middle",
            };
            let words = dates::short(shell.texts(), sales.days[at].day);
            (pixels(self.tenths(at, count)), hangs, words)
        };
        named.into_iter().map(name).collect()
    }
}

fn pixels(tenths: i64) -> String {
    format!("{}.{}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_has_round_numbers() {
        let texts = |most, currency| {
            let scale = Scale::of(most, currency, '.');
            (scale.unit(), [1, 2, 4].map(|steps| scale.text(steps)))
        };
        let three = |texts: [&str; 3]| texts.map(str::to_owned);
        assert_eq!(texts(9_100_000, Currency::IDR), ("chart-millions", three(["2.5", "5", "10"])));
        assert_eq!(
            texts(1_000_000, Currency::IDR),
            ("chart-thousands", three(["250", "500", "1000"]))
        );
        assert_eq!(texts(12_345, Currency::USD), ("chart-ones", three(["50", "100", "200"])));
        assert_eq!(texts(0, Currency::USD), ("chart-ones", three(["1", "2", "4"])));
    }

    #[test]
    fn steps_are_rounded_up() {
        assert_eq!([1, 2, 3, 6, 21, 26].map(round_up), [1, 2, 5, 10, 25, 50]);
        assert_eq!(round_up(2_000_000_001), 2_500_000_000);
    }
}
