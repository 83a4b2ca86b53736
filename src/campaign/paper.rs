//! 文档版式: where printed documents differ from the standard's layout.

use std::ops::RangeInclusive;

use crate::read::record;

record! {
    /// 文档版式: fonts and margins by local practice.
    pub struct Paper {
        /// 标题字体；不写为方正小标宋简体。
        /// Font of titles; that of the standard when it is not said.
        title_font: Option<String>,
        /// 一级标题字体；不写为黑体。
        /// Font of first-level headings; that of the standard when it is not said.
        heading_font: Option<String>,
        /// 二级标题字体；不写为楷体_GB2312。
        /// Font of second-level headings; that of the standard when it is not said.
        subheading_font: Option<String>,
        /// 正文字体；不写为仿宋_GB2312。
        /// Font of the text; that of the standard when it is not said.
        body_font: Option<String>,
        /// 上边距，毫米；不写为37。
        /// Top margin in millimetres; 37 when it is not said.
        margin_top: Option<u32>,
        /// 下边距，毫米；不写为35。
        /// Bottom margin in millimetres; 35 when it is not said.
        margin_bottom: Option<u32>,
        /// 左边距，毫米；不写为28。
        /// Left margin in millimetres; 28 when it is not said.
        margin_left: Option<u32>,
        /// 右边距，毫米；不写为26。
        /// Right margin in millimetres; 26 when it is not said.
        margin_right: Option<u32>,
    }
}

/// Margins that leave room for text on A4, in millimetres.
pub const MARGIN_MM: RangeInclusive<u32> = 5..=80;

impl Paper {
    /// The margins with their keys: top, bottom, left, right.
    pub fn margins(&self) -> [(&'static str, Option<u32>); 4] {
        [
            ("margin_top", self.margin_top),
            ("margin_bottom", self.margin_bottom),
            ("margin_left", self.margin_left),
            ("margin_right", self.margin_right),
        ]
    }
}
