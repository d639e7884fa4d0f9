//! The words by which furniture is known, in lower case, language by language.

/// Lines that head a list of links to other pages, by what is listed.
#[rustfmt::skip]
pub(super) const TEASER_HEADS: &[(&str, &[&str])] = &[
    ("related news", &[
        "related news", "related", "related stories", "related articles", "related coverage",
        "related content", "related topics", "related reading", "related links", "read more", "read also",
        "see also", "more on this story", "more from", "more news", "more stories", "you may also like",
        "you might also like", "recommended", "recommended for you", "recommended stories", "editor's picks",
        "editors' picks", "explore more", "explore", "top stories", "latest news", "most read", "most viewed",
        "most popular", "trending", "trending now", "what to read next", "up next", "in case you missed it",
        "相关新闻", "相关报道", "相关阅读", "相关链接", "相关文章", "延伸阅读", "推荐阅读", "热门推荐",
        "相关稿件", "相关专题", "相关推荐", "精彩推荐", "更多阅读", "更多新闻", "更多精彩", "猜你喜欢", "热点新闻", "相關新聞", "相關報導", "相關閱讀", "延伸閱讀",
        "推薦閱讀", "更多新聞", "熱門新聞",
        "matérias relacionadas", "veja mais", "leia também", "leia mais", "veja também", "ler mais", "saiba mais", "notícias relacionadas",
        "artigos relacionados", "mais lidas", "mais notícias", "últimas notícias", "relacionados",
        "relacionadas", "lea también", "leer más", "lee también", "ver también", "noticias relacionadas",
        "artículos relacionados", "más noticias", "te puede interesar", "le puede interesar", "más leídas",
        "últimas noticias", "lire aussi", "à lire aussi", "à lire également", "voir aussi", "articles liés",
        "sur le même sujet", "sur le même thème", "les plus lus", "plus d'articles", "lesen sie auch",
        "mehr zum thema", "auch interessant", "das könnte sie auch interessieren", "weitere artikel",
        "meistgelesen",
        "новости по теме", "ещё по теме", "также по теме", "другие материалы",
        "читайте также", "читать также", "по теме", "материалы по теме", "похожие новости", "другие новости",
        "смотрите также", "популярное", "главные новости", "связанные новости",
        "اقرأ أيضا", "اقرأ أيضاً", "اقرأ أيضًا", "إقرأ أيضا", "شاهد أيضا", "قد يهمك أيضا", "موضوعات ذات صلة", "أخبار ذات صلة", "مواضيع ذات صلة", "المزيد من الأخبار", "الأكثر قراءة",
        "関連記事", "関連ニュース",
        "おすすめ記事",
        "관련 기사", "관련기사",
    ]),
    ("tags", &[
        "key words", "keywords", "tags",
        "关键词", "标签", "關鍵字",
        "palavras-chave", "palabras clave", "mots-clés",
        "теги", "ключевые слова",
    ]),
    ("comments", &[
        "comments", "leave a comment", "leave a reply",
        "评论", "网友评论", "留言",
        "comentários", "comentarios", "commentaires",
        "комментарии",
    ]),
];

/// What stands before the colon of a line that names the people behind a page, and nothing else.
#[rustfmt::skip]
pub(super) const CREDITS: &[&str] = &[
    "editor", "editors", "web editor", "edited by", "editing by", "reporting by", "writing by", "proofread by",
    "责任编辑", "责编", "编辑", "責任編輯", "編輯", "审核", "校对", "监制",
    "author", "autor", "автор", "作者",
    "editado por", "edição", "editor responsável", "edición",
    "редактор", "редактор выпуска",
    "المحرر",
    "編集",
    "편집",
];

/// What begins a line that names them without a colon.
pub(super) const CREDIT_STARTS: &[&str] = &["Reporting by ", "Additional reporting by ", "Writing by ", "Editing by "];

/// What stands before the name of the paper or agency.
#[rustfmt::skip]
pub(super) const SOURCES: &[&str] = &[
    "source",
    "来源", "稿源", "來源", "文章来源", "新闻来源",
    "fonte", "fuente", "quelle",
    "источник",
    "المصدر",
    "出典",
    "출처",
];

