"""Native Bergamot as a peer of the engine bench, through the PyPI wheel bergamot==0.4.5 (CPython 3.10 only).

Law of every peer: `peer MODEL_FOLDER THREADS INPUT OUTPUT` translates each line of INPUT into a line of OUTPUT and
prints one JSON object: seconds of loading, wall and CPU seconds of translating (loading left out), peak memory in MB.

The package's `__init__` fetches lists of models from the network when imported, so its native module is loaded
alone. The settings are those that the wheel itself gives Firefox's models, except that a line is taken for one
sentence, as the other peers take it, that nothing is cached or aligned, and that a batch has 512 words, not 1,024: of
256 to 2,048 it is fastest with about that where this was tried, by a fifteenth.
"""

import importlib.util
import json
import resource
import sys
import sysconfig
import time
from pathlib import Path

SETTINGS = """
models: [{model}]
vocabs: [{vocabulary}, {vocabulary}]
shortlist: [{shortlist}, false]
ssplit-mode: sentence
ssplit-prefix-file: ""
beam-size: 1
normalize: 1.0
word-penalty: 0
max-length-break: 128
max-length-factor: 2.0
mini-batch-words: 512
workspace: 128
skip-cost: true
alignment: none
gemm-precision: int8shiftAlphaAll
cpu-threads: {threads}
quiet: true
"""


def main() -> int:
    folder, threads, source, target = Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]), Path(sys.argv[4])
    lines = source.read_text(encoding="utf-8").splitlines()
    begin = time.monotonic()
    bergamot = native_module()
    service = bergamot.Service(bergamot.ServiceConfig(numWorkers=threads, cacheSize=0, logLevel="off"))
    model = service.modelFromConfig(settings(folder, threads))
    loaded, cpu = time.monotonic(), cpu_seconds()
    options = bergamot.ResponseOptions(alignment=False, qualityScores=False, HTML=False)
    answers = service.translate(model, bergamot.VectorString(lines), options)
    texts = [answer.target.text for answer in answers]
    wall, cpu = time.monotonic() - loaded, cpu_seconds() - cpu
    target.write_text("".join(" ".join(text.split()) + "\n" for text in texts), encoding="utf-8")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"load": loaded - begin, "wall": wall, "cpu": cpu, "peak": peak}))
    return 0


def native_module():
    found = list((Path(sysconfig.get_path("platlib")) / "bergamot").glob("_bergamot*.so"))
    if not found:
        sys.exit("bergamot: its native module is not installed: pip install bergamot==0.4.5")
    spec = importlib.util.spec_from_file_location("_bergamot", found[0])
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def settings(folder: Path, threads: int) -> str:
    model, vocabulary, shortlist = (next(folder.glob(name)) for name in ("model.*", "vocab.*", "lex.*"))
    return SETTINGS.format(model=model, vocabulary=vocabulary, shortlist=shortlist, threads=threads)


def cpu_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    sys.exit(main())
