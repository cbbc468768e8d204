//! Tables of a paper: the lines, which go on from page to page, and the sums, which stay together.

use super::face::{Length, Weight};
use super::layout::{Ink, LEFT, Paper, Part, RIGHT, Style, WIDTH};
use crate::invoices::sheet::{Sheet, SheetRow};

/// Between two columns.
const GUTTER: Length = 900;
/// Above and below a row's text.
const PADDING: Length = 450;
/// The least that is left for the names of goods.
const NARROWEST_NAME: Length = 12_500;
/// The least that is left for the names of taxes.
const NARROWEST_RATE: Length = 5_000;
/// Tried in turn, until the names have room beside the amounts.
const SIZES: [Length; 4] = [880, 780, 680, 580];
/// A name longer than this is cut: a row never fills a page.
const MOST_LINES: usize = 30;

/// Where the columns of a table stand; the first is aligned to the left, the others to the right.
pub(super) struct Table {
    number: usize,
    size: Length,
    left: Length,
    right: Length,
    /// Of the first column, at the least.
    narrowest: Length,
    /// Of all columns but the first.
    widths: Vec<Length>,
}

impl Table {
    /// As wide columns as their widest texts need.
    fn fitted(number: usize, right: Length, narrowest: Length, rows: &[Vec<&str>]) -> Self {
        let table = |size| {
            let widths = widths(rows, size);
            Self { number, size, left: LEFT, right, narrowest, widths }
        };
        let is_wide = |table: &Self| table.name_width() >= narrowest;
        let fitting = SIZES.into_iter().map(table).find(is_wide);
        fitting.unwrap_or_else(|| table(SIZES[SIZES.len() - 1]))
    }

    fn name_width(&self) -> Length {
        let amounts: Length = self.widths.iter().map(|width| width + GUTTER).sum();
        (self.right - self.left - amounts).max(self.narrowest / 2)
    }

    fn style(&self, weight: Weight, ink: Ink) -> Style {
        Style { size: self.size, weight, ink }
    }

    fn head_style(&self) -> Style {
        self.style(Weight::Regular, Ink::Soft)
    }

    fn small(&self) -> Style {
        Style { size: self.size * 87 / 100, ..self.head_style() }
    }

    /// The lines of a row's first cell.
    fn name(&self, row: &SheetRow) -> Vec<(Style, String)> {
        let strong = self.style(Weight::SemiBold, Ink::Dark);
        let width = self.name_width();
        let name = strong.lines(&row.name, width).into_iter().map(|line| (strong, line));
        let details = row.details.iter().flat_map(|detail| {
            self.small().lines(detail, width).into_iter().map(|line| (self.small(), line))
        });
        name.chain(details).take(MOST_LINES).collect()
    }

    fn head(&self, paper: &mut Paper, heads: &[&str], is_first: bool) {
        let part = |column| match is_first {
            true => Part::Cell { table: self.number, row: 0, column },
            false => Part::Furniture,
        };
        self.cells(paper, self.head_style(), heads, part);
        paper.y += self.head_style().leading() + PADDING;
        paper.rule(self.left, self.right - self.left);
    }

    fn row(&self, paper: &mut Paper, n: usize, name: Vec<(Style, String)>, cells: &[&str]) {
        let part = |column| Part::Cell { table: self.number, row: n, column };
        let top = paper.y + PADDING;
        let mut y = top;
        for (style, line) in name {
            paper.line((self.left, y), style, line, part(0));
            y += style.leading();
        }
        paper.y = top;
        let style = self.style(Weight::Regular, Ink::Dark);
        let cells: Vec<&str> = [""].into_iter().chain(cells.iter().copied()).collect();
        self.cells(paper, style, &cells, part);
        paper.y = y.max(top + style.leading()) + PADDING;
        paper.rule(self.left, self.right - self.left);
    }

    /// Texts in their columns, from the left; the first may be empty.
    fn cells(&self, paper: &mut Paper, style: Style, cells: &[&str], part: impl Fn(usize) -> Part) {
        let mut end = self.right - self.widths.iter().map(|width| width + GUTTER).sum::<Length>();
        for (column, cell) in cells.iter().enumerate() {
            let x = match column.checked_sub(1).and_then(|at| self.widths.get(at)) {
                Some(width) => {
                    end += width + GUTTER;
                    end - style.width(cell)
                }
                None => self.left,
            };
            if !cell.is_empty() {
                paper.line((x, paper.y), style, (*cell).to_owned(), part(column));
            }
        }
    }
}

