//! 公文: documents for paper, laid out by GB/T 9704-2012. What a document says is composed elsewhere, as blocks; how
//! it looks is decided here and written in `docx`. Fonts are named, never shipped: an office has its own.

mod docx;
mod parts;

use crate::campaign::Campaign;

/// A piece of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// 标题.
    Title(String),
    /// 发文字号, in the middle below the title.
    Number(String),
    /// 主送机关, at the left edge.
    Addressee(String),
    /// `一、…`
    Heading(String),
    /// `（一）…`
    Subheading(String),
    /// A paragraph of the body.
    Paragraph(String),
    /// 署名 and 成文日期, at the right.
    Signature(String, String),
    /// The heading of an annex, on a new page.
    Annex(String, String),
    /// A table, whose header is repeated on every page.
    Table(Table),
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The columns: heading and share of the width.
    pub columns: Vec<(String, usize)>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
}

/// A document: its blocks and what its file says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// The title in the file's properties.
    pub title: String,
    /// Who signs it.
    pub issuer: String,
    /// The day that the file names as its own, so that the same input gives the same bytes.
    pub day: crate::calendar::Date,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// How pages look. Lengths in twips, a twentieth of a point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Style {
    /// 标题字体.
    pub title_font: String,
    /// 一级标题字体.
    pub heading_font: String,
    /// 二级标题字体.
    pub subheading_font: String,
    /// 正文字体.
    pub body_font: String,
    /// Top, bottom, left and right margin.
    pub margins: [u32; 4],
}

/// Twips in a millimetre, in hundredths: 1440 / 25.4.
const TWIPS_PER_MM: u32 = 5669;

/// 天头37mm, 地脚35mm, 订口28mm, 切口26mm: 22 lines of 28 characters (GB/T 9704-2012, 5.2).
const MARGINS_MM: [u32; 4] = [37, 35, 28, 26];

impl Style {
    /// The standard's page, changed where the campaign's `[document]` says so.
    pub fn of(campaign: &Campaign) -> Style {
        let wish = &campaign.document;
        let font = |wish: &Option<String>, usual: &str| match wish.as_deref().map(str::trim) {
            None | Some("") => usual.to_owned(),
            Some(name) => name.to_owned(),
        };
        let wishes = wish.margins();
        let margin = |side: usize| {
            let mm = wishes[side].1.unwrap_or(MARGINS_MM[side]);
            (mm * TWIPS_PER_MM + 50) / 100
        };
        Style {
            title_font: font(&wish.title_font, "方正小标宋简体"),
            heading_font: font(&wish.heading_font, "黑体"),
            subheading_font: font(&wish.subheading_font, "楷体_GB2312"),
            body_font: font(&wish.body_font, "仿宋_GB2312"),
            margins: [margin(0), margin(1), margin(2), margin(3)],
        }
    }
}

/// The document as a `.docx` file.
pub fn docx(document: &Document, style: &Style) -> Vec<u8> {
    docx::write(document, style).expect("memory takes a document of text")
}
