//! The parts of the file that hold no text of the document: types, relations, styles, page numbers.

use std::fmt::Write as _;

use super::docx::LINE;
use super::{Document, Style};
use crate::calendar;
use crate::escape::xml;

/// What every part begins with.
pub(super) const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

pub(super) const DOCUMENT_START: &str = "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><w:body>";

pub(super) const CONTENT_TYPES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
<Default Extension=\"xml\" ContentType=\"application/xml\"/>\
<Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>\
<Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>\
<Override PartName=\"/word/settings.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml\"/>\
<Override PartName=\"/word/footer1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml\"/>\
<Override PartName=\"/word/footer2.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml\"/>\
<Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>\
</Types>";

pub(super) const RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/>\
<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>\
</Relationships>";

pub(super) const DOCUMENT_RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/>\
<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/settings\" Target=\"settings.xml\"/>\
<Relationship Id=\"rId3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer\" Target=\"footer1.xml\"/>\
<Relationship Id=\"rId4\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer\" Target=\"footer2.xml\"/>\
</Relationships>";

/// Page numbers differ on even pages, and punctuation may hang at the end of a line.
pub(super) const SETTINGS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<w:settings xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">\
<w:defaultTabStop w:val=\"420\"/><w:evenAndOddHeaders/><w:characterSpacingControl w:val=\"compressPunctuation\"/>\
<w:compat><w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>\
</w:settings>";

/// `— 1 —` in 四号宋体, one character from the outer edge (GB/T 9704-2012, 7.5).
pub(super) fn footer(side: &str) -> String {
    let indent = match side {
        "right" => "w:rightChars=\"100\"",
        _ => "w:leftChars=\"100\"",
    };
    let run = "<w:rPr><w:rFonts w:ascii=\"宋体\" w:eastAsia=\"宋体\" w:hAnsi=\"宋体\"/><w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/></w:rPr>";
    format!(
        "{HEAD}<w:ftr xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:p><w:pPr><w:spacing w:line=\"240\" w:lineRule=\"auto\"/><w:ind {indent} w:firstLineChars=\"0\" w:firstLine=\"0\"/><w:jc w:val=\"{side}\"/></w:pPr>\
         <w:r>{run}<w:t xml:space=\"preserve\">— </w:t></w:r>\
         <w:r>{run}<w:fldChar w:fldCharType=\"begin\"/></w:r><w:r>{run}<w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r>\
         <w:r>{run}<w:fldChar w:fldCharType=\"separate\"/></w:r><w:r>{run}<w:t>1</w:t></w:r><w:r>{run}<w:fldChar w:fldCharType=\"end\"/></w:r>\
         <w:r>{run}<w:t xml:space=\"preserve\"> —</w:t></w:r></w:p></w:ftr>"
    )
}

/// What the file says of itself. The time is the start of the document's day.
pub(super) fn properties(document: &Document) -> String {
    let (title, issuer) = (xml(&document.title), xml(&document.issuer));
    let day = calendar::iso(document.day);
    format!(
        "{HEAD}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\
         <dc:title>{title}</dc:title><dc:creator>{issuer}</dc:creator>\
         <dcterms:created xsi:type=\"dcterms:W3CDTF\">{day}T00:00:00Z</dcterms:created></cp:coreProperties>"
    )
}

/// One style: its font and size in half points, and its paragraph's own settings.
struct Kind<'k> {
    id: &'k str,
    name: &'k str,
    font: &'k str,
    half_points: u32,
    paragraph: String,
}

