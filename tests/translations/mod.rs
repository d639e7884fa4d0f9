//! Translations for the tests of outputs, in the words of this project.

#![expect(unreachable_pub, reason = "a module of tests has no outside")]

use std::ops::Range;

use chancery::emit::Facts;
use chancery::model::{
    BlockKind, Cut, Document, Failed, Failure, Finding, Head, Kept, Lang, Mark, MarkKind, MatchHow, Metadata, ModelId,
    Origin, Outcome, Passage, Provenance, Rendering, Segment, SegmentId, Severity, Target, TermHit, TermStatus, Text,
    Translation, Unit,
};

pub fn lang(tag: &str) -> Lang {
    tag.parse().expect("a language tag")
}

pub fn facts() -> Facts {
    Facts { tool_version: "0.1.0".into(), glossary: Some("g-5f0c".into()), rules: Some("r-77aa".into()) }
}

/// `plain` with a mark on the first occurrence of each `part`, numbered from 1.
#[track_caller]
pub fn marked(plain: &str, parts: &[(&str, MarkKind)]) -> Text {
    let mark = |(id, (part, kind)): (u32, &(&str, MarkKind))| Mark { id, range: find(plain, part), kind: kind.clone() };
    Text::new(plain, (1..).zip(parts).map(mark).collect()).expect("marks that nest")
}

pub fn link(href: &str) -> MarkKind {
    MarkKind::Link { href: href.into() }
}

#[track_caller]
fn find(plain: &str, part: &str) -> Range<usize> {
    let start = plain.find(part).unwrap_or_else(|| panic!("`{part}` is not in `{plain}`"));
    start..start + part.len()
}

/// A unit without id and gap; [`Builder::passage`] sets both.
fn unit(source: impl Into<Text>, outcome: Outcome) -> Unit {
    let segment = Segment { id: SegmentId(String::new()), text: source.into(), gap: String::new() };
    Unit { segment, terms: Vec::new(), outcome, findings: Vec::new(), remarks: Vec::new() }
}

pub fn translated(source: impl Into<Text>, target: impl Into<Text>) -> Unit {
    by("firefox", source, target)
}

/// A translation by the backend `backend`.
pub fn by(backend: &str, source: impl Into<Text>, target: impl Into<Text>) -> Unit {
    let model = ModelId { source: lang("en"), target: lang("pt"), sha256: "3f8a91c2d4e5".repeat(5) + "0b17" };
    let provenance = Provenance { backend: backend.into(), engine: "fxtranslate 0.5.0".into(), models: vec![model] };
    unit(
        source,
        Outcome::Translated(Target {
            text: target.into(),
            guessed: Vec::new(),
            passed: Vec::new(),
            terms: Vec::new(),
            provenance,
            review: None,
        }),
    )
}

pub fn kept(source: &str, why: Kept) -> Unit {
    unit(source, Outcome::Kept(why))
}

pub fn failed(source: impl Into<Text>, kind: Failure, detail: &str) -> Unit {
    unit(source, Outcome::Failed(Failed { kind, detail: detail.into() }))
}

/// `unit` with the term `term`, rendered `rendering`.
#[track_caller]
pub fn with_term(mut unit: Unit, term: &str, rendering: &str) -> Unit {
    let renderings = vec![
        Rendering { term: rendering.into(), status: TermStatus::Preferred, ..Rendering::default() },
        Rendering {
            term: format!("~{rendering}"),
            status: TermStatus::Forbidden,
            why: Some("not official".into()),
            ..Rendering::default()
        },
    ];
    unit.terms.push(TermHit {
        concept: term.to_lowercase().replace(' ', "-"),
        term: term.into(),
        status: TermStatus::Preferred,
        range: find(unit.segment.text.plain(), term),
        how: MatchHow::Exact,
        mandatory: true,
        pos: None,
        dnt: false,
        not: Vec::new(),
        renderings,
        note: Some("as in the joint statements".into()),
    });
    unit.terms.sort_by_key(|hit| hit.range.start);
    unit
}

pub fn with_finding(mut unit: Unit, code: &str, severity: Severity, message: &str) -> Unit {
    unit.findings.push(Finding { code: code.into(), severity, message: message.into(), source: None });
    unit
}

