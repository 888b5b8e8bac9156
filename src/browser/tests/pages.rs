//! What is seen of a page: by those who see it, and by those who are told of it.

use pretty_assertions::assert_eq;
use rstest::rstest;

use super::*;

#[rstest]
fn a_page_is_told_by_roles_and_names() {
    let server = serve(&[(
        "/",
        page(
            "<html lang='en'><title>A work</title><h2>Where to <b>find</b> it</h2>
             <div><div><a href='https://example.org/items' aria-label='View'>pictures</a></div></div>
             <button disabled>Ask for it</button><button aria-expanded='false'>More</button>",
        ),
    )]);
    let Some(seen) = look(&server) else { return };
    let heading = Node {
        level: Some(2),
        ..node(
            "heading",
            "Where to find it",
            [
                node("StaticText", "Where to", []),
                node("StaticText", "find", []),
                node("StaticText", "it", []),
            ],
        )
    };
    let link = node("link", "View", [node("StaticText", "pictures", [])]);
    let button = node("button", "Ask for it", [node("StaticText", "Ask for it", [])]);
    let more = node("button", "More", [node("StaticText", "More", [])]);
    let expected = [
        heading,
        Node { leads_to: Some("https://example.org/items".into()), ..link },
        Node { disabled: true, ..button },
        Node { expanded: Some(false), ..more },
    ];
    assert_eq!(seen.tree, expected);
    assert_eq!((seen.title.as_str(), seen.lang.as_deref()), ("A work", Some("en")));
    assert_eq!((seen.status, seen.settled), (200, true));
    assert_eq!((seen.errors, seen.failed), (vec![], vec![]));
}

#[rstest]
#[case::shown("", true, true)]
#[case::not_displayed("style='display:none'", false, false)]
#[case::not_visible("style='visibility:hidden'", false, false)]
#[case::hidden("hidden", false, false)]
#[case::hidden_from_those_who_listen("aria-hidden='true'", false, true)]
#[case::only_for_those_who_listen(
    "style='position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)'",
    true,
    true
)]
fn what_is_hidden_is_not_there(#[case] how: &str, #[case] is_told: bool, #[case] is_shown: bool) {
    let server = serve(&[("/", page(format!("<p>Always</p><div {how}><button>View</button></div>")))]);
    let Some(seen) = look(&server) else { return };
    assert_eq!(has(&seen.tree, "button", "View"), is_told, "{:?}", seen.tree);
    assert_eq!(seen.text.contains("View"), is_shown, "{}", seen.text);
    assert!(seen.text.contains("Always"), "{}", seen.text);
}

#[rstest]
#[case::desktop(Device::Desktop, true, "1366 900 1 0")]
#[case::phone(Device::Phone, false, "390 844 2 1")]
fn a_page_is_seen_as_on_the_device(#[case] device: Device, #[case] has_button: bool, #[case] screen: &str) {
    let server = serve(&[(
        "/",
        page(
            "<meta name='viewport' content='width=device-width'>
             <style>@media (max-width: 600px) { button { display: none } }</style><button>View</button>
             <p id='screen'></p><script>
               document.getElementById('screen').innerText = [innerWidth, innerHeight, devicePixelRatio,
                 Number(matchMedia('(pointer: coarse)').matches)].join(' ');
             </script>",
        ),
    )]);
    let Some(seen) = try_look(&server, device) else { return };
    let seen = seen.unwrap();
    assert_eq!(has(&seen.tree, "button", "View"), has_button);
    assert!(seen.text.contains(screen), "{}", seen.text);
    let agent = server.requests()[0].headers["user-agent"].clone();
    assert_eq!(agent.contains("Mobile"), device == Device::Phone, "{agent}");
}

#[rstest]
#[case::all_there_is(50_000, false)]
#[case::all_but_one_letter(50_001, true)]
#[case::half(100_000, true)]
fn no_more_text_is_kept_than_anybody_reads_and_that_there_is_more(
    #[case] letters: usize,
    #[case] goes_on: bool,
) {
    let server = serve(&[("/", page("é".repeat(letters)))]);
    let Some(seen) = look(&server) else { return };
    assert_eq!((seen.text.chars().count(), seen.text_goes_on), (50_000, goes_on));
}

#[rstest]
fn a_picture_shows_the_whole_page_up_to_a_bound() {
    let server = serve(&[("/", page("<body style='margin:0'><div style='height:20000px'>Long</div>"))]);
    let Some(seen) = try_look(&server, Device::Phone) else { return };
    let webp = seen.unwrap().screenshot;
    let bytes = base64::Engine::decode(&base64::engine::general_purpose::STANDARD, webp).unwrap();
    assert_eq!((&bytes[0..4], &bytes[8..16]), (&b"RIFF"[..], &b"WEBPVP8X"[..]));
    // Where such a picture has its width and its height, less one.
    let size = [24, 27].map(|at| u16::from_le_bytes([bytes[at], bytes[at + 1]]) + 1);
    assert_eq!(size, [390, 4000]);
}
