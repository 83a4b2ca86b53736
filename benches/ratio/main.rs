//! How much more a check costs than reading and parsing the same files: runs the yardstick and the checker in
//! turn, several times, and compares the CPU time that each process used.
//!
//! `cargo bench --bench ratio -- YARDSTICK_BIN DUBAN_BIN DIR [--pairs K] [--threads N]`

#![allow(clippy::print_stdout, clippy::print_stderr)]

use anyhow::Result;

fn main() -> Result<()> {
    #[cfg(target_os = "linux")]
    return linux::main();
    #[cfg(not(target_os = "linux"))]
    {
        println!("skipped: what a process used is only measured on Linux");
        Ok(())
    }
}

/// The measuring itself.
#[cfg(target_os = "linux")]
mod linux {
    use std::path::{Path, PathBuf};
    use std::process::{Command, Stdio};
    use std::time::{Duration, Instant};

    use anyhow::{Context, Result, bail, ensure};
    use clap::{CommandFactory, Parser};
    use wait4::Wait4;

    /// The day for which the plans are judged; a fixed one, so that every run does the same work.
    const AS_OF: &str = "2022-11-15";

    /// What is asked for on the command line.
    #[derive(Debug, Parser)]
    #[command(
        name = "ratio",
        about = "Compare the CPU time of a check with that of the yardstick"
    )]
    struct Options {
        /// The yardstick's program (target/release/deps/yardstick-…)
        yardstick: Option<PathBuf>,
        /// The checker's program (target/release/duban)
        duban: Option<PathBuf>,
        /// The folder of plan files
        folder: Option<PathBuf>,
        /// How many times each is run
        #[arg(long, default_value_t = 7, value_parser = clap::value_parser!(u32).range(1..))]
        pairs: u32,
        /// Threads for both; all cores when it is not said
        #[arg(long)]
        threads: Option<usize>,
        /// What cargo adds
        #[arg(long, hide = true)]
        bench: bool,
    }

    /// What one process used.
    #[derive(Clone, Copy, Debug)]
    struct Sample {
        /// User and system time of all its threads.
        cpu: Duration,
        wall: Duration,
        /// The most memory it ever had, in bytes.
        peak: u64,
    }

    /// The medians of several samples, each for itself.
    #[derive(Debug)]
    struct Medians {
        cpu: f64,
        wall: f64,
        peak: f64,
    }

    /// Runs the pairs and prints what they used.
    pub fn main() -> Result<()> {
        let options = Options::parse();
        let (Some(yardstick), Some(duban), Some(folder)) =
            (&options.yardstick, &options.duban, &options.folder)
        else {
            println!(
                "skipped: nothing to compare was named\n\n{}",
                Options::command().render_help()
            );
            return Ok(());
        };
        let findings = std::env::temp_dir().join(format!("duban-ratio-{}.txt", std::process::id()));
        let commands = || {
            (
                yardstick_command(yardstick, folder, &options),
                duban_command(duban, folder, &findings, &options),
            )
        };
        let samples = run_pairs(commands, options.pairs);
        let removed = std::fs::remove_file(&findings);
        let (bare, check) = samples?;
        removed.context("the checker wrote no findings")?;
        print(&bare, &check, count_files(yardstick, folder)?);
        Ok(())
    }

    fn yardstick_command(program: &Path, folder: &Path, options: &Options) -> Command {
        let mut command = Command::new(program);
        command.arg(folder).arg("parse");
        with_threads(command, options)
    }

    fn duban_command(program: &Path, folder: &Path, findings: &Path, options: &Options) -> Command {
        let mut output = std::ffi::OsString::from("concise:");
        output.push(findings);
        let mut command = Command::new(program);
        command
            .arg("check")
            .arg(folder)
            .args(["--as-of", AS_OF, "--format", "concise", "-o"])
            .arg(output);
        with_threads(command, options)
    }

    /// Both programs take their number of threads from rayon's variable.
    fn with_threads(mut command: Command, options: &Options) -> Command {
        if let Some(threads) = options.threads {
            command.env("RAYON_NUM_THREADS", threads.to_string());
        }
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
    }

    /// One pair to warm the disk's cache, which is not counted, then the others in turn.
    fn run_pairs(
        commands: impl Fn() -> (Command, Command),
        pairs: u32,
    ) -> Result<(Vec<Sample>, Vec<Sample>)> {
        let (mut bare, mut check) = (Vec::new(), Vec::new());
        for pair in 0..=pairs {
            let (mut first, mut second) = commands();
            let (one, two) = (measure(&mut first, &[0])?, measure(&mut second, &[0, 1])?);
            if pair > 0 {
                bare.push(one);
                check.push(two);
            }
        }
        Ok((bare, check))
    }

    /// Runs a program to its end. Its exit code must be one that means that it did its job.
    fn measure(command: &mut Command, good: &[i32]) -> Result<Sample> {
        let start = Instant::now();
        let mut child = command
            .spawn()
            .with_context(|| format!("cannot run {command:?}"))?;
        let used = child.wait4()?;
        let wall = start.elapsed();
        let code = used.status.code();
        ensure!(
            code.is_some_and(|code| good.contains(&code)),
            "{command:?} ended with {}",
            used.status
        );
        let cpu = used.rusage.utime + used.rusage.stime;
        Ok(Sample {
            cpu,
            wall,
            peak: used.rusage.maxrss,
        })
    }

    /// How many files the yardstick sees.
    fn count_files(yardstick: &Path, folder: &Path) -> Result<u32> {
        let output = Command::new(yardstick).arg(folder).arg("read").output()?;
        let said = String::from_utf8(output.stdout)?;
        let Some(files) = said
            .split_whitespace()
            .next()
            .and_then(|word| word.parse().ok())
        else {
            bail!("the yardstick did not say how many files there are: {said:?}");
        };
        Ok(files)
    }

    fn medians(samples: &[Sample]) -> Medians {
        let of = |value: fn(&Sample) -> f64| median(samples.iter().map(value).collect());
        Medians {
            cpu: of(|sample| sample.cpu.as_secs_f64()),
            wall: of(|sample| sample.wall.as_secs_f64()),
            peak: of(|sample| sample.peak as f64),
        }
    }

    fn median(mut values: Vec<f64>) -> f64 {
        values.sort_by(f64::total_cmp);
        let middle = values.len() / 2;
        match values.len() % 2 {
            0 => (values[middle - 1] + values[middle]) / 2.0,
            _ => values[middle],
        }
    }

    fn print(bare: &[Sample], check: &[Sample], files: u32) {
        println!("{files} files, {} pairs, medians", bare.len());
        println!(
            "{:<10} {:>10} {:>12} {:>10} {:>10}",
            "", "CPU s", "CPU us/file", "wall s", "peak MB"
        );
        let (bare_medians, check_medians) = (medians(bare), medians(check));
        print_line("yardstick", &bare_medians, files);
        print_line("duban", &check_medians, files);
        let pairs = bare
            .iter()
            .zip(check)
            .map(|(one, two)| two.cpu.as_secs_f64() / one.cpu.as_secs_f64());
        let (lowest, highest) = pairs.fold((f64::INFINITY, 0.0_f64), |(low, high), ratio| {
            (low.min(ratio), high.max(ratio))
        });
        let ratio = check_medians.cpu / bare_medians.cpu;
        println!(
            "ratio of the CPU medians: {ratio:.2} (single pairs: {lowest:.2} to {highest:.2})"
        );
    }

    fn print_line(name: &str, medians: &Medians, files: u32) {
        let per_file = medians.cpu * 1e6 / f64::from(files.max(1));
        let peak = medians.peak / 1e6;
        println!(
            "{name:<10} {:>10.3} {per_file:>12.2} {:>10.3} {peak:>10.1}",
            medians.cpu, medians.wall
        );
    }
}
