"""One clear Chinese sentence for every refusal and failure: what happened, what is safe, what to do."""

from collections.abc import Iterable
from enum import Enum

from deskoffice.domain.errors import DeskOfficeError, InvalidDraft
from deskoffice.usecases.words import word

SENTENCES = {
    "invalid_draft": "有几处还没填好，内容都在，请按红字提示改过再提交。",
    "action_not_allowed": "这件事现在不能由您办理，内容没有变动；请看办理按钮里可做的事项。",
    "role_missing": "您没有办理这件事的岗位权限，内容没有变动；需要时请安全保密管理员调整。",
    "account_disabled": "这个账号已停用，资料完好；请联系系统管理员。",
    "account_own": "不能停用自己正在使用的账号。",
    "matter_missing": "没有找到这一件，可能不在您的知悉范围内。",
    "content_missing": "没有找到这份内容，可能已有新版本；请刷新后再打开。",
    "step_missing": "这一步已不在等待办理，可能刚由别人办过；请刷新后再看。",
    "step_already_done": "这一步已经办过了，意见没有改动。",
    "person_missing": "所选人员中有人已不在岗，没有发出；请重新选择。",
    "person_without_account": "{name}没有账号，不能列入知悉范围；请登记纸质传阅。",
    "clearance_too_low": "所选人员的涉密等级低于本件密级，没有发出；请换人或先按规定办理。",
    "series_missing": "这类登记还没有编号系列，没有登记；请先在“管理”中设置。",
    "series_code_known": "代字“{code}”已经有了，没有重复建立。",
    "roles_officers_apart": "系统管理员、安全保密管理员、安全审计员不能由同一账号兼任。",
    "roles_officer_no_business": "三员账号与业务账号不能互换或兼任，权限没有变动。",
    "roles_missing": "请至少选择一个岗位。",
    "founding_accounts_missing": "请设好三员账号和至少一个业务账号。",
    "login_known": "登录名重复，请给每人一个不同的登录名。",
    "apart_requester_approver": "申请人与批准人不能是同一人，没有批准。",
    "apart_keeper": "印章管理员不能是申请人或批准人，没有用印。",
    "vault_wrong_password": "登录名、口令或密钥文件不对，资料完好；请核对后重试。",
    "vault_locked_out": "连续输错次数过多，请等待 {seconds} 秒后再试，资料完好。",
    "vault_in_use": "这个保密库正在另一个窗口使用，没有打开；请先关闭那个窗口。",
    "vault_newer_format": "这个保密库由更新的版本建立，没有改动；请用新版程序打开。",
    "vault_damaged": "保密库有损坏，程序没有改动任何文件；请停用这台机器上的库，用最近的备份恢复。",
    "vault_missing": "这里没有保密库；请核对位置，或新建。",
    "vault_not_yours": "这份内容不在您的知悉范围内。",
    "apart_drafter_reviewer": "拟稿人不能核自己的稿，没有办理；请换人核稿。",
    "apart_drafter_signatory": "拟稿人不能签发自己的稿，没有送签；请另选签发人。",
    "distribution_empty_line": "分发单里有一行没写单位或份数，没有印发。",
    "distribution_too_many": "分发 {given} 份，超过印制的 {printed} 份，没有印发；请核对份数。",
    "outgoing_not_signed": "这份文件还没有签发，没有签发稿可看。",
    "topic_missing": "所选议题已不在这次会议里，没有保存；请刷新后再选。",
    "decision_incomplete": "第 {position} 项议定事项没写全，内容、主办和期限都要有；全部没有保存。",
    "seal_three_hands": "移交人、接收人、监交人应是三个不同的人，没有移交。",
    "seal_state_not_allowed": "这枚印章现在是“{state}”，不能改为“{to}”，没有变动。",
    "seal_two_witnesses": "缴销、销毁印章须有两名以上见证人，没有变动。",
    "seal_name_known": "这枚印章已经登记过了，没有重复登记。",
    "seal_missing": "没有找到这枚印章，请刷新后重新选择。",
    "seal_keeper_role_missing": "{name}不是印章管理员，不能保管印章；请先由安全保密管理员调整岗位。",
    "seal_not_in_use": "“{seal}”现在是“{state}”，不能用印；请选择在用的印章。",
    "seal_kept_by_another": "“{seal}”由{keeper}保管，您不能用印，没有盖章。",
    "seal_needed": "请先选择用哪一枚印章，没有盖章。",
    "seal_text_changed": "要盖章的文件与批准的版本不一致，没有盖章；请退回重新审批。",
    "seal_blank_paper": "空白介绍信、空白表格和空白纸一律不得用印，没有盖章。",
    "seal_checks_missing": "还有核对项没有确认：{missing}，没有盖章；请逐项核对。",
    "seal_nothing_stamped": "请如实填写盖了几枚、废了几枚；没有盖章的请选“不予用印”。",
    "seal_more_than_approved": "实盖 {stamped} 枚，超过批准的 {approved} 枚，没有登记；请重新报批。",
    "seal_difference_unexplained": "批准 {approved} 枚，实盖 {stamped} 枚，废印 {spoiled} 枚，请在备注中说明差异。",
    "seal_not_signed": "这份发文还没有签发，不能用印。",
    "approver_role_missing": "{name}不是办公室领导或签发领导，不能审批；请重新选择审批人。",
    "attendee_missing": "签到名单里有人不在参会范围，没有登记；请刷新后再签。",
    "meeting_nobody_present": "还没有人签到，不能写会议记录；请先登记签到。",
    "meeting_ordinal_taken": "第 {ordinal} 次会议已经有了，没有重复编次；请核对会次。",
    "meeting_signed_in": "已经有人签到，参会人员和议题不能再改。",
    "copy_ended": "这一份已经清退、归档或销毁，没有重复登记。",
    "paper_type_unknown": "不支持 {suffix} 类型的文件，没有加入；请另存为 docx、pdf 或图片。",
    "paper_empty": "这个文件是空的，没有加入。",
    "paper_too_large": "文件超过 {megabytes} MB，没有加入；请拆分或压缩扫描精度。",
    "paper_not_what_it_says": "文件内容与扩展名 {suffix} 不符，没有加入；请核对来源。",
    "paper_unreadable": "这个文件打不开，可能已损坏，没有加入；请向来文单位重新索取。",
    "archive_folder_not_empty": "归档要写到空文件夹，没有写入；请另选一个空文件夹。",
    "archive_not_written": "归档文件没有写完（{reason}），已清除半成品，库内资料完好；请检查磁盘后重试。",
    "stopped": "已按您的要求停止，没有留下半成品。",
    "demo_folder_exists": "这个文件夹已经存在，没有改动；练习库请建在新文件夹。",
    "register_unknown": "没有“{name}”这个登记簿；可选：{known}。",
    "export_suffix_unknown": "只能导出 xlsx 或 pdf，没有导出“{suffix}”。",
    "file_not_read": "文件“{name}”读不出来，没有改动任何资料；请核对位置和权限。",
    "file_not_written": "文件“{name}”没有写成，库内资料完好；请检查磁盘空间和权限。",
    "disk_full": "磁盘已满，这一步没有保存，此前保存的都在；请清理磁盘后重试。",
    "disk_read_only": "磁盘只能读不能写，资料可以查看；请检查磁盘或权限后再办理。",
    "disk_failed": "磁盘读写失败，这一步没有保存，此前保存的都在；请重试，仍不行请联系系统管理员并尽快备份。",
    "database_busy": "保密库正忙，这一步没有保存；请稍后重试。",
    "backup_file_missing": "备份缺少文件“{file}”，不能使用；请换另一套备份。",
    "backup_incomplete": "这套备份没有做完，不能使用；请换另一套备份，或重新备份。",
    "backup_key_mistyped": "第 {line} 行备份密钥输错了，请对照纸质密钥重新输入。",
    "backup_key_needed": "恢复备份需要备份密钥，没有恢复；请输入保险柜里的备份密钥。",
    "backup_manifest_damaged": "备份的清单“{file}”已损坏或被改动，不能使用；请换另一套备份。",
    "backup_of_another_signer": "这套备份不是本库所做或清单被改动，不能使用；请核对来源。",
    "backup_part_damaged": "备份分卷“{file}”已损坏，没有恢复；请换另一套备份。",
    "backup_part_unreadable": "用这些密钥打不开备份分卷，没有恢复；请核对密钥和备份是否配套。",
    "backup_medium_full": "备份介质已满，这套备份没有做完，库内资料完好；请换大一些的介质后继续。",
    "backup_medium_gone": "备份介质断开了，这套备份没有做完，库内资料完好；插好后再备份会接着做。",
    "backup_medium_failed": "备份介质读写失败，这套备份不能用，库内资料完好；请换一个介质。",
    "backup_medium_read_only": "备份介质只能读，没有写入；请打开写保护开关或换介质。",
    "backup_medium_file_limit": "备份介质不能存这么大的文件，这套备份没有做完；请换介质。",
    "paper_barcode_too_long": "二维条码内容超过 {most} 字节，没有生成；请精简标题或主送。",
    "paper_cell_too_long": "以“{start}”开头的一格太长，表格存不下，没有导出；请改用 PDF。",
    "paper_docx_broken": "这个 Word 文件已损坏，没有读入；请在 WPS 里另存后再试。",
    "paper_docx_hostile": "这个 Word 文件结构可疑，没有读入；请不要打开它，并核对来源。",
    "paper_docx_encrypted": "这个 Word 文件加了密码，没有读入；请去掉密码后再试。",
    "paper_docx_not_word": "这不是 docx 文件，没有读入；请在 WPS 里另存为 docx。",
    "paper_docx_too_costly": "这个 Word 文件太大或太复杂，没有读入；请拆分后再试。",
    "paper_file_kind": "不支持“{suffix}”，没有读写；输入用 txt、md、docx，输出用 pdf、docx。",
    "paper_file_too_large": "文件超过 {megabytes} MB，没有读入；请拆分。",
    "paper_fonts_missing": "程序缺少公文字体，没有成文；请重新安装程序。",
    "paper_glyph_missing": "字体里没有“{characters}”（{codes}），没有成文；请改字或安装含此字的字体。",
    "paper_meta_not_json": "公文要素文件不是 JSON 对象，没有成文；请核对。",
    "paper_meta_unknown_key": "公文要素里有不认识的项“{key}”，没有成文；请核对。",
    "paper_meta_wrong_value": "公文要素“{key}”的值不对，没有成文；请核对。",
    "paper_not_text": "这个文件不是文字，没有读入；请核对编码和来源。",
    "paper_pdf_unreadable": "这个 PDF 打不开，可能已损坏；请向来文单位重新索取。",
    "paper_seal_picture_empty": "印章图样里没有印迹，没有采用；请重新扫描。",
    "paper_seal_picture_too_large": "印章图样边长超过 {side} 点，没有采用；请降低扫描精度。",
    "paper_seal_picture_unreadable": "印章图样打不开，没有采用；请重新扫描为 png。",
    "vault_checkpoint_damaged": "这个核对点文件已损坏或被改动，请换另一份。",
    "vault_engine_without_encryption": "本机的数据库组件不能加密，程序已停止；请重新安装程序。",
    "vault_exists": "这个文件夹里已经有资料，没有改动；请另选一个空文件夹。",
    "vault_index_damaged": "检索索引损坏，已经重建，资料完好；请再找一次。",
    "vault_login_taken": "登录名“{login}”已经有人用了，没有建立；请换一个。",
    "vault_no_such_account": "没有这个账号，没有改动；请刷新后再试。",
    "vault_no_such_login": "没有登录名“{login}”，没有改动；请核对。",
    "vault_rolled_back": "保密库与日志对不上，可能被换成了旧的；请停用并报告安全保密管理员和安全审计员。",
    "vault_share_mistyped": "第 {share} 份恢复份额的第 {word} 个词不对，请对照纸面改过。",
    "vault_shares_differ": "这些恢复份额不是同一次制作的，没有恢复；请核对制作日期。",
    "vault_shares_of_another_vault": "这些恢复份额属于另一个保密库，没有恢复。",
    "vault_too_few_shares": "恢复需要两份恢复份额，没有恢复；请再找一位保管人。",
    "vault_stopped": "已停止，没有变动。",
    "vault_too_large": "内容太大，没有存入；请拆分后再试。",
}

