"""Prepares the fonts of the printed page: fetched from Debian by package name, subset, converted to TrueType, cached.

This file is also the "source" of the converted GPL fonts and travels beside them.
"""

import bz2
import gzip
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont, newTable

FANDOL = "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol"
FANDOL_PAPERS = "usr/share/doc/texlive-doc/fonts/fandol"
NOTO = "usr/share/fonts/opentype/noto"
UNIHAN = "usr/share/unicode/Unihan_OtherMappings.txt.bz2"
# CFF only, vertical writing, and layout rules that the typesetter has of its own.
DROPPED = ("CFF ", "VORG", "GSUB", "GPOS", "GDEF", "BASE", "DSIG", "vhea", "vmtx")
# Beyond GB 2312: marks and units met in official documents.
SYMBOLS = "〇★☆〔〕·—―–‘’“”…•●○■□▲△◆◇√☐☑☒※→←↑↓×÷±≤≥≈≠‰℃㎡㎥㎏㎜㎝㎞№€¥￥£§°²³µ" + "".join(
    chr(code) for block in ((0x2460, 0x249C), (0x3220, 0x322A), (0x2160, 0x216C)) for code in range(*block)
)
LICENCES = {
    "texlive-lang-chinese": (f"{FANDOL_PAPERS}/README", f"{FANDOL_PAPERS}/COPYING.gz"),
    "fonts-noto-cjk": ("usr/share/doc/fonts-noto-cjk/copyright",),
    "fonts-liberation2": ("usr/share/doc/fonts-liberation2/copyright",),
    "icc-profiles-free": ("usr/share/doc/icc-profiles-free/copyright",),
    "unicode-data": ("usr/share/doc/unicode-data/copyright",),
}


class MissingFontError(Exception):
    """A font cannot be had, or is not the one this recipe was checked with."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file of a Debian package, and what becomes of it; `face` names the member of a collection."""

    package: str
    path: str
    sha256: str
    result: str
    face: str = ""


SOURCES = (
    Source(
        "texlive-lang-chinese",
        f"{FANDOL}/FandolFang-Regular.otf",
        "d838ad32ce2244d8144f408c37fe71065aba6fbbc80759a4d2aa2033948d5bc9",
        "FandolFang-Regular.ttf",
    ),
    Source(
        "texlive-lang-chinese",
        f"{FANDOL}/FandolKai-Regular.otf",
        "ea7e7fb4f9b3ac694a68d43946e04d21deed6e8c29a7c2d3081e1a4138f2f827",
        "FandolKai-Regular.ttf",
    ),
    Source(
        "fonts-noto-cjk-extra",
        f"{NOTO}/NotoSansCJK-Medium.ttc",
        "197d5e1e019faca33a4d55931c7d68b8056f3b97cb862049f5cb8de9efdfb8ce",
        "NotoSansSC-Medium.ttf",
        "Noto Sans CJK SC Medium",
    ),
    Source(
        "fonts-noto-cjk-extra",
        f"{NOTO}/NotoSerifCJK-Light.ttc",
        "7e4263391f8a29d726e2678d573a0c7b6b8b9bc0349223e5b24e75aae19c8a25",
        "NotoSerifSC-Light.ttf",
        "Noto Serif CJK SC Light",
    ),
    Source(
        "fonts-noto-cjk",
        f"{NOTO}/NotoSerifCJK-Bold.ttc",
        "a5d4b046c127da3d7c72f98b46c41489cd29bf52abfdf18aba920903e920d4ac",
        "NotoSerifSC-Bold.ttf",
        "Noto Serif CJK SC Bold",
    ),
    Source(
        "fonts-liberation2",
        "usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf",
        "29d12439831b7f59194efec85872f24f54eff05738933f9a860220d2abff88ba",
        "LiberationSerif-Regular.ttf",
    ),
    Source(
        "icc-profiles-free",
        "usr/share/color/icc/sRGB.icc",
        "2a92d4bae450b76d8b0aa42193df974d75f62738ecebf74f01c5e75b12a95796",
        "sRGB.icc",
    ),
    Source("unicode-data", UNIHAN, "bdeef44d75d914e793b7f27ddc3bee01b2d11dd34f4e52de1a9fba74a1612dc2", ""),
)


def prepare() -> Path:
    """The folder with the finished fonts, made by the first call on a machine (about a minute)."""
    recipe = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:16]
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "deskoffice" / "fonts"
    folder = base / recipe
    if folder.is_dir():
        return folder
    base.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=base, prefix="new-") as scratch:
        half = Path(scratch) / "fonts"
        half.mkdir()
        _make(_fetch(Path(scratch)), half)
        half.rename(folder)
    return folder


def _fetch(scratch: Path) -> dict[str, Path]:
    """Where each package's files lie; packages not installed here are downloaded and unpacked, not installed."""
    roots = {}
    for package in sorted({source.package for source in SOURCES}):
        wanted = [source for source in SOURCES if source.package == package]
        root = Path("/")
        if not all((root / path).is_file() for path in (*(s.path for s in wanted), *LICENCES.get(package, ()))):
            root = _download(package, scratch)
        for source in wanted:
            if hashlib.sha256((root / source.path).read_bytes()).hexdigest() != source.sha256:
                raise MissingFontError(f"{package}: {source.path} is not the file this recipe was checked with")
        roots[package] = root
    return roots


