"""A backup leaves the machine only on a registered medium; media take turns; a restore is tried in memory."""

from datetime import timedelta
from pathlib import Path

import factories
import pytest

from deskoffice.domain.errors import EnvironmentFailure, InvalidDraft, NotAllowed, RuleError
from deskoffice.domain.media import MediumDraft, MediumKind
from deskoffice.domain.people import Role
from deskoffice.domain.values import Classification
from deskoffice.usecases import backups, figures, media
from deskoffice.usecases.circulation import incoming
from deskoffice.usecases.office import Office
from deskoffice.vault import backup_drill
from deskoffice.vault.media import medium_root

LINE = "36 25 {device} / {point} rw,nosuid shared:1 - vfat /dev/sdb1 rw\n"


def mounts(tmp_path: Path, *lines: tuple[str, str]) -> Path:
    file = tmp_path / "mountinfo"
    file.write_text("".join(LINE.format(device=device, point=point) for device, point in (("8:1", "/"), *lines)))
    return file


def devices(tmp_path: Path, device: str, place: str, *, removable: str = "0") -> Path:
    real = tmp_path / "sys" / place / "sdb" / "sdb1"
    real.mkdir(parents=True)
    (real.parent / "removable").write_text(removable + "\n")
    folder = tmp_path / "block"
    folder.mkdir()
    (folder / device).symlink_to(real)
    return folder


@pytest.mark.parametrize(
    ("point", "place", "removable", "wanted"),
    [
        ("/media/clerk/STICK", "pci0", "0", "/media/clerk/STICK"),
        ("/run/media/clerk/A\\040B", "pci0", "0", "/run/media/clerk/A B"),
        ("/mnt/stick", "pci0/usb1", "0", "/mnt/stick"),
        ("/mnt/stick", "pci0", "1", "/mnt/stick"),
        ("/data", "pci0", "0", None),
    ],
    ids=["desktop mount", "name with a blank", "on the bus", "says so itself", "second fixed disk"],
)
def test_what_can_be_carried_away_is_told_from_a_fixed_disk(
    tmp_path: Path, point: str, place: str, removable: str, wanted: str | None
) -> None:
    listed, block = mounts(tmp_path, ("8:17", point)), devices(tmp_path, "8:17", place, removable=removable)
    folder = Path(point.replace("\\040", " ")) / "backup"
    found = medium_root(folder, mounts=listed, devices=block)
    assert found == (Path(wanted) if wanted else None)
    assert medium_root(Path("/home/clerk"), mounts=listed, devices=block) is None


@pytest.fixture
def sticks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Folders below here are sticks, one each; everything else is the machine's own disk."""
    top = tmp_path / "sticks"
    top.mkdir()

    def root(path: Path) -> Path | None:
        return top / path.relative_to(top).parts[0] if path.is_relative_to(top) and path != top else None

    monkeypatch.setattr(media, "medium_root", root)
    return top


def stick(sticks: Path, name: str) -> Path:
    (sticks / name).mkdir()
    return sticks / name


def draft(number: str, level: Classification = Classification.SECRET) -> MediumDraft:
    return MediumDraft(number, MediumKind.STICK, level, "王丽")


def test_a_backup_goes_to_the_machine_always_and_to_a_medium_only_when_it_is_registered(
    office: Office, sticks: Path, tmp_path: Path
) -> None:
    backups.create(office, tmp_path / "here")
    folder = stick(sticks, "A")
    with pytest.raises(RuleError, match="medium_unregistered"):
        backups.create(office, folder)
    assert list(folder.iterdir()) == []
    media.register(office, folder, draft("机密U盘1号"))
    assert backups.create(office, folder).target.is_relative_to(folder)
    assert media.rows(office)[0].last_backup_at is not None
    media.end(office, media.rows(office)[0].id)
    with pytest.raises(RuleError, match="medium_unregistered"):
        backups.create(office, folder)


