//! Sharing a sum without losing a unit: the largest remainder (SPEC, Numbers).

use std::cmp::Reverse;

/// Shares of `total`, as the weights stand to each other. Nothing negative.
///
/// Each share is rounded down, then the units left over go one each to the largest remainders,
/// ties to the earlier position. The shares sum to `total`, or are all 0 when the weights are.
pub(super) fn split(total: i128, weights: &[i128]) -> Vec<i128> {
    let whole: i128 = weights.iter().sum();
    if whole == 0 {
        return vec![0; weights.len()];
    }
    let (mut shares, remainders): (Vec<i128>, Vec<i128>) =
        weights.iter().map(|weight| share(total, *weight, whole)).unzip();
    let left = total - shares.iter().sum::<i128>();
    for position in largest(&remainders, left) {
        shares[position] += 1;
    }
    shares
}

/// `total * weight / whole` rounded down, and what remains.
fn share(total: i128, weight: i128, whole: i128) -> (i128, i128) {
    match total.checked_mul(weight) {
        Some(product) => (product / whole, product % whole),
        None => long_share(total, weight, whole),
    }
}

/// The same by long multiplication. A cart of nothing but the largest numbers is refused in the
/// end, but only after its delivery was found available, so its shares must be right till then.
fn long_share(total: i128, weight: i128, whole: i128) -> (i128, i128) {
    let high = total * (weight >> 32);
    let low = ((high % whole) << 32) + total * (weight & 0xffff_ffff);
    (((high / whole) << 32) + low / whole, low % whole)
}

/// The positions of the `count` largest remainders.
fn largest(remainders: &[i128], count: i128) -> Vec<usize> {
    let mut positions: Vec<usize> = (0..remainders.len()).collect();
    // Fewer units are left over than there are shares, so the count fits.
    let count = usize::try_from(count).unwrap_or(0);
    if count < positions.len() {
        positions.select_nth_unstable_by_key(count, |at| (Reverse(remainders[*at]), *at));
    }
    positions.truncate(count);
    positions
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn units_left_over_go_to_the_largest_remainders() {
        assert_eq!(split(10, &[1, 1, 1]), [4, 3, 3]);
        assert_eq!(split(100, &[333, 333, 334]), [33, 33, 34]);
        assert_eq!(split(5, &[10, 0, 10]), [3, 0, 2]);
    }

    #[test]
    fn nothing_to_weigh_by_gives_nothing() {
        assert_eq!(split(10, &[0, 0]), [0, 0]);
        assert_eq!(split(10, &[]), Vec::<i128>::new());
    }

    #[test]
    fn a_sum_larger_than_its_weights_is_shared_too() {
        assert_eq!(split(7, &[1, 1]), [4, 3]);
    }

    #[test]
    fn the_largest_cart_is_shared_exactly() {
        let weights = vec![1_000_000_000_000_000_000; 500];
        let total = 500_000_000_000_000_000_000 - 1;
        let shares = split(total, &weights);
        assert_eq!(shares.iter().sum::<i128>(), total);
        assert_eq!(shares.last(), Some(&999_999_999_999_999_999));
        assert_eq!(shares[0], 1_000_000_000_000_000_000);
    }

    proptest! {
        #[test]
        fn shares_sum_to_the_whole_and_none_is_a_unit_off(
            total in 0..10_000_000_i128,
            weights in prop::collection::vec(0..1_000_i128, 1..30),
        ) {
            let whole: i128 = weights.iter().sum();
            let shares = split(total, &weights);
            prop_assert_eq!(shares.iter().sum::<i128>(), if whole > 0 { total } else { 0 });
            for (share, weight) in shares.iter().zip(&weights) {
                prop_assert!((share * whole - total * weight).abs() < whole.max(1));
            }
        }

        #[test]
        fn long_multiplication_agrees_with_the_short(
            total in 0..1_000_000_000_000_000_000_i128,
            weight in 0..1_000_000_000_000_000_000_i128,
            whole in 1..1_000_000_000_000_000_000_i128,
        ) {
            prop_assert_eq!(long_share(total, weight, whole), share(total, weight, whole));
        }
    }
}
