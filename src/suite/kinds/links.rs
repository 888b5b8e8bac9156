//! `links`: what a record links to answers: its thumbnail, its IIIF manifests, its image information.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Named, work};
use crate::catalogue::WorkId;
use crate::suite::at::At;
use crate::suite::tree::NodeId;
use crate::suite::validate::Checker;
use crate::suite::words::{Host, Text, Work};

/// A work whose links must answer.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields)]
pub(in crate::suite) struct Links {
    /// The work's id: the eight characters at the end of its address.
    pub work: At<Work>,
    /// What it is an example of, in a few words.
    pub is: At<Text>,
    /// Which links the work must have, and must answer. Without it, every link that it has must answer, and it must
    /// have one.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub follow: At<Vec<At<LinkWord>>>,
    /// The hosts that the links may lead to, such as `iiif.wellcomecollection.org`, which is the only one if this is
    /// not given.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub hosts: At<Vec<At<Host>>>,
}

/// A kind of link in the record of a work: `thumbnail` (the picture in lists of results), `manifests` (what the viewer
/// shows: pages, films, recordings, PDFs) or `images` (what the viewer of a single picture asks for, `info.json`).
#[derive(Debug, Deserialize, JsonSchema)]
pub(in crate::suite) struct LinkWord(
    #[schemars(extend("enum" = ["thumbnail", "manifests", "images"]))] String,
);

/// A kind of link in the record of a work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LinkKind {
    /// The picture in lists of results.
    Thumbnail,
    /// What the viewer shows: pages, films, recordings, PDFs (IIIF Presentation).
    Manifests,
    /// What the viewer of a single picture asks for (IIIF Image, `info.json`).
    Images,
}

impl LinkKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Thumbnail, Self::Manifests, Self::Images];

    fn read(LinkWord(word): &LinkWord) -> Option<Self> {
        match word.as_str() {
            "thumbnail" => Some(Self::Thumbnail),
            "manifests" => Some(Self::Manifests),
            "images" => Some(Self::Images),
            _ => None,
        }
    }
}

/// A work whose links must answer.
#[derive(Debug, Clone)]
pub struct LinksExample {
    /// The work.
    pub work: WorkId,
    /// Which links it must have; `None` if any will do.
    pub follow: Option<BTreeSet<LinkKind>>,
    /// The hosts that they may lead to; at least one.
    pub hosts: BTreeSet<String>,
}

/// Where the pictures and manifests of the collection live.
const HOST: &str = "iiif.wellcomecollection.org";

impl Named for Links {
    fn name(&self) -> Option<String> {
        Some(self.work.value.as_ref()?.0.clone())
    }

    fn is(&self) -> &At<Text> {
        &self.is
    }
}

pub(super) fn read(_: &mut Checker<'_>, _: NodeId, example: &Links) -> Option<LinksExample> {
    let follow = if example.follow.is_given() {
        let kinds = example.follow.value.as_ref()?.iter().map(|kind| LinkKind::read(kind.value.as_ref()?));
        Some(kinds.collect::<Option<BTreeSet<LinkKind>>>()?)
    } else {
        None
    };
    let hosts = if example.hosts.is_given() {
        let hosts = example.hosts.value.as_ref()?.iter().map(|host| Some(host.value.as_ref()?.0.clone()));
        hosts.collect::<Option<BTreeSet<String>>>()?
    } else {
        BTreeSet::from([HOST.to_owned()])
    };
    Some(LinksExample { work: work(&example.work)?, follow, hosts })
}
