//! `At<T>`: a value of the file together with its place, read from the tree as far as it can be.
//!
//! Reading never fails: a value that is missing, or is not what it must be, reads as nothing, so that one mistake does
//! not hide the next. What is wrong with it is told by `structure`, which holds the file against its schema.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{Deserialize, Deserializer, Error as _, IntoDeserializer, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::{Error, Value};

use super::tree::{Content, NodeId, Tree};

/// A value and the node it was read from.
#[derive(Debug)]
pub(super) struct At<T> {
    /// The node; nothing if the key is not in the file.
    pub node: Option<NodeId>,
    /// The value; nothing if it is missing or is not what it must be.
    pub value: Option<T>,
}

impl<T> Default for At<T> {
    fn default() -> Self {
        Self { node: None, value: None }
    }
}

impl<T> At<T> {
    /// Whether its key is in the file, whatever is behind it.
    pub(super) fn is_given(&self) -> bool {
        self.node.is_some()
    }
}

/// Reads the node, as far as it can be read.
pub(super) fn read<T: for<'de> Deserialize<'de>>(tree: &Tree, node: NodeId) -> Option<T> {
    T::deserialize(NodeReader { tree, node }).ok()
}

/// The name under which an `At` asks the reader for its node.
const AT: &str = "$at";

#[derive(Clone, Copy)]
struct NodeReader<'t> {
    tree: &'t Tree,
    node: NodeId,
}

impl<'de> Deserializer<'de> for NodeReader<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let at = |node| NodeReader { node, ..self };
        match self.tree.content(self.node) {
            Content::Scalar(value) => value.clone().deserialize_any(visitor),
            Content::List(items) => {
                visitor.visit_seq(SeqDeserializer::new(items.iter().map(|item| at(*item))))
            }
            Content::Map(entries) => visitor.visit_map(MapDeserializer::new(
                entries.iter().map(|entry| (entry.key.as_str(), at(entry.value))),
            )),
        }
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        _len: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        if name == AT {
            visitor.visit_seq(AtParts { reader: self, next: 0 })
        } else {
            self.deserialize_any(visitor)
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq
        tuple map struct enum identifier ignored_any
    }
}

impl IntoDeserializer<'_, Error> for NodeReader<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// The two parts of an `At`: the node's number, and its value.
struct AtParts<'t> {
    reader: NodeReader<'t>,
    next: usize,
}

impl<'de> SeqAccess<'de> for AtParts<'_> {
    type Error = Error;

    fn next_element_seed<S: serde::de::DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Error> {
        self.next += 1;
        match self.next {
            1 => seed.deserialize(Value::from(self.reader.node.0)).map(Some),
            2 => seed.deserialize(self.reader).map(Some),
            _ => Ok(None),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for At<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // As an option, because a missing field is nothing rather than an error then.
        deserializer.deserialize_option(AtVisitor(PhantomData))
    }
}

struct AtVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for AtVisitor<T> {
    type Value = At<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value with its place")
    }

    fn visit_none<E>(self) -> Result<At<T>, E> {
        Ok(At::default())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<At<T>, D::Error> {
        deserializer.deserialize_tuple_struct(AT, 2, self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<At<T>, A::Error> {
        let node = parts.next_element::<usize>()?.ok_or_else(|| A::Error::custom("a node was expected"))?;
        let value = parts.next_element().ok().flatten();
        Ok(At { node: Some(NodeId(node)), value })
    }
}

/// In the schema an `At<T>` is a `T`.
impl<T: JsonSchema> JsonSchema for At<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}
