//! Repairing one file: what a check finds in it is repaired and looked for again.

use super::Run;
use super::judge::{self, FileText};
use crate::discover::Input;
use crate::extract::Sum;
use crate::finding::{Draft, Finding};
use crate::fix::{self, Repaired};
use crate::rules::file;
use crate::source::{self, Encoding, Refusal};

/// What becomes of one file.
#[derive(Debug)]
pub struct Repair {
    /// Its bytes as they were read.
    pub bytes: Vec<u8>,
    /// Its text as it was read.
    pub before: String,
    /// Its encoding, where it is to be saved in another.
    pub from: Option<Encoding>,
    /// Its text with the repairs, and what is left.
    pub repaired: Repaired,
}

impl Repair {
    /// How many things were repaired, the encoding among them.
    pub fn count(&self) -> usize {
        self.repaired.repairs + usize::from(self.from.is_some())
    }

    /// The bytes to write: UTF-8. A byte order mark stays if the file was UTF-8 already.
    pub fn to_write(&self) -> Vec<u8> {
        let mark = source::UTF8_MARK;
        let mark = if self.bytes.starts_with(mark) {
            mark
        } else {
            &[][..]
        };
        [mark, self.repaired.text.as_bytes()].concat()
    }
}

impl Run<'_> {
    /// A run that only repairs: what no repair comes from is not looked for.
    pub fn for_repairs(mut self) -> Self {
        self.looks_at_evidence = false;
        self.compares_texts = false;
        self.compares_numbers = false;
        self
    }

    /// Repairs the text of a file, by the rules that speak. The file itself is not touched.
    ///
    /// # Errors
    /// With what is wrong with a file that gives no text.
    pub fn repair(&self, input: Input<'_>) -> Result<Repair, Box<Draft>> {
        let refused = |refusal: Refusal| Box::new(judge::refused(&refusal));
        let path = input.path().filter(|_| input.is_regular());
        let path = path.ok_or_else(|| refused(Refusal::NotAFile))?;
        let mut buffer = Vec::new();
        let bytes = source::read(path, &mut buffer).map_err(refused)?.to_vec();
        let (before, encoding) = source::decode(&bytes).map_err(refused)?;
        let before = before.into_owned();
        let (other, speaks) = (
            encoding != Encoding::Utf8,
            self.levels.of(&file::encoding::RULE.id()),
        );
        if other && speaks.is_none() {
            // It would have to be saved in an encoding that other programs may not know.
            let left = self.findings_of(input.shown, &before);
            let repaired = Repaired {
                text: before.clone(),
                repairs: 0,
                left,
                too_many: false,
            };
            return Ok(Repair {
                bytes,
                before,
                from: None,
                repaired,
            });
        }
        let offset = self.book.offset();
        let repaired = fix::repair(&before, offset, |text| self.findings_of(input.shown, text));
        let from = other.then_some(encoding);
        Ok(Repair {
            bytes,
            before,
            from,
            repaired,
        })
    }

    /// What a check finds in a text by itself.
    fn findings_of(&self, shown: &str, text: &str) -> Vec<Finding> {
        let texts = [(0, FileText::of(shown, text))];
        let judged = self.judge_texts(&texts, &mut Sum::default());
        let more = judged.into_iter().filter_map(|file| file.more);
        more.flat_map(|more| more.findings).collect()
    }
}
