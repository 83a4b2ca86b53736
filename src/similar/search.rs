//! Finds the copied ones among very many texts. Equal texts are grouped by their content; of the different ones
//! those are compared whose sketches agree in a band, so that the work grows with their number and not with its
//! square. A phrase that everybody uses brings many together: then each is compared with the first few only.

use rayon::prelude::*;

use super::sketch::{BANDS, Sketch, least_agreement, mixed};
use super::{Likeness, likeness};

/// Each text of a band's group is compared with so many before it.
const FIRST: usize = 16;

/// In a larger group than this, only with [`FIRST_OF_MANY`].
const MANY: usize = 64;

/// With so many of a large group.
const FIRST_OF_MANY: usize = 2;

/// A comparable text and the number of its owner; texts of one owner are never compared.
#[derive(Clone, Copy, Debug)]
pub struct Text<'t> {
    /// See [`super::comparable`].
    pub signs: &'t [u16],
    /// Whose it is.
    pub owner: usize,
}

/// A text that another owner had before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Copied {
    /// The text's number.
    pub text: usize,
    /// The first that it is like.
    pub first: usize,
    /// How like.
    pub likeness: Likeness,
    /// How many owners more have it, or one like theirs.
    pub more: usize,
}

/// Two different texts that are alike, the earlier first.
type Pair = (usize, usize, Likeness);

