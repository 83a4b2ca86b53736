use super::*;
use crate::campaign::Campaign;

fn entries(shape: &Shape, path: &str, see: &mut dyn FnMut(&str, &Entry)) {
    match shape {
        Shape::Opaque(inner) | Shape::List(inner) | Shape::TextOr(inner) | Shape::Map(inner) => {
            entries(inner, path, see);
        }
        Shape::Table(table) => {
            for entry in *table {
                let path = match path {
                    "" => entry.key.to_owned(),
                    _ => format!("{path}.{}", entry.key),
                };
                see(&path, entry);
                entries(&entry.shape, &path, see);
            }
        }
        _ => {}
    }
}

fn is_chinese(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}')
}

#[test]
fn every_key_is_described_in_both_languages_and_in_no_mixture() {
    let mut count = 0;
    for shape in [Plan::SHAPE, Campaign::SHAPE] {
        entries(&shape, "", &mut |path, entry| {
            count += 1;
            let (zh, en) = (entry.about.zh(), entry.about.en());
            assert!(zh.ends_with('。') && en.ends_with('.'), "{path}: {zh} {en}");
            // Chinese needs no blanks, but for the name of a standard.
            let zh = zh.replace("GB/T 9704", "").replace("+08:00", "");
            assert!(!zh.contains([' ', ',', ';', ':', '(']), "{path}: {zh}");
            // The one word that is written in Chinese whatever the language.
            let en = en.replace(TimeLimit::STANDING, "");
            assert!(!en.contains(is_chinese), "{path}: {en}");
        });
    }
    assert!(count > 130, "{count}");
}

#[test]
fn examples_are_of_fields_that_there_are() {
    let known = |shape: &Shape| {
        let mut paths = Vec::new();
        entries(shape, "", &mut |path, _| paths.push(path.to_owned()));
        paths
    };
    for (shape, examples) in [
        (Plan::SHAPE, examples::PLAN),
        (Campaign::SHAPE, examples::CAMPAIGN),
    ] {
        let known = known(&shape);
        for (path, _) in examples {
            assert!(known.iter().any(|name| name == path), "{path}");
        }
    }
    let known = known(&Plan::SHAPE);
    for (path, _) in crate::plan::WORDS {
        assert!(known.iter().any(|name| name == path), "{path}");
    }
}

/// A misspelt path would be passed over in silence.
#[test]
fn what_types_do_not_say_is_said() {
    let schema: serde_json::Value = serde_json::from_str(&campaign(Lang::En)).unwrap();
    let at = |path: &str| schema.pointer(path).unwrap_or_else(|| panic!("{path}"));
    let rule = "/properties/rule/items/properties";
    assert_eq!(at("/properties/milestone/minItems"), 1);
    let about = "/properties/campaign/properties/copied_threshold";
    assert_eq!(at(&format!("{about}/minimum")), 0.5);
    assert_eq!(at(&format!("{about}/maximum")), 1.0);
    assert_eq!(at(&format!("{rule}/id/pattern")), "^X[0-9]{3}$");
    assert_eq!(
        at(&format!("{rule}/level/enum")).as_array().unwrap().len(),
        6
    );
    let of = |key: &str| {
        let offered = at(&format!("{rule}/require/properties/{key}/anyOf/0/enum"));
        offered.as_array().unwrap().clone()
    };
    assert!(of("field").contains(&"plan.title".into()));
    assert!(of("count").contains(&"meeting".into()) && !of("count").contains(&"plan".into()));
    assert!(of("later").contains(&"meeting.held".into()));
    assert!(!of("earlier").contains(&"plan.title".into()));
    assert_eq!(
        at("/properties/levels/properties/syntax/enum"),
        &serde_json::json!(["错误", "error"])
    );
    assert_eq!(
        at("/properties/levels/properties/late/description"),
        "done after the due date (D002)"
    );
}

#[test]
fn a_file_names_the_schema_that_lies_beside_it() {
    assert_eq!(directive(PLAN_FILE), "#:schema ./plan.schema.json\n");
    assert_eq!(
        directive(CAMPAIGN_FILE),
        "#:schema ./campaign.schema.json\n"
    );
}
