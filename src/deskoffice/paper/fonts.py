"""Which font file sets which character: the workstation's standard fonts first, the bundled open ones otherwise."""

import hashlib
import os
import re
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property, lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont, TTLibError

import deskoffice
from deskoffice.domain.errors import EnvironmentFailure, PaperError

BUNDLED = Path(deskoffice.__file__).parent / "_generated" / "resources" / "fonts"

RESTRICTED = 0x0002
NO_SUBSETTING = 0x0100
"""Bits of OS/2.fsType that forbid what an archived PDF does: embed a subset."""

PROOF = "的一是在机关〔〕，。《》"
"""A font that has not even these is not the one its name promises."""


USUAL_DIGIT = 0.5
"""Advance of a digit in Times New Roman and its open twin, in ems."""


class Role(StrEnum):
    """What a face is for on the paper (仿宋, 楷体, 黑体, 小标宋, 宋体, 西文)."""

    FANG = "fang"
    KAI = "kai"
    HEI = "hei"
    BIAO = "biao"
    SONG = "song"
    LATIN = "latin"


INSTALLED: Mapping[Role, tuple[str, ...]] = {
    Role.FANG: ("仿宋_GB2312", "FangSong_GB2312", "方正仿宋_GBK", "FZFangSong-Z02", "仿宋", "FangSong"),
    Role.KAI: ("楷体_GB2312", "KaiTi_GB2312", "方正楷体_GBK", "FZKai-Z03", "楷体", "KaiTi"),
    Role.HEI: ("黑体", "SimHei", "方正黑体_GBK", "FZHei-B01"),
    Role.BIAO: ("方正小标宋简体", "FZXiaoBiaoSong-B05S", "方正小标宋_GBK", "FZXiaoBiaoSong-B05", "小标宋体"),
    Role.SONG: ("宋体", "SimSun", "方正书宋_GBK", "FZShuSong-Z01"),
    Role.LATIN: ("Times New Roman",),
}

OPEN: Mapping[Role, tuple[str, ...]] = {
    Role.FANG: ("FandolFang-Regular.ttf", "NotoSerifSC-Light.ttf"),
    Role.KAI: ("FandolKai-Regular.ttf", "NotoSerifSC-Light.ttf"),
    Role.HEI: ("NotoSansSC-Medium.ttf",),
    Role.BIAO: ("NotoSerifSC-Bold.ttf",),
    Role.SONG: ("NotoSerifSC-Light.ttf",),
    Role.LATIN: ("LiberationSerif-Regular.ttf",),
}

TIMES_LIKE = frozenset({Role.FANG, Role.KAI})
"""Roles whose digits and letters come from the Latin face: that of the Chinese fonts is too heavy or too wide."""