PROBLEMS = {
    "required": "请填写",
    "too_long": "太长了，请精简",
    "one_line": "只能写一行",
    "period_without_level": "有密级才填保密期限",
    "period_out_of_range": "秘密不超过10年，机密20年，绝密30年",
    "period_needed": "定了密级须填保密期限",
    "addressee_needed": "上行文须写明主送机关",
    "date_after_received": "成文日期不能晚于收文日期",
    "date_in_future": "日期不能晚于今天",
    "due_before_received": "期限不能早于收文日期",
    "number_too_small": "应不小于1",
    "copy_number_needed": "机密以上文件须填份号",
    "same_copy_registered": "这一份已经登记过了",
    "level_fixed": "密级登记后不能在这里改",
    "keeper_by_hand_over": "换保管人请办移交",
    "deputy_is_keeper": "代管人应是另一个人",
    "imprints_below_copies": "用印枚数不能少于份数",
    "paper_needed": "请附上要盖章的文件，或选择已签发的发文",
    "paper_or_signed": "已选了签发的发文，不用再附文件",
    "paper_blank": "这份文件是空白的，不得用印",
    "picture_needed": "印模请用图片（png、jpg、bmp、tif）",
    "lead_needed": "请填写主办单位或主办人",
    "due_in_past": "期限不能早于今天",
    "ends_before_start": "结束时间应晚于开始时间",
    "attendee_twice": "同一人不能又出席又列席",
    "topic_untitled": "有议题没写名称",
    "stand_in_needed": "请填写代会人",
    "leave_reason_needed": "请填写请假事由",
    "unit_known": "这个单位已经有了",
    "login_ascii": "登录名只用英文字母和数字",
    "password_too_short": "口令至少10位",
}

UNKNOWN = "程序遇到没有料到的情况，已保存的内容都在；请重试，仍不行时把日志交系统管理员。"


def sentence(error: BaseException) -> str:
    """The sentence of an error; one for everything unforeseen, whose details are in the log."""
    if not isinstance(error, DeskOfficeError) or error.code not in SENTENCES:
        return UNKNOWN
    if isinstance(error, InvalidDraft):
        return SENTENCES["invalid_draft"]
    return SENTENCES[error.code].format(**{key: _shown(value) for key, value in error.values.items()})


def problem(code: str) -> str:
    """What is wrong with one field."""
    return PROBLEMS[code]


def _shown(value: object) -> str:
    if isinstance(value, Enum):
        return word(value)
    if isinstance(value, Iterable) and not isinstance(value, str):
        return "、".join(_shown(item) for item in value)
    return str(value)
