//! A sketch of a text, by which nearly equal ones are found without comparing each with each (MinHash): of
//! the text's pairs of characters, the least under each of many fixed orders. Two sketches agree in about that
//! share of places that the texts' sets of pairs have in common (the size of the intersection over that of the
//! union).

/// Places of one band; texts that agree in all places of some band are compared.
const ROWS: usize = 4;

/// So many bands.
pub(super) const BANDS: usize = 32;

/// Places of a sketch.
const PLACES: usize = ROWS * BANDS;

/// The sketch of one text. Signed, since the least of signed 16-bit numbers is one instruction everywhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sketch([i16; PLACES]);

/// What makes the orders: two odd factors each.
const FACTORS: [[i16; PLACES]; 2] = [factors(0x2022), factors(0x0315)];

const fn factors(seed: u64) -> [i16; PLACES] {
    let mut all = [0; PLACES];
    let mut place = 0;
    while place < PLACES {
        all[place] = (mixed(seed + ((place as u64) << 32)) | 1) as i16;
        place += 1;
    }
    all
}

/// The bits of a number well mixed (the last step of splitmix64).
pub(super) const fn mixed(number: u64) -> u64 {
    let mut bits = number.wrapping_add(0x9E37_79B9_7F4A_7C15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    bits ^ (bits >> 31)
}

impl Sketch {
    /// The sketch of a text.
    pub(super) fn of(signs: &[u16]) -> Sketch {
        let mut least = [i16::MAX; PLACES];
        for pair in signs.windows(2) {
            let bits = mixed((u64::from(pair[0]) << 16) | u64::from(pair[1]));
            let (low, high) = (bits as i16, (bits >> 16) as i16);
            for place in 0..PLACES {
                let one = low.wrapping_mul(FACTORS[0][place]);
                let rank = one.wrapping_add(high.wrapping_mul(FACTORS[1][place]));
                least[place] = least[place].min(rank);
            }
        }
        Sketch(least)
    }

    /// One band, as a number.
    pub(super) fn band(&self, band: usize) -> u64 {
        let rows = &self.0[band * ROWS..(band + 1) * ROWS];
        rows.iter()
            .fold(0, |key, row| (key << 16) | u64::from(*row as u16))
    }

    /// In how many places two sketches agree.
    pub(super) fn agreement(&self, other: &Sketch) -> u16 {
        let same = self.0.iter().zip(&other.0);
        same.map(|(one, other)| u16::from(one == other)).sum()
    }
}

/// The least agreement of two sketches whose texts reach a threshold. When single characters here and there are
/// replaced, which costs most, each takes two pairs with it; three standard deviations are left for chance.
pub(super) fn least_agreement(threshold: f64) -> u16 {
    let kept = (1.0 - 2.0 * (1.0 - threshold)).max(0.0);
    let common = kept / (2.0 - kept);
    let places = PLACES as f64;
    let least = places * common - 3.0 * (places * common * (1.0 - common)).sqrt();
    least.max(ROWS as f64) as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sketches_agree_about_as_much_as_the_texts_have_in_common() {
        let text = |from: u16, to: u16| (from..=to).collect::<Vec<u16>>();
        // Of 120 pairs the texts have 80 in common.
        let (one, other) = (text(0x4E00, 0x4E64), text(0x4E14, 0x4E78));
        let agreement = Sketch::of(&one).agreement(&Sketch::of(&other));
        let wanted = PLACES as u16 * 80 / 120;
        assert!(agreement.abs_diff(wanted) < 20, "{agreement} for {wanted}");
        let nothing = Sketch::of(&text(0x5000, 0x5064));
        assert!(Sketch::of(&one).agreement(&nothing) < 4);
        assert_eq!(Sketch::of(&one).agreement(&Sketch::of(&one)), PLACES as u16);
    }

    #[test]
    fn bands_are_equal_only_where_the_sketches_are() {
        let (one, other) = (Sketch([7; PLACES]), Sketch::of(&[1, 2, 3]));
        assert_eq!(one.band(0), 0x0007_0007_0007_0007);
        assert!((0..BANDS).all(|band| one.band(band) != other.band(band)));
    }

    #[test]
    fn a_higher_threshold_asks_for_no_less() {
        let least: Vec<u16> = (50..=100)
            .map(|t| least_agreement(f64::from(t) / 100.0))
            .collect();
        assert!(least.is_sorted());
        assert_eq!((least[0], least[50]), (ROWS as u16, PLACES as u16));
    }

    #[test]
    fn characters_in_another_order_make_another_sketch() {
        let text: Vec<u16> = (0x4E00..0x4E64).collect();
        let turned: Vec<u16> = text.iter().rev().copied().collect();
        assert!(Sketch::of(&text).agreement(&Sketch::of(&turned)) < 4);
    }

    #[test]
    fn different_pairs_never_have_the_same_sketch() {
        let mut sketches: Vec<_> = (0x4E00..0x5600)
            .map(|c| Sketch::of(&[0x4E00, c]).0)
            .collect();
        let all = sketches.len();
        sketches.sort_unstable();
        sketches.dedup();
        assert_eq!(sketches.len(), all);
    }

    #[test]
    fn so_much_must_sketches_agree_for_a_threshold() {
        for (threshold, least) in [(0.8, 38), (0.9, 69), (0.95, 91)] {
            assert_eq!(least_agreement(threshold), least, "{threshold}");
        }
    }
}