/// Builds a [`Translation`] passage by passage.
pub struct Builder(Translation);

impl Builder {
    pub fn new(slug: &str, source: &str, target: &str) -> Self {
        let metadata = Metadata::default();
        let head = Head {
            origin: Origin::file(format!("articles/{slug}.html").as_ref()),
            format: "html".into(),
            encoding: "UTF-8".into(),
            sha256: "0123456789abcdef".repeat(4),
            metadata,
            cut: Vec::new(),
        };
        let document = Document { head, language: lang(source), passages: Vec::new() };
        Self(Translation { slug: slug.into(), target: lang(target), document })
    }

    pub fn metadata(mut self, metadata: Metadata) -> Self {
        self.0.document.head.metadata = metadata;
        self
    }

    pub fn cut(mut self, text: &str, why: &str) -> Self {
        self.0.document.head.cut.push(Cut { line: Some(1), text: text.into(), why: why.into() });
        self
    }

    /// Adds a passage in the article's language, its sentences apart as the language sets them.
    pub fn passage(self, kind: BlockKind, units: Vec<Unit>) -> Self {
        let language = self.0.document.language;
        self.passage_in(language, kind, units)
    }

    pub fn passage_in(mut self, lang: Lang, kind: BlockKind, mut units: Vec<Unit>) -> Self {
        let id = format!("p{}", self.0.document.passages.len() + 1);
        let last = units.len();
        let space = if matches!(lang.language(), "zh" | "ja") { "" } else { " " };
        for (place, unit) in (1..).zip(&mut units) {
            unit.segment.id = SegmentId::new(&id, place);
            unit.segment.gap = if place == last { String::new() } else { space.into() };
        }
        self.0.document.passages.push(Passage { id, kind, lang, lead: String::new(), segments: units });
        self
    }

    /// Sets a line break after the segment at `place` (from 1) of the last passage.
    pub fn broken_after(mut self, place: usize) -> Self {
        let passage = self.0.document.passages.last_mut().expect("a passage");
        passage.segments[place - 1].segment.gap = "\n".into();
        self
    }

    pub fn build(self) -> Translation {
        self.0
    }
}

/// The articles of the tests, one for each thing that an output has to get right.
pub fn all() -> Vec<Translation> {
    vec![en_pt(), en_ar(), zh_en(), ja_en(), hostile(), sizes(), everything_failed()]
}

