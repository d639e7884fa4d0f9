"""Prints what translate-toolkit reads of translation memories, as JSON, a line for each unit: id, source, target.

Arguments: OmegaT's jar, which holds the DTD of TMX 1.4, and the memories. One that the DTD does not allow ends it.
"""

import io
import json
import sys
import zipfile

from lxml import etree
from translate.storage import tmx

with zipfile.ZipFile(sys.argv[1]) as jar:
    dtd = etree.DTD(io.BytesIO(jar.read("schemas/tmx14.dtd")))
for path in sys.argv[2:]:
    if not dtd.validate(etree.parse(path)):
        sys.exit(f"{path}: {dtd.error_log}")
    with open(path, "rb") as file:
        store = tmx.tmxfile(file)
    for unit in store.units:
        print(json.dumps([unit.getid(), str(unit.source), str(unit.target)]))