/// The copied texts, in their order. The first of each kind of its own is not copied; every later one of another
/// owner that reaches the threshold is. The same whatever the number of threads.
pub fn copied(texts: &[Text<'_>], threshold: f64) -> Vec<Copied> {
    // Where a single unit's file is checked there is nobody to copy from, and threads need not be woken for that.
    if texts.windows(2).all(|pair| pair[0].owner == pair[1].owner) {
        return Vec::new();
    }
    let same_as = same_as(texts);
    let pairs = alike(texts, &same_as, threshold);
    let firsts = firsts(texts, &same_as, &pairs);
    let families = Families::of(same_as, &pairs);
    let owners = families.owners(texts, &firsts);
    let copy = |text: usize| {
        let (first, likeness) = firsts[families.same_as[text]].other_than(texts[text].owner)?;
        let more = owners[families.root(text)].saturating_sub(2);
        (first < text).then_some(Copied {
            text,
            first,
            likeness,
            more,
        })
    };
    (0..texts.len()).filter_map(copy).collect()
}

/// For each text the first that equals it, or itself.
fn same_as(texts: &[Text<'_>]) -> Vec<usize> {
    let hash = |signs: &[u16]| {
        let step = |hash: u64, sign: &u16| mixed(hash ^ u64::from(*sign));
        signs.iter().fold(0, step)
    };
    let keys = texts.par_iter().enumerate();
    let mut keys: Vec<(u64, usize)> = keys.map(|(id, text)| (hash(text.signs), id)).collect();
    keys.par_sort_unstable_by(|one, other| {
        let content = || texts[one.1].signs.cmp(texts[other.1].signs);
        one.0
            .cmp(&other.0)
            .then_with(content)
            .then(one.1.cmp(&other.1))
    });
    let mut same_as: Vec<usize> = (0..texts.len()).collect();
    for group in keys.chunk_by(|one, other| texts[one.1].signs == texts[other.1].signs) {
        for (_, id) in group {
            same_as[*id] = group[0].1;
        }
    }
    same_as
}

/// The pairs of different texts that reach the threshold, in order, as far as the sketches bring them together.
fn alike(texts: &[Text<'_>], same_as: &[usize], threshold: f64) -> Vec<Pair> {
    let different: Vec<usize> = (0..texts.len()).filter(|id| same_as[*id] == *id).collect();
    let sketches: Vec<Sketch> = different
        .par_iter()
        .map(|id| Sketch::of(texts[*id].signs))
        .collect();
    let likely = likely(&sketches, least_agreement(threshold));
    let compare = |(one, other): (u32, u32)| {
        let (one, other) = (different[one as usize], different[other as usize]);
        if texts[one].owner == texts[other].owner {
            return None;
        }
        let likeness = likeness(texts[one].signs, texts[other].signs);
        (likeness.share() >= threshold).then_some((one, other, likeness))
    };
    likely.into_par_iter().filter_map(compare).collect()
}

/// The pairs of sketches that agree in some band and well enough over all, each once and in order.
fn likely(sketches: &[Sketch], least: u16) -> Vec<(u32, u32)> {
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    let mut tidied = 0;
    for band in 0..BANDS {
        let keys = sketches.par_iter().zip(0..sketches.len() as u32);
        let mut keys: Vec<(u64, u32)> = keys.map(|(sketch, n)| (sketch.band(band), n)).collect();
        keys.par_sort_unstable();
        let groups = keys.par_chunk_by(|one, other| one.0 == other.0);
        let agree = |(one, other): &(u32, u32)| {
            sketches[*one as usize].agreement(&sketches[*other as usize]) >= least
        };
        pairs.par_extend(groups.flat_map_iter(|group| candidates(group).filter(agree)));
        // The same pair comes from many bands; it is not kept as often.
        if pairs.len() > 2 * tidied || band + 1 == BANDS {
            pairs.par_sort_unstable();
            pairs.dedup();
            tidied = pairs.len();
        }
    }
    pairs
}

/// The pairs of a band's group that are compared, the earlier first.
fn candidates(group: &[(u64, u32)]) -> impl Iterator<Item = (u32, u32)> + '_ {
    let reach = if group.len() > MANY {
        FIRST_OF_MANY
    } else {
        FIRST
    };
    (1..group.len()).flat_map(move |later| {
        let firsts = group[..later.min(reach)].iter();
        firsts.map(move |first| (first.1, group[later].1))
    })
}

/// The first two texts of different owners that a text is like, itself among them.
#[derive(Clone, Copy, Debug, Default)]
struct Firsts {
    first: Option<Seen>,
    second: Option<Seen>,
}

#[derive(Clone, Copy, Debug)]
struct Seen {
    text: usize,
    owner: usize,
    likeness: Likeness,
}

impl Firsts {
    fn offer(&mut self, seen: Seen) {
        match self.first {
            Some(first) if first.owner == seen.owner => {
                if seen.text < first.text {
                    self.first = Some(seen);
                }
            }
            Some(first) if first.text < seen.text => {
                if self.second.is_none_or(|second| seen.text < second.text) {
                    self.second = Some(seen);
                }
            }
            first => (self.first, self.second) = (Some(seen), first),
        }
    }

    fn other_than(&self, owner: usize) -> Option<(usize, Likeness)> {
        let both = self.first.into_iter().chain(self.second);
        let mut others = both.filter(|seen| seen.owner != owner);
        others.next().map(|seen| (seen.text, seen.likeness))
    }
}

/// For each text that is the first of its equals, the first two that it is like.
fn firsts(texts: &[Text<'_>], same_as: &[usize], pairs: &[Pair]) -> Vec<Firsts> {
    let mut equals = vec![Firsts::default(); texts.len()];
    for (text, same) in same_as.iter().enumerate() {
        equals[*same].offer(Seen {
            text,
            owner: texts[text].owner,
            likeness: Likeness::FULL,
        });
    }
    let mut firsts = equals.clone();
    for (one, other, likeness) in pairs {
        for (to, from) in [(*one, *other), (*other, *one)] {
            let seen = equals[from].first.into_iter().chain(equals[from].second);
            seen.for_each(|seen| {
                firsts[to].offer(Seen {
                    likeness: *likeness,
                    ..seen
                });
            });
        }
    }
    firsts
}

/// Which texts belong together, directly or over others.
struct Families {
    same_as: Vec<usize>,
    parent: Vec<usize>,
}

impl Families {
    fn of(same_as: Vec<usize>, pairs: &[Pair]) -> Families {
        let parent = (0..same_as.len()).collect();
        let mut families = Families { same_as, parent };
        for (one, other, _) in pairs {
            let (one, other) = (families.shorten(*one), families.shorten(*other));
            families.parent[one.max(other)] = one.min(other);
        }
        // Parents come before their children, so one pass makes every parent a root.
        for id in 0..families.parent.len() {
            families.parent[id] = families.parent[families.parent[id]];
        }
        families
    }

    /// The root of a text that is the first of its equals; the way there is halved.
    fn shorten(&mut self, mut id: usize) -> usize {
        while self.parent[id] != id {
            self.parent[id] = self.parent[self.parent[id]];
            id = self.parent[id];
        }
        id
    }

    fn root(&self, text: usize) -> usize {
        self.parent[self.same_as[text]]
    }

    /// How many owners each family has, by its root; families of one owner are left out.
    fn owners(&self, texts: &[Text<'_>], firsts: &[Firsts]) -> Vec<usize> {
        let shared = |text: &usize| firsts[self.same_as[*text]].second.is_some();
        let of = |text: usize| (self.root(text), texts[text].owner);
        let mut all: Vec<_> = (0..texts.len()).filter(shared).map(of).collect();
        all.sort_unstable();
        all.dedup();
        let mut count = vec![0; texts.len()];
        for (root, _) in all {
            count[root] += 1;
        }
        count
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// An invented text of its own for every number: no two have more than chance in common.
    fn text(number: u64, length: u64) -> Vec<u16> {
        let sign = |place: u64| 0x4E00 + (mixed(number << 32 | place) % 3000) as u16;
        (0..length).map(sign).collect()
    }

    /// The text with one in ten of its characters replaced.
    fn changed(mut text: Vec<u16>, number: u64) -> Vec<u16> {
        let length = text.len() as u64;
        for change in 0..length / 10 {
            let place = mixed(number << 8 | change) % length;
            text[place as usize] = 0x9000 + (mixed(number ^ change) % 999) as u16;
        }
        text
    }

    /// Each text by an owner of its own.
    fn found(texts: &[Vec<u16>], threshold: f64) -> Vec<Copied> {
        let texts: Vec<_> = texts.iter().cloned().enumerate().collect();
        copied_of(&texts, threshold)
    }

    fn copied_of(texts: &[(usize, Vec<u16>)], threshold: f64) -> Vec<Copied> {
        let texts = texts.iter().map(|(owner, signs)| Text {
            signs,
            owner: *owner,
        });
        copied(&texts.collect::<Vec<_>>(), threshold)
    }

    #[test]
    fn the_first_text_of_another_is_found_in_whatever_order_texts_are_offered() {
        // Owner 7 has the texts 1 and 4, owner 8 has 2, owner 9 has 3.
        let texts = [(1, 7), (2, 8), (3, 9), (4, 7)];
        for order in [
            [0, 1, 2, 3],
            [3, 2, 1, 0],
            [2, 1, 0, 3],
            [1, 2, 3, 0],
            [0, 2, 1, 3],
            [3, 0, 2, 1],
        ] {
            let mut firsts = Firsts::default();
            for (text, owner) in order.map(|at| texts[at]) {
                let likeness = Likeness::FULL;
                firsts.offer(Seen {
                    text,
                    owner,
                    likeness,
                });
            }
            let other = |owner: usize| firsts.other_than(owner).map(|(text, _)| text);
            assert_eq!(
                [other(7), other(8), other(9)],
                [Some(2), Some(1), Some(1)],
                "{order:?}"
            );
        }
    }

    #[test]
    fn changed_copies_are_found_and_nothing_else() {
        let original = |number| text(number, 20 + number % 60);
        let copies = (0..500).map(|number| changed(original(number), number));
        let all: Vec<_> = (0..500).map(original).chain(copies).collect();
        let found = found(&all, 0.85);
        assert!(
            found
                .iter()
                .all(|copy| copy.text == copy.first + 500 && copy.more == 0)
        );
        assert!(found.len() >= 490, "{} of 500", found.len());
    }

    #[test]
    fn one_owner_may_repeat_itself() {
        let texts = [
            (0, text(1, 30)),
            (0, text(1, 30)),
            (0, changed(text(1, 30), 5)),
        ];
        assert_eq!(copied_of(&texts, 0.8), []);
    }

    #[test]
    fn every_later_owner_is_told_the_first_other_and_how_many_more_there_are() {
        let texts = [
            (7, text(1, 40)),
            (8, text(2, 40)),
            (9, text(1, 40)),
            (7, text(1, 40)),
            (5, changed(text(1, 40), 3)),
        ];
        let found = copied_of(&texts, 0.8);
        let said: Vec<_> = found
            .iter()
            .map(|copy| (copy.text, copy.first, copy.more))
            .collect();
        assert_eq!(said, [(2, 0, 1), (3, 2, 1), (4, 0, 1)]);
        assert_eq!(found[0].likeness.percent(), 100);
        assert!((80..100).contains(&found[2].likeness.percent()));
    }

    #[test]
    fn the_first_of_all_is_named_where_a_later_one_is_even_the_same() {
        let (original, copy) = (text(1, 40), changed(text(1, 40), 3));
        let texts = [(7, original), (8, copy.clone()), (9, copy)];
        let found = copied_of(&texts, 0.8);
        let said: Vec<_> = found.iter().map(|copy| (copy.text, copy.first)).collect();
        assert_eq!(said, [(1, 0), (2, 0)]);
        assert_eq!(found[0].likeness, found[1].likeness);
    }

    #[test]
    fn the_first_two_owners_are_kept_in_whatever_order_they_come() {
        let all = [(2, 70), (3, 70), (5, 80), (6, 90)].map(|(text, owner)| Seen {
            text,
            owner,
            likeness: Likeness::FULL,
        });
        let orders = (0..256).map(|n| [n & 3, n >> 2 & 3, n >> 4 & 3, n >> 6]);
        for order in orders.filter(|order| (0..4).all(|n| order.contains(&n))) {
            let mut firsts = Firsts::default();
            order.iter().for_each(|n| firsts.offer(all[*n]));
            let kept = [firsts.first, firsts.second].map(|seen| seen.map(|seen| seen.text));
            assert_eq!(kept, [Some(2), Some(5)], "{order:?}");
        }
    }

    #[test]
    fn a_pair_that_agrees_in_many_bands_is_compared_once() {
        let sketches = vec![Sketch::of(&text(1, 40)); 3];
        assert_eq!(likely(&sketches, 1), [(0, 1), (0, 2), (1, 2)]);
    }

    #[test]
    fn in_a_very_large_group_each_is_compared_with_two_only() {
        let group = |size: u32| (0..size).map(|n| (7, n)).collect::<Vec<_>>();
        let with_the_last = |size: u32| {
            let group = group(size);
            let pairs = candidates(&group).filter(|(_, later)| later + 1 == size);
            pairs.map(|(first, _)| first).collect::<Vec<_>>()
        };
        assert_eq!(with_the_last(3), [0, 1]);
        assert_eq!(with_the_last(64), (0..16).collect::<Vec<_>>());
        assert_eq!(with_the_last(65), [0, 1]);
        assert_eq!(with_the_last(200), [0, 1]);
    }

    #[test]
    fn a_text_that_very_many_share_is_found_in_all_of_them() {
        let shared = text(1, 50);
        let texts: Vec<_> = (0..1000)
            .map(|number| changed(shared.clone(), number))
            .collect();
        let found = found(&texts, 0.8);
        assert!(found.len() >= 980, "{}", found.len());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(16))]

        #[test]
        fn a_higher_threshold_finds_no_more(low in 0.5..0.9, more in 0.0..0.1, seed in 0_u64..1000) {
            let texts: Vec<_> = (0..60).map(|n| changed(text(n % 20, 30), seed + n)).collect();
            let (many, few) = (found(&texts, low), found(&texts, low + more));
            let is_found = |copy: &Copied| many.iter().any(|other| other.text == copy.text);
            prop_assert!(few.iter().all(is_found));
        }

        #[test]
        fn the_order_of_the_texts_changes_no_pair(
            order in Just((0..60_u64).collect::<Vec<_>>()).prop_shuffle(),
            seed in 0_u64..1000,
        ) {
            let text = |n: u64| changed(text(n % 20, 30), seed + n);
            let pairs_of = |order: &[u64]| {
                let signs: Vec<Vec<u16>> = order.iter().map(|n| text(*n)).collect();
                let texts = signs.iter().zip(order).map(|(signs, n)| Text { signs, owner: *n as usize });
                let texts: Vec<Text<'_>> = texts.collect();
                let name = |(one, other, likeness): Pair| {
                    let (one, other) = (order[one], order[other]);
                    (one.min(other), one.max(other), likeness.percent())
                };
                let pairs = alike(&texts, &(0..texts.len()).collect::<Vec<_>>(), 0.8);
                let mut pairs: Vec<_> = pairs.into_iter().map(name).collect();
                pairs.sort_unstable();
                pairs
            };
            let in_order: Vec<u64> = (0..60).collect();
            prop_assert_eq!(pairs_of(&order), pairs_of(&in_order));
        }
    }
}