def test_a_medium_below_the_highest_level_in_the_vault_takes_nothing(office: Office, sticks: Path) -> None:
    folder = stick(sticks, "A")
    media.register(office, folder, draft("内部U盘", Classification.INTERNAL))
    secret = factories.incoming_draft(level=Classification.SECRET, secrecy_years=20, copy_number="000017")
    incoming.register(office, secret)
    with pytest.raises(RuleError, match="medium_level_too_low"):
        backups.create(office, folder)
    with pytest.raises(RuleError, match="medium_level_too_low"):
        media.register(office, stick(sticks, "B"), draft("秘密U盘", Classification.CONFIDENTIAL))


def test_media_take_turns(office: Office, sticks: Path) -> None:
    folders = {number: stick(sticks, number) for number in ("一号", "二号", "三号")}
    for number, folder in folders.items():
        media.register(office, folder, draft(number))
    used = []
    for _ in range(4):
        following = next(row.number for row in media.rows(office) if row.is_next)
        used.append(following)
        backups.create(office, folders[following])
        office.clock.move(days=1)
    assert set(used[:3]) == {"一号", "二号", "三号"}
    assert used[3] == used[0]


def test_a_medium_is_registered_once_and_by_those_who_keep_the_register(office: Office, sticks: Path) -> None:
    folder = stick(sticks, "A")
    with pytest.raises(NotAllowed):
        media.register(factories.as_role(office, Role.DRAFTER), folder, draft("一号"))
    with pytest.raises(RuleError, match="medium_is_fixed"):
        media.register(office, sticks.parent, draft("一号"))
    media.register(office, folder, draft("一号"))
    with pytest.raises(RuleError, match="medium_known"):
        media.register(office, folder, draft("二号"))
    with pytest.raises(InvalidDraft):
        media.register(office, stick(sticks, "B"), draft("一号"))


def reminders(office: Office) -> str:
    return "\n".join(figures.home(office).notices)


def test_the_first_page_reminds_of_backup_rotation_and_drill(
    founded_with_keys: tuple[Office, tuple[str, ...]], sticks: Path, tmp_path: Path
) -> None:
    office, keys = founded_with_keys
    assert "还没有做过备份" in reminders(office)
    assert "备份" not in reminders(factories.as_role(office, Role.SIGNATORY))
    media.register(office, stick(sticks, "A"), draft("一号"))
    made = backups.create(office, sticks / "A")
    assert "只登记了 1 个，应有 3 个轮换" in reminders(office)
    assert "还没有做过恢复演练" in reminders(office)
    assert backups.drill(office, made.target, keys) == []
    assert "恢复演练" not in reminders(office)
    office.clock.now += timedelta(days=40)
    assert "已有 40 天没有备份，轮到 一号" in reminders(office)
    assert "距上次恢复演练已 40 天" in reminders(office)


@pytest.fixture
def founded_with_keys(tmp_path: Path):
    founded = factories.found(tmp_path / "vault", factories.monday_morning())
    yield founded.office, founded.backup_keys
    founded.office.close()


def test_a_drill_finds_a_bad_set_and_leaves_nothing_in_memory(
    founded_with_keys: tuple[Office, tuple[str, ...]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, keys = founded_with_keys
    memory = tmp_path / "memory"
    memory.mkdir()
    monkeypatch.setattr(backup_drill, "MEMORY", memory)
    made = backups.create(office, tmp_path / "here")
    assert backups.drill(office, made.target, keys) == []
    assert list(memory.iterdir()) == []
    part = next(made.target.glob("part*"))
    whole = part.read_bytes()
    part.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    with pytest.raises(Exception, match="backup_part"):
        backups.drill(office, made.target, keys)
    assert list(memory.iterdir()) == []
    part.write_bytes(whole)
    monkeypatch.setattr(backup_drill, "_SPARE", 1 << 60)
    with pytest.raises(EnvironmentFailure, match="memory_too_small"):
        backups.drill(office, made.target, keys)