/// What stands before a date.
#[rustfmt::skip]
pub(super) const DATE_LABELS: &[&str] = &[
    "published on", "published at", "published", "updated on", "updated at", "last updated", "last modified",
    "updated", "posted on", "posted", "date",
    "发布时间", "发表时间", "更新时间", "时间", "日期", "發布時間", "更新時間",
    "publicado em", "publicado a", "publicado", "atualizado em", "atualizado", "actualizado el", "actualizado", "data", "publicado el",
    "fecha", "publié le", "mis à jour le", "veröffentlicht am", "stand",
    "опубликовано", "обновлено", "дата",
    "نشر في", "تاريخ النشر",
];

/// Words that tell a line of share buttons.
#[rustfmt::skip]
pub(super) const SHARE: &[&str] = &[
    "share", "tweet", "facebook", "twitter", "whatsapp", "wechat", "weibo", "linkedin", "telegram",
    "pinterest", "reddit", "messenger", "email", "e-mail", "print",
    "分享", "分享到", "分享至", "微信", "微博", "新浪微博", "朋友圈", "打印", "纠错", "字体",
    "字号", "列印",
    "compartilhar", "compartilhe", "partilhar", "partilhe", "imprimir", "compartir", "comparte", "partager",
    "imprimer", "teilen", "drucken",
    "поделиться", "печать", "вконтакте",
    "شارك", "طباعة",
    "シェア",
    "공유",
];

/// Words that such a line may hold besides.
#[rustfmt::skip]
pub(super) const SHARE_FILLERS: &[&str] = &[
    "this", "article", "story", "on", "to", "via", "by", "with", "friends", "x", "link", "copy", "save", "a",
    "a+", "a-", "aa", "text", "size", "qq", "vk", "more", "comment",
    "大", "中", "小", "收藏", "评论",
    "esta", "notícia", "artigo", "no", "na", "em", "por", "en", "este", "artículo", "cet", "l'article", "sur",
    "copiar", "copier", "le", "lien",
    "ссылка",
    "max",
];

/// What ends a line that claims copyright.
#[rustfmt::skip]
pub(super) const COPYRIGHT_ENDS: &[&str] = &[
    "all rights reserved",
    "版权所有", "版權所有", "未经授权不得转载", "未经书面授权不得复制或建立镜像",
    "todos os direitos reservados", "todos los derechos reservados", "tous droits réservés",
    "alle rechte vorbehalten",
    "все права защищены",
    "جميع الحقوق محفوظة",
];

/// What begins such a line.
#[rustfmt::skip]
pub(super) const COPYRIGHT_STARTS: &[&str] = &[
    "©", "copyright ©", "copyright (c)", "(c) ",
    "版权所有", "版權所有", "版权声明",
    "copyright 2", "copyright 1",
];

/// Lines that agencies end a report with.
#[rustfmt::skip]
pub(super) const END_MARKS: &[&str] = &[
    "enditem", "end", "###", "-30-",
    "(完)", "（完）",
    "fim", "(fim)",
    "(конец)",
];

/// Of these, the ones that may stand behind the last sentence.
#[rustfmt::skip]
pub(super) const TRAILING_END_MARKS: &[&str] = &["enditem", "(完)", "（完）", "(fim)", "(конец)"];

/// What a player or gallery leaves behind when a page is scraped.
#[rustfmt::skip]
pub(super) const PLAYERS: &[&str] = &[
    "video player close", "video playerclose", "play video", "watch video", "photo gallery", "click to play", "advertisement",
    "点击播放", "播放视频", "点击查看大图", "广告",
    "publicidade", "publicidad", "publicité", "anzeige",
    "реклама",
];

/// What a breadcrumb begins with.
#[rustfmt::skip]
pub(super) const HOMES: &[&str] = &[
    "home", "homepage", "front page",
    "首页", "主页", "网站首页", "您的位置", "当前位置", "您当前的位置", "首頁",
    "início", "inicio", "página inicial", "portada", "accueil", "startseite",
    "главная", "главная страница",
    "الرئيسية",
    "ホーム",
    "홈",
    "新华网", "人民网", "中国新闻网", "央视网",
];

/// What a breadcrumb may end with that is no section.
#[rustfmt::skip]
pub(super) const CRUMB_ENDS: &[&str] = &[
    "正文",
    "article", "story", "text", "content",
    "详情", "内容",
    "artigo", "artículo",
    "статья",
];
