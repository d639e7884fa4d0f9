"""Reads, saves and edits XLIFF through translate-toolkit, as its users' scripts and Weblate do.

    toolkit.py show FOLDER             what each of its readers makes of every file, as JSON
    toolkit.py save FOLDER OUT         every file loaded and stored again
    toolkit.py edit FOLDER OUT EDITS   the same with the edits of a JSON file: file -> segment -> what to set
"""

import json
import sys
from pathlib import Path

from lxml import etree
from translate.storage.poxliff import PoXliffFile
from translate.storage.xliff import Xliff1File
from translate.storage.xliff2 import Xliff2File, Xliff2Unit

SPANS = {"g": "id", "pc": "id"}
BEGINS = {"bx": "id", "sc": "id"}
ENDS = {"ex": "rid", "ec": "startRef"}
ALONE = {"x": "id", "ph": "id"}


def readers(data):
    return [Xliff1File, PoXliffFile] if b'version="1.2"' in data else [Xliff2File]


def segment(unit):
    """The id of the segment, without what the toolkit sets before it."""
    return unit.getid().replace("\x04", "::").rpartition("::")[2]


def coded(node):
    """The text under `node` with its codes as the toolkit holds them; None where there is no node."""
    if node is None:
        return None
    parts = [node.text or ""]
    for child in node:
        name, code = etree.QName(child).localname, child.attrib
        if name in SPANS:
            parts += [f"⟦{code['id']}⟧", coded(child), f"⟦/{code['id']}⟧"]
        elif name in BEGINS:
            parts.append(f"⟦{code['id']}⟧")
        elif name in ENDS:
            parts.append(f"⟦/{code.get(ENDS[name], code.get('id'))}⟧")
        elif name == "it":
            parts.append(f"⟦{code['id']}⟧" if code["pos"] == "open" else f"⟦/{code['id']}⟧")
        elif name in ALONE:
            parts.append(f"⟦{code['id']}/⟧")
        else:
            parts.append(coded(child))
        parts.append(child.tail or "")
    return "".join(parts)


def show(folder):
    shown = {}
    for file in sorted(Path(folder).iterdir()):
        data = file.read_bytes()
        for reader in readers(data):
            shown[f"{file.name} {reader.__name__}"] = [
                {
                    "id": segment(unit),
                    "source": coded(unit.source_dom),
                    "target": coded(unit.target_dom),
                    "source_text": unit.source,
                    "target_text": unit.target,
                }
                for unit in reader.parsestring(data).units
            ]
    json.dump(shown, sys.stdout, ensure_ascii=False)


def replaced(element, before, after):
    """Changes words of a text in place, in the toolkit's form that keeps codes."""
    for leaf in element.flatten():
        leaf.sub = [part.replace(before, after) if isinstance(part, str) else part for part in leaf.sub]
    return element


def edit(unit, edits):
    """Sets what `edits` names: the target, words of a target with codes, whether it is approved, the state, a note."""
    if "target" in edits:
        unit.target = edits["target"]
    if "replace" in edits:
        unit.rich_target = [replaced(unit.rich_target[0], *edits["replace"])]
    if "approved" in edits:
        unit.markapproved(edits["approved"])
    if "state" in edits:
        if isinstance(unit, Xliff2Unit):
            unit.xmlelement.set("state", edits["state"])
        else:
            unit.set_state_n(unit.statemap[edits["state"]])
    if "note" in edits:
        unit.addnote(edits["note"], origin="translator")


def save(folder, out, edits):
    for file in sorted(Path(folder).iterdir()):
        data = file.read_bytes()
        store = readers(data)[0].parsestring(data)
        for unit in store.units:
            edit(unit, edits.get(file.name, {}).get(segment(unit), {}))
        with (Path(out) / file.name).open("wb") as stored:
            store.serialize(stored)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["show", folder]:
            show(folder)
        case ["save", folder, out]:
            save(folder, out, {})
        case ["edit", folder, out, edits]:
            save(folder, out, json.loads(Path(edits).read_text(encoding="utf-8")))
        case _:
            sys.exit(__doc__)
