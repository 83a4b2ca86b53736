//! How far long work has come, on a terminal: shown after half a second, so that quick work shows nothing, and wiped
//! away before anything else is written. Those who work only count; a thread of its own looks at the count and draws.

use std::io::{self, IsTerminal};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::cli::Common;
use crate::discover::Found;
use crate::lang::{Lang, Text};

/// Work that is done sooner shows nothing.
const QUICK: Duration = Duration::from_millis(500);

/// So often the count is looked at.
const LOOK: Duration = Duration::from_millis(100);

/// Work that may be long.
pub(super) struct Work {
    /// How many things there are to do.
    total: u64,
    /// What is being done.
    what: Text,
    /// What remains to be done when every one of them has been.
    then: Text,
    /// Whether what is typed on the terminal is being waited for.
    typed: bool,
}

impl Work {
    /// Judging plan files.
    pub(super) fn of_plans(found: &Found) -> Work {
        let typed = found.inputs.iter().any(|input| input.path().is_none());
        Work {
            total: found.inputs.len() as u64,
            what: Text::fixed("正在检查方案文件", "checking plan files"),
            then: Text::fixed("正在汇总", "putting it all together"),
            typed: typed && io::stdin().is_terminal(),
        }
    }

    /// Reading workbooks.
    pub(super) fn of_workbooks(total: usize) -> Work {
        Work {
            total: total as u64,
            what: Text::fixed("正在读入工作簿", "reading workbooks"),
            then: Text::fixed("正在汇总", "putting it all together"),
            typed: false,
        }
    }

    /// Does the work, which calls what it is handed for each thing that is done.
    pub(super) fn watched<T>(
        &self,
        common: &Common,
        work: impl FnOnce(&(dyn Fn() + Sync)) -> T,
    ) -> T {
        if common.quiet || self.typed || !can_draw() {
            return work(&|| ());
        }
        self.drawn(ProgressDrawTarget::stderr(), QUICK, common.lang, work)
    }

    /// The same, drawn on any terminal.
    fn drawn<T>(
        &self,
        on: ProgressDrawTarget,
        quick: Duration,
        lang: Lang,
        work: impl FnOnce(&(dyn Fn() + Sync)) -> T,
    ) -> T {
        let count = AtomicU64::new(0);
        thread::scope(|scope| {
            // It ends with the work, even with work that panics.
            let (working, ended) = channel::<()>();
            let count = &count;
            scope.spawn(move || self.draw(on, quick, lang, count, &ended));
            let result = work(&|| _ = count.fetch_add(1, Ordering::Relaxed));
            // The scope waits until the line is wiped away.
            drop(working);
            result
        })
    }

    /// Draws until the work has ended.
    fn draw(
        &self,
        on: ProgressDrawTarget,
        quick: Duration,
        lang: Lang,
        count: &AtomicU64,
        ended: &Receiver<()>,
    ) {
        let goes_on = |wait| ended.recv_timeout(wait) == Err(RecvTimeoutError::Timeout);
        if !goes_on(quick) {
            return;
        }
        let bar = ProgressBar::with_draw_target(Some(self.total), on).with_style(style());
        loop {
            let done = count.load(Ordering::Relaxed);
            let what = if done < self.total {
                &self.what
            } else {
                &self.then
            };
            bar.set_message(what.get(lang).to_owned());
            bar.set_position(done);
            bar.tick();
            if !goes_on(LOOK) {
                break;
            }
        }
        bar.finish_and_clear();
    }
}

/// Whether standard error is a terminal on which a line can be wiped away again.
fn can_draw() -> bool {
    io::stderr().is_terminal() && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// Without colour and without signs whose width differs from place to place.
fn style() -> ProgressStyle {
    let plain = ProgressStyle::with_template("{msg} [{bar:30}] {pos}/{len}");
    plain
        .unwrap_or_else(|_| ProgressStyle::default_bar())
        .progress_chars("=> ")
}

#[cfg(test)]
mod tests {
    use indicatif::{InMemoryTerm, TermLike};

    use super::*;

    fn work(total: u64) -> Work {
        Work {
            total,
            ..Work::of_workbooks(0)
        }
    }

    /// What a terminal shows while two of four things are done, when all are, and in the end.
    fn seen(lang: Lang) -> [String; 3] {
        let screen = InMemoryTerm::new(10, 80);
        let on = ProgressDrawTarget::term_like(Box::new(screen.clone()));
        let look = || {
            thread::sleep(LOOK * 3);
            screen.contents()
        };
        let shown = work(4).drawn(on, Duration::ZERO, lang, |done| {
            done();
            done();
            let half = look();
            done();
            done();
            (half, look())
        });
        [shown.0, shown.1, screen.contents()]
    }

    #[test]
    fn long_work_is_shown_in_the_language_chosen_and_wiped_away() {
        let [half, all, after] = seen(Lang::Zh);
        assert!(half.starts_with("正在读入工作簿 [====="), "{half}");
        assert!(half.ends_with("] 2/4"), "{half}");
        assert!(
            all.starts_with("正在汇总 [=====") && all.ends_with("4/4"),
            "{all}"
        );
        assert_eq!(after, "");
        assert!(seen(Lang::En)[0].starts_with("reading workbooks ["));
    }

    #[test]
    fn quick_work_draws_nothing_and_is_not_held_up() {
        let screen = InMemoryTerm::new(10, 80);
        let on = ProgressDrawTarget::term_like(Box::new(screen.clone()));
        let start = std::time::Instant::now();
        let result = work(1).drawn(on, QUICK, Lang::Zh, |done| {
            done();
            7
        });
        assert_eq!(result, 7);
        assert!(start.elapsed() < QUICK);
        _ = screen.flush();
        assert_eq!(screen.moves_since_last_check(), "Flush\n");
    }
}