fn widths(rows: &[Vec<&str>], size: Length) -> Vec<Length> {
    let style = Style { size, weight: Weight::Regular, ink: Ink::Dark };
    let columns = rows.first().map_or(0, |row| row.len() - 1);
    let of = |column: usize| rows.iter().filter_map(move |row| row.get(column + 1).copied());
    let widest = |column| of(column).map(|text| style.width(text)).max().unwrap_or_default();
    (0..columns).map(widest).collect()
}

/// The rows of the order, under heads that every page repeats.
pub(super) fn lines(paper: &mut Paper, sheet: &Sheet) {
    let heads: Vec<&str> = sheet.heads.iter().map(String::as_str).collect();
    let mut texts = vec![heads.clone()];
    texts.extend(sheet.rows.iter().map(|row| {
        let cells = row.cells.iter().map(String::as_str);
        [""].into_iter().chain(cells).collect()
    }));
    let table = Table::fitted(0, RIGHT, NARROWEST_NAME, &texts);
    table.head(paper, &heads, true);
    for (n, row) in sheet.rows.iter().enumerate() {
        let name = table.name(row);
        let height: Length = name.iter().map(|(style, _)| style.leading()).sum();
        if !paper.has_room(height + 2 * PADDING) {
            paper.turn_page();
            table.head(paper, &heads, false);
        }
        let cells: Vec<&str> = row.cells.iter().map(String::as_str).collect();
        table.row(paper, n + 1, name, &cells);
    }
    paper.y += 2 * GUTTER;
}

/// Taxes on the left and totals on the right, side by side; below each other when there are so
/// many rates that a page does not hold them.
pub(super) fn sums(paper: &mut Paper, sheet: &Sheet) {
    let leading = Style::BODY.leading() + 2 * PADDING;
    let rows = |count: usize| i64::try_from(count).unwrap_or_default() * leading;
    let height = rows(sheet.totals.len()).max(rows(sheet.taxes.len() + 1));
    if !paper.has_room(height) && !paper.is_at_top() {
        paper.turn_page();
    }
    let top = paper.y;
    totals(paper, sheet);
    let below = paper.y;
    if top + height > below && !fits(top, height, paper) {
        taxes(paper, sheet);
        return;
    }
    paper.y = top;
    taxes(paper, sheet);
    paper.y = paper.y.max(below);
}

fn fits(top: Length, height: Length, paper: &mut Paper) -> bool {
    let now = std::mem::replace(&mut paper.y, top);
    let fits = paper.has_room(height);
    paper.y = now;
    fits
}

fn taxes(paper: &mut Paper, sheet: &Sheet) {
    if sheet.taxes.is_empty() {
        return;
    }
    let heads: Vec<&str> = sheet.tax_heads.iter().map(String::as_str).collect();
    let rows: Vec<Vec<&str>> =
        sheet.taxes.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let all: Vec<Vec<&str>> = [heads.clone()].into_iter().chain(rows.clone()).collect();
    let table = Table::fitted(1, LEFT + WIDTH * 54 / 100, NARROWEST_RATE, &all);
    table.head(paper, &heads, true);
    for (n, row) in rows.iter().enumerate() {
        let style = table.style(Weight::Regular, Ink::Dark);
        let name = style.lines(row[0], table.name_width());
        let name: Vec<_> = name.into_iter().map(|line| (style, line)).take(MOST_LINES).collect();
        let height: Length = name.iter().map(|(style, _)| style.leading()).sum();
        if !paper.has_room(height + 2 * PADDING) {
            paper.turn_page();
            table.head(paper, &heads, false);
        }
        table.row(paper, n + 1, name, &row[1..]);
    }
}

fn totals(paper: &mut Paper, sheet: &Sheet) {
    let left = LEFT + WIDTH * 58 / 100;
    for (n, row) in sheet.totals.iter().enumerate() {
        let part = |column| Part::Cell { table: 2, row: n, column };
        let (name, amount) = match row.is_total {
            true => {
                (Style { size: 1_100, ..Style::STRONG }, Style { size: 1_100, ..Style::STRONG })
            }
            false => (Style::BODY, Style { ink: Ink::Dark, ..Style::BODY }),
        };
        if row.is_total && n > 0 {
            paper.y += PADDING / 2;
            paper.rule(left, RIGHT - left);
        }
        let y = paper.y + PADDING;
        paper.line((left, y), name, row.label.clone(), part(0));
        let x = RIGHT - amount.width(&row.amount);
        paper.line((x, y), amount, row.amount.clone(), part(1));
        paper.y = y + name.leading() + PADDING / 2;
    }
}
