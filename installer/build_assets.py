"""Turns Designer forms, icons, style sheets and data into src/deskoffice/_generated, for a build or by hand."""

import fcntl
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET
from xml.sax.saxutils import quoteattr

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

if TYPE_CHECKING:
    HookBase = BuildHookInterface[object]
else:
    HookBase = BuildHookInterface

FONTS = Path(__file__).with_name("fonts.py")
COMPILED = ("icons", "qss")  # found by Qt as :/icons/… and :/qss/…; everything else in resources/ is copied
PACKAGE = '"""Made by installer/build_assets.py; never edited by hand."""\n'
RESOURCES = "import deskoffice._generated.resources_rc  # icons named :/icons/…\n"


class BrokenAssetError(Exception):
    """A form or resource that must not get into a build."""


class AssetHook(HookBase):
    """Builds the assets before hatchling collects the files of a wheel or of an editable install."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, object]) -> None:
        """Called by hatchling; both arguments stay as they are."""
        del version, build_data
        build(Path(self.root))


def build(root: Path) -> int:
    """Make what is missing or older than its source, drop what lost its source; the number of files written."""
    out = root / "src" / "deskoffice" / "_generated"
    out.mkdir(parents=True, exist_ok=True)
    with _alone(out):
        written = _compile_resources(root / "resources", out)
        written += _copy_data(root / "resources", _fonts(), out / "resources")
        return written + _compile_forms(root / "ui", out)


@contextmanager
def _alone(out: Path) -> Iterator[None]:
    """Hold the folder: two test runs may build at the same moment."""
    with (out / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _compile_forms(forms: Path, out: Path) -> int:
    """Every form is tried, so that one broken form is told together with the others."""
    written, broken = 0, []
    wanted = {out / "__init__.py"}
    for source in sorted(forms.rglob("*.ui")):
        target = (out / source.relative_to(forms)).with_suffix(".py")
        wanted |= {target, *(parent / "__init__.py" for parent in target.parents if parent.is_relative_to(out))}
        if not _is_stale(target, source):
            continue
        try:
            _replace(target, compile_form(source))
            written += 1
        except BrokenAssetError as error:
            broken.append(str(error))
    for package in wanted:
        if package.name == "__init__.py" and not package.exists():
            _replace(package, PACKAGE)
    for orphan in set(out.rglob("*.py")) - wanted - {out / "resources_rc.py"}:
        orphan.unlink()
    if broken:
        raise BrokenAssetError("\n".join(broken))
    return written


def compile_form(source: Path) -> str:
    """The Python of one form; refuses a broken one and names left over from Designer."""
    try:
        tree = ET.parse(source)  # noqa: S314 - our own file
    except ET.ParseError as error:
        raise BrokenAssetError(f"{source}: {error}") from error
    for widget in tree.iter("widget"):
        kind, name = widget.get("class", ""), widget.get("name", "")
        if re.fullmatch(kind[1:2].lower() + kind[2:] + r"_\d+", name):
            raise BrokenAssetError(f"{source}: a {kind} is still called {name!r}; name it after its purpose")
    text = _run("uic", "-g", "python", str(source))
    text = re.sub(r"^(from \S+ )?import \w+_rc.*\n", "", text, flags=re.MULTILINE)
    return text.replace("from PySide6.QtCore", RESOURCES + "from PySide6.QtCore", 1) if '":/' in text else text


def _compile_resources(resources: Path, out: Path) -> int:
    sources = [path for folder in COMPILED for path in sorted((resources / folder).rglob("*")) if path.is_file()]
    target, listing = out / "resources_rc.py", out / ".resources.qrc"
    names = "".join(
        f"<file alias={quoteattr(path.relative_to(resources).as_posix())}>{path}</file>" for path in sources
    )
    qrc = f"<RCC><qresource>{names}</qresource></RCC>"
    is_listed = listing.exists() and listing.read_text(encoding="utf-8") == qrc
    if is_listed and not any(_is_stale(target, path) for path in (listing, *sources)):
        return 0
    _replace(listing, qrc)
    _replace(target, _run("rcc", "-g", "python", str(listing)) if sources else PACKAGE)
    return 1


def _fonts() -> Path:
    """A process of its own, since the conversion starts further ones and hatchling loads this file under no name."""
    done = subprocess.run([sys.executable, FONTS], stdout=subprocess.PIPE, text=True, encoding="utf-8", check=False)
    if done.returncode:
        raise BrokenAssetError("the fonts of the printed page are missing")
    return Path(done.stdout.strip())


def _copy_data(resources: Path, fonts: Path, out: Path) -> int:
    """Data read as files; the fonts come from the cache that installer/fonts.py fills."""
    sources = {
        out / name: path
        for path in resources.rglob("*")
        if path.is_file() and (name := path.relative_to(resources)).parts[0] not in COMPILED
    }
    sources |= {out / "fonts" / path.relative_to(fonts): path for path in fonts.rglob("*") if path.is_file()}
    stale = [target for target, source in sources.items() if _is_stale(target, source)]
    for target in stale:
        _replace(target, sources[target].read_bytes())
    for orphan in {path for path in out.rglob("*") if path.is_file()} - sources.keys():
        orphan.unlink()
    return len(stale)


def _is_stale(target: Path, source: Path) -> bool:
    return not target.exists() or target.stat().st_mtime_ns < max(
        source.stat().st_mtime_ns, Path(__file__).stat().st_mtime_ns
    )


def _run(tool: str, *arguments: str) -> str:
    """Output of one of Qt's compilers, taken from the wheel: the scripts beside it need 0.1 s more for each file."""
    spec = find_spec("PySide6")
    if spec is None or spec.origin is None:
        raise BrokenAssetError("PySide6 is not installed")
    home = Path(spec.origin).parent
    program = next((path for path in (home / "Qt/libexec" / tool, home / f"{tool}.exe") if path.exists()), home / tool)
    done = subprocess.run([program, *arguments], capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode or done.stderr:
        raise BrokenAssetError(f"{tool} {' '.join(arguments)}: {done.stderr.strip()}")
    return done.stdout


def _replace(target: Path, content: str | bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    half = target.with_name(target.name + ".new")
    half.write_bytes(content.encode() if isinstance(content, str) else content)
    half.replace(target)


def main() -> int:
    """Build into the source tree that this file belongs to."""
    try:
        build(Path(__file__).resolve().parent.parent)
    except BrokenAssetError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
