"""Words of media and of restores that are tried: refusals, problems of fields, entries of the log."""

from enum import Enum

from deskoffice.domain.media import MediumKind

SENTENCES = {
    "medium_is_fixed": "这里是本机硬盘，不是移动介质，不用登记；请选插上的 U 盘、移动硬盘或光盘。",
    "medium_known": "这个介质已经登记过，没有重复登记。",
    "medium_unregistered": "这个移动介质没有登记，备份没有写；请机要员先登记介质，或备份到本机文件夹。",
    "medium_level_too_low": "介质的密级（{level}）低于库里文件的最高密级，没有写；请换用密级够的介质。",
    "memory_too_small": "内存不够做恢复演练，约需 {megabytes} MB，备份没有变动；请关闭其他程序后再试。",
}

PROBLEMS = {"medium_number_known": "这个编号已经用过"}

ACTIONS = {
    "backup.set.drilled": "恢复演练",
    "media.medium.ended": "停用移动介质",
    "media.medium.registered": "登记移动介质",
}

WORDS: tuple[tuple[Enum, str], ...] = (
    (MediumKind.STICK, "U盘"),
    (MediumKind.DISK, "移动硬盘"),
    (MediumKind.DISC, "光盘"),
)
