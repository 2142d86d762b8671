"""deskoffice-verify: checks an exported audit log against checkpoints kept elsewhere; needs Python and nothing else.

    python verifier.py EXPORT [CHECKPOINT ...]

EXPORT is what `deskoffice audit export` wrote, a CHECKPOINT what `deskoffice audit checkpoint` wrote on another day, or
its printed code. It holds no secret, asks for no password and uses nothing of the program that wrote the log, not even
its cryptography: the hash tree of RFC 6962 and the signatures of RFC 8032 are written out below, slow and short.
"""

import argparse
import base64
import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

FORMAT = "deskoffice-audit-1"
CODE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class Refused(Exception):
    """The file is not what it should be; the message is for the person."""


@dataclass(frozen=True)
class Export:
    """The log without its contents: leaf hashes in order, the accounts' public keys, checkpoints kept in the vault."""

    vault: str
    leaves: list[bytes]
    keys: list[bytes]
    checkpoints: list[tuple[str, bytes]]


@dataclass(frozen=True)
class Checkpoint:
    """A signed statement: this vault, so many entries, this root."""

    vault: str
    size: int
    root: bytes
    signer: str
    signature: bytes
    signed: bytes


def read_export(path: Path) -> Export:
    """The export; Refused for anything else."""
    if path.exists() and not path.is_file():
        raise Refused(f"不是日志导出文件：{path.name}")
    try:
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        head, rest = lines[0], lines[1:]
        leaves = [bytes.fromhex(line["leaf"]) for line in rest if "leaf" in line]
        keys = [bytes.fromhex(line["key"]) for line in rest if "key" in line]
        kept = [(str(line["checkpoint"]), bytes.fromhex(line["by"])) for line in rest if "checkpoint" in line]
        if head["format"] != FORMAT or head["entries"] != len(leaves) or any(len(leaf) != 32 for leaf in leaves):
            raise Refused("导出文件不完整或被改动。")
        return Export(str(head["vault"]), leaves, keys, kept)
    except (OSError, ValueError, KeyError, TypeError, IndexError, RecursionError) as error:
        raise Refused(f"不是日志导出文件：{path.name}") from error


def read_checkpoint(text: str) -> Checkpoint:
    """The checkpoint; Refused for anything else."""
    try:
        origin, size, root, signer, empty, mark, end = text.split("\n")
        signature = base64.b64decode(mark.rpartition(" ")[2], validate=True)
        found = Checkpoint(
            vault=origin.removeprefix("deskoffice/"),
            size=int(size),
            root=base64.b64decode(root, validate=True),
            signer=signer,
            signature=signature,
            signed=f"{origin}\n{size}\n{root}\n{signer}\n".encode(),
        )
    except ValueError as error:
        raise Refused("核对点不完整或被改动。") from error
    if empty or end or found.size < 0 or len(found.root) != 32 or len(signature) != 64:
        raise Refused("核对点不完整或被改动。")
    return found


def tree_roots(leaves: Sequence[bytes]) -> Iterator[bytes]:
    """The root of the first 0, 1, 2, ... leaves (RFC 6962, section 2.1)."""
    yield hashlib.sha256(b"").digest()
    peaks: list[tuple[int, bytes]] = []
    for leaf in leaves:
        peaks.append((1, leaf))
        while len(peaks) > 1 and peaks[-1][0] == peaks[-2][0]:
            (width, right), (_, left) = peaks.pop(), peaks.pop()
            peaks.append((2 * width, hashlib.sha256(b"\1" + left + right).digest()))
        root = peaks[-1][1]
        for _, left in reversed(peaks[:-1]):
            root = hashlib.sha256(b"\1" + left + root).digest()
        yield root


def printed_code(vault: str, size: int, root: bytes) -> str:
    """The twenty characters that stand in the printed register."""
    body = f"deskoffice/{vault}\n{size}\n{base64.b64encode(root).decode()}\n"
    number = int.from_bytes(hashlib.sha256(body.encode()).digest()[:13], "big") >> 4
    letters = "".join(CODE_LETTERS[number >> 5 * place & 31] for place in range(19, -1, -1))
    return "-".join(letters[at : at + 5] for at in range(0, 20, 5))


