//! Office Open XML (ISO/IEC 29500): blocks to paragraphs and tables, and the file's parts into a zip.

use std::fmt::Write as _;
use std::io::{self, Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::{Block, Document, Style, Table, parts};
use crate::escape::xml;

/// Width of A4 in twips.
const PAGE_WIDTH: u32 = 11906;
/// Height of A4 in twips.
const PAGE_HEIGHT: u32 = 16838;
/// A line of the body: 28.95 points, so that a page has 22. 29 points would leave 21.
pub(super) const LINE: u32 = 579;

/// The file. Times in it are fixed and parts have an order, so the same document gives the same bytes.
pub(super) fn write(document: &Document, style: &Style) -> io::Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let body = body(document, style);
    let styles = parts::styles(style);
    let properties = parts::properties(document);
    let all = [
        ("[Content_Types].xml", parts::CONTENT_TYPES),
        ("_rels/.rels", parts::RELATIONS),
        ("docProps/core.xml", &properties),
        ("word/document.xml", &body),
        ("word/_rels/document.xml.rels", parts::DOCUMENT_RELATIONS),
        ("word/styles.xml", &styles),
        ("word/settings.xml", parts::SETTINGS),
        ("word/footer1.xml", &parts::footer("right")),
        ("word/footer2.xml", &parts::footer("left")),
    ];
    for (name, content) in all {
        zip.start_file(name, options)?;
        zip.write_all(content.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

fn body(document: &Document, style: &Style) -> String {
    let mut out = String::from(parts::HEAD);
    out.push_str(parts::DOCUMENT_START);
    let [top, bottom, left, right] = style.margins;
    let width = PAGE_WIDTH.saturating_sub(left + right);
    for block in &document.blocks {
        match block {
            Block::Title(text) => paragraph(&mut out, "Title", text),
            Block::Number(text) => paragraph(&mut out, "Number", text),
            Block::Addressee(text) => paragraph(&mut out, "Addressee", text),
            Block::Heading(text) => paragraph(&mut out, "Heading1", text),
            Block::Subheading(text) => paragraph(&mut out, "Heading2", text),
            Block::Paragraph(text) => paragraph(&mut out, "Normal", text),
            Block::Signature(issuer, day) => {
                paragraph(&mut out, "Addressee", "");
                paragraph(&mut out, "Issuer", issuer);
                paragraph(&mut out, "Day", day);
            }
            Block::Annex(label, title) => {
                paragraph(&mut out, "AnnexLabel", label);
                paragraph(&mut out, "AnnexTitle", title);
            }
            Block::Table(table) => self::table(&mut out, table, width),
        }
    }
    // The bottom margin is measured to the text; the page number stands seven millimetres below it.
    let footer = bottom.saturating_sub(397 + 280);
    _ = write!(
        out,
        "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId3\"/><w:footerReference w:type=\"even\" r:id=\"rId4\"/>\
         <w:pgSz w:w=\"{PAGE_WIDTH}\" w:h=\"{PAGE_HEIGHT}\"/>\
         <w:pgMar w:top=\"{top}\" w:right=\"{right}\" w:bottom=\"{bottom}\" w:left=\"{left}\" w:header=\"851\" w:footer=\"{footer}\" w:gutter=\"0\"/>\
         <w:docGrid w:type=\"lines\" w:linePitch=\"{LINE}\"/></w:sectPr></w:body></w:document>"
    );
    out
}

fn paragraph(out: &mut String, style: &str, text: &str) {
    _ = write!(out, "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>");
    run(out, text);
    out.push_str("</w:p>");
}

fn run(out: &mut String, text: &str) {
    if !text.is_empty() {
        let text = xml(text);
        _ = write!(out, "<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>");
    }
}

fn table(out: &mut String, table: &Table, width: u32) {
    let shares: usize = table.columns.iter().map(|(_, share)| share).sum();
    let width_of = |share: usize| (width as usize * share / shares.max(1)) as u32;
    out.push_str(
        "<w:tbl><w:tblPr><w:tblStyle w:val=\"Grid\"/><w:tblW w:w=\"5000\" w:type=\"pct\"/><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>",
    );
    for (_, share) in &table.columns {
        _ = write!(out, "<w:gridCol w:w=\"{}\"/>", width_of(*share));
    }
    out.push_str("</w:tblGrid>");
    let heads = table.columns.iter().map(|(head, _)| head.as_str());
    row(out, true, heads, &table.columns, width_of);
    for cells in &table.rows {
        row(
            out,
            false,
            cells.iter().map(String::as_str),
            &table.columns,
            width_of,
        );
    }
    out.push_str("</w:tbl>");
    // A table must be followed by a paragraph.
    paragraph(out, "Cell", "");
}

fn row<'t>(
    out: &mut String,
    is_header: bool,
    cells: impl Iterator<Item = &'t str>,
    columns: &[(String, usize)],
    width_of: impl Fn(usize) -> u32,
) {
    let header = if is_header { "<w:tblHeader/>" } else { "" };
    _ = write!(out, "<w:tr><w:trPr><w:cantSplit/>{header}</w:trPr>");
    for (cell, (_, share)) in cells.zip(columns) {
        let style = if is_header { "CellHead" } else { "Cell" };
        _ = write!(
            out,
            "<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/><w:vAlign w:val=\"center\"/></w:tcPr>",
            width_of(*share)
        );
        for line in cell.split('\n') {
            paragraph(out, style, line);
        }
        out.push_str("</w:tc>");
    }
    out.push_str("</w:tr>");
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;
    use crate::campaign::Campaign;

    fn part(file: &[u8], name: &str) -> String {
        let mut archive = zip::ZipArchive::new(Cursor::new(file)).unwrap();
        let mut text = String::new();
        let mut part = archive.by_name(name).unwrap();
        part.read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn a_document_says_what_it_is_numbers_its_pages_and_fills_the_width_between_margins() {
        let columns = [("单位", 1), ("状态", 2)].map(|(head, share)| (head.to_owned(), share));
        let document = Document {
            title: "甲<乙>".to_owned(),
            issuer: "甲市办公室".to_owned(),
            day: "2022-06-08".parse().unwrap(),
            blocks: vec![Block::Table(Table {
                columns: columns.into(),
                rows: vec![],
            })],
        };
        let file = write(&document, &Style::of(&Campaign::default())).unwrap();
        let properties = part(&file, "docProps/core.xml");
        for wanted in [
            "<dc:title>甲&lt;乙&gt;</dc:title>",
            "<dc:creator>甲市办公室</dc:creator>",
            ">2022-06-08T00:00:00Z</dcterms:created>",
        ] {
            assert!(properties.contains(wanted), "{properties}");
        }
        for (name, side, indent) in [
            ("word/footer1.xml", "right", "w:rightChars"),
            ("word/footer2.xml", "left", "w:leftChars"),
        ] {
            let footer = part(&file, name);
            let xml = roxmltree::Document::parse(&footer).unwrap();
            let text: String = xml.descendants().filter_map(|node| node.text()).collect();
            assert!(text.contains("— ") && text.contains(" PAGE "), "{text}");
            assert!(
                footer.contains(&format!("<w:jc w:val=\"{side}\"/>")),
                "{footer}"
            );
            assert!(
                footer.contains(&format!("<w:ind {indent}=\"100\"")),
                "{footer}"
            );
        }
        // The text is 156 mm wide.
        let body = part(&file, "word/document.xml");
        for width in [2948, 5896] {
            let column = format!("<w:gridCol w:w=\"{width}\"/>");
            assert!(body.contains(&column), "{body}");
        }
    }
}
