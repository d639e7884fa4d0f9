//! The words of each language that agree with the noun after them, as school grammars list them.
//!
//! Law: a cell is empty where the language has no such word.

/// A word by agreement: masculine and feminine in the singular, then in the plural. What stands after `|` is for a word
/// that begins with a vowel; what ends in an apostrophe takes no space after it.
pub(super) type Row = [&'static str; 4];

/// The words of a language that agree, or are contracted, with what follows them.
pub(super) struct Table {
    pub(super) lang: &'static str,
    pub(super) rows: &'static [Row],
    /// Words of the rows that are something else as well.
    pub(super) ambiguous: &'static [&'static str],
    /// What may have to go between a noun and a term that is put after it: nothing, an article, a preposition, both.
    pub(super) links: &'static [Row],
}

pub(super) const TABLES: &[Table] = &[
    Table {
        lang: "pt",
        rows: &[
            ["o", "a", "os", "as"],
            ["um", "uma", "uns", "umas"],
            ["do", "da", "dos", "das"],
            ["no", "na", "nos", "nas"],
            ["ao", "à", "aos", "às"],
            ["pelo", "pela", "pelos", "pelas"],
            ["num", "numa", "nuns", "numas"],
            ["este", "esta", "estes", "estas"],
            ["esse", "essa", "esses", "essas"],
            ["aquele", "aquela", "aqueles", "aquelas"],
            ["deste", "desta", "destes", "destas"],
            ["desse", "dessa", "desses", "dessas"],
            ["neste", "nesta", "nestes", "nestas"],
            ["nesse", "nessa", "nesses", "nessas"],
            ["seu", "sua", "seus", "suas"],
            ["nosso", "nossa", "nossos", "nossas"],
            ["novo", "nova", "novos", "novas"],
            ["antigo", "antiga", "antigos", "antigas"],
            ["primeiro", "primeira", "primeiros", "primeiras"],
            ["outro", "outra", "outros", "outras"],
            ["próprio", "própria", "próprios", "próprias"],
            ["chamado", "chamada", "chamados", "chamadas"],
        ],
        ambiguous: &["a"],
        links: &[["de", "de", "de", "de"], ["do", "da", "dos", "das"], ["o", "a", "os", "as"]],
    },
    Table {
        lang: "es",
        rows: &[
            ["el", "la", "los", "las"],
            ["un", "una", "unos", "unas"],
            ["del", "de la", "de los", "de las"],
            ["al", "a la", "a los", "a las"],
            ["este", "esta", "estos", "estas"],
            ["ese", "esa", "esos", "esas"],
            ["aquel", "aquella", "aquellos", "aquellas"],
            ["nuestro", "nuestra", "nuestros", "nuestras"],
            ["nuevo", "nueva", "nuevos", "nuevas"],
            ["otro", "otra", "otros", "otras"],
            ["primer", "primera", "primeros", "primeras"],
            ["llamado", "llamada", "llamados", "llamadas"],
        ],
        ambiguous: &["este"],
        links: &[["de", "de", "de", "de"], ["del", "de la", "de los", "de las"], ["el", "la", "los", "las"]],
    },
    Table {
        lang: "fr",
        rows: &[
            ["le|l'", "la|l'", "les", "les"],
            ["un", "une", "des", "des"],
            ["du|de l'", "de la|de l'", "des", "des"],
            ["au|à l'", "à la|à l'", "aux", "aux"],
            ["ce|cet", "cette", "ces", "ces"],
            ["son", "sa|son", "ses", "ses"],
            ["leur", "leur", "leurs", "leurs"],
            ["notre", "notre", "nos", "nos"],
            ["nouveau|nouvel", "nouvelle", "nouveaux", "nouvelles"],
            ["ancien", "ancienne", "anciens", "anciennes"],
            ["premier", "première", "premiers", "premières"],
            ["de|d'", "de|d'", "de|d'", "de|d'"],
            ["que|qu'", "que|qu'", "que|qu'", "que|qu'"],
        ],
        ambiguous: &["des"],
        links: &[
            ["de|d'", "de|d'", "de|d'", "de|d'"],
            ["du|de l'", "de la|de l'", "des", "des"],
            ["le|l'", "la|l'", "les", "les"],
        ],
    },
    Table {
        lang: "de",
        rows: &[
            ["der", "die", "die", "die"],
            ["den", "die", "die", "die"],
            ["dem", "der", "den", "den"],
            ["des", "der", "der", "der"],
            ["ein", "eine", "", ""],
            ["einen", "eine", "", ""],
            ["einem", "einer", "", ""],
            ["eines", "einer", "", ""],
            ["im", "in der", "in den", "in den"],
            ["zum", "zur", "zu den", "zu den"],
            ["vom", "von der", "von den", "von den"],
            ["beim", "bei der", "bei den", "bei den"],
        ],
        ambiguous: &["der", "die", "den", "des"],
        links: &[],
    },
    Table { lang: "en", rows: &[["a|an", "a|an", "", ""]], ambiguous: &[], links: &[] },
];
