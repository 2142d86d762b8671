"""The rules of the house that no tool checks: pins, layers, sizes, forms and what Qt may be asked for."""

import ast
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from importlinter import api
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from PySide6.QtCore import QFile

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted(path for path in (ROOT / "src" / "deskoffice").rglob("*.py") if "_generated" not in path.parts)
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
MACHINES = ("x86_64", "aarch64")


def pins(machine: str) -> dict[str, str]:
    text = (ROOT / f"requirements-{machine}.lock").read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.MULTILINE))


def asked_for(machine: str) -> list[Requirement]:
    project = PYPROJECT["project"]
    environment = {"platform_machine": machine, "sys_platform": "linux", "python_version": "3.11"}
    requirements = map(Requirement, project["dependencies"] + project["optional-dependencies"]["dev"])
    return [r for r in requirements if r.marker is None or r.marker.evaluate(environment)]


@pytest.mark.parametrize("machine", MACHINES)
def test_the_lock_pins_what_pyproject_asks_for(machine):
    pinned = pins(machine)
    wrong = [str(r) for r in asked_for(machine) if not r.specifier.contains(pinned.get(canonicalize_name(r.name), "0"))]
    assert wrong == []


@pytest.mark.parametrize("machine", MACHINES)
def test_the_lock_holds_names_versions_and_hashes_only(machine):
    text = (ROOT / f"requirements-{machine}.lock").read_text(encoding="utf-8")
    line = r"[a-z0-9-]+==[\w.+!]+ \\(\n    --hash=sha256:[0-9a-f]{64}( \\)?)+"
    assert re.sub(rf"^{line}\n", "", text, flags=re.MULTILINE) == ""


def test_both_locks_differ_only_in_qt_and_the_fuzzer():
    x86_64, aarch64 = (set(pins(machine).items()) for machine in MACHINES)
    # atheris is built for x86_64 only; it is a tool of the soak.
    assert {name for name, _ in x86_64 ^ aarch64} == {"pyside6-essentials", "shiboken6", "atheris"}


def test_the_lock_is_complete():
    """Installed with --no-deps, so that nobody else would notice a gap."""
    pinned = pins("x86_64")
    replaced = {canonicalize_name(Requirement(r).name) for r in PYPROJECT["tool"]["uv"]["override-dependencies"]}
    missing = {
        f"{name} needs {needed.name}"
        for name in pinned
        for needed in map(Requirement, metadata.requires(name) or ())
        if needed.marker is None or needed.marker.evaluate({"extra": ""})
        if canonicalize_name(needed.name) not in pinned.keys() | replaced
    }
    assert missing == set()


def test_the_list_of_what_others_wrote_is_complete():
    rows = re.findall(
        r"^\| ([\w-]+) \| (\S+) \| (.+) \|$", (ROOT / "docs/third-party.md").read_text("utf-8"), re.MULTILINE
    )
    listed = {name: (version, licence) for name, version, licence in rows[1:]}
    code = "from licences import shipped; print(*shipped())"
    names = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT / "installer", capture_output=True, text=True, check=True
    )
    pinned = pins("x86_64")
    assert {name: listed.get(name, ("missing",))[0] for name in names.stdout.split()} == {
        name: pinned[name] for name in names.stdout.split()
    }
    assert [name for name, (_, licence) in listed.items() if licence == "?"] == []


def test_qt_comes_from_one_wheel_without_web_and_licensed_parts():
    assert [name for name in pins("x86_64") if name.startswith(("pyside", "pyqt"))] == ["pyside6-essentials"]


def test_no_part_of_qt_that_the_bundle_leaves_out_is_imported():
    forbidden = re.compile(r"PySide6\.Qt(Network|WebEngine|Pdf|Charts|Qml|Quick|Sql|WebSockets|Multimedia)")
    found = [f"{path.name}: {name}" for path in SOURCES for name in imported(path) if forbidden.match(name)]
    assert found == []


def imported(path: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    members = {f"{node.module}.{a.name}" for node in nodes if isinstance(node, ast.ImportFrom) for a in node.names}
    return plain | members


def test_the_layers_are_the_ones_of_the_design():
    layers = api.read_configuration(str(ROOT / "pyproject.toml"))["contracts_options"][0]["layers"]
    assert [layer.replace("deskoffice.", "") for layer in layers] == [
        "app : cli : commands",
        "ui",
        "usecases",
        "paper | storage",
        "vault",
        "domain",
    ]


def test_the_domain_imports_nothing_but_python():
    domain = [path for path in SOURCES if "domain" in path.parts]
    roots = {name.split(".")[0] for path in domain for name in imported(path)}
    assert roots - sys.stdlib_module_names == {"deskoffice"}


def test_files_and_functions_can_be_read_at_one_sitting():
    texts = {path: path.read_text(encoding="utf-8") for path in SOURCES}
    long = [path.name for path, text in texts.items() if text.count("\n") > 400]
    for path, text in texts.items():
        functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]
        # The aim is 30 with the signature; a plain list of facts may be a little longer.
        long += [f"{path.name}: {node.name}" for node in functions if body_lines(node) > 40]
    assert long == []


def body_lines(function: ast.FunctionDef) -> int:
    """Signature and docstring do not count: they are there to save reading the rest."""
    statements = function.body[1:] if ast.get_docstring(function) else function.body
    return (statements[-1].end_lineno or 0) - statements[0].lineno + 1 if statements else 0


FORM = """<?xml version="1.0" encoding="UTF-8"?>
<ui version="4.0"><class>Slip</class><widget class="QWidget" name="Slip">
<widget class="QPushButton" name="{name}"><property name="icon"><iconset><normaloff>:/icons/x.svg</normaloff>
</iconset></property></widget></widget></ui>
"""


def compile_form(path: Path) -> subprocess.CompletedProcess[str]:
    code = (
        "import sys; from pathlib import Path; from build_assets import compile_form as c; print(c(Path(sys.argv[1])))"
    )
    return subprocess.run(
        [sys.executable, "-c", code, path], cwd=ROOT / "installer", capture_output=True, text=True, check=False
    )


def test_a_form_is_compiled_with_its_icons(tmp_path):
    form = tmp_path / "slip.ui"
    form.write_text(FORM.format(name="registerPushButton"), encoding="utf-8")
    done = compile_form(form)
    assert "import deskoffice._generated.resources_rc" in done.stdout
    assert "self.registerPushButton = QPushButton(Slip)" in done.stdout


@pytest.mark.parametrize("content", [FORM.format(name="pushButton_3"), FORM[:150]], ids=["unnamed", "broken"])
def test_a_broken_form_fails_the_build_by_name(tmp_path, content):
    form = tmp_path / "slip.ui"
    form.write_text(content, encoding="utf-8")
    done = compile_form(form)
    assert done.returncode == 1
    assert f"BrokenAssetError: {form}" in done.stderr


def test_every_icon_a_form_names_is_there():
    import deskoffice._generated.resources_rc  # noqa: F401 - registers the icons

    named = {
        name
        for form in (ROOT / "ui").rglob("*.ui")
        for name in re.findall(r"<(?:normal\w+|iconset)>(:/[^<]+)<", form.read_text("utf-8"))
    }
    assert sorted(name for name in named if not QFile.exists(name)) == []
