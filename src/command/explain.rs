//! `duban explain`: say what a rule is for, or list the rules.

use super::{Failure, write};
use crate::cli::{Common, ExplainArgs, ExplainFormat};
use crate::explain::{self, Topic};
use crate::lang::Text;
use crate::levels::Choice;
use crate::text;

/// Runs the command.
pub(super) fn run(common: &Common, args: &ExplainArgs) -> anyhow::Result<u8> {
    let topic = match &args.rule {
        None => Topic::All,
        Some(word) => Topic::find(word.trim()).ok_or_else(|| unknown(word.trim()))?,
    };
    let render = match args.format {
        ExplainFormat::Text => explain::text,
        ExplainFormat::Markdown => explain::markdown,
        ExplainFormat::Json => explain::json,
    };
    write::stdout(&render(topic, common.lang))?;
    Ok(0)
}

fn unknown(word: &str) -> anyhow::Error {
    let choice = Choice {
        select: vec![word.to_owned()],
        ..Choice::default()
    };
    let hint = match choice.unknown().and_then(|unknown| unknown.near) {
        Some(near) => text!(
            "是否为“{near}”？全部规则见duban explain",
            "did you mean “{near}”? duban explain lists all rules"
        ),
        None => Text::fixed("全部规则见duban explain", "duban explain lists all rules"),
    };
    let message = text!(
        "没有“{word}”这条规则或这一类",
        "there is no rule or family “{word}”"
    );
    Failure::error(message, hint)
}