@dataclass(frozen=True)
class Face:
    """One font file with the advances of its characters in ems; `name` is unique to the file."""

    name: str
    path: Path
    index: int
    advances: Mapping[int, float] = field(repr=False, compare=False)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the file, for the print log: another file gives other bytes."""
        return hashlib.sha256(self.path.read_bytes()).hexdigest()


class Fonts:
    """The faces of each role in order of preference; finds the face of every character."""

    def __init__(self, faces: Mapping[Role, Sequence[Face]]) -> None:
        self._faces = faces
        self._found: dict[tuple[Role, str], Face | None] = {}

    def face(self, role: Role, character: str) -> Face:
        """The first face of the role that has the character."""
        found = self._find(role, character)
        if found is None:
            raise PaperError("paper_glyph_missing", characters=character, codes=f"U+{ord(character):04X}")
        return found

    def advance(self, role: Role, character: str) -> float:
        """Width of the character in ems."""
        return self.face(role, character).advances[ord(character)]

    def require(self, text: str) -> None:
        """Refuse the text, naming every character that no face can print."""
        missing = sorted(one for one in set(text) - {*"\n\r\t"} if self._find(Role.FANG, one) is None)
        if missing:
            codes = " ".join(f"U+{ord(one):04X}" for one in missing)
            raise PaperError("paper_glyph_missing", characters="".join(missing), codes=codes)

    def substituted(self, text: str) -> str:
        """Characters of the text that 仿宋 lacks and another face will print."""
        return "".join(sorted(one for one in set(text) if self._is_substitute(one)))

    def unusual_width(self) -> str:
        """The file whose digits are not half an em wide, as in every usual choice: lines break elsewhere with it."""
        digit = self.face(Role.FANG, "0")
        return "" if abs(digit.advances[ord("0")] - USUAL_DIGIT) < 0.01 else digit.path.name

    def faces(self, names: Collection[str]) -> list[Face]:
        """The faces of these names, in the order of the roles."""
        every = dict.fromkeys(face for faces in self._faces.values() for face in faces)
        return [face for face in every if face.name in names]

    def log(self) -> tuple[tuple[str, str, str], ...]:
        """Role, file and SHA-256 of each first choice."""
        return tuple((role.value, faces[0].path.name, faces[0].digest) for role, faces in self._faces.items())

    def _is_substitute(self, character: str) -> bool:
        found = self._find(Role.FANG, character)
        return found is not None and not character.isascii() and found != self._faces[Role.FANG][0]

    def _find(self, role: Role, character: str) -> Face | None:
        key = role, character
        if key not in self._found:
            code = ord(character)
            self._found[key] = next((face for face in self._chain(role, character) if code in face.advances), None)
        return self._found[key]

    def _chain(self, role: Role, character: str) -> Iterable[Face]:
        if role in TIMES_LIKE and " " <= character <= "~":
            yield from self._faces[Role.LATIN]
        yield from self._faces[role]
        # What the role's own faces lack is better printed in another face than not at all.
        for other in (Role.SONG, Role.FANG, Role.BIAO, Role.HEI, Role.LATIN):
            yield from self._faces[other]


@lru_cache(maxsize=2)
def load(bundled: Path = BUNDLED) -> Fonts:
    """The fonts of this machine; parsing them takes a third of a second, so it happens once."""
    installed = installed_files()
    faces: dict[Role, tuple[Face, ...]] = {}
    for role in Role:
        chosen = [installed[family] for family in INSTALLED[role] if family in installed]
        paths = [*chosen[:1], *((bundled / name, 0) for name in OPEN[role] if (bundled / name).is_file())]
        faces[role] = tuple(_face(path, index) for path, index in dict.fromkeys(paths))
        if not faces[role]:
            raise EnvironmentFailure("paper_fonts_missing", role=role.value)
    return Fonts(faces)


@lru_cache(maxsize=32)
def _face(path: Path, index: int) -> Face:
    with TTFont(path, fontNumber=index, lazy=True) as font:
        units, metrics = font["head"].unitsPerEm, font["hmtx"].metrics
        advances = {code: metrics[glyph][0] / units for code, glyph in font.getBestCmap().items()}
    return Face(f"{path.stem}.{index}", path, index, advances)


@lru_cache(maxsize=32)
def ink_middle(face: Face, character: str) -> float:
    """Height of the middle of the character's ink above the baseline, in ems."""
    with TTFont(face.path, fontNumber=face.index, lazy=True) as font:
        glyph = font["glyf"][font.getBestCmap()[ord(character)]]
        return float(glyph.yMin + glyph.yMax) / 2 / float(font["head"].unitsPerEm)


def installed_files() -> dict[str, tuple[Path, int]]:
    """Family name to file and index, of the standard fonts installed here that may be embedded."""
    wanted = {family for families in INSTALLED.values() for family in families}
    found: dict[str, tuple[Path, int]] = {}
    likely = re.compile(r"^(fz|sim|times|fang|kai|hei|song)|gb2312|gbk|[仿楷黑宋]", re.IGNORECASE)
    for folder in _font_folders():
        for path in sorted(folder.rglob("*.tt[fc]")) if folder.is_dir() else ():
            if likely.search(path.name):
                for family, index in _families(path):
                    if family in wanted:
                        found.setdefault(family, (path, index))
    return found


def _font_folders() -> tuple[Path, ...]:
    if sys.platform == "win32":
        local = Path(os.environ.get("LOCALAPPDATA", "C:/")) / "Microsoft/Windows/Fonts"
        return Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts", local
    home = Path.home()
    return Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".local/share/fonts", home / ".fonts"


def _families(path: Path) -> list[tuple[str, int]]:
    """Names of the faces in the file that a subset may be embedded of."""
    try:
        count = _collection_size(path)
        return [(name, index) for index in range(count) for name in _usable_names(path, index)]
    except (TTLibError, OSError, KeyError, ValueError):
        return []


def _collection_size(path: Path) -> int:
    with path.open("rb") as file:
        head = file.read(12)
    return int.from_bytes(head[8:12]) if head[:4] == b"ttcf" else 1


def _usable_names(path: Path, index: int) -> set[str]:
    # The file is opened here, since TTFont leaves it open when it finds no font inside.
    with path.open("rb") as file, TTFont(file, fontNumber=index, lazy=True) as font:
        if "glyf" not in font or font["OS/2"].fsType & (RESTRICTED | NO_SUBSETTING):
            return set()
        names = {record.toUnicode() for record in font["name"].names if record.nameID == 1}
        is_regular = not font["OS/2"].fsSelection & 0b100001
        covered = font.getBestCmap() or {}
        is_whole = "Times New Roman" in names or all(ord(one) in covered for one in PROOF)
        return names if is_regular and is_whole else set()
