"""The separate verifier: it needs nothing of the program and finds out what the program would."""

import ast
import base64
import json
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from vault.boxes import LI, WANG

from deskoffice import verifier
from deskoffice.vault.merkle import Frontier, leaf_hash

PROGRAM = Path(verifier.__file__)


@pytest.fixture(scope="module")
def signer():
    return Ed25519PrivateKey.generate()


def test_it_uses_nothing_but_python():
    tree = ast.parse(PROGRAM.read_text(encoding="utf-8"))
    named = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    named |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert {name.split(".")[0] for name in named} <= sys.stdlib_module_names


# RFC 8032, section 7.1, tests 1 and 2.
@pytest.mark.parametrize(
    ("public", "message", "signature"),
    [
        (
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        ),
        (
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        ),
    ],
)
def test_signatures_of_the_standard_hold(public, message, signature):
    key, text, signed = bytes.fromhex(public), bytes.fromhex(message), bytearray.fromhex(signature)
    assert verifier.is_signed(key, text, bytes(signed))
    assert not verifier.is_signed(key, text + b"x", bytes(signed))
    for at in (0, 31, 32, 63):
        changed = bytearray(signed)
        changed[at] ^= 1
        assert not verifier.is_signed(key, text, bytes(changed))


def test_a_signature_with_a_larger_scalar_is_refused(signer):
    signature = signer.sign(b"log")
    scalar = int.from_bytes(signature[32:], "little") + verifier.ORDER
    assert not verifier.is_signed(
        signer.public_key().public_bytes_raw(), b"log", signature[:32] + scalar.to_bytes(32, "little")
    )


def test_its_tree_is_the_programs_tree():
    leaves = [leaf_hash(bytes([number])) for number in range(130)]
    frontier = Frontier()
    for leaf, root in zip(leaves, list(verifier.tree_roots(leaves))[1:], strict=True):
        frontier.add(leaf)
        assert frontier.root() == root


@pytest.fixture
def papers(box, tmp_path):
    """An export, an earlier checkpoint on a stick, and its printed code."""
    vault = box.unlock(LI)
    with vault.database.write() as session:
        vault.audit.append(session, "circulation.incoming.registered", "matter:1")
    witness = vault.audit.checkpoint(tmp_path / "stick")
    box.locked()
    later = box.unlock(WANG)
    with later.database.write() as session:
        later.audit.append(session, "circulation.incoming.closed", "matter:1")
    later.audit.export(tmp_path / "export")
    return tmp_path / "export", tmp_path / "stick", witness.code


def test_it_runs_by_itself_and_agrees(papers):
    export, stick, code = papers
    run = subprocess.run(
        [sys.executable, "-I", "-S", str(PROGRAM), str(export), str(stick), code], capture_output=True, check=False
    )
    said = run.stdout.decode()
    assert (run.returncode, run.stderr) == (0, b"")
    assert "不符" not in said
    assert "相符" in said


def test_the_export_says_nothing_of_what_was_done(papers):
    said = papers[0].read_text()
    assert "incoming" not in said
    assert "matter" not in said


def change(export, edit):
    lines = [json.loads(line) for line in export.read_text().splitlines()]
    edit(lines)
    lines[0]["entries"] = sum("leaf" in line for line in lines)
    export.write_text("".join(json.dumps(line) + "\n" for line in lines))


def leaves_of(lines):
    return [at for at, line in enumerate(lines) if "leaf" in line]


def cut(lines):
    del lines[leaves_of(lines)[3] : leaves_of(lines)[-1] + 1]


def swap(lines):
    first, second = leaves_of(lines)[:2]
    lines[first], lines[second] = lines[second], lines[first]


def drop_one(lines):
    del lines[leaves_of(lines)[2]]


def put_in(lines):
    lines.insert(leaves_of(lines)[2], {"leaf": "00" * 32})


@pytest.mark.parametrize("edit", [cut, swap, drop_one, put_in])
def test_a_changed_log_is_found_out_by_stick_and_by_paper(papers, capsys, edit):
    export, stick, code = papers
    change(export, edit)
    change(export, lambda lines: lines.__setitem__(slice(None), [line for line in lines if "checkpoint" not in line]))
    assert verifier.main([str(export), str(stick)]) == 1
    assert "不符" in capsys.readouterr().out
    assert verifier.main([str(export), code]) == 1
    assert verifier.main([str(export)]) == 0


def test_checkpoints_in_the_export_count_as_witnesses(papers, capsys):
    change(papers[0], drop_one)
    assert verifier.main([str(papers[0])]) == 1
    assert "库内核对点" in capsys.readouterr().out


def test_a_stick_signed_by_a_stranger_is_refused(papers, capsys, signer):
    export, stick, _ = papers
    lines = stick.read_text().split("\n")
    signed = "\n".join(lines[:4]) + "\n"
    lines[5] = lines[5].rpartition(" ")[0] + " " + base64.b64encode(signer.sign(signed.encode())).decode()
    stick.write_text("\n".join(lines))
    assert verifier.main([str(export), str(stick)]) == 1
    assert "签名" in capsys.readouterr().out


@pytest.mark.parametrize(
    "content", ["", "{}", "[]", '{"format": "deskoffice-audit-1", "entries": 1}', "\0\xff", "[" * 9999]
)
def test_what_is_no_export_is_refused_in_words(tmp_path, capsys, content):
    (tmp_path / "export").write_text(content)
    assert verifier.main([str(tmp_path / "export")]) == 2
    assert capsys.readouterr().err


def test_what_is_no_checkpoint_is_refused_in_words(papers, capsys):
    export, stick, _ = papers
    whole = stick.read_text()
    for content in ("", whole[:-1], whole + "\n", "x\n" * 6):
        stick.write_text(content)
        assert verifier.main([str(export), str(stick)]) == 2
    capsys.readouterr()