# Ed25519 (RFC 8032, section 5.1). Verifying needs no protection against timing: nothing here is secret.
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
SQRT_OF_MINUS_1 = pow(2, (P - 1) // 4, P)
Point = tuple[int, int, int, int]


def add(a: Point, b: Point) -> Point:
    """Sum of two points in extended coordinates."""
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    g, h = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    s, t, u, v = f - e, h - g, h + g, f + e
    return s * t % P, u * v % P, t * u % P, s * v % P


def times(factor: int, point: Point) -> Point:
    """A multiple of a point."""
    total: Point = (0, 1, 1, 0)
    while factor:
        if factor & 1:
            total = add(total, point)
        point, factor = add(point, point), factor >> 1
    return total


def decode_point(raw: bytes) -> Point | None:
    """The point of 32 bytes, None if there is none."""
    number = int.from_bytes(raw, "little")
    y, is_odd = number & ((1 << 255) - 1), number >> 255
    if y >= P or len(raw) != 32:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * SQRT_OF_MINUS_1 % P
    if x * x % P != square or (x == 0 and is_odd):
        return None
    x = P - x if x & 1 != is_odd else x
    return x, y, 1, x * y % P


BASE_POINT = decode_point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the holder of this public key signed the message."""
    key, commitment = decode_point(public), decode_point(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if key is None or commitment is None or BASE_POINT is None or scalar >= ORDER or len(signature) != 64:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % ORDER
    left, right = times(scalar, BASE_POINT), add(commitment, times(challenge, key))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


class Judge:
    """Compares one export with witnesses."""

    def __init__(self, export: Export) -> None:
        self.export = export
        self.roots = list(tree_roots(export.leaves))

    def of_checkpoint(self, checkpoint: Checkpoint, keys: Sequence[bytes]) -> str:
        """Empty when the log continues what the checkpoint saw, else what is wrong."""
        last = len(self.export.leaves)
        if checkpoint.vault != self.export.vault:
            return "是另一个保密库的核对点。"
        if checkpoint.size > last:
            return f"核对点有 {checkpoint.size} 条，日志只有 {last} 条，已被截断或回退。"
        if self.roots[checkpoint.size] != checkpoint.root:
            return f"前 {checkpoint.size} 条与核对点不同，日志被改写。"
        if not any(is_signed(key, checkpoint.signed, checkpoint.signature) for key in keys):
            return "签名不是本库账号的。"
        return ""

    def of_code(self, typed: str) -> str:
        """The same for a code from paper: some beginning of the log must have it."""
        wanted = "".join(typed.upper().split()).replace("-", "").translate(str.maketrans("ILO", "110"))
        for size, root in enumerate(self.roots):
            if printed_code(self.export.vault, size, root).replace("-", "") == wanted:
                return ""
        return "日志中没有一处与这个核对码相符，已被改写或回退。"

    def of_witness(self, given: str) -> str:
        """A checkpoint's file, or a printed code."""
        path = Path(given)
        if not path.exists():
            return self.of_code(given)
        if not path.is_file():
            raise Refused(f"不是核对点文件：{path.name}")
        return self.of_checkpoint(read_checkpoint(path.read_text(encoding="utf-8")), self.export.keys)

    def of_kept(self) -> Iterator[tuple[str, str]]:
        """The checkpoints that the vault itself keeps, each by the key that is said to have signed it."""
        for number, (text, key) in enumerate(self.export.checkpoints, start=1):
            keys = [key] if key in self.export.keys else []
            yield f"库内核对点 {number}", self.of_checkpoint(read_checkpoint(text), keys)


def main(arguments: Sequence[str] | None = None) -> int:
    """0: the log continues every witness; 1: it does not; 2: a file cannot be read."""
    parser = argparse.ArgumentParser(prog="deskoffice-verify", description="用库外的核对点核对导出的审计日志")
    parser.add_argument("export", type=Path, help="deskoffice audit export 的文件")
    parser.add_argument("witnesses", nargs="*", help="核对点文件，或登记簿上的 20 位核对码")
    given = parser.parse_args(arguments)
    try:
        judge = Judge(read_export(given.export))
        verdicts = [*judge.of_kept(), *((witness, judge.of_witness(witness)) for witness in given.witnesses)]
    except Refused as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except (OSError, UnicodeDecodeError):
        sys.stderr.write("核对点文件读不了。\n")
        return 2
    sys.stdout.write(report(judge, verdicts))
    return 1 if any(verdict for _, verdict in verdicts) else 0


def report(judge: Judge, verdicts: list[tuple[str, str]]) -> str:
    """What was found, in lines."""
    export = judge.export
    wrong = [(name, verdict) for name, verdict in verdicts if verdict]
    lines = [
        f"保密库 {export.vault}，日志 {len(export.leaves)} 条",
        f"末端核对码 {printed_code(export.vault, len(export.leaves), judge.roots[-1])}",
        *(f"账号公钥指纹 {hashlib.sha256(key).hexdigest()[:32]}" for key in export.keys),
        *(f"不符　{name}：{verdict}" for name, verdict in wrong),
        f"核对点 {len(verdicts)} 个，相符 {len(verdicts) - len(wrong)} 个",
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
