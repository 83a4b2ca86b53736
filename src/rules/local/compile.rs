//! From a rule as it is written to a rule that can be checked; what is wrong with it is an error of the
//! campaign, with its place.

use regex_lite::RegexBuilder;

use super::entry::{error, wording};
use super::literal::{holds, value};
use super::target::Target;
use super::{Condition, Local, MAX_PATTERN, Template, id};
use crate::campaign::{Campaign, Literal, LocalRule, Require};
use crate::field::{Field, Shape, look};
use crate::finding::{Draft, Step};
use crate::lang::Text;
use crate::plan::Plan;
use crate::{path, text};

/// What a plan file may hold.
const PLAN: Shape = <Plan<'static> as Field>::SHAPE;

/// What a campaign file may hold.
const CAMPAIGN: Shape = <Campaign as Field>::SHAPE;

/// Bytes that a compiled pattern may take.
const PATTERN_BYTES: usize = 1 << 18;

/// The templates: parameters that must be there, and others that may.
const TEMPLATES: [(&[&str], &[&str]); 8] = [
    (&["field"], &[]),
    (&["count", "at_least"], &["at_most"]),
    (&["count", "at_most"], &[]),
    (&["field", "one_of"], &[]),
    (&["field", "matches"], &[]),
    (&["earlier", "later"], &[]),
    (&["field", "by"], &[]),
    (&["field", "in"], &[]),
];

/// An error at a parameter of `require`, or of what is in it.
struct Wrong {
    at: Vec<Step>,
    message: Text,
    fix: Text,
}

impl Wrong {
    fn at(key: &'static str, message: Text, fix: Text) -> Wrong {
        let at = vec![Step::from(key)];
        Wrong { at, message, fix }
    }
}

/// Makes a rule ready, or says all that is wrong with it but for its names.
pub(super) fn rule<'c>(
    campaign: &'c Campaign,
    index: usize,
    rule: &'c LocalRule,
) -> Result<Local<'c>, Vec<Draft>> {
    let mut errors = wording(index, rule);
    let compiled = template(campaign, &rule.require)
        .and_then(|template| Ok((conditions(&template, &rule.require)?, template)));
    match compiled {
        Ok((conditions, template)) if errors.is_empty() => Ok(Local {
            id: id(rule),
            index,
            rule,
            template,
            conditions,
            units: rule.r#for.unit.iter().map(String::as_str).collect(),
        }),
        Ok(_) => Err(errors),
        Err(Wrong { at, message, fix }) => {
            let mut field = path!["rule", index, "require"];
            field.0.extend(at);
            errors.push(error(field, message, fix));
            Err(errors)
        }
    }
}

fn template<'c>(campaign: &'c Campaign, require: &'c Require) -> Result<Template<'c>, Wrong> {
    let given = require.given();
    let fits = |(must, may): &(&[&str], &[&str])| {
        must.iter().all(|key| given.contains(key))
            && given
                .iter()
                .all(|key| must.contains(key) || may.contains(key))
    };
    if !TEMPLATES.iter().any(fits) {
        return Err(no_template(&given));
    }
    let field = || plan_field("field", require.field.as_deref());
    match require {
        Require { count: Some(_), .. } => counted(require),
        Require {
            one_of: Some(values),
            ..
        } => one_of(field()?, values),
        Require {
            matches: Some(pattern),
            ..
        } => matching(field()?, pattern),
        Require {
            earlier: Some(_), ..
        } => Ok(Template::Order {
            earlier: dated(
                "earlier",
                plan_field("earlier", require.earlier.as_deref())?,
            )?,
            later: dated("later", plan_field("later", require.later.as_deref())?)?,
        }),
        Require { by: Some(by), .. } => Ok(Template::By {
            field: dated("field", field()?)?,
            by: *by,
        }),
        Require {
            r#in: Some(within), ..
        } => exists(campaign, field()?, within),
        _ => Ok(Template::Required { field: field()? }),
    }
}

