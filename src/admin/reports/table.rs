//! The table of a report, ready to print.

/// So many lines are shown; the file has all of them.
const SHOWN: usize = 400;

pub(super) struct Table {
    /// Headings, and whether numbers stand below.
    pub heads: Vec<(String, bool)>,
    pub lines: Vec<LineView>,
    /// What its columns come to; empty where that means nothing.
    pub total: Vec<String>,
    /// How many lines are not shown.
    pub left: i64,
}

pub(super) struct LineView {
    pub cells: Vec<String>,
    /// Of the largest, in hundredths.
    pub share: i64,
}

impl Table {
    /// Of lines with their cells and weights.
    pub fn new(
        heads: Vec<(String, bool)>,
        lines: impl ExactSizeIterator<Item = (Vec<String>, i64)>,
        total: Vec<String>,
    ) -> Self {
        let left = i64::try_from(lines.len().saturating_sub(SHOWN)).unwrap_or_default();
        let lines: Vec<_> = lines.take(SHOWN).collect();
        let most = lines.iter().map(|(_, weight)| *weight).max().unwrap_or_default().max(1);
        let line = |(cells, weight): (Vec<String>, i64)| {
            let share = i128::from(weight.max(0)) * 100 / i128::from(most);
            LineView { cells, share: i64::try_from(share).unwrap_or_default() }
        };
        Self { heads, lines: lines.into_iter().map(line).collect(), total, left }
    }
}
