"""What a bundle holds, checked on the files of the installed Qt: no way out, and everything a window needs."""

import subprocess
import sys
from pathlib import Path

import PySide6
import pytest

ROOT = Path(__file__).resolve().parents[1]
WHEEL = Path(PySide6.__file__).parent


@pytest.fixture(scope="module")
def kept() -> list[str]:
    code = """
import sys
from parts import is_kept, unwanted
names = [line.rstrip() for line in sys.stdin]
kept = [name for name in names if is_kept(name)]
assert unwanted(names) and not unwanted(kept)
print(*kept, sep="\\n")
"""
    parts = (
        path for folder in ("lib", "plugins", "qml", "translations") for path in (WHEEL / "Qt" / folder).rglob("*")
    )
    names = "\n".join(f"PySide6/{path.relative_to(WHEEL)}" for path in parts)
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT / "installer", input=names, capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()


@pytest.mark.parametrize("part", ["Network", "libqvnc", "tuio", "/qml/", "Qml", "Quick", "/tls/", "WebEngine"])
def test_no_part_that_could_talk_to_others_is_kept(kept, part):
    assert [name for name in kept if part.lower() in name.lower()] == []


@pytest.mark.parametrize(
    "part",
    [
        "platforms/libqxcb.so",
        "platforms/libqoffscreen.so",
        "platforminputcontexts/libibusplatforminputcontextplugin.so",
        "platforminputcontexts/libcomposeplatforminputcontextplugin.so",
        "iconengines/libqsvgicon.so",
        "imageformats/libqsvg.so",
        "imageformats/libqjpeg.so",
        "printsupport/libcupsprintersupport.so",
        "translations/qtbase_zh_CN.qm",
        "libQt6Widgets.so.6",
        "libQt6PrintSupport.so.6",
        "libQt6DBus.so.6",
    ],
)
def test_what_the_window_needs_is_kept(kept, part):
    assert [name for name in kept if name.endswith(part)]


def test_what_reads_scans_is_in_the_bundle():
    code = """
import rapidocr_onnxruntime
from pathlib import Path
from parts import EXCLUDED_MODULES, is_kept
models = list(Path(rapidocr_onnxruntime.__file__).parent.rglob("*.onnx"))
assert len(models) == 3 and all(is_kept(str(path)) for path in models)
assert not {"numpy", "cv2", "onnxruntime", "shapely", "pyclipper", "yaml"} & set(EXCLUDED_MODULES)
"""
    subprocess.run([sys.executable, "-c", code], cwd=ROOT / "installer", check=True)
    assert '"rapidocr_onnxruntime"' in (ROOT / "installer" / "deskoffice.spec").read_text()


def test_seals_are_signed_without_the_library_that_would_ask_the_network():
    code = """
import aiohttp
from deskoffice.paper import signing, certificates
assert "absent" in aiohttp.__file__ and not hasattr(aiohttp, "request")
"""
    subprocess.run([sys.executable, "-c", code], cwd=ROOT / "installer" / "absent", check=True)
    assert '"absent"' in (ROOT / "installer" / "deskoffice.spec").read_text()
