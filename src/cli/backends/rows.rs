//! A configured backend as a row: for people, and as JSON.

use serde::Serialize;

use crate::config::Config;
use crate::model::{Lang, Pair};
use crate::translate::{Backend, Capability, Configured, Heeds, Limits, TermUse};

/// A backend as it is configured; what cannot be known while it cannot be opened is left out.
#[derive(Serialize)]
pub(super) struct Row {
    pub(super) name: String,
    kind: &'static str,
    /// Its place in `[translate] backends`, from 1.
    place: Option<usize>,
    /// The address that is asked; none for what runs on this machine.
    address: Option<String>,
    key: Option<Key>,
    /// Whether texts leave this machine.
    network: Option<bool>,
    /// The pairs, where it is known without asking anybody.
    pairs: Option<Vec<String>>,
    /// Languages that it knows, where pairs are the service's business.
    languages: Option<usize>,
    /// What it does about terms; whatever that is, its drafts are verified and repaired.
    terms: Option<&'static str>,
    limits: Option<Bounds>,
    prices: Option<Prices>,
    /// Why it cannot be opened.
    pub(super) problem: Option<String>,
}

/// Where the key comes from.
#[derive(Serialize)]
struct Key {
    variable: String,
    set: bool,
}

/// What is asked of it at once and in a minute; 0 for no limit.
#[derive(Serialize)]
struct Bounds {
    texts: usize,
    text_size: usize,
    measure: String,
    requests_per_minute: u32,
    chars_per_minute: u32,
    concurrency: usize,
}

/// What a million characters or tokens cost; 0 where the settings do not say.
#[derive(Serialize)]
struct Prices {
    characters: f64,
    input_tokens: f64,
    output_tokens: f64,
}

pub(super) const HEAD: [&str; 9] = ["", "name", "kind", "address", "key", "translates", "terms", "limits", "price"];

impl Row {
    pub(super) async fn of(config: &Config, place: Option<usize>, of: Configured) -> Self {
        let Configured { name, kind, limits, reach, backend } = of;
        let (backend, problem) = match backend {
            Ok(backend) => (Some(backend), None),
            Err(error) => (None, Some(config.located(error).to_string())),
        };
        let capability = backend.as_ref().map(|backend| backend.capability().clone());
        let pairs = match &backend {
            Some(backend) if !backend.capability().network => pairs(&**backend).await,
            _ => None,
        };
        let service = backend.as_ref().filter(|_| pairs.is_none());
        Self {
            name,
            kind,
            place,
            address: reach.address,
            key: reach.key.map(|(variable, set)| Key { variable, set }),
            network: capability.as_ref().map(|it| it.network),
            languages: service.map(|backend| languages(&**backend)),
            pairs,
            terms: capability.as_ref().map(|it| terms(it.terms)),
            limits: capability.as_ref().map(|it| Bounds::of(it, limits.as_ref())),
            prices: limits.as_ref().map(Prices::of),
            problem,
        }
    }

    pub(super) fn cells(&self) -> [String; 9] {
        let or_none = |cell: Option<String>| cell.unwrap_or_else(|| "-".to_owned());
        let key = self
            .key
            .as_ref()
            .map(|Key { variable, set }| format!("{variable}{}", if *set { "" } else { " (not set)" }));
        let here = || (self.network == Some(false)).then(|| "this machine".to_owned());
        [
            or_none(self.place.map(|place| place.to_string())),
            self.name.clone(),
            or_none(Some(self.kind.to_owned()).filter(|kind| !kind.is_empty())),
            or_none(self.address.clone().or_else(here)),
            or_none(key),
            self.translates(),
            or_none(self.terms.map(str::to_owned)),
            or_none(self.limits.as_ref().map(Bounds::readable)),
            or_none(self.prices.as_ref().map(Prices::readable)),
        ]
    }

    fn translates(&self) -> String {
        const SHOWN: usize = 4;
        match (&self.pairs, self.languages, &self.problem) {
            (_, _, Some(_)) => "CANNOT BE OPENED".to_owned(),
            (Some(pairs), ..) if pairs.is_empty() => "nothing".to_owned(),
            (Some(pairs), ..) if pairs.len() > SHOWN => {
                format!("{} and {} more", pairs[..SHOWN].join(" "), pairs.len() - SHOWN)
            }
            (Some(pairs), ..) => pairs.join(" "),
            (None, Some(languages), _) => format!("any of its {languages} languages"),
            (None, None, _) => "-".to_owned(),
        }
    }
}

/// The pairs that a backend of this machine lists.
async fn pairs(backend: &dyn Backend) -> Option<Vec<String>> {
    let pairs = backend.probe().await.ok()?.pairs?;
    Some(pairs.iter().map(ToString::to_string).collect())
}

/// The languages of ISO 639-1.
const LANGUAGES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv \
    dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja \
    jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl \
    nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te \
    tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

/// Every language that may be a source.
pub(super) fn all_languages() -> impl Iterator<Item = Lang> {
    LANGUAGES.split_whitespace().filter_map(|tag| tag.parse().ok())
}

/// How many languages a service translates from or into English, and English.
fn languages(backend: &dyn Backend) -> usize {
    let Ok(english) = "en".parse::<Lang>() else { return 0 };
    let serves = |lang: Lang| {
        let pairs = [Pair { source: english, target: lang }, Pair { source: lang, target: english }];
        pairs.into_iter().any(|pair| backend.route(pair).is_some())
    };
    all_languages().filter(|&lang| serves(lang)).count() + 1
}

/// What is done about terms, in a word or two.
fn terms(terms: TermUse) -> &'static str {
    match terms.heeds {
        Heeds::Glossary => "glossary",
        Heeds::Instructions => "instructions",
        Heeds::Nothing if terms.forces => "said as told",
        Heeds::Nothing if terms.keeps => "kept as they are",
        Heeds::Nothing => "repaired after",
    }
}

impl Bounds {
    fn of(capability: &Capability, limits: Option<&Limits>) -> Self {
        Self {
            texts: capability.max_texts,
            text_size: capability.max_chars,
            measure: capability.measure.to_string(),
            requests_per_minute: limits.map_or(0, |it| it.requests_per_minute),
            chars_per_minute: limits.map_or(0, |it| it.chars_per_minute),
            concurrency: limits.map_or(0, |it| it.concurrency.get()),
        }
    }

    fn readable(&self) -> String {
        let Self { texts, text_size, measure, .. } = self;
        let mut parts = vec![format!("{texts} texts of {text_size} {measure}")];
        let rates = [
            (self.concurrency, "at once"),
            (self.requests_per_minute as usize, "requests/min"),
            (self.chars_per_minute as usize, "characters/min"),
        ];
        parts.extend(rates.into_iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")));
        parts.join(", ")
    }
}

impl Prices {
    fn of(limits: &Limits) -> Self {
        Self { characters: limits.price, input_tokens: limits.price_input, output_tokens: limits.price_output }
    }

    fn readable(&self) -> String {
        let prices =
            [(self.characters, "characters"), (self.input_tokens, "tokens in"), (self.output_tokens, "tokens out")];
        let set = prices.into_iter().filter(|(price, _)| *price > 0.0);
        let told: Vec<String> = set.map(|(price, what)| format!("{price} for 1M {what}")).collect();
        if told.is_empty() { "not set".to_owned() } else { told.join(", ") }
    }
}
