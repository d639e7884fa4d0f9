//! The words that a page adds to an article, in the language of its readers.

use crate::model::Lang;

/// The words of a page, in one language.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Labels {
    pub(super) lang: &'static str,
    pub(super) dir: &'static str,
    pub(super) articles: &'static str,
    pub(super) xliff: &'static str,
    pub(super) original: &'static str,
    pub(super) machine: &'static str,
    pub(super) unchecked: &'static str,
    /// A machine translated, and a person reviewed a part of it.
    pub(super) partly: &'static str,
    /// A machine translated, and a person reviewed all of it.
    pub(super) wholly: &'static str,
    /// No machine translated.
    pub(super) by_person: &'static str,
    pub(super) authoritative: &'static str,
    /// Goes before the counts of sentences.
    pub(super) sentences: &'static str,
    pub(super) reviewed: &'static str,
    pub(super) approved: &'static str,
    pub(super) not_translated: &'static str,
    pub(super) terms: &'static str,
    pub(super) desk: &'static str,
}

/// The labels for readers of `lang`; English ones where there are none.
pub(super) fn labels(lang: Lang) -> &'static Labels {
    let reads = |labels: &&Labels| labels.lang.parse().is_ok_and(|known: Lang| known.reads_as(lang));
    LABELS.iter().find(reads).unwrap_or(&ENGLISH)
}

const ENGLISH: Labels = Labels {
    lang: "en",
    dir: "ltr",
    articles: "All articles",
    xliff: "File for reviewers (XLIFF)",
    original: "Original article",
    machine: "Machine translation.",
    unchecked: "It has not been checked by a person; the original is authoritative.",
    partly: "Machine translation, partly reviewed by a person.",
    wholly: "Machine translation, reviewed by a person.",
    by_person: "Translated by a person.",
    authoritative: "The original is authoritative.",
    sentences: "Sentences:",
    reviewed: "Reviewed by a person",
    approved: "Approved by a person",
    not_translated: "Not translated",
    terms: "Terms in this article",
    desk: "For the editors",
};

