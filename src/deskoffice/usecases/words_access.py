"""Words of getting in and of acts with two persons present: refusals, problems of fields, entries of the log."""

SENTENCES = {
    "declassify_nothing": "没有选要解密的件，没有变动。",
    "secrecy_runs": "其中有的保密期限还没有届满或不在您的知悉范围内，一件也没有解密；请刷新后再办。",
    "disk_full_reserve_freed": "磁盘已满，这一步没有保存，此前的都在；已腾出备用空间，请先导出或清理，再试一次。",
    "second_person_needed": "这件事要两位不同岗位的人同时在场，所填的人不合要求，没有变动；请另请一位。",
    "password_overdue": "口令已到期，没有打开；请在窗口里登录并修改口令。",
    "key_file_needed": "您的涉密等级要求密钥文件，没有变动；请在“设置 → 修改口令”里制作密钥文件。",
    "key_file_exists": "“{name}”已经存在，没有覆盖；请换一个文件名。",
    "vault_password_used": "这个口令用过，没有修改；请换一个新的。",
    "vault_restored": "这是由备份恢复的保密库，可以查看和核对日志；办理、导出、备份要先由两位三员到场确认。",
}

PROBLEMS = {
    "out_of_limits": "超出允许的范围",
    "password_is_login": "口令不能与登录名相同",
    "password_too_short": "口令太短，请按规定的位数设",
    "password_too_short_alone": "只用口令时，现在的口令太短，请先改长",
    "password_used": "这个口令用过，请换一个新的",
}

ACTIONS = {
    "audit.log.printed": "打印审计日志",
    "vault.attempts.lost": "登录失败的计数被删或被换",
    "vault.folder.closed": "收回他人对保密库文件夹的权限",
    "access.key.changed": "两人同时在场更换数据库密钥",
    "access.papers.declassified": "两人同时在场批量解密",
    "access.policy.changed": "修改口令规定",
    "access.vault.copied": "两人同时在场复制整库",
    "vault.restore.accepted": "两位三员认可由备份恢复的库",
}

ENDINGS = {
    "": "退出",
    "closed": "退出",
    "locked": "手动锁定",
    "idle": "无人操作自动锁定",
    "rekey": "更换密钥后退出",
    "renewed": "清除口令，窗口重开",
}
"""How a session ended, by the code in the log."""
