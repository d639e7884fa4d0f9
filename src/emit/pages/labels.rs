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
}
