//! What is wrong with an entry apart from its requirement: id, name, level and message.

use foldhash::{HashMap, HashMapExt};

use crate::campaign::{Campaign, Level, LocalRule};
use crate::finding::{At, Draft, FieldPath};
use crate::lang::Text;
use crate::rules::{self, FAMILIES, file};
use crate::{path, text};

/// An error of the campaign.
pub(super) fn error(at: FieldPath, message: Text, fix: Text) -> Draft {
    Draft::new(file::bad_value::RULE.id(), At::Campaign(at), message).fix(fix)
}

/// Ids and names that cannot be used, or not twice.
pub(super) fn names(campaign: &Campaign) -> Vec<Draft> {
    let mut errors = Vec::new();
    let mut seen: HashMap<&str, FieldPath> = HashMap::new();
    for (index, rule) in campaign.rule.iter().enumerate() {
        errors.extend(bad_id(index, &rule.id));
        errors.extend(bad_name(index, &rule.name));
        for (key, word) in [("id", &rule.id), ("name", &rule.name)] {
            let at = path!["rule", index, key];
            let Some(first) = seen.insert(word, at.clone()) else {
                continue;
            };
            let message = text!(
                "自定规则的{key}“{word}”重复",
                "the {key} “{word}” is used twice"
            );
            let fix = Text::fixed(
                "每条规则用不同的id和name",
                "give every rule an id and a name of its own",
            );
            let label = Text::fixed("首次出现", "first here");
            errors.push(error(at, message, fix).cause(At::Campaign(first), label));
        }
    }
    errors
}

fn bad_id(index: usize, id: &str) -> Option<Draft> {
    let digits = id.strip_prefix(super::FAMILY.letter);
    let good = digits.is_some_and(|d| d.len() == 3 && d.bytes().all(|b| b.is_ascii_digit()));
    let id = crate::read::shortened(id);
    (!good).then(|| {
        error(
            path!["rule", index, "id"],
            text!(
                "“{id}”不是自定规则的编号",
                "“{id}” is not an id of a rule of your own"
            ),
            Text::fixed(
                "写X和三位数字，例如X001",
                "write X and three digits, such as X001",
            ),
        )
    })
}

fn bad_name(index: usize, name: &str) -> Option<Draft> {
    let at = path!["rule", index, "name"];
    let shown = crate::read::shortened(name);
    if rules::find(name).is_some() || FAMILIES.iter().any(|family| family.name == name) {
        let message = text!(
            "“{shown}”已是自带的规则或类别",
            "“{shown}” is a built-in rule or family already"
        );
        let fix = Text::fixed("换一个名称", "choose another name");
        return Some(error(at, message, fix));
    }
    let good = !name.is_empty() && name.chars().all(|c| c == '-' || c.is_alphanumeric());
    (!good).then(|| {
        error(
            at,
            text!(
                "“{shown}”不能作规则的名称",
                "“{shown}” cannot be the name of a rule"
            ),
            Text::fixed(
                "只用文字、数字和“-”，例如three-problems",
                "use letters, digits and “-” only, as in three-problems",
            ),
        )
    })
}

/// What is wrong with a rule's level and message.
pub(super) fn wording(index: usize, rule: &LocalRule) -> Vec<Draft> {
    let mut errors = Vec::new();
    if rule.level == Some(Level::Off) {
        let name = &rule.name;
        errors.push(error(
            path!["rule", index, "level"],
            Text::fixed(
                "规则本身的级别不能是关闭",
                "a rule's own level cannot be off",
            ),
            text!(
                "暂时不用的，在[levels]中写{name} = \"off\"",
                "to turn it off, write {name} = \"off\" in [levels]"
            ),
        ));
    }
    if rule.message.is_blank() {
        errors.push(error(
            path!["rule", index, "message"],
            Text::fixed("规则的说明是空的", "the message of the rule is empty"),
            Text::fixed(
                "写明不合规则时怎么说",
                "write what is said when the rule is broken",
            ),
        ));
    }
    errors
}
