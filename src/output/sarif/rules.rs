//! The rules that spoke, with their help: what `duban explain` says of each.

use std::collections::HashSet;

use super::log::{Configuration, Help, Message, Rule, RuleProperties};
use super::{View, message, multiline};
use crate::explain::{self, Topic};
use crate::finding::Severity;
use crate::lang::Text;
use crate::rules::{self, local};

/// What is said of a rule, wherever it comes from.
struct About {
    topic: Topic,
    code: String,
    name: String,
    family: &'static str,
    level: Severity,
    summary: Text,
    why: Text,
}

/// The rules that spoke, in the order of the registry, the campaign's own after them.
pub(super) fn of(view: &View<'_>) -> Vec<Rule> {
    let findings = view.verdict.findings.iter();
    let spoke: HashSet<&str> = findings.map(|finding| &*finding.rule.code).collect();
    let own = local::compile(view.campaign);
    let built_in = rules::ALL.iter().enumerate().map(|(number, rule)| About {
        topic: Topic::Rule(number),
        code: rule.code.to_owned(),
        name: rule.name.to_owned(),
        family: rule.family,
        level: rule.level,
        summary: rule.summary.clone(),
        why: rule.why.clone(),
    });
    let of_campaign = own.iter().enumerate().map(|(number, local)| About {
        topic: Topic::Own(number),
        code: local.id.code.to_string(),
        name: local.id.name.to_string(),
        family: local.id.family,
        level: local.level(),
        summary: local.rule.message.text(),
        // A campaign need not say why it has a rule; what the rule asks for is known.
        why: match local.rule.why.is_blank() {
            true => local.requirement(),
            false => local.rule.why.text(),
        },
    });
    let abouts = built_in.chain(of_campaign);
    abouts
        .filter(|about| spoke.contains(about.code.as_str()))
        .map(|about| rule(view, about, &own))
        .collect()
}

fn rule(view: &View<'_>, about: About, own: &[local::Local<'_>]) -> Rule {
    let text = |text: &Text| multiline(text, view.lang);
    let description = |words: &Text| -> Message { message(text(words)) };
    Rule {
        short_description: description(&about.summary),
        full_description: description(&about.why),
        help: Help {
            text: explain::text(about.topic, own, view.lang),
            markdown: explain::markdown(about.topic, own, view.lang),
        },
        default_configuration: Configuration {
            level: about.level.word(),
        },
        properties: RuleProperties {
            tags: [about.family],
        },
        id: about.code,
        name: about.name,
    }
}
