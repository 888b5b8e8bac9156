//! `/images` and `/images/{id}`.

use serde_json::Value;

use super::aggregations;
use super::filters::{self, Filter};
use super::includes;
use super::narrow::Narrowed;
use super::paging::{Page, ResultList};
use super::query::{Mistakes, Params};
use super::search::{SearchIndex, Searched};
use super::sort::Sort;
use super::{Answer, Asked, Refusal, Service, Slip, is_id, works};

const SEARCHED: Searched = Searched {
    identifiers: &[&["id"], &["source", "id"]],
    title: &["source", "title"],
    words: &[
        (&["source", "title"], 10),
        (&["source", "contributors", "agent", "label"], 6),
        (&["source", "subjects", "label"], 4),
        (&["source", "genres", "label"], 2),
    ],
};

/// An image has this many similar ones at most.
const SIMILAR: usize = 5;
/// Colours further apart than this are not alike.
const ALIKE: u32 = 80 * 80;

/// `GET /images`.
pub fn list(service: &Service, asked: &Asked) -> Result<Answer, Refusal> {
    service.cluster_with_images(asked)?;
    let params = &asked.params;
    let mut mistakes = Mistakes::default();
    let page = Page::read(params, &mut mistakes);
    let includes = params.choices("include", &includes::of_images(false), &mut mistakes);
    let aggregations = aggregations::Asked::of_images(params, &mut mistakes);
    let sort = Sort::of_images(params, &mut mistakes);
    let mut filters = filters::of_images(params);
    let mut dates = filters::of_image_sources(params, &mut mistakes);
    let colour = colour_asked(params, &mut mistakes);
    service.check_asked(mistakes)?;
    service.check_window(page)?;
    if service.slips(Slip::IgnoresFilters) {
        filters.clear();
        dates = None;
    }

    let mut found = params.get("query").map_or_else(|| all(service), |query| search(service, query));
    found.retain(|image| dates.as_ref().is_none_or(|dates| source_passes(service, image, dates)));
    if let Some(colour) = colour {
        found = nearest(found, colour);
    }
    let mut images = Narrowed::new(found.into_iter(), &filters);
    if let Some(sort) = sort {
        sort.apply(&mut images.passing, |image| source(service, image));
    }
    let strip = includes::strip_from_image(&includes);
    let on_page = page.cut(&images.passing);
    service.check_shown(on_page.iter().copied())?;
    let shown = on_page.iter().map(|image| strip.show(image)).collect();
    let list = ResultList::new(asked, page, service.total(images.passing.len()), shown);
    if service.slips(Slip::CountsEverything) {
        images = Narrowed::without_facets(all(service).into_iter(), &[]);
    }
    Ok(Answer::ok(&list.with_aggregations(aggregations.answer(&images, &filters))))
}

/// `GET /images/{id}`.
pub fn single(service: &Service, id: &str, asked: &Asked) -> Result<Answer, Refusal> {
    let not_found = || Refusal::not_found(format!("Image not found for identifier {id}"));
    if !is_id(id) {
        return Err(not_found());
    }
    service.cluster_with_images(asked)?;
    let mut mistakes = Mistakes::default();
    let includes = asked.params.choices("include", &includes::of_images(true), &mut mistakes);
    service.check_asked(mistakes)?;
    let image = service.catalogue.images.get(id).ok_or_else(not_found)?;
    service.check_shown([image])?;
    let strip = includes::strip_from_image(&includes);
    let show = |image| serde_json::to_value(strip.show(image)).unwrap_or_default();
    let mut shown = show(image);
    if includes.contains(&"withSimilarFeatures") {
        let similar = similar(service, id, image).into_iter().map(show).collect();
        if let Some(fields) = shown.as_object_mut() {
            fields.insert("withSimilarFeatures".to_owned(), Value::Array(similar));
        }
    }
    Ok(Answer::ok(&shown))
}

fn all(service: &Service) -> Vec<&Value> {
    service.catalogue.images.values().collect()
}

fn search<'a>(service: &'a Service, query: &str) -> Vec<&'a Value> {
    let images = &service.catalogue.images;
    let index = service.images.get_or_init(|| SearchIndex::build(images.iter(), &SEARCHED));
    service.found(index, query).into_iter().filter_map(|id| images.get(id)).collect()
}

/// The work that an image comes from.
fn source<'a>(service: &'a Service, image: &Value) -> Option<&'a Value> {
    works::document(service, image.pointer("/source/id")?.as_str()?)
}

fn source_passes(service: &Service, image: &Value, filter: &Filter) -> bool {
    source(service, image).is_some_and(|work| filter.accepts(work))
}

type Colour = [u8; 3];

fn colour_asked(params: &Params, mistakes: &mut Mistakes) -> Option<Colour> {
    let text = params.get("color")?;
    let colour = parse_colour(text);
    if colour.is_none() {
        mistakes.note("color", &format!("'{text}' is not a valid value. Please supply a single hex colour."));
    }
    colour
}

fn parse_colour(text: &str) -> Option<Colour> {
    if text.len() != 6 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let part = |at: usize| u8::from_str_radix(&text[at..at + 2], 16).ok();
    Some([part(0)?, part(2)?, part(4)?])
}

fn colour_of(image: &Value) -> Option<Colour> {
    parse_colour(image.get("averageColor")?.as_str()?.strip_prefix('#')?)
}

fn distance(one: Colour, other: Colour) -> u32 {
    one.iter().zip(other).map(|(one, other)| u32::from(one.abs_diff(other)).pow(2)).sum()
}

/// The images whose average colour is like `colour`, the nearest first.
fn nearest(images: Vec<&Value>, colour: Colour) -> Vec<&Value> {
    let far = images.into_iter().filter_map(|image| Some((distance(colour_of(image)?, colour), image)));
    let mut near: Vec<_> = far.filter(|(distance, _)| *distance <= ALIKE).collect();
    near.sort_by_key(|(distance, _)| *distance);
    near.into_iter().map(|(_, image)| image).collect()
}

/// The other images that look most like this one: here, by their average colour alone.
fn similar<'a>(service: &'a Service, id: &str, image: &Value) -> Vec<&'a Value> {
    let Some(colour) = colour_of(image) else { return vec![] };
    let others = service.catalogue.images.iter().filter(|(other, _)| *other != id);
    let measured = others.filter_map(|(_, other)| Some((distance(colour_of(other)?, colour), other)));
    let mut measured: Vec<_> = measured.collect();
    measured.sort_by_key(|(distance, _)| *distance);
    measured.into_iter().take(SIMILAR).map(|(_, image)| image).collect()
}

#[cfg(test)]
mod tests;
