"""Starts LibreTranslate's own server, with an engine of three lines behind it.

The server's code is the package from PyPI, whole: routes, limits, errors, language codes, aliases, detection. What it
imports to translate (Argos Translate, which would be 480 MB with its libraries and fetch models from a hub) is stood in
for here: `en` to and from `es`, to `pb` and `zh`, by turning the words of a text around.

    python libretranslate_server.py LIBRETRANSLATE'S ARGUMENTS ..
"""

import sys
import types


class Language:
    def __init__(self, code, name):
        self.code, self.name, self.translations_from = code, name, []

    def get_translation(self, target):
        return next((it for it in self.translations_from if it.to_lang is target), None)


class Translation:
    def __init__(self, source, target):
        self.from_lang, self.to_lang = source, target
        source.translations_from.append(self)

    def hypotheses(self, text, count):
        return [types.SimpleNamespace(value=" ".join(reversed(text.split())))] * count


LANGUAGES = {
    code: Language(code, name)
    for code, name in [("en", "English"), ("es", "Spanish"), ("pb", "Portuguese (Brazil)"), ("zh", "Chinese")]
}
for pair in ["en-es", "es-en", "en-pb", "en-zh"]:
    source, target = pair.split("-")
    Translation(LANGUAGES[source], LANGUAGES[target])


def module(name, **members):
    made = types.ModuleType(name)
    vars(made).update(members)
    sys.modules[name] = made
    return made


translate = module("argostranslate.translate", get_installed_languages=lambda: list(LANGUAGES.values()))
# Two installed packages: so that none is looked for on the network.
package = module("argostranslate.package", get_installed_packages=lambda: [None, None])
module("argostranslate", translate=translate, package=package)
module("argostranslatefiles", get_supported_formats=list)
module("argostranslatefiles.translatehtml", translate_html=lambda translation, text: text)
module("minisbd", download_models=lambda *_: None)

from libretranslate.main import main  # noqa: E402

main()
