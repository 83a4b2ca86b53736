//! `duban explain`: say what a rule is for, or list the rules.

use super::{gather, write};
use crate::book::BookText;
use crate::campaign::Campaign;
use crate::cli::{Common, ExplainArgs, ExplainFormat};
use crate::explain::{self, Topic};
use crate::levels::Choice;
use crate::output;
use crate::rules::local;

/// Runs the command.
pub(super) fn run(common: &Common, args: &ExplainArgs) -> anyhow::Result<u8> {
    let word = args.rule.as_deref().map(str::trim);
    // A built-in rule needs no campaign, so that it is explained beside a broken one, too.
    if let Some(topic @ Topic::Rule(_)) = word.and_then(|word| Topic::find(word, &[])) {
        return show(topic, &Campaign::default(), common, args);
    }
    let rule_book = gather::rule_book_here(common)?;
    let (_, campaign) = BookText::read(rule_book.name.clone(), &rule_book.text);
    let campaign = match campaign {
        Ok(campaign) => campaign,
        Err(findings) => {
            write::stderr(&output::campaign_errors(&findings, common.lang));
            return Ok(2);
        }
    };
    let own = local::compile(&campaign);
    let topic = match word {
        None => Topic::All,
        Some(word) => Topic::find(word, &own).ok_or_else(|| unknown(word, &campaign))?,
    };
    show(topic, &campaign, common, args)
}

fn show(
    topic: Topic,
    campaign: &Campaign,
    common: &Common,
    args: &ExplainArgs,
) -> anyhow::Result<u8> {
    let render = match args.format {
        ExplainFormat::Text => explain::text,
        ExplainFormat::Markdown => explain::markdown,
        ExplainFormat::Json => explain::json,
    };
    write::stdout(render(topic, &local::compile(campaign), common.lang))?;
    Ok(0)
}

fn unknown(word: &str, campaign: &Campaign) -> anyhow::Error {
    let choice = Choice {
        select: vec![word.to_owned()],
        ..Choice::default()
    };
    let near = choice.unknown(campaign).and_then(|unknown| unknown.near);
    gather::no_rule(word, near.as_deref())
}
