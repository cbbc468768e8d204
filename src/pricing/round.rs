//! The only rounding there is (SPEC, Numbers). `i128` in and out, nothing negative.

/// A million parts: the whole.
pub const WHOLE: i128 = 1_000_000;

/// `n / d`, half up. `d` above 0.
pub(super) fn round(n: i128, d: i128) -> i128 {
    // Not (n + d / 2) / d, which loses half a unit of an odd d.
    (2 * n + d) / (2 * d)
}

/// `n / d`, up to the next whole. `d` above 0. Only where the SPEC says so.
pub(super) fn ceil(n: i128, d: i128) -> i128 {
    (n + d - 1) / d
}

/// A part of an amount, given in parts per million, half up.
pub fn part(amount: i128, ppm: i128) -> i128 {
    round(amount * ppm, WHOLE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_half_is_rounded_up() {
        assert_eq!(round(5, 10), 1);
        assert_eq!(round(4, 10), 0);
        assert_eq!(round(15, 10), 2);
        assert_eq!(round(0, 7), 0);
    }

    #[test]
    fn an_odd_divisor_has_its_half_between_two_wholes() {
        assert_eq!((round(1, 3), round(2, 3)), (0, 1));
        assert_eq!((round(3, 7), round(4, 7)), (0, 1));
    }

    #[test]
    fn up_means_up_unless_it_is_whole() {
        assert_eq!((ceil(0, 5), ceil(1, 5), ceil(5, 5), ceil(6, 5)), (0, 1, 1, 2));
    }

    #[test]
    fn a_part_is_of_a_million() {
        assert_eq!(part(270_000, 110_000), 29_700);
        assert_eq!(part(1, 500_000), 1);
        assert_eq!(part(1, 499_999), 0);
    }
}
