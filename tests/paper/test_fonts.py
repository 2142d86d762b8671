"""Which file sets which character: the machine's own standard fonts when they may be used, open ones otherwise."""

from pathlib import Path

import pytest
from fontTools.subset import Subsetter
from fontTools.ttLib import TTFont

from deskoffice.domain.errors import EnvironmentFailure
from deskoffice.paper import fonts
from deskoffice.paper.fonts import BUNDLED, Role


def install(folder: Path, source: str, family: str, *, rights: int = 0) -> Path:
    """A part of a bundled font under another family name."""
    with TTFont(BUNDLED / source, lazy=True) as font:
        subsetter = Subsetter()
        subsetter.populate(text=fonts.PROOF)
        subsetter.subset(font)
        for record in font["name"].names:
            if record.nameID in {1, 16}:
                record.string = family
        font["OS/2"].fsType = rights
        path = folder / "simfang.ttf"
        font.save(path)
    return path


@pytest.fixture
def machine(tmp_path, monkeypatch) -> Path:
    """A home whose font folder is the only one."""
    monkeypatch.setattr(fonts, "_font_folders", lambda: (tmp_path,))
    return tmp_path


def test_an_installed_standard_font_is_preferred(machine) -> None:
    path = install(machine, "FandolFang-Regular.ttf", "仿宋_GB2312")
    assert fonts.load.__wrapped__().face(Role.FANG, "的").path == path


def test_a_font_that_forbids_embedding_is_not_used(machine) -> None:
    install(machine, "FandolFang-Regular.ttf", "仿宋_GB2312", rights=fonts.RESTRICTED)
    assert fonts.load.__wrapped__().face(Role.FANG, "的").path.parent == BUNDLED


def test_a_font_with_half_of_the_characters_is_not_used(machine) -> None:
    install(machine, "LiberationSerif-Regular.ttf", "仿宋_GB2312")
    assert fonts.load.__wrapped__().face(Role.FANG, "的").path.parent == BUNDLED


def test_a_broken_font_file_is_passed_over(machine) -> None:
    (machine / "simfang.ttf").write_bytes(b"\x00\x01\x00\x00 no font")
    assert fonts.load.__wrapped__().face(Role.FANG, "的").path.parent == BUNDLED


def test_without_any_font_the_program_says_so(machine) -> None:
    with pytest.raises(EnvironmentFailure, match="paper_fonts_missing"):
        fonts.load.__wrapped__(machine / "nothing")


def test_digits_of_the_text_come_from_the_latin_face() -> None:
    loaded = fonts.load()
    assert loaded.face(Role.FANG, "7").path.name.startswith("LiberationSerif")
    assert loaded.advance(Role.FANG, "7") == pytest.approx(0.5)
    assert loaded.face(Role.HEI, "7").path.name.startswith("NotoSans")


def test_a_face_with_other_digits_is_named_since_lines_break_elsewhere() -> None:
    wide = fonts.Face("Wide.0", Path("wide.ttf"), 0, {ord("0"): 0.6})
    assert fonts.Fonts(dict.fromkeys(Role, (wide,))).unusual_width() == "wide.ttf"
    assert fonts.load().unusual_width() == ""


def test_the_print_log_names_files_and_their_hashes() -> None:
    log = fonts.load().log()
    assert {role for role, _, _ in log} == {role.value for role in Role}
    assert all(len(digest) == 64 for _, _, digest in log)
