"""Lists what others wrote and we ship: docs/third-party.md, and the licence texts for a bundle."""

import re
import shutil
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PAPER = ROOT / "docs" / "third-party.md"
HEAD = """# 第三方软件 (third-party software)

由 `python installer/licences.py` 从各软件包自带的说明生成；许可证全文随安装包放在 `licences/`。
Qt 与 PySide6 按 LGPL-3.0 使用：安装包中各 Qt 库是独立文件，可以用自己编译的同版本库替换。

| name | version | licence |
| --- | --- | --- |
"""
FONTS = """
## 字体和色彩特性文件 (fonts and colour profile)

| name | from Debian's package | licence |
| --- | --- | --- |
| FandolFang, FandolKai | texlive-lang-chinese | GPL-3.0 with font exception; converted by installer/fonts.py |
| Noto Sans CJK SC, Noto Serif CJK SC | fonts-noto-cjk, fonts-noto-cjk-extra | OFL-1.1 |
| Liberation Serif | fonts-liberation2 | OFL-1.1 |
| sRGB.icc | icc-profiles-free | Zlib |
| list of 通用规范汉字表 (Unihan, at build time) | unicode-data | Unicode-DFS-2016 |
"""
# Where a package's metadata says nothing, or nothing short: read in its repository.
KNOWN = {
    "pyrage": "MIT",
    "sqlcipher3": "Zlib (inside: SQLCipher BSD-3-Clause, SQLite public domain, OpenSSL Apache-2.0)",
    "rapidocr-onnxruntime": "Apache-2.0 (models of PaddleOCR: Apache-2.0)",
    "shiboken6": "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only",
    "pyside6-essentials": "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only",
}


def shipped() -> list[str]:
    """Canonical names of the runtime dependencies, with what they need in turn."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    replaced = {Requirement(text).name for text in project["tool"]["uv"]["override-dependencies"]}
    waiting, found = list(project["project"]["dependencies"]), set[str]()
    while waiting:
        needed = Requirement(waiting.pop())
        name = canonicalize_name(needed.name)
        is_other = needed.marker is not None and not needed.marker.evaluate({"extra": ""})
        if is_other or name in found or needed.name in replaced:
            continue
        found.add(name)
        waiting += metadata.requires(name) or ()
    return sorted(found)


def licence(name: str) -> str:
    """The licence as the package states it, in one line."""
    about = metadata.metadata(name)
    classified = [
        line.rsplit(" :: ", 1)[-1]
        for line in about.get_all("Classifier") or ()
        if line.startswith("License ::") and not line.endswith("OSI Approved")
    ]
    stated = (about.get("License-Expression") or about.get("License") or "").strip()
    return KNOWN.get(name) or (stated if stated and "\n" not in stated else "; ".join(classified)) or "?"


def table() -> str:
    """The whole paper, in the versions installed here."""
    rows = (f"| {name} | {metadata.version(name)} | {licence(name)} |\n" for name in shipped())
    return HEAD + "".join(rows) + FONTS


def copy_texts(target: Path) -> None:
    """Every licence text that the packages carry, and the LGPL and GPL as Debian keeps them."""
    for name in shipped():
        for path in _texts(name):
            folder = target / name
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, folder / path.name)
    for name in ("LGPL-3", "GPL-3"):
        shutil.copyfile(Path("/usr/share/common-licenses", name), target / name)
    shutil.copyfile(PAPER, target / PAPER.name)


def _texts(name: str) -> Iterator[Path]:
    for file in metadata.files(name) or ():
        if re.match(r"(LICEN[CS]E|COPYING|NOTICE|AUTHORS)", file.name, re.IGNORECASE) and file.suffix != ".py":
            yield Path(str(file.locate()))


if __name__ == "__main__":
    PAPER.parent.mkdir(exist_ok=True)
    PAPER.write_text(table(), encoding="utf-8")
    sys.exit("? |" in table())