/// The styles: 标题二号, everything else 三号, lines of 28.95 points, the first line of a paragraph indented by two
/// characters (GB/T 9704-2012, 5.2 and 7.3).
pub(super) fn styles(style: &Style) -> String {
    let exact =
        |points_20: u32| format!("<w:spacing w:line=\"{points_20}\" w:lineRule=\"exact\"/>");
    let indented = "<w:ind w:firstLineChars=\"200\" w:firstLine=\"640\"/>";
    let flush = "<w:ind w:firstLineChars=\"0\" w:firstLine=\"0\"/>";
    let line = exact(LINE);
    let body = style.body_font.as_str();
    let kinds = [
        Kind {
            id: "Normal",
            name: "Normal",
            font: body,
            half_points: 32,
            paragraph: format!("{line}{indented}<w:jc w:val=\"both\"/>"),
        },
        Kind {
            id: "Title",
            name: "Title",
            font: &style.title_font,
            half_points: 44,
            paragraph: format!(
                "<w:keepNext/><w:spacing w:before=\"{LINE}\" w:after=\"{LINE}\" w:line=\"680\" w:lineRule=\"exact\"/>{flush}<w:jc w:val=\"center\"/>"
            ),
        },
        Kind {
            id: "Number",
            name: "Number",
            font: body,
            half_points: 32,
            paragraph: format!(
                "<w:spacing w:after=\"{LINE}\" w:line=\"{LINE}\" w:lineRule=\"exact\"/>{flush}<w:jc w:val=\"center\"/>"
            ),
        },
        Kind {
            id: "Addressee",
            name: "Addressee",
            font: body,
            half_points: 32,
            paragraph: format!("{line}{flush}<w:jc w:val=\"both\"/>"),
        },
        Kind {
            id: "Heading1",
            name: "heading 1",
            font: &style.heading_font,
            half_points: 32,
            paragraph: format!(
                "<w:keepNext/>{line}{indented}<w:jc w:val=\"both\"/><w:outlineLvl w:val=\"0\"/>"
            ),
        },
        Kind {
            id: "Heading2",
            name: "heading 2",
            font: &style.subheading_font,
            half_points: 32,
            paragraph: format!(
                "<w:keepNext/>{line}{indented}<w:jc w:val=\"both\"/><w:outlineLvl w:val=\"1\"/>"
            ),
        },
        Kind {
            id: "Issuer",
            name: "Issuer",
            font: body,
            half_points: 32,
            paragraph: format!(
                "<w:keepNext/>{line}<w:ind w:rightChars=\"200\" w:right=\"640\" w:firstLineChars=\"0\" w:firstLine=\"0\"/><w:jc w:val=\"right\"/>"
            ),
        },
        Kind {
            id: "Day",
            name: "Day",
            font: body,
            half_points: 32,
            paragraph: format!(
                "{line}<w:ind w:rightChars=\"400\" w:right=\"1280\" w:firstLineChars=\"0\" w:firstLine=\"0\"/><w:jc w:val=\"right\"/>"
            ),
        },
        Kind {
            id: "AnnexLabel",
            name: "Annex Label",
            font: &style.heading_font,
            half_points: 32,
            paragraph: format!("<w:keepNext/><w:pageBreakBefore/>{line}{flush}"),
        },
        Kind {
            id: "AnnexTitle",
            name: "Annex Title",
            font: &style.title_font,
            half_points: 36,
            paragraph: format!(
                "<w:keepNext/><w:spacing w:before=\"200\" w:after=\"200\" w:line=\"600\" w:lineRule=\"exact\"/>{flush}<w:jc w:val=\"center\"/>"
            ),
        },
        Kind {
            id: "Cell",
            name: "Cell",
            font: body,
            half_points: 21,
            paragraph: format!(
                "<w:snapToGrid w:val=\"0\"/><w:spacing w:line=\"300\" w:lineRule=\"exact\"/>{flush}<w:jc w:val=\"center\"/>"
            ),
        },
        Kind {
            id: "CellHead",
            name: "Cell Head",
            font: &style.heading_font,
            half_points: 21,
            paragraph: format!(
                "<w:keepNext/><w:snapToGrid w:val=\"0\"/><w:spacing w:line=\"300\" w:lineRule=\"exact\"/>{flush}<w:jc w:val=\"center\"/>"
            ),
        },
    ];
    let mut out = format!(
        "{HEAD}<w:styles xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:docDefaults><w:rPrDefault><w:rPr>{}</w:rPr></w:rPrDefault></w:docDefaults>",
        look(body, 32)
    );
    for kind in kinds {
        let Kind {
            id,
            name,
            font,
            half_points,
            paragraph,
        } = kind;
        let default = if id == "Normal" {
            " w:default=\"1\""
        } else {
            ""
        };
        let based = if id == "Normal" {
            ""
        } else {
            "<w:basedOn w:val=\"Normal\"/>"
        };
        let look = look(font, half_points);
        _ = write!(
            out,
            "<w:style w:type=\"paragraph\"{default} w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>{based}<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{look}</w:rPr></w:style>"
        );
    }
    let border = |side: &str| {
        format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>")
    };
    let borders: String = ["top", "left", "bottom", "right", "insideH", "insideV"]
        .map(border)
        .concat();
    _ = write!(
        out,
        "<w:style w:type=\"table\" w:styleId=\"Grid\"><w:name w:val=\"Table Grid\"/><w:tblPr><w:tblBorders>{borders}</w:tblBorders>\
         <w:tblCellMar><w:left w:w=\"60\" w:type=\"dxa\"/><w:right w:w=\"60\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style></w:styles>"
    );
    out
}

/// Font and size of a run.
fn look(font: &str, half_points: u32) -> String {
    let font = xml(font);
    format!(
        "<w:rFonts w:ascii=\"{font}\" w:eastAsia=\"{font}\" w:hAnsi=\"{font}\"/><w:sz w:val=\"{half_points}\"/><w:szCs w:val=\"{half_points}\"/><w:lang w:eastAsia=\"zh-CN\"/>"
    )
}
