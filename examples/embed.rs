//! The library from Rust: read a campaign and a folder of plan files, and print who has not done what.
//!
//! ```console
//! $ cargo run --example embed -- plans
//! $ cargo run --example embed -- examples/in-trouble 2022-11-15
//! ```

// An example talks to the terminal; the library itself never prints.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::path::PathBuf;
use std::process::ExitCode;

use duban::book::{Book, BookText};
use duban::calendar::AsOf;
use duban::check::Run;
use duban::discover::discover;
use duban::lang::Lang;
use duban::ledger::Status;
use duban::levels::Choice;
use duban::source;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().unwrap_or_else(|| "plans".to_owned()));
    let day = arguments.next().unwrap_or_else(|| "today".to_owned());

    // The rule book is text first: findings point into it. Both must outlive what is read from them.
    let path = folder.join("campaign.toml");
    let text = match source::read_campaign(&path) {
        Ok(text) => text,
        Err(refusal) => {
            eprintln!("{}: {refusal}", path.display());
            return ExitCode::from(2);
        }
    };
    let (book_text, campaign) = BookText::read(path.to_string_lossy().into(), &text);
    let campaign = match campaign {
        Ok(campaign) => campaign,
        // A rule book with mistakes gives no verdict; what is wrong comes as findings, like anything else.
        Err(findings) => {
            for finding in findings {
                eprintln!("line {}: {}", finding.place.line, finding.message.en());
            }
            return ExitCode::from(2);
        }
    };
    let book = Book::new(&book_text, &campaign);
    let Some(as_of) = AsOf::parse(&day, book.offset()) else {
        eprintln!("“{day}” is not a date");
        return ExitCode::from(2);
    };

    // `Choice::default()` lets every rule speak; `true` judges the whole roster, files or no files.
    let run = Run::new(&book, &Choice::default(), as_of, true);
    let verdict = run.check(discover(&[folder]));

    let lang = Lang::of_environment();
    let mut overdue = 0;
    for row in &verdict.ledger.rows {
        // A row has one cell a milestone, in the campaign's order.
        for (cell, milestone) in row.cells.iter().zip(&campaign.milestone) {
            if cell.status == Status::Overdue {
                overdue += 1;
                let (standing, why) = (cell.standing(), cell.explanation());
                println!(
                    "{} {}  {}  {}  {}",
                    row.code,
                    row.name,
                    milestone.name,
                    standing.get(lang),
                    why.get(lang)
                );
            }
        }
    }
    println!(
        "{}: {overdue} overdue, {} units, {} findings",
        as_of.date,
        verdict.counts.units,
        verdict.findings.iter().count()
    );
    ExitCode::SUCCESS
}
