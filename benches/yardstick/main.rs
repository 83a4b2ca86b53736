//! The bare program that the checker is measured against: it walks a folder, reads every TOML file in it and
//! (in mode `parse`) makes a tree of each, and does nothing with them but count.
//!
//! `cargo bench --bench yardstick -- DIR [read|parse] [--threads N]`

#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::error::Error;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Instant;

use rayon::prelude::*;
use toml_spanner::{Arena, Item, Table, Value};
use walkdir::WalkDir;

/// How far a file is taken.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Mode {
    /// Its bytes are read.
    Read,
    /// Its text is made into a tree, too.
    Parse,
}

/// What is asked for on the command line.
#[derive(Debug)]
struct Options {
    folder: PathBuf,
    mode: Mode,
    /// 0 for all cores.
    threads: usize,
}

/// What was seen, in one file or in all.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    files: u64,
    bytes: u64,
    /// Entries of tables, at any depth, so that no tree is optimised away.
    entries: u64,
    /// Files that cannot be read or are not UTF-8, and syntax errors in the others.
    errors: u64,
}

impl Count {
    fn plus(self, other: Count) -> Count {
        Count {
            files: self.files + other.files,
            bytes: self.bytes + other.bytes,
            entries: self.entries + other.entries,
            errors: self.errors + other.errors,
        }
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let Some(options) = options(std::env::args().skip(1))? else {
        println!("usage: cargo bench --bench yardstick -- DIR [read|parse] [--threads N]");
        return Ok(());
    };
    rayon::ThreadPoolBuilder::new()
        .num_threads(options.threads)
        .build_global()?;
    let start = Instant::now();
    let paths = paths(&options.folder)?;
    let each = paths.par_iter().map(|path| count_file(path, options.mode));
    let all = each.reduce(Count::default, Count::plus);
    let Count {
        files,
        bytes,
        entries,
        errors,
    } = all;
    let seconds = start.elapsed().as_secs_f64();
    println!("{files} files, {bytes} bytes, {entries} entries, {errors} errors, {seconds:.3} s");
    Ok(())
}

/// Reads the command line; nothing when it names no folder. The `--bench` that cargo adds is passed over.
fn options(mut words: impl Iterator<Item = String>) -> Result<Option<Options>, Box<dyn Error>> {
    let (mut folder, mut mode, mut threads) = (None, Mode::Parse, 0);
    while let Some(word) = words.next() {
        match word.as_str() {
            "--bench" => {}
            "--threads" => threads = words.next().ok_or("--threads needs a number")?.parse()?,
            "read" => mode = Mode::Read,
            "parse" => mode = Mode::Parse,
            _ if folder.is_none() && !word.starts_with('-') => folder = Some(PathBuf::from(word)),
            _ => return Err(format!("not understood: {word}").into()),
        }
    }
    Ok(folder.map(|folder| Options {
        folder,
        mode,
        threads,
    }))
}

/// Every TOML file below a folder.
fn paths(folder: &Path) -> Result<Vec<PathBuf>, walkdir::Error> {
    let mut paths = Vec::new();
    for entry in WalkDir::new(folder) {
        let entry = entry?;
        if entry.file_type().is_file()
            && entry
                .path()
                .extension()
                .is_some_and(|extension| extension == "toml")
        {
            paths.push(entry.into_path());
        }
    }
    Ok(paths)
}

fn count_file(path: &Path, mode: Mode) -> Count {
    let Ok(bytes) = read(path) else {
        return Count {
            files: 1,
            errors: 1,
            ..Count::default()
        };
    };
    let (entries, errors) = match mode {
        Mode::Read => (0, 0),
        Mode::Parse => parse(&bytes),
    };
    Count {
        files: 1,
        bytes: bytes.len() as u64,
        entries,
        errors,
    }
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Makes a tree of a text and counts its entries and errors.
fn parse(bytes: &[u8]) -> (u64, u64) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return (0, 1);
    };
    let arena = Arena::new();
    let document = toml_spanner::parse_recoverable(text, &arena);
    (entries(document.table()), document.errors().len() as u64)
}

fn entries(table: &Table<'_>) -> u64 {
    table
        .entries()
        .iter()
        .map(|(_, value)| 1 + entries_within(value))
        .sum()
}

fn entries_within(item: &Item<'_>) -> u64 {
    match item.value() {
        Value::Table(table) => entries(table),
        Value::Array(array) => array.iter().map(entries_within).sum(),
        _ => 0,
    }
}
