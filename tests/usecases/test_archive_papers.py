"""What lies in the archive's folder of a seal use, a meeting and a task."""

from pathlib import Path

from factories import as_role, log_in
from usecases.meeting_cases import held
from usecases.seal_cases import CONTRACT, add_seal, approved, stamping

from deskoffice.domain.people import Role
from deskoffice.usecases import archive, meeting_minutes, meetings, seals


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_seal_use_is_filed_with_the_paper_that_was_sealed(office, tmp_path):
    keeper = as_role(office, Role.SEAL_KEEPER)
    use = approved(office, add_seal(office))
    seals.stamp(keeper, use, stamping(keeper, use))
    archive.export_year(office, tmp_path / "out", 2026)
    assert names(tmp_path / "out" / "0001") == {"用印审批单.pdf", "用印文件.txt"}
    assert (tmp_path / "out" / "0001" / "用印文件.txt").read_bytes() == CONTRACT.data


def test_the_record_of_a_meeting_is_filed_by_those_who_may_open_it(office, tmp_path):
    clerk = log_in(office, "wuhao")
    meeting = held(clerk)
    meeting_minutes.write(clerk, meeting, "会议议定，按方案执行。")
    meetings.close(clerk, meeting)
    kept = {"会议审批单.pdf", "签到表.pdf", "会议纪要.pdf"}
    archivist = log_in(clerk, "fengjun")
    archive.export_year(archivist, tmp_path / "out", 2026)
    assert names(tmp_path / "out" / "0001") == kept | {"会议记录未导出.txt"}
    there = log_in(archivist, "zhangwei")
    archive.export_year(as_role(there, Role.ARCHIVIST), tmp_path / "again", 2026)
    assert names(tmp_path / "again" / "0001") == kept | {"会议记录.pdf"}
    there.close()
