//! The tables of a file, declared once: what they hold, how they are read, and what is said of their keys.

/// Declares a table of a file: a struct with public fields, its reader and the list of its keys.
/// `= required` marks a key that must be there. A field's documentation is one line in Chinese and one or more in
/// English; both are what editors show of the key.
macro_rules! record {
    ($(#[$meta:meta])* pub struct $Name:ident<'a> { $($body:tt)* }) => {
        $crate::read::record!(@define [$(#[$meta])*] $Name [<'a>] [<'de>] $($body)*);
    };
    ($(#[$meta:meta])* pub struct $Name:ident { $($body:tt)* }) => {
        $crate::read::record!(@define [$(#[$meta])*] $Name [] [] $($body)*);
    };
    (@define [$(#[$meta:meta])*] $Name:ident [$($lt:tt)*] [$($de:tt)*]
        $(#[doc = $zh:literal] $(#[doc = $en:literal])+ $field:ident : $ty:ty $(= $required:ident)?),* $(,)?
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
        pub struct $Name $($lt)* { $(#[doc = $zh] $(#[doc = $en])+ pub $field: $ty),* }

        impl $($lt)* $Name $($lt)* {
            /// The keys that this table may have.
            #[allow(dead_code, reason = "not every table is asked for them")]
            pub const KEYS: &'static [&'static str] = &[$($crate::read::bare(stringify!($field))),*];

            /// Its fields: each key with what it holds.
            pub const FIELDS: &'static [$crate::field::Entry] = &[
                $($crate::field::Entry {
                    key: $crate::read::bare(stringify!($field)),
                    shape: <$ty as $crate::field::Field>::SHAPE,
                    required: $crate::read::record!(@is_required $($required)?),
                    about: $crate::lang::Text::fixed($zh.trim_ascii(), concat!($($en),+).trim_ascii()),
                }),*
            ];
        }

        impl $($lt)* $crate::field::Field for $Name $($lt)* {
            const SHAPE: $crate::field::Shape = $crate::field::Shape::Table(Self::FIELDS);

            fn visit<'v>(
                &'v self,
                keys: &[&str],
                path: &mut $crate::finding::FieldPath,
                see: &mut $crate::field::See<'_, 'v>,
            ) {
                let Some((key, rest)) = keys.split_first() else {
                    return see(path, $crate::field::Value::Table);
                };
                $(
                    if *key == const { $crate::read::bare(stringify!($field)) } {
                        path.0.push(const { $crate::read::bare(stringify!($field)) }.into());
                        $crate::field::Field::visit(&self.$field, rest, path, see);
                        path.0.pop();
                    }
                )*
            }
        }

        impl<'de> $crate::read::FromItem<'de> for $Name $($de)* {
            fn from_item(
                item: &toml_spanner::Item<'de>,
                reader: &mut $crate::read::Reader<'de>,
            ) -> Option<Self> {
                let table = reader.table(item)?;
                let mut record = Self::default();
                // Looked for once: a table may have a million keys that nothing reads.
                let mut present = None;
                // Which keys are there.
                $(let mut $field = false;)*
                for (key, value) in table.entries() {
                    $(
                        if key.name == const { $crate::read::bare(stringify!($field)) } {
                            $field = true;
                            let name = const { $crate::read::bare(stringify!($field)) };
                            let read = reader.under(name, |reader| $crate::read::FromItem::from_item(value, reader));
                            if let Some(read) = read {
                                record.$field = read;
                            }
                            continue;
                        }
                    )*
                    let present = present.get_or_insert_with(|| $crate::read::present(table, Self::KEYS));
                    reader.unknown_key(key, value, Self::FIELDS, present);
                }
                $($crate::read::record!(@required reader item $field $($required)?);)*
                Some(record)
            }
        }
    };
    (@is_required required) => { true };
    (@is_required) => { false };
    (@required $reader:ident $item:ident $field:ident required) => {
        if !$field {
            $reader.missing_key($item, stringify!($field));
        }
    };
    (@required $reader:ident $item:ident $field:ident) => {
        let _ = $field;
    };
}
pub(crate) use record;

/// `for` of `r#for`: the key of a field whose name is a keyword.
pub const fn bare(name: &'static str) -> &'static str {
    match name.as_bytes() {
        [b'r', b'#', ..] => name.split_at(2).1,
        _ => name,
    }
}