fn no_template(given: &[&str]) -> Wrong {
    let forms = TEMPLATES.map(|(must, _)| format!("{{ {} }}", must.join(", ")));
    let (zh_forms, en_forms) = (forms.join("、"), forms.join(", "));
    let (zh, en) = (given.join("、"), given.join(", "));
    let message = match given.is_empty() {
        true => Text::fixed("require没有写要求", "require asks for nothing"),
        false => text!(
            "require不能只写或合写{zh}",
            "{en} together are not a requirement"
        ),
    };
    let fix = text!("写成下列之一：{zh_forms}", "write one of these: {en_forms}");
    Wrong {
        at: vec![],
        message,
        fix,
    }
}

fn plan_field(key: &'static str, name: Option<&str>) -> Result<Target, Wrong> {
    let name = name.unwrap_or_default();
    Target::find(&PLAN, name).map_err(|fix| {
        let name = crate::read::shortened(name);
        let message = text!(
            "方案文件没有“{name}”这个字段",
            "a plan file has no field “{name}”"
        );
        Wrong::at(key, message, fix)
    })
}

fn counted<'c>(require: &Require) -> Result<Template<'c>, Wrong> {
    let list = plan_field("count", require.count.as_deref())?;
    let nested = list.list.is_some_and(|outer| outer < list.keys.len());
    if nested || !matches!(list.shape, Shape::List(_)) {
        let name = list.name();
        return Err(Wrong::at(
            "count",
            text!(
                "{name}不是可以计数的列表",
                "{name} is not a list to be counted"
            ),
            Text::fixed(
                "写problem、measure、activity、meeting、outcome或[plan]中的列表",
                "write problem, measure, activity, meeting, outcome or a list of [plan]",
            ),
        ));
    }
    let (from, to) = (require.at_least, require.at_most);
    let key = if from.is_some() {
        "at_least"
    } else {
        "at_most"
    };
    if from == Some(0) || from.zip(to).is_some_and(|(from, to)| from > to) {
        return Err(Wrong::at(
            key,
            Text::fixed(
                "at_least和at_most不合理",
                "at_least and at_most make no sense",
            ),
            Text::fixed(
                "at_least写1以上的数，且不大于at_most",
                "at_least must be 1 or more, and no more than at_most",
            ),
        ));
    }
    Ok(Template::Count {
        list,
        at_least: from.map(|number| number as usize),
        at_most: to.map(|number| number as usize),
    })
}

fn one_of(field: Target, values: &[Literal]) -> Result<Template<'_>, Wrong> {
    if values.is_empty() {
        return Err(Wrong::at(
            "one_of",
            Text::fixed(
                "one_of是空的，什么都不允许",
                "one_of is empty and allows nothing",
            ),
            Text::fixed("写上允许的值", "write the values that are allowed"),
        ));
    }
    let mut allowed = Vec::with_capacity(values.len());
    for (index, literal) in values.iter().enumerate() {
        let value = value(&field, literal).map_err(|(message, fix)| Wrong {
            at: vec![Step::from("one_of"), Step::Index(index)],
            message,
            fix,
        })?;
        allowed.push(value);
    }
    Ok(Template::OneOf { field, allowed })
}

fn matching<'c>(field: Target, written: &str) -> Result<Template<'c>, Wrong> {
    let text = matches!(field.shape.element(), Shape::Text | Shape::Word(_));
    if !text {
        return Err(not("field", &field, &Shape::Text));
    }
    if written.is_empty() || written.chars().count() > MAX_PATTERN {
        return Err(Wrong::at(
            "matches",
            Text::fixed("模式是空的，或者太长", "the pattern is empty or too long"),
            text!(
                "写1至{MAX_PATTERN}个字",
                "write 1 to {MAX_PATTERN} characters"
            ),
        ));
    }
    let mut builder = RegexBuilder::new(written);
    let pattern = builder.size_limit(PATTERN_BYTES).build();
    let pattern = pattern.map_err(|why| {
        let shown = crate::read::shortened(written);
        Wrong::at(
            "matches",
            text!(
                "“{shown}”不是正则表达式",
                "“{shown}” is not a regular expression"
            ),
            text!(
                "按字面查找的，在. + * ? ( ) [ ] {{ }} | ^ $前加“\\”（{why}）",
                "to find . + * ? ( ) [ ] {{ }} | ^ $ as they stand, put “\\” in front ({why})"
            ),
        )
    })?;
    Ok(Template::Matches { field, pattern })
}