const LABELS: &[Labels] = &[
    ENGLISH,
    Labels {
        lang: "ar",
        dir: "rtl",
        articles: "جميع المقالات",
        xliff: "ملف للمراجعين (XLIFF)",
        original: "المقال الأصلي",
        machine: "ترجمة آلية.",
        unchecked: "لم يراجعها إنسان، والنص الأصلي هو المرجع.",
        partly: "ترجمة آلية راجع إنسان جزءا منها.",
        wholly: "ترجمة آلية راجعها إنسان.",
        by_person: "ترجمة بشرية.",
        authoritative: "النص الأصلي هو المرجع.",
        sentences: "الجمل:",
        reviewed: "راجعها إنسان",
        approved: "اعتمدها إنسان",
        not_translated: "لم يُترجَم",
        terms: "مصطلحات هذا المقال",
        desk: "للمحررين",
    },
    Labels {
        lang: "de",
        dir: "ltr",
        articles: "Alle Artikel",
        xliff: "Datei zur Durchsicht (XLIFF)",
        original: "Originalartikel",
        machine: "Maschinelle Übersetzung.",
        unchecked: "Sie wurde von keinem Menschen geprüft; maßgeblich ist das Original.",
        partly: "Maschinelle Übersetzung, zum Teil von einem Menschen geprüft.",
        wholly: "Maschinelle Übersetzung, von einem Menschen geprüft.",
        by_person: "Von einem Menschen übersetzt.",
        authoritative: "Maßgeblich ist das Original.",
        sentences: "Sätze:",
        reviewed: "Von einem Menschen geprüft",
        approved: "Von einem Menschen freigegeben",
        not_translated: "Nicht übersetzt",
        terms: "Begriffe in diesem Artikel",
        desk: "Für die Redaktion",
    },
    Labels {
        lang: "es",
        dir: "ltr",
        articles: "Todos los artículos",
        xliff: "Archivo para revisores (XLIFF)",
        original: "Artículo original",
        machine: "Traducción automática.",
        unchecked: "No la ha revisado ninguna persona; prevalece el original.",
        partly: "Traducción automática, revisada en parte por una persona.",
        wholly: "Traducción automática, revisada por una persona.",
        by_person: "Traducción hecha por una persona.",
        authoritative: "Prevalece el original.",
        sentences: "Oraciones:",
        reviewed: "Revisada por una persona",
        approved: "Aprobada por una persona",
        not_translated: "Sin traducir",
        terms: "Términos de este artículo",
        desk: "Para la redacción",
    },
    Labels {
        lang: "fr",
        dir: "ltr",
        articles: "Tous les articles",
        xliff: "Fichier pour les réviseurs (XLIFF)",
        original: "Article original",
        machine: "Traduction automatique.",
        unchecked: "Elle n’a été relue par personne\u{A0}; l’original fait foi.",
        partly: "Traduction automatique, relue en partie par une personne.",
        wholly: "Traduction automatique, relue par une personne.",
        by_person: "Traduction faite par une personne.",
        authoritative: "L’original fait foi.",
        sentences: "Phrases\u{A0}:",
        reviewed: "Relue par une personne",
        approved: "Approuvée par une personne",
        not_translated: "Non traduit",
        terms: "Termes de cet article",
        desk: "Pour la rédaction",
    },
    Labels {
        lang: "it",
        dir: "ltr",
        articles: "Tutti gli articoli",
        xliff: "File per i revisori (XLIFF)",
        original: "Articolo originale",
        machine: "Traduzione automatica.",
        unchecked: "Nessuno l’ha riveduta; fa fede l’originale.",
        partly: "Traduzione automatica, riveduta in parte da una persona.",
        wholly: "Traduzione automatica, riveduta da una persona.",
        by_person: "Traduzione fatta da una persona.",
        authoritative: "Fa fede l’originale.",
        sentences: "Frasi:",
        reviewed: "Riveduta da una persona",
        approved: "Approvata da una persona",
        not_translated: "Non tradotto",
        terms: "Termini di questo articolo",
        desk: "Per la redazione",
    },
    Labels {
        lang: "ja",
        dir: "ltr",
        articles: "記事一覧",
        xliff: "校閲用ファイル (XLIFF)",
        original: "元の記事",
        machine: "機械翻訳です。",
        unchecked: "人による確認は行われていません。原文が優先します。",
        partly: "機械翻訳です（一部は人による確認済み）。",
        wholly: "機械翻訳です（人による確認済み）。",
        by_person: "人が翻訳しました。",
        authoritative: "原文が優先します。",
        sentences: "文：",
        reviewed: "人による確認済み",
        approved: "人による承認済み",
        not_translated: "未翻訳",
        terms: "この記事の用語",
        desk: "編集者向け",
    },
    Labels {
        lang: "ko",
        dir: "ltr",
        articles: "전체 기사",
        xliff: "검수용 파일 (XLIFF)",
        original: "원문 기사",
        machine: "기계 번역입니다.",
        unchecked: "사람이 검수하지 않았으며 원문이 우선합니다.",
        partly: "기계 번역입니다(일부는 사람이 검수함).",
        wholly: "기계 번역입니다(사람이 검수함).",
        by_person: "사람이 번역했습니다.",
        authoritative: "원문이 우선합니다.",
        sentences: "문장:",
        reviewed: "사람이 검수함",
        approved: "사람이 승인함",
        not_translated: "번역되지 않음",
        terms: "이 기사의 용어",
        desk: "편집자용",
    },
    Labels {
        lang: "pt",
        dir: "ltr",
        articles: "Todos os artigos",
        xliff: "Arquivo para revisores (XLIFF)",
        original: "Artigo original",
        machine: "Tradução automática.",
        unchecked: "Não foi revisada por ninguém; prevalece o original.",
        partly: "Tradução automática, revisada em parte por uma pessoa.",
        wholly: "Tradução automática, revisada por uma pessoa.",
        by_person: "Tradução feita por uma pessoa.",
        authoritative: "Prevalece o original.",
        sentences: "Frases:",
        reviewed: "Revisada por uma pessoa",
        approved: "Aprovada por uma pessoa",
        not_translated: "Não traduzido",
        terms: "Termos deste artigo",
        desk: "Para a redação",
    },
    Labels {
        lang: "ru",
        dir: "ltr",
        articles: "Все статьи",
        xliff: "Файл для редакторов перевода (XLIFF)",
        original: "Исходная статья",
        machine: "Машинный перевод.",
        unchecked: "Человек его не проверял; определяющим является оригинал.",
        partly: "Машинный перевод, частично проверенный человеком.",
        wholly: "Машинный перевод, проверенный человеком.",
        by_person: "Перевод выполнен человеком.",
        authoritative: "Определяющим является оригинал.",
        sentences: "Предложения:",
        reviewed: "Проверено человеком",
        approved: "Утверждено человеком",
        not_translated: "Не переведено",
        terms: "Термины в этой статье",
        desk: "Для редакции",
    },
    Labels {
        lang: "zh-Hans",
        dir: "ltr",
        articles: "全部文章",
        xliff: "审校文件（XLIFF）",
        original: "原文链接",
        machine: "机器翻译。",
        unchecked: "译文未经人工审校，以原文为准。",
        partly: "机器翻译，部分译文经人工审校。",
        wholly: "机器翻译，译文经人工审校。",
        by_person: "人工翻译。",
        authoritative: "以原文为准。",
        sentences: "句子：",
        reviewed: "已经人工审校",
        approved: "已经人工核准",
        not_translated: "未翻译",
        terms: "本文术语",
        desk: "供编辑参考",
    },
    Labels {
        lang: "zh-Hant",
        dir: "ltr",
        articles: "全部文章",
        xliff: "審校檔案（XLIFF）",
        original: "原文連結",
        machine: "機器翻譯。",
        unchecked: "譯文未經人工審校，以原文為準。",
        partly: "機器翻譯，部分譯文經人工審校。",
        wholly: "機器翻譯，譯文經人工審校。",
        by_person: "人工翻譯。",
        authoritative: "以原文為準。",
        sentences: "句子：",
        reviewed: "已經人工審校",
        approved: "已經人工核准",
        not_translated: "未翻譯",
        terms: "本文術語",
        desk: "供編輯參考",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn speaks(tag: &str, expected: &str) {
        assert_eq!(labels(tag.parse().expect("a language tag")).lang, expected);
    }

    #[test]
    fn readers_get_their_own_language_or_english() {
        speaks("pt-BR", "pt");
        speaks("zh", "zh-Hans");
        speaks("zh-TW", "zh-Hant");
        speaks("ar-EG", "ar");
        speaks("sw", "en");
    }

    #[test]
    fn a_direction_is_that_of_its_language() {
        for labels in LABELS {
            let lang: Lang = labels.lang.parse().expect("a language tag");
            assert_eq!(labels.dir == "rtl", lang.is_rtl(), "{}", labels.lang);
        }
    }

    #[test]
    fn what_is_said_of_reviews_is_said_in_the_words_of_each_language() {
        let words = |it: &Labels| [it.partly, it.wholly, it.by_person, it.authoritative, it.reviewed, it.approved];
        let mut said: Vec<_> = LABELS.iter().flat_map(words).collect();
        said.sort_unstable();
        let doubled = said.windows(2).find(|pair| pair[0] == pair[1]);
        assert_eq!(doubled, None, "two labels or languages say the same");
        assert!(LABELS.iter().all(|labels| !labels.sentences.is_empty()) && !said[0].is_empty());
    }
}
