//! Pages of a list, by number, as real links.

/// Deep pages cost as much as the pages before them: beyond this a search is the better way.
pub const DEEPEST: i64 = 500;

/// Where a list stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pager {
    /// From 1.
    pub page: i64,
    pub pages: i64,
}

impl Pager {
    /// `total` things, `size` to a page. At least one page, at most [`DEEPEST`].
    pub fn new(page: i64, total: usize, size: usize) -> Self {
        let pages = i64::try_from(total.div_ceil(size)).unwrap_or(DEEPEST);
        Self { page, pages: pages.clamp(1, DEEPEST) }
    }

    pub fn previous(&self) -> Option<i64> {
        (self.page > 1).then_some(self.page - 1)
    }

    pub fn next(&self) -> Option<i64> {
        (self.page < self.pages).then_some(self.page + 1)
    }

    /// The numbers to show: the first, the last, and those around this one; `None` is a gap.
    pub fn numbers(&self) -> Vec<Option<i64>> {
        let near = |n: i64| n == 1 || n == self.pages || (n - self.page).abs() <= 1;
        let mut numbers: Vec<Option<i64>> = Vec::new();
        for n in (1..=self.pages).filter(|n| near(*n)) {
            if numbers.last().is_some_and(|last| last.is_some_and(|last| n - last > 1)) {
                numbers.push(None);
            }
            numbers.push(Some(n));
        }
        numbers
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pager_shows_the_ends_and_the_neighbours() {
        let shown = |page, total| Pager::new(page, total, 24).numbers();
        assert_eq!(shown(1, 0), [Some(1)]);
        assert_eq!(shown(1, 60), [Some(1), Some(2), Some(3)]);
        assert_eq!(shown(5, 240), [Some(1), None, Some(4), Some(5), Some(6), None, Some(10)]);
    }
}
