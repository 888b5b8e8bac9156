//! Reads the page as a strict browser would, for tests: every element is closed in its turn, every attribute is
//! quoted, and what is text stays text. What it cannot read is no page of ours.

/// Elements that have no content and no end.
const VOID: [&str; 2] = ["meta", "img"];
/// Elements whose content is no markup.
const RAW: [&str; 2] = ["style", "script"];

/// An element of the page, in the order in which they start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    /// The text in it and in all that it holds.
    pub text: String,
}

impl Element {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(it, _)| it == name).map(|(_, value)| value.as_str())
    }
}

/// Every element of a page, or what is wrong with it.
pub fn read(page: &str) -> Result<Vec<Element>, String> {
    let mut rest = page.strip_prefix("<!DOCTYPE html>").ok_or("no doctype")?;
    let mut elements: Vec<Element> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    while !rest.is_empty() {
        let (text, markup) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
        let text = unescaped(text)?;
        for nr in &open {
            elements[*nr].text.push_str(&text);
        }
        if markup.is_empty() {
            break;
        }
        let (tag, after) = markup[1..].split_once('>').ok_or("a tag has no end")?;
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            let last = open.pop().ok_or_else(|| format!("</{name}> ends nothing"))?;
            if elements[last].name != name {
                return Err(format!("</{name}> ends <{}>", elements[last].name));
            }
            continue;
        }
        let element = element(tag)?;
        let name = element.name.clone();
        elements.push(element);
        if RAW.contains(&name.as_str()) {
            rest = rest.split_once(&format!("</{name}>")).ok_or("raw text has no end")?.1;
        } else if !VOID.contains(&name.as_str()) {
            open.push(elements.len() - 1);
        }
    }
    if open.is_empty() { Ok(elements) } else { Err(format!("{} elements are never closed", open.len())) }
}

/// `details class="x" open`.
fn element(tag: &str) -> Result<Element, String> {
    let (name, mut rest) = tag.split_once(' ').unwrap_or((tag, ""));
    if name.is_empty() || !name.chars().all(|sign| sign.is_ascii_alphanumeric()) {
        return Err(format!("<{tag}> is no element"));
    }
    let mut attributes = Vec::new();
    while !rest.is_empty() {
        let end = rest.find(['=', ' ']).unwrap_or(rest.len());
        let (attribute, after) = rest.split_at(end);
        let is_name = |sign: char| sign.is_ascii_alphanumeric() || sign == '-';
        if attribute.is_empty() || !attribute.chars().all(is_name) {
            return Err(format!("<{tag}> has an attribute `{attribute}`"));
        }
        let (value, after) = match after.strip_prefix("=\"") {
            Some(quoted) => quoted.split_once('"').ok_or_else(|| format!("<{tag}> has an open quote"))?,
            None => ("", after),
        };
        attributes.push((attribute.to_owned(), unescaped(value)?));
        rest = after.trim_start();
    }
    Ok(Element { name: name.to_owned(), attributes, text: String::new() })
}

/// Text without the four escapes that the template engine writes. Any other ampersand is a mistake.
fn unescaped(text: &str) -> Result<String, String> {
    let plain = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    let known = text.matches("&lt;").count()
        + text.matches("&gt;").count()
        + text.matches("&quot;").count()
        + text.matches("&amp;").count();
    if text.matches('&').count() != known {
        return Err(format!("a bare ampersand in `{text}`"));
    }
    Ok(plain.replace("&amp;", "&"))
}

#[rstest::rstest]
#[case::crossed("<p><b></p></b>")]
#[case::never_closed("<p>")]
#[case::closed_too_often("</p>")]
#[case::an_open_quote("<p class=\"x></p>")]
#[case::not_quoted("<p class=x></p>")]
#[case::a_bare_ampersand("<p>a & b</p>")]
#[case::no_element("<p>1 < 2></p>")]
fn a_page_that_is_not_well_formed_is_refused(#[case] body: &str) {
    assert!(read(&format!("<!DOCTYPE html>{body}")).is_err());
}

#[rstest::rstest]
fn elements_are_read_with_their_text() {
    let elements = read("<!DOCTYPE html><p class=\"a &quot;b\" open>x &lt; <b>y</b></p>").unwrap();
    let told: Vec<_> = elements.iter().map(|it| (it.name.as_str(), it.text.as_str())).collect();
    assert_eq!(told, [("p", "x < y"), ("b", "y")]);
    assert_eq!((elements[0].attribute("class"), elements[0].attribute("open")), (Some("a \"b"), Some("")));
}