/// English to Portuguese: marks, a link, terms, findings, a failed and a kept segment, two engines.
pub fn en_pt() -> Translation {
    let metadata = Metadata {
        title: Some("Ministers agree to deepen cooperation on clean energy".into()),
        published: Some("2026-03-02T10:35:00".into()),
        source: Some("Harbour Gazette".into()),
        place: Some("LISBON".into()),
        section: Some("World".into()),
        language: Some(lang("en")),
        url: Some("https://example.org/world/2026/clean-energy?page=1&view=full".into()),
    };
    let initiative = "Belt and Road Initiative";
    Builder::new("clean-energy", "en", "pt-BR")
        .metadata(metadata)
        .cut("Home > World", "breadcrumb")
        .passage(BlockKind::Headline, vec![translated(
            "Ministers agree to deepen cooperation on clean energy",
            "Ministros concordam em aprofundar a cooperação em energia limpa",
        )])
        .passage(BlockKind::Paragraph, vec![
            with_term(
                translated(
                    marked("LISBON, March 2 -- Foreign ministers from nine countries met here on Monday to review projects under the Belt and Road Initiative.", &[("LISBON", MarkKind::Bold)]),
                    marked("LISBOA, 2 de março -- Ministros das Relações Exteriores de nove países reuniram-se aqui na segunda-feira para examinar projetos da Iniciativa do Cinturão e Rota.", &[("LISBOA", MarkKind::Bold)]),
                ),
                initiative,
                "Iniciativa do Cinturão e Rota",
            ),
            translated(
                marked("They said a first solar park, described in the full communiqué, would open next year.", &[("full communiqué", link("https://example.org/communique?id=7&lang=en")), ("communiqué", MarkKind::Italic)]),
                marked("Eles disseram que um primeiro parque solar, descrito no comunicado completo, será inaugurado no próximo ano.", &[("comunicado completo", link("https://example.org/communique?id=7&lang=en")), ("comunicado", MarkKind::Italic)]),
            ),
        ])
        .passage(BlockKind::Subhead, vec![translated("A shared timetable", "Um calendário comum")])
        .passage(BlockKind::Paragraph, vec![
            with_finding(
                with_term(
                    translated(
                        "The text restates that relations between states rest on mutual respect and win-win cooperation.",
                        "O texto reafirma que as relações entre os Estados se baseiam no respeito mútuo e na cooperação de benefícios mútuos.",
                    ),
                    "win-win cooperation",
                    "cooperação de ganhos compartilhados",
                ),
                "T001",
                Severity::Error,
                "the translation lacks `cooperação de ganhos compartilhados`, the rendering of `win-win cooperation`",
            ),
            failed(
                "Delegates left the question of tariffs to a later round.",
                Failure::BadAnswer,
                "the engine answered with the source text; translate this sentence by hand",
            ),
            with_finding(
                by("library", "A working group will meet every 90 days.", "Um grupo de trabalho vai se reunir a cada 60 dias."),
                "N001",
                Severity::Error,
                "the source says 90, the translation 60",
            ),
        ])
        .passage(BlockKind::Quote, vec![translated(
            "\u{201c}No country can carry this transition alone,\u{201d} the host minister told reporters.",
            "\u{201c}Nenhum país pode levar adiante esta transição sozinho\u{201d}, disse o ministro anfitrião aos jornalistas.",
        )])
        .passage(BlockKind::Numbered, vec![translated("Joint research on storage", "Pesquisa conjunta sobre armazenamento")])
        .passage(BlockKind::Numbered, vec![translated("Training for 400 engineers", "Formação de 400 engenheiros")])
        .passage_in(lang("pt"), BlockKind::Paragraph, vec![kept("O comunicado foi publicado também em português.", Kept::AlreadyTarget)])
        .passage(BlockKind::Paragraph, vec![kept("2026-03-02", Kept::NothingToTranslate)])
        .build()
}

/// English to Arabic: right to left, nested marks, a line break.
pub fn en_ar() -> Translation {
    let metadata = Metadata {
        title: Some("Envoys call for talks on the river basin".into()),
        published: Some("2026-02-11".into()),
        source: Some("Harbour Gazette".into()),
        place: Some("CAIRO".into()),
        ..Metadata::default()
    };
    Builder::new("river-basin", "en", "ar")
        .metadata(metadata)
        .passage(BlockKind::Headline, vec![translated(
            "Envoys call for talks on the river basin",
            "مبعوثون يدعون إلى إجراء محادثات بشأن حوض النهر",
        )])
        .passage(BlockKind::Paragraph, vec![
            translated(
                marked("CAIRO -- Envoys of six countries on Wednesday called for a political settlement of the dispute over water.", &[("CAIRO", MarkKind::Bold)]),
                marked("القاهرة -- دعا مبعوثو ست دول يوم الأربعاء إلى تسوية سياسية للنزاع على المياه.", &[("القاهرة", MarkKind::Bold)]),
            ),
            with_term(
                translated(
                    marked("They backed the principle of peaceful coexistence and asked the UN to host a first round.", &[("principle of peaceful coexistence", MarkKind::Bold), ("peaceful coexistence", MarkKind::Italic)]),
                    marked("وأيدوا مبدأ التعايش السلمي وطلبوا من الأمم المتحدة استضافة جولة أولى.", &[("مبدأ التعايش السلمي", MarkKind::Bold), ("التعايش السلمي", MarkKind::Italic)]),
                ),
                "peaceful coexistence",
                "التعايش السلمي",
            ),
        ])
        .broken_after(1)
        .passage(BlockKind::Bullet, vec![translated("Data on rainfall will be shared from 2027.", "ستُتاح بيانات هطول الأمطار اعتبارا من عام 2027.")])
        .passage(BlockKind::Bullet, vec![failed("A hotline will link the dam operators.", Failure::Backend, "the engine ended early; run again")])
        .build()
}

