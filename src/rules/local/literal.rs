//! Values as a rule writes them, held against what the field can be.

use super::target::Target;
use crate::campaign::Literal;
use crate::field::{Shape, Value};
use crate::lang::Text;
use crate::plan::TimeLimit;
use crate::text;

/// The value that a literal is for a field; otherwise what is wrong and how to put it right.
pub(super) fn value<'c>(field: &Target, literal: &'c Literal) -> Result<Value<'c>, (Text, Text)> {
    let shape = field.shape.element();
    let value = match (shape, literal) {
        (Shape::Text, Literal::Text(text)) => Some(Value::Text(text.trim())),
        (Shape::Number { .. }, Literal::Number(number)) => Some(Value::Number(*number)),
        (Shape::Truth, Literal::Truth(truth)) => Some(Value::Truth(*truth)),
        (Shape::Date | Shape::TimeLimit, Literal::Date(date)) => Some(Value::Date(*date)),
        (Shape::TimeLimit, Literal::Text(text)) if text == TimeLimit::STANDING => {
            Some(Value::Text(TimeLimit::STANDING))
        }
        (Shape::Word(words), Literal::Text(text)) => words
            .iter()
            .find(|term| term.zh == text || term.alias == text)
            .map(|term| Value::Text(term.zh)),
        _ => None,
    };
    value.ok_or_else(|| {
        let (name, holds) = (field.name(), holds(shape));
        let written = crate::read::shortened(&literal.to_string());
        let message = text!("{name}不会是“{written}”", "{name} is never “{written}”");
        let (zh, en) = (holds.zh(), holds.en());
        (message, text!("{name}是{zh}", "{name} holds {en}"))
    })
}

/// What a field holds, in words.
pub(super) fn holds(shape: &Shape) -> Text {
    match shape {
        Shape::Text => Text::fixed("文字", "text"),
        Shape::Number { .. } => Text::fixed("整数", "a whole number"),
        Shape::Truth => Text::fixed("true或false", "true or false"),
        Shape::Date => Text::fixed("日期，不加引号", "a date, without quotes"),
        Shape::TimeLimit => Text::fixed("日期或“长期坚持”", "a date or “长期坚持”"),
        Shape::Word(words) => {
            let words: Vec<&str> = words.iter().map(|term| term.zh).collect();
            Text::new(words.join("、"), words.join(", "))
        }
        Shape::Decimal => Text::fixed("小数", "a decimal number"),
        Shape::List(_)
        | Shape::Table(_)
        | Shape::TextOr(_)
        | Shape::Map(_)
        | Shape::Any
        | Shape::Opaque(_) => Text::fixed("表", "a table"),
    }
}
