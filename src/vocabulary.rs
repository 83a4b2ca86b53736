//! Closed vocabularies that the program itself needs. Each word is declared once, by one macro: Chinese
//! term, ASCII alias, English words. A campaign's own words (faults, aspects …) are data, not here.

use crate::lang::Text;

/// A word of a closed vocabulary.
pub trait Word: Copy + Sized + 'static {
    /// Every word, in the order in which the field lists them.
    const ALL: &'static [Self];
    /// The field's Chinese term, the usual way to write it.
    fn zh(self) -> &'static str;
    /// The ASCII alias that files may use instead.
    fn alias(self) -> &'static str;
    /// The words in English.
    fn en(self) -> &'static str;

    /// Reads the Chinese term or the alias.
    fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|word| word.zh() == text || word.alias() == text)
    }

    /// The word in both languages.
    fn text(self) -> Text {
        Text::fixed(self.zh(), self.en())
    }
}

/// Declares a closed vocabulary: `Variant = "中文" | "ascii-alias" | "English words"`.
macro_rules! vocabulary {
    ($(#[$meta:meta])* pub enum $Name:ident {
        $($(#[$vmeta:meta])* $Variant:ident = $zh:literal | $alias:literal | $en:literal),* $(,)?
    }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $Name { $($(#[$vmeta])* $Variant),* }

        impl $crate::vocabulary::Word for $Name {
            const ALL: &'static [$Name] = &[$($Name::$Variant),*];
            fn zh(self) -> &'static str {
                match self { $($Name::$Variant => $zh),* }
            }
            fn alias(self) -> &'static str {
                match self { $($Name::$Variant => $alias),* }
            }
            fn en(self) -> &'static str {
                match self { $($Name::$Variant => $en),* }
            }
        }

        impl<'de> $crate::read::FromItem<'de> for $Name {
            fn from_item(
                item: &toml_spanner::Item<'de>,
                reader: &mut $crate::read::Reader<'de>,
            ) -> Option<$Name> {
                reader.word(item)
            }
        }

        impl $crate::field::Field for $Name {
            const SHAPE: $crate::field::Shape = $crate::field::Shape::Word(&[
                $($crate::field::Term { zh: $zh, alias: $alias, en: $en }),*
            ]);

            fn visit<'v>(
                &'v self,
                _keys: &[&str],
                path: &mut $crate::finding::FieldPath,
                see: &mut $crate::field::See<'_, 'v>,
            ) {
                see(path, $crate::field::Value::Text($crate::vocabulary::Word::zh(*self)));
            }
        }

        impl serde::Serialize for $Name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str($crate::vocabulary::Word::zh(*self))
            }
        }
    };
}
pub(crate) use vocabulary;

vocabulary! {
    /// 单位类别: what kind of unit it is; the classes of the summary table.
    pub enum Category {
        /// 乡镇
        Township = "乡镇" | "township" | "township",
        /// 街道
        Subdistrict = "街道" | "subdistrict" | "subdistrict",
        /// 部门
        Department = "部门" | "department" | "department",
        /// 事业单位
        Institution = "事业单位" | "institution" | "public institution",
        /// 国企
        Enterprise = "国企" | "enterprise" | "state enterprise",
        /// 开发区
        DevelopmentZone = "开发区" | "development-zone" | "development zone",
        /// 其他
        Other = "其他" | "other" | "other",
    }
}

vocabulary! {
    /// 党组织: the body of the party in a unit. It decides which life meetings are owed.
    pub enum PartyBody {
        /// 党委
        Committee = "党委" | "party-committee" | "party committee",
        /// 党工委
        WorkCommittee = "党工委" | "work-committee" | "party work committee",
        /// 党组
        LeadingGroup = "党组" | "leading-group" | "leading party group",
        /// 部务会, of a party department
        DepartmentMeeting = "部务会" | "department-meeting" | "department executive meeting",
        /// 党总支
        GeneralBranch = "党总支" | "general-branch" | "general party branch",
        /// 党支部
        Branch = "党支部" | "branch" | "party branch",
        /// 无: no party organisation of its own
        None = "无" | "none" | "no party organisation",
    }
}

vocabulary! {
    /// 生活会: the two kinds of life meeting of stage 2 (interview).
    pub enum MeetingKind {
        /// 民主生活会, of the leaders
        DemocraticLife = "民主生活会" | "democratic-life" | "democratic life meeting",
        /// 组织生活会, of a branch
        OrganizationalLife = "组织生活会" | "organizational-life" | "organizational life meeting",
    }
}

vocabulary! {
    /// 组织生活会的形式: the forms that the national regulation knows.
    pub enum MeetingForm {
        /// 党员大会
        AllMembers = "党员大会" | "all-members" | "meeting of all members",
        /// 支委会
        BranchCommittee = "支委会" | "branch-committee" | "branch committee meeting",
        /// 党小组会
        PartyGroup = "党小组会" | "party-group" | "party group meeting",
    }
}

vocabulary! {
    /// 查摆问题的对象: both must be searched (interview, stage 1).
    pub enum Subject {
        /// 领导班子
        Team = "领导班子" | "team" | "leading team",
        /// 班子成员
        Member = "班子成员" | "member" | "team member",
    }
}

vocabulary! {
    /// The side of a problem, from the campaign's name: 能力 or 作风.
    pub enum ProblemAspect {
        /// 能力
        Ability = "能力" | "ability" | "ability",
        /// 作风
        WorkStyle = "作风" | "work-style" | "work style",
    }
}

vocabulary! {
    /// Which date of a plan its deadline reads. The interview says 制定 (make), so the campaign must choose.
    pub enum Basis {
        /// 报送: sent to the office
        Filed = "报送" | "filed" | "filed",
        /// 制定: adopted by the unit
        Adopted = "制定" | "adopted" | "adopted",
        /// 收到: received by the office
        Received = "收到" | "received" | "received",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words<W: Word + PartialEq + std::fmt::Debug>() {
        for &word in W::ALL {
            assert_eq!(W::parse(word.zh()), Some(word));
            assert_eq!(W::parse(word.alias()), Some(word));
            assert!(word.alias().is_ascii() && !word.en().is_empty());
        }
    }

    #[test]
    fn every_word_is_read_back_from_its_term_and_its_alias() {
        words::<Category>();
        words::<PartyBody>();
        words::<MeetingKind>();
        words::<MeetingForm>();
        words::<Subject>();
        words::<ProblemAspect>();
        words::<Basis>();
    }
}
