"""Builds the bundle for workstations without network, tries it, and makes the .deb; run by ./dev package."""

import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from deskoffice import __version__
from licences import copy_texts
from parts import unwanted

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
BUNDLE = BUILD / "bundle" / "deskoffice"
STRINGS = {"GLIBC": r"GLIBC_(2\.\d+)", "GLIBCXX": r"GLIBCXX_(3\.4\.\d+)"}
CONTROL = """Package: deskoffice
Version: {version}
Architecture: {architecture}
Maintainer: DeskOffice <deskoffice@localhost>
Section: misc
Priority: optional
Installed-Size: {size}
Depends: libc6 (>= {glibc}), libgl1, libegl1, fontconfig-config
Recommends: fonts-noto-cjk
Description: documents, seals and meetings of a county government office
 案头：县级政府办公室的收文、发文、用印、会议与归档，存于本机加密保密库，不连网络。
"""
DESKTOP = """[Desktop Entry]
Type=Application
Name=DeskOffice
Name[zh_CN]=案头
Comment=Documents, seals and meetings of a government office
Comment[zh_CN]=公文流转、用印、会议与归档
Exec=/usr/bin/deskoffice gui
Icon=deskoffice
Categories=Office;
StartupWMClass=deskoffice
"""
REFRESH = """#!/bin/sh
update-desktop-database -q /usr/share/applications 2>/dev/null || true
gtk-update-icon-cache -q -f /usr/share/icons/hicolor 2>/dev/null || true
"""


class UnfitBundleError(Exception):
    """A bundle that must not leave the building."""


def bundle() -> None:
    """Collect the program, its interpreter, its libraries and everybody's licences into one folder."""
    shutil.rmtree(BUNDLE, ignore_errors=True)
    command = ["-m", "PyInstaller", "--noconfirm", "--log-level=WARN", f"--distpath={BUNDLE.parent}"]
    paths = [f"--workpath={BUILD / 'pyinstaller'}", str(ROOT / "installer" / "deskoffice.spec")]
    subprocess.run([sys.executable, *command, *paths], check=True)
    copy_texts(BUNDLE / "licences")


def inspect() -> dict[str, str]:
    """Refuse parts that must not be there; the newest symbol versions the machine must offer."""
    files = [path for path in BUNDLE.rglob("*") if path.is_file()]
    wrong = unwanted([str(path.relative_to(BUNDLE)) for path in files])
    programs = [path for path in files if path.read_bytes()[:4] == b"\x7fELF"]
    listing = _output("readelf", "--wide", "--version-info", "--dynamic", *map(str, programs))
    wrong += re.findall(r"Shared library: \[(libQt6(?:Network|Qml|Quick)\S*)\]", listing)
    if wrong:
        raise UnfitBundleError(f"in the bundle: {', '.join(sorted(set(wrong)))}")
    return {name: _newest(re.findall(pattern, listing)) for name, pattern in STRINGS.items()}


def _newest(versions: list[str]) -> str:
    return max(versions, key=lambda version: [int(part) for part in version.split(".")])


def try_out() -> None:
    """The bundle's own self-test, in an empty home and without a screen."""
    with tempfile.TemporaryDirectory() as home:
        environment = {"HOME": home, "PATH": os.environ["PATH"], "LANG": "C.UTF-8", "QT_QPA_PLATFORM": "offscreen"}
        subprocess.run([BUNDLE / "deskoffice", "--selftest"], env=environment, check=True, timeout=300)


def debian_package(glibc: str) -> Path:
    """A .deb that Kylin, UOS and Debian install; nothing of it is written outside its own places."""
    tree = BUILD / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(BUNDLE, tree / "opt" / "deskoffice", symlinks=True)
    architecture = _output("dpkg", "--print-architecture").strip()
    size = sum(path.lstat().st_size for path in tree.rglob("*")) // 1024
    control = CONTROL.format(version=__version__, architecture=architecture, size=size, glibc=glibc)
    _write(tree / "DEBIAN" / "control", control)
    _write(tree / "DEBIAN" / "postinst", REFRESH, mode=0o755)
    _write(tree / "DEBIAN" / "postrm", REFRESH, mode=0o755)
    _write(tree / "usr/bin/deskoffice", '#!/bin/sh\nexec /opt/deskoffice/deskoffice "$@"\n', mode=0o755)
    _write(tree / "usr/share/applications/deskoffice.desktop", DESKTOP)
    icon = (ROOT / "resources" / "icons" / "desk.svg").read_text(encoding="utf-8")
    _write(tree / "usr/share/icons/hicolor/scalable/apps/deskoffice.svg", icon)
    target = BUILD / f"deskoffice_{__version__}_{architecture}.deb"
    subprocess.run(["dpkg-deb", "--root-owner-group", "-Zxz", "--build", tree, target], check=True)
    return target


def _write(path: Path, text: str, *, mode: int = 0o644) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)


def _output(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def main() -> None:
    """Build, inspect, try, pack, and say what came out."""
    bundle()
    needs = inspect()
    try_out()
    package = debian_package(needs["GLIBC"])
    size = sum(path.lstat().st_size for path in BUNDLE.rglob("*")) / 1e6
    print(f"{BUNDLE.relative_to(ROOT)}: {size:.0f} MB on {platform.machine()}, needs {needs}")
    print(f"{package.relative_to(ROOT)}: {package.stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    try:
        main()
    except UnfitBundleError as problem:
        sys.exit(str(problem))