/// Chinese to English: no spaces between sentences in the source, one passage in English already.
pub fn zh_en() -> Translation {
    let metadata = Metadata {
        title: Some("两国外长就深化合作交换意见".into()),
        published: Some("2026-01-20T08:00:00+08:00".into()),
        source: Some("海港日报".into()),
        place: Some("北京".into()),
        ..Metadata::default()
    };
    Builder::new("talks", "zh-Hans", "en")
        .metadata(metadata)
        .passage(
            BlockKind::Headline,
            vec![translated(
                "两国外长就深化合作交换意见",
                "Foreign ministers of the two countries exchange views on deeper cooperation",
            )],
        )
        .passage(
            BlockKind::Paragraph,
            vec![
                with_term(
                    translated(
                        marked("双方重申遵守和平共处五项原则。", &[("和平共处五项原则", MarkKind::Bold)]),
                        marked(
                            "The two sides reaffirmed their adherence to the Five Principles of Peaceful Coexistence.",
                            &[("Five Principles of Peaceful Coexistence", MarkKind::Bold)],
                        ),
                    ),
                    "和平共处五项原则",
                    "Five Principles of Peaceful Coexistence",
                ),
                translated("会谈持续了两个小时。", "The talks lasted two hours."),
                translated("双方商定明年春天再次会面。", "They agreed to meet again next spring."),
            ],
        )
        .passage_in(
            lang("en"),
            BlockKind::Caption,
            vec![kept("The two ministers after the talks", Kept::AlreadyTarget)],
        )
        .build()
}

/// Japanese to English: a mark over two sentences.
pub fn ja_en() -> Translation {
    let code = |part| vec![(part, MarkKind::Code)];
    Builder::new("kaidan", "ja", "en")
        .passage(
            BlockKind::Paragraph,
            vec![
                translated(
                    marked("会談は東京で行われた。", &code("東京で行われた。")),
                    marked("The talks were held in Tokyo.", &code("held in Tokyo.")),
                ),
                translated(
                    marked("共同声明が発表された。", &code("共同声明")),
                    marked("A joint statement was issued.", &code("joint statement")),
                ),
            ],
        )
        .build()
}

/// Text that looks like markup, emoji, and a mark that the translation bears twice.
pub fn hostile() -> Translation {
    let twice = Mark { id: 1, range: 0..1, kind: MarkKind::Bold };
    let again = Mark { range: 2..3, ..twice.clone() };
    let doubled = Text::new("x y", vec![twice, again]).expect("marks apart");
    Builder::new("hostile", "en", "de")
        .passage(
            BlockKind::Paragraph,
            vec![
                translated(
                    "<script>alert(\"1 & 2\")</script> ]]> '&amp;'",
                    "<script>alert(\"1 & 2\")</script> --> '&amp;' \u{1F54A}\u{FE0F}",
                ),
                translated(
                    marked(
                        "press it & go",
                        &[
                            ("press", link("javascript:alert('&\"<>')")),
                            ("go", link("https://example.org/?a=\"b\"&c=<d>")),
                        ],
                    ),
                    "go",
                ),
                translated(marked("x", &[("x", MarkKind::Bold)]), doubled),
                translated("bell \u{7} and null \u{0}", "\u{FFFF}"),
                translated("tab\there\nand there", "Tab\thier\nund dort"),
            ],
        )
        .build()
}

/// One character, and 50 kB without a break.
pub fn sizes() -> Translation {
    Builder::new("sizes", "en", "fr")
        .passage(BlockKind::Paragraph, vec![translated("I", "J")])
        .passage(
            BlockKind::Paragraph,
            vec![translated("peace & plenty ".repeat(3400).trim_end(), "paix & abondance ".repeat(3000).trim_end())],
        )
        .build()
}

/// No segment was translated.
pub fn everything_failed() -> Translation {
    Builder::new("failed", "en", "sw")
        .passage(
            BlockKind::Headline,
            vec![failed("No route", Failure::NoRoute, "no backend translates en-sw; add one to the configuration")],
        )
        .build()
}
