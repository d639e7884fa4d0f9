//! What holds of any document.

use proptest::prelude::*;

use super::{body, parsed, unit};
use crate::xliff::{Content, File, Role};

/// Asserts what the reader promises of every text.
fn holds(content: &Content) {
    let mut last = 0;
    for code in &content.codes {
        assert!(content.text.is_char_boundary(code.at) && code.at >= last, "{content:?}");
        last = code.at;
    }
}

/// Asserts what the reader promises of every file.
fn all_hold(files: &[File]) {
    for segment in files.iter().flat_map(|file| &file.units).flat_map(|unit| &unit.segments) {
        holds(&segment.source);
        segment.target.iter().for_each(holds);
    }
}

/// A text in XLIFF 2 and in 1.2, what its text is, and how many spans it has.
#[derive(Debug, Clone, Default)]
struct Inline {
    new: String,
    old: String,
    text: String,
    spans: usize,
}

fn inline() -> impl Strategy<Value = Inline> {
    let leaf = prop_oneof!["[a-z é中😀]{0,6}".prop_map(plain), Just(alone()), Just(reference())];
    leaf.prop_recursive(4, 24, 4, |inner| prop::collection::vec(inner, 0..4).prop_map(|parts| span(&joined(&parts))))
}

fn plain(text: String) -> Inline {
    Inline { new: text.clone(), old: text.clone(), text, spans: 0 }
}

fn alone() -> Inline {
    Inline { new: "<ph id='p'/>".into(), old: "<x id='p'/>".into(), ..Inline::default() }
}

fn reference() -> Inline {
    Inline { new: "&amp;<!-- -->".into(), old: "<![CDATA[&]]>".into(), text: "&".into(), spans: 0 }
}

fn joined(parts: &[Inline]) -> Inline {
    parts.iter().fold(Inline::default(), |all, part| Inline {
        new: all.new + &part.new,
        old: all.old + &part.old,
        text: all.text + &part.text,
        spans: all.spans + part.spans,
    })
}

fn span(within: &Inline) -> Inline {
    Inline {
        new: format!("<pc id='s'>{}</pc>", within.new),
        old: format!("<g id='s'>{}</g>", within.old),
        text: within.text.clone(),
        spans: within.spans + 1,
    }
}

/// Asserts that the source of `document` is `expected`, each opened span being closed later on.
fn is_read(document: &str, expected: &Inline) {
    let files = parsed(document).expect("readable");
    all_hold(&files);
    let source = &files[0].units[0].segments[0].source;
    assert_eq!(source.text, expected.text);
    let mut open = 0_usize;
    for code in &source.codes {
        match code.role {
            Role::Open => open += 1,
            Role::Close => open = open.checked_sub(1).expect("open"),
            Role::Alone => {}
        }
    }
    let spans = source.codes.iter().filter(|code| code.role == Role::Open).count();
    assert_eq!((open, spans), (0, expected.spans));
}

/// Pieces of markup that mean something to the reader, and some that break it.
const MARKUP: &[&str] = &[
    "<segment>",
    "<segment id='s'>",
    "</segment>",
    "<source>",
    "</source>",
    "<target state='x'>",
    "<target order='2'>",
    "</target>",
    "<pc id='1'>",
    "</pc>",
    "<sc id='1'/>",
    "<ec startRef='1'/>",
    "<g id='1'>",
    "</g>",
    "<bx id='1'/>",
    "<ex id='1'/>",
    "<ph id='1'>",
    "</ph>",
    "<mrk mtype='x-sdl-deleted'>",
    "</mrk>",
    "<cp hex='1'/>",
    "<trans-unit id='s'>",
    "</trans-unit>",
    "<group id='g'>",
    "</group>",
    "<note>",
    "</note>",
    "&#0;",
    "&lt;",
    "&",
    "]]>",
    "<![CDATA[",
    "<!--",
    "-->",
    "<?",
    "é",
    "\n",
    "<a b='c' b='d'/>",
    "<a xmlns='urn:x'>",
    "</a>",
    "<x:y xmlns:x='urn:x'/>",
];

proptest! {
    #[test]
    fn texts_are_read_as_they_were_written(parts in prop::collection::vec(inline(), 0..6)) {
        let all = joined(&parts);
        is_read(&unit(&format!("<segment><source>{}</source></segment>", all.new)), &all);
        is_read(&body(&format!("<trans-unit id='u'><source>{}</source></trans-unit>", all.old)), &all);
    }

    #[test]
    fn no_input_panics(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(files) = super::files("a.xlf".as_ref(), &bytes) {
            all_hold(&files);
        }
    }

    #[test]
    fn no_markup_panics(parts in prop::collection::vec(prop::sample::select(MARKUP), 0..20)) {
        for document in [unit(&parts.concat()), body(&parts.concat())] {
            if let Ok(files) = parsed(&document) {
                all_hold(&files);
            }
        }
    }
}