/// Makes sure that a field holds dates.
fn dated(key: &'static str, field: Target) -> Result<Target, Wrong> {
    match field.shape.element() {
        Shape::Date | Shape::TimeLimit => Ok(field),
        _ => Err(not(key, &field, &Shape::Date)),
    }
}

/// The field does not hold what the template works on.
fn not(key: &'static str, field: &Target, wanted: &Shape) -> Wrong {
    let (name, found) = (field.name(), holds(field.shape.element()));
    let wanted = match wanted {
        Shape::Date => Text::fixed("日期", "a date"),
        _ => Text::fixed("文字", "text"),
    };
    let message = text!(
        "{name}是{found_zh}，这里要{zh}",
        "{name} holds {found_en}, not {en}",
        found_zh = found.zh(),
        found_en = found.en(),
        zh = wanted.zh(),
        en = wanted.en(),
    );
    let fix = text!(
        "改为内容是{zh}的字段",
        "name a field that holds {en}",
        zh = wanted.zh(),
        en = wanted.en()
    );
    Wrong::at(key, message, fix)
}

fn exists<'c>(
    campaign: &'c Campaign,
    field: Target,
    within: &'c str,
) -> Result<Template<'c>, Wrong> {
    let target = Target::find(&CAMPAIGN, within).map_err(|fix| {
        let name = crate::read::shortened(within);
        let message = text!(
            "活动文件没有“{name}”这个字段",
            "a campaign file has no field “{name}”"
        );
        Wrong::at("in", message, fix)
    })?;
    let (from, to) = (field.shape.element(), target.shape.element());
    let number = |shape: &Shape| matches!(shape, Shape::Number { .. } | Shape::Decimal);
    let text = |shape: &Shape| matches!(shape, Shape::Text | Shape::Word(_));
    if !(number(from) && number(to) || text(from) && text(to)) {
        let (name, zh, en) = (field.name(), holds(to), holds(from));
        return Err(Wrong::at(
            "in",
            Text::new(
                format!("{within}是{}，不能与{name}对照", zh.zh()),
                format!("{within} holds {}, while {name} holds {}", zh.en(), en.en()),
            ),
            Text::fixed(
                "两处都要是文字，或都是整数",
                "both must be text, or both numbers",
            ),
        ));
    }
    let known = look(campaign, &target.keys).into_iter();
    let known = known
        .map(|seen| seen.value)
        .filter(|value| !value.is_blank());
    Ok(Template::Exists {
        field,
        known: known.collect(),
        within,
    })
}

/// The conditions of `where`: keys of the list that the template looks at.
fn conditions<'c>(
    template: &Template<'_>,
    require: &'c Require,
) -> Result<Vec<Condition<'c>>, Wrong> {
    let of = |key: &str, literal: &'c Literal| -> Result<Condition<'c>, (Text, Text)> {
        let Some(found) = template.main().sibling(&PLAN, key) else {
            let name = template.main().name();
            return Err((
                text!(
                    "{name}不在列表中，不能用where",
                    "{name} is in no list, so there is no where"
                ),
                Text::fixed("删去where", "delete where"),
            ));
        };
        let shown = crate::read::shortened(key);
        let message = text!("列表中没有“{shown}”这个键", "the list has no key “{shown}”");
        let key = found.map_err(|fix| (message, fix))?;
        let value = value(&key, literal)?;
        Ok(Condition { key, value })
    };
    let conditions = require.r#where.0.iter().map(|(key, literal)| {
        of(key, literal).map_err(|(message, fix)| Wrong {
            at: vec![Step::from("where"), Step::from(key.clone())],
            message,
            fix,
        })
    });
    conditions.collect()
}

impl Template<'_> {
    /// The field whose list `where` is about.
    fn main(&self) -> &Target {
        match self {
            Template::Required { field }
            | Template::OneOf { field, .. }
            | Template::Matches { field, .. }
            | Template::By { field, .. }
            | Template::Exists { field, .. } => field,
            Template::Count { list, .. } => list,
            Template::Order { earlier, later } => match later.list {
                Some(_) => later,
                None => earlier,
            },
        }
    }
}
