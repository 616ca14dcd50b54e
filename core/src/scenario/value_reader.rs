//! From a JSON value to a type, with errors that say where and what.
//!
//! A deserializer of our own because the messages are the product: `serde_json`'s errors are text,
//! these are data (which field, which words would do). Words of an enum are matched without
//! regard to case, as AWS's own samples write them in several. A `null` in a list is passed over.

use serde::de::value::StrDeserializer;
use serde::de::{
    self, Deserialize, DeserializeSeed, Deserializer, EnumAccess, Expected, MapAccess, SeqAccess,
    Unexpected, VariantAccess, Visitor,
};
use serde_json::{Map, Value};
use std::fmt;
use std::sync::LazyLock;

/// Reads a `T`.
pub(super) fn from_value<'de, T: Deserialize<'de>>(value: &'de Value) -> Result<T, ReadError> {
    T::deserialize(ValueReader(value))
}

/// One step into a JSON value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    Field(String),
    Index(usize),
}

/// What cannot be read, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ReadError {
    /// From the value in question outwards.
    inside_out: Vec<Step>,
    pub(super) problem: Problem,
}

/// What is wrong with a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Problem {
    UnknownField { field: String, known: Vec<&'static str> },
    MissingField(&'static str),
    UnknownWord { word: String, known: Vec<&'static str> },
    Refused(String),
}

impl ReadError {
    /// From the outermost value inwards.
    pub(super) fn path(&self) -> Vec<Step> {
        self.inside_out.iter().rev().cloned().collect()
    }

    fn under(mut self, step: Step) -> Self {
        self.inside_out.push(step);
        self
    }

    fn of(problem: Problem) -> Self {
        Self { inside_out: Vec::new(), problem }
    }
}

impl std::error::Error for ReadError {}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.problem)
    }
}

impl de::Error for ReadError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::of(Problem::Refused(message.to_string()))
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::of(Problem::Refused(format!("{found} stands here: {expected} is needed")))
    }

    fn unknown_field(field: &str, known: &'static [&'static str]) -> Self {
        Self::of(Problem::UnknownField { field: field.to_owned(), known: known.to_vec() })
    }

    fn unknown_variant(word: &str, known: &'static [&'static str]) -> Self {
        Self::of(Problem::UnknownWord { word: word.to_owned(), known: known.to_vec() })
    }

    fn missing_field(field: &'static str) -> Self {
        Self::of(Problem::MissingField(field))
    }
}

struct ValueReader<'de>(&'de Value);

impl<'de> Deserializer<'de> for ValueReader<'de> {
    type Error = ReadError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Number(number) => {
                if let Some(value) = number.as_u64() {
                    visitor.visit_u64(value)
                } else if let Some(value) = number.as_i64() {
                    visitor.visit_i64(value)
                } else {
                    visitor.visit_f64(number.as_f64().unwrap_or(f64::INFINITY))
                }
            }
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Array(values) => visitor.visit_seq(Items { values: values.iter().enumerate() }),
            Value::Object(fields) => {
                visitor.visit_map(Fields { fields: fields.iter(), next: None })
            }
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match self.0 {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        let (word, content) = match self.0 {
            Value::String(word) => (word.as_str(), None),
            Value::Object(fields) => single_field(fields, variants)?,
            _ => {
                let words = variants.join(", ");
                return Err(de::Error::custom(format!("one of {words} is needed here")));
            }
        };
        let known = variants.iter().find(|variant| variant.eq_ignore_ascii_case(word));
        visitor.visit_enum(Word { word: known.map_or(word, |known| known), content })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        if self.0.is_object() {
            return self.deserialize_any(visitor);
        }
        let fields = fields.join(", ");
        Err(de::Error::custom(format!("an object is needed here, with {fields}")))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
        unit unit_struct seq tuple tuple_struct map identifier ignored_any
    }
}

fn single_field<'de>(
    fields: &'de Map<String, Value>,
    variants: &[&str],
) -> Result<(&'de str, Option<&'de Value>), ReadError> {
    let mut all = fields.iter();
    if let (Some((word, content)), None) = (all.next(), all.next()) {
        return Ok((word, Some(content)));
    }
    let words = variants.join(", ");
    Err(de::Error::custom(format!("exactly one of {words} is needed here")))
}

struct Items<'de> {
    values: std::iter::Enumerate<std::slice::Iter<'de, Value>>,
}

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = ReadError;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, ReadError> {
        let next = self.values.by_ref().find(|(_, value)| !value.is_null());
        let Some((index, value)) = next else { return Ok(None) };
        let read = seed.deserialize(ValueReader(value));
        read.map(Some).map_err(|error| error.under(Step::Index(index)))
    }
}

struct Fields<'de> {
    fields: serde_json::map::Iter<'de>,
    next: Option<(&'de str, &'de Value)>,
}

impl<'de> MapAccess<'de> for Fields<'de> {
    type Error = ReadError;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, ReadError> {
        // A null is an absent field.
        let next = self.fields.by_ref().find(|(_, value)| !value.is_null());
        self.next = next.map(|(name, value)| (name.as_str(), value));
        let Some((name, _)) = self.next else { return Ok(None) };
        seed.deserialize(StrDeserializer::new(name)).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, ReadError> {
        let (name, value) = self.next.take().unwrap_or(("", &Value::Null));
        let read = seed.deserialize(ValueReader(value));
        read.map_err(|error| error.under(Step::Field(name.to_owned())))
    }
}

struct Word<'de> {
    word: &'de str,
    content: Option<&'de Value>,
}

impl<'de> EnumAccess<'de> for Word<'de> {
    type Error = ReadError;
    type Variant = Content<'de>;

    fn variant_seed<T: DeserializeSeed<'de>>(
        self,
        seed: T,
    ) -> Result<(T::Value, Content<'de>), ReadError> {
        let read = seed.deserialize(StrDeserializer::new(self.word))?;
        Ok((read, Content { word: self.word, content: self.content }))
    }
}

struct Content<'de> {
    word: &'de str,
    content: Option<&'de Value>,
}

/// What a word alone has under it: all defaults.
static NOTHING: LazyLock<Value> = LazyLock::new(|| Value::Object(Map::new()));

impl<'de> Content<'de> {
    fn reader(&self) -> ValueReader<'de> {
        ValueReader(self.content.filter(|content| !content.is_null()).unwrap_or(&NOTHING))
    }
}

impl<'de> VariantAccess<'de> for Content<'de> {
    type Error = ReadError;

    fn unit_variant(self) -> Result<(), ReadError> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, ReadError> {
        let read = seed.deserialize(self.reader());
        read.map_err(|error| error.under(Step::Field(self.word.to_owned())))
    }

    fn tuple_variant<V: Visitor<'de>>(
        self,
        _len: usize,
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        self.reader().deserialize_any(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        self.tuple_variant(0, visitor)
    }
}