def _download(package: str, scratch: Path) -> Path:
    root, debs = scratch / package, scratch / f"{package}.deb"
    debs.mkdir()
    print(f"fonts: downloading {package}", file=sys.stderr)
    try:
        subprocess.run(["apt-get", "download", "-qq", package], cwd=debs, check=True, stderr=subprocess.DEVNULL)
        subprocess.run(["dpkg", "-x", next(debs.glob("*.deb")), root], check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise MissingFontError(f"{package} cannot be downloaded; 请管理员先执行 apt-get update") from error
    return root


def _make(roots: dict[str, Path], out: Path) -> None:
    characters = repertoire(roots["unicode-data"] / UNIHAN)
    with ProcessPoolExecutor(2) as pool:
        jobs = []
        for source in SOURCES:
            path = roots[source.package] / source.path
            if source.path.endswith((".otf", ".ttc")):
                jobs.append(pool.submit(convert, path, source.face, characters, out / source.result))
            elif source.result:
                shutil.copyfile(path, out / source.result)
        for job in jobs:
            job.result()
    papers = out / "licences"
    papers.mkdir()
    for package, paths in LICENCES.items():
        for path in map(Path, paths):
            content = (roots[package] / path).read_bytes()
            plain = gzip.decompress(content) if path.suffix == ".gz" else content
            (papers / f"{package}-{path.name.removesuffix('.gz')}").write_bytes(plain)
    shutil.copyfile(__file__, papers / "fonts.py")


def repertoire(unihan: Path) -> frozenset[int]:
    """What a county office writes: Latin, GB 2312, the marks above, and 通用规范汉字表 as Unicode records it."""
    text = bz2.decompress(unihan.read_bytes()).decode()
    rows = (line.split("\t") for line in text.splitlines() if line.startswith("U+"))
    table = {int(row[0].removeprefix("U+"), 16) for row in rows if row[1] == "kTGH"}
    if len(table) != 8105:
        raise MissingFontError(f"{unihan}: {len(table)} characters in the table, not 8105")
    pairs = (bytes((high, low)) for high in range(0xA1, 0xF8) for low in range(0xA1, 0xFF))
    national = {ord(character) for pair in pairs for character in pair.decode("gb2312", "ignore")}
    return frozenset({*range(0x20, 0x7F), *range(0xA0, 0x100), *map(ord, SYMBOLS), *national, *table})


def convert(source: Path, face: str, characters: frozenset[int], target: Path) -> None:
    """Subset one CFF font and turn its cubic outlines into quadratic ones, which is all reportlab embeds."""
    font = _open(source, face)
    options = Options()
    options.layout_features, options.name_IDs, options.notdef_outline = [], ["*"], True
    options.hinting, options.ignore_missing_unicodes, options.recalc_timestamp = False, True, False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    _outline(font)
    font.save(target)


def _open(source: Path, face: str) -> TTFont:
    if not face:
        return TTFont(source, recalcTimestamp=False)
    faces = [font["name"].getDebugName(4) for font in TTCollection(source, lazy=True).fonts]
    # Static collections call the Regular and Bold styles by the family name too: the full name must match exactly.
    if face not in faces:
        raise MissingFontError(f"{source} has {', '.join(map(str, faces))}, not {face}")
    return TTFont(source, fontNumber=faces.index(face), recalcTimestamp=False)


def _outline(font: TTFont) -> None:
    order, glyphs = font.getGlyphOrder(), font.getGlyphSet()
    font["loca"], glyf = newTable("loca"), newTable("glyf")
    glyf.glyphOrder, glyf.glyphs = order, {}
    for name in order:
        pen = TTGlyphPen(glyphs)
        # One unit of 1,000: 0.006 mm at the size of a title.
        glyphs[name].draw(Cu2QuPen(pen, 1.0, reverse_direction=True))
        glyf.glyphs[name] = pen.glyph()
    font["glyf"] = glyf
    metrics = font["hmtx"]
    for name in order:
        glyf[name].recalcBounds(glyf)
        metrics[name] = (metrics[name][0], getattr(glyf[name], "xMin", 0) if glyf[name].numberOfContours else 0)
    for tag in DROPPED:
        if tag in font:
            del font[tag]
    _headers(font, order)


def _headers(font: TTFont, order: list[str]) -> None:
    maximum = font["maxp"]
    maximum.tableVersion = 0x00010000
    for field in ("Zones", "TwilightPoints", "Storage", "FunctionDefs", "InstructionDefs", "StackElements"):
        setattr(maximum, f"max{field}", int(field == "Zones"))
    maximum.maxSizeOfInstructions = maximum.maxComponentElements = 0
    maximum.recalc(font)
    post = font["post"]
    post.formatType, post.extraNames, post.mapping, post.glyphOrder = 3.0, [], {}, order
    font["head"].glyphDataFormat = 0
    font.sfntVersion = "\x00\x01\x00\x00"


if __name__ == "__main__":
    try:
        print(prepare())
    except MissingFontError as problem:
        sys.exit(f"fonts: {problem}")
