//! The languages this build can tell apart: one row each, present when its `lang-` feature is.

use super::script::Script;

/// A language that can be detected.
#[derive(Debug)]
pub(super) struct Row {
    /// Its tag, as the configuration names it.
    pub(super) tag: &'static str,
    /// The script it is written in.
    pub(super) script: Script,
    /// Its letters in lower case, where one alphabet serves several languages; empty where the script is its own.
    pub(super) alphabet: &'static str,
    /// Words that almost every sentence holds one of, for languages that share a script; lower case, by spaces.
    #[cfg_attr(not(feature = "latin"), expect(dead_code, reason = "only the Latin script holds several languages"))]
    pub(super) words: &'static str,
}

/// Letters of western European languages and of the names they quote. It lacks the letters that give
/// other languages away: `å`, `ł`, `ș`, `ğ`, `ò`.
#[cfg(feature = "latin")]
const WESTERN: &str = "abcdefghijklmnopqrstuvwxyzàáâãäæçèéêëíîïñóôõöœùúûüÿßªº";
#[cfg(feature = "lang-ru")]
const RUSSIAN: &str = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя";
#[cfg(feature = "lang-ar")]
const ARABIC: &str = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيٱ";

/// The rows, in the order in which they are listed to users.
pub(super) static COMPILED: &[Row] = &[
    #[cfg(feature = "lang-en")]
    Row { tag: "en", script: Script::Latin, alphabet: WESTERN, words: ENGLISH },
    #[cfg(feature = "lang-zh")]
    Row { tag: "zh-Hans", script: Script::Han, alphabet: "", words: "" },
    #[cfg(feature = "lang-zh")]
    Row { tag: "zh-Hant", script: Script::Han, alphabet: "", words: "" },
    #[cfg(feature = "lang-ru")]
    Row { tag: "ru", script: Script::Cyrillic, alphabet: RUSSIAN, words: "" },
    #[cfg(feature = "lang-fr")]
    Row { tag: "fr", script: Script::Latin, alphabet: WESTERN, words: FRENCH },
    #[cfg(feature = "lang-es")]
    Row { tag: "es", script: Script::Latin, alphabet: WESTERN, words: SPANISH },
    #[cfg(feature = "lang-ar")]
    Row { tag: "ar", script: Script::Arabic, alphabet: ARABIC, words: "" },
    #[cfg(feature = "lang-pt")]
    Row { tag: "pt", script: Script::Latin, alphabet: WESTERN, words: PORTUGUESE },
    #[cfg(feature = "lang-de")]
    Row { tag: "de", script: Script::Latin, alphabet: WESTERN, words: GERMAN },
    #[cfg(feature = "lang-ja")]
    Row { tag: "ja", script: Script::Kana, alphabet: "", words: "" },
    #[cfg(feature = "lang-ko")]
    Row { tag: "ko", script: Script::Hangul, alphabet: "", words: "" },
];

#[cfg(feature = "lang-en")]
const ENGLISH: &str = "the of and to in a is that for on was with as it he by be at are from his this have an has had \
    not but they who were which will its or their we been said would about more after when one she her you all if out \
    up there into what than no new over i my our so can could do did him them your how why just may now also off amid me us like made make get got been because says see where while these those some only \
    between against under before two us being since very still much many here should through each until during why";
#[cfg(feature = "lang-fr")]
const FRENCH: &str = "de la le les et à des en l d un une du que qui est pour dans a il sur par ne pas plus au se s n \
    qu ce c avec sont son sa ses aux ont été elle mais cette ou nous leur comme fait être ces je j après lui entre y \
    tout deux sans on vous ils m avait était selon contre où dont si même très leurs sous aussi avant mon notre votre toutes tous toute \
    bien peut quand vers depuis non dit me moi te autres ainsi lors jamais rien fois ni étaient seront sera";
#[cfg(feature = "lang-es")]
const SPANISH: &str = "de la que el en y a los del las se por un con una su para no al lo es como más o pero sus le ha \
    fue este sobre entre cuando ser son también hasta desde está han muy sin me ya todo esta hay donde quien dos él \
    había era si porque mi tras ante contra eso qué yo ni nos ella ellos te les cómo según durante esto unos \
    hace dijo mucho tiene tan vez años puede estos otros otra otro todos era aunque fueron será solo así nuestro nuestra";
#[cfg(feature = "lang-pt")]
const PORTUGUESE: &str = "de a o que e do da em um para com não uma os no se na por mais as dos como mas ao ele das à \
    seu sua ou foi nos já eu também só pelo pela até isso ela entre era depois sem mesmo aos ter seus quem nas me esse \
    eles está você tinha há ser quando muito são pelos pelas num numa disse após sobre ainda pode foram tem têm é às \
    mim comigo essa este esta estes isto aquele foi tão outro outra todos toda tudo vai vamos nosso nossa temos agora há anos";
#[cfg(feature = "lang-de")]
const GERMAN: &str = "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an er \
    hat aus bei dass sie nach wird einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur \
    bis mehr durch man sein wurde sei hatte kann gegen vom können schon wenn ich ihr wir was werden seine ihre unter \
    uns mich mir das hier da sagte habe mein dieser diese dieses jetzt alle doch kein keine seit ab zwei zwischen etwa";

/// The commonest words of languages that are not told but stand near those that are. A text that holds more of
/// them than of its own language's is in none of these: Italian, Catalan, Galician, Romanian, Dutch, Afrikaans,
/// Danish and Norwegian, Swedish, Indonesian.
#[cfg(feature = "latin")]
pub(super) const NEIGHBOURS: &[&str] = &[
    "il di che la e per un in a non è del della i con si da le dei nel ha una al sono gli delle ma come più anche dal \
    alla lo ai suo o degli dalla questo nella ad se stato tra ed essere hanno questa era dopo detto fra due sul cui",
    "de la i el que a en els l d per les un va del amb una s no és al dels es ha n com més però o pel ser són aquest \
    als aquesta seva seu entre també han fins sobre molt quan després durant on pels sense contra hi ja",
    "de a o que e do da en un para os no unha por as co das con dos na como máis non se ao pola polo foi á seu súa \
    pero ou nos nas xa moi tamén ten entre está esta este sobre cando ata desta onde son ante tras aos",
    "de a în și la cu că să pe nu din care mai o un pentru au fost este al ale sa se lui ce dar sau prin după ca fi \
    va către despre când sunt ai îi între",
    "de het een van en in dat is op te zijn met voor niet die er aan om ook als maar bij uit door naar nog over dan \
    wordt hij heeft tot deze worden hebben was werd zal ze meer wel of al had kan geen moet",
    "die van in en het is vir nie wat op sy dat te met aan om ook was word hy as sal hulle uit deur na sê tot maar \
    by kan oor n nog moet teen haar haal gesê",
    "og i er at det som på en til av for med de den ikke har et om fra var han vi kan men ble blev sig seg så ved der \
    eller skal etter efter hun også vil nå nu ud ut over være mot mod da",
    "och i att det som en på är av för med den till inte har de ett om var från han så men sig kan vi hon under också \
    efter vid eller nu mot när ska blev över ha skulle",
    "yang dan di untuk dengan pada ini dari dalam tidak akan itu oleh ke adalah telah juga sebagai mereka bahwa \
    karena lebih ada dapat bisa saya kepada tersebut seperti tahun atas para menjadi namun masih sudah",
];
